import type { ClauseView } from '../../shared/clauses/api.ts'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { structureProblems } from '../../shared/clauses/structureProblems.ts'
import type { Translate } from '../base/useText.ts'
import { placedScoreText } from './scoreTexts.ts'

/** What is odd about the structure or wrong in a score table, in words, by clause id. */
export function problemTexts(
  clauses: readonly ClauseView[],
  model: NumberingModel,
  t: Translate,
): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, readonly string[]>()
  for (const [id, problems] of structureProblems(clauses, model))
    texts.set(
      id,
      problems.map((problem) => t(`editor.odd.${problem}`)),
    )
  for (const { id, scores = [] } of clauses)
    if (scores.length > 0)
      texts.set(id, [...(texts.get(id) ?? []), ...scores.map((score) => placedScoreText(score, t))])
  return texts
}
