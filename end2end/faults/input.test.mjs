// Bad input: each a clear error, and what was entered is still there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, arrives, atBirthPapers, goOn, press } from '../pages/dossier.mjs';
import { filmOfCode, openBrowser, phone, pictureOfCode } from '../stage/browser.mjs';
import { file, photoOfPaper } from '../stage/paper.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('a stranger\'s QR in front of the camera is shown, never opened', async () => {
  const poster = 'https://dichvucong.gov.vn.evil.example/thu-tuc/1.001193';
  const withCamera = await openBrowser({ film: filmOfCode(poster) });
  try {
    const other = await withCamera.newContext(phone);
    await other.grantPermissions(['camera'], { origin: stage.origin });
    const there = await other.newPage();
    const asked = [];
    there.on('request', (request) => asked.push(new URL(request.url()).host));
    await there.goto(`${stage.origin}/quet`);
    await there.getByText('Mã này không dùng được ở đây').waitFor();
    assert.ok((await there.textContent('main')).includes('evil.example'));
    assert.ok(asked.every((host) => host === new URL(stage.origin).host), String(asked));
  } finally {
    await withCamera.close();
  }
});

test('a photo of a code from the gallery works; a photo without one says so', async () => {
  await page.goto(`${stage.origin}/quet`);
  await arrives(page, 'Quét mã QR');
  const gallery = page.locator('input[type=file]').first();
  await gallery.setInputFiles(await photoOfPaper(browser));
  await page.getByText('Không thấy mã QR trong ảnh').first().waitFor();
  await gallery.setInputFiles(pictureOfCode(`${stage.origin}/thu-tuc/2.000635`));
  await arrives(page, 'Bản sao trích lục hộ tịch');
});

test('typed codes: a good one opens, a bad one is explained and stays', async () => {
  await page.goto(`${stage.origin}/quet`);
  await arrives(page, 'Quét mã QR');
  const field = page.getByLabel('Gõ mã hoặc dán đường dẫn');
  await field.fill('2.00063');
  await press(page, 'Mở mã này');
  await page.getByText('Mã này không đúng dạng').first().waitFor();
  assert.equal(await field.inputValue(), '2.00063');
  await field.fill('2,000635');
  await press(page, 'Mở mã này');
  await arrives(page, 'Bản sao trích lục hộ tịch');
});

test('a camera that is refused is explained', async () => {
  const refusing = await openBrowser({ args: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'] });
  try {
    const other = await refusing.newContext(phone);
    const there = await other.newPage();
    await there.goto(`${stage.origin}/quet`);
    await there.getByText('Máy ảnh chưa được phép dùng').waitFor();
    assert.ok((await there.textContent('main')).includes('Cho phép'));
  } finally {
    await refusing.close();
  }
});

test('a device without a camera says so, and a photo and a typed code work all the same', async () => {
  await page.goto(`${stage.origin}/quet`);
  await page.getByText('Máy này không có máy ảnh dùng được').waitFor();
  await page.locator('input[type=file]').first().setInputFiles(pictureOfCode(`${stage.origin}/thu-tuc/2.000635`));
  await arrives(page, 'Bản sao trích lục hộ tịch');
  await page.goto(`${stage.origin}/quet`);
  await page.getByLabel('Gõ mã hoặc dán đường dẫn').fill('1.001193');
  await press(page, 'Mở mã này');
  await arrives(page, 'Đăng ký khai sinh');
});

test('unknown procedures, dossiers and pages', async () => {
  for (const path of ['/thu-tuc/9.999999', '/tra-cuu/H24.31-261122-999999']) {
    await page.goto(stage.origin + path);
    await page.getByText('Không tìm thấy').first().waitFor();
  }
  for (const path of ['/thu-tuc/%FF', '/nop/2.000635/cau-hoi/khong-co', '/x/y/z?a=%00']) {
    await page.goto(stage.origin + path);
    await arrives(page, /Không có trang này|Không tìm thấy/);
  }
});

async function atPapers() {
  await atBirthPapers(page, stage);
  return page.getByLabel(/^Chọn ảnh hoặc PDF/).first();
}

test('files: empty, oversized, no photo, a broken photo; then a good one', async () => {
  const picker = await atPapers();
  for (const [path, says] of [
    [file('rong.jpg', ''), 'Tệp này trống'],
    [file('chuong-trinh.exe', 'MZ program'), 'Chỉ nhận ảnh hoặc tệp PDF'],
    [file('hong.jpg', 'not a jpeg at all'), 'Không đọc được ảnh này'],
    [file('anh.heic', 'a photo as iPhones write it'), 'Máy này không mở được ảnh HEIC'],
    [file('to.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(13_000_000, 32)])), 'Tệp này lớn quá'],
  ]) {
    await picker.setInputFiles(path);
    await page.getByText(says).first().waitFor();
  }
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await photoOfPaper(browser));
  await page.getByText('Đã gửi xong').first().waitFor();
  await goOn(page);
});

test('a file that is a PDF by name only is refused by the backend and said so', async () => {
  const picker = await atPapers();
  await picker.setInputFiles(file('gia.pdf', 'this is no PDF'));
  await page.getByText(/Không nhận được tệp này|Chỉ nhận ảnh hoặc tệp PDF|Không gửi được/).first().waitFor();
});

test('wrong answers are said and kept', async () => {
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/so-ban`);
  await arrives(page, 'Bạn cần mấy bản?');
  for (const [typed, says] of [['', 'Chưa trả lời'], ['ba', 'chỉ gõ chữ số'], ['0', 'ít nhất là 1'], ['99', 'nhiều nhất là 20']]) {
    await answer(page, 'Số bản sao', typed);
    await goOn(page);
    await page.getByText(says).first().waitFor();
    assert.equal(await page.getByLabel('Số bản sao').inputValue(), typed);
  }
});

test('a captive portal that answers with a page is not taken for the backend', async () => {
  await context.route('**/api/v1/procedures/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Đăng nhập wifi</h1>' }));
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await page.getByText('Không đọc được câu trả lời').waitFor();
  await context.unroute('**/api/v1/procedures/**');
  await press(page, 'Thử lại');
  await arrives(page, 'Bản sao trích lục hộ tịch');
});
