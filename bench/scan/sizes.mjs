// What a phone must download for each engine: its scripts and its wasm.

import { join } from 'node:path';
import { compressed, modules } from '../download.mjs';

const files = {
  jsqr: ['jsqr/dist/jsQR.js'],
  'qr-scanner': ['qr-scanner/qr-scanner.min.js', 'qr-scanner/qr-scanner-worker.min.js'],
  'zxing-js': ['@zxing/library/umd/index.min.js'],
  'zxing-wasm': ['zxing-wasm/dist/iife/reader/index.js', 'zxing-wasm/dist/reader/zxing_reader.wasm'],
  'zbar-wasm': ['@undecaf/zbar-wasm/dist/index.mjs', '@undecaf/zbar-wasm/dist/zbar.wasm'],
};

/** Bytes by kind. */
export function sizeOf(name, ours) {
  const paths = name.startsWith('motcua')
    ? ['motcua-workers_bg.wasm', 'qr.js'].map((file) => join(ours, file))
    : files[name].map((file) => join(modules, file));
  const size = { wasm: 0, js: 0 };
  for (const path of paths) size[path.endsWith('.wasm') ? 'wasm' : 'js'] += compressed(path);
  return { ...size, all: size.wasm + size.js };
}
