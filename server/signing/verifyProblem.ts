/** Why a file is not valid: one code per rule, with words for people. */
export const VERIFY_PROBLEMS = {
  'file/malformed': 'Tệp hỏng hoặc có cấu trúc mà hệ thống không ghi ra bao giờ',
  'file/not-ours': 'Tệp không phải văn bản của hệ thống này',
  'file/too-slow': 'Tệp quá phức tạp, không kiểm tra được trong thời gian cho phép',
  'base/unknown': 'Bản gốc không phải bản đã đóng trong hệ thống này',
  'base/other': 'Bản gốc không trùng với mã băm đã cho',
  'base/fields': 'Các ô chữ ký không đúng với văn bản kèm theo',
  'base/active-content': 'Bản gốc có nội dung tự chạy hoặc che phủ',
  'source/missing': 'Thiếu nguyên văn (JSON) kèm theo tệp',
  'revision/unknown': 'Tệp có một lần lưu mà hệ thống này không ghi',
  'revision/forbidden-change': 'Sau khi đóng, tệp bị sửa ở chỗ khác ngoài ô chữ ký đang ký',
  'revision/signed-field': 'Một ô đã ký bị sửa',
  'revision/appearance': 'Hình chữ ký không phải hình mà hệ thống vẽ',
  'signature/range': 'Chữ ký không bao trùm toàn bộ tệp tại thời điểm ký',
  'signature/padding': 'Có dữ liệu thừa trong chỗ dành cho chữ ký',
  'signature/untrusted': 'Chứng thư không do cơ quan chứng thực của khối cấp',
  'signature/not-valid-then': 'Chứng thư không có hiệu lực lúc ký',
  'signature/future': 'Thời điểm ký ghi trong tệp còn ở tương lai',
  'signature/key-usage': 'Chứng thư không dùng để ký văn bản',
  'signature/other-signer': 'Người ký không phải người hoặc cơ quan của ô chữ ký',
  'signature/order': 'Cơ quan ký trước người có thẩm quyền của mình',
  'cms/malformed': 'Chữ ký sai cấu trúc',
  'cms/attributes': 'Chữ ký thiếu hoặc thừa thuộc tính bắt buộc',
  'cms/digest': 'Nội dung tệp đã bị thay đổi sau khi ký',
  'cms/certificate': 'Chữ ký gắn với một chứng thư khác',
  'cms/spare-certificate': 'Chữ ký kèm chứng thư thừa',
  'cms/signature': 'Chữ ký không khớp với khóa của chứng thư',
} as const

export type VerifyProblem = keyof typeof VERIFY_PROBLEMS

/** Ends the judgement of the file, or of one signature. */
export class VerifyError extends Error {
  readonly code: VerifyProblem
  constructor(code: VerifyProblem, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.code = code
  }
}

export const wordsFor = (code: VerifyProblem, detail: string): string =>
  detail === '' ? VERIFY_PROBLEMS[code] : `${VERIFY_PROBLEMS[code]} (${detail})`
