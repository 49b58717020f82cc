/**
 * CONTRACT. The syntax tree: what the parser makes of tokens, before any types are known.
 *
 * Every construct has a node, broken text included (`error` nodes keep their span), and nothing is resolved but the
 * question whether an identifier is a typedef name. Productions: C17 6.5 to 6.9, GNU extensions as gcc 12.
 *
 * Height. Nesting is limited by the parser (256 levels in all), so a recursive walk is safe, except along the chains that
 * text may make as long as it likes. Walk these in loops: `left` of `binary`, the base of `index`, `call`, `member`,
 * `postfix`, `otherwise` of `if`, `body` of `case`, `default` and `label`.
 */
import type { Span } from '../source/text-span.ts';
import type { Token } from './token.ts';

export interface Identifier {
  readonly name: string;
  readonly span: Span;
}

// ---------------------------------------------------------------- expressions

export type UnaryOperator =
  '+' | '-' | '~' | '!' | '*' | '&' | '++' | '--' | '__real__' | '__imag__' | '__extension__';
export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<<'
  | '>>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '&'
  | '^'
  | '|'
  | '&&'
  | '||'
  | ',';
export type AssignOperator = '=' | '*=' | '/=' | '%=' | '+=' | '-=' | '<<=' | '>>=' | '&=' | '^=' | '|=';

export type Expression =
  | { readonly kind: 'identifier'; readonly name: string; readonly span: Span }
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'character'; readonly text: string; readonly span: Span }
  /** Adjacent literals, each as spelled; `__func__` and friends are identifiers. */
  | { readonly kind: 'string'; readonly parts: readonly Token[]; readonly span: Span }
  | { readonly kind: 'paren'; readonly inner: Expression; readonly span: Span }
  | {
      readonly kind: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'postfix';
      readonly operator: '++' | '--';
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly operatorSpan: Span;
      readonly span: Span;
    }
  | {
      readonly kind: 'assign';
      readonly operator: AssignOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly operatorSpan: Span;
      readonly span: Span;
    }
  /** `then` is undefined for the GNU form `a ?: b`. */
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression | undefined;
      readonly otherwise: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'cast'; readonly type: TypeName; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: 'index'; readonly base: Expression; readonly index: Expression; readonly span: Span }
  | {
      readonly kind: 'member';
      readonly base: Expression;
      readonly arrow: boolean;
      readonly member: Identifier;
      readonly span: Span;
    }
  | { readonly kind: 'sizeof-expression'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'sizeof-type'; readonly type: TypeName; readonly span: Span }
  | { readonly kind: 'alignof-expression'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'alignof-type'; readonly type: TypeName; readonly span: Span }
  | {
      readonly kind: 'compound-literal';
      readonly storage: readonly StorageClass[];
      readonly type: TypeName;
      readonly initializer: InitializerList;
      readonly span: Span;
    }
  | {
      readonly kind: 'generic';
      readonly control: Expression;
      /** `type` undefined: `default`. */
      readonly associations: readonly { readonly type: TypeName | undefined; readonly value: Expression }[];
      readonly span: Span;
    }
  | { readonly kind: 'statement-expression'; readonly body: CompoundStatement; readonly span: Span }
  | { readonly kind: 'label-address'; readonly label: Identifier; readonly span: Span }
  | {
      readonly kind: 'convert-vector';
      readonly operand: Expression;
      readonly type: TypeName;
      readonly span: Span;
    }
  | { readonly kind: 'va-arg'; readonly list: Expression; readonly type: TypeName; readonly span: Span }
  | {
      readonly kind: 'offsetof';
      readonly type: TypeName;
      readonly designators: readonly Designator[];
      readonly span: Span;
    }
  | {
      readonly kind: 'types-compatible';
      readonly first: TypeName;
      readonly second: TypeName;
      readonly span: Span;
    }
  | {
      readonly kind: 'choose-expression';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'error'; readonly span: Span };

// ---------------------------------------------------------------- initialisers

export type Designator =
  | { readonly kind: 'member'; readonly member: Identifier; readonly span: Span }
  | { readonly kind: 'index'; readonly index: Expression; readonly span: Span }
  /** GNU: `[first ... last]` */
  | { readonly kind: 'range'; readonly first: Expression; readonly last: Expression; readonly span: Span };

export interface InitializerItem {
  readonly designators: readonly Designator[];
  readonly value: Initializer;
}

