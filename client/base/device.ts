/** What this device remembers of its reader. A browser that keeps nothing (private mode) is served all the same. */
export const remembered = (key: string): string | null => {
  try {
    return window.localStorage.getItem(`nhat-tri.${key}`)
  } catch {
    // Storage is switched off: the one expected failure.
    return null
  }
}

export const remember = (key: string, value: string): void => {
  try {
    window.localStorage.setItem(`nhat-tri.${key}`, value)
  } catch {
    // Storage is switched off or full: the choice holds until the page is closed.
  }
}
