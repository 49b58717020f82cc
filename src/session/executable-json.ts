/**
 * The linked program as `readelf` and `size` show it, in the words of the schema `segments-truth/1`.
 *
 * Source: System V ABI, chapters 4 and 5; binutils 2.40: size (Berkeley format), readelf -lS.
 */
import { roundUp } from '../base/address.ts';
import type { ImageSection, ProgramImage } from '../core/image/program-image.ts';
import type { RelocationCount } from '../core/image/dynamic-symbols.ts';
import type { Placement } from '../core/sema/placement.ts';
import type { ProgramAnalysis } from './analysis.ts';

/** A section of the program. */
export interface SectionJson {
  readonly name: string;
  readonly type: string;
  /** W writable, A in memory, X code, M mergeable, T thread-local. */
  readonly flags: string;
  readonly address: number;
  readonly size: number;
  readonly align: number;
  readonly segment: Placement['segment'];
}

/** A program header. */
export interface ProgramHeaderJson {
  readonly type: string;
  readonly flags: string;
  readonly vaddr: number;
  readonly filesz: number;
  readonly memsz: number;
  readonly align: number;
  /** Names of the sections that it covers. */
  readonly sections: readonly string[];
}

/** Totals as `size` prints them. */
export interface SizeJson {
  readonly text: number;
  readonly data: number;
  readonly bss: number;
  readonly dec: number;
}

/** The linked program. */
export interface ExecutableJson {
  readonly type: string;
  /** As `size` prints them. */
  readonly size: SizeJson;
  readonly entry: number;
  readonly sections: readonly SectionJson[];
  readonly program_headers: readonly ProgramHeaderJson[];
  readonly dynamic_relocations: readonly RelocationCount[];
  readonly boundary_symbols: Readonly<Record<string, number>>;
}

/** Describes the image of a program. */
export function executableJson(analysis: ProgramAnalysis): ExecutableJson {
  const { image } = analysis;
  const sections = image.sections.map((section) => sectionJson(image, section));
  return {
    type: image.link === 'pie' || image.link === 'static-pie' ? 'PIE (ET_DYN)' : 'EXEC',
    size: sizeTotals(sections),
    entry: image.entry,
    sections,
    program_headers: programHeaders(image, sections),
    dynamic_relocations: dynamicRelocations(analysis),
    boundary_symbols: boundarySymbols(image),
  };
}

/** `size`: what is read-only counts as text, what is writable as data, what is not in the file as bss. */
export function sizeTotals(sections: readonly Omit<SectionJson, 'address'>[]): SizeJson {
  const sum = (holds: (section: Omit<SectionJson, 'address'>) => boolean): number =>
    sections.reduce((total, section) => total + (holds(section) ? section.size : 0), 0);
  const bss = sum((section) => section.type === 'NOBITS');
  const data = sum((section) => section.type !== 'NOBITS' && section.flags.includes('W'));
  const text = sum((section) => section.type !== 'NOBITS' && !section.flags.includes('W'));
  return { text, data, bss, dec: text + data + bss };
}

const sectionTypes: Readonly<Record<string, string>> = {
  '.note.gnu.property': 'NOTE',
  '.note.gnu.build-id': 'NOTE',
  '.note.ABI-tag': 'NOTE',
  '.gnu.hash': '0x6ffffff6',
  '.dynsym': 'DYNSYM',
  '.dynstr': 'STRTAB',
  '.gnu.version': '0x6fffffff',
  '.gnu.version_r': '0x6ffffffe',
  '.rela.dyn': 'RELA',
  '.rela.plt': 'RELA',
  '.rel.dyn': 'REL',
  '.rel.plt': 'REL',
  '.init_array': 'INIT_ARRAY',
  '.fini_array': 'FINI_ARRAY',
  '.dynamic': 'DYNAMIC',
};

function sectionJson(image: ProgramImage, section: ImageSection): SectionJson {
  const { name, addr, size, align } = section;
  const isThread = name === '.tdata' || name === '.tbss';
  const protection = image.segments.find(
    ({ vaddr, memSize }) => vaddr <= addr && addr < Math.max(vaddr + memSize, vaddr + 1),
  )?.protection;
  const isWritable = protection === 'rw-';
  const isCode = protection === 'r-x';
  // The 4 bytes of crt1.o are a mergeable constant; whatever the program adds is not.
  const isStartUpOnly = name === '.rodata' && size === 4 && image.target === 'x86_64';
  return {
    name,
    type: section.inFile ? (sectionTypes[name] ?? 'PROGBITS') : 'NOBITS',
    flags: `${isWritable ? 'W' : ''}A${isCode ? 'X' : ''}${isStartUpOnly ? 'M' : ''}${isThread ? 'T' : ''}`,
    address: addr,
    size,
    align,
    segment: isThread ? 'tls' : isCode ? 'text' : !isWritable ? 'rodata' : section.inFile ? 'data' : 'bss',
  };
}

