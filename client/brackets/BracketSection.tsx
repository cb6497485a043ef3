import { Brackets } from 'lucide-react'
import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { BracketDecision, BracketView } from '../../shared/brackets/api.ts'
import type { Span } from '../../shared/brackets/bracket.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { When } from '../ui/When.tsx'
import { BracketOptions } from './BracketOptions.tsx'
import styles from './BracketSection.module.css'
import { ProposeForm } from './ProposeForm.tsx'

/** Where another wording is to stand: beside these words, or beside all of the clause. */
type Place = { span?: Span; words: string; paragraph?: number }

export type BracketRights = {
  /** Writes here, and all words on the screen are saved. */
  proposes: boolean
  supports: boolean
  settles: boolean
}

/** The competing wordings of a clause (P14): who proposes and supports which, and for the chair which is kept. */
export function BracketSection(props: {
  documentId: DocumentId
  place: string
  clauseId: string
  /** Of the words on the screen. */
  hash: string
  brackets: readonly BracketView[]
  /** Of this clause, the last one first. */
  decisions: readonly BracketDecision[]
  agencies: AgencyDirectory
  own: string | null
  rights: BracketRights
  /** What of the clause is selected; null for nothing. */
  selected(): (Span & { words: string; paragraph: number }) | null
  /** Of a table only selected words of a cell can have others beside them. */
  isTable: boolean
}) {
  const { brackets, decisions, rights, agencies } = props
  const t = useText()
  const [writing, setWriting] = useState<Place | null>(null)
  const [asksForWords, setAsksForWords] = useState(false)
  const [last] = decisions
  if (brackets.length === 0 && !rights.proposes && !last) return null
  const begin = () => {
    const found = props.selected()
    setAsksForWords(!found && props.isTable)
    if (!found) return setWriting(props.isTable ? null : { words: '' })
    const { from, to, words, paragraph } = found
    setWriting({ span: { from, to }, words, ...(props.isTable && { paragraph }) })
  }
  return (
    <section className={styles.section} aria-label={t('bracket.title', { place: props.place })}>
      {brackets.length > 0 ? (
        <h3>
          <Brackets size={15} aria-hidden /> {t('bracket.heading')}: {props.place}
        </h3>
      ) : null}
      {brackets.map((bracket) => (
        <BracketOptions key={bracket.index} {...props} bracket={bracket} />
      ))}
      {writing ? (
        <ProposeForm {...props} {...writing} onDone={() => setWriting(null)} />
      ) : rights.proposes ? (
        // The selection must outlive the press.
        <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={begin}>
          {t('bracket.propose')}
        </Button>
      ) : null}
      <Problem>{asksForWords ? t('bracket.selectInCell') : null}</Problem>
      {last ? (
        <p className={styles.last} data-outcome={last.outcome}>
          {t(`bracket.${last.outcome}`, {
            who: [last.by.name, agencies.get(last.by.agencyId ?? '')?.shortName]
              .filter(Boolean)
              .join(', '),
            words: last.chosen === '' ? t('bracket.nothing') : `“${last.chosen}”`,
          })}{' '}
          · <When at={last.at} />
        </p>
      ) : null}
    </section>
  )
}
