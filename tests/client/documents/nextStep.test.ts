import { expect, test } from 'vitest'
import { type NextFacts, nextStep } from '../../../client/documents/nextStep.ts'
import type { AgencyRole, PersonRole } from '../../../shared/accounts/account.ts'
import type { AgencyId } from '../../../shared/base/ids.ts'
import { PHASES } from '../../../shared/documents/document.ts'
import type { PlaceView } from '../../../shared/signing/api.ts'
import { actor } from '../../support/builders.ts'

const facts = (
  agencyRole: AgencyRole | null,
  role: PersonRole,
  change: Partial<NextFacts> = {},
): NextFacts => ({
  phase: 'drafting',
  actor: actor(agencyRole, role),
  scene: { deputyActs: false },
  waiting: 0,
  blockers: 0,
  openThreads: 0,
  late: 0,
  numbered: true,
  places: [],
  ...change,
})

const place = (
  agencyId: string,
  kind: PlaceView['kind'],
  status: PlaceView['status'] = 'open',
): PlaceView => ({ id: `${agencyId}:${kind}`, agencyId: agencyId as AgencyId, kind, status })

test('a head is sent to what waits for the agency before anything else', () => {
  expect(nextStep(facts('lead', 'head', { waiting: 4, blockers: 9, late: 2 }))).toEqual({
    kind: 'agree',
    count: 4,
  })
})

test('the lead locks once nothing stands in the way, and is told how much does until then', () => {
  expect(nextStep(facts('lead', 'head'))).toEqual({ kind: 'lock' })
  expect(nextStep(facts('lead', 'head', { blockers: 3 }))).toEqual({ kind: 'clear', count: 3 })
})

test('nobody is sent to lock while the blockers are not known', () => {
  expect(nextStep(facts('lead', 'head', { blockers: null }))).toEqual({ kind: 'done' })
})

test('a deputy leads only while the lead has delegated it', () => {
  expect(nextStep(facts('deputy', 'head')).kind).toBe('done')
  expect(nextStep(facts('deputy', 'head', { scene: { deputyActs: true } })).kind).toBe('lock')
})

test('an officer takes no positions: comments are next, or writing where there are none', () => {
  const officer = { waiting: 5, openThreads: 2 }
  expect(nextStep(facts('member', 'officer', officer))).toEqual({ kind: 'talk', count: 2 })
  expect(nextStep(facts('member', 'officer')).kind).toBe('write')
})

test('an observer watches', () => {
  expect(nextStep(facts('observer', 'observer', { openThreads: 2 })).kind).toBe('watch')
})

test('late edits come before the lock for whoever decides them', () => {
  expect(nextStep(facts('deputy', 'head', { late: 1 }))).toEqual({ kind: 'late', count: 1 })
})

test('locked: the lead’s clerk numbers, the lead seals, everybody else waits', () => {
  const locked = { phase: 'locked', numbered: false } as const
  expect(nextStep(facts('lead', 'clerk', locked)).kind).toBe('number')
  expect(nextStep(facts('lead', 'clerk', { phase: 'locked' })).kind).toBe('awaitSeal')
  expect(nextStep(facts('lead', 'head', locked)).kind).toBe('sealBlank')
  expect(nextStep(facts('lead', 'head', { phase: 'locked' })).kind).toBe('seal')
  expect(nextStep(facts('member', 'clerk', locked)).kind).toBe('awaitSeal')
})

test('[LC8] a clerk signs only after the person of the same agency', () => {
  const places = [place('stc', 'person'), place('stc', 'seal')]
  expect(nextStep(facts('member', 'clerk', { phase: 'signing', places })).kind).toBe('awaitPerson')
  const signed = [place('stc', 'person', 'signed'), place('stc', 'seal')]
  expect(nextStep(facts('member', 'clerk', { phase: 'signing', places: signed }))).toEqual({
    kind: 'sign',
    placeId: 'stc:seal',
  })
})

test('whoever has signed waits for the others, who are counted', () => {
  const places = [place('stc', 'person', 'signed'), place('snv', 'person'), place('snv', 'seal')]
  expect(nextStep(facts('member', 'head', { phase: 'signing', places }))).toEqual({
    kind: 'awaitSignatures',
    count: 2,
  })
})

test('there is one next step for every role in every phase, and none asks for what the law forbids', () => {
  const weighty = ['agree', 'lock', 'clear', 'seal', 'sealBlank', 'sign', 'number']
  for (const phase of PHASES)
    for (const agencyRole of ['lead', 'deputy', 'member', 'observer'] as const)
      for (const role of ['head', 'delegate', 'officer', 'clerk', 'observer'] as const) {
        const step = nextStep(facts(agencyRole, role, { phase, waiting: 3, numbered: false }))
        expect(step.kind, `${phase} ${agencyRole} ${role}`).toMatch(/^[a-zA-Z]+$/)
        if (agencyRole === 'observer' || role === 'observer')
          expect(weighty, `${phase} ${agencyRole} ${role}`).not.toContain(step.kind)
      }
})
