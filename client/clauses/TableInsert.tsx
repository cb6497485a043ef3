import type { Command } from '@tiptap/pm/state'
import { Table2 } from 'lucide-react'
import { Popover, Toolbar } from 'radix-ui'
import { useId, useRef, useState } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './EditorToolbar.module.css'
import { insertScoreTable, insertTable } from './schema/insertTables.ts'

const MOST = { rows: 50, columns: 12 }

export function TableInsert({ onCommand }: { onCommand(command: Command): void }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const [rows, setRows] = useState(3)
  const [columns, setColumns] = useState(3)
  const inserted = useRef(false)
  const insert = (command: Command) => {
    inserted.current = true
    setOpen(false)
    onCommand(command)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Toolbar.Button asChild>
        <Popover.Trigger className={styles.tool} title={t('editor.table.insert')}>
          <Table2 size={16} aria-hidden />
          {t('editor.table')}
        </Popover.Trigger>
      </Toolbar.Button>
      <Popover.Portal>
        <Popover.Content
          className={styles.menu}
          aria-label={t('editor.table.insert')}
          align="start"
          sideOffset={6}
          onCloseAutoFocus={(event) => {
            // The caret is in the new table then.
            if (inserted.current) event.preventDefault()
            inserted.current = false
          }}
        >
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault()
              insert(insertTable(rows, columns))
            }}
          >
            <Count text={t('editor.table.rows')} value={rows} most={MOST.rows} onChange={setRows} />
            <Count
              text={t('editor.table.columns')}
              value={columns}
              most={MOST.columns}
              onChange={setColumns}
            />
            <Button type="submit" look="primary" size="small" wide>
              {t('editor.table.insert')}
            </Button>
          </form>
          <div className={styles.between} />
          <div className={styles.form}>
            <p className={styles.hint}>{t('editor.table.scoreHint')}</p>
            <Button size="small" wide onClick={() => insert(insertScoreTable)}>
              {t('editor.table.score')}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Count(props: {
  text: string
  value: number
  most: number
  onChange(value: number): void
}) {
  const id = useId()
  const { text, value, most, onChange } = props
  return (
    <>
      <label htmlFor={id}>{text}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={most}
        required
        value={value}
        onChange={(event) =>
          onChange(Math.min(most, Math.max(1, Math.trunc(event.target.valueAsNumber) || 1)))
        }
      />
    </>
  )
}
