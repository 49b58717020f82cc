/**
 * Declarations (C17 6.7): symbols with linkage, storage duration and initialisers.
 */
import { hasGnuInline, isC90 } from '../target/dialect.ts';
import type { Span } from '../source/text-span.ts';
import type { Declaration, DeclarationSpecifiers, InitDeclarator, StaticAssert } from '../syntax/ast.ts';
import { checkDeclarationAttributes } from './attribute-checks.ts';
import { collectAttributes } from './attributes.ts';
import type { ParsedAttributes } from './attributes.ts';
import { libraryBuiltinType } from './builtins.ts';
import { noteConstantCandidate } from './constant-locals.ts';
import type { Mutable, SemaContext } from './context.ts';
import {
  checkAliases,
  checkAlignas,
  checkAutoType,
  checkFileScopeStorage,
  checkLocalSection,
  checkRegisterVariable,
} from './declaration-checks.ts';
import { toRvalue } from './conversions.ts';
import { buildDeclarator } from './declarators.ts';
import { expression, requiredInteger } from './expressions.ts';
import { analyzeInitializer, canBeInitialized, fillsFlexibleMember } from './initializers.ts';
import { openBarrier } from './jumps.ts';
import { parseString } from './literal-value.ts';
import { analyzeSpecifiers } from './specifiers.ts';
import type { Specified } from './specifiers.ts';
import { newObject } from './symbols.ts';
import { applyTypeAttributes } from './type-attributes.ts';
import {
  areCompatible,
  areCompatibleUnqualified,
  asArray,
  asFunction,
  asRecord,
  compositeOf,
  defaultPromoted,
  isComplete,
  isError,
  isVariableLength,
  isVariablyModified,
  isVoid,
  resolve,
  unqualified,
  withQuals,
} from './type-relations.ts';
import type { CType, FunctionType, QualType, TypedefType } from './type.ts';
import type {
  FunctionSymbol,
  Linkage,
  ObjectSymbol,
  SymbolAttributes,
  StorageDuration,
  TypedStatement,
} from './typed-tree.ts';

/** A declarator with everything that was written about it. */
export interface Declared {
  readonly name: string;
  readonly span: Span;
  readonly type: QualType;
  readonly specified: Specified;
  readonly attributes: SymbolAttributes;
  readonly parsed: ParsedAttributes;
}

/** Analyses a declaration; initialisers of automatic objects become statements in `into`. */
export function analyzeDeclaration(ctx: SemaContext, node: Declaration, into: TypedStatement[]): void {
  const isAlone = node.declarators.length === 0;
  const specified = analyzeSpecifiers(ctx, node.specifiers, isAlone && !hasQualifiedUse(node.specifiers));
  if (isAlone) {
    // gcc/c/c-decl.cc: shadow_tag_warned.
    if (specified.isInline) ctx.error('inline-in-empty', node.specifiers.span);
    return;
  }
  checkAutoType(ctx, node, specified);
  for (const declarator of node.declarators) declareOne(ctx, node.specifiers, specified, declarator, into);
}

/** `const struct s;` is a use, `struct s;` a declaration of the tag here. */
function hasQualifiedUse(node: DeclarationSpecifiers): boolean {
  return node.qualifiers.length > 0;
}

