import { headlineEn, headlineVi } from '../../shared/inbox/headline.ts'
import type { Words } from '../base/words.ts'

export const vi = {
  'inbox.title': 'Hộp thông báo',
  'inbox.unread_other': 'Hộp thông báo: {{count}} mục chưa đọc',
  'inbox.loading': 'Đang tải…',
  'inbox.none': 'Chưa có thông báo nào.',
  'inbox.new': 'chưa đọc',
  'inbox.readAll': 'Đánh dấu đã đọc tất cả',
  ...headlineVi,
  'inbox.choices': 'Nhận thông báo về',
  'inbox.kind.mention': 'Có người nhắc đến tôi hoặc cơ quan tôi',
  'inbox.kind.reply': 'Trả lời góp ý mà tôi tham gia',
  'inbox.kind.decided': 'Kết quả đề nghị của tôi',
  'inbox.kind.changed': 'Nội dung đổi từ khi cơ quan tôi đồng ý',
  'inbox.kind.signature': 'Đến lượt tôi ký (luôn bật)',
} as const

export const en = {
  'inbox.title': 'Inbox',
  'inbox.unread_one': 'Inbox: {{count}} unread',
  'inbox.unread_other': 'Inbox: {{count}} unread',
  'inbox.loading': 'Loading…',
  'inbox.none': 'Nothing here yet.',
  'inbox.new': 'unread',
  'inbox.readAll': 'Mark all as read',
  ...headlineEn,
  'inbox.choices': 'Tell me of',
  'inbox.kind.mention': 'Mentions of me or my agency',
  'inbox.kind.reply': 'Replies in threads I take part in',
  'inbox.kind.decided': 'Decisions on my suggestions',
  'inbox.kind.changed': 'Changes since my agency agreed',
  'inbox.kind.signature': 'My signature being due (always on)',
} satisfies Words<typeof vi>
