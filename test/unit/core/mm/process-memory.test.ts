import assert from 'node:assert/strict';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { NotModelled } from '../../../../src/core/trace/not-modelled.ts';
import {
  emptyTag,
  READ_TLB,
  SCRATCH,
  TLB_ENTRIES,
  WRITE_TLB,
} from '../../../../src/core/target/tlb-layout.ts';
import { freshMemory, tinyProcess } from '../../../support/fresh-memory.ts';

const PAGE = 4096;

function fault(work: () => unknown): MemoryFault {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof MemoryFault);
    return error;
  }
  assert.fail('no fault');
}

function mapped(memory: ProcessMemory, pages: number, prot = 3, flags = 0x22): number {
  return memory.mmap(0, pages * PAGE, prot, flags, -1, 0);
}

/** Entry of a translation table for a page: tag and addend, as generated code reads them. */
function entry(memory: ProcessMemory, table: number, addr: number): [tag: bigint, addend: number] {
  const at = (table + (Math.floor(addr / PAGE) % TLB_ENTRIES) * 16) / 4;
  const { u32 } = memory;
  return [BigInt(u32[at]!) | (BigInt(u32[at + 1]!) << 32n), u32[at + 2]!];
}

function emptyTagOf(addr: number): bigint {
  return BigInt(emptyTag(Math.floor(addr / PAGE) % TLB_ENTRIES));
}

describe('memory accesses', () => {
  it('keep words of every width, across pages too', () => {
    const memory = freshMemory();
    const base = mapped(memory, 2);
    for (const addr of [
      base,
      base + 1,
      base + 2,
      base + 3,
      base + 5,
      base + PAGE - 3,
      base + PAGE - 1,
      base + PAGE - 7,
    ]) {
      memory.writeU64(addr, 0x0123456789abcdefn);
      assert.equal(memory.readU64(addr), 0x0123456789abcdefn);
      assert.equal(memory.readU32(addr), 0x89abcdef);
      assert.equal(memory.readU16(addr), 0xcdef);
      assert.equal(memory.readU8(addr), 0xef);
      memory.writeU32(addr, 0xfedcba98);
      assert.equal(memory.readU32(addr), 0xfedcba98);
      memory.writeU16(addr, 0x1234);
      assert.equal(memory.readU32(addr), 0xfedc1234);
      memory.writeNumber64(addr, 0x7fffdeadbeef);
      assert.equal(memory.readU64(addr), 0x7fffdeadbeefn);
    }
  });

  it('write a word that crosses into forbidden memory not at all', () => {
    const memory = freshMemory();
    const base = mapped(memory, 2);
    memory.mprotect(base + PAGE, PAGE, 1);
    const addr = base + PAGE - 4;
    const raised = fault(() => memory.writeHalves(addr, 0xffffffff, 0xffffffff));
    assert.equal(raised.code, 'SEGV_ACCERR');
    assert.equal(memory.readU32(addr), 0);
  });

  it('copy overlapping ranges in both directions', () => {
    const memory = freshMemory();
    const base = mapped(memory, 4);
    const bytes = Uint8Array.from({ length: 9000 }, (_, index) => index % 251);
    memory.writeBytes(base, bytes);
    memory.copy(base + 100, base, 9000);
    assert.deepEqual(memory.readBytes(base + 100, 9000), bytes);
    memory.copy(base, base + 100, 9000);
    assert.deepEqual(memory.readBytes(base, 9000), bytes);
    memory.fill(base + 4000, 0x61, 200);
    memory.writeU8(base + 4200, 0);
    assert.equal(memory.readCString(base + 4000).length, 200);
    assert.equal(memory.readCString(base + 4000, 10).length, 10);
  });

  it('peek without a fault', () => {
    const memory = freshMemory();
    const base = mapped(memory, 2);
    assert.equal(memory.peek(base, 8), undefined);
    memory.writeU32(base, 5);
    assert.deepEqual(memory.peek(base, 4), Uint8Array.of(5, 0, 0, 0));
    assert.equal(memory.peek(base + PAGE - 2, 4), undefined);
    assert.equal(memory.counters.minflt, 1);
  });

  it('reuse freed frames cleared', () => {
    const memory = freshMemory();
    const base = mapped(memory, 100);
    memory.fill(base, 0xff, 100 * PAGE);
    const frames = memory.mm.physical.framesInUse;
    memory.munmap(base, 100 * PAGE);
    const again = mapped(memory, 100);
    for (let page = 0; page < 100; page++) memory.writeU8(again + page * PAGE + 1, 1);
    assert.equal(memory.mm.physical.framesInUse, frames);
    assert.equal(memory.readU8(again + 50 * PAGE), 0);
    assert.equal(memory.readU8(again + 50 * PAGE + 2), 0);
  });
});

