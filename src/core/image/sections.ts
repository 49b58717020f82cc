/**
 * The sections of a linked program: sizes of what the start-up files contribute, and where each section begins.
 *
 * Source: Debian 12's gcc 12.2, binutils 2.40, glibc 2.36 start-up files (Scrt1.o, crt1.o, crti.o, crtbeginS.o, ...);
 * the default script of ld (SEPARATE_CODE, RELRO). The figures are measured.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type { LibraryNeed } from './dynamic-symbols.ts';
import type { SectionKind } from './object-file.ts';

/** What goes into a section, and its alignment. */
export interface UserContribution {
  readonly size: number;
  readonly align: number;
}

/** What the start-up files have in a section before the program's own. */
export function startUpBytes(options: CompileOptions, section: string): UserContribution {
  const start = startUpOf(options);
  switch (section) {
    case '.text':
      return { size: start.textBefore, align: 16 };
    case '.data':
      return { size: start.dataBefore, align: start.word };
    case '.bss':
      return { size: start.bssBefore, align: 1 };
    case '.rodata':
      return { size: start.rodataBefore, align: 4 };
    case '.init_array':
    case '.fini_array':
      return { size: start.word, align: start.word };
    default:
      return nothing;
  }
}

const nothing: UserContribution = { size: 0, align: 1 };

/** A section of the program's own. */
export interface CustomSection {
  readonly name: string;
  readonly kind: SectionKind;
  readonly use: UserContribution;
}

/** What decides the places of the sections; sizes count what the start-up files contribute. */
export interface LayoutInputs {
  readonly options: CompileOptions;
  /** Slots of the PLT. */
  readonly importCount: number;
  /** Functions that are called by way of the GOT. */
  readonly gotCallCount: number;
  /** Functions and objects whose address is taken from the GOT, weak references included. */
  readonly gotEntries: number;
  /** Imports and other undefined symbols. */
  readonly dynamicSymbolNames: readonly string[];
  /** Dynamic symbols that others find here. */
  readonly hashedCount: number;
  /** Libraries besides libc. */
  readonly neededLibraries: readonly LibraryNeed[];
  /** Names of versions of libc's symbols besides the two that every program needs. */
  readonly versionNames: readonly string[];
  readonly dynamicRelocations: number;
  readonly text: UserContribution;
  /** Where _start is in .text. */
  readonly entryOffset: number;
  readonly rodata: UserContribution;
  /** Entries of .eh_frame besides those of the start-up files. */
  readonly functionCount: number;
  /** Bytes of .eh_frame that the program's functions need. */
  readonly unwindBytes: number;
  readonly tdata: UserContribution;
  readonly tbss: UserContribution;
  readonly dataRelRo: UserContribution;
  readonly data: UserContribution;
  readonly bss: UserContribution;
  readonly initArray: UserContribution;
  readonly finiArray: UserContribution;
  /** In the order in which ld comes by them. */
  readonly custom: readonly CustomSection[];
}

/** A section with its place. */
export interface PlacedSection {
  readonly name: string;
  readonly addr: number;
  readonly size: number;
  readonly align: number;
  readonly isNoBits: boolean;
}

/** The places of all sections and what follows from them. */
export interface SectionLayout {
  readonly sections: readonly PlacedSection[];
  readonly byName: ReadonlyMap<string, PlacedSection>;
  /** Ends of the four loaded parts: headers and dynamic tables, code, read-only data, data. */
  readonly headersEnd: number;
  readonly codeStart: number;
  readonly codeEnd: number;
  readonly readOnlyStart: number;
  readonly readOnlyEnd: number;
  readonly relroStart: number;
  readonly relroEnd: number;
  readonly dataFileEnd: number;
  readonly bssEnd: number;
  readonly programHeaders: number;
  /** Address of _start. */
  readonly entry: number;
  /** Bytes of an address. */
  readonly word: 4 | 8;
}

/** Figures of the start-up files that differ by target and kind of link. */
interface StartUp {
  readonly base: number;
  readonly word: 4 | 8;
  /** Bytes of start-up code in .text before the first function. */
  readonly textBefore: number;
  readonly initSize: number;
  readonly finiSize: number;
  readonly pltGotSize: number;
  readonly rodataBefore: number;
  readonly dataBefore: number;
  readonly bssBefore: number;
  readonly dynamicBase: number;
  readonly unwindBase: number;
  readonly unwindEntries: number;
  readonly gotPltHead: number;
  /** Dynamic symbols, versions and libraries of the start-up files. */
  readonly dynamicNames: readonly string[];
  readonly hashedSymbols: number;
}

