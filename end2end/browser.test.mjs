// What people see and do, in a real Chromium, with and without JavaScript.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, empty, browser, paths, recall;

before(async () => {
  [portal, empty, browser] = await Promise.all([startPortal('--demo'), startPortal(), startBrowser()]);
  const api = async (path) => (await fetch(`${portal.address}/api/v1${path}`)).json();
  const failed = (await api('/samples?verdict=failed&limit=1')).items[0];
  const kinds = ['disposal', 'penalty', 'recall', 'warning', 'tip', 'notice', 'article'];
  const publications = await Promise.all(kinds.map(async (kind) => (await api(`/publications?kind=${kind}&limit=200`)).items));
  const newest = Object.fromEntries(publications.map((items) => [items[0].kind, items[0]]));
  const corrected = (await Promise.all(publications[0].map((one) => api(`/publications/${one.id}`)))).find((one) => one.revisions.length > 1);
  recall = publications[2].find((one) => one.fields.lots);
  paths = {
    home: '/',
    ...Object.fromEntries(publications.flatMap((items) => [
      [`list ${items[0].kind}`, items[0].url.replace(/\/[^/]*$/, '')],
      [items[0].kind, items[0].url],
    ])),
    hub: '/publications',
    noSuchYear: '/articles?year=1999',
    table: publications[5].find((one) => one.body.includes('|---')).url,
    revision: `${corrected.url}/revisions/2`,
    firstRevision: `${corrected.url}/revisions/1`,
    closedLoop: `/samples/${corrected.samples[0].id}`,
    penalised: `/operators/${(await api(`/publications/${newest.penalty.id}`)).operators[0].id}`,
    recallAnswer: `${recall.url}?lot=${encodeURIComponent(recall.fields.lots.split('\n')[0].replace('*', ''))}`,
    recallSearch: `/recalls?product=${encodeURIComponent(recall.fields.product)}&lot=X`,
    recallBadDay: '/recalls?made_on=2026-02-30',
    bulletins: '/bulletins',
    year: '/bulletins?year=2025',
    bulletin: `/bulletins/${failed.bulletin.id}`,
    failed: `/bulletins/${failed.bulletin.id}?verdict=failed`,
    sample: `/samples/${failed.id}`,
    operator: `/operators/${failed.seller_id}`,
    places: '/places',
    schools: '/schools',
    kitchens: '/kitchens',
    registers: '/registers',
    register: '/registers/school-canteens',
    polls: '/polls',
    gate: `/operators/${failed.seller_id}/notice`,
    search: '/search?q=%E9%A3%9F%E5%A0%82',
    filtered: '/search?q=&verdict=failed&family=additive&sort=newest',
    nothing: '/search?q=%E9%BE%98%E9%BE%98%E9%BE%98%E9%BE%98',
    about: '/about',
    unknown: '/no/such/page',
    badCursor: '/bulletins?after=nonsense',
  };
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  await empty?.stop();
});

async function open(options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, errors, close: () => context.close() };
}

const expectedStatus = (name) => ({ unknown: 404, badCursor: 400, recallBadDay: 422 })[name] ?? 200;

