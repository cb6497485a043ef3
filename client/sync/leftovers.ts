import * as z from 'zod'
import { type Tail, type TailKey, tailName } from './tail.ts'
import { ALL } from './unsentDatabase.ts'

/**
 * The last words of a page that was closed before the database had taken them. localStorage is the one store that
 * writes at once; it is small, so only this tail goes there and moves on at the next start.
 */
const PREFIX = 'nhat-tri.unsent/'
/** Characters. Browsers give a site about five million for everything. */
const MOST = 1_000_000

const Leftover = z.object({
  key: z.object({
    userId: z.string(),
    documentId: z.string(),
    epoch: z.string(),
    client: z.number(),
  }),
  changes: z.array(z.tuple([z.number(), z.string()])),
  wordsUpTo: z.number().default(ALL),
  words: z.array(z.object({ clauseId: z.string(), place: z.string(), mine: z.string() })),
  refused: z.string().nullable(),
})

/** @returns whether it is written */
export function writeLeftover(tail: Tail): boolean {
  const { userId, documentId, epoch, client } = tail
  const text = JSON.stringify({
    key: { userId, documentId, epoch, client } satisfies TailKey,
    changes: tail.changes.map(({ n, bytes }) => [n, toBase64(bytes)]),
    words: [...tail.words],
    wordsUpTo: tail.wordsUpTo,
    refused: tail.refused,
  } satisfies z.input<typeof Leftover>)
  if (text.length > MOST) return false
  try {
    localStorage.setItem(PREFIX + tailName(tail), text)
    return true
  } catch {
    // Switched off or full: the page never claimed these words to be kept.
    return false
  }
}

export function readLeftovers(userId: string): Tail[] {
  return namesOf(`${userId}/`).flatMap((name) => {
    const parsed = Leftover.safeParse(parse(localStorage.getItem(PREFIX + name)))
    if (!parsed.success) return []
    const { key, changes, words, wordsUpTo, refused } = parsed.data
    return [
      {
        ...key,
        changes: changes.map(([n, base64]) => ({ n, bytes: fromBase64(base64) })),
        words,
        wordsUpTo,
        refused,
      },
    ]
  })
}

/** @param which is asked with each name (see `tailName`) */
export function removeLeftovers(which: (name: string) => boolean): void {
  for (const name of namesOf('').filter(which)) localStorage.removeItem(PREFIX + name)
}

function namesOf(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length))
  } catch {
    // No localStorage here, or it is switched off: then nothing was left in it.
    return []
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    // Not ours; the schema refuses undefined.
    return undefined
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
