// The guided run at the counter, as staff drive it with a visitor beside them: a filing with a fee, from
// the choice of a story to the paid fee, with real clicks. Prints time and taps.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeShared } from '../pages/counter.mjs';
import { arrives, heading, press, signIn } from '../pages/dossier.mjs';
import { payByCard, tapPay } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

/** What a person needs to read a page aloud and to find the button, in seconds a tap; staff do it daily. */
const PACE = 3;

const band = (page) => page.getByText('DỮ LIỆU MẪU – không phải hồ sơ thật');

/** The band is there, and a sentence to say. */
async function isGuided(page) {
  await band(page).waitFor();
  const said = await page.locator('.say q').textContent();
  const words = said.trim().split(/\s+/).length;
  assert.ok(words >= 5 && words <= 20, said);
}

/** Taps on through the pages of questions, each filled in, until this heading is there. */
async function tapThrough(page, until) {
  for (let pages = 0; pages < 20; pages += 1) {
    const title = await heading(page).textContent();
    if (until.test(title)) return;
    await isGuided(page);
    const answered = page.locator('main button[aria-pressed=true]');
    await answered.or(page.getByRole('button', { name: 'Tiếp tục' })).first().waitFor();
    if (await answered.count()) await answered.click();
    else await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await heading(page).filter({ hasNotText: title }).waitFor();
  }
  assert.fail('too many pages');
}

async function file(page, story, person) {
  await page.getByRole('link', { name: story }).click();
  await isGuided(page);
  await press(page, 'Bắt đầu làm hồ sơ');
  await tapThrough(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  if (/Giấy tờ/.test(await heading(page).textContent())) await tapThrough(page, /Xem lại/);
  await isGuided(page);
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Đăng nhập để nộp');
  await page.getByText(person).first().waitFor();
  await signIn(page, person);
  await arrives(page, 'Nộp hồ sơ');
  await isGuided(page);
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
}

async function started() {
  const context = await browser.newContext(phone);
  const count = { taps: 0 };
  await context.exposeBinding('countedTap', () => { count.taps += 1; });
  await context.addInitScript(() => addEventListener('pointerdown', () => window.countedTap(), true));
  const page = await context.newPage();
  await makeShared(page, stage);
  await press(page, 'Trình diễn nộp hồ sơ');
  await arrives(page, 'Trình diễn nộp hồ sơ');
  count.taps = 0;
  return { context, page, count };
}

test('from the choice of a story to a paid fee in under three minutes', async (t) => {
  const { context, page, count } = await started();
  const begun = Date.now();
  await file(page, 'Chị Hương xin 2 bản sao giấy khai sinh và trả phí', 'Phạm Thị Thu Hương');
  await arrives(page, 'Trả phí');
  await isGuided(page);
  await tapPay(page);
  await payByCard(page);
  await page.waitForURL(/thanh-toan/);
  await arrives(page, /Đã trả/);
  await isGuided(page);
  const seconds = (Date.now() - begun) / 1000;
  const withPeople = seconds + count.taps * PACE;
  t.diagnostic(`start to paid: ${count.taps} taps, the machine's part ${seconds.toFixed(1)} s, with ${PACE} s a tap ${withPeople.toFixed(0)} s`);
  assert.ok(withPeople < 180, `${withPeople} s`);
  await press(page, 'Kết thúc và xoá');
  await page.waitForURL(`${stage.origin}/`);
  await arrives(page, 'Làm thủ tục của xã');
  assert.equal(await band(page).count(), 0);
  await context.close();
});

for (const [story, person, title] of [
  ['Ông Hoà hẹn chứng thực bản sao bằng tốt nghiệp', 'Trần Văn Hoà', 'Đã nộp hồ sơ'],
  ['Chị Hương đăng ký khai sinh cho con', 'Phạm Thị Thu Hương', 'Đã nộp hồ sơ'],
]) {
  test(`the other stories can be filed too: ${story}`, async () => {
    const { context, page } = await started();
    await file(page, story, person);
    await arrives(page, title);
    await isGuided(page);
    await context.close();
  });
}
