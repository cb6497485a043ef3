import { usePart } from '../base/usePart.ts'

/** Whatever lies over the desk, and what a text shows that is not drafted any more: comes behind the text. */
export const useOverlaysPart = (wanted: boolean) =>
  usePart('overlays', () => import('./DeskOverlays.tsx'), wanted)
