import type { Doc, Transaction } from 'yjs'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { type Elsewhere, nothingElsewhere } from '../../shared/clauses/sayReferences.ts'
import { viewClauses } from '../../shared/clauses/viewClauses.ts'
import { forgetChanged, type KnownBlocks, readBodyAgain } from '../../shared/clauses/yjs.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import type { Store } from '../base/store.ts'

/** Fast typing is gathered. */
const GATHER_MS = 120
/** Of a long text with many writers it may take this share of the time, all that is drawn by it included. */
const SHARE = 1 / 8

export type LiveClauses = Store<readonly ClauseView[]> & {
  /** Title and kind come from the record, which others may change. */
  setDocument(document: DocumentView): void
  /** What references to other documents say. */
  setElsewhere(elsewhere: Elsewhere): void
  /** Of this very moment, for what is about to be done to them. */
  now(): readonly ClauseView[]
  destroy(): void
}

/** The clauses as `/clauses` would list them, taken from the text on screen. */
export function liveClauses(doc: Doc, first: DocumentView): LiveClauses {
  let record = first
  const listeners = new Set<() => void>()
  let elsewhere = nothingElsewhere
  const known: KnownBlocks = new WeakMap()
  const read = () =>
    viewClauses(readBodyAgain(doc, known), record, numberingModel(record.kind), elsewhere).clauses
  let clauses: readonly ClauseView[] = read()
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = GATHER_MS
  const refresh = () => {
    const began = performance.now()
    timer = undefined
    clauses = read()
    for (const listener of [...listeners]) listener()
    // Behind everything that React draws because of it.
    setTimeout(() => {
      wait = Math.max(GATHER_MS, (performance.now() - began) / SHARE)
    }, 0)
  }
  const onTransaction = (transaction: Transaction) => {
    forgetChanged(transaction, known)
    if (transaction.changed.size > 0) timer ??= setTimeout(refresh, wait)
  }
  doc.on('afterTransaction', onTransaction)
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => clauses,
    now: read,
    setDocument(document) {
      if (document === record) return
      record = document
      timer ??= setTimeout(refresh, 0)
    },
    setElsewhere(known) {
      elsewhere = known
      timer ??= setTimeout(refresh, 0)
    },
    destroy() {
      clearTimeout(timer)
      doc.off('afterTransaction', onTransaction)
    },
  }
}
