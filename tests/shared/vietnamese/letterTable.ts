/**
 * Letter, capital, their code points, byte in TCVN3 (small, capital), VNI as seen in cp1252 (small, capital), VIQR.
 * After the tables of UniKey and glibc: what our own are held against.
 */
export const LETTER_TABLE = `
à À 00E0 00C0 B5 B5 aø AØ a´
á Á 00E1 00C1 B8 B8 aù AÙ a'
ả Ả 1EA3 1EA2 B6 B6 aû AÛ a?
ã Ã 00E3 00C3 B7 B7 aõ AÕ a~
ạ Ạ 1EA1 1EA0 B9 B9 aï AÏ a.
ă Ă 0103 0102 A8 A1 aê AÊ a(
ằ Ằ 1EB1 1EB0 BB BB aè AÈ a(´
ắ Ắ 1EAF 1EAE BE BE aé AÉ a('
ẳ Ẳ 1EB3 1EB2 BC BC aú AÚ a(?
ẵ Ẵ 1EB5 1EB4 BD BD aü AÜ a(~
ặ Ặ 1EB7 1EB6 C6 C6 aë AË a(.
â Â 00E2 00C2 A9 A2 aâ AÂ a^
ầ Ầ 1EA7 1EA6 C7 C7 aà AÀ a^´
ấ Ấ 1EA5 1EA4 CA CA aá AÁ a^'
ẩ Ẩ 1EA9 1EA8 C8 C8 aå AÅ a^?
ẫ Ẫ 1EAB 1EAA C9 C9 aã AÃ a^~
ậ Ậ 1EAD 1EAC CB CB aä AÄ a^.
đ Đ 0111 0110 AE A7 ñ Ñ dd
è È 00E8 00C8 CC CC eø EØ e´
é É 00E9 00C9 D0 D0 eù EÙ e'
ẻ Ẻ 1EBB 1EBA CE CE eû EÛ e?
ẽ Ẽ 1EBD 1EBC CF CF eõ EÕ e~
ẹ Ẹ 1EB9 1EB8 D1 D1 eï EÏ e.
ê Ê 00EA 00CA AA A3 eâ EÂ e^
ề Ề 1EC1 1EC0 D2 D2 eà EÀ e^´
ế Ế 1EBF 1EBE D5 D5 eá EÁ e^'
ể Ể 1EC3 1EC2 D3 D3 eå EÅ e^?
ễ Ễ 1EC5 1EC4 D4 D4 eã EÃ e^~
ệ Ệ 1EC7 1EC6 D6 D6 eä EÄ e^.
ì Ì 00EC 00CC D7 D7 ì Ì i´
í Í 00ED 00CD DD DD í Í i'
ỉ Ỉ 1EC9 1EC8 D8 D8 æ Æ i?
ĩ Ĩ 0129 0128 DC DC ó Ó i~
ị Ị 1ECB 1ECA DE DE ò Ò i.
ò Ò 00F2 00D2 DF DF oø OØ o´
ó Ó 00F3 00D3 E3 E3 où OÙ o'
ỏ Ỏ 1ECF 1ECE E1 E1 oû OÛ o?
õ Õ 00F5 00D5 E2 E2 oõ OÕ o~
ọ Ọ 1ECD 1ECC E4 E4 oï OÏ o.
ô Ô 00F4 00D4 AB A4 oâ OÂ o^
ồ Ồ 1ED3 1ED2 E5 E5 oà OÀ o^´
ố Ố 1ED1 1ED0 E8 E8 oá OÁ o^'
ổ Ổ 1ED5 1ED4 E6 E6 oå OÅ o^?
ỗ Ỗ 1ED7 1ED6 E7 E7 oã OÃ o^~
ộ Ộ 1ED9 1ED8 E9 E9 oä OÄ o^.
ơ Ơ 01A1 01A0 AC A5 ô Ô o+
ờ Ờ 1EDD 1EDC EA EA ôø ÔØ o+´
ớ Ớ 1EDB 1EDA ED ED ôù ÔÙ o+'
ở Ở 1EDF 1EDE EB EB ôû ÔÛ o+?
ỡ Ỡ 1EE1 1EE0 EC EC ôõ ÔÕ o+~
ợ Ợ 1EE3 1EE2 EE EE ôï ÔÏ o+.
ù Ù 00F9 00D9 EF EF uø UØ u´
ú Ú 00FA 00DA F3 F3 uù UÙ u'
ủ Ủ 1EE7 1EE6 F1 F1 uû UÛ u?
ũ Ũ 0169 0168 F2 F2 uõ UÕ u~
ụ Ụ 1EE5 1EE4 F4 F4 uï UÏ u.
ư Ư 01B0 01AF AD A6 ö Ö u+
ừ Ừ 1EEB 1EEA F5 F5 öø ÖØ u+´
ứ Ứ 1EE9 1EE8 F8 F8 öù ÖÙ u+'
ử Ử 1EED 1EEC F6 F6 öû ÖÛ u+?
ữ Ữ 1EEF 1EEE F7 F7 öõ ÖÕ u+~
ự Ự 1EF1 1EF0 F9 F9 öï ÖÏ u+.
ỳ Ỳ 1EF3 1EF2 FA FA yø YØ y´
ý Ý 00FD 00DD FD FD yù YÙ y'
ỷ Ỷ 1EF7 1EF6 FB FB yû YÛ y?
ỹ Ỹ 1EF9 1EF8 FC FC yõ YÕ y~
ỵ Ỵ 1EF5 1EF4 FE FE î Î y.
`
  .trim()
  .split('\n')
  .map((line) => {
    const [small = '', capital = '', point = '', capitalPoint = '', ...codes] = line.split(' ')
    const [tcvn3 = '', tcvn3Capital = '', vni = '', vniCapital = '', viqr = ''] = codes
    return {
      small,
      capital,
      point,
      capitalPoint,
      tcvn3: String.fromCharCode(Number.parseInt(tcvn3, 16)),
      tcvn3Capital: String.fromCharCode(Number.parseInt(tcvn3Capital, 16)),
      vni,
      vniCapital,
      // A grave accent would end the text above, so an acute one stands for it.
      viqr: viqr.replace('´', '`'),
    }
  })
