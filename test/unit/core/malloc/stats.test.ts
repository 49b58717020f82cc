/** malloc_stats, malloc_info and tunables, beside what real glibc 2.36 printed and did. */
import assert from 'node:assert/strict';
import {
  parseTunables,
  tunableValue,
  tunablesOfEnvironment,
} from '../../../../src/core/malloc/tunable-text.ts';
import { glibcReleaseOf } from '../../../../src/core/target/glibc-release.ts';
import type { GlibcRelease } from '../../../../src/core/target/glibc-release.ts';
import type { Malloc } from '../../../../src/core/malloc/malloc.ts';
import { NullTracer } from '../../../../src/core/trace/trace-event.ts';
import { startProcess } from '../../../../src/session/replay/start-state.ts';
import { startStateFor } from '../../../../src/session/replay/start-states.ts';
import { parseTrace } from '../../../../src/session/replay/trace.ts';

function release(name: string): GlibcRelease {
  const found = glibcReleaseOf(name);
  assert.ok(found !== undefined);
  return found;
}

/** The allocator after a program that leaves chunks on several lists. */
function busyMalloc(): Malloc {
  const { malloc } = startProcess(startStateFor('2.36', 'x86_64', parseTrace('check')), new NullTracer());
  malloc.malloc(10);
  const blocks = Array.from({ length: 20 }, (_, i) => malloc.malloc(24 + (i % 3) * 32));
  malloc.malloc(200000);
  const freed = [5000, 5000, 2000].map((bytes) => {
    const block = malloc.malloc(bytes);
    malloc.malloc(10);
    return block;
  });
  for (const block of [...blocks, ...freed]) malloc.free(block);
  malloc.malloc(300);
  malloc.malloc(6000);
  // The stream's buffer, which printing asks for first.
  malloc.malloc(4096);
  return malloc;
}

const info = `<malloc version="1">
<heap nr="0">
<sizes>
  <size from="1697" to="1697" total="1697" count="1"/>
  <size from="5009" to="5009" total="5009" count="1"/>
  <unsorted from="897" to="897" total="897" count="1"/>
</sizes>
<total type="fast" count="0" size="0"/>
<total type="rest" count="4" size="122691"/>
<system type="current" size="135168"/>
<system type="max" size="135168"/>
<aspace type="total" size="135168"/>
<aspace type="mprotect" size="135168"/>
</heap>
<total type="fast" count="0" size="0"/>
<total type="rest" count="4" size="122691"/>
<total type="mmap" count="1" size="200704"/>
<system type="current" size="135168"/>
<system type="max" size="135168"/>
<aspace type="total" size="135168"/>
<aspace type="mprotect" size="135168"/>
</malloc>
`;

const stats = `Arena 0:
system bytes     =     135168
in use bytes     =      12480
Total (incl. mmap):
system bytes     =     335872
in use bytes     =     213184
max mmap regions =          1
max mmap bytes   =     200704
`;

describe('statistics of malloc', () => {
  it('malloc_info writes what the real one wrote', () => {
    assert.equal([...(busyMalloc().mallocInfo(0) ?? [])].join(''), info);
  });

  it('malloc_info refuses options', () => {
    assert.equal(busyMalloc().mallocInfo(1), undefined);
  });

  it('malloc_stats writes what the real one wrote', () => {
    assert.equal(busyMalloc().mallocStats().join(''), stats);
  });

  it('malloc_stats tells every arena', () => {
    const malloc = busyMalloc();
    malloc.enterThread(1);
    malloc.malloc(100);
    assert.match(malloc.mallocStats().join(''), /Arena 1:\nsystem bytes {5}= {5}135168\n/);
    assert.match([...(malloc.mallocInfo(0) ?? [])].join(''), /<aspace type="subheaps" size="1"\/>\n<\/heap>/);
  });
});

describe('tunables as text', () => {
  it('are settings with colons between, the last one wins', () => {
    assert.deepEqual(parseTunables(':glibc.malloc.top_pad=1:foo:glibc.malloc.top_pad=0:'), {
      'glibc.malloc.top_pad': '0',
    });
  });

  it('come from the environment, where GLIBC_TUNABLES beats the old names', () => {
    const both = ['MALLOC_TOP_PAD_=0', 'GLIBC_TUNABLES=glibc.malloc.top_pad=1000000', 'MALLOC_ARENA_MAX=1'];
    const expected = { 'glibc.malloc.top_pad': '1000000', 'glibc.malloc.arena_max': '1' };
    assert.deepEqual(tunablesOfEnvironment(both, release('2.36')), expected);
    assert.deepEqual(tunablesOfEnvironment([...both].reverse(), release('2.36')), expected);
    assert.deepEqual(tunablesOfEnvironment(both, release('2.23')), {
      'glibc.malloc.top_pad': '0',
      'glibc.malloc.arena_max': '1',
    });
  });

  it('are the number at the start of the text, from 2.39 on the whole text', () => {
    const value = (text: string, name = '2.36'): bigint | undefined =>
      tunableValue('glibc.malloc.top_pad', text, 8, release(name));
    assert.equal(value('0x100000'), 0x100000n);
    assert.equal(value('010'), 8n);
    assert.equal(value('12abc'), 12n);
    assert.equal(value('abc'), 0n);
    assert.equal(value('-1'), 0xffff_ffff_ffff_ffffn);
    assert.equal(value('12abc', '2.39'), undefined);
    assert.equal(value('12', '2.39'), 12n);
  });

  it('are ignored outside of their bounds', () => {
    assert.equal(tunableValue('glibc.malloc.perturb', '256', 8, release('2.36')), undefined);
    assert.equal(tunableValue('glibc.malloc.arena_max', '0', 8, release('2.36')), undefined);
  });
});
