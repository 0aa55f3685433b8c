// The static shell: the start page is there before the program is, readable, with working links,
// within 14 kB of brotli; the app takes it over without a jump.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { arrives } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';
import { site } from '../stage/stage.mjs';

onStage();

test('index.html fits the first flight', () => {
  const html = readFileSync(join(site(), 'index.html'));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const bytes = brotliCompressSync(html, { params }).length;
  assert.ok(bytes < 14_000, `${bytes} bytes`);
});

test('without the program the start page reads, and its links lead on', async () => {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(stage.origin);
  await arrives(page, 'Làm thủ tục của xã');
  for (const [name, path] of [['Quét mã QR', '/quet'], ['Tìm thủ tục theo tên', '/tim'], ['Xem hồ sơ đã nộp', '/tra-cuu']]) {
    const link = page.getByRole('link', { name });
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), path);
  }
  await context.close();
});

test('the app takes the shell over without a jump', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.jumps = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        globalThis.jumps.push({ value: entry.value, moved: entry.sources.map((s) => s.node?.nodeName) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // The program is late, as on a weak network: the shell is painted, then replaced.
  await context.route('**/*.wasm', async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await page.goto(stage.origin);
  const before = await page.getByRole('link', { name: 'Quét mã QR' }).boundingBox();
  await page.getByRole('link', { name: 'English' }).or(page.getByRole('button', { name: 'English' })).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  const later = await page.getByRole('link', { name: 'Quét mã QR' }).boundingBox();
  assert.ok(Math.abs(before.y - later.y) < 1, `the first action moved from ${before.y} to ${later.y}`);
  const jumps = await page.evaluate(() => globalThis.jumps);
  const sum = jumps.reduce((total, jump) => total + jump.value, 0);
  assert.ok(sum < 0.01, JSON.stringify(jumps));
  await context.close();
});

test('a program that cannot be loaded is said, with a way to try again', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await context.route('**/*.wasm', (route) => route.abort('connectionreset'));
  await page.goto(stage.origin);
  await page.locator('#boot-note').waitFor();
  assert.match(await page.locator('#boot-note').textContent(), /tải|mạng/);
  await context.close();
});
