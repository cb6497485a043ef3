import { createContext, useContext } from 'react'

type Slots = { status: HTMLElement | null; footer: HTMLElement | null }

const Context = createContext<Slots>({ status: null, footer: null })
export const DeskSlots = Context.Provider

/** Places in the frame that the document on screen fills: saved state and people, and the line below. */
export const useDeskSlots = (): Slots => useContext(Context)
