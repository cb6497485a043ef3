import { type ComponentProps, type ReactNode, useId } from 'react'
import styles from './Field.module.css'

type Shared = { label: string; hint?: ReactNode }

export function TextField({ label, hint, ...input }: Shared & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input id={id} className={styles.input} {...described(id, hint)} {...input} />
      <Hint id={id} hint={hint} />
    </div>
  )
}

export function TextArea({ label, hint, ...area }: Shared & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea id={id} className={styles.input} {...described(id, hint)} {...area} />
      <Hint id={id} hint={hint} />
    </div>
  )
}

const described = (id: string, hint: ReactNode) =>
  hint ? { 'aria-describedby': `${id}-hint` } : {}

function Hint({ id, hint }: { id: string; hint: ReactNode }) {
  if (!hint) return null
  return (
    <span id={`${id}-hint`} className={styles.hint}>
      {hint}
    </span>
  )
}

/** A refusal, beside what was refused; read out at once. */
export function Problem({ children }: { children: ReactNode }) {
  return children ? (
    <p role="alert" className={styles.problem}>
      {children}
    </p>
  ) : null
}
