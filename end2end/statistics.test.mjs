// The public's view of the bureau in a real Chromium: a citizen files, an officer's months are seen, on every width.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal, browser;

before(async () => {
  [portal, browser] = await Promise.all([startPortal(), startBrowser()]);
  fill(join(portal.data, process.env.PORTAL_DB_FILE ?? 'portal.db'));
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

// Cases of the last full months, straight into the database: 30 districts' worth of forms would take an hour.
function fill(file) {
  const script = `
import sqlite3, sys, datetime, uuid, random
random.seed(4)
base = sqlite3.connect(sys.argv[1], timeout=30)
today = datetime.date.today()
first = today.replace(day=1)
problems = ['foreign_body', 'spoiled', 'expired', 'hygiene', 'label', 'delivery', 'prepaid']
for number in range(900):
    kind = 'complaint' if number % 3 else 'report'
    day = first - datetime.timedelta(days=random.randint(1, 364))
    closed = day + datetime.timedelta(days=random.randint(4, 60)) if number % 5 else None
    if closed and closed > today: closed = None
    state = ('refused' if kind == 'complaint' else 'not_filed') if number % 7 == 0 and closed else ('settled' if kind == 'complaint' else 'decided') if closed else 'received'
    district = random.choice(['青禾区'] * 8 + ['南浦区'] * 5 + ['云川县'] * 3 + ['柳湾县', ''])
    problem = problems[min(int(random.expovariate(0.6)), 6)]
    source = random.choice(['portal'] * 6 + ['phone', '12345', '12315'])
    case = uuid.UUID(int=(4 << 100) + number).bytes
    base.execute('INSERT INTO case_file (id, number, kind, rule, state, standing, source, receiving_bureau, handling_bureau, party, party_key, problem, district, is_anonymous, wants_news, received_at, received_on, month, closed_at, closed_on, version, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 1, ?)',
        (case, f'N{number}', kind, 'R121', state, '{}', source, '', '', '店', '店', problem, district, f'{day}T02:00:00+00:00', str(day), str(day)[:7], closed and f'{closed}T02:00:00+00:00', closed and str(closed), f'{day}T02:00:00+00:00'))
    step = 'acceptance' if kind == 'complaint' else 'report-check'
    met = day + datetime.timedelta(days=random.randint(2, 11))
    due = day + datetime.timedelta(days=10)
    steps = [step] + ([] if 'no' in state or state == 'refused' else ['mediation' if kind == 'complaint' else 'case-decision'])
    for place, step in enumerate(steps):
        base.execute('INSERT INTO case_clock (case_id, place, step, due_on, internal_on, act_by, estimated, calendar_version, met_on) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)',
            (case, place, step, str(due), str(due), str(due), '1', str(met) if closed else None))
base.commit()
`;
  execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
}

const fine = async (page, what) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140))}`), []);
};

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    test(`the figures at ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(portal.address);
      await page.locator('main a[href="/statistics"]').click();
      await page.waitForURL(/statistics/);
      assert.equal(await page.locator('svg.chart[role=img]').count(), 8);
      const words = await page.locator('main').innerText();
      assert.match(words, /\d+／\d+，\d+\.\d%/);
      assert.match(words, /不等于已查实的违法行为/);
      assert.equal(words.match(/(?<![\d.／年月少于 -])[1-4](?= 件)/), null);
      await fine(page, `statistics ${width}`);
      // no letter of a chart is cut off or lies on another
      const cut = await page.evaluate(() => [...document.querySelectorAll('svg.chart text')].filter((text) => {
        const [inner, outer] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
        return inner.left < outer.left || inner.right > outer.right || inner.bottom > outer.bottom + 1;
      }).map((text) => text.textContent));
      assert.deepEqual(cut, []);
      if (process.env.PORTAL_PICTURES) {
        await page.screenshot({ path: `${process.env.PORTAL_PICTURES}/statistics-${colorScheme}-${width}.png`, fullPage: true });
      }
      await context.close();
    });
  }
}

test('the table says the same as the files, and printing keeps the charts', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${portal.address}/statistics`);
  const json = await (await fetch(`${portal.address}/api/v1/statistics`)).json();
  const received = (table) => [...table.rows, table.total].map((row) => row.received.count?.toString() ?? { few: '少于 5', withheld: '未公开' }[row.received.hidden]);
  const shown = await page.locator('table.counts').evaluateAll((tables) => tables.map((table) => [...table.querySelectorAll('tbody tr')].map((row) => row.cells[1].innerText.trim())));
  assert.deepEqual(shown, json.tables.map(received));
  for (const count of JSON.stringify(json).matchAll(/"count":(\d+)/g)) assert.ok(+count[1] === 0 || +count[1] >= 5, count[0]);
  const csv = await (await fetch(`${portal.address}/api/v1/statistics.csv`)).text();
  assert.equal(csv.trim().split('\r\n').length, 1 + json.tables.reduce((sum, table) => sum + table.rows.length + 1, 0));
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('svg.chart').first().isVisible());
  assert.equal(await page.locator('.downloads').isVisible(), false);
  await context.close();
});
