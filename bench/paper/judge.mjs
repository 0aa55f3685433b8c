// What came out beside what is true: corner errors, the table's rows, the goals. Knows nothing of
// browsers or engines.

/** A corner may be off by so much, in shares of the picture's diagonal. */
export const OFF = 0.015;

/** The farthest a corner is off in shares of the diagonal, whichever corner is named first. */
export function errorOf(truth, found, { width, height }) {
  if (!found || found.some((value) => !Number.isFinite(value))) return Infinity;
  const far = (i, j) => Math.hypot((truth[2 * i] - found[2 * j]) * width, (truth[2 * i + 1] - found[2 * j + 1]) * height);
  const worst = (first, way) => Math.max(...[0, 1, 2, 3].map((i) => far(i, (first + way * i + 4) % 4)));
  return Math.min(...[0, 1, 2, 3].flatMap((first) => [worst(first, 1), worst(first, -1)])) / Math.hypot(width, height);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : NaN;
}

/** One finder over the pictures of one set. */
export function sum(name, rows) {
  const mine = rows.map((row) => ({ ...row.results[name], error: errorOf(row.truth, row.results[name].value, row) }));
  const off = mine.map(({ error }) => error);
  return {
    all: rows.length,
    right: off.filter((error) => error <= OFF).length,
    median: median(off.filter(Number.isFinite)),
    nothing: off.filter((error) => error === Infinity).length,
    ms: median(mine.map(({ ms }) => ms)),
    gap: Math.max(...mine.map(({ gap }) => gap)),
    task: Math.max(...mine.map(({ task }) => task)),
    missed: rows.filter((_, i) => off[i] > OFF).map((row) => row.picture),
  };
}

const percent = (share) => (Number.isFinite(share) ? `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %` : '–');
const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const long = (task) => (task === 0 ? 'below 50 ms' : `${Math.round(task)} ms`);
const whole = (number) => (Number.isFinite(number) ? String(Math.round(number)) : '–');

export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function findersTable(names, sets, sizes) {
  const heads = ['finder', ...Object.keys(sets), 'median error (hard)', 'nothing found (hard)', 'ms (median)', 'longest task', 'download'];
  return table(heads, names.map((name) => [
    name, ...Object.values(sets).map((set) => `${set[name].right} of ${set[name].all}`),
    percent(sets.hard[name].median), sets.hard[name].nothing, whole(sets.hard[name].ms), long(sets.hard[name].task), kilo(sizes[name]),
  ]));
}

export function kindsTable(names, kinds, rows) {
  return table(['kind', ...names], kinds.map((kind) => {
    const of = rows.filter((row) => row.kind === kind);
    return [kind, ...names.map((name) => `${sum(name, of).right} of ${of.length}`)];
  }));
}

export function makersTable(makers, sizes) {
  const heads = ['maker', 'ms (median)', 'longest task', 'bytes (median, most)', 'words read', 'EXIF left', 'memory grown by', 'at 48 MP', 'download'];
  return table(heads, Object.entries(makers).map(([name, made]) => [
    name, whole(median(made.files.map(({ ms }) => ms))), long(Math.max(...made.files.map(({ task }) => task))),
    `${kilo(median(made.files.map(({ bytes }) => bytes)))}, ${kilo(Math.max(...made.files.map(({ bytes }) => bytes)))}`,
    made.read === undefined ? '–' : percent(made.read), made.files.filter(({ notes }) => notes.length).length,
    `${whole(made.memory)} MB`, `${whole(made.memory48)} MB`, sizes[name] ? kilo(sizes[name]) : '–',
  ]));
}

/** The goals of ours: what each says, and whether it is met. */
export function goals(sets, makers, sizes) {
  const ours = (set) => sets[set].motcua;
  const page = makers?.['motcua page'];
  return [
    ['every easy paper is found', ours('easy').right === ours('easy').all],
    ['three of four hard papers are found', ours('hard').right * 4 >= ours('hard').all * 3],
    ['at most 60 kB are downloaded before the first use', sizes.motcua <= 60_000],
    ['a paper is found in no more than jscanify\'s time', ours('hard').ms <= (sets.hard.jscanify?.ms ?? Infinity)],
    ['no task of the page takes 50 ms', Math.max(ours('hard').task, ours('easy').task, ...(page?.files ?? []).map(({ task }) => task)) <= 50],
    ...(page ? [['a 12-megapixel photo becomes a page of at most 600 kB', page.files.every(({ bytes }) => bytes <= 600_000)],
      ['nothing of the camera is left in it', page.files.every(({ notes }) => notes.length === 0)]] : []),
  ].map(([goal, met]) => ({ goal, met }));
}
