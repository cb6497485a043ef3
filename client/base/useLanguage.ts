import { type Language, language, setLanguage } from './dictionary.ts'
import { useStore } from './store.ts'

export const useLanguage = (): [Language, (language: Language) => void] => [
  useStore(language),
  setLanguage,
]
