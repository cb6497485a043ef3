import { listenerSet } from './listenerSet.ts'

/** Told who has signed out at this device; apart, so that the sign-in page need not load the editor. */
export const signedOut = listenerSet<string>()
