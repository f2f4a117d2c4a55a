// Draws the demonstration's picture anew: node end2end/demo_picture/make.mjs FOLDER, then
//   ffmpeg -framerate 10 -i FOLDER/f%03d.png -c:v libx264 -profile:v baseline -preset veryslow -crf 30 -g 20 -keyint_min 20 \
//     -sc_threshold 0 -pix_fmt yuv420p -f hls -hls_time 2 -hls_list_size 0 -hls_segment_filename 'server/src/demo/picture/%d.ts' FOLDER/out.m3u8
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowser } from '../portal.mjs';

const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 480, height: 270 } });
await page.goto(new URL('draw.html', import.meta.url).href);
for (let place = 0; place < 60; place += 1) {
  const url = await page.evaluate((time) => { globalThis.frame(time); return document.querySelector('canvas').toDataURL('image/png'); }, place / 10);
  writeFileSync(join(process.argv[2], `f${String(place).padStart(3, '0')}.png`), Buffer.from(url.split(',')[1], 'base64'));
}
await browser.close();
