import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useText } from '../base/useText.ts'
import { announce } from './announce.ts'
import { Button } from './Button.tsx'
import styles from './Toasts.module.css'

type Said = { id: number; text: string; tone: 'done' | 'problem' }
type Say = { done(text: string): void; problem(text: string): void }

const SayContext = createContext<Say>({ done() {}, problem() {} })

/** Short words about what has just happened; at the edge of the desk, never over the caret (UX-81). */
export const useSay = (): Say => useContext(SayContext)

const STAYS_MS = 6_000

export function Toasts({ children }: { children: ReactNode }) {
  const t = useText()
  const [list, setList] = useState<readonly Said[]>([])
  const add = useCallback((text: string, tone: Said['tone']) => {
    announce(text)
    setList((before) => [...before.slice(-2), { id: (before.at(-1)?.id ?? 0) + 1, text, tone }])
  }, [])
  const say = useMemo<Say>(
    () => ({ done: (text) => add(text, 'done'), problem: (text) => add(text, 'problem') }),
    [add],
  )
  const drop = (id: number) => setList((before) => before.filter((said) => said.id !== id))
  return (
    <SayContext.Provider value={say}>
      <Toast.Provider label={t('common.notice')} duration={STAYS_MS} swipeDirection="left">
        {children}
        {list.map(({ id, text, tone }) => (
          <Toast.Root
            key={id}
            type="background"
            className={`${styles.toast} ${tone === 'problem' ? styles.problem : ''}`}
            onOpenChange={(open) => !open && drop(id)}
          >
            {/* Said by the one live region; this library would say it once more. */}
            <Toast.Description className={styles.text} data-radix-toast-announce-exclude="">
              {text}
            </Toast.Description>
            <Toast.Close asChild>
              <Button look="ghost" size="small" icon aria-label={t('common.close')}>
                <X size={16} aria-hidden />
              </Button>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className={styles.list} label={`${t('common.notice')} ({hotkey})`} />
      </Toast.Provider>
    </SayContext.Provider>
  )
}
