import type { Words } from '../../base/words.ts'

export const vi = {
  'chair.title': 'Bàn chủ trì',
  'chair.keys':
    'Phím A: tiếp thu, R: không tiếp thu, N: mục sau, P: mục trước; 1, 2…: chốt phương án đó.',
  'chair.loading': 'Đang gom các mục của ba văn bản…',
  'chair.place': 'Mục {{index}} trên {{count}}',
  'chair.replaced':
    'Mục {{index}} trên {{count}}. Mục vừa rồi đã có người khác quyết định: đây là mục khác, bấm lại phím sau khi đọc.',
  'chair.none': 'Không còn đề nghị, ngoặc vuông hay ý kiến không nhất trí nào.',
  'chair.bracket': 'Ngoặc vuông chưa chốt',
  'chair.brackets': 'Chốt lời văn của {{place}}',
  'chair.objection': 'Không nhất trí',
  'chair.objects': 'Không nhất trí với {{place}}',
  'chair.previous': 'Mục trước',
  'chair.next': 'Mục sau',
  'chair.go': 'Đến {{place}}',
} as const

export const en = {
  'chair.title': 'Chair’s desk',
  'chair.keys':
    'Keys: A accepts, R rejects, N goes to the next item, P to the one before; 1, 2… keep that wording.',
  'chair.loading': 'Gathering what waits in the three documents…',
  'chair.place': 'Item {{index}} of {{count}}',
  'chair.replaced':
    'Item {{index}} of {{count}}. Somebody else has decided the one before: this is another, press again once you have read it.',
  'chair.none': 'No proposal, bracket or objection is open.',
  'chair.bracket': 'Bracket not settled',
  'chair.brackets': 'Settle the wording of {{place}}',
  'chair.objection': 'Objection',
  'chair.objects': 'Objects to {{place}}',
  'chair.previous': 'Previous',
  'chair.next': 'Next',
  'chair.go': 'Go to {{place}}',
} satisfies Words<typeof vi>
