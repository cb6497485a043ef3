import { MARKS, type Mark } from '../../../shared/clauses/clause.ts'
import {
  type Declarations,
  readDeclarations,
  type StyleSheet,
} from '../../../shared/pasting/styleSheet.ts'

export type Styles = StyleSheet

/** What an element's words look like and are: inherited, except for the last three. */
export type Look = {
  marks: readonly Mark[]
  font: string
  preformatted: boolean
  /** A link is underlined by whoever shows it, so that says nothing. */
  link: boolean
  /** Level of the list that Word counts the paragraph in; 0 in none. */
  listDepth: number
  listStyle: string
  hidden: boolean
  /** A number or bullet that Word has written for its list. */
  isLabel: boolean
}

const PLAIN: Look = {
  marks: [],
  font: '',
  preformatted: false,
  link: false,
  listDepth: 0,
  listStyle: '',
  hidden: false,
  isLabel: false,
}
const TAG_MARKS: Record<string, Mark> = {
  B: 'bold',
  STRONG: 'bold',
  H1: 'bold',
  H2: 'bold',
  H3: 'bold',
  H4: 'bold',
  H5: 'bold',
  H6: 'bold',
  TH: 'bold',
  I: 'italic',
  EM: 'italic',
  U: 'underline',
  INS: 'underline',
}

export function lookOf(element: Element, outer: Look = PLAIN, styles: Styles): Look {
  const tag = element.tagName.toUpperCase()
  const style: Declarations = new Map([
    ...styles(tag, [...element.classList]),
    ...readDeclarations(element.getAttribute('style') ?? ''),
  ])
  const link = outer.link || (tag === 'A' && element.hasAttribute('href'))
  const listed = /\blevel(\d+)/.exec(style.get('mso-list') ?? '')?.[1]
  return {
    marks: marksOf(tag, style, outer.marks).filter((mark) => mark !== 'underline' || !link),
    link,
    font:
      style.get('font-family') ??
      shorthandFont(style) ??
      element.getAttribute('face') ??
      outer.font,
    preformatted: isPreformatted(tag, style.get('white-space'), outer.preformatted),
    listDepth: listed === undefined ? outer.listDepth : Number(listed),
    listStyle: style.get('list-style-type') ?? '',
    hidden:
      style.get('display') === 'none' ||
      style.get('mso-hide') === 'all' ||
      style.get('mso-element') === 'comment-list' ||
      style.get('mso-special-character') === 'comment',
    isLabel: /\bignore\b/i.test(style.get('mso-list') ?? ''),
  }
}

function marksOf(tag: string, style: Declarations, outer: readonly Mark[]): readonly Mark[] {
  const on = new Set<Mark>(outer)
  const own = TAG_MARKS[tag]
  if (own) on.add(own)
  const set = (mark: Mark, value: boolean | null) => {
    if (value === true) on.add(mark)
    else if (value === false) on.delete(mark)
  }
  set(
    'bold',
    says(style.get('font-weight'), /^(?:bold|bolder|[6-9]00)$/, /^(?:normal|lighter|[1-5]00)$/),
  )
  set('italic', says(style.get('font-style'), /^(?:italic|oblique)/, /^normal$/))
  const line = style.get('text-decoration') ?? style.get('text-decoration-line')
  set('underline', says(line, /\bunderline\b/, /^none\b/))
  return MARKS.filter((mark) => on.has(mark))
}

const says = (value: string | undefined, yes: RegExp, no: RegExp): boolean | null => {
  if (value === undefined) return null
  if (yes.test(value)) return true
  return no.test(value) ? false : null
}

/** `font: 7.0pt "Times New Roman"` */
const shorthandFont = (style: Declarations): string | null =>
  /\d(?:pt|px|em|%)\S*\s+(.+)$/.exec(style.get('font') ?? '')?.[1] ?? null

const isPreformatted = (tag: string, space: string | undefined, outer: boolean): boolean => {
  if (space === undefined) return tag === 'PRE' || outer
  return /^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(space)
}
