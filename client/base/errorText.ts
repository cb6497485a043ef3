import { ApiError, type FailureCode } from './apiError.ts'
import type { Translate } from './useText.ts'

/** Words for a refusal; anything that is no refusal is a bug of ours and says so. */
export const errorText = (t: Translate, error: unknown): string =>
  t(`error.${codeOf(error)}` as const)

export const codeOf = (error: unknown): FailureCode =>
  error instanceof ApiError ? error.code : 'server/unexpected'
