// What a phone must download: scripts minified, wasm as it is, by brotli 11.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';

/** Where the peers are. */
export const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');

/** Bytes of a file on its way. */
export function compressed(path) {
  const bytes = readFileSync(path);
  const least = /\.m?js$/.test(path) ? Buffer.from(transformSync(bytes.toString(), { minify: true }).code) : bytes;
  return brotliCompressSync(least, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
}
