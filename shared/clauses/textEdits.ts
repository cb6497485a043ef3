/** Replace `remove` UTF-16 units at `at` by `insert`. */
export type TextEdit = { at: number; remove: number; insert: string }

/** Above this many pairs of words the changed middle is replaced in one piece. */
const MAX_PAIRS = 1_000_000

/**
 * Edits that turn one text into another and leave every common word alone, so that carets, comments and marks in
 * it stay where they are. In order; positions are those of the old text, so apply them from the last to the first.
 */
export function textEdits(from: string, to: string): TextEdit[] {
  const before = words(from)
  const after = words(to)
  let start = 0
  while (start < before.length && before[start] === after[start] && start < after.length) start += 1
  let tail = 0
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1
  const old = before.slice(start, before.length - tail)
  const fresh = after.slice(start, after.length - tail)
  const at = before.slice(0, start).join('').length
  if (old.length === 0 && fresh.length === 0) return []
  if (old.length * fresh.length > MAX_PAIRS)
    return [{ at, remove: old.join('').length, insert: fresh.join('') }]
  return wordEdits(old, fresh, at)
}

/** Words, spaces between them and single other signs; their concatenation is the text. */
const words = (text: string): string[] =>
  text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? []

/** Longest common subsequence; the lists are short, so the plain table does. */
function wordEdits(old: readonly string[], fresh: readonly string[], offset: number): TextEdit[] {
  const width = fresh.length + 1
  const common = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))

  const edits: TextEdit[] = []
  let open: TextEdit | null = null
  let position = offset
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    const word = old[i]
    const other = fresh[j]
    if (word !== undefined && word === other) {
      open = null
      position += word.length
      i += 1
      j += 1
      continue
    }
    if (!open) {
      open = { at: position, remove: 0, insert: '' }
      edits.push(open)
    }
    if (word !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      open.remove += word.length
      position += word.length
      i += 1
    } else {
      open.insert += other ?? ''
      j += 1
    }
  }
  return edits
}
