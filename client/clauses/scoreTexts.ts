import type { ScoreProblem } from '../../shared/clauses/tables/scoreProblem.ts'
import type { Translate } from '../base/useText.ts'

/** What is wrong in a cell, for who looks at it: `Các mục con cộng lại là 38, ở đây ghi 40.` */
export function scoreText({ kind, counted, written }: ScoreProblem, t: Translate): string {
  if (kind === 'missing' && counted !== '') return t('editor.score.missing.whole', { counted })
  return t(`editor.score.${kind}`, { counted, written })
}

/** The same for who looks at the table from outside: `I.1: …` */
export const placedScoreText = (problem: ScoreProblem, t: Translate): string =>
  problem.code === '' ? scoreText(problem, t) : `${problem.code}: ${scoreText(problem, t)}`
