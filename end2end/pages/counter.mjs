// A device that is everybody's, as staff set it up, and how a browser's profile on the disk is searched
// for what somebody left.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { arrives, press } from './dossier.mjs';
import { phone } from '../stage/browser.mjs';

export const pin = '2580';

/** Turns counter mode on. */
export async function makeShared(page, stage) {
  await page.goto(`${stage.origin}/quay`);
  await arrives(page, 'Máy dùng chung ở quầy');
  await page.getByLabel('Mã PIN mới của cán bộ').fill(pin);
  await page.getByLabel('Gõ lại mã PIN').fill(pin);
  await press(page, 'Xoá và bật máy dùng chung');
  await page.getByText('Máy này đang là máy dùng chung.').waitFor();
}

/** Presses the button, and waits for the start page. */
export async function endAndWipe(page, stage) {
  await press(page, 'Kết thúc và xoá');
  await page.waitForURL(`${stage.origin}/`);
  await arrives(page, 'Làm thủ tục của xã, ngay trên điện thoại');
}

/** Chromium with its profile in a folder, the service worker and all. */
export const openProfile = (folder, more = {}) => chromium.launchPersistentContext(folder, {
  ...phone, serviceWorkers: 'allow', ...more,
  executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});

/** Ends a browser as a power cut does: its main process, by the lock that it keeps in its profile. */
export async function killProfile(context, folder, pids) {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await context.close().catch(() => {});
  rmSync(join(folder, 'SingletonLock'), { force: true });
}

/** The ids of the processes that work on a profile. */
export function processesOf(folder) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${folder}`);
    } catch {
      return false;
    }
  }).map(Number);
}

/** The same bytes at each of the three places that they can have within base64. */
function base64s(bytes) {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    const [first, last] = [Math.ceil((shift * 8) / 6), (shift + bytes.length) % 3 === 0 ? text.length : -1];
    return text.slice(first, last);
  });
}

/** How a marker may stand on the disk. */
function forms(marker) {
  if (Buffer.isBuffer(marker)) return [marker, ...base64s(marker).map((text) => Buffer.from(text))];
  const [utf8, utf16] = [Buffer.from(marker), Buffer.from(marker, 'utf16le')];
  const escaped = encodeURIComponent(marker);
  const texts = [escaped, ...base64s(utf8), ...base64s(utf16)];
  return [utf8, utf16, Buffer.from(utf8.toString('hex')), ...texts.map((text) => Buffer.from(text))];
}

/** Where in a folder markers stand: `[[marker's name, file], …]`. */
export function searchFor(markers, folder) {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const below = join(path, entry.name);
      if (entry.isDirectory()) walk(below);
      else if (entry.isFile()) {
        const bytes = readFileSync(below);
        for (const [name, marker] of Object.entries(markers)) {
          if (forms(marker).some((form) => bytes.includes(form))) found.push([name, below.slice(folder.length)]);
        }
      }
    }
  };
  walk(folder);
  return found;
}

/** The screens of such a device. */
export const counterScreens = {
  'counter-off': async (page, stage) => {
    await page.goto(`${stage.origin}/quay`);
    await arrives(page, 'Máy dùng chung ở quầy');
  },
  'counter-easy-pin': async (page, stage) => {
    await counterScreens['counter-off'](page, stage);
    await page.getByLabel('Mã PIN mới của cán bộ').fill('1234');
    await page.getByLabel('Gõ lại mã PIN').fill('1234');
    await press(page, 'Xoá và bật máy dùng chung');
    await page.getByText('quá dễ đoán').waitFor();
  },
  'counter-on': async (page, stage) => {
    await makeShared(page, stage);
    await page.getByLabel('Mã PIN của cán bộ').fill('0000');
    await press(page, 'Xoá và tắt');
    await page.getByText('Mã PIN không đúng.').waitFor();
  },
  'counter-stories': async (page, stage) => {
    await makeShared(page, stage);
    await press(page, 'Trình diễn nộp hồ sơ');
    await arrives(page, 'Trình diễn nộp hồ sơ');
  },
  'counter-guided': async (page, stage) => {
    await counterScreens['counter-stories'](page, stage);
    await press(page, /^Chị Hương xin/);
    await page.getByText('Mở trang này trên điện thoại của bạn').click();
    await page.locator('.counter-qr .qr').waitFor();
  },
  'counter-guided-question': async (page, stage) => {
    await counterScreens['counter-guided'](page, stage);
    await press(page, 'Bắt đầu làm hồ sơ');
    await press(page, 'Giấy khai sinh');
    await arrives(page, 'Người yêu cầu là ai?');
  },
  'counter-idle': async (page, stage) => {
    await counterScreens['counter-guided-question'](page, stage);
    // The clock stands still then: the picture is taken within the countdown.
    await page.evaluate(() => { const then = Date.now() + 125_000; Date.now = () => then; });
    await page.getByText(/Còn \d+ giây nữa máy tự xoá/).waitFor();
  },
};
