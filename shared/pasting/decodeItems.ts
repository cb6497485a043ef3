import { composed } from '../vietnamese/compose.ts'
import {
  decodeLegacy,
  type LegacyEncoding,
  type LegacyReading,
  legacyFont,
} from '../vietnamese/legacy.ts'
import { hasOwnLetter } from '../vietnamese/letters.ts'
import { recogniseText } from '../vietnamese/recognise.ts'
import type { PastedItem, PastedParagraph, PastedRun } from './pasted.ts'
import { textOf } from './pasted.ts'

/** What was found out about the letters, for the notice. */
export type LegacyFinding = {
  encoding: LegacyEncoding
  /** The letters have been decoded; else somebody is to be asked. */
  decoded: boolean
  /** The first words in both readings. */
  written: string
  meant: string
}
export type DecodedItems = { items: readonly PastedItem[]; finding: LegacyFinding | null }

/** Characters of each reading that the notice shows. */
const SAMPLE = 48

/**
 * Reads old letters: each run by its font where that is one of theirs, other paragraphs by their syllables. Runs that
 * read differently keep the other reading with them. Modern text comes back as it is.
 */
export function decodeItems(items: readonly PastedItem[]): DecodedItems {
  const paragraphs = items.flatMap(paragraphsOf)
  const byFont = fontReadings(paragraphs)
  const guessable = paragraphs.filter(
    (paragraph) =>
      !hasOwnLetter(textOf(paragraph.runs)) && paragraph.runs.every((run) => byFont(run) === null),
  )
  const guess = recogniseText(guessable.map(({ runs }) => textOf(runs)).join('\n'))
  const guessed = new Set(guess ? guessable : [])
  const changed: PastedRun[][] = []
  const decodeParagraph = (paragraph: PastedParagraph): PastedParagraph => {
    const runs = paragraph.runs.map((run) => {
      const fromFont = byFont(run)
      if (fromFont) return readRun(run, fromFont, true)
      if (!guess || !guessed.has(paragraph)) return run
      return readRun(run, { encoding: guess.encoding, capitals: false }, guess.sure)
    })
    if (runs.some(({ other }) => other)) changed.push(runs)
    return { ...paragraph, runs }
  }
  const decoded = items.map((item) => mapParagraphs(item, decodeParagraph))
  return { items: decoded, finding: findingOf(changed) }
}

/** Null for runs that no old font claims, or that only look so: many write Unicode in a style that names one. */
function fontReadings(paragraphs: readonly PastedParagraph[]) {
  const claimed = paragraphs.flatMap(({ runs }) => runs).filter(({ font }) => legacyFont(font))
  const modern = claimed.some(({ text }) => hasOwnLetter(text))
  const rest = claimed.filter(({ text }) => !hasOwnLetter(text)).map(({ text }) => text)
  const believed = !modern || recogniseText(rest.join('\n')) !== null
  return (run: PastedRun): LegacyReading | null =>
    believed && !hasOwnLetter(run.text) ? legacyFont(run.font) : null
}

function readRun(run: PastedRun, reading: LegacyReading, sure: boolean): PastedRun {
  const meant = composed(decodeLegacy(run.text, reading))
  if (meant === run.text) return run
  return sure
    ? { ...run, text: meant, other: { text: run.text, reading, decoded: true } }
    : { ...run, other: { text: meant, reading, decoded: false } }
}

const paragraphsOf = (item: PastedItem): readonly PastedParagraph[] =>
  item.kind === 'paragraph'
    ? [item]
    : item.rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs))

const mapParagraphs = (
  item: PastedItem,
  map: (paragraph: PastedParagraph) => PastedParagraph,
): PastedItem =>
  item.kind === 'paragraph'
    ? map(item)
    : {
        ...item,
        rows: item.rows.map((row) =>
          row.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(map) })),
        ),
      }

function findingOf(changed: readonly (readonly PastedRun[])[]): LegacyFinding | null {
  const [first] = changed
  const other = changed.flat().find((run) => run.other)?.other
  if (!first || !other) return null
  const here = textOf(first)
  const there = first.map((run) => run.other?.text ?? run.text).join('')
  const [written, meant] = other.decoded ? [there, here] : [here, there]
  return {
    encoding: other.reading.encoding,
    decoded: other.decoded,
    written: firstWords(written),
    meant: firstWords(meant),
  }
}

function firstWords(text: string): string {
  if (text.length <= SAMPLE) return text
  const cut = text.lastIndexOf(' ', SAMPLE)
  return `${text.slice(0, cut > 0 ? cut : SAMPLE)}…`
}
