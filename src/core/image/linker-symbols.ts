/**
 * Symbols that the program has without defining them: ld's own, which are bounds of sections and segments, and those of the
 * start-up files.
 *
 * Source: the linker script of binutils 2.40 (ld --verbose); ld/ldlang.c (lang_init_start_stop) for the bounds of sections
 * whose names are C identifiers; crt1.o, crti.o and crtbegin.o.
 */
import type { SectionLayout } from './sections.ts';

/** Place of each symbol, given the addresses of the sections. */
const placeOf: Readonly<Record<string, (layout: SectionLayout) => number | undefined>> = {
  __executable_start: headersStart,
  __ehdr_start: headersStart,
  __etext: (layout) => endOf(layout, '.fini'),
  _etext: (layout) => endOf(layout, '.fini'),
  etext: (layout) => endOf(layout, '.fini'),
  __preinit_array_start: (layout) => startOf(layout, '.init_array'),
  __preinit_array_end: (layout) => startOf(layout, '.init_array'),
  __init_array_start: (layout) => startOf(layout, '.init_array'),
  __init_array_end: (layout) => endOf(layout, '.init_array'),
  __fini_array_start: (layout) => startOf(layout, '.fini_array'),
  __fini_array_end: (layout) => endOf(layout, '.fini_array'),
  _DYNAMIC: (layout) => startOf(layout, '.dynamic'),
  _GLOBAL_OFFSET_TABLE_: (layout) => startOf(layout, '.got.plt') ?? startOf(layout, '.got'),
  __data_start: (layout) => startOf(layout, '.data'),
  data_start: (layout) => startOf(layout, '.data'),
  _edata: (layout) => layout.dataFileEnd,
  edata: (layout) => layout.dataFileEnd,
  __bss_start: (layout) => layout.dataFileEnd,
  _end: (layout) => layout.bssEnd,
  end: (layout) => layout.bssEnd,
  _init: (layout) => startOf(layout, '.init'),
  _start: (layout) => layout.entry,
  _fini: (layout) => startOf(layout, '.fini'),
  // crt1.o: _fp_hw stands before it on i386.
  _IO_stdin_used: (layout) => behind(startOf(layout, '.rodata'), layout.word === 4 ? 4 : 0),
  // crtbegin.o, behind the word of crt1.o that is data_start.
  __dso_handle: (layout) => behind(startOf(layout, '.data'), layout.word),
};

/** The same as a map, which does not make every name that is asked for one of the engine's own. */
const places: ReadonlyMap<string, (layout: SectionLayout) => number | undefined> = new Map(
  Object.entries(placeOf),
);

const sectionBound = /^__(start|stop)_(\w+)$/;

/** Whether a program that refers to a symbol of that name, and has none of its own, finds it all the same. */
export function isLinkerSymbol(name: string): boolean {
  return places.has(name) || sectionBound.test(name);
}

/**
 * The address of a symbol of ld or of the start-up files.
 *
 * @returns the link address; undefined for other names and for bounds of sections that the program does not have
 */
export function linkerSymbolAddress(name: string, layout: SectionLayout): number | undefined {
  const place = places.get(name);
  if (place !== undefined) return place(layout);
  const [, bound, section] = sectionBound.exec(name) ?? [];
  if (section === undefined) return undefined;
  return bound === 'start' ? startOf(layout, section) : endOf(layout, section);
}

/** The ELF header is the first thing of the first segment, on the page of the first section. */
function headersStart(layout: SectionLayout): number | undefined {
  const [first] = layout.sections;
  return first === undefined ? undefined : first.addr - (first.addr % 0x1000);
}

function startOf(layout: SectionLayout, section: string): number | undefined {
  return layout.byName.get(section)?.addr;
}

function behind(addr: number | undefined, bytes: number): number | undefined {
  return addr === undefined ? undefined : addr + bytes;
}

function endOf(layout: SectionLayout, section: string): number | undefined {
  const placed = layout.byName.get(section);
  return placed === undefined ? undefined : placed.addr + placed.size;
}
