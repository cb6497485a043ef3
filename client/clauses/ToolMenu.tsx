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
  /** What was chosen leads on elsewhere: the button has the focus again when this is called. */
  onClosed?(): void
  children: ReactNode
}) {
  const { face, label, off = false, onClosed, children } = props
  const button = useRef<HTMLButtonElement>(null)
  /** An entry was chosen that puts the focus into the text itself. */
  const chosen = useRef(false)
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
            // Else back to the button by itself, unless somebody has pressed elsewhere.
            if (onClosed || chosen.current) event.preventDefault()
            chosen.current = false
            if (!onClosed) return
            button.current?.focus()
            onClosed()
          }}
          onClick={({ target }) => {
            chosen.current =
              target instanceof Element && target.closest('[role^=menuitem]') !== null
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
