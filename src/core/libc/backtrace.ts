/**
 * <execinfo.h>: the return addresses of the frames, and their texts.
 *
 * The first call loads the unwinder, libgcc_s.so.1, as dlopen does: its blocks stay on the heap and its mappings below the
 * libraries.
 *
 * Source: glibc 2.36, debug/backtrace.c, backtracesyms.c, backtracesymsfd.c, misc/unwind-link.c, elf/dl-object.c,
 * elf/dl-find_object.c (behaviour); blocks, mappings and the places in libc from running programs of Debian 12.
 * Simplified: pages that the unwinder itself touches are not faulted in; frames of libc between frames of the program (a
 * comparison of qsort, a handler of a signal) are not modelled.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import type { TargetName } from '../target/data-model.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { MAP_FIXED, MAP_PRIVATE, PROT_EXEC, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import { asciiBytes } from './ascii.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, syscall, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { scratchPlaces } from './scratch.ts';

const AT_FDCWD = -100;
const O_RDONLY_CLOEXEC = 0o2000000;
const MAP_DENYWRITE = 0x800;
/** Bytes of a library that ld.so reads before it maps it: its ELF header and program headers. */
const HEADER_BYTES = 832;

/** The unwinder and the start-up code below main, by target. */
interface UnwinderFacts {
  /** As ld.so opens it, and as maps names it. */
  readonly path: string;
  readonly file: string;
  readonly libc: string;
  readonly fileBytes: number;
  /** Bytes from its first to the end of its last segment. */
  readonly imageBytes: number;
  /** Code, constants, data: where each begins, its length, its offset in the file. */
  readonly code: readonly [start: number, bytes: number];
  readonly constants: readonly [start: number, bytes: number];
  readonly data: readonly [start: number, bytes: number, offset: number];
  /** `struct link_map`, dependencies, symbol versions, the block that is given back, the table of mappings: bytes. */
  readonly linkMapBytes: number;
  readonly dependencyBytes: number;
  readonly versionBytes: number;
  readonly firstTableBytes: number;
  readonly tableBytes: number;
  /** Where __libc_start_main is, and goes on behind its call; where _start does. */
  readonly startMain: number;
  readonly behindStartMain: number;
  readonly behindStart: number;
}

const facts: Readonly<Record<TargetName, UnwinderFacts>> = {
  x86_64: {
    path: '/lib/x86_64-linux-gnu/libgcc_s.so.1',
    file: '/usr/lib/x86_64-linux-gnu/libgcc_s.so.1',
    libc: '/lib/x86_64-linux-gnu/libc.so.6',
    fileBytes: 125_312,
    imageBytes: 0x1f2c8,
    code: [0x3000, 0x17000],
    constants: [0x1a000, 0x4000],
    data: [0x1e000, 0x2000, 0x1d000],
    linkMapBytes: 0x4d6,
    dependencyBytes: 0x38,
    versionBytes: 0x13 * 0x18,
    firstTableBytes: 8,
    tableBytes: 0x900,
    startMain: 0x27280,
    behindStartMain: 0x85,
    behindStart: 0x21,
  },
  i386: {
    path: '/lib/i386-linux-gnu/libgcc_s.so.1',
    file: '/usr/lib/i386-linux-gnu/libgcc_s.so.1',
    libc: '/lib/i386-linux-gnu/libc.so.6',
    fileBytes: 153_124,
    imageBytes: 0x26158,
    code: [0x3000, 0x1d000],
    constants: [0x20000, 0x5000],
    data: [0x25000, 0x2000, 0x24000],
    linkMapBytes: 0x29e,
    dependencyBytes: 0x1c,
    versionBytes: 0x15 * 0x10,
    firstTableBytes: 4,
    tableBytes: 0x5fc,
    startMain: 0x23310,
    behindStartMain: 0x88,
    behindStart: 0x27,
  },
};

const factsOf = (ctx: LibcContext): UnwinderFacts => facts[ctx.model.name];

