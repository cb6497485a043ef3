import type { Audience } from './api.ts'

/**
 * A mention lies in the words as `@[person:<id>]` or `@[agency:<id>]`, so that it stays who it was when names change.
 * Whoever reads gets the name, and where it stands.
 */
export type Mention = { kind: 'person' | 'agency'; id: string }
export type ShownMention = Mention & {
  /** UTF-16 units of the body as it is read, the @ included. */
  from: number
  to: number
}

const TOKEN = /@\[(person|agency):([a-z0-9-]{1,64})\]/g

export const mentionToken = ({ kind, id }: Mention): string => `@[${kind}:${id}]`

export const mentionsIn = (body: string): Mention[] =>
  [...body.matchAll(TOKEN)].map(([, kind, id]) => ({ kind: kind as Mention['kind'], id: id ?? '' }))

/** The words as they are read. */
export function spellOut(
  body: string,
  nameOf: (mention: Mention) => string,
): { body: string; mentions: ShownMention[] } {
  const mentions: ShownMention[] = []
  let shown = ''
  let end = 0
  for (const match of body.matchAll(TOKEN)) {
    const mention = { kind: match[1] as Mention['kind'], id: match[2] ?? '' }
    shown += body.slice(end, match.index)
    const from = shown.length
    shown += `@${nameOf(mention)}`
    mentions.push({ ...mention, from, to: shown.length })
    end = match.index + match[0].length
  }
  return { body: shown + body.slice(end), mentions }
}

/** The way back: what a writer has on screen, as it is stored. */
export const withTokens = (shown: string, mentions: readonly ShownMention[]): string =>
  [...mentions]
    .sort((a, b) => b.from - a.from)
    .reduce(
      (text, { from, to, ...mention }) =>
        text.slice(0, from) + mentionToken(mention) + text.slice(to),
      shown,
    )

export type Addressable = {
  people: readonly { id: string; name: string; agencyId: string | null }[]
  agencies: readonly { id: string; name: string }[]
}

/** Who may be called into a thread: whoever may read it. @param own the agency of an agency-only thread */
export const addressable = (
  all: Addressable,
  audience: Audience,
  own: string | null,
): Addressable =>
  audience === 'all'
    ? all
    : {
        people: all.people.filter(({ agencyId }) => agencyId === own),
        agencies: all.agencies.filter(({ id }) => id === own),
      }

export const isAddressed = ({ people, agencies }: Addressable, { kind, id }: Mention): boolean =>
  (kind === 'person' ? people : agencies).some((one) => one.id === id)

/** A name that was chosen from the list while writing. */
export type ChosenName = Mention & { name: string }

/**
 * What somebody wrote with names chosen along the way, as it is stored: `@Sở Nội vụ` becomes its token wherever it
 * stands as it was chosen. Of two people of one name the first chosen is the first in the text.
 */
export function storeNames(text: string, chosen: readonly ChosenName[]): string {
  const byLength = [...new Set(chosen.map(({ name }) => name))].sort((a, b) => b.length - a.length)
  const taken = new Map<string, number>()
  let stored = ''
  for (let at = 0; at < text.length; ) {
    const name = text[at] === '@' ? byLength.find((one) => text.startsWith(one, at + 1)) : undefined
    if (name === undefined) {
      stored += text[at]
      at += 1
      continue
    }
    const same = chosen.filter((one) => one.name === name)
    const turn = taken.get(name) ?? 0
    taken.set(name, turn + 1)
    const mention = same[Math.min(turn, same.length - 1)]
    stored += mention ? mentionToken(mention) : ''
    at += 1 + name.length
  }
  return stored
}

/** The names in words that are edited again. */
export const chosenIn = ({ body, mentions }: { body: string; mentions: readonly ShownMention[] }) =>
  mentions.map(
    ({ kind, id, from, to }): ChosenName => ({ kind, id, name: body.slice(from + 1, to) }),
  )
