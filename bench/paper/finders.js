// Finders of papers' corners, each as its authors show it: ours in its worker, the peers on the page.
// A canvas in; four corners as shares of its width and height, or null. Must not judge them.

const peers = '/peers/';

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    Object.assign(element, { src: address, onload: resolve, onerror: () => reject(new Error(`no ${address}`)) });
    document.head.append(element);
  });
}

/** Our worker and a way to ask it. */
export async function paperWorker() {
  const worker = new Worker('/workers/paper.js');
  const waiting = new Map();
  let next = 0;
  const ready = new Promise((resolve) => waiting.set('ready', resolve));
  worker.onmessage = ({ data }) => {
    const key = data.type === 'ready' ? 'ready' : data.id;
    waiting.get(key)?.(data);
    waiting.delete(key);
  };
  await ready;
  return (message, transfer = []) => new Promise((resolve, reject) => {
    const id = (next += 1);
    waiting.set(id, (answer) => (answer.type === 'failed' ? reject(new Error(answer.reason)) : resolve(answer)));
    worker.postMessage({ ...message, id }, transfer);
  });
}

const shares = (canvas, corners) => (corners.every(Boolean)
  ? corners.flatMap(({ x, y }) => [x / canvas.width, y / canvas.height])
  : null);

export const finders = {
  async motcua() {
    const ask = await paperWorker();
    return async (canvas) => {
      const bitmap = await createImageBitmap(canvas);
      return (await ask({ type: 'frame', bitmap }, [bitmap])).corners;
    };
  },

  async jscanify() {
    await script(`${peers}jscanify/src/opencv.js`);
    await script(`${peers}jscanify/src/jscanify.js`);
    if (window.cv instanceof Promise) window.cv = await window.cv;
    else if (!window.cv.Mat) await new Promise((resolve) => (window.cv.onRuntimeInitialized = resolve));
    const scanner = new window.jscanify();
    return (canvas) => {
      const picture = window.cv.imread(canvas);
      const contour = scanner.findPaperContour(picture);
      const found = contour && scanner.getCornerPoints(contour);
      contour?.delete();
      picture.delete();
      return found && shares(canvas, [found.topLeftCorner, found.topRightCorner, found.bottomRightCorner, found.bottomLeftCorner]);
    };
  },

  async scanic() {
    const { Scanner } = await import(`${peers}scanic/dist/scanic.js`);
    const scanner = new Scanner();
    await scanner.initialize();
    return async (canvas) => {
      const { success, corners } = await scanner.scan(canvas, { mode: 'detect' });
      return success ? shares(canvas, [corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft]) : null;
    };
  },
};

/** The page's own tasks of 50 ms and more, as the browser counts them. */
const tasks = [];
const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
observer.observe({ type: 'longtask' });

/**
 * How long something takes, and for how long the page can do nothing else meanwhile: the longest task of
 * its own (0 when none is as long as 50 ms), and the longest time between two timers, in which the
 * machine's other work counts too. In ms.
 */
export async function watched(work) {
  let [going, longest, last] = [true, 0, performance.now()];
  const ended = new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      // A timer, not a flood of messages: it leaves the other threads their time.
      if (going) setTimeout(() => port2.postMessage(0), 0);
      else resolve();
    };
    port2.postMessage(0);
  });
  const begun = performance.now();
  const value = await work();
  const ms = performance.now() - begun;
  going = false;
  await ended;
  const end = performance.now();
  // The browser tells of a task a little after its end.
  await new Promise((done) => setTimeout(done, 60));
  tasks.push(...observer.takeRecords());
  const during = tasks.splice(0).filter(({ startTime, duration }) => startTime < end && startTime + duration > begun);
  return { value, ms, gap: longest, task: Math.max(0, ...during.map(({ duration }) => duration)) };
}
