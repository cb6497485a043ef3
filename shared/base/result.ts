import type { ErrorCode } from './errors.ts'

/** What a rule answers: the new value, or the code of the refusal with what the person should know. */
export type Result<T> = { ok: true; value: T } | Refusal
export type Refusal = { ok: false; code: ErrorCode; details: Record<string, unknown> }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const refuse = (code: ErrorCode, details: Record<string, unknown> = {}): Refusal => ({
  ok: false,
  code,
  details,
})

/** Ends an exhaustive switch: the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
