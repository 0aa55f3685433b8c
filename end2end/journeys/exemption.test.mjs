// Who need not pay says so before money is asked, proves it, and hears from the office.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, codeOf, fillIn, goOn, press, submit } from '../pages/dossier.mjs';
import { photoOfPaper } from '../stage/paper.mjs';
import { onStageWithPhone, page, stage } from '../stage/setting.mjs';

onStageWithPhone();

/** A filed extract whose applicant claims this group; the page stands at tracking. */
async function claiming(group) {
  await page.goto(`${stage.origin}/thu-tuc/2.000635`);
  await fillIn(page, '2.000635');
  // Nobody is ticked before.
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
  assert.ok((await page.textContent('main')).includes('16.000'));
  await page.getByRole('radio', { name: group, exact: true }).check();
  await page.getByText('Bây giờ chưa phải trả').waitFor();
  // Without the proof there is no going on.
  await press(page, 'Đúng rồi, đi đến bước nộp');
  await page.getByText('Có vấn đề cần sửa').waitFor();
  await press(page, 'Gửi giấy chứng minh');
  await arrives(page, 'Giấy tờ gửi kèm');
  await page.getByLabel(/^Chọn ảnh hoặc PDF/).first().setInputFiles(await photoOfPaper(page.context().browser()));
  await page.getByText('Đã gửi xong').first().waitFor();
  await goOn(page);
  await arrives(page, 'Xem lại trước khi nộp');
  assert.ok(await page.getByRole('radio', { name: group, exact: true }).isChecked());
  await submit(page);
  await arrives(page, 'Đã nộp hồ sơ');
  const code = codeOf(page);
  await page.goto(`${stage.origin}/tra-cuu/${code}`);
  await arrives(page, 'Hồ sơ của bạn');
  await page.getByText('Trung tâm kiểm tra diện được miễn').waitFor();
  return code;
}

test('an exemption that the office accepts costs nothing, and says why', async () => {
  const code = await claiming('Người khuyết tật');
  await stage.staff(`/dossiers/${code}/exemption`, { accepted: true });
  await page.reload();
  await page.getByText('Miễn cho: Người khuyết tật').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Trả phí' }).count(), 0);
});

test('one that it refuses is due, and paid from tracking', async () => {
  const code = await claiming('Hộ nghèo');
  await stage.staff(`/dossiers/${code}/exemption`, { accepted: false, reason: 'Giấy đã hết hạn.' });
  await page.reload();
  await page.getByText('Giấy đã hết hạn.').waitFor();
  await press(page, 'Trả phí');
  await arrives(page, 'Trả phí');
  assert.ok((await page.textContent('main')).includes('16.000'));
});