/** The library cache, which ld.so maps while it looks for the library. @returns where it is mapped, 0 without one */
function mapCache(ctx: LibcContext): { readonly at: number; readonly bytes: number } {
  const bytes = ctx.kernel.libraryCacheBytes;
  if (bytes === 0) return { at: 0, bytes };
  const fd = ctx.files.openSystemFile('/etc/ld.so.cache', bytes);
  syscall(ctx, 'openat', [AT_FDCWD, 0, O_RDONLY_CLOEXEC, 0], fd);
  syscall(ctx, 'newfstatat', [fd], 0);
  const at = ctx.syscalls.mmap(0, bytes, PROT_READ, MAP_PRIVATE, fd, 0);
  syscall(ctx, 'close', [fd], ctx.files.close(fd));
  return { at, bytes };
}

/** Maps the unwinder's segments over one mapping of the whole. */
function mapUnwinder(ctx: LibcContext, nameAt: number): void {
  const { file, fileBytes, imageBytes, code, constants, data } = factsOf(ctx);
  const fd = ctx.files.openSystemFile(file, fileBytes);
  syscall(ctx, 'openat', [AT_FDCWD, nameAt, O_RDONLY_CLOEXEC, 0], fd);
  syscall(ctx, 'read', [fd, 0, HEADER_BYTES], HEADER_BYTES);
  syscall(ctx, 'newfstatat', [fd], 0);
  const whole = MAP_PRIVATE | MAP_DENYWRITE;
  const base = ctx.syscalls.mmap(0, imageBytes, PROT_READ, whole, fd, 0);
  if (base < 0) throw new NotModelled('a backtrace without room for the unwinder');
  const map = (start: number, bytes: number, protection: number, offset: number): void => {
    ctx.syscalls.mmap(base + start, bytes, protection, whole | MAP_FIXED, fd, offset);
  };
  map(...code, PROT_READ | PROT_EXEC, code[0]);
  map(...constants, PROT_READ, constants[0]);
  const [dataStart, dataBytes, dataOffset] = data;
  map(dataStart, dataBytes, PROT_READ | PROT_WRITE, dataOffset);
  syscall(ctx, 'close', [fd], ctx.files.close(fd));
  // Relocation writes its data; then the first page of it becomes read-only.
  const end = roundUp(imageBytes, PAGE_SIZE);
  for (let at = dataStart; at < end; at += PAGE_SIZE) ctx.memory.writeU8(base + at, 0);
  ctx.syscalls.mprotect(base + dataStart, PAGE_SIZE, PROT_READ);
}

/** dlopen of the unwinder, once. @source glibc 2.36, misc/unwind-link.c: __libc_unwind_link_get */
export function loadUnwinder(ctx: LibcContext, caller: string): void {
  const loaded = ctx.objects.scratch + scratchPlaces.unwinderIsLoaded;
  if (ctx.memory.readU32(loaded) !== 0) return;
  ctx.memory.writeU32(loaded, 1);
  const { path, linkMapBytes, dependencyBytes, versionBytes, firstTableBytes, tableBytes } = factsOf(ctx);
  callFromLibc(ctx, caller, () => {
    const allocate = (bytes: number): number => {
      const mem = ctx.malloc.malloc(bytes);
      if (mem === 0) throw new NotModelled('a backtrace without memory for the unwinder');
      return mem;
    };
    const cache = mapCache(ctx);
    const name = asciiBytes(`${path}\0`);
    const nameAt = allocate(name.length);
    ctx.memory.writeBytes(nameAt, name);
    ctx.malloc.calloc(linkMapBytes, 1);
    // The folder that $ORIGIN stands for, in a block for the whole path.
    ctx.memory.writeBytes(allocate(name.length), asciiBytes(`${path.slice(0, path.lastIndexOf('/'))}\0`));
    mapUnwinder(ctx, nameAt);
    allocate(dependencyBytes);
    ctx.malloc.calloc(versionBytes, 1);
    const firstTable = allocate(firstTableBytes);
    allocate(tableBytes);
    ctx.malloc.free(firstTable);
    if (cache.at > 0) ctx.syscalls.munmap(cache.at, cache.bytes);
  });
}

