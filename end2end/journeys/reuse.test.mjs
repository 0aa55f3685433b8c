// A paper that was handed in once serves again: offered where it fits, by a yes that nobody gave before,
// and only to the one whose it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, arrives, atBirthPapers, codeOf, fillIn, goOn, personas, press, saved, signIn, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

onStage();

test('a birth notice of an earlier dossier serves again, with consent, and is counted', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/thu-tuc/1.001193`);
  await fillIn(page, '1.001193', { photo: await paperPhoto(browser) });
  await submit(page);
  await page.waitForURL(/da-nop/);
  const first = codeOf(page);

  await page.goto(`${stage.origin}/thu-tuc/1.001193`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, personas['1.001193']);
  await arrives(page, 'Giấy tờ gửi kèm');
  const box = page.getByRole('checkbox', { name: 'Tôi đồng ý để xã dùng lại giấy tôi đã nộp.' });
  assert.equal(await box.isChecked(), false);
  await press(page, 'Dùng lại giấy này');
  await page.getByText('Hãy đánh dấu ô đồng ý trước').waitFor();
  await box.check();
  await press(page, 'Dùng lại giấy này');
  await page.getByText('Dùng lại: Giấy chứng sinh').waitFor();
  await saved(page);
  await page.reload();
  await page.getByText('Dùng lại: Giấy chứng sinh').waitFor();
  await goOn(page);
  await arrives(page, 'Xem lại trước khi nộp');
  await submit(page);
  await page.waitForURL(/da-nop/);
  assert.notEqual(codeOf(page), first);

  await page.goto(`${stage.origin}/giay-to-cua-toi`);
  await arrives(page, 'Giấy tờ của tôi');
  await page.getByText('Giấy chứng sinh bản giấy').waitFor();
  // What the link leads to; this Chromium tells Playwright nothing of downloads.
  const link = page.getByRole('link', { name: 'Tải giấy này về máy' });
  const [status, name, size] = await link.evaluate(async (link) => {
    const answer = await fetch(link.href);
    return [answer.status, answer.headers.get('content-disposition'), (await answer.blob()).size];
  });
  assert.equal(status, 200);
  assert.match(name, /^attachment; filename="giay-to-H24/);
  assert.ok(size > 20_000);
  await context.close();
});

test('who is not signed in sees no papers and is offered to sign in', async () => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/giay-to-cua-toi`);
  await arrives(page, 'Giấy tờ của tôi');
  await signIn(page, 'Trần Văn Hoà');
  await page.getByText('Xã chưa giữ giấy tờ nào của bạn').waitFor();
  await atBirthPapers(page, stage);
  assert.equal(await page.getByText('Dùng lại giấy này').count(), 0);
  await context.close();
});
