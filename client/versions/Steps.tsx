import { ChevronDown, ChevronUp } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useText } from '../base/useText.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import styles from './HistoryScreen.module.css'

type StepsNow = {
  /** 0: none yet. */
  current: number
  go(by: 1 | -1): void
  scroller: RefObject<HTMLElement | null>
}

/** Steps from change to change, round and round; another text begins anew. */
export function useSteps(count: number, text: string): StepsNow {
  const t = useText()
  const scroller = useRef<HTMLElement>(null)
  const [at, setAt] = useState({ text, current: 0 })
  const current = at.text === text ? at.current : 0
  useEffect(() => {
    if (current === 0) return
    scroller.current
      ?.querySelector(`[data-change="${current}"]`)
      ?.scrollIntoView({ block: 'center' })
    announce(t('history.step', { at: current, count }))
  }, [current, count, t])
  const go = (by: 1 | -1) => {
    const next = current === 0 && by < 0 ? count : ((current - 1 + by + count) % count) + 1
    setAt({ text, current: next })
  }
  return { current, go, scroller }
}

export function Steps(props: { steps: StepsNow; count: number; ready: boolean }) {
  const { steps, count, ready } = props
  const t = useText()
  if (!ready) return null
  if (count === 0) return <span>{t('history.same')}</span>
  return (
    <span className={styles.steps}>
      <Button size="small" icon aria-label={t('history.before')} onClick={() => steps.go(-1)}>
        <ChevronUp size={16} aria-hidden />
      </Button>
      <output>{t('history.steps', { at: steps.current, count })}</output>
      <Button size="small" icon aria-label={t('history.next')} onClick={() => steps.go(1)}>
        <ChevronDown size={16} aria-hidden />
      </Button>
    </span>
  )
}
