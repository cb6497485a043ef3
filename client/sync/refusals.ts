import { closeCode, ERRORS, type ErrorCode, isErrorCode } from '../../shared/base/errors.ts'
import type { RefusalFrame } from '../../shared/sync/protocol.ts'

/** What each close code most likely says, for a close whose refusal frame got lost. */
const USUAL: readonly ErrorCode[] = [
  'auth/required',
  'auth/forbidden',
  'document/not-found',
  'sync/other-epoch',
  'content/refused',
]

export function refusalOf(code: number): RefusalFrame {
  const named = [...USUAL, ...(Object.keys(ERRORS) as ErrorCode[])]
  const found = named.find((name) => closeCode(name) === code) ?? 'server/unexpected'
  return { code: found, frame: 0, details: {} }
}

/** Whether this refusal is why the server closed so: an older one may still stand beside it. */
export const closesWith = ({ code }: RefusalFrame, close: number) =>
  isErrorCode(code) && closeCode(code) === close

/** The text can still be read, so a new copy of it is opened at once; the words refused are shown beside it. */
export const leavesReading = (code: string) =>
  ['document/locked', 'auth/forbidden', 'content/refused', 'input/too-large'].includes(code)

/** Nothing can be written after these until the server says otherwise. */
export const forbidsWriting = (code: string) => ['document/locked', 'auth/forbidden'].includes(code)
