import { Check, CircleUserRound, LogOut } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { LANGUAGES, type Language } from '../base/dictionary.ts'
import { THEMES, type Theme, useTheme } from '../base/theme.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import styles from './AccountMenu.module.css'
import { useSignOutRequest } from './signOutRequest.ts'

const LANGUAGE_NAMES: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English' }

export function AccountMenu(props: {
  user: SessionUser
  /** Name of the agency; the operator has none. */
  agency: string | null
}) {
  const { user, agency } = props
  const t = useText()
  const signOut = useSignOutRequest()
  const [language, setLanguage] = useLanguage()
  const [theme, setTheme] = useTheme()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={styles.trigger}
        aria-label={t('account.menu', { name: user.name })}
      >
        <CircleUserRound size={22} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6}>
          <div className={styles.who}>
            <b>{user.name}</b>
            <span>{[t(`role.${user.role}`), agency].filter(Boolean).join(' · ')}</span>
          </div>
          <div className={styles.line} />
          <DropdownMenu.Label className={styles.label}>{t('account.language')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={language}
            onValueChange={(value) => setLanguage(value as Language)}
          >
            {LANGUAGES.map((value) => (
              <Choice key={value} value={value} text={LANGUAGE_NAMES[value]} />
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Label className={styles.label}>{t('account.theme')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(value) => setTheme(value as Theme)}
          >
            {THEMES.map((value) => (
              <Choice key={value} value={value} text={t(`account.theme.${value}`)} />
            ))}
          </DropdownMenu.RadioGroup>
          <div className={styles.line} />
          <DropdownMenu.Item className={styles.item} onSelect={signOut}>
            <LogOut size={16} className={styles.tick} aria-hidden /> {t('account.signOut')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Choice({ value, text }: { value: string; text: string }) {
  return (
    <DropdownMenu.RadioItem
      className={styles.item}
      value={value}
      onSelect={(event) => event.preventDefault()}
    >
      <span className={styles.tick}>
        <DropdownMenu.ItemIndicator>
          <Check size={16} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {text}
    </DropdownMenu.RadioItem>
  )
}
