import type { Words } from '../base/words.ts'

export const vi = {
  'late.title': 'Sửa đến muộn',
  'late.explain': 'Gửi tới sau khi bản đã khóa nên không vào văn bản.',
  'late.kind.edit': 'Sửa {{place}}',
  'late.kind.insert': 'Thêm sau {{place}}',
  'late.kind.delete': 'Bỏ {{place}}',
  'late.kind.move': 'Chuyển {{place}}',
  'late.top': 'đầu văn bản',
  'late.gone': 'điều khoản không còn trong văn bản',
  'late.accept': 'Tiếp thu',
  'late.reject': 'Không tiếp thu',
  'late.withdraw': 'Rút lại',
  'late.acceptWhenDrafting': 'Muốn tiếp thu thì mở khóa trước.',
  'late.accepted': 'Đã tiếp thu vào văn bản.',
  'late.rejected': 'Đã ghi là không tiếp thu.',
  'late.withdrawn': 'Đã rút lại.',
  'late.reason': 'Lý do (nên ghi)',
} as const

export const en = {
  'late.title': 'Late edit',
  'late.explain': 'It arrived after the lock and is not part of the text.',
  'late.kind.edit': 'Change {{place}}',
  'late.kind.insert': 'Add after {{place}}',
  'late.kind.delete': 'Delete {{place}}',
  'late.kind.move': 'Move {{place}}',
  'late.top': 'the top of the document',
  'late.gone': 'a clause that is no longer in the text',
  'late.accept': 'Accept',
  'late.reject': 'Do not accept',
  'late.withdraw': 'Withdraw',
  'late.acceptWhenDrafting': 'To accept it, unlock the document first.',
  'late.accepted': 'Accepted into the text.',
  'late.rejected': 'Recorded as not accepted.',
  'late.withdrawn': 'Withdrawn.',
  'late.reason': 'Reason (recommended)',
} satisfies Words<typeof vi>
