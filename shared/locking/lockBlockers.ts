import { agreementBlockers, STRUCTURE, type StoredPosition } from '../agreements/agreement.ts'
import { bracketsIn } from '../brackets/bracket.ts'
import type { PrintedFields } from '../clauses/hash.ts'
import { isWrongSum, type ScoreProblem, wrongSumText } from '../clauses/tables/scoreProblem.ts'
import type { AgreementPolicy } from '../documents/document.ts'
import type { Blocker } from './api.ts'
import { glyphName, missingGlyphs } from './glyphs.ts'

type Clause = {
  id: string
  hash: string
  text: string
  scores?: readonly ScoreProblem[] | undefined
}

export type LockInput = {
  policy: AgreementPolicy
  /** Agencies that take positions, in protocol order. */
  parties: readonly string[]
  /** Items of `/clauses`, in document order. */
  clauses: readonly Clause[]
  structureHash: string
  fields: PrintedFields
  /** What else is printed from the record: number, issuer. */
  alsoPrinted?: readonly string[]
  positions: readonly StoredPosition[]
  /** Open proposals in the order they were made; decided ones are left out by the caller. */
  openProposals: readonly { id: string; clauseId: string }[]
  /** Does the font of the printed page have this code point? */
  canPrint: (codePoint: number) => boolean
}

const PLACEHOLDER = /\{\{.*?\}\}/gsu

/**
 * Why this document can't be locked yet: none means ready. Clause by clause in document order, each with its
 * positions in protocol order, its proposals, its brackets, whether it says anything, its wrong sums, then its text; the structure with the printed fields comes last,
 * and behind it proposals on clauses that are no longer in the text. Open threads don't block.
 */
export function lockBlockers(input: LockInput): Blocker[] {
  const { clauses, fields, openProposals, canPrint } = input
  const items = [
    ...clauses.map((clause) => ({ ...clause, texts: [clause.text] })),
    {
      id: STRUCTURE,
      hash: input.structureHash,
      texts: printedTexts(fields, input.alsoPrinted),
      scores: [],
    },
  ]
  const positions = byClause(agreementBlockers({ ...input, clauses: items }))
  const proposals = byClause(openProposals)
  const known = new Set(items.map(({ id }) => id))
  return [
    ...items.flatMap(({ id, texts, scores }) => [
      ...(positions.get(id) ?? []),
      ...(proposals.get(id) ?? []).map(proposalBlocker),
      ...bracketBlockers(id, texts),
      ...(id === STRUCTURE ? [] : emptyBlockers(id, texts)),
      ...sumBlockers(id, scores),
      ...textBlockers(id, texts, canPrint),
    ]),
    ...openProposals.filter(({ clauseId }) => !known.has(clauseId)).map(proposalBlocker),
  ]
}

function byClause<T extends { clauseId: string }>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(item.clauseId)
    if (group) group.push(item)
    else groups.set(item.clauseId, [item])
  }
  return groups
}

const proposalBlocker = ({ id, clauseId }: { id: string; clauseId: string }): Blocker => ({
  code: 'proposal/open',
  clauseId,
  proposalId: id,
})

/** Competing wordings: a text with square brackets is a draft. */
const bracketBlockers = (clauseId: string, texts: readonly string[]): Blocker[] =>
  texts.flatMap((text) =>
    bracketsIn(text).map(({ from, to }) => ({
      code: 'bracket/open' as const,
      clauseId,
      text: text.slice(from, to),
    })),
  )

/** Something that is seen: no space, and no sign that only steers others. */
const VISIBLE = /[^\s\p{Cf}]/u

/** A clause, or a table, that was begun and says nothing: its number would be printed alone. */
const emptyBlockers = (clauseId: string, texts: readonly string[]): Blocker[] =>
  texts.some((text) => VISIBLE.test(text)) ? [] : [{ code: 'clause/empty', clauseId }]

/** Wrong sums of a score table; what is merely odd about one does not block. */
export const sumBlockers = (clauseId: string, scores: readonly ScoreProblem[] = []): Blocker[] =>
  scores
    .filter(isWrongSum)
    .map((problem) => ({ code: 'table/sum', clauseId, text: wrongSumText(problem) }))

function textBlockers(
  clauseId: string,
  texts: readonly string[],
  canPrint: LockInput['canPrint'],
): Blocker[] {
  const placeholders = texts.flatMap((text) => text.match(PLACEHOLDER) ?? [])
  const glyphs = texts.flatMap((text) => missingGlyphs(text, canPrint))
  return [
    ...[...new Set(placeholders)].map((text) => ({
      code: 'text/placeholder' as const,
      clauseId,
      text,
    })),
    ...[...new Set(glyphs)].map((character) => ({
      code: 'text/glyph' as const,
      clauseId,
      text: glyphName(character),
    })),
  ]
}

const printedTexts = (fields: PrintedFields, alsoPrinted: readonly string[] = []) => [
  fields.title,
  fields.place,
  ...fields.recipients,
  ...Object.keys(fields.signingTitles)
    .sort()
    .map((agency) => fields.signingTitles[agency] ?? ''),
  ...alsoPrinted,
]
