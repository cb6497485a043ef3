import { useCallback, useEffect, useState } from 'react'
import { useSelected } from '../base/store.ts'
import { type DraftKey, openDraftDatabase } from '../clauses/suggest/draftDatabase.ts'
import { type Fork, openFork } from '../clauses/suggest/fork.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'

const database = openDraftDatabase()

/**
 * One's own draft of a document while `active`; null until the device has been asked what it kept.
 * @returns with what forgets the draft, here and on the device
 */
export function useFork(
  connection: DocumentConnection,
  { userId, documentId, epoch }: DraftKey,
  active: boolean,
): { fork: Fork | null; forget(): Promise<void> } {
  const loaded = useSelected(connection, (state) => state.loaded)
  const [fork, setFork] = useState<Fork | null>(null)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another draft
  useEffect(() => {
    if (!active || !loaded) return
    const key = { userId, documentId, epoch }
    let own: Fork | null = null
    let gone = false
    void database.read(key).then((kept) => {
      if (gone) return
      own = openFork(connection.doc, key, database, kept)
      setFork(own)
    })
    return () => {
      gone = true
      setFork(null)
      own?.destroy()
    }
  }, [connection, loaded, active, userId, documentId, epoch, turn])
  const forget = useCallback(async () => {
    await database.forget({ userId, documentId, epoch })
    setTurn((before) => before + 1)
  }, [userId, documentId, epoch])
  return { fork: active ? fork : null, forget }
}
