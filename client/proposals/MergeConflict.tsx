import { useText } from '../base/useText.ts'
import styles from './ProposalCard.module.css'
import type { Standing } from './standing.ts'

/** Where both have changed the same words: what stood there, what stands there, what is proposed. */
export function MergeConflict(props: {
  standing: Extract<Standing, { kind: 'conflict' }>
  proposed: string
}) {
  const { standing, proposed } = props
  const t = useText()
  const places = standing.merge
    ? standing.merge.parts.flatMap((part) => (part.kind === 'conflict' ? [part] : []))
    : [{ base: '', mine: proposed, theirs: standing.from }]
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <th scope="col">{t('proposal.side.base')}</th>
          <th scope="col">{t('proposal.side.theirs')}</th>
          <th scope="col">{t('proposal.side.mine')}</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ base, mine, theirs }) => (
          <tr key={JSON.stringify([base, mine, theirs])}>
            {[base, theirs, mine].map((text, side) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns, always the same
              <td key={side}>{text.trim() === '' ? t('proposal.side.none') : text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
