// Asking a relative to pay: an old person without a wallet, a son in another town. He has the link and
// nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, fillIn, press, submit } from '../pages/dossier.mjs';
import { outcome, tapPay } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

async function asked(page) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await press(page, 'Nhờ người thân trả');
  await arrives(page, 'Nhờ người thân trả');
  return page.locator('.qr').first().getAttribute('data-text');
}

test('a relative pays in a browser of their own, and the citizen sees who', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const link = await asked(page);

  const relative = await browser.newContext(phone);
  const theirs = await relative.newPage();
  await theirs.goto(link);
  await arrives(theirs, 'Trả giúp một khoản phí');
  const shown = await theirs.locator('main').innerText();
  assert.match(shown, /16\.000/);
  assert.doesNotMatch(shown, /Hương|trích lục/i);
  await theirs.getByLabel(/^Tên của bạn/).fill('Trần Văn Nam');
  await press(theirs, /^Trả 16\.000/);
  await theirs.getByRole('radio', { name: /VNPAY/ }).check();
  await tapPay(theirs);
  await outcome(theirs, 'success');
  await arrives(theirs, 'Đã trả phí');
  await theirs.getByText('Người nhờ bạn sẽ thấy khoản này đã trả.').waitFor();

  await page.getByText('Trần Văn Nam đã trả khoản này.').waitFor();
  await theirs.goto(link);
  await theirs.getByText('Khoản này đã được trả. Bạn không phải trả nữa.').waitFor();
  await relative.close();
  await context.close();
});

test('a link that was cancelled leads to no payment, and the citizen can pay alone', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const link = await asked(page);
  // Asked already, the fee's page begins no payment of its own: it would take the fee from the payer.
  await page.goBack();
  await page.getByText('Bạn đã nhờ người thân trả khoản này.').waitFor();
  assert.equal(await page.getByRole('link', { name: /^Trả .* qua/ }).count(), 0);
  await press(page, 'Xem đường dẫn đã gửi');
  await press(page, 'Hủy đường dẫn này');
  await page.getByText('Đường dẫn này không dùng được nữa.').waitFor();

  const relative = await browser.newContext(phone);
  const theirs = await relative.newPage();
  await theirs.goto(link);
  await theirs.getByRole('heading', { name: 'Đường dẫn này không dùng được nữa' }).waitFor();
  assert.equal(await theirs.getByRole('link', { name: /^Trả/ }).count(), 0);
  await relative.close();

  await press(page, 'Trả phí');
  await arrives(page, 'Trả phí');
  await page.getByRole('link', { name: /^Trả .* qua/ }).or(page.locator('.qr')).first().waitFor();
  await context.close();
});
