/**
 * Replays a recording of the family `vm` (system calls and accesses, no malloc) and yields records of the same form.
 *
 * The form of ops and records is described in test/oracle/README.md. A record is compared field by
 * field with what the real kernel did.
 */
import type { ProgramImage } from '../../../src/core/image/program-image.ts';
import { MemoryFault } from '../../../src/core/mm/kernel.ts';
import { PlainLinearMemory } from '../../../src/core/mm/linear-memory.ts';
import { PTE_PRESENT, PTE_ZERO } from '../../../src/core/mm/page-table.ts';
import { ProcessMemory } from '../../../src/core/mm/process-memory.ts';
import { loadProgram } from '../../../src/core/process/loader.ts';
import type { MapsLine } from '../../../src/core/process/proc-maps.ts';
import { mapsLines } from '../../../src/core/process/proc-maps.ts';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import type { SyscallEvent, TraceEvent, Tracer } from '../../../src/core/trace/trace-event.ts';

type Row = (string | number)[];
/** A parsed line of a recording; absent fields are zero, empty or unchanged. */
export type Rec = Record<string, unknown> & { readonly i: number; readonly o: string };
export interface Header {
  readonly glibc: string;
  readonly arch: TargetName;
  readonly word: 4 | 8;
  readonly heap_start: string;
  readonly main_arena: string;
  readonly maps: readonly Row[];
}

class Collector implements Tracer {
  readonly wantsWhy = true;
  events: TraceEvent[] = [];
  get count(): number {
    return this.events.length;
  }
  emit(event: TraceEvent): void {
    this.events.push(event);
  }
}

const hex = (value: number): string => `0x${value.toString(16)}`;

