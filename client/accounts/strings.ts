import type { Words } from '../base/words.ts'

export const vi = {
  'signIn.title': 'Đăng nhập',
  'signIn.what':
    'Nơi các cơ quan trong khối thi đua cùng soạn giao ước, kế hoạch và quy chế, nhất trí từng điều khoản, khóa bản và ký số.',
  'signIn.point1': 'Ai sửa gì, cơ quan nào nhất trí điều nào: mọi người cùng thấy.',
  'signIn.point2': 'Chữ “Đã lưu” chỉ hiện khi máy chủ đã ghi xuống đĩa.',
  'signIn.point3': 'Bản đã khóa không ai sửa được; chữ ký kiểm tra được ở bất cứ đâu.',
  'signIn.account': 'Tài khoản',
  'signIn.password': 'Mật khẩu',
  'signIn.submit': 'Đăng nhập',
  'signIn.busy': 'Đang đăng nhập…',
  'stepUp.wrong': 'Mật khẩu không đúng.',
  'stepUp.title': 'Nhập lại mật khẩu',
  'stepUp.lead':
    'Việc sắp làm có giá trị lâu dài, nên cần chắc chắn đúng là bạn. Trong 5 phút sau đó không phải nhập lại.',
  'stepUp.submit': 'Tiếp tục',
  'account.menu': 'Tài khoản của {{name}}',
  'account.signOut': 'Đăng xuất',
  'account.language': 'Ngôn ngữ',
  'account.theme': 'Nền',
  'account.theme.system': 'Theo máy',
  'account.theme.light': 'Sáng',
  'account.theme.dark': 'Tối',
  'role.head': 'Thủ trưởng',
  'role.delegate': 'Đại biểu',
  'role.officer': 'Cán bộ đầu mối',
  'role.clerk': 'Văn thư',
  'role.observer': 'Người theo dõi',
  'role.operator': 'Người vận hành',
} as const

export const en = {
  'signIn.title': 'Sign in',
  'signIn.what':
    'Where the agencies of an emulation bloc write covenant, plan and regulation together, agree clause by clause, lock the text and sign it.',
  'signIn.point1':
    'Who changes what, which agency agrees to which clause: everybody sees the same.',
  'signIn.point2': '“Saved” appears only once the server has it on disk.',
  'signIn.point3': 'A locked text is changed by nobody; its signatures can be checked anywhere.',
  'signIn.account': 'Account',
  'signIn.password': 'Password',
  'signIn.submit': 'Sign in',
  'signIn.busy': 'Signing in…',
  'stepUp.wrong': 'The password is not right.',
  'stepUp.title': 'Your password again',
  'stepUp.lead':
    'What you are about to do has lasting effect, so we make sure that it is you. It is not asked again for 5 minutes.',
  'stepUp.submit': 'Continue',
  'account.menu': 'Account of {{name}}',
  'account.signOut': 'Sign out',
  'account.language': 'Language',
  'account.theme': 'Theme',
  'account.theme.system': 'As the device',
  'account.theme.light': 'Light',
  'account.theme.dark': 'Dark',
  'role.head': 'Head of agency',
  'role.delegate': 'Delegate',
  'role.officer': 'Contact officer',
  'role.clerk': 'Records clerk',
  'role.observer': 'Observer',
  'role.operator': 'Operator',
} satisfies Words<typeof vi>
