import assert from 'node:assert/strict';
import {
  EEXIST,
  EINVAL,
  ENOMEM,
  EBADF,
  EPERM,
  EFAULT,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_32BIT,
} from '../../../../src/core/mm/kernel.ts';
import { mapsLines } from '../../../../src/core/process/proc-maps.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { freshMemory, tinyProcess } from '../../../support/fresh-memory.ts';

const RW = 3;
const ANON = 0x22;
const SHARED = 0x21;
const PAGE = 4096;
const MiB = 0x100000;

const map = (memory: ProcessMemory, length: number, prot = RW, flags = ANON, addr = 0): number =>
  memory.mmap(addr, length, prot, flags, -1, 0);

/** Unnamed lines, relative to `base`, in pages. */
function picture(memory: ProcessMemory, base: number): string {
  return mapsLines(memory)
    .filter((line) => line.start >= base && line.name === '' && line.start < 0x7ffff7fff000)
    .map((line) => `${(line.start - base) / PAGE}-${(line.end - base) / PAGE} ${line.permissions}`)
    .join(', ');
}

describe('mmap', () => {
  it('takes the highest hole, downwards from the mmap base', () => {
    const memory = freshMemory();
    assert.equal(map(memory, PAGE), 0x7ffff7ffe000);
    assert.equal(map(memory, PAGE, 1), 0x7ffff7ffd000);
    memory.munmap(0x7ffff7ffe000, PAGE);
    assert.equal(map(memory, 2 * PAGE), 0x7ffff7ffb000);
    assert.equal(map(memory, 1), 0x7ffff7ffe000);
  });

  it('puts whole multiples of 2 MiB at multiples of 2 MiB, other lengths not', () => {
    const { memory } = tinyProcess();
    const below = 0x7ffff7dcf000;
    assert.equal(map(memory, 3 * MiB), below - 3 * MiB);
    const fresh = tinyProcess().memory;
    assert.equal(map(fresh, 2 * MiB), 0x7ffff7a00000);
    assert.equal(map(fresh, 2 * MiB), 0x7ffff7800000);
    assert.equal(map(fresh, 2 * MiB + PAGE), 0x7ffff7800000 - 2 * MiB - PAGE);
    const narrow = tinyProcess({ target: 'i386' }).memory;
    assert.equal(map(narrow, 2 * MiB), 0xf7d8b000 - 2 * MiB);
  });

  it('takes a hint that is free, rounded down and not below mmap_min_addr', () => {
    const memory = freshMemory();
    assert.equal(map(memory, PAGE, RW, ANON, 0x12345678), 0x12345000);
    assert.equal(map(memory, PAGE, RW, ANON, 0x1000), 0x10000);
    assert.equal(map(memory, PAGE, RW, ANON, 0x12345000), 0x7ffff7ffe000);
    assert.equal(map(memory, PAGE, RW, ANON, 0xfff), 0x7ffff7ffd000);
  });

  it('replaces with MAP_FIXED and refuses with MAP_FIXED_NOREPLACE', () => {
    const memory = freshMemory();
    const base = map(memory, 4 * PAGE);
    memory.fill(base, 0x55, 4 * PAGE);
    assert.equal(map(memory, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, base + PAGE), -EEXIST);
    assert.equal(map(memory, PAGE, RW, ANON | MAP_FIXED, base + PAGE), base + PAGE);
    assert.equal(memory.readU8(base + PAGE), 0);
    assert.equal(memory.readU8(base), 0x55);
    assert.equal(map(memory, PAGE, RW, ANON | MAP_FIXED, base + 1), -EINVAL);
    assert.equal(map(memory, PAGE, RW, ANON | MAP_FIXED, 0x7ffffffff000), -ENOMEM);
    assert.equal(map(memory, PAGE, RW, ANON | MAP_FIXED, 0x1000), -EPERM);
  });

  it('says what is wrong with arguments', () => {
    const memory = freshMemory();
    assert.equal(map(memory, 0), -EINVAL);
    assert.equal(memory.mmap(0, PAGE, RW, ANON, -1, 5), -EINVAL);
    assert.equal(map(memory, PAGE, RW, 0x20), -EINVAL);
    assert.equal(map(memory, PAGE, RW, 0x23), -EINVAL);
    assert.equal(memory.mmap(0, PAGE, RW, 2, -1, 0), -EBADF);
    assert.equal(map(memory, 2 ** 47), -ENOMEM);
  });

  it('finds MAP_32BIT memory bottom-up from 1 GiB', () => {
    const memory = freshMemory();
    assert.equal(map(memory, PAGE, RW, ANON | MAP_32BIT), 0x40000000);
    assert.equal(map(memory, PAGE, 1, ANON | MAP_32BIT), 0x40001000);
  });

  it('refuses one request beyond the memory of the machine, not their sum', () => {
    const memory = freshMemory('x86_64', { ramBytes: 64 * MiB });
    assert.equal(map(memory, 65 * MiB), -ENOMEM);
    assert.ok(map(memory, 65 * MiB, 0) > 0);
    for (let count = 0; count < 10; count++) assert.ok(map(memory, 60 * MiB) > 0);
    assert.ok(map(freshMemory('x86_64', { overcommit: 'always' }), 2 ** 46) > 0);
  });

  it('holds RLIMIT_AS and RLIMIT_DATA', () => {
    const memory = freshMemory('x86_64', { addressSpaceLimit: 8 * PAGE, dataLimit: 4 * PAGE });
    assert.equal(map(memory, 5 * PAGE), -ENOMEM);
    assert.ok(map(memory, 4 * PAGE) > 0);
    assert.equal(map(memory, PAGE), -ENOMEM);
    assert.ok(map(memory, 4 * PAGE, 1) > 0);
    assert.equal(map(memory, PAGE, 1), -ENOMEM);
  });

  it('reaches one mapping more than max_map_count', () => {
    const memory = freshMemory('x86_64', { maxMapCount: 5 });
    for (let count = 0; count < 6; count++) assert.ok(map(memory, PAGE, count % 2) > 0);
    assert.equal(map(memory, PAGE, 5), -ENOMEM);
    assert.equal(memory.addressSpace.mapCount, 6);
  });

  it('tells the tracer the raw arguments and why', () => {
    const memory = freshMemory();
    map(memory, 1);
    const [event] = (
      memory.mm.tracer as unknown as {
        events: { name: string; args: number[]; result: number; why: unknown }[];
      }
    ).events;
    assert.deepEqual(event?.args, [0, 1, 3, 0x22, -1, 0]);
    assert.equal(event?.result, 0x7ffff7ffe000);
    assert.ok(event?.why);
  });
});