const commonNames = ['libc.so.6', '__libc_start_main', 'GLIBC_2.34', '__gmon_start__'];
const pieNames = ['_ITM_deregisterTMCloneTable', '_ITM_registerTMCloneTable', '__cxa_finalize'];

function startUpOf(options: CompileOptions): StartUp {
  const isPie = options.link === 'pie';
  if (options.target === 'x86_64') {
    return {
      base: isPie ? 0 : 0x400000,
      word: 8,
      textBefore: isPie ? 0xe9 : 0xe6,
      initSize: 0x17,
      finiSize: 9,
      pltGotSize: isPie ? 8 : 0,
      rodataBefore: 4,
      dataBefore: 0x10,
      bssBefore: 1,
      dynamicBase: isPie ? 0x1b0 : 0x190,
      unwindBase: isPie ? 0x8c : 0x5c,
      unwindEntries: isPie ? 3 : 2,
      gotPltHead: 0x18,
      dynamicNames: [...commonNames, ...(isPie ? [...pieNames, 'GLIBC_2.2.5'] : [])],
      hashedSymbols: isPie ? 1 : 0,
    };
  }
  return {
    base: isPie ? 0 : 0x8048000,
    word: 4,
    textBefore: isPie ? 0x12d : 0x106,
    initSize: 0x20,
    finiSize: 0x14,
    pltGotSize: isPie ? 8 : 0,
    rodataBefore: 8,
    dataBefore: 8,
    bssBefore: 1,
    dynamicBase: isPie ? 0xf0 : 0xe8,
    unwindBase: 0x80,
    unwindEntries: 3,
    gotPltHead: 0xc,
    dynamicNames: [...commonNames, '_IO_stdin_used', ...(isPie ? [...pieNames, 'GLIBC_2.1.3'] : [])],
    hashedSymbols: 1,
  };
}

/** Names in .dynstr that are no symbols. */
const isVersionOrLibrary = (name: string): boolean => name.startsWith('GLIBC_') || name.includes('.so');

/** Bytes of a string table; a string that ends another one needs no room of its own. */
function stringTableBytes(names: readonly string[]): number {
  const all = new Set(names);
  const lengths = [...new Set(Array.from(all, (name) => name.length))].sort((a, b) => a - b);
  const ends = new Set<string>();
  for (const name of all) {
    for (const length of lengths) {
      if (length >= name.length) break;
      const end = name.slice(name.length - length);
      if (all.has(end)) ends.add(end);
    }
  }
  let bytes = 1;
  for (const name of all) if (!ends.has(name)) bytes += name.length + 1;
  return bytes;
}

/** Source: bfd/elflink.c of binutils 2.40: compute_bucket_count, bfd_elf_size_dynsym_hash_dynstr (behaviour). */
function hashTableBytes(symbols: number, word: 4 | 8): number {
  if (symbols === 0) return 16 + word + 4;
  const sizes = [1, 3, 17, 37, 67, 97, 131, 197, 263, 521, 1031, 2053];
  const buckets = Math.max(2, ...sizes.filter((size) => size <= symbols));
  const log2 = Math.floor(Math.log2(symbols)) + 1;
  const isDense = log2 >= 3 && Math.floor(symbols / 2 ** (log2 - 2)) % 2 === 1;
  const least = word === 8 ? 6 : 5;
  const bits = Math.max(least, log2 < 3 ? 5 : log2 + (isDense ? 3 : 2));
  return 16 + word * 2 ** (bits - least) + 4 * buckets + 4 * symbols;
}

