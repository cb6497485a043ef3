import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useText } from '../../base/useText.ts'
import styles from '../EditorToolbar.module.css'

const SHOWN = 6

/** Where what is about to go is referred to; nothing where it is not. Nobody is stopped by it. */
export function CitedPlaces({ places }: { places: readonly string[] }) {
  const t = useText()
  const client = useQueryClient()
  // What other documents say was asked some time ago; they may refer to it by now.
  useEffect(() => void client.invalidateQueries({ queryKey: ['citations'] }), [client])
  if (places.length === 0) return null
  const more = places.length - SHOWN
  return (
    <div className={styles.cited} role="status">
      <p>{t('reference.cited', { count: places.length })}</p>
      <ul lang="vi">
        {places.slice(0, SHOWN).map((place, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two documents may say the same
          <li key={index}>{place}</li>
        ))}
      </ul>
      {more > 0 && <p>{t('reference.citedMore', { count: more })}</p>}
    </div>
  )
}
