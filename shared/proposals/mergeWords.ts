import { type TextEdit, textEdits } from '../diff/textEdits.ts'

/** A piece of the merged text, or a place where the two say different things. */
export type MergePart =
  | { kind: 'text'; text: string }
  | { kind: 'conflict'; base: string; mine: string; theirs: string }

export type Merge = { parts: readonly MergePart[]; clean: boolean }

/**
 * What two people made of one text, word by word. Changes that touch each other are a conflict, unless they are the
 * same: nobody's words are put beside another's that their author has not seen there.
 */
export function mergeWords(base: string, mine: string, theirs: string): Merge {
  if (mine === theirs) return whole(mine)
  const [own, others] = [textEdits(base, mine), textEdits(base, theirs)]
  const parts: MergePart[] = []
  let done = 0
  for (let i = 0, j = 0; i < own.length || j < others.length; ) {
    const start = Math.min(...[own[i], others[j]].flatMap((edit) => edit?.at ?? []))
    let end = start
    const [fromI, fromJ] = [i, j]
    const belongs = (edit: TextEdit | undefined): edit is TextEdit => {
      if (!edit || edit.at > end) return false
      end = Math.max(end, edit.at + edit.remove)
      return true
    }
    for (let before = -1; before !== i + j; ) {
      before = i + j
      if (belongs(own[i])) i += 1
      if (belongs(others[j])) j += 1
    }
    const [byMe, byThem] = [own.slice(fromI, i), others.slice(fromJ, j)]
    const was = base.slice(start, end)
    const [said, heard] = [edited(was, start, byMe), edited(was, start, byThem)]
    push(parts, base.slice(done, start))
    if (byThem.length === 0 || said === heard) push(parts, said)
    else if (byMe.length === 0) push(parts, heard)
    else parts.push({ kind: 'conflict', base: was, mine: said, theirs: heard })
    done = end
  }
  push(parts, base.slice(done))
  return { parts, clean: parts.every(({ kind }) => kind === 'text') }
}

const whole = (text: string): Merge => ({ parts: [{ kind: 'text', text }], clean: true })

/** @param at where `text` begins in what the edits are about */
function edited(text: string, at: number, edits: readonly TextEdit[]): string {
  let result = ''
  let read = 0
  for (const { at: place, remove, insert } of edits) {
    result += text.slice(read, place - at) + insert
    read = place - at + remove
  }
  return result + text.slice(read)
}

function push(parts: MergePart[], text: string): void {
  const last = parts.at(-1)
  if (text === '') return
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text }
  else parts.push({ kind: 'text', text })
}

/** {@link mergeWords} of tables, cell by cell; null where the three do not have the same cells. */
export function mergeCells(base: string, mine: string, theirs: string): Merge | null {
  const cells = [base, mine, theirs].map((text) => text.split(/([\t\n])/))
  const [was = [], own = [], others = []] = cells
  const isAlike = was.every((piece, i) => i % 2 === 0 || (own[i] === piece && others[i] === piece))
  if (!isAlike || own.length !== was.length || others.length !== was.length) return null
  const parts: MergePart[] = []
  was.forEach((piece, i) => {
    const here = i % 2 === 1 ? whole(piece) : mergeWords(piece, own[i] ?? '', others[i] ?? '')
    for (const part of here.parts)
      if (part.kind === 'text') push(parts, part.text)
      else parts.push(part)
  })
  return { parts, clean: parts.every(({ kind }) => kind === 'text') }
}

/** The merged text of a clean merge; null where there is a conflict. */
export const mergedText = ({ parts, clean }: Merge): string | null =>
  clean ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : null

/** What a proposal and the clause as it stands come to. @param isTable its text is cells and rows */
export const mergeProposal = (
  base: string,
  proposed: string,
  current: string,
  isTable: boolean,
): Merge | null =>
  isTable ? mergeCells(base, proposed, current) : mergeWords(base, proposed, current)
