// One device, several people: who is signed in is said and can be ended, what is filled in from
// the identity provider is shown and never overwrites, drafts and dossiers can be taken off.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, arrives, codeOf, fillIn, press, saved, submit } from '../pages/dossier.mjs';
import { context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

async function home() {
  await page.goto(stage.origin);
  await arrives(page, 'Làm thủ tục của xã');
}

/** A filed dossier; the citizen stays signed in. */
async function filed() {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  return codeOf(page);
}

test('signing out ends it: nothing of the last person is filled in for the next', async () => {
  await filed();
  await home();
  await page.getByText('Đang đăng nhập: Phạm Thị Thu Hương').waitFor();
  await press(page, 'Đăng xuất');
  await page.getByText('Đang đăng nhập').waitFor({ state: 'detached' });
  const session = await context.request.get(`${stage.origin}/api/v1/session`);
  assert.equal((await session.json()).citizen, null);
  await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), '');
});

test('the signed-in profile fills in the applicant, visibly, and never overwrites', async () => {
  await filed();
  await home();
  await page.getByText('Đang đăng nhập').waitFor();
  await page.getByRole('link', { name: 'Tìm thủ tục theo tên' }).click();
  await page.getByLabel('Bạn cần làm gì?').fill('chung thuc ban sao');
  await page.getByRole('link', { name: 'Chứng thực bản sao' }).first().click();
  await page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' }).click();
  await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
  await press(page, 'Tiếp tục');
  await arrives(page, 'Bạn định mang bản chính');
  await press(page, 'Tiếp tục');
  await arrives(page, 'Người yêu cầu là ai?');
  await page.getByText('Đã điền từ VNeID').waitFor();
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  assert.equal(await page.getByLabel('Năm').inputValue(), '1989');
  await answer(page, 'Họ và tên', 'Trần Văn Hoà');
  await saved(page);
  await page.reload();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Trần Văn Hoà');
});

test('a draft and a dossier are taken off the device after asking', async () => {
  await filed();
  await page.goto(`${stage.origin}/nop/2.000815/cau-hoi/giay-to`);
  await arrives(page, 'Bạn cần chứng thực giấy tờ gì?');
  await answer(page, 'Tên giấy tờ', 'Bằng tốt nghiệp');
  await saved(page);
  await home();
  await page.getByRole('button', { name: /^Xoá khỏi máy này: Chứng thực/ }).click();
  await page.getByRole('button', { name: /^Giữ lại/ }).click();
  await page.getByRole('button', { name: /^Xoá khỏi máy này: Chứng thực/ }).click();
  await page.getByRole('button', { name: /^Xoá: / }).click();
  await page.getByText('Hồ sơ đang làm dở').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Xoá khỏi máy này: H24/ }).click();
  await page.getByRole('button', { name: /^Xoá: H24/ }).click();
  await page.getByText('Hồ sơ đã nộp từ máy này').waitFor({ state: 'detached' });
  await page.reload();
  await arrives(page, 'Làm thủ tục của xã');
  assert.equal(await page.getByText('Hồ sơ đã nộp từ máy này').count(), 0);
});
