// From a word, or from what happened at home, to the right procedure: typed as people type, by plain
// questions between look-alikes, by events of life and by sectors.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives } from '../pages/dossier.mjs';
import { onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

async function search() {
  await page.goto(`${stage.origin}/tim`);
  await page.getByText(/Có \d+ thủ tục/).waitFor();
  return page.getByLabel('Bạn cần làm gì?');
}

test('whatever is typed, the first result is what was meant', async () => {
  const field = await search();
  for (const [typed, meant] of [
    ['bố em mới mất', '1.000656'], ['khai sinhh', '1.001193'], ['chuwngs thuwcj', '2.000815'], ['sao y', '2.000815'],
    ['lam giay khai sinh cho con', '1.001193'], ['1193', '1.001193'],
  ]) {
    await field.fill(typed);
    await page.locator(`.links a[href="/thu-tuc/${meant}"]`).first().waitFor();
    const first = page.locator('.links a[href^="/thu-tuc/"]').first();
    assert.equal(await first.getAttribute('href'), `/thu-tuc/${meant}`, typed);
  }
});

test('look-alikes end in plain questions, and those on the right page', async () => {
  await (await search()).fill('mai tang phi');
  await page.getByRole('link', { name: 'Tiền mai táng: chọn đúng thủ tục' }).click();
  await arrives(page, 'Khi còn sống, người mất đang hưởng khoản nào?');
  await page.getByRole('button', { name: 'Cựu chiến binh' }).click();
  await page.getByText('Danh mục của xã không có thủ tục này').waitFor();
  await page.getByRole('link', { name: 'Lương hưu hoặc đang đóng bảo hiểm xã hội' }).click();
  await page.getByRole('link', { name: 'Có, làm một lần' }).click();
  await page.waitForURL(/\/thu-tuc\/2\.002913$/);
});

test('events of life and sectors lead to procedures', async () => {
  const catalogue = await (await fetch(`${stage.origin}/api/v1/catalogue`)).json();
  const [event] = catalogue.life_events;
  const sector = catalogue.sectors.find(({ id }) => id === 'chung-thuc');
  for (const { vi } of [event.title, sector.name]) {
    await search();
    await page.getByRole('link', { name: vi }).first().click();
    await arrives(page, vi);
    assert.ok(await page.locator('a[href^="/thu-tuc/"]').count() > 1);
  }
});
