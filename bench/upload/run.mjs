// The upload benchmark: the real app, tus-js-client and a plain POST send the same file from Chromium to
// the same backend over a link that breaks at random places, the same places for all of a seed. Prints
// the table, writes JSON, and ends with an error when ours is below tus-js-client. `cargo xtask bench
// upload` calls it.
//   node upload/run.mjs --out FILE [--seeds 100] [--means 1000000,300000] [--python PROGRAM]

import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Link } from '../../end2end/stage/link.mjs';
import { file, pdf } from '../../end2end/stage/paper.mjs';
import { Stage } from '../../end2end/stage/stage.mjs';
import { Ours } from './ours.mjs';
import { outsideServers } from './servers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: {
  out: { type: 'string' }, seeds: { type: 'string', default: '100' },
  means: { type: 'string', default: '1000000,300000' }, python: { type: 'string' },
} });
const SEEDS = Number(values.seeds);
const SIZE = 3_000_000;
/** A link of about 16 Mbit/s. */
const RATE = 2_000_000;
/** A plain form that failed so often is given up, as people would long before. */
const PLAIN_TRIES = 8;
/** Longest time of one upload, in ms. */
const PATIENCE = 90_000;

const modules = join(here, '..', 'node_modules');
const tusVersion = JSON.parse(readFileSync(join(modules, 'tus-js-client/package.json'), 'utf8')).version;
const tusScript = readFileSync(join(modules, 'tus-js-client/dist/tus.min.js'), 'utf8');
const program = [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Takes a whole file or nothing, as a form's backend does. */
async function plainServer() {
  const server = createServer((request, response) => {
    let arrived = 0;
    request.on('data', (chunk) => { arrived += chunk.length; });
    request.on('end', () => response.writeHead(arrived === SIZE_SENT ? 204 : 200).end());
    request.on('error', () => {});
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return server;
}

const bytes = pdf(SIZE);
const SIZE_SENT = bytes.length;
const path = file('giay.pdf', bytes);

const stage = await Stage.open({ link: true });
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const plain = await plainServer();
const plainLink = await Link.open(plain.address().port);

/** Whether the backend keeps exactly these bytes under an upload's id. */
const isKept = (id) => {
  const kept = join(stage.folder, 'backend/files/files', id);
  return existsSync(kept) && hash(readFileSync(kept)) === hash(bytes);
};

/** One upload by our app: picked in the page, done when the page says so. */
async function ours(how) {
  const app = await Ours.open(browser, stage.origin);
  try {
    stage.link.set(how);
    const done = await app.send(path, PATIENCE);
    const { up, cuts, log } = stage.link;
    const again = stage.link.sentAgain();
    stage.link.set({});
    const id = log.find(({ path: address }) => address?.includes('/uploads/'))?.path.split('/').pop();
    return { done: done && isKept(id), up, cuts, again };
  } finally {
    await app.close();
  }
}

/**
 * One upload by tus-js-client as it is shipped: chunks without an end, its own delays. In the page of our
 * app, so that both find the same connections open: Chromium sends a request again by itself when one
 * that was used before breaks.
 */
async function tusJsClient(how) {
  const app = await Ours.open(browser, stage.origin, { bypassCSP: true });
  const { page } = app;
  try {
    await page.addScriptTag({ content: tusScript });
    await page.evaluate(async (base64) => {
      const binary = await (await fetch(`data:application/pdf;base64,${base64}`)).blob();
      window.file = new File([binary], 'giay.pdf', { type: 'application/pdf' });
    }, bytes.toString('base64'));
    stage.link.set(how);
    const id = await page.evaluate((patience) => new Promise((done) => {
      const upload = new window.tus.Upload(window.file, {
        endpoint: '/api/v1/uploads',
        metadata: { filename: 'giay.pdf', filetype: 'application/pdf' },
        headers: { 'Motcua-Client': '1' },
        onError: () => done(null),
        onSuccess: () => done(upload.url.split('/').pop()),
      });
      upload.start();
      setTimeout(() => done(null), patience);
    }), PATIENCE);
    const { up, cuts } = stage.link;
    const again = stage.link.sentAgain();
    stage.link.set({});
    return { done: id !== null && isKept(id), up, cuts, again };
  } finally {
    stage.link.set({});
    await app.close();
  }
}

/** A form's way: all of it, again from the beginning after each break. */
async function plainPost(how) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  try {
    await page.goto(plainLink.origin);
    await page.evaluate((length) => { window.file = new Blob([new Uint8Array(length)]); }, SIZE_SENT);
    plainLink.set(how);
    const done = await page.evaluate(async (tries) => {
      for (let time = 0; time < tries; time += 1) {
        try {
          if ((await fetch('/', { method: 'POST', body: window.file })).status === 204) return true;
        } catch { /* broken: again */ }
      }
      return false;
    }, PLAIN_TRIES);
    return { done, up: plainLink.up, cuts: plainLink.cuts, again: 0 };
  } finally {
    plainLink.set({});
    await context.close();
  }
}

const contestants = [['Một Cửa (wasm)', ours], [`tus-js-client ${tusVersion}`, tusJsClient], ['plain POST', plainPost]];
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const mean = (numbers) => numbers.reduce((all, one) => all + one, 0) / numbers.length;

const percent = (number) => (number === null ? '    –' : number.toFixed(1).padStart(5));

/** The table of one distance, as soon as it is measured. */
function print({ distance, rows }) {
  console.log(`\n${SIZE_SENT} bytes, a break every ${distance} bytes on average, ${SEEDS} seeds\n`);
  console.log('| client | complete | goodput, median % | goodput, of all bytes % | breaks | accepted bytes sent again |');
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const row of rows) {
    console.log(`| ${row.name} | ${row.complete}/${SEEDS} | ${percent(row.median)} | ${percent(row.total)} | ${row.cuts.toFixed(1)} | ${row.again} |`);
  }
}

const results = [];
try {
  for (const distance of values.means.split(',').map(Number)) {
    const rows = contestants.map(([name]) => ({ name, runs: [] }));
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      for (const [at, [, send]] of contestants.entries()) {
        rows[at].runs.push(await send({ mean: distance, seed, cuts: 10_000, rate: RATE }));
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${seed} of ${SEEDS} `);
    }
    results.push({ distance, rows: rows.map(({ name, runs }) => {
      const through = runs.filter(({ done }) => done);
      const goodputs = through.map(({ up }) => (100 * SIZE_SENT) / up);
      return { name, complete: through.length, median: goodputs.length ? median(goodputs) : null,
        // All bytes that were needed against all that were sent: a lucky seed weighs no more than its bytes.
        total: through.length ? (100 * SIZE_SENT * through.length) / through.reduce((all, { up }) => all + up, 0) : null,
        cuts: mean(runs.map(({ cuts }) => cuts)), again: runs.reduce((all, run) => all + run.again, 0), runs };
    }) });
    print(results.at(-1));
  }
} finally {
  await browser.close();
  plain.close();
  plainLink.close();
  await stage.close();
}

const servers = await outsideServers({ program, python: values.python });
console.log('\nOur client against servers nobody here wrote, 7 breaks each:');
for (const { name, said } of servers) console.log(`  ${name}: ${said}`);

const round = (number) => Math.round(number * 10) / 10;
const below = results.filter(({ rows: [own, peer] }) =>
  own.complete < SEEDS || own.again > 0 || round(own.median) < round(peer.median) || round(own.total) < round(peer.total));
const failed = servers.filter(({ ok }) => !ok);
const report = { date: new Date().toISOString().slice(0, 10), node: process.version, seeds: SEEDS, bytes: SIZE_SENT, rate: RATE, results, servers };
if (values.out) {
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, JSON.stringify(report, null, 1));
  console.log(`\nWritten to ${values.out}`);
}
for (const { distance } of below) console.log(`BELOW at a break every ${distance} bytes`);
if (below.length || failed.length) process.exitCode = 1;
