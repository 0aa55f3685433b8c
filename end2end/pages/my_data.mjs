// "Dữ liệu của tôi" in its states, and how a citizen and the office bring it there.

import { accounts, form, onDuty } from './desk.mjs';
import { arrives, codeOf, fillIn, press, signIn, submit } from './dossier.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';

/** Opens the page; who is signed in or not shows by itself. */
export async function myData(page, stage) {
  await page.goto(`${stage.origin}/du-lieu-cua-toi`);
  await arrives(page, 'Dữ liệu của tôi');
}

/** Opens a kind of things by its line. */
export const unfold = (page, name) => page.locator('summary').filter({ hasText: name }).first().click();

/** Files a birth with a photo and stands at the page; gives the dossier's code. */
export async function withBirth(page, stage) {
  await page.goto(`${stage.origin}/thu-tuc/1.001193`);
  await fillIn(page, '1.001193', { photo: await paperPhoto(page.context().browser()) });
  await submit(page);
  await page.waitForURL(/da-nop/);
  const code = codeOf(page);
  await myData(page, stage);
  await page.getByText('Tải tất cả về máy').waitFor();
  return code;
}

/** Asks the office for something about the data; gives the request's code. */
export async function asked(page, wish, words, dossier) {
  await page.getByText('Yêu cầu xã sửa, xoá hoặc dừng dùng').click();
  await page.getByRole('radio', { name: wish, exact: true }).check();
  if (dossier) await page.getByLabel('Về hồ sơ nào?').selectOption(dossier);
  await page.getByLabel('Nói rõ bạn muốn gì').fill(words);
  await press(page, 'Gửi yêu cầu');
  await page.getByText('Xã đã nhận.').waitFor();
  return (await page.getByText(/DL\d\d-\d{6}/).first().textContent()).match(/DL\d\d-\d{6}/)[0];
}

/** Has the backend of this stage know the desk's accounts. */
export async function staffed(stage) {
  await stage.endBackend();
  await stage.startBackend({ staff: accounts(stage.folder) });
}

/** Somebody at the desk opens a request; gives the page. */
export async function atDesk(browser, stage, role, code, options = {}) {
  const desk = await onDuty(browser, stage, role, options);
  await desk.getByRole('link', { name: /^Yêu cầu về dữ liệu/ }).click();
  await desk.getByRole('link', { name: code }).click();
  return desk;
}

/** An act at the desk by its form. */
export async function acts(desk, act, name, fields) {
  const card = await form(desk, act);
  for (const [label, text] of Object.entries(fields)) await card.getByLabel(label).fill(text);
  await card.getByRole('button', { name, exact: true }).click();
  await desk.getByText(`Đã làm: ${name}.`).waitFor();
}

const answered = (code, stage, body) => stage.staff(`/data-requests/${code}/acts`, body);

/** The page's states. */
export const myDataScreens = {
  'my-data-signed-out': async (page, stage) => {
    await myData(page, stage);
    await page.getByText('Quyền của bạn').waitFor();
  },
  'my-data': async (page, stage) => {
    await withBirth(page, stage);
    await page.getByText('Quyền của bạn').waitFor();
    await unfold(page, /^Hồ sơ bạn nộp/);
    await unfold(page, /^Giấy tờ và kết quả/);
    await unfold(page, /^Tin nhắn đến số/);
  },
  'my-data-asked': async (page, stage) => {
    await withBirth(page, stage);
    await asked(page, 'Xoá dữ liệu', 'Tôi muốn xoá hồ sơ khai sinh này.');
  },
  'my-data-answered': async (page, stage) => {
    await withBirth(page, stage);
    const code = await asked(page, 'Sửa dữ liệu', 'Tên đệm của cháu viết sai.');
    await answered(code, stage, { act: 'answer', words: 'Xã sẽ sửa trong tuần này.' });
    await answered(code, stage, { act: 'refuse', words: 'Tên trong giấy chứng sinh cũng như vậy.', rule: 'Nghị định 123/2015/NĐ-CP' });
    await page.reload();
    await page.getByText('Xã không làm được.').waitFor();
  },
  'my-data-form-error': async (page, stage) => {
    await withBirth(page, stage);
    await page.getByText('Yêu cầu xã sửa, xoá hoặc dừng dùng').click();
    await press(page, 'Gửi yêu cầu');
    await page.getByRole('link', { name: 'Chưa trả lời: Bạn muốn gì?' }).waitFor();
  },
  'my-data-error': async (page, stage) => {
    await page.route('**/api/v1/me/data', (route) => route.fulfill({ status: 500, body: 'x' }));
    await page.goto(`${stage.origin}/giay-to-cua-toi`);
    await signIn(page);
    await arrives(page, 'Giấy tờ của tôi');
    await myData(page, stage);
    await page.getByRole('button', { name: 'Thử lại' }).waitFor();
  },
  'my-data-offline': async (page, stage) => {
    // As without a network: nobody answers who it is.
    await page.route('**/api/v1/session', (route) => route.abort());
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await fillIn(page, '2.000635');
    await myData(page, stage);
    await page.getByText('Chưa kết nối được').waitFor();
    await unfold(page, /^Bản nháp/);
  },
};
