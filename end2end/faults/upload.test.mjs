// Files on a bad link, with the real app: killed in the middle, two windows, no network, a browser that
// saves data, breaks one after the other. What went over the link is counted there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { atBirthPapers } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { file, pdf } from '../stage/paper.mjs';
import { scratch } from '../stage/scratch.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage(undefined, { link: true });

const SIZE = 3_000_000;
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The files that the backend took, by hash. */
const taken = () => {
  const folder = join(stage.folder, 'backend/files/files');
  return (existsSync(folder) ? readdirSync(folder) : []).map((name) => hash(readFileSync(join(folder, name))));
};

/** Picks a file for the first paper. */
async function pick(page, bytes) {
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(file('giay.pdf', bytes));
}

const arrived = (page) => page.getByText('Đã gửi xong').first().waitFor({ timeout: 60_000 });

/** Waits until so many bytes of parts went over the link. */
async function went(bytes) {
  const sum = () => stage.link.log.reduce((all, { method, body }) => all + (method === 'PATCH' ? body : 0), 0);
  while (sum() < bytes) await new Promise((done) => { setTimeout(done, 20); });
}

/** Waits until the browser has written its cookie to the disk, which Chromium does every 30 s. */
async function cookieIsKept(profile) {
  const places = ['Default/Cookies', 'Default/Network/Cookies'].map((place) => join(profile, place));
  const isKept = () => places.some((place) => existsSync(place) && readFileSync(place).includes('__Host-motcua'));
  while (!isKept()) await new Promise((done) => { setTimeout(done, 200); });
}

const uploads = () => stage.link.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/uploads')).length;

test('the browser is killed in mid-upload: a new one goes on, no accepted byte is sent again', async (t) => {
  const folder = scratch('profile');
  const launch = () => chromium.launchPersistentContext(folder, {
    ...phone, executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  });
  let context = await launch();
  let page = await context.newPage();
  await atBirthPapers(page, stage);
  const address = page.url();
  const bytes = pdf(SIZE);
  // Killed in its first half minute, a browser forgets who it was, and the file is sent anew.
  await cookieIsKept(folder);
  stage.link.set({ rate: 400_000 });
  await pick(page, bytes);
  await went(1_200_000);
  execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${folder}`]);
  await context.close().catch(() => {});
  rmSync(join(folder, 'SingletonLock'), { force: true });
  assert.ok(!taken().includes(hash(bytes)), 'it was through before the browser was killed');
  const before = stage.link.log.length;
  stage.link.rate = Infinity;
  context = await launch();
  page = await context.newPage();
  await page.goto(address);
  await arrived(page);
  await context.close();
  const after = stage.link.log.slice(before);
  const asked = after.find(({ method, path }) => path?.includes('/uploads/') && method);
  assert.equal(asked.method, 'HEAD', 'it asks before it sends');
  const sent = after.reduce((all, { method, body }) => all + (method === 'PATCH' ? body : 0), 0);
  t.diagnostic(`${SIZE} bytes: after the kill ${sent} more went over the link`);
  assert.equal(uploads(), 1);
  assert.equal(stage.link.sentAgain(), 0);
  assert.ok(taken().includes(hash(bytes)), 'byte-identical');
});

test('a link that breaks every 300 kB: byte-identical, no accepted byte sent again', async (t) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  const bytes = pdf(SIZE);
  stage.link.set({ every: 300_000, cuts: 1_000 });
  await pick(page, bytes);
  await arrived(page);
  t.diagnostic(`cut ${stage.link.cuts} times`);
  assert.ok(stage.link.cuts >= 7);
  assert.equal(uploads(), 1);
  assert.equal(stage.link.sentAgain(), 0);
  stage.link.set({});
  assert.ok(taken().includes(hash(bytes)));
  await context.close();
});

test('two windows with one dossier send a file once', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  const bytes = pdf(SIZE);
  stage.link.set({ rate: 800_000 });
  await pick(page, bytes);
  await went(400_000);
  const other = await context.newPage();
  await other.goto(page.url());
  await arrived(page);
  assert.equal(uploads(), 1);
  assert.equal(stage.link.sentAgain(), 0);
  const sent = stage.link.log.reduce((all, { method, body }) => all + (method === 'PATCH' ? body : 0), 0);
  assert.equal(sent, bytes.length);
  stage.link.set({});
  await context.close();
});

test('without a network it waits, says so, and goes on by itself; progress is what arrived', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  const bytes = pdf(SIZE);
  stage.link.set({ rate: 400_000 });
  await pick(page, bytes);
  const detail = page.getByText(/Đã gửi .* trong 2,9 MB|Đã gửi .* trong 3,0 MB/).first();
  await page.getByText(/Chưa rõ còn bao lâu/).first().waitFor();
  await page.getByText(/Còn (khoảng|chưa đầy)/).first().waitFor();
  const told = /Đã gửi ([\d,]+) (kB|MB)/.exec(await detail.textContent());
  const shown = Number(told[1].replace(',', '.')) * (told[2] === 'MB' ? 1_000_000 : 1_000);
  const confirmed = Math.max(...stage.link.log.map((entry) => entry.told ?? 0));
  assert.ok(shown > 0 && shown <= confirmed, `${shown} shown, ${confirmed} confirmed`);
  await context.setOffline(true);
  await page.getByText('Đang chờ mạng').first().waitFor();
  await page.getByText('máy sẽ tự gửi tiếp').first().waitFor();
  stage.link.rate = Infinity;
  await context.setOffline(false);
  await arrived(page);
  assert.equal(stage.link.sentAgain(), 0);
  await context.close();
});

test('while the browser saves data nothing is sent until the citizen says so', async () => {
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true, type: 'cellular' }) });
  });
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  stage.link.set({});
  await pick(page, pdf(200_000));
  await page.getByText('Đang tạm dừng').first().waitFor();
  assert.equal(uploads(), 0);
  await page.getByRole('button', { name: 'Gửi luôn' }).click();
  await arrived(page);
  // What was said holds: over the mobile network too, until only Wi-Fi is wanted.
  await page.getByRole('button', { name: /^Bỏ tệp này/ }).click();
  await page.getByRole('checkbox', { name: 'Chỉ gửi tệp khi có Wi-Fi' }).check();
  await pick(page, pdf(200_000));
  await page.getByText('Đang chờ Wi-Fi').first().waitFor();
  assert.equal(uploads(), 1);
  await page.getByRole('checkbox', { name: 'Chỉ gửi tệp khi có Wi-Fi' }).uncheck();
  await page.getByRole('button', { name: 'Gửi luôn' }).click();
  await arrived(page);
  await context.close();
});

test('a PDF that runs commands is refused, and the citizen hears what to do', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await atBirthPapers(page, stage);
  stage.link.set({});
  const harmless = pdf(2_000).toString('latin1');
  const active = harmless.replace('/Type /Catalog /Pages 2 0 R >>', '/Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (1) >> >>');
  await pick(page, Buffer.from(active, 'latin1'));
  await page.getByText('Tệp PDF này có lệnh tự chạy').first().waitFor();
  await context.close();
});