describe('faults that become signals', () => {
  const cases: readonly (readonly [string, number, MemoryFault['code'], bigint])[] = [
    ['the null page', 0, 'SEGV_MAPERR', 0n],
    ['an address without mapping', 0x123456, 'SEGV_MAPERR', 0x123456n],
    ['the last page below 2^47', 0x7ffffffff000, 'SEGV_MAPERR', 0x7ffffffff000n],
    ['a non-canonical address', 0x800000000000, 'SI_KERNEL', 0n],
    ['an address like 0x4141414141414141', 0x4141414141414141, 'SI_KERNEL', 0n],
    ['the kernel half', 0xffff800000000000, 'SEGV_MAPERR', 0xffff800000000000n],
  ];
  for (const [what, addr, code, siAddr] of cases) {
    it(`${what} gives ${code}`, () => {
      const { memory } = tinyProcess();
      const raised = fault(() => memory.readU8(addr));
      assert.equal(raised.code, code);
      assert.equal(raised.exactAddr, siAddr);
    });
  }

  it('of generated code carry the exact address', () => {
    const { memory } = tinyProcess();
    const raised = fault(() => memory.fillForRead(-8, -1, 8));
    assert.equal(raised.exactAddr, 0xfffffffffffffff8n);
    assert.equal(fault(() => memory.fillForWrite(0x41414141, 0x41414141, 4)).code, 'SI_KERNEL');
  });

  it('tell writing to read-only memory from missing memory', () => {
    const { memory } = tinyProcess();
    assert.equal(fault(() => memory.writeU8(0x555555556000, 1)).code, 'SEGV_ACCERR');
    assert.equal(memory.readU8(0x555555556000), 0);
    assert.equal(fault(() => memory.translateExecute(0x555555558000)).code, 'SEGV_ACCERR');
    assert.equal(fault(() => memory.translateExecute(0x555555558000)).access, 'execute');
    assert.ok(memory.translateExecute(0x555555555000) > 0);
  });

  it('raise SIGBUS behind the end of a shared file', () => {
    const memory = freshMemory();
    const base = mapped(memory, 1, 3, 0x21);
    assert.equal(memory.mremap(base, PAGE, 3 * PAGE, 1, 0) > 0, true);
    const grown = memory.addressSpace.vmas[0]!.start;
    const raised = fault(() => memory.writeU8(grown + PAGE + 5, 1));
    assert.equal(raised.signal, 'SIGBUS');
    assert.equal(raised.addr, grown + PAGE + 5);
  });
});

describe('the stack', () => {
  it('grows to the page of any access within the limit', () => {
    const { memory } = tinyProcess();
    const before = memory.counters.minflt;
    memory.writeU8(0x7fffffa00123, 1);
    assert.equal(memory.mm.stackVma()?.start, 0x7fffffa00000);
    assert.equal(memory.counters.minflt, before + 1);
    assert.equal(memory.readU8(0x7fffff7ff000), 0);
    assert.equal(fault(() => memory.readU8(0x7fffff7fefff)).code, 'SEGV_MAPERR');
  });

  it('keeps 256 pages free above accessible memory, not above PROT_NONE', () => {
    const obstacle = 0x7fffffc00000;
    const tryToGrow = (prot: number): void => {
      const { memory } = tinyProcess();
      memory.mmap(obstacle, PAGE, prot, 0x32, -1, 0);
      memory.writeU8(obstacle + 257 * PAGE, 1);
      memory.writeU8(obstacle + 256 * PAGE, 1);
    };
    tryToGrow(0);
    assert.equal(fault(() => tryToGrow(3)).addr, obstacle + 256 * PAGE);
  });

  it('lies contiguously at its addend, written or only read', () => {
    const { memory } = tinyProcess();
    for (const addr of [0x7fffffffe010, 0x7fffffff0010, 0x7fffff900000]) {
      const host = ((addr % 2 ** 32) + memory.stackAddend) >>> 0;
      assert.equal(memory.translateRead(addr), host);
      assert.equal(memory.translateWrite(addr), host);
    }
  });
});

