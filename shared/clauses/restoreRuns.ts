import type * as Y from 'yjs'
import { MARKS, type Run } from './clause.ts'
import { runsOf, setRuns, texts } from './inlineText.ts'
import { REFERENCE_LETTER } from './reference.ts'

/** `setRuns` with the marks too: what has others than these gets these. */
export function restoreRuns(element: Y.XmlElement, runs: readonly Run[]): void {
  setRuns(element, runs)
  const parts = texts(element)
  const wanted = letterMarks(runs)
  const now = letterMarks(runsOf(parts, REFERENCE_LETTER))
  let passed = 0
  for (const part of parts) {
    const end = passed + part.length
    for (let from = passed; from < end; ) {
      let to = from + 1
      while (to < end && wanted[to] === wanted[from] && now[to] === now[from]) to += 1
      const marks = wanted[from] ?? ''
      if (marks !== now[from])
        part.format(
          from - passed,
          to - from,
          Object.fromEntries(
            MARKS.map((mark) => [mark, marks.split(' ').includes(mark) ? {} : null]),
          ),
        )
      from = to
    }
    passed = end
  }
}

/** The marks of each UTF-16 unit, as one string. */
const letterMarks = (runs: readonly Run[]): string[] =>
  runs.flatMap(({ text, marks }) => Array<string>(text.length).fill(marks.join(' ')))
