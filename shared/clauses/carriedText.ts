import { type Block, joinRuns, type Run, type SayReference } from './clause.ts'
import { REFERENCE_LETTER, readReference } from './reference.ts'

/**
 * The words of a clause in one string that carries its references along, for where a row has room for a string only:
 * U+FFF9, the reference as JSON, U+FFFB. Whoever types these two signs, which nobody sees, does not find them here.
 */
const CARRIED = /\ufff9(\{[^\ufff9\ufffb]*\})\ufffb/

export const carriedText = (block: Block): string => joinRuns(block, carry)

export const carriedRuns = (runs: readonly Run[]): string => runs.map(carry).join('')

const carry = ({ text, reference }: Run): string =>
  reference ? `\ufff9${JSON.stringify(reference)}\ufffb` : text.replace(/[\ufff9\ufffb]/g, '')

/** The runs of one line of {@link carriedText}, without marks. */
export const readCarried = (text: string): Run[] =>
  text.split(CARRIED).flatMap((piece, index): Run[] => {
    if (piece === '') return []
    const reference = index % 2 === 1 ? read(piece) : null
    return [
      reference ? { text: REFERENCE_LETTER, marks: [], reference } : { text: piece, marks: [] },
    ]
  })

function read(json: string) {
  try {
    return readReference(JSON.parse(json))
  } catch {
    // Not one of ours: it stays as it is written.
    return null
  }
}

/** {@link carriedText} for people to read. */
export const sayCarried = (text: string, say: SayReference): string =>
  readCarried(text)
    .map(({ text: words, reference }) => (reference ? say(reference) : words))
    .join('')
