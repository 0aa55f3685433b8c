// Without a network, and without the identity provider: a dossier that was finished waits on the
// device and is sent by itself, once; or goes to the counter on a slip that is scanned there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, arrives, personas, press, signIn, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('finished without a network, it is submitted by itself when the network is back, once', async () => {
  // Signed in on this phone before.
  await page.goto(`${stage.origin}/auth/login?return_to=/`);
  await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
  await page.locator('button[name=decision][value=accept]').click();
  await page.getByText('Đang đăng nhập').waitFor();
  const sent = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/dossiers')) sent.push(request.url());
  });
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Bắt đầu làm hồ sơ');
  const shorter = personas['2.000635'].map(([title, answers]) =>
    (/Người yêu cầu/.test(title) ? [title, {}] : [title, answers]));
  await answerAll(page, shorter.slice(0, 1));
  await context.setOffline(true);
  await page.getByText('Điện thoại đang mất mạng').waitFor();
  await answerAll(page, shorter.slice(1));
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Nộp hồ sơ');
  await press(page, 'Nộp khi có mạng');
  await page.getByText('Sẽ tự nộp khi có mạng').waitFor();
  assert.equal(sent.length, 0);
  await context.setOffline(false);
  await page.getByText(/Đã tự nộp: .*H24\.31/).waitFor();
  assert.equal(sent.length, 1);
  await page.goto(stage.origin);
  await page.getByText('Hồ sơ đã nộp từ máy này').waitFor();
  assert.equal(await page.getByText('Hồ sơ đang làm dở').count(), 0);
});

test('waiting survives the tab; without a session it asks for a login and loses nothing', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, personas['2.000635']);
  await arrives(page, 'Xem lại trước khi nộp');
  await context.setOffline(true);
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await press(page, 'Nộp khi có mạng');
  await page.getByText('Sẽ tự nộp khi có mạng').waitFor();
  await context.setOffline(false);
  await page.getByText('Đăng nhập để nộp hồ sơ đang chờ').waitFor();
  const again = await context.newPage();
  await page.close();
  await again.goto(stage.origin);
  await again.getByText('Đang chờ có mạng để nộp').waitFor();
  await again.getByRole('link', { name: /trích lục/ }).first().click();
  await arrives(again, 'Đăng nhập để nộp');
  await signIn(again);
  await again.getByText(/Đã tự nộp: .*H24\.31|Nộp hồ sơ/).first().waitFor();
});

/** Signed in, an extract filled in to its check page. */
async function readyToSend() {
  await page.goto(`${stage.origin}/auth/login?return_to=/`);
  await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
  await page.locator('button[name=decision][value=accept]').click();
  await page.getByText('Đang đăng nhập').waitFor();
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, personas['2.000635'].map(([title, answers]) =>
    (/Người yêu cầu/.test(title) ? [title, {}] : [title, answers])));
  await arrives(page, 'Xem lại trước khi nộp');
}

/** From the check page: queued without a network, which then comes back. */
async function queueAndReturn() {
  await context.setOffline(true);
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await press(page, 'Nộp khi có mạng');
  await page.getByText('Sẽ tự nộp khi có mạng').waitFor();
  await context.setOffline(false);
}

test('a waiting dossier that the office refuses is told of, and waits no longer', async () => {
  await readyToSend();
  await context.route('**/api/v1/dossiers', (route) => route.fulfill({
    status: 422, contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'urn:motcua:problem:invalid-answers', status: 422, title: 'Invalid answers' }),
  }));
  await queueAndReturn();
  await page.getByText(/^Chưa nộp: /).waitFor();
  await page.goto(stage.origin);
  await page.getByText('Hồ sơ đang làm dở').waitFor();
  assert.equal(await page.getByText('Đang chờ có mạng để nộp').count(), 0);
});

