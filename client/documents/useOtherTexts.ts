import { useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { can } from '../../shared/accounts/permissions.ts'
import type { BlocView } from '../../shared/documents/api.ts'
import { type DocumentKind, numberingModel } from '../../shared/documents/document.ts'
import { actorIn, sceneOf } from '../accounts/actorIn.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle, FindAsked } from '../clauses/editorHandle.ts'
import type { OtherTexts } from '../clauses/find/otherTexts.ts'

/** The documents of the bloc for whoever looks for words in all of them. */
export function useOtherTexts(
  bloc: BlocView,
  user: SessionUser,
  kind: DocumentKind,
  handles: ReadonlyMap<string, EditorHandle>,
): OtherTexts {
  const t = useText()
  const [, navigate] = useLocation()
  const [asked, setAsked] = useState<{ documentId: string; asked: FindAsked } | null>(null)
  const handle = asked ? handles.get(asked.documentId) : undefined
  const isShown = bloc.documents.some(
    ({ id, kind: own }) => id === asked?.documentId && own === kind,
  )
  useEffect(() => {
    if (!asked || !handle || !isShown) return
    // A match can be shown once its page is.
    handle.openFind(asked.asked.replace, asked.asked.from)
    setAsked(null)
  }, [asked, handle, isShown])
  return useMemo(() => {
    const writes = can(actorIn(user, bloc), 'document.write', sceneOf(bloc, Date.now()))
    return {
      list: bloc.documents.map(({ id, kind: own, phase }) => ({
        documentId: id,
        name: t(`desk.kind.${own}`),
        model: numberingModel(own),
        reason: phase !== 'drafting' ? 'find.locked' : writes ? null : 'find.mayNot',
      })),
      show(documentId, wanted) {
        const next = bloc.documents.find(({ id }) => id === documentId)
        if (!next) return
        setAsked({ documentId, asked: wanted })
        navigate(`/bloc/${bloc.id}/${next.kind}`)
      },
    }
  }, [bloc, user, t, navigate])
}
