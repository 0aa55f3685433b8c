// What a citizen does on the fee page and on the gateways' pages (the simulators have the real ones'
// shape).

/** From the fee page to the gateway. */
export async function tapPay(page) {
  await page.getByRole('link', { name: /^Trả .* qua VNPAY/ }).click();
  await page.waitForURL(/paymentv2\/Transaction\/PaymentMethod/);
}

/** Chooses how to pay on the fee page, and goes to the gateway that stands at `origin`. */
export async function tapPayWith(page, channel, origin) {
  await page.getByRole('radio', { name: channel, exact: true }).check();
  await page.getByRole('link', { name: new RegExp(`^Trả .* qua ${channel}$`) }).click();
  await page.waitForURL((url) => url.origin === origin);
}

/** Chooses an outcome on the simulator's panel. */
export async function outcome(page, name) {
  await page.locator(`button[name=outcome][value="${name}"]`).click();
}

/** Pays as people do: domestic card, card data, one-time code. */
export async function payByCard(page) {
  await page.locator('#method-bank').click();
  await page.locator('#btnContinue').click();
  await page.locator('#btnConfirm').click();
}

/** Pays in a wallet as people do: the one-time code that came. */
export async function payByCode(page) {
  await page.locator('#confirm').click();
}

/** Cancels on a wallet's page. */
export async function cancel(page) {
  await page.locator('#cancel').click();
}
