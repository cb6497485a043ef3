import { type CSSProperties, memo } from 'react'
import type { AgencyView } from '../../shared/documents/api.ts'
import { type Translate, useText } from '../base/useText.ts'
import { Tip } from '../ui/Tip.tsx'
import { When } from '../ui/When.tsx'
import styles from './AgencyMarks.module.css'
import { consents, type Mark, type MarkState, type Marks } from './marks.ts'

export type AgencyMarksProps = {
  marks: Marks
  agencies: ReadonlyMap<string, AgencyView>
  /** Agency of the reader: an empty square of its own is the one to fill. */
  own: string | null
  /** Where: `Điều 2`, `khoản 1 Điều 2`. */
  place: string
  /** The row stands for the clause alone, or for all that belongs to it. */
  scope?: 'clause' | 'whole'
  clauseId: string
  size?: 'small' | 'normal' | 'large'
  /** Marks in one line; all of them when left out. */
  columns?: number
  /** Makes the row a button. */
  onOpen?: () => void
}

/**
 * The signature of the product: one small square per agency, always in protocol order. Shape says as much as
 * colour: tick, round with a bar, cross, dashes, empty. Hover or focus tells who, when and in which state.
 */
export const AgencyMarks = memo(function AgencyMarks(props: AgencyMarksProps) {
  const { marks, agencies, place, scope = 'clause', clauseId, size = 'normal', onOpen } = props
  const t = useText()
  const shared = {
    className: [styles.row, styles[size], onOpen ? styles.open : ''].join(' '),
    style: { '--columns': props.columns ?? Math.max(1, marks.length) } as CSSProperties,
    'data-marks': clauseId,
    'data-scope': scope,
    'aria-label': label(t, props),
  }
  const squares = marks.map(({ agencyId, state }) => (
    <Square key={agencyId} state={state} agencyId={agencyId} own={agencyId === props.own} />
  ))
  return (
    <Tip content={<WhoAndWhen {...{ marks, agencies, place, scope }} />}>
      {onOpen ? (
        <button type="button" {...shared} onClick={onOpen}>
          {squares}
        </button>
      ) : (
        <span role="img" {...shared}>
          {squares}
        </span>
      )}
    </Tip>
  )
})

function label(t: Translate, { marks, agencies, place, onOpen }: AgencyMarksProps): string {
  const each = marks.map(
    ({ agencyId, state }) => `${agencies.get(agencyId)?.name ?? agencyId}: ${t(`marks.${state}`)}`,
  )
  const head = t('marks.label', { place, consents: consents(marks), total: marks.length })
  return [head, ...each, ...(onOpen ? [t('marks.open')] : [])].join('; ')
}

export function Square(props: { state: MarkState; agencyId?: string; own?: boolean }) {
  const { state, agencyId, own = false } = props
  return (
    <span
      className={styles.mark}
      data-state={state}
      data-agency={agencyId}
      data-own={own}
      aria-hidden
    >
      {state in SHAPES ? (
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path
            d={SHAPES[state as keyof typeof SHAPES]}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      ) : null}
    </span>
  )
}

const SHAPES = {
  agreed: 'M3 6.2l2.1 2.2L9 3.8',
  reserved: 'M3.2 6h5.6',
  objects: 'M3.4 3.4l5.2 5.2M8.6 3.4L3.4 8.6',
} as const

function WhoAndWhen({
  marks,
  agencies,
  place,
  scope,
}: Pick<AgencyMarksProps, 'marks' | 'agencies' | 'place' | 'scope'>) {
  const t = useText()
  return (
    <div className={styles.tip}>
      <b>{scope === 'whole' ? t('marks.whole', { place }) : place}</b>
      {marks.map((mark) => (
        <AgencyLine key={mark.agencyId} mark={mark} name={agencies.get(mark.agencyId)?.name} />
      ))}
    </div>
  )
}

/** One agency's word, in words. */
export function AgencyLine({ mark, name }: { mark: Mark; name: string | undefined }) {
  const t = useText()
  const { position } = mark
  return (
    <div className={styles.line}>
      <Square state={mark.state} agencyId={mark.agencyId} />
      <span>
        {name ?? mark.agencyId}: {t(`marks.${mark.state}`)}
        {position ? (
          <small>
            {' '}
            · {position.by.name} · <When at={position.at} />
          </small>
        ) : null}
        {position?.note ? <small> · “{position.note}”</small> : null}
      </span>
    </div>
  )
}
