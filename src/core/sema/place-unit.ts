/**
 * Where everything of a translation unit lives: the facts behind hovers and `segments`.
 *
 * Objects and literals of functions that get no code do not exist; what is reachable from the code that gcc emits does.
 * Addresses and frame offsets are added later, by the linker and the frame layout of `image`.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { DataModel } from '../target/data-model.ts';
import { emittedAlign, literalAlign, objectAlign, variableAlign } from './data-alignment.ts';
import { initializedSize } from './initializers.ts';
import { emittedCode, needsSteps } from './emitted-code.ts';
import type { EmittedCode } from './emitted-code.ts';
import {
  blockExternReason,
  constantLocalReason,
  functionReason,
  literalReason,
  localReason,
  staticReason,
} from './placement-reason.ts';
import type { LocalFate } from './placement-reason.ts';
import { bitsOf, localRowsOf, rowOf } from './known-rows.ts';
import type { CompileOptions, LiteralPlacement, Placement, Segment } from './placement.ts';
import { isUnusedRegister, livesInRegister } from './register-choice.ts';
import { chooseSection, initializerFacts } from './section-choice.ts';
import type { InitializerFacts } from './section-choice.ts';
import { isVariableLength, resolve, sizeOf } from './type-relations.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral, TypedFunction, TypedUnit } from './typed-tree.ts';

/**
 * Places every object, function, parameter and literal of a unit, in order of the text within each kind.
 *
 * The rows are written out field by field: a unit has thousands of them, and spreading parts into each took half of the
 * whole analysis when measured.
 */
export function placeUnit(unit: TypedUnit, options: CompileOptions): Placement[] {
  return finish(placeUnitSteps(unit, options));
}

/** The same, with a pause after each function. */
export function* placeUnitSteps(unit: TypedUnit, options: CompileOptions): Steps<Placement[]> {
  yield* needsSteps(unit, options);
  const model = dataModelOf(options.target);
  const code = emittedCode(unit, options);
  const placements: Placement[] = [];
  for (const object of unit.objects) placements.push(placeStatic(object, code, options, model));
  for (const object of unit.literalObjects) placements.push(placeStatic(object, code, options, model));
  for (const fn of unit.functions) {
    placements.push(placeFunction(fn.symbol, code, options));
    for (const row of placeLocals(fn, code, model, options)) placements.push(row);
    for (const local of fn.staticLocals) placements.push(placeStatic(local, code, options, model));
    yield;
  }
  for (const symbol of unit.functionSymbols) {
    if (!symbol.isDefined) placements.push(placeFunction(symbol, code, options));
  }
  for (const literal of unit.strings) placements.push(placeLiteral(literal, code, options, model));
  return placements;
}

/** `extern` declarations inside of blocks, as rows of their own beside that of the object they stand for. */
export function placeBlockExterns(
  unit: TypedUnit,
  placements: readonly Placement[],
  options: CompileOptions,
): Placement[] {
  const model = dataModelOf(options.target);
  const byObject = new Map(placements.map((placement) => [placement.of, placement]));
  return unit.blockExterns.flatMap(({ object, owner, type }) => {
    const placed = byObject.get(object);
    if (placed === undefined) return [];
    const args = { name: object.name };
    return [
      {
        ...placed,
        scope: owner?.name ?? 'file',
        size: sizeOf(type.type),
        align: variableAlign(type, model),
        segment: 'none' as const,
        storage: 'declared-only' as const,
        linkage: 'external' as const,
        reason: blockExternReason(args),
        moves: undefined,
      },
    ];
  });
}

const scopeOf = (owner: FunctionSymbol | undefined): string => owner?.name ?? 'file';

function placeStatic(
  object: ObjectSymbol,
  code: EmittedCode,
  options: CompileOptions,
  model: DataModel,
): Placement {
  const facts = initializerFacts(object);
  // The row of an alias says what another one says.
  if (object.attributes.alias !== undefined) return newStaticRow(object, facts, code, options, model);
  const bits = bitsOf(
    code.objects.has(object),
    code.objectsInCode.has(object),
    code.objectsInConstants.has(object),
    code.constants.has(object),
    object.isDefined === false,
    object.storage === 'declared-only',
    object.linkage === 'external',
    facts.hasForeignAddress,
  );
  const { type, attributes, initializer } = object;
  return rowOf(object, { options, type, attributes, contents: initializer, bits }, () =>
    newStaticRow(object, facts, code, options, model),
  );
}

