import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** A name in segments.c and what its hover must say. */
interface Case {
  readonly what: string;
  readonly at: string;
  readonly says: readonly (string | RegExp)[];
}

const size = (bytes: number): RegExp => new RegExp(`size\\s+${bytes} bytes`);
const alignment = (bytes: number): RegExp => new RegExp(`alignment\\s+${bytes}\\b`);
/** A sentence, not the key of one. */
const reason = /[A-Za-z‘’]+ .* .*\./;

const cases: readonly Case[] = [
  {
    what: 'an initialised global',
    at: 'answer',
    says: ['data segment', '.data', 'int answer', size(4), alignment(4), '0x555555558028'],
  },
  {
    what: 'a static array',
    at: 'buffer[4096',
    says: ['BSS', '.bss', 'char buffer[4096]', size(4096), /alignment\s+1 \(gcc emits 32\)/, 'internal'],
  },
  {
    what: 'a const object',
    at: 'limit',
    says: ['read-only data', '.rodata', 'const int limit', size(4), alignment(4)],
  },
  {
    what: 'a string literal',
    at: '"hello"',
    says: ['read-only data', '.rodata', 'char [6]', size(6), alignment(1)],
  },
  {
    what: 'a pointer to a literal',
    at: 'greeting',
    says: ['data segment', '.data', 'const char *greeting', size(8), alignment(8)],
  },
  {
    what: 'a function',
    at: 'next(void',
    says: [
      'text segment',
      '.text',
      'int next(void)',
      '0x555555555159',
      '__attribute__((section("name"))) puts it elsewhere.',
    ],
  },
  {
    what: 'a static in a function',
    at: 'calls = 0',
    says: ['BSS', '.bss', 'int calls', size(4), alignment(4), 'static'],
  },
  { what: 'a parameter', at: 'first', says: ['stack', 'int first', size(4), alignment(4), 'frame of sum'] },
  {
    what: 'a local variable',
    at: 'result',
    says: ['stack', 'int result', size(4), alignment(4), 'rbp − 4', 'automatic'],
  },
  {
    what: 'a pointer to the heap',
    at: 'p = malloc',
    says: ['stack', 'struct point *p', size(8), alignment(8)],
  },
];

describe('the hover', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1400, height: 1000 });
    await atlas.workbench.openFile('segments.c');
  });

  after(async () => {
    await atlas.close();
  });

  for (const { what, at, says } of cases) {
    it(`says where ${what} lives and why`, async () => {
      const text = await atlas.workbench.hover(at);
      for (const part of [...says, reason]) {
        assert.ok(
          typeof part === 'string' ? text.includes(part) : part.test(text),
          `${String(part)} is not in:\n${text}`,
        );
      }
      assert.doesNotMatch(text, /(?:placement|editor|sema)\.[a-z]/);
    });
  }

  it('follows an edit', async () => {
    await atlas.workbench.goTo(5, 16); // between `42` and `;`
    await atlas.workbench.page.keyboard.press('Backspace');
    await atlas.workbench.page.keyboard.press('Backspace');
    await atlas.workbench.page.keyboard.type('0');
    assert.match(await atlas.workbench.hover('answer', { expected: '.bss' }), /BSS/);
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});

describe('the extension in Chinese', () => {
  it('shows hover, map and timeline in Chinese', async () => {
    const atlas = await openAtlas({ locale: 'zh-cn', theme: 'light', width: 1500, height: 1000 });
    try {
      await atlas.workbench.openFile('segments.c');
      const hover = await atlas.workbench.hover('answer');
      for (const word of ['数据段', '.data', '大小', '4 字节', '对齐', '存储期']) {
        assert.ok(hover.includes(word), `${word} is not in:\n${hover}`);
      }
      assert.match(hover, /[\u4e00-\u9fff]{2}.*。/);
      await atlas.workbench.settle();
      await atlas.workbench.screenshot('hover-zh-cn');
      await atlas.workbench.openFile('malloc-one.c');
      await atlas.workbench.runCommand('Memory Atlas: 运行并单步');
      const map = await atlas.map();
      await atlas.workbench.waitForText(map, 'mem-step-bar .position', /^事件 \d+ \/ \d+$/);
      await atlas.workbench.waitForText(map, 'mem-step-bar .detail', /字节.*。/);
      const timeline = await atlas.timeline();
      await atlas.workbench.waitForText(timeline, 'mem-timeline', '缺页');
      await atlas.workbench.screenshot('map-zh-cn');
      assert.deepEqual(atlas.workbench.errors, []);
    } finally {
      await atlas.close();
    }
  });
});
