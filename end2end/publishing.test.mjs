// Two officers make a publication public in a real Chromium: written, checked, approved, published, corrected.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const password = '四方食事 不过一碗人间烟火 2026';
let portal, browser;

before(async () => {
  [portal, browser] = await Promise.all([startPortal(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

function link(name, display, role) {
  const out = execFileSync(binary, ['user', 'add', name, '--display-name', display, '--role', role, '--data', portal.data], {
    env: { ...process.env, PORTAL_LOG: 'warn', PORTAL_DATABASE_URL: '' },
    encoding: 'utf8',
  });
  return new URL(out.match(/\S*\/desk\/setup\S*/)[0], portal.address).pathname + new URL(out.match(/\S*\/desk\/setup\S*/)[0], portal.address).search;
}

// RFC 6238 with SHA-1, 30 seconds, six digits
async function code(secret) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s|=/g, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(Date.now() / 30000)));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const at = mac.getUint8(19) & 15;
  return String((mac.getUint32(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}

async function officer(name, display, role, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', bypassCSP: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(portal.address + link(name, display, role));
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
  await page.locator('main .form button').first().click();
  await page.waitForLoadState();
  if (await page.locator('input[name=code]').count()) {
    const secret = (await page.locator('main').innerText()).match(/(?:[A-Z2-7]{4}\s?){6,}/)[0];
    await page.locator('input[name=code]').fill(await code(secret));
    await page.locator('main .form button').first().click();
    await page.waitForLoadState();
  }
  return page;
}

async function fine(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140))}`), []);
}

async function shoot(page, name) {
  if (!process.env.PORTAL_PICTURES) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${process.env.PORTAL_PICTURES}/${name}-${width}.png`, fullPage: true });
  }
}

const PENALTY = {
  title: '云川市海棠食品有限公司经营超过保质期食品案',
  document_number: '云市监处罚[2026]12号',
  party: '云川市海棠食品有限公司',
  party_code: '91000000MA0000001R',
  violation: '经营超过保质期的食品',
  facts: '当事人经营超过保质期的饼干 12 袋，厨师王小明知情，电话13812345678。',
  basis: '《中华人民共和国食品安全法》第一百二十四条',
  penalty: '罚款二万元',
  authority: '云川市市场监督管理局',
  decided_on: '2026-10-20',
  source: '云川市市场监督管理局',
};

