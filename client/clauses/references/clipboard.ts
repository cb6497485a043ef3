import { DOMSerializer, Fragment, type Node, type Schema, type Slice } from '@tiptap/pm/model'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { SayReference } from '../../../shared/clauses/clause.ts'
import { REFERENCE_LETTER } from '../../../shared/clauses/reference.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import { readJson, referenceIn } from './referenceMark.ts'

/** Names the copied clause by the id that its copy gets. */
const FRESH = 'data-fresh'

/** The text of a slice as it reads; empty where it has no references and the editor's own way does. */
export function wordsOf(slice: Slice, say: SayReference): string {
  let found = false
  const said = (node: Node): Node => {
    const reference = node.isText ? referenceIn(node.marks) : null
    if (reference) {
      found = true
      const words = [...(node.text ?? '')].map((letter) =>
        letter === REFERENCE_LETTER ? say(reference) : letter,
      )
      return node.type.schema.text(words.join('') || ' ')
    }
    return node.isLeaf ? node : node.copy(Fragment.from(node.children.map(said)))
  }
  const content = Fragment.from(slice.content.content.map(said))
  return found ? content.textBetween(0, content.size, '\n\n') : ''
}

/**
 * Writes references as words with the clause they mean beside them: programs that know nothing of references show what
 * one has seen, and an editor of ours, in whichever document, makes references of them again.
 */
export class ReferenceSerializer extends DOMSerializer {
  readonly #say: SayReference
  readonly #own: DocumentId

  constructor(schema: Schema, own: DocumentId, say: SayReference) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema))
    this.#own = own
    this.#say = say
  }

  override serializeFragment(
    ...given: Parameters<DOMSerializer['serializeFragment']>
  ): ReturnType<DOMSerializer['serializeFragment']> {
    const made = super.serializeFragment(...given)
    for (const span of made.querySelectorAll('span[data-reference]')) {
      const reference = readJson(span.getAttribute('data-reference'))
      if (!reference) continue
      // Inner parts have been here before.
      const isOwn = reference.document === this.#own
      span.textContent = this.#say(isOwn ? { ...reference, document: null } : reference)
      const document = reference.document ?? this.#own
      span.setAttribute('data-reference', JSON.stringify({ ...reference, document }))
    }
    return made
  }
}

/**
 * Makes references again of what an editor of ours has copied, before it is read. One to a clause that was copied as
 * well means the copy. What is not well formed stays as words.
 * @param own the document that it is pasted into
 * @returns with the ids that the copies are to have
 */
export function takeReferences(
  html: string,
  own: DocumentId,
): { html: string; fresh: ReadonlySet<string> } {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const block of page.querySelectorAll(`[${FRESH}]`)) block.removeAttribute(FRESH)
  const copies = freshIds(page)
  for (const span of page.querySelectorAll('span[data-reference]')) {
    const reference = readJson(span.getAttribute('data-reference'))
    if (!reference) {
      span.removeAttribute('data-reference')
      continue
    }
    const copy = copies.get(reference.clause)
    const document = copy === undefined && reference.document !== own ? reference.document : null
    const clause = copy ?? reference.clause
    span.setAttribute('data-reference', JSON.stringify({ ...reference, document, clause }))
    span.textContent = REFERENCE_LETTER
  }
  return { html: page.body.innerHTML, fresh: new Set(copies.values()) }
}

/** Of the blocks that were copied whole: the first and the last may be halves, which join what they are pasted into. */
function freshIds(page: Document): Map<string, string> {
  const blocks = [...page.body.querySelectorAll('[data-id]')]
  const [, start, end] = /^(\d+) (\d+)/.exec(
    page.querySelector('[data-pm-slice]')?.getAttribute('data-pm-slice') ?? '',
  ) ?? ['', '1', '1']
  const whole = blocks.slice(start === '0' ? 0 : 1, end === '0' ? blocks.length : -1)
  const copies = new Map<string, string>()
  for (const block of whole) {
    const id = newClauseId()
    copies.set(block.getAttribute('data-id') ?? '', id)
    block.setAttribute(FRESH, id)
  }
  return copies
}
