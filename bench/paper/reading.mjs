// How much of a paper's words Tesseract reads in a picture of it. Says nothing where there is no
// Tesseract with Vietnamese.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether it can read Vietnamese here. */
export function canRead() {
  try {
    return execFileSync('tesseract', ['--list-langs'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split('\n').includes('vie');
  } catch {
    return false;
  }
}

const wordsOf = (text) => text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The share of the words that are read, each as often as it is there. */
export function readShare(jpeg, lines) {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-read-'));
  try {
    const file = join(folder, 'page.jpg');
    writeFileSync(file, jpeg);
    const text = execFileSync('tesseract', [file, '-', '-l', 'vie', '--psm', '3'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const left = new Map();
    for (const word of wordsOf(text)) left.set(word, (left.get(word) ?? 0) + 1);
    const words = wordsOf(lines.join(' '));
    const read = words.filter((word) => left.get(word) > 0 && left.set(word, left.get(word) - 1));
    return read.length / words.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
