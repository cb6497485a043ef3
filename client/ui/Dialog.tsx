import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'

export type DialogProps = {
  open: boolean
  onClose(): void
  title: string
  /** What this is about, in a sentence; read out when the dialog opens. */
  lead?: ReactNode
  /** `sheet` rises from the bottom (phones), `side` and `left` are panels, `full` takes the window. */
  shape?: 'box' | 'wide' | 'side' | 'left' | 'sheet' | 'full'
  /** Escape and a click beside do nothing: the person has to choose. */
  mustChoose?: boolean
  children: ReactNode
}

export function Dialog(props: DialogProps) {
  const { open, onClose, title, lead, shape = 'box', mustChoose = false, children } = props
  const t = useText()
  const shapeClass = shape === 'box' ? '' : styles[shape]
  const content = useRef<HTMLDivElement>(null)
  const focus = useDialogFocus(open, content)
  const stay = (event: Event) => {
    if (mustChoose || holdsDraft(content.current)) event.preventDefault()
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil} />
        <Radix.Content
          ref={content}
          className={`${styles.box} ${shapeClass}`}
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
          onOpenAutoFocus={focus.enter}
          onCloseAutoFocus={focus.leave}
          {...(lead ? {} : { 'aria-describedby': undefined })}
        >
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {mustChoose ? null : (
              <Button
                look="ghost"
                size="small"
                icon
                aria-label={t('common.close')}
                onClick={onClose}
              >
                <X size={18} aria-hidden />
              </Button>
            )}
          </div>
          {lead ? <Radix.Description className={styles.lead}>{lead}</Radix.Description> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Something half written lies in it: whatever asks before discarding marks itself with `data-draft`. */
const holdsDraft = (content: HTMLElement | null) =>
  [...(content?.querySelectorAll<HTMLTextAreaElement>('[data-draft] textarea') ?? [])].some(
    ({ value }) => value.trim() !== '',
  )

/**
 * Into the field marked `data-first-focus`, if one is; and back to whatever had it, though nobody pressed a Radix
 * trigger (UX-92). What opened it may be gone, as the entry of a menu: then to what is marked `data-home`.
 */
export function useDialogFocus(open: boolean, content: RefObject<HTMLElement | null>) {
  const opener = useRef<Element | null>(null)
  const wasOpen = useRef(false)
  // While it is drawn: a field with `autoFocus` has the focus before any effect runs.
  if (open && !wasOpen.current) opener.current = document.activeElement
  wasOpen.current = open
  return {
    enter(event: Event) {
      const first = content.current?.querySelector<HTMLElement>('[data-first-focus]')
      if (!first) return
      event.preventDefault()
      first.focus()
    },
    leave(event: Event) {
      event.preventDefault()
      // Whatever was pressed in the dialog may have led on to a place of its own.
      const now = document.activeElement
      if (now && now !== document.body && !content.current?.contains(now)) return
      const was = opener.current
      const back =
        was?.isConnected && was !== document.body ? was : (dialogBelow(content) ?? homeOnScreen())
      if (!(back instanceof HTMLElement)) return
      // An editor does it its own way, with the caret where it was.
      const asked = new Event('take-focus', { cancelable: true })
      if (back.dispatchEvent(asked)) back.focus({ preventScroll: true })
    },
  }
}

/** What a dialog was opened from may be gone, and another dialog still open under it. */
const dialogBelow = (content: RefObject<HTMLElement | null>) =>
  [...document.querySelectorAll<HTMLElement>('[role=dialog][data-state=open]')]
    .filter((dialog) => dialog !== content.current)
    .at(-1)

const homeOnScreen = () =>
  [...document.querySelectorAll<HTMLElement>('[data-home]')].find((home) => home.checkVisibility())

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>
}
