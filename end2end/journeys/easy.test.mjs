// Easy mode, for who sees little and reads slowly: one tap away on every page, one question a screen,
// 24 px type, a large button to a person, and a voice only where there is one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, arrives, goOn, heading, personas } from '../pages/dossier.mjs';
import { context, onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

const controls = () => page.locator('main form').locator('input, select, textarea, button.choice').count();

test('it is one tap away on every page, stays, and goes away as easily', async () => {
  for (const path of ['/', '/tim', '/thu-tuc/2.000635', '/tra-cuu', '/quet']) {
    await page.goto(stage.origin + path);
    await page.getByRole('button', { name: 'Chữ to' }).waitFor();
  }
  await page.getByRole('button', { name: 'Chữ to' }).click();
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  assert.ok(await size() >= 24, `${await size()} px`);
  const help = page.getByRole('link', { name: 'Gọi hỗ trợ' });
  assert.match(await help.getAttribute('href'), /^tel:\d+$/);
  await page.goto(stage.origin);
  await help.waitFor();
  assert.ok(await size() >= 24, 'there again after opening the app anew');
  await page.getByRole('button', { name: 'Chữ thường' }).click();
  assert.ok(await size() < 24);
  assert.equal(await help.count(), 0);
});

test('one question a screen, from the first to the check page, and back again', async () => {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await page.getByRole('button', { name: 'Chữ to' }).click();
  await page.getByRole('link', { name: 'Bắt đầu làm hồ sơ' }).click();
  let screens = 0;
  for (const [title, answers] of personas['2.000635']) {
    await arrives(page, title);
    const wanted = Object.entries(answers);
    for (let step = 0; step < 12; step += 1) {
      if (!(await heading(page).textContent()).includes(title)) break;
      screens += 1;
      assert.ok(await controls() <= 6, `${title}: ${await controls()} controls on one screen`);
      const before = page.url();
      let moved = false;
      for (const [label, value] of wanted) {
        const there = value.date ? page.getByRole('group', { name: label })
          : value.choice ? page.getByRole('button', { name: value.choice, exact: true })
            : page.getByRole('textbox', { name: label, exact: true });
        if (await there.count()) moved = await answer(page, label, value);
      }
      if (!moved) await goOn(page);
      await page.waitForURL((url) => url.href !== before);
    }
  }
  await arrives(page, 'Xem lại trước khi nộp');
  assert.ok(screens > personas['2.000635'].length, `${screens} screens`);
  await page.getByText('Đã đủ để nộp').waitFor();
  await page.goBack();
  await arrives(page, 'Liên hệ với ai khi cần?');
});

test('read aloud is offered where the device has a voice, and only there; dictation never for numbers', async () => {
  await page.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await page.getByRole('button', { name: 'Chữ to' }).click();
  await arrives(page, 'Người yêu cầu là ai?');
  const read = page.getByRole('button', { name: 'Đọc to trang này' });
  const voices = await page.evaluate(() => speechSynthesis.getVoices().filter((v) => v.lang.startsWith('vi')).length);
  assert.equal(await read.count() > 0, voices > 0);
  // A device with a Vietnamese voice and an ear; one window at a time works on a draft.
  await page.close();
  const able = await context.newPage();
  await able.addInitScript(() => {
    window.spoken = [];
    const voice = { lang: 'vi-VN', name: 'Lan' };
    Object.defineProperty(window, 'speechSynthesis', { value: {
      getVoices: () => [voice], speak: (what) => window.spoken.push(what.text), cancel() {}, addEventListener() {},
    } });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    window.SpeechRecognition = class {
      start() { setTimeout(() => { this.onresult({ results: [[{ transcript: 'Phạm Thị Thu Hương' }]] }); this.onend(); }, 20); }
    };
  });
  await able.goto(`${stage.origin}/nop/2.000635/cau-hoi/nguoi-yeu-cau`);
  await arrives(able, 'Người yêu cầu là ai?');
  await able.getByRole('button', { name: 'Đọc to trang này' }).click();
  assert.match((await able.evaluate(() => window.spoken))[0], /Người yêu cầu là ai/);
  await able.getByRole('button', { name: 'Nói thay vì gõ' }).click();
  await able.waitForFunction(() => document.querySelector('main form input').value === 'Phạm Thị Thu Hương');
  await goOn(able);
  await able.getByRole('group', { name: 'Ngày sinh' }).waitFor();
  await answer(able, 'Ngày sinh', { date: ['8', '3', '1989'] });
  await goOn(able);
  await able.getByRole('textbox', { name: 'Số định danh cá nhân' }).waitFor();
  assert.equal(await able.getByRole('button', { name: 'Nói thay vì gõ' }).count(), 0, 'numbers are typed');
});
