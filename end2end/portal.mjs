// Starts a portal of its own on a free port in a temporary folder, and a browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const binary = process.env.PORTAL_BINARY ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'portal');

// A first option that is an object is told to the portal in its own file: { settings: '[desk]\n…' }.
export async function startPortal(...options) {
  const data = mkdtempSync(join(tmpdir(), 'portal-e2e-'));
  if (typeof options[0] === 'object') writeFileSync(join(data, 'portal.toml'), options.shift().settings);
  const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORTAL_LOG: 'warn', PORTAL_DATABASE_URL: '' },
  });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (part) => {
      text += part;
      const found = text.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    server.on('exit', (code) => reject(new Error(`portal ended with ${code}`)));
  });
  return {
    address,
    data,
    async stop() {
      server.removeAllListeners('exit');
      const ended = new Promise((resolve) => server.on('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function startBrowser() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) throw new Error('Chromium is missing: install the package chromium, or name it in CHROMIUM');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** `autofocus` takes effect when the page is drawn, which may be after its address has changed. */
export const focusRests = (page, selector, what) =>
  page.waitForFunction((selector) => document.activeElement?.matches(selector), selector, { timeout: 10_000 })
    .catch(async () => {
      throw new Error(`${what}: the focus rests on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80))}`);
    });