test('every page: status, banner, no console errors, no sideways scrolling, no axe violations', async () => {
  const found = [];
  for (const [width, scheme] of [[360, 'light'], [1440, 'dark'], [1440, 'light']]) {
    for (const [name, path] of Object.entries(paths)) {
      const { page, errors, close } = await open({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
      const response = await page.goto(portal.address + path, { waitUntil: 'networkidle' });
      const at = `${name} at ${width} ${scheme}`;
      assert.equal(response.status(), expectedStatus(name), at);
      assert.match(await page.locator('body').innerText(), /演示数据/, at);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${at}: ${wide} pixels too wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      found.push(...violations.map((v) => `${at}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3)}`));
      const real = errors.filter((text) => !(expectedStatus(name) >= 400 && text.includes('status of')));
      found.push(...real.map((text) => `${at}: ${text}`));
      await close();
    }
  }
  assert.deepEqual(found, []);
});

test('the content-security policy lets the islands run', async () => {
  const { page, errors, close } = await open();
  await page.goto(portal.address, { waitUntil: 'networkidle' });
  assert.deepEqual(errors, []);
  await page.locator('input[role=combobox]').pressSequentially('大', { delay: 30 });
  await page.locator('[role=option]').first().waitFor();
  const first = await page.locator('[role=option]').first().innerText();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search/);
  assert.equal(await page.locator('input[role=combobox]').inputValue(), first);
  assert.ok((await page.locator('.hit').count()) > 0);
  assert.deepEqual(errors, []);
  await close();
});

test('a filter applies at once and can be taken away', async () => {
  const { page, close } = await open();
  await page.goto(`${portal.address}${paths.search}`, { waitUntil: 'networkidle' });
  await page.locator('input[name=verdict][value=failed]').check();
  await page.waitForURL(/verdict=failed/);
  assert.equal(await page.locator('.hit .verdict.passed').count(), 0);
  await page.locator('.chip').first().click();
  await page.waitForURL((url) => !url.search.includes('verdict'));
  await close();
});

test('without JavaScript everything works by forms and links', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  await page.goto(portal.address);
  await page.locator('.hero input[name=q]').fill('食堂');
  await page.locator('.hero button').click();
  await page.waitForURL(/\/search\?q=/);
  const total = Number((await page.locator('[role=status]').innerText()).match(/([\d,]+) 条/)[1].replaceAll(',', ''));
  assert.ok(total > 0);
  const count = page.locator('label', { has: page.locator('input[name=verdict][value=passed]') }).locator('.count');
  const expected = Number((await count.innerText()).replaceAll(',', ''));
  await page.locator('input[name=verdict][value=passed]').check();
  await page.locator('.filters button').click();
  await page.waitForURL(/verdict=passed/);
  const filtered = (await page.locator('[role=status]').innerText()).replaceAll(',', '');
  assert.ok(filtered.includes(` ${expected} 条`), filtered);
  await page.locator('.hit a').first().click();
  await page.waitForURL(/\/(samples|bulletins|operators)\//);
  await page.goto(portal.address + paths.bulletin);
  const href = await page.locator('.originals a').first().getAttribute('href');
  const file = await fetch(portal.address + href);
  assert.equal(file.status, 200);
  assert.deepEqual([...new Uint8Array(await file.arrayBuffer()).slice(0, 2)], [0x50, 0x4b]);
  await close();
});

test('without JavaScript a holder learns whether a recall affects them', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  await page.goto(portal.address);
  await page.locator('.way a[href^="/recalls"]').click();
  await page.locator('#check-lot').fill(recall.fields.lots.split('\n')[0].replace('*', ''));
  await page.locator('.check-form button').click();
  await page.waitForURL(/lot=/);
  assert.match(await page.locator('.answer.affected').innerText(), /在召回范围内/);
  await page.locator('.answer.affected a').click();
  await page.locator('#check-lot').fill('没有这个批号');
  await page.locator('.check-form button').click();
  await page.waitForURL(/recalls\/.*lot=/);
  const said = await page.locator('.answer').innerText();
  assert.match(said, /不在已公布的召回批次里/);
  assert.doesNotMatch(said, /安全|放心/);
  assert.match(await page.locator('.returns').innerText(), /退货/);
  await close();
});

test('what is typed is shown as text, whatever it is', async () => {
  const { page, errors, close } = await open();
  const hostile = '"><script>document.title="owned"</script><img src=x onerror=alert(1)>';
  await page.goto(`${portal.address}/search?q=${encodeURIComponent(hostile)}`, { waitUntil: 'networkidle' });
  assert.notEqual(await page.title(), 'owned');
  assert.equal(await page.locator('input[role=combobox]').inputValue(), hostile);
  assert.deepEqual(errors, []);
  await close();
});

test('a first visit takes at most 150 KB', async () => {
  for (const path of [paths.home, paths.search, paths.bulletin, paths.recall, paths.penalty, paths.closedLoop]) {
    const { page, close } = await open();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await page.goto(portal.address + path, { waitUntil: 'networkidle' });
    console.log(`${path}: ${bytes} bytes on a first visit`);
    assert.ok(bytes > 0 && bytes <= 150 * 1024, `${path}: ${bytes}`);
    await close();
  }
});

test('an empty site says so and is no demonstration', async () => {
  const { page, close } = await open();
  for (const path of ['/', '/bulletins', '/penalties', '/recalls', '/publications', '/search', '/search?q=x']) {
    const response = await page.goto(empty.address + path);
    assert.equal(response.status(), 200, path);
    assert.doesNotMatch(await page.locator('body').innerText(), /演示数据/, path);
  }
  await page.goto(empty.address);
  assert.match(await page.locator('main').innerText(), /还没有公开的内容/);
  await close();
});
