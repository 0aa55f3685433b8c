// A draft moves from phone to phone, files included: by a scanned code, or by six digits and a number
// that people compare. It is then on the one and not on the other, and nothing is typed again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, arrives, atBirthPapers, pageOf, press } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const birthPlace = pageOf('1.001193', 'Trẻ sinh ở đâu?');

/** A birth notice, half filled, with a photo of a paper; the page stands before you start. */
async function halfFilled() {
  await atBirthPapers(page, stage);
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await photoOfPaper(browser));
  await page.getByText('Đã gửi xong').first().waitFor();
  await page.goto(`${stage.origin}/nop/1.001193/bat-dau`);
  await press(page, 'Làm tiếp trên máy khác');
  await arrives(page, 'Chuyển hồ sơ sang máy khác');
}

/** Another phone. */
async function other() {
  const elsewhere = await browser.newContext(phone);
  return elsewhere.newPage();
}

/** Everything is on the other phone, sent anew from there, and gone from this one. */
async function isThere(there) {
  await there.getByText('Đã nhận hồ sơ').waitFor();
  await page.getByText('Máy kia đã nhận hồ sơ').waitFor();
  await there.goto(`${stage.origin}/nop/1.001193/cau-hoi/noi-sinh`);
  await arrives(there, birthPlace[0]);
  for (const [label, value] of Object.entries(birthPlace[1])) {
    if (typeof value === 'string') {
      assert.equal(await there.getByLabel(label, { exact: true }).inputValue(), value);
    }
  }
  await there.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await there.getByText('Đã gửi xong').first().waitFor();
  await page.goto(stage.origin);
  await arrives(page, 'Làm thủ tục của xã');
  await page.waitForTimeout(300);
  assert.equal(await page.getByText('Hồ sơ đang làm dở').count(), 0);
}

const linkOf = (page) => page.evaluate(() => {
  // What the code says is also what the app made: it is the only place where the secret stands.
  return document.querySelector('.qr')?.dataset.text;
});

test('by a scanned code, once', async () => {
  const sent = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  await halfFilled();
  await page.getByText('gõ 6 số này').waitFor();
  const link = await linkOf(page);
  const key = link.split('#k=')[1];
  assert.match(key, /^[0-9a-f]{32}$/);
  const there = await other();
  await there.goto(link);
  await isThere(there);
  assert.ok(sent.every((text) => !text.includes(key)), 'the secret never leaves the device');
  assert.ok(!sent.some((text) => text.includes('hand-overs') && text.includes('Thôn')), 'nothing readable passes');
  const third = await other();
  await third.goto(link);
  await third.getByText('đã có máy khác nhận').waitFor();
  for (const done of [there, third]) await done.context().close();
});

test('by six digits, after both phones show the same number', async () => {
  await halfFilled();
  const digits = (await page.locator('.digits').textContent()).replace(/\s/g, '');
  const there = await other();
  await there.goto(stage.origin);
  await press(there, 'Nhận hồ sơ từ máy khác');
  await there.getByLabel('Mã 6 số').fill('12');
  await press(there, 'Nhận hồ sơ');
  await there.getByText('Mã gồm đúng 6 chữ số').first().waitFor();
  await there.getByLabel('Mã 6 số').fill(digits);
  await press(there, 'Nhận hồ sơ');
  await there.getByText('So số này với máy kia').waitFor();
  await page.getByText('Máy kia có hiện đúng số này không?').waitFor();
  const [here, elsewhere] = await Promise.all([page, there].map((one) => one.locator('.digits').textContent()));
  assert.equal(here, elsewhere);
  assert.match(here, /^\d{3} \d{3}$/);
  await press(page, 'Đúng, hai máy hiện cùng số');
  await isThere(there);
  await there.context().close();
});

test('another number stops it, and nothing has moved', async () => {
  await halfFilled();
  const digits = (await page.locator('.digits').textContent()).replace(/\s/g, '');
  const there = await other();
  await there.goto(`${stage.origin}/ban-giao`);
  await there.getByLabel('Mã 6 số').fill(digits);
  await press(there, 'Nhận hồ sơ');
  await page.getByText('Máy kia có hiện đúng số này không?').waitFor();
  await press(page, 'Không, số khác');
  await page.getByText('Hồ sơ vẫn còn nguyên trên máy này').waitFor();
  await there.getByText('đã hết hạn').waitFor();
  await there.context().close();
  await page.goto(stage.origin);
  await page.getByText('Hồ sơ đang làm dở').waitFor();
});

test('a draft that is there already is not lost without asking', async () => {
  await halfFilled();
  await page.getByText('gõ 6 số này').waitFor();
  const link = await linkOf(page);
  const there = await other();
  await there.goto(`${stage.origin}/nop/1.001193/cau-hoi/noi-sinh`);
  await answerAll(there, [birthPlace]);
  await there.goto(link);
  await there.getByText('Máy này đang có hồ sơ dở').waitFor();
  await press(there, 'Giữ hồ sơ vừa nhận');
  await isThere(there);
  await there.context().close();
});
