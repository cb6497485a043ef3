import { usePart } from '../base/usePart.ts'

export const useDraftPart = (wanted: boolean) =>
  usePart('draft', () => import('./draftPart.ts'), wanted)
