// The QR worker: loads its wasm module (crates/workers), says "ready", answers one picture at a time.
//   in   {type:"decode", id, width, height, pixels: ArrayBuffer of RGBA}
//        {type:"frame", id, bitmap: ImageBitmap}   a camera's frame, given away
//        {type:"decode-picture", id, blob: Blob}   a picture file of any size
//   out  {type:"ready"} · {type:"decoded", id, texts} · {type:"failed", id, reason}
// A classic worker. When the wasm traps, the answer is "failed" and a fresh instance takes over.
"use strict";

const GLUE = "./motcua-workers.js";
const WASM = "./motcua-workers_bg.wasm";
let compiled = null;
let reader = null;
let traps = 0;

async function begin() {
  if (!compiled) {
    const answer = await fetch(new URL(WASM, self.location.href));
    if (!answer.ok) throw new Error("the QR reader could not be fetched: " + answer.status);
    compiled = await WebAssembly.compile(await answer.arrayBuffer());
  }
  // The glue holds one instance for ever; another address gives another glue.
  const glue = await import(traps ? GLUE + "?" + traps : GLUE);
  await glue.default({ module_or_path: compiled });
  reader = glue;
}

function reasonOf(error) {
  return String((error && error.message) || error);
}

// A picture's pixels, its longest side at most so long.
function pixelsOf(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

async function answer({ type, id, width, height, pixels, bitmap, blob }) {
  try {
    if (!reader) await begin();
    let picture = { width, height, data: pixels };
    if (type === "frame") picture = pixelsOf(bitmap, 1280);
    else if (type === "decode-picture") picture = pixelsOf(await createImageBitmap(blob), 1600);
    else if (type !== "decode") throw new TypeError("unknown message");
    const bytes = new Uint8Array(picture.data.buffer ?? picture.data);
    postMessage({ type: "decoded", id, texts: reader.decode(picture.width, picture.height, bytes) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      traps += 1;
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
