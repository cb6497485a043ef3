import { useText } from '../base/useText.ts'
import { When } from '../ui/When.tsx'
import styles from './PageFoot.module.css'
import type { Desk } from './useDesk.ts'

/** Signature block and recipients as they will be printed; in Vietnamese, since they are part of the text. */
export function PageFoot({ desk }: { desk: Desk }) {
  const { document, agencies, signing, clauses } = desk
  const t = useText()
  const alone = document.signers.length === 1
  const signers = (
    <div className={styles.signers}>
      {document.signers.map((agencyId) => {
        const agency = agencies.get(agencyId)
        const places = signing?.places.filter((place) => place.agencyId === agencyId) ?? []
        return (
          <div key={agencyId} className={styles.signer}>
            {alone ? null : <b>{(agency?.name ?? agencyId).toLocaleUpperCase('vi')}</b>}
            {!alone && agency?.role === 'lead' ? <small>(Trưởng khối)</small> : null}
            <b>{document.signingTitles[agencyId] ?? ''}</b>
            <div className={styles.places}>
              {(['person', 'seal'] as const).map((kind) => {
                const place = places.find((candidate) => candidate.kind === kind)
                const status = place?.status ?? 'open'
                return (
                  <span key={kind} data-kind={kind} data-status={status}>
                    {t(`sign.${kind}`)}
                    {status === 'open' ? '' : `: ${t(`sign.status.${status}`)}`}
                    {place?.at ? (
                      <>
                        {' · '}
                        <When at={place.at} />
                      </>
                    ) : null}
                  </span>
                )
              })}
            </div>
          </div>
        )
      })}
    </div>
  )
  const recipients =
    document.recipients.length > 0 ? (
      <div className={styles.recipients}>
        <b>{t('desk.recipients')}</b>
        {document.recipients.map((line, index, all) => (
          <div key={line}>
            - {line.replace(/[.;]$/, '')}
            {index === all.length - 1 ? '.' : ';'}
          </div>
        ))}
      </div>
    ) : null
  return (
    <section className={styles.foot} lang="vi" aria-label={t('desk.signature')}>
      {clauses.some(({ level }) => level === 'annex') ? (
        <p className={styles.note}>{t('desk.signature.beforeAnnex')}</p>
      ) : null}
      {alone ? (
        <div className={styles.single}>
          {recipients ?? <div />}
          {signers}
        </div>
      ) : (
        <>
          {signers}
          {recipients ? <div className={styles.below}>{recipients}</div> : null}
        </>
      )}
    </section>
  )
}
