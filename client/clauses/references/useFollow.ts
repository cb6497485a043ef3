import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { ClauseReference } from '../../../shared/clauses/reference.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { documentRoutes } from '../../../shared/documents/api.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import { useText } from '../../base/useText.ts'
import { useSay } from '../../ui/Toasts.tsx'
import type { OwnedHandle } from '../editorHandle.ts'

/** The bloc's documents. */
export const useBlocDocuments = ({ blocId }: DocumentView) =>
  useQuery({
    queryKey: queryKey.bloc(blocId),
    queryFn: () => call(documentRoutes.bloc, { params: { blocId } }),
  }).data?.documents

/** Leads from a reference to its clause, in this document or on the tab of another. */
export function useFollow(handle: OwnedHandle, document: DocumentView): void {
  const t = useText()
  const say = useSay()
  const [, navigate] = useLocation()
  const documents = useBlocDocuments(document)
  const follow = ({ document: other, clause }: ClauseReference) => {
    if (other === null) {
      if (!handle.clausesNow().some(({ id }) => id === clause)) say.problem(t('reference.gone'))
      // Where nothing can be written there is no caret to put.
      else if (handle.editor.isEditable) handle.focusClause(clause, 1)
      else handle.scrollToClause(clause)
      return
    }
    const kind = documents?.find(({ id }) => id === other)?.kind
    if (kind) navigate(`/bloc/${document.blocId}/${kind}#${clause}`)
    else say.problem(t('reference.gone'))
  }
  const latest = useRef(follow)
  latest.current = follow
  useEffect(() => {
    const { storage } = handle.editor
    storage.referenceLabels.follow = (reference) => latest.current(reference)
    return () => {
      storage.referenceLabels.follow = null
    }
  }, [handle])
}
