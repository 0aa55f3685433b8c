// Folders for what a test makes on the side; gone when its process ends.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `motcua-${name}-`));
  folders.push(folder);
  return folder;
}
