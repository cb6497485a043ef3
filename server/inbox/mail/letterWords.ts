import type { Singular, Words } from '../../../shared/base/dictionary.ts'
import { kindWords } from '../../../shared/documents/kindWords.ts'
import { headlineEn, headlineVi } from '../../../shared/inbox/headline.ts'

const vi = {
  ...kindWords.vi,
  ...headlineVi,
  'mail.digest.subject_other': 'Nhất Trí: {{count}} mục mới chưa đọc',
  'mail.digest.lead_other': 'Hộp thông báo của bạn có {{count}} mục mới chưa đọc.',
  'mail.digest.group': '{{document}} · {{bloc}}, năm {{year}}',
  'mail.digest.own': 'Lời góp ý nội bộ của cơ quan chỉ xem được trong Nhất Trí.',
  'mail.digest.more_other': 'Còn {{count}} mục nữa trong hộp thông báo.',
  'mail.digest.why':
    'Bạn nhận thư tóm tắt này mỗi ngày một lần, khi có mục mới chưa đọc. Để đổi hoặc thôi nhận, mở Hộp thông báo:',
  'mail.code.subject': 'Nhất Trí: xác nhận địa chỉ thư',
  'mail.code.lead': 'Có người muốn nhận thư tóm tắt của Nhất Trí ở địa chỉ này. Mã xác nhận:',
  'mail.code.use': 'Nhập mã này trong Hộp thông báo trong vòng 30 phút, tại:',
  'mail.code.other': 'Nếu người đó không phải là bạn, hãy bỏ qua thư này.',
} as const

const en = {
  ...kindWords.en,
  ...headlineEn,
  'mail.digest.subject_one': 'Nhất Trí: {{count}} new unread item',
  'mail.digest.subject_other': 'Nhất Trí: {{count}} new unread items',
  'mail.digest.lead_one': 'There is {{count}} new unread item in your inbox.',
  'mail.digest.lead_other': 'There are {{count}} new unread items in your inbox.',
  'mail.digest.group': '{{document}} · {{bloc}}, {{year}}',
  'mail.digest.own': 'What your agency says among itself can be read in Nhất Trí only.',
  'mail.digest.more_one': '{{count}} more item is in your inbox.',
  'mail.digest.more_other': '{{count}} more items are in your inbox.',
  'mail.digest.why':
    'You get this digest once a day when something new is unread. To change or stop it, open the inbox:',
  'mail.code.subject': 'Nhất Trí: confirm your mail address',
  'mail.code.lead': 'Somebody wants to get digests of Nhất Trí at this address. The code is:',
  'mail.code.use': 'Enter this code in the inbox within 30 minutes, at:',
  'mail.code.other': 'If that was not you, please ignore this mail.',
} satisfies Words<typeof vi>

export type LetterKey = Singular<keyof typeof vi>

/** Every word of a letter: the server writes it, so the page's dictionary does not have them. */
export const letterWords = { vi, en }
