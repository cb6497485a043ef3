import { useCallback } from 'react'
import { language, type TextValues, translate } from './dictionary.ts'
import { useStore } from './store.ts'

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
export type Translate = (key: TextKey, values?: TextValues) => string

export function useText(): Translate {
  const spoken = useStore(language)
  return useCallback((key, values) => translate(spoken, key, values), [spoken])
}
