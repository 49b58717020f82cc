/**
 * State of one analysis: scopes, what was found so far, the function being analysed.
 *
 * The parts of the analyser are files of functions whose first parameter is this context. Where they need each other in
 * a circle (an expression may hold a block, a block holds expressions) they call through `analyses`.
 */
import type { DiagnosticNote, Severity } from '../source/diagnostic.ts';
import { DiagnosticSink } from '../source/diagnostic.ts';
import type { Span } from '../source/text-span.ts';
import type {
  CompoundStatement,
  Declaration,
  DeclarationSpecifiers,
  Expression,
  FunctionDefinition,
  InitializerList,
  StaticAssert,
  TypeName,
} from '../syntax/ast.ts';
import type { DataModel } from '../target/data-model.ts';
import type { Dialect } from '../target/dialect.ts';
import type { constraintTexts } from '../text/constraint-texts.ts';
import type { semaTexts } from '../text/sema-texts.ts';
import { textMaker } from '../text/text.ts';
import type { TextArguments } from '../text/text.ts';
import { TypeTable } from './basic-types.ts';
import type { ConstantCandidate } from './constant-locals.ts';
import type { ParameterScope } from './declarators.ts';
import type { Jump, JumpBarrier } from './jumps.ts';
import type { NestedDefinition } from './nested-functions.ts';
import { NameSpace } from './scope.ts';
import { typeSpelling } from './type-spelling.ts';
import type { EnumType, FunctionType, QualType, RecordType } from './type.ts';
import type {
  BlockExtern,
  FunctionSymbol,
  LabelSymbol,
  NameUse,
  ObjectInitializer,
  ObjectSymbol,
  StringLiteral,
  Symbol,
  SymbolAttributes,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
  TypedSymbolUse,
  TypedefSymbol,
} from './typed-tree.ts';

/** A type whose read-only fields are being filled in by the analyser. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What an ordinary identifier can be bound to; `undeclared` remembers a mistake that was reported. */
export type Bound = Symbol | { readonly kind: 'undeclared' };

/** The function whose body is being analysed. */
export interface FunctionState {
  readonly symbol: FunctionSymbol;
  /** The function around, of a nested one. */
  readonly outer: FunctionState | undefined;
  /** Functions that were defined inside, in order. */
  readonly inner: NestedDefinition[];
  /** Functions that `auto` announced. */
  readonly announced: FunctionSymbol[];
  readonly result: QualType;
  readonly locals: ObjectSymbol[];
  readonly staticLocals: ObjectSymbol[];
  /** Automatic objects that may turn out to be static (see constant-locals.ts). */
  readonly constantCandidates: ConstantCandidate[];
  /** Labels by name, as visible now. */
  labels: Map<string, LabelState>;
  readonly allLabels: LabelState[];
  /** Names that were reported as undeclared. */
  readonly undeclared: Set<string>;
  /** Blocks below the function's own one. */
  blockDepth: number;
  /** Objects of the innermost block. */
  objects: ObjectSymbol[];
  /** `__func__` and its kin, made when they are first used. */
  readonly functionNames: Map<string, ObjectSymbol>;
  /** The innermost declaration or statement expression that may not be jumped into. */
  barrier: JumpBarrier | undefined;
  /** Counts the beginnings and ends of barriers (see jumps.ts). */
  moment: number;
  /** Where the statement that is analysed cannot be run: the run stops before it. */
  stops: TypedStatement[];
}

/** A label while its function is analysed. */
export interface LabelState {
  readonly symbol: Mutable<LabelSymbol>;
  /** Declared by `__label__`: functions inside see it. */
  readonly isDeclared: boolean;
  isDefined: boolean;
  /** First use, for the complaint that it is not defined. */
  firstUse: Span | undefined;
  /** The innermost barrier around it. */
  barrier: JumpBarrier | undefined;
  readonly jumps: Jump[];
}

/** A function whose head is known and whose body comes next. */
export interface FunctionBodyStart {
  readonly symbol: FunctionSymbol;
  readonly type: FunctionType;
  readonly scope: ParameterScope;
  readonly node: FunctionDefinition;
}

/** Watches an analysis go through the bodies. */
export interface BodyWatcher {
  enterBody(body: FunctionBodyStart): void;
  leaveBody(): void;
}

/** The result of analysing an initialiser. */
export interface InitializedType {
  readonly initializer: ObjectInitializer;
  /** The declared type, completed by the number of elements that the initialiser gives. */
  readonly type: QualType;
}

/** Parts that call each other in a circle. */
export interface Analyses {
  expression(ctx: SemaContext, node: Expression): TypedExpression;
  typeName(ctx: SemaContext, node: TypeName): QualType;
  /** Declaration specifiers where only type, `register`, attributes and a misplaced alignment count. */
  parameterSpecifiers(
    ctx: SemaContext,
    node: DeclarationSpecifiers,
  ): {
    readonly type: QualType;
    readonly storage: string | undefined;
    readonly isThread: boolean;
    readonly alignas: number | undefined;
    readonly attributes: { readonly symbol: SymbolAttributes };
  };
  block(ctx: SemaContext, node: CompoundStatement): TypedBlock;
  initializerList(
    ctx: SemaContext,
    type: QualType,
    node: InitializerList,
    isStatic: boolean,
  ): InitializedType;
  declaration(ctx: SemaContext, node: Declaration, into: TypedStatement[]): void;
  nestedFunction(ctx: SemaContext, node: FunctionDefinition): void;
  staticAssert(ctx: SemaContext, node: StaticAssert): void;
}