function declareOne(
  ctx: SemaContext,
  specifiers: DeclarationSpecifiers,
  specified: Specified,
  node: InitDeclarator,
  into: TypedStatement[],
): void {
  const parsed = collectAttributes(ctx, specifiers.attributes, node.attributes);
  const own = collectAttributes(ctx, node.attributes);
  let base = specified.type;
  let autoInitializer: QualType | undefined;
  if (specified.isAutoType && node.initializer?.kind === 'value') {
    // Analysed once more below, as the initialiser of a known type; here only its type counts.
    autoInitializer = typeForAuto(ctx, node.initializer.value);
    base = withQuals(autoInitializer, specified.type.quals);
  }
  const built = buildDeclarator(ctx, node.declarator, base, 'declaration');
  const { name } = built;
  if (name === undefined) return;
  const type = applyTypeAttributes(ctx, built.type, own);
  const isMissingType = specifiers.types.length === 0 && !specified.isAutoType;
  if (isMissingType && !isC90(ctx.dialect)) ctx.warning('implicit-int', name.span, { name: name.name });
  const declared: Declared = {
    name: name.name,
    span: name.span,
    type,
    specified,
    attributes: symbolAttributes(ctx, parsed, specified, node.asmLabel),
    parsed,
  };
  checkAlignas(ctx, declared);
  if (specifiers.attributes.length > 0 || node.attributes.length > 0)
    checkDeclarationAttributes(ctx, declared, specifiers.attributes, node.attributes);
  if (specified.storage === 'typedef') {
    declareTypedef(ctx, declared);
    if (node.initializer !== undefined) ctx.error('typedef-initialized', name.span, { name: name.name });
  } else if (asFunction(type.type) !== undefined) {
    // `auto` announces a function that is defined in the same block (GNU).
    if (ctx.fn !== undefined && specified.storage === 'auto') declareNestedFunction(ctx, declared, false);
    else declareFunction(ctx, declared, false);
    if (node.initializer !== undefined) ctx.error('function-initialized', name.span, { name: name.name });
  } else declareObject(ctx, declared, node, into);
}

function typeForAuto(ctx: SemaContext, node: Parameters<typeof expression>[1]): QualType {
  const before = { uses: ctx.uses.length, literals: ctx.literals.length, strings: ctx.strings.length };
  ctx.unevaluated += 1;
  const type = unqualified(toRvalue(ctx, expression(ctx, node)).type);
  ctx.unevaluated -= 1;
  ctx.uses.length = before.uses;
  ctx.literals.length = before.literals;
  ctx.strings.length = before.strings;
  return type;
}

/** The attributes of what a declarator declares. */
export function symbolAttributes(
  ctx: SemaContext,
  parsed: ParsedAttributes,
  specified: Specified,
  asmLabel: string | undefined,
): SymbolAttributes {
  if (parsed.badTlsModel !== undefined && specified.isThread) ctx.error('tls-model', parsed.badTlsModel);
  const align = Math.max(parsed.aligned ?? 0, specified.alignas ?? 0);
  const isGnuInline = parsed.isGnuInline || (specified.isInline && hasGnuInline(ctx.dialect));
  if (
    align === 0 &&
    !specified.isNoreturn &&
    !specified.isConstexpr &&
    !isGnuInline &&
    asmLabel === undefined
  )
    return parsed.symbol;
  return {
    ...parsed.symbol,
    ...(align > 0 ? { aligned: align } : {}),
    ...(specified.isNoreturn ? { isNoreturn: true } : {}),
    ...(specified.isConstexpr ? { isConstexpr: true } : {}),
    ...(isGnuInline ? { isGnuInline: true } : {}),
    ...(asmLabel === undefined ? {} : { asmLabel: asmLabelText(ctx, asmLabel) }),
  };
}

/** The label without its quotes, whether the parser left them or not. */
function asmLabelText(ctx: SemaContext, label: string): string {
  if (!label.startsWith('"')) return label;
  const spellings = label.match(/"(?:[^"\\]|\\.)*"/g) ?? [label];
  return String.fromCharCode(...parseString(ctx.types, spellings).bytes.subarray(0, -1));
}

// ---------------------------------------------------------------- typedefs

function declareTypedef(ctx: SemaContext, declared: Declared): void {
  const { name, span, type } = declared;
  const here = ctx.names.lookupHere(name);
  if (here?.kind === 'typedef') {
    if (!areCompatible(here.type, type)) {
      ctx.error('conflicting-types', span, { name, type: ctx.spell(type), earlier: ctx.spell(here.type) }, [
        ctx.note('previous-declaration', here.span),
      ]);
    } else {
      ctx.use(span, here);
      return;
    }
  } else if (here !== undefined && here.kind !== 'undeclared') {
    ctx.error('redeclared-differently', span, { name }, [ctx.note('previous-declaration', here.span)]);
  }
  const record = declared.parsed.isTransparentUnion ? asRecord(type.type) : undefined;
  if (record !== undefined) record.isTransparentUnion = true;
  const named: TypedefType = {
    kind: 'typedef',
    name,
    aliased: type,
    ...(declared.attributes.aligned === undefined ? {} : { declaredAlign: declared.attributes.aligned }),
  };
  const symbol = { kind: 'typedef', name, type, named, span, owner: ctx.fn?.symbol } as const;
  ctx.names.declare(name, symbol);
  ctx.typedefs.push(symbol);
  ctx.use(span, symbol);
  if (ctx.fn !== undefined && isVariablyModified(type.type)) openBarrier(ctx.fn, 'variable-size', name, span);
}

