import type { Node } from '@tiptap/pm/model'
import { Decoration } from '@tiptap/pm/view'
import { readableEdits } from '../../../shared/diff/textEdits.ts'

/** A paragraph on the page: a clause, or one of a table's cell. */
export type Box = { pos: number; text: string }

/** A block that nobody has written in is the same node: its letters are put together once. */
const read = new WeakMap<Node, Box[]>()

/** The paragraphs of a block, in order; `pos` is where the first letter is. */
export function boxesOf(block: Node, pos: number): Box[] {
  const known = read.get(block) ?? boxesWithin(block)
  read.set(block, known)
  return known.map((box) => ({ pos: pos + box.pos, text: box.text }))
}

/** With positions from the start of the block. */
function boxesWithin(block: Node): Box[] {
  if (block.type.name === 'clause') return [{ pos: 1, text: block.textContent }]
  const boxes: Box[] = []
  block.descendants((node, at) => {
    if (node.type.name !== 'paragraph') return true
    boxes.push({ pos: at + 2, text: node.textContent })
    return false
  })
  return boxes
}

type Look = { key: string; title: string | null }

/** Words that the page has and `base` lacks, and those of `base` that are gone, at their place. */
export function draftedWords(box: Box, base: string, look: Look): Decoration[] {
  let shift = 0
  return readableEdits(base, box.text).flatMap(({ at, remove, insert }) => {
    const from = box.pos + at + shift
    shift += insert.length - remove
    const marks: Decoration[] = []
    if (insert !== '')
      marks.push(
        Decoration.inline(from, from + insert.length, { nodeName: 'ins', class: 'sg-ins' }),
      )
    if (remove > 0) marks.push(wordWidget(from, 'del', base.slice(at, at + remove), look, at))
    return marks
  })
}

/** Words of the page that are to go, and those that are to come. */
export function proposedWords(box: Box, proposed: string, look: Look): Decoration[] {
  return readableEdits(box.text, proposed).flatMap(({ at, remove, insert }) => {
    const [from, to] = [box.pos + at, box.pos + at + remove]
    const marks: Decoration[] = []
    if (remove > 0)
      marks.push(
        Decoration.inline(from, to, {
          nodeName: 'del',
          class: 'sg-del',
          ...(look.title !== null && { title: look.title }),
        }),
      )
    if (insert !== '') marks.push(wordWidget(to, 'ins', insert, look, at))
    return marks
  })
}

function wordWidget(
  pos: number,
  name: 'ins' | 'del',
  text: string,
  { key, title }: Look,
  at: number,
): Decoration {
  const build = () => {
    const element = document.createElement(name)
    element.className = `sg-${name}`
    element.textContent = text
    element.dataset.mark = key
    if (title !== null) element.title = title
    return element
  }
  const spec = { side: -1, ignoreSelection: true, key: `${key} ${name} ${at} ${text}` }
  return Decoration.widget(pos, build, spec)
}

/** A line of its own between two blocks. */
export function blockWidget(
  pos: number,
  part: { name: 'ins' | 'del' | 'span'; text: string; label: string; key: string; title?: string },
): Decoration {
  const { name, text, label, key, title } = part
  const build = () => {
    const line = document.createElement('div')
    line.className = `sg-line sg-line-${name}`
    line.dataset.mark = key
    if (title !== undefined) line.title = title
    const tag = document.createElement('span')
    tag.className = 'sg-tag'
    tag.textContent = label
    line.append(tag)
    if (text !== '') {
      const words = document.createElement(name)
      if (name !== 'span') words.className = `sg-${name}`
      words.textContent = text
      line.append(words)
    }
    return line
  }
  return Decoration.widget(pos, build, {
    side: -1,
    ignoreSelection: true,
    key: `${key} ${label} ${text}`,
  })
}

/** A few words at the end of a block, about the block itself. */
export function tagWidget(pos: number, label: string, key: string): Decoration {
  const build = () => {
    const tag = document.createElement('span')
    tag.className = 'sg-tag sg-tag-end'
    tag.dataset.mark = key
    tag.textContent = label
    return tag
  }
  return Decoration.widget(pos, build, { side: 1, ignoreSelection: true, key: `${key} ${label}` })
}
