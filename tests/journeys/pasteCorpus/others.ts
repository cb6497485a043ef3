import { file, type Sample } from './samples.ts'

const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet><style><!--
table {mso-displayed-decimal-separator:"\\."} td {padding:0px; font-weight:400; font-style:normal; font-family:Calibri, sans-serif; white-space:nowrap;}
.xl65 {font-weight:700; text-align:center;} .xl66 {mso-number-format:"0\\.0";} .xl67 {font-family:".VnTime";}
--></style></head><body link=blue><table border=0 cellpadding=0 style='border-collapse:collapse;width:144pt'><!--StartFragment-->
<col width=64 style='width:48pt'><col width=128 style='mso-width-source:userset;width:96pt'>`

/** Spreadsheets, LibreOffice, web pages and plain text. */
export const OTHERS: readonly Sample[] = [
  {
    name: 'Excel: heading by class, numbers as shown, widths',
    html: `${EXCEL}<tr height=20><td height=20 class=xl65 width=64 style='width:48pt'>TT</td><td class=xl65 width=128 style='width:96pt'>Điểm</td></tr><tr><td align=right>1</td><td class=xl66 align=right x:num="40.5">40,5</td></tr><!--EndFragment--></table></body></html>`,
    is: ['table: [TT]w64 [Điểm]w128 / 1 | 40,5'],
  },
  {
    name: 'Excel: words that run over their neighbour, a hidden row of widths',
    html: `${EXCEL}<tr><td colspan=2 style='mso-ignore:colspan'>Bảng điểm của Khối</td></tr><tr><td>1</td><td>2</td></tr><![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td><td></td></tr><![endif]></table>`,
    is: ['table: Bảng điểm của Khối |  / 1 | 2'],
  },
  {
    name: 'Excel: one cell is words',
    html: `${EXCEL}<tr><td>Sở Tài chính</td></tr></table>`,
    is: ['text: Sở Tài chính'],
  },
  {
    name: 'Excel: cells in an old font',
    html: `${EXCEL}<tr><td class=xl67>Néi dung</td><td>Chữ mới</td></tr><tr><td class=xl67>§iÓm th­&#7903;ng</td><td class=xl67>thi ®ua</td></tr></table>`,
    is: ['table: Nội dung | Chữ mới / §iÓm th­ởng | thi đua'],
    encoding: 'tcvn3',
  },
  {
    name: 'LibreOffice Writer, a regulation',
    html: file('libreofficeWriter.html.txt'),
    is: [
      'basis: Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;',
      'chapter: QUY ĐỊNH CHUNG',
      'article: Phạm vi điều chỉnh',
      'paragraph: Quy chế này quy định <b>nguyên tắc</b>.',
      'paragraph: Đối tượng gồm:',
      'point: Sở Tài chính;',
      'point: Sở Nội vụ.',
      'text: Đoạn không có số.',
      'text: - gạch đầu dòng',
      'text: Bản giao ước thi đua',
      'text: ỦY BAN NHÂN DÂN',
      'table: [TT]r2 [Chỉ tiêu]c2 / Năm 2021 | Năm 2022 / 1 | 95,5 | 98',
    ],
    encoding: 'tcvn3',
  },
  {
    name: 'LibreOffice from a DOCX: line breaks, VNI, a heading numbered twice',
    html: file('libreofficeDocx.html.txt'),
    model: 'plan',
    is: [
      'section: MỤC ĐÍCH, YÊU CẦU',
      'paragraph: Mục đích: <u>thi đua</u>',
      'point: một;',
      'point: hai.',
      'paragraph: Yêu cầu: đúng thời hạn',
      'section: NỘI DUNG',
    ],
    encoding: 'vni',
  },
  {
    name: 'LibreOffice Calc',
    html: file('libreofficeCalc.html.txt'),
    is: ['table: [TT] [Nội dung] [Điểm] / 1 | Chuyên môn | 40.5 / (Cộng)c2 | 40.5'],
  },
  {
    name: 'LibreOffice Calc from an XLSX',
    html: file('libreofficeXlsx.html.txt'),
    is: ['table: [TT] [Nội dung] [Điểm] / 1 | Chuyên môn | 40.5 / (Cộng)c2 | 40.5'],
  },
  {
    name: 'Google Docs: all of it in a b that is not bold, flat lists with aria-level',
    html: `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;white-space:pre-wrap;">Điều 1. Mục tiêu</span></p><ol><li dir="ltr" style="list-style-type:decimal;" aria-level="1"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">một</span></p></li><li style="list-style-type:lower-alpha" aria-level="2"><p><span>hai</span></p></li></ol><br></b>`,
    is: ['article: Mục tiêu', 'paragraph: một', 'point: hai'],
  },
  {
    name: 'a law portal: div and br, links, scripts',
    html: `<div class="content"><script>alert(1)</script><p align="center"><a name="chuong_1"><b>Chương I</b></a></p><p align="center"><b>NHỮNG QUY ĐỊNH CHUNG</b></p><div><a href="#"><b>Điều 3. Nguyên tắc</b></a><br>1. Tự nguyện;<br/>2. Công khai.<img src=x onerror="alert(2)"></div></div>`,
    is: [
      'chapter: NHỮNG QUY ĐỊNH CHUNG',
      'article: Nguyên tắc',
      'paragraph: Tự nguyện;',
      'paragraph: Công khai.',
    ],
  },
  {
    name: 'a web page: headings, nested lists, a table in sections',
    html: `<article><h2>Tin tức</h2><ul><li>một<ul><li>hai</li></ul></li></ul><ol start="3"><li>ba<ol><li>bốn</li></ol></li></ol><table><thead><tr><th>A<th>B</thead><tbody><tr><td>1<td>2</tbody></table></article>`,
    is: [
      'text: <b>Tin tức</b>',
      'text: - một',
      'text: - hai',
      'paragraph: ba',
      'point: bốn',
      'table: [A] [B] / 1 | 2',
    ],
  },
  {
    name: 'a ragged table: rows too short, spans too long, a table in a cell',
    html: '<table><tr><td rowspan=9>A</td><td colspan=2>B</td></tr><tr><td>C</td></tr><tr></tr><tr><td>x<table><tr><td>y</td><td>z</td></tr></table></td></tr></table>',
    is: ['table: (A)r3 | (B)c2 / C |  / x ¶ y ¶ z | '],
  },
  {
    name: 'a page in Chrome: words of a line, with the source breaks of the clipboard',
    html: '<html>\r\n<body>\r\n<!--StartFragment--><span style="color: rgb(0,0,0);">thi đua</span><!--EndFragment-->\r\n</body>\r\n</html>',
    is: ['text: thi đua'],
  },
  {
    name: 'preformatted lines',
    html: '<pre>Điều 1. Một\n1. Hai\n\na) Ba</pre>',
    is: ['article: Một', 'paragraph: Hai', 'point: Ba'],
  },
  {
    name: 'a page whose font was lost: TCVN3 by its syllables',
    html: '<p>§iÒu 1. Ph¹m vi ®iÒu chØnh</p><p>1. B¶n giao \u00adíc thi ®ua</p>',
    is: ['article: Phạm vi điều chỉnh', 'paragraph: Bản giao ước thi đua'],
    encoding: 'tcvn3',
  },
  {
    name: 'plain text of a mail',
    text: 'Điều 2. Nội dung\r\n\r\n1. Một;\r\na) hai\r\n  - ba\r\n',
    is: ['article: Nội dung', 'paragraph: Một;', 'point: hai', 'text: - ba'],
  },
  {
    name: 'plain text in VNI',
    text: 'Ñieàu 1. Phaïm vi ñieàu chænh\nBaûn giao öôùc thi ñua',
    is: ['article: Phạm vi điều chỉnh', 'text: Bản giao ước thi đua'],
    encoding: 'vni',
  },
  {
    name: 'plain text in VIQR is asked about',
    text: 'DDie^`u 1. Pha.m vi ddie^`u chi?nh',
    is: ['text: DDie^`u 1. Pha.m vi ddie^`u chi?nh'],
    encoding: 'viqr?',
  },
  {
    name: 'rows with tabs are a table',
    text: 'TT\tNội dung\tĐiểm\n1\tChuyên môn\t40,5\n\n',
    is: ['table: TT | Nội dung | Điểm / 1 | Chuyên môn | 40,5'],
  },
  {
    name: 'French and English stay what they are',
    text: 'Le préfet a décidé que la réunion aurait lieu.\nThe café is open; 10 µm © 2022.',
    is: [
      'text: Le préfet a décidé que la réunion aurait lieu.',
      'text: The café is open; 10 µm © 2022.',
    ],
  },
  { name: 'nothing but blanks', html: '<p>&nbsp;</p><br><p></p>', is: [] },
]
