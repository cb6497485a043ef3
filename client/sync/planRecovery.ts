import * as Y from 'yjs'
import type { Block } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import type { KeptChange, Tail } from './tail.ts'
import { type UnsentClause, unsentClauses } from './unsentText.ts'

export type RecoveryPlan =
  /** The server has it all. */
  | { kind: 'none' }
  | { kind: 'send'; updates: readonly Uint8Array[] }
  | { kind: 'offer'; unsent: readonly UnsentClause[] }

/**
 * What to do with a tail found on this device, beside the server's text of today. Sent as it is where it fits without
 * a gap: role and phase are the server's to judge, which keeps late words for the chair (contract, "Socket"). Another
 * epoch, or a refusal, leaves only the words.
 */
export function planRecovery(tail: Tail, epoch: string, server: Y.Doc): RecoveryPlan {
  if (tail.changes.length === 0) return { kind: 'none' }
  if (tail.epoch === epoch && tail.refused === null) {
    const updates = tail.changes.map(({ bytes }) => bytes)
    if (fits(server, updates)) return { kind: 'send', updates }
  }
  return offer(tail, readBody(server))
}

function offer(tail: Tail, blocks: readonly Block[]): RecoveryPlan {
  const unsent = [
    ...unsentClauses(tail.words, blocks),
    ...looseWords(tail.changes.filter(({ n }) => n > tail.wordsUpTo)),
  ]
  return unsent.length > 0 ? { kind: 'offer', unsent } : { kind: 'none' }
}

/** Whether nothing is missing before them: with a gap Yjs would keep them pending, unseen and for ever. */
function fits(server: Y.Doc, updates: readonly Uint8Array[]): boolean {
  const probe = new Y.Doc()
  try {
    Y.applyUpdate(probe, Y.encodeStateAsUpdate(server))
    for (const update of updates) Y.applyUpdate(probe, update)
    return probe.store.pendingStructs === null && probe.store.pendingDs === null
  } catch {
    // Bytes that do not parse were damaged on the device; their words are offered instead.
    return false
  } finally {
    probe.destroy()
  }
}

/** The letters themselves, in the order they were typed, where the tab died before it could note them as whole clauses. */
function looseWords(changes: readonly KeptChange[]): UnsentClause[] {
  const mine = changes.map(({ bytes }) => typed(bytes)).join('')
  return mine === '' ? [] : [{ clauseId: '', place: '', mine, theirs: null }]
}

function typed(bytes: Uint8Array): string {
  try {
    return Y.decodeUpdate(bytes)
      .structs.map((struct) =>
        struct instanceof Y.Item && struct.content instanceof Y.ContentString
          ? struct.content.str
          : '',
      )
      .join('')
  } catch {
    // Damaged on the device: nothing can be read from it.
    return ''
  }
}
