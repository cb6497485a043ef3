import { createContext } from 'react'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import type { FindAsked } from '../editorHandle.ts'

/** A document of the bloc, as the find panel of another one needs it. */
export type OtherText = {
  documentId: DocumentId
  name: string
  model: NumberingModel
  /** Why words of it are not replaced; null where they are. The server judges again. */
  reason: 'find.locked' | 'find.mayNot' | null
}

export type OtherTexts = {
  /** All of the bloc, the one on screen too. */
  list: readonly OtherText[]
  /** Goes to another document, with the find panel open there. */
  show(documentId: DocumentId, asked: FindAsked): void
}

/** Null where there is only one document. */
export const OtherTextsContext = createContext<OtherTexts | null>(null)
