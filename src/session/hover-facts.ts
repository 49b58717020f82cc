/**
 * The facts behind a hover: what stands at a place in the text, where it lives, and why.
 */
import { unreachable } from '../base/assert.ts';
import { libcFunction } from '../core/libc/libc.ts';
import { sizeOf, resolve, alignOf } from '../core/sema/type-relations.ts';
import { typeSpelling, declarationSpelling } from '../core/sema/type-spelling.ts';
import type { Placement, Segment } from '../core/sema/placement.ts';
import type { RecordType } from '../core/sema/type.ts';
import type { FunctionSymbol, NameUse, ObjectSymbol, StringLiteral } from '../core/sema/typed-tree.ts';
import type { Span } from '../core/source/text-span.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';

/** One line of a hover: a label and a value, which is a sentence or a word of C. */
export interface HoverRow {
  readonly label: Text;
  readonly value: Text | string;
}

/** A hover, not yet rendered. */
export interface HoverFacts {
  /** Part of the document that it is about, offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** The name declared, in C. */
  readonly declaration: string;
  readonly segment: Segment;
  readonly section: string | undefined;
  readonly rows: readonly HoverRow[];
  readonly reason: Text;
  readonly moves: Text | undefined;
}

/** Start of a PIE without address randomisation. Source: Linux, arch/x86/include/asm/elf.h (ELF_ET_DYN_BASE). */
const pieBase = 0x555555554000;

/**
 * The facts about what stands at a place.
 *
 * @param offset - place in the document, in UTF-16 code units
 * @returns `undefined` where nothing with a meaning in memory stands
 */
export function hoverFactsAt(
  analysis: ProgramAnalysis,
  unitIndex: number,
  offset: number,
): HoverFacts | undefined {
  const unit = analysis.units[unitIndex];
  const main = unit?.files[0];
  if (unit === undefined || main === undefined) return undefined;
  const at = unit.places.toAnalysis(offset);
  const isHere = (span: Span): boolean => span.file === main.id && at >= span.start && at < span.end;
  const use = unit.unit.uses.find((candidate) => isHere(candidate.span));
  if (use !== undefined) return factsOfUse(analysis, unit, use);
  const literal = unit.unit.strings.find((candidate) => isHere(candidate.span));
  if (literal !== undefined) return factsOfString(analysis, unit, literal);
  return undefined;
}

/** Where a span of the first file stands in the document. */
function placeOf(unit: UnitAnalysis, span: Span): { readonly start: number; readonly end: number } {
  const start = unit.places.toDocument(span.start);
  return { start, end: start + span.end - span.start };
}

function factsOfUse(analysis: ProgramAnalysis, unit: UnitAnalysis, use: NameUse): HoverFacts | undefined {
  const { symbol, span } = use;
  const place = placeOf(unit, span);
  const plain = (declaration: string, reason: Text, rows: readonly HoverRow[] = []): HoverFacts => ({
    ...place,
    declaration,
    segment: 'none',
    section: undefined,
    rows,
    reason,
    moves: undefined,
  });
  switch (symbol.kind) {
    case 'object':
    case 'function': {
      const placement = unit.placementOf.get(symbol);
      if (placement === undefined) return undefined;
      return {
        ...place,
        declaration: declarationOf(symbol),
        segment: placement.segment,
        section: placement.section,
        rows: placementRows(analysis, unit, placement, symbol),
        reason: isLibrary(symbol) ? sayEditor('editor.library', { name: symbol.name }) : placement.reason,
        moves: placement.moves,
      };
    }
    case 'enumerator':
      return plain(symbol.name, sayEditor('editor.enumerator'), [
        { label: sayEditor('editor.label.value'), value: symbol.value.toString() },
      ]);
    case 'typedef': {
      const bytes = sizeOf(symbol.type.type);
      return plain(
        `typedef ${declarationSpelling(symbol.type, symbol.name)}`,
        bytes === undefined ? sayEditor('editor.typedefIncomplete') : sayEditor('editor.typedef', { bytes }),
      );
    }
    case 'member': {
      const { member, record } = symbol;
      const name = recordName(record);
      const bytes = sizeOf(member.type.type) ?? 0;
      const reason =
        member.bitOffset === undefined || member.bitWidth === undefined
          ? sayEditor('editor.member', { offset: member.offset, record: name, bytes })
          : sayEditor('editor.bitField', {
              record: name,
              first: member.bitOffset,
              last: member.bitOffset + member.bitWidth - 1,
            });
      return plain(declarationSpelling(member.type, member.name ?? ''), reason, recordRows(record));
    }
    case 'tag': {
      const { type } = symbol;
      if (type.kind === 'enum') {
        return plain(
          `enum ${type.tag ?? ''}`,
          sayEditor('editor.enum', { bytes: type.underlying?.size ?? 4 }),
        );
      }
      if (type.size === undefined) return plain(recordName(type), sayEditor('editor.recordIncomplete'));
      return plain(
        recordName(type),
        sayEditor('editor.record', { bytes: type.size, padding: paddingOf(type) }),
        recordRows(type),
      );
    }
    case 'label':
      return undefined;
    default:
      return unreachable(symbol);
  }
}

function factsOfString(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  literal: StringLiteral,
): HoverFacts | undefined {
  const placement = unit.placementOf.get(literal);
  if (placement === undefined) return undefined;
  return {
    ...placeOf(unit, literal.span),
    declaration: `char [${String(literal.bytes.length / literal.elementSize)}]`,
    segment: placement.segment,
    section: placement.section,
    rows: placementRows(analysis, unit, placement, literal),
    reason: placement.reason,
    moves: placement.moves,
  };
}

