// The partners' pages that citizens pass through, at 360 and 320 px, light and dark: axe finds nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../pages/axe.mjs';
import { screens } from '../pages/screens.mjs';
import { tapPayWith } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

test('the partners\' pages that citizens pass through (the simulators)', async () => {
  const found = [];
  const look = async (page, name) => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        found.push(...(await violations(page)).map((line) => `${name} ${colorScheme} ${width} ${line}`));
      }
    }
  };
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    await screens.fee(page, stage);
    await page.getByRole('link', { name: /^Trả .* qua VNPAY/ }).click();
    await page.waitForURL(/PaymentMethod/);
    await look(page, 'method');
    await page.locator('#method-bank').click();
    await look(page, 'card');
    await page.locator('#btnContinue').click();
    await look(page, 'otp');
    // The three wallets share their pages; the portal's has a choice of banks beside.
    await screens.fee(page, stage);
    await tapPayWith(page, 'Cổng Dịch vụ công quốc gia', stage.platform);
    await look(page, 'wallet');
    await context.clearCookies();
    await page.goto(`${stage.origin}/auth/login?return_to=/`);
    await look(page, 'login');
    await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
    await look(page, 'consent');
    assert.deepEqual(found, []);
  } finally {
    await context.close();
  }
});
