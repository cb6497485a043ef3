import type { Words } from '../base/words.ts'

export const vi = {
  'sync.saving': 'Đang lưu…',
  'sync.saved': 'Đã lưu',
  'sync.offline': 'Ngoại tuyến – giữ trên máy này',
  'sync.unsaved': 'Chưa lưu được',
  'sync.offline.lead': 'Đang mất kết nối.',
  'sync.offline.none': 'Bạn vẫn soạn tiếp được; nội dung sẽ tự gửi khi có mạng lại.',
  'sync.offline.pending_other':
    '{{count}} thay đổi chưa gửi đang giữ trên máy này và sẽ tự gửi khi có mạng lại.',
  'sync.offline.unkept_other':
    '{{count}} thay đổi chưa gửi. Trình duyệt này không giữ được trên máy: đừng đóng trang cho đến khi có mạng lại.',
  'sync.restarting': 'Máy chủ đang khởi động lại.',
  'sync.faulty.lead': 'Máy chủ chưa ghi được vào đĩa.',
  'sync.faulty.closed': 'Máy chủ chưa mở được văn bản.',
  'sync.faulty.none': 'Bạn không phải làm gì: trang tự thử lại cho đến khi được.',
  'sync.faulty.pending_other':
    '{{count}} thay đổi chưa lưu đang giữ trên máy này; trang tự gửi lại cho đến khi máy chủ ghi được.',
  'sync.faulty.unkept_other':
    '{{count}} thay đổi chưa lưu. Trình duyệt này không giữ được trên máy: đừng đóng trang cho đến khi hiện “Đã lưu”.',
  'sync.mark': 'Lời văn của bạn chưa lưu lên máy chủ: {{place}}',
  'sync.refused.document/locked': 'Văn bản đã khóa.',
  'sync.refused.auth/forbidden': 'Bạn không có quyền sửa văn bản này.',
  'sync.refused.content/refused': 'Máy chủ không nhận một thay đổi vì không hợp cấu trúc văn bản.',
  'sync.refused.input/too-large': 'Máy chủ không nhận một thay đổi vì quá lớn.',
  'sync.refused.auth/required':
    'Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại để gửi phần còn lại.',
  'sync.refused.document/not-found': 'Bạn không còn được xem văn bản này.',
  'sync.refused.sync/other-epoch': 'Văn bản đang được mở ở một thẻ khác mới hơn.',
  'sync.refused.protocol/outdated': 'Trang này là phiên bản cũ. Hãy tải lại trang.',
  'sync.refused.other': 'Máy chủ đã ngắt kết nối với trang này.',
  'sync.reopen': 'Mở lại tại đây',
  'sync.reload': 'Tải lại trang',
  'sync.unsent.title_other': '{{count}} điều khoản bạn sửa chưa được đưa vào văn bản',
  'sync.unsent.lead': 'Dưới đây là lời văn của bạn. Hãy chép lại nếu cần.',
  'sync.unsent.mine': 'Của bạn',
  'sync.unsent.theirs': 'Trong văn bản',
  'sync.unsent.absent': '(không có trong văn bản)',
  'sync.unsent.empty': '(trống)',
  'sync.unsent.somewhere': 'chưa rõ điều khoản nào',
  'sync.unsent.copy': 'Chép tất cả',
  'sync.unsent.copied': 'Đã chép',
  'sync.unsent.dismiss': 'Tôi đã xem, đóng lại',
  'swallowed.title': 'Đoạn bạn gõ nằm trong điều khoản vừa bị gộp, chuyển hoặc xóa.',
  'swallowed.lead_other': 'Có {{count}} đoạn không còn trong văn bản; hãy chèn lại nếu cần.',
  'swallowed.by': '· do {{name}}',
  'swallowed.putBack': 'Chèn lại',
  'swallowed.onItsWay': 'Đã chèn, đang chờ máy chủ lưu…',
  'swallowed.copy': 'Chép',
  'swallowed.copied': 'Đã chép',
  'swallowed.dismiss': 'Bỏ qua',
  'sync.signOut.title': 'Còn lời văn chưa gửi',
  'sync.signOut.lead':
    'Máy này đang giữ lời văn của bạn mà máy chủ chưa có. Đăng xuất thì máy này xóa phần đó.',
  'sync.signOut.drafts_other':
    'Bản nháp đề nghị của {{count}} điều khoản cũng bị xóa. Muốn giữ thì ở lại và gửi đề nghị trước.',
  'sync.signOut.send': 'Gửi rồi đăng xuất',
  'sync.signOut.sending': 'Đang gửi…',
  'sync.signOut.notSent':
    'Chưa gửi được hết. Hãy thử lại, mở văn bản để xem, hoặc chép lại trước khi đăng xuất.',
  'sync.signOut.delete': 'Xóa và đăng xuất',
  'sync.signOut.silent': 'Chưa hỏi được máy này',
  'sync.signOut.silent.lead':
    'Trình duyệt không trả lời nên chưa biết trên máy còn lời văn chưa gửi của bạn hay không. Đăng xuất bây giờ thì có thể còn lời văn nằm lại trên máy.',
  'sync.signOut.anyway': 'Vẫn đăng xuất',
  'sync.signOut.notWiped':
    'Đã đăng xuất, nhưng chưa xóa được lời văn chưa gửi khỏi máy này vì trình duyệt không trả lời.',
  'sync.present': 'Đang ở đây',
  'sync.present.you': '{{name}} (bạn)',
  'sync.present.goTo': 'Đến chỗ {{name}} đang ở',
  'sync.present.idle': 'tạm vắng',
  'sync.present.more': '{{n}} người khác',
} as const satisfies Record<string, string>

