/**
 * The map as a picture: gestures and keys of a user, with pictures at eight zoom levels in out/screenshots/zoom-*.png.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the picture of the map', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1100 });
    const map = await atlas.run('malloc-one.c');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    frame = await atlas.drawing();
  });

  after(async () => {
    await atlas.close();
  });

  const stage = () => frame.locator('mem-zoom .stage');
  const crumbs = () => frame.locator('mem-zoom .crumbs button').allInnerTexts();
  const details = () => atlas.workbench.textOf(frame, 'mem-details');

  /** The addresses that are shown, from the name of the picture. */
  async function shown(): Promise<readonly [bigint, bigint]> {
    const label = (await stage().getAttribute('aria-label')) ?? '';
    const match = /([0-9a-f]+)–([0-9a-f]+)/.exec(label);
    assert.ok(match, label);
    return [BigInt(`0x${match[1] ?? ''}`), BigInt(`0x${match[2] ?? ''}`)];
  }

  async function size(): Promise<bigint> {
    const [start, end] = await shown();
    return end - start;
  }

  /** Waits until the picture rests. */
  async function rest(): Promise<void> {
    let before = '';
    await atlas.workbench.page.waitForTimeout(400);
    for (;;) {
      const now = (await shown()).join();
      if (now === before) return;
      before = now;
      await atlas.workbench.page.waitForTimeout(120);
    }
  }

  async function search(text: string): Promise<void> {
    await frame.locator('mem-zoom input').fill(text);
    await frame.locator('mem-zoom input').press('Enter');
    await rest();
  }

  it('begins at what the current event is about', async () => {
    await rest();
    assert.ok((await crumbs()).includes('[heap]'), (await crumbs()).join(' › '));
    const [start, end] = await shown();
    assert.ok(start <= 0x5555555596b0n && end > 0x5555555596b0n);
    await atlas.workbench.screenshot('zoom-current');
  });

  it('shows the whole address space with the kernel half', async () => {
    await stage().press('0');
    await rest();
    assert.deepEqual(await shown(), [0n, 1n << 64n]);
    await atlas.workbench.screenshot('zoom-all');
  });

  it('fills its stage also when that grows on the way there', async () => {
    const { page } = atlas.workbench;
    await search('[heap]');
    await stage().press('0');
    await page.setViewportSize({ width: 1700, height: 1250 });
    await rest();
    const bounds = await stage().boundingBox();
    assert.ok(bounds !== null);
    await page.mouse.move(bounds.x + 300, bounds.y + bounds.height * 0.94);
    const address = await frame.locator('mem-zoom .status span').first().innerText();
    // Only the empty space below the program stands lower.
    assert.ok(Number(address) >= 0x555555554000, address);
    await page.setViewportSize({ width: 1700, height: 1100 });
    await rest();
  });

  it('zooms by the wheel and keeps what is under the pointer', async () => {
    const bounds = await stage().boundingBox();
    assert.ok(bounds !== null);
    const before = await size();
    await atlas.workbench.page.mouse.move(bounds.x + 300, bounds.y + bounds.height * 0.6);
    const under = () => frame.locator('mem-zoom .status span').first().innerText();
    const address = await under();
    for (let turn = 0; turn < 4; turn++) await atlas.workbench.page.mouse.wheel(0, -240);
    await rest();
    assert.ok((await size()) < before);
    await atlas.workbench.page.mouse.move(bounds.x + 301, bounds.y + bounds.height * 0.6);
    const after = await under();
    assert.ok(
      after.length >= 6 && Math.abs(Number(after) - Number(address)) < Number(before) / 1e3,
      `${address} ${after}`,
    );
  });

  it('moves with a drag', async () => {
    const bounds = await stage().boundingBox();
    assert.ok(bounds !== null);
    const [start] = await shown();
    const { mouse } = atlas.workbench.page;
    await mouse.move(bounds.x + 300, bounds.y + 200);
    await mouse.down();
    await mouse.move(bounds.x + 300, bounds.y + 320, { steps: 5 });
    await mouse.up();
    await rest();
    assert.notEqual((await shown())[0], start);
  });

  it('shows heap and stack frames by their buttons, and the part that the minimap is pressed at', async () => {
    await frame.locator('mem-zoom [aria-label="Fit the heap"]').click();
    await rest();
    const [heapStart, heapEnd] = await shown();
    assert.ok(heapStart <= 0x555555559000n && heapEnd >= 0x55555557a000n);
    assert.ok((await crumbs()).includes('[heap]'), (await crumbs()).join(' › '));
    await stage().press('s');
    await rest();
    const [low, high] = await shown();
    assert.ok(
      low > 0x7ffffffde000n && high <= 0x7ffffffff000n && high - low < 4096n,
      `${String(low)} ${String(high)}`,
    );
    const minimap = frame.locator('mem-minimap .track');
    const bounds = await minimap.boundingBox();
    assert.ok(bounds !== null);
    await minimap.click({ position: { x: 20, y: bounds.height - 3 } });
    await rest();
    assert.ok((await shown())[0] < 0x555555560000n);
    await minimap.press('Home');
    await rest();
    assert.ok((await shown())[1] > 0xffff800000000000n);
  });

  it('finds a chunk by its address and goes down to its bytes', async () => {
    await search('0x5555555596b0');
    assert.match(await details(), /0x5555555596a0/);
    await stage().press('Enter');
    await rest();
    await atlas.workbench.screenshot('zoom-chunk');
    assert.ok((await size()) <= 64n, String(await size()));
    for (let key = 0; key < 4; key++) await stage().press('+');
    await rest();
    assert.ok((await size()) <= 32n);
    await atlas.workbench.screenshot('zoom-bytes');
  });

  it('walks the page tables to what is selected', async () => {
    await search('0x5555555596b0');
    await frame.locator('mem-walk summary').click();
    const text = await atlas.workbench.waitForText(frame, 'mem-walk', 'page frame');
    // Bits 47-39, 38-30, 29-21 and 20-12 of 0x555555559000.
    for (const part of ['47–39', '170', '38–30', '341', '29–21', '170', '20–12', '345'])
      assert.ok(text.includes(part), text);
    await frame.locator('mem-walk summary').click();
  });

  it('finds sections and functions by name', async () => {
    await search('.data');
    await atlas.workbench.screenshot('zoom-section');
    assert.match(await details(), /\.data/);
    await search('main');
    await stage().press('Enter');
    await rest();
    await atlas.workbench.screenshot('zoom-frame');
    await search('nothing-like-this');
    assert.match(await frame.locator('mem-zoom .status').innerText(), /Nothing is called nothing-like-this/);
  });

  it('walks out and in by keys', async () => {
    await search('[heap]');
    await stage().press('ArrowRight');
    await rest();
    assert.match(await frame.locator('mem-zoom .status').innerText(), /top/);
    await stage().press('ArrowLeft');
    await rest();
    assert.match(await frame.locator('mem-zoom .status').innerText(), /\[heap\]/);
  });

  it('draws to scale on the linear scale', async () => {
    await stage().press('0');
    await rest();
    await frame.locator('mem-zoom [aria-label^="Linear scale"]').click();
    await rest();
    await atlas.workbench.screenshot('zoom-linear');
    // Half of 2^64 bytes above the middle, half below.
    const [start, end] = await shown();
    assert.equal(start, 0n);
    assert.equal(end, 1n << 64n);
    await frame.locator('mem-zoom [aria-label^="Folded scale"]').click();
  });

  it('goes back to the whole by its crumbs, and is readable in the light and high contrast themes', async () => {
    await search('[heap]');
    await atlas.workbench.setTheme('light');
    await atlas.workbench.screenshot('zoom-heap-light');
    await atlas.workbench.setTheme('hc-dark');
    await atlas.workbench.screenshot('zoom-heap-hc-dark');
    await atlas.workbench.setTheme('dark');
    await frame.locator('mem-zoom .crumbs button').first().click();
    await rest();
    assert.deepEqual(await shown(), [0n, 1n << 64n]);
  });

  for (const [format, detail, scale] of [
    ['SVG', 'sharp at any size', 1],
    ['PNG', 'as large as on the screen', 1],
    ['PNG', 'for slides', 2],
    ['PNG', 'for print', 4],
  ] as const)
    it(`is saved as ${format}, ${detail}`, async () => {
      const { page, folder } = atlas.workbench;
      const file = join(folder, `map-${String(scale)}.${format.toLowerCase()}`);
      await atlas.command('Export Map as SVG or PNG');
      // The palette lists the command, whose name has both formats: the choice is told by its detail.
      await page.locator('.quick-input-list .monaco-list-row', { hasText: detail }).click();
      const name = page.locator('.quick-input-widget input');
      await name.waitFor();
      // The dialog proposes a name when it is ready for another.
      await page.waitForFunction(() =>
        document
          .querySelector<HTMLInputElement>('.quick-input-widget input.input')
          ?.value.includes('malloc-one-'),
      );
      await name.fill(file);
      await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
      await page
        .getByText(`map-${String(scale)}.${format.toLowerCase()} was saved`)
        .first()
        .waitFor();
      const bytes = readFileSync(file);
      if (format === 'SVG') assert.match(bytes.toString(), /^<svg [^]*\[heap\][^]*<\/svg>\n$/);
      else {
        assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
        // The width stands in the first chunk, IHDR.
        const width = (await frame.locator('mem-zoom .stage').boundingBox())?.width ?? 0;
        assert.equal(bytes.readUInt32BE(16), Math.round(width * scale));
      }
    });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
