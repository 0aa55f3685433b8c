// Moving about without a finger: focus goes to the heading of each new page, to the summary of
// errors, from there to the field; Back works; the skip link skips.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, arrives, goOn, saved } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return { tag: element.tagName, id: element.id, text: element.textContent.trim().slice(0, 60) };
});

test('focus follows the page, titles change, Back works', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(stage.origin);
  await page.getByRole('link', { name: 'Tìm thủ tục theo tên' }).focus();
  await page.keyboard.press('Enter');
  await arrives(page, 'Tìm thủ tục');
  assert.equal((await focused(page)).tag, 'H1');
  assert.match(await page.title(), /Tìm thủ tục/);
  await page.getByRole('link', { name: 'Sinh con' }).press('Enter');
  await arrives(page, 'Sinh con');
  await page.getByRole('link', { name: 'Đăng ký khai sinh' }).first().press('Enter');
  await arrives(page, 'Đăng ký khai sinh');
  assert.equal((await focused(page)).tag, 'H1');
  await page.goBack();
  await arrives(page, 'Sinh con');
  await page.goForward();
  await arrives(page, 'Đăng ký khai sinh');
  await context.close();
});

test('errors: focus on the summary, a link to the field, the title says so, nothing typed is lost', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await answer(page, 'Họ và tên', 'Hương');
  await answer(page, 'Số định danh cá nhân', '123456789');
  await goOn(page);
  await page.getByText('Có vấn đề cần sửa').waitFor();
  assert.match((await focused(page)).text, /Có vấn đề cần sửa/);
  assert.match(await page.title(), /^Lỗi: /);
  const line = page.getByRole('link', { name: /chứng minh cũ 9 số/ });
  await line.focus();
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).tag, 'INPUT');
  assert.equal(await page.getByLabel('Số định danh cá nhân').inputValue(), '123456789');
  await page.getByLabel('Họ và tên').fill('Phạm Thị Thu Hương');
  await saved(page);
  await page.reload();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  await context.close();
});

test('the skip link leads past the header', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/tim`);
  await arrives(page, 'Tìm thủ tục');
  await page.evaluate(() => document.activeElement.blur());
  await page.getByRole('link', { name: /Bỏ qua/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inMain = await page.evaluate(() => Boolean(document.activeElement.closest('main')));
  assert.ok(inMain);
  await context.close();
});
