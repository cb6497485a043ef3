import { expect, test } from 'vitest'
import { originEvents } from '../../../client/versions/origin/originEvents.ts'
import type { BracketDecision } from '../../../shared/brackets/api.ts'
import type { ClauseOrigin } from '../../../shared/versions/api.ts'

const by = { id: 'u', name: 'Cán bộ', agencyId: 'stc' } as never
const act = (minute: number) => ({ by, at: `2022-03-01T08:0${minute}:00.000Z` })
const NOTHING: ClauseOrigin = {
  first: null,
  authors: [],
  proposals: [],
  threads: [],
  positions: [],
  restores: [],
}

test('[P16] what happened to a clause stands in the order of time, a decision apart from its proposal', () => {
  const events = originEvents(
    {
      ...NOTHING,
      first: act(1),
      proposals: [
        {
          id: 'p',
          kind: 'edit',
          origin: 'suggestion',
          status: 'accepted',
          ...act(2),
          decided: act(5),
        },
        { id: 'q', kind: 'delete', origin: 'suggestion', status: 'open', ...act(6) },
      ],
      threads: [{ id: 't', status: 'open', ...act(3) }],
      positions: [{ agencyId: 'snv', position: 'agreed', ...act(8) }],
      restores: [act(7)],
    },
    [
      {
        clauseId: 'c',
        text: '[a / b]',
        chosen: 'a',
        outcome: 'kept',
        ...act(4),
      } as BracketDecision,
    ],
  )
  expect(events.map(({ kind }) => kind)).toEqual([
    'brought',
    'proposed',
    'talked',
    'settled',
    'decided',
    'proposed',
    'restored',
    'position',
  ])
  expect(events[4]).toMatchObject({ id: 'p', status: 'accepted' })
})

test('a clause of which nothing is known has no events', () => {
  expect(originEvents(NOTHING, [])).toEqual([])
})
