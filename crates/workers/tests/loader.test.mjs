// The worker's loader by itself, with a reader that traps: run by `cargo xtask test` with node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const script = readFileSync(new URL('../../../public/workers/qr.js', import.meta.url), 'utf8');

/** Starts the loader in a world where each instance takes the next of `readers` for its `decode`. */
async function start(readers, fetched = { ok: true, status: 200 }) {
  const said = [];
  const counts = { fetched: 0, instances: 0 };
  const world = vm.createContext({
    URL, console, Uint8Array, Uint32Array, TextDecoder,
    self: { location: { href: 'http://app.example/workers/qr.js' } },
    fetch: async () => {
      counts.fetched += 1;
      return { ...fetched, arrayBuffer: async () => new ArrayBuffer(0) };
    },
    WebAssembly: {
      RuntimeError: WebAssembly.RuntimeError,
      compile: async () => ({}),
      instantiate: async () => {
        counts.instances += 1;
        return { exports: instance(readers.shift()) };
      },
    },
    postMessage: (message) => said.push(message),
  });
  new vm.Script(script).runInContext(world);
  const settle = () => new Promise((done) => setTimeout(done, 20));
  await settle();
  return {
    said, counts,
    ask: async (data) => {
      world.onmessage({ data });
      await settle();
      return structuredClone(said.at(-1));
    },
  };
}

/** What crates/workers/src/doorway.rs exports, over a memory that moves when room is made. */
function instance(decode) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const [room, answer] = [256, 2048];
  return {
    memory,
    room: () => {
      memory.grow(1);
      return room;
    },
    decode: (width, height, frame) => {
      const bytes = decode(frame, [...new Uint8Array(memory.buffer, room, width * height * 4)]);
      new Uint8Array(memory.buffer).set(bytes, answer);
      return answer;
    },
  };
}

/** Bytes behind their mark and length. */
function marked(mark, bytes) {
  return [mark, 0, 0, 0, bytes.length, 0, 0, 0, ...bytes];
}

/** A text as crates/workers/src/parcel.rs packs it. */
function parcel(text, label = 'utf-8') {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(44);
  [1, 2, 3, 4, 5, 6, 7, 8].forEach((value, i) => head.writeFloatLE(value, i * 4));
  [1, label.length, bytes.length].forEach((value, i) => head.writeUInt32LE(value, 32 + i * 4));
  return marked(0, Buffer.concat([head, Buffer.from(label), bytes]));
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
  assert.deepEqual(worker.counts, { fetched: 1, instances: 2 });
});

test('texts are decoded from the character set that the code is in', async () => {
  const worker = await start([() => parcel([0x83, 0x65, 0x83, 0x58], 'shift_jis')]);
  assert.deepEqual(await worker.ask({ ...picture, id: 1 }), decoded(1, 'テス'));
});

test('a quick look tells the reader which frame it is, a thorough one does not', async () => {
  const frames = [];
  const worker = await start([(frame) => {
    frames.push(frame);
    return marked(0, []);
  }]);
  for (const mode of ['quick', undefined, 'quick']) await worker.ask({ ...picture, id: 1, mode });
  assert.deepEqual(frames, [1, -1, 2]);
});

test('the pixels arrive in the memory that the room is in', async () => {
  let seen;
  const worker = await start([(_, pixels) => {
    seen = pixels;
    return marked(0, []);
  }]);
  await worker.ask({ ...picture, id: 1, pixels: new Uint8Array([9, 8, 7, 255]).buffer });
  assert.deepEqual(seen, [9, 8, 7, 255]);
});

test('an error of the reader keeps the instance', async () => {
  const worker = await start([() => marked(1, Buffer.from('not a picture'))]);
  assert.equal((await worker.ask({ ...picture, id: 1 })).reason, 'not a picture');
  assert.equal((await worker.ask({ ...picture, id: 2 })).reason, 'not a picture');
  assert.equal(worker.counts.instances, 1);
});

test('an unknown message and a module that cannot be fetched are failures', async () => {
  const worker = await start([() => marked(0, [])]);
  assert.equal((await worker.ask({ type: 'other', id: 3 })).type, 'failed');
  const lost = await start([], { ok: false, status: 404 });
  assert.equal(lost.said[0].type, 'failed');
  assert.match(lost.said[0].reason, /404/);
});
