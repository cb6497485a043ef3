import { ApiError } from './apiError.ts'

/** What browsers, and Vite's loader of style sheets, say of a part that did not come; each in words of its own. */
const NOT_FETCHED =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/

/**
 * A part of the program that is fetched when it is needed: `fetchPart(() => import('./part.ts'))`.
 * @throws {ApiError} `network` when it cannot be fetched, `protocol/outdated` when the server answers but has it no more
 */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (!(cause instanceof Error && NOT_FETCHED.test(cause.message))) throw cause
    throw new ApiError((await serverAnswers()) ? 'protocol/outdated' : 'network', 0, {}, { cause })
  }
}

const serverAnswers = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
