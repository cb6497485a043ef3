import { describe, expect, test } from 'vitest'
import {
  AGENCY_ROLES,
  type AgencyRole,
  PERSON_ROLES,
  type PersonRole,
} from '../../../shared/accounts/account.ts'
import { ACTIONS, type Action, can, type Scene } from '../../../shared/accounts/permissions.ts'
import type { AgencyId } from '../../../shared/base/ids.ts'
import { actor } from '../../support/builders.ts'

const scene: Scene = { deputyActs: false }
const stc = 'stc' as AgencyId
const snv = 'snv' as AgencyId

/** Who may, as `agencyRole.personRole`; `delegate+` is one with a mandate in force. The operator is of no agency. */
const whoMay = (action: Action, given: Scene = scene): string[] =>
  AGENCY_ROLES.flatMap((agencyRole) =>
    PERSON_ROLES.filter((role) => role !== 'operator').flatMap((role) =>
      (role === 'delegate' ? [false, true] : [false]).flatMap((mandated) =>
        can(actor(agencyRole, role, { mandated }), action, given)
          ? [`${agencyRole}.${role}${mandated ? '+' : ''}`]
          : [],
      ),
    ),
  )
const of = (agencies: readonly AgencyRole[], ...roles: string[]) =>
  agencies.flatMap((agency) => roles.map((role) => `${agency}.${role}`))

const PARTIES = ['lead', 'deputy', 'member'] as const

describe('who may, by the contract', () => {
  test.each<[Action, string[]]>([
    ['position.take', of(PARTIES, 'head', 'delegate+')],
    ['document.write', of(PARTIES, 'head', 'delegate', 'delegate+', 'officer')],
    ['proposal.make', of(PARTIES, 'head', 'delegate', 'delegate+', 'officer')],
    ['document.describe', of(['lead'], 'head', 'delegate+', 'officer')],
    ['document.number', of(['lead'], 'clerk')],
    ['thread.open', of(PARTIES, 'head', 'delegate', 'delegate+', 'officer', 'clerk')],
    ['thread.reply', of(PARTIES, 'head', 'delegate', 'delegate+', 'officer', 'clerk')],
    ['proposal.decide', of(['lead', 'deputy'], 'head', 'delegate+')],
    ['document.lock', of(['lead'], 'head', 'delegate+')],
    ['document.unlock', of(['lead'], 'head', 'delegate+')],
    ['document.seal', of(['lead'], 'head', 'delegate+')],
    ['certificate.person', of(PARTIES, 'head', 'delegate+')],
    ['certificate.seal', of(PARTIES, 'clerk')],
  ])('%s', (action, expected) => {
    expect(whoMay(action)).toEqual(expected)
  })

  test('everybody of the bloc reads, nobody from outside', () => {
    for (const action of ['bloc.read', 'document.read', 'audit.read'] as const) {
      for (const agencyRole of AGENCY_ROLES)
        for (const role of PERSON_ROLES) expect(can(actor(agencyRole, role), action)).toBe(true)
      for (const role of PERSON_ROLES) expect(can(actor(null, role), action)).toBe(false)
    }
  })
})

test('observers, outsiders and the operator change nothing whatever the scene', () => {
  const generous: Scene = {
    deputyActs: true,
    threadAgencyId: stc,
    signers: [stc],
    placeAgencyId: stc,
    proposerId: 'somebody',
  }
  const changes = ACTIONS.filter((action) => !action.endsWith('.read'))
  for (const action of changes)
    for (const role of PERSON_ROLES) {
      expect([action, can(actor('observer', role), action, generous)]).toEqual([action, false])
      const outsider = actor(null, role)
      expect([action, can(outsider, action, generous)]).toEqual([action, false])
    }
})

test('the deputy does the lead’s acts only while they are delegated', () => {
  for (const action of ['document.lock', 'document.unlock', 'document.seal'] as const) {
    expect(whoMay(action, { deputyActs: true })).toEqual(
      of(['lead', 'deputy'], 'head', 'delegate+'),
    )
  }
})

describe('threads are closed', () => {
  const closes = (agencyRole: AgencyRole, role: PersonRole, threadAgencyId: AgencyId) =>
    can(actor(agencyRole, role), 'thread.close', { ...scene, threadAgencyId })

  test('by anybody of the agency that opened them', () => {
    expect(closes('member', 'officer', stc)).toBe(true)
    expect(closes('member', 'clerk', stc)).toBe(true)
    expect(closes('member', 'head', snv)).toBe(false)
  })

  test('or by the lead’s head or mandated delegate', () => {
    expect(closes('lead', 'head', snv)).toBe(true)
    expect(closes('lead', 'officer', snv)).toBe(false)
    expect(closes('deputy', 'head', snv)).toBe(false)
  })
})

test('nobody decides over a proposal of his own; only its author withdraws it', () => {
  const me = actor('lead', 'head')
  expect(can(me, 'proposal.decide', { ...scene, proposerId: me.userId })).toBe(false)
  expect(can(me, 'proposal.decide', { ...scene, proposerId: 'another' })).toBe(true)
  expect(can(me, 'proposal.withdraw', { ...scene, proposerId: me.userId })).toBe(true)
  expect(can(me, 'proposal.withdraw', { ...scene, proposerId: 'another' })).toBe(false)
})

test('late proposals are read by their author, the lead and the deputy', () => {
  const reads = (agencyRole: AgencyRole, proposerId: string) =>
    can(actor(agencyRole, 'officer'), 'proposal.readLate', { ...scene, proposerId })
  expect(['lead', 'deputy', 'member'].map((role) => reads(role as AgencyRole, 'another'))).toEqual([
    true,
    true,
    false,
  ])
  expect(reads('member', actor('member', 'officer').userId)).toBe(true)
})

test('a head signs the person’s place of his own agency, the clerk its seal', () => {
  const signs = (role: PersonRole, action: Action, placeAgencyId: AgencyId) =>
    can(actor('member', role), action, { ...scene, placeAgencyId })
  expect(signs('head', 'place.signPerson', stc)).toBe(true)
  expect(signs('head', 'place.signPerson', snv)).toBe(false)
  expect(signs('head', 'place.signSeal', stc)).toBe(false)
  expect(signs('clerk', 'place.signSeal', stc)).toBe(true)
  expect(signs('clerk', 'place.signSeal', snv)).toBe(false)
  expect(signs('clerk', 'place.signPerson', stc)).toBe(false)
  expect(signs('delegate', 'place.signPerson', stc)).toBe(false)
  expect(
    can(actor('member', 'delegate', { mandated: true }), 'place.signPerson', {
      ...scene,
      placeAgencyId: stc,
    }),
  ).toBe(true)
})
