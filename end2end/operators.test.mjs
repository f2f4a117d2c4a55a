// The operator's page and its desk in a real Chromium: every width, light and dark, without script, on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, browser, canteen, shop;

before(async () => {
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }, '--demo'), startBrowser()]);
  // whoever has a dynamic grade and officials: the first that the register lists
  const read = async (path) => (await fetch(portal.address + path)).text();
  const list = await read('/registers/officials');
  const entry = list.match(/\/registers\/officials\/[0-9a-f-]{36}/)[0];
  canteen = (await read(entry)).match(/\/operators\/[0-9a-f-]{36}/)[0];
  const { items } = await (await fetch(`${portal.address}/api/v1/samples?verdict=failed&limit=1`)).json();
  shop = `/operators/${items[0].seller_id}`;
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

/** Looks at what stands on a page of the desk now, with axe and at two widths; the page itself runs no script. */
async function look(page, name) {
  const [html, url] = [await page.content(), page.url()];
  for (const [width, colorScheme] of [[360, 'light'], [1440, 'dark']]) {
    const other = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const tab = await other.newPage();
    await tab.route(url, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
    await tab.goto(url, { waitUntil: 'networkidle' });
    await fine(tab, `${name} ${width}`);
    await picture(tab, `${name}-${width}`);
    await other.close();
  }
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    test(`page at ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      for (const [name, path] of [['canteen', canteen], ['shop', shop]]) {
        await page.goto(portal.address + path);
        assert.ok((await page.locator('h1').innerText()).length > 1);
        await fine(page, `${name} ${width}`);
        await picture(page, `operator-${name}-${colorScheme}-${width}`);
      }
      await context.close();
    });
  }
}

test('without script: filters and pages; on paper no controls', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  await page.goto(portal.address + shop);
  const days = async () => page.locator('.records time').evaluateAll((all) => all.map((one) => one.dateTime)).catch(() => []);
  const all = await page.locator('.records > li').count();
  assert.ok(all > 0);
  const filter = page.locator('nav.tabs a', { hasText: '被抽样单位' });
  if (await filter.count()) {
    await filter.click();
    await page.waitForURL(/show=seller/);
    assert.ok(await page.locator('.records > li.sample').count() > 0);
    assert.equal(await page.locator('.records > li:not(.sample)').count(), 0);
  }
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['nav.tabs', '.report-link', '.site-head nav', '.small-search']) {
    for (const one of await page.locator(hidden).all()) assert.equal(await one.isVisible(), false, hidden);
  }
  assert.ok(await page.locator('h1').isVisible());
  await picture(page, 'operator-print');
  await context.close();
});

test('the desk: find, correct, merge, follow, undo', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', bypassCSP: true, javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  const said = execFileSync(binary, ['user', 'add', 'editor', '--role', 'editor', '--data', portal.data], { encoding: 'utf8' });
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery');
  await page.locator('main button').click();
  await page.goto(`${portal.address}/desk/operators`);
  assert.equal(await page.locator('h1').innerText(), '经营者');
  await look(page, 'desk-operators');
  const ids = (await (await fetch(`${portal.address}/api/v1/operators?limit=2`)).json()).items;
  await page.goto(`${portal.address}/desk/operators/${ids[0].id}`);
  await look(page, 'desk-operator');
  await page.locator('#f-aliases').fill('老字号');
  // the page keeps its address: what was typed is there when the saved one has come
  const saved = page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().includes(ids[0].id));
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await (await saved).finished();
  await page.waitForLoadState('load');
  await page.locator('#f-into').fill(`${portal.address}/operators/${ids[1].id}`);
  await page.getByRole('button', { name: '并入另一家' }).click();
  await page.waitForURL(new RegExp(ids[1].id));
  const moved = await fetch(`${portal.address}/operators/${ids[0].id}`, { redirect: 'manual' });
  assert.deepEqual([moved.status, moved.headers.get('location')], [308, `/operators/${ids[1].id}`]);
  assert.ok((await (await fetch(`${portal.address}/operators/${ids[1].id}`)).text()).includes('老字号'));
  await page.goto(`${portal.address}/desk/operators/${ids[0].id}`);
  await page.getByRole('button', { name: '撤销合并' }).click();
  await page.waitForURL(new RegExp(ids[0].id));
  assert.equal((await fetch(`${portal.address}/operators/${ids[0].id}`, { redirect: 'manual' })).status, 200);
  await context.close();
});
