import { mergeAttributes, Node } from '@tiptap/core'
import { isClauseLevel } from '../../../shared/clauses/clause.ts'

/** One flat list of blocks; see `shared/clauses/clause.ts` for why nothing is nested. */
export const ClauseDocument = Node.create({
  name: 'doc',
  topNode: true,
  content: '(clause | table)+',
})

export const Clause = Node.create({
  name: 'clause',
  group: 'block',
  content: 'text*',
  marks: 'bold italic underline reference',
  addAttributes() {
    return {
      // Never taken from pasted HTML: a second clause with the same id would share its comments and positions. A copy that
      // is referred to has been given its new one (`takeReferences`).
      id: {
        default: null,
        parseHTML: (element) => element.getAttribute('data-fresh'),
        renderHTML: ({ id }) => (id === null ? {} : { 'data-id': id }),
      },
      level: {
        default: 'text',
        parseHTML: (element) => {
          const level = element.getAttribute('data-level')
          return isClauseLevel(level) ? level : 'text'
        },
        renderHTML: ({ level }) => ({ 'data-level': level }),
      },
    }
  },
  parseHTML() {
    return ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'blockquote', 'pre'].map((tag) => ({
      tag,
    }))
  },
  renderHTML({ HTMLAttributes }) {
    return ['p', mergeAttributes({ class: 'clause' }, HTMLAttributes), 0]
  },
})

/** Lives in table cells only; it has no id, for a table is agreed to as a whole. */
export const CellParagraph = Node.create({
  name: 'paragraph',
  content: 'text*',
  marks: 'bold italic underline reference',
  parseHTML() {
    return ['tableCell/', 'tableHeader/'].map((context) => ({ tag: 'p', context, priority: 60 }))
  },
  renderHTML() {
    return ['p', { class: 'cell-paragraph' }, 0]
  },
})
