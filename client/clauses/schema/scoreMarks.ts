import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { cellAround } from '@tiptap/pm/tables'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { isWrongSum, type ScoreProblem } from '../../../shared/clauses/tables/scoreProblem.ts'
import { scoreProblems } from '../../../shared/clauses/tables/scoreTable.ts'
import { type SettableStore, settableStore } from '../../base/store.ts'
import type { Translate } from '../../base/useText.ts'
import { scoreText } from '../scoreTexts.ts'
import { cellPositions, tableOfNode } from './tableOfNode.ts'

type Words = SettableStore<Translate | null>

declare module '@tiptap/core' {
  interface Storage {
    scoreMarks: { words: Words }
  }
}

const key = new PluginKey<DecorationSet>('scoreMarks')

/**
 * Marks the cells of score tables whose numbers are wrong or odd, as one types, for whoever looks: the text itself is
 * left alone. `words` says it in the language of the page; null marks nothing.
 */
export const ScoreMarks = Extension.create<object, { words: Words }>({
  name: 'scoreMarks',
  addStorage: () => ({ words: settableStore<Translate | null>(null) }),
  addProseMirrorPlugins() {
    const { words } = this.storage
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => marksIn(doc, words.getSnapshot()),
          apply: (tr, shown) =>
            tr.docChanged || tr.getMeta(key) ? marksIn(tr.doc, words.getSnapshot()) : shown,
        },
        props: { decorations: withOwnCell },
        view: (view) => ({
          destroy: words.subscribe(() => view.dispatch(view.state.tr.setMeta(key, true))),
        }),
      }),
    ]
  },
})

/** A table that nobody has touched is the same node, whatever was written around it. */
const known = new WeakMap<Node, readonly ScoreProblem[]>()

function problemsOf(table: Node): readonly ScoreProblem[] {
  const before = known.get(table)
  if (before) return before
  const found = scoreProblems(tableOfNode(table))
  known.set(table, found)
  return found
}

function marksIn(doc: Node, t: Translate | null): DecorationSet {
  const marks: Decoration[] = []
  doc.forEach((table, pos) => {
    if (!t || table.type.name !== 'table') return
    const problems = problemsOf(table)
    if (problems.length === 0) return
    const positions = cellPositions(table, pos)
    for (const inCell of byCell(problems)) {
      const [{ row, cell }] = inCell
      const at = positions[row]?.[cell]
      const node = at === undefined ? null : doc.nodeAt(at)
      if (at !== undefined && node) marks.push(...cellMarks(at, node, inCell, t))
    }
  })
  return DecorationSet.create(doc, marks)
}

type InCell = [ScoreProblem, ...ScoreProblem[]]

function byCell(problems: readonly ScoreProblem[]): InCell[] {
  const cells = new Map<string, InCell>()
  for (const problem of problems) {
    const place = `${problem.row} ${problem.cell}`
    const others = cells.get(place)
    if (others) others.push(problem)
    else cells.set(place, [problem])
  }
  return [...cells.values()]
}

/** The mark stands behind the paragraphs, where no caret can come beside it. */
function cellMarks(pos: number, cell: Node, problems: InCell, t: Translate): Decoration[] {
  const end = pos + cell.nodeSize
  const worst = problems.find(isWrongSum) ?? problems[0]
  const look = isWrongSum(worst) ? 'score-wrong' : 'score-odd'
  const words = problems.map((problem) => scoreText(problem, t)).join(' ')
  const short = shortMark(worst)
  return [
    Decoration.node(pos, end, { class: `score-cell ${look}` }),
    Decoration.widget(end - 1, () => markElement(short, words), {
      side: 1,
      key: `${look} ${short} ${words}`,
      ignoreSelection: true,
    }),
  ]
}

function shortMark({ kind, counted }: ScoreProblem): string {
  if (isWrongSum({ kind })) return `≠ ${counted}`
  if (kind === 'over') return `> ${counted}`
  if (kind === 'missing') return counted === '' ? '…' : `= ${counted}`
  return '?'
}

function markElement(short: string, words: string): HTMLElement {
  const mark = document.createElement('span')
  mark.className = 'score-mark'
  mark.setAttribute('role', 'img')
  mark.setAttribute('aria-label', words)
  mark.append(short)
  const bubble = document.createElement('span')
  bubble.className = 'score-words'
  bubble.textContent = words
  mark.append(bubble)
  return mark
}

/** Whoever has his caret in a marked cell reads what is wrong there. */
function withOwnCell(this: Plugin<DecorationSet>, state: EditorState): DecorationSet {
  const marks = this.getState(state) ?? DecorationSet.empty
  const cell = cellAround(state.selection.$head)
  const node = cell?.nodeAfter
  if (!cell || !node || marks.find(cell.pos, cell.pos + node.nodeSize).length === 0) return marks
  const end = cell.pos + node.nodeSize
  return marks.add(state.doc, [Decoration.node(cell.pos, end, { class: 'score-here' })])
}
