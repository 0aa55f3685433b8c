// From a paper on the table to a page at the office: the camera, bad photos told and taken again or
// kept, several pages, corners put right by taps, and nothing lost when the browser is killed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { arrives, atBirthPapers, goOn, press } from '../pages/dossier.mjs';
import { openBrowser, phone } from '../stage/browser.mjs';
import { filmOfPaper, paperPhoto } from '../stage/paper_film.mjs';
import { scratch } from '../stage/scratch.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

const slot = (page) => page.locator('.slot').first();
const pick = (page, ...files) => page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(files);
const pages = (page) => slot(page).locator('.pages > li');
const sent = (page) => slot(page).getByText('Đã gửi xong').waitFor();

async function atPapers(context) {
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  return page;
}

test('the camera takes the photo by itself; small print is told, and goes when the citizen says so', async () => {
  const camera = await openBrowser({ film: await filmOfPaper(browser) });
  const context = await camera.newContext({ ...phone, permissions: ['camera'] });
  const page = await atPapers(context);
  await press(page, /^Chụp ảnh/);
  await arrives(page, /^Chụp:/);
  await page.locator('.viewer polygon').waitFor({ state: 'attached' });
  // A film of 720 lines is too coarse for small print.
  await page.getByText('Chữ nhỏ quá').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Xong' }).count(), 0);
  await press(page, 'Vẫn dùng trang này');
  await page.getByText('Hồ sơ có ghi điều này').waitFor();
  await press(page, 'Xong');
  await arrives(page, 'Giấy tờ gửi kèm');
  await sent(page);
  assert.equal(await pages(page).count(), 1);
  await camera.close();
});

test('a sharp camera takes a good paper without a tap', async () => {
  const camera = await openBrowser({ film: await filmOfPaper(browser, [2560, 1440]) });
  const context = await camera.newContext({ ...phone, permissions: ['camera'] });
  const page = await atPapers(context);
  await press(page, /^Chụp ảnh/);
  await page.getByText('Trang này rõ').waitFor();
  await press(page, 'Chụp trang tiếp theo');
  // The same page again: the camera is told, and the page waits for a word.
  await page.getByText('Trang này giống một trang đã có').waitFor();
  await press(page, 'Chụp lại');
  await page.getByText('Trang này giống một trang đã có').waitFor();
  await page.goBack();
  await arrives(page, 'Giấy tờ gửi kèm');
  assert.equal(await pages(page).count(), 2);
  await goOn(page);
  await page.getByText('Cần xem lại ảnh').first().waitFor();
  await page.getByRole('button', { name: /^Bỏ trang này\s*: Trang 2/ }).click();
  await sent(page);
  await camera.close();
});

test('a blurred photo is told, and goes only when the citizen says so', async () => {
  const context = await browser.newContext(phone);
  const page = await atPapers(context);
  await pick(page, await paperPhoto(browser, { spoil: 'blur(4px)' }));
  await slot(page).getByText('Ảnh bị mờ').waitFor();
  await goOn(page);
  await page.getByText('Cần xem lại ảnh').first().waitFor();
  assert.equal(await slot(page).getByText('Đã gửi xong').count(), 0);
  // Taken again, by the phone's own camera.
  await slot(page).getByRole('link', { name: /^Chụp lại/ }).click();
  await arrives(page, /^Chụp:/);
  await page.getByLabel('Dùng máy ảnh của điện thoại').setInputFiles(await paperPhoto(browser, { seed: 4 }));
  await page.getByText('Trang này rõ').waitFor();
  await press(page, 'Xong');
  await arrives(page, 'Giấy tờ gửi kèm');
  assert.equal(await pages(page).count(), 1);
  await sent(page);
  await goOn(page);
  await arrives(page, 'Xem lại trước khi nộp');
  await context.close();
});

