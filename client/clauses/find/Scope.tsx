import { useId } from 'react'
import { useText } from '../../base/useText.ts'
import styles from './Elsewhere.module.css'

/** Whether this document is looked through, or all. */
export function Scope(props: { everywhere: boolean; onChange(everywhere: boolean): void }) {
  const t = useText()
  const name = useId()
  return (
    <fieldset className={styles.scope} aria-label={t('find.scope')}>
      {[false, true].map((everywhere) => (
        <label key={String(everywhere)}>
          <input
            type="radio"
            name={name}
            checked={props.everywhere === everywhere}
            onChange={() => props.onChange(everywhere)}
          />
          {t(everywhere ? 'find.scope.all' : 'find.scope.one')}
        </label>
      ))}
    </fieldset>
  )
}
