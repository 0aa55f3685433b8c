// Whatever dies while a dossier is made, what was typed and photographed is there again, and
// nothing is submitted twice.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { answer, arrives, atBirthPapers, fillIn, goOn, saved, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { scratch } from '../stage/scratch.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

async function begin(page) {
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
}

test('the tab is killed while typing: every answer is there again', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await begin(page);
  await answer(page, 'Họ và tên', 'Nguyễn Thị Mận');
  await answer(page, 'Ngày sinh', { date: ['20', '10', '1948'] });
  await saved(page);
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => {});
  await crashed;
  const again = await context.newPage();
  await begin(again);
  assert.equal(await again.getByLabel('Họ và tên').inputValue(), 'Nguyễn Thị Mận');
  assert.equal(await again.getByLabel('Năm').inputValue(), '1948');
  await context.close();
});

test('the browser is killed: every answer is there again', async () => {
  const folder = scratch('profile');
  const launch = () => chromium.launchPersistentContext(folder, {
    ...phone, executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  });
  const context = await launch();
  const page = await context.newPage();
  await begin(page);
  await answer(page, 'Họ và tên', 'Trần Văn Hoà');
  await saved(page);
  // Only the processes that have this profile, which is ours alone.
  execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${folder}`]);
  await context.close().catch(() => {});
  rmSync(join(folder, 'SingletonLock'), { force: true });
  const next = await launch();
  const again = await next.newPage();
  await begin(again);
  assert.equal(await again.getByLabel('Họ và tên').inputValue(), 'Trần Văn Hoà');
  await next.close();
});

test('a photo survives the tab and a backend that was away, and is sent when it is back', async () => {
  const photo = await photoOfPaper(browser);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/noi-sinh`);
  await arrives(page, 'Trẻ sinh ở đâu?');
  await answer(page, 'Nơi sinh', 'Trung tâm Y tế Kim Thành');
  await answer(page, '', { choice: 'Tôi có giấy chứng sinh bản giấy' });
  await goOn(page);
  await page.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await arrives(page, 'Giấy tờ gửi kèm');
  await stage.endBackend();
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(photo);
  await page.getByText(/Đang chờ mạng|Đang gửi/).first().waitFor();
  await stage.startBackend();
  const again = await context.newPage();
  await page.close();
  await again.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await again.getByText('Đã gửi xong').first().waitFor({ timeout: 60_000 });
  await context.close();
});

test('the answer to a submission is lost: sending again makes no second dossier', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  let taken;
  await context.route('**/api/v1/dossiers', async (route) => {
    if (taken || route.request().method() !== 'POST') return route.continue();
    // The backend takes it; its answer never arrives.
    taken = await (await route.fetch()).json();
    return route.abort('connectionreset');
  });
  await submit(page);
  // Either the app tries again by itself, or the citizen does.
  const again = page.getByRole('button', { name: 'Gửi lại' });
  await Promise.race([again.waitFor(), arrives(page, 'Trả phí')]);
  if (await again.isVisible()) await again.click();
  await arrives(page, 'Trả phí');
  assert.ok(page.url().includes(taken.code), `${page.url()} is not ${taken.code}`);
  await context.close();
});

/** Everything in the app's database, as text. */
const onDisk = (page) => page.evaluate(async () => {
  const open = indexedDB.open('motcua');
  await new Promise((done) => { open.onsuccess = done; });
  const texts = [];
  for (const name of open.result.objectStoreNames) {
    const all = open.result.transaction(name).objectStore(name).getAll();
    await new Promise((done) => { all.onsuccess = done; });
    for (const value of all.result) {
      if (value instanceof Blob) texts.push(await value.text());
      else if (value instanceof Uint8Array) texts.push(new TextDecoder().decode(value));
      else if (value instanceof CryptoKey) texts.push(`key, extractable: ${value.extractable}`);
      else texts.push(JSON.stringify(value));
    }
  }
  open.result.close();
  return texts;
});

test('what is kept is sealed: neither answers nor photos can be read from the disk', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await begin(page);
  await answer(page, 'Họ và tên', 'Nguyễn Thị Mận');
  await saved(page);
  await atBirthPapers(page, stage);
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await photoOfPaper(browser));
  await page.getByText('Đã gửi xong').first().waitFor();
  const texts = await onDisk(page);
  assert.ok(texts.length >= 4, String(texts.length));
  assert.ok(texts.includes('key, extractable: false'));
  for (const part of ['Mận', 'answers', 'JFIF', '2.000635']) {
    assert.ok(!texts.some((text) => text.includes(part)), part);
  }
  await context.close();
});

