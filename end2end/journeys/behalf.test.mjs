// A daughter files for her father: both names are on the receipt, he says yes on his own phone, and
// nothing of the one comes to lie in the other's dossier. Authorisations are held to their words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, answerAll, arrives, codeOf, goOn, pageOf, personas, press, saved, signIn, submit } from '../pages/dossier.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const father = {
  'Họ và tên': 'Phạm Văn Lộc',
  'Ngày sinh': { date: ['10', '2', '1956'] },
  'Số định danh cá nhân': '030056001957',
};

const { 'Số định danh cá nhân': _, ...himself } = father;

/** The pages of an extract for him. */
const pages = personas['2.000635'].map(([title, answers]) =>
  (title === 'Người yêu cầu là ai?' ? [title, father] : [title, answers]));

/** Begins for somebody else; the page stands before you start, in that person's draft. */
async function beginFor(kind) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Làm giúp người khác');
  await arrives(page, 'Bạn làm hồ sơ này cho ai?');
  await page.getByRole('radio', { name: kind, exact: true }).check();
}

async function forFather() {
  await beginFor('Người thân');
  await goOn(page);
  await arrives(page, 'Trước khi bắt đầu');
  await press(page, 'Bắt đầu trả lời');
  await answerAll(page, pages);
  await arrives(page, 'Xem lại trước khi nộp');
}

/** From the receipt: the link and the digits for the applicant. */
async function codes() {
  await press(page, 'Hiện mã để xác nhận');
  const digits = (await page.locator('.digits').textContent()).replaceAll(/\s/g, '');
  return { link: await page.locator('.qr').nth(1).getAttribute('data-text'), digits };
}

async function receiptForFather() {
  await forFather();
  await submit(page);
  await arrives(page, 'Trả phí');
  const code = codeOf(page);
  await page.getByText('Để sau, xem giấy tiếp nhận').click();
  await arrives(page, 'Đã nộp hồ sơ');
  return code;
}

test('both names are on the receipt; he says yes on his own phone, by the code', async () => {
  await receiptForFather();
  const receipt = await page.textContent('main');
  assert.ok(receipt.includes('Phạm Văn Lộc') && receipt.includes('Phạm Thị Thu Hương'), receipt);
  const { link } = await codes();
  // Her own phone cannot say it for him.
  const own = await context.newPage();
  await own.goto(link);
  await own.getByText('Người yêu cầu phải xác nhận trên máy khác').waitFor();
  const his = await (await browser.newContext(phone)).newPage();
  await his.goto(link);
  await arrives(his, 'Bạn có nhờ nộp hồ sơ này không?');
  const shown = await his.textContent('main');
  assert.ok(shown.includes('Phạm V. L.') && !shown.includes('Lộc'), shown);
  await his.getByLabel('4 số cuối của số định danh').fill('0000');
  await press(his, 'Đúng, tôi nhờ nộp');
  await his.getByText('4 số cuối chưa khớp').waitFor();
  await his.getByLabel('4 số cuối của số định danh').fill('1957');
  await press(his, 'Đúng, tôi nhờ nộp');
  await his.getByText('Xã đã ghi nhận lời xác nhận').waitFor();
  await his.context().close();
  await page.reload();
  await page.getByText('Người yêu cầu đã xác nhận.').waitFor();
});

test('by six digits read out on the telephone he says no, and the office is told', async () => {
  const code = await receiptForFather();
  const { digits } = await codes();
  assert.match(digits, /^\d{6}$/);
  const his = await (await browser.newContext(phone)).newPage();
  await his.goto(`${stage.origin}/xac-nhan`);
  await his.getByLabel('6 số').fill(digits);
  await goOn(his);
  await arrives(his, 'Bạn có nhờ nộp hồ sơ này không?');
  await his.getByLabel('4 số cuối của số định danh').fill('1957');
  await press(his, 'Không, tôi không nhờ');
  await his.getByText('Xã đã ghi nhận là bạn không nhờ').waitFor();
  await his.context().close();
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await page.getByText('không nhờ nộp hồ sơ này').first().waitFor();
});

test('nothing of one relative lies in another\'s dossier, and the next one is shorter', async () => {
  await receiptForFather();
  // Her own dossier begins with her data, not with his.
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(page, 'Người yêu cầu là ai?');
  await page.getByText('Đã điền từ VNeID').waitFor();
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Thị Thu Hương');
  // A second one for him begins with his: nothing is typed again.
  await page.goto(`${stage.origin}/nop/2.000815/cho-ai`);
  await press(page, 'Làm cho Phạm Văn Lộc');
  await arrives(page, 'Trước khi bắt đầu');
  const his = page.url().replace('bat-dau', 'cau-hoi/nguoi-yeu-cau');
  await page.goto(his);
  await page.getByText('Đã điền từ hồ sơ trước').waitFor();
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Văn Lộc');
  assert.equal(await page.getByLabel('Số định danh cá nhân').inputValue(), '030056001957');
  // One for somebody new begins empty, though she is signed in.
  await page.goto(`${stage.origin}/nop/2.000815/cho-ai`);
  await page.getByRole('radio', { name: 'Người thân', exact: true }).check();
  await goOn(page);
  await arrives(page, 'Trước khi bắt đầu');
  await page.goto(page.url().replace('bat-dau', 'cau-hoi/nguoi-yeu-cau'));
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), '');
});

