import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'

export type DialogProps = {
  open: boolean
  onClose(): void
  title: string
  /** What this is about, in a sentence; read out when the dialog opens. */
  lead?: ReactNode
  /** `sheet` rises from the bottom (phones), `side` and `left` are panels. */
  shape?: 'box' | 'wide' | 'side' | 'left' | 'sheet'
  /** Escape and a click beside do nothing: the person has to choose. */
  mustChoose?: boolean
  children: ReactNode
}

export function Dialog(props: DialogProps) {
  const { open, onClose, title, lead, shape = 'box', mustChoose = false, children } = props
  const t = useText()
  const shapeClass = shape === 'box' ? '' : styles[shape]
  const returnFocus = useReturnFocus()
  const content = useRef<HTMLDivElement>(null)
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
          onOpenAutoFocus={returnFocus.remember}
          onCloseAutoFocus={returnFocus.restore}
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

/** Focus goes back to whatever had it, though nobody pressed a Radix trigger (UX-92). */
function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null)
  return {
    remember() {
      opener.current = document.activeElement as HTMLElement | null
    },
    restore(event: Event) {
      event.preventDefault()
      if (opener.current?.isConnected) opener.current.focus({ preventScroll: true })
    },
  }
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>
}
