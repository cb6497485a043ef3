import { useLanguage } from '../base/useLanguage.ts'
import { Button } from '../ui/Button.tsx'

const NAMES = { vi: 'Tiếng Việt', en: 'English' } as const

/** Named in the language it leads to, so that whoever is lost finds the way back. */
export function LanguageSwitch() {
  const [language, setLanguage] = useLanguage()
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <Button look="ghost" size="small" lang={other} onClick={() => setLanguage(other)}>
      {NAMES[other]}
    </Button>
  )
}
