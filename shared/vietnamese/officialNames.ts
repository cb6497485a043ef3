import { commonEnds } from '../base/commonEnds.ts'
import type { TextChange } from '../clauses/editTexts.ts'
import { foldToneStyle } from '../clauses/hash.ts'
import { bareLetters } from './searchFold.ts'

/** What is wrong with a name: its letters but for one, its marks, the place of a tone, capitals. */
export type NameSlip = TextChange & { slip: 'letter' | 'marks' | 'toneStyle' | 'case' }

type Name = { name: string; bare: string; words: number; letters: number }
type Word = { from: number; to: number; text: string; bare: string }

const WORD = /[\p{L}\p{M}\p{N}&.]+/gu
/** What may stand between the words of one name. */
const GAP = /^[\s\u00a0]*[-–—]?[\s\u00a0]*$/u
/** Shorter ones are a slip away from too much else. */
const LETTERS_FOR_A_SLIP = 7

const tidy = (text: string) =>
  text.normalize('NFC').replace(/[–—]/gu, '-').replace(/\s+/gu, ' ').trim()
const bareOf = (text: string) => bareLetters(text).toLowerCase()
const isUpper = (text: string) => text === text.toUpperCase() && text !== text.toLowerCase()

/**
 * Looks for the names of agencies that are almost right: in the wrong capitals, without marks or with wrong ones, with
 * one letter too few, too many, wrong or swapped. Phrases as long as a name are held against it as a whole, and what
 * is the right name of any agency is let be. A heading may be in capitals.
 * @param names as they should be written
 * @returns what each should become, in order, without overlaps
 */
export function findNameSlips(text: string, names: readonly string[]): NameSlip[] {
  const known = names.map(knownName).filter(({ words }) => words > 1)
  const words = wordsOf(text)
  const right = known.flatMap((name) => phrasesOf(text, words, name, 0).filter(isRightFor(name)))
  const isFree = ({ from, to }: { from: number; to: number }) =>
    right.every((other) => to <= other.from || from >= other.to)
  const slips = known.flatMap((name) =>
    // A space lost or a space too many make one word fewer or more.
    [0, -1, 1].flatMap((more) =>
      phrasesOf(text, words, name, more)
        .filter(isFree)
        .flatMap((phrase) => slipOf(phrase, name)),
    ),
  )
  return withoutOverlaps(slips)
}

type Phrase = { from: number; to: number; text: string; bare: string }

function knownName(name: string): Name {
  const tidied = tidy(name)
  const bare = bareOf(tidied)
  return {
    name: tidied,
    bare,
    words: wordsOf(tidied).length,
    letters: bare.replace(/[^a-z]/gu, '').length,
  }
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(WORD)].flatMap(({ 0: found, index }) => {
    // A full stop ends a sentence; within a name it would stand inside a word.
    const word = found.replace(/[.&]+$/u, '')
    return word === ''
      ? []
      : [{ from: index, to: index + word.length, text: word, bare: bareOf(word) }]
  })

/** Phrases of as many words as the name has, or some more, that could be it. */
function phrasesOf(text: string, words: readonly Word[], name: Name, more: number): Phrase[] {
  const count = name.words + more
  const found: Phrase[] = []
  for (let i = 0; i + count <= words.length; i += 1) {
    const [first, last] = [words[i], words[i + count - 1]]
    if (!first || !last || !isNear(first.bare, name.bare)) continue
    if (Math.abs(last.to - first.from - name.name.length) > name.words + 4) continue
    const part = words.slice(i, i + count)
    const isWhole = part.every((word, n) => {
      const next = part[n + 1]
      return !next || GAP.test(text.slice(word.to, next.from))
    })
    if (!isWhole) continue
    const said = tidy(text.slice(first.from, last.to))
    found.push({ from: first.from, to: last.to, text: said, bare: bareOf(said) })
  }
  return found
}

/** Most phrases begin otherwise: not worth a longer look. */
const isNear = (word: string, name: string): boolean =>
  word[0] === name[0] || word[1] === name[0] || word[0] === name[1] || word[1] === name[1]

const isRightFor =
  ({ name }: Name) =>
  ({ text }: Phrase): boolean =>
    text === name || text === name.toUpperCase()

function slipOf(phrase: Phrase, name: Name): NameSlip[] {
  const wanted = isUpper(phrase.text) ? name.name.toUpperCase() : name.name
  const slip = kindOf(phrase, wanted, name)
  return slip ? [{ from: phrase.from, to: phrase.to, text: wanted, slip }] : []
}

function kindOf(phrase: Phrase, wanted: string, name: Name): NameSlip['slip'] | null {
  const [said, right] = [phrase.text.toLowerCase(), wanted.toLowerCase()]
  if (said === right) return 'case'
  if (foldToneStyle(said) === foldToneStyle(right)) return 'toneStyle'
  if (phrase.bare === name.bare) return 'marks'
  const isOne = name.letters >= LETTERS_FOR_A_SLIP && isOneSlip(said, right)
  return isOne ? 'letter' : null
}

/** Whether one letter more, less, other or two swapped make one of the other. */
export function isOneSlip(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]]
  if (Math.abs(a.length - b.length) > 1) return false
  const { start, end } = commonEnds(a, b)
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length <= 1 && right.length <= 1) return left.length + right.length > 0
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/** The more certain one first, of two that overlap; then the longer. */
function withoutOverlaps(slips: readonly NameSlip[]): NameSlip[] {
  const kinds = ['case', 'toneStyle', 'marks', 'letter']
  const best = [...slips].sort(
    (a, b) => kinds.indexOf(a.slip) - kinds.indexOf(b.slip) || b.to - b.from - (a.to - a.from),
  )
  const taken: NameSlip[] = []
  for (const slip of best)
    if (taken.every(({ from, to }) => slip.to <= from || slip.from >= to)) taken.push(slip)
  return taken.sort((a, b) => a.from - b.from)
}
