/**
 * What gcc -O2 leaves of a unit: which functions still have code, what that code refers to, and which static objects are
 * constants or vanish.
 *
 * In two rounds, as in gcc. After the first (the early passes) it is known of static objects whether anything reads or
 * writes them or takes their address; then what is only written vanishes with the stores, and what nobody writes is as good
 * as `const`. The second round (after inlining) uses that. What becomes unused only then stays.
 *
 * Source: gcc/passes.def (pass_local_optimization_passes, pass_ipa_whole_program_visibility), gcc/ipa.cc
 * (ipa_discover_variable_flags, symbol_table::remove_unreachable_nodes), gcc/ipa-pure-const.cc: behaviour.
 */
import { sizeOf } from '../type-relations.ts';
import { initializerFacts, isReadOnly, isVolatile } from '../section-choice.ts';
import type {
  ConstantValue,
  FunctionSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
} from '../typed-tree.ts';
import { evaluateFunction } from './evaluator.ts';
import type { CallSite, Evaluated, UnitKnowledge } from './evaluator.ts';
import { inlineFacts, isCalledOnce, mentionsIn, wantsEarlyInline, wantsInline } from './inline-choice.ts';
import type { InlineFacts } from './inline-choice.ts';
import { markNeeded } from './marking.ts';
import type { Marked } from './marking.ts';
import type { Known, Root } from './value.ts';

/** What there is before optimisation. */
export interface UnitCode {
  readonly wordBytes: 4 | 8;
  /** Functions with code, be it in others only. */
  readonly functions: readonly TypedFunction[];
  /** Objects that exist. */
  readonly objects: ReadonlySet<ObjectSymbol>;
  /** Functions and objects that exist for others, or because somebody asked for it. */
  readonly kept: ReadonlySet<FunctionSymbol | ObjectSymbol>;
  /** Functions and objects whose addresses are in the initial value of an object. */
  namesIn(object: ObjectSymbol): Iterable<FunctionSymbol | ObjectSymbol>;
}

/** What a function's code refers to after optimisation. */
export interface OptimizedFunction {
  /** Functions whose code is in it, itself among them. */
  readonly bodies: readonly TypedFunction[];
  /** False: all that is written is there. */
  readonly isFollowed: boolean;
  readonly calls: ReadonlySet<FunctionSymbol>;
  readonly symbols: ReadonlySet<FunctionSymbol | ObjectSymbol>;
  readonly literals: ReadonlySet<StringLiteral>;
  /** Functions that it names in code that is gone, too. */
  readonly named: ReadonlySet<FunctionSymbol>;
}

export interface OptimizedUnit {
  functionOf(symbol: FunctionSymbol): OptimizedFunction | undefined;
  /** Whether the code of a function that could not be followed is in the function that calls it. */
  isMerged(symbol: FunctionSymbol): boolean;
  /** Objects that stay and that nobody writes, though they are not `const`. */
  readonly constants: ReadonlySet<ObjectSymbol>;
}

/** Finds out what is left of a unit. */
export function optimizedUnit(code: UnitCode): OptimizedUnit {
  const early = new Optimizer(code, { constants: new Set(), writeOnly: new Set() }, wantsEarlyInline);
  const late = new Optimizer(code, early.variableFlags(), wantsInline);
  late.dropUnusedResults();
  return {
    functionOf: (symbol) => late.functionOf(symbol),
    isMerged: (symbol) => late.isMerged(symbol),
    constants: late.constants,
  };
}

interface VariableFlags {
  readonly constants: ReadonlySet<ObjectSymbol>;
  readonly writeOnly: ReadonlySet<ObjectSymbol>;
}

interface Found {
  readonly evaluated: Evaluated;
  readonly marked: Marked;
  readonly function: OptimizedFunction;
  /** Functions of whose calls it needs the results. */
  readonly results: ReadonlySet<FunctionSymbol>;
  readonly reads: ReadonlySet<ObjectSymbol>;
  readonly writes: ReadonlySet<ObjectSymbol>;
  readonly addresses: ReadonlySet<FunctionSymbol | ObjectSymbol>;
}

class Optimizer implements UnitKnowledge {
  readonly wordBytes: 4 | 8;
  readonly constants: ReadonlySet<ObjectSymbol>;
  readonly #code: UnitCode;
  readonly #wants: (site: CallSite, facts: InlineFacts) => boolean;
  readonly #writeOnly: ReadonlySet<ObjectSymbol>;
  readonly #roots = new Map<ObjectSymbol, Root>();
  readonly #bodies: ReadonlyMap<FunctionSymbol, TypedFunction>;
  readonly #facts: ReadonlyMap<FunctionSymbol, InlineFacts>;
  readonly #found = new Map<FunctionSymbol, Found>();
  readonly #underWay = new Set<FunctionSymbol>();

  constructor(code: UnitCode, flags: VariableFlags, wants: (site: CallSite, facts: InlineFacts) => boolean) {
    this.#wants = wants;
    this.wordBytes = code.wordBytes;
    this.constants = flags.constants;
    this.#writeOnly = flags.writeOnly;
    this.#code = code;
    this.#bodies = new Map(code.functions.map((fn) => [fn.symbol, fn]));
    this.#facts = this.#countMentions();
  }

