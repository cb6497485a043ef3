import type { Editor } from '@tiptap/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { blocksById } from '../placesOnPage.ts'
import { CitedPlaces } from './CitedPlaces.tsx'

type Citations = (clauseIds: readonly string[]) => readonly string[]

/** Asks before a key takes away selected clauses that are referred to. @returns the dialog */
export function useCitedSelection(editor: Editor, citations: Citations): ReactNode {
  const t = useText()
  const [places, setPlaces] = useState<readonly string[] | null>(null)
  const latest = useRef(citations)
  latest.current = citations
  useEffect(() => {
    const { dom } = editor.view
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || (event.key !== 'Backspace' && event.key !== 'Delete')) return
      const cited = latest.current(goingWithSelection(editor))
      if (cited.length === 0) return
      event.preventDefault()
      event.stopPropagation()
      setPlaces(cited)
    }
    dom.addEventListener('keydown', onKeyDown, true)
    return () => dom.removeEventListener('keydown', onKeyDown, true)
  }, [editor])
  if (places === null) return null
  const close = () => setPlaces(null)
  return (
    <Dialog open onClose={close} title={t('reference.deleteSelected')}>
      <CitedPlaces places={places} />
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          onClick={() => {
            close()
            editor.commands.deleteSelection()
          }}
        >
          {t('editor.clause.delete.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** The first keeps its id and takes in what is left of the last. */
function goingWithSelection(editor: Editor): string[] {
  const { $from, $to, empty } = editor.state.selection
  const [first, last] = [$from.index(0), $to.index(0)]
  if (empty || first === last) return []
  return blocksById(editor)
    .slice(first + 1, last + 1)
    .map(({ id }) => id)
}
