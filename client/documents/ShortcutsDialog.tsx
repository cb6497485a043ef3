import { useText } from '../base/useText.ts'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './DeskOverlays.module.css'

const KEYS = [
  ['Ctrl+Alt+M', 'shortcut.comment'],
  ['Ctrl+Enter', 'shortcut.post'],
  ['Tab / Shift+Tab', 'shortcut.level'],
  ['Alt+Shift+↑ / ↓', 'shortcut.move'],
  ['Alt+Shift+← / →', 'shortcut.columns'],
  ['Điều 4. / 2. / b)', 'shortcut.label'],
  ['@điều 3', 'shortcut.reference'],
  ['Alt+Enter', 'shortcut.follow'],
  ['Ctrl+B, I, U', 'shortcut.style'],
  ['Ctrl+Shift+V', 'shortcut.plain'],
  ['Ctrl+Z / Ctrl+Y', 'shortcut.undo'],
  ['Ctrl+F / Ctrl+H', 'shortcut.find'],
  ['F3 / Shift+F3', 'shortcut.findNext'],
  ['Ctrl+/', 'shortcut.list'],
] as const

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const t = useText()
  return (
    <Dialog open onClose={onClose} title={t('shortcut.title')}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, text]) => (
          <div key={keys} style={{ display: 'contents' }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
