/**
 * The whole state at a checkpoint, as text of a record: malloc's lists, the chunks, the VMAs with checksums.
 *
 * Numbers of 64 bits are printed exactly, which JSON.stringify cannot; hence the text is put together here.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import {
  Peek,
  binAddress,
  fastbinAddress,
  firstChunk,
  followList,
  isInArena,
  tcacheAddress,
} from '../../core/malloc/inspect.ts';
import { NBINS } from '../../core/malloc/params.ts';
import type { Word } from '../../core/malloc/word.ts';
import { PTE_ZERO, pteHost } from '../../core/mm/page-table.ts';
import type { Vma } from '../../core/mm/vma.ts';
import { vmaLine } from '../../core/process/proc-maps.ts';
import { crc32 } from './crc32.ts';
import type { ReplayProcess } from './start-state.ts';

/** A quoted hex address. */
export function hex(value: Word): string {
  return `"0x${value.toString(16)}"`;
}

/** Pages of a range: with a frame of their own, and the shared zero page. */
export interface PageCount {
  real: number;
  zero: number;
}

/** Adds the pages of a range to a count. */
export function countPages(process: ReplayProcess, start: number, end: number, count: PageCount): void {
  process.memory.pageTable.forEachPresent(start / PAGE_SIZE, end / PAGE_SIZE, (_vpn, pte) => {
    if ((pte & PTE_ZERO) !== 0) count.zero += 1;
    else count.real += 1;
  });
}

/** Whether a VMA is unnamed or the heap, and neither stack nor file. */
export function isAnonymous(process: ReplayProcess, vma: Vma): boolean {
  const { name } = vmaLine(process.memory, vma);
  return name === '' || name === '[heap]';
}

/** Whether a VMA can change: anonymous, stack, shared anonymous. */
export function isDynamic(process: ReplayProcess, vma: Vma): boolean {
  const { name } = vmaLine(process.memory, vma);
  return name === '' || name === '[heap]' || name === '[stack]' || name.startsWith('/dev/zero');
}

/** The top chunk as recorded: 0 and 0 before the heap exists. */
export function topChunk(process: ReplayProcess): { top: Word; size: Word } {
  const { state } = process.malloc;
  const peek = new Peek(state);
  const top = peek.word(state.mainArenaAddress, state.params.arena.top);
  if (top === 0 || isInArena(state, top)) return { top: 0, size: 0 };
  return { top, size: peek.chunksize(top) };
}

/** `,"s":{…}`: malloc's state. `bad` cuts lists after 200 entries. */
export function stateText(process: ReplayProcess, bad: boolean): string {
  return new StateText(process, bad).text();
}

class StateText {
  readonly #process: ReplayProcess;
  readonly #peek: Peek;
  readonly #limit: number;
  /** The heap's pages: only here lists are trusted to lie. */
  readonly #low: number;
  readonly #high: number;

  constructor(process: ReplayProcess, bad: boolean) {
    this.#process = process;
    this.#peek = new Peek(process.malloc.state);
    this.#limit = bad ? 200 : 2_000_000;
    const { startBrk, brk } = process.memory.mm;
    this.#low = Math.floor(startBrk / PAGE_SIZE) * PAGE_SIZE;
    this.#high = Math.ceil(brk / PAGE_SIZE) * PAGE_SIZE;
  }

  text(): string {
    const m = this.#process.malloc.state;
    const { arena } = m.params;
    const peek = this.#peek;
    const { top, size } = topChunk(this.#process);
    const ready = top !== 0;
    let out = `,"s":{"top":[${hex(top)},${size.toString()}]`;
    out += `,"last_remainder":${hex(peek.word(m.mainArenaAddress, arena.lastRemainder))}`;
    out += `,"system_mem":${peek.word(m.mainArenaAddress, arena.systemMem).toString()}`;
    out += `,"max_system_mem":${peek.word(m.mainArenaAddress, arena.maxSystemMem).toString()}`;
    out += `,"flags":${peek.int(m.mainArenaAddress, arena.flags)}`;
    if (m.release.arenaHasFastbins)
      out += `,"have_fastchunks":${peek.int(m.mainArenaAddress, arena.haveFastchunks)}`;
    if (!ready) return `${out}}`;
    out += this.#tcache();
    if (m.release.arenaHasFastbins) out += this.#fast();
    out += `,"unsorted":[${this.#binned(1, 2)}],"small":{${this.#binned(2, 64)}},"large":{${this.#binned(64, NBINS - 1)}}`;
    const map = [0, 4, 8, 12].map((offset) => peek.int(m.mainArenaAddress, arena.binmap + offset));
    out += `,"binmap":[${map.join(',')}]`;
    out += this.#mp();
    return `${out}${this.#chunks(top)}}`;
  }

  #tcache(): string {
    const m = this.#process.malloc.state;
    const { tcache, par } = m.params;
    const peek = this.#peek;
    const at = tcacheAddress(m);
    const on = at >= this.#low && at < this.#high && this.#high - Number(at) >= tcache.bytes;
    const bins: string[] = [];
    for (let i = 0; on && i < tcache.bins; i += 1) {
      const first = peek.word(at, tcache.entries + i * m.SIZE_SZ);
      const counter = peek.uint(m.w.add(at, i * tcache.counterBytes), tcache.counterBytes);
      const count: Word =
        m.release.tcache.counts === 'used'
          ? counter
          : wrap64(peek.word(m.mpAddress, par.tcacheCount), counter);
      if (first === 0 && count === 0) continue;
      const list = followList(first, 0, this.#limit, (mem) => peek.link(mem));
      bins.push(`"${i}":[${[count.toString(), ...list.map(hex)].join(',')}]`);
    }
    return `,"tcache_at":${hex(on ? at : 0)},"tcache":{${bins.join(',')}}`;
  }

  #fast(): string {
    const m = this.#process.malloc.state;
    const bins: string[] = [];
    for (let i = 0; i < m.params.arena.fastbinCount; i += 1) {
      const list = followList(this.#peek.word(fastbinAddress(m, i)), 0, this.#limit, (p) =>
        this.#peek.link(m.w.add(p, m.CHUNK_HDR_SZ)),
      );
      if (list.length > 0) bins.push(`"${i}":[${list.map(hex).join(',')}]`);
    }
    return `,"fast":{${bins.join(',')}}`;
  }

