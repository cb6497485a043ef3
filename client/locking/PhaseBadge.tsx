import { CircleCheckBig, FileLock2, LockKeyhole, PenLine } from 'lucide-react'
import type { Phase } from '../../shared/documents/document.ts'
import { useText } from '../base/useText.ts'
import styles from './PhaseBadge.module.css'

const ICONS = {
  locked: LockKeyhole,
  sealing: FileLock2,
  signing: PenLine,
  complete: CircleCheckBig,
} as const

export function PhaseBadge({ phase }: { phase: Exclude<Phase, 'drafting'> }) {
  const t = useText()
  const Icon = ICONS[phase]
  return (
    <span className={styles.badge} data-phase={phase}>
      <Icon size={15} aria-hidden /> {t(`phase.${phase}`)}
    </span>
  )
}