function newStaticRow(
  object: ObjectSymbol,
  facts: InitializerFacts,
  code: EmittedCode,
  options: CompileOptions,
  model: DataModel,
): Placement {
  const isDeclaredOnly = object.isDefined === false || object.storage === 'declared-only';
  const size = sizeOf(object.type.type);
  const align = objectAlign(object, model);
  if (isDeclaredOnly && object.attributes.alias === undefined) {
    const isReferenced = code.objects.has(object);
    const isCopied = isReferenced && hasCopyRelocation(object, code, options);
    const bounded = /^__(?:start|stop)_(\w+)$/.exec(object.name)?.[1];
    const section = isCopied ? '.bss' : (bounded ?? 'UND');
    return {
      ...staticParts(object, size, align),
      objectSection: isReferenced ? 'UND' : undefined,
      section: isReferenced ? section : undefined,
      segment: isCopied ? 'bss' : 'none',
      isRelro: false,
      emittedAlign: align,
      storage: 'declared-only',
      ...staticReason(isCopied ? 'copy-relocation' : 'declared-only', object, facts, options),
    };
  }
  if (!code.objects.has(object)) {
    return {
      ...staticParts(object, size, align),
      objectSection: undefined,
      section: undefined,
      segment: 'none',
      isRelro: false,
      emittedAlign: align,
      storage: 'none-emitted',
      ...staticReason('none-emitted', object, facts, options),
    };
  }
  const target = code.aliasTarget(object);
  if (target !== undefined) {
    const placed = placeStatic(target, code, options, model);
    return { ...placed, ...staticParts(object, size, align), emittedAlign: placed.emittedAlign };
  }
  const choice = chooseSection(object, facts, options, code.constants.has(object));
  const { reason, moves } =
    object.isConstantLocal === true
      ? constantLocalReason(object, choice.section)
      : staticReason(choice.rule, object, facts, options);
  return {
    of: object,
    name: object.name,
    kind: 'variable',
    scope: scopeOf(object.owner),
    objectSection: choice.objectSection,
    section: choice.section,
    segment: choice.segment,
    isRelro: choice.isRelro,
    size,
    align,
    emittedAlign: emittedAlign(object, model),
    storage: object.storage === 'thread' ? 'thread' : 'static',
    linkage: object.linkage,
    frameOffset: undefined,
    address: undefined,
    symbolSize: initializedSize(object.type, object.initializer),
    relocations: facts.relocations,
    reason,
    moves,
  };
}

/** What the row of a static object says wherever the object is. */
function staticParts(
  object: ObjectSymbol,
  size: number | undefined,
  align: number,
): Pick<
  Placement,
  'of' | 'name' | 'kind' | 'scope' | 'size' | 'align' | 'linkage' | 'frameOffset' | 'address'
> {
  return {
    of: object,
    name: object.name,
    kind: 'variable',
    scope: scopeOf(object.owner),
    size,
    align,
    linkage: object.linkage,
    frameOffset: undefined,
    address: undefined,
  };
}

/** Objects that glibc defines and programs use. */
const libraryObjects: ReadonlySet<string> = new Set(
  (
    'stdin stdout stderr environ __environ _environ optarg optind opterr optopt timezone daylight tzname __timezone ' +
    '__daylight __tzname program_invocation_name program_invocation_short_name signgam getdate_err obstack_exit_failure ' +
    'error_message_count error_one_per_line error_print_progname sys_siglist _sys_errlist h_errno in6addr_any ' +
    'in6addr_loopback argp_program_version argp_program_bug_address argp_err_exit_status re_syntax_options loc1 loc2 locs'
  ).split(' '),
);

/**
 * Code that names an object of a shared library directly makes the linker reserve room for it in the program's .bss, into
 * which the loader copies it (R_X86_64_COPY). Position-independent i386 code goes through the GOT instead, and so does an
 * address in an initialiser that can be written.
 */
function hasCopyRelocation(object: ObjectSymbol, code: EmittedCode, options: CompileOptions): boolean {
  if (!libraryObjects.has(object.name) || options.link === 'static' || object.attributes.isWeak === true)
    return false;
  if (code.objectsInCode.has(object)) return options.target === 'x86_64' || !options.pie;
  return !options.pie && code.objectsInConstants.has(object);
}

