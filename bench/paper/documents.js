// Papers as they come out of a printer in a commune: letter, form, certificate with a seal, card. Each
// is drawn from dice, with the words that are on it. Must not know of tables, cameras or finders.

const WORDS = `cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc ủy ban nhân dân phường giấy khai sinh
chứng nhận đăng ký kết hôn họ chữ đệm tên ngày tháng năm sinh quê quán nơi cư trú dân tộc quốc tịch số định danh cá nhân
người yêu cầu cam đoan nội dung khai trên là đúng sự thật chịu trách nhiệm trước pháp luật đề nghị cơ quan cấp bản sao
trích lục hộ khẩu thường tạm vợ chồng cha mẹ con anh chị em ruột theo quy định thửa đất diện tích mục đích sử dụng
xác nhận tình trạng hôn thời hạn giải quyết hồ sơ phí lệ biên nhận hẹn trả kết quả công chức tư pháp ký tên đóng dấu`.split(/\s+/);
const NAMES = ['NGUYỄN THỊ MẬN', 'TRẦN VĂN ĐỨC', 'LÊ HOÀNG YẾN', 'PHẠM QUỐC BẢO', 'BÙI THỊ ĐÀO', 'ĐẶNG HỮU NGHĨA', 'VÕ NGỌC ÁNH'];
const FACES = ['serif', 'sans-serif'];
const INK = '#26262c';

/** A document: its canvas at `dots` pixels a millimetre, its size in millimetres, its lines of words. */
export function draw(kind, dots, dice) {
  const [wide, high] = kind === 'card' ? [85.6, 54] : dice.chance(0.25) ? [148, 210] : [210, 297];
  const canvas = new OffscreenCanvas(Math.round(wide * dots), Math.round(high * dots));
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  context.scale(dots, dots);
  const white = dice.between(228, 250);
  context.fillStyle = kind === 'card' ? '#d7e4dc' : `rgb(${white},${white - dice.between(0, 4)},${white - dice.between(0, 12)})`;
  context.fillRect(0, 0, wide, high);
  const sheet = { context, wide, high, dice, lines: [], face: dice.pick(FACES) };
  kinds[kind](sheet);
  return { canvas, wide, high, lines: sheet.lines };
}

const kinds = {
  letter(sheet) {
    const { wide, high, dice } = sheet;
    heading(sheet);
    let y = high * 0.2;
    for (let part = 0; y < high * 0.7; part += 1) {
      for (let row = dice.whole(2, 6); row > 0 && y < high * 0.72; row -= 1) {
        say(sheet, wide * 0.12, y, wide * 0.76 * (row === 1 ? dice.between(0.3, 0.8) : 1), 4);
        y += 6.4;
      }
      y += 2.5;
    }
    signature(sheet, wide * 0.68, high * 0.84);
    if (dice.chance(0.7)) seal(sheet, wide * 0.6, high * 0.84, 17);
  },

  form(sheet) {
    const { context, wide, high, dice } = sheet;
    heading(sheet);
    const rows = dice.whole(9, 16);
    const [top, bottom, split] = [high * 0.2, high * 0.86, wide * dice.between(0.3, 0.45)];
    context.strokeStyle = INK;
    context.lineWidth = 0.35;
    for (let row = 0; row <= rows; row += 1) {
      const y = top + ((bottom - top) * row) / rows;
      line(context, wide * 0.09, y, wide * 0.91, y);
      if (row === rows) continue;
      say(sheet, wide * 0.11, y + 5, split - wide * 0.13, 3.4);
      say(sheet, split + 2, y + 5, (wide * 0.88 - split) * dice.between(0.3, 0.95), 3.6);
    }
    for (const x of [wide * 0.09, split, wide * 0.91]) line(context, x, top, x, bottom);
  },

  certificate(sheet) {
    const { context, wide, high, dice } = sheet;
    context.strokeStyle = dice.pick(['#a5483e', '#5c7f5a', '#8a7a3c']);
    for (const [inset, thick] of [[8, 1.4], [11, 0.5]]) {
      context.lineWidth = thick;
      context.strokeRect(inset, inset, wide - 2 * inset, high - 2 * inset);
    }
    heading(sheet);
    context.fillStyle = '#b03028';
    write(sheet, 'GIẤY KHAI SINH', wide / 2, high * 0.22, wide * 0.036, 'center');
    context.fillStyle = INK;
    for (let row = 0; row < 12; row += 1) say(sheet, wide * 0.13, high * (0.29 + 0.04 * row), wide * dice.between(0.4, 0.74), 4);
    write(sheet, dice.pick(NAMES), wide * 0.68, high * 0.9, 4, 'center');
    signature(sheet, wide * 0.68, high * 0.84);
    seal(sheet, wide * 0.6, high * 0.84, 18);
  },

  card(sheet) {
    const { context, wide, high, dice } = sheet;
    context.fillStyle = '#8fa39a';
    context.fillRect(4, 16, 22, 28);
    context.fillStyle = '#b03028';
    write(sheet, 'CĂN CƯỚC', wide * 0.6, 9, 5, 'center');
    context.fillStyle = INK;
    for (let row = 0; row < 6; row += 1) say(sheet, 29, 18 + row * 5.4, dice.between(25, 52), 2.6);
  },
};

function line(context, x, y, toX, toY) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}

function write({ context, face, lines }, words, x, y, size, align = 'left', most = undefined) {
  context.font = `${size}px ${face}`;
  context.textAlign = align;
  context.fillText(words, x, y, most);
  lines.push(words);
}

/** Words that fill a width. */
function say(sheet, x, y, wide, size) {
  const { context, dice, face } = sheet;
  context.font = `${size}px ${face}`;
  let words = dice.pick(WORDS);
  words = words[0].toUpperCase() + words.slice(1);
  for (;;) {
    const more = `${words} ${dice.chance(0.06) ? dice.whole(1, 2026) : dice.pick(WORDS)}`;
    if (context.measureText(more).width > wide) break;
    words = more;
  }
  context.fillStyle = INK;
  write(sheet, words, x, y, size);
}

function heading(sheet) {
  const { context, wide, high } = sheet;
  context.fillStyle = INK;
  write(sheet, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', wide / 2, high * 0.07, wide * 0.021, 'center');
  write(sheet, 'Độc lập - Tự do - Hạnh phúc', wide / 2, high * 0.092, wide * 0.02, 'center');
}

function signature({ context, dice }, x, y) {
  context.strokeStyle = '#2b3f96';
  context.lineWidth = 0.6;
  context.beginPath();
  context.moveTo(x - 14, y);
  for (let i = 0; i < 7; i += 1) {
    context.bezierCurveTo(x - 14 + i * 4, y - dice.between(2, 11), x - 8 + i * 4, y + dice.between(1, 7), x - 9 + i * 4, y - dice.between(-2, 4));
  }
  context.stroke();
}

function seal({ context }, x, y, radius) {
  context.strokeStyle = 'rgba(204,40,44,0.85)';
  for (const [r, thick] of [[radius, 1], [radius * 0.62, 0.6]]) {
    context.lineWidth = thick;
    context.beginPath();
    context.arc(x, y, r, 0, 7);
    context.stroke();
  }
  context.fillStyle = 'rgba(204,40,44,0.85)';
  context.font = `${radius * 0.9}px sans-serif`;
  context.textAlign = 'center';
  context.fillText('★', x, y + radius * 0.32);
}
