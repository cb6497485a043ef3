import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import { QUOTE_LIMIT } from '../../../shared/comments/anchor.ts'
import { boxAt } from '../boxAt.ts'
import { docOf } from '../find/editShared.ts'
import { blocksById } from '../placesOnPage.ts'
import { selectedWords } from '../references/selectedWords.ts'
import { type SharedPlace, sharedPlace } from './sharedPlace.ts'

/**
 * The selected words as a thread can be on them: those of the first clause or cell, without the spaces around them.
 * @param room the shared text, where the page may be a draft of it
 * @returns null where nothing is selected, or nothing that the others have
 */
export function selectedPlace(editor: Editor, room: Y.Doc): SharedPlace | null {
  const { selection } = editor.state
  if (!(selection instanceof TextSelection) || selection.empty) return null
  const { $from, $to } = selection
  const text = $from.parent.textContent
  const isWithin = $from.sameParent($to)
  const end = isWithin ? $to.parentOffset : text.length
  const selected = text.slice($from.parentOffset, end)
  const from = $from.parentOffset + (selected.length - selected.trimStart().length)
  const to = Math.min(from + selected.trim().length, from + QUOTE_LIMIT)
  const block = blocksById(editor)[$from.index(0)]
  if (!block || from >= to) return null
  // References say what is not in the letters.
  const seen = isWithin ? selectedWords().trim().slice(0, QUOTE_LIMIT) : ''
  const box = boxAt(editor, $from.index(0), $from.start())
  return sharedPlace(room, docOf(editor.view), { clauseId: block.id, box, from, to, seen })
}
