import type { ReactNode } from 'react'
import styles from './Calm.module.css'

/** A page with nothing on it but why: empty, unreachable, not for you. */
export function Calm({
  picture,
  title,
  children,
}: {
  picture?: ReactNode
  title: string
  children: ReactNode
}) {
  return (
    <main className={styles.calm}>
      <div className={styles.box}>
        {picture ? <div className={styles.picture}>{picture}</div> : null}
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
