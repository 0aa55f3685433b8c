// What a citizen does from a procedure's page to a submitted dossier, by what is written on the
// screen. Knows no address but the one it is given.

import assert from 'node:assert/strict';
import { personas, photoOf } from './personas.mjs';

export { personas, photoOf };

/** The page's one heading. */
export const heading = (page) => page.getByRole('heading', { level: 1 });

/** Waits until the page's heading says this. */
export async function arrives(page, title) {
  await heading(page).filter({ hasText: title }).waitFor();
}

/** A button or a link that leads on: which of the two it is, is the page's affair. */
export const press = (page, name) =>
  page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click();

export const goOn = (page) => page.getByRole('button', { name: 'Tiếp tục' }).click();

/** The field with this label, whether or not it says that it may be left empty. */
export const textbox = (page, label) => page.getByRole('textbox', { name: label, exact: true })
  .or(page.getByRole('textbox', { name: `${label} (không bắt buộc)`, exact: true }));

/** Fills one question by its label: a text, `{ date: [d, m, y] }`, `{ choice: label }`, `{ many: [label] }` or `{ pick: label }`. */
export async function answer(page, label, value) {
  if (typeof value === 'string') {
    await textbox(page, label).fill(value);
  } else if (value.date) {
    const group = page.getByRole('group', { name: label });
    const [day, month, year] = value.date;
    await group.getByLabel('Ngày', { exact: true }).fill(day);
    await group.getByLabel('Tháng', { exact: true }).fill(month);
    await group.getByLabel('Năm', { exact: true }).fill(year);
  } else if (value.many) {
    for (const option of value.many) await page.getByRole('checkbox', { name: option, exact: true }).check();
  } else if (value.pick) {
    await page.getByLabel(label, { exact: true }).selectOption({ label: value.pick });
  } else {
    // A choice alone on its page is a button that goes on.
    const button = page.getByRole('button', { name: value.choice, exact: true });
    const radio = page.getByRole('radio', { name: value.choice, exact: true });
    await button.or(radio).waitFor();
    if (await button.isVisible()) {
      await button.click();
      return true;
    }
    await radio.check();
  }
  return false;
}

/** Waits until everything that was typed is on the device's disk, as the page says. */
export const saved = (page) => page.locator('[data-saved=true]').waitFor();

/** Answers page after page: `[[title, { label: value }], …]`. */
export async function answerAll(page, pages) {
  for (const [title, answers] of pages) {
    await arrives(page, title);
    let moved = false;
    for (const [label, value] of Object.entries(answers)) moved = await answer(page, label, value);
    if (!moved) await goOn(page);
  }
}

/** The answers to one page of a procedure's form. */
export const pageOf = (code, title) => personas[code].find(([known]) => known === title);

/** From a procedure's page to the check page. `photo` is the picture of a paper, where one is asked. */
export async function fillIn(page, code, { photo } = {}) {
  await page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' }).click();
  await answerAll(page, personas[code]);
  await arrives(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  if ((await heading(page).textContent()).includes('Giấy tờ gửi kèm')) {
    if (photo) {
      await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(photo);
      await page.getByText('Đã gửi xong').first().waitFor();
    }
    await goOn(page);
  }
  await arrives(page, 'Xem lại trước khi nộp');
}

/** Signs in at VNeID as this citizen, from the page that asks for it. */
export async function signIn(page, name = 'Phạm Thị Thu Hương') {
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.locator('button[name=decision][value=accept]').click();
}

/** The papers of a birth notice that needs one, in a fresh draft. */
export async function atBirthPapers(page, stage) {
  await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/noi-sinh`);
  await answerAll(page, [pageOf('1.001193', 'Trẻ sinh ở đâu?')]);
  await arrives(page, 'Quê quán của trẻ ở đâu?');
  await page.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await arrives(page, 'Giấy tờ gửi kèm');
}

/** From the check page to a submitted dossier. */
export async function submit(page) {
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, /Đăng nhập để nộp|Nộp hồ sơ/);
  if ((await heading(page).textContent()).includes('Đăng nhập')) {
    await signIn(page);
    await arrives(page, 'Nộp hồ sơ');
  }
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
}

/** The dossier's code in the page's address. */
export function codeOf(page) {
  const found = /H24\.31-\d{6}-\d{6}/.exec(decodeURIComponent(page.url()));
  assert.ok(found, `no dossier code in ${page.url()}`);
  return found[0];
}
