import { expect, test, vi } from 'vitest'
import { showProposal } from '../../../client/documents/showProposal.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'

const insertion = (id: string, clauseId: string, afterClauseId?: string) =>
  ({ id, kind: 'insert', clauseId, afterClauseId }) as unknown as ProposalView
const proposals = [
  { id: 'edit', kind: 'edit', clauseId: 'a' } as unknown as ProposalView,
  insertion('first', 'n', 'a'),
  insertion('second', 'm', 'n'),
  insertion('top', 't'),
  insertion('lost', 'l', 'khong-con'),
]
const clauses = [{ id: 'a' } as unknown as ClauseView]

/** What was shown. */
function shown(id: string, phone: boolean): unknown[] {
  // The focus comes later, and there is no page here.
  vi.stubGlobal('requestAnimationFrame', () => 0)
  const acts: unknown[] = []
  const state = {
    show: (overlay: unknown) => acts.push(overlay),
    close: () => acts.push('close'),
    goTo: (clauseId: string) => acts.push(clauseId),
  }
  showProposal({ proposals, clauses }, state as Parameters<typeof showProposal>[1], id, phone)
  vi.unstubAllGlobals()
  return acts
}

test('[UX-33] whoever is led to an open proposal comes to the clause of the text beside which it stands', () => {
  expect(shown('edit', false)).toEqual(['close', 'a'])
  expect(shown('second', false)).toEqual(['close', 'a'])
  expect(shown('decided', false)).toEqual([{ kind: 'decided', first: 'decided' }])
})

test('[UX-33] on a phone, which has no margin, its card is on the sheet of that clause, or in the list where it has none', () => {
  for (const id of ['edit', 'first', 'second'])
    expect(shown(id, true)).toEqual(['a', { kind: 'clause', clauseId: 'a' }])
  for (const id of ['top', 'lost']) expect(shown(id, true)).toEqual([{ kind: 'threads' }])
  expect(shown('decided', true)).toEqual([{ kind: 'decided', first: 'decided' }])
})
