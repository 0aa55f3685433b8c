// A wallet that refuses, comes back by POST, and is paid after all: what the citizen reads.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, fillIn, submit } from '../pages/dossier.mjs';
import { outcome, tapPayWith } from '../pages/wallet.mjs';
import { onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('a wallet without biometrics: what to do is said; paid after all, it counts', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  await stage.momoKnobs({ return: 'post' });
  await tapPayWith(page, 'MoMo', stage.momo);
  await outcome(page, 'unverified');
  await page.locator('#back-to-merchant').click();
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán chưa thành công');
  const said = await page.textContent('main');
  assert.ok(said.includes('quét khuôn mặt và căn cước') && said.includes('4002'), said);
  assert.ok(!said.includes('thất bại'));

  // Verified meanwhile, and paid in the wallet by the same code.
  const [{ reference }] = await (await fetch(`${stage.momo}/_simulator/payments`)).json();
  await stage.knob(`${stage.momo}/_simulator/pay`, { reference, outcome: 'success' });
  const token = new URL(page.url()).pathname.split('/').pop();
  let state;
  for (let tries = 0; state !== 'succeeded' && tries < 100; tries += 1) {
    ({ state } = await (await fetch(`${stage.origin}/api/v1/payments/${token}`)).json());
  }
  assert.equal(state, 'succeeded');
  await page.reload();
  await arrives(page, 'Đã trả phí');
});
