import { createContext, useContext } from 'react'

/** Whoever holds words of this person on the device provides it, and asks first where some are not sent. */
export const SignOutRequest = createContext<() => void>(() => {
  throw new Error('SignOutRequest is not provided')
})

/** What a sign-out button calls. */
export const useSignOutRequest = (): (() => void) => useContext(SignOutRequest)
