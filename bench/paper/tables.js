// What papers lie on and what lies around them, drawn from above in millimetres. Must not know what is
// on the paper, nor of cameras.

const grey = (tone) => `rgb(${tone},${tone},${tone})`;
const shaded = ([r, g, b], factor, alpha = 1) => `rgba(${r * factor},${g * factor},${b * factor},${alpha})`;

/** Draws a table `wide` by `high` millimetres, the drawing's scale being set. */
export function table(context, kind, wide, high, dice) {
  tables[kind](context, wide, high, dice);
}

function fill(context, colour, wide, high) {
  context.fillStyle = colour;
  context.fillRect(0, 0, wide, high);
}

/** Specks that a plain surface has. */
function specks(context, wide, high, dice, alpha, count = 2500) {
  for (let i = 0; i < count; i += 1) {
    context.fillStyle = `rgba(${dice.chance(0.5) ? '0,0,0' : '255,255,255'},${alpha * dice.share()})`;
    const size = dice.between(0.5, 6);
    context.beginPath();
    context.ellipse(dice.between(0, wide), dice.between(0, high), size, size * dice.between(0.3, 1), dice.between(0, 3), 0, 7);
    context.fill();
  }
}

function wood(context, wide, high, dice, colour, grain) {
  const plank = dice.between(70, 160);
  for (let y = -plank; y < high; y += plank) {
    const tone = dice.between(0.92, 1.08);
    context.fillStyle = shaded(colour, tone);
    context.fillRect(0, y, wide, plank);
    for (let i = 0; i < 70; i += 1) {
      context.strokeStyle = shaded(colour, dice.chance(0.7) ? 0.6 : 1.25, grain * dice.share());
      context.lineWidth = dice.between(0.2, 1.8);
      const at = y + dice.between(0, plank);
      context.beginPath();
      context.moveTo(0, at);
      for (let x = 0; x < wide; x += 60) context.quadraticCurveTo(x + 30, at + dice.between(-4, 4), x + 60, at + dice.between(-2, 2));
      context.stroke();
    }
    context.fillStyle = shaded(colour, 0.4);
    context.fillRect(0, y, wide, dice.between(0.3, 1.2));
  }
}

const tables = {
  dark: (context, wide, high, dice) => {
    fill(context, grey(dice.between(28, 75)), wide, high);
    specks(context, wide, high, dice, 0.05);
  },
  coloured: (context, wide, high, dice) => {
    fill(context, dice.pick(['#2f5d8a', '#7b2d33', '#2f6b4a', '#8a5a1f']), wide, high);
    specks(context, wide, high, dice, 0.05);
  },
  darkWood: (context, wide, high, dice) => wood(context, wide, high, dice, [88, 58, 38], 0.5),
  grey: (context, wide, high, dice) => {
    fill(context, grey(dice.between(125, 185)), wide, high);
    specks(context, wide, high, dice, 0.08);
  },
  light: (context, wide, high, dice) => {
    const tone = dice.between(198, 224);
    fill(context, `rgb(${tone},${tone - dice.between(-2, 4)},${tone - dice.between(0, 12)})`, wide, high);
    specks(context, wide, high, dice, 0.04);
  },
  lightWood: (context, wide, high, dice) => wood(context, wide, high, dice, [200, dice.between(158, 172), dice.between(110, 135)], 0.4),
  check(context, wide, high, dice) {
    const [ground, stripe] = dice.pick([['#f0ece2', '#b23a3a'], ['#e8edf2', '#3e6ea8'], ['#dfe8d8', '#4c7a4a'], ['#2f3440', '#8b929e']]);
    fill(context, ground, wide, high);
    const pitch = dice.between(14, 44);
    context.globalAlpha = 0.5;
    context.fillStyle = stripe;
    for (let x = 0; x < wide; x += pitch) context.fillRect(x, 0, pitch / 2, high);
    for (let y = 0; y < high; y += pitch) context.fillRect(0, y, wide, pitch / 2);
    context.globalAlpha = 1;
    specks(context, wide, high, dice, 0.05);
  },
  flowers(context, wide, high, dice) {
    fill(context, dice.pick(['#cfd8cf', '#d9c9b8', '#40506a', '#c7a9a2']), wide, high);
    for (let i = 0; i < 260; i += 1) {
      const [x, y, size] = [dice.between(0, wide), dice.between(0, high), dice.between(3, 13)];
      context.fillStyle = dice.pick(['#a83a4a', '#c98a2c', '#6a4a86', '#e6e0d0', '#3c6a4a']);
      for (let leaf = 0; leaf < 5; leaf += 1) {
        context.beginPath();
        context.ellipse(x + Math.cos(leaf * 1.26) * size * 0.6, y + Math.sin(leaf * 1.26) * size * 0.6, size * 0.5, size * 0.3, leaf * 1.26, 0, 7);
        context.fill();
      }
    }
  },
  tiles(context, wide, high, dice) {
    const tone = dice.between(150, 205);
    fill(context, grey(tone * 0.55), wide, high);
    const [pitch, joint] = [dice.between(100, 300), dice.between(1.5, 4)];
    for (let x = -dice.between(0, pitch); x < wide; x += pitch) {
      for (let y = -dice.between(0, 20); y < high; y += pitch) {
        const own = tone * dice.between(0.96, 1.04);
        context.fillStyle = `rgb(${own},${own * 0.98},${own * 0.93})`;
        context.fillRect(x, y, pitch - joint, pitch - joint);
      }
    }
    specks(context, wide, high, dice, 0.07);
  },
  mat(context, wide, high, dice) {
    fill(context, '#c9b98a', wide, high);
    for (let y = 0; y < high; y += 2.2) {
      context.fillStyle = `rgba(${dice.chance(0.15) ? '150,50,50' : '90,75,40'},${dice.between(0.1, 0.5)})`;
      context.fillRect(0, y, wide, 0.8);
    }
    for (let x = 0; x < wide; x += 26) {
      context.fillStyle = 'rgba(80,60,30,0.4)';
      context.fillRect(x, 0, 0.7, high);
    }
  },
  newspaper(context, wide, high, dice) {
    fill(context, '#c9c6bb', wide, high);
    context.fillStyle = '#3c3b38';
    for (let x = 8; x < wide; x += 62) {
      for (let y = 8; y < high; y += dice.chance(0.03) ? 16 : 4.2) {
        let at = x;
        while (at < x + 54) {
          const word = dice.between(2, 9);
          context.fillRect(at, y, Math.min(word, x + 54 - at), 1.6);
          at += word + 1.3;
        }
      }
      if (dice.chance(0.6)) {
        context.fillStyle = grey(dice.between(70, 130));
        context.fillRect(x, dice.between(0, high), 54, dice.between(30, 60));
        context.fillStyle = '#3c3b38';
      }
    }
  },
};

