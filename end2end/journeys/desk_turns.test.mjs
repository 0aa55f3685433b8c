// Each turn after filing with both sides in browsers of their own: the officer at the desk, without JavaScript,
// and the citizen with the dossier open. Every act shows on the citizen's page within two seconds.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { followed } from '../pages/after.mjs';
import { accounts, form, onDuty, scanned, sent } from '../pages/desk.mjs';
import { press } from '../pages/dossier.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { browser, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

let took = {};

/** Has the backend know the accounts, and a dossier whose fee is paid; gives its code. */
async function filed() {
  await stage.endBackend();
  await stage.startBackend({ staff: accounts(stage.folder) });
  const code = await followed(page, stage);
  await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
  return code;
}

/** Somebody of a role with the dossier open. */
async function opened(role, code) {
  const desk = await onDuty(browser, stage, role);
  await scanned(desk, stage, code, code);
  return desk;
}

/** Fills a job's form; `press` sends it. */
async function filled(desk, job, typed) {
  const card = await form(desk, job);
  for (const [label, text] of Object.entries(typed)) await card.getByLabel(label).fill(text);
  return card;
}

/** Presses the button of a job; the citizen's page must say this. */
async function shows(text, desk, job, name) {
  const from = Date.now();
  const button = (await form(desk, job)).getByRole('button', { name, exact: true });
  await Promise.all([page.getByText(text).first().waitFor({ timeout: 5000 }), button.click()]);
  took[name] = Date.now() - from;
  await desk.getByText(`Đã làm: ${name}.`).waitFor();
}

/** The slip of this name, as the citizen opens it. */
async function slipSays(name, ...texts) {
  await press(page, name);
  for (const text of texts) await page.getByText(text).first().waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Hồ sơ của bạn' }).waitFor();
}

/** What the officer reads of the dossier now. */
async function reads(desk, ...texts) {
  await desk.reload();
  for (const text of texts) await desk.getByText(text).first().waitFor();
}

afterEach(() => {
  console.log(`shown after ${JSON.stringify(took)} ms`);
  assert.ok(Math.max(...Object.values(took)) < 2000, JSON.stringify(took));
  took = {};
});

const item = (desk, legend) => desk.getByRole('group', { name: legend, exact: true });

test('supplement: asked, answered, read at the desk; a second time is said to count as overdue before it is sent', async () => {
  const code = await filed();
  const officer = await opened('officer', code);
  await form(officer, 'ask_supplement');
  const ask = async (title, reason) => {
    await item(officer, 'Mục 1').getByLabel('Cần gì').selectOption('answer:registered_at');
    await item(officer, 'Mục 1').getByLabel('Tên mục').fill(title);
    await item(officer, 'Mục 1').getByLabel('Vì sao').fill(reason);
  };
  await ask('Nơi đăng ký khai sinh', 'Ghi rõ xã cũ.');
  await shows('Cần gửi thêm 1 mục', officer, 'ask_supplement', 'Yêu cầu bổ sung');
  await slipSays(/^Phiếu yêu cầu bổ sung/, 'Ghi rõ xã cũ.');
  await press(page, 'Xem và gửi bổ sung');
  await page.getByLabel('Trả lời của bạn').fill('Xã Kim Anh, huyện Kim Thành');
  await press(page, 'Gửi bổ sung');
  await page.getByText('Đã bổ sung đủ 1 mục.').waitFor();
  await reads(officer, 'Xã Kim Anh, huyện Kim Thành');

  let card = await form(officer, 'ask_supplement');
  await card.getByText(/tính là quá hạn/).first().waitFor();
  await ask('Nơi sinh', 'Chưa khớp sổ gốc.');
  await card.getByRole('button', { name: 'Yêu cầu bổ sung', exact: true }).click();
  await officer.getByRole('alert').first().waitFor();
  assert.equal(await page.getByText('Chưa khớp sổ gốc.').count(), 0);
  card = await form(officer, 'ask_supplement');
  assert.equal(await item(officer, 'Mục 1').getByLabel('Tên mục').inputValue(), 'Nơi sinh');
  await card.getByRole('checkbox').check();
  await shows('Cần gửi thêm 1 mục', officer, 'ask_supplement', 'Yêu cầu bổ sung');
  await press(page, 'Xem và gửi bổ sung');
  await page.getByText('Đây là lần yêu cầu thứ 2.').waitFor();
});

test('withdrawal: asked for, refused with a reason, asked for again, accepted', async () => {
  const code = await filed();
  const ask = async () => {
    await press(page, 'Rút hồ sơ');
    await page.getByLabel('Vì sao bạn rút?').fill('Nộp nhầm thủ tục');
    await press(page, 'Gửi yêu cầu rút');
    await page.getByText('Cán bộ đang xem.').first().waitFor();
  };
  await ask();
  const reception = await opened('reception', code);
  await reads(reception, 'Nộp nhầm thủ tục');
  let card = await filled(reception, 'decide_withdrawal', { 'Lý do, cần có nếu không đồng ý': 'Kết quả đã in, mời nhận.' });
  await card.getByLabel('Chưa đồng ý cho rút').check();
  await shows('Kết quả đã in, mời nhận.', reception, 'decide_withdrawal', 'Quyết định việc rút hồ sơ');
  await ask();
  await reception.reload();
  card = await form(reception, 'decide_withdrawal');
  await card.getByLabel('Đồng ý cho rút', { exact: true }).check();
  await shows('Vì sao dừng', reception, 'decide_withdrawal', 'Quyết định việc rút hồ sơ');
});

