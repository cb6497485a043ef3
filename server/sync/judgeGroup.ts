import type { BlocActor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import type { ErrorCode } from '../../shared/base/errors.ts'
import { EFFORT_PER_TURN, type Effort } from './applyBounded.ts'
import type { ClientOwners } from './ClientOwners.ts'
import { contradicts } from './contradicts.ts'
import { newsOf } from './newsOf.ts'
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
import { BrokenLog, type DocumentState } from './updateLog.ts'

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

/** A gap closes with the next step 2 of its sender; what waits for one is bounded all the same (contract). */
const GAP_FRAMES = 64
const GAP_BYTES = 64 * 1024

/**
 * Judges the frames of one turn, in order, and applies what is accepted to the room's document, from which a refused
 * frame vanishes again. Nothing is stored or sent here, and no connection changes; a frame is cut to what is new in it.
 * @returns `rest`: what comes after a frame that cost a look at the whole text; its sender may be gone before the next
 */
export async function judgeGroup(
  court: Court,
  frames: readonly ContentFrame[],
): Promise<{ judged: Judged[]; rest: ContentFrame[] }> {
  const judged: Judged[] = []
  const facts = new Map<Uint8Array, UpdateFacts>()
  const gaps = new Map<Peer, { frames: number; bytes: number }>()
  const actors = new Map<string, BlocActor | undefined>()
  const claimed = new Map<number, string>()
  const efforts = new Map<string, Effort>()
  const out = new Set<Peer>()
  const settle = async (frame: ContentFrame): Promise<Spoiling> => {
    const { accountId } = frame.peer
    if (!actors.has(accountId)) actors.set(accountId, await court.findActor(accountId))
    if (frame.peer.state === 'ended' || out.has(frame.peer)) return { kind: 'dropped' }
    const effort = efforts.get(accountId) ?? { left: EFFORT_PER_TURN }
    efforts.set(accountId, effort)
    const bench = { ...court, facts, claimed, effort }
    const verdict = judgeSafely(bench, frame, actors.get(accountId))
    if (verdict.kind === 'refused') out.add(frame.peer)
    if (verdict.spoilt) await rebuild(court, judged)
    if (verdict.kind === 'accepted')
      for (const client of verdict.claims) claimed.set(client, accountId)
    return verdict
  }
  /** Waits, unless too much of its sender waits already. */
  const hold = ({ peer, update }: ContentFrame): Verdict => {
    const held = gaps.get(peer) ?? { frames: 0, bytes: 0 }
    held.frames += 1
    held.bytes += update.byteLength
    gaps.set(peer, held)
    if (held.frames <= GAP_FRAMES && held.bytes <= GAP_BYTES) return { kind: 'gap' }
    out.add(peer)
    return refused('input/invalid', { what: 'gap' })
  }
  for (const [i, frame] of frames.entries()) {
    const verdict = await settle(frame)
    judged.push({ frame, verdict: verdict.kind === 'gap' ? hold(frame) : verdict })
    if (!isSpoilt(verdict)) continue
    const left = frames.slice(i + 1)
    const waits = (one: ContentFrame) => one.peer.gaps.includes(one)
    for (const one of left.filter(waits)) judged.push({ frame: one, verdict: { kind: 'gap' } })
    return { judged, rest: left.filter((one) => !waits(one)) }
  }
  // A later frame may have brought what an earlier one was waiting for. Backwards first: whoever sends last things
  // first would otherwise have everything judged once for each frame.
  for (let pass = 0, progress = true; progress && pass < GAP_PASSES; pass += 1) {
    progress = false
    const waiting = judged.filter(({ verdict }) => verdict.kind === 'gap')
    for (const entry of pass % 2 === 0 ? waiting.reverse() : waiting) {
      const verdict = await settle(entry.frame)
      if (verdict.kind === 'gap' || verdict.kind === 'dropped') continue
      judged.splice(judged.indexOf(entry), 1)
      judged.push({ frame: entry.frame, verdict })
      if (isSpoilt(verdict)) return { judged, rest: [] }
      progress = true
    }
  }
  return { judged, rest: [] }
}

async function rebuild({ text }: Court, judged: readonly Judged[]): Promise<void> {
  await text.reload()
  for (const { frame, verdict } of judged)
    if (verdict.kind === 'accepted')
      text.tryUpdate(frame.update, readUpdate(frame.update), { left: Number.POSITIVE_INFINITY })
}

/** `spoilt`: the document had to take it in to find out, and must be built anew. */
type Spoiling = Verdict & { spoilt?: true }
const isSpoilt = (verdict: Spoiling) => verdict.spoilt === true

type Bench = Court & {
  /** Of the frames of this turn, decoded once. */
  facts: Map<Uint8Array, UpdateFacts>
  /** ClientIDs that this turn has brought. */
  claimed: ReadonlyMap<number, string>
  /** What this author may still cost in this turn. */
  effort: Effort
}

/** Bytes that break the judge are their sender's affair: nobody else in the room may suffer. */
function judgeSafely(...question: Parameters<typeof judgeFrame>): Spoiling {
  try {
    return judgeFrame(...question)
  } catch (cause) {
    if (cause instanceof BrokenLog) throw cause
    const what = (cause as Error).name
    return { kind: 'refused', code: 'input/invalid', details: { what }, spoilt: true }
  }
}

/** Role first, then what it says, then whose it is, then the phase (contract, "Socket"). */
function judgeFrame(
  { text, owners, state, facts: known, claimed, effort }: Bench,
  frame: ContentFrame,
  actor: BlocActor | undefined,
): Spoiling {
  const { peer, update } = frame
  if (!actor) return refused('auth/required')
  if (!can(actor, 'document.read')) return refused('document/not-found')
  if (text.known.has(update)) return { kind: 'known' }
  let facts: UpdateFacts
  try {
    facts = known.get(update) ?? readUpdate(update)
    known.set(update, facts)
  } catch (cause) {
    if (cause instanceof TooManyParts) return refused('input/too-large', { of: 'update' })
    // Whatever else the decoder throws means one thing: these bytes are no update.
    return refused('input/invalid', { what: 'update' })
  }
  // What everybody says who comes for the first time: the document need not even be put together for it.
  if (facts.structs.length === 0 && facts.deletes.length === 0) return { kind: 'known' }
  const { doc } = text
  if (contradicts(doc, facts)) return refused('sync/other-epoch', { what: 'clientID in use' })
  if (holdsAlready(doc, facts)) {
    text.known.add(update)
    return { kind: 'known' }
  }
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
  const news = newsOf(doc, update, facts)
  if (news !== update) {
    frame.update = news
    facts = readUpdate(news)
  }
  const problem = text.tryUpdate(news, facts, effort)
  if (problem) return { kind: 'refused', ...problem, spoilt: true }
  const claims = fresh.filter((client) => !owners.isClaimed(client))
  return { kind: 'accepted', fresh, claims }
}
