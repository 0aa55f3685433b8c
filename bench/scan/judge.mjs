// Judging what the engines read, and the table of it. With a truth a text is right or wrong; without
// one it counts when two engine families agree. A text against the truth that another family reads
// word for word is no wrong read but speaks against the truth: it counts by itself, for every engine
// alike. Must not know how engines are run.

// Engines with the same decoder inside agree for nothing.
const families = { 'motcua quick': 'motcua', 'qr-scanner': 'jsqr' };

function plain(text) {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : NaN;
}

/**
 * right, wrong, missed, quiet (nothing on a negative), false (something on one), confirmed, alone, and
 * disputed: wrong or false by the truth, but another family reads the same text.
 */
function verdict(name, row) {
  const texts = row.results[name].texts.map(plain);
  const family = families[name] ?? name;
  const others = Object.entries(row.results).filter(([other]) => (families[other] ?? other) !== family);
  const said = others.flatMap(([, result]) => result.texts.map(plain));
  const agreed = texts.length > 0 && texts.every((text) => said.includes(text));
  if (row.truth !== undefined && plain(row.truth) === '') return !texts.length ? 'quiet' : agreed ? 'disputed' : 'false';
  if (!texts.length) return 'missed';
  if (row.truth !== undefined) return texts.includes(plain(row.truth)) ? 'right' : agreed ? 'disputed' : 'wrong';
  return texts.some((text) => said.includes(text)) ? 'confirmed' : 'alone';
}

/** The figures of each engine, in all and by folder, and what each made of each picture. */
export function judge(names, rows, empty, sizes) {
  const good = rows.filter((row) => row.results);
  const engines = names.map((name) => {
    const counts = {};
    const folders = {};
    for (const row of good) {
      const said = verdict(name, row);
      counts[said] = (counts[said] ?? 0) + 1;
      const folder = (folders[row.folder] ??= { pictures: 0, ok: 0 });
      folder.pictures += 1;
      if (['right', 'confirmed', 'quiet'].includes(said)) folder.ok += 1;
    }
    const answered = good.map((row) => row.results[name]);
    return { name, size: sizes[name], read: (counts.right ?? 0) + (counts.confirmed ?? 0), ...counts, folders,
      traps: answered.filter((result) => result.error).length,
      medianMs: median(answered.map((result) => result.ms)),
      meanMs: answered.reduce((sum, result) => sum + result.ms, 0) / answered.length,
      mostMs: Math.max(...answered.map((result) => result.ms)),
      emptyMs: median(empty[name].map((result) => result.ms)), emptyRuns: empty[name].length };
  });
  const details = rows.map((row) => ({ folder: row.folder, picture: row.picture, unreadable: row.unreadable,
    verdicts: row.results && Object.fromEntries(names.map((name) => [name, verdict(name, row)])),
    errors: row.results && Object.fromEntries(names.filter((name) => row.results[name].error).map((name) => [name, row.results[name].error])) }));
  const withCode = good.filter((row) => row.truth === undefined || plain(row.truth) !== '').length;
  return { unreadable: rows.length - good.length, withCode, negatives: good.length - withCode, engines, details };
}

function lines(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) => '| ' + row.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ') + ' |';
  return [line(rows[0]), '|' + widths.map((width) => '-'.repeat(width + 2)).join('|') + '|', ...rows.slice(1).map(line)].join('\n');
}

/** Two tables in Markdown: the engines, and their rates by folder. */
export function tableOf(report) {
  const { engines } = report;
  const kilo = (bytes) => (bytes / 1000).toFixed(1);
  const ms = (value) => value.toFixed(1);
  const first = [['engine', 'kB (wasm + js)', `read of ${report.withCode}`, 'wrong', 'unconfirmed', `read on ${report.negatives} negatives`, 'against the truth, agreed', 'traps', 'median ms', 'mean ms', 'empty 1280×720 ms'],
    ...engines.map((one) => [one.name, `${kilo(one.size.all)} (${kilo(one.size.wasm)} + ${kilo(one.size.js)})`, one.read,
      one.wrong ?? 0, one.alone ?? 0, one.false ?? 0, one.disputed ?? 0, one.traps, ms(one.medianMs), ms(one.meanMs), ms(one.emptyMs)])];
  const folders = Object.keys(engines[0].folders);
  const second = [['folder', 'pictures', ...engines.map((one) => one.name)],
    ...folders.map((folder) => [folder, engines[0].folders[folder].pictures, ...engines.map((one) => one.folders[folder].ok)])];
  return `${report.pictures} pictures, long side at most ${report.side}, ${report.date}, Chromium ${report.browser}; bytes by brotli 11\n\n`
    + `${lines(first)}\n\n${report.mended.map((one) => `Truth mended: ${one.picture}. ${one.why}\n\n`).join('')}As it should be, by folder (read, or nothing read on a negative):\n\n${lines(second)}`;
}
