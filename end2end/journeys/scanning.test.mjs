// From whatever a person holds to the right page: a printed poster, a sector's board, an identity
// card, a picture among many pixels, a pasted message.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, press } from '../pages/dossier.mjs';
import { filmOfCode, filmOfPicture, openBrowser, phone, pictureInLargePhoto } from '../stage/browser.mjs';
import { file } from '../stage/paper.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

/** A phone whose camera sees this film, at the scan page. */
async function scanning(film, act) {
  const withCamera = await openBrowser({ film });
  try {
    const other = await withCamera.newContext(phone);
    await other.grantPermissions(['camera'], { origin: stage.origin });
    const there = await other.newPage();
    await there.goto(`${stage.origin}/quet`);
    await act(there);
  } finally {
    await withCamera.close();
  }
}

/** A page as it comes out of the printer, as a picture. */
async function printed(path, heading) {
  const desk = await browser.newContext({ ...phone, viewport: { width: 794, height: 1123 }, hasTouch: false });
  try {
    const there = await desk.newPage();
    await there.goto(stage.origin + path);
    await arrives(there, heading);
    await there.emulateMedia({ media: 'print' });
    assert.equal(await there.locator('.btn:visible, .top:visible, .foot:visible').count(), 0);
    return await there.screenshot({ fullPage: true });
  } finally {
    await desk.close();
  }
}

test('a printed poster in front of the camera opens its procedure', async () => {
  const poster = await printed('/to-dan/2.000635', 'Bản sao trích lục hộ tịch');
  await scanning(filmOfPicture(poster), (there) => arrives(there, 'Bản sao trích lục hộ tịch'));
});

test('a poster says what it costs and what to bring', async () => {
  await page.goto(`${stage.origin}/to-dan/2.000635`);
  await arrives(page, 'Bản sao trích lục hộ tịch');
  const words = await page.locator('.poster').textContent();
  for (const part of ['2.000635', '8.000', 'Giấy ủy quyền', 'Thẻ căn cước']) {
    assert.ok(words.includes(part), `${part} in ${words}`);
  }
});

test('a sector\'s board, photographed, opens one of its procedures', async () => {
  const board = await printed('/to-dan/linh-vuc/chung-thuc', /Chứng thực/);
  await page.goto(`${stage.origin}/quet`);
  await page.locator('input[type=file]').first().setInputFiles(file('bang.png', board));
  await page.waitForURL(/\/thu-tuc\//);
  const code = page.url().split('/').pop();
  const answer = await (await fetch(`${stage.origin}/api/v1/procedures/${code}`)).json();
  assert.equal(answer.sector.id, 'chung-thuc');
});

test('an identity card fills in the form, and nothing of it is kept', async () => {
  const card = '030189004321||TRẦN THỊ HƯƠNG|20081989|Nữ|Thôn 3, Kim Anh, Kim Thành, Hải Dương|10042021';
  await scanning(filmOfCode(card, { module: 6 }), async (there) => {
    await there.getByText('Đã đọc thẻ căn cước').waitFor();
    const shown = await there.textContent('main');
    assert.ok(shown.includes('TRẦN THỊ HƯƠNG') && !shown.includes('030189004321'), shown);
    await there.getByRole('link', { name: 'Tìm thủ tục cần làm' }).click();
    await there.getByLabel('Bạn cần làm gì?').fill('trích lục hộ tịch');
    await there.getByRole('link', { name: 'Bản sao trích lục hộ tịch' }).first().click();
    await arrives(there, 'Bản sao trích lục hộ tịch');
    await there.evaluate(() => {
      history.pushState({}, '', '/nop/2.000635/cau-hoi/nguoi-yeu-cau');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await arrives(there, 'Người yêu cầu là ai?');
    await there.getByText('theo thẻ căn cước vừa quét').waitFor();
    assert.equal(await there.getByLabel('Họ và tên').inputValue(), 'Trần Thị Hương');
    assert.equal(await there.getByLabel('Số định danh cá nhân').inputValue(), '030189004321');
    await there.goto(`${stage.origin}/nop/2.000884/bat-dau`);
    assert.equal(await there.evaluate(() => Object.keys(localStorage).join().includes('030189')), false);
  });
});

test('a small code in a photo of twelve megapixels is read', async () => {
  await page.goto(`${stage.origin}/quet`);
  const photo = pictureInLargePhoto(`${stage.origin}/thu-tuc/1.001193`);
  await page.locator('input[type=file]').first().setInputFiles(photo);
  await arrives(page, 'Đăng ký khai sinh');
});

test('a message with a link in it, pasted, opens the page; a transfer code pays nothing', async () => {
  await page.goto(`${stage.origin}/quet`);
  const field = page.getByLabel('Gõ mã hoặc dán đường dẫn');
  await field.fill('00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52');
  await press(page, 'Mở mã này');
  await page.getByText('Đây là mã chuyển tiền').waitFor();
  await press(page, 'Quét lại');
  await field.fill('Chị xem nhé https://dichvucong.gov.vn/p/home/x.html?ma_thu_tuc=1,001193 ạ');
  await press(page, 'Mở mã này');
  await arrives(page, 'Đăng ký khai sinh');
});
