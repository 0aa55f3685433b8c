// What a page needs to try the paper worker: photos made by the browser as a camera would leave them,
// with EXIF and a place, and a way to ask the worker. `setUp` runs in the page.

/** Puts `window.paper` into a page: `photo`, `segments`, and, given the worker's address, `ask`. */
export function setUp(address) {
  /** An EXIF segment with an orientation, the camera's name and a place in Hà Nội. */
  function exif(orientation) {
    const bytes = new Uint8Array(160);
    const view = new DataView(bytes.buffer);
    const write = (at, text) => bytes.set(new TextEncoder().encode(text), at);
    const entry = (at, tag, type, count, value) => {
      view.setUint16(at, tag);
      view.setUint16(at + 2, type);
      view.setUint32(at + 4, count);
      if (type === 3) view.setUint16(at + 8, value);
      else view.setUint32(at + 8, value);
    };
    view.setUint32(0, 0xffe1009e);
    write(4, 'Exif\0\0MM\0*');
    const tiff = 10;
    view.setUint32(tiff + 4, 8);
    view.setUint16(tiff + 8, 3);
    entry(tiff + 10, 0x010f, 2, 12, 100);
    entry(tiff + 22, 0x0112, 3, 1, orientation);
    entry(tiff + 34, 0x8825, 4, 1, 50);
    write(tiff + 100, 'MotCuaPhone\0');
    view.setUint16(tiff + 50, 1);
    entry(tiff + 52, 0x0002, 5, 3, 120);
    [21, 1, 1, 1, 42, 1].forEach((part, i) => view.setUint32(tiff + 120 + i * 4, part));
    return bytes;
  }

  /** A photo of a written A4 page on a table: turned by degrees, stored on its side when asked. */
  async function photo({ width, height, degrees = 4, share = 0.8, orientation = 1, table = '#5d5348', seed = 1, type = 'image/jpeg' }) {
    const lies = orientation > 4;
    const canvas = new OffscreenCanvas(lies ? height : width, lies ? width : height);
    const context = canvas.getContext('2d', { alpha: false });
    // Stored as the sensor saw it: orientation 6 is shown turned a quarter clockwise, 8 the other way,
    // 3 by half.
    const stored = { 3: [-1, 0, 0, -1, width, height], 6: [0, -1, 1, 0, 0, width], 8: [0, 1, -1, 0, height, 0] };
    if (stored[orientation]) context.setTransform(...stored[orientation]);
    context.fillStyle = table;
    context.fillRect(0, 0, width, height);
    const long = share * Math.max(width, height);
    const [wide, high] = [long * (210 / 297), long];
    context.translate(width / 2, height / 2);
    context.rotate((degrees * Math.PI) / 180);
    context.fillStyle = '#f1efe8';
    context.fillRect(-wide / 2, -high / 2, wide, high);
    context.fillStyle = '#23232a';
    let state = seed;
    const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const words = 'Cộng hòa xã hội chủ nghĩa Việt Nam độc lập tự do hạnh phúc giấy khai sinh họ tên ngày tháng năm quê quán nơi cư trú'.split(' ');
    const size = high * 0.013;
    context.font = `${size}px serif`;
    for (let y = -high * 0.4; y < high * 0.42; y += size * 1.9) {
      let line = '';
      while (context.measureText(line).width < wide * (random() < 0.2 ? 0.5 : 0.76)) line += words[Math.floor(random() * words.length)] + ' ';
      context.fillText(line, -wide * 0.4, y, wide * 0.84);
    }
    const turned = (x, y) => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      return [(width / 2 + x * c - y * s) / width, (height / 2 + x * s + y * c) / height];
    };
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].flatMap(([x, y]) => turned((x * wide) / 2, (y * high) / 2));
    const blob = await canvas.convertToBlob({ type, quality: 0.92 });
    if (type !== 'image/jpeg') return { blob, corners };
    return { blob: new Blob([blob.slice(0, 2), exif(orientation), blob.slice(2)], { type }), corners };
  }

  /** The markers of a JPEG's segments before its pixels, and whether its bytes hold a text. */
  async function segments(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const markers = [];
    for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes[at + 2] * 256 + bytes[at + 3]) markers.push(bytes[at + 1]);
    const text = new TextDecoder('latin1').decode(bytes);
    return { markers, notes: ['Exif', 'MotCuaPhone', 'http://ns.adobe.com'].filter((note) => text.includes(note)) };
  }

  window.paper = { photo, segments };
  if (!address) return;
  const worker = new Worker(address);
  const waiting = new Map();
  let next = 0;
  const ready = new Promise((resolve) => waiting.set('ready', resolve));
  worker.onmessage = ({ data }) => {
    const key = data.type === 'ready' ? 'ready' : data.id;
    waiting.get(key)?.(data);
    waiting.delete(key);
  };

  /** The worker's answer to a message. */
  async function ask(message, transfer = []) {
    await ready;
    const id = (next += 1);
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    worker.postMessage({ ...message, id }, transfer);
    return answer;
  }
  window.paper.ask = ask;
}
