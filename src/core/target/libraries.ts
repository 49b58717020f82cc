/**
 * The shared objects that a dynamic program maps: ld.so and libc of each glibc release.
 *
 * Source: the program headers of the builds that were measured: Debian's packages for 2.31, 2.36, 2.41, 2.43 and
 * 2.44, plain builds of the release tags for 2.27, 2.35, 2.39 and 2.42. 2.36 to the byte; of the others the mappings
 * were read from running processes, so that sizes are known to the page and thread-local sizes are those of 2.36.
 * Another build of a release has other sizes and therefore other addresses.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import type { TargetName } from './data-model.ts';

/** A loadable segment of a library. */
export interface LibrarySegment {
  readonly vaddr: number;
  /** Offset in the file. */
  readonly offset: number;
  readonly fileSize: number;
  readonly memSize: number;
  /** As in the program header: 1 execute, 2 write, 4 read. */
  readonly flags: number;
}

/** A library as the loader sees it. */
export interface SharedLibrary {
  /** Path in maps. */
  readonly path: string;
  readonly segments: readonly LibrarySegment[];
  /** End of the range that becomes read-only after relocation; it starts with the writable segment. */
  readonly relroEnd: number;
  /** PT_TLS: bytes and alignment, 0 and 1 without one. */
  readonly tlsSize: number;
  readonly tlsAlign: number;
  /** Offsets of pages of its .bss that start-up code writes before main. */
  readonly startupBssPages: readonly number[];
  /** Offsets of pages of its code and constants that run or are read before main. */
  readonly startupFilePages: readonly number[];
}

/** Where a release keeps what others must find, as offsets from the load address of libc. */
export interface LibcSymbols {
  readonly mainArena: number;
  readonly mp: number;
  /** `undefined` before 2.34, which had none. */
  readonly tcacheKey: number | undefined;
  /** The thread's `tcache` pointer lies that many bytes below the thread pointer. */
  readonly tcacheBelowThreadPointer: number;
}

/** What a release maps for every dynamic program. */
export interface LibrarySet {
  /** glibc release, for example `2.36`. */
  readonly release: string;
  readonly loader: SharedLibrary;
  readonly libc: SharedLibrary;
  readonly symbols: LibcSymbols;
  /** Libraries that a program may need besides libc. */
  readonly others: readonly SharedLibrary[];
  /** Whether a small TLS block has a mapping of its own or a place in the loader's start-up heap. */
  readonly tlsBlock: 'own-mapping' | 'start-up-heap';
  /** What ld.so does with the library cache: unmap it before main, or map it first of all and keep it. */
  readonly cache: 'unmapped' | 'kept';
  /** Bytes of the thread descriptor at the thread pointer, `struct pthread` with the rseq area. */
  readonly threadDescriptorBytes: number;
}

const R = 4;
const RX = 5;
const RW = 6;

/** vaddr, end of the file part, end in memory, protection, and the offset if it is not vaddr. */
type SegmentRow = readonly [vaddr: number, fileEnd: number, memEnd: number, flags: number, offset?: number];

function segments(...rows: readonly SegmentRow[]): readonly LibrarySegment[] {
  return rows.map(([vaddr, fileEnd, memEnd, flags, offset]) => ({
    vaddr,
    offset: offset ?? vaddr,
    fileSize: fileEnd - vaddr,
    memSize: memEnd - vaddr,
    flags,
  }));
}

interface ReleaseRow {
  /** Ends of the first three segments, start of the writable one, its end in the file and in memory, its offset. */
  readonly loader: readonly [
    r: number,
    rx: number,
    r2: number,
    rw: number,
    fileEnd: number,
    memEnd: number,
    off: number,
  ];
  readonly loaderRelro: number;
  readonly libc: readonly [
    r: number,
    rx: number,
    r2: number,
    rw: number,
    fileEnd: number,
    memEnd: number,
    off: number,
  ];
  readonly libcRelro: number;
  readonly symbols: readonly [mainArena: number, mp: number, tcacheKey: number, tcacheBelow: number];
}