/** Things that lie about, around a page of this size in the middle; `sheets` are other papers. */
export function things(context, kind, count, middle, size, dice) {
  for (let i = 0; i < count; i += 1) {
    const angle = dice.between(0, 6.28);
    const far = dice.between(0.62, 0.95);
    context.save();
    context.translate(middle[0] + Math.cos(angle) * size[0] * far * 1.15, middle[1] + Math.sin(angle) * size[1] * far);
    context.rotate(dice.between(0, 3.14));
    context.shadowColor = 'rgba(0,0,0,0.5)';
    context.shadowBlur = 12;
    context.shadowOffsetX = context.shadowOffsetY = 6;
    (kind === 'sheets' ? sheet : dice.pick([book, phone, pen, cup, keys, sheet]))(context, dice);
    context.restore();
  }
}

function sheet(context, dice) {
  const tone = dice.between(205, 242);
  context.fillStyle = grey(tone);
  context.fillRect(-105, -148, 210, 297);
  context.shadowColor = 'transparent';
  context.fillStyle = '#44444c';
  for (let y = -125; y < 125; y += 7) context.fillRect(-85, y, dice.between(60, 170), 2);
}

function book(context, dice) {
  const [wide, high] = [dice.between(110, 170), dice.between(160, 230)];
  context.fillStyle = dice.pick(['#27456b', '#8c2f39', '#c7b27a', '#3c5a40', '#e0ddd2']);
  context.fillRect(-wide / 2, -high / 2, wide, high);
  context.shadowColor = 'transparent';
  context.fillStyle = 'rgba(255,255,255,0.7)';
  context.fillRect(-wide * 0.35, -high * 0.3, wide * 0.7, high * 0.08);
}

function phone(context) {
  context.fillStyle = '#17181b';
  context.fillRect(-36, -76, 72, 152);
  context.shadowColor = 'transparent';
  context.fillStyle = '#2c3138';
  context.fillRect(-33, -70, 66, 140);
}

function pen(context, dice) {
  context.fillStyle = dice.pick(['#1f3f8f', '#b02a2a', '#22262b', '#d8d8d2']);
  context.fillRect(-4, -72, 8, 144);
}

function cup(context, dice) {
  context.fillStyle = dice.pick(['#f2f0ea', '#7a4a35', '#9fb4c2']);
  context.beginPath();
  context.arc(0, 0, 40, 0, 7);
  context.fill();
  context.shadowColor = 'transparent';
  context.fillStyle = '#3b2418';
  context.beginPath();
  context.arc(0, 0, 33, 0, 7);
  context.fill();
}

function keys(context, dice) {
  context.strokeStyle = '#8d8a82';
  context.lineWidth = 5;
  for (let i = 0; i < 3; i += 1) {
    context.beginPath();
    context.arc(i * 14, 0, 9, 0, 7);
    context.moveTo(i * 14, 9);
    context.lineTo(i * 14 + dice.between(-8, 8), 50);
    context.stroke();
  }
}
