// The QR worker: loads its wasm module (crates/workers), says "ready", answers one picture at a time.
//   in   {type:"decode", id, width, height, pixels: ArrayBuffer of RGBA}
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

async function answer({ type, id, width, height, pixels }) {
  try {
    if (type !== "decode") throw new TypeError("unknown message");
    if (!reader) await begin();
    postMessage({ type: "decoded", id, texts: reader.decode(width, height, new Uint8Array(pixels)) });
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
