// Measures our search (wasm) beside its peers over one catalogue document, in one process, taking
// turns. Arguments: --document FILE --engine FOLDER --out FILE and query files. Prints a table; the
// peers' configurations are chosen on the first file of queries, and only there.

import { transformSync } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { configurations, fold } from './peers.mjs';
import { typing } from './typing.mjs';

const { values: given, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    document: { type: 'string' },
    engine: { type: 'string' },
    bytes: { type: 'string' },
    choose: { type: 'string' },
    out: { type: 'string' },
  },
});
const ROUNDS = 7;
/** An engine that takes longer than this for a file of queries, in ms, is asked less often. */
const PATIENCE = 1500;
const LIMIT = 10;
/** A cheap phone against the machine that this runs on. */
const SLOWDOWN = 4;

const text = readFileSync(given.document, 'utf8');
const document = JSON.parse(text);
const rowsOf = (procedures, phrases) =>
  procedures.map((procedure) => ({
    code: procedure.code,
    name: procedure.name.vi,
    short_name: (procedure.short_name ?? procedure.name).vi,
    keywords: [
      ...(procedure.keywords ?? []),
      ...phrases.filter((phrase) => phrase.codes.includes(procedure.code)).flatMap((phrase) => phrase.say),
    ],
  }));
const stopWords = document.words.stop_words;

function readQueries(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([query, codes]) => ({ query, codes: codes.trim().split('|') }));
}

function quality(find, queries, prepare) {
  let first = 0;
  let five = 0;
  for (const { query, codes } of queries) {
    const place = find(prepare(query), LIMIT).findIndex((code) => codes.includes(code));
    first += place === 0;
    five += place >= 0 && place < 5;
  }
  return { top1: (100 * first) / queries.length, top5: (100 * five) / queries.length };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const asWritten = (query) => query;

/** The configuration of each peer that answers the choosing queries best. */
function bestPeers(rows, queries) {
  const best = new Map();
  for (const { peer, set, make } of configurations(rows, stopWords)) {
    const find = make();
    const written = quality(find, queries, asWritten);
    const bare = quality(find, queries, fold);
    const score = written.top1 + written.top5 + bare.top1 + bare.top5;
    if (score > (best.get(peer)?.score ?? -1)) best.set(peer, { score, set, make });
  }
  return best;
}

const size = (...bytes) => brotliCompressSync(Buffer.concat(bytes)).length;
const nodeModule = (name) => readFileSync(new URL(`../node_modules/${name}`, import.meta.url));
const version = (name) => JSON.parse(nodeModule(`${name}/package.json`)).version;
const peerBytes = {
  'fuse.js': size(nodeModule('fuse.js/dist/fuse.min.mjs')),
  // Published unminified; bundlers would do what we do here.
  minisearch: size(Buffer.from(transformSync(String(nodeModule('minisearch/dist/es/index.js')), { minify: true }).code)),
  flexsearch: size(nodeModule('flexsearch/dist/flexsearch.bundle.module.min.mjs')),
};

const choosing = readQueries(given.choose ?? files[0]);
const { Engine, initSync } = await import(pathToFileURL(path.resolve(given.engine, 'search.js')));
initSync({ module: readFileSync(path.join(given.engine, 'search_bg.wasm')) });
const begun = performance.now();
const engine = new Engine(text);
const built = performance.now() - begun;
const contestants = [
  { name: 'Một Cửa (wasm)', bytes: Number(given.bytes), find: (query, limit) => engine.find(query, limit) },
];
const plain = rowsOf(document.procedures, []);
const helped = rowsOf(document.procedures, document.words.phrases);
const chosen = bestPeers(plain, choosing);
for (const [label, rows] of [['', plain], [' + our words', helped]]) {
  for (const [peer, { set }] of chosen) {
    const same = (other) => other.peer === peer && JSON.stringify(other.set) === JSON.stringify(set);
    const find = configurations(rows, stopWords).find(same).make();
    contestants.push({ name: `${peer} ${version(peer)}${label}`, set, bytes: peerBytes[peer], find });
  }
}

const results = [];
for (const file of files) {
  const queries = readQueries(file);
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, find } of contestants) {
      if (times.get(name)[0] * queries.length > PATIENCE) continue;
      const from = performance.now();
      for (const { query } of queries) find(query, LIMIT);
      times.get(name).push((performance.now() - from) / queries.length);
    }
  }
  const rows = contestants.map(({ name, set, bytes, find }) => ({
    engine: name,
    bytes,
    written: quality(find, queries, asWritten),
    bare: quality(find, queries, fold),
    ms: median(times.get(name)),
    set,
  }));
  results.push({ file: path.basename(file), queries: queries.length, rows });
}

const percent = (number) => number.toFixed(1).padStart(5);
const lines = [];
for (const { file, queries, rows } of results) {
  lines.push(`\n${file}: ${queries} queries, ${document.procedures.length} procedures\n`);
  lines.push('| engine | bytes (br) | top-1 | top-5 | top-1 no marks | top-5 no marks | ms a query |');
  lines.push('|---|---:|---:|---:|---:|---:|---:|');
  for (const row of rows) {
    const cells = [row.written.top1, row.written.top5, row.bare.top1, row.bare.top5].map(percent);
    lines.push(`| ${row.engine} | ${row.bytes} | ${cells.join(' | ')} | ${row.ms.toFixed(3)} |`);
  }
  const peers = rows.slice(1).filter((row) => !row.engine.endsWith('words'));
  const ratio = (pick) => (pick(rows[0]) / Math.max(...peers.map(pick))).toFixed(2);
  const against = [
    `top-1 ${ratio((row) => row.written.top1)}`,
    `top-5 ${ratio((row) => row.written.top5)}`,
    `top-1 without marks ${ratio((row) => row.bare.top1)}`,
    `top-5 without marks ${ratio((row) => row.bare.top5)}`,
  ];
  lines.push(`\nAgainst the best peer with the same fields: ${against.join(', ')} times.`);
}
lines.push(`\nIndex built in ${built.toFixed(1)} ms (reading the document included).`);
const typed = await typing(given.engine, text, choosing.map(({ query }) => query), SLOWDOWN);
lines.push(
  typed
    ? `Chromium, processor slowed down ${SLOWDOWN} times: built in ${typed.built.toFixed(0)} ms; of ${typed.keystrokes} ` +
        `keystrokes the median took ${typed.median.toFixed(1)} ms, 99 % at most ${typed.slow.toFixed(1)} ms, ` +
        `the slowest ${typed.worst.toFixed(1)} ms.`
    : 'No Chromium here: keystrokes in a browser were not measured.',
);
lines.push(`Node ${process.version}, ${cpus()[0].model}.`);
console.log(lines.join('\n'));
if (given.out) {
  const report = { node: process.version, cpu: cpus()[0].model, built_ms: built, typed, results };
  writeFileSync(given.out, `${JSON.stringify(report, null, 2)}\n`);
}
