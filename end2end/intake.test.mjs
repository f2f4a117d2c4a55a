// From the first tap to the receipt on a 360-pixel screen: without script, with it, by keyboard alone, at the speed of
// somebody who types. PORTAL_SHOTS=folder keeps pictures of every page at 360, 768 and 1440 pixels.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, focusRests, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const STORY = '昨天中午在店里买了两个豆沙包，第二口咬到一段三厘米长的铁丝，把牙崩了，店员不肯退款。';
let portal, browser, operator, sample;

before(async () => {
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }, '--demo'), startBrowser()]);
  sample = (await (await fetch(`${portal.address}/api/v1/samples?verdict=failed&limit=1`)).json()).items[0];
  operator = await (await fetch(`${portal.address}/api/v1/operators/${sample.seller_id}`)).json();
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
  page.on('console', (message) => message.type() === 'error' && !/status of 422/.test(message.text()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

/** No fault that axe finds, and nothing wider than the window, at three widths. The page's own scripts stay off. */
async function look(page, name) {
  const html = await page.content();
  for (const width of [360, 768, 1440]) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 }, bypassCSP: true });
    const shown = await context.newPage();
    await shown.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await shown.goto(page.url());
    await shown.addScriptTag({ content: axe });
    const result = await shown.evaluate(() => globalThis.axe.run());
    const faults = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
    assert.deepEqual(faults, [], `${name} at ${width}`);
    const wide = await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} at ${width} is ${wide} pixels too wide`);
    if (process.env.PORTAL_SHOTS) await shown.screenshot({ path: join(process.env.PORTAL_SHOTS, `${name}-${width}.png`), fullPage: true });
    await context.close();
  }
}

const go = (page) => page.getByRole('button', { name: '继续', exact: true }).click();

/** A complaint from the first page to the receipt; `seen` looks at each page, `type` types. */
async function complain(page, seen, type) {
  await page.goto(`${portal.address}/cases/new`);
  await seen('what');
  await page.getByLabel(/^投诉：/).check();
  await go(page);
  await page.getByLabel('店名或者企业名称').waitFor();
  await type(page.getByLabel('店名或者企业名称'), operator.name.slice(0, 12));
  await page.getByRole('button', { name: '查找' }).click();
  await page.locator('.pick').first().waitFor();
  await seen('found');
  await page.locator('.pick', { hasText: operator.name }).first().click();
  await page.waitForURL('**/precheck');
  await seen('precheck');
  await page.getByLabel(/超过三年/).check();
  await go(page);
  await page.waitForURL('**/answer');
  assert.ok((await page.content()).includes(sample.product), 'what is public about the same place');
  await seen('answer');
  await go(page);
  await page.getByLabel('食品里有异物').check();
  await seen('problem');
  await go(page);
  await page.waitForURL('**/story');
  await type(page.getByLabel('经过'), STORY);
  await type(page.getByLabel('商品或者服务'), '豆沙包');
  await seen('story');
  await go(page);
  await type(page.getByLabel('请求'), '退款 6 元，赔偿检查费 180 元');
  await seen('request');
  await go(page);
  await page.waitForURL('**/evidence');
  await page.locator('input[type=file]').setInputFiles({ name: 'wire.png', mimeType: 'image/png', buffer: PNG });
  return page;
}

async function finish(page, seen, type) {
  await go(page);
  await page.waitForURL('**/who');
  await type(page.getByLabel('真实姓名'), '欧阳海棠');
  await type(page.getByLabel('电话', { exact: true }), '13812348000');
  await type(page.getByLabel('通讯地址', { exact: true }), '云川市青禾区南门路77号');
  await seen('who');
  await go(page);
  await page.waitForURL('**/check');
  await seen('check');
  assert.ok((await page.content()).includes('wire.png'), 'the file lies in the basket');
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL('**/receipt');
  await seen('receipt');
  const secrets = await page.locator('code.secret').allTextContents();
  assert.match(secrets[0], /^\d{8}-[0-9A-Z]{8}$/);
  assert.match(secrets[1], /^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  return secrets;
}

test('without script, with pictures of every page and every fault', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  const seen = (name) => look(page, name);
  const type = (field, text) => field.fill(text);
  await page.goto(`${portal.address}/cases/new`);
  await go(page);
  await look(page, 'what-wrong');
  for (const [label, name] of [[/现在不舒服/, 'ill'], [/^其他事/, 'channels'], [/^两样都要/, 'both']]) {
    await page.goto(`${portal.address}/cases/new`);
    await page.getByLabel(label).check();
    await go(page);
    await page.waitForURL(`**/${name}`);
    await look(page, name);
  }
  await complain(page, seen, type);
  await page.getByRole('button', { name: '上传选好的文件' }).click();
  assert.ok((await page.content()).includes('wire.png'));
  await look(page, 'evidence');
  await go(page);
  await page.waitForURL('**/who');
  await go(page);
  await look(page, 'who-wrong');
  await page.getByRole('button', { name: '上一步' }).click();
  await page.waitForURL('**/evidence');
  await finish(page, seen, type);
  await page.reload();
  assert.equal(await page.locator('code.secret').count(), 2, 'loading anew shows it again');
  await page.getByRole('button', { name: '我已保存好' }).click();
  await look(page, 'done');
  assert.deepEqual(page.faults, []);
});

test('with script: kept while typing, files in pieces, three minutes at the speed of somebody who types', { timeout: 240_000 }, async () => {
  const page = await visitor();
  // 60 signs a minute on a phone's keyboard is slow; this is 120 by input method, and half a second to find each button
  const type = async (field, text) => {
    await field.click();
    await field.pressSequentially(text, { delay: 500 });
  };
  const begun = Date.now();
  await complain(page, () => page.waitForTimeout(500), type);
  await page.getByText('已上传', { exact: true }).waitFor();
  await finish(page, () => page.waitForTimeout(500), type);
  const seconds = (Date.now() - begun) / 1000;
  console.log(`from the first tap to the receipt: ${seconds.toFixed(0)} s`);
  assert.ok(seconds < 180, `${seconds} s`);
  assert.deepEqual(page.faults, []);
});

test('a tab that is closed while typing loses nothing, and what was pasted stays', async () => {
  const page = await visitor();
  await page.goto(`${portal.address}/cases/new?operator=${operator.id}`);
  assert.ok((await page.content()).includes(operator.name));
  await page.getByLabel(/^举报：/).check();
  await go(page);
  await page.waitForURL('**/party');
  assert.ok((await page.content()).includes('已选中'));
  await page.goto(`${portal.address}/cases/new/story`);
  await page.locator('leptos-island').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.readyState === 'complete');
  await page.waitForTimeout(600);
  await page.getByLabel('经过').evaluate((field, text) => {
    field.focus();
    document.execCommand('insertText', false, text);
  }, STORY);
  const other = await page.context().newPage();
  await page.close({ runBeforeUnload: true });
  // what is sent while a tab closes arrives when it does
  for (let tries = 0; tries < 30; tries += 1) {
    await other.goto(`${portal.address}/cases/new/story`);
    if (await other.getByLabel('经过').inputValue()) break;
    await other.waitForTimeout(100);
  }
  await other.goto(`${portal.address}/cases/new`);
  await other.getByRole('link', { name: '接着写' }).click();
  assert.equal(await other.getByLabel('经过').inputValue(), STORY);
  assert.deepEqual(page.faults, []);
});

test('by keyboard alone', async () => {
  const page = await visitor({ hasTouch: false });
  const focused = () => page.evaluate(() => {
    const at = document.activeElement;
    return at.tagName === 'BUTTON' ? at.textContent.trim() : at.name ? `${at.name}=${at.type === 'radio' ? at.value : ''}` : at.tagName;
  });
  const tabTo = async (what) => {
    for (let tries = 0; tries < 60; tries += 1) {
      if ((await focused()).startsWith(what)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${what} can't be reached, stands at ${await focused()}`);
  };
  const next = async (place) => {
    await tabTo('继续');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${place}`);
    await focusRests(page, 'h1', place);
  };
  await page.goto(`${portal.address}/cases/new`);
  await tabTo('want=');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'want=report');
  await next('party');
  await tabTo('party=');
  await page.keyboard.type('南门路无名烧烤摊');
  await tabTo('party_address=');
  await page.keyboard.type('青禾区南门路农贸市场东门');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/precheck');
  await next('answer');
  await next('problem');
  await tabTo('problem=');
  for (let downs = 0; downs < 4; downs += 1) await page.keyboard.press('ArrowDown');
  await next('story');
  await tabTo('story=');
  await page.keyboard.type('每晚十点后出摊，没有证照，油反复使用。');
  await next('evidence');
  await next('who');
  await tabTo('anonymous=');
  await page.keyboard.press('ArrowDown');
  await next('check');
  await tabTo('提交');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/receipt');
  assert.ok((await page.locator('main').innerText()).includes('举报编号'));
  await tabTo('我已保存好');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/saved');
  assert.deepEqual(page.faults, []);
});

test('an officer writes down what somebody says', async () => {
  const said = execFileSync(binary, ['user', 'add', 'counter', '--role', 'case_officer', '--data', portal.data], { encoding: 'utf8' });
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery');
  await page.locator('main form button').first().click();
  await page.goto(`${portal.address}/desk/cases/new`);
  await look(page, 'counter');
  await page.getByRole('button', { name: '登记并打印回执' }).click();
  await look(page, 'counter-wrong');
  await page.getByLabel('来电').check();
  await page.getByLabel('举报', { exact: true }).check();
  await page.getByLabel('本站单位页面地址').fill(`${portal.address}/operators/${operator.id}`);
  await page.getByLabel('招牌上的店名').fill(operator.name);
  await page.getByLabel('最接近的一类').selectOption('hygiene');
  await page.getByLabel('经过').fill('后厨有老鼠。');
  await page.getByLabel('匿名').check();
  await page.getByRole('button', { name: '登记并打印回执' }).click();
  await look(page, 'counter-receipt');
  assert.ok((await page.locator('main').innerText()).includes('举报编号'));
  assert.deepEqual(page.faults, []);
});
