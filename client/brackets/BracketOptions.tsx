import type { DocumentId } from '../../shared/base/ids.ts'
import type { BracketView } from '../../shared/brackets/api.ts'
import { afterAct } from '../base/afterAct.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './BracketSection.module.css'
import type { BracketRights } from './BracketSection.tsx'
import { useSettle, useSupport } from './useBrackets.ts'

/** One bracket: each wording with its agencies and what this person may do about it. */
export function BracketOptions(props: {
  documentId: DocumentId
  bracket: BracketView
  agencies: AgencyDirectory
  own: string | null
  rights: BracketRights
  /** Each wording is kept by the key of its number. */
  numbered?: boolean
}) {
  const { documentId, bracket, agencies, own, rights, numbered = false } = props
  const t = useText()
  const say = useSay()
  const support = useSupport(documentId)
  const settle = useSettle(documentId)
  const busy = support.isPending || settle.isPending
  const error = settle.error ?? support.error
  const nameOf = (id: string) => agencies.get(id)?.shortName ?? id
  return (
    <div className={styles.bracket} data-bracket={bracket.index}>
      <ol>
        {bracket.options.map((option, place) => {
          const mine = option.supportedBy.some(({ agencyId }) => agencyId === own)
          const act = { bracket, option: option.hash }
          return (
            <li key={option.hash} data-option={option.text}>
              <p className={styles.words}>{option.text || t('bracket.nothing')}</p>
              <p className={styles.who}>
                {option.proposedBy
                  ? t('bracket.proposedBy', { who: nameOf(option.proposedBy.agencyId) })
                  : null}
                {option.proposedBy && option.supportedBy.length > 0 ? ' · ' : null}
                {option.supportedBy.length > 0
                  ? t('bracket.supportedBy', {
                      count: option.supportedBy.length,
                      who: option.supportedBy.map(({ agencyId }) => nameOf(agencyId)).join(', '),
                    })
                  : null}
              </p>
              <div className={styles.acts}>
                {rights.supports ? (
                  <Button
                    size="small"
                    aria-pressed={mine}
                    disabled={busy}
                    onClick={() => support.mutate({ ...act, supports: !mine })}
                  >
                    {t(mine ? 'bracket.unsupport' : 'bracket.support')}
                  </Button>
                ) : null}
                {rights.settles ? (
                  <Button
                    look="primary"
                    size="small"
                    data-act={`settle-${place + 1}`}
                    disabled={busy}
                    onClick={() => afterAct(settle, act, () => say.done(t('bracket.settled')))}
                  >
                    {t('bracket.settle')}
                    {numbered && place < 9 ? <kbd>{place + 1}</kbd> : null}
                  </Button>
                ) : null}
              </div>
            </li>
          )
        })}
      </ol>
      <Problem>{error ? errorText(t, error) : null}</Problem>
    </div>
  )
}