export interface InitializerList {
  readonly kind: 'list';
  readonly items: readonly InitializerItem[];
  readonly span: Span;
}

export type Initializer =
  { readonly kind: 'value'; readonly value: Expression; readonly span: Span } | InitializerList;

// ---------------------------------------------------------------- declarations

export type StorageClass =
  'typedef' | 'extern' | 'static' | 'auto' | 'register' | '_Thread_local' | 'constexpr';
export type TypeQualifier = 'const' | 'volatile' | 'restrict' | '_Atomic';
export type BasicTypeKeyword =
  | 'void'
  | 'char'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'signed'
  | 'unsigned'
  | '_Bool'
  | '_Complex'
  | '__int128'
  | '__float128'
  | '__float80'
  | '_Float32'
  | '_Float64'
  | '_Float32x'
  | '_Float64x';

/** `__attribute__((name(args)))` or `[[prefix::name(args)]]`; the underscores around the name are removed. */
export interface Attribute {
  readonly name: string;
  /** Arguments parsed as expressions where they can be (an identifier is an identifier expression). */
  readonly args: readonly (Expression | TypeName)[];
  readonly span: Span;
}

export type TypeSpecifier =
  | { readonly kind: 'basic'; readonly keyword: BasicTypeKeyword; readonly span: Span }
  | RecordSpecifier
  | EnumSpecifier
  | { readonly kind: 'typedef-name'; readonly name: string; readonly span: Span }
  /** `isUnqualified`: `typeof_unqual` of C23. */
  | {
      readonly kind: 'typeof-expression';
      readonly operand: Expression;
      readonly isUnqualified: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'typeof-type';
      readonly type: TypeName;
      readonly isUnqualified: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'atomic'; readonly type: TypeName; readonly span: Span }
  | { readonly kind: 'auto-type'; readonly span: Span }
  | { readonly kind: 'error'; readonly span: Span };

export interface RecordSpecifier {
  readonly kind: 'record';
  readonly tagKind: 'struct' | 'union';
  readonly tag: Identifier | undefined;
  /** Undefined without braces: a reference or forward declaration. */
  readonly members: readonly MemberDeclaration[] | undefined;
  readonly attributes: readonly Attribute[];
  /** Value of `#pragma pack` in force, in bytes. */
  readonly pack: number | undefined;
  readonly span: Span;
}

export type MemberDeclaration =
  | {
      readonly kind: 'members';
      readonly specifiers: DeclarationSpecifiers;
      /** Empty for an anonymous struct or union member. */
      readonly declarators: readonly MemberDeclarator[];
      readonly span: Span;
    }
  | StaticAssert
  | { readonly kind: 'error'; readonly span: Span };