// ---------------------------------------------------------------- linkage

/** C17 6.7.6.3p15: a prototype behind a K&R definition has the promoted types of its parameters. */
function agreesWithKnr(ctx: SemaContext, earlier: CType, declared: CType): boolean {
  const knr = asFunction(earlier);
  const prototype = asFunction(declared);
  if (knr === undefined || prototype === undefined || knr.hasPrototype || !prototype.hasPrototype)
    return true;
  return knr.parameters.every((parameter, i) => {
    const other = prototype.parameters[i];
    return (
      other !== undefined &&
      areCompatibleUnqualified(defaultPromoted(ctx.types, parameter, undefined).type, other.type)
    );
  });
}

function checkCompatible(ctx: SemaContext, declared: Declared, earlier: QualType, span: Span): boolean {
  if (isError(declared.type.type) || isError(earlier.type)) return true;
  if (areCompatible(earlier, declared.type) && agreesWithKnr(ctx, earlier.type, declared.type.type))
    return true;
  ctx.error(
    'conflicting-types',
    declared.span,
    { name: declared.name, type: ctx.spell(declared.type), earlier: ctx.spell(earlier) },
    [ctx.note('previous-declaration', span)],
  );
  return false;
}

/** A name of the innermost scope that is something else. */
function checkOtherKind(ctx: SemaContext, name: string, span: Span, kind: 'object' | 'function'): boolean {
  const here = ctx.names.lookupHere(name);
  if (here === undefined || here.kind === 'undeclared' || here.kind === kind) return true;
  ctx.error('redeclared-differently', span, { name }, [ctx.note('previous-declaration', here.span)]);
  return false;
}

// ---------------------------------------------------------------- functions

/** The symbol of a function that is defined, or announced by `auto`, inside the function being analysed (GNU). */
export function declareNestedFunction(
  ctx: SemaContext,
  declared: Declared,
  isDefinition: boolean,
): FunctionSymbol {
  const { name, span, attributes, specified } = declared;
  const type = asFunction(declared.type.type) ?? ctx.types.function(ctx.types.int, [], false);
  const known = ctx.names.lookupHere(name);
  const enclosing = ctx.fn?.symbol;
  if (specified.storage === 'static' || specified.storage === 'extern')
    ctx.error('function-storage', span, { name });
  if (known?.kind === 'function' && known.enclosing === undefined) {
    ctx.error('static-after-non-static', span, { name }, [ctx.note('previous-declaration', known.span)]);
  } else if (known?.kind === 'function' && known.enclosing === enclosing) {
    known.declarations.push(span);
    ctx.use(span, known);
    return known;
  }
  checkOtherKind(ctx, name, span, 'function');
  const symbol: FunctionSymbol = {
    kind: 'function',
    id: ctx.nextId(),
    name,
    type,
    linkage: 'internal',
    isInline: specified.isInline,
    isDefined: false,
    isReferenced: false,
    knownRow: undefined,
    span,
    declarations: [span],
    attributes,
    ...(enclosing === undefined ? {} : { enclosing }),
  };
  ctx.names.declare(name, symbol);
  ctx.use(span, symbol);
  if (!isDefinition) ctx.fn?.announced.push(symbol);
  return symbol;
}

