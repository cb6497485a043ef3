import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import { describePlace } from '../../../shared/clauses/describePlace.ts'
import { REFERENCE_LETTER } from '../../../shared/clauses/reference.ts'
import { type FindQuery, findMatches } from '../../../shared/vietnamese/findMatches.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import type { OtherText } from './otherTexts.ts'

export type Hit = {
  clauseId: string
  /** Which match of its clause, from 0. */
  nth: number
  place: string
  before: string
  match: string
  after: string
}
export type Found = { text: OtherText; hits: readonly Hit[] | null; error: unknown }

/** Others write there too. */
const LOOK_AGAIN_MS = 5_000
/** UTF-16 units of what stands around a match. */
const AROUND = 40

/** What is found in documents that are not on screen, from the text that the server has on disk. */
export function useElsewhere(
  texts: readonly OtherText[],
  query: FindQuery | null,
): { found: readonly Found[]; refresh(): void } {
  const answers = useQueries({
    queries: texts.map(({ documentId }) => ({
      queryKey: queryKey.clauses(documentId),
      queryFn: () => call(clauseRoutes.list, { params: { documentId } }),
      enabled: query !== null,
      refetchInterval: LOOK_AGAIN_MS,
    })),
  })
  const found = texts.map((text, i) => ({
    text,
    clauses: answers[i]?.data?.clauses ?? null,
    error: answers[i]?.error ?? null,
  }))
  const key = [query?.text, query?.matchCase, ...answers.map((one) => one.dataUpdatedAt)].join(' ')
  return {
    // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that counts
    found: useMemo(
      () =>
        found.map(({ text, clauses, error }) => ({
          text,
          error,
          hits: clauses && query ? hitsIn(clauses, query, text) : null,
        })),
      [key, texts],
    ),
    refresh: () => {
      for (const answer of answers) void answer.refetch()
    },
  }
}

/** A reference among the words around a match. */
const seen = (text: string) => text.replaceAll(REFERENCE_LETTER, '[…]')

/** As the server would replace: what a reference says is not found, it is no text of the clause. */
export function hitsIn(
  clauses: readonly ClauseView[],
  query: FindQuery,
  { model }: Pick<OtherText, 'model'>,
): Hit[] {
  return clauses.flatMap(({ id, level, text: shown, own: text = shown }) => {
    // Each cell of a table is a text of its own.
    const parts = level === 'table' ? text.split(/[\t\n]/) : [text]
    const ranges = parts.flatMap((part) =>
      findMatches(part, query).map((range) => ({ part, range })),
    )
    if (ranges.length === 0) return []
    const place = describePlace(clauses, id, model)
    return ranges.map(({ part, range: { from, to } }, nth) => ({
      clauseId: id,
      nth,
      place,
      before: (from > AROUND ? '…' : '') + seen(part.slice(Math.max(from - AROUND, 0), from)),
      match: part.slice(from, to),
      after: seen(part.slice(to, to + AROUND)) + (to + AROUND < part.length ? '…' : ''),
    }))
  })
}
