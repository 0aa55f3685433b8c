// Every screen of the app, and how to get it into its states. The access tests and the gallery
// walk the same list, so a screen that is not here is looked at by neither.

import { answer, answerAll, arrives, fillIn, goOn, heading, personas, press, submit } from './dossier.mjs';
import { outcome, tapPay } from './wallet.mjs';

const open = (path, title) => async (page, stage) => {
  await page.goto(stage.origin + path);
  if (title) await arrives(page, title);
  else await heading(page).waitFor();
};

/** A filed dossier with a fee; the page stands at the fee. */
async function filed(page, stage) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
}

/** Back from the gateway with this outcome. */
const returned = (name, title, knobs) => async (page, stage) => {
  await filed(page, stage);
  if (knobs) await stage.vnpayKnobs(knobs);
  await tapPay(page);
  await outcome(page, name);
  await page.waitForURL(/thanh-toan/);
  await arrives(page, title);
};

/** name → how to get there, in a fresh browser. */
export const screens = {
  'start': open('/'),
  'start-in-use': async (page, stage) => {
    await filed(page, stage);
    await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/giay-to`);
    await arrives(page, 'Bạn cần chứng thực giấy tờ gì?');
    await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
    await page.waitForTimeout(300);
    await page.goto(stage.origin);
    await page.getByText('Đang đăng nhập').waitFor();
    await page.getByText('Hồ sơ đang làm dở').waitFor();
    await page.getByRole('button', { name: /^Xoá khỏi máy này: Chứng thực/ }).click();
  },
  'scan-no-camera': async (page, stage) => {
    await open('/quet', 'Quét mã QR')(page, stage);
    await page.getByText(/Máy này không có máy ảnh|chưa được phép/).first().waitFor();
  },
  'scan-refused-code': async (page, stage) => {
    await open('/quet', 'Quét mã QR')(page, stage);
    await page.getByLabel('Gõ mã hoặc dán đường dẫn').fill('https://example.com/thu-tuc/1.001193');
    await press(page, 'Mở mã này');
    await page.getByText('đường dẫn của nơi khác').first().waitFor();
  },
  'search': async (page, stage) => {
    await open('/tim', 'Tìm thủ tục')(page, stage);
    await page.getByText(/Có \d+ thủ tục/).waitFor();
  },
  'search-nothing': async (page, stage) => {
    await open('/tim', 'Tìm thủ tục')(page, stage);
    await page.getByLabel('Bạn cần làm gì?').fill('xyz');
    await page.getByText('Không tìm thấy').waitFor();
  },
  'search-found': async (page, stage) => {
    await open('/tim', 'Tìm thủ tục')(page, stage);
    await page.getByLabel('Bạn cần làm gì?').fill('mai táng');
    await page.getByText(/Tìm thấy \d+ thủ tục/).waitFor();
  },
  'event': open('/viec/mat-nguoi-than', 'Mất người thân'),
  'sector': open('/linh-vuc/ho-tich', 'Hộ tịch'),
  'chooser': open('/chon/mai-tang', 'Khi còn sống'),
  'poster': open('/to-dan/1.001193', 'Đăng ký khai sinh'),
  'poster-of-sector': open('/to-dan/linh-vuc/chung-thuc', 'Chứng thực'),
  'scan-card': async (page, stage) => {
    await open('/quet', 'Quét mã QR')(page, stage);
    await page.getByLabel('Gõ mã hoặc dán đường dẫn').fill('030189004321||TRẦN THỊ HƯƠNG|20081989|Nữ|Kim Thành|10042021');
    await press(page, 'Mở mã này');
    await page.getByText('Đã đọc thẻ căn cước').waitFor();
  },
  'scan-transfer': async (page, stage) => {
    await open('/quet', 'Quét mã QR')(page, stage);
    await page.getByLabel('Gõ mã hoặc dán đường dẫn').fill('00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52');
    await press(page, 'Mở mã này');
    await page.getByText('Đây là mã chuyển tiền').waitFor();
  },
  'procedure-listed': open('/thu-tuc/1.007919'),
  'procedure-sources': async (page, stage) => {
    await open('/thu-tuc/1.001193', 'Đăng ký khai sinh')(page, stage);
    await page.getByText('Nguồn của thông tin này').click();
    await page.getByText('Gửi hoặc in thủ tục này').click();
  },
  'procedure-full': open('/thu-tuc/1.001193', 'Đăng ký khai sinh'),
  'procedure-partial': open('/thu-tuc/2.000815', 'Chứng thực bản sao'),
  'procedure-information': open('/thu-tuc/2.000884', 'Chứng thực chữ ký'),
  'procedure-unknown': open('/thu-tuc/9.999999'),
  'give': async (page, stage) => {
    await open('/nop/2.000815/cau-hoi/giay-to', 'Bạn cần chứng thực giấy tờ gì?')(page, stage);
    await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
    await goOn(page);
    await page.goto(`${stage.origin}/nop/2.000815/chuyen-may`);
    await page.getByText('gõ 6 số này').waitFor();
  },
  'take': open('/ban-giao', 'Nhận hồ sơ từ máy khác'),
  'take-gone': async (page, stage) => {
    await open('/ban-giao/abcdefghijklmnop#k=abcdefabcdefabcdefabcdefabcdefab', 'Nhận hồ sơ từ máy khác')(page, stage);
    await page.getByText('đã hết hạn').waitFor();
  },
  'before-you-start': open('/nop/1.001193/bat-dau', 'Trước khi bắt đầu'),
  'question-empty': open('/nop/2.000635/cau-hoi/nguoi-yeu-cau', 'Người yêu cầu là ai?'),
  'question-choice': open('/nop/2.000635/cau-hoi/loai-giay-to', 'Bạn cần bản sao giấy nào?'),
  'question-error': async (page, stage) => {
    await open('/nop/2.000635/cau-hoi/nguoi-yeu-cau', 'Người yêu cầu là ai?')(page, stage);
    await answer(page, 'Họ và tên', 'Hương');
    await answer(page, 'Ngày sinh', { date: ['31', '2', '1989'] });
    await answer(page, 'Số định danh cá nhân', '123456789');
    await goOn(page);
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'question-filled': async (page, stage) => {
    await open('/nop/2.000635/cau-hoi/nguoi-yeu-cau', 'Người yêu cầu là ai?')(page, stage);
    const [, answers] = personas['2.000635'][4];
    for (const [label, value] of Object.entries(answers)) await answer(page, label, value);
  },
  'papers-empty': async (page, stage) => {
    await open('/nop/1.001193/cau-hoi/noi-sinh', 'Trẻ sinh ở đâu?')(page, stage);
    await answerAll(page, [personas['1.001193'][2]]);
    await page.goto(`${stage.origin}/nop/1.001193/giay-to`);
    await arrives(page, 'Giấy tờ gửi kèm');
  },
  'papers-sent': async (page, stage, { photo }) => {
    await screens['papers-empty'](page, stage);
    await page.getByLabel(/^Chụp ảnh/).first().setInputFiles(photo);
    await page.getByText('Đã gửi xong').first().waitFor();
  },
  'papers-error': async (page, stage) => {
    await screens['papers-empty'](page, stage);
    await goOn(page);
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'check-answers': async (page, stage) => {
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await fillIn(page, '2.000635');
  },
  'sign-in': async (page, stage) => {
    await screens['check-answers'](page, stage);
    await press(page, 'Đúng rồi, đi đến bước nộp');
    await arrives(page, 'Đăng nhập để nộp');
  },
  'sign-in-refused': async (page, stage) => {
    await screens['sign-in'](page, stage);
    await page.goto(`${page.url().split('?')[0]}?login=refused`);
    await page.getByText('Bạn chưa đăng nhập').waitFor();
  },
  'send': async (page, stage) => {
    await screens['sign-in'](page, stage);
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
    await page.locator('button[name=decision][value=accept]').click();
    await arrives(page, 'Nộp hồ sơ');
  },
  'fee': filed,
  'payment-paid': returned('success', 'Đã trả phí'),
  'payment-cancelled': returned('cancel', 'Thanh toán chưa thành công'),
  'payment-review': returned('fraud', 'Thanh toán đang được kiểm tra'),
  'payment-waiting': returned('success', /Đang xác nhận|Đang kiểm tra|Chưa thấy/, { ipn: 'never', query: 'down' }),
  'payment-unknown': open('/thanh-toan/AAAAAAAAAAAAAAAAAAAAAA', 'Không tìm thấy lần thanh toán này'),
  'receipt': async (page, stage) => {
    await filed(page, stage);
    await page.getByText('Để sau, xem giấy tiếp nhận').click();
    await arrives(page, 'Đã nộp hồ sơ');
  },
  'track': open('/tra-cuu', 'Xem hồ sơ đi đến đâu'),
  'track-error': async (page, stage) => {
    await open('/tra-cuu', 'Xem hồ sơ đi đến đâu')(page, stage);
    await page.getByLabel('Mã hồ sơ').fill('abc');
    await press(page, 'Xem hồ sơ');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'dossier-holder': async (page, stage) => {
    await screens.receipt(page, stage);
    await page.getByRole('link', { name: 'Xem hồ sơ đi đến đâu' }).click();
    await arrives(page, 'Hồ sơ của bạn');
  },
  'dossier-stranger': async (page, stage, { code }) => {
    await page.goto(`${stage.origin}/tra-cuu/${code}`);
    await page.getByText('Chỉ hiện trạng thái và ngày').waitFor();
  },
  'dossier-unknown': open('/tra-cuu/H24.31-261122-999999'),
  'not-found': open('/khong-co-trang-nay', 'Không có trang này'),
};
