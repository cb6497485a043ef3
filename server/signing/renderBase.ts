import { placesFor } from '../../shared/signing/places.ts'
import type { SealedDocument } from '../../shared/signing/sealedDocument.ts'
import { renderDocument } from './renderDocument.ts'
import { addSignatureFields } from './signatureFields.ts'

/** The file that is signed: the rendered page with every signature field, in the order of signing. */
export function renderBase(source: SealedDocument): Buffer {
  const { pdf, boxes } = renderDocument(source)
  const places = placesFor(source.signers.map(({ agencyId }) => agencyId))
  const ordered = places.map(({ id }) => {
    const box = boxes.find(({ placeId }) => placeId === id)
    if (!box) throw new Error(`layout: no place ${id}`)
    return box
  })
  return addSignatureFields(pdf, ordered)
}
