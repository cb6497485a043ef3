import { type Sample, word, wordItem, wordLine } from './samples.ts'

/** As Word puts them on the clipboard. */
export const WORD: readonly Sample[] = [
  {
    name: 'Điều, khoản, điểm with typed numbers',
    html: word(
      wordLine('<b>Điều 1. Phạm vi điều chỉnh</b>') +
        wordLine('1. Quy chế này quy định <i>nguyên tắc</i>,\r\nnội dung.') +
        wordLine('a)&nbsp;&nbsp; Sở Tài chính;') +
        wordLine('đ) Sở Nội vụ.'),
    ),
    is: [
      'article: Phạm vi điều chỉnh',
      'paragraph: Quy chế này quy định <i>nguyên tắc</i>, nội dung.',
      'point: Sở Tài chính;',
      'point: Sở Nội vụ.',
    ],
  },
  {
    name: 'a list that Word has numbered, three levels',
    html: word(
      wordItem(1, '1.', 'Khoản một') +
        wordItem(2, 'a)', 'Điểm a') +
        wordItem(2, 'b)', 'Điểm b') +
        wordItem(1, '2.', 'Khoản hai'),
    ),
    is: ['paragraph: Khoản một', 'point: Điểm a', 'point: Điểm b', 'paragraph: Khoản hai'],
  },
  {
    name: 'Điều numbered by Word, khoản typed',
    html: word(
      wordItem(1, 'Điều 1.', '<b>Mục tiêu</b>') +
        wordLine('1. Một') +
        wordItem(1, 'Điều 2.', '<b>Nội dung</b>'),
    ),
    is: ['article: Mục tiêu', 'paragraph: Một', 'article: Nội dung'],
  },
  {
    name: 'decimal levels of a list hang as điểm, typed ones stay words',
    html: word(
      wordItem(1, '1.', 'Một') + wordItem(2, '1.1.', 'Một một') + wordLine('2.1. Hai một'),
    ),
    is: ['paragraph: Một', 'point: Một một', 'text: 2.1. Hai một'],
  },
  {
    name: 'bullets become dashes, whatever font draws them',
    html: word(
      wordItem(1, '·', 'một', 'Symbol') +
        wordItem(1, 'o', 'hai', 'Courier New') +
        wordItem(1, '§', 'ba', 'Wingdings') +
        wordItem(1, '-', '- bốn'),
    ),
    is: ['text: - một', 'text: - hai', 'text: - ba', 'text: - bốn'],
  },
  {
    name: 'a chapter with its title on the next lines',
    html: word(
      wordLine('<b>Chương I</b>', 'text-align:center') +
        wordLine('<b>QUY ĐỊNH CHUNG VỀ THI ĐUA</b>', 'text-align:center') +
        wordLine('<b>CỦA KHỐI</b>', 'text-align:center') +
        wordLine('<b>Điều 1. Phạm vi</b>') +
        wordLine('<b>CHƯƠNG II<br>\r\nTỔ CHỨC</b>') +
        wordLine('<b>Mục 1. HỘI NGHỊ</b>'),
    ),
    is: [
      'chapter: QUY ĐỊNH CHUNG VỀ THI ĐUA CỦA KHỐI',
      'article: Phạm vi',
      'chapter: TỔ CHỨC',
      'section: HỘI NGHỊ',
    ],
  },
  {
    name: 'bases in italics, and a Căn cứ further down that is a sentence',
    html: word(
      wordLine('<i>Căn cứ Luật Thi đua, khen thưởng;</i>') +
        wordLine('<i>Thực hiện Chỉ thị số 02/CT-UBND;</i>') +
        wordLine('<i>Xét đề nghị của Giám đốc Sở Nội vụ.</i>') +
        wordLine('<b>Điều 1. Mục tiêu</b>') +
        wordLine('Căn cứ kết quả, Khối trưởng đề nghị khen thưởng.'),
    ),
    is: [
      'basis: Căn cứ Luật Thi đua, khen thưởng;',
      'basis: Thực hiện Chỉ thị số 02/CT-UBND;',
      'basis: Xét đề nghị của Giám đốc Sở Nội vụ.',
      'article: Mục tiêu',
      'text: Căn cứ kết quả, Khối trưởng đề nghị khen thưởng.',
    ],
  },
  {
    name: 'empty lines, tabs, soft spaces, deleted and hidden words',
    html: word(
      wordLine('&nbsp;') +
        wordLine("Một<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>hai<del>bỏ</del>") +
        wordLine("ba<span style='display:none;mso-hide:all'>ẩn</span>") +
        wordLine(''),
    ),
    is: ['text: Một hai', 'text: ba'],
  },
  {
    name: 'bold by style, underline, and what is switched off again',
    html: word(
      "<p class=MsoNormal style='font-weight:bold'>đậm <span style='font-weight:normal'>thường</span> <u>gạch</u></p>" +
        '<p class=MsoNormal><a href="http://x.vn"><u>liên kết</u></a> <strike>x</strike></p>',
    ),
    is: ['text: <b>đậm </b>thường<b> </b><bu>gạch</bu>', 'text: liên kết x'],
  },
  {
    name: 'TCVN3 by font, the soft hyphen kept, capitals from their font',
    html: word(
      `<p class=Abc>B¶n giao &shy;íc thi ®ua</p>` +
        `<p class=MsoNormal><span style='font-family:".VnTimeH"'>ñy ban nh©n d©n</span></p>` +
        `<p class=MsoNormal><span style='font-family:".VnTime"'>§iÒu 1. Ph¹m vi ®iÒu chØnh</span></p>` +
        wordLine('1. Chữ mới'),
    ),
    is: [
      'text: Bản giao ước thi đua',
      'text: ỦY BAN NHÂN DÂN',
      'article: Phạm vi điều chỉnh',
      'paragraph: Chữ mới',
    ],
    encoding: 'tcvn3',
  },
  {
    name: 'one line in three encodings, run by run',
    html: word(
      `<p class=MsoNormal><span style='font-family:".VnTime"'>Khèi thi ®ua</span> và <span style='font-family:"VNI-Times"'>quy cheá</span> <b style='font-family:".VnArialH"'>kû luËt</b></p>`,
    ),
    is: ['text: Khối thi đua và quy chế <b>KỶ LUẬT</b>'],
    encoding: 'tcvn3',
  },
  {
    name: 'modern letters in a style that names an old font',
    html: word('<p class=Abc>Điều 1. Quy chế hoạt động</p><p class=Abc>Công tác</p>'),
    is: ['article: Quy chế hoạt động', 'text: Công tác'],
  },
  {
    name: 'decomposed letters and the Eth that looks like Đ',
    html: word(wordLine('Ðie\u0302\u0300u 1. Vi\u00ea\u0323t Nam')),
    is: ['article: Việt Nam'],
  },
  {
    name: 'a table with a repeated heading, merged cells and widths',
    html: word(
      `<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><thead>` +
        `<tr style='mso-yfti-irow:0'><td width=60 rowspan=2 style='width:45.0pt'><p class=MsoNormal><b>TT<o:p></o:p></b></p></td>` +
        `<td width=240 colspan=2 style='width:180.0pt'><p class=MsoNormal align=center><b>Điểm<o:p></o:p></b></p></td></tr>` +
        `<tr><td width=120 style='width:90.0pt'><p class=MsoNormal>chuẩn</p></td><td width=120 style='width:90.0pt'><p class=MsoNormal>thưởng</p></td></tr></thead>` +
        `<tr><td><p class=MsoNormal>1.</p></td><td><p class=MsoNormal>40<o:p></o:p></p><p class=MsoNormal><i>bốn mươi</i></p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table>`,
    ),
    is: ['table: [TT]r2w60 [Điểm]c2 / [chuẩn]w120 [thưởng]w120 / 1. | 40 ¶ <i>bốn mươi</i> | '],
  },
  {
    name: 'a table between clauses, its first row bold',
    html: word(
      wordLine('1. Bảng:') +
        '<table><tr><td><p><b>A</b></p></td><td><p><b>B</b></p></td></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table>' +
        wordLine('2. Hết.'),
    ),
    is: ['paragraph: Bảng:', 'table: [A] [B] / 1 | 2', 'paragraph: Hết.'],
  },
  {
    name: 'a plan: I., 1., a)',
    model: 'plan',
    html: word(
      wordLine('<b>I. MỤC ĐÍCH, YÊU CẦU</b>') + wordLine('<b>1. Mục đích</b>') + wordLine('a) Một'),
    ),
    is: ['section: MỤC ĐÍCH, YÊU CẦU', 'paragraph: <b>Mục đích</b>', 'point: Một'],
  },
  {
    name: 'an annex and its title',
    html: word(
      wordLine('<b>Phụ lục I</b>') +
        wordLine('<b>BẢNG CHẤM ĐIỂM</b>') +
        wordLine('Nội dung phụ lục.'),
    ),
    is: ['annex: BẢNG CHẤM ĐIỂM', 'text: Nội dung phụ lục.'],
  },
  {
    name: 'a few words out of a line keep the blanks around them',
    html: word('<span lang=VI style=\'font-family:"Times New Roman"\'> thi <b>đua</b> </span>'),
    is: ['text: · thi <b>đua</b> ·'],
  },
]
