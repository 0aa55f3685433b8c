// Our client as a citizen has it: the built app in Chromium, a file picked in the slot of a paper. Knows
// nothing of links or servers.

import { answerAll, arrives, pageOf } from '../../end2end/pages/dossier.mjs';

export class Ours {
  /** Opens the app at the papers of a birth, which need few answers before. */
  static async open(browser, origin, more = {}) {
    const ours = new Ours();
    ours.context = await browser.newContext({ ...more, locale: 'vi-VN', viewport: { width: 360, height: 800 }, serviceWorkers: 'block' });
    ours.page = await ours.context.newPage();
    await ours.page.goto(`${origin}/nop/1.001193/cau-hoi/noi-sinh`);
    await answerAll(ours.page, [pageOf('1.001193', 'Trẻ sinh ở đâu?')]);
    await arrives(ours.page, 'Quê quán của trẻ ở đâu?');
    await ours.page.goto(`${origin}/nop/1.001193/giay-to`);
    await arrives(ours.page, 'Giấy tờ gửi kèm');
    return ours;
  }

  /** Picks a file; says whether the page said that it was sent. */
  async send(path, patience) {
    await this.page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(path);
    const sent = this.page.getByText('Đã gửi xong').first();
    return sent.waitFor({ timeout: patience }).then(() => true, () => false);
  }

  close() {
    return this.context.close();
  }
}
