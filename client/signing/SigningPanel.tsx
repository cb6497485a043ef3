import { Circle, CircleX, Download, PenLine, ShieldCheck, Stamp } from 'lucide-react'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { PlaceView, SigningView } from '../../shared/signing/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { When } from '../ui/When.tsx'
import styles from './SigningPanel.module.css'
import { ROOT_URL, sealedPdfUrl } from './useSigning.ts'

/** A person and the agency's seal: together they make the electronic original (Decree 30/2020, Điều 5). */
const PER_SIGNER = 2

/** Who has signed and who is next (P22 in small): agency by agency, first the person, then the seal. */
export function SigningPanel(props: {
  document: DocumentView
  signing: SigningView | undefined
  agencies: AgencyDirectory
}) {
  const { document, signing, agencies } = props
  const t = useText()
  const places = signing?.places ?? []
  const done = places.filter(({ status }) => status === 'signed').length
  const begun = document.phase === 'signing' || document.phase === 'complete'
  return (
    <section className={styles.panel} aria-label={t('sign.panel')}>
      <div className={styles.head}>
        <b>{t('sign.panel')}</b>
        {begun ? <span>{t('sign.progress', { done, total: places.length })}</span> : null}
      </div>
      {begun ? (
        <div className={styles.bar} aria-hidden>
          <i style={{ width: `${(100 * done) / Math.max(1, places.length)}%` }} />
        </div>
      ) : null}
      <PhaseNote document={document} />
      {signing || !begun ? null : <Skeleton widths={[80, 60, 70, 50]} />}
      <div className={styles.list}>
        {document.signers.map((agencyId) => (
          <div key={agencyId} className={styles.agency}>
            <b>{agencies.get(agencyId)?.name ?? agencyId}</b>
            {places
              .filter((place) => place.agencyId === agencyId)
              .map((place) => (
                <PlaceLine key={place.id} place={place} begun={begun} />
              ))}
          </div>
        ))}
      </div>
      {begun ? (
        <>
          <a className={styles.link} href={sealedPdfUrl(document.id)} download>
            <Download size={16} aria-hidden />
            {t(document.phase === 'complete' ? 'sign.downloadComplete' : 'sign.download')}
          </a>
          <a className={styles.link} href={ROOT_URL} download>
            <ShieldCheck size={16} aria-hidden /> {t('sign.root')}
          </a>
        </>
      ) : null}
    </section>
  )
}

function PhaseNote({ document }: { document: DocumentView }) {
  const t = useText()
  if (document.phase === 'sealing')
    return <Spoken className={styles.note ?? ''} text={t('seal.running')} />
  if (document.phase === 'complete') return <p className={styles.note}>{t('sign.complete')}</p>
  if (document.phase !== 'locked') return null
  return (
    <>
      {document.lastFailure ? (
        <p className={styles.level} role="alert">
          {t('seal.failed', { cause: document.lastFailure })}
        </p>
      ) : null}
      <p className={styles.note}>
        {t('sign.willBeAsked', { count: PER_SIGNER * document.signers.length })}
      </p>
    </>
  )
}

function PlaceLine({ place, begun }: { place: PlaceView; begun: boolean }) {
  const t = useText()
  const Icon =
    place.status === 'declined'
      ? CircleX
      : place.status === 'open'
        ? Circle
        : place.kind === 'person'
          ? PenLine
          : Stamp
  return (
    <p
      className={styles.place}
      data-place={place.id}
      data-kind={place.kind}
      data-status={place.status}
    >
      <Icon size={15} aria-hidden />
      <span>
        {t(`sign.${place.kind}`)}
        {begun ? `: ${t(`sign.status.${place.status}`)}` : ''}
        {place.by ? ` · ${place.by.name}` : ''}
        {place.at ? (
          <>
            {' · '}
            <When at={place.at} />
          </>
        ) : null}
      </span>
    </p>
  )
}
