// The paper worker: loads its wasm module (crates/paper-worker), says "ready", answers one message at a
// time. Corners are 8 numbers, x and y of four corners as shares of the picture's width and height,
// clockwise from the page's upper left as photographed. Every answer carries the message's id.
//   in  {type:"frame", id, bitmap: ImageBitmap | VideoFrame}                a camera's frame; closed here
//   out {type:"outline", id, width, height, corners | null, moved, steady, sharp, faults}
//   in  {type:"look", id, photo: Blob}
//   out {type:"looked", id, width, height, corners | null, turn: 0 to 3 quarters clockwise, faults}
//   in  {type:"flatten", id, photo: Blob, corners | null: the whole photo, turn, clean, most: bytes}
//   out {type:"flattened", id, page: Blob (JPEG), width, height, faults, fingerprint: hex}
//   in  {type:"same", id, fingerprints}       out {type:"same", id, pairs: [i, j][]}
//   in  {type:"bind", id, pages: Blob[] (JPEG), title}       out {type:"bound", id, file: Blob (PDF)}
//   in  {type:"reduce", id, photo: Blob, edge: pixels, most}   out {type:"reduced", id, page, width, height}
//   out {type:"ready"} · {type:"failed", id, reason, kind: "unreadable" | "too_large" | "trapped" | "other"}
// A classic worker. When the wasm traps, the answer is "failed" and a fresh instance takes over; one
// that has grown with a photo is let go, because wasm memory never shrinks.
"use strict";

const WASM = "./motcua-paper-worker_bg.wasm";
// What wasm-bindgen asks for in every module; only its own glue would call it.
const IMPORTS = { "./motcua-paper-worker_bg.js": { __wbindgen_init_externref_table() {} } };
// Longer sides, in pixels: of a frame, of a photo or of the part that the page is in, of a page (A4 at
// 200 dots an inch).
const FRAME_SIDE = 1280;
const PHOTO_SIDE = 2600;
const PAGE_SIDE = 2339;
// What is kept around a page, in shares of the photo's sides.
const AROUND = 0.02;
const MOST_PIXELS = 120e6;
// A photo's size stands behind the camera's notes and thumbnail.
const HEAD_BYTES = 1 << 20;
const MOST_BYTES = 600e3;
const MOST_PDF = 48e6;
// Instances that have grown beyond are let go.
const KEPT_MEMORY = 24e6;
const STRIP = 256;
let compiled = null;
let wasm = null;
let canvas = null;

class Failure extends Error {
  constructor(kind, reason) {
    super(reason);
    this.kind = kind;
  }
}

async function begin() {
  if (!compiled) {
    const answer = await fetch(new URL(WASM, self.location.href));
    if (!answer.ok) throw new Error("the paper pipeline could not be fetched: " + answer.status);
    compiled = await WebAssembly.compile(await answer.arrayBuffer());
  }
  wasm = (await WebAssembly.instantiate(compiled, IMPORTS)).exports;
}

// Room for an input of so many bytes. Making it may move the memory: first the room, then the buffer.
function roomFor(bytes) {
  const at = wasm.room(bytes);
  return new Uint8Array(wasm.memory.buffer, at, bytes);
}

// The answer at an address, as crates/paper-worker/src/answer.rs lays it out, to be taken apart.
function answerAt(at) {
  const [mark, length] = new Uint32Array(wasm.memory.buffer.slice(at, at + 8));
  const view = new DataView(wasm.memory.buffer.slice(at + 8, at + 8 + length));
  let next = 0;
  const number = () => view.getUint32((next += 4) - 4, true);
  const float = () => view.getFloat32((next += 4) - 4, true);
  const bytes = (size) => new Uint8Array(view.buffer, (next += size) - size, size);
  const text = (size) => new TextDecoder().decode(bytes(size));
  if (mark) throw new Failure("other", text(length));
  return {
    length, number, float,
    bytes: () => bytes(number()),
    corners() {
      const found = number();
      const corners = Array.from({ length: 8 }, float);
      return found ? corners : null;
    },
    faults: () => text(number()).split(",").filter(Boolean),
  };
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));

// A JPEG decoded at so many eighths of its sides, which JPEG can do by itself: a photo of 48 megapixels
// takes a quarter of the memory then. Null where the browser cannot, or does not know which way is up.
async function decodedInEighths(photo, { width, height, orientation }, eighths) {
  if (typeof ImageDecoder !== "function" || eighths > 7) return null;
  const [desiredWidth, desiredHeight] = [width, height].map((side) => Math.ceil((side * eighths) / 8) + 1);
  let decoder;
  try {
    decoder = new ImageDecoder({ data: photo.stream(), type: "image/jpeg", desiredWidth, desiredHeight });
    const { image } = await decoder.decode();
    if (orientation === 1 || image.rotation !== undefined) return image;
    image.close();
  } catch (error) {
    // What it cannot read, the other way may; and that one tells why not.
  } finally {
    if (decoder) decoder.close();
  }
  return null;
}

