/**
 * Hovers on things of every kind, with a picture of each in out/screenshots/hover-*.png.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

interface Kind {
  /** Name of the picture. */
  readonly name: string;
  readonly at: string;
  readonly says: readonly string[];
}

const kinds: readonly Kind[] = [
  { name: 'bss', at: 'blocks[4096', says: ['BSS', '.bss', 'in the file', '4096 bytes saved'] },
  { name: 'relro', at: 'months[]', says: ['.data.rel.ro', 'after loading', 'RELRO'] },
  { name: 'thread-local', at: 'depth = 1', says: ['thread-local', '.tdata', 'below the thread pointer'] },
  { name: 'struct', at: 'pixel { char', says: ['struct pixel', 'layout', 'alpha@bit 144'] },
  { name: 'parameter', at: 'weight, int', says: ['stack', 'xmm0 (class SSE)', 'in the frame of blend'] },
  { name: 'number', at: '2.5 + first', says: ['2.5', 'double', '.rodata'] },
  { name: 'malloc', at: 'malloc(100', says: ['100 bytes', '112 (0x70)', 'brk heap', 'tcache bin'] },
  {
    name: 'malloc-large',
    at: 'malloc(200000',
    says: ['a mapping of its own', '49 pages', 'unmapped at once'],
  },
  {
    name: 'pointer',
    at: 'either = small',
    says: ['may point to', '100 bytes from malloc: brk heap', 'string literal'],
  },
  { name: 'member', at: 'colour = SQUARE', says: ['part of', '‘cursor’', 'offset 8'] },
  { name: 'macro', at: 'SQUARE(12', says: ['#define SQUARE(x) ((x) * (x))', '((12) * (12))', 'line 5'] },
  { name: 'sizeof', at: 'sizeof(struct', says: ['24', 'long unsigned int', 'compile time'] },
  { name: 'literal', at: '"January"', says: ['read-only data', 'char [8]', 'may be merged'] },
];

/** A picture when the hover has faded in. */
async function picture({ workbench }: Atlas, name: string): Promise<void> {
  await workbench.page
    .locator('.monaco-hover:not(.hidden)')
    .first()
    .evaluate(async (hover) => {
      await Promise.all(hover.getAnimations({ subtree: true }).map((animation) => animation.finished));
    });
  await workbench.screenshot(name);
}

describe('hovers of every kind', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1200, height: 900 });
    await atlas.workbench.openFile('hover-kinds.c');
  });

  after(async () => {
    await atlas.close();
  });

  for (const { name, at, says } of kinds) {
    it(`on ${name}`, async () => {
      const text = await atlas.workbench.hover(at);
      await picture(atlas, `hover-${name}`);
      for (const part of says) assert.ok(text.includes(part), `${part} is not in:\n${text}`);
      assert.doesNotMatch(text, /\b1 bytes\b|(?:placement|editor|sema)\.[a-z]/);
    });
  }

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});

describe('hovers with other settings', () => {
  it('say what gcc -fno-pie -fstack-protector-strong makes of it', async () => {
    const settings = { 'memoryAtlas.compile.code': 'no-pie', 'memoryAtlas.compile.stackProtector': true };
    const atlas = await openAtlas({ width: 1200, height: 900, theme: 'light', settings });
    try {
      await atlas.workbench.openFile('hover-kinds.c');
      const text = await atlas.workbench.hover('months[]');
      await picture(atlas, 'hover-no-pie');
      for (const part of ['read-only data', '.rodata', ', the same in each run']) {
        assert.ok(text.includes(part), `${part} is not in:\n${text}`);
      }
    } finally {
      await atlas.close();
    }
  });
});
