import type { BlocActor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import type { ErrorCode } from '../../shared/base/errors.ts'
import { EFFORT_PER_TURN, type Effort } from './applyBounded.ts'
import type { ClientOwners } from './ClientOwners.ts'
import { contradicts } from './contradicts.ts'
import type { ContentFrame, Peer } from './Peer.ts'
import type { RoomText } from './RoomText.ts'
import {
  foreignRoots,
  hasGap,
  holdsAlready,
  isHousekeeping,
  newClients,
  readUpdate,
  TooManyParts,
  type UpdateFacts,
} from './updateFacts.ts'
import type { DocumentState } from './updateLog.ts'

export type Verdict =
  /** Nothing in it that the document lacks. */
  | { kind: 'known' }
  /** `fresh`: clients of whom it brings something new; `claims`: those among them never seen before. */
  | { kind: 'accepted'; fresh: readonly number[]; claims: readonly number[] }
  /** Something before it is missing; it waits, unacknowledged. */
  | { kind: 'gap' }
  /** New content after the lock: kept as a late proposal, then refused. */
  | { kind: 'late' }
  | { kind: 'refused'; code: ErrorCode; details: Record<string, unknown> }
  /** The connection was ended before its turn came. */
  | { kind: 'dropped' }

export type Judged = { frame: ContentFrame; verdict: Verdict }

export type Court = {
  text: RoomText
  owners: ClientOwners
  state: DocumentState
  /** As the rows stand now; asked once per account and group. */
  findActor(accountId: string): Promise<BlocActor | undefined>
}

/** Of whom one frame may bring news: more tabs than anybody had open while offline. Each is remembered for ever. */
const FRESH_CLIENTS = 256

/** How often a turn goes over what has a gap; what is left then waits for the next. */
const GAP_PASSES = 8

const refused = (code: ErrorCode, details: Record<string, unknown> = {}): Verdict => ({
  kind: 'refused',
  code,
  details,
})

/**
 * Judges the frames of one turn, in order, and applies what is accepted to the room's document, from which a refused
 * frame vanishes again. Nothing is stored or sent here, and no connection changes.
 */
export async function judgeGroup(court: Court, frames: readonly ContentFrame[]): Promise<Judged[]> {
  const judged: Judged[] = []
  const actors = new Map<string, BlocActor | undefined>()
  const claimed = new Map<number, string>()
  const efforts = new Map<string, Effort>()
  const out = new Set<Peer>()
  const settle = async (frame: ContentFrame): Promise<Verdict> => {
    const { accountId } = frame.peer
    if (!actors.has(accountId)) actors.set(accountId, await court.findActor(accountId))
    if (frame.peer.state === 'ended' || out.has(frame.peer)) return { kind: 'dropped' }
    const effort = efforts.get(accountId) ?? { left: EFFORT_PER_TURN }
    efforts.set(accountId, effort)
    const verdict = judgeSafely(court, frame, { actor: actors.get(accountId), claimed, effort })
    if (verdict.kind === 'refused') out.add(frame.peer)
    if (verdict.spoilt) await rebuild(court, judged)
    if (verdict.kind === 'accepted')
      for (const client of verdict.claims) claimed.set(client, accountId)
    return verdict
  }
  for (const frame of frames) judged.push({ frame, verdict: await settle(frame) })
  // A later frame may have brought what an earlier one was waiting for. Backwards first: whoever sends last things
  // first would otherwise have everything judged once for each frame.
  for (let pass = 0, progress = true; progress && pass < GAP_PASSES; pass += 1) {
    progress = false
    const gaps = judged.filter(({ verdict }) => verdict.kind === 'gap')
    for (const entry of pass % 2 === 0 ? gaps.reverse() : gaps) {
      const verdict = await settle(entry.frame)
      if (verdict.kind === 'gap' || verdict.kind === 'dropped') continue
      judged.splice(judged.indexOf(entry), 1)
      judged.push({ frame: entry.frame, verdict })
      progress = true
    }
  }
  return judged
}

async function rebuild({ text }: Court, judged: readonly Judged[]): Promise<void> {
  await text.reload()
  for (const { frame, verdict } of judged)
    if (verdict.kind === 'accepted')
      text.tryUpdate(frame.update, readUpdate(frame.update), { left: Number.POSITIVE_INFINITY })
}

type Circumstances = {
  actor: BlocActor | undefined
  /** Clients that frames of this turn have claimed. */
  claimed: ReadonlyMap<number, string>
  effort: Effort
}

/** `spoilt`: the document had to take it in to find out, and must be built anew. */
type Spoiling = Verdict & { spoilt?: true }

/** Bytes that break the judge are their sender's affair: nobody else in the room may suffer. */
function judgeSafely(...question: Parameters<typeof judgeFrame>): Spoiling {
  try {
    return judgeFrame(...question)
  } catch (cause) {
    const what = (cause as Error).name
    return { kind: 'refused', code: 'input/invalid', details: { what }, spoilt: true }
  }
}

/** Role first, then what it says, then whose it is, then the phase (contract, "Socket"). */
function judgeFrame(
  { text, owners, state }: Court,
  { peer, update }: ContentFrame,
  { actor, claimed, effort }: Circumstances,
): Spoiling {
  if (!actor) return refused('auth/required')
  if (!can(actor, 'document.read')) return refused('document/not-found')
  let facts: UpdateFacts
  try {
    facts = readUpdate(update)
  } catch (cause) {
    if (cause instanceof TooManyParts) return refused('input/too-large', { of: 'update' })
    // Whatever else the decoder throws means one thing: these bytes are no update.
    return refused('input/invalid', { what: 'update' })
  }
  const { doc } = text
  if (contradicts(doc, facts)) return refused('sync/other-epoch', { what: 'clientID in use' })
  if (holdsAlready(doc, facts)) return { kind: 'known' }
  const writes = can(actor, 'document.write')
  if ((!writes || state.phase !== 'drafting') && isHousekeeping(doc, facts))
    return { kind: 'known' }
  if (!writes) return refused('auth/forbidden')
  const fresh = newClients(doc, facts)
  if (fresh.length > FRESH_CLIENTS) return refused('input/too-large', { of: 'clients' })
  for (const client of fresh) {
    const owner = owners.ownerOf(client) ?? claimed.get(client)
    const unclaimed = owner === undefined && (doc.store.clients.get(client)?.length ?? 0) === 0
    if (owner !== peer.accountId && !unclaimed)
      return refused('auth/forbidden', { clientId: client })
  }
  if (state.phase !== 'drafting') return { kind: 'late' }
  if (foreignRoots(facts).length > 0) return refused('content/refused', { what: 'foreign root' })
  if (hasGap(doc, facts)) return { kind: 'gap' }
  const problem = text.tryUpdate(update, facts, effort)
  if (problem) return { kind: 'refused', ...problem, spoilt: true }
  const claims = fresh.filter((client) => !owners.isClaimed(client))
  return { kind: 'accepted', fresh, claims }
}
