import type { ErrorCode } from '../../shared/base/errors.ts'

/** What the server can refuse, and what can go wrong on the way to it. */
export type FailureCode = ErrorCode | 'network' | 'unreadable'

export class ApiError extends Error {
  readonly code: FailureCode
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly details: Record<string, unknown>
  constructor(
    code: FailureCode,
    status: number,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(code, options)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.details = details
  }
}

export const isRefusal = (error: unknown, ...codes: FailureCode[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code)
