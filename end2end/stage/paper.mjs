// Pictures of papers, made on the spot: nothing of a real person is ever in the repository.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './scratch.mjs';

const folder = () => scratch('paper');

/** A photo of a birth notice, drawn by the browser: a JPEG of about two megapixels. */
export async function photoOfPaper(browser) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  await page.setContent(`<body style="margin:60px;background:#7a6a55">
    <div style="background:#fffdf5;padding:80px;height:1300px;font:34px serif;transform:rotate(1deg)">
    <h1>GIẤY CHỨNG SINH</h1><p>Họ và tên mẹ: PHẠM THỊ THU HƯƠNG</p><p>Đã sinh con vào lúc 6 giờ 20
    phút, ngày 12 tháng 11 năm 2026</p><p>Giới tính: Nam. Cân nặng: 3200 g</p></div>`);
  const path = join(folder(), 'giay-chung-sinh.jpg');
  await page.screenshot({ path, type: 'jpeg', quality: 90 });
  await page.close();
  return path;
}

/** A file with these bytes. */
export function file(name, bytes) {
  const path = join(folder(), name);
  writeFileSync(path, bytes);
  return path;
}