const pageUp = (value: number): number => Math.ceil(value / 0x1000) * 0x1000;

function library(
  path: string,
  row: ReleaseRow['libc'],
  relroEnd: number,
  tls: readonly [number, number],
  startupBssPages: readonly number[],
  startupFilePages: readonly number[],
): SharedLibrary {
  const [r, rx, r2, rw, fileEnd, memEnd, offset] = row;
  const rxStart = pageUp(r);
  const r2Start = pageUp(rx);
  return {
    path,
    segments: segments(
      [0, r, r, R],
      [rxStart, rx, rx, RX],
      [r2Start, r2, r2, R],
      [rw, fileEnd, memEnd, RW, offset],
    ),
    relroEnd,
    tlsSize: tls[0],
    tlsAlign: tls[1],
    startupBssPages,
    startupFilePages,
  };
}

const rows: Readonly<Record<string, ReleaseRow>> = {
  '2.27-x86_64': {
    loader: [0x1000, 0x1e000, 0x26000, 0x26000, 0x28000, 0x29000, 0x25000],
    loaderRelro: 0x27000,
    libc: [0x25000, 0x15d000, 0x1a6000, 0x1a6000, 0x1ac000, 0x1b0000, 0x1a5000],
    libcRelro: 0x1a9000,
    symbols: [0x1a9c20, 0x1a9260, 0, 0x50],
  },
  '2.31-x86_64': {
    loader: [0x1000, 0x21000, 0x29000, 0x2a000, 0x2c000, 0x2d000, 0x29000],
    loaderRelro: 0x2b000,
    libc: [0x22000, 0x17b000, 0x1ca000, 0x1ca000, 0x1d0000, 0x1d4000, 0x1c9000],
    libcRelro: 0x1ce000,
    symbols: [0x1ceb80, 0x1ce280, 0, 0x50],
  },
  '2.31-i386': {
    loader: [0x1000, 0x1e000, 0x29000, 0x2a000, 0x2c000, 0x2c000, 0x29000],
    loaderRelro: 0x2b000,
    libc: [0x19000, 0x16d000, 0x1e1000, 0x1e2000, 0x1e5000, 0x1e8000, 0x1e1000],
    libcRelro: 0x1e4000,
    symbols: [0x1e4740, 0x1e4120, 0, 0x34],
  },
  '2.35-x86_64': {
    loader: [0x2000, 0x28000, 0x33000, 0x33000, 0x37000, 0x37000, 0x33000],
    loaderRelro: 0x35000,
    libc: [0x2c000, 0x191000, 0x1e5000, 0x1e5000, 0x1eb000, 0x1f3000, 0x1e5000],
    libcRelro: 0x1e8000,
    symbols: [0x1e8c60, 0x1e8340, 0x1f0178, 0x48],
  },
  '2.36-x86_64': {
    loader: [0xd58, 0x26111, 0x30c7c, 0x31900, 0x34110, 0x342d8, 0x31900],
    loaderRelro: 0x33000,
    libc: [0x25388, 0x17b0fc, 0x1cec31, 0x1cf8d0, 0x1d4868, 0x1e1f50, 0x1cf8d0],
    libcRelro: 0x1d3000,
    symbols: [0x1d3c60, 0x1d3340, 0x1da478, 0x48],
  },
  '2.36-i386': {
    loader: [0xb20, 0x23d21, 0x314d4, 0x32ba0, 0x3495c, 0x34a50, 0x31ba0],
    loaderRelro: 0x34000,
    libc: [0x218b4, 0x19afa2, 0x21a543, 0x21b2f4, 0x21df18, 0x22791c, 0x21b2f4],
    libcRelro: 0x21d000,
    symbols: [0x21d7c0, 0x21d1c0, 0x220b50, 0x30],
  },
  '2.39-x86_64': {
    loader: [0x1000, 0x27000, 0x31000, 0x31000, 0x35000, 0x35000, 0x31000],
    loaderRelro: 0x33000,
    libc: [0x24000, 0x16d000, 0x1c3000, 0x1c3000, 0x1c9000, 0x1d1000, 0x1c2000],
    libcRelro: 0x1c7000,
    symbols: [0x1c7ca0, 0x1c7360, 0x1ce358, 0x40],
  },
  '2.41-x86_64': {
    loader: [0x1000, 0x29000, 0x34000, 0x34000, 0x37000, 0x38000, 0x34000],
    loaderRelro: 0x36000,
    libc: [0x28000, 0x18b000, 0x1e1000, 0x1e1000, 0x1e7000, 0x1f4000, 0x1e0000],
    libcRelro: 0x1e5000,
    symbols: [0x1e5ac0, 0x1e5180, 0x1ec218, 0x40],
  },
  '2.41-i386': {
    loader: [0x1000, 0x25000, 0x34000, 0x34000, 0x37000, 0x37000, 0x33000],
    loaderRelro: 0x36000,
    libc: [0x23000, 0x1ab000, 0x230000, 0x230000, 0x233000, 0x23d000, 0x230000],
    libcRelro: 0x232000,
    symbols: [0x232760, 0x232160, 0x235a70, 0x2c],
  },
  '2.42-x86_64': {
    loader: [0x1000, 0x28000, 0x33000, 0x33000, 0x36000, 0x37000, 0x33000],
    loaderRelro: 0x35000,
    libc: [0x24000, 0x16e000, 0x1c5000, 0x1c5000, 0x1cb000, 0x1d3000, 0x1c4000],
    libcRelro: 0x1c9000,
    symbols: [0x1c9c80, 0x1c9340, 0x1d03c0, 0x40],
  },
  '2.43-x86_64': {
    loader: [0x1000, 0x2a000, 0x35000, 0x35000, 0x38000, 0x39000, 0x35000],
    loaderRelro: 0x37000,
    libc: [0x28000, 0x190000, 0x1e3000, 0x1e3000, 0x1e9000, 0x1f6000, 0x1e3000],
    libcRelro: 0x1e7000,
    symbols: [0x1e7ac0, 0x1e7180, 0x1ee1c0, 0x60],
  },
  '2.43-i386': {
    loader: [0x1000, 0x26000, 0x35000, 0x35000, 0x38000, 0x38000, 0x34000],
    loaderRelro: 0x37000,
    libc: [0x24000, 0x1ad000, 0x231000, 0x231000, 0x234000, 0x23e000, 0x230000],
    libcRelro: 0x233000,
    symbols: [0x233740, 0x233140, 0x236a14, 0x38],
  },
  '2.44-x86_64': {
    loader: [0x1000, 0x2c000, 0x38000, 0x38000, 0x3b000, 0x3c000, 0x38000],
    loaderRelro: 0x3a000,
    libc: [0x28000, 0x198000, 0x1ec000, 0x1ec000, 0x1f2000, 0x1ff000, 0x1eb000],
    libcRelro: 0x1f0000,
    symbols: [0x1f0ac0, 0x1f0180, 0x1f71c0, 0x60],
  },
  '2.44-i386': {
    loader: [0x1000, 0x28000, 0x39000, 0x39000, 0x3c000, 0x3c000, 0x38000],
    loaderRelro: 0x3b000,
    libc: [0x24000, 0x1b6000, 0x23c000, 0x23c000, 0x23f000, 0x249000, 0x23c000],
    libcRelro: 0x23e000,
    symbols: [0x23e740, 0x23e140, 0x241a14, 0x38],
  },
};

