// Logins that do not work: refused, provider down, session ended. The dossier survives each.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { arrives, fillIn, press, signIn, submit } from '../pages/dossier.mjs';
import { context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();
beforeEach(async () => {
  await stage.vneidMode({ mode: 'normal' });
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
});

async function toSignIn() {
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Đăng nhập để nộp');
}

/** What was entered is still there. */
async function isKept() {
  await page.goto(`${stage.origin}/nop/2.000635/kiem-tra`);
  await arrives(page, 'Xem lại trước khi nộp');
  assert.ok((await page.textContent('main')).includes('Thôn Bắc'));
}

test('refused: said plainly, kept, and the second try files it', async () => {
  await toSignIn();
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await page.locator('button[name=decision][value=refuse]').click();
  await page.getByText('Bạn chưa đăng nhập').waitFor();
  await page.getByRole('link', { name: /Đăng nhập/ }).click();
  await page.getByRole('button', { name: /Phạm Thị Thu Hương/ }).click();
  await page.locator('button[name=decision][value=accept]').click();
  await arrives(page, 'Nộp hồ sơ');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await arrives(page, 'Trả phí');
});

test('the provider is down: said at once, kept, and it works when it is back', async () => {
  await toSignIn();
  await stage.vneidMode({ mode: 'down' });
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await page.getByText('VNeID đang không trả lời').waitFor();
  assert.ok((await page.textContent('body')).includes('0220 000 1022'));
  await isKept();
  await stage.vneidMode({ mode: 'normal' });
  await submit(page);
  await arrives(page, 'Trả phí');
});

test('the session ends before submitting: sign in again, nothing lost', async () => {
  await toSignIn();
  await signIn(page);
  await arrives(page, 'Nộp hồ sơ');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText(/Bạn cần đăng nhập lại|Đăng nhập để nộp/).first().waitFor();
  await isKept();
});
