// A table of 45,000 samples on a phone: it is read with progress shown where that takes longer than one waits for it,
// and what is no table is refused in words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { binary, startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const password = '四方食事 不过一碗人间烟火 2026';
const ROWS = [45_000, 135_000, 400_000];
const PATIENCE = 150_000;
let portal, browser, page;

before(async () => {
  [portal, browser] = await Promise.all([startPortal({ settings: '[desk]\nrequire_totp_roles = []\n' }), startBrowser()]);
  const out = execFileSync(binary, ['user', 'add', 'changbiao', '--display-name', '小长', '--role', 'editor', '--data', portal.data], {
    env: { ...process.env, PORTAL_LOG: 'warn', PORTAL_DATABASE_URL: '' },
    encoding: 'utf8',
  });
  const link = new URL(out.match(/\S*\/desk\/setup\S*/)[0], portal.address);
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', bypassCSP: true, viewport: { width: 360, height: 800 } });
  page = await context.newPage();
  await page.goto(portal.address + link.pathname + link.search);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
  await page.locator('main .form button').first().click();
  await page.waitForLoadState();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function fine(what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140))}`), []);
}

async function draft() {
  await page.goto(`${portal.address}/desk/publications/new/bulletin`);
  await page.locator('[name=source]').fill('云川市市场监督管理局');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/publications\/[0-9a-f-]{36}/);
  return page.url();
}

async function upload(name, text) {
  const form = page.locator('form[action$="/table"]');
  await form.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await form.locator('button').click();
}

/** Uploads a table of so many rows, waits for its samples, and gives the last progress that was shown. */
async function read(rows, t) {
  await draft();
  const lines = Array.from({ length: rows }, (_, row) =>
    `CY26${String(row).padStart(6, '0')},大米${row % 97},云川市青禾区第${row % 800}粮油店,云川市青禾区南门路${row % 400}号,${row % 50 ? '合格' : '不合格'},${row % 50 ? '' : '镉（以Cd计）‖0.31mg/kg‖≤0.2mg/kg'}`);
  // what comes after the reading takes longer than the pause between two questions, and is asked for once all the same
  let loads = 0;
  await page.route(/\/table$/, async (route) => {
    if (route.request().method() === 'GET') {
      loads += 1;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
    await route.continue().catch(() => {});
  });
  const began = Date.now();
  await upload('食品安全监督抽检信息公告（2026年第4期）.csv', `抽样编号,食品名称,被抽样单位名称,被抽样单位地址,判定,不合格项目\n${lines.join('\n')}\n`);
  await page.waitForURL(/\/table$/, { timeout: PATIENCE });
  const progress = page.locator('.reading strong');
  const done = `${rows.toLocaleString('en')} 个样品`;
  let seen = '';
  const until = Date.now() + PATIENCE;
  while (Date.now() < until && !(await page.locator('main').innerText()).includes(done)) {
    if (await progress.count()) {
      const first = !seen;
      seen = await progress.innerText({ timeout: 1_000 }).catch(() => seen);
      if (first) {
        await fine('reading');
        if (process.env.PORTAL_PICTURES) await page.screenshot({ path: `${process.env.PORTAL_PICTURES}/reading-360.png` });
      }
    }
    await page.waitForTimeout(200);
  }
  t.diagnostic(`${rows} rows read in ${Date.now() - began} ms, last progress: ${seen}`);
  assert.ok((await page.locator('main').innerText()).includes(done), `${rows} rows were read`);
  assert.ok(loads <= 1, `the page was loaded ${loads} times`);
  await page.unroute(/\/table$/);
  return seen;
}

test('45,000 rows are read, and what takes longer than a moment shows its progress', async (t) => {
  // how long that is depends on the machine: a fast one reads the first table before the answer
  let seen = '';
  for (const rows of ROWS) {
    seen = await read(rows, t);
    if (/\d/.test(seen)) break;
  }
  assert.match(seen, /\d/, 'progress was shown');
  await fine('table');
  if (process.env.PORTAL_PICTURES) await page.screenshot({ path: `${process.env.PORTAL_PICTURES}/long-table-360.png` });
});

test('a file that is no table is refused in words', async () => {
  await draft();
  await upload('照片.csv', '<html><script>alert(1)</script></html>');
  await page.locator('.error-summary, .fails').first().waitFor({ timeout: PATIENCE });
  assert.match(await page.locator('.error-summary, .fails').first().innerText(), /请/);
  await fine('refused');
});
