import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { NO_DEVICE, NOTHING_KEPT } from '../../../client/clauses/suggest/draftDatabase.ts'
import { openFork } from '../../../client/clauses/suggest/fork.ts'
import { type ProposalDesk, sendDraft } from '../../../client/proposals/sendDraft.ts'
import { insertClause, setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import type { ProposalDraft } from '../../../shared/proposals/draft.ts'
import { clause } from '../../support/builders.ts'

const KEY = { userId: 'u', documentId: 'd', epoch: 'e' }
const wordsOf = ({ content }: ProposalDraft) =>
  content && 'runs' in content ? content.runs.map(({ text }) => text).join('') : ''

/** A desk that takes one open insertion for each clause, as the server does. */
function start() {
  const room = new Y.Doc()
  writeBody(room, [clause('a', 'paragraph', 'một hai'), clause('b', 'paragraph', 'ba bốn')])
  const fork = openFork(room, KEY, NO_DEVICE, NOTHING_KEPT)
  const proposals: { id: string; clauseId: string; said: string; open: boolean }[] = []
  /** Done while the answer is on its way. */
  let meanwhile = () => {}
  const desk: ProposalDesk = {
    open: async () => new Set(proposals.filter(({ open }) => open).map(({ id }) => id)),
    async withdraw(proposalId) {
      for (const proposal of proposals) if (proposal.id === proposalId) proposal.open = false
    },
    async make(items) {
      const made = items.map((item, n) => {
        const { kind, clauseId } = item
        if (kind === 'insert' && proposals.some((one) => one.open && one.clauseId === clauseId))
          throw new Error('proposal/stale-base')
        return {
          id: `p${proposals.length + n}`,
          clauseId,
          said: `${kind} ${wordsOf(item)}`,
          open: true,
        }
      })
      proposals.push(...made)
      meanwhile()
      meanwhile = () => {}
      return made
    },
  }
  return {
    room,
    fork,
    proposals,
    send: () => sendDraft(fork, desk),
    inFlight: (act: () => void) => {
      meanwhile = act
    },
    open: () =>
      proposals.flatMap(({ open, clauseId, said }) => (open ? `${clauseId} ${said}` : [])),
  }
}

test('[P11] what others write while the answer is on its way keeps no draft alive', async () => {
  const { room, fork, send, inFlight } = start()
  setClauseText(fork.doc, 'a', 'một hai ba')
  inFlight(() => {
    setClauseText(room, 'a', 'MỘT hai')
    insertClause(room, 'a', clause('c', 'paragraph', 'chen vào'))
  })
  expect(await send()).toEqual({ count: 1, isAll: true })
})

test('[P11] what has been sent is not sent again with what was written on meanwhile', async () => {
  const { fork, send, inFlight, open } = start()
  setClauseText(fork.doc, 'a', 'một hai ba')
  insertClause(fork.doc, 'b', clause('n', 'paragraph', 'mới'))
  inFlight(() => setClauseText(fork.doc, 'b', 'ba bốn năm'))
  expect(await send()).toEqual({ count: 2, isAll: false })
  expect(await send()).toEqual({ count: 1, isAll: true })
  expect(open()).toEqual(['a edit một hai ba', 'n insert mới', 'b edit ba bốn năm'])
})

test('[P11] an insertion written on after it was sent takes the place of its proposal', async () => {
  const { fork, send, inFlight, open } = start()
  insertClause(fork.doc, 'b', clause('n', 'paragraph', 'mới'))
  inFlight(() => setClauseText(fork.doc, 'n', 'mới hơn'))
  expect(await send()).toEqual({ count: 1, isAll: false })
  expect(await send()).toEqual({ count: 1, isAll: true })
  expect(open()).toEqual(['n insert mới hơn'])
})

test('[P11] a proposal taken back can be sent again', async () => {
  const { fork, send, inFlight, proposals, open } = start()
  setClauseText(fork.doc, 'a', 'một hai ba')
  inFlight(() => setClauseText(fork.doc, 'b', 'ba bốn năm'))
  await send()
  for (const proposal of proposals) proposal.open = false
  expect(await send()).toEqual({ count: 2, isAll: true })
  expect(open()).toEqual(['a edit một hai ba', 'b edit ba bốn năm'])
})
