import assert from 'node:assert/strict';
import { readTunableSetting } from '../../../../src/core/malloc/tunable-text.ts';
import { glibcReleaseOf } from '../../../../src/core/target/glibc-release.ts';
import type { GlibcRelease } from '../../../../src/core/target/glibc-release.ts';
import { renderText } from '../../../../src/core/text/all-texts.ts';

function release(name: string): GlibcRelease {
  const found = glibcReleaseOf(name);
  assert.ok(found);
  return found;
}

/** The sentences about what is wrong with a setting. */
function problems(text: string, name = '2.36'): string[] {
  return readTunableSetting(text, 8, release(name)).problems.map((problem) => renderText(problem, 'en'));
}

describe('tunables as a setting', () => {
  it('become entries of the environment', () => {
    const text =
      'GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mmap_threshold=0x10000 MALLOC_ARENA_MAX=1';
    assert.deepEqual(readTunableSetting(text, 8, release('2.36')), {
      environment: [
        'GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mmap_threshold=0x10000',
        'MALLOC_ARENA_MAX=1',
      ],
      problems: [],
    });
    assert.deepEqual(readTunableSetting('  ', 8, release('2.36')), { environment: [], problems: [] });
  });

  it('say what is wrong with them', () => {
    assert.deepEqual(problems('glibc.malloc.tcache_cuont=0'), [
      '“glibc.malloc.tcache_cuont” is no tunable of malloc.',
    ]);
    assert.deepEqual(problems('glibc.malloc.mmap_max'), [
      '“glibc.malloc.mmap_max” has no value: write glibc.malloc.NAME=NUMBER or MALLOC_NAME_=NUMBER.',
    ]);
    assert.deepEqual(problems('MALLOC_TOP_PAD_=much'), [
      '“much” is no number: glibc.malloc.top_pad takes a decimal, octal (0…) or hexadecimal (0x…) number.',
    ]);
    assert.deepEqual(problems('glibc.malloc.perturb=256'), [
      '256 is outside of what glibc.malloc.perturb may be: glibc ignores it.',
    ]);
  });

  it('know which release has which', () => {
    assert.deepEqual(problems('glibc.malloc.tcache_count=0', '2.23'), [
      'glibc 2.23 does not have glibc.malloc.tcache_count.',
    ]);
    assert.deepEqual(problems('MALLOC_ARENA_MAX=1', '2.23'), []);
    assert.deepEqual(problems('glibc.malloc.mxfast=0', '2.28'), [
      'glibc 2.28 does not have glibc.malloc.mxfast.',
    ]);
  });
});
