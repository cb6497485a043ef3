import { isRefusal } from '../../base/apiError.ts'
import type { TakenBack } from './OwnSteps.ts'

/**
 * What becomes of a step whose undo failed. It is gone only where no second try can succeed; without an answer, signed
 * out, hurried or with the disk full, the server may still have it and the text be as the act left it.
 */
export const afterRefusal = (error: unknown): Extract<TakenBack, 'gone' | 'later'> =>
  isRefusal(error, 'act/gone', 'content/refused', 'document/not-found') ? 'gone' : 'later'
