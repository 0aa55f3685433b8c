// The receipt of a paid fee: reached from tracking, whole for its holder and as PDF, masked for whoever
// scans its code, and void when the office takes it back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, press, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('cash has a receipt that anyone can check and only its holder reads whole', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  const code = codeOf(page);
  await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await arrives(page, 'Hồ sơ của bạn');
  await press(page, /^Xem biên lai/);
  await arrives(page, 'Biên lai');
  const whole = await page.textContent('main');
  for (const said of ['mười sáu nghìn đồng chẵn', 'Phạm Thị Thu Hương', code, 'Tiền mặt tại quầy']) {
    assert.ok(whole.includes(said), `${said} is not in ${whole}`);
  }
  const link = await page.getByRole('link', { name: 'Mở bản PDF' }).getAttribute('href');
  const file = await page.request.get(stage.origin + link);
  assert.equal(file.headers()['content-type'], 'application/pdf');
  assert.equal((await file.body()).subarray(0, 5).toString(), '%PDF-');

  // Another phone scans the code: it learns that the receipt is there, and no name.
  const check = await page.locator('.qr').getAttribute('data-text');
  const context = await browser.newContext(phone);
  const other = await context.newPage();
  await other.goto(check);
  await other.getByText('Xã có biên lai này').waitFor();
  const masked = await other.textContent('body');
  assert.ok(masked.includes('Phạm T. T. H.') && masked.includes('16.000'), masked);
  assert.ok(!masked.includes('Hương') && !masked.includes(code) && !masked.includes('PDF'), masked);

  const token = check.split('/').pop();
  await stage.staff(`/receipts/${token}/void`, { reason: 'Nhập nhầm hồ sơ.' });
  await other.reload();
  await other.getByText('đã bị hủy').waitFor();
  await context.close();
  await page.goto(`${stage.origin}/bien-lai/AAAAAAAAAAAAAAAAAAAAAA`);
  await page.getByText('Không tìm thấy').first().waitFor();
});