/** In ld's order. Source: binutils 2.40, bfd/elf.c: _bfd_elf_map_sections_to_segments. */
function programHeaders(image: ProgramImage, sections: readonly SectionJson[]): ProgramHeaderJson[] {
  const is64 = image.target === 'x86_64';
  const word = is64 ? 8 : 4;
  const header = (type: string, flags: string, covered: readonly SectionJson[]): ProgramHeaderJson[] => {
    const [first] = covered;
    const last = covered.at(-1);
    if (first === undefined || last === undefined) return [];
    const size = last.address + last.size - first.address;
    const align = covered.reduce((most, section) => Math.max(most, section.align), 1);
    const names = covered.map((section) => section.name);
    return [{ type, flags, vaddr: first.address, filesz: size, memsz: size, align, sections: names }];
  };
  const named = (...names: readonly string[]): SectionJson[] =>
    sections.filter((section) => names.includes(section.name));
  const within = (start: number, end: number, isThread = false): string[] =>
    sections
      .filter(({ address, size, flags, type }) => {
        // What is thread-local and not in the file takes no room among the others.
        const room = type === 'NOBITS' && flags.includes('T') && !isThread ? 0 : size;
        return size > 0 && start <= address && address + room <= end;
      })
      .map(({ name }) => name);
  const loads = image.segments.map((segment) => ({
    type: 'LOAD',
    flags: { 'r--': 'R', 'r-x': 'RE', 'rw-': 'RW' }[segment.protection],
    vaddr: segment.vaddr,
    filesz: segment.bytes.length,
    memsz: segment.memSize,
    align: 4096,
    sections: within(segment.vaddr, segment.vaddr + segment.memSize),
  }));
  const headersSize = image.programHeaders * (is64 ? 56 : 32);
  const interp = named('.interp');
  const base = image.segments[0]?.vaddr ?? 0;
  const phdr = {
    type: 'PHDR',
    flags: 'R',
    vaddr: base + (is64 ? 64 : 52),
    filesz: headersSize,
    memsz: headersSize,
    align: word,
    sections: [],
  };
  const property = named('.note.gnu.property');
  const stackFlags = image.isStackExecutable ? 'RWE' : 'RW';
  const stack = {
    type: 'GNU_STACK',
    flags: stackFlags,
    vaddr: 0,
    filesz: 0,
    memsz: 0,
    align: 16,
    sections: [],
  };
  const relro = image.relro;
  return [
    ...(interp.length > 0 ? [phdr, ...header('INTERP', 'R', interp)] : []),
    ...loads,
    ...header('DYNAMIC', 'RW', named('.dynamic')),
    ...header('NOTE', 'R', property),
    ...header('NOTE', 'R', named('.note.gnu.build-id', '.note.ABI-tag')),
    ...threadHeader(image, sections, within),
    ...(is64 ? header('GNU_PROPERTY', 'R', property) : []),
    ...header('GNU_EH_FRAME', 'R', named('.eh_frame_hdr')),
    stack,
    ...(relro === undefined
      ? []
      : [
          {
            type: 'GNU_RELRO',
            flags: 'R',
            vaddr: relro.start,
            filesz: relro.end - relro.start,
            memsz: relro.end - relro.start,
            align: 1,
            sections: within(relro.start, relro.end),
          },
        ]),
  ];
}

function threadHeader(
  image: ProgramImage,
  sections: readonly SectionJson[],
  within: (start: number, end: number, isThread: boolean) => readonly string[],
): ProgramHeaderJson[] {
  const { tls } = image;
  const data = sections.find((section) => section.name === '.tdata');
  const bss = sections.find((section) => section.name === '.tbss');
  const first = data ?? bss;
  if (tls === undefined || first === undefined) return [];
  const filesz = data?.size ?? 0;
  const memsz = bss === undefined ? filesz : bss.address + bss.size - first.address;
  const covered = within(first.address, first.address + memsz, true);
  return [
    { type: 'TLS', flags: 'R', vaddr: first.address, filesz, memsz, align: tls.align, sections: covered },
  ];
}

/** Those that the start-up files need, and the program's own. */
function dynamicRelocations(analysis: ProgramAnalysis): RelocationCount[] {
  const { compile } = analysis.options;
  const { relocations, imports, resolved } = analysis.linked.dynamic;
  const is64 = compile.target === 'x86_64';
  const isPie = compile.link === 'pie';
  const counts = new Map<string, number>(relocations.map(({ type, count }) => [type, count]));
  const add = (type: string, count: number): void => {
    counts.set(type, (counts.get(type) ?? 0) + count);
  };
  add('RELATIVE', isPie ? (is64 ? 3 : 4) : 0);
  add('GLOB_DAT', isPie ? (is64 ? 5 : 4) : is64 ? 2 : 1);
  add(is64 ? 'JUMP_SLOT' : 'JMP_SLOT', imports.length + (is64 ? 0 : 1));
  add('IRELATIVE', resolved.length);
  return relocationOrder.flatMap((type) => {
    const count = counts.get(type) ?? 0;
    return count === 0 ? [] : [{ type, count }];
  });
}

const relocationOrder = [
  '64',
  '32',
  'NONE',
  'RELATIVE',
  'GLOB_DAT',
  'COPY',
  'JUMP_SLOT',
  'JMP_SLOT',
  'IRELATIVE',
] as const;

function boundarySymbols(image: ProgramImage): Record<string, number> {
  const find = (name: string): ImageSection | undefined =>
    image.sections.find((section) => section.name === name);
  const last = image.segments.at(-1);
  const edata = last === undefined ? undefined : last.vaddr + last.bytes.length;
  const word = image.target === 'x86_64' ? 8 : 4;
  const end = last === undefined ? undefined : roundUp(last.vaddr + last.memSize, word);
  const all: Record<string, number | undefined> = {
    _start: image.entry,
    __data_start: find('.data')?.addr,
    _edata: edata,
    // ld sets it before it aligns .bss.
    __bss_start: edata,
    _end: end,
    _GLOBAL_OFFSET_TABLE_: (find('.got.plt') ?? find('.got'))?.addr,
  };
  const known: Record<string, number> = {};
  for (const [name, addr] of Object.entries(all)) if (addr !== undefined) known[name] = addr;
  return known;
}
