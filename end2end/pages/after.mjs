// The screens of what comes after filing, and how the office brings a dossier there. What is filed, and
// how, is `dossier.mjs`'s.

import { readFileSync } from 'node:fs';
import { arrives, codeOf, fillIn, press, submit } from './dossier.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';

/** Files an extract and stands at its tracking page; gives the code. */
export async function followed(page, stage) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  await submit(page);
  await arrives(page, 'Trả phí');
  const code = codeOf(page);
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await arrives(page, 'Hồ sơ của bạn');
  return code;
}

/** What the office asks for in these tests: a paper, an answer, a fee. */
export const items = [
  { id: '1', title: 'Ảnh mặt sau căn cước', reason: 'Ảnh cũ bị mờ, không đọc được.', ask: { kind: 'paper' } },
  { id: '2', title: 'Nơi đăng ký khai sinh', reason: 'Ghi rõ xã, huyện lúc đó.', ask: { kind: 'answer', question: 'registered_at' } },
  { id: '3', title: 'Lệ phí trích lục', reason: 'Chưa nộp.', ask: { kind: 'fee', fee: 'extract_copies' } },
];

/** Pays at the counter and takes in. */
export async function takenIn(stage, code) {
  await stage.staff(`/dossiers/${code}/fees/extract_copies/cash`, {});
  return stage.staff(`/dossiers/${code}/intake`, {});
}

/** Sets a new day: the first one from next week on that the office works on. */
export async function putOff(stage, code) {
  for (let days = 7; days < 30; days += 1) {
    const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    try {
      return await stage.staff(`/dossiers/${code}/apology`, { day, reason: 'Phải xác minh ở nơi đăng ký cũ.' });
    } catch (refused) {
      if (!/working day/.test(refused.message)) throw refused;
    }
  }
  throw new Error('no working day');
}

/** A picture of a paper, as the office scans it. */
const scanned = async (page) => readFileSync(await paperPhoto(page.context().browser()));

/** Adds the result and ends the dossier. */
export async function done(page, stage, code) {
  await takenIn(stage, code);
  await stage.staffFile(`/dossiers/${code}/result?number=12%2FTLKT-BS`, await scanned(page));
  return stage.staff(`/dossiers/${code}/finish`, {});
}

/** Sends a draft of the result. */
export async function drafted(page, stage, code) {
  await takenIn(stage, code);
  return stage.staffFile(`/dossiers/${code}/draft-result`, await scanned(page));
}

const begun = (act, seen) => async (page, stage) => {
  const code = await followed(page, stage);
  await act(page, stage, code);
  await page.getByText(seen).first().waitFor();
  return code;
};

const asked = begun((_, stage, code) => stage.staff(`/dossiers/${code}/supplement`, { items }), 'Cần gửi thêm 3 mục');
const ended = begun(done, 'Xem kết quả điện tử');
const sketched = begun(drafted, 'Xem giúp bản dự thảo');

export const afterScreens = {
  'dossier-supplement': asked,
  'supplement': async (page, stage) => {
    await asked(page, stage);
    await press(page, 'Xem và gửi bổ sung');
    await arrives(page, 'Bổ sung hồ sơ');
  },
  'supplement-error': async (page, stage) => {
    await afterScreens.supplement(page, stage);
    await press(page, 'Gửi bổ sung');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'withdraw': async (page, stage) => {
    await followed(page, stage);
    await press(page, 'Rút hồ sơ');
    await arrives(page, 'Rút hồ sơ');
  },
  'withdraw-error': async (page, stage) => {
    await afterScreens.withdraw(page, stage);
    await press(page, 'Gửi yêu cầu rút');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'dossier-withdrawal': async (page, stage) => {
    await afterScreens.withdraw(page, stage);
    await page.getByLabel('Vì sao bạn rút?').fill('Nộp nhầm thủ tục');
    await press(page, 'Gửi yêu cầu rút');
    await page.getByText('Không rút nữa').waitFor();
  },
  'dossier-draft': sketched,
  'draft-result': async (page, stage) => {
    await sketched(page, stage);
    await press(page, 'Xem bản dự thảo');
    await arrives(page, 'Bản dự thảo kết quả');
  },
  'draft-result-error': async (page, stage) => {
    await afterScreens['draft-result'](page, stage);
    await page.getByRole('radio', { name: 'Có chỗ sai' }).check();
    await press(page, 'Gửi trả lời');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'dossier-apology': begun(async (_, stage, code) => {
    await takenIn(stage, code);
    await putOff(stage, code);
  }, 'Thư xin lỗi'),
  'dossier-refused': begun((_, stage, code) => stage.staff(`/dossiers/${code}/refusal`, {
    reason: 'Nơi đăng ký khai sinh không thuộc xã Kim Thành.',
    basis: 'Điều 63 Luật Hộ tịch',
    advice: 'Nộp tại xã đã đăng ký khai sinh, hoặc trên Cổng quốc gia.',
  }), 'Vì sao không được tiếp nhận'),
  'dossier-done': ended,
  'office-slip': async (page, stage) => {
    await begun((_, stage, code) => stage.staff(`/dossiers/${code}/supplement`, { items }), 'Cần gửi thêm 3 mục')(page, stage);
    await press(page, /^Phiếu yêu cầu bổ sung/);
    await arrives(page, 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ');
    await page.getByText('Ghi rõ xã, huyện lúc đó.').waitFor();
  },
  'office-slip-intake': async (page, stage) => {
    await begun((_, stage, code) => takenIn(stage, code), 'Được tiếp nhận')(page, stage);
    await press(page, /^Giấy tiếp nhận hồ sơ/);
    await arrives(page, 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả');
  },
  'office-slip-handed': async (page, stage) => {
    const code = await ended(page, stage);
    await stage.staff(`/dossiers/${code}/return`, {});
    await press(page, /^Phiếu trả kết quả/);
    await arrives(page, 'Phiếu trả kết quả');
  },
  'office-slip-stranger': async (page, stage) => {
    await afterScreens['office-slip'](page, stage);
    const address = page.url().split('#')[0];
    await page.context().clearCookies();
    await page.goto(address);
    await page.reload();
    await page.getByText('Muốn xem đủ').waitFor();
  },
  'delivery': async (page, stage) => {
    await ended(page, stage);
    await press(page, 'Chọn cách nhận bản giấy');
    await arrives(page, 'Nhận bản giấy');
  },
  'delivery-error': async (page, stage) => {
    await afterScreens.delivery(page, stage);
    await page.getByRole('radio', { name: /Qua bưu điện/ }).check();
    await press(page, 'Lưu cách nhận');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'dossier-code': async (page, stage) => {
    const code = await followed(page, stage);
    await page.context().clearCookies();
    // Another person's phone: nothing of the dossier is on it.
    await page.goto(stage.origin);
    await page.getByRole('button', { name: new RegExp(`^Xoá khỏi máy này.*${code}`) }).click();
    await page.getByRole('button', { name: new RegExp(`^Xoá(?! khỏi).*${code}`) }).click();
    await page.getByText(code).first().waitFor({ state: 'hidden' });
    await page.goto(`${stage.origin}/tra-cuu/${code}`);
    await press(page, 'Gửi mã');
    await page.getByText('Mã 6 số').waitFor();
  },
};
