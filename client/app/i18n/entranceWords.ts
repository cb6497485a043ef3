import * as accounts from '../../accounts/strings.ts'
import { addWords } from '../../base/dictionary.ts'
import * as base from '../../base/strings.ts'

/** What may have to be said before the program is there. */
addWords({ vi: { ...base.vi, ...accounts.vi }, en: { ...base.en, ...accounts.en } })
