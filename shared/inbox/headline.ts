import type { Singular, Words } from '../base/dictionary.ts'
import type { InboxItem } from './api.ts'

/** How an item is told, on the page and by mail. */
export const headlineVi = {
  'inbox.mention.person': '{{name}} nhắc đến bạn',
  'inbox.mention.agency': '{{name}} nhắc đến cơ quan bạn',
  'inbox.reply.thread': '{{name}} trả lời góp ý mà bạn tham gia',
  'inbox.reply.proposal': '{{name}} góp ý về đề nghị của bạn',
  'inbox.decided.accepted': '{{name}} đã tiếp thu đề nghị của bạn',
  'inbox.decided.rejected': '{{name}} không tiếp thu đề nghị của bạn',
  'inbox.reason': 'Lý do: {{reason}}',
  'inbox.changed_other': '{{count}} nội dung đã đổi từ khi cơ quan bạn đồng ý',
  'inbox.signature': 'Đến lượt bạn ký',
} as const

export const headlineEn = {
  'inbox.mention.person': '{{name}} mentioned you',
  'inbox.mention.agency': '{{name}} mentioned your agency',
  'inbox.reply.thread': '{{name}} replied in a thread you take part in',
  'inbox.reply.proposal': '{{name}} commented on your suggestion',
  'inbox.decided.accepted': '{{name}} accepted your suggestion',
  'inbox.decided.rejected': '{{name}} did not accept your suggestion',
  'inbox.reason': 'Reason: {{reason}}',
  'inbox.changed_one': '{{count}} item has changed since your agency agreed',
  'inbox.changed_other': '{{count}} items have changed since your agency agreed',
  'inbox.signature': 'Your signature is due',
} satisfies Words<typeof headlineVi>

type Key = Singular<keyof typeof headlineVi>
type Say = (key: Key, values?: Record<string, string | number>) => string

export function headline(say: Say, item: InboxItem): string {
  switch (item.kind) {
    case 'mention':
      return say(`inbox.mention.${item.whom}`, { name: item.by.name })
    case 'reply':
      return say(`inbox.reply.${item.about}`, { name: item.by.name })
    case 'decided':
      return say(`inbox.decided.${item.outcome}`, { name: item.by.name })
    case 'changed':
      return say('inbox.changed', { count: item.clauseIds.length })
    case 'signature':
      return say('inbox.signature')
  }
}

/** The words that an item is about; empty for one that is about none. */
export function quoteOf(say: Say, item: InboxItem): string {
  if (item.kind === 'mention' || item.kind === 'reply') return item.excerpt
  return item.kind === 'decided' && item.reason ? say('inbox.reason', { reason: item.reason }) : ''
}
