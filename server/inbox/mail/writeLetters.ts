import { type Language, sayWith } from '../../../shared/base/dictionary.ts'
import type { DocumentKind } from '../../../shared/documents/document.ts'
import type { InboxItem } from '../../../shared/inbox/api.ts'
import { headline, quoteOf } from '../../../shared/inbox/headline.ts'
import { type LetterKey, letterWords } from './letterWords.ts'
import type { Letter } from './MailPost.ts'

type Content = Pick<Letter, 'subject' | 'text' | 'html'>

/** Items of one document. `own`: ids of those whose words are for the agency alone; they are not written out. */
export type DigestGroup = {
  document: DocumentKind
  bloc: string
  year: number
  items: readonly InboxItem[]
}
export type Digest = {
  groups: readonly DigestGroup[]
  own: ReadonlySet<string>
  /** Of all that is unread and was in no letter before, written out or not. */
  count: number
}

const speaker =
  (language: Language) =>
  (key: LetterKey, values: Record<string, string | number> = {}): string =>
    sayWith(letterWords, language, key, values)

/** A line of a letter: words, perhaps with an address behind them. */
type Line = { text: string; link?: string; look?: 'quote' | 'code' }
type Part = { title?: string; lines: readonly (readonly Line[])[] }

/** The subject says how many and nothing else: it is read on locked screens and in other people's logs. */
export function digestLetter(language: Language, digest: Digest, publicUrl: string): Content {
  const say = speaker(language)
  const { groups, own, count } = digest
  const written = groups.reduce((sum, { items }) => sum + items.length, 0)
  const parts = groups.map(
    ({ document, bloc, year, items }): Part => ({
      title: say('mail.digest.group', { document: say(`desk.kind.${document}`), bloc, year }),
      lines: items.map((item) => itemLines(say, item, own.has(item.id), publicUrl)),
    }),
  )
  const more =
    count > written
      ? [{ lines: [[{ text: say('mail.digest.more', { count: count - written }) }]] }]
      : []
  return layOut(language, say('mail.digest.subject', { count }), [
    { lines: [[{ text: say('mail.digest.lead', { count }) }]] },
    ...parts,
    ...more,
    { lines: [[{ text: say('mail.digest.why') }, { text: publicUrl, link: publicUrl }]] },
  ])
}

function itemLines(
  say: ReturnType<typeof speaker>,
  item: InboxItem,
  own: boolean,
  publicUrl: string,
): Line[] {
  const quote = own ? say('mail.digest.own') : quoteOf(say, item)
  const head = { text: headline(say, item), link: linkTo(item, publicUrl) }
  return quote === '' ? [head] : [head, { text: quote, look: 'quote' }]
}

/** A clause's own address is the one that the page itself hands out. */
function linkTo(item: InboxItem, publicUrl: string): string {
  const clause = 'clauseId' in item ? item.clauseId : 'clauseIds' in item ? item.clauseIds[0] : ''
  const place = clause ? `#${encodeURIComponent(clause)}` : ''
  return `${publicUrl}/bloc/${item.blocId}/${item.document}${place}`
}

export function codeLetter(language: Language, code: string, publicUrl: string): Content {
  const say = speaker(language)
  return layOut(language, say('mail.code.subject'), [
    { lines: [[{ text: say('mail.code.lead') }, { text: code, look: 'code' }]] },
    { lines: [[{ text: say('mail.code.use') }, { text: publicUrl, link: publicUrl }]] },
    { lines: [[{ text: say('mail.code.other') }]] },
  ])
}

function layOut(language: Language, subject: string, parts: readonly Part[]): Content {
  const text = parts.map((part) => plainPart(part)).join('\n\n')
  const html = parts.map((part) => htmlPart(part)).join('')
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${asHtml(subject)}</title></head><body style="font:16px/1.5 sans-serif">${html}</body></html>`,
  }
}

function plainPart({ title, lines }: Part): string {
  const mark = title === undefined ? '' : '- '
  const indent = ' '.repeat(mark.length)
  const rows = lines.map((one) =>
    one
      .flatMap(({ text, link, look }) => [
        look === 'quote' ? `“${oneLine(text)}”` : oneLine(text),
        ...(link === undefined || link === text ? [] : [link]),
      ])
      .map((row, index) => (index === 0 ? mark : indent) + row)
      .join('\n'),
  )
  return [...(title === undefined ? [] : [oneLine(title)]), ...rows].join('\n')
}

function htmlPart({ title, lines }: Part): string {
  const rows = lines.map((one) => one.map(htmlLine).join('<br>'))
  if (title === undefined) return rows.map((row) => `<p>${row}</p>`).join('')
  const items = rows.map((row) => `<li style="margin:0 0 10px">${row}</li>`).join('')
  return `<h2 style="font-size:18px">${asHtml(oneLine(title))}</h2><ul>${items}</ul>`
}

function htmlLine({ text, link, look }: Line): string {
  const words = asHtml(oneLine(text))
  if (look === 'code') return `<b style="font-size:24px;letter-spacing:2px">${words}</b>`
  if (look === 'quote') return `<span style="color:#555">“${words}”</span>`
  return link === undefined ? words : `<a href="${asHtml(link)}">${words}</a>`
}

/** What somebody wrote stays within its line, and cannot look like one of ours. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const asHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
