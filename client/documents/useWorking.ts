import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { DraftKey } from '../clauses/suggest/draftDatabase.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import { useDraftMarks } from '../proposals/useDraftMarks.ts'
import { useFork } from '../proposals/useFork.ts'
import { useMode, useModeKeys, type Working } from '../proposals/useMode.ts'
import { useProposedMarks } from '../proposals/useProposedMarks.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Failed } from '../ui/FailedPage.tsx'
import type { Desk } from './useDesk.ts'

/** Editing, suggesting or viewing: which text this person writes in, and what is shown beside its words. */
export function useWorking(props: {
  desk: Desk
  connection: DocumentConnection
  handle: EditorHandle | null
  mayWrite: boolean
  visible: boolean
}): Working & {
  fork: Fork | 'awaited' | null
  /** Another tab of this person has the draft; here the shared text is only read. */
  isElsewhere: boolean
  /** What drafts are made with did not come. */
  failed: Failed | null
  editable: boolean
  forget(): Promise<boolean>
  draftKey: DraftKey
} {
  const { desk, connection, handle, mayWrite, visible } = props
  const { document, user } = desk
  const working = useMode(user.id)
  useModeKeys(working, !visible || !mayWrite)
  const { mode, view } = working
  const drafts = mayWrite && mode === 'suggesting' && view !== 'original'
  const { id: documentId, epoch } = document
  const key = { userId: user.id, documentId, epoch }
  const { fork, isElsewhere, failed, forget } = useFork(connection, key, drafts)
  const hasDraft = drafts && !isElsewhere
  useDraftMarks(handle, fork, view === 'marks')
  useProposedMarks({ ...desk, handle: hasDraft ? null : handle, shown: view === 'marks' })
  return {
    ...working,
    fork: hasDraft ? (fork ?? 'awaited') : null,
    isElsewhere,
    failed,
    editable: mayWrite && (mode === 'editing' || hasDraft),
    forget,
    draftKey: key,
  }
}

/** Why somebody who may write does not. */
export function readingReason({ mode, isElsewhere }: { mode: string; isElsewhere: boolean }) {
  if (isElsewhere) return 'suggest.elsewhere'
  return mode === 'viewing' ? 'mode.viewing.reason' : 'view.original.reason'
}
