import { LANGUAGES, type Language, sayWith, type TextValues } from '../../shared/base/dictionary.ts'
import { remember, remembered } from './device.ts'
import { type Store, settableStore } from './store.ts'

export { LANGUAGES, type Language, type TextValues }

/**
 * Of our own, forty lines: the sign-in page has 80 kB for everything, React takes 69 of them, and the well-kept
 * libraries 22. Keys are flat; a plural is kept as `key_other`, with `key_one` where the language has one.
 */
const words: Record<Language, Record<string, string>> = { vi: {}, en: {} }

/** Each part of the program brings its words with it. */
export function addWords(more: Readonly<Record<Language, Readonly<Record<string, string>>>>): void {
  for (const language of LANGUAGES) Object.assign(words[language], more[language])
}

/** @returns the words of `key` with `{{name}}` filled in; the key itself where there are none, which a test forbids */
export const translate = (language: Language, key: string, values: TextValues = {}): string =>
  sayWith(words, language, key, values)

const current = settableStore<Language>('vi')
/** Language of the interface; the document's own language does not change with it (UX-83). */
export const language: Store<Language> = current

export function setLanguage(next: Language): void {
  current.set(next)
  document.documentElement.lang = next
  remember('language', next)
}

/** Vietnamese unless this device has been told otherwise. */
export function restoreLanguage(): void {
  const known = remembered('language')
  setLanguage(LANGUAGES.find((language) => language === known) ?? 'vi')
}
