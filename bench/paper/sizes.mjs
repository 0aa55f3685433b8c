// What a phone must download before each engine's first use.

import { join } from 'node:path';
import { compressed, modules } from '../download.mjs';

const files = {
  jscanify: ['jscanify/src/jscanify.js', 'jscanify/src/opencv.js'],
  scanic: ['scanic/dist/scanic.js'],
  'browser-image-compression': ['browser-image-compression/dist/browser-image-compression.mjs'],
  compressorjs: ['compressorjs/dist/compressor.esm.js'],
};

/** Bytes of an engine. */
export function sizeOf(name, ours) {
  const paths = name.startsWith('motcua')
    ? ['motcua-paper-worker_bg.wasm', 'paper.js'].map((file) => join(ours, file))
    : files[name].map((file) => join(modules, file));
  return paths.reduce((sum, path) => sum + compressed(path), 0);
}
