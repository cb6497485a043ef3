import type { Command } from '@tiptap/pm/state'
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ClauseLevel, NumberingModel } from '../../shared/clauses/clause.ts'
import { useText } from '../base/useText.ts'
import styles from './EditorToolbar.module.css'
import { OFFERED_LEVELS } from './levels.ts'
import { setLevel } from './schema/commands.ts'
import { ToolMenu } from './ToolMenu.tsx'

export function LevelMenu(props: {
  /** Null when the selection holds several levels, or none. */
  level: ClauseLevel | null
  model: NumberingModel
  off: boolean
  onCommand(command: Command): void
}) {
  const { level, model, off, onCommand } = props
  const t = useText()
  const shown =
    level === null
      ? t(off ? 'editor.level.table' : 'editor.level.mixed')
      : t(`editor.level.${level}`)
  return (
    <ToolMenu
      face={shown}
      label={{
        title: t('editor.level'),
        spoken: `${t('editor.level')}: ${shown}`,
        className: styles.level,
      }}
      off={off}
    >
      <DropdownMenu.RadioGroup value={level ?? ''}>
        {OFFERED_LEVELS[model].map((offered) => (
          <DropdownMenu.RadioItem
            key={offered}
            className={styles.item}
            value={offered}
            onSelect={() => onCommand(setLevel(offered))}
          >
            <span className={styles.tick}>
              <DropdownMenu.ItemIndicator>
                <Check size={16} aria-hidden />
              </DropdownMenu.ItemIndicator>
            </span>
            {t(`editor.level.${offered}`)}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </ToolMenu>
  )
}