describe('merging of mappings', () => {
  it('joins neighbours that are alike until both were written', () => {
    const memory = freshMemory();
    const high = map(memory, PAGE);
    const low = map(memory, PAGE);
    assert.equal(picture(memory, low), '0-2 rw-p');
    memory.munmap(low, PAGE);
    memory.writeU8(high, 1);
    assert.equal(map(memory, PAGE), low);
    assert.equal(picture(memory, low), '0-2 rw-p');
  });

  it('fills a hole between two separately written mappings into the lower one', () => {
    const memory = freshMemory();
    const base = map(memory, 3 * PAGE, 0);
    memory.munmap(base + PAGE, PAGE);
    memory.mprotect(base, PAGE, RW);
    memory.mprotect(base + 2 * PAGE, PAGE, RW);
    memory.writeU8(base, 1);
    memory.writeU8(base + 2 * PAGE, 1);
    map(memory, PAGE, RW, ANON | MAP_FIXED, base + PAGE);
    assert.equal(picture(memory, base), '0-2 rw-p, 2-3 rw-p');
  });

  it('keeps a written mapping that became read-only apart, and joins an unwritten one', () => {
    const memory = freshMemory();
    const base = map(memory, 2 * PAGE, 1);
    memory.mprotect(base, PAGE, RW);
    memory.mprotect(base, PAGE, 1);
    assert.equal(picture(memory, base), '0-2 r--p');
    memory.mprotect(base, PAGE, RW);
    memory.writeU8(base, 1);
    memory.mprotect(base, PAGE, 1);
    assert.equal(picture(memory, base), '0-1 r--p, 1-2 r--p');
  });

  it('never joins two shared anonymous mappings', () => {
    const memory = freshMemory();
    map(memory, PAGE, RW, SHARED);
    map(memory, PAGE, RW, SHARED);
    assert.equal(memory.addressSpace.mapCount, 2);
  });
});

