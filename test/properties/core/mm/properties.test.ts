/** Random sequences of system calls and accesses: the address space stays in order, and a run can be repeated. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import {
  PTE_FILE,
  PTE_PRESENT,
  PTE_SHMEM,
  PTE_SPECIAL,
  PTE_ZERO,
} from '../../../../src/core/mm/page-table.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { formatMaps } from '../../../../src/core/process/proc-maps.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

const PAGE = 4096;
const WINDOW = 0x10000000;

type Step =
  | readonly ['mmap' | 'munmap' | 'mprotect' | 'madvise' | 'mremap', number, number, number]
  | readonly ['brk' | 'read' | 'write', number];

const page = fc.integer({ min: 0, max: 40 });
const count = fc.integer({ min: 1, max: 8 });
const choice = fc.integer({ min: 0, max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('mmap', 'munmap', 'mprotect', 'madvise', 'mremap'), page, count, choice),
  fc.tuple(fc.constantFrom('brk', 'read', 'write'), page),
) as fc.Arbitrary<Step>;

function run(memory: ProcessMemory, steps: readonly Step[], after: () => void): string {
  const log: number[] = [];
  for (const [name, at, pages = 1, kind = 0] of steps) {
    const addr = WINDOW + at * PAGE;
    try {
      switch (name) {
        case 'mmap':
          log.push(
            memory.mmap(
              kind % 2 === 0 ? addr : 0,
              pages * PAGE,
              kind & 3,
              (kind & 4) === 0 ? 0x22 : 0x21,
              -1,
              0,
            ),
          );
          break;
        case 'munmap':
          log.push(memory.munmap(addr, pages * PAGE));
          break;
        case 'mprotect':
          log.push(memory.mprotect(addr, pages * PAGE, kind & 3));
          break;
        case 'madvise':
          log.push(memory.madvise(addr, pages * PAGE, kind < 4 ? 4 : 8));
          break;
        case 'mremap':
          log.push(memory.mremap(addr, pages * PAGE, (kind + 1) * PAGE, 1, 0));
          break;
        case 'brk':
          log.push(memory.brk(memory.mm.startBrk + at * 1000));
          break;
        case 'read':
          log.push(memory.readU32(addr + 8));
          break;
        case 'write':
          memory.writeU32(addr + 8, log.length);
          break;
      }
    } catch (error) {
      if (!(error instanceof MemoryFault)) throw error;
      log.push(-1000);
    }
    after();
  }
  return `${log.join()}\n${formatMaps({ memory })}${JSON.stringify(memory.counters)}`;
}

/** Totals that can be counted from the page table are what the counters say; no frame is lost or used twice. */
function checkPages(memory: ProcessMemory): void {
  let anon = 0;
  let file = 0;
  let shmem = 0;
  const frames = new Set<number>();
  const { physical } = memory.mm;
  memory.pageTable.forEachPresent(0, 2 ** 35, (vpn, pte) => {
    assert.ok((pte & PTE_PRESENT) !== 0);
    assert.ok(memory.addressSpace.vmaLookup(vpn * PAGE), 'a present page lies in a mapping');
    if ((pte & PTE_FILE) !== 0) file += 1;
    else if ((pte & PTE_SHMEM) !== 0) shmem += 1;
    else if ((pte & (PTE_ZERO | PTE_SPECIAL)) === 0) {
      anon += 1;
      assert.ok(!frames.has(pte & ~0xfff), 'an anonymous page has its frame for itself');
      frames.add(pte & ~0xfff);
    }
  });
  const { rssAnon, rssFile, rssShmem } = memory.counters;
  assert.deepEqual([rssAnon, rssFile, rssShmem], [anon, file, shmem]);
  assert.ok(physical.framesInUse >= [...frames].filter((frame) => frame >>> 0 > physical.zeroFrame).length);
}

describe('any sequence of system calls and accesses', () => {
  it('keeps mappings sorted, disjoint and counted', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { memory } = tinyProcess({ profile: { stackLimit: 1 << 20 } });
        run(memory, steps, () => memory.addressSpace.checkInvariants());
        checkPages(memory);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('gives the same state when it is repeated', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const once = run(tinyProcess({ profile: { stackLimit: 1 << 20 } }).memory, steps, () => {});
        const again = run(tinyProcess({ profile: { stackLimit: 1 << 20 } }).memory, steps, () => {});
        assert.equal(again, once);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('places a mapping where a search of all holes would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), page, count), { maxLength: 80 }), (steps) => {
        const { memory } = tinyProcess({ profile: { stackLimit: 1 << 20 } });
        const made: number[] = [];
        for (const [mapping, which, pages] of steps) {
          const victim = made[which];
          if (!mapping && victim !== undefined) memory.munmap(victim, pages * PAGE);
          else {
            const expected = highestHole(memory, pages * PAGE);
            const got = memory.mmap(0, pages * PAGE, which & 1 ? 3 : 1, 0x22, -1, 0);
            assert.equal(got, expected);
            made.push(got);
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

/** The rule said in the plainest way. */
function highestHole(memory: ProcessMemory, length: number): number {
  let top: number = memory.mm.areas.base;
  for (const vma of [...memory.addressSpace.vmas].reverse()) {
    if (vma.start >= top && vma.start >= memory.mm.areas.base) continue;
    if (top - vma.end >= length) return top - length;
    top = Math.min(top, vma.start);
  }
  return top - length;
}
