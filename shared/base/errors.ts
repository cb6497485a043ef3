/** The one error table: HTTP status here, close code by {@link closeCode}, words in the dictionary under `error.<code>`. */
export const ERRORS = {
  'input/invalid': { status: 400 },
  'input/too-large': { status: 413 },
  'input/wrong-type': { status: 415 },
  'content/refused': { status: 422 },
  'auth/required': { status: 401 },
  'auth/bad-credentials': { status: 401 },
  'auth/step-up-required': { status: 403 },
  'auth/forbidden': { status: 403 },
  'bloc/not-found': { status: 404 },
  'document/not-found': { status: 404 },
  'clause/not-found': { status: 404 },
  'thread/not-found': { status: 404 },
  'proposal/not-found': { status: 404 },
  'bracket/not-found': { status: 404 },
  'swallowed/not-found': { status: 404 },
  'version/not-found': { status: 404 },
  'route/not-found': { status: 404 },
  'signing/not-found': { status: 404 },
  'document/wrong-phase': { status: 409 },
  'document/not-ready': { status: 409 },
  'document/stale-revision': { status: 409 },
  'document/already-signed': { status: 409 },
  'clause/stale-hash': { status: 409 },
  'act/gone': { status: 409 },
  'position/stale-hash': { status: 409 },
  'position/no-words': { status: 404 },
  'proposal/stale-base': { status: 409 },
  'proposal/decided': { status: 409 },
  'bracket/decided': { status: 409 },
  'thread/wrong-status': { status: 409 },
  'thread/words-deleted': { status: 409 },
  'signing/stale-base': { status: 409 },
  'signing/not-yet': { status: 409 },
  'signing/place-taken': { status: 409 },
  'signing/expired': { status: 409 },
  'signing/wrong-certificate': { status: 422 },
  'signing/bad-signature': { status: 422 },
  'sync/other-epoch': { status: 409 },
  'verify/not-a-pdf': { status: 422 },
  'document/locked': { status: 423 },
  'protocol/outdated': { status: 426 },
  'mail/no-address': { status: 409 },
  'mail/wrong-code': { status: 422 },
  'mail/address-refused': { status: 422 },
  'mail/not-sent': { status: 503 },
  'server/too-many': { status: 429 },
  'server/unexpected': { status: 500 },
  'server/busy': { status: 503 },
  'server/not-saving': { status: 503 },
} as const satisfies Record<string, { status: number }>

export type ErrorCode = keyof typeof ERRORS

/** WebSocket close code. The stock y-websocket client stops for good on 44xx and retries on 45xx. */
export const closeCode = (code: ErrorCode): number => 4000 + ERRORS[code].status

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code)

/** Carries a refusal to the edge, where it becomes a problem document or a close code. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  constructor(code: ErrorCode, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
  get status(): number {
    return ERRORS[this.code].status
  }
}
