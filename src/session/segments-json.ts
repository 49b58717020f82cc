/**
 * Where everything of a program lives, in the words of compilers' and linkers' documents: one `variant` of the schema
 * `segments-truth/1`, in which the truth read from real ELF files and DWARF is recorded.
 *
 * A field that is not there is not predicted: the number in the symbol name of a static local (`n.0`), labels of constants.
 */
import { LineIndex } from '../core/source/text-span.ts';
import type { LineColumn, Span } from '../core/source/text-span.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import { placeBlockExterns } from '../core/sema/place-unit.ts';
import type { Placement } from '../core/sema/placement.ts';
import { dwarfObjectSpelling, dwarfTypeSpelling } from '../core/sema/type-spelling.ts';
import { isScalar, isVariableLength, sizeOf } from '../core/sema/type-relations.ts';
import { CONST } from '../core/sema/type.ts';
import type { QualType } from '../core/sema/type.ts';
import type { BlockExtern, FunctionSymbol, ObjectSymbol } from '../core/sema/typed-tree.ts';
import { renderText } from '../core/text/all-texts.ts';
import type { Language } from '../core/text/text.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { blockScopes } from './block-scopes.ts';
import type { BlockScopes } from './block-scopes.ts';
import { constantsJson } from './constants-json.ts';
import type { ConstantJson } from './constants-json.ts';
import { debugRegisterJson, debugValueJson } from './debug-fields.ts';
import { executableJson } from './executable-json.ts';
import type { ExecutableJson } from './executable-json.ts';
import { isFrameKnown } from './known-frames.ts';
import { objectFileJson, otherSymbolsJson } from './object-file-json.ts';
import type { ObjectFileJson, OtherSymbolJson } from './object-file-json.ts';
import { stringsJson } from './strings-json.ts';
import type { StringJson } from './strings-json.ts';
import { typesJson } from './types-json.ts';
import type { TypeJson } from './types-json.ts';

/** A variable or parameter. */
export interface ObjectJson {
  readonly name: string | null;
  readonly kind: 'variable' | 'parameter';
  /** Only where the program has several files. */
  readonly file?: string;
  /** `file`, or the function's name, `f/{}` one block down. */
  readonly scope: string;
  /** Not of `__func__`, which the compiler declares. */
  readonly line?: number;
  readonly column?: number;
  readonly artificial?: true;
  /** Line of the declaration that the definition completes. */
  readonly declared_line?: number;
  readonly type: string;
  /** `null` for a variable length array, 0 for an incomplete type. */
  readonly size: number | null;
  /** The type was completed by a later declaration. */
  readonly size_from_symbol?: true;
  readonly align: number;
  readonly declared_align?: number;
  readonly storage: Placement['storage'];
  readonly defined?: false;
  readonly address?: number;
  /** From the start of the thread-local block. */
  readonly tls_offset?: number;
  readonly symbol?: string;
  readonly bind?: 'LOCAL' | 'GLOBAL' | 'WEAK';
  readonly visibility?: string;
  readonly section?: string;
  readonly symbol_type?: 'OBJECT' | 'TLS';
  readonly symbol_size?: number;
  readonly object_section?: string;
  readonly object_common_align?: number;
  readonly emitted_align?: number;
  readonly relocations?: number;
  readonly segment?: Placement['segment'];
  readonly relro?: true;
  /** Bytes from the canonical frame address. */
  readonly cfa_offset?: number;
  /** In a register: which one. */
  readonly register?: string | number;
  /** Of a static object of a function to which no code refers: debug information has its first value only. */
  readonly const_value?: number | string;
  /** What debug information has in place of the object's address. */
  readonly dwarf_location?: string;
  /** In a frame that realigns itself: bytes from the frame pointer. */
  readonly frame_register?: string;
  readonly frame_offset?: number;
  /** In words, where it is not at a distance from the canonical frame address: `esp+24`, `fbreg:-32 deref`. */
  readonly location?: string;
  readonly linkage: Placement['linkage'];
  /** One sentence: why it is there. */
  readonly reason: string;
  /** What would move it. */
  readonly moves?: string;
}

/** A function that is defined, or declared and used. */
export interface FunctionJson {
  readonly name: string;
  readonly file?: string;
  readonly line: number;
  readonly column?: number;
  readonly linkage: Placement['linkage'];
  readonly prototyped?: boolean;
  readonly type?: string;
  readonly parameters?: number;
  readonly variadic?: true;
  readonly noreturn?: true;
  readonly inline?: string;
  readonly emitted?: false;
  readonly defined?: false;
  readonly address?: number;
  readonly size?: number;
  readonly symbol?: string;
  readonly bind?: 'LOCAL' | 'GLOBAL' | 'WEAK';
  readonly visibility?: string;
  readonly section?: string;
  readonly object_section?: string;
  readonly segment?: Placement['segment'];
  /** Besides the return address: what the prologue takes. */
  readonly stack_usage?: { readonly bytes: number; readonly kind: string };
  readonly reason: string;
}

