/**
 * The facts behind a hover: what stands at a place in the text, where it lives, and why.
 */
import { unreachable } from '../base/assert.ts';
import { libcFunctionNames } from '../core/libc/function-names.ts';
import type { Placement, Segment } from '../core/sema/placement.ts';
import { alignOf, sizeOf, resolve } from '../core/sema/type-relations.ts';
import { declarationSpelling, typeSpelling } from '../core/sema/type-spelling.ts';
import type { EnumType, QualType, RecordMember, RecordType } from '../core/sema/type.ts';
import type { FunctionSymbol, NameUse, ObjectSymbol, StringLiteral } from '../core/sema/typed-tree.ts';
import type { Span } from '../core/source/text-span.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { hoverIndexOf } from './hover-index.ts';
import type { HoverIndex } from './hover-index.ts';
import { numberFacts } from './hover-literals.ts';
import { definedRows, definitionFacts, macroFacts } from './hover-macros.ts';
import { allocationRows, memberAccessAt, pointeeRows, rootOf } from './hover-pointers.ts';
import {
  bytesText,
  declarationRows,
  memberPlace,
  optimiserNote,
  placementRows,
  recordRows,
} from './hover-rows.ts';
import type { HoverRow } from './hover-rows.ts';
import { recordName } from './layout-facts.ts';
import { definitionInProgram } from './program-definition.ts';

/** A hover, not yet rendered. */
export interface HoverFacts {
  /** Part of the document that it is about, offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** The name declared, in C. */
  readonly declaration: string;
  /** Undefined where that depends on an object which is not known here. */
  readonly segment: Segment | undefined;
  readonly section: string | undefined;
  readonly rows: readonly HoverRow[];
  readonly reason: Text;
  readonly moves: Text | undefined;
  /** What a run can be asked about it; undefined where it has no value. */
  readonly live?: LiveExpression;
}

/** An expression that has a value while the program runs. */
export interface LiveExpression {
  /** Part of the document that spells it, offsets in the document: for a member, the whole access. */
  readonly start: number;
  readonly end: number;
  /** The function in whose frames it means something; undefined where it means the same everywhere. */
  readonly functionName: string | undefined;
}

/** What a hover says besides its place in the document. */
export type Facts = Omit<HoverFacts, 'start' | 'end' | 'live'>;

/** A place in a document that somebody asks about. */
interface Question {
  readonly analysis: ProgramAnalysis;
  readonly unit: UnitAnalysis;
  readonly index: HoverIndex;
  /** Offset in the analysed text. */
  readonly at: number;
}

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
  if (unit === undefined) return undefined;
  const found = factsAt({
    analysis,
    unit,
    index: hoverIndexOf(unit),
    at: unit.places.toAnalysis(offset),
  });
  if (found?.facts === undefined) return undefined;
  const toDocument = ({ start, end }: Pick<Span, 'start' | 'end'>): { start: number; end: number } => ({
    start: unit.places.toDocument(start),
    end: unit.places.toDocument(end - 1) + 1,
  });
  const live = liveAt(hoverIndexOf(unit), unit.places.toAnalysis(offset));
  return {
    ...toDocument(found.span),
    ...found.facts,
    ...(live === undefined ? {} : { live: { ...toDocument(live.span), functionName: live.functionName } }),
  };
}

/** Whether the hover at a place tells what only the linker knows; false only where it surely does not. */
export function tellsAddress(analysis: ProgramAnalysis, unitIndex: number, offset: number): boolean {
  const unit = analysis.units[unitIndex];
  if (unit === undefined) return false;
  const index = hoverIndexOf(unit);
  const at = unit.places.toAnalysis(offset);
  if (index.macroAt(at) !== undefined) return true;
  const use = index.useAt(at);
  switch (use?.symbol.kind) {
    case undefined:
      return index.stringAt(at) !== undefined;
    case 'object':
      return unit.placementOf.get(use.symbol)?.storage !== 'automatic';
    case 'function':
    case 'member':
      return true;
    default:
      return false;
  }
}

