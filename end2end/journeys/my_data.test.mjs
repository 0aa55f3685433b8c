// "Dữ liệu của tôi": a person sees what is kept, takes it along, puts a phone right, takes a paper and a
// consent back, asks for a deletion; an officer answers at the desk, and the person sees it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, arrives, codeOf, fillIn, personas, press, submit } from '../pages/dossier.mjs';
import { acts, asked, atDesk, myData, staffed, unfold, withBirth } from '../pages/my_data.mjs';
import { houseRules, violations } from '../pages/axe.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

/** The bytes that the link for saving everything leads to, as text; nothing in it is packed. */
const exported = () => page.getByRole('link', { name: 'Tải tất cả về máy' }).evaluate(async (link) => {
  const answer = await fetch(link.href);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return {
    status: answer.status,
    name: answer.headers.get('content-disposition'),
    text: new TextDecoder().decode(bytes),
    start: [...bytes.slice(0, 4)],
  };
});

/** At the papers of another birth, where a kept paper would be offered. */
async function atPapersAgain() {
  await page.goto(`${stage.origin}/thu-tuc/1.001193`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, personas['1.001193']);
  await arrives(page, 'Giấy tờ gửi kèm');
}

/** The same page once more; the list of what could be offered is there. */
async function atPapersOnceMore() {
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/api/v1/papers')),
    page.goto(`${stage.origin}/nop/1.001193/giay-to`),
  ]);
  await arrives(page, 'Giấy tờ gửi kèm');
}

test('a person sees, takes along, puts right and takes back', async () => {
  const code = await withBirth(page, stage);
  await unfold(page, /^Hồ sơ bạn nộp/);
  await page.getByText(`Mã ${code}`).first().waitFor();
  const file = await exported();
  assert.equal(file.status, 200);
  assert.match(file.name, /^attachment; filename="du-lieu-cua-toi-\d{4}-\d\d-\d\d\.zip"$/);
  assert.deepEqual(file.start, [0x50, 0x4b, 3, 4]);
  // What was typed, and the photo's name.
  const [[, name]] = Object.entries(personas['1.001193'].find(([title]) => /con|trẻ/i.test(title))[1]);
  assert.ok(file.text.includes(typeof name === 'string' ? name : code), name);
  assert.ok(file.text.includes(`tep/${code}/`), 'the photo is in it');

  await page.getByText(/^Tin nhắn đến số •••• \d{3}$/).click();
  await page.getByLabel('Số điện thoại mới').fill('12');
  await press(page, 'Đổi số');
  await page.getByText('Số điện thoại chưa đúng.').waitFor();
  await page.getByLabel('Số điện thoại mới').fill('0987 654 321');
  await press(page, 'Đổi số');
  await page.getByText('Đã ghi nhận.').waitFor();
  await unfold(page, /^Hồ sơ bạn nộp/);
  await page.getByText('Tin nhắn đến số •••• 321').waitFor();

  // The consent to use papers again is given by using one, and taken back with one tap.
  await atPapersAgain();
  await page.getByRole('checkbox', { name: /^Tôi đồng ý để xã dùng lại/ }).check();
  await press(page, 'Dùng lại giấy này');
  await page.getByText('Dùng lại: Giấy chứng sinh').waitFor();
  await press(page, 'Tiếp tục');
  await arrives(page, 'Xem lại trước khi nộp');
  await submit(page);
  await page.waitForURL(/da-nop/);
  await myData(page, stage);
  await page.getByText(/Dùng lại giấy tờ\s*: đang đồng ý/).waitFor();
  await press(page, 'Rút lại: dùng lại giấy tờ');
  await page.getByText(/Dùng lại giấy tờ\s*: đã rút lại/).waitFor();
  await atPapersAgain();
  await atPapersOnceMore();
  assert.equal(await page.getByText('Dùng lại giấy này').count(), 0, 'nothing is offered any more');

  // Given anew, it is offered; taken out of the list, it is not.
  await myData(page, stage);
  await press(page, 'Đồng ý lại: dùng lại giấy tờ');
  await page.getByText(/Dùng lại giấy tờ\s*: đang đồng ý/).waitFor();
  await atPapersOnceMore();
  await page.getByText('Dùng lại giấy này').waitFor();
  await myData(page, stage);
  await unfold(page, /^Giấy tờ và kết quả/);
  await page.getByRole('button', { name: /^Không dùng lại giấy này/ }).click();
  // Leaving the page would take back a call that is under way.
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'DELETE'),
    page.getByRole('button', { name: /^Xoá: / }).click(),
  ]);
  await atPapersOnceMore();
  assert.equal(await page.getByText('Dùng lại giấy này').count(), 0);
});

