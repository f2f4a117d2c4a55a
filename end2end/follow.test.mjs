// Following a complaint and a report on a 360-pixel screen: without script, with it, by keyboard alone.
// PORTAL_SHOTS=folder keeps pictures of every page at 360, 768 and 1440 pixels.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, focusRests, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
let portal, browser, officer;
const cases = {};

before(async () => {
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }, '--demo'), startBrowser()]);
  officer = await signIn('anna', 'case_officer');
  for (const kind of ['complaint', 'report']) {
    const page = await visitor({ javaScriptEnabled: false });
    cases[kind] = await file(page, kind);
    await page.context().close();
  }
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
  page.on('console', (message) => message.type() === 'error' && !/status of 4(03|22)/.test(message.text()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

async function signIn(name, role) {
  const said = execFileSync(binary, ['user', 'add', name, '--role', role, '--data', portal.data], { encoding: 'utf8' });
  const page = await visitor({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery');
  await page.locator('main form button').first().click();
  return page;
}

/** A case by forms without script: number and code. */
async function file(page, kind) {
  const next = () => page.getByRole('button', { name: '继续', exact: true }).click();
  await page.goto(`${portal.address}/cases/new`);
  await page.getByLabel(kind === 'complaint' ? /^投诉：/ : /^举报：/).check();
  await next();
  await page.locator('[name=party]').fill('南门路豆沙包铺');
  await page.locator('[name=party_address]').fill('青禾区南门路农贸市场东门');
  await next();
  await next();
  await next();
  await page.getByLabel('食品里有异物').check();
  await next();
  await page.getByLabel('经过').fill('豆沙包里咬到三厘米长的铁丝。');
  await next();
  if (kind === 'complaint') {
    await page.getByLabel('请求').fill('退款 6 元');
    await next();
  }
  await next();
  if (kind === 'complaint') {
    await page.getByLabel('真实姓名').fill('欧阳海棠');
    await page.getByLabel('电话', { exact: true }).fill('13812348000');
    await page.getByLabel('通讯地址', { exact: true }).fill('云川市青禾区南门路77号');
  } else {
    await page.locator('[name=anonymous][value=yes]').check();
  }
  await next();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL('**/receipt');
  const [number, code] = await page.locator('code.secret').allTextContents();
  return { number, code };
}

/** What the officer does on the case's sheet. */
async function act(number, button, fields = {}) {
  await officer.goto(`${portal.address}/desk/cases?scope=open`);
  await officer.locator('.case-line', { hasText: number }).getByRole('link').first().click();
  const form = officer.locator('.act').filter({ has: officer.locator(`button:text-is("${button}")`) });
  if (await form.locator('summary').count()) await form.locator('summary').first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name=${name}]`).first();
    if (await field.getAttribute('type') === 'radio') await form.locator(`[name=${name}][value=${value}]`).check();
    else await field.fill(value);
  }
  await form.getByRole('button', { name: button, exact: true }).click();
}

/** No fault that axe finds, and nothing wider than the window, at three widths. The page's own scripts stay off. */
async function look(page, name) {
  const html = await page.content();
  for (const width of [360, 768, 1440]) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 }, bypassCSP: true });
    const shown = await context.newPage();
    await shown.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await shown.goto(page.url());
    // what is closed is looked at too
    await shown.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = true; }));
    await shown.addScriptTag({ content: axe });
    const result = await shown.evaluate(() => globalThis.axe.run());
    const faults = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
    assert.deepEqual(faults, [], `${name} at ${width}`);
    const wide = await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} at ${width} is ${wide} pixels too wide`);
    await shown.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = false; }));
    if (process.env.PORTAL_SHOTS) await shown.screenshot({ path: join(process.env.PORTAL_SHOTS, `${name}-${width}.png`), fullPage: true });
    await context.close();
  }
}

async function open(page, { number, code }) {
  await page.goto(`${portal.address}/cases/status`);
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('查询码').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: '查进度' }).click();
  await page.locator('.state-now').waitFor();
}

