// Photos of papers with their corners known: a document on a table before a camera with a lens, lit,
// held and spoiled as the kind says. The same for the same kind and seed. Must not know how pages are
// found. Our own tests have another generator: nothing of it is used here.

import { diceOf, seedOf } from './dice.js';
import { draw } from './documents.js';
import { table, things } from './tables.js';

/** What is on the table and what goes wrong; kinds of EASY are what every finder must do. */
export const EASY = {
  'dark table': { on: 'dark' },
  'coloured table': { on: 'coloured' },
  'dark wood': { on: 'darkWood' },
  'dark, turned': { on: 'dark', turn: [20, 80] },
};
export const HARD = {
  'grey table': { on: 'grey' },
  'light table': { on: 'light' },
  'light wood': { on: 'lightWood' },
  'check cloth': { on: 'check' },
  'flowered cloth': { on: 'flowers' },
  tiles: { on: 'tiles' },
  'straw mat': { on: 'mat' },
  newspaper: { on: 'newspaper' },
  clutter: { on: 'grey', things: 7 },
  'other papers': { on: 'lightWood', things: 3, lies: 'sheets' },
  'thumb on a corner': { on: 'grey', fingers: 1, atCorner: true },
  'two fingers': { on: 'lightWood', fingers: 2 },
  shadow: { on: 'grey', shadow: true },
  dim: { on: 'grey', light: [0.16, 0.32], noise: [6, 12] },
  slanted: { on: 'lightWood', tilt: [28, 42] },
  curled: { on: 'grey', curl: [2, 5] },
  'near the edge': { on: 'grey', share: [0.92, 0.95], tilt: [0, 4], turn: [-2, 2] },
  everything: { on: 'lightWood', things: 5, shadow: true, fingers: 1, light: [0.4, 0.7], noise: [3, 8] },
};
export const KINDS = { ...EASY, ...HARD };

/** A photo of a kind: a JPEG, its corners clockwise from the page's upper left in pixels, its words. */
export async function photoOf(kind, number, { width, height }) {
  const how = KINDS[kind];
  const dice = diceOf(seedOf(kind, number));
  const camera = cameraOf(how, kind in EASY, dice, width, height);
  const paper = draw(dice.pick(['letter', 'form', 'certificate']), camera.dots, dice);
  const place = placed(camera, paper, dice);
  const scene = sceneOf(how, paper, dice);
  const pixels = seen(camera, place, paper, scene);
  const canvas = spoiled(how, camera, place, pixels, dice);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: camera.quality });
  return { blob, corners: place.corners, lines: paper.lines, width, height };
}

function cameraOf(how, easy, dice, width, height) {
  const range = (given, low, high) => dice.between(...(given ?? [low, high]));
  const sign = dice.chance(0.5) ? 1 : -1;
  const turn = easy ? range(how.turn, -8, 8) : range(how.turn, -22, 22) + (!how.turn && dice.chance(0.15) ? 90 : 0);
  return {
    width, height, turn,
    tilt: [sign * range(how.tilt, 0, easy ? 10 : 20), dice.between(-10, 10)],
    share: how.turn && easy ? dice.between(0.55, 0.66) : range(how.share, easy ? 0.68 : 0.56, 0.84),
    focal: dice.between(0.72, 0.95) * Math.max(width, height),
    // Barrel or pincushion, of the corner's distance.
    bend: dice.between(-0.02, 0.02),
    light: range(how.light, easy ? 0.85 : 0.6, 1.05),
    warmth: dice.between(-0.12, 0.12),
    noise: range(how.noise, easy ? 1 : 2, easy ? 4 : 7),
    blur: dice.between(0.3, easy ? 0.7 : 1.3) * (Math.max(width, height) / 2000),
    curl: how.curl ? dice.between(...how.curl) * sign : 0,
    quality: dice.between(easy ? 0.85 : 0.6, 0.95),
    // Of the page's drawing: about as fine as the photo sees it.
    dots: (Math.max(width, height) * 0.75 * 1.3) / 297,
  };
}

/** The map from the camera's pixels to the page's millimetres, and where the corners are seen. */
function placed(camera, paper, dice) {
  const { width, height, focal } = camera;
  const size = [paper.wide, paper.high];
  let [share, off] = [camera.share, [dice.between(-0.03, 0.03), dice.between(-0.03, 0.03)]];
  for (;;) {
    const map = projection(camera, size, share, off);
    const corners = [[0, 0], [size[0], 0], size, [0, size[1]]].map((at) => bent(camera, project(map, at)));
    if (corners.every(([x, y]) => x > width * 0.01 && y > height * 0.01 && x < width * 0.99 && y < height * 0.99)) {
      return { corners, back: inverse(map), focal, size };
    }
    share *= 0.97;
    off = off.map((part) => part * 0.9);
  }
}

