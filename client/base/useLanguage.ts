import { useTranslation } from 'react-i18next'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Language of the interface; the document's own language does not change with it (UX-83). */
export function useLanguage(): [Language, (language: Language) => void] {
  const { i18n } = useTranslation()
  const language = i18n.resolvedLanguage === 'en' ? 'en' : 'vi'
  return [language, (next) => void i18n.changeLanguage(next)]
}
