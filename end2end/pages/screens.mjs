// Every screen of the app, and how to get it into its states. The access tests and the gallery
// walk the same list, so a screen that is not here is looked at by neither.

import { answer, answerAll, arrives, codeOf, fillIn, goOn, heading, pageOf, personas, press, saved, submit } from './dossier.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { afterScreens } from './after.mjs';
import { counterScreens } from './counter.mjs';
import { feedbackScreens } from './feedback.mjs';
import { filedWithFee as filed } from './fee.mjs';
import { myDataScreens } from './my_data.mjs';
import { outcome, tapPay, tapPayWith } from './wallet.mjs';

const open = (path, title) => async (page, stage) => {
  await page.goto(stage.origin + path);
  if (title) await arrives(page, title);
  else await heading(page).waitFor();
};

const pick = (page, ...files) => page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(files);

/** A photo of a page, as a file. */
const photographed = (page, options) => paperPhoto(page.context().browser(), options);

/** A fee whose payment by VNPAY was begun; gives the attempt's token. */
async function begun(page, stage) {
  await filed(page, stage);
  const link = page.getByRole('link', { name: /^Trả .* qua VNPAY/ });
  return (await link.getAttribute('href')).split('/').pop();
}

/** The fee line of the dossier that the page is about. */
async function feeOf(page, stage) {
  const code = codeOf(page);
  const answer = await page.request.get(`${stage.origin}/api/v1/dossiers/${code}`);
  return (await answer.json()).detail.fees[0].id;
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

/** The receipt of an extract that a daughter filed for her father. */
async function forFather(page, stage) {
  const father = {
    'Họ và tên': 'Phạm Văn Lộc',
    'Ngày sinh': { date: ['10', '2', '1956'] },
    'Số định danh cá nhân': '030056001957',
  };
  await page.goto(`${stage.origin}/nop/2.000635/cho-ai`);
  await page.getByRole('radio', { name: 'Người thân', exact: true }).check();
  await goOn(page);
  await press(page, 'Bắt đầu trả lời');
  await answerAll(page, personas['2.000635'].map(([title, answers]) =>
    (title === 'Người yêu cầu là ai?' ? [title, father] : [title, answers])));
  await arrives(page, 'Xem lại trước khi nộp');
  await submit(page);
  await page.getByText('Để sau, xem giấy tiếp nhận').click();
  await arrives(page, 'Đã nộp hồ sơ');
}

/** A page in easy mode. */
function easily(path, title) {
  return async (page, stage) => {
    await screens['easy-start'](page, stage);
    await open(path, title)(page, stage);
    await page.getByRole('link', { name: 'Gọi hỗ trợ' }).waitFor();
  };
}

/** The address of a page of a form, by its title. */
async function pageAddress(page, stage, code, title) {
  const answer = await page.request.get(`${stage.origin}/api/v1/procedures/${code}`);
  const found = (await answer.json()).form.pages.find((known) => known.title.vi === title);
  return new URL(`${stage.origin}/nop/${code}/cau-hoi/${found.id}`);
}

/** name → how to get there, in a fresh browser. */
export const screens = {
  'start': open('/'),
  'start-in-use': async (page, stage) => {
    await filed(page, stage);
    await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/giay-to`);
    await arrives(page, 'Bạn cần chứng thực giấy tờ gì?');
    await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
    await saved(page);
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
  'figures-none': async (page, stage) => {
    await open('/so-lieu', 'Số liệu của xã')(page, stage);
    await page.getByText('Chỉ số 3.3').waitFor();
  },
  'figures': async (page, stage) => {
    await stage.bringQuarter();
    await open('/so-lieu', 'Số liệu của xã')(page, stage);
    await page.getByText('Chưa đạt mục tiêu 60%').first().waitFor();
    await page.getByText('Xem dạng bảng').click();
  },
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
    const [, answers] = pageOf('2.000635', 'Người yêu cầu là ai?');
    for (const [label, value] of Object.entries(answers)) await answer(page, label, value);
  },
  'question-address': open('/nop/1.001193/cau-hoi/lien-he', 'Liên hệ với ai khi cần?'),
  'question-rows': async (page, stage) => {
    const { pathname } = await pageAddress(page, stage, '1.004859', 'Sửa những gì?');
    await page.goto(stage.origin + pathname);
    await arrives(page, 'Sửa những gì?');
    await page.getByRole('button', { name: /^Thêm: / }).click();
    await page.getByRole('button', { name: /^Bỏ .* 2$/ }).waitFor();
  },
  'behalf': open('/nop/2.000635/cho-ai', 'Bạn làm hồ sơ này cho ai?'),
  'behalf-authorised': async (page, stage) => {
    await screens.behalf(page, stage);
    await page.getByRole('radio', { name: /ủy quyền/ }).check();
    await goOn(page);
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'behalf-in-person': open('/nop/1.000894/cho-ai', 'Bạn làm hồ sơ này cho ai?'),
  'check-not-ready': async (page, stage) => {
    await open('/nop/1.001193/kiem-tra', 'Xem lại trước khi nộp')(page, stage);
    await press(page, 'Đúng rồi, đi đến bước nộp');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'check-advice': async (page, stage) => {
    await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/tre`);
    await arrives(page, 'Trẻ tên gì, sinh ngày nào?');
    await answer(page, 'Ngày sinh', { date: ['1', '2', '2026'] });
    await saved(page);
    await page.goto(`${stage.origin}/nop/1.001193/kiem-tra`);
    await page.getByText('Nên xem lại').waitFor();
  },
  'declaration': async (page, stage) => {
    await screens['check-answers'](page, stage);
    await press(page, 'Xem và in tờ khai');
    await arrives(page, 'Tờ khai');
  },
  'slip': async (page, stage) => {
    await screens['check-answers'](page, stage);
    await page.goto(`${stage.origin}/nop/2.000635/phieu`);
    await page.locator('.qr').waitFor();
  },
  'send-offline': async (page, stage) => {
    await screens['check-answers'](page, stage);
    await page.context().setOffline(true);
    await press(page, 'Đúng rồi, đi đến bước nộp');
    await press(page, 'Nộp khi có mạng');
    await page.getByText('Sẽ tự nộp khi có mạng').waitFor();
  },
  'confirm-digits': open('/xac-nhan', 'Bạn có nhờ nộp hồ sơ này không?'),
  'confirm-gone': open('/xac-nhan/AAAAAAAAAAAAAAAAAAAAAA', 'Mã này không dùng được nữa'),
  'easy-start': async (page, stage) => {
    await open('/')(page, stage);
    await page.getByRole('button', { name: 'Chữ to' }).click();
    await page.getByRole('link', { name: 'Gọi hỗ trợ' }).waitFor();
  },
  'easy-procedure': easily('/thu-tuc/1.001193', 'Đăng ký khai sinh'),
  'easy-question': easily('/nop/2.000635/cau-hoi/nguoi-yeu-cau', 'Người yêu cầu là ai?'),
  'easy-date': easily('/nop/2.000635/cau-hoi/nguoi-yeu-cau?buoc=1', 'Người yêu cầu là ai?'),
  'easy-choice': easily('/nop/2.000635/cau-hoi/loai-giay-to', 'Bạn cần bản sao giấy nào?'),
  'easy-address': easily('/nop/2.000635/cau-hoi/lien-he?buoc=1', 'Liên hệ với ai khi cần?'),
  'easy-check': easily('/nop/2.000635/kiem-tra', 'Xem lại trước khi nộp'),
  'papers-empty': async (page, stage) => {
    await open('/nop/1.001193/cau-hoi/noi-sinh', 'Trẻ sinh ở đâu?')(page, stage);
    await answerAll(page, [pageOf('1.001193', 'Trẻ sinh ở đâu?')]);
    await page.goto(`${stage.origin}/nop/1.001193/giay-to`);
    await arrives(page, 'Giấy tờ gửi kèm');
  },
  'papers-sent': async (page, stage, { photo }) => {
    await screens['papers-empty'](page, stage);
    await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(photo);
    await page.getByText('Đã gửi xong').first().waitFor();
  },
  'papers-error': async (page, stage) => {
    await screens['papers-empty'](page, stage);
    await goOn(page);
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'papers-pages': async (page, stage) => {
    await screens['papers-empty'](page, stage);
    await pick(page, await photographed(page, { seed: 2 }), await photographed(page, { seed: 3 }));
    await page.getByText('Đã gửi xong').first().waitFor();
    await page.locator('.pages img').nth(1).waitFor();
  },
  'papers-doubtful': async (page, stage) => {
    await screens['papers-empty'](page, stage);
    await pick(page, await photographed(page, { spoil: 'blur(4px)' }));
    await page.getByText('Ảnh bị mờ').waitFor();
    await goOn(page);
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'capture-no-camera': async (page, stage) => {
    await screens['papers-empty'](page, stage);
    await press(page, /^Chụp ảnh/);
    await page.getByText('Bạn vẫn có thể bấm nút dưới đây').waitFor();
  },
  'capture-review': async (page, stage) => {
    await screens['capture-no-camera'](page, stage);
    await page.getByLabel('Dùng máy ảnh của điện thoại').setInputFiles(await photographed(page));
    await page.getByText('Trang này rõ').waitFor();
    await page.locator('.viewer img').waitFor();
  },
  'capture-doubtful': async (page, stage) => {
    await screens['capture-no-camera'](page, stage);
    const dark = await photographed(page, { spoil: 'brightness(0.2)' });
    await page.getByLabel('Dùng máy ảnh của điện thoại').setInputFiles(dark);
    await page.getByText('Ảnh tối quá').waitFor();
    await page.locator('.viewer img').waitFor();
  },
  'page-edit': async (page, stage) => {
    await screens['papers-pages'](page, stage);
    await page.getByRole('link', { name: /^Xem và sửa/ }).first().click();
    await arrives(page, 'Sửa trang 1');
    await page.locator('.viewer.corners img').waitFor();
  },
  'my-papers-sign-in': open('/giay-to-cua-toi', 'Giấy tờ của tôi'),
  'my-papers': async (page, stage) => {
    await page.goto(`${stage.origin}/thu-tuc/1.001193`);
    await fillIn(page, '1.001193', { photo: await photographed(page) });
    await submit(page);
    await page.waitForURL(/da-nop/);
    await page.goto(`${stage.origin}/giay-to-cua-toi`);
    await page.getByText('Tải giấy này về máy').first().waitFor();
  },
  'papers-reuse': async (page, stage) => {
    await screens['my-papers'](page, stage);
    await page.goto(`${stage.origin}/thu-tuc/1.001193`);
    await press(page, 'Bắt đầu làm hồ sơ');
    await answerAll(page, personas['1.001193']);
    await arrives(page, 'Giấy tờ gửi kèm');
    await press(page, 'Dùng lại giấy này');
    await page.getByText('Hãy đánh dấu ô đồng ý trước').waitFor();
  },
  'check-answers': async (page, stage) => {
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await fillIn(page, '2.000635');
  },
  'check-exempt': async (page, stage) => {
    await screens['check-answers'](page, stage);
    await page.getByRole('radio', { name: 'Người khuyết tật' }).check();
    await page.getByText('Bây giờ chưa phải trả').waitFor();
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
  'fee-first-time': async (page, stage) => {
    await filed(page, stage);
    await page.getByRole('radio', { name: 'MoMo' }).check();
    await page.getByText('Lần đầu trả cách này? Xem cách làm').click();
    await page.locator('img.guide').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
  },
  'fee-transfer': async (page, stage) => {
    await filed(page, stage);
    await page.getByRole('radio', { name: /Chuyển khoản/ }).check();
    await page.locator('.qr').waitFor();
  },
  'payment-transfer': async (page, stage) => {
    await screens['fee-transfer'](page, stage);
    await press(page, 'Tôi đã chuyển khoản');
    await arrives(page, 'Đang chờ ngân hàng báo tiền đến');
  },
  'ask': async (page, stage) => {
    await filed(page, stage);
    await press(page, 'Nhờ người thân trả');
    await arrives(page, 'Nhờ người thân trả');
  },
  'ask-bank': async (page, stage) => {
    await screens.ask(page, stage);
    await press(page, 'Hiện mã VietQR');
    await page.locator('.qr').nth(1).waitFor();
  },
  'fee-asked': async (page, stage) => {
    await screens.ask(page, stage);
    await page.goBack();
    await page.getByText('Bạn đã nhờ người thân trả khoản này.').waitFor();
  },
  'ask-cancelled': async (page, stage) => {
    await screens.ask(page, stage);
    await press(page, 'Hủy đường dẫn này');
    await page.getByText('Đường dẫn này không dùng được nữa.').waitFor();
  },
  'pay-for': async (page, stage) => {
    await screens.ask(page, stage);
    await page.goto(await page.locator('.qr').first().getAttribute('data-text'));
    await arrives(page, 'Trả giúp một khoản phí');
  },
  'pay-for-channel': async (page, stage) => {
    await screens['pay-for'](page, stage);
    await press(page, /^Trả 16\.000/);
    await page.getByRole('radio').first().waitFor();
  },
  'pay-for-gone': async (page, stage) => {
    await screens.ask(page, stage);
    const link = await page.locator('.qr').first().getAttribute('data-text');
    await press(page, 'Hủy đường dẫn này');
    await page.getByText('Đường dẫn này không dùng được nữa.').waitFor();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Đường dẫn này không dùng được nữa' }).waitFor();
  },
  'payment-paid': returned('success', 'Đã trả phí'),
  'payment-cancelled': returned('cancel', 'Thanh toán chưa thành công'),
  'payment-unverified': async (page, stage) => {
    await filed(page, stage);
    await tapPayWith(page, 'MoMo', stage.momo);
    await outcome(page, 'unverified');
    await page.waitForURL(/thanh-toan/);
    await arrives(page, 'Thanh toán chưa thành công');
    await page.getByText('quét khuôn mặt và căn cước').waitFor();
  },
  'payment-review': returned('fraud', 'Thanh toán đang được kiểm tra'),
  'payment-waiting': returned('success', /Đang xác nhận|Đang kiểm tra|Chưa thấy/, { ipn: 'never', query: 'down' }),
  'payment-expired': async (page, stage) => {
    const token = await begun(page, stage);
    // Twenty minutes pass: a gateway's page can be paid for fifteen.
    await stage.endBackend();
    await stage.startBackend({ ahead: 20 * 60 });
    try {
      await page.goto(`${stage.origin}/thanh-toan/${token}`);
      await arrives(page, 'Đã hết thời gian thanh toán');
    } finally {
      await stage.endBackend();
      await stage.startBackend();
    }
  },
  'payment-superseded': async (page, stage) => {
    const token = await begun(page, stage);
    await page.getByRole('radio', { name: 'MoMo' }).check();
    await page.getByRole('link', { name: /^Trả .* qua MoMo/ }).waitFor();
    await page.goto(`${stage.origin}/thanh-toan/${token}`);
    await arrives(page, 'Bạn đã mở lần thanh toán khác');
  },
  'payment-otherwise': async (page, stage) => {
    const token = await begun(page, stage);
    await stage.staff(`/dossiers/${codeOf(page)}/fees/${await feeOf(page, stage)}/cash`, {});
    await page.goto(`${stage.origin}/thanh-toan/${token}`);
    await arrives(page, 'Khoản phí này đã được trả');
  },
  'payment-refund': async (page, stage) => {
    await filed(page, stage);
    const code = codeOf(page);
    await tapPay(page);
    await outcome(page, 'success');
    await arrives(page, 'Đã trả phí');
    await stage.staff(`/dossiers/${code}/status`, { status: 3, note: 'Hồ sơ nộp nhầm nơi' });
    await stage.staff(`/payments/${page.url().split('/').pop().split('#')[0]}/refund`, { reason: 'Hồ sơ không được tiếp nhận' });
    await page.reload();
    await arrives(page, 'Tiền sẽ được trả lại');
  },
  'payment-refunded': async (page, stage) => {
    await screens['fee-transfer'](page, stage);
    const code = codeOf(page);
    const words = await page.locator('dd').filter({ hasText: /^MC[0-9A-F]{16}$/ }).textContent();
    await press(page, 'Tôi đã chuyển khoản');
    await arrives(page, 'Đang chờ ngân hàng báo tiền đến');
    await stage.staff('/statements', `Ngày,Số tiền,Nội dung,Mã giao dịch\n26/11/2026 08:15,16000,${words},FT${words}\n`);
    await stage.staff(`/dossiers/${code}/status`, { status: 3, note: 'Hồ sơ nộp nhầm nơi' });
    const token = page.url().split('/').pop().split('#')[0];
    await stage.staff(`/payments/${token}/refund`, { reason: 'Hồ sơ không được tiếp nhận' });
    await stage.staff(`/payments/${token}/refund/by-hand`, { reference: 'FT99' });
    await page.reload();
    await arrives(page, 'Tiền đã được trả lại');
  },
  'payment-offline': async (page, stage) => {
    await screens['payment-waiting'](page, stage);
    await page.route('**/api/v1/payments/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
    await page.getByText('Chưa kiểm tra được').waitFor();
  },
  'payment-unknown': open('/thanh-toan/AAAAAAAAAAAAAAAAAAAAAA', 'Không tìm thấy lần thanh toán này'),
  'receipt': async (page, stage) => {
    await filed(page, stage);
    await page.getByText('Để sau, xem giấy tiếp nhận').click();
    await arrives(page, 'Đã nộp hồ sơ');
  },
  'receipt-consent': async (page, stage) => {
    await forFather(page, stage);
    await press(page, 'Hiện mã để xác nhận');
    await page.locator('.digits').waitFor();
  },
  'confirm-question': async (page, stage) => {
    await screens['receipt-consent'](page, stage);
    const link = await page.locator('.qr').nth(1).getAttribute('data-text');
    await page.context().clearCookies();
    await page.goto(link);
    await page.getByText('Đúng, tôi nhờ nộp').waitFor();
  },
  'start-people': async (page, stage) => {
    await forFather(page, stage);
    await page.goto(stage.origin);
    await page.getByText('Người đã lưu trên máy này').click();
  },
  'fee-receipt': async (page, stage) => {
    await returned('success', 'Đã trả phí')(page, stage);
    await press(page, /^Xem biên lai/);
    await arrives(page, 'Biên lai');
  },
  'fee-receipt-stranger': async (page, stage) => {
    await screens['fee-receipt'](page, stage);
    await page.context().clearCookies();
    await page.reload();
    await page.getByText('Phạm T. T. H.').waitFor();
  },
  'fee-receipt-void': async (page, stage) => {
    await filed(page, stage);
    const code = codeOf(page);
    const paid = await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
    const token = paid.detail.fees[0].receipt;
    await stage.staff(`/receipts/${token}/void`, { reason: 'Nhập nhầm hồ sơ.' });
    await page.goto(`${stage.origin}/bien-lai/${token}`);
    await page.getByText('đã bị hủy').waitFor();
  },
  'dossier-paid': async (page, stage) => {
    await returned('success', 'Đã trả phí')(page, stage);
    await press(page, 'Xem hồ sơ đi đến đâu');
    await page.getByText('Xem biên lai').waitFor();
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
  ...afterScreens,
  ...feedbackScreens,
  ...counterScreens,
  ...myDataScreens,
};
