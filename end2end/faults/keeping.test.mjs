// Whatever dies while a dossier is made, what was typed and photographed is there again, and
// nothing is submitted twice.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { answer, arrives, fillIn, goOn, submit } from '../pages/dossier.mjs';
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
  await page.waitForTimeout(300);
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
  await page.waitForTimeout(300);
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
  await page.getByLabel(/^Chụp ảnh/).first().setInputFiles(photo);
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
