import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useCallback, useMemo, useRef, useState } from 'react'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { longTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { useDialogFocus } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { DiffText, type Hand, Legend } from './DiffText.tsx'
import styles from './HistoryScreen.module.css'
import { HistorySide } from './HistorySide.tsx'
import { before, historyPoints, type Point } from './historyPoints.ts'
import { NameVersionDialog } from './NameVersionDialog.tsx'
import { numberChanges } from './numberChanges.ts'
import { RestoreDialog } from './RestoreDialog.tsx'
import { Steps, useSteps } from './Steps.tsx'
import { useDiff, useVersions } from './useVersions.ts'

export type HistoryScreenProps = {
  document: DocumentView
  agencies: AgencyDirectory
  /** May name versions and put them back. */
  writes: boolean
  /** A row of the log to compare the present with: where somebody was when he left. */
  since?: number | undefined
  onClose(): void
}

const LINES = ['solid', 'double', 'dotted', 'dashed', 'wavy']
const EMPTY: readonly never[] = []

/** The whole screen: the text with its changes, and the versions beside it (UX-50 to UX-53). Nothing can be typed into. */
export function HistoryScreen(props: HistoryScreenProps) {
  const { document, agencies, writes, since, onClose } = props
  const t = useText()
  const [language] = useLanguage()
  const versions = useVersions(document.id)
  const points = useMemo(
    () => (versions.data ? historyPoints(versions.data) : EMPTY),
    [versions.data],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [base, setBase] = useState<string>(since === undefined ? '' : String(since))
  const [asked, setAsked] = useState<
    { act: 'name' } | { act: 'restore'; clauseId: string | null } | null
  >(null)
  const point = points.find(({ id }) => id === chosen) ?? points[0]
  const from = point ? base || before(points, point) : START_OF_NOTHING
  const diff = useDiff(document.id, from, point?.at ?? null)
  const error = versions.error ?? diff.error
  const isLoading = versions.isPending || (point !== undefined && diff.isPending)
  const numbered = useMemo(() => numberChanges(diff.data?.items ?? EMPTY), [diff.data])
  const steps = useSteps(numbered.count, `${from} ${point?.at}`)
  const handOf = useHands(diff.data?.people ?? EMPTY, agencies)
  const isOld = point?.version != null && point !== points[0]
  const mayRestore = writes && document.phase === 'drafting' && point?.version != null
  const askClause = useCallback((clauseId: string) => setAsked({ act: 'restore', clauseId }), [])
  const content = useRef<HTMLDivElement>(null)
  const focus = useDialogFocus(true, content)
  const select = (id: string) => {
    setChosen(id)
    setBase('')
  }
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          className={styles.screen}
          aria-describedby={undefined}
          onCloseAutoFocus={focus.leave}
        >
          <header className={styles.head}>
            <Radix.Title className={styles.title}>
              {t('history.title', { title: t(`desk.kind.${document.kind}`) })}
            </Radix.Title>
            <Button look="ghost" icon aria-label={t('common.close')} onClick={onClose}>
              <X size={18} aria-hidden />
            </Button>
          </header>
          {point ? (
            <div className={styles.banner} role="status" data-old={isOld}>
              <span>
                {point.version
                  ? t('history.banner', { time: longTime(point.time, language) })
                  : t('history.bannerNow')}
              </span>
              <Steps steps={steps} count={numbered.count} ready={diff.data !== undefined} />
              {writes ? (
                <Button size="small" onClick={() => setAsked({ act: 'name' })}>
                  {t(
                    point.version?.name
                      ? 'history.rename'
                      : point.version
                        ? 'history.name'
                        : 'history.nameNow',
                  )}
                </Button>
              ) : null}
              {mayRestore ? (
                <Button
                  size="small"
                  look="primary"
                  onClick={() => setAsked({ act: 'restore', clauseId: null })}
                >
                  {t('history.restore')}
                </Button>
              ) : null}
            </div>
          ) : null}
          <div className={styles.body}>
            <section
              className={styles.text}
              aria-label={t('history.text')}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must by keys as well
              tabIndex={0}
              ref={steps.scroller}
            >
              <div className={styles.paper}>
                <Problem>{error ? errorText(t, error) : null}</Problem>
                {isLoading ? <p role="status">{t('history.loading')}</p> : null}
                {diff.data && diff.data.people.length > 0 ? (
                  <Legend people={diff.data.people} handOf={handOf} />
                ) : null}
                {versions.data && !point ? <p>{t('history.none')}</p> : null}
                <DiffText
                  items={numbered.items}
                  handOf={handOf}
                  current={steps.current}
                  onRestore={mayRestore ? askClause : undefined}
                />
              </div>
            </section>
            <HistorySide
              points={points}
              point={point}
              agencies={agencies}
              base={base}
              since={since}
              onBase={setBase}
              onSelect={select}
            />
          </div>
          {asked && point ? (
            <Asked {...{ document, point, asked }} onClose={() => setAsked(null)} />
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const START_OF_NOTHING = '0'

function Asked(props: {
  document: DocumentView
  point: Point
  asked: { act: 'name' } | { act: 'restore'; clauseId: string | null }
  onClose(): void
}) {
  const { document, point, asked, onClose } = props
  if (asked.act === 'name')
    return <NameVersionDialog documentId={document.id} version={point.version} onClose={onClose} />
  if (!point.version) return null
  return (
    <RestoreDialog
      documentId={document.id}
      version={point.version}
      clauseId={asked.clauseId}
      onClose={onClose}
    />
  )
}

/** The colour of the agency; a line of his own for each person, for whoever does not go by colours. */
function useHands(
  people: readonly { id: string; name: string; agencyId: string | null }[],
  agencies: AgencyDirectory,
) {
  const t = useText()
  return useMemo(() => {
    const hands = new Map(
      people.map(({ id, name, agencyId }, index): [string, Hand] => [
        id,
        {
          name: name || t('history.system'),
          color: agencyColor(agencies.rankOf(agencyId)),
          line: LINES[index % LINES.length] ?? 'solid',
        },
      ]),
    )
    const nobody: Hand = { name: t('history.nobody'), color: 'gray', line: 'solid' }
    return (by: string | undefined) => hands.get(by ?? '') ?? nobody
  }, [people, agencies, t])
}
