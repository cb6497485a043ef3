import type { AgencyId, ClauseId } from '../../shared/base/ids.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import type {
  AgreementPolicy,
  DocumentKind,
  RecordFields,
} from '../../shared/documents/document.ts'

/** Makes the permanent id of one block. */
export type NewClauseId = () => ClauseId

/**
 * Everything the seed stores for one document. In `title` and `signingTitles` every '\n' begins a printed line;
 * the title's first line is the tên loại, the rest the trích yếu.
 */
export type SampleDocument = RecordFields & {
  kind: DocumentKind
  /** The two printed lines at the top left. */
  issuer: { superior: string; name: string }
  agreementPolicy: AgreementPolicy
  /** In protocol order. */
  signers: AgencyId[]
  number: string | null
  /** `YYYY-MM-DD` */
  date: string | null
  blocks: Block[]
}
