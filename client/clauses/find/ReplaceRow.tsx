import type { EditorView } from '@tiptap/pm/view'
import { useEffect, useState } from 'react'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './FindPanel.module.css'
import { notReplaced } from './notReplaced.ts'
import { type Replaced, replaceAll, replaceCurrent } from './replaceMatches.ts'

/** UTF-16 units. */
const REPLACEMENT_LIMIT = 1_000

/** What the words found become; Enter replaces the current match. */
export function ReplaceRow(props: {
  view: EditorView
  /** Asked for by its own key, not only by a press. */
  open: boolean
  count: number
  busy: boolean
  /** What all documents hold together, where they are replaced in too. */
  everywhere: { count: number; replace(by: string): void } | null
  onReplaced(said: string): void
}) {
  const { view, open, count, busy, everywhere, onReplaced } = props
  const t = useText()
  const [text, setText] = useState('')
  const [shown, setShown] = useState(open)
  const run = (replace: (view: EditorView, text: string) => Replaced) => {
    const done = replace(view, text.normalize('NFC'))
    onReplaced(
      typeof done === 'string' ? notReplaced(t, done) : t('find.replaced', { count: done }),
    )
  }
  useEffect(() => {
    if (open) setShown(true)
  }, [open])
  if (!shown)
    return (
      <Button look="ghost" size="small" aria-expanded={false} onClick={() => setShown(true)}>
        {t('find.replacement')}…
      </Button>
    )
  return (
    <div className={styles.row}>
      <input
        className={styles.input}
        aria-label={t('find.replacement')}
        placeholder={t('find.replacement')}
        maxLength={REPLACEMENT_LIMIT}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || busy || count === 0) return
          event.preventDefault()
          run(replaceCurrent)
        }}
      />
      <Button size="small" disabled={busy || count === 0} onClick={() => run(replaceCurrent)}>
        {t('find.replace')}
      </Button>
      <Button
        size="small"
        disabled={busy || (everywhere?.count ?? count) === 0}
        onClick={() => (everywhere ? everywhere.replace(text.normalize('NFC')) : run(replaceAll))}
      >
        {t('find.replaceAll')}
      </Button>
    </div>
  )
}
