// The page of the paper benchmark: makes the photos, hands the same to each engine in turn, times from
// call to answer. Must not judge what came out.

import { finders, watched } from '/finders.js';
import { makers } from '/makers.js';
import { EASY, HARD, photoOf } from '/photos.js';

const running = new Map();
const PATIENCE_MS = 60_000;

async function engine(kind, name) {
  if (!running.has(name)) running.set(name, kind[name]());
  return running.get(name);
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error('no answer in time')));

async function canvasOf(blob, side) {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height].map((length) => Math.round(length * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

const idle = (ms) => new Promise((done) => setTimeout(done, ms));

/** Each engine three times in turn, another one first each time, when the page has come to rest. */
async function found(names, blob, side) {
  const canvas = await canvasOf(blob, side);
  const all = Object.fromEntries(names.map((name) => [name, []]));
  await idle(150);
  for (let turn = 0; turn < 3; turn += 1) {
    for (let i = 0; i < names.length; i += 1) {
      const name = names[(i + turn) % names.length];
      const find = await engine(finders, name);
      all[name].push(await watched(() => Promise.race([Promise.resolve(find(canvas)), late()])).catch((error) => ({ error: String(error) })));
      await idle(10);
    }
  }
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const results = Object.fromEntries(names.map((name) => [name, {
    ...all[name][0], ms: middle(all[name].map(({ ms }) => ms)), gap: middle(all[name].map(({ gap }) => gap)),
    task: middle(all[name].map(({ task }) => task)),
  }]));
  return { width: canvas.width, height: canvas.height, results };
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

async function has(blob, words) {
  const text = new TextDecoder('latin1').decode(await blob.arrayBuffer());
  return words.filter((word) => text.includes(word));
}

/** A photo with the notes of a telephone in its EXIF. */
function noted(blob) {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xffe1003e);
  bytes.set(new TextEncoder().encode('Exif\0\0MM\0*'), 4);
  view.setUint32(14, 8);
  view.setUint16(18, 1);
  view.setUint16(20, 0x010f);
  view.setUint16(22, 2);
  view.setUint32(24, 12);
  view.setUint32(28, 30);
  bytes.set(new TextEncoder().encode('MotCuaPhone'), 40);
  return new Blob([blob.slice(0, 2), bytes, blob.slice(2)], { type: 'image/jpeg' });
}

window.bench = {
  kinds: { easy: Object.keys(EASY), hard: Object.keys(HARD) },
  warm: async (names) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 480];
    canvas.getContext('2d').fillRect(0, 0, 640, 480);
    for (const name of names) await Promise.resolve((await engine(finders, name))(canvas)).catch(() => null);
  },
  made: async (names, kind, number, size, side) => {
    const photo = await photoOf(kind, number, size);
    const truth = photo.corners.flatMap(([x, y]) => [x / photo.width, y / photo.height]);
    return { truth, ...(await found(names, photo.blob, side)) };
  },
  photo: async (names, address, side) => found(names, await (await fetch(address)).blob(), side),
  large: async (kind, number, size) => {
    const { blob, lines } = await photoOf(kind, number, size);
    return { file: await base64(noted(blob)), lines };
  },
  // In three steps, so that nothing but the making is in what is measured.
  prepare: async (name, address) => {
    window.prepared = [await engine(makers, name), await (await fetch(address)).blob()];
    window.gc?.();
    await idle(500);
  },
  make: async (most) => {
    const [make, photo] = window.prepared;
    const { value, ...rest } = await watched(() => make(photo, most));
    window.made = value;
    return rest;
  },
  taken: async () => ({
    bytes: window.made.size, notes: await has(window.made, ['Exif', 'MotCuaPhone']), file: await base64(window.made),
  }),
};