  /** The lists of bins [from, to), in list order. */
  #binned(from: number, to: number): string {
    const m = this.#process.malloc.state;
    const peek = this.#peek;
    const bins: string[] = [];
    for (let i = from; i < to; i += 1) {
      const header = binAddress(m, i);
      const first = peek.word(header, 2 * m.SIZE_SZ);
      if (first === header) continue;
      const list = followList(first, header, this.#limit, (p) => peek.word(p, 2 * m.SIZE_SZ));
      const entries = list.map((p) => {
        if (from === 2) return hex(p);
        const inRing = from === 64 && peek.word(p, 4 * m.SIZE_SZ) !== 0;
        return `[${hex(p)},${peek.chunksize(p).toString()}${inRing ? ',1' : ''}]`;
      });
      bins.push(from === 1 ? entries.join(',') : `"${i}":[${entries.join(',')}]`);
    }
    return bins.join(',');
  }

  #mp(): string {
    const m = this.#process.malloc.state;
    const { par } = m.params;
    const word = (offset: number): string => this.#peek.word(m.mpAddress, offset).toString();
    const int = (offset: number): string => this.#peek.int(m.mpAddress, offset).toString();
    return (
      `,"mp":{"mmap_threshold":${word(par.mmapThreshold)},"trim_threshold":${word(par.trimThreshold)}` +
      `,"top_pad":${word(par.topPad)},"no_dyn_threshold":${int(par.noDynThreshold)},"n_mmaps":${int(par.nMmaps)}` +
      `,"max_n_mmaps":${int(par.maxNMmaps)},"mmapped_mem":${word(par.mmappedMem)}` +
      `,"max_mmapped_mem":${word(par.maxMmappedMem)},"sbrk_base":${hex(this.#peek.word(m.mpAddress, par.sbrkBase))}}`
    );
  }

  /** The raw size words from the first chunk to top; ` *` where the walk stopped before. */
  #chunks(top: Word): string {
    const m = this.#process.malloc.state;
    const base = this.#peek.word(m.mpAddress, m.params.par.sbrkBase);
    if (base === 0 || base === m.w.max) return '';
    const words: string[] = [];
    let p: Word = firstChunk(m, Number(base));
    for (let k = 0; k < 2_000_000; k += 1) {
      words.push(this.#peek.word(p, m.SIZE_SZ).toString(16));
      if (p === top) break;
      const size = this.#peek.chunksize(p);
      const left = BigInt.asUintN(64, BigInt(this.#high) - BigInt(p));
      if (size < 16 || size < m.CHUNK_HDR_SZ || size >= left) {
        words.push('*');
        break;
      }
      p = m.w.add(p, size);
    }
    return `,"chunks":"${words.join(' ')}"`;
  }
}

function wrap64(a: Word, b: number): Word {
  const difference = BigInt.asUintN(64, BigInt(a) - BigInt(b));
  return difference <= Number.MAX_SAFE_INTEGER ? Number(difference) : difference;
}

/** `,"vm":[…],"kb":{…}`: the VMAs that can change, and what the kernel counts. */
export function vmaText(process: ReplayProcess): string {
  const { memory } = process;
  const lines: string[] = [];
  for (const vma of memory.addressSpace.vmas) {
    if (!isDynamic(process, vma)) continue;
    const { name, permissions } = vmaLine(memory, vma);
    const count: PageCount = { real: 0, zero: 0 };
    countPages(process, vma.start, vma.end, count);
    const checksum = isAnonymous(process, vma) ? `,"${checksumOf(process, vma)}"` : '';
    lines.push(
      `[${hex(vma.start)},${hex(vma.end)},"${permissions}","${name}",${count.real},${count.zero}${checksum}]`,
    );
  }
  const kib = (pages: number): number => (pages * PAGE_SIZE) / 1024;
  const { totalPages, dataPages, stackPages } = memory.addressSpace;
  return (
    `,"vm":[${lines.join(',')}]` +
    `,"kb":{"VmSize":${kib(totalPages)},"VmData":${kib(dataPages)},"VmStk":${kib(stackPages)}}`
  );
}

/** CRC-32 of the real pages in address order, save those that libc had at start. */
function checksumOf(process: ReplayProcess, vma: Vma): string {
  let crc = 0;
  const { memory } = process;
  const initial = process.initialAnonymous.filter(({ start, end }) => start < vma.end && end > vma.start);
  memory.pageTable.forEachPresent(vma.start / PAGE_SIZE, vma.end / PAGE_SIZE, (vpn, pte) => {
    if ((pte & PTE_ZERO) !== 0) return;
    const addr = vpn * PAGE_SIZE;
    if (initial.some(({ start, end }) => addr >= start && addr < end)) return;
    const host = pteHost(pte);
    crc = crc32(crc, memory.u8.subarray(host, host + PAGE_SIZE));
  });
  return crc.toString(16).padStart(8, '0');
}
