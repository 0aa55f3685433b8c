// Photos of papers through the paper worker, as the product serves it: large ones, ones on their side,
// ones that are none; what leaves it has no word of the camera or the place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setUp } from '../stage/paper_photos.mjs';
import { browser, onStage, stage } from '../stage/setting.mjs';

let page;
onStage(async () => {
  page = await browser.newPage({ serviceWorkers: 'block' });
  await page.goto(stage.origin);
  await page.evaluate(setUp, '/workers/paper.js');
});

/** The farthest a coordinate is from the truth, as a share of the side. */
const off = (found, truth) => Math.max(...found.map((value, i) => Math.abs(value - truth[i])));

/** Looks at a photo and flattens it as the app does; what a page may hand out of the browser. */
const through = (how) => page.evaluate(async (how) => {
  const { blob, corners: truth } = await paper.photo(how);
  const before = await paper.segments(blob);
  const looked = await paper.ask({ type: 'look', photo: blob });
  const flat = await paper.ask({
    type: 'flatten', photo: blob, corners: looked.corners, turn: looked.turn ?? 0, clean: true, most: 600_000,
  });
  const after = flat.page && await paper.segments(flat.page);
  return { truth, before, looked, flat, after, bytes: flat.page?.size };
}, how);

for (const [name, how] of [
  ['12 megapixels', { width: 3000, height: 4000 }],
  ['12 megapixels, stored on its side', { width: 3000, height: 4000, orientation: 6, degrees: -7 }],
  ['12 megapixels, stored on its head', { width: 3000, height: 4000, orientation: 3 }],
  ['48 megapixels', { width: 6000, height: 8000 }],
  ['48 megapixels, stored on its other side', { width: 6000, height: 8000, orientation: 8, degrees: 2 }],
]) {
  test(`a photo of ${name} becomes a page of at most 600 kB without EXIF`, async () => {
    const { truth, before: noted, looked, flat, after: left, bytes } = await through(how);
    assert.deepEqual(noted.notes, ['Exif', 'MotCuaPhone'], 'the photo was made with notes');
    assert.deepEqual([looked.type, looked.width, looked.height, looked.turn], ['looked', 1950, 2600, 0]);
    assert.ok(off(looked.corners, truth) < 0.002, `${looked.corners} ${truth}`);
    assert.deepEqual([looked.faults, flat.faults], [[], []]);
    assert.ok(bytes > 50_000 && bytes <= 600_000, `${bytes} bytes`);
    // 200 dots an inch, or nearly: the part of the photo that a turned page is in has 2600 pixels.
    assert.ok(flat.height > 2280 && flat.height <= 2339 && Math.abs(flat.height / flat.width - Math.SQRT2) < 0.005, `${flat.width} by ${flat.height}`);
    assert.deepEqual(left.notes, []);
    // JFIF and the colour profile may stand before the tables; no APP1, no comment.
    assert.ok(left.markers.every((marker) => ![0xe1, 0xed, 0xfe].includes(marker)), String(left.markers));
  });
}

test('one page photographed twice is told, pages are bound, a photo may be left as it is', async () => {
  const { pairs, head, tail, size, reduced } = await page.evaluate(async () => {
    const pages = [];
    for (const how of [{ seed: 1 }, { seed: 2 }, { seed: 1, degrees: -5, table: '#37454a' }]) {
      const { blob } = await paper.photo({ width: 1500, height: 2000, ...how });
      const { corners, turn } = await paper.ask({ type: 'look', photo: blob });
      pages.push(await paper.ask({ type: 'flatten', photo: blob, corners, turn, clean: true, most: 300_000 }));
    }
    const { pairs } = await paper.ask({ type: 'same', fingerprints: pages.map(({ fingerprint }) => fingerprint) });
    const { file } = await paper.ask({ type: 'bind', pages: pages.map(({ page }) => page), title: 'Giấy khai sinh' });
    const { blob } = await paper.photo({ width: 1500, height: 2000, type: 'image/png' });
    const { page, width, height } = await paper.ask({ type: 'reduce', photo: blob, edge: 1000, most: 80_000 });
    return { pairs, head: await file.slice(0, 8).text(), tail: await file.slice(-6).text(), size: file.size,
      reduced: [page.type, page.size <= 80_000, width <= 750, height <= 1000] };
  });
  assert.deepEqual(pairs, [[0, 2]]);
  assert.equal(head, '%PDF-1.7');
  assert.match(tail, /%%EOF/);
  assert.ok(size > 100_000 && size < 910_000, `${size} bytes`);
  assert.deepEqual(reduced, ['image/jpeg', true, true, true]);
});

test('frames of a still camera are steady after some, and a moved one is not', async () => {
  const seen = await page.evaluate(async () => {
    const all = [];
    for (const degrees of [3, 3.02, 3.04, 3.06, -1]) {
      const { blob } = await paper.photo({ width: 720, height: 1280, share: 0.66, degrees });
      const bitmap = await createImageBitmap(blob);
      all.push(await paper.ask({ type: 'frame', bitmap }, [bitmap]));
    }
    return all;
  });
  assert.deepEqual(seen.map(({ type, steady, sharp, faults }) => [type, steady, sharp, faults]),
    [false, false, false, true, false].map((steady) => ['outline', steady, true, []]));
  assert.equal(seen[0].moved, 1);
  assert.ok(seen[3].moved < 0.008 && seen[4].moved > 0.008, `${seen[3].moved} ${seen[4].moved}`);
});

test('what is no photo is refused by kind, and the worker goes on', async () => {
  const answers = await page.evaluate(async () => {
    const bytes = (text) => new Blob([text], { type: 'image/jpeg' });
    const { blob } = await paper.photo({ width: 600, height: 800 });
    const absurd = new Uint8Array(await blob.slice(0, 4000).arrayBuffer());
    const frame = absurd.findIndex((byte, i) => byte === 0xff && absurd[i + 1] === 0xc0);
    absurd.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    const ask = (message) => paper.ask({ type: 'look', ...message });
    return [
      await ask({ photo: bytes('GIF89a and nothing') }),
      await ask({ photo: new Blob([blob.slice(0, 3000)]) }),
      await ask({ photo: new Blob([absurd]) }),
      await ask({ type: 'flatten', photo: blob, corners: [0, 0, 1, 1, 0, 0, 1, 1], turn: 0, clean: true, most: 9e5 }),
      await ask({ type: 'bind', pages: [bytes('%PDF-1.7')], title: '' }),
      await ask({ photo: blob }),
    ].map(({ type, kind }) => [type, kind]);
  });
  assert.deepEqual(answers, [
    ['failed', 'unreadable'], ['failed', 'unreadable'], ['failed', 'too_large'],
    ['failed', 'other'], ['failed', 'other'], ['looked', undefined],
  ]);
});