test('a penalty from the first word to a correction, by two officers', async () => {
  const writer = await officer('bianji', '编辑小林', 'editor');
  const reviewer = await officer('shenhe', '审核老周', 'reviewer');
  await writer.goto(`${portal.address}/desk/publications`);
  await fine(writer, 'list');
  await shoot(writer, 'list');
  await writer.goto(`${portal.address}/desk/publications/new/penalty`);
  await fine(writer, 'new');
  for (const [name, value] of Object.entries(PENALTY)) await writer.locator(`[name=${name}]`).fill(value);
  await writer.locator('[name=party_kind][value=company]').check();
  await writer.locator('[name=procedure][value=ordinary]').check();
  await writer.locator('[name=removal_class]').selectOption('order-45/ordinary');
  // a day that can't be: everything typed is kept
  await writer.locator('[name=document_number]').fill('没有年份');
  await writer.getByRole('button', { name: '保存草稿' }).click();
  await writer.waitForLoadState();
  await fine(writer, 'mistake');
  assert.equal(await writer.locator('[name=party]').inputValue(), PENALTY.party);
  assert.match(await writer.locator('.error-summary').innerText(), /文号/);
  await shoot(writer, 'mistake');
  await writer.locator('[name=document_number]').fill(PENALTY.document_number);
  await writer.getByRole('button', { name: '保存草稿' }).click();
  await writer.waitForURL(/publications\/[0-9a-f-]{36}/);
  const address = writer.url();
  await fine(writer, 'draft');
  await shoot(writer, 'draft');

  // personal data is confirmed one by one
  await writer.getByRole('button', { name: '保存并提交审核' }).click();
  await writer.waitForLoadState();
  assert.match(await writer.locator('.error-summary').innerText(), /还有 \d+ 处要处理/);
  await shoot(writer, 'blocked');
  for (const box of await writer.locator('input[name=confirmed]').all()) await box.check();
  await writer.getByRole('button', { name: '保存并提交审核' }).click();
  await writer.waitForLoadState();
  assert.match(await writer.locator('main').innerText(), /待审核/);
  assert.equal(await writer.getByRole('button', { name: '审核通过' }).count(), 0);

  await reviewer.goto(address);
  await fine(reviewer, 'review');
  await shoot(reviewer, 'review');
  await reviewer.getByRole('button', { name: '审核通过' }).click();
  await reviewer.waitForLoadState();
  await reviewer.getByRole('button', { name: '立即公布' }).click();
  await reviewer.waitForLoadState();
  const href = await reviewer.getByRole('link', { name: '打开公开页面' }).getAttribute('href');
  const open = async () => {
    for (let round = 0; round < 50; round += 1) {
      const response = await fetch(portal.address + href);
      if (response.ok) return response.text();
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error('not public');
  };
  assert.match(await open(), /云市监处罚〔2026〕12号/);

  // a correction, with both revisions to be seen
  await writer.goto(address);
  await writer.locator('[name=reason]').fill('罚款金额写错');
  await writer.getByRole('button', { name: '更正', exact: true }).click();
  await writer.waitForLoadState();
  await writer.locator('[name=penalty]').fill('罚款三万元');
  for (const box of await writer.locator('input[name=confirmed]').all()) await box.check();
  await writer.getByRole('button', { name: '保存并提交审核' }).click();
  await writer.waitForLoadState();
  await reviewer.goto(address);
  await reviewer.getByRole('button', { name: '审核通过' }).click();
  await reviewer.waitForLoadState();
  await reviewer.getByRole('button', { name: '立即更正' }).click();
  await reviewer.waitForLoadState();
  await fine(reviewer, 'public');
  const seen = await (await browser.newContext({ bypassCSP: true })).newPage();
  await seen.goto(portal.address + href);
  await seen.getByText('罚款三万元').first().waitFor();
  assert.match(await seen.locator('main').innerText(), /罚款金额写错/);
  await shoot(seen, 'public');
});

test('two officers at one draft: the second sees both versions', async () => {
  const one = await officer('jia', '小甲', 'editor');
  const other = await officer('yi', '小乙', 'editor');
  await one.goto(`${portal.address}/desk/publications/new/notice`);
  await one.locator('[name=title]').fill('关于节日期间值班的通知');
  await one.locator('[name=source]').fill('云川市市场监督管理局');
  await one.locator('[name=body]').fill('第一版');
  await one.getByRole('button', { name: '保存草稿' }).click();
  await one.waitForURL(/publications\/[0-9a-f-]{36}/);
  await other.goto(one.url());
  await one.locator('[name=body]').fill('第二版');
  await one.getByRole('button', { name: '保存草稿' }).click();
  await one.waitForLoadState();
  await other.locator('[name=body]').fill('第三版');
  await other.getByRole('button', { name: '保存草稿' }).click();
  await other.waitForLoadState();
  const conflict = await other.locator('.conflict').innerText();
  assert.match(conflict, /第二版/);
  assert.match(conflict, /第三版/);
  assert.equal(await other.locator('[name=body]').inputValue(), '第三版');
  await fine(other, 'conflict');
  await shoot(other, 'conflict');
  await other.getByRole('button', { name: '保存草稿' }).click();
  await other.waitForLoadState();
  await one.reload();
  assert.equal(await one.locator('[name=body]').inputValue(), '第三版');
});

test('a draft is kept while it is typed', async () => {
  const page = await officer('bing', '小丙', 'editor');
  await page.goto(`${portal.address}/desk/publications/new/article`);
  await page.locator('[name=title]').fill('吃好每一餐');
  await page.locator('[name=source]').fill('云川市市场监督管理局');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/publications\/[0-9a-f-]{36}/);
  // the first look remembers the form as it was
  await page.waitForTimeout(9_000);
  await page.locator('[name=body]').fill('## 早餐\n\n吃热的。');
  await page.getByText('已自动保存').waitFor({ timeout: 30_000 });
  const again = await page.context().newPage();
  await again.goto(page.url());
  assert.match(await again.locator('[name=body]').inputValue(), /吃热的/);
  // and the form goes on from the version that was kept
  await page.getByRole('button', { name: '预览正文' }).click();
  await page.waitForURL(/preview/);
  assert.equal(await page.locator('#preview h2, #preview h3').nth(1).innerText(), '早餐');
});

test('a table is uploaded, looked at and mapped', async () => {
  const page = await officer('ding', '小丁', 'editor');
  await page.goto(`${portal.address}/desk/publications/new/bulletin`);
  await page.locator('[name=source]').fill('云川市市场监督管理局');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/publications\/[0-9a-f-]{36}/);
  const csv = '抽样编号,食品名称,被抽样单位名称,判定,不合格项目,怪名\nA1,大米,云川市一店,合格,,红\nA2,面条,云川市二店,不合格,铝的残留量,蓝\n,,云川市三店,合格,,绿\n';
  const form = page.locator('form[action$="/table"]');
  await form.locator('input[type=file]').setInputFiles({ name: '食品安全监督抽检信息公告（2026年第3期）.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await form.locator('button').click();
  await page.waitForURL(/\/table$/);
  await fine(page, 'table');
  await shoot(page, 'table');
  assert.match(await page.locator('main').innerText(), /缺少食品（样品）名称/);
  await page.getByLabel('怪名').selectOption('brand');
  await page.getByRole('button', { name: '按这样重新读取' }).click();
  await page.waitForLoadState();
  assert.equal(await page.getByLabel('怪名').inputValue(), 'brand');
  // a page for a file that is none
  await page.goBack();
  await page.goto(page.url().replace(/\/table$/, ''));
  const attach = page.locator('form[action$="/attachments"]');
  await attach.locator('input[type=file]').setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('<html><script>alert(1)</script>') });
  await attach.locator('button').click();
  await page.waitForLoadState();
  assert.match(await page.locator('.error-summary').innerText(), /照片.png：这是网页文件/);
});
