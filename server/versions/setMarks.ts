import type * as Y from 'yjs'
import { MARKS, type Mark, type Run } from '../../shared/clauses/clause.ts'
import { readRuns, texts } from '../../shared/clauses/inlineText.ts'

/** Gives the letters of a text the marks of these runs, whose words it has already; the others keep theirs. */
export function setMarks(element: Y.XmlElement, runs: readonly Run[]): void {
  for (const mark of MARKS) {
    const [now, wanted] = [lettersWith(readRuns(element), mark), lettersWith(runs, mark)]
    if (now.length !== wanted.length) return
    for (let from = 0; from < wanted.length; ) {
      let to = from + 1
      while (to < wanted.length && wanted[to] === wanted[from] && now[to] === now[from]) to += 1
      if (now[from] !== wanted[from])
        format(element, from, to, { [mark]: wanted[from] ? {} : null })
      from = to
    }
  }
}

const lettersWith = (runs: readonly Run[], mark: Mark): boolean[] =>
  runs.flatMap(({ text, marks }) => Array.from({ length: text.length }, () => marks.includes(mark)))

function format(
  element: Y.XmlElement,
  from: number,
  to: number,
  formats: Record<string, unknown>,
): void {
  let start = 0
  for (const part of texts(element)) {
    const [first, end] = [Math.max(from, start), Math.min(to, start + part.length)]
    if (first < end) part.format(first - start, end - first, formats)
    start += part.length
  }
}
