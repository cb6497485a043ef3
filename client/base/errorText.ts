import { ApiError, type FailureCode, isRefusal } from './apiError.ts'
import type { Translate } from './useText.ts'

/** Words for a refusal; anything that is no refusal is a bug of ours and says so. */
export function errorText(t: Translate, error: unknown): string {
  const seconds = isRefusal(error, 'server/too-many') ? error.details.retryAfterSeconds : null
  return typeof seconds === 'number' && Number.isFinite(seconds)
    ? t('error.wait', { count: Math.max(1, Math.ceil(seconds / 60)) })
    : t(`error.${codeOf(error)}` as const)
}

export const codeOf = (error: unknown): FailureCode =>
  error instanceof ApiError ? error.code : 'server/unexpected'
