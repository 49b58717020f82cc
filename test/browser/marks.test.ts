/**
 * What the picture marks of a frame, of pointers and of a thread's arena, with pictures in out/screenshots/marks-*.png.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** What of the map's picture the tests use. */
interface Drawing extends HTMLElement {
  draw(format: 'svg', scale: number): Promise<string | undefined>;
}

describe('the marks in the picture of the map', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({
      width: 1500,
      height: 1000,
      settings: { 'memoryAtlas.compile.stackProtector': true },
    });
    frame = await atlas.run('marks.c');
    await atlas.command('Next Output');
    await atlas.at(frame, /hi Ada/);
    frame = await atlas.drawing();
  });

  after(async () => {
    await atlas.close();
  });

  const crumbs = async (): Promise<string> =>
    (await frame.locator('mem-zoom .crumbs button').allInnerTexts()).join(' › ');
  const stage = () => frame.locator('mem-zoom .stage');

  /** The texts in the picture that is shown, as an exported file holds them. */
  const drawn = async (): Promise<string> =>
    frame.evaluate(async () => {
      const zoom = document.querySelector('mem-app')?.shadowRoot?.querySelector<Drawing>('mem-zoom');
      const svg = (await zoom?.draw('svg', 1)) ?? '';
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      return [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent).join('\n');
    });

  async function look(text: string, name: string, farther = 0): Promise<void> {
    await frame.locator('mem-zoom input').fill(text);
    await frame.locator('mem-zoom input').press('Enter');
    for (let i = 0; i < farther; i++) await stage().press('-');
    for (const theme of ['dark', 'hc-dark'] as const) {
      await atlas.workbench.setTheme(theme);
      await atlas.workbench.settle();
      await atlas.workbench.screenshot(`marks-${name}-${theme}`);
    }
  }

  it('are the canary and the variables of a frame', async () => {
    await look('greet', 'canary');
    const text = await drawn();
    // `gone` points to a block that was freed.
    for (const part of [/^greet\(\)$/m, /^line = "hi Ada"$/m, /^dangling$/m]) assert.match(text, part);
  });

  it('are dead bytes below the stack pointer', async () => {
    await look('greet', 'dead', 5);
    assert.match(await drawn(), /^dead byte/m);
  });

  it('are pointers to freed chunks', async () => {
    await look('last', 'pointer');
    assert.match(await drawn(), /^last = 0/m);
    await look('[heap]', 'dangling');
  });

  it('are heap_info and malloc_state of a thread’s arena', async () => {
    for (const name of ['heap_info', 'malloc_state']) {
      await look(name, name);
      assert.match(await crumbs(), /anonymous/);
      assert.match(await drawn(), new RegExp(`^${name}`, 'm'));
    }
  });

  it('are the page that a page fault touches', async () => {
    const chosen = frame.locator('mem-step-bar');
    for (let back = 0; back < 40; back++) {
      if (/^page fault: .*write at 0x5/.test(await atlas.workbench.textOf(frame, 'mem-step-bar .text')))
        break;
      await chosen.locator('button[aria-label="Previous event"]').click();
      await atlas.workbench.page.waitForTimeout(150);
    }
    assert.match(
      await atlas.workbench.textOf(frame, 'mem-step-bar .text'),
      /^page fault: .*write at 0x5/,
      'no page fault of the program was found among the events before',
    );
    await look('[heap]', 'fault');
    assert.match(await drawn(), /^page fault/m);
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
