import { useCallback } from 'react'
import type { Singular } from '../../shared/base/dictionary.ts'
import { language, type TextValues, translate } from './dictionary.ts'
import { useStore } from './store.ts'

/**
 * All words of the interface by key. The dictionary (`client/app/i18n`) adds its keys by module augmentation: a
 * feature only needs this file, so that features and dictionary form no import cycle.
 */
export interface Dictionary {
  'app.name': string
}

export type TextKey = Singular<keyof Dictionary> & string
export type Translate = (key: TextKey, values?: TextValues) => string

export function useText(): Translate {
  const spoken = useStore(language)
  return useCallback((key, values) => translate(spoken, key, values), [spoken])
}
