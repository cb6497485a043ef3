import { inflateSync } from 'node:zlib'
import * as z from 'zod'
import { DocumentKind } from '../../shared/documents/document.ts'
import { PlaceId } from '../../shared/signing/api.ts'
import { SEALED_FORMAT } from '../../shared/signing/sealedDocument.ts'
import { type PdfFile, streamFilter } from './pdfFile.ts'
import { isArray, isDict, PdfStream } from './pdfSyntax.ts'
import { VerifyError } from './verifyProblem.ts'

const MAX_SOURCE = 16 * 1024 * 1024

/** The part of the attached text that the check of signatures rests on. */
const Source = z.object({
  format: z.literal(SEALED_FORMAT),
  document: z.object({ id: z.string(), kind: DocumentKind, edition: z.number().int() }),
  title: z.string(),
  signers: z.array(
    z.object({
      agencyId: z.string(),
      agency: z.string(),
      places: z.object({ person: PlaceId, seal: PlaceId }),
    }),
  ),
})
export type SealedSource = z.infer<typeof Source>

/** The source text attached to the base. @throws {VerifyError} source/missing */
export function sealedSource(file: PdfFile, revision: number): SealedSource {
  const missing = (detail: string, cause?: unknown): never => {
    throw new VerifyError('source/missing', detail, { cause })
  }
  const names = file.resolve(file.catalog(revision).get('Names'), revision)
  const embedded = isDict(names) ? file.resolve(names.get('EmbeddedFiles'), revision) : undefined
  const list = isDict(embedded) ? file.resolve(embedded.get('Names'), revision) : undefined
  if (!isArray(list) || list.length !== 2) return missing('one attached file expected')
  const spec = file.dict(list[1], 'attached file', revision)
  const stream = file.resolve(
    file.dict(spec.get('EF'), 'attached file', revision).get('F'),
    revision,
  )
  if (!(stream instanceof PdfStream)) return missing('no content')
  try {
    const bytes =
      streamFilter(stream) === 'flate'
        ? inflateSync(stream.raw, { maxOutputLength: MAX_SOURCE })
        : stream.raw
    return Source.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (cause) {
    return missing('not readable', cause)
  }
}