function projection(camera, [wide, high], share, off) {
  const [turn, tilt, pan] = [camera.turn, ...camera.tilt].map((degrees) => (degrees * Math.PI) / 180);
  const [sz, cz, sx, cx, sy, cy] = [turn, tilt, pan].flatMap((angle) => [Math.sin(angle), Math.cos(angle)]);
  const long = Math.max(camera.width, camera.height);
  const far = (camera.focal * Math.max(wide, high)) / (share * long);
  // Turned about the page's middle, then about x, then about y; the picture's middle is the lens's.
  const rows = [
    [cz * cy + sz * sx * -sy, -sz * cy + cz * sx * -sy],
    [sz * cx, cz * cx],
    [cz * sy + sz * sx * cy, -sz * sy + cz * sx * cy],
  ];
  const [cx0, cy0] = [camera.width * (0.5 + off[0]), camera.height * (0.5 + off[1])];
  const third = [rows[2][0], rows[2][1], far - (rows[2][0] * wide) / 2 - (rows[2][1] * high) / 2];
  const row = (r, centre) => [0, 1, 2].map((i) => {
    const own = i < 2 ? rows[r][i] : -(rows[r][0] * wide) / 2 - (rows[r][1] * high) / 2;
    return camera.focal * own + centre * third[i];
  });
  return [row(0, cx0), row(1, cy0), third];
}

function project(map, [x, y]) {
  const [u, v, w] = map.map(([a, b, c]) => a * x + b * y + c);
  return [u / w, v / w];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]) {
  return [[e * i - f * h, c * h - b * i, b * f - c * e], [f * g - d * i, a * i - c * g, c * d - a * f], [d * h - e * g, b * g - a * h, a * e - b * d]];
}

/** Where a straight camera's pixel is without the lens's bending, and the other way. */
function straightened({ width, height, bend }, [x, y]) {
  const [dx, dy] = [x - width / 2, y - height / 2];
  const grow = 1 + (bend * (dx * dx + dy * dy)) / (width * width + height * height) * 4;
  return [width / 2 + dx * grow, height / 2 + dy * grow];
}

function bent(camera, at) {
  let guess = at;
  for (let i = 0; i < 30; i += 1) {
    const now = straightened(camera, guess);
    guess = [guess[0] + at[0] - now[0], guess[1] + at[1] - now[1]];
  }
  return guess;
}

/** The table around the page, seen from above: pixels and how many a millimetre. */
function sceneOf(how, paper, dice) {
  const [margin, dots] = [230, 3];
  const [wide, high] = [paper.wide + 2 * margin, paper.high + 2 * margin];
  const canvas = new OffscreenCanvas(Math.round(wide * dots), Math.round(high * dots));
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  context.scale(dots, dots);
  // The table's pattern does not lie as the page does.
  context.save();
  context.translate(wide / 2, high / 2);
  context.rotate(dice.between(-0.8, 0.8));
  context.translate(-wide, -high);
  table(context, how.on, wide * 2, high * 2, dice);
  context.restore();
  things(context, how.lies, how.things ?? 0, [wide / 2, high / 2], [paper.wide, paper.high], dice);
  // The page's own shadow, of a page that is drawn outside: a curled one does not cover its place.
  const aside = 4 * wide;
  context.shadowColor = `rgba(0,0,0,${dice.between(0.25, 0.6)})`;
  context.shadowBlur = dice.between(3, 12);
  context.shadowOffsetX = aside * dots + dice.between(-7, 7);
  context.shadowOffsetY = dice.between(0, 7);
  context.fillRect(margin - aside, margin, paper.wide, paper.high);
  return { data: context.getImageData(0, 0, canvas.width, canvas.height), dots, margin };
}

function seen(camera, { back, size: [wide, high] }, paper, scene) {
  const { width, height, curl } = camera;
  const page = paper.canvas.getContext('2d').getImageData(0, 0, paper.canvas.width, paper.canvas.height);
  const [[a, b, c], [d, e, f], [g, h, i]] = back;
  const out = new Float32Array(width * height * 3);
  const bow = (part) => curl * (1 - (2 * part - 1) ** 2);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const [u, v] = straightened(camera, [x + 0.5, y + 0.5]);
      const w = g * u + h * v + i;
      const [mx, my] = [(a * u + b * v + c) / w, (d * u + e * v + f) / w];
      // A curled page: its sides between the corners lie farther in or out.
      const [px, py] = curl ? [mx - bow(my / high), my + bow(mx / wide)] : [mx, my];
      if (px >= 0 && py >= 0 && px < wide && py < high) blend(page, px * camera.dots, py * camera.dots, out, at);
      else blend(scene.data, (mx + scene.margin) * scene.dots, (my + scene.margin) * scene.dots, out, at);
    }
  }
  return out;
}

