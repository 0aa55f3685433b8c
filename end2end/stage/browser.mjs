// Chromium as a small phone. A camera feed, where a test wants one, is a film of a QR code.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { scratch } from './scratch.mjs';

const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

// Playwright does not see what a service worker fetches: only the tests of being offline have one.
export const phone = {
  viewport: { width: 360, height: 800 }, locale: 'vi-VN', hasTouch: true, serviceWorkers: 'block',
};

function program() {
  const candidates = [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error('no Chromium: run `cargo xtask test`, which installs it, or set CHROME');
  return found;
}

/** Opens Chromium; `film` is a file for the fake camera. */
export function openBrowser({ film, args = [] } = {}) {
  const camera = film
    ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
       `--use-file-for-fake-video-capture=${film}`]
    : [];
  return chromium.launch({ executablePath: program(), args: [...quiet, ...camera, ...args] });
}

/**
 * Opens Firefox, which can be told of a push service of our own (Chromium's is Google's and not within reach). Its
 * leave for notices is given beforehand.
 */
export async function openFirefox(pushService) {
  const candidates = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error('no Firefox: run `cargo xtask test`, which installs it, or set FIREFOX');
  return puppeteer.launch({
    browser: 'firefox', executablePath: found, defaultViewport: phone.viewport, userDataDir: scratch('firefox'),
    extraPrefsFirefox: {
      'dom.push.serverURL': `${pushService.replace('http', 'ws')}/`,
      // Off in a browser that is driven by a program.
      'dom.push.connection.enabled': true,
      'dom.push.testing.allowInsecureServerURL': true,
      // How soon it connects again, in milliseconds.
      'dom.push.retryBaseInterval': 200,
      'permissions.default.desktop-notification': 1,
    },
  });
}

/** A still film of a picture, as a phone's camera would see it on a wall. */
export function filmOfPicture(png, [width, height] = [1280, 720]) {
  const folder = scratch('film');
  const image = join(folder, 'picture.png');
  const film = join(folder, 'picture.mjpeg');
  writeFileSync(image, png);
  execFileSync('ffmpeg', [
    '-loglevel', 'error', '-loop', '1', '-i', image,
    '-vf', `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=0xb8b8b0`,
    '-t', '2', '-r', '10', '-pix_fmt', 'yuvj420p', '-q:v', '3', film,
  ]);
  return film;
}

/** A still film of a QR code with this text, as a phone's camera would see it on a poster. */
export function filmOfCode(text, { margin = 6, module = 9 } = {}) {
  const image = join(scratch('code'), 'code.png');
  execFileSync('qrencode', ['-o', image, '-s', String(module), '-m', String(margin), '-l', 'M', text]);
  return filmOfPicture(readFileSync(image));
}

/** A photo of 4000 × 3000 pixels with a small, turned code somewhere on it. */
export function pictureInLargePhoto(text) {
  const folder = scratch('code');
  const [image, photo] = [join(folder, 'code.png'), join(folder, 'photo.jpg')];
  execFileSync('qrencode', ['-o', image, '-s', '8', '-m', '4', '-l', 'M', text]);
  execFileSync('ffmpeg', [
    '-loglevel', 'error', '-f', 'lavfi', '-i', 'color=0x9a9184:s=4000x3000', '-i', image,
    '-filter_complex', '[1]format=rgba,rotate=0.35:ow=rotw(0.35):oh=roth(0.35):c=0x9a9184[code];[0][code]overlay=2600:1900,noise=alls=12:allf=t',
    '-frames:v', '1', '-q:v', '4', photo,
  ]);
  return photo;
}

/** A picture of a QR code, as a relative would send it. */
export function pictureOfCode(text) {
  const image = join(scratch('code'), 'code.png');
  execFileSync('qrencode', ['-o', image, '-s', '8', '-m', '4', '-l', 'M', text]);
  return image;
}

/**
 * Watches a page's own thread, from before its first script: tasks of 50 ms and more, and what passes
 * to and from workers. `window.thread` holds `{ tasks: [{ at, ms }], asked: [at], answered: [at] }`.
 */
export function watchThread(context) {
  return context.addInitScript(() => {
    const thread = { tasks: [], asked: [], answered: [] };
    Object.defineProperty(window, 'thread', { value: thread });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) thread.tasks.push({ at: startTime, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
          if (data.type === 'decoded') thread.answered.push(performance.now());
        });
      }

      postMessage(...given) {
        thread.asked.push(performance.now());
        super.postMessage(...given);
      }
    };
  });
}