const WHOLE = [0, 0, 1, 1];

// A photo or a part of it (left, top, right, below as shares), upright by its EXIF, the part's longer
// side at most so long: only that is ever held here.
async function decoded(photo, longest, [left, top, right, below] = WHOLE) {
  const first = new Uint8Array(await photo.slice(0, HEAD_BYTES).arrayBuffer());
  roomFor(first.length).set(first);
  let head;
  try {
    const answer = answerAt(wasm.head());
    head = { width: answer.number(), height: answer.number(), orientation: answer.number() };
  } catch (error) {
    throw error instanceof Failure ? new Failure("unreadable", error.message) : error;
  }
  const { width, height } = head;
  if (width * height > MOST_PIXELS) throw new Failure("too_large", width + " by " + height + " pixels");
  const [across, down] = [width * (right - left), height * (below - top)];
  const scale = longest / Math.max(across, down);
  const options = {};
  if (scale < 1) {
    options[across > down ? "resizeWidth" : "resizeHeight"] = longest;
    options.resizeQuality = "high";
  }
  // Orientation is told of JPEGs alone.
  const frame = head.orientation ? await decodedInEighths(photo, head, Math.ceil(scale * 8)) : null;
  try {
    if (!frame) options.imageOrientation = "from-image";
    if (right - left === 1 && below - top === 1) return await createImageBitmap(frame || photo, options);
    const [wide, high] = frame ? sizeOf(frame) : [width, height];
    const part = [left * wide, top * high, (right - left) * wide, (below - top) * high].map(Math.round);
    return await createImageBitmap(frame || photo, ...part, options);
  } catch (error) {
    throw new Failure("unreadable", reasonOf(error));
  } finally {
    if (frame) frame.close();
  }
}

function sizeOf(bitmap) {
  return [bitmap.displayWidth || bitmap.width, bitmap.displayHeight || bitmap.height];
}

// Draws a picture, its longer side at most so long, into the module's room, with so many bytes behind
// it; says how wide and high it is there. In strips, so that the whole is held once, not thrice.
function drawn(bitmap, longest, extra) {
  const [wide, high] = sizeOf(bitmap);
  const scale = Math.min(1, longest / Math.max(wide, high));
  const [width, height] = [wide, high].map((side) => Math.max(1, Math.round(side * scale)));
  const strip = scale < 1 ? height : Math.min(height, STRIP);
  // Frames come one after the other, all of one size.
  if (!canvas || canvas.width !== width || canvas.height !== strip) canvas = new OffscreenCanvas(width, strip);
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white";
  const room = roomFor(width * height * 4 + extra.length);
  for (let y = 0; y < height; y += strip) {
    const rows = Math.min(strip, height - y);
    // What is transparent in a PNG is white on paper.
    context.fillRect(0, 0, width, rows);
    if (scale < 1) context.drawImage(bitmap, 0, 0, wide, high, 0, 0, width, height);
    else context.drawImage(bitmap, 0, y, wide, rows, 0, 0, wide, rows);
    room.set(context.getImageData(0, 0, width, rows).data, y * width * 4);
  }
  room.set(extra, width * height * 4);
  return [width, height];
}

// The pixels of a photo, or of a part, in the module's room, and behind them what is said of their size.
async function photoIn(photo, longest, part, saidOf) {
  const bitmap = await decoded(photo, longest, part);
  try {
    return drawn(bitmap, longest, saidOf ? saidOf(...sizeOf(bitmap)) : []);
  } finally {
    bitmap.close();
  }
}

// The part of a photo that the corners are in, with a little around.
function partOf(corners) {
  const range = (first) => {
    const places = [0, 2, 4, 6].map((i) => corners[first + i]);
    return [Math.max(0, Math.min(...places) - AROUND), Math.min(1, Math.max(...places) + AROUND)];
  };
  const [[left, right], [top, below]] = [range(0), range(1)];
  if (!(right > left && below > top)) throw new Failure("other", "the corners make no page");
  return [left, top, right, below];
}

// As a JPEG of at most so many bytes: first with less quality, then with fewer pixels.
async function encoded(drawing, most = MOST_BYTES) {
  let quality = 0.85;
  for (let turn = 0; turn < 10; turn += 1) {
    const page = await drawing.convertToBlob({ type: "image/jpeg", quality });
    if (page.size <= most) return { page, width: drawing.width, height: drawing.height };
    // Bytes fall about as steeply as quality does, from 0.85 to 0.5 by half.
    const share = most / page.size;
    if (quality > 0.5) {
      quality = Math.max(0.5, Math.min(quality - 0.05, quality - 0.7 * (1 - share)));
    } else {
      const scale = Math.min(0.95, Math.sqrt(share) * 0.97);
      const sides = [drawing.width, drawing.height].map((side) => Math.max(1, Math.round(side * scale)));
      const smaller = new OffscreenCanvas(...sides);
      const context = smaller.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(drawing, 0, 0, ...sides);
      [drawing.width, drawing.height] = [0, 0];
      drawing = smaller;
    }
  }
  throw new Failure("too_large", "the page cannot be made so small: " + most + " bytes");
}

