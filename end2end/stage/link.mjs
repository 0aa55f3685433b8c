// A link between browser and server that is slow, breaks, and remembers what went over it: every request
// upwards with the bytes of its body that left the phone, and every offset that the server told.

import net from 'node:net';

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Follows the requests of one connection. */
class Requests {
  constructor(log) {
    Object.assign(this, { log, head: '', left: 0, entry: null });
  }

  take(chunk) {
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const part = Math.min(this.left, chunk.length - at);
        this.entry.body += part;
        this.left -= part;
        at += part;
        continue;
      }
      this.head += chunk.toString('latin1', at, at + 1);
      at += 1;
      if (!this.head.endsWith('\r\n\r\n')) continue;
      const [method, path] = this.head.split(' ');
      const header = (name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(this.head)?.[1].trim();
      this.left = Number(header('content-length') ?? 0);
      const offset = header('upload-offset');
      this.entry = { method, path, offset: offset === undefined ? undefined : Number(offset), body: 0 };
      this.log.push(this.entry);
      this.head = '';
    }
  }
}

export class Link {
  /**
   * Opens a link to a port. `cuts` is how often it breaks, `mean` the average bytes upwards between two
   * breaks (exponential, by `seed`), `every` the same without chance, `rate` bytes a second upwards.
   */
  static async open(port, given = {}) {
    const link = new Link();
    Object.assign(link, { to: port, sockets: new Set(), next: Infinity });
    link.set(given);
    link.server = net.createServer((near) => link.accept(near));
    link.server.listen(given.port ?? 0, '127.0.0.1');
    await new Promise((done, failed) => link.server.once('listening', done).once('error', failed));
    link.port = link.server.address().port;
    link.origin = `http://127.0.0.1:${link.port}`;
    return link;
  }

  /** Begins to count anew, with other breaks. */
  set({ cuts = 0, mean, every, seed = 1, rate = Infinity }) {
    const chance = random(seed);
    this.distance = () => every ?? (mean ? -mean * Math.log(1 - chance()) : Infinity);
    Object.assign(this, { allowed: cuts, rate, up: 0, cuts: 0, log: [] });
    this.next = this.allowed > 0 ? this.distance() : Infinity;
  }

  accept(near) {
    const far = net.connect(this.to, '127.0.0.1');
    const requests = new Requests({ push: (entry) => this.log.push(entry) });
    this.sockets.add(near);
    near.on('data', (chunk) => {
      this.up += chunk.length;
      requests.take(chunk);
      if (this.up >= this.next) {
        // What went over before the break arrives; what was on its way is lost.
        const lost = Math.min(this.up - this.next, chunk.length);
        far.end(chunk.subarray(0, chunk.length - lost));
        this.cuts += 1;
        this.next = this.cuts < this.allowed ? this.up + this.distance() : Infinity;
        near.resetAndDestroy();
        return;
      }
      far.write(chunk);
      if (this.rate < Infinity) {
        near.pause();
        setTimeout(() => near.resume(), (chunk.length / this.rate) * 1000);
      }
    });
    far.on('data', (chunk) => {
      // What is answered to a phone that is gone, nobody hears.
      if (near.destroyed) return;
      const told = /^upload-offset: *(\d+)/im.exec(chunk.toString('latin1'));
      if (told) this.log.push({ told: Number(told[1]) });
      near.write(chunk);
    });
    near.on('error', () => {});
    far.on('error', () => {});
    near.on('close', () => { this.sockets.delete(near); if (!far.writableEnded) far.end(); });
    far.on('close', () => near.destroy());
  }

  /** Bytes that were sent though the server had told before that it has them. */
  sentAgain() {
    let [confirmed, again] = [0, 0];
    for (const entry of this.log) {
      if (entry.method === 'POST') confirmed = 0;
      if (entry.told !== undefined) confirmed = Math.max(confirmed, entry.told);
      if (entry.method === 'PATCH') again += Math.max(0, Math.min(confirmed - entry.offset, entry.body));
    }
    return again;
  }

  close() {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
