import { en as accounts } from '../../accounts/strings.ts'
import { en as agreements } from '../../agreements/strings.ts'
import { en as base } from '../../base/strings.ts'
import type { Words } from '../../base/words.ts'
import { en as brackets } from '../../brackets/strings.ts'
import { en as find } from '../../clauses/find/strings.ts'
import { en as references } from '../../clauses/references/strings.ts'
import { en as clauses } from '../../clauses/strings.ts'
import { en as comments } from '../../comments/strings.ts'
import { en as chair } from '../../documents/chair/strings.ts'
import { en as documents } from '../../documents/strings.ts'
import { en as inbox } from '../../inbox/strings.ts'
import { en as locking } from '../../locking/strings.ts'
import { en as decisions } from '../../proposals/decisions/strings.ts'
import { en as proposals } from '../../proposals/strings.ts'
import { en as signing } from '../../signing/strings.ts'
import { en as sync } from '../../sync/strings.ts'
import { en as versions } from '../../versions/strings.ts'
import type { vi } from './vi.ts'

/** Every English word of the interface; the type holds it to the keys of the Vietnamese. */
export const en = {
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
} satisfies Words<typeof vi>
