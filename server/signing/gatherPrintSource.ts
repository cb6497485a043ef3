import * as z from 'zod'
import type { AgencyId, Sha256 } from '../../shared/base/ids.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import { RecordFields } from '../../shared/documents/document.ts'
import { normaliseForPrint, type SealedDocument } from '../../shared/signing/sealedDocument.ts'
import { lastLink } from '../audit/auditStore.ts'
import { KeptSayings } from '../clauses/otherTexts.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'

/** Part in the bloc as it is printed under an agency's name. */
const PARTS: Record<string, string> = { lead: 'Trưởng khối', deputy: 'Phó Trưởng khối' }

const Content = z.object({
  blocks: z.array(z.custom<Block>()),
  fields: RecordFields,
  elsewhere: KeptSayings.default({}),
})

/** Everything that the sealed file of a locked document will print, as the rows say at this moment. */
export async function gatherPrintSource(
  tx: Tx,
  document: DocumentRecord,
  publicUrl: string | null,
  now: number,
): Promise<SealedDocument> {
  const version = await tx
    .selectFrom('version')
    .select(['content', 'content_hash', 'structure_hash'])
    .where('id', '=', document.lockedVersion ?? '')
    .executeTakeFirstOrThrow()
  const { blocks, fields, elsewhere } = Content.parse(JSON.parse(version.content))
  const agencies = await tx
    .selectFrom('agency')
    .innerJoin('membership', 'membership.agency_id', 'agency.id')
    .select(['agency.id', 'agency.name', 'membership.role'])
    .where('membership.bloc_id', '=', document.blocId)
    .execute()
  const signers = document.signers.map((agencyId: AgencyId) => {
    const agency = agencies.find(({ id }) => id === agencyId)
    if (!agency) throw new Error(`signing agency ${agencyId} is not in the bloc`)
    return { agencyId, agency: agency.name, part: PARTS[agency.role] ?? '' }
  })
  return normaliseForPrint({
    document: { id: document.id, kind: document.kind, edition: document.edition },
    blocks,
    elsewhere,
    fields,
    issuer: document.issuer,
    number: document.number,
    date: document.date,
    signers,
    contentHash: version.content_hash as Sha256,
    structureHash: version.structure_hash as Sha256,
    audit: await lastLink(tx, document.blocId),
    verification: publicUrl ?? 'npm run verify',
    createdAt: `${new Date(document.lockedAt ?? now).toISOString().slice(0, 19)}Z`,
  })
}
