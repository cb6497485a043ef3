import type { AnyExtension } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Italic } from '@tiptap/extension-italic'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import type { DocumentConnection } from '../../sync/connectDocument.ts'
import { AgreedGuard } from '../agreed/agreedGuard.ts'
import { FindMarks } from '../find/findMarks.ts'
import { ReferenceLabels, type ReferenceWords } from '../references/referenceLabels.ts'
import { ReferenceMark } from '../references/referenceMark.ts'
import { ReferenceTrigger } from '../references/referenceTrigger.ts'
import { LettersOnly } from '../suggest/lettersOnly.ts'
import { SuggestionMarks } from '../suggest/suggestionMarks.ts'
import { ThreadMarks } from '../threads/threadMarks.ts'
import { UndoSteps } from '../undo/undoSteps.ts'
import { BracketMarks } from './bracketMarks.ts'
import { Carets } from './carets.ts'
import { ClauseIds } from './clauseIds.ts'
import { ClauseKeys } from './clauseKeys.ts'
import { ClauseLabels } from './labels.ts'
import { LevelKeys } from './levelKeys.ts'
import { CellParagraph, Clause, ClauseDocument } from './nodes.ts'
import { Pasting } from './pasting.ts'
import { ScoreMarks } from './scoreMarks.ts'
import { SizeLimits } from './sizeLimits.ts'
import { SmallChanges } from './smallChanges.ts'
import { SteadyCaret } from './steadyCaret.ts'
import { ClauseTable, ClauseTableCell, ClauseTableHeader, ClauseTableRow } from './tables.ts'
import { TypedLabels } from './typedLabels.ts'
import { UndoCaret } from './undoCaret.ts'
import { UnreadCaret } from './unreadCaret.ts'

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
  ReferenceMark,
]

export type EditorOptions = {
  model: NumberingModel
  words: ReferenceWords
  /** The text is a draft of proposals. */
  draft?: boolean
  /** A change was too large and has not been made. */
  onTooLarge(): void
}

/** @param connection its text loaded and checked already: binding an editor to what it does not know deletes it for everybody */
export const editorExtensions = (
  { doc, awareness, documentId }: Pick<DocumentConnection, 'doc' | 'awareness' | 'documentId'>,
  { model, words, draft = false, onTooLarge }: EditorOptions,
): AnyExtension[] => [
  ...schemaExtensions,
  Collaboration.configure({
    fragment: bodyOf(doc),
    // Undoing the creation of a clause must not take along what colleagues have written into it since.
    yUndoOptions: { protectedNodes: new Set(['clause', 'paragraph', 'table']) },
  }),
  SmallChanges,
  UndoCaret,
  SteadyCaret,
  UnreadCaret,
  UndoSteps,
  Carets.configure({ awareness }),
  ClauseKeys.configure({ model }),
  LevelKeys.configure({ model }),
  TypedLabels.configure({ model }),
  ClauseIds,
  ClauseLabels.configure({ model }),
  ReferenceTrigger,
  ReferenceLabels.configure({ model, words }),
  Pasting.configure({ model, documentId }),
  SizeLimits.configure({ onTooLarge }),
  ThreadMarks,
  FindMarks,
  ScoreMarks,
  BracketMarks,
  SuggestionMarks,
  ...(draft ? [LettersOnly] : [AgreedGuard]),
]
