import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEditorState } from '@tiptap/react'
import { useEffect } from 'react'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import { elsewhereFrom } from '../../../shared/clauses/sayReferences.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import type { OwnedHandle } from '../editorHandle.ts'
import { elsewhereNamed } from './referenceLabels.ts'

/** A reference that was just made is answered for once the server has it. */
const SETTLED_MS = 1_500

/**
 * Keeps what references to other documents say as the server knows it: asked when they change here, and when a notice
 * says that something has changed there. Until there is an answer they say what they did when they were made.
 */
export function useElsewhere(handle: OwnedHandle, document: DocumentView): void {
  const { editor } = handle
  const client = useQueryClient()
  const documentId = document.id
  const named = useEditorState({
    editor,
    selector: ({ editor: { state } }) => elsewhereNamed(state.doc),
  })
  const known = useQuery({
    queryKey: queryKey.references(documentId),
    queryFn: () => call(clauseRoutes.references, { params: { documentId } }),
    enabled: named.length > 0,
    placeholderData: keepPreviousData,
  }).data
  const targets = named.join()
  useEffect(() => {
    if (targets === '') return
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: queryKey.references(documentId) }),
      SETTLED_MS,
    )
    return () => clearTimeout(timer)
  }, [targets, client, documentId])
  useEffect(() => {
    if (!known) return
    const words = known.references.map(({ document, clause, words }) => [
      `${document} ${clause}`,
      words,
    ])
    handle.setElsewhere(elsewhereFrom(Object.fromEntries(words)))
  }, [known, handle])
}
