/**
 * The sections of a linked program: sizes of what the start-up files contribute, and where each section begins.
 *
 * Source: Debian 12's gcc 12.2, binutils 2.40, glibc 2.36 start-up files (Scrt1.o, crt1.o, crti.o, crtbeginS.o, ...);
 * the default script of ld (SEPARATE_CODE, RELRO). The figures are measured.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import type { CompileOptions } from '../sema/placement.ts';

/** What the program's files put into a section: where it ends, what the start-up files contribute included. */
export interface UserContribution {
  readonly size: number;
  readonly align: number;
}

/** Bytes of a section that belong to the start-up files and precede the program's own. */
export function startUpBytes(options: CompileOptions, section: string): number {
  const start = startUpOf(options);
  switch (section) {
    case '.data':
      return start.dataBefore;
    case '.bss':
      return start.bssBefore;
    case '.rodata':
      return start.rodataBefore;
    default:
      return 0;
  }
}

/** What decides the places of the sections. */
export interface LayoutInputs {
  readonly options: CompileOptions;
  /** Functions called through the PLT. */
  readonly importCount: number;
  /** Functions and objects whose address is taken from the GOT, weak references included. */
  readonly gotEntries: number;
  /** Bytes of names of imports in .dynstr, with their terminators, and other undefined symbols. */
  readonly dynamicSymbolNames: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Names of symbol versions besides the two that every program needs. */
  readonly versionNames: readonly string[];
  readonly relativeRelocations: number;
  readonly otherRelocations: number;
  readonly text: UserContribution;
  readonly rodata: UserContribution;
  readonly functionCount: number;
  /** Bytes of .eh_frame that the program's functions need. */
  readonly unwindBytes: number;
  readonly tdata: UserContribution;
  readonly tbss: UserContribution;
  readonly dataRelRo: UserContribution;
  readonly data: UserContribution;
  readonly bss: UserContribution;
  readonly constructorCount: number;
  readonly destructorCount: number;
  /** Sections of the program's own, with their names. */
  readonly custom: readonly {
    readonly name: string;
    readonly kind: 'data' | 'rodata' | 'bss' | 'text';
    readonly use: UserContribution;
  }[];
}

/** A section with its place. */
export interface PlacedSection {
  readonly name: string;
  readonly addr: number;
  readonly size: number;
  readonly align: number;
  readonly isNoBits: boolean;
  /** .text: offset of the first function of the program. */
  readonly userOffset: number;
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
}

/** Figures of the start-up files that differ by target and kind of link. */
interface StartUp {
  readonly base: number;
  readonly word: 4 | 8;
  /** Bytes of start-up code in .text before the first function. */
  readonly textBefore: number;
  /** Bytes of .text before the first function when .plt is absent differ by this. */
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
}

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
    unwindBase: isPie ? 0x94 : 0x80,
    unwindEntries: isPie ? 4 : 3,
    gotPltHead: 0xc,
  };
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
    extra: { readonly isNoBits?: boolean; readonly userOffset?: number } = {},
  ): PlacedSection => {
    at = roundUp(at, align);
    const placed: PlacedSection = {
      name,
      addr: at,
      size,
      align,
      isNoBits: extra.isNoBits ?? false,
      userOffset: extra.userOffset ?? 0,
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
  const isPie64 = isPie && word === 8;
  put('.gnu.hash', isPie64 ? 0x24 : word === 8 ? 0x1c : 0x20, word);
  const symbols = names.length + (word === 8 ? (isPie ? 6 : 3) : isPie ? 7 : 4);
  put('.dynsym', symbols * (word === 8 ? 24 : 16), word);
  const bytesOf = (list: readonly string[]): number => list.reduce((sum, name) => sum + name.length + 1, 0);
  const baseNames = word === 8 ? (isPie ? 0x88 : 0x37) : isPie ? 0x97 : 0x46;
  put('.dynstr', baseNames + bytesOf([...names, ...inputs.versionNames, ...inputs.neededLibraries]), 1);
  put('.gnu.version', symbols * 2, 2);
  const versions = inputs.versionNames.length + inputs.neededLibraries.length;
  put('.gnu.version_r', (isPie ? 0x30 : 0x20) + 16 * versions, word);
  const relaSize = word === 8 ? 24 : 8;
  const relocations = inputs.relativeRelocations + inputs.otherRelocations;
  const [dynamicTable, pltTable] = word === 8 ? ['.rela.dyn', '.rela.plt'] : ['.rel.dyn', '.rel.plt'];
  put(dynamicTable, ((isPie ? 8 : word === 8 ? 2 : 1) + relocations) * relaSize, word);
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
  if (start.pltGotSize > 0) put('.plt.got', start.pltGotSize, 8);
  put('.text', start.textBefore + inputs.text.size, 16, { userOffset: start.textBefore });
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
  const unwindEntries = start.unwindEntries + inputs.functionCount + (describesPlt ? 1 : 0);
  put('.eh_frame_hdr', 12 + 8 * unwindEntries, 4);
  put('.eh_frame', start.unwindBase + inputs.unwindBytes + (describesPlt ? 0x28 : 0), word);
  const readOnlyEnd = at;

  // Data: the part that becomes read-only ends at a page boundary.
  // The entries about the PLT; on i386 __libc_start_main is always called through it.
  const pltEntries = word === 8 && inputs.importCount > 0 ? (isPie ? 3 : 4) : 0;
  const dynamicSize = start.dynamicBase + (pltEntries + inputs.neededLibraries.length) * 2 * word;
  const gotSize = ((isPie ? 5 : word === 8 ? 2 : 1) + inputs.gotEntries) * word;
  const relroParts: readonly { name: string; size: number; align: number; isNoBits?: boolean }[] = [
    ...(inputs.tdata.size > 0 ? [{ name: '.tdata', ...inputs.tdata }] : []),
    ...(inputs.tbss.size > 0 ? [{ name: '.tbss', ...inputs.tbss, isNoBits: true }] : []),
    { name: '.init_array', size: word * (1 + inputs.constructorCount), align: word },
    { name: '.fini_array', size: word * (1 + inputs.destructorCount), align: word },
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
  const maxAlign = relroParts.reduce((most, part) => Math.max(most, part.align), 1);
  at = roundDown(relroEnd - measure(0), maxAlign);
  while (at + measure(at) > relroEnd) at -= maxAlign;
  const first = relroParts[0];
  at = roundUp(at, first?.align ?? 1);
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
  for (const one of inputs.custom) {
    if (one.kind === 'bss') put(one.name, one.use.size, one.use.align, { isNoBits: true });
    if (one.kind === 'bss') at += one.use.size;
  }
  const bssAlign = Math.max(1, inputs.bss.align);
  at = roundUp(at, bssAlign);
  const bssSize = roundUp(at + Math.max(start.bssBefore, inputs.bss.size), word) - at;
  put('.bss', bssSize, bssAlign, { isNoBits: true });
  at += bssSize;
  return {
    sections,
    byName: new Map(sections.map((section) => [section.name, section])),
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
  };
}