describe('brk', () => {
  const start = (): ProcessMemory => tinyProcess().memory;

  it('moves to any byte and changes mappings by whole pages', () => {
    const memory = start();
    const heap = memory.brk(0);
    assert.equal(heap, 0x555555559000);
    assert.equal(memory.brk(heap + 10), heap + 10);
    assert.equal(memory.addressSpace.vmaLookup(heap)?.end, heap + PAGE);
    assert.equal(memory.brk(heap + PAGE), heap + PAGE);
    assert.equal(memory.brk(heap), heap);
    assert.equal(memory.addressSpace.vmaLookup(heap), undefined);
    assert.equal(memory.brk(heap - 1), heap);
  });

  it('keeps one page free below the next mapping', () => {
    const memory = start();
    const heap = memory.brk(0);
    map(memory, PAGE, RW, ANON | MAP_FIXED, heap + 0x10000);
    assert.equal(memory.brk(heap + 0xf800), heap);
    assert.equal(memory.brk(heap + 0xf000), heap + 0xf000);
  });

  it('does not join bss, but a plain mapping right at its end', () => {
    const memory = tinyProcess({ bss: 0x2000 }).memory;
    const heap = memory.brk(0);
    const count = memory.addressSpace.mapCount;
    memory.brk(heap + PAGE);
    assert.equal(memory.addressSpace.mapCount, count + 1);
    map(memory, PAGE, RW, ANON | MAP_FIXED, heap + PAGE);
    assert.equal(memory.addressSpace.mapCount, count + 1);
  });

  it('gives the pages back and counts them', () => {
    const memory = start();
    const heap = memory.brk(0);
    memory.brk(heap + 10 * PAGE);
    memory.fill(heap, 1, 10 * PAGE);
    const before = memory.counters.rssAnon;
    memory.brk(heap + 4 * PAGE);
    assert.equal(memory.counters.rssAnon, before - 6);
  });
});

describe('munmap and mprotect', () => {
  it('checks munmap arguments and passes over holes', () => {
    const memory = freshMemory();
    const base = map(memory, 3 * PAGE);
    assert.equal(memory.munmap(base + 1, PAGE), -EINVAL);
    assert.equal(memory.munmap(base, 0), -EINVAL);
    assert.equal(memory.munmap(base + PAGE, PAGE), 0);
    assert.equal(memory.munmap(base + PAGE, PAGE), 0);
    assert.equal(picture(memory, base), '0-1 rw-p, 2-3 rw-p');
  });

  it('changes what precedes a hole before it fails', () => {
    const memory = freshMemory();
    const base = map(memory, 3 * PAGE);
    memory.munmap(base + PAGE, PAGE);
    assert.equal(memory.mprotect(base, 3 * PAGE, 1), -ENOMEM);
    assert.equal(picture(memory, base), '0-1 r--p, 2-3 rw-p');
  });

  it('needs no fault to write again what was written before', () => {
    const memory = freshMemory();
    const base = map(memory, 4 * PAGE);
    memory.fill(base, 7, 4 * PAGE);
    memory.mprotect(base, 4 * PAGE, 1);
    assert.throws(() => memory.writeU8(base, 1), /SEGV_ACCERR/);
    memory.mprotect(base, 4 * PAGE, RW);
    const before = memory.counters.minflt;
    memory.fill(base, 8, 4 * PAGE);
    assert.equal(memory.counters.minflt, before);
  });

  it('hides pages behind PROT_NONE and shows them again', () => {
    const memory = freshMemory();
    const base = map(memory, PAGE);
    memory.writeU32(base, 0x12345678);
    memory.mprotect(base, PAGE, 0);
    assert.throws(() => memory.readU32(base), /SEGV_ACCERR/);
    memory.mprotect(base, PAGE, 1);
    assert.equal(memory.readU32(base), 0x12345678);
  });
});

