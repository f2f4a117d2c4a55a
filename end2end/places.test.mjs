// Places in a real Chromium: list, drawn map, the map of MapLibre on press, who is near, schools, the notice for the gate.
// PORTAL_SHOTS=folder keeps pictures at 360, 768 and 1440 pixels.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PORTAL_SHOTS;
let portal, browser;

before(async () => {
  if (shots) mkdirSync(shots, { recursive: true });
  [portal, browser] = await Promise.all([startPortal('--demo'), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const violations = async (page) => {
  await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(' ')}`);
};

test('pages are accessible and fit at every width, with and without script', async () => {
  const found = await (await fetch(`${portal.address}/api/v1/places?kind=school_canteen`)).json();
  assert.ok(found.total > 3, 'the demonstration has canteens');
  const gate = `/operators/${found.hits[0].id}/notice`;
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, bypassCSP: javaScriptEnabled });
    const page = await context.newPage();
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/places', '/places?view=map', '/places?q=zzzzqq', '/schools', '/schools?sort=grade', gate]) {
        await page.goto(portal.address + path);
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(inner <= outer, `${path} is ${inner} wide at ${width}`);
        if (javaScriptEnabled) assert.deepEqual(await violations(page), [], `${path} at ${width}`);
        const name = path.replace(/\W+/g, '-').slice(0, 24);
        if (shots) await page.screenshot({ path: `${shots}/place${name}-${width}${javaScriptEnabled ? '' : '-plain'}.png`, fullPage: true });
      }
    }
    await page.goto(`${portal.address}/places?view=map`);
    assert.equal(await page.locator('.drawn .area').count(), 8, 'the drawn map needs no script');
    assert.ok(await page.locator('.drawn .dot').count() > 0);
    await context.close();
  }
});

test('the map comes on press, shows points, and the keyboard reaches them', async () => {
  const page = await browser.newPage();
  const faults = [];
  const asked = [];
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${portal.address}/places?kind=school_canteen`);
  assert.ok(!asked.some((url) => url.includes('maplibre')), 'nothing of the map before it is asked for');
  await page.getByRole('button', { name: '打开可缩放的地图' }).press('Enter');
  await page.locator('.map-cluster, .map-place').first().waitFor({ timeout: 30_000 });
  assert.ok(asked.every((url) => url.startsWith(portal.address) || url.startsWith('blob:') || url.startsWith('data:')), asked.join('\n'));
  assert.deepEqual(faults, []);
  const before = Number(await page.locator('#places-map').getAttribute('data-shown'));
  assert.ok(before > 0);
  // keyboard: onto a mark and into it until a single place opens
  for (let steps = 0; steps < 8 && !(await page.locator('.maplibregl-popup a').count()); steps += 1) {
    const mark = page.locator('.map-place').first();
    const next = await mark.count() ? mark : page.locator('.map-cluster').first();
    await next.focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(900);
  }
  assert.match(await page.locator('.maplibregl-popup a').getAttribute('href'), /^\/operators\//);
  const line = page.locator('.place-line .to-map').first();
  await line.click();
  await page.locator('.place-line.is-here').waitFor();
  if (shots) await page.screenshot({ path: `${shots}/place-map-open-1280.png` });
  await page.close();
});

test('who is near is asked in a body, coarsely, and stands in no address', async () => {
  const context = await browser.newContext({ permissions: ['geolocation'], geolocation: { latitude: 31.7523456, longitude: 119.9481234 } });
  const page = await context.newPage();
  const posts = [];
  page.on('request', (request) => {
    assert.ok(!/31\.75|119\.94/.test(request.url()), request.url());
    if (request.method() === 'POST') posts.push(request.postData());
  });
  await page.goto(`${portal.address}/places`);
  await page.getByRole('button', { name: '找离我近的' }).click();
  await page.getByText('离你最近的单位').first().waitFor();
  assert.equal(posts.length, 1);
  const { lat, lon } = JSON.parse(posts[0]);
  assert.deepEqual([lat, lon], [31.752, 119.948]);
  assert.ok(!page.url().includes('31.7'));
  assert.ok(await page.locator('#places-found li').count() > 3);
  await context.close();
});

test('the notice is one page of A4', async () => {
  const found = await (await fetch(`${portal.address}/api/v1/places?kind=school_canteen`)).json();
  const page = await browser.newPage();
  for (const hit of found.hits.slice(0, 5)) {
    await page.goto(`${portal.address}/operators/${hit.id}/notice`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const text = pdf.toString('latin1');
    assert.equal((text.match(/\/Type\s*\/Page\b/g) ?? []).length, 1, hit.name.map(({ text: piece }) => piece).join(''));
    assert.match(text, /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  }
  await page.close();
});
