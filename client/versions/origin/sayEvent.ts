import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import type { Translate } from '../../base/useText.ts'
import type { OriginEvent } from './originEvents.ts'

/** What happened, in words; a kind that a newer server knows and this page does not is said by its name. */
export function sayEvent(t: Translate, event: OriginEvent, agencies: AgencyDirectory): string {
  switch (event.kind) {
    case 'brought':
    case 'restored':
      return t(`origin.${event.kind}`)
    case 'proposed':
      return t('origin.proposed', { what: proposedWords(t, event.what) })
    case 'decided':
      return t('origin.decided', { outcome: outcomeWords(t, event.status) })
    case 'talked':
      return t(event.status === 'resolved' ? 'origin.talkedResolved' : 'origin.talked')
    case 'position':
      return t('origin.position', {
        agency: agencies.get(event.agencyId)?.name ?? event.agencyId,
        position: positionWords(t, event.position),
      })
    case 'settled': {
      const words = event.chosen === '' ? t('bracket.nothing') : `“${event.chosen}”`
      return t(`origin.settled.${event.outcome}`, { words })
    }
  }
}

const KINDS = ['edit', 'insert', 'delete', 'move'] as const
const OUTCOMES = ['accepted', 'rejected', 'withdrawn'] as const
const POSITIONS = ['agreed', 'reserved', 'objects', 'none'] as const

const known = <T extends string>(list: readonly T[], value: string): T | undefined =>
  list.find((each) => each === value)

function proposedWords(t: Translate, kind: string): string {
  const one = known(KINDS, kind)
  return one ? t(`origin.kind.${one}`) : kind
}

function outcomeWords(t: Translate, status: string): string {
  const one = known(OUTCOMES, status)
  return one ? t(`decided.outcome.${one}`) : status
}

function positionWords(t: Translate, position: string): string {
  const one = known(POSITIONS, position)
  return one ? t(`marks.${one}`) : position
}
