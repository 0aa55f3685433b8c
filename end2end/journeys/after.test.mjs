// After filing: the office and the citizen in turn, each in a place of their own. What is asked for is sent
// in one round; nothing that was photographed is lost; every turn shows on the open page by itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { afterScreens, followed, items, putOff, takenIn } from '../pages/after.mjs';
import { arrives, press } from '../pages/dossier.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

/** Milliseconds until the open page says this. */
async function shows(text, act) {
  const from = Date.now();
  await act();
  await page.getByText(text).first().waitFor({ timeout: 5000 });
  return Date.now() - from;
}

test('what the office does shows on the open page within two seconds', async () => {
  const code = await followed(page, stage);
  // Paid and taken in; then more is asked for.
  const took = [
    await shows('Được tiếp nhận', () => takenIn(stage, code)),
    await shows('Cần gửi thêm 3 mục', () => stage.staff(`/dossiers/${code}/supplement`, { items })),
    await shows('Vì sao dừng', () => stage.staff(`/dossiers/${code}/stop`, { reason: 'Quá hạn bổ sung' })),
  ];
  console.log(`shown after ${took.join(', ')} ms`);
  assert.ok(Math.max(...took) < 2000, took.join(', '));
});

test('a supplement is sent in one round, and a closed tab loses none of it', async () => {
  await afterScreens.supplement(page, stage);
  const url = page.url();
  const code = /H24[^/]+/.exec(url)[0];
  await press(page, 'Gửi bổ sung');
  await page.getByRole('link', { name: 'Chưa có ảnh hay tệp: Ảnh mặt sau căn cước' }).waitFor();
  await page.getByRole('link', { name: 'Chưa trả lời: Nơi đăng ký khai sinh' }).waitFor();
  await page.getByRole('link', { name: 'Chưa nộp: Lệ phí trích lục' }).waitFor();

  await page.getByLabel('Trả lời của bạn').fill('Xã Kim Anh, huyện Kim Thành');
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await paperPhoto(browser));
  await page.getByText('Đã gửi xong').first().waitFor();
  await page.close();

  const again = await context.newPage();
  await again.goto(stage.origin);
  await press(again, /^Bổ sung: /);
  await arrives(again, 'Bổ sung hồ sơ');
  assert.equal(await again.getByLabel('Trả lời của bạn').inputValue(), 'Xã Kim Anh, huyện Kim Thành');
  await again.getByText('Đã gửi xong').first().waitFor();
  await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
  await again.reload();
  await again.getByText('Đã nộp.').waitFor();
  await press(again, 'Gửi bổ sung');
  await arrives(again, 'Hồ sơ của bạn');
  await again.getByText('Đã bổ sung đủ 3 mục.').waitFor();
  const { detail } = await (await again.request.get(`${stage.origin}/api/v1/dossiers/${code}`)).json();
  assert.equal(detail.turns.supplement.state, 'answered');
  assert.ok(detail.components.some(({ component, files }) => component === 'bo-sung-1-1' && files === 1));
  // The answer is at the office: its draft is gone from the phone.
  await again.goto(stage.origin);
  await arrives(again, /./);
  assert.equal(await again.getByText('Bổ sung: ').count(), 0);
});

