/**
 * CONTRACT. The typed tree: what the analyser makes of the syntax tree.
 *
 * Names are resolved, every expression has a type, every implicit conversion is a `convert` node, array subscripts and
 * `->` are reduced to `deref`. Placement, frame layout, code generation and the editor read this tree; the syntax tree
 * is not needed any more. What was wrong is an `error` node; what is right C but not modelled is `unsupported`.
 */
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Span } from '../source/text-span.ts';
import type {
  CType,
  QualType,
  RecordMember,
  RecordType,
  EnumType,
  FunctionType,
  TypedefType,
} from './type.ts';
import type { Text } from '../text/text.ts';
import type { ComplexValue, FloatingValue } from './floating-value.ts';
import type { KnownRow } from './known-rows.ts';

// ---------------------------------------------------------------- symbols

export type Linkage = 'external' | 'internal' | 'none';
/** C17 6.2.4; `declared-only` is an extern object that this program does not define. */
export type StorageDuration = 'static' | 'thread' | 'automatic' | 'declared-only';

/** GNU attributes of an object or function that change where it lives or how it behaves. */
export interface SymbolAttributes {
  readonly section?: string;
  /** Bytes, from `aligned`, `_Alignas`. */
  readonly aligned?: number;
  readonly isWeak?: boolean;
  readonly alias?: string;
  /** The symbol that a `weakref` stands for; it has none of its own. */
  readonly weakref?: string;
  readonly visibility?: string;
  /** Name of the resolver of `__attribute__((ifunc))`. */
  readonly resolver?: string;
  readonly isCommon?: boolean;
  readonly isNoCommon?: boolean;
  readonly isUsed?: boolean;
  readonly constructorPriority?: number;
  readonly destructorPriority?: number;
  /** Name of the function of `__attribute__((cleanup(f)))`. */
  readonly cleanup?: string;
  readonly asmLabel?: string;
  readonly isNoreturn?: boolean;
  readonly isNoinline?: boolean;
  /** `stack_protect` and `no_stack_protector`: whether a stack protector that is asked for guards the function in any case. */
  readonly stackProtector?: 'always' | 'never';
  readonly isAlwaysInline?: boolean;
  readonly isGnuInline?: boolean;
  /** Functions that go to `.text.hot` and `.text.unlikely`. */
  /** `constexpr` of C23. */
  readonly isConstexpr?: boolean;
  readonly isHot?: boolean;
  readonly isCold?: boolean;
}

/** An object with a name: variable or parameter. One for all its declarations. */
export interface ObjectSymbol {
  readonly kind: 'object';
  readonly id: number;
  readonly name: string;
  /** Composite type of all declarations. */
  type: QualType;
  readonly storage: StorageDuration;
  linkage: Linkage;
  readonly isParameter: boolean;
  readonly isRegister: boolean;
  /** Place of the name in the defining declaration (else in the first one). */
  span: Span;
  /** Tentative definition before the one with the initialiser: gcc keeps its place in the order of the file. */
  firstDefinition?: Span;
  /** The type at the first tentative definition, where that is an array without a bound: debug information keeps it. */
  definedAs?: QualType;
  /** Places of all declarations' names. */
  readonly declarations: Span[];
  /** Function whose body declares it; undefined at file scope. */
  readonly owner: FunctionSymbol | undefined;
  /** Nesting of blocks below the function's own block: 0 for parameters and the outermost block. */
  readonly blockDepth: number;
  /** A tentative definition only (C17 6.9.2). */
  isTentative: boolean;
  /** Some declaration defines it, tentatively or not (thread objects may be declared only, too). */
  isDefined?: boolean;
  /** Static and thread objects, also `const` locals: the initialiser, if any. */
  initializer: ObjectInitializer | undefined;
  attributes: SymbolAttributes;
  /** Some `&x`, or an array that decays, a struct that is accessed …: it must lie in memory. */
  isAddressTaken: boolean;
  /** Read or written anywhere. */
  isReferenced: boolean;
  /** Automatic as the text says, yet made static by gcc (see constant-locals.ts). */
  isConstantLocal?: true;
  /** See known-rows.ts. */
  knownRow?: KnownRow | undefined;
}

