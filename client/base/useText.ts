import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * All words of the interface by key. The dictionary (`client/app/i18n`) adds its keys by module augmentation: a
 * feature only needs this file, so that features and dictionary form no import cycle.
 */
export interface Dictionary {
  'app.name': string
}

/** A plural is kept as `key_other` (and `key_one` in English) and asked for as `key` with `{count}`. */
type Singular<Key> = Key extends `${infer Base}_other` ? Base : Key
export type TextKey = Singular<keyof Dictionary> & string
export type TextValues = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: TextValues) => string

export function useText(): Translate {
  const { t } = useTranslation()
  return useCallback((key, values) => t(key, values ?? {}), [t])
}
