import { ISSUED_BY_LEAD } from './bloc.ts'
import { blocksOf } from './notation.ts'
import type { NewClauseId, SampleDocument } from './sampleDocument.ts'

export const PLAN_TEXT = `
Thực hiện Chỉ thị số 02/CT-UBND ngày 10 tháng 01 năm 2022 của Chủ tịch Ủy ban nhân dân tỉnh về phát động thi đua năm 2022 và Bản giao ước thi đua đã ký ngày 28 tháng 02 năm 2022, Khối thi đua các cơ quan tham mưu tổng hợp (sau đây gọi là Khối) ban hành Kế hoạch hoạt động năm 2022 như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. **Mục đích**
a) Cụ thể hóa bản giao ước thành việc làm, thời gian, người chịu trách nhiệm;
b) Tạo khí thế thi đua sôi nổi trong bảy cơ quan, góp phần hoàn thành nhiệm vụ kinh tế - xã hội của tỉnh;
c) Nâng chất lượng tham mưu, phối hợp và trao đổi kinh nghiệm giữa các cơ quan.
2. **Yêu cầu**
a) Thiết thực, tiết kiệm, không hình thức, không làm tăng giấy tờ;
b) Chỉ tiêu đo được, có nguồn số liệu và minh chứng;
c) Hoạt động tập trung phải phù hợp tình hình dịch bệnh và công việc chuyên môn.
II. NỘI DUNG THI ĐUA
1. **Chủ đề năm 2022**
"Đoàn kết, kỷ cương, đổi mới, hiệu quả" – lập thành tích chào mừng 30 năm Ngày tái lập tỉnh (01/4/1992 - 01/4/2022).
2. **Ba đợt thi đua**
a) Đợt 1 (tháng 3 - tháng 6): thi đua cao điểm chào mừng 30 năm tái lập tỉnh và ngày truyền thống thi đua yêu nước 11/6; trọng tâm: xử lý dứt điểm nhiệm vụ tồn đọng năm 2021;
b) Đợt 2 (tháng 7 - tháng 9): thi đua cải cách hành chính, chuyển đổi số; trọng tâm: ký số và hồ sơ công việc điện tử;
c) Đợt 3 (tháng 10 - tháng 12): thi đua nước rút hoàn thành chỉ tiêu năm, chuẩn bị tổng kết.
3. **Phong trào thường xuyên**
a) Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh;
b) Thi đua thực hiện văn hóa công sở;
c) Các phong trào do Thủ tướng Chính phủ và UBND tỉnh phát động liên quan nhiệm vụ của từng cơ quan.
III. CHỈ TIÊU
Thực hiện 18 chỉ tiêu tại Điều 3 Bản giao ước thi đua. Mỗi cơ quan cụ thể hóa bằng bản đăng ký thi đua gửi Trưởng khối trước ngày 15 tháng 3 năm 2022.
IV. HOẠT ĐỘNG VÀ TIẾN ĐỘ
| TT | Hoạt động | Chủ trì | Phối hợp | Thời gian | Sản phẩm |
| 1 | Lấy ý kiến dự thảo giao ước, kế hoạch, quy chế | Trưởng khối | Các thành viên | 10/02 - 22/02 | Bảng tổng hợp góp ý |
| 2 | Hội nghị ký kết giao ước thi đua | Trưởng khối | Các thành viên | 28/02 | Biên bản, bản giao ước đã ký |
| 3 | Ban hành kế hoạch, quy chế; gửi Sở Nội vụ | Trưởng khối | Phó Trưởng khối | trước 10/3 | Kế hoạch, Quy chế |
| 4 | Đăng ký chỉ tiêu, danh hiệu thi đua | Từng thành viên | | trước 15/3 | Bản đăng ký |
| 5 | Sinh hoạt chuyên đề nghiệp vụ tham mưu, soạn thảo văn bản | Văn phòng UBND tỉnh | Sở Nội vụ | tháng 5 | Tài liệu, danh sách dự |
| 6 | Kiểm tra chéo giữa các thành viên | Trưởng khối | Phó Trưởng khối | tháng 6 | Biên bản kiểm tra |
| 7 | Sơ kết 6 tháng | Trưởng khối | Các thành viên | trước 15/7 | Báo cáo sơ kết |
| 8 | Giao lưu thể thao, về nguồn, an sinh xã hội | Sở Tài nguyên và Môi trường | Công đoàn các cơ quan | tháng 8 | Báo cáo kết quả |
| 9 | Chuyên đề chuyển đổi số, ký số | Sở Khoa học và Công nghệ | Các thành viên | tháng 9 | Báo cáo chuyên đề |
| 10 | Tự chấm điểm, gửi hồ sơ | Từng thành viên | | trước 20/11 | Bảng tự chấm, minh chứng |
| 11 | Tổ thẩm định rà soát điểm | Phó Trưởng khối | Sở Nội vụ, Sở Tài chính | 21/11 - 30/11 | Bảng điểm thẩm định |
| 12 | Hội nghị tổng kết, bình xét, suy tôn | Trưởng khối | Các thành viên | trước 10/12 | Biên bản, tờ trình |
| 13 | Gửi hồ sơ đề nghị khen thưởng; bàn giao hồ sơ Khối | Trưởng khối | Trưởng khối năm sau | trước 31/12 | Hồ sơ, biên bản bàn giao |
V. KHEN THƯỞNG
1. Khối đề nghị UBND tỉnh tặng Cờ thi đua cho cơ quan dẫn đầu và Bằng khen cho cơ quan tiếp theo, theo số lượng tỉnh phân bổ.
2. Không đề nghị khen thưởng cơ quan không đăng ký, không ký giao ước, không tự chấm điểm hoặc có vi phạm đang bị xem xét, xử lý.
VI. KINH PHÍ
1. Mỗi cơ quan tự bảo đảm kinh phí tham gia trong dự toán được giao.
2. Hoạt động chung do các cơ quan cùng đóng góp theo mức thống nhất tại hội nghị; Trưởng khối công khai thu, chi khi tổng kết.
VII. TỔ CHỨC THỰC HIỆN
1. Trưởng khối chủ trì, hướng dẫn, đôn đốc, tổng hợp báo cáo.
2. Phó Trưởng khối giúp Trưởng khối, phụ trách kiểm tra chéo và tổ thẩm định điểm.
3. Các thành viên phân công một lãnh đạo và một công chức đầu mối; báo cáo đúng hạn; gửi minh chứng điện tử.
4. Vướng mắc gửi Trưởng khối để thống nhất điều chỉnh./.
`

/** Kế hoạch: the lead signs on behalf of the bloc. Number and date are left to its clerk. */
export const plan = (newId: NewClauseId): SampleDocument => ({
  kind: 'plan',
  title:
    'KẾ HOẠCH\nHoạt động phong trào thi đua của Khối thi đua các cơ quan tham mưu tổng hợp năm 2022',
  agreementPolicy: 'two-thirds',
  ...ISSUED_BY_LEAD,
  number: null,
  date: null,
  blocks: blocksOf(PLAN_TEXT, newId),
})
