// A client that nobody here wrote (tus-js-client) against our uploads, over a link that is cut
// seven times in the middle of a chunk.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { after, before, test } from 'node:test';
import * as tus from 'tus-js-client';
import { pdf } from '../stage/paper.mjs';
import { Stage } from '../stage/stage.mjs';

let stage;
before(async () => { stage = await Stage.open(); });
after(() => stage.close());

/** A link to the backend that breaks after so many bytes upwards, `cuts` times. */
async function brokenLink(target, { cuts, after: bytes }) {
  const state = { cuts: 0, server: null };
  state.server = net.createServer((near) => {
    const far = net.connect(new URL(target).port, '127.0.0.1');
    let sent = 0;
    near.on('data', (chunk) => {
      sent += chunk.length;
      far.write(chunk);
      if (sent > bytes && state.cuts < cuts) {
        state.cuts += 1;
        // What was written has arrived; then the line is dead both ways.
        setTimeout(() => { near.destroy(); far.destroy(); }, 30);
      }
    });
    far.on('data', (chunk) => near.write(chunk));
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  state.server.listen(0, '127.0.0.1');
  await new Promise((done) => state.server.once('listening', done));
  state.origin = `http://127.0.0.1:${state.server.address().port}`;
  return state;
}

/** The cookie of a fresh session: an upload belongs to one. */
async function cookie() {
  const answer = await fetch(`${stage.origin}/api/v1/session`);
  return answer.headers.get('set-cookie').split(';')[0];
}

for (const chunkSize of [Infinity, 300_000]) {
  test(`tus-js-client, chunks of ${chunkSize}: cut seven times, byte-identical`, async () => {
    const link = await brokenLink(stage.origin, { cuts: 7, after: 200_000 });
    const bytes = pdf(3_000_000);
    const session = await cookie();
    try {
      const upload = await new Promise((done, failed) => {
        const client = new tus.Upload(bytes, {
          endpoint: `${link.origin}/api/v1/uploads`,
          chunkSize,
          retryDelays: Array(30).fill(50),
          metadata: { filename: 'giấy khai sinh.pdf', filetype: 'application/pdf' },
          headers: { Cookie: session, 'Motcua-Client': 'tus-js-client' },
          onError: failed,
          onSuccess: () => done(client),
        });
        client.start();
      });
      assert.equal(link.cuts, 7);
      const id = upload.url.split('/').pop();
      const head = await fetch(`${stage.origin}/api/v1/uploads/${id}`, {
        method: 'HEAD', headers: { Cookie: session, 'Tus-Resumable': '1.0.0' },
      });
      assert.equal(head.headers.get('upload-offset'), String(bytes.length));
      const stored = readFileSync(`${stage.folder}/backend/files/files/${id}`);
      const hash = (content) => createHash('sha256').update(content).digest('hex');
      assert.equal(hash(stored), hash(bytes));
    } finally {
      link.server.close();
    }
  });
}
