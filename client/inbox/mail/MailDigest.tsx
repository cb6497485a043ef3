import { useEffect, useRef, useState } from 'react'
import type { MailChoices } from '../../../shared/inbox/api.ts'
import { DIGEST_HOUR } from '../../../shared/inbox/digestDay.ts'
import { useText } from '../../base/useText.ts'
import { AddressStep } from './AddressStep.tsx'
import { CodeStep } from './CodeStep.tsx'
import { DailyStep } from './DailyStep.tsx'
import styles from './MailDigest.module.css'

/** Where one's digest goes: an address, the code that came there, and then whether one wants it (P17). */
export function MailDigest({ mail }: { mail: MailChoices }) {
  const t = useText()
  const section = useRef<HTMLElement>(null)
  /** Asked for by hand, though there is an address or a code on its way. */
  const [typing, setTyping] = useState(false)
  const known = mail.asked ? 'code' : mail.address === null ? 'address' : 'daily'
  const step = typing ? 'address' : known
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
      {step === 'address' ? (
        <AddressStep
          onDone={() => setTyping(false)}
          onCancel={typing ? () => setTyping(false) : null}
        />
      ) : step === 'code' ? (
        <CodeStep address={mail.asked?.address ?? ''} onOther={() => setTyping(true)} />
      ) : (
        <DailyStep
          address={mail.address ?? ''}
          daily={mail.frequency === 'daily'}
          onChange={() => setTyping(true)}
        />
      )}
    </section>
  )
}
