// The desk in a real Chromium: an account from its set-up link to the audit trail, without JavaScript; every page with axe,
// at 360 and 1440 pixels, light and dark. PORTAL_SHOTS=DIR keeps a picture of each.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, focusRests, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PORTAL_SHOTS;
const password = '青禾路上第三家-Mian2026';
let portal, browser;

before(async () => {
  [portal, browser] = await Promise.all([startPortal(), startBrowser()]);
  if (shots) mkdirSync(shots, { recursive: true });
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

function user(...options) {
  const out = execFileSync(binary, ['user', ...options, '--data', portal.data], {
    env: { ...process.env, PORTAL_DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return out.toString().trim();
}

/** RFC 6238 for the step that is `shift` steps from now. */
function code(secret, shift = 0) {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/ /g, '')].map((sign) => digits.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + shift));
  const hash = createHmac('sha1', key).update(step).digest();
  const word = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(word % 1000000).padStart(6, '0');
}

async function context(options = {}) {
  return browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', javaScriptEnabled: false, ...options });
}

/** The path of a set-up link that `portal user` printed: without base_url it is a path. */
const address = (link) => (link.startsWith('/') ? portal.address + link : link);

/** Looks at what stands on a page now: its HTML without scripts in a page that may run axe. */
async function look(page, name) {
  const found = [];
  const [html, url] = [await page.content(), page.url()];
  for (const [width, colorScheme] of [[360, 'light'], [1440, 'dark'], [1440, 'light'], [360, 'dark']]) {
    const other = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
    const tab = await other.newPage();
    await tab.route(url, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
    await tab.goto(url, { waitUntil: 'networkidle' });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) found.push(`${name} at ${width}: ${wide} pixels too wide`);
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => window.axe.run());
    found.push(...violations.map((v) => `${name} at ${width} ${colorScheme}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140)).slice(0, 3)}`));
    if (shots) await tab.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await other.close();
  }
  assert.deepEqual(found, []);
}

async function setUp(link, withFactor) {
  const tab = await (await context()).newPage();
  await tab.goto(address(link));
  await look(tab, `setup`);
  await tab.getByLabel('新密码', { exact: true }).fill('short');
  await tab.getByLabel('再输入一次新密码').fill('short');
  await tab.getByRole('button', { name: '保存密码' }).click();
  await look(tab, 'setup-wrong');
  assert.match(await tab.locator('.error-summary').innerText(), /密码太短/);
  await focusRests(tab, '.error-summary', 'the summary has the focus');
  await tab.getByLabel('新密码', { exact: true }).fill(password);
  await tab.getByLabel('再输入一次新密码').fill(password);
  await tab.getByRole('button', { name: '保存密码' }).click();
  let secret;
  if (withFactor) {
    await tab.waitForURL(/second-factor/);
    await look(tab, 'enrol');
    secret = await tab.locator('code.secret').innerText();
    await tab.getByLabel('动态验证码').fill(code(secret));
    await tab.getByRole('button', { name: '启用' }).click();
    await look(tab, 'recovery-codes');
    assert.equal(await tab.locator('.recovery code').count(), 10);
    await tab.getByRole('link', { name: '已经保存，继续' }).click();
  }
  await tab.waitForURL(/\/desk$/);
  return { tab, secret };
}

test('an administrator is set up, makes an account, and the new officer signs in', async () => {
  const { tab: admin, secret } = await setUp(user('add', 'zhang.san', '--display-name', '张三', '--role', 'admin'), true);
  await look(admin, 'home');
  await admin.getByRole('link', { name: '账号', exact: true }).first().click();
  await admin.getByRole('link', { name: '新建账号' }).click();
  await look(admin, 'account-new');
  await admin.getByRole('button', { name: '新建并生成链接' }).click();
  await look(admin, 'account-new-wrong');
  // the summary leads to the field
  await admin.locator('.error-summary a').first().click();
  assert.match(admin.url(), /#f-/);
  await admin.getByLabel('账号', { exact: true }).fill('li.si');
  await admin.getByLabel('姓名').fill('李四');
  await admin.getByLabel('编辑', { exact: true }).check();
  await admin.getByRole('button', { name: '新建并生成链接' }).click();
  await look(admin, 'account-link');
  const link = await admin.locator('code.link').innerText();
  await admin.getByRole('link', { name: '回到账号列表' }).click();
  await look(admin, 'accounts');
  await admin.getByRole('link', { name: '李四' }).click();
  await look(admin, 'account');

  const { tab: editor } = await setUp(link, false);
  await editor.goto(`${portal.address}/desk/accounts`);
  await look(editor, 'forbidden');
  assert.match(await editor.locator('h1').innerText(), /没有权限/);
  await editor.goto(`${portal.address}/desk/account`);
  await look(editor, 'own-account');
  await editor.goto(`${portal.address}/desk/account/password`);
  await look(editor, 'password');
  await editor.getByRole('button', { name: '退出', exact: true }).click();
  await editor.waitForURL(/\/desk\/login/);
  await look(editor, 'login');

  // by keyboard alone
  await editor.keyboard.press('Tab');
  assert.equal(await editor.evaluate(() => document.activeElement.className), 'skip');
  await editor.getByLabel('账号').focus();
  await editor.keyboard.type('li.si');
  await editor.keyboard.press('Tab');
  await editor.keyboard.type('wrong password');
  await editor.keyboard.press('Enter');
  await editor.locator('.error-summary').waitFor();
  await look(editor, 'login-wrong');
  assert.equal(await editor.getByLabel('账号').inputValue(), 'li.si');
  assert.equal(await editor.getByLabel('密码').inputValue(), '');
  await editor.getByLabel('密码').fill(password);
  await editor.keyboard.press('Enter');
  await editor.waitForURL(/\/desk$/);

  // the administrator signs in anew with the code of the next step, which phones that are fast show
  await admin.goto(`${portal.address}/desk/account`);
  await admin.getByRole('button', { name: '退出', exact: true }).click();
  await admin.getByLabel('账号').fill('zhang.san');
  await admin.getByLabel('密码').fill(password);
  await admin.getByRole('button', { name: '继续' }).click();
  await admin.waitForURL(/login\/code/);
  await look(admin, 'code');
  await admin.getByLabel('动态验证码').fill(code(secret, 1));
  await admin.getByRole('button', { name: '登录' }).click();
  await admin.waitForURL(/\/desk$/);
  await admin.goto(`${portal.address}/desk/account/second-factor`);
  await look(admin, 'second-factor');
});

test('an auditor reads and exports the audit trail', async () => {
  const { tab } = await setUp(user('add', 'shen.ji', '--display-name', '沈计', '--role', 'auditor'), true);
  await tab.getByRole('link', { name: '审计记录' }).first().click();
  await look(tab, 'audit');
  assert.match(await tab.locator('table').innerText(), /用链接设置密码/);
  await tab.getByLabel('行为').selectOption({ label: '启用动态验证码' });
  await tab.getByRole('button', { name: '筛选' }).click();
  assert.ok((await tab.locator('tbody tr').count()) >= 1);
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('link', { name: '导出表格' }).click()]);
  assert.match(readFileSync(await download.path(), 'utf8'), /second_factor_enrol/);
});

test('a used link says so, and the pages of the public site carry nothing of the desk', async () => {
  const tab = await (await context()).newPage();
  const response = await tab.goto(`${portal.address}/desk/setup?link=used`);
  assert.equal(response.status(), 404);
  await look(tab, 'link-gone');
  const anonymous = await tab.goto(`${portal.address}/desk/audit`);
  assert.match(anonymous.url(), /\/desk\/login\?next=/);
});