/** Rows of the parameters and automatic objects of a function. */
function placeLocals(
  fn: TypedFunction,
  code: EmittedCode,
  model: DataModel,
  options: CompileOptions,
): readonly Placement[] {
  // An inline definition that is not external has its code elsewhere.
  const isEmitted = code.functions.has(fn.symbol) && fn.symbol.isExternInline !== true;
  const makesCalls = code.makesCalls(fn.symbol);
  const shared = sharedObjects(fn);
  const place = (object: ObjectSymbol): Placement => {
    const isShared = shared.has(object);
    const isChosen = isEmitted && options.optimize === 0 && !isShared;
    const fate: LocalFate = !isEmitted
      ? 'no-code'
      : isShared
        ? 'shared'
        : isChosen && isUnusedRegister(object, model)
          ? 'unused-register'
          : isChosen && livesInRegister(object, makesCalls, model)
            ? 'register'
            : 'stack';
    return placeLocal(object, fn, fate, model);
  };
  return localRowsOf(fn, isEmitted, makesCalls, options, () => [
    ...fn.parameters.map(place),
    ...fn.locals.map(place),
  ]);
}

/** What lies in the object that a function shares with those inside it. */
function sharedObjects({ nesting }: TypedFunction): ReadonlySet<ObjectSymbol> {
  const { variables, parameters } = nesting?.frame ?? {};
  const copied = (parameters ?? []).flatMap(({ parameter, isAddress }) => (isAddress ? [] : [parameter]));
  return new Set([...(variables?.keys() ?? []), ...copied]);
}

function placeLocal(object: ObjectSymbol, fn: TypedFunction, fate: LocalFate, model: DataModel): Placement {
  const isVla = isVariableLength(object.type.type);
  const isThere = fate !== 'no-code' && fate !== 'unused-register';
  const segment: Segment = !isThere ? 'none' : fate === 'register' ? 'register' : 'stack';
  const align = objectAlign(object, model);
  const { reason, moves } = localReason(object, fate, isVla);
  return {
    of: object,
    name: object.name,
    kind: object.isParameter ? 'parameter' : 'variable',
    scope: fn.symbol.name,
    objectSection: undefined,
    section: undefined,
    segment,
    isRelro: false,
    size: isVla ? undefined : sizeOf(object.type.type),
    align,
    emittedAlign: stackAlign(object, align, model),
    storage: isThere ? 'automatic' : 'none-emitted',
    linkage: 'none',
    frameOffset: undefined,
    address: undefined,
    reason,
    moves,
  };
}

/** In a frame, what has 16 bytes and more is aligned to 16 on x86-64 (arrays and records). */
function stackAlign(object: ObjectSymbol, align: number, model: DataModel): number {
  const type = resolve(object.type.type);
  const isAggregate = type.kind === 'array' || type.kind === 'record';
  return isAggregate && model.wordBytes === 8 && (sizeOf(type) ?? 0) >= 16 ? Math.max(align, 16) : align;
}

function placeFunction(symbol: FunctionSymbol, code: EmittedCode, options: CompileOptions): Placement {
  const { attributes } = symbol;
  const bits = bitsOf(
    code.functions.has(symbol),
    symbol.isDefined,
    symbol.isExternInline === true,
    symbol.linkage === 'external',
  );
  return rowOf(symbol, { options, type: undefined, attributes, contents: undefined, bits }, () =>
    newFunctionRow(symbol, code, options),
  );
}

function newFunctionRow(symbol: FunctionSymbol, code: EmittedCode, options: CompileOptions): Placement {
  const isElsewhere = !symbol.isDefined || symbol.isExternInline === true;
  const isEmitted = !isElsewhere && code.functions.has(symbol);
  const isAlias = symbol.attributes.alias !== undefined;
  const { section } = symbol.attributes;
  const objectSection = section ?? codeSection(symbol, options);
  const linked = objectSection === '.text' || objectSection.startsWith('.text.') ? '.text' : objectSection;
  const isThere = isEmitted || isAlias;
  const isUndefined = isElsewhere && !isAlias && code.functions.has(symbol);
  const { reason, moves } = functionReason(symbol, isThere, objectSection);
  return {
    of: symbol,
    name: symbol.name,
    kind: 'function',
    scope: 'file',
    objectSection: isThere ? objectSection : isUndefined ? 'UND' : undefined,
    section: isThere ? linked : isUndefined ? 'UND' : undefined,
    segment: isThere ? 'text' : 'none',
    isRelro: false,
    size: undefined,
    align: 1,
    emittedAlign: symbol.attributes.aligned ?? 1,
    storage: isThere ? 'static' : symbol.isDefined ? 'none-emitted' : 'declared-only',
    linkage: symbol.linkage,
    frameOffset: undefined,
    address: undefined,
    reason,
    moves,
  };
}

