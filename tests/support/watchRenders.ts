import type { Page } from 'playwright-core'

/** A fiber as React's developer tools are told of it; only what is read here. */
type Fiber = {
  tag: number
  flags: number
  type: { name?: string; displayName?: string } | null
  alternate: Fiber | null
  child: Fiber | null
  sibling: Fiber | null
}
declare global {
  interface Window {
    /** Names of components that have been drawn since it was emptied, without what was drawn within them. */
    drawn: string[]
  }
}

/** Before the page is there: notes each component that React draws anew, by the way its developer tools take. */
export async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    /** Function components, plain and memoised. */
    const FUNCTIONS = [0, 15]
    const PERFORMED_WORK = 1
    window.drawn = []
    const note = (fiber: Fiber | null, before: Fiber | null) => {
      for (let at = fiber; at; at = at.sibling) {
        const old = at.alternate
        // A subtree that is the same object was not looked at.
        if (at === before) continue
        if (FUNCTIONS.includes(at.tag) && old && at.flags & PERFORMED_WORK)
          window.drawn.push(at.type?.displayName ?? at.type?.name ?? '?')
        else if (at.child !== old?.child) note(at.child, old?.child ?? null)
      }
    }
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot: (_id: number, root: { current: Fiber }) =>
          note(root.current.child, root.current.alternate?.child ?? null),
        onCommitFiberUnmount: () => {},
        onPostCommitFiberRoot: () => {},
      },
    })
  })
}
