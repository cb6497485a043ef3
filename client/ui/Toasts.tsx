import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { useText } from '../base/useText.ts'
import { announce } from './announce.ts'
import { Button } from './Button.tsx'
import styles from './Toasts.module.css'

/** What can be done about it, for as long as it is said. */
export type Offer = { label: string; act(): void }
type Said = { id: number; text: string; tone: 'done' | 'problem'; offer: Offer | undefined }
type Say = { done(text: string, offer?: Offer): void; problem(text: string, offer?: Offer): void }

const SayContext = createContext<Say>({ done() {}, problem() {} })

/** Short words about what has just happened; at the edge of the desk, never over the caret (UX-81). */
export const useSay = (): Say => useContext(SayContext)

const STAYS_MS = 6_000
/** Time to read it, to think, and to get there. */
const OFFER_STAYS_MS = 20_000

export function Toasts({ children }: { children: ReactNode }) {
  const t = useText()
  const [list, setList] = useState<readonly Said[]>([])
  const add = useCallback((text: string, tone: Said['tone'], offer?: Offer) => {
    announce(text)
    setList((before) => {
      const id = (before.at(-1)?.id ?? 0) + 1
      // Said again, as of an act that is repeated, it takes the place of itself.
      const others = before.filter((said) => said.text !== text)
      return [...others.slice(-2), { id, text, tone, offer }]
    })
  }, [])
  const say = useMemo<Say>(
    () => ({
      done: (text, offer) => add(text, 'done', offer),
      problem: (text, offer) => add(text, 'problem', offer),
    }),
    [add],
  )
  const viewport = useEscapePast(list.length > 0, () => setList([]))
  const drop = (id: number) => setList((before) => before.filter((said) => said.id !== id))
  return (
    <SayContext.Provider value={say}>
      <Toast.Provider label={t('common.notice')} duration={STAYS_MS} swipeDirection="left">
        {children}
        {list.map(({ id, text, tone, offer }) => (
          <Toast.Root
            key={id}
            type="background"
            duration={offer ? OFFER_STAYS_MS : STAYS_MS}
            className={`${styles.toast} ${tone === 'problem' ? styles.problem : ''}`}
            onOpenChange={(open) => !open && drop(id)}
          >
            {/* Said by the one live region; this library would say it once more. */}
            <Toast.Description className={styles.text} data-radix-toast-announce-exclude="">
              {text}
            </Toast.Description>
            {offer ? (
              <Toast.Action asChild altText={offer.label} className={styles.offer}>
                <Button size="small" onClick={offer.act}>
                  {offer.label}
                </Button>
              </Toast.Action>
            ) : null}
            <Toast.Close asChild className={styles.close}>
              <Button look="ghost" size="small" icon aria-label={t('common.close')}>
                <X size={16} aria-hidden />
              </Button>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport
          ref={viewport}
          className={styles.list}
          label={`${t('common.notice')} ({hotkey})`}
        />
      </Toast.Provider>
    </SayContext.Provider>
  )
}

/**
 * A notice that came last is, to this library, what lies on top, and would take the Escape that was meant for the dialog
 * or the menu one is in. Notices go first, and the key goes on to where it was pressed.
 */
function useEscapePast(isShown: boolean, clear: () => void) {
  const viewport = useRef<HTMLOListElement>(null)
  const latest = useRef(clear)
  latest.current = clear
  useEffect(() => {
    if (!isShown) return
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (key !== 'Escape' || viewport.current?.contains(target as Node)) return
      // At once: the layers listen on the document, which hears of the key after the window.
      flushSync(latest.current)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isShown])
  return viewport
}
