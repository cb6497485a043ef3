export type { Words } from '../../shared/base/dictionary.ts'
