/** What a program sees of each release: first addresses, sizes of the tcache structure, abort texts, limits. */
import assert from 'node:assert/strict';
import type { TargetName } from '../../../../src/core/target/data-model.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';
import { glibcReleases } from '../../../../src/core/target/glibc-release.ts';
import { mallocParams } from '../../../../src/core/malloc/params.ts';
import { replayTrace } from '../../../../src/session/replay/replay-trace.ts';
import { startStateFor } from '../../../../src/session/replay/start-states.ts';
import { parseTrace } from '../../../../src/session/replay/trace.ts';

interface ReplayRecord {
  readonly r?: string;
  readonly msg?: string;
  readonly e?: number;
}

/** Replays from a release's start state. @returns the records */
function replay(glibc: string, arch: TargetName, operations: readonly string[]): ReplayRecord[] {
  const trace = parseTrace(`bad\n${operations.join('\n')}\n`);
  return [...replayTrace(trace, startStateFor(glibc, arch, trace))]
    .slice(1)
    .map((line) => JSON.parse(line) as ReplayRecord);
}

/** Name, offset of the first small block from the heap's start on x86-64 and i386, bytes of the tcache structure. */
const firstBlocks: readonly (readonly [name: string, wide: number, narrow: number, structure: number])[] = [
  ['2.23', 0x10, 0x8, 0],
  ['2.26', 0x260, 0x160, 576],
  ['2.27', 0x260, 0x160, 576],
  ['2.28', 0x260, 0x160, 576],
  ['2.29', 0x260, 0x160, 576],
  ['2.30', 0x2a0, 0x1a0, 640],
  ['2.31', 0x2a0, 0x1a0, 640],
  ['2.32', 0x2a0, 0x1a0, 640],
  ['2.33', 0x2a0, 0x1a0, 640],
  ['2.34', 0x2a0, 0x1a0, 640],
  ['2.35', 0x2a0, 0x1a0, 640],
  ['2.36', 0x2a0, 0x1a0, 640],
  ['2.37', 0x2a0, 0x1a0, 640],
  ['2.38', 0x2a0, 0x1a0, 640],
  ['2.39', 0x2a0, 0x1a0, 640],
  ['2.40', 0x2a0, 0x1a0, 640],
  ['2.41', 0x2a0, 0x1a0, 640],
  ['2.42', 0x310, 0x1e0, 760],
  ['2.43', 0x10, 0x10, 760],
  ['2.44', 0x10, 0x10, 760],
];

describe('glibc releases', () => {
  it('are all in the table of first blocks', () => {
    assert.deepEqual(
      glibcReleases.map(({ name }) => name),
      firstBlocks.map(([name]) => name),
    );
  });

  for (const [name, wide, narrow, structure] of firstBlocks) {
    it(`${name} puts the first small block where the real one does`, () => {
      const release = glibcReleases.find((other) => other.name === name);
      assert.ok(release !== undefined);
      for (const [arch, offset] of [
        ['x86_64', wide],
        ['i386', narrow],
      ] as const) {
        const heap = Number(startStateFor(name, arch, parseTrace('check')).heap_start);
        assert.equal(Number(replay(name, arch, ['malloc 0 1'])[0]?.r) - heap, offset, arch);
      }
      assert.equal(mallocParams(release, dataModelOf('x86_64')).tcache.bytes, structure);
    });

    it(`${name} says what the real one says about a block freed twice`, () => {
      const minor = Number(name.split('.')[1]);
      const message = replay(name, 'x86_64', ['malloc 0 24', 'free 0', 'free 0']).at(-1)?.msg;
      if (minor >= 29) assert.equal(message, 'free(): double free detected in tcache 2\n');
      else if (minor >= 26) assert.equal(message, undefined);
      else
        assert.equal(
          message,
          "*** Error in `target': double free or corruption (fasttop): 0x0000555555559010 ***\n",
        );
    });

    it(`${name} words a failed assertion about top as the real one does`, () => {
      const minor = Number(name.split('.')[1]);
      const operations = ['malloc 0 24', 'poke @top+1W W 0x21', 'malloc 1 100000'];
      const message = replay(name, 'x86_64', operations).at(-1)?.msg ?? '';
      const expression = '(old_top == initial_top (av) && old_size == 0)';
      if (minor >= 37)
        assert.match(message, /^Fatal glibc error: malloc\.c:\d+ \(sysmalloc\): assertion failed: /);
      else if (minor === 36)
        assert.match(message, /^Fatal glibc error: malloc assertion failure in sysmalloc: /);
      else assert.match(message, /^target: malloc\.c:\d+: sysmalloc: Assertion `/);
      assert.ok(message.includes(expression));
    });

    it(`${name} refuses sizes as the real one does`, () => {
      const minor = Number(name.split('.')[1]);
      const [calloc, reused] = replay(name, 'x86_64', [
        'calloc 0 0x100000001 0x100000001',
        'memalign 1 64 100',
      ]);
      assert.equal(calloc?.r, '0x0');
      assert.equal(calloc?.e, 12);
      assert.notEqual(reused?.r, '0x0');
      const [strict] = replay(name, 'x86_64', ['aligned_alloc 0 24 10']);
      assert.equal(strict?.r === '0x0', minor >= 38);
    });
  }

  it('realloc gives a block back untouched from 2.37 on', () => {
    const operations = ['malloc 0 200', 'malloc 1 24', 'realloc 0 40', 'malloc 2 100'];
    const gaps = ['2.36', '2.42', '2.43'].map((name) => {
      const blocks = replay(name, 'x86_64', operations);
      return Number(blocks[3]?.r) - Number(blocks[0]?.r);
    });
    // The tail of 160 bytes: cached by the old one; merged, then cut at its start, by the new ones.
    assert.deepEqual(gaps, [0xf0, 0x30, 0x30]);
  });

  it('2.26 lets a request wrap around before the cache is asked', () => {
    const blocks = replay('2.26', 'x86_64', ['malloc 0 1', 'free 0', 'malloc 1 -1']);
    assert.equal(blocks[2]?.r, blocks[0]?.r);
  });
});