/** What of the text at a place has a value in a run: a name, or the whole access that a member belongs to. */
function liveAt(
  index: HoverIndex,
  at: number,
): { readonly span: Pick<Span, 'start' | 'end'>; readonly functionName: string | undefined } | undefined {
  if (index.macroAt(at) !== undefined) return undefined;
  const use = index.useAt(at);
  const fn = index.functionAt(at);
  switch (use?.symbol.kind) {
    case 'function':
      return { span: use.span, functionName: undefined };
    case 'object':
      return { span: use.span, functionName: use.symbol.owner?.name };
    case 'member': {
      const access = fn === undefined ? undefined : memberAccessAt(fn, at);
      return access === undefined ? undefined : { span: access.span, functionName: fn?.symbol.name };
    }
    default:
      return undefined;
  }
}

function factsAt(question: Question): { readonly span: Span; readonly facts: Facts | undefined } | undefined {
  const { unit, index, at } = question;
  const macro = index.macroAt(at);
  if (macro !== undefined) {
    // `#define stdout stdout` only says that there is such an object.
    const isItself = macro.macro.kind === 'object' && macro.macro.bodyText === macro.macro.name;
    const named = isItself ? index.useFromMacro(macro) : undefined;
    return {
      span: macro.span,
      facts: named === undefined ? macroFacts(unit, macro) : factsOfUse(question, named),
    };
  }
  const defined = index.definitionAt(at);
  if (defined?.span !== undefined) return { span: defined.span, facts: definitionFacts(defined) };
  const use = index.useAt(at);
  if (use !== undefined) return { span: use.span, facts: factsOfUse(question, use) };
  const literal = index.stringAt(at);
  if (literal !== undefined) return { span: literal.span, facts: factsOfString(question, literal) };
  const number = index.literalAt(at);
  if (number === undefined) return undefined;
  const fn = index.functionAt(at);
  return { span: number.span, facts: numberFacts(unit, number, fn !== undefined) };
}

function factsOfUse(question: Question, use: NameUse): Facts | undefined {
  const { symbol } = use;
  switch (symbol.kind) {
    case 'object':
    case 'function': {
      const placement = question.unit.placementOf.get(symbol);
      return placement === undefined ? undefined : factsOfSymbol(question, placement, symbol);
    }
    case 'enumerator':
      return noMemory(symbol.name, sayEditor('editor.enumerator'), [
        { label: sayEditor('editor.label.value'), value: symbol.value.toString() },
        { label: sayEditor('editor.label.type'), value: typeSpelling(symbol.type) },
      ]);
    case 'typedef': {
      const resolved = resolve(symbol.type.type);
      const rows = sizeRows(symbol.type);
      return noMemory(
        `typedef ${declarationSpelling(symbol.type, symbol.name)}`,
        sayEditor('editor.typedef'),
        resolved.kind === 'record' ? [...rows, ...recordRows(resolved)] : rows,
      );
    }
    case 'member':
      return factsOfMember(question, symbol.record, symbol.member);
    case 'tag':
      return factsOfTag(symbol.type);
    case 'label':
      return undefined;
    default:
      return unreachable(symbol);
  }
}

function noMemory(declaration: string, reason: Text, rows: readonly HoverRow[]): Facts {
  return { declaration, segment: 'none', section: undefined, rows, reason, moves: undefined };
}

function sizeRows(type: QualType): HoverRow[] {
  const bytes = sizeOf(type.type);
  if (bytes === undefined) return [];
  return [
    { label: sayEditor('editor.label.size'), value: bytesText(bytes) },
    { label: sayEditor('editor.label.align'), value: String(alignOf(type)) },
  ];
}

function factsOfSymbol(
  question: Question,
  placement: Placement,
  symbol: ObjectSymbol | FunctionSymbol,
): Facts {
  const { analysis, unit, index, at } = question;
  const { target } = analysis.options.compile;
  const defined =
    placement.storage === 'declared-only' ? definitionInProgram(analysis, unit, symbol) : undefined;
  const given = { analysis, ...(defined ?? { unit, placement, symbol }) };
  const rows = placementRows(given);
  if (defined !== undefined) rows.push(...definedRows(defined.unit, defined.symbol.span));
  if (symbol.kind === 'object') rows.push(...pointeeRows(index, symbol, target));
  else rows.push(...allocationRows(index.functionAt(at), symbol.name, at, target));
  return {
    declaration: declarationOf(symbol),
    segment: segmentOf(given.placement, symbol),
    section: given.placement.section === 'UND' ? undefined : given.placement.section,
    rows: [...rows, ...optimiserRows(optimiserNote(given)), ...declarationRows(given.placement)],
    reason:
      isLibrary(symbol) && defined === undefined
        ? sayEditor('editor.library', { name: symbol.name })
        : given.placement.reason,
    moves: defined === undefined ? placement.moves : undefined,
  };
}

