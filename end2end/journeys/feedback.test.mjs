// Feedback to the office, from the thumb to the officer's answer: written before it is sent, sent once,
// asked about, added to, answered, published without a name, and found again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followed } from '../pages/after.mjs';
import { houseRules, violations } from '../pages/axe.mjs';
import { accounts, onDuty } from '../pages/desk.mjs';
import { arrives, press } from '../pages/dossier.mjs';
import { arrived, atOffice, openFeedback, said, sendIt, write } from '../pages/feedback.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone({ link: true });

const sendings = (log) => log.filter((entry) => entry.method === 'POST' && entry.path === '/api/v1/feedback');

test('typed with a photo, it survives the tab; cut while it is sent, it arrives once', async () => {
  const before = (await atOffice(stage)).length;
  const photo = await paperPhoto(browser);
  await openFeedback(page, stage);
  await write(page, { photo, phone: '0912345678' });
  await page.getByLabel('Nơi xảy ra').fill('Ngõ Vạc Đồng');
  await page.locator('[data-saved=true]').waitFor();
  await page.close();

  const again = await context.newPage();
  await openFeedback(again, stage);
  assert.equal(await again.getByLabel('Nội dung').inputValue(), said);
  assert.equal(await again.getByLabel('Nơi xảy ra').inputValue(), 'Ngõ Vạc Đồng');
  assert.ok(await again.getByRole('radio', { name: 'Cơ quan hoặc cán bộ xã' }).isChecked());
  await again.getByRole('img').or(again.locator('.taken img')).first().waitFor();

  // The link breaks while the photo goes up; then the answer to the words is lost, twice.
  stage.link.set({ cuts: 3, every: 60_000 });
  let lost = 0;
  await again.route('**/api/v1/feedback', async (route) => {
    if (route.request().method() !== 'POST' || lost === 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await press(again, 'Gửi phản ánh');
  const code = await arrived(again);
  assert.equal(lost, 2);
  assert.ok(stage.link.cuts >= 1, 'the link broke');
  const office = await atOffice(stage);
  assert.equal(office.length, before + 1);
  const [one] = office.filter(({ feedback }) => feedback.code === code);
  assert.equal(one.photos.length, 1);
  assert.equal(one.feedback.detail.text, said);
  assert.equal(one.phone, '0912345678');
  // Nothing is left to send, and the form is empty for the next time.
  await again.goto(stage.origin);
  await openFeedback(again, stage);
  await again.getByText('Phản ánh của bạn trên máy này').waitFor();
  assert.equal(await again.getByLabel('Nội dung').inputValue(), '');
  stage.link.set({});
});

test('sent without a network, it goes by itself when the network is back, once, also after the tab', async () => {
  stage.link.set({});
  const before = (await atOffice(stage)).length;
  await openFeedback(page, stage);
  await write(page, { text: 'Ghế ở phòng chờ hỏng.' });
  await context.setOffline(true);
  await press(page, 'Gửi phản ánh');
  await page.getByText('Đang chờ mạng').waitFor();
  await page.close();
  assert.equal(sendings(stage.link.log).length, 0);
  await context.setOffline(false);
  const again = await context.newPage();
  // Any page of the app will do.
  await again.goto(`${stage.origin}/tim`);
  await arrives(again, 'Tìm thủ tục');
  let office = [];
  for (let tries = 0; tries < 100 && office.length <= before; tries += 1) {
    if (tries > 0) await again.waitForTimeout(100);
    office = await atOffice(stage);
  }
  assert.equal(office.length, before + 1);
  await openFeedback(again, stage);
  await again.getByRole('link', { name: 'Ghế ở phòng chờ hỏng.' }).click();
  await arrives(again, 'Phản ánh của bạn');
  assert.equal(sendings(stage.link.log).length, 1);
});

test('the officer asks, the citizen adds, the officer answers and publishes; nobody is named', async () => {
  stage.link.set({});
  await stage.endBackend();
  await stage.startBackend({ staff: accounts(stage.folder) });
  const photo = await paperPhoto(browser);
  await openFeedback(page, stage);
  await write(page, { photo, phone: '0912345678' });
  const code = await sendIt(page);
  await page.getByText(/Xã trả lời chậm nhất ngày .*\(còn 15 ngày làm việc\)/).waitFor();

  const reception = await onDuty(browser, stage, 'reception');
  await reception.getByRole('link', { name: /^Phản ánh, kiến nghị \(\d+\)/ }).click();
  await reception.getByRole('link', { name: code }).click();
  await reception.getByRole('heading', { level: 1, name: `Phản ánh ${code}` }).waitFor();
  const act = async (desk, id, fields, name) => {
    const card = desk.locator(`[data-job=${id}]`);
    await card.locator('summary').click();
    for (const [label, text] of Object.entries(fields)) await card.getByLabel(label).fill(text);
    await card.getByRole('button', { name, exact: true }).click();
    await desk.getByText(`Đã làm: ${name}.`).waitFor();
  };
  await act(reception, 'feedback_ask', { 'Cần người gửi nói thêm gì': 'Cột đèn số mấy?' }, 'Hỏi thêm người gửi');

  // The open page hears of it by itself.
  await page.getByText('Cột đèn số mấy?').waitFor();
  await page.getByText('Trong lúc chờ bạn, thời hạn tạm dừng.').waitFor();
  await page.getByLabel('Bạn nói thêm').fill('Cột số 12, cạnh nhà văn hoá.');
  await page.locator('[data-saved=true]').waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Bạn nói thêm').inputValue(), 'Cột số 12, cạnh nhà văn hoá.');
  await page.getByLabel('Chụp hoặc chọn ảnh').setInputFiles(photo);
  await page.getByText('Ảnh 1').first().waitFor();
  await press(page, 'Gửi thêm cho xã');
  await page.getByText('Xã đã nhận thêm').waitFor();

  const officer = await onDuty(browser, stage, 'officer');
  await officer.goto(`${stage.origin}/ban-lam-viec/phan-anh/${code}`);
  await officer.getByText('Cột số 12, cạnh nhà văn hoá.').waitFor();
  await officer.getByRole('link', { name: 'Ảnh 2' }).waitFor();
  await act(officer, 'feedback_answer', { 'Câu trả lời': 'Bóng đèn đã được thay.' }, 'Trả lời');
  await page.getByText('Bóng đèn đã được thay.').waitFor();
  await page.getByText('Xã đã trả lời').waitFor();

  await reception.goto(`${stage.origin}/ban-lam-viec/phan-anh/${code}`);
  await act(reception, 'feedback_publish', {
    'Nội dung phản ánh, viết lại ngắn gọn': 'Đèn ở một cột trong thôn Bắc hỏng.',
    'Câu trả lời': 'Bóng đèn đã được thay.',
  }, 'Công khai câu trả lời');
  await page.getByText('Đã công khai câu trả lời').waitFor();
  await press(page, 'Câu trả lời đã công khai');
  await arrives(page, 'Câu trả lời đã công khai');
  await page.getByText('Đèn ở một cột trong thôn Bắc hỏng.').waitFor();
  const text = await page.getByRole('main').textContent();
  for (const personal of ['Vạc', '0912', 'số 12', code]) assert.ok(!text.includes(personal), personal);

  // Another phone that has only the code sees where it stands, and nothing else.
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await stranger.goto(`${stage.origin}/phan-anh/${code}`);
  await stranger.getByText('Xã đã trả lời').waitFor();
  const seen = await stranger.getByRole('main').textContent();
  for (const personal of ['Vạc', '678', 'số 12', 'Bóng đèn']) assert.ok(!seen.includes(personal), personal);
  await other.close();

  // The sender's other phone has the key from the code on the page, and finds it again.
  await page.goto(`${stage.origin}/phan-anh/${code}`);
  await page.getByText('Xem trên máy khác').click();
  const link = await page.locator('[data-text*="/phan-anh/"]').getAttribute('data-text');
  const second = await browser.newContext();
  const phone = await second.newPage();
  await phone.goto(link);
  await phone.getByText('Bóng đèn đã được thay.').waitFor();
  await openFeedback(phone, stage);
  await phone.getByText('Phản ánh của bạn trên máy này').waitFor();
  await second.close();
});

test('what was not content at the end may say so; the page that one came from goes along without codes', async () => {
  stage.link.set({});
  const code = await followed(page, stage);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Phản ánh, kiến nghị' }).click();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/phan-anh');
  await page.getByRole('radio', { name: 'Trang tôi vừa xem' }).check();
  await page.getByLabel('Nội dung').fill('Chữ trên trang này nhỏ.');
  const onPage = await sendIt(page);
  const [note] = (await atOffice(stage)).filter(({ feedback }) => feedback.code === onPage);
  assert.deepEqual(note.feedback.detail.about, { page: { page: '/tra-cuu/_' } });
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await arrives(page, 'Hồ sơ của bạn');
  await stage.staff(`/dossiers/${code}/refusal`, { reason: 'Không thuộc xã.', basis: 'Luật Hộ tịch' });
  await page.getByRole('radio', { name: 'Chưa hài lòng' }).check();
  await press(page, 'Gửi đánh giá');
  await page.getByText('Cảm ơn').first().waitFor();
  await page.getByRole('link', { name: 'Gửi phản ánh về hồ sơ này' }).first().click();
  await page.getByRole('radio', { name: new RegExp(`^Hồ sơ .*${code}`), checked: true }).waitFor();
  await page.getByLabel('Nội dung').fill('Chờ lâu, không ai báo.');
  const voice = await sendIt(page);
  const [one] = (await atOffice(stage)).filter(({ feedback }) => feedback.code === voice);
  assert.deepEqual([one.by_holder, one.feedback.detail.about], [true, { dossier: { code } }]);
});

test('a photo that is none is said, and the words stay', async () => {
  await openFeedback(page, stage);
  await write(page, { text: 'Có ảnh hỏng.' });
  await page.getByLabel('Chụp hoặc chọn ảnh').setInputFiles({
    name: 'anh.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all'),
  });
  await page.getByText('Không nhận được tệp này.').waitFor();
  assert.equal(await page.getByLabel('Nội dung').inputValue(), 'Có ảnh hỏng.');
});

test('the desk keeps the rules of access at 320 px', async () => {
  await stage.endBackend();
  await stage.startBackend({ staff: accounts(stage.folder) });
  await openFeedback(page, stage);
  await write(page, { text: 'Xem ở bàn.' });
  const code = await sendIt(page);
  const narrow = { viewport: { width: 320, height: 640 }, javaScriptEnabled: true };
  const desk = await onDuty(browser, stage, 'leader', narrow);
  const found = [];
  const look = async (where) => {
    for (const one of [...await violations(desk), ...await houseRules(desk)]) found.push(`${where}: ${one}`);
  };
  await desk.goto(`${stage.origin}/ban-lam-viec/phan-anh`);
  await look('list');
  await desk.getByRole('link', { name: code }).click();
  for (const fold of await desk.locator('summary').all()) await fold.click();
  await look('page');
  assert.deepEqual(found, []);
});
