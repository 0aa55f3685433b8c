// The setting of a test file: one stage and one browser for the file, and, where asked, a fresh
// phone for each test. Test files are processes of their own, so these are theirs alone.

import { after, afterEach, before, beforeEach } from 'node:test';
import { openBrowser, phone } from './browser.mjs';
import { Stage } from './stage.mjs';

/** The parties. */
export let stage;
/** Chromium. */
export let browser;
/** This test's phone, and the page open on it. */
export let context;
export let page;

/** Registers the hooks that put up and clear away stage and browser; `prepare` runs in between. */
export function onStage(prepare, how) {
  before(async () => {
    stage = await Stage.open(how);
    browser = await openBrowser();
    await prepare?.();
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });
}

/** The same, with a fresh phone for each test. */
export function onStageWithPhone(how) {
  onStage(undefined, how);
  beforeEach(async () => {
    context = await browser.newContext(phone);
    page = await context.newPage();
  });
  afterEach(() => context.close());
}
