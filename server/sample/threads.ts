import type { DocumentKind } from '../../shared/documents/document.ts'

/** A thread that is open when the sample bloc is new. The sample places only speak of clauses that exist. */
export type SampleThread = {
  document: DocumentKind
  /** As `describePlace` cites it. */
  place: string
  /** Words of the clause that it is about. */
  quote?: string
  /** Sign-in name of the author. */
  by: string
  body: string
  replies: readonly { by: string; body: string }[]
}

export const SAMPLE_THREADS: readonly SampleThread[] = [
  {
    document: 'covenant',
    place: 'điểm b khoản 2 Điều 2',
    quote: 'ký số văn bản đi theo quy định',
    by: 'vpub.officer',
    body: 'Đề nghị ghi rõ cả ký số cá nhân và ký số cơ quan, cho thống nhất với chỉ tiêu số 6 tại Điều 3.',
    replies: [],
  },
  {
    document: 'covenant',
    place: 'bảng tại Điều 3',
    quote: 'Hồ sơ nộp trực tuyến trên hồ sơ có dịch vụ trực tuyến',
    by: 'skhcn.officer',
    body: 'Chỉ tiêu 50% là cao đối với cơ quan có ít thủ tục. Đề nghị cân nhắc mức 40% hoặc tính theo quý.',
    replies: [
      {
        by: 'vpub.officer',
        body: 'Mẫu số chỉ gồm hồ sơ có dịch vụ trực tuyến nên cơ quan ít thủ tục không bị thiệt. Đề nghị giữ 50%.',
      },
    ],
  },
  {
    document: 'covenant',
    place: 'khoản 4 Điều 4',
    by: 'stnmt.officer',
    body: 'Nên có thời hạn Trưởng khối lấy ý kiến khi một cơ quan đề nghị điều chỉnh chỉ tiêu, ví dụ 10 ngày làm việc.',
    replies: [
      {
        by: 'vpdbqh.officer',
        body: 'Trưởng khối ghi nhận, sẽ báo cáo lãnh đạo và đưa vào dự thảo trước hội nghị.',
      },
    ],
  },
  {
    document: 'plan',
    place: 'khoản 2 mục VI',
    quote: 'mức thống nhất tại hội nghị',
    by: 'stc.officer',
    body: 'Đề nghị nêu mức đóng góp tối đa để các cơ quan cân đối trong dự toán đã giao.',
    replies: [],
  },
  {
    document: 'regulation',
    place: 'khoản 3 Điều 7',
    quote: 'quá hạn không trả lời được coi là chưa có ý kiến',
    by: 'skhdt.officer',
    body: 'Trưởng khối hỏi lại mấy lần và trong bao lâu? Đề nghị quy định một lần, thời hạn 03 ngày làm việc.',
    replies: [
      {
        by: 'snv.officer',
        body: 'Sở Nội vụ nhất trí hỏi lại một lần; thời hạn nên là 05 ngày làm việc như lần góp ý đầu.',
      },
    ],
  },
]