test('a waiting dossier that the counter took from its slip is not sent a second time', async () => {
  await readyToSend();
  const check = page.url();
  await page.goto(`${stage.origin}/nop/2.000635/phieu`);
  const link = await page.locator('.qr').getAttribute('data-text');
  const counter = await browser.newContext(phone);
  const desk = await counter.newPage();
  await desk.goto(link);
  await desk.getByText('Đã nhận hồ sơ').waitFor();
  await counter.close();
  const sent = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/dossiers')) sent.push(request.url());
  });
  await page.goto(check);
  await arrives(page, 'Xem lại trước khi nộp');
  await queueAndReturn();
  await page.getByText(/^Chưa nộp: .*Quầy đã nhận/).waitFor();
  assert.deepEqual(sent, []);
});

test('the identity provider is down: a slip, scanned at the counter, goes on without typing', async () => {
  await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/nguoi-yeu-cau`);
  await answerAll(page, personas['1.001193']);
  await arrives(page, 'Giấy tờ gửi kèm');
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await photoOfPaper(browser));
  await page.getByText('Đã gửi xong').first().waitFor();
  await press(page, 'Tiếp tục');
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Đăng nhập để nộp');
  await press(page, /Lấy phiếu mang đến quầy/);
  await arrives(page, 'Phiếu mang đến quầy');
  await page.locator('.qr').waitFor();
  const link = await page.locator('.qr').getAttribute('data-text');
  const counter = await browser.newContext(phone);
  const desk = await counter.newPage();
  await desk.goto(link);
  await desk.getByText('Đã nhận hồ sơ').waitFor();
  await press(desk, 'Làm tiếp');
  await arrives(desk, 'Trước khi bắt đầu');
  const check = desk.url().replace('bat-dau', 'kiem-tra');
  await desk.goto(check);
  await desk.getByText('Phạm Gia Bảo').first().waitFor();
  await desk.getByText('Đã đủ để nộp').waitFor();
  await submit(desk);
  await arrives(desk, 'Đã nộp hồ sơ');
  await counter.close();
  // The phone does not send it a second time.
  await page.goto(page.url().replace('phieu', 'gui'));
  await signIn(page);
  await arrives(page, 'Nộp hồ sơ');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText('Quầy đã nhận hồ sơ này').waitFor();
});

test('what is filed at the counter only is filled in before, and printed as the declaration', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000884`);
  await press(page, 'Khai sẵn rồi mang đến quầy');
  await press(page, 'Bắt đầu trả lời');
  await answerAll(page, personas['2.000884']);
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Xem và in tờ khai');
  await arrives(page, 'Tờ khai');
  const sheet = await page.locator('.sheet').textContent();
  assert.ok(sheet.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM') && sheet.includes('Phạm Thị Thu Hương'), sheet);
  await page.goBack();
  await press(page, 'Lấy phiếu để đến quầy');
  await arrives(page, 'Phiếu mang đến quầy');
});

test('every one of the twelve forms is filled to the end, ready, and has its declaration', async () => {
  for (const code of Object.keys(personas)) {
    await page.goto(`${stage.origin}/thu-tuc/${code}`);
    if (code === '2.000884') await page.goto(`${stage.origin}/nop/${code}/cau-hoi/giay-to`);
    else await press(page, 'Bắt đầu làm hồ sơ');
    await fillInPages(code);
    await page.goto(page.url().replace(/(giay-to|kiem-tra)$/, 'to-khai'));
    await arrives(page, 'Tờ khai');
    const sheet = await page.locator('.sheet').textContent();
    assert.ok(sheet.includes('Phạm Thị Thu Hương'), `${code}: ${sheet}`);
  }
});

/** Answers a form to its end and looks at what the check page says. */
async function fillInPages(code) {
  await answerAll(page, personas[code]);
  await arrives(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  const photos = await page.getByLabel(/^Chọn ảnh hoặc PDF/).count();
  if (photos === 0) await page.getByText('Đã đủ để nộp').waitFor();
}
