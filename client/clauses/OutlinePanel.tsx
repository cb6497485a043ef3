import { ChevronRight, MessageSquare, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { useText } from '../base/useText.ts'
import { OutlineMoves } from './OutlineMoves.tsx'
import styles from './OutlinePanel.module.css'
import { itemOf, type OutlineItem, outlineTree, visibleItems } from './outlineTree.ts'

/** Headings, Điều and khoản with live numbers (UX-03). One tree in the sense of ARIA: arrows move, Enter goes there. */
export function OutlinePanel(props: {
  clauses: readonly ClauseView[]
  /** Marks of the agencies on a clause. */
  marks(clauseId: string): ReactNode
  /** Open comments on a clause. */
  counts(clauseId: string): number
  /** Names of those who are writing in a clause. */
  presence(clauseId: string): readonly string[]
  /** What is odd about a clause, in words. */
  problems(clauseId: string): readonly string[]
  current: string | null
  onSelect(clauseId: string): void
  /** Null where nothing can be moved. */
  onMove: ((clauseId: string, way: 'up' | 'down') => void) | null
}) {
  const { clauses, current, onSelect, onMove } = props
  const t = useText()
  const tree = useMemo(() => outlineTree(clauses), [clauses])
  const path = useMemo(() => itemOf(tree, current), [tree, current])
  /** What the reader opened or closed himself; all else follows the caret. */
  const [own, setOwn] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [focused, setFocused] = useState<string | null>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)

  const isOpen = (item: OutlineItem) =>
    item.children.length > 0 && (own.get(item.id) ?? (holdsHeadings(item) || path.includes(item)))
  const items = visibleItems(tree, isOpen)
  const shown = path.findLast((item) => items.includes(item))
  const stop = items.find(({ id }) => id === focused) ?? shown ?? items[0]
  const toggle = (item: OutlineItem, open: boolean) =>
    setOwn((map) => new Map(map).set(item.id, open))
  const focus = (item: OutlineItem | undefined) => {
    if (!item) return
    setFocused(item.id)
    list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(item.id)}"]`)?.focus()
  }

  useEffect(() => {
    const panel = list.current
    if (!shown || panel?.contains(document.activeElement)) return
    panel
      ?.querySelector(`[data-item="${CSS.escape(shown.id)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [shown])

  const onKeyDown = (event: KeyboardEvent) => {
    const index = items.findIndex(({ id }) => id === stop?.id)
    const item = items[index]
    if (!item) return
    if (event.altKey && event.shiftKey && onMove && item.label !== '') {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      event.preventDefault()
      onMove(item.id, event.key === 'ArrowUp' ? 'up' : 'down')
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return
    switch (event.key) {
      case 'ArrowDown':
        focus(items[index + 1])
        break
      case 'ArrowUp':
        focus(items[index - 1])
        break
      case 'Home':
        focus(items[0])
        break
      case 'End':
        focus(items.at(-1))
        break
      case 'ArrowRight':
        if (isOpen(item)) focus(items[index + 1])
        else toggle(item, true)
        break
      case 'ArrowLeft':
        if (isOpen(item)) toggle(item, false)
        else focus(items.slice(0, index).findLast(({ depth }) => depth < item.depth))
        break
      case 'Enter':
      case ' ':
        onSelect(item.id)
        break
      default:
        return
    }
    event.preventDefault()
  }

  if (items.length === 0) return <p className={styles.none}>{t('editor.outline.none')}</p>
  return (
    <div
      ref={list}
      role="tree"
      aria-label={t('editor.outline')}
      className={styles.tree}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => {
        const sum = item.clauseIds.reduce((total, id) => total + props.counts(id), 0)
        const names = [...new Set(item.clauseIds.flatMap((id) => props.presence(id)))]
        const closed = item.children.length > 0 && !isOpen(item)
        const odd = item.clauseIds.flatMap((id) => props.problems(id))
        const movable = onMove && item.label !== '' && (item === stop || item.id === hovered)
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself listens to the keys of all its items
          <div
            key={item.id}
            role="treeitem"
            data-item={item.id}
            aria-level={item.depth}
            aria-expanded={item.children.length > 0 ? !closed : undefined}
            aria-selected={item === shown}
            tabIndex={item === stop ? 0 : -1}
            className={styles.item}
            style={{ paddingLeft: `calc(var(--s-1) + ${(item.depth - 1) * 14}px)` }}
            onFocus={() => setFocused(item.id)}
            onPointerEnter={() => setHovered(item.id)}
            onPointerLeave={() => setHovered(null)}
            onClick={() => {
              setFocused(item.id)
              onSelect(item.id)
            }}
          >
            <Toggle item={item} closed={closed} onToggle={toggle} />
            <span className={styles.text}>
              {item.label !== '' && <b>{item.label} </b>}
              {item.label === '' ? (
                <b>{t('editor.outline.bases')}</b>
              ) : (
                item.text || t('editor.outline.empty')
              )}
            </span>
            <span className={styles.marks}>{props.marks(item.id)}</span>
            {movable && <OutlineMoves clauses={clauses} id={item.id} onMove={onMove} />}
            {(names.length > 0 || sum > 0 || odd.length > 0) && (
              <span className={styles.note}>
                {odd.length > 0 && (
                  <span className={styles.odd}>
                    <TriangleAlert size={12} aria-hidden />
                    {odd[0]}
                    {odd.length > 1 && ` (+${odd.length - 1})`}
                  </span>
                )}
                {names.length > 0 && (
                  <span>{t('editor.outline.here', { names: names.join(', ') })}</span>
                )}
                {sum > 0 && (
                  <span className={styles.count}>
                    <MessageSquare size={12} aria-hidden />
                    {t('editor.outline.comments', { count: sum })}
                  </span>
                )}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}

const holdsHeadings = ({ children }: OutlineItem) =>
  children.some(({ label }) => !/^\d+\.$/.test(label))

function Toggle(props: {
  item: OutlineItem
  closed: boolean
  onToggle(item: OutlineItem, open: boolean): void
}) {
  const { item, closed, onToggle } = props
  if (item.children.length === 0) return <span className={styles.toggle} />
  return (
    // Arrow keys on the item do the same; one stop per item is enough for Tab.
    <span
      className={`${styles.toggle} ${closed ? '' : styles.open}`}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation()
        onToggle(item, closed)
      }}
    >
      <ChevronRight size={14} />
    </span>
  )
}
