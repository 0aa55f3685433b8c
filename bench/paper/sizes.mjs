// What a phone must download before each engine's first use: scripts minified, wasm, by brotli 11.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
const files = {
  jscanify: ['jscanify/src/jscanify.js', 'jscanify/src/opencv.js'],
  scanic: ['scanic/dist/scanic.js'],
  'browser-image-compression': ['browser-image-compression/dist/browser-image-compression.mjs'],
  compressorjs: ['compressorjs/dist/compressor.esm.js'],
};

function compressed(path) {
  const bytes = readFileSync(path);
  const least = /\.m?js$/.test(path) ? Buffer.from(transformSync(bytes.toString(), { minify: true }).code) : bytes;
  return brotliCompressSync(least, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
}

/** Bytes of an engine. */
export function sizeOf(name, ours) {
  const paths = name.startsWith('motcua')
    ? ['motcua-paper-worker_bg.wasm', 'paper.js'].map((file) => join(ours, file))
    : files[name].map((file) => join(modules, file));
  return paths.reduce((sum, path) => sum + compressed(path), 0);
}