test('several pages are one file, in the order that the citizen gives them', async () => {
  const context = await browser.newContext(phone);
  const page = await atPapers(context);
  const photos = [];
  for (const seed of [11, 12, 13]) photos.push(await paperPhoto(browser, { seed, name: `trang-${seed}.jpg` }));
  await pick(page, ...photos);
  await pages(page).nth(2).getByText('Trang này rõ').waitFor();
  await slot(page).getByText('Số trang nhiều hơn giấy này có').waitFor();
  await sent(page);
  const pictures = () => pages(page).locator('img').evaluateAll((all) => all.map((one) => one.src));
  const before = await pictures();
  assert.equal(new Set(before).size, 3);
  await page.getByRole('button', { name: /Đưa lên trước\s*: Trang 3/ }).click();
  await page.getByText('Số trang nhiều hơn').waitFor();
  assert.deepEqual(await pictures(), [before[0], before[2], before[1]]);
  await page.getByRole('button', { name: /Bỏ trang này\s*: Trang 1/ }).click();
  await slot(page).getByText('Số trang nhiều hơn').waitFor({ state: 'detached' });
  assert.deepEqual(await pictures(), [before[2], before[1]]);
  await sent(page);
  await goOn(page);
  await page.getByText('2 trang').first().waitFor();
  await context.close();
});

test('a page is cut, turned and whitened by taps alone', async () => {
  const context = await browser.newContext(phone);
  const page = await atPapers(context);
  await pick(page, await paperPhoto(browser, { seed: 21 }));
  await sent(page);
  const picture = () => pages(page).locator('img').getAttribute('src');
  const before = await picture();
  await slot(page).getByRole('link', { name: /^Xem và sửa/ }).click();
  await arrives(page, 'Sửa trang 1');
  await page.locator('.viewer.corners img').waitFor();
  const corner = page.locator('.viewer .corner').nth(2);
  const left = async () => Number.parseFloat(await corner.evaluate((one) => one.style.left));
  const at = await left();
  await page.getByRole('button', { name: 'Góc dưới phải' }).click();
  for (let taps = 0; taps < 5; taps += 1) await page.getByRole('button', { name: 'Sang trái' }).click();
  assert.ok(Math.abs(at - 5 - (await left())) < 0.01, `${at} ${await left()}`);
  // A tap on the picture puts the chosen corner there; a corner near the finger is taken instead.
  const viewer = page.locator('.viewer.corners');
  await viewer.evaluate((one) => one.scrollIntoView({ block: 'center' }));
  const box = await viewer.boundingBox();
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.6);
  assert.ok(Math.abs((await left()) - 60) < 2);
  // Dragging does the same.
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.82, { steps: 4 });
  await page.mouse.up();
  assert.ok(Math.abs((await left()) - 80) < 2);
  await page.getByRole('button', { name: 'Xoay trang' }).click();
  await page.getByRole('button', { name: 'Làm trắng nền giấy' }).click();
  await page.getByRole('button', { name: 'Lưu trang' }).click();
  await arrives(page, 'Giấy tờ gửi kèm');
  await page.locator('.pages img').waitFor();
  assert.notEqual(await picture(), before);
  await context.close();
});

test('killed right after the photo: the page is there, made and sent by the next process', async () => {
  const folder = scratch('profile');
  const launch = () => chromium.launchPersistentContext(folder, {
    ...phone, executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  });
  const first = await launch();
  const page = await first.newPage();
  await atBirthPapers(page, stage);
  await pick(page, await paperPhoto(browser, { seed: 31 }));
  // The photo is on the device once its page is listed; nothing was made of it yet.
  await pages(page).first().waitFor();
  execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${folder}`]);
  await first.close().catch(() => {});
  rmSync(join(folder, 'SingletonLock'), { force: true });
  const second = await launch();
  const again = await second.newPage();
  await again.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await pages(again).first().getByText('Trang này rõ').waitFor();
  await sent(again);
  await second.close();
});