export interface MemberDeclarator {
  /** Undefined for an unnamed bit-field. */
  readonly declarator: Declarator | undefined;
  readonly width: Expression | undefined;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface EnumSpecifier {
  readonly kind: 'enum';
  readonly tag: Identifier | undefined;
  readonly enumerators:
    | readonly {
        readonly name: Identifier;
        readonly value: Expression | undefined;
        readonly attributes: readonly Attribute[];
      }[]
    | undefined;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface DeclarationSpecifiers {
  readonly storage: readonly StorageClass[];
  readonly types: readonly TypeSpecifier[];
  readonly qualifiers: readonly TypeQualifier[];
  readonly isInline: boolean;
  readonly isNoreturn: boolean;
  readonly alignments: readonly (Expression | TypeName)[];
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export type Declarator =
  | { readonly kind: 'name'; readonly name: Identifier | undefined; readonly span: Span }
  | {
      readonly kind: 'pointer';
      readonly qualifiers: readonly TypeQualifier[];
      readonly attributes: readonly Attribute[];
      readonly inner: Declarator;
      readonly span: Span;
    }
  | {
      readonly kind: 'array';
      readonly inner: Declarator;
      /** Undefined: `[]`; `star`: `[*]`. */
      readonly size: Expression | 'star' | undefined;
      readonly isStatic: boolean;
      readonly qualifiers: readonly TypeQualifier[];
      readonly span: Span;
    }
  | {
      readonly kind: 'function';
      readonly inner: Declarator;
      /** GNU: parameters declared ahead of the list, `(int n; int a[n], int n)`. */
      readonly forward: readonly ParameterDeclaration[];
      readonly parameters: readonly ParameterDeclaration[];
      readonly isVariadic: boolean;
      /** `()`: no prototype. */
      readonly isEmpty: boolean;
      /** K&R: names only, types in `knrDeclarations` of the function definition. */
      readonly identifiers: readonly Identifier[] | undefined;
      readonly span: Span;
    };

export interface ParameterDeclaration {
  readonly specifiers: DeclarationSpecifiers;
  readonly declarator: Declarator;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface TypeName {
  readonly kind: 'type-name';
  readonly specifiers: DeclarationSpecifiers;
  /** Abstract: its `name` node has no name. */
  readonly declarator: Declarator;
  readonly span: Span;
}

export interface InitDeclarator {
  readonly declarator: Declarator;
  readonly asmLabel: string | undefined;
  readonly attributes: readonly Attribute[];
  readonly initializer: Initializer | undefined;
  readonly span: Span;
}

export interface Declaration {
  readonly kind: 'declaration';
  readonly specifiers: DeclarationSpecifiers;
  readonly declarators: readonly InitDeclarator[];
  readonly span: Span;
}

export interface FunctionDefinition {
  readonly kind: 'function-definition';
  readonly specifiers: DeclarationSpecifiers;
  readonly declarator: Declarator;
  readonly attributes: readonly Attribute[];
  readonly knrDeclarations: readonly Declaration[];
  readonly body: CompoundStatement;
  readonly span: Span;
}

export interface StaticAssert {
  readonly kind: 'static-assert';
  readonly condition: Expression;
  readonly message: Expression | undefined;
  readonly span: Span;
}

export type ExternalDeclaration =
  | Declaration
  | FunctionDefinition
  | StaticAssert
  | { readonly kind: 'asm'; readonly text: string; readonly span: Span }
  | { readonly kind: 'empty'; readonly span: Span }
  | { readonly kind: 'error'; readonly span: Span };

// ---------------------------------------------------------------- statements

export interface CompoundStatement {
  readonly kind: 'compound';
  readonly items: readonly BlockItem[];
  readonly span: Span;
  /** Place of the closing brace: scope end, dead locals. */
  readonly closeSpan: Span;
}

export type BlockItem = Statement | Declaration | StaticAssert | FunctionDefinition;

export type Statement =
  | CompoundStatement
  | { readonly kind: 'expression'; readonly expression: Expression; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise: Statement | undefined;
      readonly span: Span;
    }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement; readonly span: Span }
  | { readonly kind: 'do'; readonly body: Statement; readonly condition: Expression; readonly span: Span }
  | {
      readonly kind: 'for';
      readonly init: Declaration | Expression | undefined;
      readonly condition: Expression | undefined;
      readonly step: Expression | undefined;
      readonly body: Statement;
      readonly span: Span;
    }
  | { readonly kind: 'switch'; readonly value: Expression; readonly body: Statement; readonly span: Span }
  | {
      readonly kind: 'case';
      readonly first: Expression;
      /** GNU case range `first ... last`. */
      readonly last: Expression | undefined;
      readonly body: Statement;
      readonly span: Span;
    }
  | { readonly kind: 'default'; readonly body: Statement; readonly span: Span }
  | {
      readonly kind: 'label';
      readonly label: Identifier;
      readonly attributes: readonly Attribute[];
      readonly body: Statement;
      readonly span: Span;
    }
  | { readonly kind: 'goto'; readonly label: Identifier; readonly span: Span }
  | { readonly kind: 'computed-goto'; readonly target: Expression; readonly span: Span }
  | { readonly kind: 'break'; readonly span: Span }
  | { readonly kind: 'continue'; readonly span: Span }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly span: Span }
  | { readonly kind: 'local-labels'; readonly labels: readonly Identifier[]; readonly span: Span }
  | {
      readonly kind: 'asm';
      /** The instructions; empty in the usual barrier `asm volatile("" ::: "memory")`. */
      readonly text: string;
      readonly hasOperands: boolean;
      readonly outputs: readonly AsmOperand[];
      readonly inputs: readonly AsmOperand[];
      readonly clobbers: readonly string[];
      /** Targets of an `asm goto`. */
      readonly labels: readonly Identifier[];
      readonly span: Span;
    }
  | { readonly kind: 'error'; readonly span: Span };

/** `[name] "constraint" (value)` of an extended asm. */
export interface AsmOperand {
  readonly name: Identifier | undefined;
  readonly constraint: string;
  readonly value: Expression;
}

export interface TranslationUnit {
  readonly declarations: readonly ExternalDeclaration[];
}
