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
  splitCell,
  toggleHeader,
} from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import { Table2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useText } from '../base/useText.ts'
import styles from './EditorToolbar.module.css'
import { resizeColumn } from './schema/columnWidths.ts'
import { leaveTable } from './schema/commands.ts'
import { mergeWhole, onWhole } from './schema/wholeTables.ts'
import { ToolMenu } from './ToolMenu.tsx'

const GROUPS = [
  [
    ['rowAbove', onWhole(addRowBefore)],
    ['rowBelow', onWhole(addRowAfter)],
    ['deleteRow', onWhole(deleteRow)],
  ],
  [
    ['columnLeft', onWhole(addColumnBefore)],
    ['columnRight', onWhole(addColumnAfter)],
    ['deleteColumn', onWhole(deleteColumn)],
    ['wider', onWhole(resizeColumn(1))],
    ['narrower', onWhole(resizeColumn(-1))],
  ],
  [
    ['merge', mergeWhole],
    ['split', onWhole(splitCell)],
    ['header', onWhole(toggleHeader('row'))],
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
    command(editor.state, editor.view.dispatch, editor.view)
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
