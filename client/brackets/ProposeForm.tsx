import { type FormEvent, useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { isOptionText, type Span } from '../../shared/brackets/bracket.ts'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './BracketSection.module.css'
import { usePropose } from './useBrackets.ts'

/** Another wording beside the selected words, or beside the whole clause. Nothing written means: leave them out. */
export function ProposeForm(props: {
  documentId: DocumentId
  clauseId: string
  hash: string
  span?: Span
  /** In which text of a table. */
  paragraph?: number
  /** What it stands beside; empty for all of the clause. */
  words: string
  onDone(): void
}) {
  const { clauseId, hash, span, paragraph, onDone } = props
  const t = useText()
  const say = useSay()
  const propose = usePropose(props.documentId)
  const [words, setWords] = useState('')
  const fits = isOptionText(words.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    afterAct(
      propose,
      {
        clauseId,
        hash,
        words: words.trim(),
        ...(span && { span }),
        ...(paragraph !== undefined && { paragraph }),
      },
      () => {
        say.done(t('bracket.proposed'))
        onDone()
      },
    )
  }
  return (
    <form className={styles.form} onSubmit={submit} data-draft>
      <p className={styles.who}>
        {props.words === '' ? t('bracket.besideAll') : t('bracket.beside', { words: props.words })}
      </p>
      <TextArea
        label={t('bracket.words')}
        hint={t('bracket.hint')}
        autoFocus
        maxLength={20_000}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Problem>{fits ? null : t('bracket.noSigns')}</Problem>
      <Problem>{propose.error ? errorText(t, propose.error) : null}</Problem>
      <div className={styles.acts}>
        <Button type="submit" look="primary" size="small" disabled={propose.isPending || !fits}>
          {t('bracket.send')}
        </Button>
        <Button look="ghost" size="small" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
