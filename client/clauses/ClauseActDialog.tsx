import { useState } from 'react'
import { subtreeHash } from '../../shared/clauses/subtree.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { type ClauseAct, namesIn, subtreeOf } from './clauseActs.ts'
import styles from './EditorToolbar.module.css'
import type { EditorHandle } from './editorHandle.ts'
import { CitedPlaces } from './references/CitedPlaces.tsx'

/** Asks before something is deleted, before others lose the clause they are writing in, and before one that is referred to goes. */
export function ClauseActDialog(props: {
  handle: EditorHandle
  act: ClauseAct
  /** Where something would refer to nothing then. */
  citations: readonly string[]
  /** Words that are agreed would change or go. */
  unsettles: boolean
  busy: boolean
  problem: string | null
  onConfirm(act: ClauseAct): void
  onClose(): void
}) {
  const { handle, act, citations, unsettles, busy, problem, onConfirm, onClose } = props
  const t = useText()
  // As it stands now, which may be more than when the dialog opened.
  const subtree = subtreeOf(useStore(handle.clauses), act.clauseId)
  const people = namesIn(useStore(handle.carets), subtree)
  const [first] = subtree
  const hash = subtreeHash(subtree)
  const [seen] = useState(hash)
  const below = subtree.length - 1
  const confirm = () => onConfirm(act.kind === 'delete' ? { ...act, hash } : act)
  return (
    <Dialog open onClose={onClose} title={t(`editor.clause.${act.kind}.ask`)}>
      {first ? (
        <blockquote className={styles.quote} lang="vi">
          {[first.label, first.text].filter(Boolean).join('. ')}
        </blockquote>
      ) : (
        <Problem>{t('error.clause/not-found')}</Problem>
      )}
      {below > 0 && <p>{t('editor.clause.below', { count: below })}</p>}
      {people.length > 0 && (
        <Spoken
          text={`${t('editor.clause.people', { names: people.join(', ') })} ${t('editor.clause.comesBack')}`}
        />
      )}
      {unsettles && <p>{t('editor.clause.unsettles')}</p>}
      <CitedPlaces places={citations} />
      <Problem>{first && seen !== hash ? t('editor.clause.changed') : null}</Problem>
      <Problem>{problem}</Problem>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" disabled={busy || !first} onClick={confirm}>
          {t(`editor.clause.${act.kind}.confirm`)}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
