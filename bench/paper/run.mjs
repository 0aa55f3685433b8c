// The paper benchmark: serves page, peers and our worker, has Chromium make photos and every engine
// work on the same ones, judges, prints the tables, writes JSON; fails where a goal is missed.
// `cargo xtask bench paper` calls it.
//   node paper/run.mjs --ours DIR --out FILE [--count 8] [--seed 1] [--side 1000] [--photos DIR]
//     [--photos-truth FILE] [--only easy|hard kind] [--no-files]

import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findersTable, goals, kindsTable, makersTable, sum } from './judge.mjs';
import { grown } from './memory.mjs';
import { canRead, readShare } from './reading.mjs';
import { sizeOf } from './sizes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: {
  ours: { type: 'string' }, out: { type: 'string' }, count: { type: 'string', default: '8' }, seed: { type: 'string', default: '1' },
  side: { type: 'string', default: '1000' }, photos: { type: 'string' }, 'photos-truth': { type: 'string' }, only: { type: 'string' },
  'no-files': { type: 'boolean', default: false },
} });
const [count, seed, side] = [values.count, values.seed, values.side].map(Number);
const FINDERS = ['motcua', 'jscanify', 'scanic'];
const MAKERS = ['doing nothing', 'motcua page', 'motcua photo', 'browser-image-compression', 'compressorjs'];
const MADE = { width: 1500, height: 2000 };
const LARGE = [['grey table', 1], ['light wood', 2], ['shadow', 3], ['everything', 4]];
const [MP12, MP48] = [{ width: 3000, height: 4000 }, { width: 6000, height: 8000 }];
const MOST = 600_000;

// jscanify's own test photos come with it (MIT) and stay there; their corners were marked by hand.
const photos = resolve(values.photos ?? join(here, '../node_modules/jscanify/docs/images/test'));
const truths = JSON.parse(readFileSync(values['photos-truth'] ?? join(here, values.photos ? 'none.json' : 'jscanify-photos.json'), 'utf8'));
/** Large photos by their address: they are made once, in a page of their own. */
const large = new Map();
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm', '.jpg': 'image/jpeg' };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const file = path.startsWith('/peers/') ? join(here, '../node_modules', path.slice(7))
    : path.startsWith('/workers/') ? join(values.ours, path.slice(9))
    : path.startsWith('/large/') ? path
    : path.startsWith('/photos/') ? join(photos, path.slice(8))
    : join(here, basename(path));
  const kept = large.get(path)?.bytes;
  if (!kept && (!existsSync(file) || path === '/')) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(kept ?? readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const program = [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'] });

/** A page of its own process. */
async function openPage() {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(`${origin}/page.html`);
  await page.waitForFunction(() => window.bench);
  return page;
}

const say = (words) => process.stderr.isTTY && process.stderr.write(`\r${words}            `);

async function found() {
  const page = await openPage();
  const kinds = await page.evaluate(() => window.bench.kinds);
  await page.evaluate((names) => window.bench.warm(names), FINDERS);
  const rows = [];
  for (const set of ['easy', 'hard']) {
    for (const kind of kinds[set].filter((kind) => !values.only || [set, kind].includes(values.only))) {
      for (let number = seed; number < seed + count; number += 1) {
        say(`${kind} ${number}`);
        const made = await page.evaluate((given) => window.bench.made(...given), [FINDERS, kind, number, MADE, side]);
        rows.push({ set, kind, picture: `${kind} ${number}`, ...made });
      }
    }
  }
  for (const name of values.only ? [] : readdirSync(photos).filter((name) => truths[name])) {
    const seen = await page.evaluate((given) => window.bench.photo(...given), [FINDERS, `/photos/${encodeURIComponent(name)}`, side]);
    rows.push({ set: 'photographs', kind: 'photographs', picture: name, truth: truths[name].corners, ...seen });
  }
  await page.context().close();
  return { kinds, rows };
}

async function makeLarge() {
  const page = await openPage();
  for (const [kind, number, size] of [...LARGE.map(([kind, number]) => [kind, number, MP12]), [...LARGE[0], MP48]]) {
    say(`a large photo: ${kind}`);
    const { file, lines } = await page.evaluate((given) => window.bench.large(...given), [kind, seed * 1000 + number, size]);
    large.set(`/large/${large.size}.jpg`, { bytes: Buffer.from(file, 'base64'), lines });
  }
  await page.context().close();
}

/** What a maker makes of a photo in a fresh page, and by how much memory grew meanwhile. */
async function made(name, address) {
  say(`${name}: ${address}`);
  const page = await openPage();
  await page.evaluate((given) => window.bench.prepare(...given), [name, address]);
  let measured;
  const memory = await grown(browser, async () => {
    measured = await page.evaluate((most) => window.bench.make(most), MOST);
  });
  const { file, ...taken } = await page.evaluate(() => window.bench.taken());
  await page.context().close();
  return { ...measured, ...taken, memory, jpeg: Buffer.from(file, 'base64') };
}

/** Everything of a maker: files, the share of words read in them, memory. */
async function all(name) {
  const files = [];
  const shares = [];
  const addresses = [...large.keys()];
  const last = await made(name, addresses.pop());
  for (const address of addresses) {
    const { jpeg, ...file } = await made(name, address);
    files.push(file);
    if (canRead() && name !== 'doing nothing') shares.push(readShare(jpeg, large.get(address).lines));
  }
  const read = shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : undefined;
  return { files, read, memory: Math.max(...files.map((file) => file.memory)), memory48: last.memory };
}

try {
  const { kinds, rows } = await found();
  const sets = {};
  for (const set of ['easy', 'hard', 'photographs']) {
    const of = rows.filter((row) => row.set === set);
    if (of.length) sets[set] = Object.fromEntries(FINDERS.map((name) => [name, sum(name, of)]));
  }
  const makers = values['no-files'] ? undefined : {};
  if (makers) await makeLarge();
  for (const name of makers ? MAKERS : []) {
    makers[name] = await all(name);
  }
  const sizes = Object.fromEntries([...FINDERS, ...MAKERS.slice(1)].map((name) => [name, sizeOf(name, values.ours)]));
  const whole = sets.easy && sets.hard;
  const reached = whole ? goals(sets, makers, sizes) : [];
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, JSON.stringify({ date: new Date().toISOString().slice(0, 10), browser: browser.version(), count, seed, side,
    sets, makers, sizes, goals: reached, rows }, null, 1));
  const shown = [...kinds.easy, ...kinds.hard, 'photographs'].filter((kind) => rows.some((row) => row.kind === kind));
  console.log(`\nWithin 1.5 % of the diagonal at the worst corner, photos ${side} pixels long:\n`);
  console.log(kindsTable(FINDERS, shown, rows));
  if (whole) console.log(`\n${findersTable(FINDERS, sets, sizes)}`);
  if (makers) console.log(`\n12-megapixel photos to at most 600 kB:\n\n${makersTable(makers, sizes)}`);
  for (const { goal, met } of reached) console.log(`${met ? 'met   ' : 'MISSED'} ${goal}`);
  console.log(`\nWritten to ${values.out}`);
  process.exitCode = reached.every(({ met }) => met) ? 0 : 1;
} finally {
  await browser.close();
  server.close();
}
