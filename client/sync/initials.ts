import type { PresenceUser } from '../../shared/sync/protocol.ts'

/** Of the agency, which the ring's colour stands for as well; of the person where there is none: `Sở Tài chính` → `TC`. */
export function initials({ agency, name }: PresenceUser): string {
  const words = (agency || name).split(/\s+/u).filter(Boolean)
  const telling = words.length > 2 ? words.slice(-2) : words
  return telling
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase('vi')
}
