// Walks screens at 360 and 320 px, light and dark, and in large type. What is looked for is `axe.mjs`'s;
// which screens there are is `screens.mjs`'s.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseRules, violations } from './axe.mjs';
import { codeOf } from './dossier.mjs';
import { screens } from './screens.mjs';
import { phone } from '../stage/browser.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

/** In so many files: one of all screens would outlast the time that a file has. */
const FILES = 5;

/** A test for each of the screens of a file, by its number from 0. */
export function walk(file) {
  const given = {};
  onStage(async () => {
    given.photo = await photoOfPaper(browser);
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await screens.receipt(page, stage);
    given.code = codeOf(page);
    await context.close();
  });
  const all = Object.entries(screens);
  const ofFile = (_, number) => Math.floor((number * FILES) / all.length) === file;
  for (const [name, open] of all.filter(ofFile)) {
    test(name, () => look(name, open, given));
  }
}

async function look(name, open, given) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  try {
    await open(page, stage, given);
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const where = `${colorScheme} ${width}`;
        found.push(...(await violations(page)).map((line) => `${where} ${line}`));
        found.push(...(await houseRules(page)).map((line) => `${where} ${line}`));
      }
    }
    // Large type: nothing may leave the screen sideways.
    await page.evaluate(() => { document.documentElement.style.fontSize = '175%'; });
    await page.setViewportSize({ width: 360, height: 800 });
    const sideways = (await houseRules(page)).filter((line) => line.startsWith('scrolls'));
    assert.deepEqual([...found, ...sideways], [], name);
  } finally {
    await context.close();
  }
}