test('two windows: the second one only looks on, takes over, and the first one says so', async () => {
  const context = await browser.newContext(phone);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await begin(first);
  await answer(first, 'Họ và tên', 'Nguyễn Thị Mận');
  await first.waitForTimeout(300);
  await begin(second);
  await second.getByText('đang mở ở cửa sổ khác').waitFor();
  await answer(second, 'Họ và tên', 'Không Được Lưu');
  await second.getByRole('button', { name: 'Làm tiếp ở đây' }).click();
  await second.getByText('đang mở ở cửa sổ khác').waitFor({ state: 'detached' });
  // The field is drawn anew with what the other window had.
  await second.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'Nguyễn Thị Mận'));
  await first.getByText('đang mở ở cửa sổ khác').waitFor();
  await answer(first, 'Họ và tên', 'Cũ Rồi');
  await answer(second, 'Họ và tên', 'Trần Thị Hoa');
  await second.waitForTimeout(300);
  await first.close();
  await begin(second);
  assert.equal(await second.getByLabel('Họ và tên').inputValue(), 'Trần Thị Hoa');
  await context.close();
});

test('drafts are a person\'s: gone from sight after signing out, there again after signing in', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/giay-to`);
  await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
  await saved(page);
  await page.goto(stage.origin);
  await page.getByText('Hồ sơ đang làm dở').waitFor();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.getByText('Đang đăng nhập').waitFor({ state: 'detached' });
  await page.goto(stage.origin);
  await page.getByText('Quét mã QR').first().waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.getByText('Hồ sơ đang làm dở').count(), 0);
  assert.equal(await page.getByText('Hồ sơ đã nộp từ máy này').count(), 0);
  await page.goto(`${stage.origin}/auth/login?return_to=/`);
  await page.getByText('Phạm Thị Thu Hương').first().click();
  await page.getByRole('button', { name: /Đồng ý|Cho phép/ }).first().click();
  await page.getByText('Hồ sơ đang làm dở').waitFor();
  await context.close();
});

test('a draft lives thirty days on the device, and says so', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await begin(page);
  await answer(page, 'Họ và tên', 'Nguyễn Thị Mận');
  await saved(page);
  await page.goto(stage.origin);
  await page.getByText(/Giữ đến \d/).waitFor();
  const later = await context.newPage();
  await page.close();
  await later.clock.setFixedTime(Date.now() + 29 * 86_400_000);
  await later.goto(stage.origin);
  await later.getByText('Hồ sơ đang làm dở').waitFor();
  await later.clock.setFixedTime(Date.now() + 31 * 86_400_000);
  await later.goto(stage.origin);
  await later.getByText('Quét mã QR').first().waitFor();
  await later.waitForTimeout(500);
  assert.equal(await later.getByText('Hồ sơ đang làm dở').count(), 0);
  assert.ok(!(await onDisk(later)).some((text) => text.length > 100), 'nothing is left of it');
  await context.close();
});

test('a draft begun before signing in does not lie over the same person\'s older one', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const title = () => page.getByLabel('Tên giấy tờ', { exact: true });
  const at = async () => {
    await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/giay-to`);
    await arrives(page, 'Bạn cần chứng thực giấy tờ gì?');
  };
  const signIn = async () => {
    await page.goto(`${stage.origin}/auth/login?return_to=/`);
    await page.getByText('Phạm Thị Thu Hương').first().click();
    await page.getByRole('button', { name: /Đồng ý|Cho phép/ }).first().click();
    await page.getByText('Đang đăng nhập').waitFor();
  };
  await signIn();
  await at();
  await title().fill('Của Hương');
  await saved(page);
  await page.goto(stage.origin);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.getByText('Đang đăng nhập').waitFor({ state: 'detached' });
  await at();
  assert.equal(await title().inputValue(), '');
  await title().fill('Trước khi đăng nhập');
  await saved(page);
  await signIn();
  await at();
  assert.equal(await title().inputValue(), 'Trước khi đăng nhập');
  await title().fill('Sau khi đăng nhập');
  await saved(page);
  await page.goto(stage.origin);
  await page.getByRole('button', { name: /^Xoá khỏi máy này: Chứng thực/ }).click();
  await page.getByRole('button', { name: /Xoá/ }).last().click();
  await page.getByRole('button', { name: /^Xoá: / }).waitFor({ state: 'detached' });
  await at();
  assert.equal(await title().inputValue(), 'Của Hương');
  await context.close();
});
