import { AppError, type ErrorCode } from '../../shared/base/errors.ts'

/** Whether an act is refused with this code. @throws whatever else it fails with */
export function isRefused(act: () => void, code: ErrorCode): boolean {
  try {
    act()
  } catch (cause) {
    if (cause instanceof AppError && cause.code === code) return true
    throw cause
  }
  return false
}
