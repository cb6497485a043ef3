import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { constantStore, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { Place } from '../clauses/placesOnPage.ts'
import styles from './CardColumn.module.css'
import { layoutCards } from './layoutCards.ts'

export type Card = {
  key: string
  clauseId: string
  tone: 'note' | 'act' | 'late'
  content: ReactNode
  onActivate?: () => void
}

const GAP = 12
const NOWHERE = constantStore<ReadonlyMap<string, Place>>(new Map())
const NO_WORDS = constantStore<ReadonlyMap<string, number>>(new Map())

/** Cards in the margin, each beside its clause, or beside the words that its thread is on. The column grows where they need more room than the text. */
export function CardColumn(props: {
  cards: readonly Card[]
  activeKey: string | null
  handle: EditorHandle | null
  /** The element that clause positions are measured from. */
  paper: RefObject<HTMLElement | null>
  /** What stays at the top of the margin while the cards pass under it. */
  head: RefObject<HTMLElement | null>
}) {
  const { cards, activeKey, handle, paper } = props
  const t = useText()
  const column = useRef<HTMLDivElement>(null)
  const places = useStore(handle?.clausePositions ?? NOWHERE)
  const words = useStore(handle?.threads.tops ?? NO_WORDS)
  const { heights, measure } = useHeights()
  const offset = useOffset(column, paper, places)
  const shelter = useShelter(column, props.head)
  const layout = useMemo(() => {
    const desired = (key: string, clauseId: string) => {
      const top = (words.get(key) ?? places.get(clauseId)?.top ?? 0) + offset
      return key === activeKey ? sheltered(top, heights.get(key) ?? 0, shelter) : top
    }
    return layoutCards(
      cards.map(({ key, clauseId }) => ({
        key,
        desired: desired(key, clauseId),
        height: heights.get(key) ?? 0,
      })),
      GAP,
      activeKey,
    )
  }, [cards, places, words, heights, offset, shelter, activeKey])
  return (
    <section
      ref={column}
      className={styles.column}
      aria-label={t('desk.cards')}
      style={{ height: layout.height }}
    >
      {cards.map((card) => (
        <Slot
          key={card.key}
          card={card}
          isActive={card.key === activeKey}
          top={layout.tops.get(card.key) ?? 0}
          measure={measure}
        />
      ))}
    </section>
  )
}

function Slot(props: { card: Card; isActive: boolean; top: number; measure: Measure }) {
  const { card, isActive, top, measure } = props
  const { key } = card
  const { isHeld, hold } = useHold()
  // One and the same for as long as the card is there: a new one would be measured anew, drawn anew, and so for ever.
  const measured = useCallback(
    (element: HTMLElement | null) => (element ? measure(key, element) : undefined),
    [key, measure],
  )
  return (
    <div ref={measured} className={styles.slot} style={{ top }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a convenience of the mouse; focus does the same */}
      <div
        className={styles.card}
        data-tone={card.tone}
        data-active={isActive}
        onPointerDown={hold}
        onClick={card.onActivate}
        onFocus={() => !isHeld.current && card.onActivate?.()}
      >
        {card.content}
      </div>
    </div>
  )
}

/**
 * An active card goes to the height of its words. Between the hand's going down and up it must not: whatever was pressed
 * would be somewhere else by then, and the press lost.
 */
function useHold() {
  const isHeld = useRef(false)
  const hold = useCallback(() => {
    const ended = new AbortController()
    isHeld.current = true
    const end = () => {
      isHeld.current = false
      ended.abort()
    }
    for (const event of ['pointerup', 'pointercancel'])
      window.addEventListener(event, end, { signal: ended.signal })
  }, [])
  return { isHeld, hold }
}

/** @returns ends it */
type Measure = (key: string, element: HTMLElement) => () => void

/** Heights as they are, also while somebody types into a card. */
function useHeights() {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map())
  const elements = useRef(new Map<Element, string>())
  const observer = useRef<ResizeObserver>(null)
  observer.current ??= new ResizeObserver((entries) => {
    const seen = new Map<string, number>()
    for (const { target } of entries) {
      const key = elements.current.get(target)
      if (key !== undefined) seen.set(key, (target as HTMLElement).offsetHeight)
    }
    setHeights((before) =>
      [...seen].every(([key, height]) => before.get(key) === height)
        ? before
        : new Map([...before, ...seen]),
    )
  })
  useEffect(() => () => observer.current?.disconnect(), [])
  const measure = useCallback<Measure>((key, element) => {
    elements.current.set(element, key)
    observer.current?.observe(element)
    return () => {
      elements.current.delete(element)
      observer.current?.unobserve(element)
    }
  }, [])
  return { heights, measure }
}

/** From the top of the page to the top of the column, px; both scroll together. */
function useOffset(
  column: RefObject<HTMLElement | null>,
  paper: RefObject<HTMLElement | null>,
  places: unknown,
): number {
  const [offset, setOffset] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: places move whenever the page does
  useLayoutEffect(() => {
    const look = () => {
      if (!column.current || !paper.current) return
      const from = paper.current.getBoundingClientRect().top
      setOffset(Math.round(from - column.current.getBoundingClientRect().top))
    }
    look()
    // What lies above the column, such as the list of signatures, comes later and grows.
    const above = new ResizeObserver(look)
    for (const sibling of column.current?.parentElement?.children ?? [])
      if (sibling !== column.current) above.observe(sibling)
    return () => above.disconnect()
  }, [column, paper, places])
  return offset
}

type Shelter = { visibleTop: number; visibleBottom: number; headHeight: number }

const OPEN: Shelter = { visibleTop: 0, visibleBottom: Number.POSITIVE_INFINITY, headHeight: 0 }

const isSameShelter = (one: Shelter, other: Shelter): boolean =>
  one.visibleTop === other.visibleTop &&
  one.visibleBottom === other.visibleBottom &&
  one.headHeight === other.headHeight

/** The active card stays in sight, below the head and above the edge, for as long as its clause is in sight. */
function sheltered(top: number, height: number, shelter: Shelter): number {
  const { visibleTop, visibleBottom, headHeight } = shelter
  const below = Math.min(Math.max(top, visibleTop), top + headHeight)
  const lowest = visibleBottom - height - GAP
  return top < visibleBottom && below > lowest ? Math.max(visibleTop, lowest) : below
}

/** Where the column comes out from under the head, px from its top; follows the scroll. */
function useShelter(
  column: RefObject<HTMLElement | null>,
  head: RefObject<HTMLElement | null>,
): Shelter {
  const [shelter, setShelter] = useState(OPEN)
  useEffect(() => {
    const element = column.current
    if (!element) return
    let frame = 0
    const look = () => {
      frame = 0
      const cover = head.current
      // Nothing has a place while its tab is not the one on screen.
      if (!cover || cover.offsetHeight === 0) return
      const { top: own } = element.getBoundingClientRect()
      const { bottom, height } = cover.getBoundingClientRect()
      const edge = element.closest('[data-scroller]')?.getBoundingClientRect().bottom ?? innerHeight
      const now = {
        visibleTop: Math.max(0, Math.round(bottom - own)),
        visibleBottom: Math.round(edge - own),
        headHeight: height,
      }
      setShelter((before) => (isSameShelter(before, now) ? before : now))
    }
    const onScroll = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    // Scroll events do not bubble, but can be caught on their way down.
    window.addEventListener('scroll', onScroll, { capture: true, passive: true })
    window.addEventListener('resize', onScroll)
    return () => {
      window.removeEventListener('resize', onScroll)
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', onScroll, { capture: true })
    }
  }, [column, head])
  return shelter
}
