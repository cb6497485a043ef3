import type { ClauseLevel, NumberingModel } from '../../shared/clauses/clause.ts'

/** The rungs that Tab and Shift+Tab climb, highest first. */
const LADDER: Record<NumberingModel, readonly ClauseLevel[]> = {
  articles: ['chapter', 'section', 'subsection', 'article', 'paragraph', 'point'],
  plan: ['section', 'paragraph', 'point'],
}

/** What the level menu offers, in the order of a document. */
export const OFFERED_LEVELS: Record<NumberingModel, readonly ClauseLevel[]> = {
  articles: [
    'text',
    'basis',
    'part',
    'chapter',
    'section',
    'subsection',
    'article',
    'paragraph',
    'point',
    'annex',
  ],
  plan: ['text', 'basis', 'part', 'section', 'paragraph', 'point', 'annex'],
}

/** One rung down; a clause without a number becomes a khoản. The lowest stays as it is. */
export function demoted(level: ClauseLevel, model: NumberingModel): ClauseLevel {
  if (level === 'text') return 'paragraph'
  if (level === 'basis' || level === 'annex') return 'text'
  if (level === 'part') return LADDER[model][0] ?? level
  return LADDER[model][LADDER[model].indexOf(level) + 1] ?? level
}

/** One rung up; a clause without a number becomes an Điều (in a plan a section). The highest stays as it is. */
export function promoted(level: ClauseLevel, model: NumberingModel): ClauseLevel {
  if (level === 'text') return model === 'plan' ? 'section' : 'article'
  return LADDER[model][LADDER[model].indexOf(level) - 1] ?? level
}

/** What Enter behind a clause starts: the same again, below a heading what is written under it. */
export function following(level: ClauseLevel, model: NumberingModel): ClauseLevel {
  switch (level) {
    case 'part':
      return model === 'plan' ? 'section' : 'chapter'
    case 'chapter':
    case 'subsection':
      return 'article'
    case 'section':
      return model === 'plan' ? 'paragraph' : 'article'
    case 'article':
      return 'paragraph'
    case 'annex':
      return 'text'
    default:
      return level
  }
}

/** What Enter makes of an empty clause: điểm, khoản, then plain text; null when it can only be repeated. */
export function lifted(level: ClauseLevel): ClauseLevel | null {
  if (level === 'text') return null
  return level === 'point' ? 'paragraph' : 'text'
}