/** What one compilation made of a program. */
export interface SegmentsJson {
  readonly ok: boolean;
  readonly objects: readonly ObjectJson[];
  readonly functions: readonly FunctionJson[];
  readonly types: readonly TypeJson[];
  readonly strings: readonly StringJson[];
  readonly constants: readonly ConstantJson[];
  readonly other_symbols: readonly OtherSymbolJson[];
  readonly undefined_symbols: readonly string[];
  /** That of the first file. */
  readonly object_file?: ObjectFileJson;
  readonly executable: ExecutableJson;
}

/** Lines and columns in the files of a unit. */
export interface UnitPlaces {
  readonly analysis: UnitAnalysis;
  readonly scopes: BlockScopes;
  lineColumn(span: Span): LineColumn;
  /** Whether it stands in the program's own files, not in a system header. */
  isOwn(span: Span): boolean;
}

/** The facts of a program. */
export function segmentsJson(analysis: ProgramAnalysis, language: Language): SegmentsJson {
  const units = analysis.units.map(placesOf);
  const { objectFiles } = analysis.linked;
  return {
    ok: analysis.units.every((unit) => !unit.diagnostics.some((found) => found.severity === 'error')),
    objects: units.flatMap((places) => objectsJson(analysis, places, language)),
    functions: units.flatMap((places) => functionsJson(analysis, places, language)),
    types: units.flatMap(typesJson),
    strings: units.flatMap((places, index) => stringsJson(analysis, places, index, language)),
    constants: units.flatMap((places, index) => {
      const file = objectFiles[index];
      return file === undefined ? [] : constantsJson(analysis, places, file);
    }),
    other_symbols: analysis.units.flatMap((unit, index) =>
      otherSymbolsJson(analysis, unit, objectFiles[index]),
    ),
    undefined_symbols: undefinedSymbols(analysis),
    ...(objectFiles[0] === undefined ? {} : { object_file: objectFileJson(analysis, objectFiles[0]) }),
    executable: executableJson(analysis),
  };
}

/** Where the parts of a unit stand. */
export function placesOf(analysis: UnitAnalysis): UnitPlaces {
  const indices = new Map<number, LineIndex>();
  const isOwn = new Map(
    analysis.files.map((file) => [file.id, !file.isSystem && !file.name.startsWith('<')]),
  );
  return {
    analysis,
    scopes: blockScopes(analysis.unit),
    lineColumn: (span) => {
      const place = span.expandedAt ?? span;
      let index = indices.get(place.file);
      if (index === undefined) {
        index = new LineIndex(analysis.files[place.file]?.text ?? '');
        indices.set(place.file, index);
      }
      return index.lineColumn(place.start);
    },
    isOwn: (span) => isOwn.get((span.expandedAt ?? span).file) === true,
  };
}

const fileOf = (analysis: ProgramAnalysis, places: UnitPlaces): { file?: string } =>
  analysis.units.length > 1 ? { file: places.analysis.files[0]?.name ?? '' } : {};

const isObject = (of: Placement['of']): of is ObjectSymbol => 'kind' in of && of.kind === 'object';
const isFunction = (of: Placement['of']): of is FunctionSymbol => 'kind' in of && of.kind === 'function';

function objectsJson(analysis: ProgramAnalysis, places: UnitPlaces, language: Language): ObjectJson[] {
  const { unit, placements } = places.analysis;
  const externs = placeBlockExterns(unit, placements, analysis.options.compile);
  const rows: ObjectJson[] = [];
  for (const placement of placements) {
    const { of } = placement;
    // Compound literals have no name; only the symbol table knows them.
    if (!isObject(of) || (of.name === '' && !of.isParameter) || !places.isOwn(of.span)) continue;
    if (of.owner !== undefined && !hasRow(places, of.owner)) continue;
    // What is declared in blocks only has rows there.
    if (placement.storage === 'declared-only' && of.declarations.every((span) => isInBody(places, span)))
      continue;
    rows.push(objectJson(analysis, places, { placement, of, language }));
  }
  unit.blockExterns.forEach((declared, index) => {
    const placement = externs[index];
    if (placement === undefined || !places.isOwn(declared.span)) return;
    rows.push(blockExternJson(analysis, places, { placement, declared, language }));
  });
  return rows;
}

