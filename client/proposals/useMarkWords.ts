import { useMemo } from 'react'
import { useText } from '../base/useText.ts'
import type { MarkWords } from '../clauses/suggest/markSource.ts'

/** What marks in the text say, in the language of the page. */
export function useMarkWords(): MarkWords {
  const t = useText()
  return useMemo(
    () => ({
      level: (from, to) =>
        t('suggest.mark.level', { from: t(`editor.level.${from}`), to: t(`editor.level.${to}`) }),
      deleted: t('suggest.mark.deleted'),
      inserted: t('suggest.mark.inserted'),
      moved: t('suggest.mark.moved'),
      movedFrom: t('suggest.mark.movedFrom'),
      movedHere: t('suggest.mark.movedHere'),
      reshaped: t('suggest.mark.reshaped'),
    }),
    [t],
  )
}
