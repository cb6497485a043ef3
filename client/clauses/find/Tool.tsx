import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import styles from './FindPanel.module.css'

/** A small button of the panel, with its label as its tip. */
export function Tool(props: {
  label: string
  pressed?: boolean
  off?: boolean
  onClick(): void
  children: ReactNode
}) {
  return (
    <Button
      look="ghost"
      size="small"
      icon
      className={styles.tool ?? ''}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.off}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  )
}
