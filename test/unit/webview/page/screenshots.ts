/**
 * Takes pictures of the view in a real browser, and fails when the page breaks its own content security policy or
 * throws.
 *
 *   npx tsx test/unit/webview/page/screenshots.ts FOLDER [PART-OF-NAME]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { servePage } from './serve.ts';
import type { ThemeName } from './themes.ts';

interface Shot {
  readonly name: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  readonly scene: string;
  readonly language?: 'en' | 'zh-cn';
  /** Keys pressed in the picture, one after another; a text of more than one letter that starts with `/` is searched for. */
  readonly keys?: readonly string[];
}

const shots: readonly Shot[] = [
  { name: 'wide-dark', theme: 'dark', width: 1280, height: 860, scene: 'malloc-one,3' },
  { name: 'wide-light', theme: 'light', width: 1280, height: 860, scene: 'malloc-one,4' },
  { name: 'wide-hc-dark', theme: 'hc-dark', width: 1280, height: 860, scene: 'malloc-one,1' },
  { name: 'wide-hc-light', theme: 'hc-light', width: 1280, height: 860, scene: 'menagerie' },
  { name: 'menagerie-dark', theme: 'dark', width: 1440, height: 1000, scene: 'menagerie' },
  { name: 'medium-dark', theme: 'dark', width: 700, height: 900, scene: 'malloc-one,2' },
  { name: 'narrow-dark', theme: 'dark', width: 320, height: 800, scene: 'malloc-one,3' },
  { name: 'narrow-light', theme: 'light', width: 320, height: 800, scene: 'menagerie' },
  {
    name: 'chinese-light',
    theme: 'light',
    width: 1280,
    height: 860,
    scene: 'malloc-one,3',
    language: 'zh-cn',
  },
  {
    name: 'sections-light',
    theme: 'light',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4,mapping:0x555555558000:.data:0x555555558028:calls',
  },
  { name: 'stack-dark', theme: 'dark', width: 1280, height: 860, scene: 'malloc-one,4,frame:0x7fffffffe6e0' },
  {
    name: 'mmapped-dark',
    theme: 'dark',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4,chunk:0x7ffff7da0000',
  },
  { name: 'zoom-1-all', theme: 'dark', width: 1280, height: 860, scene: 'malloc-one,4', keys: ['0'] },
  { name: 'zoom-2-linear', theme: 'light', width: 1280, height: 860, scene: 'malloc-one,4', keys: ['0'] },
  {
    name: 'zoom-3-program',
    theme: 'light',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4',
    keys: ['/.data', 'Enter'],
  },
  {
    name: 'zoom-4-heap',
    theme: 'dark',
    width: 1280,
    height: 860,
    scene: 'menagerie',
    keys: ['/[heap]', 'Enter'],
  },
  {
    name: 'zoom-5-stack',
    theme: 'light',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4',
    keys: ['/main', 'Enter'],
  },
  {
    name: 'zoom-6-chunk',
    theme: 'dark',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4',
    keys: ['/0x5555555592a0', 'Enter'],
  },
  {
    name: 'zoom-7-bytes',
    theme: 'hc-dark',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4',
    keys: ['/0x5555555592a0', 'Enter', '+', '+', '+', '+', '+'],
  },
  {
    name: 'zoom-5b-frame',
    theme: 'dark',
    width: 1280,
    height: 860,
    scene: 'malloc-one,4',
    keys: ['/main', '/main', 'Enter', '-', '-'],
  },
  { name: 'zoom-8-narrow', theme: 'dark', width: 320, height: 800, scene: 'malloc-one,3', keys: ['/[heap]'] },
  { name: 'zoom-9-narrow-all', theme: 'light', width: 320, height: 800, scene: 'malloc-one,3', keys: ['0'] },
  { name: 'empty-light', theme: 'light', width: 640, height: 500, scene: 'empty' },
  { name: 'failed-dark', theme: 'dark', width: 640, height: 400, scene: 'failed' },
  { name: 'big-dark', theme: 'dark', width: 1280, height: 860, scene: 'big' },
];

/** The tool is plain JavaScript, outside of what the compiler sees here. */
const tools = (await import(new URL('../../../../scripts/support/chromium.mjs', import.meta.url).href)) as {
  readonly chromiumFlags: readonly string[];
  findChromium(): Promise<string>;
};

/** Drives the picture by its keys. */
async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key.startsWith('/')) {
      await page.locator('mem-zoom input').fill(key.slice(1));
      await page.locator('mem-zoom input').press('Enter');
    } else await page.locator('mem-zoom .stage').press(key);
    await page.waitForTimeout(150);
  }
}

const [folder, part = ''] = argv.slice(2);
if (folder === undefined) {
  console.error('usage: screenshots.ts FOLDER [PART-OF-NAME]');
  exit(2);
}
mkdirSync(folder, { recursive: true });
const { server, address } = await servePage();
const browser = await chromium.launch({
  executablePath: await tools.findChromium(),
  args: tools.chromiumFlags.filter((flag) => !flag.startsWith('--headless')),
});
const troubles: string[] = [];
try {
  for (const shot of shots.filter(({ name }) => name.includes(part))) {
    const page = await browser.newPage({
      viewport: { width: shot.width, height: shot.height },
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => troubles.push(`${shot.name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`${shot.name}: ${message.text()}`);
    });
    await page.goto(`${address}/?theme=${shot.theme}&language=${shot.language ?? 'en'}#${shot.scene}`);
    await page.waitForTimeout(250);
    await page.evaluate(() => {
      document
        .querySelector('mem-app')
        ?.shadowRoot?.querySelector('mem-legend')
        ?.shadowRoot?.querySelector('summary')
        ?.click();
    });
    await press(page, shot.keys ?? []);
    await page.screenshot({ path: join(folder, `${shot.name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
for (const trouble of troubles) console.error(trouble);
exit(troubles.length === 0 ? 0 : 1);
