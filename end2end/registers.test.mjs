// Registers in a real Chromium: found, narrowed, read, with and without script, on every width.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, browser;

before(async () => {
  [portal, browser] = await Promise.all([startPortal('--demo'), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const fine = async (page, what) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140))}`), []);
};
const picture = async (page, name) => {
  if (process.env.PORTAL_PICTURES) await page.screenshot({ path: `${process.env.PORTAL_PICTURES}/${name}.png`, fullPage: true });
};

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    test(`list, register and entry at ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, reducedMotion: 'reduce', colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${portal.address}/registers`);
      assert.ok(await page.locator('.register-line').count() >= 20);
      await fine(page, `list ${width}`);
      await picture(page, `registers-${colorScheme}-${width}`);
      await page.locator('a[href="/registers/school-canteens"]').click();
      await page.waitForURL(/school-canteens$/);
      await fine(page, `register ${width}`);
      await picture(page, `register-${colorScheme}-${width}`);
      await page.locator('table.entries tbody th a').first().click();
      await page.waitForURL(/school-canteens\/[0-9a-f-]{36}$/);
      await fine(page, `entry ${width}`);
      await picture(page, `entry-${colorScheme}-${width}`);
      await page.locator('main a[href^="/operators/"]').click();
      await page.waitForURL(/operators/);
      await context.close();
    });
  }
}

test('without script: words, filters, order, pages and files', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  await page.goto(`${portal.address}/registers/inspections`);
  const counted = async () => (await page.locator('.section-head [role=status]').innerText()).match(/[\d,]+/g).map((n) => +n.replace(',', ''));
  const [all] = await counted();
  await page.selectOption('#f-result', 'nonconform');
  await page.selectOption('#order', '-date');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.waitForURL(/f-result=nonconform/);
  const [whole, some] = await counted();
  assert.ok(whole === all && some > 0 && some < all, `${whole} ${some}`);
  const shown = await page.locator('table.entries tbody').innerText();
  assert.ok(!shown.includes('基本符合'));
  const days = [...shown.matchAll(/(\d{4})年(\d+)月(\d+)日/g)].map((d) => d[1] + d[2].padStart(2, '0') + d[3].padStart(2, '0'));
  assert.deepEqual(days, days.toSorted().toReversed());
  await page.getByRole('link', { name: '清除筛选' }).click();
  await page.waitForURL(/inspections$/);
  await page.locator('.pager a[rel=next]').click();
  await page.waitForURL(/after=/);
  assert.equal(await page.locator('table.entries tbody tr').count() > 0, true);
  const csv = await (await fetch(`${portal.address}/registers/inspections.csv`)).text();
  assert.equal(csv.trim().split('\r\n').length, all + 1);
  const json = await (await fetch(`${portal.address}/registers/inspections.json`)).json();
  assert.equal(json.entries.length, all);
  await page.fill('#q', '食堂');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.waitForURL(/q=/);
  for (const name of await page.locator('table.entries tbody th a').allInnerTexts()) assert.match(name, /食堂/);
  await context.close();
});

test('an entry is found by the search of the whole site', async () => {
  const page = await browser.newPage();
  await page.goto(`${portal.address}/registers/small-trades`);
  const name = await page.locator('table.entries tbody th a').first().innerText();
  await page.goto(`${portal.address}/search?q=${encodeURIComponent(name)}&kind=register`);
  const hit = page.locator('.hit', { has: page.locator('a[href^="/registers/small-trades/"]') }).first();
  assert.match(await hit.innerText(), /登记名册/);
  assert.match(await hit.innerText(), /小作坊、小餐饮/);
  await page.close();
});
