// Following an operator by mail: without script, with it, on a phone; letters are read from the portal's folder.
// PORTAL_SHOTS=folder keeps pictures of every page at 360 and 1440 pixels.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, browser, operator;

before(async () => {
  [portal, browser] = await Promise.all([startPortal('--demo'), startBrowser()]);
  operator = (await (await fetch(`${portal.address}/api/v1/operators?limit=1`)).json()).items[0];
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function visitor(options = {}) {
  const context = await browser.newContext({
    locale: 'zh-CN', reducedMotion: 'reduce', viewport: { width: 360, height: 740 }, hasTouch: true, ...options,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => message.type() === 'error' && !/status of 4(04|22)/.test(message.text()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

/** No fault that axe finds, and nothing wider than the window, at both widths. The page's own scripts stay off. */
async function look(page, name) {
  const html = await page.content();
  for (const width of [360, 1440]) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 }, bypassCSP: true });
    const shown = await context.newPage();
    const address = page.url().split('#')[0];
    await shown.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await shown.goto(address);
    await shown.addScriptTag({ content: axe });
    const result = await shown.evaluate(() => globalThis.axe.run());
    const faults = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
    assert.deepEqual(faults, [], `${name} at ${width}`);
    const wide = await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} at ${width} is ${wide} pixels too wide`);
    if (process.env.PORTAL_SHOTS) await shown.screenshot({ path: join(process.env.PORTAL_SHOTS, `alerts-${name}-${width}.png`), fullPage: true });
    await context.close();
  }
}

/** The letters to an address, as text: parts of base64 and of encoded words are opened. */
async function letters(to, count) {
  const folder = join(portal.data, 'mail');
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.eml')).sort();
    const raw = found.map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text.includes(`To: ${to}`));
    if (raw.length >= count) return raw.map(opened);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no ${count} letters to ${to}`);
}

function opened(raw) {
  const part = raw.split(/\r?\n--/).find((text) => /text\/plain/.test(text));
  const [head, ...body] = part.split(/\r?\n\r?\n/);
  const text = body.join('\n\n');
  const bytes = /base64/i.test(head) ? Buffer.from(text.replace(/\s/g, ''), 'base64')
    : Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  return { raw, text: bytes.toString('utf8') };
}

async function subscribe(page, to) {
  await page.goto(`${portal.address}/operators/${operator.id}`);
  await page.getByRole('navigation', { name: '订阅' }).getByRole('link', { name: '邮件' }).click();
  await page.getByLabel('邮箱', { exact: true }).fill(to);
  await page.getByLabel('每天汇总').check();
  await page.getByRole('button', { name: '发送确认邮件' }).click();
  await page.waitForURL(`${portal.address}/alerts/sent`);
  return (await letters(to, 1))[0];
}

test('without script: a code from the letter, one button, another pace, and the end', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(`${portal.address}/operators/${operator.id}`);
  await look(page, 'operator');
  await page.getByRole('navigation', { name: '订阅' }).getByRole('link', { name: '邮件' }).click();
  await look(page, 'form');
  assert.ok((await page.content()).includes(operator.name));
  await page.getByLabel('邮箱', { exact: true }).fill('lihua@@example');
  await page.getByRole('button', { name: '发送确认邮件' }).click();
  assert.ok((await page.content()).includes('邮箱格式不对'));
  assert.equal(await page.getByLabel('邮箱', { exact: true }).inputValue(), 'lihua@@example');
  await look(page, 'form-wrong');
  const letter = await subscribe(page, 'lihua@example.cn');
  await look(page, 'sent');
  assert.ok(!(await page.content()).includes('lihua'));
  const [, address, code] = letter.text.match(/(http:\/\/\S+\/alerts\/confirm)#([A-Z2-7]{40})/);
  await page.goto(`${address}#${code}`);
  await look(page, 'confirm');
  await page.getByLabel('订阅码', { exact: true }).fill('AAAA');
  await page.getByRole('button', { name: '确认订阅' }).click();
  assert.ok((await page.content()).includes('订阅码不对'));
  await look(page, 'confirm-wrong');
  await page.getByLabel('订阅码', { exact: true }).fill(`${code.slice(0, 20)} ${code.slice(20)}`);
  await page.getByRole('button', { name: '确认订阅' }).click();
  assert.ok((await page.content()).includes('订阅已经开始'));
  assert.ok(!page.url().includes(code));
  await look(page, 'confirmed');
  await page.getByLabel('每周汇总').check();
  await page.getByRole('button', { name: '更改频率' }).click();
  assert.ok((await page.locator('dl.facts').textContent()).includes('每周汇总'));
  await look(page, 'changed');
  await page.getByRole('button', { name: '退订' }).click();
  assert.ok((await page.content()).includes('已退订'));
  await look(page, 'ended');
  assert.deepEqual(page.faults, []);
});

test('with script: the link fills the code in and sends nothing by itself', async () => {
  const page = await visitor();
  const letter = await subscribe(page, 'wang@example.cn');
  const [link, code] = letter.text.match(/http:\/\/\S+\/alerts\/confirm#([A-Z2-7]{40})/);
  const asked = [];
  page.on('request', (request) => asked.push(request.method() + ' ' + request.url()));
  await page.goto(link);
  const field = page.getByLabel('订阅码', { exact: true });
  for (let tries = 0; tries < 100 && (await field.inputValue()) !== code; tries += 1) await page.waitForTimeout(20);
  assert.equal(await field.inputValue(), code);
  assert.ok(asked.every((one) => one.startsWith('GET ')), asked.join('\n'));
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: '确认订阅' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '订阅已经开始' }).waitFor();
  // no address but that of the letter's page held the code: what stands behind # is not sent
  assert.ok(asked.every((one) => !one.split('#')[0].includes(code)), asked.join('\n'));
  assert.deepEqual(page.faults, []);
});

test('pages name their feeds, and the feeds are there', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  for (const path of [`/operators/${operator.id}`, '/search?q=大米', '/penalties', '/bulletins', '/publications']) {
    await page.goto(portal.address + path);
    await look(page, `links${path.split('?')[0].replaceAll('/', '-').slice(0, 12)}`);
    for (const kind of ['application/atom+xml', 'application/feed+json']) {
      const hrefs = await page.locator(`head link[rel=alternate][type="${kind}"]`).evaluateAll((links) => links.map((link) => link.href));
      assert.ok(hrefs.length > 0, `${path} ${kind}`);
      for (const href of hrefs) {
        const answer = await fetch(href);
        assert.equal(answer.status, 200, href);
        assert.ok(answer.headers.get('content-type').startsWith(kind), href);
        if (kind.endsWith('json')) assert.equal((await answer.json()).feed_url, href);
      }
    }
  }
});
