import { useEffect, useMemo, useRef } from 'react'
import { keptRows, type Marks } from './marks.ts'

const NONE: ReadonlyMap<string, Marks> = new Map()

/** {@link keptRows}, held against what was shown last. */
export function useKeptRows(rows: ReadonlyMap<string, Marks>): ReadonlyMap<string, Marks> {
  const shown = useRef(NONE)
  const kept = useMemo(() => keptRows(shown.current, rows), [rows])
  useEffect(() => {
    shown.current = kept
  }, [kept])
  return kept
}
