// 核验 in a real Chromium: what the visitor's browser proves of a record, and what it says of a tampered one.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { binary, startBrowser, startPortal } from './portal.mjs';

const MOST_BYTES = 20 * 1024;
const run = promisify(execFile);
let portal, browser, bulletins, folder, keys;

before(async () => {
  [portal, browser] = await Promise.all([startPortal('--demo'), startBrowser()]);
  bulletins = (await (await fetch(`${portal.address}/api/v1/bulletins?limit=2`)).json()).items;
  folder = mkdtempSync(join(tmpdir(), 'portal-witness-'));
  keys = join(folder, 'keys');
  writeFileSync(keys, await (await fetch(`${portal.address}/log/keys`)).text());
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

// A bulletin's page with what it loads from now on; `tamper` changes the proof on its way.
async function open({ tamper, status, script, bulletin = bulletins[0] } = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  if (script) await page.addInitScript(script);
  if (tamper || status) {
    await page.route('**/log/proofs/**', async (route) => {
      const response = await route.fetch();
      const proof = await response.json();
      await route.fulfill({ status: status ?? 200, json: (tamper && tamper(proof)) ?? proof });
    });
  }
  await page.goto(`${portal.address}/bulletins/${bulletin.id}`, { waitUntil: 'networkidle' });
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  const loaded = { bytes: 0, requests: [] };
  client.on('Network.requestWillBeSent', ({ request }) => loaded.requests.push(new URL(request.url).pathname));
  client.on('Network.loadingFinished', ({ encodedDataLength }) => (loaded.bytes += encodedDataLength));
  const press = async () => {
    await page.locator('.verify button').click();
    const said = page.locator('.verify [role=status] > p');
    await said.filter({ hasNotText: '正在' }).filter({ hasText: /./ }).waitFor();
    await page.waitForLoadState('networkidle');
    const steps = await page.locator('.verify li').evaluateAll((all) =>
      all.map((li) => [li.className || 'says', li.innerText.replace(/\s+/g, ' ')]));
    return { said: await said.innerText(), steps, classes: steps.map(([kind]) => kind) };
  };
  return { page, errors, loaded, press, close: () => context.close() };
}

async function witness(name) {
  const state = join(folder, name);
  const { stdout } = await run(binary, ['witness', 'key', '--state', state, '--name', name]);
  await run(binary, ['log', 'add-witness', stdout.trim(), '--data', portal.data]);
  return () => run(binary, ['witness', 'once', '--log', portal.address, '--keys', keys, '--state', state]);
}

test('one press proves a record, and loads at most 20 KB', async () => {
  const { errors, loaded, press, close } = await open();
  const { said, steps, classes } = await press();
  assert.deepEqual(classes, ['holds', 'holds', 'holds', 'holds'], JSON.stringify(steps));
  assert.match(said, /核验通过/);
  assert.match(steps[2][1], /确实在日志现有的 \d+ 项之中/);
  assert.deepEqual(loaded.requests.map((path) => path.split('/').slice(0, 3).join('/')), ['/log/proofs']);
  assert.ok(loaded.bytes > 500 && loaded.bytes <= MOST_BYTES, `${loaded.bytes} bytes`);
  console.log(`# one press loads ${loaded.bytes} bytes`);
  assert.deepEqual(errors, []);
  await close();
});

test('a tampered proof does not hold, and says which step', async () => {
  const other = (digits) => (digits[0] === '0' ? '1' : '0') + digits.slice(1);
  const root = (note, change) => note.split('\n').map((line, at) => (at === 2 ? change(line) : line)).join('\n');
  const cases = {
    content: [(proof) => ({ ...proof, content: proof.content.replace('}', ' }') }), [1]],
    title: [(proof) => ({ ...proof, content: proof.content.replace('"title":"', '"title":"某') }), [0, 1]],
    salt: [(proof) => ({ ...proof, salt: other(proof.salt) }), [1]],
    entry: [(proof) => ({ ...proof, entry: proof.entry.replace('publish', 'correct') }), [2]],
    path: [(proof) => ({ ...proof, path: [other(proof.path[0]), ...proof.path.slice(1)] }), [2]],
    shorter: [(proof) => ({ ...proof, path: proof.path.slice(1) }), [2]],
    place: [(proof) => ({ ...proof, index: proof.index ^ 1 }), [2]],
    root: [(proof) => ({ ...proof, checkpoint: root(proof.checkpoint, (line) => 'A'.repeat(43) + '=') }), [2, 3]],
    size: [(proof) => ({ ...proof, checkpoint: proof.checkpoint.replace(/\n\d+\n/, '\n9\n') }), [2, 3]],
    unsigned: [(proof) => ({ ...proof, checkpoint: proof.checkpoint.replace(/— .*\n/g, '') }), [3]],
    retired: [(proof) => ({ ...proof, keys: `# retired\n${proof.keys}` }), [3]],
    keyless: [(proof) => ({ ...proof, keys: '' }), [3]],
  };
  for (const [name, [tamper, failing]] of Object.entries(cases)) {
    const { errors, press, close } = await open({ tamper });
    const { said, steps, classes } = await press();
    assert.match(said, /核验没有全部通过/, name);
    const found = classes.flatMap((kind, at) => (kind === 'fails' ? [at] : []));
    assert.deepEqual(found, failing, `${name}: ${JSON.stringify(steps)}`);
    assert.deepEqual(errors, [], name);
    await close();
  }
});

test("another publication's proof is not this one's", async () => {
  const other = await (await fetch(`${portal.address}/log/proofs/${bulletins[1].id}/1`)).json();
  const { press, close } = await open({ tamper: () => other });
  const { said, classes } = await press();
  assert.deepEqual([said.slice(0, 8), classes], ['核验没有全部通过', ['fails', 'holds', 'holds', 'holds']]);
  await close();
});

test('what can not be loaded is not checked', async () => {
  for (const options of [{ status: 503 }, { tamper: () => ({}) }, { tamper: () => 'text' }, { tamper: () => [] }, { tamper: (proof) => ({ ...proof, checkpoint: 'x' }) }]) {
    const { press, close } = await open(options);
    const { said, steps } = await press();
    assert.match(said, /没有核验/);
    assert.deepEqual(steps, []);
    await close();
  }
});

test('a browser that knows no Ed25519 says so, and proves nothing that it did not check', async () => {
  const script = () => {
    const known = SubtleCrypto.prototype.importKey;
    SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
      if (algorithm === 'Ed25519') return Promise.reject(new DOMException('unknown', 'NotSupportedError'));
      return known.call(this, format, key, algorithm, ...rest);
    };
  };
  const { press, close } = await open({ script });
  const { said, classes } = await press();
  assert.deepEqual(classes, ['holds', 'holds', 'holds', 'says']);
  assert.match(said, /除签名外都核对无误/);
  await close();
});

test('witnesses are named when they co-signed, and a false signature in their name is seen', async () => {
  const [paper, school] = [await witness('paper.example.cn/w'), await witness('school.example.cn/w')];
  const before = await open();
  const unsigned = await before.press();
  assert.deepEqual(unsigned.classes, ['holds', 'holds', 'holds', 'holds', 'says'], JSON.stringify(unsigned.steps));
  await before.close();

  await paper();
  await school();
  const { errors, loaded, press, close } = await open();
  const { said, steps, classes } = await press();
  assert.deepEqual(classes, ['holds', 'holds', 'holds', 'holds', 'holds'], JSON.stringify(steps));
  assert.match(steps[4][1], /paper\.example\.cn\/w、school\.example\.cn\/w 也签了名/);
  assert.match(said, /见证人的公钥可以向他们本人核实/);
  assert.ok(loaded.bytes <= MOST_BYTES, `${loaded.bytes} bytes`);
  console.log(`# one press with two witnesses loads ${loaded.bytes} bytes`);
  assert.deepEqual(errors, []);
  await close();

  const swap = (note) => note.replace(/(— paper\S* \S{30})(.)/, (_, head, sign) => head + (sign === 'A' ? 'B' : 'A'));
  const tampered = await open({ tamper: (proof) => ({ ...proof, checkpoint: swap(proof.checkpoint) }) });
  const refuted = await tampered.press();
  assert.deepEqual(refuted.classes, ['holds', 'holds', 'holds', 'holds', 'fails'], JSON.stringify(refuted.steps));
  assert.match(refuted.steps[4][1], /paper\.example\.cn\/w 的联署签名是假的/);
  await tampered.close();
});
