import type { ComponentProps } from 'react'
import styles from './Button.module.css'

export type ButtonProps = ComponentProps<'button'> & {
  /** `seal` is red and earned: at most one on a screen, for what cannot be undone lightly. */
  look?: 'primary' | 'quiet' | 'seal' | 'ghost'
  size?: 'small' | 'normal' | 'large'
  wide?: boolean
  /** Only a picture inside: give it an `aria-label`. */
  icon?: boolean
}

export function Button({
  look = 'quiet',
  size = 'normal',
  wide = false,
  icon = false,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  const names = [
    styles.button,
    styles[look],
    size === 'normal' ? '' : styles[size],
    wide ? styles.wide : '',
    icon ? styles.icon : '',
    className ?? '',
  ]
  return <button type={type} className={names.filter(Boolean).join(' ')} {...rest} />
}
