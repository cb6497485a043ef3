import type { PresenceUser } from '../../shared/sync/protocol.ts'

/**
 * Two letters of the agency, whose colour the ring has; of the person where there is none. "Sở" is left out, since most
 * agencies begin with it: `STC` → `TC`, `Sở Nội vụ` → `NV`, `VPUB` → `VP`.
 */
export function initials({ agency, name }: PresenceUser): string {
  const words = (agency || name).split(/\s+/u).filter(Boolean)
  const letters =
    words.length === 1 ? (words[0] ?? '') : words.map((word) => [...word][0] ?? '').join('')
  const telling = [...letters].length > 2 ? letters.replace(/^S/iu, '') : letters
  return [...telling].slice(0, 2).join('').toLocaleUpperCase('vi')
}
