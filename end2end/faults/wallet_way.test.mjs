// The way to the wallet and back: by hand, by the back button, into another browser, out of another app,
// from the home screen. Looked at from the citizen's screen. What the gateway says, and when, is
// `payment.test.mjs`'s.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, press } from '../pages/dossier.mjs';
import { filedWithFee, stateOfFee } from '../pages/fee.mjs';
import { outcome, tapPay } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const filed = () => filedWithFee(page, stage);
const feeOf = (code) => stateOfFee(page, stage, code);
const payLink = () => page.getByRole('link', { name: /^Trả .* qua VNPAY/ });

test('fault 02: the wallet returns into another browser: it works there, and shows nothing personal', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: 'before_return' });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  const other = await browser.newContext(phone);
  const there = await other.newPage();
  await there.goto(page.url().split('#')[0]);
  await arrives(there, 'Đã trả phí');
  const text = await there.textContent('body');
  assert.ok(!text.includes('Hương') && !text.includes(code));
  await other.close();
});

test('fault 03: paid, and back by hand: the page asks by itself', async () => {
  await filed();
  const wallet = await context.newPage();
  await stage.vnpayKnobs({ return: 'never' });
  await wallet.goto(await page.getByRole('link', { name: /^Trả .* qua VNPAY/ }).getAttribute('href'));
  await wallet.locator('button[name=outcome][value=success]').waitFor();
  await outcome(wallet, 'success');
  await wallet.close();
  // The app is in front again: nothing told it that the citizen is back.
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByText('không còn khoản nào phải trả').waitFor();
});

test('fault 18: the back button from the gateway finds a page where the fee can still be paid, once', async () => {
  const code = await filed();
  const token = (await payLink().getAttribute('href')).split('/').pop();
  await tapPay(page);
  await page.goBack();
  await arrives(page, 'Trả phí');
  assert.equal(await page.getByText('Đang chuyển').count(), 0);
  assert.equal(await feeOf(code), 'due');
  await payLink().click();
  await page.waitForURL(/paymentv2/);
  await outcome(page, 'success');
  await arrives(page, 'Đã trả phí');
  assert.equal(page.url().split('#')[0], `${stage.origin}/thanh-toan/${token}`, 'the same attempt');
  // Back to where one came from: nothing there takes money again.
  await page.goBack();
  await page.goBack();
  await page.getByText('không còn khoản nào phải trả').or(page.getByText('Đã trả phí')).first().waitFor();
  assert.equal(await payLink().count(), 0);
  assert.equal(await feeOf(code), 'paid');
});

test('fault 19: the way back to the gateway after paying shows the truth', async () => {
  await filed();
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  await page.goto(`${stage.origin}/pay/go/${page.url().split('/').pop().split('#')[0]}`);
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
});

test('fault 20: the tap itself opens the gateway, by plain web links, so that wallets can take over', async () => {
  await filed();
  const go = await payLink().getAttribute('href');
  assert.match(go, /^https?:.*\/pay\/go\/[\w-]+$/);
  // A phone hands a web link to an app only when a tap opens it and no script comes in between.
  await page.evaluate(() => {
    addEventListener('click', (event) => {
      window.tapWasPrevented = event.defaultPrevented;
      event.preventDefault();
    });
  });
  await payLink().click();
  assert.equal(await page.evaluate(() => window.tapWasPrevented), false);
  const sent = await page.request.get(go, { maxRedirects: 0 });
  assert.equal(sent.status(), 303);
  assert.ok(sent.headers().location.startsWith(`${stage.vnpay}/paymentv2/`), sent.headers().location);
});

test('fault 22: opened inside Zalo, the page says so and gives an address that works elsewhere', async () => {
  const code = await filed();
  assert.equal(await page.getByText('đang mở trong một ứng dụng khác').count(), 0);
  await page.getByText('Để sau, xem giấy tiếp nhận').click();
  await arrives(page, 'Đã nộp hồ sơ');
  const receipt = await page.locator('.qr').first().getAttribute('data-text');
  const address = `${stage.origin}/ho-so/${code}/le-phi#${receipt.split('#')[1]}`;
  const zalo = await browser.newContext({
    ...phone,
    permissions: ['clipboard-read', 'clipboard-write'],
    userAgent: 'Mozilla/5.0 (Linux; Android 12; SM-A127F Build/SP1A; wv) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36 Zalo android/12100',
  });
  const there = await zalo.newPage();
  await there.goto(address);
  await there.getByText('đang mở trong một ứng dụng khác').waitFor();
  await press(there, 'Chép đường dẫn');
  await there.getByText('Đã chép đường dẫn.').waitFor();
  assert.equal(await there.evaluate(() => navigator.clipboard.readText()), address);
  await zalo.close();
});

test('fault 23: from the home screen: all of it happens in one window, at addresses of the app', async () => {
  // Chromium without a screen knows no home screen; this is what a window from there needs.
  const code = await filed();
  assert.equal(await payLink().getAttribute('target'), null);
  let windows = 0;
  context.on('page', () => { windows += 1; });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(`${stage.origin}/thanh-toan/**`);
  await arrives(page, 'Đã trả phí');
  assert.equal(windows, 0, 'no window is opened that has no way back');
  // The address is the app's own, so the window that the home screen opened shows it.
  const manifest = await (await page.request.get(`${stage.origin}/manifest.webmanifest`)).json();
  assert.ok(page.url().startsWith(new URL(manifest.scope, stage.origin).href));
  assert.equal(await feeOf(code), 'paid');
});
