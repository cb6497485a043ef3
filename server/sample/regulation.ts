import { ISSUED_BY_LEAD } from './bloc.ts'
import { blocksOf } from './notation.ts'
import type { NewClauseId, SampleDocument } from './sampleDocument.ts'

export const REGULATION_TEXT = `
= Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013;
= Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng;
= Thực hiện Chỉ thị số 02/CT-UBND ngày 10 tháng 01 năm 2022 của Chủ tịch Ủy ban nhân dân tỉnh về phát động thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội năm 2022, chào mừng kỷ niệm 30 năm Ngày tái lập tỉnh Ninh Thuận;
= Thực hiện Thông báo số 09/TB-UBND ngày 18 tháng 01 năm 2022 của Ủy ban nhân dân tỉnh về Trưởng, Phó Khối thi đua tỉnh năm 2022;
= Căn cứ Quyết định số 114/2017/QĐ-UBND ngày 01 tháng 11 năm 2017 của Ủy ban nhân dân tỉnh ban hành Bảng điểm các Khối thi đua thuộc tỉnh;
= Căn cứ kết quả thảo luận, thống nhất tại Hội nghị Khối ngày 28 tháng 02 năm 2022.
Chương I. QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng
1. Quy chế này quy định nguyên tắc, tổ chức, nội dung hoạt động, chế độ làm việc, chấm điểm, bình xét và đề nghị khen thưởng của Khối.
2. Quy chế áp dụng đối với bảy cơ quan thành viên gồm: Văn phòng Đoàn ĐBQH và HĐND tỉnh, Sở Nội vụ, Văn phòng UBND tỉnh, Sở Tài chính, Sở Tài nguyên và Môi trường, Sở Khoa học và Công nghệ, Sở Kế hoạch và Đầu tư.
Điều 2. Nguyên tắc hoạt động
1. Tự nguyện, tự giác, công khai, dân chủ; mọi quyết định chung do các thành viên bàn và thống nhất.
2. Các thành viên bình đẳng về quyền và nghĩa vụ, không phân biệt quy mô.
3. Chấm điểm, bình xét dựa trên kết quả và minh chứng; không nể nang, không luân phiên khen thưởng.
Điều 3. Biểu quyết
1. Vấn đề chung được thông qua khi có từ hai phần ba số thành viên trở lên đồng ý; riêng nội dung, chỉ tiêu của bản giao ước phải được tất cả thành viên nhất trí.
2. Mỗi cơ quan có một phiếu, do thủ trưởng hoặc người được ủy quyền bỏ.
3. Có thể lấy ý kiến bằng văn bản hoặc trên hệ thống điện tử; ý kiến phải có người chịu trách nhiệm và được lưu lại.
Chương II. TỔ CHỨC VÀ NHIỆM VỤ
Điều 4. Trưởng khối, Phó Trưởng khối
1. Trưởng khối, Phó Trưởng khối là cơ quan được UBND tỉnh thông báo hằng năm; thủ trưởng cơ quan đó điều hành.
2. Nhiệm kỳ là một năm công tác; trước khi hết nhiệm kỳ, Khối giới thiệu cơ quan đảm nhận năm sau để UBND tỉnh xem xét.
Điều 5. Nhiệm vụ, quyền hạn của Trưởng khối
1. Xây dựng, lấy ý kiến và trình hội nghị thông qua kế hoạch, quy chế, bản giao ước.
2. Triệu tập, chủ trì các hội nghị; ký thay mặt Khối các văn bản đã được thống nhất và sử dụng con dấu, chữ ký số của cơ quan mình.
3. Theo dõi, đôn đốc, tổng hợp, báo cáo UBND tỉnh và Sở Nội vụ (Ban Thi đua - Khen thưởng tỉnh).
4. Tổ chức chấm điểm, bình xét, lập hồ sơ đề nghị khen thưởng.
5. Lưu và bàn giao hồ sơ của Khối cho Trưởng khối kế tiếp trong thời hạn 15 ngày kể từ ngày có thông báo mới.
Điều 6. Nhiệm vụ của Phó Trưởng khối
1. Giúp Trưởng khối điều hành; thay Trưởng khối khi được ủy quyền.
2. Phụ trách kiểm tra chéo, làm tổ trưởng tổ thẩm định điểm.
Điều 7. Nhiệm vụ, quyền hạn của thành viên
1. Thực hiện giao ước, kế hoạch, quy chế; đăng ký chỉ tiêu, danh hiệu đúng hạn.
2. Cử một lãnh đạo và một công chức đầu mối; thông báo cho Trưởng khối trong 05 ngày làm việc khi có thay đổi.
3. Góp ý dự thảo trong thời hạn Trưởng khối yêu cầu; quá hạn không trả lời được coi là chưa có ý kiến và Trưởng khối phải hỏi lại trước khi khóa bản.
4. Được bảo lưu ý kiến khác; ý kiến bảo lưu ghi vào biên bản.
5. Được đề xuất sửa đổi quy chế, đề nghị xem xét lại điểm.
Điều 8. Công chức đầu mối và tổ giúp việc
1. Công chức đầu mối soạn thảo, góp ý, tập hợp minh chứng và theo dõi tiến độ của cơ quan mình.
2. Tổ thẩm định gồm đại diện ba cơ quan do hội nghị cử; thành viên tổ không thẩm định điểm của cơ quan mình.
Chương III. NỘI DUNG HOẠT ĐỘNG VÀ CHẾ ĐỘ LÀM VIỆC
Điều 9. Nội dung hoạt động
1. Ký kết và thực hiện giao ước thi đua.
2. Phát động, sơ kết, tổng kết các đợt thi đua.
3. Trao đổi kinh nghiệm, giới thiệu điển hình, mô hình tốt.
4. Hoạt động văn hóa, thể thao, về nguồn, an sinh xã hội.
Điều 10. Chế độ hội nghị
1. Khối họp ba kỳ trong năm: ký giao ước (quý I), sơ kết 6 tháng (tháng 7), tổng kết và bình xét (tháng 12); họp bất thường khi cần.
2. Hội nghị hợp lệ khi có ít nhất hai phần ba số thành viên dự.
3. Mỗi hội nghị có biên bản do chủ trì và thư ký ký, gửi các thành viên trong 03 ngày làm việc.
Điều 11. Soạn thảo, góp ý và khóa bản
1. Trưởng khối tạo dự thảo và mở góp ý ít nhất 05 ngày làm việc.
2. Mọi góp ý phải được trả lời: tiếp thu, tiếp thu một phần hoặc giải trình.
3. Khi các thành viên đã nhất trí, Trưởng khối khóa bản. Bản đã khóa không được sửa; nếu phải sửa thì mở bản mới và lấy ý kiến lại phần thay đổi.
Điều 12. Ký văn bản
1. Bản giao ước do thủ trưởng hoặc cấp phó được giao của tất cả thành viên ký số cá nhân và cơ quan ký số.
2. Kế hoạch, quy chế do Trưởng khối ký thay mặt Khối sau khi các thành viên nhất trí.
3. Thứ tự ký theo danh sách tại khoản 2 Điều 1; Trưởng khối có thể cho phép ký không theo thứ tự.
Điều 13. Chế độ báo cáo
1. Thành viên gửi Trưởng khối: báo cáo 6 tháng trước ngày 05/7; báo cáo năm và bảng tự chấm trước ngày 20/11.
2. Trưởng khối gửi Sở Nội vụ: báo cáo 6 tháng trước ngày 15/7; báo cáo năm và hồ sơ khen thưởng theo hướng dẫn của tỉnh.
Chương IV. CHẤM ĐIỂM, BÌNH XÉT, ĐỀ NGHỊ KHEN THƯỞNG
Điều 14. Chấm điểm
1. Thang điểm 100, chưa kể điểm thưởng; theo Phụ lục kèm Quy chế này và bảng điểm của tỉnh.
2. Trình tự: thành viên tự chấm; tổ thẩm định rà soát; công khai trong Khối ít nhất 03 ngày làm việc; hội nghị thống nhất.
3. Mỗi điểm tự chấm phải có minh chứng; không có minh chứng thì không tính điểm.
Điều 15. Xếp loại
1. Xuất sắc: từ 90 điểm trở lên và không có tiêu chí nào ở phần I dưới một nửa điểm tối đa.
2. Tốt: từ 80 đến dưới 90 điểm.
3. Khá: từ 65 đến dưới 80 điểm.
4. Còn lại: không xếp loại thi đua.
Điều 16. Bình xét, suy tôn
1. Chỉ xét cơ quan đạt từ 90 điểm trở lên.
2. Hội nghị bỏ phiếu kín; cơ quan được suy tôn phải đạt từ hai phần ba số phiếu trở lên, lấy từ cao xuống thấp; bằng phiếu thì xét điểm, rồi xét điểm phần I.
3. Kết quả ghi biên bản, gửi kèm tờ trình.
Điều 17. Trường hợp không xét
1. Không đăng ký thi đua, không ký giao ước, vắng cả hai hội nghị sơ kết và tổng kết.
2. Có lãnh đạo bị kỷ luật hoặc cơ quan có vi phạm đang bị thanh tra, kiểm tra, điều tra kết luận.
3. Báo cáo sai kết quả.
Chương V. KINH PHÍ VÀ ĐIỀU KHOẢN THI HÀNH
Điều 18. Kinh phí
1. Kinh phí hoạt động của mỗi cơ quan do cơ quan đó bảo đảm.
2. Quỹ chung (nếu có) do hội nghị quyết định mức đóng góp; Trưởng khối quản lý và quyết toán công khai.
Điều 19. Hiệu lực và trách nhiệm thi hành
1. Quy chế có hiệu lực từ ngày ký và áp dụng cho năm 2022; năm sau tiếp tục áp dụng nếu hội nghị không sửa đổi.
2. Các cơ quan thành viên chịu trách nhiệm thi hành; vướng mắc gửi Trưởng khối để trình hội nghị xem xét./.
Phụ lục. BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2022
*(Kèm theo Quy chế số …/QC-KTĐ ngày … tháng 3 năm 2022 của Khối thi đua các cơ quan tham mưu tổng hợp)*
Cơ quan: …………
| Mã | Nội dung, tiêu chí | Điểm tối đa | Tự chấm | Thẩm định | Minh chứng |
| **I** | **Nhiệm vụ chính trị, chuyên môn** | **60** | | | |
| I.1 | Nhiệm vụ được giao trong năm | 20 | | | |
| I.1.a | Đúng hạn: ≥ 98% đạt 12; mỗi 1% thiếu trừ 1 | 12 | | | |
| I.1.b | Chất lượng tham mưu: mỗi văn bản bị trả lại vì sai sót trừ 1 | 8 | | | |
| I.2 | Chỉ tiêu kinh tế - xã hội, lĩnh vực phụ trách: điểm theo tỷ lệ hoàn thành | 12 | | | |
| I.3 | Cải cách hành chính | 12 | | | |
| I.3.a | Thứ hạng chỉ số cải cách hành chính: tăng hoặc tốp 5 đạt 6; giữ đạt 4; giảm đạt 2 | 6 | | | |
| I.3.b | Hồ sơ đúng hạn ≥ 98% | 4 | | | |
| I.3.c | Hồ sơ trực tuyến ≥ 50% | 2 | | | |
| I.4 | Chuyển đổi số | 6 | | | |
| I.4.a | Văn bản đi ký số đủ ≥ 95% | 4 | | | |
| I.4.b | Lập hồ sơ công việc điện tử | 2 | | | |
| I.5 | Kỷ luật, kỷ cương; tiếp công dân; phòng, chống tham nhũng; tiết kiệm | 6 | | | |
| I.6 | An ninh, quốc phòng, an toàn cơ quan, phòng, chống dịch | 4 | | | |
| **II** | **Xây dựng Đảng, chính quyền, đoàn thể** | **15** | | | |
| II.1 | Xếp loại tổ chức đảng: xuất sắc 5; tốt 4; hoàn thành 2 | 5 | | | |
| II.2 | Học tập và làm theo Bác: có kế hoạch, có việc làm cụ thể | 3 | | | |
| II.3 | Công đoàn, Đoàn Thanh niên, hội đoàn thể vững mạnh | 3 | | | |
| II.4 | Dân chủ ở cơ sở, cơ quan đạt chuẩn văn hóa | 4 | | | |
| **III** | **Công tác thi đua, khen thưởng** | **25** | | | |
| III.1 | Phát động, tổ chức phong trào | 7 | | | |
| III.1.a | Kế hoạch năm ban hành trong quý I | 3 | | | |
| III.1.b | Ít nhất một đợt chuyên đề có sơ kết, tổng kết | 4 | | | |
| III.2 | Đăng ký và ký giao ước | 4 | | | |
| III.2.a | Đăng ký đúng hạn | 2 | | | |
| III.2.b | Ký giao ước đúng hạn | 2 | | | |
| III.3 | Điển hình và sáng kiến | 6 | | | |
| III.3.a | Có ≥ 01 điển hình được giới thiệu | 3 | | | |
| III.3.b | Có ≥ 03 sáng kiến được công nhận | 3 | | | |
| III.4 | Báo cáo, hồ sơ khen thưởng đúng hạn, đúng quy định: mỗi lần trễ trừ 1 | 4 | | | |
| III.5 | Tham gia hoạt động Khối: mỗi lần vắng không lý do trừ 1 | 4 | | | |
| | **Tổng điểm chuẩn** | **100** | | | |
| **IV** | **Điểm thưởng (tối đa 5)** | **5** | | | |
| IV.1 | Làm Trưởng khối hoàn thành tốt | 2 | | | |
| IV.2 | Được Thủ tướng, bộ ngành khen trong năm: mỗi hình thức 1 | 2 | | | |
| IV.3 | Có mô hình được nhân rộng trong tỉnh | 1 | | | |
| **V** | **Điểm trừ** | | | | |
| V.1 | Bị phê bình bằng văn bản: mỗi lần trừ 2 | | | | |
| V.2 | Có người bị kỷ luật: mỗi người trừ 1 | | | | |
| V.3 | Gửi bảng chấm trễ: mỗi ngày trừ 0,5, tối đa 3 | | | | |
| | **Tổng cộng = I + II + III + IV − V** | | | | |
`

/** Quy chế: the lead signs on behalf of the bloc. Number and date are left to its clerk. */
export const regulation = (newId: NewClauseId): SampleDocument => ({
  kind: 'regulation',
  title:
    'QUY CHẾ\nHoạt động của Khối thi đua các cơ quan tham mưu tổng hợp tỉnh Ninh Thuận năm 2022',
  agreementPolicy: 'two-thirds',
  ...ISSUED_BY_LEAD,
  number: null,
  date: null,
  blocks: blocksOf(REGULATION_TEXT, newId),
})
