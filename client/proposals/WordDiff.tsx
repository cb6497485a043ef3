import { type ReactNode, useMemo } from 'react'
import { textEdits } from '../../shared/clauses/textEdits.ts'
import styles from './WordDiff.module.css'

const CONTEXT = 40

/** Old and new words in one line; struck and underlined, so that no colour is needed to read it (UX-32). */
export function WordDiff({ from, to }: { from: string; to: string }) {
  const parts = useMemo(() => diffParts(from, to), [from, to])
  return <p className={styles.diff}>{parts}</p>
}

function diffParts(from: string, to: string): ReactNode[] {
  const parts: ReactNode[] = []
  let done = 0
  for (const { at, remove, insert } of textEdits(from, to)) {
    parts.push(shorten(from.slice(done, at), done > 0, true))
    if (remove > 0) parts.push(<del key={`d${at}`}>{from.slice(at, at + remove)}</del>)
    if (insert !== '') parts.push(<ins key={`i${at}`}>{insert}</ins>)
    done = at + remove
  }
  parts.push(shorten(from.slice(done), done > 0, false))
  return parts
}

/** Only the neighbourhood of a change is of interest in a card. */
function shorten(text: string, changeBefore: boolean, changeAfter: boolean): string {
  const head = changeBefore ? text.slice(0, CONTEXT) : ''
  const tail = changeAfter ? text.slice(-CONTEXT) : ''
  return text.length <= head.length + tail.length ? text : `${head} … ${tail}`
}
