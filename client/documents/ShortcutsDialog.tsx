import { useState } from 'react'
import { useText } from '../base/useText.ts'
import { useAnnounced } from '../ui/announce.ts'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './ShortcutsDialog.module.css'
import { isAskedFor, printedKeys, SHORTCUTS } from './shortcuts.ts'

const GROUPS = ['clause', 'text', 'find', 'comment', 'desk'] as const

/** All keys, found by what they do or by the key itself (UX-63). */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const t = useText()
  const [query, setQuery] = useState('')
  const found = SHORTCUTS.filter((shortcut) => {
    const { id, group, keys } = shortcut
    const words = [t(`shortcut.${id}`), t(`shortcut.group.${group}`), ...keys]
    return isAskedFor(words.join(' '), query)
  })
  const none = found.length === 0
  useAnnounced(
    query === '' ? null : t(none ? 'shortcut.none' : 'shortcut.found', { count: found.length }),
  )
  return (
    <Dialog open onClose={onClose} title={t('shortcut.title')}>
      <input
        type="search"
        className={styles.query}
        aria-label={t('shortcut.search')}
        placeholder={t('shortcut.search')}
        autoComplete="off"
        spellCheck={false}
        data-first-focus
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.list} aria-label={t('shortcut.title')} tabIndex={0}>
        {GROUPS.map((group) => {
          const rows = found.filter((shortcut) => shortcut.group === group)
          if (rows.length === 0) return null
          return (
            <section key={group} aria-labelledby={`shortcuts-${group}`}>
              <h3 id={`shortcuts-${group}`} className={styles.group}>
                {t(`shortcut.group.${group}`)}
              </h3>
              <dl className={styles.rows}>
                {rows.map((shortcut) => (
                  <div key={shortcut.id} className={styles.row} data-shortcut={shortcut.id}>
                    <dt>{t(`shortcut.${shortcut.id}`)}</dt>
                    <dd className={styles.keys}>
                      {printedKeys(shortcut).map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
        {none ? <p className={styles.none}>{t('shortcut.none')}</p> : null}
      </section>
    </Dialog>
  )
}
