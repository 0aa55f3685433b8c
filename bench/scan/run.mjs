// The scan benchmark: serves page, peers, our worker and the pictures, has Chromium run them, judges
// what was read, prints the table and writes JSON. `cargo xtask bench scan` calls it.
//   node scan/run.mjs --images DIR --ours DIR --out FILE [--side 1280] [--only NAME,NAME]

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { judge, tableOf } from './judge.mjs';
import { sizeOf } from './sizes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: {
  images: { type: 'string' }, ours: { type: 'string' }, out: { type: 'string' },
  side: { type: 'string', default: '1280' }, only: { type: 'string' },
} });
const names = values.only?.split(',')
  ?? ['motcua', 'motcua quick', 'zxing-wasm', 'zxing-js', 'jsqr', 'qr-scanner', 'zbar-wasm'];
const EMPTY_TIMES = 24;
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.webp': 'image/webp', '.gif': 'image/gif', '.bmp': 'image/bmp' };

function picturesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return picturesIn(path);
      return types[extname(path).toLowerCase()]?.startsWith('image/') ? [path] : [];
    });
}

// Public truths that are wrong, each with its proof.
const mended = JSON.parse(readFileSync(join(here, 'truths.json'), 'utf8'));
const mendedOf = (path) => {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return mended.find(({ sha256 }) => sha256 === hash);
};

/** What a picture says: a text file of its name, or the bytes of a .bin file; undefined without one. */
function truthOf(path) {
  const known = mendedOf(path);
  if (known) return known.text;
  const stem = path.slice(0, -extname(path).length);
  if (existsSync(stem + '.txt')) return readFileSync(stem + '.txt', 'utf8');
  if (existsSync(stem + '.bin')) return readFileSync(stem + '.bin', 'latin1');
  return undefined;
}

const pictures = picturesIn(values.images);
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const file = path.startsWith('/peers/') ? join(here, '..', 'node_modules', path.slice(7))
    : path.startsWith('/workers/') ? join(values.ours, path.slice(9))
    : path.startsWith('/images/') ? pictures[Number(path.slice(8))]
    : join(here, basename(path));
  if (!file || file.includes('..' + '/..') || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream' });
  response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const program = [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(origin + '/page.html');
  await page.waitForFunction(() => window.bench);
  await page.evaluate((list) => window.bench.start(list), names);
  const rows = [];
  for (const [number, path] of pictures.entries()) {
    const url = `/images/${number}`;
    const run = await page.evaluate(([list, at, side]) => window.bench.picture(list, at, side), [names, url, Number(values.side)])
      .catch((error) => ({ unreadable: String(error) }));
    const folder = relative(values.images, dirname(path)) || '.';
    rows.push({ folder, picture: basename(path), truth: truthOf(path), ...run });
    if (process.stderr.isTTY) process.stderr.write(`\r${number + 1} of ${pictures.length} `);
  }
  const empty = await page.evaluate(([list, times]) => window.bench.empty(list, times), [names, EMPTY_TIMES]);
  const sizes = Object.fromEntries(names.map((name) => [name, sizeOf(name, values.ours)]));
  const report = { date: new Date().toISOString().slice(0, 10), browser: browser.version(), side: Number(values.side),
    pictures: pictures.length, mended: pictures.map(mendedOf).filter(Boolean), ...judge(names, rows, empty, sizes) };
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, JSON.stringify(report, null, 1));
  console.log(tableOf(report));
  console.log(`\nWritten to ${values.out}`);
} finally {
  await browser.close();
  server.close();
}
