// Live pictures in a real Chromium: an officer writes a camera, another shows it, a parent watches a stream that ffmpeg makes.
// PORTAL_SHOTS=folder keeps pictures at 360, 768 and 1440 pixels.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PORTAL_SHOTS;
const PASSWORD = 'correct horse battery';
let portal, browser, gateway, place, operator;

/** A gateway as a kitchen has one: a live stream with sound, whose ways to fail a test chooses. */
async function startGateway() {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const ffmpeg = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=10',
    '-f', 'lavfi', '-i', 'sine=frequency=440', '-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-g', '10', '-pix_fmt', 'yuv420p',
    '-c:a', 'aac', '-b:a', '32k', '-f', 'hls', '-hls_time', '1', '-hls_list_size', '6', '-hls_flags', 'delete_segments+omit_endlist', join(folder, 'live.m3u8')],
  { stdio: ['ignore', 'ignore', 'inherit'] });
  const state = { mode: 'live', asked: [] };
  const server = createServer((request, response) => {
    const name = request.url.split('?')[0].slice(1);
    state.asked.push(name);
    if (state.mode === 'hang') return;
    const file = join(folder, name);
    if (state.mode === 'missing' || !/^[\w.-]+$/.test(name) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': name.endsWith('.m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp2t' }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (let tries = 0; tries < 200 && !existsSync(join(folder, 'live.m3u8')); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    state,
    address: `http://127.0.0.1:${server.address().port}/live.m3u8`,
    host: `127.0.0.1:${server.address().port}`,
    async stop() {
      ffmpeg.kill('SIGKILL');
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

before(async () => {
  if (shots) mkdirSync(shots, { recursive: true });
  gateway = await startGateway();
  process.env.PORTAL_STREAM_ALLOW = gateway.host;
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }, '--demo'), startBrowser()]);
  const operators = (await (await fetch(`${portal.address}/api/v1/operators?limit=50`)).json()).items;
  operator = operators.find((one) => one.name.includes('面馆')) ?? operators[0];
  place = `${portal.address}/kitchens/${operator.id}`;
});
after(async () => {
  await browser?.close();
  await portal?.stop();
  await gateway?.stop();
});

async function officer(name, role) {
  const said = execFileSync(binary, ['user', 'add', name, '--role', role, '--data', portal.data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const page = await (await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false, reducedMotion: 'reduce' })).newPage();
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(PASSWORD);
  await page.locator('main form button').first().click();
  return page;
}

/** No fault that axe finds, nothing wider than the window; the page's own scripts stay off. */
async function look(page, name) {
  const html = await page.content();
  for (const [width, colorScheme] of [[360, 'light'], [768, 'light'], [1440, 'dark'], [1440, 'light']]) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const shown = await context.newPage();
    await shown.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await shown.goto(page.url());
    await fine(shown, `${name} at ${width} ${colorScheme}`);
    if (shots) await shown.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await context.close();
  }
}