/** Places all sections of a dynamically linked program. */
export function layOutSections(inputs: LayoutInputs): SectionLayout {
  const start = startUpOf(inputs.options);
  const { word } = start;
  const isPie = inputs.options.link === 'pie';
  const sections: PlacedSection[] = [];
  let at = start.base;
  const put = (
    name: string,
    size: number,
    align: number,
    extra: { readonly isNoBits?: boolean } = {},
  ): PlacedSection => {
    at = roundUp(at, align);
    const placed: PlacedSection = {
      name,
      addr: at,
      size,
      align,
      isNoBits: extra.isNoBits ?? false,
    };
    sections.push(placed);
    if (extra.isNoBits !== true) at += size;
    return placed;
  };

  // Headers and dynamic tables.
  const hasTls = inputs.tdata.size > 0 || inputs.tbss.size > 0;
  const programHeaders = (word === 8 ? 13 : 11) + (hasTls ? 1 : 0);
  at += (word === 8 ? 0x40 : 0x34) + programHeaders * (word === 8 ? 56 : 32);
  put('.interp', word === 8 ? 0x1c : 0x13, 1);
  if (word === 8) put('.note.gnu.property', 0x20, word);
  put('.note.gnu.build-id', 0x24, 4);
  put('.note.ABI-tag', 0x20, 4);
  const names = inputs.dynamicSymbolNames;
  put('.gnu.hash', hashTableBytes(start.hashedSymbols + inputs.hashedCount, word), word);
  const symbols = 1 + names.length + start.dynamicNames.filter((name) => !isVersionOrLibrary(name)).length;
  put('.dynsym', symbols * (word === 8 ? 24 : 16), word);
  put(
    '.dynstr',
    stringTableBytes([
      ...start.dynamicNames,
      ...names,
      ...inputs.versionNames,
      ...inputs.neededLibraries.flatMap((library) => [library.name, ...library.versions]),
    ]),
    1,
  );
  put('.gnu.version', symbols * 2, 2);
  // Each library has a record, and one for each version.
  const versions =
    inputs.versionNames.length +
    inputs.neededLibraries.reduce((sum, library) => sum + 1 + library.versions.length, 0);
  put('.gnu.version_r', (isPie ? 0x30 : 0x20) + 16 * versions, word);
  const relaSize = word === 8 ? 24 : 8;
  const [dynamicTable, pltTable] = word === 8 ? ['.rela.dyn', '.rela.plt'] : ['.rel.dyn', '.rel.plt'];
  put(dynamicTable, ((isPie ? 8 : word === 8 ? 2 : 1) + inputs.dynamicRelocations) * relaSize, word);
  // On i386 the start-up code calls __libc_start_main through the PLT.
  const pltCount = inputs.importCount + (word === 8 ? 0 : 1);
  if (pltCount > 0) put(pltTable, pltCount * relaSize, word);
  const headersEnd = at;

  // Code.
  at = roundUp(at, PAGE_SIZE);
  const codeStart = at;
  put('.init', start.initSize, 4);
  const hasPlt = isPie || inputs.importCount > 0 || word === 4;
  if (hasPlt) put('.plt', 0x10 * (inputs.importCount + 1 + (word === 4 ? 1 : 0)), 16);
  const gotCalls = start.pltGotSize + 8 * inputs.gotCallCount;
  if (gotCalls > 0) put('.plt.got', gotCalls, 8);
  put('.text', inputs.text.size, Math.max(16, inputs.text.align));
  for (const one of inputs.custom) {
    if (one.kind === 'text') put(one.name, one.use.size, one.use.align);
  }
  put('.fini', start.finiSize, 4);
  const codeEnd = at;

  // Read-only data.
  at = roundUp(at, PAGE_SIZE);
  const readOnlyStart = at;
  const rodataAlign = Math.max(4, inputs.rodata.align);
  put('.rodata', Math.max(start.rodataBefore, inputs.rodata.size), rodataAlign);
  for (const one of inputs.custom) {
    if (one.kind === 'rodata') put(one.name, one.use.size, one.use.align);
  }
  // A program at a fixed place that imports nothing has no PLT to describe.
  const describesPlt = word === 8 && !isPie && inputs.importCount > 0;
  const describesGotCalls = word === 8 && !isPie && inputs.gotCallCount > 0;
  const unwindEntries =
    start.unwindEntries + inputs.functionCount + (describesPlt ? 1 : 0) + (describesGotCalls ? 1 : 0);
  put('.eh_frame_hdr', 12 + 8 * unwindEntries, 4);
  put(
    '.eh_frame',
    start.unwindBase + inputs.unwindBytes + (describesPlt ? 0x28 : 0) + (describesGotCalls ? 0x18 : 0),
    word,
  );
  const readOnlyEnd = at;

  // Data: the part that becomes read-only ends at a page boundary.
  // The entries about the PLT; on i386 __libc_start_main is always called through it.
  const pltEntries = word === 8 && inputs.importCount > 0 ? (isPie ? 3 : 4) : 0;
  const dynamicSize = start.dynamicBase + (pltEntries + inputs.neededLibraries.length) * 2 * word;
  const gotSize = ((isPie ? 5 : word === 8 ? 2 : 1) + inputs.gotEntries) * word;
  // The first thread-local section has the alignment of all.
  const tlsAlign = Math.max(inputs.tdata.align, inputs.tbss.size > 0 ? inputs.tbss.align : 1);
  const relroParts: readonly { name: string; size: number; align: number; isNoBits?: boolean }[] = [
    ...(inputs.tdata.size > 0 ? [{ name: '.tdata', ...inputs.tdata, align: tlsAlign }] : []),
    ...(inputs.tbss.size > 0 ? [{ name: '.tbss', ...inputs.tbss, isNoBits: true }] : []),
    { name: '.init_array', ...inputs.initArray, align: Math.max(word, inputs.initArray.align) },
    { name: '.fini_array', ...inputs.finiArray, align: Math.max(word, inputs.finiArray.align) },
    ...(inputs.dataRelRo.size > 0 ? [{ name: '.data.rel.ro', ...inputs.dataRelRo }] : []),
    { name: '.dynamic', size: dynamicSize, align: word },
    { name: '.got', size: gotSize, align: word },
  ];
  // ld starts the segment one page on, at the same place in the page, and shifts it so that the part ends at a page.
  const segmentStart = roundUp(at, PAGE_SIZE) + (at % PAGE_SIZE);
  const measure = (from: number): number => {
    let end = from;
    for (const part of relroParts) {
      end = roundUp(end, part.align);
      if (part.isNoBits !== true) end += part.size;
    }
    return end + start.gotPltHead - from;
  };
  const relroEnd = roundUp(segmentStart + measure(segmentStart), PAGE_SIZE);
  at = relroEnd - start.gotPltHead;
  for (const part of [...relroParts].reverse()) {
    at = roundDown(at - (part.isNoBits === true ? 0 : part.size), part.align);
  }
  const relroStart = at;
  for (const part of relroParts) put(part.name, part.size, part.align, { isNoBits: part.isNoBits ?? false });
  at = relroEnd - start.gotPltHead;
  put('.got.plt', start.gotPltHead + word * (inputs.importCount + (word === 4 ? 1 : 0)), word);
  const dataAlign = Math.max(word, inputs.data.align);
  put('.data', Math.max(start.dataBefore, inputs.data.size), dataAlign);
  for (const one of inputs.custom) {
    if (one.kind === 'data') put(one.name, one.use.size, one.use.align);
  }
  const dataFileEnd = at;
  const bssAlign = Math.max(1, inputs.bss.align);
  at = roundUp(at, bssAlign);
  const bssSize = roundUp(at + Math.max(start.bssBefore, inputs.bss.size), word) - at;
  put('.bss', bssSize, bssAlign, { isNoBits: true });
  at += bssSize;
  for (const one of inputs.custom) {
    if (one.kind !== 'bss') continue;
    put(one.name, one.use.size, one.use.align, { isNoBits: true });
    at += one.use.size;
  }
  const byName = new Map(sections.map((section) => [section.name, section]));
  return {
    sections,
    byName,
    headersEnd,
    codeStart,
    codeEnd,
    readOnlyStart,
    readOnlyEnd,
    relroStart,
    relroEnd,
    dataFileEnd,
    bssEnd: at,
    programHeaders,
    entry: (byName.get('.text')?.addr ?? 0) + inputs.entryOffset,
    word,
  };
}

/** The thread-local block: .tdata, then .tbss; the thread pointer is at its end, rounded up to its alignment. */
export function threadBlock(layout: SectionLayout): {
  readonly size: number;
  readonly bssStart: number;
  readonly align: number;
} {
  const data = layout.byName.get('.tdata');
  const bss = layout.byName.get('.tbss');
  const align = Math.max(data?.align ?? 1, bss?.align ?? 1);
  const bssStart = roundUp(data?.size ?? 0, bss?.align ?? 1);
  return { size: roundUp(bssStart + (bss?.size ?? 0), align), bssStart, align };
}