test('refusal: with its rule and what to do now, on the page and on the slip', async () => {
  const code = await filed();
  const reception = await opened('reception', code);
  await filled(reception, 'refuse', {
    'Lý do': 'Không thuộc xã Kim Thành.', 'Căn cứ pháp lý': 'Điều 63 Luật Hộ tịch',
    'Hướng dẫn cho người dân (không bắt buộc)': 'Nộp tại xã đã đăng ký.',
  });
  await shows('Vì sao không được tiếp nhận', reception, 'refuse', 'Từ chối tiếp nhận');
  for (const text of ['Không thuộc xã Kim Thành.', 'Theo quy định: Điều 63 Luật Hộ tịch', 'Nộp tại xã đã đăng ký.']) {
    await page.getByText(text).first().waitFor();
  }
  await slipSays(/^Phiếu từ chối/, 'Điều 63 Luật Hộ tịch');
});

test('put off once with an apology, then stopped', async () => {
  const code = await filed();
  const reception = await opened('reception', code);
  await shows('Được tiếp nhận', reception, 'take_in', 'Tiếp nhận');
  await slipSays(/^Giấy tiếp nhận hồ sơ/, 'Bản sao trích lục hộ tịch');
  const leader = await opened('leader', code);
  let day;
  // The first day from next week on that the office works on.
  for (let days = 7; days < 30; days += 1) {
    day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await filled(leader, 'reappoint', { 'Ngày hẹn mới': day, 'Lý do': 'Phải xác minh ở nơi cũ.' });
    const button = (await form(leader, 'reappoint')).getByRole('button', { name: 'Xin lỗi và hẹn lại', exact: true });
    const from = Date.now();
    await button.click();
    const said = await leader.getByText(/Đã làm: Xin lỗi và hẹn lại\.|Ngày mới là ngày nghỉ\./).first().textContent();
    if (said.includes('ngày nghỉ')) continue;
    await page.getByText('Thư xin lỗi').first().waitFor({ timeout: 5000 });
    took['Xin lỗi và hẹn lại'] = Date.now() - from;
    break;
  }
  await slipSays(/^Phiếu xin lỗi/, 'Phải xác minh ở nơi cũ.');
  // Not a second time.
  await scanned(leader, stage, code, code);
  await filled(leader, 'reappoint', { 'Ngày hẹn mới': day, 'Lý do': 'Lại bận.' });
  await (await form(leader, 'reappoint')).getByRole('button', { name: 'Xin lỗi và hẹn lại', exact: true }).click();
  await leader.getByText('Hồ sơ này đã hẹn lại một lần.').waitFor();

  await filled(leader, 'stop', { 'Lý do': 'Người yêu cầu đã nhận ở nơi khác.' });
  await shows('Vì sao dừng', leader, 'stop', 'Dừng giải quyết');
  await slipSays(/^Thông báo dừng/, 'Người yêu cầu đã nhận ở nơi khác.');
});

test('draft: found wrong, put right, agreed; the result is ended, handed out, and has its slip', async () => {
  const code = await filed();
  const reception = await opened('reception', code);
  await sent(reception, 'take_in', 'Tiếp nhận');
  const officer = await opened('officer', code);
  await shows('Đang xử lý', officer, 'process', 'Bắt đầu xử lý');
  const scan = await paperPhoto(browser);
  const draft = async () => {
    await (await form(officer, 'send_draft')).getByLabel(/^Tệp dự thảo/).setInputFiles(scan);
    await shows('Xem giúp bản dự thảo', officer, 'send_draft', 'Gửi bản dự thảo');
    await press(page, 'Xem bản dự thảo');
  };
  await draft();
  await page.getByRole('radio', { name: 'Có chỗ sai' }).check();
  await page.getByLabel('Chỗ nào sai?').fill('Sai tên đệm của mẹ');
  await press(page, 'Gửi trả lời');
  await page.getByText('Bạn đã báo sai: Sai tên đệm của mẹ').waitFor();
  await reads(officer, 'Sai tên đệm của mẹ');
  await draft();
  await page.getByRole('radio', { name: 'Đúng, tôi đồng ý' }).check();
  await press(page, 'Gửi trả lời');
  await page.getByText('Bạn đã đồng ý với bản dự thảo.').waitFor();

  const leader = await opened('leader', code);
  const card = await filled(leader, 'add_result', { 'Số của kết quả': '12/TLKT-BS' });
  await card.getByLabel(/^Tệp kết quả/).setInputFiles(scan);
  await sent(leader, 'add_result', 'Thêm kết quả điện tử');
  await shows('Xem kết quả điện tử', leader, 'finish', 'Kết thúc hồ sơ');
  // A photo of a paper has no digital signature, and the page says so.
  await page.getByText('Tệp này không có chữ ký số.').waitFor();
  await reception.reload();
  await shows('Đã trả kết quả', reception, 'return', 'Trả kết quả');
  await slipSays(/^Phiếu trả kết quả/, '12/TLKT-BS', 'Tại quầy');
});
