import { ProductMark } from '../ui/ProductMark.tsx'
import styles from './DeskPage.module.css'

/** The same lines where they will be, so that nothing jumps when the bloc has come. */
export function DeskFrame() {
  return (
    <div className={styles.desk} aria-busy>
      <header className={styles.header}>
        <ProductMark />
      </header>
      <div className={styles.body} />
      <footer className={styles.footer} />
    </div>
  )
}
