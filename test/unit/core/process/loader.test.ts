import assert from 'node:assert/strict';
import { mapsLines } from '../../../../src/core/process/proc-maps.ts';
import type { LoadedProcess } from '../../../../src/core/process/loader.ts';
import { loadProgram } from '../../../../src/core/process/loader.ts';
import { freshMemory, tinyProcess } from '../../../support/fresh-memory.ts';
import { tinyImage } from '../../../support/tiny-image.ts';

/** `start-end perms offset name` of every line, names without their folder. */
function briefMaps(process: LoadedProcess): string[] {
  return mapsLines(process.memory).map((line) => {
    const hex = (value: number): string => value.toString(16);
    const range = line.name === '[vsyscall]' ? 'ffffffffff600000' : `${hex(line.start)}-${hex(line.end)}`;
    return `${range} ${line.permissions} ${hex(line.offset)} ${line.name.split('/').pop() ?? ''}`.trimEnd();
  });
}

describe('loader', () => {
  it('lays a 64-bit PIE out as Linux does', () => {
    assert.deepEqual(briefMaps(tinyProcess()), [
      '555555554000-555555555000 r--p 0 nest',
      '555555555000-555555556000 r-xp 1000 nest',
      '555555556000-555555557000 r--p 2000 nest',
      '555555557000-555555558000 r--p 2000 nest',
      '555555558000-555555559000 rw-p 3000 nest',
      '7ffff7dcf000-7ffff7dd2000 rw-p 0',
      '7ffff7dd2000-7ffff7df8000 r--p 0 libc.so.6',
      '7ffff7df8000-7ffff7f4e000 r-xp 26000 libc.so.6',
      '7ffff7f4e000-7ffff7fa1000 r--p 17c000 libc.so.6',
      '7ffff7fa1000-7ffff7fa5000 r--p 1cf000 libc.so.6',
      '7ffff7fa5000-7ffff7fa7000 rw-p 1d3000 libc.so.6',
      '7ffff7fa7000-7ffff7fb4000 rw-p 0',
      '7ffff7fc0000-7ffff7fc2000 rw-p 0',
      '7ffff7fc2000-7ffff7fc6000 r--p 0 [vvar]',
      '7ffff7fc6000-7ffff7fc8000 r--p 0 [vvar_vclock]',
      '7ffff7fc8000-7ffff7fca000 r-xp 0 [vdso]',
      '7ffff7fca000-7ffff7fcb000 r--p 0 ld-linux-x86-64.so.2',
      '7ffff7fcb000-7ffff7ff1000 r-xp 1000 ld-linux-x86-64.so.2',
      '7ffff7ff1000-7ffff7ffb000 r--p 27000 ld-linux-x86-64.so.2',
      '7ffff7ffb000-7ffff7ffd000 r--p 31000 ld-linux-x86-64.so.2',
      '7ffff7ffd000-7ffff7fff000 rw-p 33000 ld-linux-x86-64.so.2',
      '7ffffffde000-7ffffffff000 rw-p 0 [stack]',
      'ffffffffff600000 --xp 0 [vsyscall]',
    ]);
  });

  it('lays a 32-bit PIE out as Linux does', () => {
    assert.deepEqual(briefMaps(tinyProcess({ target: 'i386' })), [
      '56555000-56556000 r--p 0 nest',
      '56556000-56557000 r-xp 1000 nest',
      '56557000-56558000 r--p 2000 nest',
      '56558000-56559000 r--p 2000 nest',
      '56559000-5655a000 rw-p 3000 nest',
      'f7d8b000-f7dad000 r--p 0 libc.so.6',
      'f7dad000-f7f26000 r-xp 22000 libc.so.6',
      'f7f26000-f7fa6000 r--p 19b000 libc.so.6',
      'f7fa6000-f7fa8000 r--p 21b000 libc.so.6',
      'f7fa8000-f7fa9000 rw-p 21d000 libc.so.6',
      'f7fa9000-f7fb3000 rw-p 0',
      'f7fbf000-f7fc1000 rw-p 0',
      'f7fc1000-f7fc5000 r--p 0 [vvar]',
      'f7fc5000-f7fc7000 r--p 0 [vvar_vclock]',
      'f7fc7000-f7fc9000 r-xp 0 [vdso]',
      'f7fc9000-f7fca000 r--p 0 ld-linux.so.2',
      'f7fca000-f7fed000 r-xp 1000 ld-linux.so.2',
      'f7fed000-f7ffb000 r--p 24000 ld-linux.so.2',
      'f7ffb000-f7ffd000 r--p 31000 ld-linux.so.2',
      'f7ffd000-f7ffe000 rw-p 33000 ld-linux.so.2',
      'fffdd000-ffffe000 rw-p 0 [stack]',
    ]);
  });

  it('puts a non-PIE at the addresses of its file', () => {
    const lines = briefMaps(tinyProcess({ link: 'no-pie' }));
    assert.deepEqual(lines.slice(0, 5), [
      '400000-401000 r--p 0 nest',
      '401000-402000 r-xp 1000 nest',
      '402000-403000 r--p 2000 nest',
      '403000-404000 r--p 2000 nest',
      '404000-405000 rw-p 3000 nest',
    ]);
    assert.equal(lines.length, 23);
    assert.equal(
      briefMaps(tinyProcess({ link: 'no-pie', target: 'i386' }))[0],
      '8048000-8049000 r--p 0 nest',
    );
  });

  it('starts the break of a static PIE one page above the PIE base and its image below the mmap base', () => {
    const process = tinyProcess({ link: 'static-pie' });
    assert.equal(process.memory.mm.startBrk, 0x555555555000);
    assert.equal(process.program.end, 0x7ffff7fff000);
    assert.equal(briefMaps(process)[0], '555555555000-555555577000 rw-p 0 [heap]');
    assert.equal(process.libcBase, undefined);
  });

  it('gives a bss that outgrows its last file page an unnamed line', () => {
    const lines = briefMaps(tinyProcess({ bss: 0x5000 }));
    assert.equal(lines[5], '555555559000-55555555e000 rw-p 0');
  });

  it('puts the thread block below libc, as large as the thread-local variables ask', () => {
    const plain = tinyProcess();
    assert.equal(plain.threadPointer, 0x7ffff7dcf740);
    assert.ok(plain.threadPointerExact);
    const big = tinyProcess({ tls: { memSize: 20000, align: 16 } });
    // off = 20000 up to 8 + 0x90 = 0x4eb0; F = up(off + 0x680, 64) = 0x5540; n = F + 0x988; up(n) + 0x1000
    const block = 0x7ffff7dd2000 - 0x7000;
    assert.equal(big.threadPointer, block + 0x5540);
  });

  it('places the initial stack to the byte', () => {
    const process = tinyProcess();
    assert.equal(process.initialSp, 0x7fffffffee30);
    assert.equal(process.mainFramePointer, 0x7fffffffed20);
    const { memory } = process;
    assert.equal(memory.readU64(process.initialSp), 1n);
    const argv0 = Number(memory.readU64(process.argv));
    assert.equal(new TextDecoder().decode(memory.readCString(argv0)), './nest');
    assert.equal(memory.readU64(process.argv + 8), 0n);
    assert.equal(memory.readU64(process.envp), 0n);
    assert.equal(memory.readU64(process.stack.auxv), 33n);
    assert.equal(memory.readU64(process.stack.auxv + 8), BigInt(process.vdso));
    assert.equal(new TextDecoder().decode(memory.readCString(process.stack.execfn)), './nest');
    assert.equal(process.stack.execfn + 7, 0x7fffffffeff8);
  });

  it('lets the stack mapping grow with the strings', () => {
    const process = tinyProcess({ envp: ['X='.padEnd(4096, 'y')] });
    assert.equal(process.stack.start, 0x7ffffffdd000);
  });

  it('lowers the mmap base for a larger stack limit', () => {
    const base = (stackLimit: number, target: 'x86_64' | 'i386' = 'x86_64'): number =>
      tinyProcess({ target, profile: { stackLimit } }).memory.mm.areas.base;
    const MiB = 1024 * 1024;
    assert.equal(base(127 * MiB), 0x7ffff7fff000);
    assert.equal(base(128 * MiB), 0x7ffff7eff000);
    assert.equal(base(1024 * MiB), 0x7fffbfeff000);
    assert.equal(base(Infinity), 0x155555556000);
    assert.equal(base(8 * MiB, 'i386'), 0xf7ffe000);
    assert.equal(base(128 * MiB, 'i386'), 0xf7efe000);
    assert.equal(base(1024 * MiB, 'i386'), 0xbfefe000);
    assert.equal(base(Infinity, 'i386'), 0x2aaab000);
  });

  it('maps libm before libc', () => {
    const lines = briefMaps(tinyProcess({ neededLibraries: ['libm.so.6'] }));
    const first = (name: string): number => lines.findIndex((line) => line.endsWith(name));
    assert.ok(first('libm.so.6') > first('libc.so.6'));
    assert.throws(() => tinyProcess({ neededLibraries: ['libfoo.so'] }), /not modelled/);
  });

  it('has the counts of page tables and pages of a tiny program', () => {
    const { memory } = tinyProcess();
    assert.equal(memory.pageTable.tableCount, 8);
    assert.equal(memory.addressSpace.stackPages * 4, 132);
    memory.addressSpace.checkInvariants();
  });
});

describe('relocation', () => {
  it('adds the bias to words with addresses and asks for those of libc', () => {
    const image = {
      ...tinyImage(),
      relativeRelocations: [0x4018],
      symbolRelocations: [{ addr: 0x4020, name: 'puts', addend: 4 }],
    };
    const bytes = image.segments[3]!.bytes;
    bytes.set([0x20, 0x40], 0x4018 - image.segments[3]!.vaddr);
    const load = (resolveSymbol?: (name: string, base: number) => number | undefined): LoadedProcess =>
      loadProgram({
        image,
        memory: freshMemory(),
        argv: ['./nest'],
        envp: [],
        programPath: '/tmp/nest',
        ...(resolveSymbol === undefined ? {} : { resolveSymbol }),
      });
    const { memory } = load((name, base) => (name === 'puts' ? base + 0x77820 : undefined));
    assert.equal(memory.readU64(0x555555558018), 0x555555558020n);
    assert.equal(memory.readU64(0x555555558020), BigInt(0x7ffff7dd2000 + 0x77824));
    assert.throws(() => load(), /not modelled: the address of puts/);
  });
});