const jobs = {
  frame({ bitmap }) {
    try {
      const [width, height] = drawn(bitmap, FRAME_SIDE, []);
      const seen = answerAt(wasm.frame(width, height));
      return {
        type: "outline", width, height, corners: seen.corners(), moved: seen.float(),
        steady: seen.number() === 1, sharp: seen.number() === 1, faults: seen.faults(),
      };
    } finally {
      bitmap.close();
    }
  },

  async look({ photo }) {
    const [width, height] = await photoIn(photo, PHOTO_SIDE);
    const seen = answerAt(wasm.look(width, height));
    return { type: "looked", width, height, corners: seen.corners(), turn: seen.number(), faults: seen.faults() };
  },

  async flatten({ photo, corners, turn, clean, most }) {
    const part = corners ? partOf(corners) : undefined;
    // The corners, the whole photo's size in pixels of the part, the part's place.
    const place = (across, down) => {
      const whole = [across / (part[2] - part[0]), down / (part[3] - part[1])];
      const numbers = [...corners, ...whole, part[0] * whole[0], part[1] * whole[1]];
      return new Uint8Array(Float32Array.from(numbers).buffer);
    };
    const [across, down] = await photoIn(photo, corners ? PHOTO_SIDE : PAGE_SIDE, part, corners && place);
    const flat = answerAt(wasm.flatten(across, down, turn, clean));
    const [width, height] = [flat.number(), flat.number()];
    const [faults, fingerprint] = [flat.faults(), hexOf(flat.bytes())];
    const page = new OffscreenCanvas(width, height);
    const pixels = new Uint8ClampedArray(wasm.memory.buffer, wasm.large(), width * height * 4);
    page.getContext("2d", { alpha: false }).putImageData(new ImageData(pixels, width, height), 0, 0);
    // The page is on the canvas: encoding needs no second copy of it.
    wasm = null;
    return { type: "flattened", ...(await encoded(page, most)), faults, fingerprint };
  },

  same({ fingerprints }) {
    const kept = fingerprints.map(bytesOf);
    const room = roomFor(kept.reduce((sum, bytes) => sum + bytes.length, 0));
    kept.reduce((at, bytes) => (room.set(bytes, at), at + bytes.length), 0);
    const answer = answerAt(wasm.same());
    return { type: "same", pairs: Array.from({ length: answer.length / 8 }, () => [answer.number(), answer.number()]) };
  },

  async bind({ pages, title }) {
    const all = pages.reduce((sum, page) => sum + page.size, 0);
    if (all > MOST_PDF) throw new Failure("too_large", "the pages have " + all + " bytes");
    const name = new TextEncoder().encode(title);
    roomFor(name.length).set(name);
    answerAt(wasm.bind_begin(all));
    for (const page of pages) {
      const bytes = new Uint8Array(await page.arrayBuffer());
      roomFor(bytes.length).set(bytes);
      answerAt(wasm.bind_page());
    }
    const length = answerAt(wasm.bind_end()).number();
    const file = new Uint8Array(wasm.memory.buffer, wasm.large(), length);
    return { type: "bound", file: new Blob([file], { type: "application/pdf" }) };
  },

  async reduce({ photo, edge, most }) {
    const bitmap = await decoded(photo, edge);
    const [wide, high] = sizeOf(bitmap);
    const scale = Math.min(1, edge / Math.max(wide, high));
    const sides = [wide, high].map((side) => Math.max(1, Math.round(side * scale)));
    const page = new OffscreenCanvas(...sides);
    const context = page.getContext("2d", { alpha: false });
    context.imageSmoothingQuality = "high";
    context.fillStyle = "white";
    context.fillRect(0, 0, ...sides);
    context.drawImage(bitmap, 0, 0, ...sides);
    bitmap.close();
    return { type: "reduced", ...(await encoded(page, most)) };
  },
};

function reasonOf(error) {
  return String((error && error.message) || error);
}

async function answer(message) {
  const { id, type } = message;
  try {
    if (!Object.prototype.hasOwnProperty.call(jobs, type)) throw new TypeError("unknown message");
    if (!wasm) await begin();
    postMessage({ ...(await jobs[type](message)), id });
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError;
    if (trapped) wasm = null;
    postMessage({ type: "failed", id, reason: reasonOf(error), kind: trapped ? "trapped" : error.kind || "other" });
  }
  if (wasm && wasm.memory.buffer.byteLength > KEPT_MEMORY) wasm = null;
}

// One message after the other, the first one after the module is up.
let turn = begin().then(
  () => postMessage({ type: "ready" }),
  (error) => postMessage({ type: "failed", id: null, reason: reasonOf(error), kind: "other" }),
);
onmessage = ({ data }) => {
  turn = turn.then(() => answer(data));
};
