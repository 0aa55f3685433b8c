// The peers, each over the same fields as ours (code, what people call it, official name, keywords)
// and in the configuration that did best on the dev queries of those listed here. Knows nothing of
// files or timing.

import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import FlexSearch from 'flexsearch';

/** Lower case, without marks. */
export function fold(text) {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

const FIELDS = ['short_name', 'keywords', 'name', 'code'];
const words = (text) => text.split(/[^\p{L}\p{N}.]+/u).filter(Boolean);
const codesOf = (hits) => hits.map((hit) => hit.code);

function fuse(rows, { threshold, tokens, folded }) {
  const prepare = folded ? fold : (text) => text;
  const options = {
    keys: [
      { name: 'short_name', weight: 2 },
      { name: 'keywords', weight: 2 },
      { name: 'name', weight: 1 },
      { name: 'code', weight: 1 },
    ],
    threshold,
    ignoreLocation: true,
    ignoreDiacritics: true,
    useTokenSearch: tokens,
  };
  const engine = new Fuse(
    rows.map((row) => ({
      code: row.code,
      short_name: prepare(row.short_name),
      name: prepare(row.name),
      keywords: row.keywords.map(prepare),
    })),
    options,
  );
  return (query, limit) => codesOf(engine.search(prepare(query), { limit }).map((hit) => hit.item));
}

function minisearch(rows, stopWords, { fuzzy, prefix, stop }) {
  const stops = new Set(stop ? stopWords.map(fold) : []);
  const engine = new MiniSearch({
    idField: 'code',
    fields: FIELDS,
    tokenize: words,
    processTerm: (term) => {
      const folded = fold(term);
      return stops.has(folded) ? null : folded;
    },
    searchOptions: { boost: { short_name: 2, keywords: 2, code: 4 }, fuzzy, prefix },
  });
  engine.addAll(rows.map((row) => ({ ...row, keywords: row.keywords.join('\n') })));
  return (query, limit) => engine.search(query).slice(0, limit).map((hit) => hit.id);
}

function flexsearch(rows, { tokenize, resolution, one }) {
  const encode = (text) => words(fold(text));
  if (one) {
    const engine = new FlexSearch.Index({ tokenize, encode, resolution });
    rows.forEach((row, place) => engine.add(place, [row.short_name, ...row.keywords, row.name, row.code].join(' ')));
    return (query, limit) => engine.search(query, { limit, suggest: true }).map((place) => rows[place].code);
  }
  const engine = new FlexSearch.Document({
    document: { id: 'code', index: FIELDS },
    tokenize,
    encode,
    resolution,
  });
  for (const row of rows) engine.add({ ...row, keywords: row.keywords.join(' ') });
  return (query, limit) =>
    engine.search(query, { limit, suggest: true, merge: true }).slice(0, limit).map((hit) => hit.id);
}

/** Every configuration that was tried: name of the peer, what is set, how to make it. */
export function configurations(rows, stopWords) {
  const all = [];
  for (const tokens of [false, true]) {
    for (const threshold of [0.2, 0.3, 0.4, 0.5]) {
      for (const folded of [false, true]) {
        const set = { threshold, tokens, folded };
        all.push({ peer: 'fuse.js', set, make: () => fuse(rows, set) });
      }
    }
  }
  for (const fuzzy of [false, 0.2]) {
    for (const prefix of [false, true]) {
      for (const stop of [false, true]) {
        const set = { fuzzy, prefix, stop };
        all.push({ peer: 'minisearch', set, make: () => minisearch(rows, stopWords, set) });
      }
    }
  }
  for (const tokenize of ['strict', 'forward', 'full']) {
    for (const one of [false, true]) {
      const set = { tokenize, resolution: 9, one };
      all.push({ peer: 'flexsearch', set, make: () => flexsearch(rows, set) });
    }
  }
  return all;
}
