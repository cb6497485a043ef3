import { Extension } from '@tiptap/core'
import { Fragment, type Node, type ResolvedPos, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey, Selection } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import type { EditorView } from '@tiptap/pm/view'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import type { ClauseReference } from '../../../shared/clauses/reference.ts'
import { type DecodedItems, decodeItems } from '../../../shared/pasting/decodeItems.ts'
import { levelItems } from '../../../shared/pasting/levelItems.ts'
import { readPlain } from '../../../shared/pasting/readPlain.ts'
import { composed } from '../../../shared/vietnamese/compose.ts'
import { type SettableStore, settableStore } from '../../base/store.ts'
import { asOneStep } from '../paste/asOneStep.ts'
import { closeWhole, insertOwn, isOwnHtml } from '../paste/ownSlice.ts'
import { pasteBlocks } from '../paste/pasteBlocks.ts'
import { readHtml } from '../paste/readHtml.ts'
import type { Legacy } from '../paste/swapLetters.ts'
import { ReferenceSerializer, takeReferences, wordsOf } from '../references/clipboard.ts'
import { sayIn } from '../references/referenceLabels.ts'

type LegacyNotice = SettableStore<Legacy | null>

declare module '@tiptap/core' {
  interface Storage {
    pasting: { legacy: LegacyNotice }
  }
}

/**
 * What comes in by paste or drop becomes clauses at their levels, in composed letters and with new ids (the ids plugin
 * makes them). Ctrl+Shift+V brings lines as they are. What our own editor has copied keeps its levels.
 */
type Options = { model: NumberingModel; documentId: DocumentId }

export const Pasting = Extension.create<Options, { legacy: LegacyNotice }>({
  name: 'pasting',
  // Before the tables' own way of pasting.
  priority: 500,
  addOptions: () => ({ model: 'articles' as NumberingModel, documentId: '' as DocumentId }),
  addStorage: () => ({ legacy: settableStore<Legacy | null>(null) }),
  addProseMirrorPlugins() {
    const { model, documentId } = this.options
    const { legacy } = this.storage
    const { editor } = this
    const say = (reference: ClauseReference) => sayIn(editor.state)(reference)
    /** Ids that copies have been given, and keep. */
    let fresh: ReadonlySet<string> = new Set()
    /** Read by the parsers below, which ProseMirror asks right before `handlePaste` or `handleDrop`. */
    let read: DecodedItems | null = null
    const place = (view: EditorView, slice: Slice): boolean => {
      const found = read
      read = null
      if (!found) return placeOwn(view, slice)
      const blocks = levelItems(found.items, model)
      legacy.set(null)
      if (blocks.length === 0) return true
      asOneStep(view, () => {
        const swaps = pasteBlocks(view, blocks)
        if (swaps && swaps.length > 0 && found.finding)
          legacy.set({ finding: found.finding, swaps })
      })
      return true
    }
    return [
      new Plugin({
        key: new PluginKey('pasting'),
        props: {
          transformCopied: closeWhole,
          clipboardSerializer: new ReferenceSerializer(editor.schema, documentId, say),
          clipboardTextSerializer: (slice) => wordsOf(slice, say),
          transformPastedHTML: (html) => {
            read = isOwnHtml(html) ? null : decodeItems(readHtml(html))
            if (read) return ''
            const taken = takeReferences(html.normalize('NFC'), documentId)
            fresh = taken.fresh
            return taken.html
          },
          clipboardTextParser: (text, $context, plain) => {
            read = plain ? null : decodeItems(readPlain(text))
            return read ? Slice.empty : plainLines(composed(text), $context)
          },
          transformPasted: (slice, view) => {
            const cell = inCell(view.state.selection.$from)
            const { openStart, openEnd } = slice
            const copied = fresh
            fresh = new Set()
            return new Slice(adapt(slice.content, cell, copied), openStart, openEnd)
          },
          handlePaste: (view, _event, slice) => place(view, slice),
          handleDrop: (view, event, slice) => {
            if (!read) return false
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (!at) return false
            const $at = view.state.doc.resolve(at.pos)
            view.dispatch(view.state.tr.setSelection(Selection.near($at)))
            return place(view, slice)
          },
        },
      }),
    ]
  },
})

/** Whole clauses that our own editor copied; all else it can put in by itself. */
function placeOwn(view: EditorView, slice: Slice): boolean {
  if (isInTable(view.state)) return false
  const { tr } = view.state
  if (!insertOwn(tr, slice)) return false
  asOneStep(view, () =>
    view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste')),
  )
  return true
}

const inCell = ($pos: ResolvedPos) => $pos.depth > 1

function plainLines(text: string, $context: ResolvedPos): Slice {
  const { clause, paragraph } = $context.doc.type.schema.nodes
  const type = inCell($context) ? paragraph : clause
  if (!type) return Slice.empty
  const attrs = inCell($context) ? null : { level: $context.parent.attrs.level ?? 'text' }
  const marks = $context.marks()
  const blocks = text
    .split(/(?:\r\n?|\n)+/)
    .map((line) => type.create(attrs, line === '' ? [] : type.schema.text(line, marks)))
  return new Slice(Fragment.from(blocks), 1, 1)
}

function adapt(content: Fragment, cell: boolean, fresh: ReadonlySet<string>): Fragment {
  const blocks: Node[] = []
  content.forEach((node) => {
    const { clause, paragraph } = node.type.schema.nodes
    const kind = node.type.name
    if (kind === 'clause' && cell && paragraph) blocks.push(paragraph.create(null, node.content))
    else if (kind === 'paragraph' && !cell && clause) blocks.push(clause.create(null, node.content))
    else if (kind === 'clause' || kind === 'table') {
      const id = fresh.has(node.attrs.id) ? node.attrs.id : null
      blocks.push(node.type.create({ ...node.attrs, id }, node.content))
    } else blocks.push(node)
  })
  return Fragment.from(blocks)
}
