// How much memory a browser's processes take at most while something runs: Linux's high-water mark of
// each, which can be set back. Knows nothing of what runs.

import { readFileSync, writeFileSync } from 'node:fs';

const field = (pid, name) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? NaN) / 1024;

/** The browser's processes that hold pages' pictures, by the DevTools protocol. */
async function processes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ id }) => id);
}

/** By how many megabytes the processes grow at most while `work` runs; NaN where it cannot be told. */
export async function grown(browser, work) {
  try {
    const pids = await processes(browser);
    const before = pids.map((pid) => field(pid, 'VmRSS'));
    for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
    await work();
    return pids.reduce((sum, pid, i) => sum + Math.max(0, field(pid, 'VmHWM') - before[i]), 0);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error;
    await work();
    return NaN;
  }
}
