// The paper worker's loader by itself, with an instance that traps, refuses or has grown: run by
// `cargo xtask test` with node. What needs a real browser is in end2end/faults/paper.test.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const script = readFileSync(new URL('../../../public/workers/paper.js', import.meta.url), 'utf8');

/** Starts the loader in a world where each instance takes the next of `modules` for its exports. */
async function start(modules, { decode = async () => bitmap(), decoder, fetched = { ok: true, status: 200 } } = {}) {
  const said = [];
  let heard;
  const counts = { fetched: 0, instances: 0, decoded: [] };
  const world = vm.createContext({
    URL, Blob, Uint8Array, Uint32Array, Float32Array, Uint8ClampedArray, DataView, TextDecoder, TextEncoder,
    OffscreenCanvas: Canvas, ImageData: class {}, ImageDecoder: decoder,
    createImageBitmap: async (source, options) => {
      counts.decoded.push({ ...options, ...(source.frame && { from: 'a frame' }) });
      return decode();
    },
    self: { location: { href: 'http://app.example/workers/paper.js' } },
    fetch: async () => {
      counts.fetched += 1;
      return { ...fetched, arrayBuffer: async () => new ArrayBuffer(0) };
    },
    WebAssembly: {
      RuntimeError: WebAssembly.RuntimeError,
      compile: async () => ({}),
      instantiate: async () => {
        counts.instances += 1;
        return { exports: instance(modules.shift() ?? {}) };
      },
    },
    postMessage: (message) => {
      said.push(message);
      heard();
    },
  });
  const hear = () => new Promise((resolve) => (heard = resolve));
  const first = hear();
  new vm.Script(script).runInContext(world);
  await first;
  return {
    said, counts,
    ask: async (data) => {
      const answer = hear();
      world.onmessage({ data });
      await answer;
      return JSON.parse(JSON.stringify(said.at(-1)));
    },
  };
}

/** A canvas that is white, and that makes JPEGs of a size that quality and pixels decide. */
class Canvas {
  constructor(width, height) {
    Object.assign(this, { width, height });
  }
  getContext() {
    return {
      drawImage() {}, fillRect() {}, putImageData() {},
      getImageData: (x, y, width, height) => ({ data: new Uint8ClampedArray(width * height * 4).fill(255) }),
    };
  }
  async convertToBlob({ quality }) {
    return new Blob([new Uint8Array(Math.round(this.width * this.height * quality))], { type: 'image/jpeg' });
  }
}

function bitmap(width = 40, height = 20) {
  return { width, height, closed: 0, close() { this.closed += 1; } };
}

/** What crates/paper-worker/src/doorway.rs exports, over a memory that moves when room is made. */
function instance({ pages = 2, ...calls }) {
  const memory = new WebAssembly.Memory({ initial: pages });
  const [room, answer] = [1024, 512];
  let asked = 0;
  const exports = {
    memory,
    room: (bytes) => {
      memory.grow(1 + (bytes >> 16));
      asked = bytes;
      return room;
    },
  };
  for (const [name, call] of Object.entries({ head: () => answered(numbers(40, 20, 0)), ...calls })) {
    exports[name] = (...given) => {
      new Uint8Array(memory.buffer).set(call([...new Uint8Array(memory.buffer, room, asked)], ...given), answer);
      return answer;
    };
  }
  return exports;
}

const numbers = (...values) => values.flatMap((value) => [...new Uint8Array(Uint32Array.of(value).buffer)]);
const floats = (...values) => values.flatMap((value) => [...new Uint8Array(Float32Array.of(value).buffer)]);
const text = (value) => [...numbers(value.length), ...Buffer.from(value)];
const answered = (bytes, mark = 0) => [...numbers(mark, bytes.length), ...bytes];
const traps = () => {
  throw new WebAssembly.RuntimeError('unreachable');
};
const corners = [0, 0.25, 1, 0.25, 1, 0.75, 0, 0.75];
const seen = answered([...numbers(1), ...floats(...corners, 0.5), ...numbers(1, 0), ...text('glare,covered')]);
const photo = new Blob(['a photo']);

test('it says ready, then tells of a frame and closes it', async () => {
  const worker = await start([{ frame: () => seen }]);
  assert.equal(worker.said[0].type, 'ready');
  const given = bitmap(2560, 1440);
  assert.deepEqual(await worker.ask({ type: 'frame', id: 7, bitmap: given }), {
    type: 'outline', id: 7, width: 1280, height: 720, corners, moved: 0.5, steady: true, sharp: false, faults: ['glare', 'covered'],
  });
  assert.equal(given.closed, 1);
});

test('after a trap it says so, closes the frame, and goes on with a fresh instance', async () => {
  const worker = await start([{ frame: traps }, { frame: () => seen }]);
  const given = bitmap();
  assert.deepEqual(await worker.ask({ type: 'frame', id: 1, bitmap: given }), {
    type: 'failed', id: 1, reason: 'unreachable', kind: 'trapped',
  });
  assert.equal(given.closed, 1);
  assert.equal((await worker.ask({ type: 'frame', id: 2, bitmap: bitmap() })).type, 'outline');
  assert.deepEqual([worker.counts.fetched, worker.counts.instances], [1, 2]);
});

