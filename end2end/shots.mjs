// The gallery: every screen at 360×800, at 320 px, dark and in large type, with an index page.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf } from './pages/dossier.mjs';
import { screens } from './pages/screens.mjs';
import { openBrowser, phone } from './stage/browser.mjs';
import { photoOfPaper } from './stage/paper.mjs';
import { Stage } from './stage/stage.mjs';

const folder = resolve(process.env.MOTCUA_SHOTS ?? '../shots');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const looks = [
  ['360', { width: 360 }],
  ['320', { width: 320 }],
  ['dark', { width: 360, colorScheme: 'dark' }],
  ['large', { width: 360, fontSize: '175%' }],
];

const stage = await Stage.open();
const browser = await openBrowser();
const failed = [];
try {
  const given = { photo: await photoOfPaper(browser) };
  const first = await (await browser.newContext(phone)).newPage();
  await screens.receipt(first, stage);
  given.code = codeOf(first);

  // MOTCUA_ONLY: the screens whose names hold one of these words.
  const wanted = process.env.MOTCUA_ONLY?.split(',');
  for (const [name, open] of Object.entries(screens)) {
    if (wanted && !wanted.some((word) => name.includes(word))) continue;
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    try {
      await open(page, stage, given);
      for (const [look, { width, colorScheme = 'light', fontSize = '' }] of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        // As a phone does whose owner chose a larger type: the root's size; all else is in rem.
        await page.evaluate((size) => {
          document.documentElement.style.fontSize = size;
        }, fontSize);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${folder}/${name}-${look}.png`, fullPage: true });
      }
    } catch (error) {
      failed.push(`${name}: ${error.message.split('\n')[0]}`);
    } finally {
      await context.close();
    }
    console.log(name);
  }
} finally {
  await browser.close();
  await stage.close();
}

const row = (name) => `<h2 id="${name}">${name}</h2><div>${looks.map(([look]) =>
  `<figure><figcaption>${look}</figcaption><img loading="lazy" src="${name}-${look}.png" alt="${name}, ${look}"></figure>`).join('')}</div>`;
writeFileSync(`${folder}/index.html`, `<!doctype html><meta charset="utf-8"><title>Một Cửa: every screen</title>
<style>body{font:16px sans-serif;background:#777;margin:1rem}div{display:flex;gap:1rem;align-items:flex-start;overflow-x:auto}
figure{margin:0}img{width:320px;border:1px solid #333}</style><h1>Một Cửa: every screen</h1>
${Object.keys(screens).map(row).join('\n')}`);
console.log(`${Object.keys(screens).length - failed.length} screens in ${folder}/index.html`);
if (failed.length) {
  console.error(failed.join('\n'));
  process.exitCode = 1;
}
