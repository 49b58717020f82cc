import assert from 'node:assert/strict';
import type { Address } from '../../../src/base/address.ts';
import { spellEvent } from '../../../src/session/event-views.ts';

describe('line of an event', () => {
  it('speaks the language of the reader, but for names', () => {
    const fault = {
      kind: 'page-fault',
      addr: 0x5000 as Address,
      access: 'write',
      severity: 'minor',
      cause: 'demand-zero',
      why: undefined,
    } as const;
    assert.equal(spellEvent(fault, 'en').text, 'page fault: write at 0x5000 (minor, demand-zero)');
    assert.equal(spellEvent(fault, 'zh-cn').text, '缺页：写 0x5000（次，按需清零）');
    const signal = { kind: 'signal', signal: 11, code: 1, handler: 0x401136, sp: 0x7000 } as const;
    const handled = { ...signal, addr: 0x10, isOnAlternateStack: true };
    assert.equal(spellEvent(handled, 'en').text, 'SIGSEGV at 0x10: handler 0x401136 (alternate stack)');
    assert.equal(spellEvent(handled, 'zh-cn').text, 'SIGSEGV，地址 0x10：处理函数 0x401136（备用栈）');
  });
});

describe('text of a system call', () => {
  const text = (name: string, args: readonly number[], result: number): string =>
    spellEvent({ kind: 'syscall', name, args, result, why: undefined }, 'en').text;

  it('spells flags and errors as strace does', () => {
    assert.equal(
      text('mmap', [0, 4096, 3, 0x22, -1, 0], 0x7ffff7fbf000),
      'mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7fbf000',
    );
    assert.equal(
      text('mmap', [0x10000000, 4096, 0, 0x82023, -1, 0], -95),
      'mmap(0x10000000, 4096, PROT_NONE, MAP_SHARED_VALIDATE|MAP_ANONYMOUS|MAP_LOCKED|MAP_SYNC, -1, 0) = -1 EOPNOTSUPP',
    );
    assert.equal(
      text('mremap', [0x10000000, 4096, 8192, 3, 0x20000000], 0x20000000),
      'mremap(0x10000000, 4096, 8192, MREMAP_MAYMOVE|MREMAP_FIXED, 0x20000000) = 0x20000000',
    );
    assert.equal(text('madvise', [0x10000000, 4096, 4], 0), 'madvise(0x10000000, 4096, MADV_DONTNEED) = 0');
    assert.equal(text('msync', [0x10000000, 4096, 4], -16), 'msync(0x10000000, 4096, MS_SYNC) = -1 EBUSY');
    assert.equal(text('mlockall', [3], 0), 'mlockall(MCL_CURRENT|MCL_FUTURE) = 0');
  });
});
