import type {
  AccountTable,
  AgencyTable,
  BlocTable,
  MandateTable,
  MembershipTable,
  SessionTable,
} from './schema/accounts.ts'
import type {
  AgreedWordsTable,
  PersonalViewTable,
  PositionTable,
  ProposalSupportTable,
  ProposalTable,
  ThreadReplyTable,
  ThreadTable,
} from './schema/agreement.ts'
import type { BracketDecisionTable, BracketWordTable } from './schema/brackets.ts'
import type { DocumentTable, DocumentVisitTable, VersionTable } from './schema/documents.ts'
import type { InboxChoiceTable, InboxItemTable, InboxSeenTable } from './schema/inbox.ts'
import type {
  MailAddressTable,
  MailCodeTable,
  MailedItemTable,
  MailLetterTable,
  MailOffTable,
} from './schema/mail.ts'
import type {
  AuditTable,
  AuthorityTable,
  CertificateTable,
  SealAttemptTable,
  SealedRevisionTable,
  SigningPlaceTable,
  SigningPreparationTable,
} from './schema/proof.ts'
import type {
  ClientClaimTable,
  DocumentSnapshotTable,
  DocumentUpdateTable,
  GravePlotTable,
  GraveTable,
  LateUpdateTable,
  SwallowedTextTable,
} from './schema/text.ts'

export type SqlDialect = 'sqlite' | 'postgres'

/**
 * The tables, one type each in schema/, as migrations/ makes them. Times are milliseconds since 1970 in UTC; bytes are
 * Buffers; JSON is text. Nothing here is SQLite's own: PostgreSQL reads the same types (blob as bytea).
 */
export type Schema = {
  account: AccountTable
  mandate: MandateTable
  session: SessionTable
  agency: AgencyTable
  bloc: BlocTable
  membership: MembershipTable
  document: DocumentTable
  document_update: DocumentUpdateTable
  document_snapshot: DocumentSnapshotTable
  client_claim: ClientClaimTable
  late_update: LateUpdateTable
  swallowed_text: SwallowedTextTable
  grave: GraveTable
  grave_plot: GravePlotTable
  proposal: ProposalTable
  proposal_support: ProposalSupportTable
  thread: ThreadTable
  thread_reply: ThreadReplyTable
  position: PositionTable
  personal_view: PersonalViewTable
  agreed_words: AgreedWordsTable
  inbox_item: InboxItemTable
  inbox_seen: InboxSeenTable
  inbox_choice: InboxChoiceTable
  mail_address: MailAddressTable
  mail_code: MailCodeTable
  mail_letter: MailLetterTable
  mail_off: MailOffTable
  mailed_item: MailedItemTable
  bracket_word: BracketWordTable
  bracket_decision: BracketDecisionTable
  version: VersionTable
  document_visit: DocumentVisitTable
  seal_attempt: SealAttemptTable
  sealed_revision: SealedRevisionTable
  signing_place: SigningPlaceTable
  signing_preparation: SigningPreparationTable
  authority: AuthorityTable
  certificate: CertificateTable
  audit: AuditTable
}
