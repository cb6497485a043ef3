import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import { useDraftMarks } from '../proposals/useDraftMarks.ts'
import { useFork } from '../proposals/useFork.ts'
import { useMode, useModeKeys, type Working } from '../proposals/useMode.ts'
import { useProposedMarks } from '../proposals/useProposedMarks.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Desk } from './useDesk.ts'

/** Editing, suggesting or viewing: which text this person writes in, and what is shown beside its words. */
export function useWorking(props: {
  desk: Desk
  connection: DocumentConnection
  handle: EditorHandle | null
  mayWrite: boolean
  visible: boolean
}): Working & { fork: Fork | 'awaited' | null; editable: boolean; forget(): Promise<void> } {
  const { desk, connection, handle, mayWrite, visible } = props
  const { document, user } = desk
  const working = useMode(user.id)
  useModeKeys(working, !visible || !mayWrite)
  const { mode, view } = working
  const drafts = mayWrite && mode === 'suggesting' && view !== 'original'
  const { id: documentId, epoch } = document
  const { fork, forget } = useFork(connection, { userId: user.id, documentId, epoch }, drafts)
  useDraftMarks(handle, fork, view === 'marks')
  useProposedMarks({ ...desk, handle: drafts ? null : handle, shown: view === 'marks' })
  return {
    ...working,
    fork: drafts ? (fork ?? 'awaited') : null,
    editable: mayWrite && (mode === 'editing' || drafts),
    forget,
  }
}
