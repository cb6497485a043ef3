import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { remember, remembered } from '../../base/device.ts'
import { en } from './en.ts'
import { vi } from './vi.ts'

/** Vietnamese unless this device has been told otherwise. Both languages are here, so a switch needs no network. */
export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
    remember('language', language)
  })
  await i18next.use(initReactI18next).init({
    resources: { vi: { translation: vi }, en: { translation: en } },
    lng: remembered('language') === 'en' ? 'en' : 'vi',
    fallbackLng: 'vi',
    // Keys are flat, and error codes carry a slash.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  })
}
