// axe on the page as it stands. Injected by evaluate: a script tag would break the policy that the
// page is under.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds: one line for each element that breaks a rule. */
export async function violations(page) {
  await page.evaluate(source);
  const found = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), tags);
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}

/** What our own rules find: sideways scroll, small targets, small text, a missing heading or title. */
export function houseRules(page) {
  return page.evaluate(() => {
    const problems = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      problems.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${width}`);
    }
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) problems.push(`${headings} h1`);
    if (!document.title.trim()) problems.push('no title');
    const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
    const targets = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary');
    for (const element of targets) {
      if (!shown(element) || element.classList.contains('skip')) continue;
      let box = element.getBoundingClientRect();
      const label = element.closest('label') ?? (element.id && document.querySelector(`label[for="${element.id}"]`));
      if (/radio|checkbox/.test(element.type) && label) {
        const other = label.getBoundingClientRect();
        box = { width: Math.max(box.width, other.width), height: Math.max(box.height, other.height) };
      }
      const inText = getComputedStyle(element).display === 'inline' && element.closest('p, li, dd');
      if (!inText && (box.height < 47.5 || box.width < 47.5)) {
        problems.push(`target ${Math.round(box.width)}×${Math.round(box.height)}: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility() || parent.closest('svg, script, style, .hidden-text')) continue;
      const size = parseFloat(getComputedStyle(parent).fontSize);
      if (size < 16) problems.push(`text of ${size}px: ${node.data.trim().slice(0, 60)}`);
    }
    return problems;
  });
}
