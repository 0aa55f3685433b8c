// The page of the scan benchmark: decodes a picture once, hands a copy of the same pixels to each
// engine's worker in turn, and times from message to answer. Must not judge what was read.

const PATIENCE_MS = 30_000;
const running = new Map();

/** Ours speaks its product's protocol; the peers speak engine.js's. */
function start(name) {
  const quick = name === "motcua quick";
  const ours = name.startsWith("motcua");
  const worker = ours ? new Worker("/workers/qr.js") : new Worker("/engine.js?" + encodeURIComponent(name));
  const engine = { worker, ours, quick, answered: null };
  const ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.ready || data.type === "ready") resolve(engine);
      else if (data.failed || (data.type === "failed" && data.id === null)) reject(new Error(data.failed || data.reason));
      else if (engine.answered) engine.answered(data);
    };
    worker.onerror = (event) => (engine.answered || reject)({ error: event.message });
  });
  running.set(name, ready);
  return ready;
}

async function ask(name, { width, height, data }) {
  const engine = await (running.get(name) || start(name));
  const pixels = data.slice().buffer;
  const message = { id: 1, width, height, pixels };
  if (engine.ours) Object.assign(message, { type: "decode", mode: engine.quick ? "quick" : "thorough" });
  const begun = performance.now();
  const answer = await new Promise((resolve) => {
    engine.answered = resolve;
    setTimeout(resolve, PATIENCE_MS, { error: "no answer in time", late: true });
    engine.worker.postMessage(message, [pixels]);
  });
  const ms = performance.now() - begun;
  const error = answer.error || answer.reason;
  if (error) {
    // A fresh instance for the next picture, whatever state this one is in.
    engine.worker.terminate();
    running.delete(name);
    await start(name);
  }
  return { texts: answer.texts || [], ms, error };
}

async function pixelsOf(url, side) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((length) => Math.max(1, Math.round(length * scale)));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** A camera's frame of a desk with a printed page and no code: shaded, noisy, always the same. */
function emptyFrame() {
  const [width, height] = [1280, 720];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  let seed = 20261123;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const light = context.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, "#8a7458");
  light.addColorStop(1, "#4d3f30");
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  context.rotate(0.06);
  context.fillStyle = "#d9d6cc";
  context.fillRect(330, 20, 560, 640);
  context.fillStyle = "#33312d";
  for (let y = 60; y < 620; y += 22) {
    for (let x = 370; x < 820; ) {
      const word = 12 + random() * 60;
      for (let letter = x; letter < x + word; letter += 7) context.fillRect(letter, y + random() * 3, 2 + random() * 3, 8 + random() * 4);
      x += word + 9;
    }
  }
  const picture = context.getImageData(0, 0, width, height);
  for (let i = 0; i < picture.data.length; i += 4) {
    const noise = (random() + random() - 1) * 14;
    for (let k = 0; k < 3; k += 1) picture.data[i + k] += noise;
  }
  return picture;
}

window.bench = {
  start: async (names) => Promise.all(names.map(start)).then(() => true),
  picture: async (names, url, side) => {
    const picture = await pixelsOf(url, side);
    const results = {};
    for (const name of names) results[name] = await ask(name, picture);
    return { width: picture.width, height: picture.height, results };
  },
  empty: async (names, times) => {
    const picture = emptyFrame();
    const results = Object.fromEntries(names.map((name) => [name, []]));
    for (let turn = 0; turn < times; turn += 1) {
      for (const name of names) results[name].push(await ask(name, picture));
    }
    return results;
  },
};
