// The QR worker: loads its wasm module (crates/workers), says "ready", answers one picture at a time.
//   in   {type:"decode", id, width, height, pixels: ArrayBuffer of RGBA, mode?: "quick" | "thorough"}
//        {type:"frame", id, bitmap: ImageBitmap | VideoFrame, mode?}     a camera's frame; quick
//        {type:"decode-picture", id, bitmap | blob}                      from the gallery; thorough
//   out  {type:"ready"} · {type:"failed", id, reason}
//        {type:"decoded", id, texts, codes: [{text, corners: [x, y] four times}]}
// A classic worker. When the wasm traps, the answer is "failed" and a fresh instance takes over.
"use strict";

const WASM = "./motcua-workers_bg.wasm";
// What wasm-bindgen asks for in every module; only its own glue would call it.
const IMPORTS = { "./motcua-workers_bg.js": { __wbindgen_init_externref_table() {} } };
const FRAME_SIDE = 1280;
const PICTURE_SIDE = 2000;
let compiled = null;
let reader = null;
let frames = 0;
let canvas = null;

async function begin() {
  if (!compiled) {
    const answer = await fetch(new URL(WASM, self.location.href));
    if (!answer.ok) throw new Error("the QR reader could not be fetched: " + answer.status);
    compiled = await WebAssembly.compile(await answer.arrayBuffer());
  }
  reader = (await WebAssembly.instantiate(compiled, IMPORTS)).exports;
}

function reasonOf(error) {
  return String((error && error.message) || error);
}

// As crates/workers/src/parcel.rs packs it.
function unpacked(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codes = [];
  let at = 0;
  const number = () => view.getUint32((at += 4) - 4, true);
  while (at < bytes.length) {
    const corners = Array.from({ length: 8 }, () => view.getFloat32((at += 4) - 4, true));
    let text = "";
    for (let pieces = number(); pieces > 0; pieces -= 1) {
      const label = number();
      const length = number();
      const charset = String.fromCharCode(...bytes.subarray(at, (at += label)));
      text += new TextDecoder(charset, { ignoreBOM: true }).decode(bytes.subarray(at, (at += length)));
    }
    codes.push({ text, corners });
  }
  return codes;
}

// As crates/workers/src/doorway.rs says: pixels into its room, then the address of the answer.
function decode(width, height, pixels, quick) {
  // Making room may move the memory to another buffer: first the room, then the buffer.
  const room = reader.room(pixels.length);
  new Uint8Array(reader.memory.buffer, room, pixels.length).set(pixels);
  const at = reader.decode(width, height, quick ? (frames = (frames + 1) & 0x7fffffff) : -1);
  const [mark, length] = new Uint32Array(reader.memory.buffer.slice(at, at + 8));
  const bytes = new Uint8Array(reader.memory.buffer.slice(at + 8, at + 8 + length));
  if (mark) throw new Error(new TextDecoder().decode(bytes));
  return unpacked(bytes);
}

// Part of a picture, drawn at a scale; its codes in the picture's own coordinates.
function decodePart(bitmap, { x, y, width, height }, scale, quick) {
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  canvas = canvas || new OffscreenCanvas(across, down);
  if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = quick ? "low" : "high";
  context.clearRect(0, 0, across, down);
  context.drawImage(bitmap, x, y, width, height, 0, 0, across, down);
  const { data } = context.getImageData(0, 0, across, down);
  const codes = decode(across, down, new Uint8Array(data.buffer), quick);
  for (const code of codes) {
    code.corners = code.corners.map((value, i) => (i % 2 ? y + (value * height) / down : x + (value * width) / across));
  }
  return codes;
}

function sizeOf(bitmap) {
  return [bitmap.displayWidth || bitmap.width, bitmap.displayHeight || bitmap.height];
}

function decodeFrame(bitmap, mode) {
  const [width, height] = sizeOf(bitmap);
  const scale = Math.min(1, FRAME_SIDE / Math.max(width, height));
  return decodePart(bitmap, { x: 0, y: 0, width, height }, scale, mode !== "thorough");
}

// The whole at a size that a phone can bear, then its quarters, which overlap, in full.
function decodePicture(bitmap) {
  const [width, height] = sizeOf(bitmap);
  const scale = Math.min(1, PICTURE_SIDE / Math.max(width, height));
  const codes = decodePart(bitmap, { x: 0, y: 0, width, height }, scale, false);
  if (codes.length || scale > 0.7) return codes;
  const [wide, high] = [Math.ceil(width * 0.6), Math.ceil(height * 0.6)];
  const full = Math.min(1, (PICTURE_SIDE * 1.4) / Math.max(wide, high));
  for (const [x, y] of [[(width - wide) >> 1, (height - high) >> 1], [0, 0], [width - wide, 0], [0, height - high], [width - wide, height - high]]) {
    const found = decodePart(bitmap, { x, y, width: wide, height: high }, full, true);
    if (found.length) return found;
  }
  return [];
}

async function codesOf(message) {
  const { type, width, height, pixels, mode, blob } = message;
  if (type === "decode") return decode(width, height, new Uint8Array(pixels), mode === "quick");
  if (type !== "frame" && type !== "decode-picture") throw new TypeError("unknown message");
  const bitmap = message.bitmap || (await createImageBitmap(blob));
  try {
    return type === "frame" ? decodeFrame(bitmap, mode) : decodePicture(bitmap);
  } finally {
    bitmap.close();
  }
}

async function answer(message) {
  const { id } = message;
  try {
    if (!reader) await begin();
    const codes = await codesOf(message);
    postMessage({ type: "decoded", id, texts: codes.map((code) => code.text), codes });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      reader = null;
    }
    postMessage({ type: "failed", id, reason: reasonOf(error) });
  }
}

// One picture after the other, the first one after the module is up.
let turn = begin().then(
  () => postMessage({ type: "ready" }),
  (error) => postMessage({ type: "failed", id: null, reason: reasonOf(error) }),
);
onmessage = ({ data }) => {
  turn = turn.then(() => answer(data));
};
