// Paying by bank transfer: a code that any bank's app reads, and the truth from the bank's statement.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, press, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

test('a fee is transferred with a code, and paid when the statement is imported', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await page.getByRole('radio', { name: /Chuyển khoản/ }).check();
  const qr = await page.locator('.qr').getAttribute('data-text');
  const words = await page.locator('dd').filter({ hasText: /^MC[0-9A-F]{16}$/ }).textContent();
  assert.ok(qr.startsWith('000201') && qr.includes(words.trim()), qr);
  await press(page, 'Tôi đã chuyển khoản');
  await arrives(page, 'Đang chờ ngân hàng báo tiền đến');

  const table = `Ngày,Số tiền,Nội dung,Mã giao dịch\n26/11/2026 08:15,16000,CT DEN ${words},FT1\n`;
  const report = await stage.staff('/statements', table);
  assert.deepEqual([report.paid, report.problems], [1, []]);
  await press(page, 'Kiểm tra lại');
  await arrives(page, 'Đã trả phí');

  // What was chosen once is chosen the next time.
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await page.locator('.qr').waitFor();
  assert.ok(codeOf(page));
  await context.close();
});
