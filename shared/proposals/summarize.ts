import { readableEdits } from '../diff/textEdits.ts'

export type Summary =
  | { kind: 'replace'; from: string; to: string }
  | { kind: 'add'; to: string }
  | { kind: 'delete'; from: string }

/** Places named; what is behind them is only counted. */
const PLACES = 3
const LENGTH = 60

const short = (text: string) => {
  const words = text.trim().replace(/\s+/g, ' ')
  return words.length > LENGTH ? `${words.slice(0, LENGTH).trimEnd()}…` : words
}

/** What a change does to the words, place by place (UX-32); `more`: places beyond those named. */
export function summarize(from: string, to: string): { places: Summary[]; more: number } {
  const places = readableEdits(from, to).flatMap(({ at, remove, insert }): Summary[] => {
    const [gone, come] = [short(from.slice(at, at + remove)), short(insert)]
    if (gone !== '' && come !== '') return [{ kind: 'replace', from: gone, to: come }]
    if (come !== '') return [{ kind: 'add', to: come }]
    return gone === '' ? [] : [{ kind: 'delete', from: gone }]
  })
  return { places: places.slice(0, PLACES), more: Math.max(0, places.length - PLACES) }
}