describe('translation tables of generated code', () => {
  it('are filled by a miss: reads into one, writes into both', () => {
    const memory = freshMemory();
    const base = mapped(memory, 2);
    const low = base % 2 ** 32;
    const high = Math.floor(base / 2 ** 32);
    const host = memory.fillForRead(low + 24, high, 8);
    assert.equal(host, memory.mm.physical.zeroFrame + 24);
    assert.equal(entry(memory, READ_TLB, base)[0], BigInt(base));
    assert.equal((low + entry(memory, READ_TLB, base)[1]) >>> 0, memory.mm.physical.zeroFrame);
    assert.equal(entry(memory, WRITE_TLB, base)[0], emptyTagOf(base));
    const written = memory.fillForWrite(low + 24, high, 8);
    assert.notEqual(written, host);
    assert.equal((low + 24 + entry(memory, READ_TLB, base)[1]) >>> 0, written);
    assert.equal((low + 24 + entry(memory, WRITE_TLB, base)[1]) >>> 0, written);
  });

  it('lose the old page when libc writes it first', () => {
    const memory = freshMemory();
    const base = mapped(memory, 1);
    memory.fillForRead(base % 2 ** 32, Math.floor(base / 2 ** 32), 1);
    memory.writeU8(base, 1);
    assert.equal(entry(memory, READ_TLB, base)[0], emptyTagOf(base));
  });

  it('lose pages that are unmapped or protected', () => {
    for (const change of ['munmap', 'mprotect'] as const) {
      const memory = freshMemory();
      const base = mapped(memory, 1);
      memory.fillForWrite(base % 2 ** 32, Math.floor(base / 2 ** 32), 4);
      if (change === 'munmap') memory.munmap(base, PAGE);
      else memory.mprotect(base, PAGE, 0);
      assert.equal(entry(memory, READ_TLB, base)[0], emptyTagOf(base));
      assert.equal(entry(memory, WRITE_TLB, base)[0], emptyTagOf(base));
    }
  });

  it('are not used for an access that crosses a page: it goes through the scratch area', () => {
    const memory = freshMemory();
    const base = mapped(memory, 2);
    const addr = base + PAGE - 3;
    const low = addr % 2 ** 32;
    const high = Math.floor(addr / 2 ** 32);
    memory.writeU64(addr, 0x1122334455667788n);
    assert.equal(memory.fillForRead(low | 0, high, 8), SCRATCH);
    assert.equal(new DataView(memory.u8.buffer).getBigUint64(SCRATCH, true), 0x1122334455667788n);
    assert.equal(memory.fillForWrite(low, high, 8), SCRATCH);
    new DataView(memory.u8.buffer).setBigUint64(SCRATCH, 0xa1a2a3a4a5a6a7a8n, true);
    memory.commitCrossing(low, high, 8);
    assert.equal(memory.readU64(addr), 0xa1a2a3a4a5a6a7a8n);
  });
});

describe('five levels of page tables', () => {
  const five = freshMemory('x86_64', { pagingLevels: 5 });
  const refusal = (addr: number): string => {
    try {
      five.readU8(addr);
    } catch (error) {
      if (error instanceof MemoryFault) return `${error.code} ${error.addr.toString(16)}`;
      throw error;
    }
    return 'none';
  };

  it('make the space between 2^47 and 2^56 canonical', () => {
    assert.equal(refusal(2 ** 47), 'SEGV_MAPERR 800000000000');
    assert.equal(refusal(2 ** 56), 'SI_KERNEL 0');
    assert.equal(refusal(2 ** 64 - 2 ** 56), 'SEGV_MAPERR ff00000000000000');
  });

  it('change no address that was not asked for', () => {
    assert.equal(five.mmap(0, 4096, 3, 0x22, -1, 0), freshMemory().mmap(0, 4096, 3, 0x22, -1, 0));
    assert.throws(() => five.mmap(2 ** 48, 4096, 3, 0x22, -1, 0), NotModelled);
  });
});