export interface FunctionSymbol {
  /** Declared by a call alone, as `int name()`. */
  isImplicit?: boolean;
  /** Its first declaration is a call (C90 3.3.2.2), also where gcc gives it the type of a function that it knows. */
  readonly isFirstCalled?: true;
  readonly kind: 'function';
  readonly id: number;
  readonly name: string;
  type: FunctionType;
  linkage: Linkage;
  isInline: boolean;
  /** `inline` without `extern`: the definition is no external one (C17 6.7.4p7), gcc -O0 emits nothing. */
  isExternInline?: boolean;
  isDefined: boolean;
  /** Called, or its address taken. */
  isReferenced: boolean;
  span: Span;
  readonly declarations: Span[];
  attributes: SymbolAttributes;
  /** Function in whose body it is defined: a nested function (GNU). */
  readonly enclosing?: FunctionSymbol;
  /** See known-rows.ts. */
  knownRow?: KnownRow | undefined;
}

export interface EnumeratorSymbol {
  readonly kind: 'enumerator';
  readonly name: string;
  readonly type: QualType;
  readonly value: bigint;
  readonly span: Span;
}

export interface TypedefSymbol {
  readonly kind: 'typedef';
  readonly name: string;
  /** The type that it is a name for. */
  readonly type: QualType;
  /** The type that a use of the name has: shows the name, stands for `type`. */
  readonly named: TypedefType;
  readonly span: Span;
  /** Function in which it is declared. */
  readonly owner: FunctionSymbol | undefined;
}

export type Symbol = ObjectSymbol | FunctionSymbol | EnumeratorSymbol | TypedefSymbol;

// ---------------------------------------------------------------- expressions

export type ConversionKind =
  /** Value of an lvalue. */
  | 'load'
  /** Array to pointer to its first element. */
  | 'decay'
  /** Function to pointer. */
  | 'function-pointer'
  /** Between arithmetic types, enums included (to `_Bool`: compares with zero). */
  | 'arithmetic'
  /** Pointer to pointer, integer to pointer, pointer to integer. */
  | 'pointer'
  | 'to-void'
  /** Array element type qualifiers, and the like: no code. */
  | 'none';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^';
export type ComparisonOperator = '<' | '>' | '<=' | '>=' | '==' | '!=';

interface Node {
  readonly type: QualType;
  readonly span: Span;
}