/** Whether the simulated libc has this function, which the program only declares. */
function isLibrary(symbol: ObjectSymbol | FunctionSymbol): boolean {
  return symbol.kind === 'function' && !symbol.isDefined && libcFunction(symbol.name) !== undefined;
}

function declarationOf(symbol: ObjectSymbol | FunctionSymbol): string {
  if (symbol.kind === 'function') return declarationSpelling({ type: symbol.type, quals: 0 }, symbol.name);
  return declarationSpelling(symbol.type, symbol.name);
}

function placementRows(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
  symbol: ObjectSymbol | FunctionSymbol | StringLiteral,
): HoverRow[] {
  const rows: HoverRow[] = [];
  const isFunction = placement.kind === 'function';
  if (!isFunction) {
    rows.push({
      label: sayEditor('editor.label.size'),
      value:
        placement.size === undefined
          ? sayEditor('editor.sizeAtRunTime')
          : placement.size === 1
            ? sayEditor('editor.byte')
            : sayEditor('editor.bytes', { bytes: placement.size }),
    });
    rows.push({
      label: sayEditor('editor.label.align'),
      value:
        placement.emittedAlign === placement.align
          ? String(placement.align)
          : sayEditor('editor.emittedAlign', { align: placement.align, emitted: placement.emittedAlign }),
    });
  }
  rows.push(...addressRows(analysis, unit, placement, symbol));
  if (placement.kind !== 'string') {
    if (!isFunction) {
      rows.push({
        label: sayEditor('editor.label.storage'),
        value: sayEditor(`editor.storage.${placement.storage}`),
      });
    }
    rows.push({
      label: sayEditor('editor.label.linkage'),
      value: sayEditor(`editor.linkage.${placement.linkage}`),
    });
  }
  const record = 'type' in symbol && symbol.kind === 'object' ? resolve(symbol.type.type) : undefined;
  if (record?.kind === 'record') rows.push(...recordRows(record));
  return rows;
}

/** The link-time and run-time address of a static object, the frame offset of an automatic one, a function's frame. */
function addressRows(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
  symbol: ObjectSymbol | FunctionSymbol | StringLiteral,
): HoverRow[] {
  const rows: HoverRow[] = [];
  const addr = analysis.linked.addressOf(symbol);
  if (addr !== undefined && placement.segment !== 'stack' && placement.segment !== 'tls') {
    const loaded = analysis.options.compile.link === 'pie' ? pieBase + addr : addr;
    rows.push({
      label: sayEditor('editor.label.address'),
      value: sayEditor('editor.linkAddress', { addr, loaded }),
    });
  }
  if (placement.storage === 'automatic' && 'kind' in symbol && symbol.kind === 'object' && symbol.owner) {
    const offset = unit.frames.get(symbol.owner)?.offsets.get(symbol);
    if (offset !== undefined) {
      rows.push({
        label: sayEditor('editor.label.address'),
        value: sayEditor('editor.frameOffset', {
          sign: offset < 0 ? '−' : '+',
          bytes: Math.abs(offset),
          name: symbol.owner.name,
        }),
      });
    }
  }
  if ('kind' in symbol && symbol.kind === 'function') {
    const frame = unit.frames.get(symbol);
    if (frame !== undefined) {
      rows.push({
        label: sayEditor('editor.label.frame'),
        value: sayEditor('editor.frameSize', { bytes: frame.frameSize }),
      });
    }
  }
  return rows;
}

function recordName(record: RecordType): string {
  return `${record.tagKind} ${record.tag ?? '{…}'}`;
}

/** The members of a record in one line: `c@0 [1], 3 padding, n@4 [4]`. */
function recordRows(record: RecordType): HoverRow[] {
  if (record.members === undefined || record.size === undefined || record.members.length > 40) return [];
  const parts: string[] = [];
  let end = 0;
  for (const member of record.members) {
    const bytes = sizeOf(member.type.type) ?? 0;
    if (member.bitOffset !== undefined) {
      parts.push(
        `${member.name ?? ''}@bit ${String(member.bitOffset)} [${String(member.bitWidth ?? 0)} bit]`,
      );
      end = Math.max(end, Math.ceil((member.bitOffset + (member.bitWidth ?? 0)) / 8));
      continue;
    }
    if (record.tagKind === 'struct' && member.offset > end) parts.push(`·${String(member.offset - end)}·`);
    parts.push(`${member.name ?? typeSpelling(member.type)}@${String(member.offset)} [${String(bytes)}]`);
    end = Math.max(end, member.offset + bytes);
  }
  if (record.size > end) parts.push(`·${String(record.size - end)}·`);
  return [
    {
      label: sayEditor('editor.label.padding'),
      value: `${parts.join('  ')}  = ${String(record.size)}, align ${String(alignOf({ type: record, quals: 0 }))}`,
    },
  ];
}

/** Bytes of a record that belong to no member. */
function paddingOf(record: RecordType): number {
  if (record.members === undefined || record.size === undefined) return 0;
  const covered = new Uint8Array(record.size);
  for (const member of record.members) {
    const start = member.bitOffset === undefined ? member.offset : Math.floor(member.bitOffset / 8);
    const end =
      member.bitOffset === undefined
        ? member.offset + (sizeOf(member.type.type) ?? 0)
        : Math.ceil((member.bitOffset + (member.bitWidth ?? 0)) / 8);
    covered.fill(1, start, end);
  }
  return covered.reduce((sum, byte) => sum + (1 - byte), 0);
}