test('two relatives\' drafts of one procedure lie side by side', async () => {
  await page.goto(stage.origin);
  for (const name of ['Phạm Văn Lộc', 'Đỗ Thị Mận']) {
    await beginFor('Người thân');
    await goOn(page);
    await arrives(page, 'Trước khi bắt đầu');
    await page.goto(page.url().replace('bat-dau', 'cau-hoi/nguoi-yeu-cau'));
    await answer(page, 'Họ và tên', name);
    await saved(page);
  }
  await page.goto(stage.origin);
  await page.getByText(/cho Phạm Văn Lộc/).first().waitFor();
  await page.getByText(/cho Đỗ Thị Mận/).first().waitFor();
  await page.getByRole('link', { name: /cho Phạm Văn Lộc/ }).click();
  await arrives(page, 'Trước khi bắt đầu');
  await page.goto(page.url().replace('bat-dau', 'cau-hoi/nguoi-yeu-cau'));
  await arrives(page, 'Người yêu cầu là ai?');
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Phạm Văn Lộc');
});

/** Fills in an authorisation; the page stands before you start. */
async function authorised({ agent = '030189011736', from = ['1', '11', '2026'], until, all = false }) {
  await beginFor('Người đã ủy quyền cho tôi bằng văn bản');
  await page.getByLabel('Số định danh của người được ủy quyền').fill(agent);
  await answer(page, 'Ủy quyền từ ngày', { date: from });
  if (until) await answer(page, /^Ủy quyền đến ngày/, { date: until });
  if (all) await page.getByRole('radio', { name: 'Mọi thủ tục hành chính' }).check();
  await goOn(page);
}

async function fillAuthorised() {
  await arrives(page, 'Trước khi bắt đầu');
  await press(page, 'Bắt đầu trả lời');
  const other = pages.map(([title, answers]) =>
    (title.startsWith('Bạn là gì') ? [title, { 'Quan hệ': { choice: 'Người được ủy quyền' } }] : [title, answers]));
  const whole = other.flatMap((entry) => (entry[0].startsWith('Bạn là gì')
    ? [entry, ['Giấy tờ đó của ai?', himself]] : [entry]));
  await answerAll(page, whole);
  await arrives(page, 'Giấy tờ gửi kèm');
}

test('an expired authorisation is refused before submitting, with its reason', async () => {
  await authorised({ until: ['24', '11', '2026'] });
  await fillAuthorised();
  await page.goto(page.url().replace('giay-to', 'kiem-tra'));
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await page.getByText('Giấy ủy quyền đã hết hạn').first().waitFor();
});

test('an authorisation for another person is refused once it is known who files', async () => {
  await authorised({ agent: '031094007428', all: true });
  await fillAuthorised();
  const slots = await page.getByLabel(/^Chọn ảnh hoặc PDF/).all();
  for (const slot of slots) await slot.setInputFiles(await photoOfPaper(browser));
  await page.getByText('Đã gửi xong').nth(slots.length - 1).waitFor();
  await goOn(page);
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, 'Đăng nhập để nộp');
  await signIn(page);
  await arrives(page, 'Nộp hồ sơ');
  await page.getByText('Giấy ủy quyền ghi tên người khác').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Nộp hồ sơ' }).count(), 0);
});

test('what must be done in person takes no authorisation', async () => {
  await page.goto(`${stage.origin}/nop/1.000894/cho-ai`);
  await arrives(page, 'Bạn làm hồ sơ này cho ai?');
  await page.getByText('không ủy quyền được').waitFor();
  assert.equal(await page.getByRole('radio', { name: /ủy quyền/ }).count(), 0);
});

test('for oneself means oneself: another applicant than who is signed in is pointed out', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await press(page, 'Bắt đầu làm hồ sơ');
  await answerAll(page, pages);
  await arrives(page, 'Xem lại trước khi nộp');
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await signIn(page);
  await arrives(page, 'Nộp hồ sơ');
  await page.getByText('Người yêu cầu không phải là bạn').waitFor();
  assert.equal(pageOf('2.000635', 'Bạn cần mấy bản?').length, 2);
});
