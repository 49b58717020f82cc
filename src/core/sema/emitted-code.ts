/**
 * What of a unit exists in the object file: functions with code, objects, string constants.
 *
 * At -O0 gcc emits everything but inline functions that nothing emitted refers to and what only those use. With
 * optimisation it also drops whatever internal thing nothing refers to.
 *
 * Source: gcc/cgraphunit.cc: analyze_functions, symbol_table::remove_unreachable_nodes; observed with gcc 12.2.
 */
import type { Steps } from '../../base/steps.ts';
import { dataModelOf } from '../target/data-model.ts';
import { liveReferences } from './live-code.ts';
import { isReadOnly } from './section-choice.ts';
import { optimizedUnit } from './optimized/optimized-unit.ts';
import type { OptimizedFunction, OptimizedUnit } from './optimized/optimized-unit.ts';
import type { LiteralFate } from './library-call-rewrite.ts';
import type { CompileOptions, LiteralPlacement } from './placement.ts';
import type {
  FunctionSymbol,
  ObjectInitializer,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
  TypedUnit,
} from './typed-tree.ts';

/** What exists. */
export interface EmittedCode {
  /** Functions with code, and declared ones that emitted code refers to. */
  readonly functions: ReadonlySet<FunctionSymbol>;
  readonly objects: ReadonlySet<ObjectSymbol>;
  /** Those that instructions refer to, not only initialisers. */
  readonly objectsInCode: ReadonlySet<ObjectSymbol>;
  /** Those whose addresses are in the initial values of constant objects. */
  readonly objectsInConstants: ReadonlySet<ObjectSymbol>;
  /** Those that optimisation makes constant though they are not `const`. */
  readonly constants: ReadonlySet<ObjectSymbol>;
  makesCalls(fn: FunctionSymbol): boolean;
  literalFate(literal: StringLiteral): LiteralPlacement;
  /** The object that another one is an alias of. */
  aliasTarget(object: ObjectSymbol): ObjectSymbol | undefined;
}

/** Finds out what of a unit is emitted. */
export function emittedCode(unit: TypedUnit, options: CompileOptions): EmittedCode {
  const all = new Reachability(unit, options, undefined);
  if (options.optimize === 0) return all;
  const functions = unit.functions.filter((fn) => all.hasCode(fn.symbol));
  const optimized = optimizedUnit({
    wordBytes: dataModelOf(options.target).wordBytes,
    functions,
    objects: all.objects,
    kept: all.kept,
    namesIn: ({ initializer }) => (initializer === undefined ? [] : namesIn(initializer).symbols),
  });
  return new Reachability(unit, options, optimized);
}

/** What code needs of the rest of the unit, each thing once. */
interface Needs {
  readonly makesCalls: boolean;
  /** In the order of the code. */
  readonly targets: readonly { readonly symbol: FunctionSymbol | ObjectSymbol; readonly isCall: boolean }[];
  readonly literals: readonly { readonly literal: StringLiteral; readonly fate: LiteralFate }[];
}

const knownNeeds = {
  4: new WeakMap<TypedFunction, Needs>(),
  8: new WeakMap<TypedFunction, Needs>(),
};

/** Finds what each function needs, which {@link emittedCode} asks for, with a pause after each. */
export function* needsSteps({ functions }: TypedUnit, { target }: CompileOptions): Steps<undefined> {
  const { wordBytes } = dataModelOf(target);
  for (const fn of functions) {
    needsOf(fn, wordBytes);
    yield;
  }
  return undefined;
}

/** What a function needs; found once. */
function needsOf(fn: TypedFunction, wordBytes: 4 | 8): Needs {
  const known = knownNeeds[wordBytes].get(fn);
  if (known !== undefined) return known;
  let makesCalls = false;
  const targets: { symbol: FunctionSymbol | ObjectSymbol; isCall: boolean }[] = [];
  const literals: { literal: StringLiteral; fate: LiteralFate }[] = [];
  const called = new Set<FunctionSymbol>();
  const named = new Set<FunctionSymbol | ObjectSymbol>();
  for (const reference of liveReferences(fn, wordBytes)) {
    switch (reference.kind) {
      case 'function': {
        const { symbol, isCall } = reference;
        const seen = isCall ? called : named;
        if (!seen.has(symbol)) targets.push({ symbol, isCall });
        seen.add(symbol);
        break;
      }
      case 'object': {
        const { symbol } = reference;
        // Those of the frame are nobody's business.
        if (symbol.storage === 'automatic') break;
        if (!named.has(symbol)) targets.push({ symbol, isCall: false });
        named.add(symbol);
        break;
      }
      case 'call':
        makesCalls = true;
        break;
      case 'string':
        literals.push({ literal: reference.literal, fate: reference.fate });
        break;
      default:
        break;
    }
  }
  const needs: Needs = { makesCalls, targets, literals };
  knownNeeds[wordBytes].set(fn, needs);
  return needs;
}