/** A function without code leaves no trace, but one whose calls are expanded does. */
function hasRow(places: UnitPlaces, fn: FunctionSymbol): boolean {
  const isExpanded = fn.attributes.isAlwaysInline === true && fn.isReferenced;
  return isExpanded || places.analysis.placementOf.get(fn)?.storage === 'static';
}

function objectJson(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  given: { readonly placement: Placement; readonly of: ObjectSymbol; readonly language: Language },
): ObjectJson {
  const { placement, of, language } = given;
  const { line, column } = placeOfObject(places, of);
  const isDefined = placement.storage !== 'declared-only';
  const isArtificial = functionNames.has(of.name);
  const { aligned } = of.attributes;
  return {
    name: of.name === '' ? null : of.name,
    kind: of.isParameter ? 'parameter' : 'variable',
    ...fileOf(analysis, places),
    scope: places.scopes.ofObject(of),
    ...(isArtificial ? { artificial: true as const } : of.name === '' ? {} : { line, column }),
    ...(isDefined ? declaredLine(places, of) : {}),
    type: objectTypeJson(placement, of),
    ...sizeOfObject(of),
    align: placement.align,
    ...(aligned === undefined ? {} : { declared_align: aligned }),
    storage: placement.storage,
    ...(isDefined ? {} : { defined: false as const }),
    ...staticPlace(analysis, places.analysis, placement, of),
    ...stackPlace(analysis, places.analysis, placement, of),
    linkage: placement.linkage,
    reason: renderText(placement.reason, language),
    ...(placement.moves === undefined ? {} : { moves: renderText(placement.moves, language) }),
  };
}

/** The type of an object in the words of debug information. */
export function objectTypeJson(
  { storage }: Placement,
  { definedAs, type, initializer }: ObjectSymbol,
): string {
  const isStored = storage === 'automatic' && initializer !== undefined;
  return dwarfObjectSpelling(definedAs ?? type, isStored ? CONST : 0);
}

/** The size, and whether it is that of the symbol, the type being an array that was completed later. */
function sizeOfObject({ type, definedAs }: ObjectSymbol): Pick<ObjectJson, 'size' | 'size_from_symbol'> {
  if (definedAs === undefined) return { size: sizeJson(type) };
  return definedAs.type.kind === 'typedef' ? { size: 0 } : { size: sizeJson(type), size_from_symbol: true };
}

/** Names that stand for the text of the function's own name (C17 6.4.2.2). */
const functionNames: ReadonlySet<string> = new Set(['__func__', '__FUNCTION__', '__PRETTY_FUNCTION__']);

const sizeJson = (type: QualType): number | null =>
  isVariableLength(type.type) ? null : (sizeOf(type.type) ?? 0);

/**
 * Where debug information says that an object is declared: at its first definition, tentative or not. A parameter of the old
 * style without a declaration is where its function is.
 */
function placeOfObject(places: UnitPlaces, of: ObjectSymbol): LineColumn {
  const { owner, span } = of;
  if (of.isParameter && owner !== undefined && !owner.type.hasPrototype && span.expandedAt === undefined) {
    const text = places.analysis.files[span.file]?.text ?? '';
    if (!text.slice(owner.span.end, span.start).includes(')')) return places.lineColumn(owner.span);
  }
  return places.lineColumn(of.firstDefinition ?? span);
}

/** The first declaration of an object of file scope, where that is an `extern` one before the definition. */
function declaredLine(places: UnitPlaces, of: ObjectSymbol): { declared_line?: number } {
  const [first] = of.declarations;
  if (of.isParameter || of.owner !== undefined || first === undefined || first.start >= of.span.start)
    return {};
  if (isInBody(places, first)) return {};
  const text = places.analysis.files[first.file]?.text ?? '';
  const declaration = text.slice(
    Math.max(text.lastIndexOf(';', first.start), text.lastIndexOf('}', first.start)) + 1,
    first.start,
  );
  return /\bextern\b/.test(declaration) ? { declared_line: places.lineColumn(first).line } : {};
}