describe('mremap', () => {
  it('grows in place, shrinks, and moves without copying or faulting', () => {
    const memory = freshMemory();
    const base = map(memory, 4 * PAGE);
    memory.fill(base, 9, 4 * PAGE);
    assert.equal(memory.mremap(base, 4 * PAGE, PAGE, 0, 0), base);
    assert.equal(memory.mremap(base, PAGE, 3 * PAGE, 0, 0), base);
    assert.equal(memory.readU8(base + PAGE), 0);
    const block = map(memory, PAGE, 1);
    assert.equal(memory.mremap(base, 3 * PAGE, 5 * PAGE, 0, 0), -ENOMEM);
    const before = memory.counters.minflt;
    const moved = memory.mremap(base, 3 * PAGE, 5 * PAGE, 1, 0);
    assert.ok(moved > 0 && moved !== base);
    assert.equal(memory.readU8(moved), 9);
    assert.equal(memory.counters.minflt, before);
    assert.throws(() => memory.readU8(base), /SEGV_MAPERR/);
    assert.ok(block > 0);
  });

  it('says what is wrong with arguments', () => {
    const memory = freshMemory();
    const base = map(memory, 2 * PAGE);
    assert.equal(memory.mremap(base + 1, PAGE, PAGE, 0, 0), -EINVAL);
    assert.equal(memory.mremap(base, PAGE, 0, 0, 0), -EINVAL);
    assert.equal(memory.mremap(base, 0, PAGE, 1, 0), -EINVAL);
    assert.equal(memory.mremap(0x10000, PAGE, 2 * PAGE, 1, 0), -EFAULT);
    assert.equal(memory.mremap(base, 3 * PAGE, 4 * PAGE, 1, 0), -EFAULT);
    assert.equal(memory.mremap(base, PAGE, PAGE, 2, 0x10000), -EINVAL);
    assert.equal(memory.mremap(base, PAGE, PAGE, 3, base), -EINVAL);
  });

  it('moves to a fixed address and keeps an emptied source with MREMAP_DONTUNMAP', () => {
    const memory = freshMemory();
    const base = map(memory, 2 * PAGE);
    memory.fill(base, 3, 2 * PAGE);
    assert.equal(memory.mremap(base, 2 * PAGE, 2 * PAGE, 3, 0x10000000), 0x10000000);
    assert.equal(memory.readU8(0x10000000 + PAGE), 3);
    const kept = memory.mremap(0x10000000, 2 * PAGE, 2 * PAGE, 5, 0);
    assert.equal(memory.readU8(kept), 3);
    assert.equal(memory.readU8(0x10000000), 0);
  });
});

describe('madvise and mincore', () => {
  it('drops pages at once with MADV_DONTNEED, with their table when it covers 2 MiB', () => {
    const memory = freshMemory();
    const base = map(memory, 4 * MiB);
    memory.writeU8(base, 1);
    memory.writeU8(base + 2 * MiB, 1);
    const tables = memory.pageTable.tableCount;
    memory.madvise(base, 2 * MiB, 4);
    assert.equal(memory.pageTable.tableCount, tables - 1);
    assert.equal(memory.readU8(base), 0);
    assert.equal(memory.counters.rssAnon, 1);
  });

  it('keeps pages with MADV_FREE and refuses it for shared memory', () => {
    const memory = freshMemory();
    const base = map(memory, PAGE);
    memory.writeU8(base, 1);
    assert.equal(memory.madvise(base, PAGE, 8), 0);
    const before = memory.counters.minflt;
    memory.writeU8(base, 2);
    assert.equal(memory.counters.minflt, before);
    assert.equal(memory.madvise(map(memory, PAGE, RW, SHARED), PAGE, 8), -EINVAL);
  });

  it('maps 2 MiB at once where huge pages are advised', () => {
    const memory = freshMemory();
    const base = map(memory, 4 * MiB);
    assert.equal(memory.madvise(base, 4 * MiB, 14), 0);
    memory.writeU8(base + 5 * PAGE, 1);
    assert.equal(memory.counters.minflt, 1);
    assert.equal(memory.counters.rssAnon, 512);
    memory.fill(base, 1, 2 * MiB);
    assert.equal(memory.counters.minflt, 1);
  });

  it('tells which pages are in memory', () => {
    const memory = freshMemory();
    const base = map(memory, 3 * PAGE);
    memory.writeU8(base + PAGE, 1);
    assert.deepEqual(memory.mincore(base, 3 * PAGE), Uint8Array.of(0, 1, 0));
    assert.equal(memory.mincore(base, 4 * PAGE), -ENOMEM);
  });

  it('counts a page table page for every level that a far page needs', () => {
    const memory = freshMemory();
    const far = 0x100000000000;
    map(memory, PAGE, RW, ANON | MAP_FIXED, far);
    map(memory, PAGE, RW, ANON | MAP_FIXED, far + 2 * MiB);
    map(memory, PAGE, RW, ANON | MAP_FIXED, far + 1024 * MiB);
    const counts = [0, 2 * MiB, 1024 * MiB].map((offset) => {
      memory.writeU8(far + offset, 1);
      return memory.pageTable.tableCount;
    });
    assert.deepEqual(counts, [3, 4, 6]);
    memory.munmap(far, 2048 * MiB);
    assert.equal(memory.pageTable.tableCount, 0);
  });
});
