import { type NotReplaced, REPLACE_LIMIT } from '../../../shared/vietnamese/replaceMatches.ts'
import { ApiError } from '../../base/apiError.ts'
import { errorText } from '../../base/errorText.ts'
import type { Translate } from '../../base/useText.ts'

/** Why nothing was replaced, in words. */
export const notReplaced = (t: Translate, why: NotReplaced): string =>
  why === 'tooMany' ? t('find.tooMany', { limit: REPLACE_LIMIT }) : t('find.tooLarge')

/** The same, as the server says it. */
export function refusedReplacement(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError) || error.code !== 'input/too-large') return errorText(t, error)
  return notReplaced(t, error.details.of === 'matches' ? 'tooMany' : 'tooLarge')
}
