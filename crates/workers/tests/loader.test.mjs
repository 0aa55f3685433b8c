// The worker's loader by itself, with a reader that traps: run by `cargo xtask test` with node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const script = readFileSync(new URL('../../../public/workers/qr.js', import.meta.url), 'utf8');

/** Starts the loader in a world where each address gives a fresh reader from `readers`. */
async function start(readers, fetched = { ok: true, status: 200 }) {
  const said = [];
  const addresses = [];
  const world = vm.createContext({
    URL, console, Uint8Array, TextDecoder,
    self: { location: { href: 'http://app.example/workers/qr.js' } },
    fetch: async () => ({ ...fetched, arrayBuffer: async () => new ArrayBuffer(0) }),
    WebAssembly: { RuntimeError: WebAssembly.RuntimeError, compile: async () => ({}) },
    postMessage: (message) => said.push(message),
  });
  const loader = new vm.Script(script, {
    importModuleDynamically: async (address) => {
      addresses.push(address);
      const decode = readers.shift();
      const module = new vm.SyntheticModule(['default', 'decode'], () => {
        module.setExport('default', async () => {});
        module.setExport('decode', decode);
      }, { context: world });
      await module.link(() => {});
      await module.evaluate();
      return module;
    },
  });
  loader.runInContext(world);
  const settle = () => new Promise((done) => setTimeout(done, 20));
  await settle();
  return {
    said, addresses,
    ask: async (data) => {
      world.onmessage({ data });
      await settle();
      return structuredClone(said.at(-1));
    },
  };
}

/** A text as crates/workers/src/parcel.rs packs it. */
function parcel(text, label = 'utf-8') {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(44);
  [1, 2, 3, 4, 5, 6, 7, 8].forEach((value, i) => head.writeFloatLE(value, i * 4));
  [1, label.length, bytes.length].forEach((value, i) => head.writeUInt32LE(value, 32 + i * 4));
  return new Uint8Array(Buffer.concat([head, Buffer.from(label), bytes]));
}

function decoded(id, text) {
  return { type: 'decoded', id, texts: [text], codes: [{ text, corners: [1, 2, 3, 4, 5, 6, 7, 8] }] };
}

const picture = { type: 'decode', width: 1, height: 1, pixels: new ArrayBuffer(4) };

test('it says ready, then answers with texts, corners and the id', async () => {
  const worker = await start([() => parcel('một')]);
  assert.equal(worker.said[0].type, 'ready');
  assert.deepEqual(await worker.ask({ ...picture, id: 7 }), decoded(7, 'một'));
});

test('after a trap it answers failed, then reads with a fresh instance', async () => {
  const traps = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const worker = await start([traps, () => parcel('sau')]);
  assert.deepEqual(await worker.ask({ ...picture, id: 1 }), { type: 'failed', id: 1, reason: 'unreachable' });
  assert.deepEqual(await worker.ask({ ...picture, id: 2 }), decoded(2, 'sau'));
  assert.deepEqual(worker.addresses, ['./motcua-workers.js', './motcua-workers.js?1']);
});

test('texts are decoded from the character set that the code is in', async () => {
  const worker = await start([() => parcel([0x83, 0x65, 0x83, 0x58], 'shift_jis')]);
  assert.deepEqual(await worker.ask({ ...picture, id: 1 }), decoded(1, 'テス'));
});

test('a quick look tells the reader which frame it is, a thorough one does not', async () => {
  const frames = [];
  const worker = await start([(width, height, pixels, frame) => {
    frames.push(frame);
    return new Uint8Array();
  }]);
  for (const mode of ['quick', undefined, 'quick']) await worker.ask({ ...picture, id: 1, mode });
  assert.deepEqual(frames, [1, undefined, 2]);
});

test('an error of the reader keeps the instance', async () => {
  const worker = await start([() => {
    throw new Error('not a picture');
  }]);
  assert.equal((await worker.ask({ ...picture, id: 1 })).reason, 'not a picture');
  assert.equal((await worker.ask({ ...picture, id: 2 })).reason, 'not a picture');
  assert.equal(worker.addresses.length, 1);
});

test('an unknown message and a module that cannot be fetched are failures', async () => {
  const worker = await start([() => new Uint8Array()]);
  assert.equal((await worker.ask({ type: 'other', id: 3 })).type, 'failed');
  const lost = await start([], { ok: false, status: 404 });
  assert.equal(lost.said[0].type, 'failed');
  assert.match(lost.said[0].reason, /404/);
});
