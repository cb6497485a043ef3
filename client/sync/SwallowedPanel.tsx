import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { SwallowedView } from '../../shared/sync/api.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import type { DocumentConnection } from './connectDocument.ts'
import styles from './sync.module.css'
import { useDismissSwallowed, useSwallowed } from './useSwallowed.ts'
import { whenSaved } from './whenSaved.ts'

/** Over a connection that was refused since, it is not in the text. */
type PutBack = { id: string; over: DocumentConnection }

/** Words of one's own that went with a clause somebody merged, moved or deleted: to be put back, copied or let go. */
export function SwallowedPanel(props: {
  connection: DocumentConnection
  /** Writes the words into the text as an edit of one's own; null where one may not write now. */
  onPutBack: ((passage: SwallowedView) => void) | null
  /** Focus has to go somewhere when the last one is gone. */
  onDone(): void
}) {
  const { connection, onPutBack, onDone } = props
  const t = useText()
  const passages = useSwallowed(connection)
  const dismiss = useDismissSwallowed(connection)
  const [copied, setCopied] = useState<string | null>(null)
  const [putBack, setPutBack] = useState<readonly PutBack[]>([])
  if (passages.length === 0) return null
  const isOnItsWay = ({ id }: SwallowedView) =>
    putBack.some((one) => one.id === id && one.over === connection)
  const insert = async (passage: SwallowedView) => {
    const before = connection.getSnapshot().pending
    onPutBack?.(passage)
    // Nothing was written where it would have made a clause too long.
    if (connection.getSnapshot().pending === before) return
    const one = { id: passage.id, over: connection }
    setPutBack((list) => [...list, one])
    // Until then the server's copy is the only one on a disk.
    await whenSaved(connection, null)
    dismiss.mutate(passage)
    setPutBack((list) => list.filter((other) => other !== one))
  }
  const copy = async ({ id, text }: SwallowedView) => {
    await navigator.clipboard.writeText(text)
    setCopied(id)
  }
  const letGo = (passage: SwallowedView) => {
    dismiss.mutate(passage)
    onDone()
  }
  return (
    <section className={`${styles.refusal} ${styles.swallowed}`} aria-label={t('swallowed.title')}>
      <Undo2 size={18} aria-hidden />
      <div>
        <p role="alert">
          <b>{t('swallowed.title')}</b> {t('swallowed.lead', { count: passages.length })}
        </p>
        <ul className={styles.unsent}>
          {passages.map((passage) => (
            <li key={passage.id}>
              {passage.place !== '' && <b>{passage.place}</b>}
              {passage.by && <span> {t('swallowed.by', { name: passage.by.name })}</span>}
              <blockquote className={styles.words} lang="vi">
                {passage.text}
              </blockquote>
              <div className={styles.acts}>
                {isOnItsWay(passage) ? (
                  <Spoken as="span" text={t('swallowed.onItsWay')} />
                ) : (
                  onPutBack && (
                    <Button size="small" look="primary" onClick={() => void insert(passage)}>
                      {t('swallowed.putBack')}
                    </Button>
                  )
                )}
                {/* The clipboard is only there on https and localhost; elsewhere the words can still be selected. */}
                {navigator.clipboard && (
                  <Button size="small" onClick={() => void copy(passage)}>
                    {t(copied === passage.id ? 'swallowed.copied' : 'swallowed.copy')}
                  </Button>
                )}
                <Button size="small" onClick={() => letGo(passage)}>
                  {t('swallowed.dismiss')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