const kept: LiteralFate = { kind: 'kept' };

/** What is left of the needs of functions whose code is now one. */
function stillNeeded(optimized: OptimizedFunction, all: readonly Needs[]): Needs {
  const { calls, symbols, literals, named } = optimized;
  const targets = new Map<
    FunctionSymbol | ObjectSymbol,
    { symbol: FunctionSymbol | ObjectSymbol; isCall: boolean }
  >();
  const add = (symbol: FunctionSymbol | ObjectSymbol, isCall: boolean): void => {
    if (!targets.has(symbol)) targets.set(symbol, { symbol, isCall });
  };
  for (const { targets: written } of all) {
    for (const { symbol } of written) {
      const isCalled = symbol.kind === 'function' && calls.has(symbol);
      // What nobody names came in place of a library function.
      const isOther = symbol.kind === 'function' && !named.has(symbol);
      if (symbols.has(symbol)) add(symbol, false);
      else if (isCalled || isOther) add(symbol, true);
    }
  }
  for (const symbol of symbols) add(symbol, false);
  for (const symbol of calls) add(symbol, true);
  const written = all.flatMap((needs) => needs.literals);
  const seen = new Set(written.map(({ literal }) => literal));
  // Others are values of objects that vanish.
  const others = [...literals].filter((literal) => !seen.has(literal));
  return {
    makesCalls: all.some(({ makesCalls }) => makesCalls),
    targets: [...targets.values()],
    literals: [
      ...written.filter(({ literal }) => literals.has(literal)),
      ...others.map((literal) => ({ literal, fate: kept })),
    ],
  };
}

const none: ReadonlySet<ObjectSymbol> = new Set();

/** What an initialiser names: tables may have many thousand entries that name nothing. */
interface NamesInInitializer {
  /** Objects and functions whose addresses are in it, each once, and literals. */
  readonly symbols: ReadonlySet<FunctionSymbol | ObjectSymbol>;
  readonly literals: readonly StringLiteral[];
  /** Literals that are the values of arrays. */
  readonly texts: readonly StringLiteral[];
}

const knownNames = new WeakMap<ObjectInitializer, NamesInInitializer>();

function namesIn(initializer: ObjectInitializer): NamesInInitializer {
  const known = knownNames.get(initializer);
  if (known !== undefined) return known;
  const symbols = new Set<FunctionSymbol | ObjectSymbol>();
  const literals: StringLiteral[] = [];
  const texts: StringLiteral[] = [];
  for (const { constant, value } of initializer.entries) {
    if (constant?.kind === 'address') {
      const { base } = constant;
      if ('bytes' in base) literals.push(base);
      else if (base.kind !== 'label') symbols.add(base);
    }
    if (value.kind === 'string') texts.push(value.literal);
  }
  const names: NamesInInitializer = { symbols, literals, texts };
  knownNames.set(initializer, names);
  return names;
}

class Reachability implements EmittedCode {
  readonly functions = new Set<FunctionSymbol>();
  readonly objects = new Set<ObjectSymbol>();
  readonly objectsInCode = new Set<ObjectSymbol>();
  readonly objectsInConstants = new Set<ObjectSymbol>();
  readonly #callers = new Set<FunctionSymbol>();
  readonly #fates = new Map<StringLiteral, LiteralFate>();
  readonly #inObjects = new Map<StringLiteral, ObjectSymbol>();
  readonly #bodies = new Map<FunctionSymbol, TypedFunction>();
  readonly #unit: TypedUnit;
  /** Made when an alias, a resolver or a `cleanup` names something. */
  #objectsByName: ReadonlyMap<string, ObjectSymbol> | undefined;
  #functionsByName: ReadonlyMap<string, FunctionSymbol> | undefined;
  readonly #inlined = new Set<FunctionSymbol>();
  /** What exists for others, or because somebody asked for it. */
  readonly kept = new Set<FunctionSymbol | ObjectSymbol>();
  readonly #work: (FunctionSymbol | ObjectSymbol)[] = [];
  readonly #wordBytes: 4 | 8;
  readonly #dropsUnused: boolean;
  readonly #optimized: OptimizedUnit | undefined;

