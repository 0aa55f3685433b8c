// Puts the parties on the stage: backend, identity provider, gateways, each on a free port of
// loopback with data of its own. Ends only the processes that it started.

import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Link } from './link.mjs';
import { scratch } from './scratch.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A file that the environment names, or where cargo and the bundler put it. */
function place(variable, fallback) {
  const path = resolve(repository, process.env[variable] ?? fallback);
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: run \`cargo xtask test\`, which builds it`);
  }
  return path;
}

export const backendProgram = () => place('MOTCUA_BACKEND_BIN', 'target/debug/motcua-backend');
export const simulatorsProgram = () =>
  place('MOTCUA_SIMULATORS_BIN', 'target/debug/motcua-simulators');
export const backOfficeProgram = () =>
  place('MOTCUA_BACK_OFFICE_BIN', 'target/debug/motcua-back-office');
export const site = () => place('MOTCUA_SITE', 'dist');
/** The payment gateways, by the names of their channels. */
export const gateways = ['vnpay', 'momo', 'zalopay', 'platform'];
export const staffToken = 'staff-token-of-the-end-to-end-tests';

/** A port that was free a moment ago. */
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url, program) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (program.exitCode !== null) throw new Error(`${program.spawnfile} ended: ${program.said}`);
    try {
      await fetch(url, { redirect: 'manual' });
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error(`${url} does not answer: ${program.said}`);
}

// Another time zone than Vietnam's: days of fees, gateways and appointments must not be the machine's
// (fault 28 of the table in docs/paying.md).
const env = { ...process.env, TZ: 'America/Los_Angeles' };

function start(path, args) {
  const program = spawn(path, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], env });
  program.said = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (text) => {
      program.said = (program.said + text).slice(-4000);
    });
  }
  return program;
}

async function end(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  const late = setTimeout(() => program.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(late);
}

export class Stage {
  /**
   * Starts everything; with `link`, browsers reach the backend over a link that can be broken; with `push`, there
   * is a push service that a browser can be told of.
   */
  static async open({ link = false, push = false } = {}) {
    const stage = new Stage();
    stage.folder = scratch('stage');
    const app = await freePort();
    stage.port = app;
    if (link) stage.link = await Link.open(app);
    stage.origin = stage.link?.origin ?? `http://127.0.0.1:${app}`;
    const listening = [];
    for (const party of ['vneid', ...gateways]) {
      const port = await freePort();
      stage[party] = `http://127.0.0.1:${port}`;
      listening.push(`--${party}-listen`, `127.0.0.1:${port}`, `--${party}-origin`, stage[party]);
    }
    if (push) {
      const port = await freePort();
      stage.push = `http://127.0.0.1:${port}`;
      listening.push('--push-listen', `127.0.0.1:${port}`, '--push-origin', stage.push);
    }
    stage.simulators = start(simulatorsProgram(), [
      ...listening, '--app-origin', stage.origin,
      '--vnpay-ipn-url', `${stage.origin}/pay/ipn/vnpay`,
      '--platform-confirm-url', `${stage.origin}/DvcPayment/Confirm`,
      '--platform-return-url', `${stage.origin}/pay/return`,
      '--vneid-redirect-uri', `${stage.origin}/auth/callback`,
      '--data', join(stage.folder, 'simulators'),
    ]);
    await stage.startBackend();
    await answers(`${stage.vneid}/.well-known/openid-configuration`, stage.simulators);
    for (const gateway of gateways) await answers(stage[gateway], stage.simulators);
    return stage;
  }

  /**
   * Starts the backend, also after it was ended: same ports, same data; its clock so many seconds ahead, and
   * with a file of accounts for the desk.
   */
  async startBackend({ ahead = 0, staff } = {}) {
    this.backend = start(backendProgram(), [
      '--listen', `127.0.0.1:${this.port}`, '--origin', this.origin,
      '--data', join(this.folder, 'backend'), '--site', site(),
      '--oidc-issuer', this.vneid,
      '--vnpay-pay-url', `${this.vnpay}/paymentv2/vpcpay.html`,
      '--vnpay-api-url', `${this.vnpay}/merchant_webapi/api/transaction`,
      '--momo-url', this.momo, '--zalopay-url', this.zalopay, '--platform-url', this.platform,
      '--demo', '--staff-token', staffToken, '--clock-offset-s', `${ahead}`, ...(staff ? ['--staff', staff] : []),
      ...(this.push ? ['--push-service', this.push] : []),
    ]);
    await answers(`http://127.0.0.1:${this.port}/config.json`, this.backend);
  }

  /** Ends the backend as a power cut does. */
  killBackend() {
    this.backend.kill('SIGKILL');
  }

  async endBackend() {
    await end(this.backend);
  }

  /** Turns knobs of a simulator. */
  async knob(url, body) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }

  /** Turns the knobs of a payment gateway's simulator. */
  knobs(gateway, knobs) {
    return this.knob(`${this[gateway]}/_simulator/knobs`, knobs);
  }

  vnpayKnobs(knobs) {
    return this.knobs('vnpay', knobs);
  }

  momoKnobs(knobs) {
    return this.knobs('momo', knobs);
  }

  zalopayKnobs(knobs) {
    return this.knobs('zalopay', knobs);
  }

  platformKnobs(knobs) {
    return this.knobs('platform', knobs);
  }

  vneidMode(mode) {
    return this.knob(`${this.vneid}/_simulator/mode`, mode);
  }

  /** Calls a staff endpoint with JSON, or with a table as text. */
  async staff(path, body) {
    const isTable = typeof body === 'string';
    const answer = await fetch(`${this.origin}/api/v1/staff${path}`, {
      method: 'POST',
      headers: {
        'content-type': isTable ? 'text/csv' : 'application/json',
        authorization: `Bearer ${staffToken}`,
      },
      body: isTable ? body : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Sends the bytes of a file to a staff endpoint. */
  async staffFile(path, bytes) {
    const answer = await fetch(`${this.origin}/api/v1/staff${path}`, {
      method: 'POST', headers: { authorization: `Bearer ${staffToken}` }, body: bytes,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Has the back office bring in a quarter in the proportions of the commune's report. */
  async bringQuarter() {
    const office = start(backOfficeProgram(), ['--app-origin', `http://127.0.0.1:${this.port}`, '--staff-token', staffToken]);
    const code = await new Promise((done) => office.once('exit', done));
    if (code !== 0) throw new Error(`the back office: ${office.said}`);
  }

  /** What the backend says of a dossier to its holder. */
  async dossier(code, key) {
    const headers = key ? { 'Dossier-Key': key } : {};
    const answer = await fetch(`${this.origin}/api/v1/dossiers/${code}`, { headers });
    if (!answer.ok) throw new Error(`${code}: ${answer.status}`);
    return answer.json();
  }

  async close() {
    this.link?.close();
    await end(this.backend);
    await end(this.simulators);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
