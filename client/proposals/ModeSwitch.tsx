import { Check, ChevronDown, Eye, MessageSquareDiff, Pencil } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './ModeSwitch.module.css'
import { MODES, VIEWS, type Working } from './useMode.ts'

const ICONS = { editing: Pencil, suggesting: MessageSquareDiff, viewing: Eye }
const KEYS = { editing: 'Z', suggesting: 'X', viewing: 'C' }

/** The one switch between editing, suggesting and viewing, and what is shown beside the words (UX-30, UX-34). */
export function ModeSwitch({ working }: { working: Working }) {
  const { mode, view, setMode, setView } = working
  const t = useText()
  const Icon = ICONS[mode]
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button size="small" wide aria-label={`${t('mode.title')}: ${t(`mode.${mode}`)}`}>
          <Icon size={16} aria-hidden /> {t(`mode.${mode}`)} <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="start" sideOffset={6}>
          <DropdownMenu.RadioGroup value={mode}>
            {MODES.map((one) => (
              <Entry
                key={one}
                value={one}
                onSelect={() => setMode(one)}
                hint={t(`mode.${one}.hint`)}
              >
                {t(`mode.${one}`)} <kbd>Ctrl+Alt+Shift+{KEYS[one]}</kbd>
              </Entry>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={styles.line} />
          <DropdownMenu.RadioGroup value={view}>
            {VIEWS.filter((one) => one !== 'original' || mode === 'suggesting').map((one) => (
              <Entry key={one} value={one} onSelect={() => setView(one)}>
                {t(`view.${one}`)}
              </Entry>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Entry(props: {
  value: string
  onSelect(): void
  hint?: string
  children: React.ReactNode
}) {
  return (
    <DropdownMenu.RadioItem className={styles.item} value={props.value} onSelect={props.onSelect}>
      <span className={styles.tick}>
        <DropdownMenu.ItemIndicator>
          <Check size={16} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span>
        <span className={styles.name}>{props.children}</span>
        {props.hint === undefined ? null : <span className={styles.hint}>{props.hint}</span>}
      </span>
    </DropdownMenu.RadioItem>
  )
}
