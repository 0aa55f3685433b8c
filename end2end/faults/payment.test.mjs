// Payments that do not go straight: cancelled, notices early, late or never, tabs closed, other
// browsers, forged returns. Looked at from the citizen's screen and from the backend.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, press, submit } from '../pages/dossier.mjs';
import { outcome, tapPay } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

/** A filed dossier with a fee; the page stands at the fee. */
async function filed() {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  return codeOf(page);
}

const feeOf = async (code, tab = page) => {
  const key = await tab.evaluate(() => /#k=([\w-]+)/.exec(location.hash)?.[1] ?? null);
  const answer = await tab.request.get(`${stage.origin}/api/v1/dossiers/${code}`,
    { headers: key ? { 'Dossier-Key': key } : {} });
  return (await answer.json()).detail.fees[0].state;
};

test('cancelled: said plainly, the dossier is kept, and paying again works', async () => {
  const code = await filed();
  await tapPay(page);
  await outcome(page, 'cancel');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán chưa thành công');
  assert.ok((await page.textContent('main')).includes('Bạn đã hủy thanh toán'));
  assert.equal(await feeOf(code), 'due');
  await press(page, 'Thanh toán lại');
  await arrives(page, 'Trả phí');
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  assert.equal(await feeOf(code), 'paid');
});

test('the notice comes before the return', async () => {
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

test('the notice comes and the citizen never returns', async () => {
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

test('the wallet returns into another browser: it works there, and shows nothing personal', async () => {
  const code = await filed();
  await stage.vnpayKnobs({ ipn: 'before_return' });
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  const other = await browser.newContext(phone);
  const there = await other.newPage();
  await there.goto(page.url().split('#')[0]);
  await arrives(there, 'Đã trả phí');
  const text = await there.textContent('body');
  assert.ok(!text.includes('Hương') && !text.includes(code));
  await other.close();
});

test('a forged return claims nothing', async () => {
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

test('money under suspicion: never "failed", never a second try', async () => {
  await filed();
  await tapPay(page);
  await outcome(page, 'fraud');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Thanh toán đang được kiểm tra');
  const text = await page.textContent('main');
  assert.ok(text.includes('Đừng trả lần nữa') && !text.includes('thất bại'));
  assert.equal(await page.getByText('Thanh toán lại').count(), 0);
});

test('the back button after paying shows the truth', async () => {
  await filed();
  await tapPay(page);
  await outcome(page, 'success');
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
  await page.goto(`${stage.origin}/pay/go/${page.url().split('/').pop().split('#')[0]}`);
  await page.waitForURL(/thanh-toan/);
  await arrives(page, 'Đã trả phí');
});

test('a link to no payment is said to be one', async () => {
  await page.goto(`${stage.origin}/thanh-toan/AAAAAAAAAAAAAAAAAAAAAA`);
  await arrives(page, 'Không tìm thấy lần thanh toán này');
});
