import type { Editor } from '@tiptap/core'
import { ArrowRight, Languages } from 'lucide-react'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { useStore } from '../../base/store.ts'
import { useText } from '../../base/useText.ts'
import { useAnnounced } from '../../ui/announce.ts'
import { Button } from '../../ui/Button.tsx'
import { useSay } from '../../ui/Toasts.tsx'
import { asOneStep } from './asOneStep.ts'
import styles from './PasteNotice.module.css'
import { type Legacy, levelSwapped, swapLetters } from './swapLetters.ts'

/** Says from which old encoding pasted letters were read, or asks, and reads them the other way with one press. */
export function PasteNotice({ editor, model }: { editor: Editor; model: NumberingModel }) {
  const t = useText()
  const say = useSay()
  const notice = editor.storage.pasting.legacy
  const legacy = useStore(notice)
  const close = () => {
    notice.set(null)
    editor.view.dom.focus({ preventScroll: true })
  }
  const swap = ({ finding, swaps }: Legacy) => {
    const { tr } = editor.state
    const changed = swapLetters(tr, swaps)
    if (!finding.decoded) levelSwapped(tr, swaps, model)
    asOneStep(editor.view, () => editor.view.dispatch(tr))
    if (changed === 0) say.problem(t('paste.changedSince'))
    else say.done(t(finding.decoded ? 'paste.takenBack' : 'paste.convertedNow'))
    close()
  }
  const decoded = legacy?.finding.decoded
  const said =
    legacy &&
    t(decoded ? 'paste.converted' : 'paste.ask', {
      encoding: t(`paste.encoding.${legacy.finding.encoding}`),
    })
  useAnnounced(said)
  return (
    <div className={styles.place}>
      {legacy && (
        <section className={styles.notice} aria-label={t('paste.title')}>
          <Languages size={18} aria-hidden />
          <div>
            <p>{said}</p>
            <p className={styles.sample}>
              <span className="unseen">{t('paste.before')} </span>
              <span className={styles.written}>{legacy.finding.written}</span>
              <ArrowRight size={14} aria-hidden />
              <span className="unseen"> {t('paste.after')} </span>
              <b lang="vi">{legacy.finding.meant}</b>
            </p>
            <div className={styles.acts}>
              <Button
                size="small"
                look={decoded ? 'quiet' : 'primary'}
                onClick={() => swap(legacy)}
              >
                {t(decoded ? 'paste.takeBack' : 'paste.convert')}
              </Button>
              <Button size="small" look="ghost" onClick={close}>
                {t(decoded ? 'common.close' : 'paste.leave')}
              </Button>
            </div>
          </div>
        </section>
      )}
    </div>
  )
}