/** With optimisation functions marked hot or cold, and those that run once at the start, are gathered. */
function codeSection(symbol: FunctionSymbol, options: CompileOptions): string {
  if (options.optimize === 0) return '.text';
  if (symbol.attributes.isHot === true) return '.text.hot';
  if (symbol.attributes.isCold === true) return '.text.unlikely';
  const isStart = symbol.name === 'main' || symbol.attributes.constructorPriority !== undefined;
  if (isStart) return '.text.startup';
  return symbol.attributes.destructorPriority !== undefined ? '.text.exit' : '.text';
}

function placeLiteral(
  literal: StringLiteral,
  code: EmittedCode,
  options: CompileOptions,
  model: DataModel,
): Placement {
  const fate = code.literalFate(literal);
  // What a literal became is one of a few things, and the object or the bytes that go with it.
  const detail = fate.kind === 'in-object' ? fate.object : fate.kind === 'rewritten' ? fate.bytes : undefined;
  const bits = fate.kind === 'no' ? whyNot.indexOf(fate.why) : whyNot.length + keptKinds.indexOf(fate.kind);
  return rowOf(literal, { options, type: undefined, attributes: undefined, contents: detail, bits }, () =>
    newLiteralRow(literal, fate, options, model),
  );
}

const whyNot: readonly (LiteralPlacement & { kind: 'no' })['why'][] = [
  'unevaluated',
  'immediate',
  'dead-code',
  'rewritten-call',
];
const keptKinds: readonly LiteralPlacement['kind'][] = ['pooled', 'rewritten', 'in-object'];

function newLiteralRow(
  literal: StringLiteral,
  fate: LiteralPlacement,
  options: CompileOptions,
  model: DataModel,
): Placement {
  const isConstant = fate.kind === 'pooled' || fate.kind === 'rewritten';
  const bytes = fate.kind === 'rewritten' ? fate.bytes.length : literal.bytes.length;
  const align = literalAlign(bytes, literal.elementSize, model, options.optimize);
  const { reason, moves } = literalReason(literal, fate, options);
  return {
    of: literal,
    name: literalName(literal),
    kind: 'string',
    scope: scopeOf(literal.owner),
    objectSection: isConstant ? literalSection(literal, align, options) : undefined,
    section: isConstant ? '.rodata' : undefined,
    segment: isConstant ? 'rodata' : 'none',
    isRelro: false,
    size: isConstant ? bytes : literal.bytes.length,
    align: literal.elementSize,
    emittedAlign: isConstant ? align : literal.elementSize,
    storage: isConstant ? 'static' : 'none-emitted',
    linkage: 'none',
    frameOffset: undefined,
    address: undefined,
    literal: fate,
    reason,
    moves,
  };
}

/** Without optimisation `.rodata`; with it a section whose strings the linker merges, unless a NUL stands inside. */
function literalSection(literal: StringLiteral, align: number, options: CompileOptions): string {
  if (options.optimize === 0) return '.rodata';
  const { bytes, elementSize } = literal;
  for (let i = 0; i + elementSize < bytes.length; i += elementSize) {
    let isNul = true;
    for (let j = 0; j < elementSize; j++) if (bytes[i + j] !== 0) isNul = false;
    if (isNul) return '.rodata';
  }
  return `.rodata.str${elementSize}.${align}`;
}

/** Spelling for a list: the bytes in C form, cut after 40 characters. */
function literalName(literal: StringLiteral): string {
  let text = '';
  const { bytes, elementSize } = literal;
  for (let i = 0; i + elementSize < bytes.length; i += elementSize) {
    let unit = 0;
    for (let j = elementSize - 1; j >= 0; j--) unit = unit * 256 + (bytes[i + j] ?? 0);
    text += escaped(unit);
    if (text.length > 40) return `"${text}…"`;
  }
  return `"${text}"`;
}

function escaped(unit: number): string {
  switch (unit) {
    case 10:
      return '\\n';
    case 9:
      return '\\t';
    case 13:
      return '\\r';
    case 0:
      return '\\0';
    case 34:
      return '\\"';
    case 92:
      return '\\\\';
    default:
      return unit >= 32 && unit < 127 ? String.fromCharCode(unit) : `\\x${unit.toString(16)}`;
  }
}
