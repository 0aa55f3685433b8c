// Papers in front of the fake camera, and photos of papers as citizens take them: good ones and bad
// ones. Drawn by the browser; nothing of a real person.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filmOfPicture } from './browser.mjs';
import { setUp } from './paper_photos.mjs';
import { scratch } from './scratch.mjs';

/** A photo of a written page as a file; `spoil` is a CSS filter, such as `blur(9px)`. */
export async function paperPhoto(browser, { spoil = 'none', name = 'trang.jpg', ...options } = {}) {
  const page = await browser.newPage();
  await page.evaluate(setUp);
  const base64 = await page.evaluate(async ({ options, spoil }) => {
    const { blob } = await window.paper.photo({ width: 1800, height: 2400, ...options });
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.filter = spoil;
    context.drawImage(bitmap, 0, 0);
    const out = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    const bytes = new Uint8Array(await out.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  }, { options, spoil });
  await page.close();
  const path = join(scratch('paper'), name);
  writeFileSync(path, Buffer.from(base64, 'base64'));
  return path;
}

/** A still film of a page on a table, as a phone's camera would see it. */
export async function filmOfPaper(browser, [width, height] = [1280, 720]) {
  const photo = await paperPhoto(browser, { width, height, share: 0.5 });
  return filmOfPicture(readFileSync(photo), [width, height]);
}
