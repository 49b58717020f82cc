import assert from 'node:assert/strict';
import { factsOf } from '../../../webview/facts.ts';
import { layOutMap, mappingId } from '../../../webview/layout/map-layout.ts';
import type { Texts } from '../../../webview/texts.ts';
import { readLanguage, textsOf } from '../../../webview/texts.ts';
import { mallocOne } from './page/malloc-one.ts';

const texts = textsOf('en');
const open = new Map(mallocOne[4]!.mappings.map((mapping) => [mappingId(mapping), true] as const));

function lines(id: string, moment: number, table: Texts = texts): readonly string[] {
  const row = layOutMap(mallocOne[moment]!, open).find((one) => one.id === id)!;
  const facts = factsOf(row, table);
  return [
    `${facts.title} | ${facts.sort}`,
    ...facts.facts.map(({ label, value, note }) => `${label}: ${value}${note ? ` | ${note}` : ''}`),
  ];
}

describe('facts', () => {
  it('explain the smallest chunk word by word', () => {
    assert.deepEqual(lines('chunk:0x555555559290', 2), [
      'in use | chunk',
      'addresses: 0x555555559290–0x5555555592b0',
      'size: 32 bytes | 8 overhead + 1 asked for + 23 slack',
      'mem: 0x5555555592a0',
      'asked for: 1 byte',
      'usable: 24 bytes',
      'prev_size: 0x0 | P is set: malloc counts the chunk below as in use, so this word belongs to it and may hold anything.',
      'size: 0x21 | = 32 + flags P. P (PREV_INUSE): the chunk below counts as in use; chunks in tcache and fastbins do too.',
      'allocated by: event 16',
    ]);
  });

  it('say of the first chunk that nothing is below it', () => {
    assert.match(lines('chunk:0x555555559000', 2)[6]!, /The first chunk of the heap/);
  });

  it('explain an mmapped chunk', () => {
    assert.deepEqual(lines('chunk:0x7ffff7da0000', 4).slice(1, 3), [
      'addresses: 0x7ffff7da0000–0x7ffff7dd1000',
      'size: 196 KiB = 200,704 bytes | 16 overhead + 200,000 asked for + 688 slack',
    ]);
    assert.match(
      lines('chunk:0x7ffff7da0000', 4)[7]!,
      /^size: 0x31002 \| = 200,704 \+ flags M\. M \(IS_MMAPPED\)/,
    );
  });

  it('say what a mapping is', () => {
    assert.deepEqual(lines('mapping:0x555555559000', 1), [
      '[heap] | heap (brk)',
      'addresses: 0x555555559000–0x55555557a000',
      'size: 132 KiB = 135,168 bytes | 33 pages',
      'permissions: rw-p | readable, writable; private (copy on write)',
      'pages: 1 of 33 pages resident',
    ]);
  });

  it('say what lies in a gap', () => {
    assert.deepEqual(lines('gap:7ffff7dd1000', 1), [
      '42.7 TiB unmapped | ',
      'addresses: 0x55555557a000–0x7ffff7dd1000',
      'size: 42.7 TiB = 46,912,359,460,864 bytes',
    ]);
  });

  it('have something to say of every row in both languages', () => {
    for (const table of [texts, textsOf('zh-cn')]) {
      for (const snapshot of mallocOne) {
        for (const row of layOutMap(snapshot, open)) {
          const facts = factsOf(row, table);
          assert.notEqual(facts.title, '');
          assert.ok(facts.facts.every(({ label, value }) => label !== '' && value !== ''));
        }
      }
    }
  });
});

describe('texts', () => {
  it('have the same keys in both languages, none empty', () => {
    const keysOf = (value: unknown, path: string): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
        : [`${path}: ${value === '' ? 'empty' : typeof value}`];
    const english = keysOf(textsOf('en'), 'texts');
    assert.deepEqual(keysOf(textsOf('zh-cn'), 'texts'), english);
    assert.ok(!english.some((line) => line.endsWith('empty')));
  });

  it('follow the language of the page', () => {
    assert.deepEqual(['en', 'zh-cn', 'zh-CN', 'de', '', undefined].map(readLanguage), [
      'en',
      'zh-cn',
      'zh-cn',
      'en',
      'en',
      'en',
    ]);
  });
});
