// An operator replies to a penalty without JavaScript; two officers handle it; the reply stands beside the record.
// PORTAL_SHOTS=folder keeps pictures of every page at 360 and 1440 pixels.
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

async function visitor() {
  const context = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false, reducedMotion: 'reduce' });
  return context.newPage();
}

/** No fault that axe finds, and nothing wider than the window, at both widths. The page's own scripts stay off. */
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

test('a reply from the form to the public page', async () => {
  const penalty = (await (await fetch(`${portal.address}/api/v1/publications?kind=penalty&limit=1`)).json()).items[0];
  const page = await visitor();
  await page.goto(portal.address + penalty.url);
  await page.getByRole('link', { name: '我是当事单位：请求更正或者回应' }).click();
  await look(page, 'form');
  await page.getByRole('button', { name: '提交' }).click();
  await look(page, 'form-wrong');
  await page.getByLabel('公开回应').check();
  await page.getByLabel('单位名称').fill(penalty.fields.party);
  await page.getByLabel('内容', { exact: true }).fill('涉事食品已全部召回销毁。\n我单位已更换供货商，联系人王小明，电话13912345678。');
  await page.getByLabel('联系人姓名').fill('欧阳海棠');
  await page.getByLabel('电话', { exact: true }).fill('13812348000');
  await page.getByRole('button', { name: '提交' }).click();
  await look(page, 'receipt');
  const [number, code] = await page.locator('code.secret').allTextContents();

  await page.goto(`${portal.address}/objections/status`);
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('查询码').fill('00000');
  await page.getByRole('button', { name: '查询' }).click();
  await look(page, 'status-wrong');
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '查询' }).click();
  assert.ok((await page.content()).includes('办理中'));

  const handler = await officer('handler', 'case_officer');
  await handler.goto(`${portal.address}/desk/objections`);
  await look(handler, 'desk-list');
  await handler.getByRole('link', { name: /公开回应/ }).click();
  await look(handler, 'desk-case');
  assert.ok(!(await handler.content()).includes('13812348000'));
  await handler.getByRole('button', { name: '查看' }).click();
  assert.ok((await handler.content()).includes('13812348000'));
  await look(handler, 'desk-revealed');
  await handler.getByLabel('要补充什么').fill('请写明召回数量，去掉个人电话。');
  await handler.getByRole('button', { name: '要求补充' }).click();

  await page.getByLabel('补充说明').fill('已修改。');
  await page.getByRole('button', { name: '提交补充' }).click();
  assert.ok((await page.content()).includes('有了新进展'), 'the operator wrote over what the officer asked');
  await look(page, 'status-asked');
  assert.equal(await page.getByLabel('补充说明').inputValue(), '已修改。');
  await page.getByLabel('回应的文字').fill('涉事食品已全部召回销毁，共 12 袋。\n我单位已更换供货商。');
  await page.getByRole('button', { name: '提交补充' }).click();
  assert.ok((await page.content()).includes('已办理'));
  await look(page, 'status-done');

  await handler.reload();
  await handler.goto(`${portal.address}/desk/objections`);
  await handler.getByRole('link', { name: /公开回应/ }).click();
  await handler.getByRole('button', { name: '建议公开' }).click();
  await look(handler, 'desk-proposed');
  const reviewer = await officer('reviewer', 'reviewer');
  await reviewer.goto(`${portal.address}/desk/replies`);
  await reviewer.getByRole('link', { name: /公开回应/ }).click();
  await look(reviewer, 'desk-reply');
  await reviewer.getByRole('button', { name: '确认公开' }).click();

  for (let tries = 0; tries < 50; tries += 1) {
    await page.goto(portal.address + penalty.url);
    if ((await page.content()).includes('共 12 袋')) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok((await page.content()).includes('以上为当事单位的说明，不代表发布单位的意见'));
  await look(page, 'record');
});
