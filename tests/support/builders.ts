import type { AgencyRole, BlocActor, PersonRole } from '../../shared/accounts/account.ts'
import type { AgencyId, BlocId, ClauseId, DocumentId, UserId } from '../../shared/base/ids.ts'
import type {
  ClauseBlock,
  ClauseLevel,
  Mark,
  Run,
  TableBlock,
  TableCell,
} from '../../shared/clauses/clause.ts'
import { REFERENCE_LETTER } from '../../shared/clauses/reference.ts'
import type { RecordFields } from '../../shared/documents/document.ts'

export const run = (text: string, ...marks: Mark[]): Run => ({ text, marks })

/** A reference to a clause, of this document unless said otherwise. */
export const cites = (clauseId: string, was = 'Điều 9', document: string | null = null): Run => ({
  text: REFERENCE_LETTER,
  marks: [],
  reference: { document: document as DocumentId | null, clause: clauseId as ClauseId, was },
})

/** A clause block; a string is one run without marks. */
export const clause = (
  id: string,
  level: ClauseLevel,
  content: string | readonly Run[],
): ClauseBlock => ({
  id: id as ClauseId,
  level,
  runs: typeof content === 'string' ? (content === '' ? [] : [run(content)]) : content,
})

export const cell = (text: string | readonly Run[], extra: Partial<TableCell> = {}): TableCell => ({
  header: false,
  colspan: 1,
  rowspan: 1,
  colwidth: null,
  paragraphs: [typeof text === 'string' ? (text === '' ? [] : [run(text)]) : text],
  ...extra,
})

/** A table of plain cells. */
export const table = (id: string, rows: readonly (readonly string[])[]): TableBlock => ({
  id: id as ClauseId,
  level: 'table',
  rows: rows.map((cells) => ({ cells: cells.map((text) => cell(text)) })),
})

export const fields = (change: Partial<RecordFields> = {}): RecordFields => ({
  title: 'BẢN GIAO ƯỚC THI ĐUA\nKhối thi đua năm 2022',
  place: 'Ninh Thuận',
  recipients: ['UBND tỉnh (để báo cáo)', 'Lưu: VT'],
  signingTitles: { vpdbqh: 'CHÁNH VĂN PHÒNG', stc: 'GIÁM ĐỐC' },
  ...change,
})

/** Somebody of an agency, as seen from the bloc. */
export const actor = (
  agencyRole: AgencyRole | null,
  role: PersonRole,
  change: Partial<BlocActor> = {},
): BlocActor => ({
  userId: 'user00000000000000001' as UserId,
  name: 'Cán bộ đầu mối Sở Tài chính',
  agencyId: (agencyRole === null ? null : 'stc') as AgencyId | null,
  role,
  mandated: false,
  blocId: 'bloc00000000000000001' as BlocId,
  agencyRole,
  ...change,
})