/** The program of the recordings, from its lines in maps: only its size matters. */
function recordedImage(header: Header): ProgramImage {
  const lines = header.maps.filter((row) => row[4] === 'program');
  const base = Number(lines[0]![0]);
  const [r, x, r2, relro, rw] = lines.map((row) => [
    Number(row[0]) - base,
    Number(row[1]) - base,
    Number(row[3]),
  ]);
  const end = Number(header.heap_start) - base;
  const bytes = (range: number[]): Uint8Array => new Uint8Array(range[1]! - range[0]!);
  const plain = (range: number[], protection: 'r--' | 'r-x') => ({
    vaddr: range[0]!,
    fileOffset: range[2]!,
    bytes: bytes(range),
    memSize: range[1]! - range[0]!,
    protection,
  });
  return {
    target: header.arch,
    link: 'pie',
    segments: [
      plain(r!, 'r--'),
      plain(x!, 'r-x'),
      plain(r2!, 'r--'),
      {
        vaddr: relro![0]!,
        fileOffset: relro![2]!,
        bytes: new Uint8Array(rw![1]! - relro![0]!),
        memSize: end - relro![0]!,
        protection: 'rw-',
      },
    ],
    relro: { start: relro![0]!, end: relro![1]! },
    isStackExecutable: false,
    tls: undefined,
    sections: [],
    symbols: [],
    relativeRelocations: [],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    gotEntries: [],
    neededLibraries: [],
    programHeaders: 13,
    entry: 0x1000,
    fileSize: 0x10000,
  };
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 as zlib computes it, continued from `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before >>> 0;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}

/** A process like the recorder's target, ready for the first op. */
export class VmReplay {
  readonly memory: ProcessMemory;
  readonly #header: Header;
  readonly #tracer = new Collector();
  readonly #ids = new Map<number, number>();
  readonly #startBrk: number;
  readonly #stackEnd: number;
  readonly #initialAnonymous: (readonly [number, number])[] = [];
  #base = [0, 0];
  #last = [0, 0, 0, 0];
  #lastFaults = 0;
  #shown: MapsLine[] = [];

  constructor(header: Header) {
    this.#header = header;
    const profile = {
      ...machineProfile(header.arch, header.glibc),
      ldCacheBytes: header.glibc === '2.44' ? 45915 : 0,
    };
    this.memory = new ProcessMemory({
      linear: new PlainLinearMemory(32, 32768),
      profile,
      tracer: this.#tracer,
    });
    const loaded = loadProgram({
      image: recordedImage(header),
      memory: this.memory,
      argv: ['program'],
      envp: ['GLIBC_TUNABLES='],
      programPath: 'program',
    });
    this.#startBrk = this.memory.mm.startBrk;
    this.#stackEnd = loaded.stack.end;
    // As the recorder does: everything of the program and libc is resident, and 96 KB of the stack.
    for (const line of this.lines()) {
      if (line.name.startsWith('[') || !line.permissions.startsWith('r')) continue;
      this.memory.madvise(line.start, line.end - line.start, line.permissions[1] === 'w' ? 23 : 22);
    }
    for (let page = 1; page <= 25; page++) this.memory.translateWrite(this.#stackEnd - page * 4096);
    for (const line of this.lines()) {
      if (isAnonymous(line)) this.#initialAnonymous.push([line.start, line.end]);
    }
    const pages = this.#countPages();
    this.#base = [pages[1]!, pages[3]!];
    this.#shown = this.lines().filter(isDynamic);
    this.#lastFaults = this.memory.counters.minflt;
  }

  /** Lines of maps with the short names of the recordings. */
  lines(): MapsLine[] {
    return mapsLines(this.memory).map((line) => {
      if (line.name.endsWith('libc.so.6')) return { ...line, name: 'libc.so.6' };
      if (line.name === '/etc/ld.so.cache') return { ...line, name: 'program' };
      return line.name.includes('/ld-linux') ? { ...line, name: 'ld.so' } : line;
    });
  }

  /** `maps` of the header. */
  headerMaps(): Row[] {
    return this.lines().map((line) => {
      const row: Row = [
        line.name === '[vsyscall]' ? '0xffffffffff600000' : hex(line.start),
        line.name === '[vsyscall]' ? '0xffffffffff601000' : hex(line.end),
        line.permissions,
        hex(line.offset),
        line.name,
      ];
      return isDynamic(line) ? [...row, ...this.#resident(line.start, line.end)] : row;
    });
  }

  /** Carries out one op and answers the record of it. */
  step(i: number, text: string): Rec {
    const words = text.split(' ');
    const rec: Record<string, unknown> & { i: number; o: string } = { i, o: text };
    this.#tracer.events = [];
    const [op, ...args] = words;
    const numbers = args.map((arg) => (arg.startsWith('@') ? this.#address(arg) : Number(arg)));
    if (numbers.some((value) => value === undefined)) return { ...rec, skip: 1 };
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers as number[];
    const memory = this.memory;
    switch (op) {
      case 'mmap':
        this.#mapped(rec, a, memory.mmap(b, c, d, e, -1, 0));
        break;
      case 'mremap':
        this.#mapped(rec, a, memory.mremap(b, c, d, e, f));
        break;
      case 'munmap':
        this.#plain(rec, memory.munmap(a, b));
        break;
      case 'mprotect':
        this.#plain(rec, memory.mprotect(a, b, c));
        break;
      case 'madvise':
        this.#plain(rec, memory.madvise(a, b, c));
        break;
      case 'brk':
        this.#plain(rec, memory.brk(a));
        break;
      case 'touchat':
        this.#touch(rec, a, b, Math.floor(a / 16) & 255);
        break;
      case 'stack':
        this.#touch(rec, this.#stackEnd - a, 1, 1);
        break;
      case 'readat':
        this.#read(rec, a, b);
        break;
      case 'mallinfo':
        rec.mi = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        break;
      case 'check':
        break;
      default:
        throw new Error(`unknown op ${text}`);
    }
    this.#afterwards(rec, op);
    if (op === 'check') this.#check(rec);
    return rec;
  }

  #address(text: string): number | undefined {
    const [, base = '', rest = ''] = /^@(heap|brk|\d+)(.*)$/.exec(text) ?? [];
    let value =
      base === 'heap' ? this.#startBrk : base === 'brk' ? this.memory.mm.brk : this.#ids.get(Number(base));
    if (value === undefined) return undefined;
    for (const [, sign, amount] of rest.matchAll(/([+-])(\d+)/g)) value += Number(`${sign}${amount}`);
    return value;
  }

  #mapped(rec: Record<string, unknown>, id: number, result: number): void {
    if (result >= 0) this.#ids.set(id, result);
    this.#plain(rec, result);
  }

  #plain(rec: Record<string, unknown>, result: number): void {
    rec.r = result < 0 ? result : hex(result);
  }

  #touch(rec: Record<string, unknown>, addr: number, length: number, first: number): void {
    this.#guarded(rec, () => {
      for (let k = 0; k < length; k++) this.memory.writeU8(addr + k, (first + k) & 255);
    });
  }

  #read(rec: Record<string, unknown>, addr: number, length: number): void {
    this.#guarded(rec, () => {
      let hash = 2166136261;
      for (let k = 0; k < length; k++) hash = Math.imul(hash ^ this.memory.readU8(addr + k), 16777619);
      rec.h = (hash >>> 0).toString(16).padStart(8, '0');
    });
  }

  #guarded(rec: Record<string, unknown>, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof MemoryFault)) throw error;
      rec.segv = [error.signal === 'SIGBUS' ? 'SIGBUS' : error.code.slice(5), hex(error.addr)];
    }
  }

  #afterwards(rec: Record<string, unknown>, op: string | undefined): void {
    const calls = this.#tracer.events.filter((event): event is SyscallEvent => event.kind === 'syscall');
    if (calls.length > 0) rec.y = calls.map(syscallRow);
    const faults = this.memory.counters.minflt;
    const newFaults = faults - this.#lastFaults;
    if (newFaults !== 0) rec.f = newFaults;
    const events = this.#tracer.events.filter((event) => event.kind === 'page-fault').length;
    if (events !== newFaults) throw new Error(`${events} events for ${newFaults} faults`);
    const moved = calls.length > 0 || op === 'stack';
    if (moved || newFaults !== 0) {
      const [heap, anon, zeroHeap, zeroAnon] = this.#countPages() as [number, number, number, number];
      const now = [heap, anon - this.#base[0]!, zeroHeap, zeroAnon - this.#base[1]!];
      if (now[0] !== this.#last[0] || now[1] !== this.#last[1]) rec.p = now.slice(0, 2);
      if (now[2] !== this.#last[2] || now[3] !== this.#last[3]) rec.z = now.slice(2);
      this.#last = now;
    }
    this.#lastFaults = faults;
    if (moved) {
      const change = this.#difference();
      if (change !== undefined) rec.v = change;
    }
  }

  #difference(): unknown {
    const now = this.lines().filter(isDynamic);
    const key = (line: MapsLine): string => `${line.start}-${line.end} ${line.permissions} ${line.name}`;
    const before = new Set(this.#shown.map(key));
    const after = new Set(now.map(key));
    const del = this.#shown.filter((line) => !after.has(key(line))).map((line) => hex(line.start));
    const add = now
      .filter((line) => !before.has(key(line)))
      .map((line) => [hex(line.start), hex(line.end), line.permissions, line.name]);
    this.#shown = now;
    return del.length + add.length === 0 ? undefined : { del, add };
  }

  #check(rec: Record<string, unknown>): void {
    rec.vm = this.lines()
      .filter(isDynamic)
      .map((line) => {
        const row: Row = [hex(line.start), hex(line.end), line.permissions, line.name];
        row.push(...this.#resident(line.start, line.end));
        if (isAnonymous(line) || line.name === '[heap]') row.push(this.#checksum(line));
        return row;
      });
    const { space } = this.memory.mm;
    rec.kb = { VmSize: space.totalPages * 4, VmData: space.dataPages * 4, VmStk: space.stackPages * 4 };
  }

  #checksum(line: MapsLine): string {
    let crc = 0;
    this.memory.pageTable.forEachPresent(line.start / 4096, line.end / 4096, (vpn, pte) => {
      const addr = vpn * 4096;
      const initial = this.#initialAnonymous.some(([start, end]) => addr >= start && addr < end);
      if ((pte & PTE_ZERO) === 0 && !initial) crc = crc32(this.memory.peek(addr, 4096)!, crc);
    });
    return crc.toString(16).padStart(8, '0');
  }

  #countPages(): number[] {
    const heap = [0, 0];
    const anon = [0, 0];
    for (const line of this.lines()) {
      if (!isAnonymous(line) && line.name !== '[heap]') continue;
      const [real, zero] = this.#resident(line.start, line.end);
      const sum = line.name === '[heap]' ? heap : anon;
      sum[0]! += real;
      sum[1]! += zero;
    }
    return [heap[0]!, anon[0]!, heap[1]!, anon[1]!];
  }

  #resident(start: number, end: number): [real: number, zero: number] {
    let real = 0;
    let zero = 0;
    this.memory.pageTable.forEachPresent(start / 4096, end / 4096, (_, pte) => {
      if ((pte & PTE_ZERO) !== 0) zero += 1;
      else if ((pte & PTE_PRESENT) !== 0) real += 1;
    });
    return [real, zero];
  }
}

function isAnonymous(line: MapsLine): boolean {
  return line.name === '';
}

function isDynamic(line: MapsLine): boolean {
  return (
    line.name === '' || line.name === '[heap]' || line.name === '[stack]' || line.name.startsWith('/dev/zero')
  );
}

/** A system call as the recordings print it. */
function syscallRow(event: SyscallEvent): Row {
  // The recorder says mmap for both; a 32-bit process makes mmap2.
  const name = event.name === 'mmap2' ? 'mmap' : event.name;
  const small = (k: number): boolean =>
    (name === 'mmap' && k >= 2 && k <= 4) ||
    ((event.name === 'mprotect' || event.name === 'madvise') && k === 2) ||
    (event.name === 'mremap' && k === 3);
  const args = event.name === 'mremap' && (event.args[3]! & 2) === 0 ? event.args.slice(0, 4) : event.args;
  const row: Row = [name, ...args.map((arg, k) => (small(k) ? arg : hex(arg)))];
  const plain = ['munmap', 'mprotect', 'madvise'].includes(event.name);
  row.push(event.result < 0 || plain ? event.result : hex(event.result));
  return row;
}