test('a withdrawal can be taken back until the office decides', async () => {
  await afterScreens['dossier-withdrawal'](page, stage);
  const code = /H24[^/#]+/.exec(page.url())[0];
  await press(page, 'Không rút nữa');
  await page.getByText('Công dân không rút hồ sơ nữa.').waitFor();
  await press(page, 'Rút hồ sơ');
  await arrives(page, 'Rút hồ sơ');
  await page.getByText('Phí chưa nộp: không phải nộp nữa.').waitFor();
  await page.getByLabel('Vì sao bạn rút?').fill('Không cần nữa');
  await press(page, 'Gửi yêu cầu rút');
  await page.getByText('Cán bộ đang xem.').first().waitFor();
  await shows('Vì sao dừng', () => stage.staff(`/dossiers/${code}/withdrawal`, { accepted: true }));
});

test('a draft is found wrong, put right, agreed; the result comes by post', async () => {
  await afterScreens['draft-result'](page, stage);
  const code = /H24[^/]+/.exec(page.url())[0];
  await page.getByRole('radio', { name: 'Có chỗ sai' }).check();
  await page.getByLabel('Chỗ nào sai?').fill('Sai tên đệm của mẹ');
  await press(page, 'Gửi trả lời');
  await page.getByText('Bạn đã báo sai: Sai tên đệm của mẹ').waitFor();
  const scan = await paperPhoto(browser);
  await shows('Xem giúp bản dự thảo', () => stage.staffFile(`/dossiers/${code}/draft-result`, readFileSync(scan)));
  await press(page, 'Xem bản dự thảo');
  await page.getByRole('radio', { name: 'Đúng, tôi đồng ý' }).check();
  await press(page, 'Gửi trả lời');
  await page.getByText('Bạn đã đồng ý với bản dự thảo.').waitFor();
  await stage.staffFile(`/dossiers/${code}/result?number=12%2FTLKT-BS`, readFileSync(scan));
  await shows('Xem kết quả điện tử', () => stage.staff(`/dossiers/${code}/finish`, {}));
  const file = await page.getByRole('link', { name: 'Xem kết quả điện tử' }).getAttribute('href');
  const answer = await page.request.get(stage.origin + file);
  assert.equal(answer.headers()['content-type'], 'image/jpeg');

  await page.getByRole('radio', { name: 'Chưa hài lòng' }).check();
  await page.getByLabel(/^Vì sao/).fill('Phải sửa bản dự thảo');
  await press(page, 'Gửi đánh giá');
  await page.getByText('Đánh giá đã được ghi nhận.').waitFor();

  await press(page, 'Chọn cách nhận bản giấy');
  await page.getByRole('radio', { name: /Qua bưu điện/ }).check();
  await page.getByLabel('Số điện thoại người nhận').fill('0912 345 678');
  await page.getByLabel(/^Địa chỉ/).fill('Thôn Bắc, xã Kim Thành, Hải Phòng');
  await press(page, 'Lưu cách nhận');
  await page.getByText('Bản giấy gửi qua bưu điện đến: Phạm Thị Thu Hương').waitFor();
  await shows('Đã trả kết quả', () => stage.staff(`/dossiers/${code}/return`, {}));
});

test('put off once, with an apology', async () => {
  const code = await followed(page, stage);
  await takenIn(stage, code);
  await press(page, 'Không nhận tin nhắn');
  await page.getByText('Cơ quan không nhắn tin về hồ sơ này.').waitFor();
  await press(page, 'Nhận tin nhắn');
  await page.getByText(/^Có gì mới, cơ quan nhắn/).waitFor();
  await shows('Thư xin lỗi', () => putOff(stage, code));
  await page.getByText('Mỗi hồ sơ chỉ được hẹn lại một lần.').waitFor();
  await assert.rejects(putOff(stage, code), /re-appointed once/);
});

test('without a network the last known state is shown with its time, and goes on when it is back', async () => {
  const own = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
  const theirs = await own.newPage();
  try {
    const code = await followed(theirs, stage);
    await theirs.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    });
    await stage.endBackend();
    await theirs.reload();
    await theirs.getByText(/^Đang mất mạng\. Đây là lúc/).waitFor();
    await theirs.getByText('Mới đăng ký').first().waitFor();
    await stage.startBackend();
    await stage.staff(`/dossiers/${code}/refusal`, { reason: 'Không thuộc xã', basis: 'Luật Hộ tịch' });
    await theirs.getByText('Vì sao không được tiếp nhận').waitFor({ timeout: 30_000 });
    assert.equal(await theirs.getByText(/^Đang mất mạng\. Đây là lúc/).count(), 0);
  } finally {
    await own.close();
  }
});

test('who has only the code sees status and dates, and the rest with a one-time code', async () => {
  await afterScreens['dossier-code'](page, stage);
  assert.equal(await page.getByText('Phạm Thị Thu Hương').count(), 0);
  const sent = /Mã xem hồ sơ: (\d{6})/;
  while (!sent.test(stage.backend.said)) await new Promise((done) => setTimeout(done, 100));
  const [, digits] = sent.exec(stage.backend.said);
  await page.getByLabel('Mã 6 số').fill(digits === '000000' ? '000001' : '000000');
  await press(page, 'Mở hồ sơ');
  await page.getByText('Mã không đúng hoặc đã hết hạn').waitFor();
  await page.getByLabel('Mã 6 số').fill(digits);
  await press(page, 'Mở hồ sơ');
  await page.getByText('Phạm Thị Thu Hương').first().waitFor();
});
