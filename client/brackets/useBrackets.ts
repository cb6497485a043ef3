import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ClauseId, DocumentId, Sha256 } from '../../shared/base/ids.ts'
import { type Brackets, type BracketView, bracketRoutes } from '../../shared/brackets/api.ts'
import { bracketsIn, type Span } from '../../shared/brackets/bracket.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'
import { queryKey } from '../base/queryKey.ts'

/** Words on the screen that the server does not have yet are asked for again that often. */
const BEHIND_MS = 1_500

export type LiveBrackets = {
  /** Clauses with open brackets on the screen, in order. */
  open: readonly string[]
  /** Of a clause; none while the server does not know the words on the screen. */
  of(clauseId: string): readonly BracketView[]
  decisions: Brackets['decisions']
}

/** The brackets of the words on the screen, with what agencies say of them. */
export function useBrackets(documentId: DocumentId, clauses: readonly ClauseView[]): LiveBrackets {
  const open = useMemo(
    () => clauses.filter(({ text }) => text.includes('[') && bracketsIn(text).length > 0),
    [clauses],
  )
  const isBehind = (known: Brackets | undefined) =>
    open.some(
      ({ id, hash }) => !known?.brackets.some((one) => one.clauseId === id && one.hash === hash),
    )
  const { data } = useQuery({
    queryKey: queryKey.brackets(documentId),
    queryFn: () => call(bracketRoutes.list, { params: { documentId } }),
    refetchInterval: ({ state }) => (isBehind(state.data) ? BEHIND_MS : false),
  })
  return useMemo(() => {
    const hashes = new Map(open.map(({ id, hash }) => [id, hash]))
    return {
      open: open.map(({ id }) => id),
      of: (clauseId) =>
        data?.brackets.filter(
          (one) => one.clauseId === clauseId && one.hash === hashes.get(clauseId),
        ) ?? [],
      decisions: data?.decisions ?? [],
    }
  }, [open, data])
}

/** Each act answers all brackets of the document as they are then. */
function useAct<Input>(documentId: DocumentId, act: (input: Input) => Promise<Brackets>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (now) => client.setQueryData(queryKey.brackets(documentId), now),
    onSettled: async (_, error) => {
      if (!isRefusal(error, 'clause/stale-hash', 'bracket/decided', 'bracket/not-found')) return
      await client.invalidateQueries({ queryKey: queryKey.brackets(documentId) })
    },
  })
}

export const usePropose = (documentId: DocumentId) =>
  useAct(
    documentId,
    ({ clauseId, hash, ...body }: Seen & { words: string; span?: Span; paragraph?: number }) =>
      call(bracketRoutes.propose, {
        params: { documentId, clauseId: clauseId as ClauseId },
        body: { ...body, hash: hash as Sha256 },
      }),
  )

type Seen = { clauseId: string; hash: string }
type OnOption = { bracket: BracketView; option: Sha256 }

const paramsOf = (documentId: DocumentId, { clauseId, index }: BracketView) => ({
  documentId,
  clauseId: clauseId as ClauseId,
  index,
})

export const useSupport = (documentId: DocumentId) =>
  useAct(documentId, ({ bracket, option, supports }: OnOption & { supports: boolean }) =>
    call(bracketRoutes.support, {
      params: paramsOf(documentId, bracket),
      body: { hash: bracket.hash, option, supports },
    }),
  )

export const useSettle = (documentId: DocumentId) =>
  useAct(documentId, ({ bracket, option }: OnOption) =>
    call(bracketRoutes.settle, {
      params: paramsOf(documentId, bracket),
      body: { hash: bracket.hash, option },
    }),
  )
