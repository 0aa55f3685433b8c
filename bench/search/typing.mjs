// What a keystroke costs in a browser on a slow phone: Chromium with the processor slowed down, every
// query typed letter by letter. Knows the engine's files and nothing of its peers.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Milliseconds: reading and indexing, the median keystroke, the slowest of a hundred, the slowest. */
export async function typing(engine, document, queries, slowdown) {
  const program = [process.env.CHROME, ...PROGRAMS].find((file) => file && existsSync(file));
  if (!program) return undefined;
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const files = { '/search.js': 'text/javascript', '/search_bg.wasm': 'application/wasm' };
    await page.route('http://bench.test/**', (route) => {
      const name = new URL(route.request().url()).pathname;
      const contentType = files[name] ?? 'text/html';
      const body = files[name] ? readFileSync(path.join(engine, name)) : '<!doctype html>';
      return route.fulfill({ contentType, body });
    });
    await page.goto('http://bench.test/');
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    return await page.evaluate(
      async ({ text, asked }) => {
        const module = await import('/search.js');
        await module.default();
        const from = performance.now();
        const engine = new module.Engine(text);
        const built = performance.now() - from;
        const spent = [];
        for (const query of asked) {
          for (let end = 1; end <= query.length; end += 1) {
            const begun = performance.now();
            engine.find(query.slice(0, end), 20);
            spent.push(performance.now() - begun);
          }
        }
        spent.sort((a, b) => a - b);
        const at = (share) => spent[Math.floor((spent.length - 1) * share)];
        return { built, keystrokes: spent.length, median: at(0.5), slow: at(0.99), worst: at(1) };
      },
      { text: document, asked: queries },
    );
  } finally {
    await browser.close();
  }
}
