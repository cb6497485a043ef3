import { FileText } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { SessionUser } from '../../shared/accounts/api.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { PlaceView } from '../../shared/signing/api.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { afterAct, useStillHere } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { fingerprint } from '../base/fingerprint.ts'
import { type Translate, useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { CannotSign } from './browserKey.ts'
import styles from './SigningPanel.module.css'
import { sealedPdfUrl, useSign } from './useSigning.ts'

/** What is signed, by whom, for whom, and what kind of signature it is, in plain words; no box ticked (UX-73). */
export function ConsentDialog(props: {
  document: DocumentView
  place: PlaceView
  /** SHA-256 of the current file. */
  revision: string
  user: SessionUser
  agency: string
  /** Words of this person's own that are not in the document, which he has not looked at yet. */
  unsent: boolean
  onClose(): void
}) {
  const { document, place, user, unsent, onClose } = props
  const t = useText()
  const say = useSay()
  const here = useStillHere()
  const { sign, step } = useSign(document.id, user.id, place)
  const [agreed, setAgreed] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    afterAct(sign, undefined, () => {
      say.done(t('consent.done'))
      if (here.current) onClose()
    })
  }
  return (
    <Dialog open onClose={onClose} title={t('consent.title')} shape="wide">
      <form onSubmit={submit}>
        <dl className={styles.facts}>
          <dt>{t('consent.document')}</dt>
          <dd>{document.title}</dd>
          <dt>{t('consent.person')}</dt>
          <dd>
            {user.name} · {t(`role.${user.role}`)}
          </dd>
          <dt>{t('consent.agency')}</dt>
          <dd>{props.agency}</dd>
          <dt>{t('consent.place')}</dt>
          <dd>{t(`sign.${place.kind}`)}</dd>
          <dt>{t('consent.content')}</dt>
          <dd>
            <code title={document.contentHash}>{fingerprint(document.contentHash)}</code>
          </dd>
          <dt>{t('consent.file')}</dt>
          <dd>
            <code>{props.revision}</code>
          </dd>
        </dl>
        <p className={styles.level}>{t('consent.level')}</p>
        <a
          className={styles.link}
          href={sealedPdfUrl(document.id)}
          target="_blank"
          rel="noreferrer"
        >
          <FileText size={16} aria-hidden /> {t('consent.read')}
        </a>
        <label className={styles.agree}>
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          {t('consent.agree')}
        </label>
        <Problem>{unsent ? t('consent.unsent') : null}</Problem>
        <Problem>{sign.error ? problemText(t, sign.error) : null}</Problem>
        {sign.isPending ? <Spoken text={t(`consent.busy.${step}`)} /> : null}
        <DialogActions>
          <Button onClick={onClose} disabled={sign.isPending}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" look="seal" disabled={!agreed || unsent || sign.isPending}>
            {t('consent.sign')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function problemText(t: Translate, error: unknown): string | null {
  if (error instanceof StepUpCancelled) return null
  return error instanceof CannotSign ? t(`consent.${error.reason}`) : errorText(t, error)
}