/** Declares a function and gives its symbol. */
export function declareFunction(ctx: SemaContext, declared: Declared, isDefinition: boolean): FunctionSymbol {
  const { name, span, specified } = declared;
  const declaredType = asFunction(declared.type.type);
  const isNoreturn = declared.attributes.isNoreturn === true;
  // C17 6.7.1p4, p7.
  if (specified.isThread || (ctx.fn !== undefined && specified.storage === 'static'))
    ctx.error('function-storage', span, { name });
  const type: FunctionType =
    declaredType === undefined
      ? ctx.types.function(ctx.types.int, [], false)
      : isNoreturn
        ? { ...declaredType, isNoreturn: true }
        : declaredType;
  checkOtherKind(ctx, name, span, 'function');
  const earlier = ctx.linked.get(name);
  const isStatic = specified.storage === 'static';
  if (earlier?.kind === 'function') {
    mergeFunction(ctx, earlier, declared, type, isStatic, isDefinition);
    ctx.names.declare(name, earlier);
    ctx.use(span, earlier);
    return earlier;
  }
  if (earlier !== undefined) {
    ctx.error('redeclared-differently', span, { name }, [ctx.note('previous-declaration', earlier.span)]);
  }
  if (earlier === undefined && !isStatic) warnBuiltinMismatch(ctx, name, type, span);
  const symbol: FunctionSymbol = {
    kind: 'function',
    id: ctx.nextId(),
    name,
    type,
    linkage: isStatic ? 'internal' : 'external',
    isInline: specified.isInline,
    isDefined: false,
    isReferenced: false,
    knownRow: undefined,
    span,
    declarations: [span],
    attributes: declared.attributes,
    isExternInline: inlineOnly(declared),
  };
  ctx.names.declare(name, symbol);
  if (earlier === undefined) ctx.linked.set(name, symbol);
  ctx.functionSymbols.push(symbol);
  ctx.use(span, symbol);
  return symbol;
}

/** C17 6.7.4p7: an inline function declared only without `extern` has no external definition here. */
function inlineOnly(declared: Declared): boolean {
  const { specified } = declared;
  if (!specified.isInline || specified.storage === 'static') return false;
  return declared.attributes.isGnuInline === true
    ? specified.storage === 'extern'
    : specified.storage !== 'extern';
}

function warnBuiltinMismatch(ctx: SemaContext, name: string, type: FunctionType, span: Span): void {
  const builtin = libraryBuiltinType(ctx.types, name);
  if (builtin === undefined || !type.hasPrototype) return;
  // Streams and the like are `void *` in our table, so only the result and the number of parameters are compared.
  const isSame =
    type.parameters.length === builtin.parameters.length &&
    resolve(type.result.type).kind === resolve(builtin.result.type).kind;
  if (!isSame) ctx.warning('builtin-mismatch', span, { name });
}

/** gcc/c/c-decl.cc: diagnose_mismatched_decls lets `void f()` follow a call that took it for `int f()`. */
function contradictsImplicit(symbol: FunctionSymbol, type: FunctionType): boolean {
  return symbol.isImplicit === true && !symbol.isDefined && isVoid(type.result.type);
}

function mergeFunction(
  ctx: SemaContext,
  symbol: FunctionSymbol,
  declared: Declared,
  type: FunctionType,
  isStatic: boolean,
  isDefinition: boolean,
): void {
  const { name, span, specified } = declared;
  const earlierType: QualType = { type: symbol.type, quals: 0 };
  const isReplaced =
    symbol.isDefined && symbol.isExternInline === true && symbol.attributes.isGnuInline === true;
  const isAlias = symbol.attributes.alias !== undefined && symbol.attributes.weakref === undefined;
  if (isDefinition && isReplaced) {
    // gnu_inline: the first body is only for inlining, the second one is the function.
    const first = ctx.functions.findIndex((fn) => fn.symbol === symbol);
    if (first >= 0) ctx.functions.splice(first, 1);
    symbol.isDefined = false;
  } else if (isDefinition && (symbol.isDefined || isAlias)) {
    ctx.error('redefinition', span, { name }, [ctx.note('previous-definition', symbol.span)]);
  } else if (contradictsImplicit(symbol, type)) {
    ctx.warning('conflicting-implicit', span, {
      name,
      type: ctx.spell(type.result),
      earlier: ctx.spell(symbol.type.result),
    });
    symbol.type = type;
  } else if (checkCompatible(ctx, declared, earlierType, symbol.span)) {
    const composite = compositeOf({ type, quals: 0 }, earlierType).type;
    if (composite.kind === 'function') symbol.type = composite;
  } else if (isDefinition) symbol.type = type;
  if (isStatic && symbol.linkage === 'external') {
    // gcc/c/c-decl.cc: diagnose_mismatched_decls lets a static function take the place of an extern inline one.
    if (!(isDefinition && isReplaced))
      ctx.error('static-after-non-static', span, { name }, [ctx.note('previous-declaration', symbol.span)]);
    symbol.linkage = 'internal';
  }
  symbol.isImplicit = false;
  symbol.isInline ||= specified.isInline;
  symbol.isExternInline = (symbol.isExternInline ?? false) && inlineOnly(declared);
  symbol.attributes = { ...symbol.attributes, ...declared.attributes };
  symbol.declarations.push(span);
}

