/**
 * The score table that the toolbar offers: sections as blocs have them, a scale of 100, the bonus and what is taken
 * away apart from it. It is text of the document, so it is Vietnamese whatever the language of the page; what is left
 * in double braces stands in the way of the lock.
 */
type SkeletonRow = { cells: readonly string[]; strong: boolean }

const HEADING = ['STT', 'Nội dung, tiêu chí', 'Điểm tối đa', 'Tự chấm', 'Thẩm định', 'Minh chứng']
const CRITERION = '{{Tiêu chí}}'

const ROWS: readonly (readonly [code: string, label: string, most: string])[] = [
  ['I', 'Nhiệm vụ chính trị, chuyên môn', '60'],
  ['I.1', CRITERION, '30'],
  ['I.1.a', CRITERION, '20'],
  ['I.1.b', CRITERION, '10'],
  ['I.2', CRITERION, '30'],
  ['II', 'Xây dựng Đảng, chính quyền, đoàn thể', '15'],
  ['II.1', CRITERION, '10'],
  ['II.2', CRITERION, '5'],
  ['III', 'Công tác thi đua, khen thưởng', '25'],
  ['III.1', CRITERION, '15'],
  ['III.2', CRITERION, '10'],
  ['', 'Tổng điểm chuẩn', '100'],
  ['IV', 'Điểm thưởng (tối đa 5)', '5'],
  ['IV.1', CRITERION, '5'],
  ['V', 'Điểm trừ', ''],
  ['V.1', CRITERION, ''],
]

/** CSS px by column. */
export const SKELETON_WIDTHS = [56, 272, 72, 72, 72, 92]

export const SCORE_SKELETON: readonly SkeletonRow[] = [
  { cells: HEADING, strong: false },
  ...ROWS.map(([code, label, most]) => ({
    cells: [code, label, most, '', '', ''],
    strong: !code.includes('.'),
  })),
]
