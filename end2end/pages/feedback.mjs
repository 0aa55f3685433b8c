// Feedback to the office: how somebody writes it, what the office does with it, and its screens.

import { arrives, press } from './dossier.mjs';
import { followed } from './after.mjs';
import { paperPhoto } from '../stage/paper_film.mjs';
import { staffToken } from '../stage/stage.mjs';

export const said = 'Đèn đường ở ngõ Vạc Đồng hỏng ba tuần, buổi tối đi lại rất khó.';

/** Opens the page from the foot of the start page. */
export async function openFeedback(page, stage) {
  await page.goto(stage.origin);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Phản ánh, kiến nghị' }).click();
  await arrives(page, 'Phản ánh, kiến nghị');
  await page.getByLabel('Nội dung').waitFor();
}

/** Writes it, with a photo where there is one. */
export async function write(page, { about = 'Cơ quan hoặc cán bộ xã', text = said, photo, phone } = {}) {
  await page.getByRole('radio', { name: about }).check();
  await page.getByLabel('Nội dung').fill(text);
  if (photo) {
    await page.getByLabel('Chụp hoặc chọn ảnh').setInputFiles(photo);
    await page.getByText('Ảnh 1').first().waitFor();
  }
  if (phone) await page.getByLabel('Số điện thoại').fill(phone);
}

/** Sends it; gives its code. */
export async function sendIt(page) {
  await press(page, 'Gửi phản ánh');
  return arrived(page);
}

/** Waits until it was sent; gives its code. */
export async function arrived(page) {
  await arrives(page, 'Phản ánh của bạn');
  return page.getByText(/^PA-\d{6}-\d{4}-\d$/).textContent();
}

/** What the office has to do. */
export async function atOffice(stage) {
  const answer = await fetch(`${stage.origin}/api/v1/staff/feedback`, {
    headers: { authorization: `Bearer ${staffToken}` },
  });
  return (await answer.json()).feedback;
}

const sent = async (page, stage) => {
  await openFeedback(page, stage);
  const photo = await paperPhoto(page.context().browser());
  await write(page, { photo, phone: '0912345678' });
  return sendIt(page);
};

export const feedbackScreens = {
  'feedback': openFeedback,
  'feedback-filled': async (page, stage) => {
    await openFeedback(page, stage);
    await write(page, { about: 'Một thủ tục', photo: await paperPhoto(page.context().browser()), phone: '0912345678' });
    await page.getByLabel('Nơi xảy ra').fill('Ngõ Vạc Đồng, thôn Bắc');
    await page.locator('[data-saved=true]').waitFor();
  },
  'feedback-error': async (page, stage) => {
    await openFeedback(page, stage);
    await page.getByRole('radio', { name: 'Một hồ sơ, tôi có mã' }).check();
    await page.getByLabel('Số điện thoại').fill('12');
    await press(page, 'Gửi phản ánh');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'feedback-offline': async (page, stage) => {
    await openFeedback(page, stage);
    await write(page);
    await page.context().setOffline(true);
    await press(page, 'Gửi phản ánh');
    await page.getByText('Đang chờ mạng').waitFor();
  },
  'feedback-sent': sent,
  'feedback-asked': async (page, stage) => {
    const code = await sent(page, stage);
    await stage.staff(`/feedback/${code}/question`, { question: 'Cột đèn số mấy? Gửi ảnh cột đèn nếu được.' });
    await page.getByLabel('Bạn nói thêm').waitFor();
  },
  'feedback-asked-error': async (page, stage) => {
    await feedbackScreens['feedback-asked'](page, stage);
    await press(page, 'Gửi thêm cho xã');
    await page.getByText('Có vấn đề cần sửa').waitFor();
  },
  'feedback-answered': async (page, stage) => {
    const code = await sent(page, stage);
    await stage.staff(`/feedback/${code}/answer`, {
      answer: 'Ủy ban nhân dân xã đã cho thay bóng đèn ngày 26/11.\nNếu đèn còn hỏng, mời bạn báo lại.',
    });
    await page.getByRole('heading', { name: 'Xã trả lời' }).waitFor();
  },
  'feedback-refused': async (page, stage) => {
    const code = await sent(page, stage);
    await stage.staff(`/feedback/${code}/refusal`, {
      reason: 'Đèn trên quốc lộ do Sở Xây dựng quản lý.', advice: 'Gửi về Sở Xây dựng thành phố.',
    });
    await page.getByText('Vì sao xã không tiếp nhận').waitFor();
  },
  'feedback-list': async (page, stage) => {
    await sent(page, stage);
    await openFeedback(page, stage);
    await page.getByText('Phản ánh của bạn trên máy này').waitFor();
  },
  'feedback-stranger': async (page, stage) => {
    const code = await sent(page, stage);
    await openFeedback(page, stage);
    await page.getByRole('button', { name: new RegExp(`^Xoá khỏi máy này.*${code}`) }).click();
    await page.getByRole('button', { name: new RegExp(`^Xoá(?! khỏi).*${code}`) }).click();
    await page.getByText(code).first().waitFor({ state: 'hidden' });
    await page.goto(`${stage.origin}/phan-anh/${code}`);
    await page.getByText('Mở trên máy đã gửi').waitFor();
  },
  'feedback-answers': async (page, stage) => {
    const code = await sent(page, stage);
    await stage.staff(`/feedback/${code}/answer`, { answer: 'Đã thay.' });
    await stage.staff(`/feedback/${code}/publication`, {
      question: 'Đèn đường ở thôn Bắc hỏng nhiều tuần.', answer: 'Xã đã cho thay bóng đèn.',
    });
    await page.goto(`${stage.origin}/phan-anh/tra-loi`);
    await page.getByText('Xã đã cho thay bóng đèn.').first().waitFor();
  },
  'feedback-dossier': async (page, stage) => {
    await followed(page, stage);
    await press(page, 'Gửi phản ánh về hồ sơ này');
    await arrives(page, 'Phản ánh, kiến nghị');
    await page.getByRole('radio', { name: /^Hồ sơ .*mã H24/, checked: true }).waitFor();
  },
};
