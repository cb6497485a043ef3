import * as z from 'zod'
import { ClauseId, DocumentId } from '../base/ids.ts'

/**
 * A reference is one letter with a mark that names the clause. A node of its own would part the text in two, and
 * y-tiptap would lose what others are typing in the second half. What it shows is worked out, never stored.
 */
export const REFERENCE = 'reference'
export const REFERENCE_LETTER = '\ufffc'

export const ClauseReference = z.strictObject({
  /** Null where the clause is one of the same document. */
  document: DocumentId.nullish().transform((id) => id ?? null),
  clause: ClauseId,
  /**
   * What it showed when it was made: for one whose clause is gone, and until another document's label is known. Never
   * nothing, so that a text that holds one never reads as empty.
   */
  was: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}{}]*$/u),
})
export type ClauseReference = z.infer<typeof ClauseReference>

/** A text is read again and again, and its marks are the same objects each time. */
const known = new WeakMap<object, ClauseReference | null>()

/** Null for what no editor of ours makes. */
export function readReference(value: unknown): ClauseReference | null {
  if (typeof value !== 'object' || value === null) return null
  const before = known.get(value)
  if (before !== undefined) return before
  const read = ClauseReference.safeParse(value).data ?? null
  known.set(value, read)
  return read
}

/** What it is about; two of one target are alike. */
export const targetOf = ({ document, clause }: Pick<ClauseReference, 'document' | 'clause'>) =>
  `${document ?? ''} ${clause}`
