import type { Node } from '@tiptap/pm/model'
import { Decoration } from '@tiptap/pm/view'
import { type Block, lettersText, paragraphsOf } from '../../../shared/clauses/clause.ts'
import { uniqueIds } from '../../../shared/clauses/uniqueIds.ts'
import { levelOf } from '../schema/labels.ts'
import type { MarkSource, MarkWords, ProposedMark } from './markSource.ts'
import { blockWidget, boxesOf, draftedWords, proposedWords, tagWidget } from './wordMarks.ts'

const SHORT = 80
const shortened = (text: string) =>
  text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()}…` : text

type Placed = { id: string; node: Node; pos: number; end: number }

function placed(doc: Node): Placed[] {
  const blocks: { id: string; node: Node; pos: number }[] = []
  doc.forEach((node, pos) => {
    const { id } = node.attrs
    blocks.push({ id: typeof id === 'string' ? id : '', node, pos })
  })
  const ids = uniqueIds(blocks)
  return blocks.map(({ node, pos }, index) => ({
    id: ids[index] ?? '',
    node,
    pos,
    end: pos + node.nodeSize,
  }))
}

/** Blocks that stayed are the same objects from one reading of the shared text to the next. */
const said = new WeakMap<Block, string[]>()

function wordsOf(block: Block): string[] {
  const words =
    said.get(block) ?? paragraphsOf(block).map((runs) => runs.map(({ text }) => text).join(''))
  said.set(block, words)
  return words
}

/** What in one's own draft differs from the shared text, clause by clause. */
export function draftMarks(
  doc: Node,
  { base, movesOn }: Pick<Extract<MarkSource, { kind: 'draft' }>, 'base' | 'movesOn'>,
  words: MarkWords,
): Decoration[] {
  const blocks = placed(doc)
  const baseIds = uniqueIds(base)
  const old = new Map(baseIds.map((id, index) => [id, base[index] as Block]))
  const page = blocks.map(({ id, node }) => ({ id, level: levelOf(node) }))
  const moves = movesOn(base, page)
  const marks = blocks.flatMap((block) => {
    const was = old.get(block.id)
    if (!was) return newBlock(block, words)
    const marks = changedBlock(block, was, words)
    if (!moves.moved.has(block.id)) return marks
    return [...tagged(block.node, block.end, words.moved, block.id), ...marks]
  })
  const ends = new Map(blocks.map(({ id, end }) => [id, end]))
  let place = 0
  baseIds.forEach((id, index) => {
    const end = ends.get(id)
    if (moves.moved.has(id))
      marks.push(
        blockWidget(place, {
          name: 'span',
          text: shortened(lettersText(base[index] as Block)),
          label: words.movedFrom,
          key: id,
        }),
      )
    else if (moves.along.has(id)) return
    else if (end !== undefined) place = end
    else
      marks.push(
        blockWidget(place, {
          name: 'del',
          text: lettersText(base[index] as Block),
          label: words.deleted,
          key: id,
        }),
      )
  })
  return marks
}

function newBlock({ id, node, pos, end }: Placed, words: MarkWords): Decoration[] {
  const inserted = boxesOf(node, pos).flatMap((box) =>
    draftedWords(box, '', { key: id, title: null }),
  )
  return [
    Decoration.node(pos, end, { class: 'sg-new' }),
    ...inserted,
    ...tagged(node, end, words.inserted, id),
  ]
}

/** Tables have their tag in front: behind their last cell no caret may come. */
const tagged = (node: Node, end: number, label: string, key: string): Decoration[] =>
  node.type.name === 'clause'
    ? [tagWidget(end - 1, label, key)]
    : [blockWidget(end - node.nodeSize, { name: 'span', text: '', label, key })]

function changedBlock({ id, node, pos, end }: Placed, was: Block, words: MarkWords): Decoration[] {
  const [boxes, before] = [boxesOf(node, pos), wordsOf(was)]
  const marks: Decoration[] = []
  if (levelOf(node) !== was.level)
    marks.push(...tagged(node, end, words.level(was.level, levelOf(node)), id))
  if (boxes.length !== before.length) return [...marks, ...tagged(node, end, words.reshaped, id)]
  const changed = boxes.flatMap((box, n) =>
    box.text === before[n] ? [] : draftedWords(box, before[n] ?? '', { key: id, title: null }),
  )
  if (changed.length > 0) marks.push(Decoration.node(pos, end, { class: 'sg-changed' }))
  return [...marks, ...changed]
}

/** Open proposals in the shared text; of several on one clause the first is shown, the others have their cards. */
export function proposedMarks(
  doc: Node,
  proposals: readonly ProposedMark[],
  words: MarkWords,
): Decoration[] {
  const blocks = new Map(placed(doc).map((block) => [block.id, block]))
  const taken = new Set<string>()
  /** Insertions may come after one that is no more than proposed itself. */
  const ends = new Map([...blocks].map(([id, { end }]) => [id, end]))
  return proposals.flatMap((proposal) => {
    if (proposal.kind === 'insert') {
      const place = proposal.after === null ? 0 : ends.get(proposal.after)
      if (place === undefined || blocks.has(proposal.clauseId)) return []
      ends.set(proposal.clauseId, place)
      return [insertion(place, proposal, words)]
    }
    const block = blocks.get(proposal.clauseId)
    if (!block || taken.has(proposal.clauseId)) return []
    taken.add(proposal.clauseId)
    const marks = proposedOn(block, proposal, words)
    const place = proposal.after === null ? 0 : ends.get(proposal.after)
    if (proposal.kind !== 'move' || place === undefined) return marks
    return [...marks, arrival(place, block.node, proposal, words)]
  })
}

const arrival = (pos: number, node: Node, { id, title }: ProposedMark, said: MarkWords) =>
  blockWidget(pos, {
    name: 'span',
    text: shortened(node.textContent),
    label: said.movedHere,
    key: id,
    title,
  })

const insertion = (pos: number, { id, words, title }: ProposedMark, said: MarkWords) =>
  blockWidget(pos, {
    name: 'ins',
    text: words?.join(' · ') ?? '',
    label: said.inserted,
    key: id,
    title,
  })

function proposedOn(
  { node, pos, end }: Placed,
  { id, kind, words, level, title }: ProposedMark,
  said: MarkWords,
): Decoration[] {
  const frame = Decoration.node(pos, end, {
    class: kind === 'delete' ? 'sg-changed sg-going' : 'sg-changed',
    title,
  })
  const marks = [frame]
  if (kind === 'delete') return [frame, ...tagged(node, end, said.deleted, id)]
  if (kind === 'move') marks.push(...tagged(node, end, said.moved, id))
  if (level !== null && level !== levelOf(node))
    marks.push(...tagged(node, end, said.level(levelOf(node), level), id))
  const boxes = boxesOf(node, pos)
  if (words === null || words.length !== boxes.length) return marks
  return [
    ...marks,
    ...boxes.flatMap((box, n) => proposedWords(box, words[n] ?? '', { key: id, title })),
  ]
}