/** What is defined elsewhere takes memory there; of functions of libc we know where. */
function segmentOf(placement: Placement, symbol: ObjectSymbol | FunctionSymbol): Segment | undefined {
  if (placement.storage !== 'declared-only' || placement.segment !== 'none') return placement.segment;
  return isLibrary(symbol) ? 'text' : undefined;
}

const optimiserRows = (note: Text | undefined): HoverRow[] =>
  note === undefined ? [] : [{ label: sayEditor('editor.label.O2'), value: note }];

function factsOfString({ analysis, unit }: Question, literal: StringLiteral): Facts | undefined {
  const placement = unit.placementOf.get(literal);
  if (placement === undefined) return undefined;
  const given = { analysis, unit, placement, symbol: literal };
  return {
    declaration: `${elementName(literal)} [${String(literal.bytes.length / literal.elementSize)}]`,
    segment: placement.segment,
    section: placement.section,
    rows: [...placementRows(given), ...optimiserRows(optimiserNote(given))],
    reason: placement.reason,
    moves: placement.moves,
  };
}

const elementName = ({ elementSize }: StringLiteral): string =>
  elementSize === 1 ? 'char' : elementSize === 2 ? 'char16_t' : 'wchar_t';

function factsOfMember(question: Question, record: RecordType, member: RecordMember): Facts {
  const { analysis, unit, index, at } = question;
  const fn = index.functionAt(at);
  const access = fn === undefined ? undefined : memberAccessAt(fn, at);
  const root = access === undefined ? undefined : rootOf(access);
  const named = root === undefined ? undefined : unit.placementOf.get(root.object);
  const defined =
    root === undefined || named?.storage !== 'declared-only'
      ? undefined
      : definitionInProgram(analysis, unit, root.object);
  const owner = defined?.placement ?? named;
  const rows = member.bitWidth === undefined ? sizeRows(member.type) : [];
  rows.push();
  if (root?.kind === 'object' && owner !== undefined)
    rows.push(
      memberPlace({ analysis, unit, placement: owner, symbol: root.object, ...defined }, root.offset),
    );
  if (root?.kind === 'pointer') {
    rows.push({ label: sayEditor('editor.label.through'), value: declarationOf(root.object) });
    rows.push(...pointeeRows(index, root.object, analysis.options.compile.target));
  }
  const name = recordName(record);
  const { bitOffset, bitWidth } = member;
  const isPart = root?.kind === 'object';
  return {
    declaration: `${declarationSpelling(member.type, member.name ?? '')}${bitWidth === undefined ? '' : ` : ${String(bitWidth)}`}`,
    segment: isPart ? owner?.segment : undefined,
    section: isPart ? owner?.section : undefined,
    rows: [...rows, ...recordRows(record)],
    reason:
      bitOffset === undefined || bitWidth === undefined
        ? sayEditor('editor.member', { offset: member.offset, record: name })
        : sayEditor('editor.bitField', { record: name, first: bitOffset, last: bitOffset + bitWidth - 1 }),
    moves: undefined,
  };
}

function factsOfTag(type: RecordType | EnumType): Facts {
  const name = recordName(type);
  const rows = sizeRows({ type, quals: 0 });
  if (type.kind === 'enum') return noMemory(name, sayEditor('editor.enum'), rows);
  if (type.size === undefined) return noMemory(name, sayEditor('editor.recordIncomplete'), []);
  return noMemory(name, sayEditor('editor.record'), [...rows, ...recordRows(type)]);
}

/** Whether the simulated libc has this function, which the program only declares. */
function isLibrary(symbol: ObjectSymbol | FunctionSymbol): boolean {
  return symbol.kind === 'function' && !symbol.isDefined && libcFunctionNames.has(symbol.name);
}

function declarationOf(symbol: ObjectSymbol | FunctionSymbol): string {
  if (symbol.kind === 'function') return declarationSpelling({ type: symbol.type, quals: 0 }, symbol.name);
  return declarationSpelling(symbol.type, symbol.name);
}
