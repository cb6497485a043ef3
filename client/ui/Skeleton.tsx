import styles from './Skeleton.module.css'

/** Lines of text that are on their way; as many and as wide as what comes, so nothing jumps. */
export function Skeleton({ widths }: { widths: readonly number[] }) {
  return (
    <div aria-hidden>
      {widths.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <div key={index} className={styles.line} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}
