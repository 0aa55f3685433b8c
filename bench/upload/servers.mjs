// Our client against tus servers that nobody here wrote: the app comes from our backend, its uploads go
// to the other server, over a link that breaks seven times. The files must be byte-identical.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Link } from '../../end2end/stage/link.mjs';
import { file, pdf } from '../../end2end/stage/paper.mjs';
import { scratch } from '../../end2end/stage/scratch.mjs';
import { Stage, freePort } from '../../end2end/stage/stage.mjs';
import { Ours } from './ours.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CUTS = 7;
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @tus/server with a file store. */
async function tusNode(folder) {
  const { Server } = await import('@tus/server');
  const { FileStore } = await import('@tus/file-store');
  const tus = new Server({ path: '/api/v1/uploads', relativeLocation: true, datastore: new FileStore({ directory: folder }) });
  const server = http.createServer((request, response) => tus.handle(request, response));
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return { port: server.address().port, end: () => { server.closeAllConnections(); server.close(); } };
}

/** tuspyserver under uvicorn. */
async function tuspyserver(folder, python) {
  const port = await freePort();
  const program = spawn(python, [join(here, 'tuspy.py'), folder, String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => { said = (said + text).slice(-4000); });
  for (let tries = 0; tries < 100; tries += 1) {
    if (program.exitCode !== null) throw new Error(said);
    const answers = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (answers) return { port, end: () => program.kill('SIGKILL') };
    await new Promise((done) => { setTimeout(done, 100); });
  }
  program.kill('SIGKILL');
  throw new Error(`does not answer: ${said}`);
}

/** One origin for both: uploads go to `tus`, all else to `app`. What arrived before a break goes on. */
async function front(app, tus) {
  const server = http.createServer((request, response) => {
    const port = request.url.startsWith('/api/v1/uploads') ? tus : app;
    const on = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers });
    on.on('response', (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
    on.on('error', () => response.destroy());
    request.on('data', (chunk) => on.write(chunk));
    request.on('end', () => on.end());
    request.on('error', () => {});
    request.on('close', () => { if (!request.complete) on.socket?.end(); });
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return server;
}

async function against({ start, program, folder }) {
  const other = await start(folder);
  const stage = await Stage.open({ link: true });
  const between = await front(stage.port, other.port);
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    // The link of the stage is our origin; from now on it leads to the front.
    stage.link.to = between.address().port;
    const bytes = pdf(3_000_000);
    const ours = await Ours.open(browser, stage.origin);
    stage.link.set({ every: 300_000, cuts: CUTS, rate: 2_000_000 });
    const done = await ours.send(file('giay.pdf', bytes), 60_000);
    const { cuts } = stage.link;
    const again = stage.link.sentAgain();
    const same = readdirSync(folder).map((name) => join(folder, name))
      .some((path) => statSync(path).isFile() && hash(readFileSync(path)) === hash(bytes));
    const ok = done && same && cuts === CUTS && again === 0;
    return { ok, said: `${cuts} breaks, ${done ? 'finished' : 'NOT finished'}, ${same ? 'byte-identical' : 'NOT identical'}, ${again} accepted bytes sent again` };
  } finally {
    await browser.close();
    other.end();
    between.closeAllConnections();
    between.close();
    await stage.close();
  }
}

/** Every server, one after the other: its name, whether all went well, and what happened. */
export async function outsideServers({ program, python }) {
  const modules = join(here, '..', 'node_modules/@tus/server/package.json');
  const { version } = JSON.parse(readFileSync(modules, 'utf8'));
  const servers = [{ name: `@tus/server ${version}`, start: tusNode }];
  if (python && existsSync(python)) {
    servers.push({ name: 'tuspyserver', start: (folder) => tuspyserver(folder, python) });
  }
  const results = [];
  for (const { name, start } of servers) {
    const folder = join(scratch('tus'), 'files');
    mkdirSync(folder, { recursive: true });
    const result = await against({ start, program, folder }).catch((error) => ({ ok: false, said: String(error) }));
    results.push({ name, ...result });
    rmSync(folder, { recursive: true, force: true });
  }
  if (servers.length === 1) results.push({ name: 'tuspyserver', ok: true, said: 'not tried: no Python with it (--python)' });
  return results;
}
