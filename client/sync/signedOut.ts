import { listenerSet } from './listenerSet.ts'

/** Told when the person at this device has signed out; apart, so that the sign-in page need not load the editor. */
export const signedOut = listenerSet()