// ---------------------------------------------------------------- objects

function declareObject(
  ctx: SemaContext,
  declared: Declared,
  node: InitDeclarator,
  into: TypedStatement[],
): void {
  const { name, span, specified } = declared;
  const type = declared.type;
  if (isVoid(type.type) && specified.storage !== 'extern') {
    ctx.error('variable-is-void', span, { name });
    bindBroken(ctx, declared);
    return;
  }
  const isFileScope = ctx.fn === undefined;
  checkRegisterVariable(ctx, declared, node);
  if (isFileScope) checkFileScopeStorage(ctx, declared);
  if (isFileScope || specified.storage === 'extern') declareLinked(ctx, declared, node, isFileScope);
  else declareLocal(ctx, declared, node, into);
}

/** A name whose declaration is wrong is known all the same, so that its uses are silent. */
function bindBroken(ctx: SemaContext, declared: Declared): void {
  const symbol = newObject(ctx, {
    name: declared.name,
    type: ctx.types.error,
    storage: ctx.fn === undefined ? 'declared-only' : 'automatic',
    span: declared.span,
  });
  ctx.names.declare(declared.name, symbol);
}

function linkageOf(ctx: SemaContext, declared: Declared, earlier: ObjectSymbol | undefined): Linkage {
  if (declared.specified.storage === 'static') return 'internal';
  // C17 6.2.2p4: extern takes the linkage of an earlier declaration that is visible.
  if (declared.specified.storage === 'extern' && earlier !== undefined) return earlier.linkage;
  return 'external';
}

