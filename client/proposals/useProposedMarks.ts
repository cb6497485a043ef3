import { useEffect } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { NO_MARKS } from '../clauses/suggest/markSource.ts'
import { proposedMark } from './proposedMark.ts'
import { useMarkWords } from './useMarkWords.ts'

/** Shows open proposals in the shared text. @param shown whether this person wants to see them there */
export function useProposedMarks(props: {
  handle: EditorHandle | null
  proposals: readonly ProposalView[]
  clauses: readonly ClauseView[]
  agencies: AgencyDirectory
  shown: boolean
}): void {
  const { handle, proposals, clauses, agencies, shown } = props
  const t = useText()
  const words = useMarkWords()
  useEffect(() => {
    if (!handle || handle.editor.isDestroyed) return
    const marks = handle.editor.storage.suggestionMarks.shown
    if (!shown || proposals.length === 0) {
      if (marks.getSnapshot().source.kind !== 'none') marks.set({ source: NO_MARKS, words: null })
      return
    }
    const byId = new Map(clauses.map((clause) => [clause.id, clause]))
    const items = proposals.map((proposal) =>
      proposedMark(
        proposal,
        byId.get(proposal.clauseId),
        t('suggest.mark.by', {
          agency: agencies.get(proposal.agencyId)?.name ?? proposal.agencyId,
          name: proposal.author.name,
        }),
      ),
    )
    marks.set({ source: { kind: 'proposed', proposals: items }, words })
  }, [handle, proposals, clauses, agencies, shown, words, t])
}
