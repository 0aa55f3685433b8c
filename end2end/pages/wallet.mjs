// What a citizen does on VNPAY's pages (the simulator has the real ones' shape).

/** From the fee page to the gateway. */
export async function tapPay(page) {
  await page.getByRole('link', { name: /^Trả .* qua VNPAY/ }).click();
  await page.waitForURL(/paymentv2\/Transaction\/PaymentMethod/);
}

/** Chooses an outcome on the simulator's panel. */
export async function outcome(page, name) {
  await page.locator(`button[name=outcome][value=${name}]`).click();
}

/** Pays as people do: domestic card, card data, one-time code. */
export async function payByCard(page) {
  await page.locator('#method-bank').click();
  await page.locator('#btnContinue').click();
  await page.locator('#btnConfirm').click();
}
