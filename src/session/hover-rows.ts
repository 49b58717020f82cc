/**
 * Hover rows about things with a place: size, alignment, addresses, how a parameter arrives, what is in the file, what the
 * optimiser may do.
 */
import type { ArgumentPlace } from '../core/image/calling-convention.ts';
import type { Placement } from '../core/sema/placement.ts';
import { CONST, VOLATILE } from '../core/sema/type.ts';
import type { RecordType } from '../core/sema/type.ts';
import { qualsOf, resolve } from '../core/sema/type-relations.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral } from '../core/sema/typed-tree.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { layoutLine, recordLayout } from './layout-facts.ts';
import { isFrameModelled } from './known-frames.ts';

/** Start of a PIE without address randomisation. Source: Linux, arch/x86/include/asm/elf.h (ELF_ET_DYN_BASE). */
const pieBase = { x86_64: 0x555555554000, i386: 0x56555000 } as const;

/** Registers of the first general arguments. Source: AMD64 ABI 3.2.3. */
const integerRegisters = ['rdi', 'rsi', 'rdx', 'rcx', 'r8', 'r9'] as const;

/** One line of a hover: a label and a value, which is a sentence or words of C. */
export interface HoverRow {
  /** Undefined: goes on with the row above. */
  readonly label: Text | undefined;
  readonly value: Text | string;
}

/** What a hover is about, with all that is known around it. */
export interface Placeable {
  readonly analysis: ProgramAnalysis;
  readonly unit: UnitAnalysis;
  readonly placement: Placement;
  readonly symbol: ObjectSymbol | FunctionSymbol | StringLiteral;
}

/** `1 byte`, `4 bytes`. */
export function bytesText(bytes: number): Text {
  return bytes === 1 ? sayEditor('editor.byte') : sayEditor('editor.bytes', { bytes });
}

/** Size, alignment, address, what the file holds, the layout. */
export function placementRows(given: Placeable): HoverRow[] {
  const { placement, symbol } = given;
  const isFunction = placement.kind === 'function';
  const rows: HoverRow[] = [];
  if (!isFunction) {
    rows.push({
      label: sayEditor('editor.label.size'),
      value: placement.size === undefined ? sayEditor('editor.sizeAtRunTime') : bytesText(placement.size),
    });
    rows.push({
      label: sayEditor('editor.label.align'),
      value:
        placement.emittedAlign === placement.align
          ? String(placement.align)
          : sayEditor('editor.emittedAlign', { align: placement.align, emitted: placement.emittedAlign }),
    });
  }
  rows.push(...addressRows(given), ...fileRows(placement));
  const record = 'type' in symbol && symbol.kind === 'object' ? resolve(symbol.type.type) : undefined;
  if (record?.kind === 'record') rows.push(...recordRows(record));
  return rows;
}

/** How long it lives and who sees it. */
export function declarationRows(placement: Placement): HoverRow[] {
  if (placement.kind === 'string') return [];
  const linkage = {
    label: sayEditor('editor.label.linkage'),
    value: sayEditor(`editor.linkage.${placement.linkage}`),
  };
  if (placement.kind === 'function') return [linkage];
  return [
    { label: sayEditor('editor.label.storage'), value: sayEditor(`editor.storage.${placement.storage}`) },
    linkage,
  ];
}

