import { SAMPLE_PARTIES } from './bloc.ts'
import { blocksOf } from './notation.ts'
import type { NewClauseId, SampleDocument } from './sampleDocument.ts'

export const COVENANT_TEXT = `
= Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013;
= Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng;
= Thực hiện Chỉ thị số 02/CT-UBND ngày 10 tháng 01 năm 2022 của Chủ tịch Ủy ban nhân dân tỉnh về phát động thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội năm 2022, chào mừng kỷ niệm 30 năm Ngày tái lập tỉnh Ninh Thuận;
= Thực hiện Thông báo số 09/TB-UBND ngày 18 tháng 01 năm 2022 của Ủy ban nhân dân tỉnh về Trưởng, Phó Khối thi đua tỉnh năm 2022.
Hôm nay, tại Hội nghị của Khối, đại diện bảy cơ quan thành viên đã bàn bạc, nhất trí và cùng ký bản giao ước thi đua năm 2022 với các nội dung sau:
Điều 1. Mục tiêu chung
1. Giữ vững đoàn kết, phát huy kết quả năm 2021, cùng nhau hoàn thành tốt nhiệm vụ chính trị của từng cơ quan và nhiệm vụ chung của Khối.
2. Đổi mới nội dung và cách làm thi đua; mỗi phong trào, mỗi đợt thi đua phải gắn với một việc chuyên môn cụ thể, đo đếm được.
3. Phấn đấu 100% cơ quan trong Khối hoàn thành các chỉ tiêu tại Điều 3.
Điều 2. Nội dung thi đua
1. Thi đua hoàn thành nhiệm vụ chuyên môn:
a) Tham mưu kịp thời, đúng thẩm quyền cho Tỉnh ủy, HĐND, UBND tỉnh và Đoàn đại biểu Quốc hội tỉnh;
b) Thực hiện đủ và đúng hạn các nhiệm vụ được giao trong chương trình công tác năm;
c) Phối hợp giữa các cơ quan trong Khối khi thẩm định, góp ý văn bản, không để quá hạn.
2. Thi đua cải cách hành chính và chuyển đổi số:
a) Giải quyết thủ tục hành chính đúng hạn, tăng hồ sơ nộp và xử lý trực tuyến;
b) Xử lý văn bản trên môi trường mạng, ký số văn bản đi theo quy định;
c) Cập nhật đủ dữ liệu vào các hệ thống dùng chung của tỉnh.
3. Thi đua xây dựng Đảng, chính quyền và đoàn thể vững mạnh:
a) Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh;
b) Thực hiện dân chủ ở cơ sở, kỷ luật, kỷ cương và văn hóa công sở;
c) Thực hành tiết kiệm, phòng, chống tham nhũng, tiêu cực, lãng phí.
4. Thi đua trong công tác thi đua, khen thưởng:
a) Đăng ký, sơ kết, tổng kết và báo cáo đúng hạn;
b) Phát hiện, bồi dưỡng, giới thiệu điển hình tiên tiến; khen người trực tiếp làm việc;
c) Tham gia đầy đủ hoạt động chung của Khối.
5. Thi đua thực hiện công tác xã hội:
a) Hưởng ứng các phong trào do Trung ương và tỉnh phát động về xây dựng nông thôn mới, giúp đỡ người nghèo;
b) Bảo đảm an toàn phòng, chống dịch tại cơ quan.
Điều 3. Chỉ tiêu thi đua
| TT | Tiêu chí | Đơn vị tính | Chỉ tiêu năm 2022 | Nguồn số liệu |
| 1 | Nhiệm vụ UBND tỉnh giao hoàn thành đúng hạn | % nhiệm vụ | ≥ 98 | Hệ thống theo dõi nhiệm vụ |
| 2 | Nhiệm vụ trong chương trình công tác năm hoàn thành | % nhiệm vụ | 100 | Báo cáo năm |
| 3 | Văn bản góp ý, thẩm định trong Khối trả lời đúng hạn | % văn bản | ≥ 95 | Sổ văn bản |
| 4 | Hồ sơ thủ tục hành chính giải quyết đúng và trước hạn | % hồ sơ | ≥ 98 | Một cửa điện tử |
| 5 | Hồ sơ nộp trực tuyến trên hồ sơ có dịch vụ trực tuyến | % hồ sơ | ≥ 50 | Cổng dịch vụ công |
| 6 | Văn bản đi được ký số cá nhân và ký số cơ quan (trừ văn bản mật) | % văn bản | ≥ 95 | Hệ thống quản lý văn bản |
| 7 | Chỉ số cải cách hành chính của cơ quan | thứ hạng | giữ hoặc tăng so với 2021 | Sở Nội vụ công bố |
| 8 | Tổ chức đảng được xếp loại hoàn thành tốt nhiệm vụ trở lên | % tổ chức | 100 | Kết quả xếp loại |
| 9 | Cơ quan hoàn thành tốt nhiệm vụ trở lên, trong đó hoàn thành xuất sắc | % cơ quan | 100, trong đó ≥ 40 | Quyết định xếp loại |
| 10 | Cán bộ, công chức, viên chức hoàn thành tốt nhiệm vụ trở lên | % người | ≥ 95 | Kết quả đánh giá |
| 11 | Cá nhân đạt Lao động tiên tiến | % người | ≥ 90 | Quyết định công nhận |
| 12 | Chiến sĩ thi đua cơ sở trên số Lao động tiên tiến | % người | ≤ 15 | Quyết định công nhận |
| 13 | Sáng kiến cấp cơ sở được công nhận | sáng kiến/cơ quan | ≥ 03 | Hội đồng sáng kiến |
| 14 | Điển hình tiên tiến được giới thiệu | tập thể, cá nhân/cơ quan | ≥ 01 | Báo cáo năm |
| 15 | Báo cáo thi đua, khen thưởng gửi đúng hạn | % báo cáo | 100 | Trưởng khối theo dõi |
| 16 | Cơ quan đạt chuẩn văn hóa, an toàn về an ninh, trật tự | % cơ quan | 100 | Quyết định công nhận |
| 17 | Người vi phạm pháp luật, bị kỷ luật từ khiển trách trở lên | người | 0 | Báo cáo năm |
| 18 | Tham gia đóng góp an sinh xã hội do tỉnh phát động | % cơ quan | 100 | Báo cáo năm |
Điều 4. Cam kết thực hiện
1. Mỗi cơ quan phổ biến bản giao ước này đến toàn thể cán bộ, công chức, viên chức, người lao động và đưa chỉ tiêu vào đăng ký thi đua của mình.
2. Trưởng khối theo dõi, đôn đốc; Phó Trưởng khối phối hợp; các thành viên tự kiểm tra và báo cáo theo Quy chế hoạt động của Khối.
3. Kết quả thực hiện là căn cứ để chấm điểm, bình xét và đề nghị khen thưởng cuối năm.
4. Khi cần điều chỉnh chỉ tiêu, cơ quan đề nghị gửi Trưởng khối để lấy ý kiến toàn Khối; chỉ điều chỉnh khi tất cả thành viên nhất trí và lập phụ lục kèm bản giao ước.
Điều 5. Hiệu lực
Bản giao ước có giá trị từ ngày ký đến hết ngày 31 tháng 12 năm 2022; được lập thành một bản gốc điện tử có chữ ký số của các bên và được gửi cho từng cơ quan thành viên, Sở Nội vụ (Ban Thi đua - Khen thưởng tỉnh)./.
`

/** Bản giao ước: all seven sign. Its date is that of the bloc's conference; it needs no number. */
export const covenant = (newId: NewClauseId): SampleDocument => ({
  kind: 'covenant',
  title:
    'BẢN GIAO ƯỚC THI ĐUA\nKhối thi đua các cơ quan tham mưu tổng hợp tỉnh Ninh Thuận năm 2022',
  place: 'Ninh Thuận',
  recipients: [],
  issuer: {
    superior: 'UBND TỈNH NINH THUẬN',
    name: 'KHỐI THI ĐUA CÁC CƠ QUAN THAM MƯU TỔNG HỢP',
  },
  agreementPolicy: 'all',
  signers: SAMPLE_PARTIES.map(({ id }) => id),
  signingTitles: Object.fromEntries(
    SAMPLE_PARTIES.map(({ id, signingTitle }) => [id, signingTitle]),
  ),
  number: null,
  date: '2022-02-28',
  blocks: blocksOf(COVENANT_TEXT, newId),
})
