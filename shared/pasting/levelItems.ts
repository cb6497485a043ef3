import type { ClauseLevel, Mark, NumberingModel } from '../clauses/clause.ts'
import { readLabel } from '../clauses/readLabel.ts'
import {
  isPastedTable,
  type PastedBlock,
  type PastedClause,
  type PastedItem,
  type PastedParagraph,
  type PastedRun,
  textOf,
} from './pasted.ts'
import { cutStart } from './tidyRuns.ts'

const HEADINGS: readonly ClauseLevel[] = [
  'part',
  'chapter',
  'section',
  'subsection',
  'article',
  'annex',
]
/** Their words stand on a line of their own below the number. */
const TITLED: readonly ClauseLevel[] = HEADINGS.filter((level) => level !== 'article')
/** How the lines below a first `Căn cứ` begin. */
const FURTHER_BASIS = /^(?:Căn cứ|Thực hiện|Theo|Xét|Trên cơ sở)\s/u

/**
 * Paragraphs become clauses at the levels that their numbers say; the numbers go, for they are computed. A title on
 * the line below its `Chương I` becomes the text of that chapter. Empty lines go.
 */
export function levelItems(items: readonly PastedItem[], model: NumberingModel): PastedBlock[] {
  const blocks: PastedBlock[] = []
  /** A heading whose title may still come. */
  let open: PastedClause | null = null
  for (const item of items) {
    if (item.kind === 'table') {
      open = null
      if (item.rows.length > 0) blocks.push({ level: 'table', rows: item.rows })
      continue
    }
    if (textOf(item.runs).trim() === '' && !item.loose) continue
    const clause = levelParagraph(item, model, blocks)
    if (open !== null && isTitle(clause, open)) {
      blocks[blocks.length - 1] = open = withTitle(open, clause)
      continue
    }
    open = isOpen(clause) ? clause : null
    blocks.push(clause)
  }
  return blocks.map((block) => (isPastedTable(block) ? block : withoutOwnLook(block)))
}

function levelParagraph(
  { runs, list, loose }: PastedParagraph,
  model: NumberingModel,
  before: readonly PastedBlock[],
): PastedClause {
  const clause = (level: ClauseLevel, rest = runs, label: PastedClause['label'] = null) => ({
    level,
    runs: rest,
    label,
    loose,
  })
  const text = textOf(runs)
  const typed = readLabel(text, model)
  // Programs number headings whose number has been typed already.
  if (list && list.label !== '-' && (typed === null || typed.level === 'basis')) {
    const made = readLabel(list.label, model)?.level ?? (list.depth > 1 ? 'point' : null)
    if (made && made !== 'basis') return clause(made, runs, { text: list.label, typed: false })
    return clause('text', [{ text: `${list.label} `, marks: [], font: '' }, ...runs])
  }
  if (list?.label === '-' && typed === null && !/^[-–+•*]/u.test(text))
    return clause('text', [{ text: '- ', marks: [], font: '' }, ...runs])
  if (typed?.level === 'basis' || FURTHER_BASIS.test(text))
    return clause(isBasis(runs, typed !== null, before) ? 'basis' : 'text')
  if (!typed) return clause('text')
  return clause(typed.level, cutStart(runs, typed.length), {
    text: text.slice(0, typed.length).trim(),
    typed: true,
  })
}

/** In italics or closed like the items of a list, and before any heading: a `Căn cứ` further down is a sentence. */
function isBasis(
  runs: readonly PastedRun[],
  first: boolean,
  before: readonly PastedBlock[],
): boolean {
  if (before.some(({ level }) => (HEADINGS as readonly string[]).includes(level))) return false
  const follows = before.at(-1)?.level === 'basis'
  if (!first) return follows && /[;.,]\s*$/u.test(textOf(runs))
  return follows || /;\s*$/u.test(textOf(runs)) || everyWord(runs, 'italic')
}

const isOpen = ({ level, label, runs }: PastedClause) =>
  label !== null && HEADINGS.includes(level) && textOf(runs) === ''

/** One line below the number, or capitals that go on over a second one; never a sentence. */
function isTitle(next: PastedClause, heading: PastedClause): boolean {
  const text = textOf(next.runs)
  if (next.level !== 'text' || next.label !== null || /[.;:,]\s*$/u.test(text)) return false
  return (
    textOf(heading.runs) === '' ||
    (TITLED.includes(heading.level) && isUpper(text) && isUpper(textOf(heading.runs)))
  )
}

const isUpper = (text: string) => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)

const withTitle = (heading: PastedClause, { runs }: PastedClause): PastedClause => ({
  ...heading,
  runs:
    heading.runs.length === 0
      ? runs
      : [...heading.runs, { text: ' ', marks: [], font: '' }, ...runs],
})

/** Headings are bold and bases italic by their level: what says it once more is left out. */
function withoutOwnLook(clause: PastedClause): PastedClause {
  const own = HEADINGS.includes(clause.level) ? 'bold' : clause.level === 'basis' ? 'italic' : null
  if (own === null || !everyWord(clause.runs, own)) return clause
  return {
    ...clause,
    runs: clause.runs.map((run) => ({ ...run, marks: run.marks.filter((mark) => mark !== own) })),
  }
}

const everyWord = (runs: readonly PastedRun[], mark: Mark) =>
  runs.every(({ text, marks }) => text.trim() === '' || marks.includes(mark))
