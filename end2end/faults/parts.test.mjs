// The app in parts: a page waits for no part but its own, the next one comes while nothing is to be
// done, and a part that does not come is said, tried again, and costs nothing that was typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, saved, textbox } from '../pages/dossier.mjs';
import { context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const birth = '/thu-tuc/1.001193';
const begin = (page) => page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' });

/** The files of the app's wasm that the page asks for from here on, without their hashes. */
function listen(page) {
  const files = [];
  page.on('request', (request) => {
    const name = /\/((?:motcua|part|shared)-.*)\.(?:wasm|bin)$/.exec(new URL(request.url()).pathname)?.[1];
    if (name) files.push(name.replace(/-[0-9a-f]{16}/, ''));
  });
  return files;
}

/** Idle time begins when the test says so. */
const holdIdle = (page) => page.addInitScript(() => {
  const waiting = [];
  globalThis.requestIdleCallback = (call) => waiting.push(call);
  globalThis.beIdle = () => waiting.splice(0).forEach((call) => call());
});

test('a procedure’s page takes the first part; filling in comes ahead, and is there when it is opened', async () => {
  const files = listen(page);
  await holdIdle(page);
  await page.goto(stage.origin + birth);
  await begin(page).waitFor();
  assert.deepEqual(files, ['motcua_bg']);
  const arrived = page.waitForResponse(/\/part-filing-/);
  await page.evaluate(() => globalThis.beIdle());
  await (await arrived).finished();
  assert.deepEqual(files.toSorted(), ['motcua_bg', 'part-filing', 'shared-after', 'shared-filing', 'shared-scanning']);
  await begin(page).click();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.deepEqual(files.toSorted(), ['motcua_bg', 'part-filing', 'shared-after', 'shared-filing', 'shared-scanning']);
});

test('a phone that saves data fetches a part when it is opened, not before', async () => {
  const files = listen(page);
  await holdIdle(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { get: () => Object.assign(new EventTarget(), { saveData: true }) });
  });
  await page.goto(stage.origin + birth);
  await begin(page).waitFor();
  await page.evaluate(() => globalThis.beIdle());
  await page.goto(`${stage.origin}/tim`);
  await page.getByText(/Có \d+ thủ tục/).waitFor();
  await page.evaluate(() => globalThis.beIdle());
  assert.deepEqual(files, ['motcua_bg', 'motcua_bg']);
});

test('a part that does not come is said; trying again brings it, with all that was typed', async () => {
  await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/nguoi-yeu-cau`);
  const field = textbox(page, 'Họ và tên');
  await field.fill('Lò Thị Mai');
  await saved(page);
  await context.route(/part-after-/, (route) => route.abort('connectionreset'));
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = '/tra-cuu';
    document.querySelector('main').append(link);
    link.click();
  });
  await arrives(page, 'Không mở được trang');
  assert.match(await page.title(), /Không mở được trang/);
  assert.match(await page.locator('main').textContent(), /Những gì bạn đã nhập vẫn còn/);
  await context.unroute(/part-after-/);
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await page.getByLabel(/Mã hồ sơ/).first().waitFor();
  await page.goBack();
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Lò Thị Mai');
});

test('an old page whose parts are gone from the server opens the newer build when it is asked again', async () => {
  await holdIdle(page);
  await page.goto(stage.origin + birth);
  await begin(page).waitFor();
  await page.evaluate(() => { globalThis.isOld = true; });
  let gone = true;
  await context.route(/part-filing-/, (route) => (gone ? route.fulfill({ status: 404 }) : route.continue()));
  await begin(page).click();
  await arrives(page, 'Không mở được trang');
  page.once('framenavigated', () => { gone = false; });
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.evaluate(() => globalThis.isOld), undefined);
});