test('an absurd picture is refused before it is decoded, and no picture is unreadable', async () => {
  const worker = await start([{ head: () => answered(numbers(20_000, 6_001, 1)) }]);
  assert.equal((await worker.ask({ type: 'look', id: 1, photo })).kind, 'too_large');
  assert.deepEqual(worker.counts.decoded, []);
  const other = await start([{ head: () => answered([...Buffer.from('no picture')], 1) }]);
  assert.deepEqual(await other.ask({ type: 'look', id: 2, photo }), { type: 'failed', id: 2, reason: 'no picture', kind: 'unreadable' });
  const heic = await start([{}], { decode: async () => { throw new Error('cannot decode'); } });
  assert.equal((await heic.ask({ type: 'reduce', id: 3, photo, edge: 10, most: 900 })).kind, 'unreadable');
});

test('a large photo is decoded small along its longer side, a small one as it is', async () => {
  const looked = () => answered([...numbers(0), ...floats(...corners), ...numbers(3), ...text('')]);
  const sizes = [[8000, 6000], [3000, 4000], [800, 600]];
  const worker = await start([{ head: () => answered(numbers(...sizes.shift(), 1)), look: looked }]);
  const answer = await worker.ask({ type: 'look', id: 1, photo });
  assert.deepEqual(answer, { type: 'looked', id: 1, width: 40, height: 20, corners: null, turn: 3, faults: [] });
  await worker.ask({ type: 'look', id: 2, photo });
  await worker.ask({ type: 'look', id: 3, photo });
  const high = { imageOrientation: 'from-image', resizeQuality: 'high' };
  assert.deepEqual(worker.counts.decoded, [
    { ...high, resizeWidth: 2600 }, { ...high, resizeHeight: 2600 }, { imageOrientation: 'from-image' },
  ]);
});

test('a JPEG is decoded at eighths of its size, unless its way up would be lost', async () => {
  const [asked, closed] = [[], []];
  const decoder = (rotation) => class {
    constructor(init) {
      asked.push([init.desiredWidth, init.desiredHeight]);
    }
    async decode() {
      return { image: { frame: true, rotation, close: () => closed.push('frame') } };
    }
    close() {
      closed.push('decoder');
    }
  };
  const reduced = async (rotation, orientation) => {
    const head = () => answered(numbers(8000, 6000, orientation));
    const worker = await start([{ head }], { decoder: decoder(rotation) });
    await worker.ask({ type: 'reduce', id: 1, photo, edge: 2600, most: 9e5 });
    return worker.counts.decoded[0];
  };
  assert.deepEqual(await reduced(90, 6), { resizeWidth: 2600, resizeQuality: 'high', from: 'a frame' });
  assert.equal((await reduced(undefined, 1)).from, 'a frame');
  assert.equal((await reduced(undefined, 6)).imageOrientation, 'from-image');
  assert.equal((await reduced(0, 0)).imageOrientation, 'from-image', 'not a JPEG');
  assert.deepEqual(asked, [[3001, 2251], [3001, 2251], [3001, 2251]]);
  assert.deepEqual(closed, ['decoder', 'frame', 'decoder', 'frame', 'frame', 'decoder']);
});

test('quality is lowered first, then the page made smaller, until it is small enough', async () => {
  const worker = await start([{}], { decode: async () => bitmap(1000, 1000) });
  await worker.ask({ type: 'reduce', id: 1, photo, edge: 1000, most: 600_000 });
  const [{ page, width }] = worker.said.slice(-1);
  assert.ok(page.size <= 600_000 && page.size > 500_000 && width === 1000, `${page.size} ${width}`);
  await worker.ask({ type: 'reduce', id: 2, photo, edge: 1000, most: 100_000 });
  const [small] = worker.said.slice(-1);
  assert.ok(small.page.size <= 100_000 && small.page.size > 60_000 && small.width < 500, `${small.page.size} ${small.width}`);
});

test('fingerprints go in as bytes and pairs come out', async () => {
  let given;
  const worker = await start([{ same: (bytes) => (given = bytes, answered(numbers(0, 2, 1, 3))) }]);
  const answer = await worker.ask({ type: 'same', id: 1, fingerprints: ['00ff', '017f'] });
  assert.deepEqual(answer.pairs, [[0, 2], [1, 3]]);
  assert.deepEqual(given, [0, 255, 1, 127]);
});

test('an instance that has grown is let go after its answer', async () => {
  const worker = await start([{ pages: 400, same: () => answered([]) }, { same: () => answered([]) }]);
  await worker.ask({ type: 'same', id: 1, fingerprints: [] });
  await worker.ask({ type: 'same', id: 2, fingerprints: [] });
  await worker.ask({ type: 'same', id: 3, fingerprints: [] });
  assert.deepEqual([worker.counts.fetched, worker.counts.instances], [1, 2]);
});

test('an unknown message and a module that cannot be fetched are failures', async () => {
  const worker = await start([{}]);
  assert.deepEqual(await worker.ask({ type: 'toString', id: 3 }), { type: 'failed', id: 3, reason: 'unknown message', kind: 'other' });
  const lost = await start([], { fetched: { ok: false, status: 404 } });
  assert.equal(lost.said[0].type, 'failed');
  assert.match(lost.said[0].reason, /404/);
});
