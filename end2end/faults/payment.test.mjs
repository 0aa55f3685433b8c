// Payments that do not go straight: cancelled, notices early, late or never, tabs closed, forged returns.
// Looked at from the citizen's screen and from the backend. The way to the wallet and back is
// `wallet_way.test.mjs`'s.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, press, submit } from '../pages/dossier.mjs';
import { filedWithFee, stateOfFee } from '../pages/fee.mjs';
import { outcome, tapPay } from '../pages/wallet.mjs';
import { context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const filed = () => filedWithFee(page, stage);
const feeOf = (code, tab = page) => stateOfFee(tab, stage, code);

test('cancelled: said plainly, the dossier is kept, and paying again works', async () => {
  const code = await filed();
  await tapPay(page);
  await outcome(page, 'cancel');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán chưa thành công');
  assert.ok((await page.textContent('main')).includes('Bạn đã hủy thanh toán'));
  assert.equal(await feeOf(code), 'due');
  // Who comes back to the dossier later is told too, and finds why.
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await arrives(page, 'Hồ sơ của bạn');
  await page.getByText('Lần trả trước không xong').waitFor();
  await press(page, 'Xem vì sao');
  await arrives(page, 'Thanh toán chưa thành công');
  await press(page, 'Thanh toán lại');
  await arrives(page, 'Trả phí');
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  assert.equal(await feeOf(code), 'paid');
  await press(page, /^Xem biên lai/);
  await arrives(page, 'Biên lai');
});

test('fault 04: the notice comes before the return', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: 'before_return' });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  assert.equal(await feeOf(code), 'paid');
});

test('the notice comes after the return', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: { delay_ms: 1500 } });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  assert.equal(await feeOf(code), 'paid');
});

test('fault 01: the notice comes and the citizen never returns', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ return: 'never' });
  await tapPay(page);
  await outcome(page, 'success');
  // The tab is closed at the gateway; next time the app tells the truth.
  const next = await context.newPage();
  await page.close();
  await next.goto(`${stage.origin}/ho-so/${code}/le-phi`);
  await next.getByText('không còn khoản nào phải trả').waitFor();
  assert.equal(await feeOf(code, next), 'paid');
});

test('neither notice nor true word: nothing is claimed until the gateway is asked', async () => {
  await filed();
  await stage.vnpayKnobs({ ipn: 'never', query: { pending: 2 } });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, /Đang xác nhận thanh toán|Đang kiểm tra thanh toán|Chưa thấy bạn thanh toán/);
  const text = await page.textContent('main');
  assert.ok(!text.includes('Đã trả phí') && !text.includes('thất bại'));
  await page.getByRole('heading', { name: 'Đã trả phí' }).waitFor({ timeout: 60_000 });
});

test('fault 09: a forged return claims nothing', async () => {
  const code = await filed();
  const link = page.getByRole('link', { name: /^Trả .* qua VNPAY/ });
  const go = await link.getAttribute('href');
  const token = go.split('/').pop();
  await page.goto(`${stage.origin}/pay/return/${token}?vnp_ResponseCode=00&vnp_TransactionStatus=00`);
  await page.waitForURL(/thanh-toan/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.ok(!(await page.textContent('main')).includes('Đã trả phí'));
  assert.equal(await feeOf(code), 'due');
});

test('fault 29: money under suspicion: never "failed", never a second try', async () => {
  await filed();
  await tapPay(page);
  await outcome(page, 'fraud');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán đang được kiểm tra');
  const text = await page.textContent('main');
  assert.ok(text.includes('Đừng trả lần nữa') && !text.includes('thất bại'));
  assert.equal(await page.getByText('Thanh toán lại').count(), 0);
});

test('fault 32: a link to no payment is said to be one', async () => {
  await page.goto(`${stage.origin}/thanh-toan/AAAAAAAAAAAAAAAAAAAAAA`);
  await arrives(page, 'Không tìm thấy lần thanh toán này');
});

test('fault 26: without a network the result is neither paid nor failed, and comes with the network', async () => {
  await filed();
  await stage.vnpayKnobs({ ipn: { delay_ms: 3000 }, query: { pending: 1 } });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
  await page.getByText('Chưa kiểm tra được').waitFor();
  const text = await page.textContent('main');
  assert.ok(!text.includes('Đã trả phí') && !text.includes('chưa thành công') && !text.includes('thất bại'));
  await context.setOffline(false);
  await arrives(page, 'Đã trả phí');
});

test('fault 27: it seemed to go well and was refused: the words change', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: 'never', query: { pending: 1 }, return: 'tampered' });
  await tapPay(page);
  await outcome(page, 'insufficient');
  await page.waitForURL(/thanh-toan/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.ok(!(await page.textContent('main')).includes('Đã trả phí'));
  await page.getByRole('heading', { name: 'Thanh toán chưa thành công' }).waitFor({ timeout: 60_000 });
  assert.equal(await feeOf(code), 'due');
});

test('fault 33: a channel that does not take so little is left out, with the reason', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000815`);
  await fillIn(page, '2.000815');
  await submit(page);
  await arrives(page, 'Đã nộp hồ sơ');
  const code = codeOf(page);
  await stage.staff(`/dossiers/${code}/page-count`, { pages: 1 });
  await page.goto(`${stage.origin}/ho-so/${code}/le-phi`);
  await arrives(page, 'Trả phí');
  const amount = await page.locator('dd').filter({ hasText: '₫' }).first().textContent();
  if (/^[1-4]\.000/.test(amount.trim())) {
    await page.getByText(/^VNPAY.* chỉ nhận từ 5\.000/).waitFor();
    assert.equal(await page.getByRole('radio', { name: /VNPAY/ }).count(), 0);
  } else {
    assert.fail(`the amount is ${amount}: this proves nothing`);
  }
});

test('the backend is killed between the gateway and the ledger: the money is found when it is back', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: 'never', return: 'never' });
  await tapPay(page);
  stage.killBackend();
  await outcome(page, 'success');
  await page.locator('main, body').first().waitFor();
  await stage.startBackend();
  await page.goto(`${stage.origin}/ho-so/${code}/le-phi`);
  await press(page, 'Kiểm tra lại');
  await arrives(page, 'Đã trả phí');
  assert.equal(await feeOf(code), 'paid');
});
