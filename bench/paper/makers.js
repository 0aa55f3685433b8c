// Makers of what is sent: a photo's file in, a file of at most so many bytes out, each as its authors
// show it. Ours makes a flat page of it; the peers make the photo smaller. Must not judge.

import { paperWorker } from '/finders.js';

const peers = '/peers/';
/** An A4 page's longer side at 200 dots an inch. */
const SIDE = 2339;

export const makers = {
  /** What the machine itself does to timers: the pauses of a page that waits. */
  'doing nothing': async () => async (photo) => new Promise((done) => setTimeout(done, 1000, photo)),

  async 'motcua page'() {
    const ask = await paperWorker();
    return async (photo, most) => {
      const { corners, turn } = await ask({ type: 'look', photo });
      return (await ask({ type: 'flatten', photo, corners, turn, clean: true, most })).page;
    };
  },

  async 'motcua photo'() {
    const ask = await paperWorker();
    return async (photo, most) => (await ask({ type: 'reduce', photo, edge: SIDE, most })).page;
  },

  async 'browser-image-compression'() {
    const { default: compress } = await import(`${peers}browser-image-compression/dist/browser-image-compression.mjs`);
    const libURL = new URL(`${peers}browser-image-compression/dist/browser-image-compression.js`, location.href).href;
    return async (photo, most) => compress(new File([photo], 'photo.jpg', { type: photo.type }), {
      maxSizeMB: most / 2 ** 20, maxWidthOrHeight: SIDE, useWebWorker: true, libURL,
    });
  },

  async compressorjs() {
    const { default: Compressor } = await import(`${peers}compressorjs/dist/compressor.esm.js`);
    const once = (photo, quality) => new Promise((success, error) => {
      new Compressor(photo, { quality, maxWidth: SIDE, maxHeight: SIDE, success, error });
    });
    // It knows no limit of bytes: a team lowers the quality until it fits.
    return async (photo, most) => {
      for (const quality of [0.8, 0.6, 0.4]) {
        const made = await once(photo, quality);
        if (made.size <= most) return made;
      }
      return once(photo, 0.25);
    };
  },
};
