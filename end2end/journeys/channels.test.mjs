// Paying with MoMo, with ZaloPay and at the national portal: paid, cancelled, and back in another
// browser. Faults of a payment are in faults/payment.test.mjs and faults/channels.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, press, submit } from '../pages/dossier.mjs';
import { cancel, payByCode, tapPayWith } from '../pages/wallet.mjs';
import { phone } from '../stage/browser.mjs';
import { browser, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

for (const [gateway, channel, why] of [
  ['momo', 'MoMo', 'Bạn đã hủy thanh toán'],
  ['zalopay', 'ZaloPay', 'Bạn đã hủy thanh toán'],
  // The portal tells no reason.
  ['platform', 'Cổng Dịch vụ công quốc gia', 'không nói lý do'],
]) {
  test(`${channel}: cancelled, then paid; another browser shows it without a session`, async () => {
    await page.goto(`${stage.origin}/thu-tuc/2.000635`);
    await fillIn(page, '2.000635');
    await submit(page);
    await arrives(page, 'Trả phí');
    const code = codeOf(page);

    await tapPayWith(page, channel, stage[gateway]);
    await cancel(page);
    await page.waitForURL(/thanh-toan/);
    await arrives(page, 'Thanh toán chưa thành công');
    const said = (await page.textContent('main')).toLowerCase();
    assert.ok(said.includes('tiền chưa bị trừ') && said.includes(why.toLowerCase()), said);
    assert.ok(!said.includes('thất bại'));

    await stage.knobs(gateway, { return: 'other_browser' });
    await press(page, 'Thanh toán lại');
    await arrives(page, 'Trả phí');
    await tapPayWith(page, channel, stage[gateway]);
    await payByCode(page);
    // The wallet opens the return where it likes: no cookie, no draft, no receipt.
    const back = await page.locator('#back-to-merchant').getAttribute('href');
    const other = await browser.newContext(phone);
    const there = await other.newPage();
    await there.goto(back);
    await arrives(there, 'Đã trả phí');
    const text = await there.textContent('body');
    assert.ok(!text.includes('Hương') && !text.includes(code));
    await other.close();

    // The tab that stayed at the gateway, gone back by hand, tells the same.
    await page.goto(`${stage.origin}/ho-so/${code}/le-phi`);
    await page.getByText('không còn khoản nào phải trả').waitFor();
  });
}