  #countMentions(): ReadonlyMap<FunctionSymbol, InlineFacts> {
    const facts = new Map(this.#code.functions.map((fn) => [fn.symbol, inlineFacts(fn)]));
    const isTaken = (symbol: FunctionSymbol | ObjectSymbol): void => {
      const known = symbol.kind === 'function' ? facts.get(symbol) : undefined;
      if (known !== undefined) known.addressCount += 1;
    };
    for (const fn of this.#code.functions) {
      mentionsIn(fn, {
        call: (callee) => {
          const known = callee === fn.symbol ? undefined : facts.get(callee);
          if (known !== undefined) known.callCount += 1;
        },
        address: isTaken,
      });
    }
    for (const object of this.#code.objects) for (const symbol of this.#code.namesIn(object)) isTaken(symbol);
    return facts;
  }

  functionOf(symbol: FunctionSymbol): OptimizedFunction | undefined {
    const fn = this.#bodies.get(symbol);
    return fn === undefined ? undefined : this.#find(fn).function;
  }

  /** What a function does; those that it calls first. */
  #find(fn: TypedFunction): Found {
    const known = this.#found.get(fn.symbol);
    if (known !== undefined) return known;
    this.#underWay.add(fn.symbol);
    mentionsIn(fn, {
      call: (callee) => {
        const body = this.#bodies.get(callee);
        if (body !== undefined && !this.#underWay.has(callee)) this.#find(body);
      },
      address: () => undefined,
    });
    this.#underWay.delete(fn.symbol);
    const found = this.#evaluate(fn);
    this.#found.set(fn.symbol, found);
    const facts = this.#facts.get(fn.symbol);
    if (facts !== undefined) {
      facts.size = found.evaluated.isFollowed ? found.marked.size : undefined;
      facts.hasCalls = found.marked.hasCalls;
    }
    return found;
  }

  #evaluate(fn: TypedFunction): Found {
    return this.#mark(fn, evaluateFunction(fn, this), false);
  }

  /** Finds what a function needs; `dropsResults`: nobody needs what it gives back. */
  #mark(fn: TypedFunction, evaluated: Evaluated, dropsResults: boolean): Found {
    const calls = new Set<FunctionSymbol>();
    const results = new Set<FunctionSymbol>();
    const literals = new Set<StringLiteral>();
    const reads = new Set<ObjectSymbol>();
    const writes = new Set<ObjectSymbol>();
    const addresses = new Set<FunctionSymbol | ObjectSymbol>();
    const dropped = { stores: (object: ObjectSymbol) => this.#writeOnly.has(object), results: dropsResults };
    const marked = markNeeded(evaluated.effects, dropped, {
      calls: (symbol) => calls.add(symbol),
      results: (symbol) => results.add(symbol),
      addressOfFunction: (symbol) => addresses.add(symbol),
      reads: (object) => reads.add(object),
      writes: (object) => writes.add(object),
      addressOf: (object) => addresses.add(object),
      literal: (literal) => literals.add(literal),
    });
    const symbols = new Set([...reads, ...writes, ...addresses]);
    const { isFollowed, inlined, named } = evaluated;
    const bodies = isFollowed ? [fn, ...inlined] : [fn];
    return {
      evaluated,
      marked,
      function: { bodies, isFollowed, calls, symbols, literals, named },
      results,
      reads,
      writes,
      addresses,
    };
  }

  /**
   * Drops what functions that only this file calls give back where no call needs it.
   *
   * Source: gcc/ipa-sra.cc (isra_mark_caller_param_used, m_return_ignored).
   */
  dropUnusedResults(): void {
    const mayDrop = new Set<FunctionSymbol>();
    const used = new Set<FunctionSymbol>();
    for (const fn of this.#code.functions) {
      const found = this.#find(fn);
      for (const symbol of found.results) used.add(symbol);
      const facts = this.#facts.get(fn.symbol);
      const isOwn = fn.symbol.linkage === 'internal' && !this.#code.kept.has(fn.symbol);
      if (isOwn && facts?.addressCount === 0 && found.evaluated.isFollowed) mayDrop.add(fn.symbol);
    }
    for (const fn of this.#code.functions) {
      const { evaluated } = this.#find(fn);
      if (mayDrop.has(fn.symbol) && !used.has(fn.symbol))
        this.#found.set(fn.symbol, this.#mark(fn, evaluated, true));
    }
  }

