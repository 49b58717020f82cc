/**
 * The object file in the words of the schema `segments-truth/1`: its sections with their sizes, and the symbols that the debug
 * information does not name.
 *
 * Source: System V ABI, chapter 4 (special sections); binutils 2.40: size (Berkeley format).
 */
import { roundUp } from '../base/address.ts';
import { THUNK_UNWIND_BYTES } from '../core/image/link.ts';
import type { ObjectFile, ObjectSection } from '../core/image/object-file.ts';
import type { Placement } from '../core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol } from '../core/sema/typed-tree.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { sizeTotals } from './executable-json.ts';
import type { SectionJson, SizeJson } from './executable-json.ts';

/** An object file; its sections have no addresses. */
export interface ObjectFileJson {
  readonly size: SizeJson;
  readonly sections: readonly Omit<SectionJson, 'address'>[];
}

/** A symbol that no variable or function of the text has for its name. */
export interface OtherSymbolJson {
  readonly name: string;
  readonly symbol_type: 'OBJECT' | 'TLS' | 'FUNC' | 'IFUNC';
  readonly bind: 'LOCAL' | 'GLOBAL' | 'WEAK';
  readonly visibility?: string;
  readonly size: number;
  readonly object_section?: string;
  readonly section?: string;
  readonly segment?: Placement['segment'];
  readonly address?: number;
  readonly emitted_align?: number;
  readonly relocations?: number;
}

const segmentOfKind = {
  text: 'text',
  rodata: 'rodata',
  data: 'data',
  bss: 'bss',
  tdata: 'tls',
  tbss: 'tls',
} as const;

/** Sections and totals of an object file. */
export function objectFileJson(analysis: ProgramAnalysis, file: ObjectFile): ObjectFileJson {
  const is64 = analysis.options.compile.target === 'x86_64';
  const sections = file.sections
    .filter((section) => section.size > 0 && section.name !== 'COMMON')
    .map(sectionJson);
  const thunks = file.sections.filter(({ name }) => name.includes('.get_pc_thunk.')).length;
  const unwind = file.functions.map((fn) => analysis.linked.unwindBytesOf(fn));
  if (unwind.length > 0) {
    const entries = unwind.reduce((sum, bytes) => sum + bytes, 0) + THUNK_UNWIND_BYTES * thunks;
    sections.push({
      name: '.eh_frame',
      type: 'PROGBITS',
      flags: 'A',
      size: roundUp(COMMON_UNWIND_BYTES + entries, is64 ? 8 : 4),
      align: is64 ? 8 : 4,
      segment: 'rodata',
    });
  }
  return { size: sizeTotals(sections), sections };
}

/** The entry that all functions of a file share. */
const COMMON_UNWIND_BYTES = 24;

function sectionJson({ name, kind, size, align }: ObjectSection): Omit<SectionJson, 'address'> {
  const isNoBits = kind === 'bss' || kind === 'tbss';
  const isWritable = kind !== 'text' && kind !== 'rodata';
  const isThread = kind === 'tdata' || kind === 'tbss';
  const type = name.startsWith('.init_array')
    ? 'INIT_ARRAY'
    : name.startsWith('.fini_array')
      ? 'FINI_ARRAY'
      : isNoBits
        ? 'NOBITS'
        : 'PROGBITS';
  return {
    name,
    type,
    flags: `${isWritable ? 'W' : ''}A${kind === 'text' ? 'X' : ''}${isThread ? 'T' : ''}`,
    size,
    align,
    segment: segmentOfKind[kind],
  };
}

/** Compound literals of file scope, aliases of functions, functions that a resolver chooses. */
export function otherSymbolsJson(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  file: ObjectFile | undefined,
): OtherSymbolJson[] {
  const rows: OtherSymbolJson[] = [];
  let literals = 0;
  for (const placement of unit.placements) {
    const { of } = placement;
    if (!('kind' in of)) continue;
    if (of.kind === 'object') {
      if (of.name !== '' || of.isParameter || placement.section === undefined) continue;
      if (of.isConstantLocal === true) {
        // gcc numbers these together with its temporaries, which are not counted here.
        rows.push(literalSymbol(analysis, of, placement, 'C'));
        continue;
      }
      rows.push(literalSymbol(analysis, of, placement, `__compound_literal.${String(literals)}`));
      literals += 1;
    } else if (of.attributes.alias !== undefined || of.attributes.resolver !== undefined)
      rows.push(...functionSymbol(analysis, unit, of));
  }
  return [...rows, ...thunkSymbols(analysis, file)];
}

function thunkSymbols(analysis: ProgramAnalysis, file: ObjectFile | undefined): OtherSymbolJson[] {
  const sections = file?.sections ?? [];
  return sections.flatMap((section) =>
    section.items.flatMap(({ of, name }): OtherSymbolJson[] => {
      if (!('kind' in of) || of.kind !== 'thunk') return [];
      const addr = analysis.linked.thunkAddress(name);
      return [
        {
          name,
          symbol_type: 'FUNC',
          bind: 'GLOBAL',
          visibility: 'HIDDEN',
          size: 0,
          object_section: section.name,
          section: section.output,
          segment: 'text',
          ...(addr === undefined ? {} : { address: addr }),
          emitted_align: 1,
        },
      ];
    }),
  );
}

function literalSymbol(
  analysis: ProgramAnalysis,
  of: ObjectSymbol,
  placement: Placement,
  name: string,
): OtherSymbolJson {
  const addr = analysis.linked.addressOf(of);
  return {
    name,
    symbol_type: 'OBJECT',
    bind: 'LOCAL',
    size: placement.symbolSize ?? placement.size ?? 0,
    ...(placement.objectSection === undefined ? {} : { object_section: placement.objectSection }),
    ...(placement.section === undefined ? {} : { section: placement.section }),
    segment: placement.segment,
    ...(addr === undefined ? {} : { address: addr }),
    emitted_align: placement.emittedAlign,
    ...(placement.relocations === undefined || placement.relocations === 0
      ? {}
      : { relocations: placement.relocations }),
  };
}

function functionSymbol(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  of: FunctionSymbol,
): readonly OtherSymbolJson[] {
  const { alias, resolver, isWeak, visibility } = of.attributes;
  const target = unit.unit.functions.find((fn) => fn.symbol.name === (alias ?? resolver));
  if (target === undefined) return [];
  const placement = unit.placementOf.get(target.symbol);
  const code = analysis.linked.codeMaps.get(target);
  if (placement?.section === undefined || code === undefined) return [];
  return [
    {
      name: of.attributes.asmLabel ?? of.name,
      symbol_type: resolver === undefined ? 'FUNC' : 'IFUNC',
      bind: of.linkage !== 'external' ? 'LOCAL' : isWeak === true ? 'WEAK' : 'GLOBAL',
      ...(visibility === undefined || visibility === 'default'
        ? {}
        : { visibility: visibility.toUpperCase() }),
      size: code.size,
      ...(placement.objectSection === undefined ? {} : { object_section: placement.objectSection }),
      section: placement.section,
      segment: 'text',
      address: code.addr,
    },
  ];
}