async function fine(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140))}`), []);
}

async function parent(options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1024, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  // this browser plays HLS by itself; what others do is tested by taking that away
  if (options.native === false) await page.addInitScript(() => { HTMLMediaElement.prototype.canPlayType = () => ''; });
  return { page, errors, close: () => context.close() };
}

/** A number that stands for the picture as it is now. */
const picture = (page) => page.evaluate(() => {
  const video = document.querySelector('.player video');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 36];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 64, 36);
  return [...context.getImageData(0, 0, 64, 36).data].join();
});

/** Waits until the picture moves: three frames, each unlike the one before, none of one colour. */
async function moves(page) {
  await page.locator('[data-playing]').waitFor({ timeout: 60_000 });
  const frames = [];
  // the first picture may come a moment after the player says that it plays
  for (let tries = 0; tries < 20 && new Set((await picture(page)).split(',')).size <= 20; tries += 1) await page.waitForTimeout(250);
  for (let count = 0; count < 3; count += 1) {
    frames.push(await picture(page));
    await page.waitForTimeout(700);
  }
  assert.equal(new Set(frames).size, 3, 'the picture stands still');
  for (const frame of frames) assert.ok(new Set(frame.split(',')).size > 20, 'the picture is empty');
}

async function addCamera(editor, position, address) {
  await editor.goto(`${portal.address}/desk/cameras/new?operator=${operator.id}`);
  await editor.getByLabel('位置', { exact: true }).selectOption(position);
  await editor.locator('input[name=address]').fill(address);
  for (let day = 1; day <= 7; day += 1) await editor.locator(`input[name=day][value="${day}"]`).check();
  await editor.locator('input[name=from1]').fill('00:00');
  await editor.locator('input[name=to1]').fill('24:00');
  await editor.locator('input[name=told]').check();
  await editor.getByRole('button', { name: '保存' }).click();
}

test('an officer writes cameras, another shows them', async () => {
  const [editor, reviewer] = [await officer('bianji', 'editor'), await officer('shenhe', 'reviewer')];
  await editor.goto(`${portal.address}/desk/cameras/new?operator=${operator.id}`);
  await look(editor, 'camera-new');
  await addCamera(editor, 'cooking', 'rtsp://admin:12345@10.0.0.8/live');
  assert.match(await editor.locator('#f-address-error').innerText(), /RTSP|rtsp/);
  await look(editor, 'camera-refused');
  for (const position of ['cooking', 'cutting']) {
    await addCamera(editor, position, gateway.address);
    assert.match(editor.url(), /\/desk\/cameras\/[0-9a-f-]{36}$/);
    const address = editor.url();
    if (position === 'cooking') {
      await editor.getByRole('button', { name: '试看' }).click();
      assert.match(await editor.locator('main').innerText(), /画面正常/);
      await look(editor, 'camera-tried');
    }
    await reviewer.goto(address);
    await look(reviewer, 'camera-review');
    await reviewer.getByRole('button', { name: '核对无误，公开' }).click();
    assert.match(await reviewer.locator('main').innerText(), /已公开/);
  }
  await editor.goto(`${portal.address}/desk/cameras`);
  await look(editor, 'cameras');
});

for (const native of [true, false]) {
  test(`moving pictures, ${native ? 'as the browser plays them itself' : 'by hls.js'}, one at a time, without sound`, async () => {
    const { page, errors, close } = await parent({ native });
    const loaded = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(place, { waitUntil: 'networkidle' });
    assert.ok(!loaded.some((path) => /\/hls\.|\/live\//.test(path)), 'nothing of the player is loaded before it is pressed');
    await page.getByRole('button', { name: /^观看\s*：烹饪$/ }).click();
    await moves(page);
    assert.equal(loaded.some((path) => /\/pkg\/hls\./.test(path)), !native);
    assert.match(await page.locator('.watermark').innerText(), new RegExp(`${operator.name} 烹饪 20\\d\\d`));
    const video = await page.locator('.player video').evaluate((video) => ({
      muted: video.muted, controls: video.controls, sound: video.webkitAudioDecodedByteCount, source: video.currentSrc,
    }));
    assert.deepEqual([video.muted, video.controls], [true, false]);
    if (!native) assert.equal(video.sound, 0, 'the sound is left out before the browser');
    assert.ok(!loaded.some((path) => path.includes(gateway.host)) && !(await page.content()).includes(gateway.host), 'the gateway is never told');
    await page.locator('.player video').evaluate((video) => { video.muted = false; });
    await page.waitForFunction(() => document.querySelector('.player video').muted);
    if (shots) await page.screenshot({ path: join(shots, `playing-${native ? 'native' : 'hls'}.png`) });
    // the other camera takes its place
    await page.getByRole('button', { name: /^观看\s*：切配$/ }).click();
    assert.equal(await page.locator('.player').count(), 1);
    await moves(page);
    // hidden: stopped
    await page.evaluate(() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); });
    assert.equal(await page.locator('.player').count(), 0);
    assert.match(await page.locator('.camera', { hasText: '切配' }).locator('[role=status]').innerText(), /不在前台/);
    assert.deepEqual(errors, []);
    await close();
  });
}

test('with the keyboard alone', async () => {
  const { page, errors, close } = await parent();
  await page.goto(place, { waitUntil: 'networkidle' });
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.matches('[data-watch]'))) break;
  }
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '停止', 'the focus goes into the player');
  await moves(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.player').count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.matches('[data-watch]')), 'the focus comes back');
  await page.keyboard.press('Space');
  await moves(page);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.player').count(), 0, 'the stop button stops');
  assert.deepEqual(errors, []);
  await close();
});

test('a stream that is not there is told in a sentence, and can be tried again', async () => {
  for (const native of [true, false]) {
    const { page, close } = await parent({ native });
    await page.goto(place, { waitUntil: 'networkidle' });
    gateway.state.mode = 'missing';
    await page.getByRole('button', { name: /^观看\s*：烹饪$/ }).click();
    const said = page.locator('.camera', { hasText: '烹饪' }).locator('[role=status]');
    await page.getByRole('button', { name: '再试一次' }).waitFor({ timeout: 60_000 });
    assert.match(await said.innerText(), /画面|没有提供/);
    assert.ok(await page.evaluate(() => document.activeElement.matches('[data-watch]')), 'the focus is at the button to try again');
    if (shots && native) await page.screenshot({ path: join(shots, 'missing.png') });
    gateway.state.mode = 'live';
    await page.getByRole('button', { name: '再试一次' }).click();
    await moves(page);
    // it breaks off while being watched
    gateway.state.mode = 'missing';
    await page.getByRole('button', { name: '再试一次' }).waitFor({ timeout: 90_000 });
    assert.ok((await said.innerText()).length > 5);
    gateway.state.mode = 'live';
    await close();
  }
});

test('without JavaScript everything but the moving picture is there', async () => {
  const { page, close } = await parent({ javaScriptEnabled: false });
  await page.goto(`${portal.address}/kitchens`);
  await page.getByLabel('只看直播中').check();
  await page.getByRole('button', { name: '查看' }).click();
  assert.match(page.url(), /live=1/);
  await page.goto(`${portal.address}/kitchens?setting=workshop`);
  await page.locator('.kitchen-line a').first().click();
  const text = await page.locator('main').innerText();
  for (const word of ['没有脚本时', '直播时段', '每天 00:00–24:00', '提示标识']) assert.ok(text.includes(word), word);
  assert.equal(await page.locator('[data-watch]:visible').count(), 0, 'no button that does nothing');
  await close();
});

test('every page at every width', async () => {
  const { page, close } = await parent({ javaScriptEnabled: false });
  const list = `${portal.address}/kitchens`;
  await page.goto(list);
  await look(page, 'kitchens');
  await page.goto(`${list}?sort=uptime&setting=workshop`);
  await look(page, 'kitchens-workshops');
  const demo = await page.locator('.kitchen-line a').first().getAttribute('href');
  await page.goto(portal.address + demo);
  await look(page, 'kitchen-demo');
  await page.goto(`${list}?setting=kitchen`);
  await page.goto(portal.address + await page.locator('.kitchen-line a').nth(1).getAttribute('href'));
  await look(page, 'kitchen-canteen');
  await page.goto(`${list}?district=nowhere`);
  await look(page, 'kitchens-none');
  await close();
});

test('a demonstration shows a drawing that says that it is one', async () => {
  const { page, errors, close } = await parent({ native: false });
  await page.goto(`${portal.address}/kitchens?setting=workshop`);
  await page.locator('.kitchen-line a').first().click();
  await page.locator('[data-watch]').first().click();
  await moves(page);
  assert.match(await page.locator('.demo-mark').first().innerText(), /演示画面/);
  await page.waitForTimeout(7000);
  await moves(page);
  if (shots) await page.screenshot({ path: join(shots, 'demo-playing.png') });
  assert.deepEqual(errors, []);
  await close();
});