/** The colour between four pixels; the border's beyond it. */
function blend({ data, width, height }, x, y, out, at) {
  const [fx, fy] = [Math.max(0, Math.min(width - 1.001, x - 0.5)), Math.max(0, Math.min(height - 1.001, y - 0.5))];
  const [left, top] = [fx | 0, fy | 0];
  const [dx, dy] = [fx - left, fy - top];
  const from = (top * width + left) * 4;
  const below = from + width * 4;
  for (let k = 0; k < 3; k += 1) {
    const upper = data[from + k] + (data[from + 4 + k] - data[from + k]) * dx;
    const lower = data[below + k] + (data[below + 4 + k] - data[below + k]) * dx;
    out[at + k] = upper + (lower - upper) * dy;
  }
}

/** Light, shadow, fingers, the lens's blur, the sensor's noise. */
function spoiled(how, camera, place, pixels, dice) {
  const { width, height } = camera;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  const slope = [dice.between(-0.3, 0.3), dice.between(-0.3, 0.3)];
  const warm = [1 + camera.warmth, 1, 1 - camera.warmth];
  const picture = context.createImageData(width, height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const [u, v] = [x / width - 0.5, y / height - 0.5];
      const light = camera.light * (1 + slope[0] * u + slope[1] * v - 0.25 * (u * u + v * v));
      for (let k = 0; k < 3; k += 1) picture.data[at * 4 + k] = pixels[at * 3 + k] * light * warm[k];
      picture.data[at * 4 + 3] = 255;
    }
  }
  context.putImageData(picture, 0, 0);
  if (how.shadow) shadow(context, camera, dice);
  for (let i = 0; i < (how.fingers ?? 0); i += 1) finger(context, camera, place.corners, i, how.atCorner, dice);
  context.filter = `blur(${camera.blur}px)`;
  context.drawImage(canvas, 0, 0);
  context.filter = 'none';
  const last = context.getImageData(0, 0, width, height);
  for (let at = 0; at < last.data.length; at += 4) {
    const common = dice.bell() * camera.noise;
    for (let k = 0; k < 3; k += 1) last.data[at + k] += common + dice.bell() * camera.noise * 0.6 + 0.5;
  }
  context.putImageData(last, 0, 0);
  return canvas;
}

/** The shadow of a head and a hand that hold the telephone. */
function shadow(context, { width, height }, dice) {
  context.save();
  context.filter = `blur(${dice.between(0.004, 0.03) * width}px)`;
  context.fillStyle = `rgba(0,0,0,${dice.between(0.3, 0.55)})`;
  context.translate(width / 2, height / 2);
  context.rotate(dice.between(0, 6.28));
  context.beginPath();
  context.ellipse(0, height * 0.45, width * dice.between(0.3, 0.5), height * dice.between(0.4, 0.6), 0, 0, 7);
  context.fill();
  context.fillRect(width * dice.between(-0.4, 0.1), -height * 0.1, width * 0.22, height);
  context.restore();
}

function finger(context, { width, height }, corners, number, atCorner, dice) {
  const side = (number * 2 + dice.whole(0, 3)) % 4;
  const along = atCorner ? dice.between(0, 0.03) : dice.between(0.2, 0.8);
  const [a, b] = [corners[side], corners[(side + 1) % 4]];
  const middle = corners.reduce((sum, [x, y]) => [sum[0] + x / 4, sum[1] + y / 4], [0, 0]);
  const tip = [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
  const far = Math.hypot(tip[0] - middle[0], tip[1] - middle[1]);
  const thick = dice.between(0.03, 0.045) * Math.max(width, height);
  context.save();
  context.translate(tip[0], tip[1]);
  context.rotate(Math.atan2(tip[1] - middle[1], tip[0] - middle[0]) + dice.between(-0.4, 0.4));
  const tone = dice.between(0.55, 1);
  const skin = context.createLinearGradient(0, -thick, 0, thick);
  skin.addColorStop(0, `rgb(${150 * tone},${105 * tone},${82 * tone})`);
  skin.addColorStop(0.5, `rgb(${222 * tone},${170 * tone},${140 * tone})`);
  skin.addColorStop(1, `rgb(${140 * tone},${96 * tone},${75 * tone})`);
  context.fillStyle = skin;
  context.shadowColor = 'rgba(0,0,0,0.5)';
  context.shadowBlur = thick * 0.4;
  context.beginPath();
  context.arc(0, 0, thick, Math.PI / 2, Math.PI * 1.5);
  context.lineTo(far, -thick * 1.1);
  context.lineTo(far, thick * 1.1);
  context.fill();
  context.restore();
}