  /** What of the static objects that no other file sees is only read, or only written. */
  variableFlags(): VariableFlags {
    const reads = new Set<ObjectSymbol>();
    const writes = new Set<ObjectSymbol>();
    const addresses = new Set<FunctionSymbol | ObjectSymbol>();
    const seen = new Set<FunctionSymbol | ObjectSymbol>();
    const work: (FunctionSymbol | ObjectSymbol)[] = [...this.#code.kept];
    for (let symbol = work.pop(); symbol !== undefined; symbol = work.pop()) {
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      if (symbol.kind === 'object') {
        for (const named of this.#code.namesIn(symbol)) {
          addresses.add(named);
          work.push(named);
        }
        continue;
      }
      const fn = this.#bodies.get(symbol);
      if (fn === undefined) continue;
      const found = this.#find(fn);
      for (const object of found.reads) reads.add(object);
      for (const object of found.writes) writes.add(object);
      for (const one of found.addresses) addresses.add(one);
      work.push(...found.function.calls, ...found.function.symbols);
      if (!found.evaluated.isFollowed) this.#noteAll(fn, addresses, work);
    }
    const constants = new Set<ObjectSymbol>();
    const writeOnly = new Set<ObjectSymbol>();
    for (const object of this.#code.objects) {
      if (addresses.has(object) || !this.#mayVanish(object)) continue;
      if (!writes.has(object)) constants.add(object);
      else if (!reads.has(object)) writeOnly.add(object);
    }
    return { constants, writeOnly };
  }

  /** A function that could not be followed may do anything with what it names. */
  #noteAll(
    fn: TypedFunction,
    addresses: Set<FunctionSymbol | ObjectSymbol>,
    work: (FunctionSymbol | ObjectSymbol)[],
  ): void {
    const note = (symbol: FunctionSymbol | ObjectSymbol): void => {
      addresses.add(symbol);
      work.push(symbol);
    };
    mentionsIn(fn, { call: (callee) => work.push(callee), address: note, object: note });
  }

  #mayVanish(object: ObjectSymbol): boolean {
    const { linkage, attributes, type, storage } = object;
    // What is in a section of its own is there for somebody.
    if (linkage === 'external' || this.#code.kept.has(object) || attributes.section !== undefined)
      return false;
    return storage !== 'declared-only' && !isVolatile(type) && attributes.alias === undefined;
  }

  // ------------------------------------------------------------ UnitKnowledge

  rootOf(object: ObjectSymbol): Root {
    let root = this.#roots.get(object);
    if (root === undefined) {
      const align = object.attributes.aligned ?? 1;
      root = { kind: 'root', symbol: object, storage: 'static', align, isEscaped: true };
      this.#roots.set(object, root);
    }
    return root;
  }

  isZero(object: ObjectSymbol): boolean {
    return this.#isConstant(object) && initializerFacts(object).isZero;
  }

  #isConstant(object: ObjectSymbol): boolean {
    if (object.storage === 'declared-only' || object.attributes.isWeak === true) return false;
    return (isReadOnly(object.type) && object.isDefined !== false) || this.constants.has(object);
  }

  initialValue(object: ObjectSymbol, offset: number, size: number): Known | undefined {
    if (!this.#isConstant(object)) return undefined;
    const entries = object.initializer?.entries ?? [];
    let found: Known | undefined = { kind: 'integer', value: 0n };
    for (const entry of entries) {
      const entrySize = sizeOf(entry.type.type) ?? 0;
      if (entry.offset >= offset + size || entry.offset + entrySize <= offset) continue;
      if (entry.bitWidth !== undefined || entry.constant === undefined) return undefined;
      found =
        entry.offset === offset && entrySize === size
          ? this.#known(entry.constant)
          : characterIn(entry.constant, offset - entry.offset, size);
    }
    return found;
  }

  #known(constant: ConstantValue): Known | undefined {
    switch (constant.kind) {
      case 'integer':
        return constant;
      case 'floating':
        return constant.extended === undefined ? { kind: 'floating', value: constant.value } : undefined;
      case 'address': {
        const { base, offset } = constant;
        if ('bytes' in base || base.kind !== 'object') return { kind: 'address', base, offset };
        return { kind: 'address', base: this.rootOf(base), offset };
      }
      default:
        return undefined;
    }
  }

  bodyOf(symbol: FunctionSymbol): TypedFunction | undefined {
    return this.#bodies.get(symbol);
  }

  isInlined(site: CallSite): boolean {
    const body = this.#bodies.get(site.callee);
    if (site.isIndirect && body !== undefined && !this.#underWay.has(site.callee)) this.#find(body);
    const facts = this.#facts.get(site.callee);
    return facts?.size !== undefined && this.#wants(site, facts);
  }

  /** The function could not be followed, but its code goes where its only call is. */
  isMerged(symbol: FunctionSymbol): boolean {
    const facts = this.#facts.get(symbol);
    return facts !== undefined && facts.size === undefined && isCalledOnce(symbol, facts);
  }

  isPure(symbol: FunctionSymbol): boolean {
    const found = this.#found.get(symbol);
    if (found === undefined || symbol.attributes.isWeak === true) return false;
    return found.evaluated.isFollowed && !found.marked.hasEffects;
  }

  isTailRecursive(symbol: FunctionSymbol): boolean {
    return this.#facts.get(symbol)?.isForbidden === false;
  }
}

/** A character of an array that a literal initialises; what is behind the literal is zero. */
function characterIn(constant: ConstantValue, at: number, size: number): Known | undefined {
  if (constant.kind !== 'bytes' || at < 0) return undefined;
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(constant.bytes[at + i] ?? 0);
  return { kind: 'integer', value };
}
