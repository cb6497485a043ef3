import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useSelected } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import type { DocumentConnection } from './connectDocument.ts'
import { refusalText } from './refusalText.ts'
import styles from './sync.module.css'
import type { UnsentClause } from './unsentText.ts'

/** What the server turned down and why, with the author's own words, until he says that he has seen them. */
export function RefusalPanel({ connection }: { connection: DocumentConnection }) {
  const t = useText()
  const refused = useSelected(connection, (state) => state.refused)
  const unsent = useSelected(connection, (state) => state.unsent)
  const stopped = useSelected(
    connection,
    ({ save, writable, loaded }) => save === 'unsaved' && (!writable || !loaded),
  )
  if (unsent.length === 0 && !(refused && stopped)) return null
  return (
    <section className={styles.refusal} role="alert">
      <TriangleAlert size={18} aria-hidden />
      <div>
        {refused && <b>{t(refusalText(refused.code))}</b>}
        {unsent.length > 0 ? (
          <Unsent connection={connection} unsent={unsent} />
        ) : (
          <div className={styles.acts}>
            {refused?.code === 'sync/other-epoch' && (
              <Button size="small" look="primary" onClick={() => connection.restart()}>
                {t('sync.reopen')}
              </Button>
            )}
            <Button size="small" onClick={() => location.reload()}>
              {t('sync.reload')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function Unsent(props: { connection: DocumentConnection; unsent: readonly UnsentClause[] }) {
  const { connection, unsent } = props
  const t = useText()
  const [copied, setCopied] = useState(false)
  const somewhere = t('sync.unsent.somewhere')
  const copyAll = async () => {
    const text = unsent.map(({ place, mine }) => `${place || somewhere}\n${mine}`).join('\n\n')
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <>
      <p>
        <b>{t('sync.unsent.title', { count: unsent.length })}</b> {t('sync.unsent.lead')}
      </p>
      <ul className={styles.unsent}>
        {unsent.map(({ clauseId, place, mine, theirs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tabs may have left words for one clause; the list only grows
          <li key={`${clauseId} ${index}`}>
            <b>{place || somewhere}</b>
            <dl>
              <dt>{t('sync.unsent.mine')}</dt>
              <dd lang="vi">{mine || t('sync.unsent.empty')}</dd>
              <dt>{t('sync.unsent.theirs')}</dt>
              <dd lang="vi">
                {theirs === null ? t('sync.unsent.absent') : theirs || t('sync.unsent.empty')}
              </dd>
            </dl>
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        {/* The clipboard is only there on https and localhost; elsewhere the words can still be selected. */}
        {navigator.clipboard && (
          <Button size="small" onClick={() => void copyAll()}>
            {t(copied ? 'sync.unsent.copied' : 'sync.unsent.copy')}
          </Button>
        )}
        <Button size="small" onClick={() => connection.dismissUnsent()}>
          {t('sync.unsent.dismiss')}
        </Button>
      </div>
    </>
  )
}
