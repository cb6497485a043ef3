import { addWords } from '../../base/dictionary.ts'
import { en } from './en.ts'
import { vi } from './vi.ts'

/** Both languages, so that a switch needs no network. */
addWords({ vi, en })