/** Objects of file scope, and `extern` ones in blocks. */
function declareLinked(
  ctx: SemaContext,
  declared: Declared,
  node: InitDeclarator,
  isFileScope: boolean,
): void {
  const { name, span, specified, type } = declared;
  checkOtherKind(ctx, name, span, 'object');
  const here = isFileScope ? undefined : ctx.names.lookupHere(name);
  if (here?.kind === 'object' && here.linkage === 'none')
    ctx.error('extern-after-local', span, { name }, [ctx.note('previous-declaration', here.span)]);
  const known = ctx.linked.get(name);
  if (known?.kind === 'function') {
    ctx.error('redeclared-differently', span, { name }, [ctx.note('previous-declaration', known.span)]);
    bindBroken(ctx, declared);
    return;
  }
  const linkage = linkageOf(ctx, declared, known);
  const isTls = specified.isThread;
  if (isVariablyModified(type.type)) {
    ctx.error(isFileScope ? 'variable-size-at-file-scope' : 'variably-modified-linkage', span, { name });
    bindBroken(ctx, declared);
    return;
  }
  const hasInitializer = node.initializer !== undefined;
  const isDefinition = hasInitializer || specified.storage !== 'extern';
  const storage: StorageDuration = isTls ? 'thread' : isDefinition ? 'static' : 'declared-only';

  const wasDefined = known?.isDefined === true;
  let symbol: Mutable<ObjectSymbol>;
  if (known === undefined) {
    const { fn } = ctx;
    ctx.fn = undefined;
    symbol = newObject(ctx, { name, type, storage, span });
    ctx.fn = fn;
    symbol.linkage = linkage;
    symbol.attributes = declared.attributes;
    symbol.isTentative = isDefinition && !hasInitializer;
    symbol.isDefined = isDefinition;
    ctx.linked.set(name, symbol);
    ctx.objects.push(symbol);
  } else {
    symbol = known;
    if (isTls !== (known.storage === 'thread'))
      ctx.error('thread-local-mismatch', span, { name }, [ctx.note('previous-declaration', known.span)]);
    mergeObject(ctx, symbol, declared, linkage, isDefinition, hasInitializer);
  }
  const array = asArray(symbol.type.type);
  if (isDefinition && !wasDefined && !hasInitializer && array !== undefined && array.count === undefined)
    symbol.definedAs = symbol.type;
  if (!isFileScope) {
    ctx.blockExterns.push({
      object: symbol,
      owner: ctx.fn?.symbol,
      type,
      span,
      blockDepth: ctx.fn?.blockDepth ?? 0,
    });
  }
  ctx.names.declare(name, symbol);
  ctx.use(span, symbol);
  if (hasInitializer && !isFileScope) ctx.error('extern-initialized', span, { name });
  if (node.initializer !== undefined) {
    const canHaveOne = canBeInitialized(type) || isError(type.type);
    if (!canHaveOne) ctx.error('incomplete-variable', span, { name, type: ctx.spell(type) });
    const result = analyzeInitializer(
      ctx,
      canHaveOne ? symbol.type : ctx.types.error,
      node.initializer,
      true,
    );
    if (canHaveOne) symbol.type = result.type;
    symbol.initializer = result.initializer;
  }
}

function mergeObject(
  ctx: SemaContext,
  symbol: Mutable<ObjectSymbol>,
  declared: Declared,
  linkage: Linkage,
  isDefinition: boolean,
  hasInitializer: boolean,
): void {
  const { name, span, specified, type } = declared;
  if (checkCompatible(ctx, declared, symbol.type, symbol.span)) symbol.type = compositeOf(symbol.type, type);
  if (linkage !== symbol.linkage && specified.storage !== 'extern') {
    const code = linkage === 'internal' ? 'static-after-non-static' : 'non-static-after-static';
    ctx.error(code, span, { name }, [ctx.note('previous-declaration', symbol.span)]);
  }
  if (hasInitializer && symbol.initializer !== undefined) {
    ctx.error('redefinition', span, { name }, [ctx.note('previous-definition', symbol.span)]);
  }
  if (isDefinition) {
    if (symbol.storage === 'declared-only') symbol.storage = 'static';
    if (hasInitializer) symbol.isTentative = false;
    else if (symbol.isDefined !== true) symbol.isTentative = true;
    if (hasInitializer || symbol.isDefined !== true) {
      if (symbol.isDefined === true) symbol.firstDefinition ??= symbol.span;
      symbol.span = span;
    }
    symbol.isDefined = true;
  }
  const aligned = Math.max(symbol.attributes.aligned ?? 0, declared.attributes.aligned ?? 0);
  symbol.attributes = { ...symbol.attributes, ...declared.attributes, ...(aligned > 0 ? { aligned } : {}) };
  symbol.declarations.push(span);
}

