// What a citizen does from a procedure's page to a submitted dossier, by what is written on the
// screen. Knows no address but the one it is given.

import assert from 'node:assert/strict';

/** The page's one heading. */
export const heading = (page) => page.getByRole('heading', { level: 1 });

/** Waits until the page's heading says this. */
export async function arrives(page, title) {
  await heading(page).filter({ hasText: title }).waitFor();
}

/** A button or a link that leads on: which of the two it is, is the page's affair. */
export const press = (page, name) =>
  page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click();

export const goOn = (page) => page.getByRole('button', { name: 'Tiếp tục' }).click();

/** Fills one question by its label: a text, `{ date: [d, m, y] }` or `{ choice: label }`. */
export async function answer(page, label, value) {
  if (typeof value === 'string') {
    await page.getByLabel(label, { exact: true }).fill(value);
  } else if (value.date) {
    const group = page.getByRole('group', { name: label });
    const [day, month, year] = value.date;
    await group.getByLabel('Ngày', { exact: true }).fill(day);
    await group.getByLabel('Tháng', { exact: true }).fill(month);
    await group.getByLabel('Năm', { exact: true }).fill(year);
  } else {
    await page.getByRole('radio', { name: value.choice, exact: true }).check();
  }
}

/** Answers page after page: `[[title, { label: value }], …]`. */
export async function answerAll(page, pages) {
  for (const [title, answers] of pages) {
    await arrives(page, title);
    for (const [label, value] of Object.entries(answers)) await answer(page, label, value);
    await goOn(page);
  }
}

const huong = {
  'Họ và tên': 'Phạm Thị Thu Hương',
  'Ngày sinh': { date: ['8', '3', '1989'] },
  'Số định danh cá nhân': '030189011736',
};
const contact = ['Liên hệ với ai khi cần?', {
  'Số điện thoại': '0912 345 678',
  'Nơi ở hiện nay': 'Thôn Bắc, xã Kim Thành, Hải Phòng',
}];

/** Answers of each whole procedure, page by page. */
export const personas = {
  '2.000635': [
    ['Bạn cần bản sao giấy nào?', { 'Loại giấy tờ': { choice: 'Giấy khai sinh' } }],
    ['Giấy tờ đó của ai?', {
      'Họ và tên người có tên trong giấy tờ': 'Phạm Thị Thu Hương',
      'Ngày sinh của người đó': { date: ['8', '3', '1989'] },
    }],
    ['Giấy tờ đó đăng ký ở đâu?', { 'Ủy ban nhân dân nơi đã đăng ký': 'Xã Kim Thành, Hải Phòng' }],
    ['Bạn cần mấy bản?', { 'Số bản sao': '2' }],
    ['Người yêu cầu là ai?', huong],
    ['Bạn là gì của người có tên', { 'Quan hệ': { choice: 'Là chính tôi' } }],
    contact,
  ],
  '1.001193': [
    ['Tên của trẻ là gì?', { 'Họ, chữ đệm và tên của trẻ': 'Phạm Gia Bảo' }],
    ['Trẻ sinh ngày nào?', {
      'Ngày sinh của trẻ': { date: ['12', '11', '2026'] },
      'Giới tính': { choice: 'Nam' },
    }],
    ['Trẻ sinh ở đâu?', {
      'Nơi sinh': 'Trung tâm Y tế Kim Thành',
      'Bạn có giấy chứng sinh không?': { choice: 'Tôi có giấy chứng sinh bản giấy' },
    }],
    ['Dân tộc và quê quán của trẻ', { 'Dân tộc': 'Kinh', 'Quê quán': 'Kim Thành, Hải Phòng' }],
    ['Mẹ của trẻ là ai?', {
      'Họ và tên mẹ': 'Phạm Thị Thu Hương',
      'Ngày sinh của mẹ': { date: ['8', '3', '1989'] },
      'Số định danh của mẹ': '030189011736',
    }],
    ['Có ghi tên cha không?', { 'Ghi tên cha': { choice: 'Không ghi phần về cha' } }],
    ['Người yêu cầu là ai?', huong],
    ['Bạn là gì của trẻ?', { 'Quan hệ với trẻ': { choice: 'Mẹ' } }],
    contact,
    ['Bạn có cần bản sao giấy khai sinh không?', { 'Lấy thêm bản sao': { choice: 'Không cần' } }],
  ],
  '2.000815': [
    ['Bạn cần chứng thực giấy tờ gì?', { 'Tên giấy tờ': 'Bằng tốt nghiệp' }],
    ['Bạn cần mấy bản sao?', { 'Số bản sao': '2' }],
    ['Bạn định mang bản chính đến ngày nào?', {}],
    ['Người yêu cầu là ai?', huong],
    contact,
  ],
};

/** From a procedure's page to the check page. `photo` is the picture of a paper, where one is asked. */
export async function fillIn(page, code, { photo } = {}) {
  await page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' }).click();
  await page.getByRole('link', { name: 'Bắt đầu trả lời' }).click();
  await answerAll(page, personas[code]);
  await arrives(page, /Giấy tờ gửi kèm|Xem lại trước khi nộp/);
  if ((await heading(page).textContent()).includes('Giấy tờ gửi kèm')) {
    if (photo) {
      await page.getByLabel(/^Chụp ảnh/).first().setInputFiles(photo);
      await page.getByText('Đã gửi xong').first().waitFor();
    }
    await goOn(page);
  }
  await arrives(page, 'Xem lại trước khi nộp');
}

/** Signs in at VNeID as this citizen, from the page that asks for it. */
export async function signIn(page, name = 'Phạm Thị Thu Hương') {
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.locator('button[name=decision][value=accept]').click();
}

/** The papers of a birth notice that needs one, in a fresh draft. */
export async function atBirthPapers(page, stage) {
  await page.goto(`${stage.origin}/nop/1.001193/cau-hoi/noi-sinh`);
  await answerAll(page, [personas['1.001193'][2]]);
  await page.goto(`${stage.origin}/nop/1.001193/giay-to`);
  await arrives(page, 'Giấy tờ gửi kèm');
}

/** From the check page to a submitted dossier. */
export async function submit(page) {
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await arrives(page, /Đăng nhập để nộp|Nộp hồ sơ/);
  if ((await heading(page).textContent()).includes('Đăng nhập')) {
    await signIn(page);
    await arrives(page, 'Nộp hồ sơ');
  }
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
}

/** The dossier's code in the page's address. */
export function codeOf(page) {
  const found = /H24\.31-\d{6}-\d{6}/.exec(decodeURIComponent(page.url()));
  assert.ok(found, `no dossier code in ${page.url()}`);
  return found[0];
}
