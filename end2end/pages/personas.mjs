// What one citizen answers in each of the twelve whole forms, page by page, when she is not signed in
// and has scanned no card. Knows nothing of how a page is filled; `dossier.mjs` does. All people are
// fictional; the province, sex and year in their numbers agree with what is said of them.

/** The day so many days before today, in Vietnam, as it is typed. */
function daysAgo(days) {
  const day = new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000);
  return { date: [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()].map(String) };
}

const huong = ['Người yêu cầu là ai?', {
  'Họ và tên': 'Phạm Thị Thu Hương',
  'Ngày sinh': { date: ['8', '3', '1989'] },
  'Số định danh cá nhân': '030189011736',
}];

// Province and commune are filled in.
const contact = ['Liên hệ với ai khi cần?', {
  'Số điện thoại': '0912 345 678',
  'Thôn, xóm, số nhà, đường': 'Thôn Bắc',
}];

/** Her father, who died. */
const loc = {
  'Họ và tên': 'Phạm Văn Lộc',
  'Ngày sinh': { date: ['10', '2', '1946'] },
  'Số định danh cá nhân': '030046001957',
};

/** Her mother, 78 years old in 2026. */
const man = {
  'Họ và tên': 'Đỗ Thị Mận',
  'Ngày sinh': { date: ['12', '6', '1948'] },
  'Số định danh cá nhân': '030148003391',
};

const hai = {
  'Họ và tên': 'Nguyễn Văn Hải',
  'Ngày sinh': { date: ['15', '4', '1987'] },
  'Số định danh cá nhân': '030087004512',
};

/** Her elder son. */
const khang = {
  'Họ và tên': 'Phạm Minh Khang',
  'Ngày sinh': { date: ['2', '5', '2015'] },
  'Số định danh cá nhân': '030215004428',
};

const toAccount = (holder) => ['Nhận tiền bằng cách nào?', {
  'Cách nhận tiền': { choice: 'Vào tài khoản ngân hàng' },
  'Ngân hàng': 'Agribank',
  'Số tài khoản': '2304205112233',
  'Chủ tài khoản': holder,
}];

