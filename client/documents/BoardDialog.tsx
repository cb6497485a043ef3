import { useLocation } from 'wouter'
import type { DocumentSummary } from '../../shared/documents/api.ts'
import { useText } from '../base/useText.ts'
import { BoardColumn } from '../locking/BoardColumn.tsx'
import board from '../locking/Readiness.module.css'
import { Dialog } from '../ui/Dialog.tsx'
import { OtherReadiness } from './OtherReadiness.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** What still holds each of the three documents (P15), every line one press from its place, in whichever it is. */
export function BoardDialog(props: {
  desk: Desk
  state: DeskState
  onShow(clauseId: string): void
}) {
  const { desk, state } = props
  const t = useText()
  const [, navigate] = useLocation()
  const { bloc, document, agencies } = desk
  const goTo =
    ({ kind }: DocumentSummary) =>
    (clauseId: string) => {
      state.close()
      navigate(`/bloc/${bloc.id}/${kind}#${clauseId}`)
    }
  return (
    <Dialog open onClose={state.close} shape="full" title={t('board.title')} lead={t('board.lead')}>
      <div className={board.board}>
        {bloc.documents.map((summary) =>
          summary.id === document.id ? (
            <BoardColumn
              key={summary.id}
              title={t(`desk.kind.${summary.kind}`)}
              phase={document.phase}
              blockers={desk.blockers}
              agencies={agencies}
              parties={document.parties.length}
              placeOf={desk.placeOf}
              onShow={props.onShow}
            />
          ) : (
            <OtherReadiness
              key={summary.id}
              summary={summary}
              agencies={agencies}
              onShow={goTo(summary)}
            />
          ),
        )}
      </div>
    </Dialog>
  )
}