  constructor(unit: TypedUnit, options: CompileOptions, optimized: OptimizedUnit | undefined) {
    this.#optimized = optimized;
    this.#wordBytes = dataModelOf(options.target).wordBytes;
    this.#dropsUnused = options.optimize > 0;
    for (const fn of unit.functions) if (!this.#bodies.has(fn.symbol)) this.#bodies.set(fn.symbol, fn);
    this.#unit = unit;
    for (const object of unit.objects) {
      if (this.#isRoot(object)) this.#keep(object);
      // Who uses the other name is not followed.
      const target = this.aliasTarget(object);
      if (target !== undefined) this.kept.add(target);
    }
    for (const object of unit.literalObjects) if (!this.#dropsUnused) this.#reach(object);
    for (const symbol of unit.functionSymbols) {
      if (symbol.isDefined && this.#isRootFunction(symbol)) this.#keep(symbol);
      const { alias, resolver } = symbol.attributes;
      if (alias === undefined && resolver === undefined) continue;
      for (const name of [alias, resolver]) {
        const target = name === undefined ? undefined : this.#functionNamed(name);
        if (target !== undefined) this.#keep(target);
      }
    }
    for (let next = this.#work.pop(); next !== undefined; next = this.#work.pop()) this.#expand(next);
    this.#noteLiteralsInObjects(unit);
  }

  get constants(): ReadonlySet<ObjectSymbol> {
    return this.#optimized?.constants ?? none;
  }

  /** Whether a function has code, be it in others only. */
  hasCode(fn: FunctionSymbol): boolean {
    return this.functions.has(fn) || this.#inlined.has(fn);
  }

  makesCalls(fn: FunctionSymbol): boolean {
    return this.#callers.has(fn);
  }

  literalFate(literal: StringLiteral): LiteralPlacement {
    if (literal.use === 'unevaluated') return { kind: 'no', why: 'unevaluated' };
    const object = this.#inObjects.get(literal);
    if (object !== undefined) return { kind: 'in-object', object };
    const fate = this.#fates.get(literal);
    switch (fate?.kind) {
      case undefined:
        return { kind: 'no', why: literal.use === 'array-initializer' ? 'immediate' : 'dead-code' };
      case 'kept':
        return { kind: 'pooled' };
      case 'gone':
        return { kind: 'no', why: 'rewritten-call' };
      case 'rewritten':
        return { kind: 'rewritten', bytes: fate.bytes };
    }
  }

  aliasTarget(object: ObjectSymbol): ObjectSymbol | undefined {
    const { alias } = object.attributes;
    if (alias === undefined) return undefined;
    this.#objectsByName ??= new Map(this.#unit.objects.map((one) => [one.name, one]));
    return this.#objectsByName.get(alias);
  }

  #functionNamed(name: string): FunctionSymbol | undefined {
    this.#functionsByName ??= new Map(this.#unit.functionSymbols.map((one) => [one.name, one]));
    return this.#functionsByName.get(name);
  }

  #isRoot(object: ObjectSymbol): boolean {
    if (object.isDefined === false || object.storage === 'declared-only')
      return object.attributes.alias !== undefined;
    return !this.#dropsUnused || object.linkage === 'external' || object.attributes.isUsed === true;
  }

  #isRootFunction(symbol: FunctionSymbol): boolean {
    if (symbol.isExternInline === true) return false;
    const { attributes } = symbol;
    if (
      attributes.isUsed === true ||
      attributes.constructorPriority !== undefined ||
      attributes.destructorPriority !== undefined
    ) {
      return true;
    }
    if (symbol.linkage === 'external') return true;
    return !symbol.isInline && !this.#dropsUnused;
  }

  #keep(symbol: FunctionSymbol | ObjectSymbol): void {
    this.kept.add(symbol);
    this.#reach(symbol);
  }

  #reach(symbol: FunctionSymbol | ObjectSymbol): void {
    if (symbol.kind === 'function') {
      if (this.functions.has(symbol)) return;
      // An inline definition that is not external is called elsewhere.
      this.functions.add(symbol);
      if (symbol.isExternInline === true) return;
    } else {
      if (symbol.storage === 'automatic' || this.objects.has(symbol)) return;
      // With optimisation the values of such constants are in the code that reads them.
      if (this.#dropsUnused && symbol.isConstantLocal === true && isReadOnly(symbol.type)) return;
      this.objects.add(symbol);
    }
    this.#work.push(symbol);
  }

  /** The body of an `always_inline` function is in its callers; it has code of its own only for its address. */
  #reachFunction(symbol: FunctionSymbol, isCall: boolean): void {
    const isAlways =
      symbol.attributes.isAlwaysInline === true &&
      (symbol.linkage === 'internal' || symbol.isExternInline === true) &&
      symbol.isDefined;
    const isMerged = isAlways || this.#optimized?.isMerged(symbol) === true;
    if (!isCall || !isMerged) {
      this.#reach(symbol);
      return;
    }
    if (this.#inlined.has(symbol)) return;
    this.#inlined.add(symbol);
    this.#work.push(symbol);
  }

  #expand(symbol: FunctionSymbol | ObjectSymbol): void {
    if (symbol.kind === 'object') {
      if (symbol.initializer !== undefined) this.#reachConstants(symbol.initializer, isReadOnly(symbol.type));
      const target = this.aliasTarget(symbol);
      if (target !== undefined) this.#reach(target);
      return;
    }
    const fn = this.#bodies.get(symbol);
    if (fn === undefined) return;
    const { makesCalls, targets, literals } = this.#needs(fn);
    if (makesCalls) this.#callers.add(symbol);
    for (const target of targets) {
      if (target.symbol.kind === 'function') this.#reachFunction(target.symbol, target.isCall);
      else {
        this.objectsInCode.add(target.symbol);
        this.#reach(target.symbol);
      }
    }
    for (const { literal, fate } of literals) this.#noteLiteral(literal, fate);
    if (!this.#dropsUnused) for (const local of fn.staticLocals) this.#reachStaticLocal(local);
    for (const local of fn.locals) {
      const { cleanup } = local.attributes;
      const target = cleanup === undefined ? undefined : this.#functionNamed(cleanup);
      if (target !== undefined) this.#reach(target);
    }
  }

  /** What the code of a function needs, with the functions whose code is in it. */
  #needs(fn: TypedFunction): Needs {
    const written = needsOf(fn, this.#wordBytes);
    const optimized = this.#optimized?.functionOf(fn.symbol);
    if (optimized?.isFollowed !== true) return written;
    return stillNeeded(
      optimized,
      optimized.bodies.map((body) => needsOf(body, this.#wordBytes)),
    );
  }

  /** What the addresses in an initial value point to. */
  #reachConstants(initializer: ObjectInitializer, isConstant: boolean): void {
    const { symbols, literals } = namesIn(initializer);
    for (const literal of literals) this.#noteLiteral(literal, kept);
    for (const symbol of symbols) this.#reachAddress(symbol, isConstant);
  }

  #reachAddress(symbol: FunctionSymbol | ObjectSymbol, isConstant: boolean): void {
    if (symbol.kind === 'function') {
      this.#reachFunction(symbol, false);
      return;
    }
    if (isConstant) this.objectsInConstants.add(symbol);
    this.#reach(symbol);
  }

  /** Static locals are emitted with their function; the names `__func__` only when something refers to them. */
  #reachStaticLocal(local: ObjectSymbol): void {
    if (!local.name.startsWith('__') || local.isReferenced) this.#reach(local);
  }

  #noteLiteral(literal: StringLiteral, fate: LiteralFate): void {
    if (this.#fates.get(literal)?.kind !== 'kept') this.#fates.set(literal, fate);
  }

  #noteLiteralsInObjects(unit: TypedUnit): void {
    const note = (object: ObjectSymbol, initializer: ObjectInitializer | undefined): void => {
      if (initializer === undefined || !this.objects.has(object)) return;
      for (const literal of namesIn(initializer).texts) this.#inObjects.set(literal, object);
    };
    for (const object of unit.objects) note(object, object.initializer);
    for (const object of unit.literalObjects) note(object, object.initializer);
    for (const fn of unit.functions) for (const object of fn.staticLocals) note(object, object.initializer);
  }
}