/** The link-time and run-time address of a static object, the place of an automatic one, a function's frame. */
function addressRows({ analysis, unit, placement, symbol }: Placeable): HoverRow[] {
  const rows: HoverRow[] = [];
  const { compile } = analysis.options;
  const label = sayEditor('editor.label.address');
  if (placement.storage === 'thread' && 'kind' in symbol && symbol.kind === 'object') {
    const bytes = analysis.linked.threadOffsetOf(symbol);
    rows.push({ label, value: sayEditor('editor.threadOffset', { bytes: Math.abs(bytes) }) });
  } else if (placement.storage === 'static' || placement.section === '.bss') {
    const addr = analysis.linked.addressOf(symbol);
    if (addr !== undefined) {
      rows.push({
        label,
        value:
          compile.link === 'pie'
            ? sayEditor('editor.linkAddress', { addr, loaded: pieBase[compile.target] + addr })
            : sayEditor('editor.fixedAddress', { addr }),
      });
    }
  }
  if (placement.storage === 'automatic' && 'kind' in symbol && symbol.kind === 'object')
    rows.push(...stackRows(analysis, unit, placement, symbol));
  if ('kind' in symbol && symbol.kind === 'function') {
    const frame = unit.frames.get(symbol);
    if (frame !== undefined && isFrameModelled(analysis, unit, symbol)) {
      const register = compile.target === 'i386' ? 'ebp' : 'rbp';
      rows.push({
        label: sayEditor('editor.label.frame'),
        value:
          frame.depth > frame.frameSize
            ? sayEditor('editor.frameRedZone', { bytes: frame.depth, register })
            : sayEditor('editor.frameSize', { bytes: frame.frameSize, register }),
      });
    }
  }
  return rows;
}

function stackRows(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
  symbol: ObjectSymbol,
): HoverRow[] {
  const { owner } = symbol;
  if (owner === undefined || analysis.options.compile.optimize > 0) return [];
  const rows: HoverRow[] = [];
  const frame = unit.frames.get(owner);
  const fn = unit.functionOf.get(owner);
  const register = analysis.options.compile.target === 'i386' ? 'ebp' : 'rbp';
  const index = fn === undefined ? -1 : fn.parameters.indexOf(symbol);
  const place = frame?.parameterPlaces.places[index];
  if (place !== undefined)
    rows.push({ label: sayEditor('editor.label.passedIn'), value: passedIn(place, symbol, register) });
  const offset = frame?.offsets.get(symbol);
  if (placement.segment !== 'stack' || offset === undefined) return rows;
  rows.push({
    label: sayEditor('editor.label.address'),
    value: isFrameModelled(analysis, unit, owner)
      ? sayEditor('editor.frameOffset', {
          sign: offset < 0 ? '−' : '+',
          bytes: Math.abs(offset),
          name: owner.name,
          register,
        })
      : sayEditor('editor.frameNotModelled', { name: owner.name }),
  });
  return rows;
}

/** Where a member of an object lies. */
export function memberPlace(given: Placeable, offset: number): HoverRow {
  const { analysis, unit, placement, symbol } = given;
  const label = sayEditor('editor.label.object');
  if (!('kind' in symbol) || symbol.kind !== 'object') return { label, value: placement.name };
  const { name, owner } = symbol;
  const { compile } = analysis.options;
  if (placement.storage === 'static') {
    const start = analysis.linked.addressOf(symbol);
    if (start !== undefined) {
      const addr = start + offset;
      return {
        label,
        value:
          compile.link === 'pie'
            ? sayEditor('editor.memberAddress', { name, addr, loaded: pieBase[compile.target] + addr })
            : sayEditor('editor.memberFixed', { name, addr }),
      };
    }
  }
  const base = owner === undefined ? undefined : unit.frames.get(owner)?.offsets.get(symbol);
  if (owner === undefined || base === undefined || !isFrameModelled(analysis, unit, owner))
    return { label, value: sayEditor('editor.memberOf', { name }) };
  const at = base + offset;
  return {
    label,
    value: sayEditor('editor.memberFrame', {
      name,
      register: compile.target === 'i386' ? 'ebp' : 'rbp',
      sign: at < 0 ? '−' : '+',
      bytes: Math.abs(at),
      function: owner.name,
    }),
  };
}

