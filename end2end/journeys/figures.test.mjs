// The commune's figures: its quarter brought in by the back office shows its own report's numbers, for
// whoever finds the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, press } from '../pages/dossier.mjs';
import { onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

test('from the foot of the start page to the numbers of the report', async () => {
  await stage.bringQuarter();
  await page.goto(stage.origin);
  await page.getByRole('link', { name: 'Số liệu của xã' }).click();
  await arrives(page, 'Số liệu của xã');
  const figure = (name) => page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await figure('Nộp trực tuyến').getByText('55,59%', { exact: true }).waitFor();
  await figure('Nộp trực tuyến').getByText('2.483 trên 4.466 hồ sơ').waitFor();
  await figure('Trả phí trực tuyến').getByText('38,54%', { exact: true }).waitFor();
  await figure('Trả phí trực tuyến').getByText('1.212 trên 3.144 hồ sơ').waitFor();
  await figure('Trả phí trực tuyến').getByText('Chưa đạt mục tiêu 60% (xã tự đặt)').waitFor();
  await figure('Đã số hóa').getByText('99,93%', { exact: true }).waitFor();
  await figure('Đã số hóa').getByText('Đạt mục tiêu 80%').waitFor();
  await page.getByRole('img', { name: /^Nộp trực tuyến: 55,59%\. Chưa đạt/ }).waitFor();

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải bảng số liệu (CSV)' }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'so-lieu.csv');

  await press(page, 'English');
  await page.getByText('2,483 of 4,466 dossiers').waitFor();
  await page.getByText('55.59%', { exact: true }).first().waitFor();
});

test('another period is asked for anew', async () => {
  await page.goto(`${stage.origin}/so-lieu`);
  await arrives(page, 'Số liệu của xã');
  await page.getByRole('button', { name: 'Năm nay' }).click();
  await page.getByText(/^Hồ sơ nhận từ 01\/01\/\d{4} đến 31\/12\/\d{4}\.$/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Năm nay' }).getAttribute('aria-pressed'), 'true');
});
