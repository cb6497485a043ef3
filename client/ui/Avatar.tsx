import type { CSSProperties } from 'react'
import styles from './Avatar.module.css'

/** Initials in a ring of the agency's colour. The name always stands beside it. */
export function Avatar({ text, color }: { text: string; color: string }) {
  const ring = `light-dark(${color}, color-mix(in srgb, ${color} 55%, white))`
  return (
    <span className={styles.avatar} style={{ '--ring': ring } as CSSProperties} aria-hidden>
      {text.replace(/[^\p{L}]/gu, '').slice(0, 2)}
    </span>
  )
}