type SemaTexts = typeof semaTexts & typeof constraintTexts;
type SemaTextKey = keyof SemaTexts;
/** Code of a diagnostic: its text's key without the area. */
export type SemaCode = SemaTextKey extends infer Key
  ? Key extends `sema.${infer Code}`
    ? Code
    : never
  : never;

const say = textMaker<SemaTexts>();

/** Nesting of expressions, statements and declarators beyond which the analyser gives up on the inner part. */
const MAX_DEPTH = 1200;

/** Length of chains (`a + b + …`, `else if`, `*` in a declarator) that make trees as deep as they are long. */
export const MAX_CHAIN = 1200;

/** State of one analysis. */
export class SemaContext {
  readonly types: TypeTable;
  readonly model: DataModel;
  readonly dialect: Dialect;
  readonly analyses: Analyses;
  readonly names = new NameSpace<Bound>();
  readonly tags = new NameSpace<RecordType | EnumType>();
  readonly sink = new DiagnosticSink();

  readonly uses: NameUse[] = [];
  readonly strings: StringLiteral[] = [];
  readonly literals: { readonly span: Span; readonly expression: TypedExpression }[] = [];
  readonly objects: ObjectSymbol[] = [];
  readonly functionSymbols: FunctionSymbol[] = [];
  readonly functions: TypedFunction[] = [];
  readonly literalObjects: ObjectSymbol[] = [];
  readonly blockExterns: BlockExtern[] = [];
  readonly records: RecordType[] = [];
  readonly enums: EnumType[] = [];
  readonly typedefs: TypedefSymbol[] = [];
  /** Objects and functions with linkage, wherever they were declared (C17 6.2.2). */
  readonly linked = new Map<string, ObjectSymbol | FunctionSymbol>();

  fn: FunctionState | undefined;
  /** Greater than 0 inside `sizeof`, `typeof`, `_Generic` controls: names there are not used, literals make no object. */
  unevaluated = 0;
  /** Greater than 0 inside the expressions of static initialisers. */
  staticInitializer = 0;
  #depth = 0;
  /** What was said about each span. */
  readonly #said = new WeakMap<Span, Set<string>>();
  #isDepthReported = false;
  #nextId = 0;

  /** Told before each body, and after it (see incremental-unit.ts). */
  bodyWatcher: BodyWatcher | undefined;

  /**
   * Begins an analysis.
   *
   * @param earlier - an analysis that this one goes on: its types are used, its ids are not given again
   */
  constructor(model: DataModel, dialect: Dialect, analyses: Analyses, earlier?: SemaContext) {
    this.dialect = dialect;
    this.model = model;
    this.types = earlier?.types ?? new TypeTable(model);
    this.#nextId = earlier === undefined ? 0 : earlier.#nextId;
    this.analyses = analyses;
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** Whether names are declared at file scope now. */
  get isFileScope(): boolean {
    return this.names.depth === 0;
  }

  enterScope(): void {
    this.names.enter();
    this.tags.enter();
  }

  leaveScope(): void {
    this.names.leave();
    this.tags.leave();
  }

  /** Enters one level; false beyond the limit. Pair with {@link leaveLevel}. */
  enterLevel(span: Span): boolean {
    if (this.#depth >= MAX_DEPTH) {
      this.reportDepth(span);
      return false;
    }
    this.#depth += 1;
    return true;
  }

  /** Complains, once, about nesting that is too deep. */
  reportDepth(span: Span): void {
    if (!this.#isDepthReported) this.error('nesting-too-deep', span);
    this.#isDepthReported = true;
  }

  leaveLevel(): void {
    this.#depth -= 1;
  }

  error(code: SemaCode, span: Span, args?: TextArguments, notes?: readonly DiagnosticNote[]): void {
    this.#report('error', code, span, args, notes);
  }

  warning(code: SemaCode, span: Span, args?: TextArguments, notes?: readonly DiagnosticNote[]): void {
    this.#report('warning', code, span, args, notes);
  }

  /** Valid C that the engine does not model. */
  unsupported(code: SemaCode, span: Span, args?: TextArguments): void {
    this.#report('unsupported', code, span, args, undefined);
  }

  note(code: SemaCode, span: Span | undefined, args?: TextArguments): DiagnosticNote {
    return { text: say(`sema.${code}`, args), span };
  }

  #report(
    severity: Severity,
    code: SemaCode,
    span: Span,
    args: TextArguments | undefined,
    notes: readonly DiagnosticNote[] | undefined,
  ): void {
    // Specifiers of several declarators, and initialisers that tell a type, are analysed more than once.
    const known = this.#said.get(span);
    const what = `${severity} ${code} ${JSON.stringify(args)}`;
    if (known?.has(what) === true) return;
    if (known === undefined) this.#said.set(span, new Set([what]));
    else known.add(what);
    const text = say(`sema.${code}`, args);
    this.sink.report(
      notes === undefined ? { code, severity, span, text } : { code, severity, span, text, notes },
    );
  }

  use(span: Span, symbol: TypedSymbolUse): void {
    this.uses.push({ span, symbol });
  }

  spell(type: QualType): string {
    return typeSpelling(type);
  }

  // ------------------------------------------------------------ making nodes

  errorNode(span: Span): TypedExpression {
    return { kind: 'error', type: this.types.error, span };
  }

  integerNode(span: Span, type: QualType, value: bigint): TypedExpression {
    return { kind: 'integer', type, span, value };
  }

  newString(
    value: { bytes: Uint8Array; elementSize: number },
    span: Span,
    use: StringLiteral['use'],
  ): StringLiteral {
    const literal: StringLiteral = {
      id: this.nextId(),
      bytes: value.bytes,
      elementSize: value.elementSize,
      span,
      owner: this.fn?.symbol,
      use,
      knownRow: undefined,
    };
    this.strings.push(literal);
    return literal;
  }
}
