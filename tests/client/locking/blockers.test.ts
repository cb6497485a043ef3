import { expect, test } from 'vitest'
import { groupBlockers } from '../../../client/locking/groupBlockers.ts'
import { liveBlockers } from '../../../client/locking/liveBlockers.ts'
import type { Blocker } from '../../../shared/locking/api.ts'

const missing = (clauseId: string, agencyId: string): Blocker => ({
  code: 'position/missing',
  clauseId,
  agencyId,
})

test('[P15] blockers are told clause by clause, one line per kind', () => {
  expect(
    groupBlockers([
      missing('k1', 'stc'),
      missing('k1', 'snv'),
      { code: 'proposal/open', clauseId: 'k1', proposalId: 'p' },
      { code: 'text/placeholder', clauseId: 'structure', text: '{{số}}' },
    ]),
  ).toEqual([
    {
      clauseId: 'k1',
      items: [
        { code: 'position/missing', agencyIds: ['stc', 'snv'], texts: [] },
        { code: 'proposal/open', agencyIds: [], texts: [] },
      ],
    },
    {
      clauseId: 'structure',
      items: [{ code: 'text/placeholder', agencyIds: [], texts: ['{{số}}'] }],
    },
  ])
})

test('[P15] positions and sums are judged by the words on screen, everything else by the server', () => {
  const server: Blocker[] = [
    missing('k1', 'stc'),
    { code: 'text/glyph', clauseId: 'k1', text: 'U+1F600' },
    { code: 'table/sum', clauseId: 'k2', text: 'I: 38 ≠ 40' },
  ]
  const wrong: Blocker = { code: 'table/sum', clauseId: 'k2', text: 'I: 39 ≠ 40' }
  const fallen: Blocker = { code: 'position/outdated', clauseId: 'k2', agencyId: 'snv' }
  expect(liveBlockers(server, [fallen], ['k1', 'k2', 'structure'])).toEqual([server[1], fallen])
  expect(liveBlockers(server, [fallen, wrong], ['k2', 'k1'])).toEqual([fallen, wrong, server[1]])
})