test('without script: look, answer with a file, take the case away, withdraw', async () => {
  const { number, code } = cases.complaint;
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(`${portal.address}/`);
  await page.locator('a[href="/cases/status"]').first().click();
  await look(page, 'find');
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('查询码').fill('00000-00000-00000-00000-00000');
  await page.getByRole('button', { name: '查进度' }).click();
  assert.ok((await page.content()).includes('编号或者查询码不对'));
  await look(page, 'find-wrong');
  await open(page, cases.complaint);
  assert.equal(page.url(), `${portal.address}/cases/status`, 'nothing in the address');
  await look(page, 'received');
  await act(number, '由我办理');
  await act(number, '要求补正', { ask_said: '请补一张小票或者付款记录的照片。' });
  await open(page, cases.complaint);
  await look(page, 'asked');
  await page.getByRole('link', { name: '去补充' }).click();
  await page.getByLabel('想说明的内容').fill('付款记录见照片。');
  await page.locator('input[type=file]').setInputFiles({ name: '付款记录.png', mimeType: 'image/png', buffer: PNG });
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('已收到您补充的材料').waitFor();
  await look(page, 'answered');
  const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^下载：付款记录/ }).click()]);
  assert.equal(got.suggestedFilename(), '付款记录.png');
  const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载全案（已签名）' }).click()]);
  const place = join(portal.data, '..', `${number}.txt`);
  await taken.saveAs(place);
  const checked = execFileSync(binary, ['case', 'verify', place, '--data', portal.data], { encoding: 'utf8' });
  assert.match(checked, /签发以后没有改动过/);
  assert.ok(readFileSync(place, 'utf8').includes('│ 付款记录见照片。'));
  await act(number, '受理');
  await open(page, cases.complaint);
  await look(page, 'accepted');
  await page.getByRole('button', { name: '我要撤回' }).click();
  await look(page, 'ask-withdraw');
  await page.getByRole('button', { name: '确定撤回' }).click();
  await page.getByText('投诉已撤回').waitFor();
  await look(page, 'withdrawn');
  await page.getByLabel('5 分，很满意').check();
  await page.getByRole('button', { name: '打分' }).click();
  await page.getByText('谢谢，已经记下').waitFor();
  assert.ok(!(await page.content()).includes(`?${code}`));
  assert.deepEqual(page.faults, []);
});

test('with script: the number from the picture, a file in pieces, a reward', async () => {
  const { number, code } = cases.report;
  const page = await visitor();
  await page.goto(`${portal.address}/cases/status#${number},20261125-00000000`);
  await page.waitForFunction(() => document.querySelector('[name=number]').value !== '');
  assert.equal(await page.getByLabel('编号').inputValue(), number);
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '查进度' }).click();
  await page.locator('.state-now').waitFor();
  await look(page, 'report');
  await page.locator('input[type=file]').setInputFiles({ name: 'wire.png', mimeType: 'image/png', buffer: PNG });
  await page.getByText('已上传', { exact: true }).waitFor();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('已收到您补充的材料').waitFor();
  assert.ok((await page.content()).includes('见上传的材料'));
  await act(number, '由我办理');
  await act(number, '立案');
  await act(number, '作出处理决定', { decide_outcome: 'penalty', decide_said: '罚款 20 万元。' });
  await open(page, cases.report);
  await look(page, 'decided');
  await page.getByText('谁能申领，奖多少').click();
  await page.getByRole('button', { name: '申领奖励' }).click();
  await page.getByText('都符合再勾选').first().waitFor();
  await look(page, 'reward-wrong');
  await page.getByLabel(/^我是自然人/).check();
  await page.getByRole('button', { name: '申领奖励' }).click();
  await page.getByText('申领已收到，正在审核').waitFor();
  await look(page, 'claimed');
  await officer.goto(`${portal.address}/desk/cases?scope=closed`);
  await officer.locator('.case-line', { hasText: number }).getByRole('link').first().click();
  await look(officer, 'desk-reward');
  assert.deepEqual(page.faults, []);
});

test('by keyboard alone', async () => {
  const { number, code } = cases.report;
  const page = await visitor({ hasTouch: false });
  const focused = () => page.evaluate(() => {
    const at = document.activeElement;
    return at.tagName === 'BUTTON' ? at.textContent.trim() : at.name ? `${at.name}=` : at.tagName;
  });
  const tabTo = async (what) => {
    for (let tries = 0; tries < 80; tries += 1) {
      if ((await focused()).startsWith(what)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${what} can't be reached, stands at ${await focused()}`);
  };
  await page.goto(`${portal.address}/cases/status`);
  await tabTo('number=');
  await page.keyboard.type(number);
  await tabTo('code=');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.locator('.state-now').waitFor();
  await focusRests(page, 'h1', 'the heading has the focus');
  await tabTo('message_said=');
  await page.keyboard.type('谢谢。');
  await tabTo('提交');
  await page.keyboard.press('Enter');
  await page.getByText('留言已送到').waitFor();
  await tabTo('下载全案');
  await tabTo('SUMMARY');
  await page.keyboard.press('Enter');
  assert.deepEqual(page.faults, []);
});