/** How an argument arrives: in which registers, or where on the stack. */
function passedIn(place: ArgumentPlace, symbol: ObjectSymbol, register: string): Text {
  if (place.kind === 'stack') {
    const bytes = place.offset + 2 * (register === 'ebp' ? 4 : 8);
    return sayEditor('editor.passedOnStack', { bytes, register });
  }
  let integers = place.firstInteger;
  let vectors = place.firstSse;
  const names = place.classes.map((one) => {
    if (one === 'sse') return `xmm${String(vectors++)}`;
    return integerRegisters[integers++] ?? '';
  });
  const isScalar = resolve(symbol.type.type).kind !== 'record';
  const integer = place.classes.every((one) => one === 'integer');
  const key = integer
    ? 'editor.passedInteger'
    : place.classes.includes('integer')
      ? 'editor.passedMixed'
      : 'editor.passedSse';
  return sayEditor(key, { registers: names.join(isScalar && names.length === 1 ? '' : ', ') });
}

/** What the file holds of an object, and what happens to its pages after loading. */
function fileRows(placement: Placement): HoverRow[] {
  const rows: HoverRow[] = [];
  const { segment, size } = placement;
  const isStatic = placement.storage === 'static' || placement.storage === 'thread';
  if (isStatic && (placement.section === '.bss' || placement.section === '.tbss') && size !== undefined) {
    rows.push({
      label: sayEditor('editor.label.inFile'),
      value: sayEditor('editor.inFile.none'),
    });
  } else if (
    isStatic &&
    (segment === 'data' || segment === 'rodata' || placement.section === '.tdata') &&
    size !== undefined
  ) {
    rows.push({ label: sayEditor('editor.label.inFile'), value: bytesText(placement.symbolSize ?? size) });
  }
  if (placement.isRelro)
    rows.push({ label: sayEditor('editor.label.afterLoading'), value: sayEditor('editor.relro') });
  return rows;
}

/** What gcc may do with it when it optimises; `undefined` where nothing changes. */
export function optimiserNote({ placement, symbol }: Placeable): Text | undefined {
  if (!('kind' in symbol))
    return placement.section === undefined ? undefined : sayEditor('editor.O2.literal');
  if (symbol.kind === 'function') {
    if (placement.storage !== 'static') return undefined;
    return sayEditor(symbol.linkage === 'internal' ? 'editor.O2.staticFunction' : 'editor.O2.function');
  }
  const isVolatile = (qualsOf(symbol.type) & VOLATILE) !== 0;
  if (isVolatile) return sayEditor('editor.O2.volatile');
  if (placement.storage === 'automatic') {
    if (placement.segment === 'register') return undefined;
    const kind = resolve(symbol.type.type).kind;
    const isScalar = kind === 'integer' || kind === 'pointer' || kind === 'float' || kind === 'enum';
    if (!symbol.isReferenced) return sayEditor('editor.O2.unused');
    if (placement.size === undefined) return undefined;
    if (isScalar) return sayEditor(symbol.isAddressTaken ? 'editor.O2.addressTaken' : 'editor.O2.scalar');
    return sayEditor('editor.O2.aggregate');
  }
  if (placement.storage !== 'static' || symbol.linkage === 'external') return undefined;
  if (!symbol.isReferenced && symbol.attributes.isUsed !== true) return sayEditor('editor.O2.dropped');
  if ((qualsOf(symbol.type) & CONST) !== 0 || !symbol.isAddressTaken) return sayEditor('editor.O2.static');
  return undefined;
}

/** The layout of a record in one line, and a better order of its members. */
export function recordRows(record: RecordType): HoverRow[] {
  const layout = recordLayout(record);
  if (layout === undefined || layout.rows.length > 60) return [];
  const rows: HoverRow[] = [{ label: sayEditor('editor.label.padding'), value: layoutLine(layout) }];
  if (layout.better !== undefined) {
    const { names, size, savedBytes } = layout.better;
    rows.push({
      label: sayEditor('editor.label.better'),
      value: sayEditor('editor.betterOrder', { names: names.join(', '), size, saved: savedBytes }),
    });
  }
  return rows;
}
