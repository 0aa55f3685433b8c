// Pictures of papers, made on the spot: nothing of a real person is ever in the repository.

import { randomBytes } from 'node:crypto';
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

/** A PDF of one page and about this many bytes, random inside: luck cannot hide a wrong byte. */
export function pdf(size) {
  const noise = randomBytes(Math.max(1, size - 700));
  const how = '/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Height 1';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 4 0 R >> >> >>',
    Buffer.concat([Buffer.from(`<< ${how} /Width ${noise.length} /Length ${noise.length} >>\nstream\n`), noise, Buffer.from('\nendstream')]),
  ];
  const parts = [Buffer.from('%PDF-1.7\n')];
  let [at, table] = [parts[0].length, ''];
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    table += `${String(at).padStart(10, '0')} 00000 n\r\n`;
    at += part.length;
    parts.push(part);
  }
  parts.push(Buffer.from(`xref\n0 5\n0000000000 65535 f\r\n${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}
