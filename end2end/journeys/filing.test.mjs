// The main job, for each whole procedure: a poster's QR in front of the camera, the dossier filled,
// the papers photographed, submitted, paid where there is a fee, and followed to tracking.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrives, codeOf, fillIn, heading, submit } from '../pages/dossier.mjs';
import { outcome, payByCard, tapPay } from '../pages/wallet.mjs';
import { filmOfCode, openBrowser, phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { Stage } from '../stage/stage.mjs';

let stage;
before(async () => { stage = await Stage.open(); });
after(() => stage.close());

/** A phone in front of a poster. */
async function beforePoster(text) {
  const browser = await openBrowser({ film: filmOfCode(text) });
  const context = await browser.newContext(phone);
  await context.grantPermissions(['camera'], { origin: stage.origin });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (/Content Security Policy|panicked/.test(line.text())) complaints.push(line.text());
  });
  return { browser, context, page, complaints };
}

async function scan(page) {
  await page.goto(stage.origin);
  await page.getByRole('link', { name: 'Quét mã QR' }).click();
}

/** A stranger with the code sees where it stands, and nothing personal. */
async function strangerSees(browser, code, status) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${stage.origin}/tra-cuu`);
  await page.getByLabel('Mã hồ sơ').fill(` ${code.toLowerCase()} `);
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click();
  await page.getByText(status).first().waitFor();
  assert.ok(!(await page.textContent('body')).includes('Hương'));
  await context.close();
}

test('2.000635: poster to receipt to tracking, paid at filing', async () => {
  const { browser, page, complaints } = await beforePoster(`${stage.origin}/thu-tuc/2.000635`);
  try {
    await scan(page);
    await arrives(page, 'Bản sao trích lục hộ tịch');
    await fillIn(page, '2.000635');
    await submit(page);
    await arrives(page, 'Trả phí');
    const code = codeOf(page);
    assert.ok((await page.textContent('main')).includes('16.000'));
    await tapPay(page);
    await payByCard(page);
    await page.waitForURL(/thanh-toan/);
    await arrives(page, 'Đã trả phí');
    await page.getByRole('link', { name: 'Xem giấy tiếp nhận' }).click();
    await arrives(page, 'Đã nộp hồ sơ');
    const receipt = await page.textContent('main');
    assert.ok(receipt.includes(code) && receipt.includes('Hẹn trả kết quả'));
    await page.getByRole('img', { name: /Mã QR/ }).waitFor();
    await page.getByRole('link', { name: 'Xem hồ sơ đi đến đâu' }).click();
    await arrives(page, 'Hồ sơ của bạn');
    assert.ok((await page.textContent('main')).includes('Phạm Thị Thu Hương'));
    await strangerSees(browser, code, 'Mới đăng ký');
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
});

test('1.001193: free on time, the birth notice photographed, data not asked', async () => {
  const poster = 'https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.001193';
  const { browser, page, complaints } = await beforePoster(poster);
  try {
    const photo = await photoOfPaper(browser);
    await scan(page);
    await arrives(page, 'Đăng ký khai sinh');
    await fillIn(page, '1.001193', { photo });
    await submit(page);
    await arrives(page, 'Đã nộp hồ sơ');
    const code = codeOf(page);
    const key = /#k=([\w-]+)/.exec(page.url())?.[1] ?? null;
    const receipt = await page.textContent('main');
    assert.ok(receipt.includes('Hẹn trả kết quả'));
    await page.getByRole('link', { name: 'Xem hồ sơ đi đến đâu' }).click();
    await arrives(page, 'Hồ sơ của bạn');
    const tracked = await page.textContent('main');
    assert.ok(tracked.includes('Giấy chứng sinh'));
    assert.ok(tracked.includes('Cán bộ tra cứu, không phải nộp'));
    await strangerSees(browser, code, 'Mới đăng ký');
    if (key) assert.equal((await stage.dossier(code, key)).detail.components[0].files, 1);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
});

test('2.000815: filed online, pages counted at the counter, paid from tracking', async () => {
  const { browser, page, complaints } = await beforePoster('2.000815');
  try {
    await scan(page);
    await arrives(page, 'Chứng thực bản sao');
    await fillIn(page, '2.000815');
    await submit(page);
    await arrives(page, 'Đã nộp hồ sơ');
    const code = codeOf(page);
    await stage.staff(`/dossiers/${code}/page-count`, { pages: 5 });
    await page.goto(`${stage.origin}/tra-cuu/${code}`);
    await arrives(page, 'Hồ sơ của bạn');
    await page.getByText('Yêu cầu nộp phí').first().waitFor();
    await page.getByRole('link', { name: 'Trả phí' }).click();
    await arrives(page, 'Trả phí');
    assert.ok((await page.textContent('main')).includes('14.000'));
    await tapPay(page);
    await outcome(page, 'success');
    await page.waitForURL(/thanh-toan/);
    await arrives(page, 'Đã trả phí');
    await strangerSees(browser, code, 'Đang xử lý');
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
});

test('the language is kept, and every page of the way has its English', async () => {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(stage.origin);
    await page.getByRole('button', { name: 'English' }).or(page.getByRole('link', { name: 'English' })).click();
    await arrives(page, "Do your commune's paperwork on your phone");
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    await page.reload();
    await arrives(page, "Do your commune's paperwork on your phone");
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await heading(page).filter({ hasText: 'Copy of a civil-status extract' }).waitFor();
  } finally {
    await browser.close();
  }
});