export const en = {
  'sync.saving': 'Saving…',
  'sync.saved': 'Saved',
  'sync.offline': 'Offline – kept on this device',
  'sync.unsaved': 'Not saved',
  'sync.offline.lead': 'No connection.',
  'sync.offline.none': 'You can go on writing; it is sent by itself once the network is back.',
  'sync.offline.pending_one':
    '{{count}} unsent change is kept on this device and sent by itself once the network is back.',
  'sync.offline.pending_other':
    '{{count}} unsent changes are kept on this device and sent by themselves once the network is back.',
  'sync.offline.unkept_one':
    '{{count}} unsent change. This browser cannot keep it on the device: do not close the page until the network is back.',
  'sync.offline.unkept_other':
    '{{count}} unsent changes. This browser cannot keep them on the device: do not close the page until the network is back.',
  'sync.restarting': 'The server is restarting.',
  'sync.faulty.lead': 'The server cannot write to its disk.',
  'sync.faulty.closed': 'The server cannot open the document.',
  'sync.faulty.none': 'Nothing to do for you: this page tries again until it works.',
  'sync.faulty.pending_one':
    '{{count}} change is not saved. It is kept on this device and sent again until the server can write.',
  'sync.faulty.pending_other':
    '{{count}} changes are not saved. They are kept on this device and sent again until the server can write.',
  'sync.faulty.unkept_one':
    '{{count}} change is not saved. This browser cannot keep it on the device: do not close the page until it says “Saved”.',
  'sync.faulty.unkept_other':
    '{{count}} changes are not saved. This browser cannot keep them on the device: do not close the page until it says “Saved”.',
  'sync.mark': 'Words of yours that the server does not have yet: {{place}}',
  'sync.refused.document/locked': 'The document is locked.',
  'sync.refused.auth/forbidden': 'You may not change this document.',
  'sync.refused.content/refused':
    'The server refused a change because it does not fit the structure of the document.',
  'sync.refused.input/too-large': 'The server refused a change because it is too large.',
  'sync.refused.auth/required': 'Your session has ended. Sign in again to send what is left.',
  'sync.refused.document/not-found': 'You can no longer see this document.',
  'sync.refused.sync/other-epoch': 'The document is open in a newer tab.',
  'sync.refused.protocol/outdated': 'This page is out of date. Please reload it.',
  'sync.refused.other': 'The server has closed the connection with this page.',
  'sync.reopen': 'Open it here again',
  'sync.reload': 'Reload the page',
  'sync.unsent.title_one': '{{count}} clause you changed is not in the document',
  'sync.unsent.title_other': '{{count}} clauses you changed are not in the document',
  'sync.unsent.lead': 'These are your words. Copy them if you need them.',
  'sync.unsent.mine': 'Yours',
  'sync.unsent.theirs': 'In the document',
  'sync.unsent.absent': '(not in the document)',
  'sync.unsent.empty': '(empty)',
  'sync.unsent.somewhere': 'clause not known',
  'sync.unsent.copy': 'Copy all',
  'sync.unsent.copied': 'Copied',
  'sync.unsent.dismiss': 'I have seen it, close',
  'swallowed.title': 'What you typed was in a clause that has just been merged, moved or deleted.',
  'swallowed.lead_one': '{{count}} passage is no longer in the text; put it back if you need it.',
  'swallowed.lead_other': '{{count}} passages are no longer in the text; put them back if needed.',
  'swallowed.by': '· by {{name}}',
  'swallowed.putBack': 'Put back',
  'swallowed.onItsWay': 'Put back; waiting for the server to save it…',
  'swallowed.copy': 'Copy',
  'swallowed.copied': 'Copied',
  'swallowed.dismiss': 'Let go',
  'sync.signOut.title': 'Words not sent yet',
  'sync.signOut.lead':
    'This device keeps words of yours that the server does not have. Signing out deletes them here.',
  'sync.signOut.drafts_one':
    'The draft for {{count}} clause is deleted too. To keep it, stay and send the proposal first.',
  'sync.signOut.drafts_other':
    'The drafts for {{count}} clauses are deleted too. To keep them, stay and send the proposals first.',
  'sync.signOut.send': 'Send, then sign out',
  'sync.signOut.sending': 'Sending…',
  'sync.signOut.notSent':
    'Not everything could be sent. Try again, open the document to see it, or copy the words before you sign out.',
  'sync.signOut.delete': 'Delete and sign out',
  'sync.signOut.silent': 'This device did not answer',
  'sync.signOut.silent.lead':
    'The browser does not say whether words of yours that were not sent are on this device. If you sign out now, some may stay on it.',
  'sync.signOut.anyway': 'Sign out all the same',
  'sync.signOut.notWiped':
    'You are signed out, but words not sent could not be deleted from this device: the browser did not answer.',
  'sync.present': 'Here now',
  'sync.present.you': '{{name}} (you)',
  'sync.present.goTo': 'Go to where {{name}} is',
  'sync.present.idle': 'away',
  'sync.present.more': '{{n}} others',
} satisfies Words<typeof vi>

export const strings = { vi, en }
