// How many taps and keys it takes from a procedure's page, where a poster's code leads, to a submitted
// dossier: real clicks and typed letters, counted by the page itself (Telex: a key for each mark too), by one persona with her identity
// card at hand, signing in and photographing included. Prints the table. The peer is a model of the
// national portal's birth registration, all typed: 54 taps and 252 keys.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, heading, personas, photoOf, textbox } from '../pages/dossier.mjs';
import { filmOfCode, openBrowser, phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { onStage, stage, browser } from '../stage/setting.mjs';

onStage();

const portal = { taps: 54, keys: 252 };
const card = '030189011736||PHẠM THỊ THU HƯƠNG|08031989|Nữ|Thôn Bắc, Kim Thành, Hải Dương|10042021';
const ten = ['2.000635', '1.001193', '1.000894', '1.004873', '1.000656', '1.004859', '2.000815', '1.014027', '1.014028', '1.001699'];

/** A page that counts what a person does, wherever it goes. */
async function counting(context) {
  const count = { taps: 0, keys: 0 };
  await context.exposeBinding('countedTap', () => { count.taps += 1; });
  await context.exposeBinding('countedKeys', (_, keys) => { count.keys += keys; });
  await context.addInitScript(() => {
    // As Telex is typed: a key for the letter, one for each mark on it, two for đ.
    const strokes = (text) => [...text.normalize('NFD')].length + (text.match(/[đĐ]/g) ?? []).length;
    addEventListener('pointerdown', () => window.countedTap(), true);
    addEventListener('input', (event) => window.countedKeys(strokes(event.data ?? '')), true);
  });
  return count;
}

/** Taps a control and types into it, a key for each letter, as fingers do. */
async function type(page, control, text) {
  await control.click();
  await page.keyboard.type(text);
}

async function give(page, label, value) {
  if (typeof value === 'string') {
    const control = textbox(page, label);
    if (await control.inputValue() === value) return false;
    await type(page, control, value.replaceAll(' ', /^[\d ]+$/.test(value) ? '' : ' '));
  } else if (value.date) {
    const group = page.getByRole('group', { name: label });
    const [day, month, year] = value.date;
    if (await group.getByLabel('Năm', { exact: true }).inputValue() === year) return false;
    // Two digits each: the next box comes by itself.
    await type(page, group.getByLabel('Ngày', { exact: true }), day.padStart(2, '0') + month.padStart(2, '0') + year);
  } else if (value.many) {
    for (const option of value.many) await page.getByText(option, { exact: true }).click();
  } else {
    const button = page.getByRole('button', { name: value.choice, exact: true });
    const radio = page.getByRole('radio', { name: value.choice, exact: true });
    await button.or(radio).waitFor();
    if (await button.isVisible()) {
      await button.click();
      return true;
    }
    await page.getByText(value.choice, { exact: true }).click();
  }
  return false;
}

async function file(context, code, photo) {
  const count = await counting(context);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/${code}`);
  await page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' }).click();
  for (const [title, answers] of personas[code]) {
    await arrives(page, title);
    if (title === 'Người yêu cầu là ai?') {
      await page.getByRole('button', { name: 'Quét thẻ căn cước để điền' }).click();
      await page.getByText('Đã đọc thẻ căn cước').waitFor();
      await page.getByRole('link', { name: 'Điền vào hồ sơ đang làm' }).click();
      await arrives(page, title);
    }
    let moved = false;
    for (const [label, value] of Object.entries(answers)) moved = await give(page, label, value);
    if (!moved) await page.getByRole('button', { name: 'Tiếp tục' }).click();
  }
  await arrives(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  if ((await heading(page).textContent()).includes('Giấy tờ')) {
    if (photoOf[code]) {
      // The camera's own picture: the tap that opens it is counted below.
      const chosen = page.waitForEvent('filechooser');
      await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().click();
      await (await chosen).setFiles(photo);
      await page.getByText('Đã gửi xong').first().waitFor();
    }
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
  }
  await arrives(page, 'Xem lại trước khi nộp');
  await page.getByRole('button', { name: 'Đúng rồi, đi đến bước nộp' }).click();
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
  await page.locator('button[name=decision][value=accept]').click();
  await arrives(page, 'Nộp hồ sơ');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.waitForURL(/\/ho-so\//);
  await page.close();
  return count;
}

test('taps and keys from a poster to a submitted dossier, for ten procedures', async (t) => {
  const film = filmOfCode(card);
  const withCamera = await openBrowser({ film });
  const photo = await photoOfPaper(browser);
  const rows = {};
  try {
    for (const code of ten) {
      const context = await withCamera.newContext(phone);
      await context.grantPermissions(['camera'], { origin: stage.origin });
      rows[code] = await file(context, code, photo);
      await context.close();
    }
  } finally {
    await withCamera.close();
  }
  t.diagnostic('procedure  taps  keys');
  for (const [code, { taps, keys }] of Object.entries(rows)) {
    t.diagnostic(`${code}  ${String(taps).padStart(4)}  ${String(keys).padStart(4)}`);
  }
  const birth = rows['1.001193'];
  t.diagnostic(`birth beside the portal's model: taps ${(birth.taps / portal.taps).toFixed(2)}, keys ${(birth.keys / portal.keys).toFixed(2)}`);
  assert.ok(birth.taps <= 0.5 * portal.taps, `${birth.taps} taps`);
  assert.ok(birth.keys <= 0.4 * portal.keys, `${birth.keys} keys`);
});
