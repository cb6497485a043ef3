import { pointLetters, roman } from '../../../shared/clauses/numbering.ts'
import type { PastedList } from '../../../shared/pasting/pasted.ts'

/** The labels of lists: Word writes them out, a browser would count them. */
export class ListCounter {
  readonly #counts = new Map<Element, number>()

  /** What Word wrote in front: `1.`, `Điều 2.`, or a bullet, which is any sign (`·`, `§`, `o`) in a font of signs. */
  madeByWord(written: string, depth: number): PastedList {
    const label = written
      .replace(/[\s\u00a0]+/gu, ' ')
      .trim()
      .normalize('NFC')
    const isNumber = /\d/.test(label) || /[\p{L}]+[.)/]$/u.test(label)
    return { label: isNumber ? label : '-', depth: Math.max(depth, 1) }
  }

  madeByHtml(item: Element, ownStyle: string): PastedList {
    const list = item.closest('ol, ul')
    const depth = depthOf(item)
    if (list?.tagName.toUpperCase() !== 'OL') return { label: '-', depth: Math.max(depth, 1) }
    const before = this.#counts.get(list) ?? startOf(list) - 1
    const given = Number.parseInt(item.getAttribute('value') ?? '', 10)
    const number = Number.isNaN(given) ? before + 1 : given
    this.#counts.set(list, number)
    const style =
      ownStyle || (list.getAttribute('style')?.match(/list-style-type:\s*([\w-]+)/)?.[1] ?? '')
    return {
      label: labelOf(list.getAttribute('type') ?? '', style, Math.max(number, 1), depth),
      depth,
    }
  }
}

function labelOf(type: string, style: string, number: number, depth: number): string {
  if (style === 'none') return '-'
  if (type === 'I' || style === 'upper-roman') return `${roman(number)}.`
  if (type === 'a' || /^lower-(?:alpha|latin)$/.test(style) || depth > 1)
    return `${pointLetters(number)})`
  return `${number}.`
}

function startOf(list: Element): number {
  const start = Number.parseInt(list.getAttribute('start') ?? '', 10)
  return Number.isNaN(start) ? 1 : start
}

/** Google Docs keeps its lists flat and says the level beside. */
function depthOf(item: Element): number {
  const said = Number.parseInt(item.getAttribute('aria-level') ?? '', 10)
  if (!Number.isNaN(said)) return said
  let depth = 0
  for (let at = item.parentElement; at; at = at.parentElement)
    if (/^[ou]l$/i.test(at.tagName)) depth += 1
  return depth
}
