// An officer handles a complaint from the inbox to a settlement and its publication, and a report to its decision, by
// keyboard where it matters. PORTAL_SHOTS=folder keeps pictures of every page at 360 and 1440 pixels.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const files = join(dirname(binary), 'examples', 'file_cases');
const settings = 'bureaus = ["青禾分局", "临水区市场监督管理局"]\n[desk]\nrequire_totp_roles = []\n';
let portal, browser;

before(async () => {
  if (!existsSync(files)) throw new Error(`${files} is missing: cargo build -p server --example file_cases`);
  [portal, browser] = await Promise.all([startPortal({ settings }, '--demo'), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function visitor() {
  const context = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false, reducedMotion: 'reduce' });
  return context.newPage();
}

/** No fault that axe finds, and nothing wider than the window, at both widths. */
async function look(page, name) {
  const html = await page.content();
  for (const width of [360, 1440]) {
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

async function officer(name, role) {
  const said = execFileSync(binary, ['user', 'add', name, '--role', role, '--data', portal.data], { encoding: 'utf8' });
  const page = await visitor();
  await page.goto(portal.address + said.match(/\/desk\/setup\?\S+/)[0]);
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery');
  await page.locator('main form button').first().click();
  return page;
}

/** Opens an act's form, fills it in, sends it. */
async function act(page, name, fill = async () => {}) {
  const form = page.locator('details.act').filter({ has: page.locator('summary', { hasText: new RegExp(`^${name}$`) }) });
  if ((await form.getAttribute('open')) === null) {
    await form.locator('summary').focus();
    await page.keyboard.press('Enter');
  }
  await fill(form);
  await form.getByRole('button', { name, exact: true }).click();
}

test('from the inbox to settlement, publication and decision', async () => {
  const own = await officer('banan', 'case_officer');
  const lines = execFileSync(files, [portal.data, '48', 'banan'], { encoding: 'utf8' }).trim().split('\n');
  assert.equal(lines.length, 48);
  await own.goto(`${portal.address}/desk`);
  await look(own, 'home');
  await own.goto(`${portal.address}/desk/cases`);
  await look(own, 'inbox');
  assert.ok((await own.locator('.case-line').count()) >= 30);
  const first = await own.locator('.urgency').first().textContent();
  assert.ok(first.includes('已超期'), first);
  assert.ok(!(await own.content()).includes('欧阳'));
  await own.getByLabel('编号或被投诉、被举报单位').fill('不存在的单位');
  await Promise.all([own.waitForURL(/[?&]q=/), own.keyboard.press('Enter')]);
  await look(own, 'inbox-none');

  // a complaint that nobody has
  await own.goto(`${portal.address}/desk/cases?scope=free&kind=complaint`);
  await look(own, 'inbox-free');
  await own.locator('.case-line h2 a', { hasText: '白鹭饭店' }).first().click();
  await look(own, 'sheet-free');
  await own.getByRole('button', { name: '由我办理' }).focus();
  await Promise.all([own.waitForEvent('load'), own.keyboard.press('Enter')]);
  await look(own, 'sheet-taken');
  assert.ok(!(await own.content()).includes('13812348000'));
  await own.getByRole('button', { name: '查看', exact: true }).click();
  assert.ok((await own.content()).includes('13812348000'));
  await look(own, 'sheet-revealed');
  await own.goBack();
  await own.reload();

  await act(own, '不予受理', async (form) => form.getByLabel('写明理由').fill('理由写了，没有选'));
  assert.ok((await own.locator('.error-summary').textContent()).includes('请选择一项'));
  assert.equal(await own.locator('#f-refuse_said').inputValue(), '理由写了，没有选');
  assert.ok(await own.evaluate(() => document.querySelector('details.act[open] #f-refuse_said') !== null));
  await look(own, 'sheet-wrong');

  await act(own, '受理');
  await act(own, '通知调解', async (form) => {
    await form.getByLabel('电话', { exact: true }).check();
    await form.getByLabel('时间').fill('2036-11-30T09:30');
    await form.getByLabel('地点').fill('办公室电话');
    await form.getByLabel('调解人员').fill('李调解员');
    await form.getByLabel('通知内容').fill('请双方准时接听');
  });
  await act(own, '调解成功', async (form) => {
    await form.getByLabel('制作调解书，双方签字或者盖章').check();
    await form.getByLabel('达成的协议').fill('商家退款 30 元');
  });
  await look(own, 'sheet-settled');
  await own.getByRole('link', { name: '调解书', exact: true }).click();
  await look(own, 'paper');
  await own.getByLabel('投诉人', { exact: true }).waitFor();
  await own.getByRole('button', { name: '打开可打印的网页' }).click();
  assert.ok((await own.content()).includes('欧阳海棠') && (await own.content()).includes('商家退款 30 元'));
  await look(own, 'paper-page');
  await own.goBack();
  await own.goBack();
  await own.reload();

  // to the public: an operator that has a page
  const known = (await (await fetch(`${portal.address}/api/v1/operators?limit=1`)).json()).items[0];
  await own.getByLabel('单位', { exact: true }).fill('没有这家单位');
  await own.getByLabel('投诉问题').fill('联系人王小明，电话13912345678');
  await own.getByRole('button', { name: '提出公示' }).click();
  await look(own, 'publicity-wrong');
  await own.getByLabel('单位', { exact: true }).fill(known.name);
  await own.getByRole('button', { name: '提出公示' }).click();
  assert.ok((await own.locator('.check').textContent()).includes('13912345678'));
  await look(own, 'publicity-marks');
  await own.getByLabel('投诉问题').fill('投诉人反映：食品里有异物');
  await own.getByRole('button', { name: '提出公示' }).click();
  await look(own, 'sheet-proposed');
  const reviewer = await officer('shenhe', 'reviewer');
  await reviewer.goto(`${portal.address}/desk/publicity`);
  await look(reviewer, 'publicity');
  await reviewer.getByRole('button', { name: '退回' }).click();
  await look(reviewer, 'publicity-no-reason');
  await reviewer.getByRole('button', { name: '确认公示' }).click();
  const page = await visitor();
  for (let tries = 0; tries < 50; tries += 1) {
    await page.goto(`${portal.address}/operators/${known.id}`);
    if ((await page.content()).includes('投诉信息公示')) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok((await page.content()).includes('没有公示不等于没有投诉'));
  await look(page, 'operator');

  // a report to its decision
  await own.goto(`${portal.address}/desk/cases?kind=report`);
  await own.locator('.case-line h2 a').last().click();
  await look(own, 'report');
  await act(own, '立案');
  await act(own, '作出处理决定', async (form) => {
    await form.getByLabel('责令改正').check();
    await form.getByLabel('决定内容').fill('责令改正，已改正');
  });
  assert.ok((await own.content()).includes('已作出处理决定'));
  await look(own, 'report-decided');
  await own.goto(`${portal.address}/desk/cases?scope=closed`);
  await look(own, 'inbox-closed');
});
