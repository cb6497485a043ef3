/** A device that has not answered by then may never do so, and nobody can be kept waiting. */
const ANSWER_MS = 4_000

/** @returns null when no answer came in time */
export function answered<T>(answer: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_MS)
  })
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer))
}
