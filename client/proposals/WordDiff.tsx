import { useMemo } from 'react'
import { type DiffPart, diffWords } from '../../shared/diff/diffWords.ts'
import styles from './WordDiff.module.css'

const CONTEXT = 40

/** Old and new words in one line; struck and underlined, so that no colour is needed to read it (UX-32). */
export function WordDiff({ from, to }: { from: string; to: string }) {
  const parts = useMemo(() => diffWords(from, to), [from, to])
  return (
    <p className={styles.diff}>{parts.map((part, index) => shown(part, index, parts.length))}</p>
  )
}

function shown({ kind, text }: DiffPart, index: number, count: number) {
  if (kind === 'same') return shorten(text, index > 0, index < count - 1)
  return kind === 'added' ? <ins key={index}>{text}</ins> : <del key={index}>{text}</del>
}

/** Only the neighbourhood of a change is of interest in a card. */
function shorten(text: string, changeBefore: boolean, changeAfter: boolean): string {
  const head = changeBefore ? text.slice(0, CONTEXT) : ''
  const tail = changeAfter ? text.slice(-CONTEXT) : ''
  return text.length <= head.length + tail.length ? text : `${head} … ${tail}`
}
