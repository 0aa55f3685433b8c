// The officer's desk as a browser sees it: its accounts on this stage, signing in, and its acts by their
// forms.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendProgram } from '../stage/stage.mjs';

const password = 'mat-khau-thu-nghiem';
const names = { reception: 'Trần Thị Lan', officer: 'Lê Văn Bình', leader: 'Ngô Thị Cúc' };

/** Writes the file of accounts; gives its path. */
export function accounts(folder) {
  const hash = execFileSync(backendProgram(), ['hash-password'], { input: `${password}\n` }).toString().trim();
  const file = join(folder, 'staff.json');
  writeFileSync(file, JSON.stringify(
    Object.entries(names).map(([role, name]) => ({ name, role, password_hash: hash }))));
  return file;
}

/** Signs somebody in, in a browser of their own; gives the page. */
export async function onDuty(browser, stage, role, options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN', ...options });
  const desk = await context.newPage();
  await desk.goto(`${stage.origin}/ban-lam-viec`);
  await desk.getByLabel('Tên đăng nhập').fill(names[role]);
  await desk.getByLabel('Mật khẩu').fill(password);
  await desk.getByRole('button', { name: 'Đăng nhập' }).click();
  await desk.getByRole('heading', { level: 1, name: 'Hồ sơ' }).waitFor();
  return desk;
}

/** Opens a dossier as a scanner does: its code into the field, and Enter. */
export async function scanned(desk, stage, text, code) {
  await desk.goto(`${stage.origin}/ban-lam-viec`);
  await desk.getByLabel('Quét hoặc gõ mã, hoặc tên').fill(text);
  await desk.keyboard.press('Enter');
  await desk.getByRole('heading', { level: 1, name: `Hồ sơ ${code}` }).waitFor();
}

/** The form of a job, unfolded. */
export async function form(desk, job) {
  const card = desk.locator(`[data-job=${job}]`);
  const folded = await card.locator('details:not([open])').count();
  if (folded) await card.locator('summary').click();
  return card;
}

/** Presses the form's own button, and waits for the word that it was done. */
export async function sent(desk, job, name) {
  await (await form(desk, job)).getByRole('button', { name, exact: true }).click();
  await desk.getByText(`Đã làm: ${name}.`).waitFor();
}