function blockExternJson(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  given: { readonly placement: Placement; readonly declared: BlockExtern; readonly language: Language },
): ObjectJson {
  const { placement, declared, language } = given;
  const { line, column } = places.lineColumn(declared.span);
  return {
    name: declared.object.name,
    kind: 'variable',
    ...fileOf(analysis, places),
    scope: places.scopes.ofPlace(declared.span),
    line,
    column,
    type: dwarfObjectSpelling(declared.type),
    size: sizeJson(declared.type),
    align: placement.align,
    storage: 'declared-only',
    defined: false,
    ...(placement.objectSection === undefined
      ? {}
      : { object_section: placement.objectSection, bind: bindingOf(declared.object) }),
    ...(placement.section === undefined ? {} : { section: placement.section }),
    linkage: 'external',
    reason: renderText(placement.reason, language),
  };
}

const bindingOf = (of: ObjectSymbol | FunctionSymbol): 'LOCAL' | 'GLOBAL' | 'WEAK' =>
  of.linkage !== 'external' ? 'LOCAL' : of.attributes.isWeak === true ? 'WEAK' : 'GLOBAL';

/** Section, symbol and address of an object that has them. */
function staticPlace(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
  of: ObjectSymbol,
): Partial<ObjectJson> {
  const { objectSection, section } = placement;
  if (placement.storage === 'none-emitted' || placement.storage === 'automatic') return {};
  if (placement.storage === 'declared-only') {
    if (objectSection === undefined) return {};
    // A weak symbol that nobody defines is null where the linker needs no entry for it: no symbol is left.
    const isGone = of.attributes.isWeak === true && !analysis.linked.dynamic.symbols.includes(of.name);
    return {
      object_section: objectSection,
      bind: of.attributes.isWeak === true ? 'WEAK' : 'GLOBAL',
      ...(section === undefined || isGone ? {} : { section }),
    };
  }
  return { ...definedPlace(analysis, placement, of), ...debugValueJson(analysis, unit, of) };
}

/** Written field by field: a unit may have a hundred thousand of them. */
function definedPlace(
  analysis: ProgramAnalysis,
  placement: Placement,
  of: ObjectSymbol,
): Partial<ObjectJson> {
  const { objectSection, section, symbolSize, relocations } = placement;
  const { visibility, alias } = of.attributes;
  const place: { -readonly [Field in keyof ObjectJson]?: ObjectJson[Field] } = {};
  const isThread = placement.storage === 'thread';
  const addr = isThread ? undefined : analysis.linked.addressOf(of);
  if (addr !== undefined) place.address = addr;
  const tls = isThread ? analysis.image.tls : undefined;
  if (tls !== undefined) place.tls_offset = tls.memSize + analysis.linked.threadOffsetOf(of);
  const symbol = symbolOf(analysis, of);
  if (symbol !== undefined) place.symbol = symbol;
  place.bind = bindingOf(of);
  if (visibility !== undefined && visibility !== 'default') place.visibility = visibility.toUpperCase();
  if (section !== undefined) place.section = section;
  place.symbol_type = isThread ? 'TLS' : 'OBJECT';
  if (symbolSize !== undefined) place.symbol_size = symbolSize;
  if (objectSection !== undefined) place.object_section = objectSection;
  if (objectSection === 'COMMON') place.object_common_align = placement.emittedAlign;
  if (alias === undefined) place.emitted_align = placement.emittedAlign;
  if (relocations !== undefined && relocations !== 0) place.relocations = relocations;
  place.segment = placement.segment;
  if (placement.isRelro) place.relro = true;
  return place;
}

/** The name of the symbol: static objects of functions are numbered. */
function symbolOf(analysis: ProgramAnalysis, of: ObjectSymbol): string | undefined {
  return of.owner === undefined ? (of.attributes.asmLabel ?? of.name) : analysis.linked.symbolOf(of);
}

/** Where an automatic object is in its function's stack frame. */
function stackPlace(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
  of: ObjectSymbol,
): Partial<ObjectJson> {
  if (placement.storage !== 'automatic') return {};
  // With optimisation only the compiler's own output tells where such a variable is, and when.
  if (analysis.options.compile.optimize > 0 && isScalar(of.type.type) && !of.isAddressTaken) return {};
  const segment = { segment: placement.segment };
  const frame = of.owner === undefined ? undefined : unit.frames.get(of.owner);
  const isModelled = isFrameKnown(analysis, unit, of.owner);
  if (frame?.registers.has(of) === true && isModelled)
    return debugRegisterJson(frame, dataModelOf(analysis.options.compile.target).wordBytes, of);
  const offset = frame?.offsets.get(of);
  if (offset === undefined || placement.segment !== 'stack' || !isModelled) return segment;
  const word = dataModelOf(analysis.options.compile.target).wordBytes;
  const realignment = frame?.realignment;
  // Where the frame aligns itself, only what the caller put on the stack has a fixed place from its address.
  // Of an array of variable size the frame has the address.
  const deref = isVariableLength(of.type.type) ? ' deref' : '';
  if (realignment === undefined || offset > 0) {
    const fromFrame = offset - 2 * word;
    const location = deref === '' ? {} : { location: `fbreg:${String(fromFrame)}${deref}` };
    return { ...segment, cfa_offset: fromFrame, ...location };
  }
  const isFromBase = realignment.kind === 'argument-pointer';
  const register = `${word === 8 ? 'r' : 'e'}${isFromBase ? 'bp' : 'sp'}`;
  const distance = isFromBase ? offset : offset + realignment.fromStackPointer;
  const location = `${register}${distance < 0 ? '' : '+'}${String(distance)}${deref}`;
  return { ...segment, frame_register: register, frame_offset: distance, location };
}