/** Automatic and static objects of blocks. */
function declareLocal(
  ctx: SemaContext,
  declared: Declared,
  node: InitDeclarator,
  into: TypedStatement[],
): void {
  const { name, span, specified } = declared;
  const { fn } = ctx;
  if (fn === undefined) return;
  const here = ctx.names.lookupHere(name);
  if (here !== undefined && here.kind !== 'undeclared') {
    const code = here.kind === 'object' ? 'redeclaration' : 'redeclared-differently';
    ctx.error(code, span, { name }, [ctx.note('previous-declaration', here.span)]);
  }
  if (specified.isThread && specified.storage !== 'static')
    ctx.error('thread-local-automatic', span, { name });
  const isStatic = specified.storage === 'static' || specified.isThread;
  const storage: StorageDuration = specified.isThread ? 'thread' : isStatic ? 'static' : 'automatic';
  let { type } = declared;
  const isVla = isVariableLength(type.type);
  if (isStatic && isVla) {
    ctx.error('static-vla', span, { name });
    type = ctx.types.error;
  }
  const symbol = newObject(ctx, { name, type, storage, span, isRegister: specified.storage === 'register' });
  symbol.attributes = declared.attributes;
  symbol.isDefined = true;
  // C17 6.2.1p7: the scope begins after the declarator, before the initialiser.
  ctx.names.declare(name, symbol);
  ctx.use(span, symbol);
  fn.objects.push(symbol);
  if (isVariablyModified(type.type)) openBarrier(fn, 'variable-size', name, span);
  if (isStatic) fn.staticLocals.push(symbol);
  else fn.locals.push(symbol);

  if (node.initializer !== undefined) {
    if (isVla) {
      ctx.error('initialized-vla', node.initializer.span, { type: ctx.spell(type) });
    } else {
      const result = analyzeInitializer(ctx, type, node.initializer, isStatic);
      symbol.type = result.type;
      symbol.initializer = result.initializer;
    }
  }
  if (!isComplete(symbol.type.type) && !isError(symbol.type.type)) {
    ctx.error('incomplete-variable', span, { name, type: ctx.spell(symbol.type) });
    symbol.type = ctx.types.error;
  }
  if (!isStatic && fillsFlexibleMember(symbol.type, symbol.initializer))
    ctx.error('flexible-automatic', span);
  if (declared.attributes.cleanup !== undefined) noteCleanup(ctx, declared.attributes.cleanup);
  if (isStatic) return;
  checkLocalSection(ctx, declared);
  const { initializer } = symbol;
  into.push({ kind: 'declare', object: symbol, initializer, span: node.span });
  if (initializer !== undefined)
    noteConstantCandidate(fn, {
      object: symbol,
      initializer,
      declaration: { statements: into, index: into.length - 1 },
    });
}

function noteCleanup(ctx: SemaContext, name: string): void {
  const symbol = ctx.names.lookup(name);
  if (symbol?.kind === 'function') symbol.isReferenced = true;
}

// ---------------------------------------------------------------- static assertions

/** `_Static_assert(condition, message)` (C17 6.7.10). */
export function analyzeStaticAssert(ctx: SemaContext, node: StaticAssert): void {
  ctx.unevaluated += 1;
  const value = requiredInteger(ctx, node.condition, 'static-assert-not-constant');
  let message = '';
  if (node.message !== undefined) {
    const typed = expression(ctx, node.message);
    if (typed.kind === 'string') message = String.fromCharCode(...typed.literal.bytes.subarray(0, -1));
  }
  ctx.unevaluated -= 1;
  if (value !== 0n) return;
  if (message === '') ctx.error('static-assert-failed', node.condition.span);
  else ctx.error('static-assert-failed-message', node.condition.span, { message });
}

// ---------------------------------------------------------------- end of the unit

/** Completes tentative definitions (C17 6.9.2p2) and complains about what stayed incomplete. */
export function finishObjects(ctx: SemaContext): void {
  for (const object of ctx.objects) {
    if (object.storage === 'declared-only' || object.isDefined !== true) continue;
    const array = asArray(object.type.type);
    if (array !== undefined && array.count === undefined && isComplete(array.element.type)) {
      if (object.isTentative) {
        ctx.warning('array-assumed-one', object.span, { name: object.name });
        object.type = { type: ctx.types.arrayOf(array.element, 1).type, quals: object.type.quals };
      }
    } else if (!isComplete(object.type.type) && !isError(object.type.type)) {
      ctx.error('incomplete-variable', object.span, { name: object.name, type: ctx.spell(object.type) });
    }
  }
  checkAliases(ctx);
  for (const symbol of ctx.functionSymbols) {
    if (
      symbol.linkage === 'internal' &&
      !symbol.isDefined &&
      symbol.isReferenced &&
      symbol.attributes.alias === undefined
    ) {
      ctx.warning('static-used-not-defined', symbol.span, { name: symbol.name });
    }
  }
}
