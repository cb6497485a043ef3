import { closeCode, ERRORS, type ErrorCode } from '../../shared/base/errors.ts'

/** What each close code most likely says, for a close whose refusal frame got lost. */
const USUAL: readonly ErrorCode[] = [
  'auth/required',
  'auth/forbidden',
  'document/not-found',
  'sync/other-epoch',
  'content/refused',
]

export function codeOfClose(code: number): ErrorCode {
  const named = [...USUAL, ...(Object.keys(ERRORS) as ErrorCode[])]
  return named.find((name) => closeCode(name) === code) ?? 'server/unexpected'
}

/** The text can still be read, so a new copy of it is opened at once; the words refused are shown beside it. */
export const leavesReading = (code: string) =>
  ['document/locked', 'auth/forbidden', 'content/refused', 'input/too-large'].includes(code)

/** Nothing can be written after these until the server says otherwise. */
export const forbidsWriting = (code: string) => ['document/locked', 'auth/forbidden'].includes(code)
