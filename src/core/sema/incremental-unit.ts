/**
 * The analysis of a unit in which the body of a function can be exchanged.
 *
 * A whole analysis is cut into shares: what the text between two bodies gave, what each body gave. A new body is
 * analysed in a context that knows what was declared before it and nothing else; its share takes the place of the old
 * one. Symbols of file scope stay the same objects; whether they are referenced is counted by shares, so that a body
 * can take its references back.
 *
 * A body that reaches beyond its function (implicit and `extern` declarations, types that the text completes later) is
 * not exchanged: the caller analyses the whole unit again.
 */
import { spliced } from '../../base/spliced.ts';
import type { Steps } from '../../base/steps.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Span } from '../source/text-span.ts';
import type { FunctionDefinition, TranslationUnit } from '../syntax/ast.ts';
import type { DataModel } from '../target/data-model.ts';
import { defaultDialect } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { analyzeExternal, newContext } from './analyzer.ts';
import type { FunctionBodyStart, SemaContext } from './context.ts';
import { finishObjects } from './declarations.ts';
import { defineFunction } from './function-definitions.ts';
import { typeSpelling } from './type-spelling.ts';
import type { EnumType, QualType, RecordType } from './type.ts';
import type {
  FunctionSymbol,
  NameUse,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
  TypedUnit,
  TypedefSymbol,
} from './typed-tree.ts';

/** What one piece of the text gave. */
interface Share {
  readonly uses: readonly NameUse[];
  readonly strings: readonly StringLiteral[];
  readonly literals: TypedUnit['literals'];
  readonly functions: readonly TypedFunction[];
  readonly records: readonly RecordType[];
  readonly enums: readonly EnumType[];
  readonly typedefs: readonly TypedefSymbol[];
  readonly diagnostics: readonly Diagnostic[];
  readonly marks: readonly Mark[];
}

/** The lists of a share that are lists of the unit. */
type ShareList = Exclude<keyof Share, 'marks'>;

type FileSymbol = ObjectSymbol | FunctionSymbol;

/** A symbol of file scope that a share refers to. */
interface Mark {
  readonly symbol: FileSymbol;
  readonly isReferenced: boolean;
  readonly isAddressTaken: boolean;
}

/** How many shares refer to a symbol. */
interface Count {
  references: number;
  addresses: number;
  /** Referred to by something that is in no share. */
  readonly isSticky: boolean;
}

/** What was known when a body was reached. */
interface BodyState {
  readonly start: FunctionBodyStart;
  /** Index of its share. */
  readonly share: number;
  readonly nameCount: number;
  readonly tagCount: number;
  readonly linkedCount: number;
  /** Tags that were declared and not yet complete. */
  readonly pending: readonly (RecordType | EnumType)[];
  readonly parameters: readonly {
    readonly symbol: ObjectSymbol;
    readonly type: QualType;
    readonly isReferenced: boolean;
    readonly isAddressTaken: boolean;
  }[];
  /** Nothing of it is visible outside, and nothing else depends on it. */
  isAlone: boolean;
}

/** Most diagnostics an analysis keeps; at that number some are missing and shares cannot be told apart. */
const diagnosticLimit = 500;

/** One unit, analysed as a whole and then body by body. */
export class IncrementalUnit {
  readonly #model: DataModel;
  readonly #ctx: SemaContext;
  /** The context that gave the last id. */
  #latest: SemaContext;
  readonly #shares: Share[] = [];
  readonly #bodies = new Map<FunctionDefinition, BodyState>();
  readonly #counts = new Map<FileSymbol, Count>();
  /** For symbols whose type changed by a later declaration: how many names there were then. */
  readonly #typeChanges = new Map<FileSymbol, number>();
  readonly #lastTypes = new Map<FileSymbol, ObjectSymbol['type'] | FunctionSymbol['type']>();
  #pending: (RecordType | EnumType)[] = [];
  #seenNames = 0;
  #seenTags = 0;
  #open: BodyState | undefined;
  /** Lengths of the lists where the share that is being filled begins. */
  #from: Lengths;
  #unit: TypedUnit;

