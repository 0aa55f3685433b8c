// A device that many strangers use: whatever a visitor typed, photographed, filed or was told is in no
// file of the browser's profile after the end of the session: by the button, without a network, after a
// crash. The profile is searched on the disk, for each marker as UTF-8, UTF-16, hexadecimal, percent
// signs and base64.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answer, answerAll, arrives, goOn, press, saved, signIn } from '../pages/dossier.mjs';
import { sendIt, write } from '../pages/feedback.mjs';
import { endAndWipe, killProfile, makeShared, openProfile, pin, processesOf, searchFor } from '../pages/counter.mjs';
import { file, pdf, photoOfPaper } from '../stage/paper.mjs';
import { scratch } from '../stage/scratch.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

let photo;
let paper;
onStage(async () => {
  photo = await photoOfPaper(browser);
  paper = file('giay-to.pdf', pdf(60_000));
});

const other = 'H24.31-251231-004711';

/**
 * What the visitors of a session leave, by what it is. The person is none of the guided run's, whose names
 * are in the app itself.
 */
const typed = {
  'name at the provider': 'Vũ Minh Khôi',
  'citizen number': '030203009165',
  'phone at the provider': '0900000005',
  'where the record lies': 'Xã Thanh Hà cũ, sổ Mộc Tinh',
  'number of the record': 'Quyển 77-Kim Ngưu',
  'phone that was typed': '0912345767',
  'hamlet that was typed': 'Ngõ Đầm Vạc Lẻ',
  'document to certify': 'Bằng khen Thiên Vương',
  'search': 'mai táng phí Hải Vương tinh',
  'child': 'Phạm Diêm Vương Tinh',
  'place of birth': 'Trạm xá Hoả Tinh Đỏ',
  'home place': 'Thôn Thổ Tinh Vành Đai',
  'dossier that was looked up': other,
  'feedback that was sent': 'Mái hiên Sao Kim dột',
  'place of the feedback': 'Ngõ Thiên Lang Tinh',
  'phone of the feedback': '0987650123',
  'feedback that was begun': 'Bàn ghế Nguyệt Quế gãy',
};

/** Sends feedback with a photo, and begins another. Gives what opens it. */
async function voice(page) {
  const toFeedback = () =>
    page.getByRole('contentinfo').getByRole('link', { name: 'Phản ánh, kiến nghị' }).click();
  await toFeedback();
  await write(page, { text: typed['feedback that was sent'], photo, phone: typed['phone of the feedback'] });
  await page.getByLabel('Nơi xảy ra').fill(typed['place of the feedback']);
  const taken = page.waitForResponse((answer) =>
    answer.request().method() === 'POST' && answer.url().endsWith('/api/v1/feedback'));
  const code = await sendIt(page);
  assert.ok(!page.url().includes(code), page.url());
  const { key } = await (await taken).json();
  await toFeedback();
  await write(page, { text: typed['feedback that was begun'] });
  await page.locator('[data-saved=true]').waitFor();
  return { 'code of the feedback': code, 'key of the feedback': key };
}

/**
 * Files a dossier, begins two more with a photo and a PDF, looks one up, searches, and tells the office
 * something. Gives the markers.
 */
async function visit(page) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, [
    ['Bạn cần bản sao giấy nào?', { 'Loại giấy tờ': { choice: 'Giấy khai sinh' } }],
    ['Người yêu cầu là ai?', {
      'Họ và tên': typed['name at the provider'],
      'Ngày sinh': { date: ['30', '1', '2003'] },
      'Số định danh cá nhân': typed['citizen number'],
    }],
    ['Bạn là gì của người có tên trong giấy tờ?', { 'Quan hệ': { choice: 'Là chính tôi' } }],
    ['Giấy tờ đó đăng ký ở đâu?', {
      'Ủy ban nhân dân nơi đã đăng ký': typed['where the record lies'],
      'Số và ngày đăng ký': typed['number of the record'],
    }],
    ['Bạn cần mấy bản?', {}],
    ['Liên hệ với ai khi cần?', {
      'Số điện thoại': typed['phone that was typed'],
      'Thôn, xóm, số nhà, đường': typed['hamlet that was typed'],
    }],
  ]);
  await arrives(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  if (!(await page.getByRole('heading', { level: 1 }).textContent()).includes('Xem lại')) await goOn(page);
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Đăng nhập để nộp');
  await signIn(page, typed['name at the provider']);
  await arrives(page, 'Nộp hồ sơ');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await arrives(page, 'Trả phí');
  const found = {};
  const code = await page.getByText(/^H24\.31-\d{6}-\d{6}$/).first().textContent();
  found['code of the dossier'] = code;
  assert.ok(!page.url().includes(code), page.url());
  const link = await page.getByRole('link', { name: /^Trả .* qua/ }).getAttribute('href');
  found['token of the payment'] = link.split('/').pop();
  await press(page, /giấy tiếp nhận/);
  await arrives(page, 'Đã nộp hồ sơ');
  const qr = await page.locator('[data-text*="/tra-cuu/"]').first().getAttribute('data-text');
  assert.match(qr, new RegExp(`/tra-cuu/${code}#k=`));
  found['key of the dossier'] = qr.split('#k=')[1];
  const cookies = await page.context().cookies(stage.origin);
  found['session'] = cookies.reduce((a, b) => (b.value.length > a.value.length ? b : a)).value;
  assert.ok(found.session.length >= 16);

  // Inside the app: a reload ends the session.
  await press(page, 'Một Cửa');
  await press(page, 'Xem hồ sơ đã nộp');
  await page.getByLabel(/Mã hồ sơ/).fill(typed['dossier that was looked up']);
  await press(page, 'Xem hồ sơ');
  await page.waitForURL(/tra-cuu\/so-/);
  await press(page, 'Một Cửa');
  await press(page, 'Tìm thủ tục');
  await page.getByRole('textbox').fill(typed.search);
  Object.assign(found, await voice(page));
  await birth(page);
  await atPapers(page);
  return { ...typed, ...found, ...bytes() };
}

