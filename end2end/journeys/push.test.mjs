// Notices on a device while the app is closed: subscribed in Firefox at a push service of our own, sealed by the
// backend, opened and shown by the browser. What Chromium says where it has no push service.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { arrives, press } from '../pages/dossier.mjs';
import { filedWithFee } from '../pages/fee.mjs';
import { violations } from '../pages/axe.mjs';
import { openFirefox, phone } from '../stage/browser.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

const start = 'Báo trên máy này';
const on = 'Máy này sẽ báo khi hồ sơ có gì mới';
let firefox;
let filed;

onStage(async () => {
  filed = await file();
  await byDay();
  firefox = await openFirefox(stage.push);
}, { push: true });
after(() => firefox?.close());

/** A dossier with its key, filed with Chromium and paid at the counter. */
async function file() {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const code = await filedWithFee(page, stage);
  await press(page, /giấy tiếp nhận/);
  await arrives(page, 'Đã nộp hồ sơ');
  const [, key] = (await page.locator('[data-text*="/tra-cuu/"]').first().getAttribute('data-text')).split('#k=');
  await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
  await context.close();
  return { code, key, path: `/tra-cuu/${code}` };
}

/** Makes it ten in the morning in Vietnam for the backend: at night nobody is woken. */
async function byDay() {
  const day = 86_400;
  const vietnam = Math.floor(Date.now() / 1000) + 7 * 3600;
  await stage.endBackend();
  await stage.startBackend({ ahead: (10 * 3600 - (vietnam % day) + day) % day });
}

/** Asks until something is so. */
async function until(what, ask, times = 100) {
  for (let tries = 0; tries < times; tries += 1) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`not so after ${times / 10} s: ${what}`);
}

const devices = async () => (await stage.dossier(filed.code, filed.key)).detail.turns.devices ?? [];
const notices = async () => (await fetch(`${stage.push}/_simulator/notices`)).json();

/** What the browser shows of this site just now, asked from a page that is not the app. */
const shown = (page) => page.evaluate(async () => {
  const worker = await navigator.serviceWorker.getRegistration('/');
  return (await worker.getNotifications()).map(({ title, body, data }) => ({ title, body, data }));
});

// By evaluating only: the app's policy lets nobody make programs of texts, which other ways of waiting do.
const says = (page, text) =>
  until(`the page says ${text}`, () => page.evaluate((words) => document.body.innerText.includes(words), text), 150);

const pressed = async (page, name) => (await page.waitForSelector(`::-p-aria([name="${name}"][role="button"])`)).click();

test('Firefox is told of a change while the app is closed, also at a new address, and no more when it is stopped', async () => {
  const page = await firefox.newPage();
  await page.goto(`${stage.origin}${filed.path}#k=${filed.key}`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await pressed(page, start);
  await says(page, on);
  const [first] = await devices();
  assert.match(first, /^[0-9a-f]{32}$/);

  await page.goto(`${stage.origin}/config.json`);
  await stage.staff(`/dossiers/${filed.code}/intake`, {});
  const [told] = await until('a notice is shown', async () => {
    const all = await shown(page);
    return all.length > 0 && all;
  });
  assert.equal(told.title, 'Một Cửa xã Kim Thành');
  assert.match(told.body, new RegExp(`^Hồ sơ ${filed.code.replaceAll('.', '\\.')} đã được tiếp nhận\\.`));
  assert.equal(told.data, filed.path);
  await until('Firefox says that it has it', async () => (await notices()).every((notice) => notice.acknowledged));

  // The push service forgets this browser, which is given another address, and tells the backend by itself.
  await stage.knob(`${stage.push}/_simulator/knobs`, { forget: true });
  const second = await until('the backend knows the new address', async () => {
    const [device] = await devices();
    return device && device !== first && device;
  }, 300);
  assert.match(second, /^[0-9a-f]{32}$/);
  await stage.staff(`/dossiers/${filed.code}/processing`, {});
  await stage.staff(`/dossiers/${filed.code}/supplement`,
    { items: [{ id: '1', title: 'Ảnh', reason: 'Ảnh mờ.', ask: { kind: 'paper' } }] });
  const [newer, ...more] = await until('the newer notice is shown', async () => {
    const all = await shown(page);
    return all.some(({ body }) => body.includes('cần bổ sung 1 mục')) && all;
  });
  // In the place of the older one.
  assert.deepEqual([newer.data, more], [filed.path, []]);

  await page.goto(`${stage.origin}${filed.path}#k=${filed.key}`);
  await says(page, on);
  await pressed(page, 'Thôi báo trên máy này');
  await says(page, start);
  assert.deepEqual(await devices(), []);
});

test('where the browser has no push service or may not, the page says so and loses nothing', async () => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
  await context.grantPermissions(['notifications'], { origin: stage.origin });
  const page = await context.newPage();
  const open = async () => {
    await page.goto(`${stage.origin}${filed.path}#k=${filed.key}`);
    await arrives(page, 'Hồ sơ của bạn');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  };
  await open();
  await press(page, start);
  await page.getByText('Trình duyệt này chưa bật được thông báo.').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await devices(), []);
  await context.close();

  const refusing = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
  const other = await refusing.newPage();
  await other.goto(`${stage.origin}${filed.path}#k=${filed.key}`);
  await arrives(other, 'Hồ sơ của bạn');
  // Headless Chromium answers for the citizen: no.
  await press(other, start);
  await other.getByText('Trình duyệt đang chặn thông báo.').waitFor();
  assert.deepEqual(await violations(other), []);
  await refusing.close();
});

test('a notice that is pressed opens the dossier, and one that does not read is still shown', async () => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'allow' });
  await context.grantPermissions(['notifications'], { origin: stage.origin });
  const page = await context.newPage();
  await page.goto(stage.origin);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const [worker] = context.serviceWorkers();
  const session = await context.newCDPSession(page);
  const { promise: registered, resolve } = Promise.withResolvers?.() ?? (() => {
    const parts = {};
    parts.promise = new Promise((done) => { parts.resolve = done; });
    return parts;
  })();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    if (registrations.length > 0) resolve(registrations[0].registrationId);
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const deliver = (data) => session.send('ServiceWorker.deliverPushMessage', { origin: stage.origin, registrationId, data });
  await deliver('{"title":"Một Cửa xã Kim Thành","body":"Hồ sơ đã có kết quả.","path":"/tra-cuu/H24.31-261122-000042"}');
  await until('a notice is shown', async () => (await shown(page)).length === 1);
  const opened = await worker.evaluate(async () => {
    const opened = [];
    self.clients.openWindow = async (path) => opened.push(path);
    const [notification] = await self.registration.getNotifications();
    const event = new NotificationEvent('notificationclick', { notification });
    const waits = [];
    event.waitUntil = (promise) => waits.push(promise);
    self.dispatchEvent(event);
    await Promise.all(waits);
    return opened;
  });
  assert.deepEqual(opened, ['/tra-cuu/H24.31-261122-000042']);

  await deliver('nothing that reads');
  const all = await until('it is shown', async () => {
    const all = await shown(page);
    return all.some(({ data }) => data === '/') && all;
  });
  assert.match(all.find(({ data }) => data === '/').body, /thông tin mới/);
  await context.close();
});