/** Pages in the order in which she is asked, each with its answers. What is filled in already is left out. */
export const personas = {
  // A copy of her own birth certificate.
  '2.000635': [
    ['Bạn cần bản sao giấy nào?', { 'Loại giấy tờ': { choice: 'Giấy khai sinh' } }],
    huong,
    ['Bạn là gì của người có tên trong giấy tờ?', { 'Quan hệ': { choice: 'Là chính tôi' } }],
    ['Giấy tờ đó đăng ký ở đâu?', { 'Ủy ban nhân dân nơi đã đăng ký': 'Xã Kim Thành, Hải Phòng' }],
    ['Bạn cần mấy bản?', { 'Số bản sao': '2' }],
    contact,
  ],
  // Her new-born; the father is not named.
  '1.001193': [
    huong,
    ['Bạn là gì của trẻ?', { 'Quan hệ với trẻ': { choice: 'Mẹ' } }],
    ['Trẻ tên gì, sinh ngày nào?', {
      'Họ và tên': 'Phạm Gia Bảo',
      'Ngày sinh': daysAgo(13),
      'Giới tính': { choice: 'Nam' },
    }],
    ['Trẻ sinh ở đâu?', {
      'Nơi sinh': 'Trung tâm Y tế Kim Thành',
      'Bạn có giấy chứng sinh không?': { choice: 'Tôi có giấy chứng sinh bản giấy' },
    }],
    ['Quê quán của trẻ ở đâu?', { 'Quê quán': 'Xã Kim Thành, thành phố Hải Phòng' }],
    ['Cha mẹ của trẻ đã đăng ký kết hôn chưa?', {
      'Cha mẹ của trẻ': { choice: 'Chưa, không ghi phần về cha' },
    }],
    ['Mẹ của trẻ là ai?', {}],
    contact,
    ['Bạn cần mấy bản sao giấy khai sinh?', {}],
  ],
  '1.000894': [
    huong,
    ['Bạn là bên nữ hay bên nam?', { 'Bạn là': { choice: 'Bên nữ' } }],
    ['Bên nam là ai?', hai],
    ['Mỗi người kết hôn lần thứ mấy?', {}],
    contact,
  ],
  '1.004873': [
    ['Bạn cần giấy này để làm gì?', {
      'Mục đích sử dụng': { choice: 'Mua bán nhà đất, vay vốn' },
    }],
    huong,
    ['Bạn xin giấy cho ai?', { 'Xin giấy cho': { choice: 'Cho chính tôi' } }],
    ['Tình trạng hôn nhân hiện nay thế nào?', {
      'Tình trạng hôn nhân': { choice: 'Chưa đăng ký kết hôn với ai' },
    }],
    ['Xác nhận cho thời gian nào?', {}],
    contact,
  ],
  '1.000656': [
    huong,
    ['Bạn là gì của người đã mất?', { 'Quan hệ với người đã mất': { choice: 'Con' } }],
    ['Người đã mất là ai?', loc],
    ['Người đó mất khi nào, ở đâu?', {
      'Ngày mất': daysAgo(5),
      'Nơi mất': 'Bệnh viện Đa khoa Kim Thành',
    }],
    ['Bạn có giấy báo tử không?', {
      'Giấy báo tử': { choice: 'Có giấy báo tử hoặc giấy tờ thay thế' },
      'Nguyên nhân': 'Bệnh tim',
    }],
    contact,
  ],
  // Her home place is missing in her birth certificate.
  '1.004859': [
    ['Bạn cần làm gì?', { 'Việc cần làm': { choice: 'Ghi thêm chỗ còn thiếu (bổ sung)' } }],
    huong,
    ['Giấy tờ cần sửa là của ai?', { 'Giấy tờ của': { choice: 'Của tôi' } }],
    ['Giấy tờ nào cần sửa?', {
      'Loại giấy tờ': { choice: 'Giấy khai sinh' },
      'Nơi đã đăng ký': 'Ủy ban nhân dân xã Kim Thành',
    }],
    ['Sửa những gì?', {
      'Mục cần sửa': { choice: 'Quê quán' },
      'Sửa thành': 'Xã Kim Thành, thành phố Hải Phòng',
    }],
    ['Vì sao cần sửa?', { 'Lý do': 'Giấy khai sinh cấp năm 1989 không ghi quê quán.' }],
    contact,
  ],
  '2.000815': [
    ['Bạn cần chứng thực giấy tờ gì?', { 'Tên giấy tờ': 'Bằng tốt nghiệp', 'Số bản sao': '2' }],
    ['Bạn định mang bản chính đến ngày nào?', {}],
    huong,
    contact,
  ],
  '2.000884': [
    ['Bạn cần ký giấy tờ gì?', {
      'Loại giấy tờ': { choice: 'Sơ yếu lý lịch' },
      'Tên giấy tờ': 'Sơ yếu lý lịch tự thuật',
    }],
    ['Bạn ký thế nào, ở đâu?', {}],
    huong,
    contact,
  ],
  // For her mother.
  '1.014027': [
    ['Bạn cần làm gì?', { 'Việc cần làm': { choice: 'Xin hưởng trợ cấp' } }],
    huong,
    ['Trợ cấp này cho ai?', { 'Trợ cấp cho': { choice: 'Cho cha hoặc mẹ tôi' } }],
    ['Người hưởng trợ cấp là ai?', man],
    ['Người đó đang hưởng khoản nào hằng tháng?', { 'Khoản đang hưởng': { choice: 'Không khoản nào' } }],
    toAccount('Đỗ Thị Mận'),
    contact,
  ],
  '1.014028': [
    ['Khi còn sống, người mất hưởng khoản nào?', {
      'Khoản đã hưởng': { choice: 'Trợ cấp hưu trí xã hội' },
    }],
    huong,
    ['Bạn là gì của người đã mất?', { 'Quan hệ với người đã mất': { choice: 'Con' } }],
    ['Người đã mất là ai?', loc],
    ['Người đó mất ngày nào?', {
      'Ngày mất': daysAgo(20),
      'Đã đăng ký khai tử chưa?': { choice: 'Đã đăng ký' },
    }],
    toAccount('Phạm Thị Thu Hương'),
    contact,
  ],
  '1.001731': [
    ['Khi còn sống, người mất hưởng khoản nào?', {
      'Khoản đã hưởng': { choice: 'Trợ cấp xã hội hằng tháng (khuyết tật, mồ côi, đơn thân nghèo)' },
    }],
    huong,
    ['Bạn là gì của người đã mất?', { 'Quan hệ với người đã mất': { choice: 'Con' } }],
    ['Người đã mất là ai?', loc],
    ['Người đó mất ngày nào?', {
      'Ngày mất': daysAgo(20),
      'Đã đăng ký khai tử chưa?': { choice: 'Đã đăng ký' },
    }],
    ['Mai táng khi nào, ở đâu?', {
      'Ngày mai táng': daysAgo(18),
      'Nơi mai táng': 'Nghĩa trang thôn Bắc, xã Kim Thành',
    }],
    toAccount('Phạm Thị Thu Hương'),
    contact,
  ],
  // For her son.
  '1.001699': [
    ['Bạn cần làm gì?', { 'Việc cần làm': { choice: 'Xác định mức độ khuyết tật lần đầu' } }],
    huong,
    ['Giấy này cho ai?', { 'Giấy cho': { choice: 'Cho con tôi' } }],
    ['Người khuyết tật là ai?', khang],
    ['Khuyết tật về mặt nào?', { 'Dạng khuyết tật': { many: ['Nghe, nói'] } }],
    ['Việc nào cần người giúp mới làm được?', {
      'Cần người giúp': { many: ['Nghe và hiểu người khác nói', 'Giao tiếp, hòa nhập'] },
    }],
    ['Việc nào hoàn toàn không làm được?', { 'Không làm được': { many: ['Nói được ý muốn của mình'] } }],
    contact,
  ],
};

/** The procedures in which these answers need a photo, and of what. */
export const photoOf = {
  '1.001193': 'The birth notice: she has it on paper.',
  '1.000656': 'The death notice: she has it on paper.',
  '1.004859': 'The paper that proves what is to be added.',
};