/** lvalues: `object`, `deref`, `member` of an lvalue, `string`, `compound-literal`. */
export type TypedExpression =
  | (Node & { readonly kind: 'integer'; readonly value: bigint })
  | (Node & { readonly kind: 'floating' } & FloatingValue)
  | (Node & { readonly kind: 'string'; readonly literal: StringLiteral })
  | (Node & { readonly kind: 'object'; readonly object: ObjectSymbol })
  | (Node & { readonly kind: 'function'; readonly function: FunctionSymbol })
  /** `*operand`; the operand is a pointer rvalue. */
  | (Node & { readonly kind: 'deref'; readonly operand: TypedExpression })
  | (Node & {
      readonly kind: 'member';
      readonly base: TypedExpression;
      readonly record: RecordType;
      readonly member: RecordMember;
      /**
       * Bytes from the start of `base`, anonymous members included. A bit-field begins at bit
       * `(offset - member.offset) * 8 + member.bitOffset` of `base`.
       */
      readonly offset: number;
      readonly memberSpan: Span;
      /** The variable of a function around that this is: it lies in that function's `FRAME`. */
      readonly captured?: ObjectSymbol;
    })
  | (Node & { readonly kind: 'address-of'; readonly operand: TypedExpression })
  | (Node & {
      readonly kind: 'convert';
      readonly conversion: ConversionKind;
      readonly operand: TypedExpression;
      readonly isExplicit: boolean;
    })
  | (Node & { readonly kind: 'negate' | 'complement'; readonly operand: TypedExpression })
  /** `!operand`, type int */
  | (Node & { readonly kind: 'not'; readonly operand: TypedExpression })
  /** Both operands have the node's type (shifts: the left one has). */
  | (Node & {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: TypedExpression;
      readonly right: TypedExpression;
      /** Bits of the bit-field type that this reduces a value to: gcc has no such types up to the width of int. */
      readonly fieldWidth?: number;
    })
  /** Operands have one common type (arithmetic or pointer); the node is int. */
  | (Node & {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: TypedExpression;
      readonly right: TypedExpression;
    })
  /** `pointer + index * size`; `index` is an integer of any type; `subtract` for `p - i`. */
  | (Node & {
      readonly kind: 'pointer-add';
      readonly pointer: TypedExpression;
      readonly index: TypedExpression;
      readonly subtract: boolean;
    })
  | (Node & {
      readonly kind: 'pointer-difference';
      readonly left: TypedExpression;
      readonly right: TypedExpression;
    })
  | (Node & {
      readonly kind: 'logical';
      readonly operator: '&&' | '||';
      readonly left: TypedExpression;
      readonly right: TypedExpression;
    })
  /** `then` undefined: GNU `a ?: b`, the condition's value (converted to the type) is the result. */
  | (Node & {
      readonly kind: 'conditional';
      readonly condition: TypedExpression;
      readonly then: TypedExpression | undefined;
      readonly otherwise: TypedExpression;
    })
  | (Node & { readonly kind: 'comma'; readonly left: TypedExpression; readonly right: TypedExpression })
  /** `value` has the target's unqualified type. */
  | (Node & { readonly kind: 'assign'; readonly target: TypedExpression; readonly value: TypedExpression })
  /** `target = (type)((computation)target op value)`; for pointers `computation` is the pointer type and value an integer. */
  | (Node & {
      readonly kind: 'compound-assign';
      readonly target: TypedExpression;
      readonly operator: ArithmeticOperator;
      readonly computation: QualType;
      readonly value: TypedExpression;
    })
  | (Node & {
      readonly kind: 'increment';
      readonly target: TypedExpression;
      readonly delta: 1 | -1;
      readonly isPrefix: boolean;
    })
  /** `callee` is a `function` node for a direct call, else a pointer to function rvalue. Arguments are converted; those beyond the parameters are promoted. */
  | (Node & {
      readonly kind: 'call';
      readonly callee: TypedExpression;
      readonly calleeType: FunctionType;
      readonly args: readonly TypedExpression[];
      /** Spelled `__builtin_NAME`: gcc expands what it can also without optimisation (builtins.cc: called_as_built_in). */
      readonly isBuiltin?: true;
      /** For a nested function: the address of the `FRAME` of the function around it. */
      readonly staticChain?: TypedExpression;
    })
  /**
   * A function of the compiler with a meaning of its own, `name` as spelled: `__builtin_va_start`, `__builtin_va_arg`
   * (with `typeArgument`), `__builtin_expect`, `__builtin_clz`, `__atomic_load_n`, `__sync_fetch_and_add` …
   * `__builtin_NAME` of a libc function becomes a plain call of NAME.
   */
  | (Node & {
      readonly kind: 'builtin';
      readonly name: string;
      readonly args: readonly TypedExpression[];
      readonly typeArgument: QualType | undefined;
    })
  /** Its object is anonymous; in a block it is automatic and initialised when reached. */
  | (Node & {
      readonly kind: 'compound-literal';
      readonly object: ObjectSymbol;
      readonly initializer: ObjectInitializer;
    })
  /** The last expression statement is `value` and no longer in `body`. */
  | (Node & {
      readonly kind: 'statement-expression';
      readonly body: TypedBlock;
      readonly value: TypedExpression | undefined;
    })
  | (Node & { readonly kind: 'label-address'; readonly label: LabelSymbol })
  /** `sizeof` of a VLA: a size_t computed at run time; constant sizeofs are `integer` nodes. */
  | (Node & { readonly kind: 'vla-size'; readonly operand: CType })
  | (Node & { readonly kind: 'real-part' | 'imaginary-part'; readonly operand: TypedExpression })
  | (Node & { readonly kind: 'error' })
  | (Node & { readonly kind: 'unsupported'; readonly reason: Text });

/** A string literal after joining; equal ones in one file share a `StringLiteral` when gcc pools them (placement). */
export interface StringLiteral {
  readonly id: number;
  /** Bytes of the array in the execution character set, the terminating NUL (of element size) included. */
  readonly bytes: Uint8Array;
  /** Bytes per element: 1, 2 or 4. */
  readonly elementSize: number;
  /** First to last quote. */
  readonly span: Span;
  /** Function in whose body it stands. */
  readonly owner: FunctionSymbol | undefined;
  /** What it is used for; literals that are not `pointer` make no object of their own. */
  readonly use: 'pointer' | 'array-initializer' | 'unevaluated';
  /** See known-rows.ts. */
  knownRow?: KnownRow | undefined;
}

// ---------------------------------------------------------------- initialisers