/** Goes to a page as the router does; an address that is typed ends the session. */
async function open(page, code) {
  await page.evaluate((path) => {
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/nop/${code}`);
}

async function birth(page) {
  await open(page, '1.001193/cau-hoi/tre');
  await answerAll(page, [
    ['Trẻ tên gì, sinh ngày nào?', {
      'Họ và tên': typed.child,
      'Ngày sinh': { date: ['1', '11', '2026'] },
      'Giới tính': { choice: 'Nam' },
    }],
    ['Trẻ sinh ở đâu?', {
      'Nơi sinh': typed['place of birth'],
      'Bạn có giấy chứng sinh không?': { choice: 'Tôi có giấy chứng sinh bản giấy' },
    }],
    ['Quê quán của trẻ ở đâu?', { 'Quê quán': typed['home place'] }],
  ]);
}

async function atPapers(page) {
  await open(page, '1.001193/giay-to');
  await arrives(page, 'Giấy tờ gửi kèm');
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(photo);
  await page.getByText('Đã gửi xong').first().waitFor();
  await open(page, '2.000815/cau-hoi/giay-to');
  await arrives(page, 'Bạn cần chứng thực giấy tờ gì?');
  await answer(page, 'Tên giấy tờ', typed['document to certify']);
  await saved(page);
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(paper);
  await page.getByText('Đã gửi xong').first().waitFor();
}

/** Some bytes out of the middle of the photo and of the PDF. */
function bytes() {
  const [a, b] = [readFileSync(photo), readFileSync(paper)];
  const middle = (all, at) => all.subarray(Math.floor(all.length * at), Math.floor(all.length * at) + 24);
  return {
    'photo, one third': middle(a, 0.33), 'photo, two thirds': middle(a, 0.66),
    'PDF, one third': middle(b, 0.33), 'PDF, two thirds': middle(b, 0.66),
  };
}

/** The app without a network from here on: its shell is kept. */
async function keptShell(page) {
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
}

async function shared(folder) {
  const context = await openProfile(folder);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await makeShared(page, stage);
  await keptShell(page);
  return { context, page };
}

const places = (found) => found.map(([name, path]) => `${name} in ${path}`).join('\n');

/** Closes the browser and searches. */
async function searched(t, context, folder, markers, how) {
  await context.close();
  const found = searchFor(markers, folder);
  t.diagnostic(`${how}: ${found.length} hits of ${Object.keys(markers).length} markers`);
  assert.deepEqual(found, [], places(found));
  assert.ok(Object.keys(markers).length >= 20);
}

test('the search finds what was written on purpose, in each kind of store', async () => {
  const folder = scratch('profile');
  const context = await openProfile(folder);
  const page = await context.newPage();
  await page.goto(stage.origin);
  const marker = 'Đăng Khoa Sao Chổi';
  await page.evaluate(async (text) => {
    localStorage.setItem('x', text);
    history.pushState(null, '', '/tra-cuu/H24.31-251231-009911');
    await new Promise((done) => {
      const request = indexedDB.open('x', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('x');
      request.onsuccess = () => {
        const change = request.result.transaction('x', 'readwrite', { durability: 'strict' });
        change.objectStore('x').put(`${text} 2`, 'x');
        change.oncomplete = done;
      };
    });
    const cache = await caches.open('x');
    await cache.put('/x', new Response(btoa(String.fromCharCode(...new TextEncoder().encode(`${text} 3`)))));
  }, marker);
  await context.close();
  const found = searchFor({ marker, visited: 'H24.31-251231-009911' }, folder);
  const where = new Set(found.map(([name, path]) => `${name} ${path.split('/')[2]}`));
  for (const place of ['marker Local Storage', 'marker IndexedDB', 'marker Service Worker', 'visited History']) {
    assert.ok(where.has(place), `${place} not in ${[...where].join(', ')}`);
  }
});

test('ended by the button: nothing is left on the disk, and nobody is signed in', async (t) => {
  const folder = scratch('profile');
  const { context, page } = await shared(folder);
  const markers = await visit(page);
  await endAndWipe(page, stage);
  await page.goBack();
  await arrives(page, 'Làm thủ tục của xã, ngay trên điện thoại');
  for (const name of ['Hồ sơ đang làm dở', 'Đang đăng nhập', typed.child]) {
    assert.equal(await page.getByText(name).count(), 0, name);
  }
  await page.getByRole('contentinfo').getByRole('link', { name: 'Phản ánh, kiến nghị' }).click();
  assert.equal(await page.getByLabel('Nội dung').inputValue(), '');
  assert.equal(await page.getByText('Phản ánh của bạn trên máy này').count(), 0);
  const session = await page.request.get(`${stage.origin}/api/v1/session`);
  assert.equal((await session.json()).citizen ?? null, null);
  await searched(t, context, folder, markers, 'by the button');
});

test('ended without a network: nothing is left, and signing out is made up for', async (t) => {
  const folder = scratch('profile');
  const { context, page } = await shared(folder);
  const markers = await visit(page);
  stage.killBackend();
  await context.setOffline(true);
  await endAndWipe(page, stage);
  await context.setOffline(false);
  await stage.startBackend();
  const who = async () => (await (await page.request.get(`${stage.origin}/api/v1/session`)).json()).citizen ?? null;
  await page.reload();
  await arrives(page, 'Làm thủ tục của xã, ngay trên điện thoại');
  for (let tries = 0; tries < 100 && await who(); tries += 1) await page.waitForTimeout(100);
  assert.equal(await who(), null);
  await searched(t, context, folder, markers, 'without a network');
});

test('killed in mid-form: nothing was on the disk at all, and the next start shows nothing', async (t) => {
  const folder = scratch('profile');
  const { context, page } = await shared(folder);
  const markers = await visit(page);
  const address = page.url();
  await page.waitForTimeout(1_500);
  await killProfile(context, folder, processesOf(folder));
  const atOnce = searchFor(markers, folder).filter(([name]) => name !== 'session');
  t.diagnostic(`after a crash, before the next start: ${atOnce.length} hits`);
  const again = await openProfile(folder);
  const next = await again.newPage();
  await next.goto(address);
  await arrives(next, 'Làm thủ tục của xã, ngay trên điện thoại');
  assert.equal(await next.getByText('Hồ sơ đang làm dở').count(), 0);
  await searched(t, again, folder, markers, 'after a crash and a start');
  assert.deepEqual(atOnce, [], places(atOnce));
});

test('the PIN lets staff out; five wrong ones make a pause that a reload does not end', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await makeShared(page, stage);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!stored.includes(pin), 'the PIN itself is not kept');
  const bar = await page.getByRole('button', { name: 'Kết thúc và xoá' }).boundingBox();
  assert.ok(bar.height >= 48 && bar.x >= 0 && bar.x + bar.width <= 320, JSON.stringify(bar));
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  assert.ok(await page.getByRole('button', { name: 'Kết thúc và xoá' }).isVisible());
  const tryPin = async (text) => {
    await page.getByLabel('Mã PIN của cán bộ').fill(text);
    await press(page, 'Xoá và tắt');
  };
  for (let tries = 1; tries < 5; tries += 1) {
    await tryPin('9999');
    await page.getByText('Mã PIN không đúng.').waitFor();
    await page.waitForFunction((wrong) => localStorage['counter-tries'] === `${wrong} 0`, tries);
    // The form takes the next try once this one is answered.
    await page.waitForTimeout(300);
  }
  await tryPin('9999');
  await page.getByText(/Hãy chờ \d+ giây/).waitFor();
  await page.reload();
  await tryPin(pin);
  await page.getByText(/Hãy chờ \d+ giây/).waitFor();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 61_000;
  });
  await tryPin(pin);
  await page.waitForURL(`${stage.origin}/`);
  await arrives(page, 'Làm thủ tục của xã, ngay trên điện thoại');
  assert.equal(await page.getByRole('button', { name: 'Kết thúc và xoá' }).count(), 0);
  await context.close();
});

test('nobody there: a countdown, then it wipes; a tab that slept has no longer', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await makeShared(page, stage);
  await open(page, '2.000635/cau-hoi/nguoi-yeu-cau');
  await arrives(page, 'Người yêu cầu là ai?');
  await answer(page, 'Họ và tên', 'Phạm Thị Thu Hương');
  await saved(page);
  assert.equal(await page.getByLabel('Họ và tên').getAttribute('autocomplete'), 'off');
  const later = (seconds) => page.evaluate((ahead) => {
    window.ahead ??= Date.now;
    Date.now = () => window.ahead() + ahead * 1_000;
  }, seconds);
  await later(121);
  await page.getByText(/Còn \d+ giây nữa máy tự xoá/).waitFor();
  await press(page, 'Tôi vẫn ở đây');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  // The lid was closed for an hour.
  await later(3_700);
  await page.waitForURL(`${stage.origin}/`);
  await arrives(page, 'Làm thủ tục của xã, ngay trên điện thoại');
  assert.equal(await page.getByText('Hồ sơ đang làm dở').count(), 0);
  await context.close();
});
