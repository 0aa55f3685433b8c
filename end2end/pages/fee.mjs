// A dossier that has a fee, and what the backend says of the fee.

import { arrives, codeOf, fillIn, submit } from './dossier.mjs';

/** A filed dossier with a fee; the page stands at the fee. Gives the dossier's code. */
export async function filedWithFee(page, stage) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  return codeOf(page);
}

/** The state of the fee of a dossier, as the browser of this page may see it. */
export async function stateOfFee(page, stage, code) {
  const key = await page.evaluate(() => /#k=([\w-]+)/.exec(location.hash)?.[1] ?? null);
  const answer = await page.request.get(`${stage.origin}/api/v1/dossiers/${code}`,
    { headers: key ? { 'Dossier-Key': key } : {} });
  return (await answer.json()).detail.fees[0].state;
}