/** An initialiser flattened to assignments into the object, in order; what is not mentioned is zero. */
export interface ObjectInitializer {
  readonly span: Span;
  readonly entries: readonly InitializerEntry[];
  /** False for `= expression` of a scalar or whole struct: nothing else to zero. */
  readonly isAggregate: boolean;
}

export interface InitializerEntry {
  /** Bytes from the start of the object. */
  readonly offset: number;
  readonly type: QualType;
  /** Bit-fields only, bits from the start of the object. */
  readonly bitOffset: number | undefined;
  readonly bitWidth: number | undefined;
  readonly value: TypedExpression;
  /** Set for static objects: what the linker or loader puts there. */
  readonly constant: ConstantValue | undefined;
}

/** A constant expression's value (C17 6.6). */
export type ConstantValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | ({ readonly kind: 'floating' } & FloatingValue)
  | ({ readonly kind: 'complex' } & ComplexValue)
  /** Address of something with a place, plus bytes. */
  | {
      readonly kind: 'address';
      readonly base: ObjectSymbol | FunctionSymbol | StringLiteral | LabelSymbol;
      readonly offset: number;
    }
  /** `&&label - &&minus`, plus bytes: known when the code is. */
  | {
      readonly kind: 'label-difference';
      readonly label: LabelSymbol;
      readonly minus: LabelSymbol;
      readonly addend: number;
    }
  /** Bytes of a string literal that initialises an array. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

// ---------------------------------------------------------------- statements

export interface LabelSymbol {
  readonly kind: 'label';
  readonly name: string;
  readonly span: Span | undefined;
  isAddressTaken: boolean;
  /** Nested functions jump to it, out of themselves. */
  isNonlocal?: boolean;
}

export interface TypedBlock {
  readonly kind: 'block';
  /** Objects declared directly in this block, in order (automatic and static). */
  readonly objects: readonly ObjectSymbol[];
  readonly statements: readonly TypedStatement[];
  readonly span: Span;
  readonly closeSpan: Span;
}

export interface SwitchCase {
  readonly first: bigint;
  /** Equal to first but for GNU ranges. */
  readonly last: bigint;
}

