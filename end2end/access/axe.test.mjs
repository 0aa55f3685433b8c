// Every screen in its states, at 360 and 320 px, light and dark: axe finds nothing, nothing scrolls
// sideways, targets and text are large enough, there is one heading and a title.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseRules, violations } from '../pages/axe.mjs';
import { codeOf } from '../pages/dossier.mjs';
import { screens } from '../pages/screens.mjs';
import { tapPayWith } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

const given = {};
onStage(async () => {
  given.photo = await photoOfPaper(browser);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await screens.receipt(page, stage);
  given.code = codeOf(page);
  await context.close();
});

for (const [name, open] of Object.entries(screens)) {
  test(name, async () => {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    try {
      await open(page, stage, given);
      const found = [];
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        for (const width of [360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const where = `${colorScheme} ${width}`;
          found.push(...(await violations(page)).map((line) => `${where} ${line}`));
          found.push(...(await houseRules(page)).map((line) => `${where} ${line}`));
        }
      }
      // Large type: nothing may leave the screen sideways.
      await page.evaluate(() => { document.documentElement.style.fontSize = '175%'; });
      await page.setViewportSize({ width: 360, height: 800 });
      const sideways = (await houseRules(page)).filter((line) => line.startsWith('scrolls'));
      assert.deepEqual([...found, ...sideways], []);
    } finally {
      await context.close();
    }
  });
}

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
