import type { DocumentSummary, DocumentView } from '../../shared/documents/api.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { openThreads, useThreads } from '../comments/useThreads.ts'
import { useProposals } from '../proposals/useProposals.ts'
import { useSigning } from '../signing/useSigning.ts'
import styles from './DeskPage.module.css'
import { useAgreement } from './useDesk.ts'
import { useDocument } from './useDocuments.ts'

/** Always on screen, with what is still open in it. */
export function DocumentTab(props: {
  summary: DocumentSummary
  selected: boolean
  handle: EditorHandle | null
  onSelect(): void
}) {
  const { summary, selected, handle, onSelect } = props
  const t = useText()
  const { data: document } = useDocument(summary.id)
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${summary.kind}`}
      className={styles.tab}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
    >
      <b>{t(`desk.kind.${summary.kind}`)}</b>
      <small>{document ? <Counts document={document} handle={handle} /> : ' '}</small>
    </button>
  )
}

function Counts({ document, handle }: { document: DocumentView; handle: EditorHandle | null }) {
  return document.phase === 'drafting' || document.phase === 'locked' ? (
    <DraftCounts document={document} handle={handle} />
  ) : (
    <SignatureCounts document={document} />
  )
}

function DraftCounts({
  document,
  handle,
}: {
  document: DocumentView
  handle: EditorHandle | null
}) {
  const t = useText()
  const { agreement, clauses } = useAgreement(document, handle)
  const threads = openThreads(useThreads(document.id).data ?? []).length
  const proposals = (useProposals(document.id).data ?? []).filter(
    ({ status }) => status === 'open',
  ).length
  const parts = [
    ...(document.phase === 'locked'
      ? [t('phase.locked')]
      : clauses.length > 0
        ? [t('desk.count.agreed', { done: agreement.settled, total: agreement.total })]
        : []),
    ...(threads > 0 ? [t('desk.count.threads', { count: threads })] : []),
    ...(proposals > 0 ? [t('desk.count.proposals', { count: proposals })] : []),
  ]
  const [first, ...others] = parts
  return (
    <>
      {first}
      {others.length > 0 ? <span className={styles.more}> · {others.join(' · ')}</span> : null}
    </>
  )
}

function SignatureCounts({ document }: { document: DocumentView }) {
  const t = useText()
  const places = useSigning(document.id).data?.places ?? []
  const done = places.filter(({ status }) => status === 'signed').length
  if (document.phase === 'complete') return <>{t('phase.complete')}</>
  return (
    <>{`${t(`phase.${document.phase}`)} · ${t('desk.count.signed', { done, total: places.length })}`}</>
  )
}