/** Distance of a library's end from its load address, in bytes: where the one that was mapped before it begins. */
export function spanOf(library: SharedLibrary): number {
  return library.segments.reduce(
    (end, { vaddr, memSize }) => Math.max(end, roundUp(vaddr + memSize, PAGE_SIZE)),
    0,
  );
}

/** Libraries besides libc, by release and target: libm of Debian 12. */
const otherLibraries: Readonly<Record<string, readonly SharedLibrary[]>> = {
  '2.36-x86_64': [
    library(
      '/usr/lib/x86_64-linux-gnu/libm.so.6',
      [0xf5c0, 0x833e1, 0xdda94, 0xded38, 0xdf104, 0xdf110, 0xddd38],
      0xdf000,
      [0, 1],
      [],
      pageList('0 2-10 26-47'),
    ),
  ],
  '2.36-i386': [
    library(
      '/usr/lib/i386-linux-gnu/libm.so.6',
      [0xccf0, 0xcc984, 0x102f74, 0x103e9c, 0x104054, 0x10405c, 0x103e9c],
      0x104000,
      [0, 1],
      [],
      pageList('0 2-e 2b-41'),
    ),
  ],
};

/** Pages of the .bss of libc that are written before main, read from /proc/PID/pagemap of running programs. */
const startupBssPages: Readonly<Record<string, readonly number[]>> = {
  '2.36-x86_64': [0x1d5000, 0x1d9000, 0x1da000, 0x1db000, 0x1e1000],
  '2.36-i386': [0x21e000, 0x220000, 0x221000, 0x227000],
};

