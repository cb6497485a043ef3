import { vi as accounts } from '../../accounts/strings.ts'
import { vi as agreements } from '../../agreements/strings.ts'
import { vi as base } from '../../base/strings.ts'
import { vi as brackets } from '../../brackets/strings.ts'
import { vi as find } from '../../clauses/find/strings.ts'
import { vi as references } from '../../clauses/references/strings.ts'
import { vi as clauses } from '../../clauses/strings.ts'
import { vi as comments } from '../../comments/strings.ts'
import { vi as chair } from '../../documents/chair/strings.ts'
import { vi as documents } from '../../documents/strings.ts'
import { vi as inbox } from '../../inbox/strings.ts'
import { vi as locking } from '../../locking/strings.ts'
import { vi as decisions } from '../../proposals/decisions/strings.ts'
import { vi as proposals } from '../../proposals/strings.ts'
import { vi as signing } from '../../signing/strings.ts'
import { vi as sync } from '../../sync/strings.ts'
import { vi as versions } from '../../versions/strings.ts'

/** Every Vietnamese word of the interface; each feature keeps its own beside its components. */
export const vi = {
  ...base,
  ...accounts,
  ...documents,
  ...chair,
  ...clauses,
  ...find,
  ...references,
  ...sync,
  ...agreements,
  ...brackets,
  ...comments,
  ...inbox,
  ...proposals,
  ...decisions,
  ...locking,
  ...signing,
  ...versions,
} as const

type Vietnamese = Record<keyof typeof vi, string>

declare module '../../base/useText.ts' {
  interface Dictionary extends Vietnamese {}
}
