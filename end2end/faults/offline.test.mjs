// Without a network: the app, its catalogue, search and scanner are there once they were there
// before. The backend is ended, so that nothing answers: what a page gets comes from the device.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives } from '../pages/dossier.mjs';
import { filmOfCode, openBrowser, phone, pictureOfCode } from '../stage/browser.mjs';
import { onStage, stage } from '../stage/setting.mjs';

onStage();

test('a second visit needs no network: page, search, scanner, and a page never opened before', async () => {
  const film = filmOfCode(`${stage.origin}/thu-tuc/1.001193`);
  const withCamera = await openBrowser({ film });
  try {
    const context = await withCamera.newContext({ ...phone, serviceWorkers: 'allow' });
    await context.grantPermissions(['camera'], { origin: stage.origin });
    const page = await context.newPage();
    await page.goto(stage.origin);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    });
    // The scanner is fetched when first needed; search and catalogue with it.
    await page.goto(`${stage.origin}/tim`);
    await page.getByText(/Có \d+ thủ tục/).waitFor();
    await page.goto(`${stage.origin}/quet`);
    await arrives(page, 'Đăng ký khai sinh');
    await page.evaluate(async () => {
      for (const path of ['procedures/1.001193', 'procedures/2.000635', 'units']) {
        while (!(await caches.match(`/api/v1/${path}`))) await new Promise((done) => setTimeout(done, 50));
      }
    });

    await stage.endBackend();
    await page.goto(`${stage.origin}/thu-tuc/1.001193`);
    await arrives(page, 'Đăng ký khai sinh');
    await page.goto(`${stage.origin}/tim`);
    await page.getByLabel('Bạn cần làm gì?').fill('trich luc');
    // The whole list holds the same link at another place, until the search has answered.
    await page.getByText(/Tìm thấy \d+ thủ tục/).waitFor();
    await page.getByRole('link', { name: 'Bản sao trích lục hộ tịch' }).first().click();
    await arrives(page, 'Bản sao trích lục hộ tịch');
    await page.goto(`${stage.origin}/quet`);
    await arrives(page, 'Đăng ký khai sinh');
    // With the camera in use elsewhere: else it sees its film before a picture can be picked.
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('in use', 'NotReadableError');
      };
    });
    await page.goto(`${stage.origin}/quet`);
    await page.locator('input[type=file]').first().setInputFiles(pictureOfCode('2.000635'));
    await page.waitForURL(/\/thu-tuc\/2\.000635$/);
  } finally {
    await withCamera.close();
    await stage.startBackend();
  }
});

test('the reader is fetched when it is first needed, once, and then kept', async () => {
  const withCamera = await openBrowser({ film: filmOfCode('1.001193') });
  try {
    const context = await withCamera.newContext({ ...phone, serviceWorkers: 'allow' });
    await context.grantPermissions(['camera'], { origin: stage.origin });
    const page = await context.newPage();
    await page.goto(stage.origin);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    });
    const kept = () => page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) {
          if (new URL(url).pathname.startsWith('/workers/')) found.push(new URL(url).pathname);
        }
      }
      return found.sort();
    });
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await arrives(page, 'Bản sao trích lục hộ tịch');
    assert.deepEqual(await kept(), []);
    await page.goto(`${stage.origin}/quet`);
    await page.waitForURL(/\/thu-tuc\/1\.001193$/);
    assert.deepEqual(await kept(), ['/workers/motcua-workers_bg.wasm', '/workers/qr.js']);
  } finally {
    await withCamera.close();
  }
});

test('nothing personal is in the caches', async () => {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await page.goto(stage.origin);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    });
    await page.goto(`${stage.origin}/tra-cuu/H24.31-261122-999999`);
    await page.getByText('Không tìm thấy').first().waitFor();
    const kept = await page.evaluate(async () => {
      const addresses = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
      }
      return addresses;
    });
    assert.ok(kept.length > 5, String(kept));
    const allowed = /^\/($|boot\.js|fonts\/|icons\/|kit-|motcua-|parts?-|shared-|manifest|workers\/|config\.json|api\/v1\/(procedures|catalogue|units)(\/|$))/;
    assert.deepEqual(kept.filter((path) => !allowed.test(path)), []);
  } finally {
    await browser.close();
  }
});
