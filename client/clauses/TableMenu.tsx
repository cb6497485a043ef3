import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  mergeCells,
  splitCell,
  toggleHeaderRow,
} from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import { Table2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useText } from '../base/useText.ts'
import styles from './EditorToolbar.module.css'
import { leaveTable } from './schema/commands.ts'
import { ToolMenu } from './ToolMenu.tsx'

const GROUPS = [
  [
    ['rowAbove', addRowBefore],
    ['rowBelow', addRowAfter],
    ['deleteRow', deleteRow],
  ],
  [
    ['columnLeft', addColumnBefore],
    ['columnRight', addColumnAfter],
    ['deleteColumn', deleteColumn],
  ],
  [
    ['merge', mergeCells],
    ['split', splitCell],
    ['header', toggleHeaderRow],
  ],
  [
    ['below', leaveTable],
    ['delete', deleteTable],
  ],
] as const satisfies readonly (readonly (readonly [string, Command])[])[]

/** What can be done to the table that the caret is in. */
export function TableMenu({ editor }: { editor: Editor }) {
  const t = useText()
  const possible = useEditorState({
    editor,
    selector: ({ editor: { state } }) =>
      GROUPS.flat()
        .filter(([, command]) => command(state))
        .map(([name]) => name),
  })
  const run = (command: Command) => {
    command(editor.state, editor.view.dispatch)
    editor.commands.focus()
  }
  return (
    <ToolMenu
      face={
        <>
          <Table2 size={16} aria-hidden />
          {t('editor.table')}
        </>
      }
    >
      {GROUPS.map((group) => (
        <DropdownMenu.Group key={group[0][0]} className={styles.group}>
          {group.map(([name, command]) => (
            <DropdownMenu.Item
              key={name}
              className={styles.item}
              disabled={!possible.includes(name)}
              onSelect={() => run(command)}
            >
              {t(`editor.table.${name}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Group>
      ))}
    </ToolMenu>
  )
}