/** backtrace. @returns the number of addresses written */
function backtrace(ctx: LibcContext, target: number, size: number): number {
  if (size <= 0) return 0;
  loadUnwinder(ctx, 'backtrace');
  const { startMain, behindStartMain, behindStart } = factsOf(ctx);
  const own = ctx.returnAddresses(size);
  const last = own[own.length - 1];
  const { base } = ctx.objects;
  if (own.length < size && last !== base + placesOf(ctx).mainReturn)
    throw new NotModelled('a backtrace through functions of libc');
  const all = [...own, base + startMain + behindStartMain, ctx.programPlace.entry + behindStart].slice(
    0,
    size,
  );
  all.forEach((addr, i) => {
    writeWord(ctx, target + i * ctx.model.wordBytes, addr);
  });
  return all.length;
}

/** What dladdr knows of an address: the object, and the name or offset in it; undefined outside of all objects. */
function placeText(
  ctx: LibcContext,
  addr: number,
): { readonly object: string; readonly place: string } | undefined {
  const { base } = ctx.objects;
  const { start, end, bias } = ctx.programPlace;
  if (addr >= start && addr < end) {
    const name = readWord(ctx, ctx.variable('program_invocation_name'));
    const object = String.fromCharCode(...ctx.memory.readCString(name));
    return { object, place: bias === 0 ? '' : `+0x${(addr - bias).toString(16)}` };
  }
  const { startMain, behindStartMain, libc } = factsOf(ctx);
  const { mainReturn } = placesOf(ctx);
  if (addr === base + mainReturn) return { object: libc, place: `+0x${mainReturn.toString(16)}` };
  if (addr === base + startMain + behindStartMain)
    return { object: libc, place: `__libc_start_main+0x${behindStartMain.toString(16)}` };
  // Pages above the program and below its stack hold libraries, whose symbols are not all known.
  if (roundDown(addr, PAGE_SIZE) >= base - 0x100_0000)
    throw new NotModelled('names of functions of libraries');
  return undefined;
}

/** backtrace_symbols: a block with the pointers, then the texts. @returns its address, 0 without memory */
function symbols(ctx: LibcContext, array: number, count: number): number {
  const { wordBytes } = ctx.model;
  const wordDigits = 2 * wordBytes;
  let total = 0;
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    const addr = readWord(ctx, array + i * wordBytes);
    const found = placeText(ctx, addr);
    const name = found?.place.startsWith('+') === false ? found.place.replace(/\+0x[0-9a-f]+$/, '') : '';
    const known = found === undefined ? undefined : found.object.length + name.length;
    total += wordBytes + (known === undefined ? 5 + wordDigits : known + 3 + wordDigits + 3 + wordDigits + 5);
    const pointer = addr === 0 ? '(nil)' : `0x${addr.toString(16)}`;
    texts.push(found === undefined ? `[${pointer}]` : `${found.object}(${found.place}) [${pointer}]`);
  }
  const block = callFromLibc(ctx, 'backtrace_symbols', () => ctx.malloc.malloc(total));
  if (block === 0) return 0;
  let at = block + count * wordBytes;
  texts.forEach((text, i) => {
    writeWord(ctx, block + i * wordBytes, at);
    ctx.memory.writeBytes(at, asciiBytes(`${text}\0`));
    at += text.length + 1;
  });
  return block;
}

/** backtrace_symbols_fd: a line of one writev each. */
function writeSymbols(ctx: LibcContext, array: number, count: number, fd: number): void {
  for (let i = 0; i < count; i++) {
    const addr = readWord(ctx, array + i * ctx.model.wordBytes);
    const found = placeText(ctx, addr);
    const head = found === undefined ? '' : `${found.object}(${found.place})`;
    const line = asciiBytes(`${head}[0x${addr.toString(16)}]\n`);
    syscall(ctx, 'writev', [fd, 0, 0], ctx.files.write(fd, line));
  }
}

/** <execinfo.h> */
export const backtraceFunctions: LibcTable = {
  backtrace: f('ipi', (ctx, [target = 0, size = 0]) => backtrace(ctx, target, size)),
  backtrace_symbols: f('ppi', (ctx, [array = 0, count = 0]) => symbols(ctx, array, count)),
  backtrace_symbols_fd: f('vpii', (ctx, [array = 0, count = 0, fd = 0]) => {
    writeSymbols(ctx, array, count, fd);
    return 0;
  }),
};
