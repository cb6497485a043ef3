import { composed } from '../vietnamese/compose.ts'
import { decodeLegacy } from '../vietnamese/legacy.ts'
import type { PastedRun } from './pasted.ts'

/** Zero-width characters that pages scatter for line breaks. Not U+00AD: in TCVN3 it is a letter. */
const UNSEEN = /[\u200b\u2060\ufeff]/g
/** Spaces of all kinds; programs align numbers with rows of them. */
const SPACES = /[\s\u00a0]+/gu

/**
 * Letters composed (before decoding, so that both readings of a run have the same spaces), one space for many.
 * @param keepEnds the outer spaces count
 */
export function tidyRuns(runs: readonly PastedRun[], keepEnds = false): PastedRun[] {
  const tidy: PastedRun[] = []
  for (const run of runs) {
    let text = run.text.replace(UNSEEN, '').replace(SPACES, ' ')
    const last = tidy.at(-1)
    if (last === undefined ? !keepEnds : last.text.endsWith(' ')) text = text.replace(/^ /, '')
    if (text !== '') tidy.push({ ...run, text })
  }
  for (let last = tidy.at(-1); !keepEnds && last?.text.endsWith(' '); last = tidy.at(-1)) {
    tidy.pop()
    if (last.text !== ' ') tidy.push({ ...last, text: last.text.slice(0, -1) })
  }
  return composeRuns(tidy)
}

/** A mark may stand in another run than its letter: where runs differ in nothing they are joined first. */
function composeRuns(runs: readonly PastedRun[]): PastedRun[] {
  const joined: PastedRun[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && last.font === run.font && last.marks.join() === run.marks.join())
      joined[joined.length - 1] = { ...last, text: last.text + run.text }
    else joined.push(run)
  }
  return joined.map((run) => ({ ...run, text: composed(run.text) }))
}

/** The runs without their first `length` UTF-16 units; the other reading of a run loses what belongs to them. */
export function cutStart(runs: readonly PastedRun[], length: number): PastedRun[] {
  const left: PastedRun[] = []
  let rest = length
  for (const run of runs) {
    if (rest >= run.text.length) rest -= run.text.length
    else {
      left.push(rest === 0 ? run : cutRun(run, rest))
      rest = 0
    }
  }
  return left
}

function cutRun(run: PastedRun, length: number): PastedRun {
  const text = run.text.slice(length)
  const { other } = run
  if (!other) return { ...run, text }
  if (!other.decoded)
    return { ...run, text, other: { ...other, text: decodeLegacy(text, other.reading) } }
  const head = run.text.slice(0, length)
  // VNI and VIQR write a letter in up to three signs, so the place is looked for.
  const last = Math.min(other.text.length, length * 3)
  let end = 0
  while (end < last && composed(decodeLegacy(other.text.slice(0, end), other.reading)) !== head)
    end += 1
  return { ...run, text, other: { ...other, text: other.text.slice(end) } }
}
