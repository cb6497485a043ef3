import { ChevronDown } from 'lucide-react'
import { DropdownMenu, Toolbar } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import styles from './EditorToolbar.module.css'

/** A menu that hangs on a button of the toolbar. */
export function ToolMenu(props: {
  /** What stands on the button. */
  face: ReactNode
  /** What the button is for, where its face says only what is chosen. */
  label?: { title: string; spoken: string; className: string | undefined }
  off?: boolean
  /** Once the menu has gone; without it nobody gets the focus. */
  onClosed?(button: HTMLButtonElement | null): void
  children: ReactNode
}) {
  const { face, label, off = false, onClosed, children } = props
  const button = useRef<HTMLButtonElement>(null)
  return (
    <DropdownMenu.Root modal={false}>
      <Toolbar.Button asChild disabled={off}>
        <DropdownMenu.Trigger
          ref={button}
          className={label ? `${styles.tool} ${label.className}` : styles.tool}
          aria-label={label?.spoken}
          title={label?.title}
          disabled={off}
        >
          {face}
          <ChevronDown size={14} aria-hidden />
        </DropdownMenu.Trigger>
      </Toolbar.Button>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align="start"
          sideOffset={6}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onClosed?.(button.current)
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
