// Complaints with three photos each, while the server is killed with SIGKILL and started again; then looks whether every
// receipt that a client got is there with its files, no number was given twice, and each letter went out once.
//   node end2end/load.mjs PORTAL [COMPLAINTS A MINUTE] [SECONDS] [KILLS]
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';

const [portal, rate = '200', seconds = '300', kills = '6'] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'portal-load-'));
const data = join(home, 'data');
const port = 18300 + (process.pid % 500);
const base = `http://127.0.0.1:${port}`;

// ---- the server
let server;
async function start() {
  server = spawn(portal, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PORTAL_LOG: 'warn', PORTAL_DATABASE_URL: process.env.PORTAL_DATABASE_URL ?? '' },
  });
  server.stderr.on('data', (part) => writeFileSync(join(home, 'log'), part, { flag: 'a' }));
  for (let tries = 0; tries < 600; tries++) {
    if (await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false)) return;
    await pause(50);
  }
  throw new Error('the site did not get ready');
}
async function end(signal) {
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill(signal);
  await ended;
}

// ---- pictures: noise, so that nothing gets smaller
const crcOf = crc32 ?? ((bytes) => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
});
function chunk(kind, body) {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(kind, 4, 'latin1');
  body.copy(whole, 8);
  whole.writeUInt32BE(crcOf(whole.subarray(4, body.length + 8)), body.length + 8);
  return whole;
}
const [width, height] = [256, 256];
const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), randomBytes(width * 3)])));
function picture() {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const own = Buffer.from(rows);
  randomBytes(64).copy(own, 1);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(own, { level: 1 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

// ---- one citizen, without script, who tries again whenever the network breaks
class Citizen {
  constructor(number) {
    this.number = number;
    this.cookie = '';
    // ten from each household: what comes from one address has harder and harder proofs to give
    this.address = `198.51.${Math.floor(number / 2500)}.${Math.floor(number / 10) % 250}`;
  }

  async ask(path, options = {}) {
    for (let tries = 0; tries < 200; tries++) {
      try {
        const answer = await fetch(base + path, {
          redirect: 'manual',
          ...options,
          headers: { cookie: this.cookie, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': this.address, ...options.headers },
          signal: AbortSignal.timeout(30_000),
        });
        const body = await answer.text();
        for (const line of answer.headers.getSetCookie()) {
          const pair = line.split(';')[0];
          this.cookie = pair.endsWith('=') ? '' : pair;
        }
        if (answer.status === 503) throw new Error('busy');
        return { status: answer.status, place: answer.headers.get('location'), body };
      } catch {
        await pause(200 + Math.random() * 300);
      }
    }
    throw new Error(`${path}: never answered`);
  }

  async step(path, fields, expected) {
    const answer = await this.ask(path, { method: 'POST', body: new URLSearchParams({ ...fields, go: 'next' }) });
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${/class="error-summary".*?<\/ul>/s.exec(answer.body)?.[0] ?? ''}`);
    return expected;
  }

  async file() {
    await this.ask('/cases/new');
    await this.step('/cases/new', { want: 'complaint' });
    await this.step('/cases/new/party', { party: `云川市第${this.number}号面馆`, party_address: '青石巷 12 号' });
    await this.step('/cases/new/problem', { problem: 'foreign_body', product: '豆沙包' });
    await this.step('/cases/new/story', { story: `第${this.number}件：豆沙包里有一段铁丝。`, day: '' });
    await this.step('/cases/new/request', { request: '退款 6 元' });
    for (let photo = 0; photo < 3; photo++) {
      const form = new FormData();
      form.append('files', new Blob([picture()], { type: 'image/png' }), `${this.number}-${photo}.png`);
      form.append('go', 'add');
      await this.ask('/cases/new/evidence', { method: 'POST', body: form });
    }
    const who = { anonymous: 'no', agent: 'no', name: `张${this.number}`, phone: '13812348000', mail: `c${this.number}@example.cn`, address: '云川市青禾区南门路77号' };
    await this.step('/cases/new/who', who);
    const check = await this.ask('/cases/new/check');
    // a photo that a kill took away, or that was sent twice because the answer got lost
    const photos = new Set(check.body.match(new RegExp(`${this.number}-\\d\\.png`, 'g')) ?? []).size;
    const challenge = /name="challenge" value="([^"]+)"/.exec(check.body)?.[1];
    const proof = await solve(challenge);
    const sent = await this.ask('/cases/new/check', { method: 'POST', body: new URLSearchParams({ go: 'send', challenge, proof }) });
    if (sent.status !== 303) throw new Error(`not taken: ${sent.status} ${/class="error-summary".*?<\/div>/s.exec(sent.body)?.[0] ?? ''}`);
    const receipt = await this.ask('/cases/new/receipt');
    const number = /\d{8}-[0-9A-Z]{8}/.exec(receipt.body)?.[0];
    const code = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(receipt.body)?.[0];
    if (!number || !code) throw new Error('a receipt without number or code');
    return { number, code, photos, citizen: this.number };
  }
}

async function solve(challenge) {
  const bits = Number(challenge.split('.')[1]);
  const found = [];
  for (let part = 0; part < 8; part++) {
    const bytes = Buffer.concat([Buffer.from(`${challenge}|`), Buffer.alloc(8)]);
    bytes.writeUInt32BE(part, bytes.length - 8);
    for (let number = 0; ; number++) {
      bytes.writeUInt32BE(number, bytes.length - 4);
      if (Math.clz32(createHash('sha256').update(bytes).digest().readUInt32BE(0)) >= bits) {
        found.push(number);
        break;
      }
      if (number % 4096 === 4095) await pause(0);
    }
  }
  return found.join(',');
}

// ---- the run
await start();
await end('SIGTERM');
writeFileSync(join(data, 'portal.toml'), 'bureau = "云川市市场监督管理局"\n[evidence]\naddress_baskets = 1000000\naddress_mb = 1000000\n[desk]\ntrusted_proxies = ["127.0.0.1"]\n');
await start();
const total = Math.round((Number(rate) * Number(seconds)) / 60);
const began = Date.now();
const killing = (async () => {
  for (let kill = 1; kill <= Number(kills); kill++) {
    await pause((Number(seconds) * 1000) / (Number(kills) + 1) - 500 + Math.random() * 1000);
    await end('SIGKILL');
    await start();
  }
})();
const receipts = [];
const errors = [];
const flows = [];
for (let number = 0; number < total; number++) {
  const wait = began + (number * 60_000) / Number(rate) - Date.now();
  if (wait > 0) await pause(wait);
  flows.push(new Citizen(number).file().then((receipt) => receipts.push(receipt), (error) => errors.push(error.message)));
}
await Promise.all(flows);
await killing;
const took = (Date.now() - began) / 1000;
// letters that wait still
for (let tries = 0; tries < 120 && readdirSync(join(data, 'mail')).filter((name) => name.endsWith('.eml')).length < receipts.length; tries++) await pause(500);
await pause(2000);
// what a sample of the citizens sees with number and code
let shown = 0;
const sample = receipts.filter((_, at) => at % Math.max(1, Math.floor(receipts.length / 15)) === 0).slice(0, 15);
for (const one of sample) {
  const page = await new Citizen(one.citizen).ask('/cases/status', { method: 'POST', body: new URLSearchParams({ number: one.number, code: one.code, do: 'look' }) });
  const files = new Set(page.body.match(new RegExp(`${one.citizen}-\\d\\.png`, 'g')) ?? []).size;
  if (page.status === 200 && page.body.includes(one.number) && files === 3) shown += 1;
}
await end('SIGTERM');

// ---- what is there
const personal = ['13812348000', '南门路77号', '豆沙包里有一段铁丝'];
const grep = spawnSync('grep', ['-rlaF', ...personal.flatMap((word) => ['-e', word]), data, join(home, 'log')], { encoding: 'utf8' });
writeFileSync(join(home, 'receipts.json'), JSON.stringify(receipts));
const look = spawnSync('python3', ['-c', `
import json, os, sqlite3, sys
home = sys.argv[1]
db = sqlite3.connect(os.path.join(home, 'data', 'portal.db') if os.path.exists(os.path.join(home, 'data', 'portal.db')) else [os.path.join(home, 'data', n) for n in os.listdir(os.path.join(home, 'data')) if n.endswith(('.sqlite', '.db'))][0])
cases = {number: id for id, number in db.execute('SELECT id, number FROM case_file')}
files = dict(db.execute("SELECT case_id, COUNT(*) FROM evidence WHERE case_id IS NOT NULL AND state = 'ready' GROUP BY case_id"))
names = set(os.listdir(os.path.join(home, 'data', 'evidence')))
rows = [r[0] for r in db.execute('SELECT id FROM evidence WHERE case_id IS NOT NULL')]
letters = dict(db.execute('SELECT state, COUNT(*) FROM letter GROUP BY state'))
receipts = json.load(open(os.path.join(home, 'receipts.json')))
out = {'cases': len(cases), 'receipts': len(receipts), 'numbers given twice': len(receipts) - len({r['number'] for r in receipts}),
  'receipts lost': sum(r['number'].replace('-', '') not in cases for r in receipts),
  'receipts with fewer files than were shown': sum(files.get(cases.get(r['number'].replace('-', '')), 0) < r['photos'] for r in receipts),
  'receipts with fewer than three photos': sum(r['photos'] < 3 for r in receipts),
  'files missing on disk': sum(not any(n.startswith(__import__('uuid').UUID(bytes=i).__str__()) or n.startswith(i.hex()) for n in (names if len(names) < 5 else ())) and (str(__import__('uuid').UUID(bytes=i)) not in names and i.hex() not in names) for i in rows),
  'letters': letters}
print(json.dumps(out))
`, home], { encoding: 'utf8' });
if (look.status !== 0) throw new Error(look.stderr);
const found = JSON.parse(look.stdout);
const letters = readdirSync(join(data, 'mail')).filter((name) => name.endsWith('.eml'));
const to = letters.map((name) => /^To: (.*)$/m.exec(readFileSync(join(data, 'mail', name), 'utf8'))?.[1].trim());
found['letters sent'] = letters.length;
found['letters sent twice'] = to.length - new Set(to).size;
found['letters for a receipt missing'] = receipts.filter((one) => !to.includes(`c${one.citizen}@example.cn`)).length;
found['flows failed'] = errors.length;
found['files with personal data in plain'] = grep.stdout.split('\n').filter(Boolean).length;
found['status pages that lack something'] = sample.length - shown;
found.seconds = Math.round(took);
console.log(JSON.stringify(found, null, 1));
if (errors.length) console.log([...new Set(errors)].slice(0, 5).join('\n'));
const bad = ['numbers given twice', 'receipts lost', 'receipts with fewer files than were shown', 'receipts with fewer than three photos', 'files missing on disk', 'letters sent twice', 'letters for a receipt missing', 'flows failed', 'files with personal data in plain', 'status pages that lack something'];
const isGood = bad.every((name) => found[name] === 0) && receipts.length === total;
if (isGood) rmSync(home, { recursive: true, force: true });
console.log(isGood ? 'all there' : `not all there: ${home}`);
process.exit(isGood ? 0 : 1);