  private constructor(model: DataModel, dialect: Dialect) {
    this.#model = model;
    const ctx = newContext(model, dialect);
    this.#ctx = ctx;
    this.#latest = ctx;
    this.#from = lengthsOf(ctx);
    ctx.bodyWatcher = { enterBody: (start) => this.#enterBody(start), leaveBody: () => this.#leaveBody() };
    this.#unit = this.#assemble();
  }

  /** Analyses a whole unit, with a pause after each external declaration. */
  static *analyze(unit: TranslationUnit, model: DataModel, dialect = defaultDialect): Steps<IncrementalUnit> {
    const made = new IncrementalUnit(model, dialect);
    for (const declaration of unit.declarations) {
      analyzeExternal(made.#ctx, declaration);
      made.#noteDeclared();
      yield;
    }
    yield* made.#finish();
    return made;
  }

  /** Adds up what the declarations gave. */
  *#finish(): Steps<void> {
    const ctx = this.#ctx;
    this.#closeShare();
    this.#countMarks();
    yield;
    finishObjects(ctx);
    yield;
    for (const [symbol, type] of this.#lastTypes) {
      if (symbol.type !== type) this.#typeChanges.set(symbol, Infinity);
    }
    this.#closeShare();
    this.#unit = this.#assemble();
    yield;
    if (!this.#isComplete()) {
      // Something was taken back that an earlier share had given: the shares do not add up to the whole.
      this.#bodies.clear();
      this.#unit = { ...this.#unit, ...listsOf(ctx) };
    }
  }

  #isComplete(): boolean {
    const whole = listsOf(this.#ctx);
    const { functions, uses, strings, literals, records, enums, typedefs } = this.#unit;
    return (
      isSameList(functions, whole.functions) &&
      isSameList(uses, whole.uses) &&
      isSameList(strings, whole.strings) &&
      literals.length === whole.literals.length &&
      records.length === whole.records.length &&
      enums.length === whole.enums.length &&
      typedefs.length === whole.typedefs.length
    );
  }

  /** The unit as it is now. */
  get unit(): TypedUnit {
    return this.#unit;
  }

  /**
   * Exchanges a body.
   *
   * @param old - the definition that was analysed
   * @param next - the same definition with another body
   * @returns false when the whole unit must be analysed again; this analysis is of no use then
   */
  replaceBody(old: FunctionDefinition, next: FunctionDefinition): boolean {
    const body = this.#bodies.get(old);
    if (body?.isAlone !== true || this.#unit.diagnostics.length >= diagnosticLimit) return false;
    if (body.pending.some(isCompleteTag)) return false;
    // Whether a static function that nobody defines is used decides about a warning at the end of the unit.
    const missing = this.#usedMissingFunctions();
    const share = this.#analyzeBody(body, next);
    if (share === undefined) return false;
    const before = this.#shares[body.share];
    this.#shares[body.share] = share;
    for (const mark of before?.marks ?? []) this.#count(mark, -1);
    for (const mark of share.marks) this.#count(mark, 1);
    for (const [symbol, count] of this.#counts)
      setFlags(symbol, count.references > 0 || count.isSticky, count.addresses > 0);
    if (this.#usedMissingFunctions() !== missing) return false;
    this.#bodies.delete(old);
    this.#bodies.set(next, body);
    this.#unit = this.#exchange(body.share, before, share);
    return true;
  }

  /** The unit with another share; the lists are cut and joined, not filled anew. */
  #exchange(index: number, before: Share | undefined, share: Share): TypedUnit {
    const unit = this.#unit;
    const joined = <Key extends ShareList>(key: Key): Share[Key] => {
      let start = 0;
      for (let at = 0; at < index; at++) start += this.#shares[at]?.[key].length ?? 0;
      const list: readonly unknown[] = unit[key];
      return spliced(list, start, before?.[key].length ?? 0, share[key]) as unknown as Share[Key];
    };
    return {
      ...unit,
      functions: joined('functions'),
      strings: joined('strings'),
      records: joined('records'),
      enums: joined('enums'),
      typedefs: joined('typedefs'),
      uses: joined('uses'),
      literals: joined('literals'),
      diagnostics: joined('diagnostics'),
    };
  }

  /** Analyses a body as it stands behind what was declared before it. */
  #analyzeBody(body: BodyState, node: FunctionDefinition): Share | undefined {
    const ctx = newContext(this.#model, this.#ctx.dialect, this.#latest);
    for (const { name, value } of this.#ctx.names.bindings.slice(0, body.nameCount))
      ctx.names.declare(name, value);
    for (const { name, value } of this.#ctx.tags.bindings.slice(0, body.tagCount))
      ctx.tags.declare(name, value);
    let left = body.linkedCount;
    for (const [name, symbol] of this.#ctx.linked) {
      if (left-- <= 0) break;
      ctx.linked.set(name, symbol);
    }
    for (const symbol of this.#counts.keys()) setFlags(symbol, false, false);
    for (const { symbol, type, isReferenced, isAddressTaken } of body.parameters) {
      symbol.type = type;
      setFlags(symbol, isReferenced, isAddressTaken);
    }
    const { symbol, type, scope } = body.start;
    defineFunction(ctx, symbol, type, scope, node);
    this.#latest = ctx;
    if (!isConfined(ctx, nothingYet) || ctx.linked.size !== body.linkedCount) return undefined;
    const share = shareOf(ctx, nothingYet);
    if (share.uses.some(({ symbol: used }) => this.#changesLater(used, body))) return undefined;
    if (share.diagnostics.some((one) => pointsBehind(one, symbol.span.start, node.body.span)))
      return undefined;
    // A function that was reached without its name being written (a built-in of the compiler).
    const isReached = this.#ctx.functionSymbols.some((one) => one.isReferenced);
    return isReached ? undefined : share;
  }

  #usedMissingFunctions(): string {
    let names = '';
    for (const [symbol, { references }] of this.#counts) {
      const isMissing = symbol.kind === 'function' && symbol.linkage === 'internal' && !symbol.isDefined;
      if (isMissing && references > 0) names += `${symbol.name} `;
    }
    return names;
  }

  #changesLater(used: NameUse['symbol'], body: BodyState): boolean {
    if (used.kind !== 'object' && used.kind !== 'function') return false;
    const change = this.#typeChanges.get(used);
    return change !== undefined && change > body.nameCount;
  }

  // ------------------------------------------------------------ the whole analysis

  #enterBody(start: FunctionBodyStart): void {
    this.#noteDeclared();
    this.#closeShare();
    const ctx = this.#ctx;
    this.#pending = this.#pending.filter((tag) => !isCompleteTag(tag));
    this.#open = {
      start,
      share: this.#shares.length,
      nameCount: ctx.names.bindings.length,
      tagCount: ctx.tags.bindings.length,
      linkedCount: ctx.linked.size,
      pending: [...this.#pending],
      parameters: start.scope.parameters.map(({ symbol }) => ({
        symbol,
        type: symbol.type,
        isReferenced: symbol.isReferenced,
        isAddressTaken: symbol.isAddressTaken,
      })),
      isAlone: start.scope.identifiers === undefined && start.node.knrDeclarations.length === 0,
    };
  }

  #leaveBody(): void {
    const body = this.#open;
    if (body === undefined) return;
    const ctx = this.#ctx;
    body.isAlone &&= isConfined(ctx, this.#from) && ctx.linked.size === body.linkedCount;
    body.isAlone &&= !ctx.sink.list.some((one) => one.code === 'nesting-too-deep');
    this.#bodies.set(body.start.node, body);
    this.#open = undefined;
    this.#closeShare();
  }

  /** Notes what a declaration bound: tags without content, and symbols that got another type. */
  #noteDeclared(): void {
    const names = this.#ctx.names.bindings;
    for (; this.#seenNames < names.length; this.#seenNames++) {
      const symbol = names[this.#seenNames]?.value;
      if (symbol?.kind !== 'object' && symbol?.kind !== 'function') continue;
      const known = this.#lastTypes.get(symbol);
      if (known === symbol.type) continue;
      this.#lastTypes.set(symbol, symbol.type);
      if (known !== undefined && !isSameText(known, symbol.type))
        this.#typeChanges.set(symbol, this.#seenNames + 1);
    }
    const tags = this.#ctx.tags.bindings;
    for (; this.#seenTags < tags.length; this.#seenTags++) {
      const tag = tags[this.#seenTags]?.value;
      if (tag !== undefined && !isCompleteTag(tag)) this.#pending.push(tag);
    }
  }

  #closeShare(): void {
    this.#shares.push(shareOf(this.#ctx, this.#from));
    this.#from = lengthsOf(this.#ctx);
  }

  #countMarks(): void {
    const symbols = [...this.#ctx.functionSymbols, ...this.#ctx.objects];
    for (const symbol of symbols) {
      // The shares have taken the flags that come from names in the text.
      const isSticky = symbol.isReferenced;
      if (isSticky) this.#counts.set(symbol, { references: 0, addresses: 0, isSticky });
    }
    for (const share of this.#shares) for (const mark of share.marks) this.#count(mark, 1);
    for (const [symbol, count] of this.#counts)
      setFlags(symbol, count.references > 0 || count.isSticky, count.addresses > 0);
  }

  #count(mark: Mark, by: 1 | -1): void {
    let count = this.#counts.get(mark.symbol);
    if (count === undefined) {
      count = { references: 0, addresses: 0, isSticky: false };
      this.#counts.set(mark.symbol, count);
    }
    if (mark.isReferenced) count.references += by;
    if (mark.isAddressTaken) count.addresses += by;
  }

  // ------------------------------------------------------------ putting it together

  #assemble(): TypedUnit {
    const { objects, functionSymbols, literalObjects, blockExterns } = this.#ctx;
    const shares = this.#shares;
    return {
      objects,
      functionSymbols,
      literalObjects,
      blockExterns,
      functions: shares.flatMap((share) => share.functions),
      strings: shares.flatMap((share) => share.strings),
      records: shares.flatMap((share) => share.records),
      enums: shares.flatMap((share) => share.enums),
      typedefs: shares.flatMap((share) => share.typedefs),
      uses: shares.flatMap((share) => share.uses),
      literals: shares.flatMap((share) => share.literals),
      diagnostics: shares.flatMap((share) => share.diagnostics),
    };
  }
}

/** Lengths of an analysis' lists at one moment. */
interface Lengths {
  readonly uses: number;
  readonly strings: number;
  readonly literals: number;
  readonly functions: number;
  readonly records: number;
  readonly enums: number;
  readonly typedefs: number;
  readonly diagnostics: number;
  readonly objects: number;
  readonly functionSymbols: number;
  readonly literalObjects: number;
  readonly blockExterns: number;
}

function lengthsOf(ctx: SemaContext): Lengths {
  return {
    uses: ctx.uses.length,
    strings: ctx.strings.length,
    literals: ctx.literals.length,
    functions: ctx.functions.length,
    records: ctx.records.length,
    enums: ctx.enums.length,
    typedefs: ctx.typedefs.length,
    diagnostics: ctx.sink.list.length,
    objects: ctx.objects.length,
    functionSymbols: ctx.functionSymbols.length,
    literalObjects: ctx.literalObjects.length,
    blockExterns: ctx.blockExterns.length,
  };
}

/** The lists whose shares can be exchanged. */
function listsOf(
  ctx: SemaContext,
): Pick<TypedUnit, 'functions' | 'uses' | 'strings' | 'literals' | 'records' | 'enums' | 'typedefs'> {
  const { functions, uses, strings, literals, records, enums, typedefs } = ctx;
  return { functions, uses, strings, literals, records, enums, typedefs };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Of a context in which nothing was analysed yet. */
const nothingYet: Lengths = {
  uses: 0,
  strings: 0,
  literals: 0,
  functions: 0,
  records: 0,
  enums: 0,
  typedefs: 0,
  diagnostics: 0,
  objects: 0,
  functionSymbols: 0,
  literalObjects: 0,
  blockExterns: 0,
};

/** Whether nothing that is known outside of a function came since. */
function isConfined(ctx: SemaContext, from: Lengths): boolean {
  return (
    ctx.objects.length === from.objects &&
    ctx.functionSymbols.length === from.functionSymbols &&
    ctx.literalObjects.length === from.literalObjects &&
    ctx.blockExterns.length === from.blockExterns
  );
}

function shareOf(ctx: SemaContext, from: Lengths): Share {
  const uses = ctx.uses.slice(from.uses);
  return {
    uses,
    strings: ctx.strings.slice(from.strings),
    literals: ctx.literals.slice(from.literals),
    functions: ctx.functions.slice(from.functions),
    records: ctx.records.slice(from.records),
    enums: ctx.enums.slice(from.enums),
    typedefs: ctx.typedefs.slice(from.typedefs),
    diagnostics: ctx.sink.list.slice(from.diagnostics),
    marks: takeMarks(uses),
  };
}

/** Takes the flags of the symbols that a share names: what stays behind was set by something else. */
function takeMarks(uses: readonly NameUse[]): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { symbol } of uses) {
    if (symbol.kind !== 'function' && (symbol.kind !== 'object' || symbol.owner !== undefined)) continue;
    const isAddressTaken = symbol.kind === 'object' && symbol.isAddressTaken;
    if (!symbol.isReferenced && !isAddressTaken) continue;
    marks.push({ symbol, isReferenced: symbol.isReferenced, isAddressTaken });
    setFlags(symbol, false, false);
  }
  return marks;
}

function setFlags(symbol: FileSymbol, isReferenced: boolean, isAddressTaken: boolean): void {
  symbol.isReferenced = isReferenced;
  if (symbol.kind === 'object') symbol.isAddressTaken = isAddressTaken;
}

function isCompleteTag(tag: RecordType | EnumType): boolean {
  return tag.kind === 'record' ? tag.members !== undefined : tag.underlying !== undefined;
}

type SymbolType = ObjectSymbol['type'] | FunctionSymbol['type'];

function isSameText(a: SymbolType, b: SymbolType): boolean {
  const spell = (type: SymbolType): string => typeSpelling('kind' in type ? { type, quals: 0 } : type);
  const isNoreturn = (type: SymbolType): boolean => 'kind' in type && type.isNoreturn === true;
  const hasPrototype = (type: SymbolType): boolean => !('kind' in type) || type.hasPrototype;
  return spell(a) === spell(b) && isNoreturn(a) === isNoreturn(b) && hasPrototype(a) === hasPrototype(b);
}

/** Whether a diagnostic speaks of something behind its function: an earlier analysis could not know it. */
function pointsBehind(diagnostic: Diagnostic, start: number, body: Span): boolean {
  return (
    diagnostic.code === 'nesting-too-deep' ||
    (diagnostic.notes ?? []).some(
      ({ span }) =>
        span?.file === 0 && span.start > start && !(span.start >= body.start && span.end <= body.end),
    )
  );
}
