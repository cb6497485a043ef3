import { useEffect, useRef, useState } from 'react'
import type { MailChoices } from '../../../shared/inbox/api.ts'
import { DIGEST_HOUR } from '../../../shared/inbox/digestDay.ts'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Problem } from '../../ui/Field.tsx'
import { AddressStep } from './AddressStep.tsx'
import { CodeStep } from './CodeStep.tsx'
import { DailyStep } from './DailyStep.tsx'
import styles from './MailDigest.module.css'
import { useConfirmAddress, useExpiry } from './useMail.ts'

/** Where one's digest goes: an address, the code that came there, and then whether one wants it (P17). */
export function MailDigest({ mail }: { mail: MailChoices }) {
  const t = useText()
  const section = useRef<HTMLElement>(null)
  /** Asked for by hand, though there is an address or a code on its way. */
  const [typing, setTyping] = useState(false)
  const known = mail.asked ? 'code' : mail.address === null ? 'address' : 'daily'
  const step = typing ? 'address' : known
  // Here, since what it says outlasts the step of a code that is no more.
  const confirm = useConfirmAddress()
  useExpiry(mail.asked?.until ?? null)
  const before = useRef(step)
  useEffect(() => {
    // A step that takes the place of another takes the focus too.
    if (before.current !== step) section.current?.querySelector('input')?.focus()
    before.current = step
  }, [step])
  return (
    <section ref={section} className={styles.mail}>
      <h3>{t('inbox.mail.title')}</h3>
      <p>{t('inbox.mail.lead', { hour: DIGEST_HOUR })}</p>
      <Problem>{confirm.error ? errorText(t, confirm.error) : null}</Problem>
      {step === 'address' ? (
        <AddressStep
          onDone={() => {
            confirm.reset()
            setTyping(false)
          }}
          onCancel={typing ? () => setTyping(false) : null}
        />
      ) : step === 'code' ? (
        <CodeStep
          address={mail.asked?.address ?? ''}
          confirm={confirm}
          onOther={() => setTyping(true)}
        />
      ) : null}
      {/* What counts until another address is confirmed can be turned off all the while. */}
      {mail.address === null ? null : (
        <DailyStep
          address={mail.address}
          daily={mail.frequency === 'daily'}
          onChange={step === 'daily' ? () => setTyping(true) : null}
        />
      )}
    </section>
  )
}