export type TypedStatement =
  | TypedBlock
  /** An automatic object comes to life (with its initialiser, VLA size evaluated here). Static ones have no statement. */
  | {
      readonly kind: 'declare';
      readonly object: ObjectSymbol;
      readonly initializer: ObjectInitializer | undefined;
      readonly span: Span;
    }
  | { readonly kind: 'expression'; readonly expression: TypedExpression; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | {
      readonly kind: 'if';
      readonly condition: TypedExpression;
      readonly then: TypedStatement;
      readonly otherwise: TypedStatement | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: 'while';
      readonly condition: TypedExpression;
      readonly body: TypedStatement;
      readonly span: Span;
    }
  | {
      readonly kind: 'do';
      readonly body: TypedStatement;
      readonly condition: TypedExpression;
      readonly span: Span;
    }
  /** `scope` holds the objects of the first clause. */
  | {
      readonly kind: 'for';
      readonly init: readonly TypedStatement[];
      readonly objects: readonly ObjectSymbol[];
      readonly condition: TypedExpression | undefined;
      readonly step: TypedExpression | undefined;
      readonly body: TypedStatement;
      readonly span: Span;
    }
  /** `cases` in source order; each `case` statement inside the body has the same object in `label`. */
  | {
      readonly kind: 'switch';
      readonly value: TypedExpression;
      readonly cases: readonly SwitchCase[];
      readonly hasDefault: boolean;
      readonly body: TypedStatement;
      readonly span: Span;
    }
  | { readonly kind: 'case'; readonly label: SwitchCase; readonly body: TypedStatement; readonly span: Span }
  | { readonly kind: 'default'; readonly body: TypedStatement; readonly span: Span }
  | {
      readonly kind: 'label';
      readonly label: LabelSymbol;
      readonly body: TypedStatement;
      readonly span: Span;
    }
  | { readonly kind: 'goto'; readonly label: LabelSymbol; readonly span: Span }
  /** From a nested function to a label of one around it; `buffer` is the address of that one's jump buffer. */
  | {
      readonly kind: 'nonlocal-goto';
      readonly label: LabelSymbol;
      readonly buffer: TypedExpression;
      readonly span: Span;
    }
  | { readonly kind: 'computed-goto'; readonly target: TypedExpression; readonly span: Span }
  | { readonly kind: 'break'; readonly span: Span }
  | { readonly kind: 'continue'; readonly span: Span }
  | { readonly kind: 'return'; readonly value: TypedExpression | undefined; readonly span: Span }
  | { readonly kind: 'unsupported'; readonly reason: Text; readonly span: Span };

// ---------------------------------------------------------------- the unit

export interface TypedFunction {
  readonly symbol: FunctionSymbol;
  readonly parameters: readonly ObjectSymbol[];
  readonly body: TypedBlock;
  /** Static objects declared in its blocks, in order. */
  readonly staticLocals: readonly ObjectSymbol[];
  /** All automatic objects of all blocks, parameters not included, in order of declaration. */
  readonly locals: readonly ObjectSymbol[];
  readonly labels: readonly LabelSymbol[];
  /** All of the definition. */
  readonly span: Span;
  /** Of a nested function (GNU), and of one that holds such. */
  readonly nesting?: FunctionNesting;
}

/** What a function shares with the functions inside it, and how it finds what it shares with those around it. */
export interface FunctionNesting {
  /** The functions directly inside it, in order. */
  readonly inner: readonly FunctionSymbol[];
  /** The object `FRAME.n` with what is shared; undefined where there is nobody inside. */
  readonly frame: SharedFrame | undefined;
  /** The pointer `CHAIN.n` to the frame of the function around; undefined where there is none. */
  readonly chain: ObjectSymbol | undefined;
}

/** The parts of `FRAME.n`, each with its offset in bytes, and what the function stores there when it begins. */
export interface SharedFrame {
  readonly object: ObjectSymbol;
  /** Variables that live in it instead of a slot of their own, parameters that are copied there not among them. */
  readonly variables: ReadonlyMap<ObjectSymbol, number>;
  readonly parameters: readonly {
    readonly parameter: ObjectSymbol;
    readonly offset: number;
    /** Its address is stored, not its value: a record. */
    readonly isAddress: boolean;
  }[];
  /** Code through which pointers call the functions inside. */
  readonly trampolines: readonly { readonly function: FunctionSymbol; readonly offset: number }[];
  /** Where the pointer to the frame around is kept for the functions inside. */
  readonly chain: number | undefined;
  /** The frame pointer, and the stack pointer behind it, for jumps that leave the functions inside. */
  readonly jumpBuffer: number | undefined;
  /** The canonical frame address, for debuggers. */
  readonly frameBase: number;
}

/** What a name in the text can stand for. */
export type TypedSymbolUse =
  | Symbol
  | { readonly kind: 'member'; readonly record: RecordType; readonly member: RecordMember }
  | { readonly kind: 'tag'; readonly type: RecordType | EnumType }
  | LabelSymbol;

/** A use of a name, for hovers: what stands at a place in the text. */
export interface NameUse {
  readonly span: Span;
  readonly symbol: TypedSymbolUse;
}

/** An `extern` declaration of an object inside of a block. */
export interface BlockExtern {
  readonly object: ObjectSymbol;
  readonly owner: FunctionSymbol | undefined;
  /** The type as declared there. */
  readonly type: QualType;
  readonly span: Span;
  readonly blockDepth: number;
}

/** One analysed translation unit. */
export interface TypedUnit {
  /** Objects of file scope in order of first declaration, declared-only ones included. */
  readonly objects: readonly ObjectSymbol[];
  /** Functions that are declared; `functions` has those with a body, in order. */
  readonly functionSymbols: readonly FunctionSymbol[];
  readonly functions: readonly TypedFunction[];
  readonly strings: readonly StringLiteral[];
  /** Anonymous objects of file-scope compound literals. */
  readonly literalObjects: readonly ObjectSymbol[];
  /** `extern` declarations of objects inside of blocks. */
  readonly blockExterns: readonly BlockExtern[];
  readonly records: readonly RecordType[];
  readonly enums: readonly EnumType[];
  readonly typedefs: readonly TypedefSymbol[];
  /** Sorted by place, for look-ups by offset. */
  readonly uses: readonly NameUse[];
  /** Every expression that has a constant or literal worth a hover: strings, numbers, sizeof. */
  readonly literals: readonly { readonly span: Span; readonly expression: TypedExpression }[];
  readonly diagnostics: readonly Diagnostic[];
}
