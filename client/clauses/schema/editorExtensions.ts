import type { AnyExtension } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Italic } from '@tiptap/extension-italic'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import { FindMarks } from '../find/findMarks.ts'
import { UndoSteps } from '../undo/undoSteps.ts'
import { Carets } from './carets.ts'
import { ClauseIds } from './clauseIds.ts'
import { ClauseKeys } from './clauseKeys.ts'
import { ClauseLabels } from './labels.ts'
import { CellParagraph, Clause, ClauseDocument } from './nodes.ts'
import { Pasting } from './pasting.ts'
import { SizeLimits } from './sizeLimits.ts'
import { ClauseTable, ClauseTableCell, ClauseTableHeader, ClauseTableRow } from './tables.ts'
import { TypedLabels } from './typedLabels.ts'
import { UndoCaret } from './undoCaret.ts'

/** Without the rules that turn `**…**` and `__…__` into marks: an official text may contain either. */
const literal = { addInputRules: () => [], addPasteRules: () => [] }

export const schemaExtensions: AnyExtension[] = [
  ClauseDocument,
  Clause,
  CellParagraph,
  ClauseTable,
  ClauseTableRow,
  ClauseTableCell,
  ClauseTableHeader,
  Text,
  Bold.extend(literal),
  Italic.extend(literal),
  Underline,
]

/** @param onTooLarge a change was too large and has not been made. @param doc loaded and checked already: binding an editor to what it does not know deletes it for everybody */
export const editorExtensions = (
  doc: Y.Doc,
  awareness: Awareness,
  model: NumberingModel,
  onTooLarge: () => void,
): AnyExtension[] => [
  ...schemaExtensions,
  Collaboration.configure({
    fragment: bodyOf(doc),
    // Undoing the creation of a clause must not take along what colleagues have written into it since.
    yUndoOptions: { protectedNodes: new Set(['clause', 'paragraph', 'table']) },
  }),
  UndoCaret,
  UndoSteps,
  Carets.configure({ awareness }),
  ClauseKeys.configure({ model }),
  TypedLabels.configure({ model }),
  ClauseIds,
  ClauseLabels.configure({ model }),
  Pasting.configure({ model }),
  SizeLimits.configure({ onTooLarge }),
  FindMarks,
]