function functionsJson(analysis: ProgramAnalysis, places: UnitPlaces, language: Language): FunctionJson[] {
  const { placements, functionOf, frames } = places.analysis;
  return placements.flatMap((placement): FunctionJson[] => {
    const { of } = placement;
    // What a resolver chooses and what stands for another symbol are symbols only.
    if (!isFunction(of) || of.attributes.resolver !== undefined || of.attributes.weakref !== undefined)
      return [];
    if (!places.isOwn(of.span) && declarationInBlock(places, of) === undefined) return [];
    const { line, column } = places.lineColumn(of.span);
    const head = { name: of.name, ...fileOf(analysis, places), line };
    const reason = renderText(placement.reason, language);
    if (!of.isDefined && placement.storage !== 'static') {
      const inBlock = declarationInBlock(places, of);
      if (placement.objectSection === undefined && inBlock === undefined) return [];
      return [
        {
          ...head,
          ...(inBlock === undefined ? {} : { line: places.lineColumn(inBlock).line }),
          linkage: of.linkage,
          defined: false,
          ...(placement.objectSection === undefined
            ? {}
            : { bind: bindingOf(of), object_section: placement.objectSection }),
          reason,
        },
      ];
    }
    const fn = functionOf.get(of);
    const isEmitted = placement.storage === 'static';
    // An alias is a symbol; a function without code leaves no trace unless its calls are expanded.
    if (isEmitted && fn === undefined) return [];
    if (!hasRow(places, of)) return [];
    const code = fn === undefined ? undefined : analysis.linked.codeMaps.get(fn);
    const frame = frames.get(of);
    const addr = analysis.linked.addressOf(of);
    return [
      {
        ...head,
        column,
        linkage: of.linkage,
        prototyped: of.type.hasPrototype,
        type: dwarfTypeSpelling(of.type.result),
        ...(isEmitted ? {} : { inline: 'declared-inlined' }),
        ...(of.type.isNoreturn === true || of.attributes.isNoreturn === true
          ? { noreturn: true as const }
          : {}),
        parameters: of.type.parameters.length,
        ...(of.type.isVariadic ? { variadic: true as const } : {}),
        ...(isEmitted
          ? {
              ...(addr === undefined ? {} : { address: addr }),
              ...(code === undefined ? {} : { size: code.size }),
              symbol: analysis.linked.symbolOf(of) ?? of.attributes.asmLabel ?? of.name,
              bind: bindingOf(of),
              ...(of.attributes.visibility === undefined || of.attributes.visibility === 'default'
                ? {}
                : { visibility: of.attributes.visibility.toUpperCase() }),
              ...(placement.section === undefined ? {} : { section: placement.section }),
              ...(placement.objectSection === undefined ? {} : { object_section: placement.objectSection }),
              segment: placement.segment,
              ...(frame === undefined || !isFrameKnown(analysis, places.analysis, of)
                ? {}
                : { stack_usage: frame.stackUsage }),
            }
          : { emitted: false as const }),
        reason,
      },
    ];
  });
}

/** A declaration inside of a function's body: debug information has one of its own for it, used or not. */
function declarationInBlock(places: UnitPlaces, symbol: FunctionSymbol): Span | undefined {
  return symbol.declarations.find((span) => places.isOwn(span) && isInBody(places, span));
}

function isInBody(places: UnitPlaces, span: Span): boolean {
  return places.analysis.unit.functions.some(
    ({ body }) =>
      body.span.file === span.file && body.span.start < span.start && span.start < body.closeSpan.start,
  );
}

/** What the linker must find elsewhere, in alphabetical order. */
function undefinedSymbols(analysis: ProgramAnalysis): string[] {
  const { undefined: names } = analysis.linked.dynamic;
  return names.map(({ name, isWeak }) => (isWeak ? `${name} (weak)` : name)).sort();
}