/** A small desk, on which what looks for barriers may run. */
const narrow = { viewport: { width: 320, height: 640 }, javaScriptEnabled: true };

test('a deletion is asked for, answered at the desk, and the person reads it', async () => {
  await staffed(stage);
  const code = await withBirth(page, stage);
  const request = await asked(page, 'Xoá dữ liệu', 'Tôi nộp nhầm, xin xoá.', code);
  await page.getByText(/Trả lời trước hết ngày \d/).waitFor();
  await page.getByText(/Làm xong trước hết ngày \d/).waitFor();

  const reception = await atDesk(browser, stage, 'reception', request, narrow);
  await acts(reception, 'answer', 'Trả lời', { 'Cơ quan sẽ làm gì': 'Xã sẽ xem và trả lời bạn.' });
  await page.reload();
  await page.getByText('Xã sẽ xem và trả lời bạn.').waitFor();
  const leader = await atDesk(browser, stage, 'leader', request, narrow);
  await acts(leader, 'extend', 'Gia hạn một lần', { 'Lý do cần': 'Phải hỏi Sở Tư pháp.', 'Thêm mấy ngày': '5' });
  // The dossier runs: carrying it out is refused, and why is said beside the form.
  const card = leader.locator('[data-job=carry_out]');
  await card.locator('summary').click();
  await card.getByLabel('Đã làm gì').fill('Đã xoá.');
  await card.getByRole('button', { name: 'Đã làm xong' }).click();
  await leader.getByRole('alert').getByText('Hồ sơ này đang giải quyết.').waitFor();
  assert.deepEqual([...await violations(leader), ...await houseRules(leader)], []);
  await acts(leader, 'refuse', 'Từ chối', { 'Lý do': 'Hồ sơ đang giải quyết.', 'Căn cứ pháp lý': 'Luật Lưu trữ 33/2024/QH15' });
  await page.reload();
  await page.getByText('Xã không làm được.').waitFor();
  await page.getByText('Luật Lưu trữ 33/2024/QH15').waitFor();
  await reception.goto(`${stage.origin}/ban-lam-viec/du-lieu`);
  assert.deepEqual([...await violations(reception), ...await houseRules(reception)], []);
  await reception.context().close();
  await leader.context().close();

  // Nobody else sees any of it.
  const other = await (await browser.newContext(phone)).newPage();
  await other.goto(`${stage.origin}/giay-to-cua-toi`);
  await other.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await other.getByRole('button', { name: /Lê Đức Anh/ }).click();
  await other.locator('button[name=decision][value=accept]').click();
  await arrives(other, 'Giấy tờ của tôi');
  await myData(other, stage);
  await other.getByText('Tải tất cả về máy').waitFor();
  assert.equal(await other.getByText(code).count(), 0);
  await other.context().close();
});

test('without signing in and without a network the phone says what it has, and removes it', async () => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
  });
  await fillIn(page, '2.000635');
  await myData(page, stage);
  await page.getByText('Đăng nhập để xem, tải về').waitFor();
  await page.getByText('Quyền của bạn').waitFor();
  await page.evaluate(async () => {
    while (!(await caches.match('/api/v1/data-table'))) await new Promise((done) => setTimeout(done, 50));
  });
  await context.setOffline(true);
  await page.goto(`${stage.origin}/du-lieu-cua-toi`);
  await arrives(page, 'Dữ liệu của tôi');
  await unfold(page, /^Bản nháp: 1 mục/);
  await page.getByText(/Giữ: Đến khi bạn nộp hoặc xoá/).waitFor();
  await page.getByRole('button', { name: /^Xoá khỏi máy này: / }).first().click();
  await page.getByRole('button', { name: /^Xoá: / }).click();
  await page.locator('summary').filter({ hasText: /^Bản nháp/ }).waitFor({ state: 'detached' });
  await context.close();
});

test('everything goes at once, and a shared device shows nothing of the last visitor', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  const code = codeOf(page);
  await myData(page, stage);
  await unfold(page, /^Hồ sơ đã nộp từ máy này/);
  await page.getByText(code).first().waitFor();
  await page.getByRole('button', { name: /^Xoá hết trên máy này/ }).click();
  await page.getByRole('button', { name: /^Xoá: Trên máy này/ }).click();
  await page.waitForURL(`${stage.origin}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await myData(page, stage);
  await page.getByText('Đăng nhập để xem, tải về').waitFor();
  assert.equal(await page.getByText(code).count(), 0);
  const left = await page.evaluate(async () => ({
    names: (await indexedDB.databases()).map(({ name }) => name),
    person: localStorage.getItem('person'),
  }));
  assert.equal(left.person, null, JSON.stringify(left));
});
