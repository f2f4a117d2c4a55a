// 你点我检 and surveys in a real Chromium: the demonstration's rounds, a voice with and without script, a round by two
// officers. PORTAL_SHOTS=folder keeps pictures at 360, 768 and 1440 pixels.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, browser;

before(async () => {
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }, '--demo'), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function visitor(options = {}) {
  const context = await browser.newContext({
    locale: 'zh-CN', reducedMotion: 'reduce', viewport: { width: 360, height: 740 }, ...options,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => message.type() === 'error' && !/status of 4(09|22|29)/.test(message.text()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

async function signIn(name, ...roles) {
  const said = execFileSync(binary, ['user', 'add', name, ...roles.flatMap((role) => ['--role', role]), '--data', portal.data], { encoding: 'utf8' });
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery');
  await page.locator('main form button').first().click();
  return page;
}

/** No fault that axe finds, nothing wider than the window, no letter of a chart cut off: at three widths, in both colours. */
async function look(page, name) {
  const html = await page.content();
  for (const [width, colorScheme] of [[360, 'light'], [768, 'light'], [1440, 'light'], [360, 'dark']]) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const shown = await context.newPage();
    await shown.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await shown.goto(page.url());
    await shown.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = true; }));
    await shown.addScriptTag({ content: axe });
    const result = await shown.evaluate(() => globalThis.axe.run());
    const faults = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
    assert.deepEqual(faults, [], `${name} at ${width} ${colorScheme}`);
    const wide = await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} at ${width} is ${wide} pixels too wide`);
    const cut = await shown.evaluate(() => [...document.querySelectorAll('svg.chart text')].filter((text) => {
      const [inner, outer] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
      return inner.left < outer.left || inner.right > outer.right || inner.bottom > outer.bottom + 1;
    }).map((text) => text.textContent));
    assert.deepEqual(cut, [], `${name} at ${width}`);
    if (process.env.PORTAL_SHOTS) await shown.screenshot({ path: join(process.env.PORTAL_SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await context.close();
  }
}

const inThreeDays = () => new Date(Date.now() + 3 * 86400_000 + 8 * 3600_000).toISOString().slice(0, 10);
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);

test('the list leads from the home page to open rounds first and to results', async () => {
  const page = await visitor();
  await page.goto(portal.address);
  await page.locator('main a[href="/polls"]').click();
  const headings = await page.locator('main h2').allTextContents();
  assert.deepEqual(headings, ['正在进行', '已经结束']);
  await look(page, 'polls');
  await page.getByRole('link', { name: '开学季，您点我检' }).click();
  const words = await page.locator('main').innerText();
  assert.match(words, /n＝803 份/);
  assert.match(words, /不是随机抽取的样本/);
  assert.match(words, /现制奶茶/);
  assert.equal(await page.locator('svg.chart[role=img]').count(), 3);
  assert.equal(await page.locator('table.counts strong').count(), 9);
  await look(page, 'poll-ended');
  // to the bulletin that it caused, and back
  await page.locator('section[aria-labelledby=led-to] a').first().click();
  await page.getByRole('link', { name: '由“你点我检”第1期产生' }).click();
  assert.match(page.url(), /\/polls\/[0-9a-f-]{36}$/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the result of a survey prints method and n, and hides small counts', async () => {
  const page = await visitor();
  await page.goto(`${portal.address}/polls`);
  await page.getByRole('link', { name: /满意度和知晓率调查/ }).click();
  const words = await page.locator('main').innerText();
  assert.match(words, /n＝436 份/);
  assert.match(words, /平均 3\.9 分/);
  assert.match(words, /少于 5/);
  assert.match(words, /未公开/);
  const cells = await page.locator('table.counts td').allInnerTexts();
  assert.ok(cells.every((cell) => !/^[1-4]$/.test(cell.trim())), cells.join('|'));
  await look(page, 'survey-ended');
  await page.context().close();
});

for (const javaScriptEnabled of [false, true]) {
  test(`a voice ${javaScriptEnabled ? 'with' : 'without'} script, once a day`, async () => {
    const page = await visitor({ javaScriptEnabled });
    await page.goto(`${portal.address}/polls`);
    await page.getByRole('link', { name: '元旦春节前，您想检什么' }).click();
    assert.doesNotMatch(await page.locator('main').innerText(), /\d+ 票|\d+%/);
    if (!javaScriptEnabled) await look(page, 'poll-open');
    await page.getByRole('link', { name: '去投票' }).click();
    assert.equal(await page.locator('input:checked').count(), 0, 'nothing is chosen beforehand');
    if (!javaScriptEnabled) await look(page, 'vote');
    // too many: what was chosen and typed stays
    for (const food of ['坚果炒货', '白酒', '腊肉腊肠', '散装糕点']) await page.getByLabel(food, { exact: true }).check();
    await page.locator('[name=s0]').fill('手工年糕');
    await page.getByRole('button', { name: '投出这一票' }).click();
    assert.match(await page.locator('.error-summary').innerText(), /最多选 3 个/);
    assert.equal(await page.locator('input:checked').count(), 4);
    assert.equal(await page.locator('[name=s0]').inputValue(), '手工年糕');
    if (!javaScriptEnabled) await look(page, 'vote-wrong');
    await page.getByLabel('散装糕点', { exact: true }).uncheck();
    await page.getByRole('button', { name: '投出这一票' }).click();
    await page.getByText('已经收到，谢谢').waitFor();
    if (!javaScriptEnabled) await look(page, 'vote-given');
    await page.reload();
    assert.match(await page.locator('main').innerText(), /今天已经投过一份，明天可以再投/);
    assert.equal(await page.locator('main form').count(), 0);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test('a survey and its approval by two officers, by keyboard and without script', async () => {
  const editor = await signIn('anna', 'editor');
  await editor.goto(`${portal.address}/desk/polls`);
  await look(editor, 'desk-polls');
  await editor.getByRole('link', { name: '新建：满意度调查' }).click();
  await editor.locator('[name=title]').fill('食堂满意度');
  await editor.locator('[name=text]').fill('两个问题。');
  await editor.locator('[name=first]').fill(today());
  await editor.locator('[name=last]').fill(inThreeDays());
  await editor.locator('[name=ask-0]').fill('饭菜满意吗？');
  await editor.locator('main form.form button').last().click();
  assert.match(await editor.locator('.error-summary').innerText(), /请填写/);
  await look(editor, 'desk-poll-new');
  await editor.locator('[name=way-0]').selectOption('scale');
  await editor.locator('[name=ask-1]').fill('还想说什么？');
  await editor.locator('[name=way-1]').selectOption('text');
  await editor.locator('main form.form button').last().click();
  await editor.getByRole('button', { name: '提交审核' }).waitFor();
  await look(editor, 'desk-poll-draft');
  await editor.getByRole('button', { name: '提交审核' }).click();
  const sheet = editor.url();
  const reviewer = await signIn('ben', 'reviewer');
  await reviewer.goto(sheet);
  await look(reviewer, 'desk-poll-proposed');
  await reviewer.getByRole('button', { name: '审核通过并公开' }).click();
  await reviewer.getByText('看公开页面').waitFor();

  const page = await visitor({ javaScriptEnabled: false });
  const poll = sheet.replace('/desk/polls/', '/polls/');
  for (let tries = 0; tries < 200; tries += 1) {
    await page.goto(poll);
    if (await page.getByRole('link', { name: '去填写' }).count()) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await page.getByRole('link', { name: '去填写' }).click();
  assert.equal(await page.locator('input:checked').count(), 0, 'nothing is chosen beforehand');
  await look(page, 'survey');
  await page.locator('#f-q0').focus();
  await page.keyboard.press('Space');
  await page.locator('[name=q1]').fill('少放点盐，联系13812348000');
  await page.locator('main form button').focus();
  await page.keyboard.press('Enter');
  await page.getByText('这个浏览器已经填过这次调查').waitFor();
  await editor.goto(sheet);
  const seen = await editor.locator('main').innerText();
  assert.match(seen, /少放点盐/);
  assert.match(seen, /〔通讯方式〕/);
  assert.doesNotMatch(seen, /13812348000/);
  assert.match(seen, /已收到 1 份/);
  await look(editor, 'desk-poll-open');
  for (const one of [editor, reviewer, page]) await one.context().close();
});
