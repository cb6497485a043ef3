import { Mark } from '@tiptap/core'
import { type Mark as AnyMark, Fragment, type Node } from '@tiptap/pm/model'
import {
  type ClauseReference,
  REFERENCE,
  REFERENCE_LETTER,
  readReference,
} from '../../../shared/clauses/reference.ts'

/** See `shared/clauses/reference.ts`. What it shows is a decoration: `referenceLabels.ts`. */
export const ReferenceMark = Mark.create({
  name: REFERENCE,
  // What is typed behind it is not part of it.
  inclusive: false,
  addAttributes() {
    // Defaults, since y-tiptap deletes a text whose marks it cannot make.
    return { document: { default: null }, clause: { default: '' }, was: { default: '' } }
  },
  parseHTML() {
    return [
      {
        tag: 'span[data-reference]',
        getAttrs: (element) => readJson(element.getAttribute('data-reference')) ?? false,
      },
    ]
  },
  renderHTML({ mark }) {
    return ['span', { 'data-reference': JSON.stringify(mark.attrs) }, 0]
  },
})

/** Null for what no editor of ours has written. */
export function readJson(json: string | null): ClauseReference | null {
  try {
    return readReference(JSON.parse(json ?? ''))
  } catch {
    return null
  }
}

export const referenceIn = (marks: readonly AnyMark[]): ClauseReference | null => {
  const mark = marks.find(({ type }) => type.name === REFERENCE)
  return mark ? readReference(mark.attrs) : null
}

export type PlacedReference = { pos: number; reference: ClauseReference; blockId: string }

/** Of one block, by the offset from where it begins. Most blocks are those of the document before. */
const known = new WeakMap<Node, { at: number; reference: ClauseReference }[]>()

function referencesInBlock(block: Node) {
  const before = known.get(block)
  if (before) return before
  const found: { at: number; reference: ClauseReference }[] = []
  block.descendants((node, pos) => {
    const reference = node.isText ? referenceIn(node.marks) : null
    if (!reference) return
    // By UTF-16 units, as positions are counted.
    for (const [i, letter] of (node.text ?? '').split('').entries())
      if (letter === REFERENCE_LETTER) found.push({ at: pos + 1 + i, reference })
  })
  known.set(block, found)
  return found
}

/** All references of a document, in order. */
export function referencesOf(doc: Node): PlacedReference[] {
  const found: PlacedReference[] = []
  doc.forEach((block, start) => {
    const blockId = typeof block.attrs.id === 'string' ? block.attrs.id : ''
    for (const { at, reference } of referencesInBlock(block))
      found.push({ pos: start + at, reference, blockId })
  })
  return found
}

/** The reference right behind this position. */
export const referenceAt = (doc: Node, pos: number): ClauseReference | null =>
  referencesOf(doc).find((placed) => placed.pos === pos)?.reference ?? null

/** The same block with its references led elsewhere, where `lead` says so. */
export function withReferences(
  node: Node,
  lead: (reference: ClauseReference) => ClauseReference,
): Node {
  if (node.isText) {
    const reference = referenceIn(node.marks)
    const type = node.type.schema.marks[REFERENCE]
    return reference && type ? node.mark(type.create(lead(reference)).addToSet(node.marks)) : node
  }
  return node.isLeaf
    ? node
    : node.copy(Fragment.from(node.children.map((child) => withReferences(child, lead))))
}