/** Numbers of pages in hexadecimal, single ones and ranges, as offsets in bytes. */
function pageList(text: string): readonly number[] {
  return text.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map((page) => Number.parseInt(page, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * 0x1000);
  });
}

/**
 * Pages of code and constants that are touched before main: those that are resident whichever way the library lies
 * towards the windows of 16 pages that one fault maps (/proc/PID/pagemap of 120 runs at random addresses).
 */
const startupFilePages: Readonly<
  Record<string, { readonly loader: readonly number[]; readonly libc: readonly number[] }>
> = {
  '2.36-x86_64': { loader: pageList('0-25 27-2e'), libc: pageList('0-3d 85-9f b0-b2 fd-108 14f 16a') },
  '2.36-i386': { loader: pageList('0-31'), libc: pageList('0-36 38-3b 84-8b 9c-a3 b6-b7 117-121 16c-16f') },
};

/** Releases whose libraries are known for a target, oldest first. */
export function releasesWithLibraries(target: TargetName): readonly string[] {
  return Object.keys(rows)
    .filter((name) => name.endsWith(`-${target}`))
    .map((name) => name.slice(0, name.indexOf('-')));
}

/**
 * The libraries of a glibc release.
 *
 * @throws RangeError when that release was not measured for the target
 */
export function librarySet(release: string, target: TargetName): LibrarySet {
  const name = `${release}-${target}`;
  const row = rows[name];
  if (row === undefined)
    throw new RangeError(`the libraries of glibc ${release} for ${target} are not known`);
  const wide = target === 'x86_64';
  const directory = wide ? '/usr/lib/x86_64-linux-gnu' : '/usr/lib/i386-linux-gnu';
  const [mainArena, mp, tcacheKey, tcacheBelowThreadPointer] = row.symbols;
  const minor = Number(release.split('.')[1]);
  return {
    release,
    loader: library(
      `${directory}/${wide ? 'ld-linux-x86-64.so.2' : 'ld-linux.so.2'}`,
      row.loader,
      row.loaderRelro,
      [0, 1],
      [],
      startupFilePages[name]?.loader ?? [],
    ),
    libc: library(
      `${directory}/libc.so.6`,
      row.libc,
      row.libcRelro,
      wide ? [0x90, 8] : [0x54, 4],
      startupBssPages[name] ?? [pageUp(row.libc[4])],
      startupFilePages[name]?.libc ?? [],
    ),
    others: otherLibraries[name] ?? [],
    symbols: {
      mainArena,
      mp,
      tcacheKey: tcacheKey === 0 ? undefined : tcacheKey,
      tcacheBelowThreadPointer,
    },
    tlsBlock: wide && minor >= 34 ? 'own-mapping' : 'start-up-heap',
    cache: minor >= 44 ? 'kept' : 'unmapped',
    threadDescriptorBytes: wide ? 0x940 : 0x4c0,
  };
}
