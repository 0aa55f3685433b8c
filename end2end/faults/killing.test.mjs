// The longest form, killed at every page: the browser is ended while a page is being answered, and a
// new one reads everything back. And what cannot be kept is said, before it is lost.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { answer, arrives, goOn, personas, press, saved } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { scratch } from '../stage/scratch.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

const longest = Object.entries(personas).reduce((a, b) => (b[1].length > a[1].length ? b : a))[0];

const launch = (folder) => chromium.launchPersistentContext(folder, {
  ...phone, executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});

/** Ends the browser as a phone does that has no memory left: only processes with this profile, ours. */
async function kill(context, folder) {
  execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${folder}`]);
  await context.close().catch(() => {});
  rmSync(join(folder, 'SingletonLock'), { force: true });
}

/** What a page shows of an answer. */
async function shown(page, label, value) {
  if (typeof value === 'string') return page.getByRole('textbox', { name: label, exact: true }).inputValue();
  if (value.date) {
    const group = page.getByRole('group', { name: label });
    const parts = ['Ngày', 'Tháng', 'Năm'].map((part) => group.getByLabel(part, { exact: true }).inputValue());
    return (await Promise.all(parts)).join('/');
  }
  const options = value.many ?? [value.choice];
  const states = options.map(async (option) => {
    const button = page.getByRole('button', { name: option, exact: true });
    if (await button.count()) return await button.getAttribute('aria-pressed') === 'true';
    const box = page.getByRole('radio', { name: option, exact: true }).or(page.getByRole('checkbox', { name: option, exact: true }));
    return box.isChecked();
  });
  return (await Promise.all(states)).every(Boolean) ? 'chosen' : 'not chosen';
}

const wanted = (value) => (typeof value === 'string' ? value : value.date ? value.date.join('/') : 'chosen');

test(`killed at every page of the longest form: nothing is lost`, async (t) => {
  const folder = scratch('profile');
  let context = await launch(folder);
  let page = await context.newPage();
  let [lost, looked] = [0, 0];
  await page.goto(`${stage.origin}/thu-tuc/${longest}`);
  await press(page, 'Bắt đầu làm hồ sơ');
  for (const [title, answers] of personas[longest]) {
    await arrives(page, title);
    const address = page.url();
    const entries = Object.entries(answers);
    let moved = false;
    for (const [label, value] of entries) moved = await answer(page, label, value);
    if (moved) await page.waitForURL((url) => url.href !== address);
    else if (entries.length) await saved(page);
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 300); }));
    await kill(context, folder);
    context = await launch(folder);
    page = await context.newPage();
    await page.goto(address);
    await arrives(page, title);
    for (const [label, value] of entries) {
      looked += 1;
      const there = await shown(page, label, value);
      // Phone numbers are brought into one form when a page is left; here it was not.
      if (there.replaceAll(' ', '') !== wanted(value).replaceAll(' ', '')) lost += 1;
    }
    await goOn(page);
  }
  await kill(context, folder);
  t.diagnostic(`${longest}: killed ${personas[longest].length} times, ${lost} of ${looked} answers lost`);
  assert.equal(lost, 0);
});

test('a device that keeps nothing says so at once, and the dossier can still be finished', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };
  });
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await answer(page, 'Họ và tên', 'Phạm Thị Thu Hương');
  await page.getByText(/không lưu được|chưa lưu/i).first().waitFor();
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  await context.close();
});

test('a full disk is said while what was typed is still on the screen, and over when there is room', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      if (window.diskIsFull) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await page.evaluate(() => { window.diskIsFull = true; });
  await answer(page, 'Họ và tên', 'Phạm Thị Thu Hương');
  await page.getByText(/không lưu được|chưa lưu/i).first().waitFor();
  await page.evaluate(() => { window.diskIsFull = false; });
  await answer(page, 'Số định danh cá nhân', '030189011736');
  await saved(page);
  await page.reload();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  await context.close();
});

test('the browser closes the database: what is typed next is kept all the same', async () => {
  // As iOS does when memory is short.
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.databases = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => window.databases.push(request.result));
      return request;
    };
  });
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await answer(page, 'Họ và tên', 'Phạm Thị Thu');
  await saved(page);
  assert.ok(await page.evaluate(() => { window.databases.forEach((one) => one.close()); return window.databases.length; }) > 0);
  await answer(page, 'Họ và tên', 'Phạm Thị Thu Hương');
  await saved(page);
  await page.reload();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  await context.close();
});

test('every change is on the disk within 300 ms', async (t) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.late = [];
    const commit = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = commit.apply(this, args);
      if (args[1] === 'readwrite') transaction.addEventListener('complete', () => {
        if (window.typedAt) window.late.push(performance.now() - window.typedAt);
      });
      return transaction;
    };
    addEventListener('input', () => { window.typedAt = performance.now(); }, true);
  });
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await page.getByLabel('Họ và tên').click();
  await page.keyboard.type('Phạm Thị Thu Hương', { delay: 60 });
  await saved(page);
  const late = (await page.evaluate(() => window.late)).sort((a, b) => a - b);
  t.diagnostic(`${late.length} writes: median ${late[late.length >> 1].toFixed(0)} ms, slowest ${late.at(-1).toFixed(0)} ms after the key`);
  assert.ok(late.length > 0);
  // A bound that a busy machine keeps; the figure is the claim.
  assert.ok(late[late.length >> 1] < 300, `${late}`);
  await context.close();
});
