// Fetches the parts of the app. `cargo xtask dist` fills in the lines in capitals, for one build; the
// app's first wasm calls the functions at the end. Must not know what is in a part.

import { initSync } from "MAIN";

// What the parts use of the first one: its memory, its stack, its table of functions.
const given = GIVEN;

let here;
function imports() {
  if (!here) {
    const main = initSync();
    here = { __wasm_split: Object.fromEntries(given.map((name) => [name, main[name]])) };
  }
  return here;
}

async function bytesOf({ file, integrity }) {
  const answer = await fetch(new URL(file, import.meta.url), { integrity, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${file} answered ${answer.status}`);
  return answer.arrayBuffer();
}

// A failure is not kept: whoever asks again gets a new attempt.
function once(work) {
  let running;
  return () => {
    running = running ?? work().catch((reason) => {
      running = undefined;
      throw reason;
    });
    return running;
  };
}

// What several parts need: small modules, one after the other in a file.
const fetchPack = (named) => once(async () => {
  const bytes = await bytesOf(named);
  let end = 0;
  const pieces = named.lengths.map((length) => bytes.slice(end, (end += length)));
  const modules = await Promise.all(pieces.map((piece) => WebAssembly.compile(piece)));
  for (const module of modules) await WebAssembly.instantiate(module, imports());
});
const packs = PACKS.map(fetchPack);

function part(named) {
  const come = once(async () => {
    const needed = named.packs.map((at) => packs[at]());
    const [bytes] = await Promise.all([bytesOf(named), ...needed]);
    await WebAssembly.instantiate(bytes, imports());
  });
  return async (callback, data) => {
    let came = true;
    try {
      await come();
    } catch (reason) {
      console.error("motcua: a part of the app did not come:", reason);
      came = false;
    }
    imports().__wasm_split.__indirect_function_table.get(callback)(data, came);
  };
}

