import type { AgencyId } from '../base/ids.ts'
import type { BlocActor } from './account.ts'

/**
 * Who may do what: the whole law, in one table (product.md "The people", contract "Who, when").
 * Phase is no matter of this table: it is judged after it.
 */
export type Scene = {
  /** The deputy does the lead's acts while the lead has delegated them. */
  deputyActs: boolean
  /** Agency that opened the thread, for the thread actions. */
  threadAgencyId?: AgencyId | null
  /** Who wrote the words at hand. */
  authorId?: string | null
  /** Agencies that sign this document. */
  signers?: readonly AgencyId[]
  /** Agency of the signing place at hand. */
  placeAgencyId?: AgencyId | null
  /** Author of the proposal at hand. */
  proposerId?: string | null
}

const inBloc = (a: BlocActor) => a.agencyRole !== null
const party = (a: BlocActor) =>
  a.agencyRole === 'lead' || a.agencyRole === 'deputy' || a.agencyRole === 'member'
const speaksForAgency = (a: BlocActor) => a.role === 'head' || (a.role === 'delegate' && a.mandated)
const writes = (a: BlocActor) => a.role === 'head' || a.role === 'delegate' || a.role === 'officer'
const converses = (a: BlocActor) => writes(a) || a.role === 'clerk'
const leads = (a: BlocActor, s: Scene) =>
  speaksForAgency(a) && (a.agencyRole === 'lead' || (a.agencyRole === 'deputy' && s.deputyActs))
const chairs = (a: BlocActor) =>
  speaksForAgency(a) && (a.agencyRole === 'lead' || a.agencyRole === 'deputy')

const LAW = {
  'bloc.read': (a) => inBloc(a),
  'document.read': (a) => inBloc(a),
  'document.write': (a) => party(a) && writes(a),
  'document.describe': (a) =>
    a.agencyRole === 'lead' && (a.role === 'officer' || speaksForAgency(a)),
  'document.number': (a) => a.agencyRole === 'lead' && a.role === 'clerk',
  'thread.open': (a) => party(a) && converses(a),
  'thread.reply': (a) => party(a) && converses(a),
  /** Anybody of the opening agency, or the lead's head or mandated delegate (who must give a reason). */
  'thread.close': (a, s) =>
    party(a) &&
    converses(a) &&
    (a.agencyId === s.threadAgencyId || (a.agencyRole === 'lead' && speaksForAgency(a))),
  /** Changes or takes back words: their author alone. */
  'thread.amend': (a, s) => party(a) && converses(a) && a.userId === s.authorId,
  'position.take': (a) => party(a) && speaksForAgency(a),
  /** What somebody thinks who does not speak for the agency; it counts for nothing. */
  'view.leave': (a) => party(a) && writes(a) && !speaksForAgency(a),
  'proposal.make': (a) => party(a) && writes(a),
  'proposal.decide': (a, s) => chairs(a) && a.userId !== s.proposerId,
  /** In the name of the agency. */
  'proposal.support': (a) => party(a) && speaksForAgency(a),
  'proposal.withdraw': (a, s) => party(a) && a.userId === s.proposerId,
  /** Late proposals: their author, the lead and the deputy. */
  'proposal.readLate': (a, s) =>
    a.userId === s.proposerId || a.agencyRole === 'lead' || a.agencyRole === 'deputy',
  'version.name': (a) => party(a) && writes(a),
  /** It is an edit like any other, and the text as it was stays a version. */
  'version.restore': (a) => party(a) && writes(a),
  /** Keeps one of competing wordings. */
  'bracket.settle': (a) => chairs(a),
  'document.lock': (a, s) => leads(a, s),
  'document.unlock': (a, s) => leads(a, s),
  'document.seal': (a, s) => leads(a, s),
  'certificate.person': (a) => party(a) && speaksForAgency(a),
  'certificate.seal': (a) => party(a) && a.role === 'clerk',
  'place.signPerson': (a, s) => party(a) && speaksForAgency(a) && ownPlace(a, s),
  'place.signSeal': (a, s) => party(a) && a.role === 'clerk' && ownPlace(a, s),
  'audit.read': (a) => inBloc(a),
} satisfies Record<string, (actor: BlocActor, scene: Scene) => boolean>

const ownPlace = (a: BlocActor, s: Scene) =>
  s.placeAgencyId !== undefined && a.agencyId === s.placeAgencyId

export type Action = keyof typeof LAW
export const ACTIONS = Object.keys(LAW) as readonly Action[]

/** May this person do this, here and now? Server and browser ask the same question. */
export function can(
  actor: BlocActor,
  action: Action,
  scene: Scene = { deputyActs: false },
): boolean {
  return LAW[action](actor, scene)
}
