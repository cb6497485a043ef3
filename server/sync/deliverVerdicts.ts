import * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { ackFrame, updateFrame } from './frames.ts'
import type { Judged } from './judgeGroup.ts'
import type { Outbox } from './Outbox.ts'
import type { ContentFrame, Peer } from './Peer.ts'
import { storeLate } from './updateLog.ts'

/** A judged group that is on disk up to `revision`. */
export type Delivery = {
  documentId: string
  epoch: string
  judged: readonly Judged[]
  revision: number
}

export type DeliveryHooks = {
  platform: Platform
  outbox: Outbox
  bind(peer: Peer, client: number): void
  askAgain(peer: Peer): void
  onLate(late: { id: string; documentId: string }): void
}

/** Shows everybody what is on disk now, then tells each sender what became of its frames. */
export async function deliverVerdicts(delivery: Delivery, hooks: DeliveryHooks): Promise<void> {
  const accepted = delivery.judged.filter(({ verdict }) => verdict.kind === 'accepted')
  let row = delivery.revision - accepted.length
  for (const { frame, verdict } of delivery.judged) {
    if (verdict.kind !== 'accepted') continue
    row += 1
    hooks.outbox.update(updateFrame(frame.update), frame.peer, row)
    const client = verdict.fresh[0]
    if (frame.peer.client === null && client !== undefined && frame.peer.state === 'open')
      hooks.bind(frame.peer, client)
  }
  const byPeer = new Map<Peer, Judged[]>()
  for (const entry of delivery.judged) {
    const own = byPeer.get(entry.frame.peer)
    if (own) own.push(entry)
    else byPeer.set(entry.frame.peer, [entry])
  }
  for (const [peer, judged] of byPeer) acknowledge(peer, judged, delivery.revision, hooks.outbox)
  hooks.outbox.flush()
  for (const [peer, judged] of byPeer) {
    holdGaps(peer, judged, hooks)
    await storeAndRefuseLate(peer, judged, delivery, hooks)
    for (const { frame, verdict } of judged)
      if (verdict.kind === 'refused') peer.refuse(verdict.code, frame.number, verdict.details)
  }
}

/** The first n frames of a connection: a frame that waits or falls keeps back all after it. */
function acknowledge(
  peer: Peer,
  judged: readonly Judged[],
  revision: number,
  outbox: Outbox,
): void {
  const done = (entry: Judged) =>
    entry.verdict.kind === 'known' || entry.verdict.kind === 'accepted'
  const undone = judged.filter((entry) => !done(entry)).map(({ frame }) => frame.number)
  const last = Math.max(...judged.map(({ frame }) => frame.number))
  const count = Math.min(last, ...undone.map((number) => number - 1))
  if (count <= peer.acked) return
  peer.acked = count
  outbox.tell(peer, ackFrame(count, revision))
}

function holdGaps(peer: Peer, judged: readonly Judged[], hooks: DeliveryHooks): void {
  const gaps: ContentFrame[] = judged
    .filter(({ verdict }) => verdict.kind === 'gap')
    .map(({ frame }) => frame)
    .sort((a, b) => a.number - b.number)
  const wasWaiting = peer.gapSince !== null
  peer.gaps = gaps
  const [first] = gaps
  if (!first) {
    peer.gapSince = null
    return
  }
  if (wasWaiting) return
  peer.gapSince = hooks.platform.clock()
  hooks.askAgain(peer)
}

/** Stored before it is refused: the tab may be gone in the next moment. */
async function storeAndRefuseLate(
  peer: Peer,
  judged: readonly Judged[],
  delivery: Delivery,
  { platform, onLate }: DeliveryHooks,
): Promise<void> {
  const late = judged.filter(({ verdict }) => verdict.kind === 'late').map(({ frame }) => frame)
  const [first] = late
  if (!first) return
  try {
    const { id, fresh } = await storeLate(platform.database, platform.newId, {
      documentId: delivery.documentId,
      epoch: delivery.epoch,
      accountId: peer.accountId,
      clientId: peer.client,
      baseRevision: delivery.revision,
      bytes: late.length === 1 ? first.update : Y.mergeUpdates(late.map(({ update }) => update)),
      at: platform.clock(),
    })
    peer.refuse('document/locked', first.number, { lateId: id })
    if (fresh) onLate({ id, documentId: delivery.documentId })
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'input/too-large') throw cause
    peer.refuse(cause.code, first.number, cause.details)
  }
}
