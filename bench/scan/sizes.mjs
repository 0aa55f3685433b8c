// What a phone must download for each engine: its scripts minified, its wasm, both by brotli 11.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
const files = {
  jsqr: ['jsqr/dist/jsQR.js'],
  'qr-scanner': ['qr-scanner/qr-scanner.min.js', 'qr-scanner/qr-scanner-worker.min.js'],
  'zxing-js': ['@zxing/library/umd/index.min.js'],
  'zxing-wasm': ['zxing-wasm/dist/iife/reader/index.js', 'zxing-wasm/dist/reader/zxing_reader.wasm'],
  'zbar-wasm': ['@undecaf/zbar-wasm/dist/index.mjs', '@undecaf/zbar-wasm/dist/zbar.wasm'],
};

function compressed(path) {
  const bytes = readFileSync(path);
  const least = /\.m?js$/.test(path) ? Buffer.from(transformSync(bytes.toString(), { minify: true }).code) : bytes;
  return brotliCompressSync(least, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
}

/** Bytes by kind. */
export function sizeOf(name, ours) {
  const paths = name.startsWith('motcua')
    ? ['motcua-workers_bg.wasm', 'qr.js'].map((file) => join(ours, file))
    : files[name].map((file) => join(modules, file));
  const size = { wasm: 0, js: 0 };
  for (const path of paths) size[path.endsWith('.wasm') ? 'wasm' : 'js'] += compressed(path);
  return { ...size, all: size.wasm + size.js };
}
