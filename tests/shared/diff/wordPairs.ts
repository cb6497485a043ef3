/** Old text, new text, and what a careful reader marks as changed. Each was checked by hand. */
export const WORD_PAIRS: readonly (readonly [before: string, after: string, expected: string])[] = [
  // Nothing, everything, and one word.
  ['Các đơn vị ký kết thi đua.', 'Các đơn vị ký kết thi đua.', 'Các đơn vị ký kết thi đua.'],
  ['', 'Điều khoản thi hành', '{+Điều khoản thi hành+}'],
  ['Điều khoản thi hành', '', '[-Điều khoản thi hành-]'],
  [
    'Khối có bảy đơn vị thành viên.',
    'Khối có tám đơn vị thành viên.',
    'Khối có [-bảy-]{+tám+} đơn vị thành viên.',
  ],
  ['trước ngày 15 tháng 11', 'trước ngày 30 tháng 11', 'trước ngày [-15-]{+30+} tháng 11'],
  ['Bản giao ước thi đua', 'Bản Giao ước thi đua', 'Bản [-giao-]{+Giao+} ước thi đua'],
  ['đơn vị đ', 'đơn vị d', 'đơn vị [-đ-]{+d+}'],
  // A syllable is a word: one tone more is another one.
  ['phong trào thi dua', 'phong trào thi đua', 'phong trào thi [-dua-]{+đua+}'],
  ['việc chấp hanh', 'việc chấp hành', 'việc chấp [-hanh-]{+hành+}'],
  ['kỹ luật', 'kỷ luật', '[-kỹ-]{+kỷ+} luật'],
  // Insertions and removals take the space behind them along.
  ['đơn vị phấn đấu đạt', 'đơn vị thành viên phấn đấu đạt', 'đơn vị {+thành viên +}phấn đấu đạt'],
  [
    'từng đơn vị thành viên phấn đấu',
    'từng đơn vị phấn đấu',
    'từng đơn vị [-thành viên -]phấn đấu',
  ],
  ['đơn vị báo cáo', 'Mọi đơn vị báo cáo', '{+Mọi +}đơn vị báo cáo'],
  ['thi đua yêu nước', 'thi đua yêu nước năm 2022', 'thi đua yêu nước{+ năm 2022+}'],
  ['thi đua năm 2022', 'năm 2022', '[-thi đua -]năm 2022'],
  ['nhanh, gọn, rõ', 'nhanh, gọn, rõ, đúng', 'nhanh, gọn, rõ{+, đúng+}'],
  ['nhanh, gọn, rõ', 'nhanh, rõ', 'nhanh, [-gọn, -]rõ'],
  ['thi đua thi đua', 'thi đua thi đua thi đua', 'thi đua thi đua{+ thi đua+}'],
  // Neighbouring words that are all different are one replacement.
  ['ở tỉnh Lào Cai', 'ở huyện Bát Xát', 'ở [-tỉnh Lào Cai-]{+huyện Bát Xát+}'],
  ['Trưởng khối chủ trì họp', 'Phó Trưởng khối chủ trì họp', '{+Phó +}Trưởng khối chủ trì họp'],
  [
    'gửi báo cáo sơ kết trước ngày 10 tháng 6',
    'gửi báo cáo tổng kết trước ngày 20 tháng 11',
    'gửi báo cáo [-sơ-]{+tổng+} kết trước ngày [-10-]{+20+} tháng [-6-]{+11+}',
  ],
  // A chance word between two rewritten passages is no island.
  [
    'tổ chức hội nghị sơ kết và gửi kết quả bình xét',
    'tiến hành kiểm tra chéo và công bố bảng điểm',
    '[-tổ chức hội nghị sơ kết và gửi kết quả bình xét-]{+tiến hành kiểm tra chéo và công bố bảng điểm+}',
  ],
  ['đoàn kết và sáng tạo', 'đoàn kết, kỷ cương và sáng tạo', 'đoàn kết{+, kỷ cương+} và sáng tạo'],
  // Signs stand for themselves.
  ['đạt 98 % trở lên', 'đạt 98% trở lên', 'đạt 98[- -]% trở lên'],
  ['hoàn thành; báo cáo', 'hoàn thành, báo cáo', 'hoàn thành[-;-]{+,+} báo cáo'],
  ['xong nhiệm vụ', 'xong nhiệm vụ.', 'xong nhiệm vụ{+.+}'],
  ['ít nhất 98% việc', '≥ 98% việc', '[-ít nhất-]{+≥+} 98% việc'],
  ['(nếu có)', '(nếu cần)', '(nếu [-có-]{+cần+})'],
  ['số 12/2022/QĐ-UBND', 'số 15/2022/QĐ-UBND', 'số [-12-]{+15+}/2022/QĐ-UBND'],
  // Numbers with points and commas are one word.
  ['thu 1.250.000 đồng', 'thu 1.350.000 đồng', 'thu [-1.250.000-]{+1.350.000+} đồng'],
  ['đạt 8,4%', 'đạt 8,5%', 'đạt [-8,4-]{+8,5+}%'],
  ['năm 2022, đơn vị', 'năm 2023, đơn vị', 'năm [-2022-]{+2023+}, đơn vị'],
  // What nobody sees is no change.
  ['ngày  15', 'ngày 15', 'ngày 15'],
  ['ngày\u00a015', 'ngày 15', 'ngày 15'],
  ['Tie\u0302\u0301ng Vie\u0323\u0302t', 'Tiếng Việt', 'Tiếng Việt'],
  ['Vi\u00ea\u0323t\u200b Nam', 'Việt Nam', 'Việt Nam'],
  [' thi đua ', 'thi đua', 'thi đua'],
  // Neither is the style of tone marks, which both stand in the decree itself.
  ['ỦY BAN NHÂN DÂN, hòa giải', 'UỶ BAN NHÂN DÂN, hoà giải', 'UỶ BAN NHÂN DÂN, hoà giải'],
  ['thuý, khoẻ, luỹ tre', 'thúy, khỏe, lũy tre', 'thúy, khỏe, lũy tre'],
  ['tòa án hòa giải', 'toà án giải hoà', 'toà án [-hòa -]giải{+ hoà+}'],
  ['hoàn thành quý I', 'hoàn thành quý II', 'hoàn thành quý [-I-]{+II+}'],
  // Signs beyond one UTF-16 unit stay whole.
  ['ký 𝒜 và ℬ', 'ký 𝒞 và ℬ', 'ký [-𝒜-]{+𝒞+} và ℬ'],
  ['tốt 👍', 'tốt 👎', 'tốt [-👍-]{+👎+}'],
]
