// Wallets that refuse, come back by POST, or are paid after all: what the citizen reads.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, fillIn, submit } from '../pages/dossier.mjs';
import { outcome, tapPayWith } from '../pages/wallet.mjs';
import { onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('a wallet without biometrics says what to do; paid after all, it counts; a POST brings one back', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await stage.momoKnobs({ return: 'post', late_pay_after_s: 4 });
  await tapPayWith(page, 'ví MoMo', stage.momo);
  await outcome(page, 'unverified');
  await page.locator('#back-to-merchant').click();
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán chưa thành công');
  const said = await page.textContent('main');
  assert.ok(said.includes('quét khuôn mặt và căn cước') && said.includes('4002'), said);
  assert.ok(!said.includes('thất bại'));
  // Verified in the wallet meanwhile, and paid there by the same code.
  await page.waitForTimeout(0);
  await page.getByRole('link', { name: 'Xem giấy tiếp nhận' }).waitFor();
  const address = page.url();
  await page.getByRole('link', { name: 'Xem giấy tiếp nhận' }).click();
  await arrives(page, 'Đã nộp hồ sơ');
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Đang kiểm tra' }).waitFor();
    if (await page.getByText('Đã trả phí').count()) return;
  }
  assert.fail('what was paid late is not shown');
});
