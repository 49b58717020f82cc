/**
 * Small numbers for tokens: what the parser compares and looks up instead of spellings.
 *
 * All spellings of one keyword (`const`, `__const`, `__const__`) share a code. Facts about a code (does it start
 * a declaration, how tight does it bind) are bits and tables indexed by it.
 */
import type { BasicTypeKeyword, StorageClass, TypeQualifier } from './ast.ts';
import type { Token } from './token.ts';

const codes = {
  end: 0,
  identifier: 1,
  number: 2,
  character: 3,
  string: 4,
  /** A keyword or punctuator that no production uses. */
  other: 5,
  /** A keyword of C23; what it is depends on where it stands (later-words.ts). */
  laterWord: 43,
  constexpr: 44,

  openParen: 6,
  closeParen: 7,
  openBracket: 8,
  closeBracket: 9,
  openBrace: 10,
  closeBrace: 11,
  semicolon: 12,
  comma: 13,
  colon: 14,
  question: 15,
  ellipsis: 16,
  dot: 17,
  arrow: 18,
  plusPlus: 19,
  minusMinus: 20,
  plus: 21,
  minus: 22,
  star: 23,
  ampersand: 24,
  tilde: 25,
  not: 26,
  andAnd: 27,
  orOr: 28,
  bar: 29,
  caret: 30,
  slash: 31,
  percent: 32,
  shiftLeft: 33,
  shiftRight: 34,
  less: 35,
  greater: 36,
  lessEqual: 37,
  greaterEqual: 38,
  equal: 39,
  notEqual: 40,
  /** `=` alone. */
  assign: 41,
  /** `+=` and its like. */
  compoundAssign: 42,

  typedef: 50,
  extern: 51,
  static: 52,
  auto: 53,
  register: 54,
  threadLocal: 55,
  inline: 56,
  noreturn: 57,
  const: 58,
  volatile: 59,
  restrict: 60,
  atomic: 61,
  /** Keyword that is a type specifier by itself, see {@link basicTypeOf}. */
  basicType: 62,
  struct: 63,
  union: 64,
  enum: 65,
  typeof: 66,
  autoType: 67,
  alignas: 68,
  attribute: 69,
  extension: 70,
  staticAssert: 71,
  asm: 72,

  if: 80,
  else: 81,
  while: 82,
  do: 83,
  for: 84,
  switch: 85,
  case: 86,
  default: 87,
  break: 88,
  continue: 89,
  goto: 90,
  return: 91,
  localLabel: 92,

  sizeof: 100,
  alignof: 101,
  generic: 102,
  real: 103,
  imag: 104,
  vaArg: 105,
  offsetof: 106,
  typesCompatible: 107,
  chooseExpression: 108,
  convertVector: 109,
};

/** A value of {@link Code}; a plain number, since the current token changes under the compiler's eyes. */
export type TokenCode = number;

/** The code of every token that the grammar tells apart. */
export const Code: Readonly<Record<keyof typeof codes, TokenCode>> = codes;

const punctuatorCodes: ReadonlyMap<string, TokenCode> = new Map([
  ['(', Code.openParen],
  [')', Code.closeParen],
  ['[', Code.openBracket],
  [']', Code.closeBracket],
  ['{', Code.openBrace],
  ['}', Code.closeBrace],
  [';', Code.semicolon],
  [',', Code.comma],
  [':', Code.colon],
  ['?', Code.question],
  ['...', Code.ellipsis],
  ['.', Code.dot],
  ['->', Code.arrow],
  ['++', Code.plusPlus],
  ['--', Code.minusMinus],
  ['+', Code.plus],
  ['-', Code.minus],
  ['*', Code.star],
  ['&', Code.ampersand],
  ['~', Code.tilde],
  ['!', Code.not],
  ['&&', Code.andAnd],
  ['||', Code.orOr],
  ['|', Code.bar],
  ['^', Code.caret],
  ['/', Code.slash],
  ['%', Code.percent],
  ['<<', Code.shiftLeft],
  ['>>', Code.shiftRight],
  ['<', Code.less],
  ['>', Code.greater],
  ['<=', Code.lessEqual],
  ['>=', Code.greaterEqual],
  ['==', Code.equal],
  ['!=', Code.notEqual],
  ['=', Code.assign],
  ['*=', Code.compoundAssign],
  ['/=', Code.compoundAssign],
  ['%=', Code.compoundAssign],
  ['+=', Code.compoundAssign],
  ['-=', Code.compoundAssign],
  ['<<=', Code.compoundAssign],
  ['>>=', Code.compoundAssign],
  ['&=', Code.compoundAssign],
  ['^=', Code.compoundAssign],
  ['|=', Code.compoundAssign],
]);

const keywordSpellings: readonly (readonly [TokenCode, string])[] = [
  [Code.typedef, 'typedef'],
  [Code.extern, 'extern'],
  [Code.static, 'static'],
  [Code.auto, 'auto'],
  [Code.register, 'register'],
  [Code.threadLocal, '_Thread_local __thread'],
  [Code.inline, 'inline __inline __inline__'],
  [Code.noreturn, '_Noreturn'],
  [Code.const, 'const __const __const__'],
  [Code.volatile, 'volatile __volatile __volatile__'],
  [Code.restrict, 'restrict __restrict __restrict__'],
  [Code.atomic, '_Atomic'],
  [
    Code.basicType,
    'void char short int long float double signed __signed __signed__ unsigned _Bool _Complex __complex __complex__ ' +
      '__int128 __float128 __float80 _Float128 _Float32 _Float64 _Float32x _Float64x',
  ],
  [Code.struct, 'struct'],
  [Code.union, 'union'],
  [Code.enum, 'enum'],
  [Code.typeof, 'typeof __typeof __typeof__'],
  [Code.autoType, '__auto_type'],
  [Code.alignas, '_Alignas'],
  [Code.attribute, '__attribute __attribute__'],
  [Code.extension, '__extension__'],
  [Code.staticAssert, '_Static_assert'],
  [Code.laterWord, 'bool static_assert thread_local alignas alignof typeof_unqual constexpr'],
  [Code.asm, 'asm __asm __asm__'],
  [Code.if, 'if'],
  [Code.else, 'else'],
  [Code.while, 'while'],
  [Code.do, 'do'],
  [Code.for, 'for'],
  [Code.switch, 'switch'],
  [Code.case, 'case'],
  [Code.default, 'default'],
  [Code.break, 'break'],
  [Code.continue, 'continue'],
  [Code.goto, 'goto'],
  [Code.return, 'return'],
  [Code.localLabel, '__label__'],
  [Code.sizeof, 'sizeof'],
  [Code.alignof, '_Alignof __alignof __alignof__'],
  [Code.generic, '_Generic'],
  [Code.real, '__real __real__'],
  [Code.imag, '__imag __imag__'],
  [Code.vaArg, '__builtin_va_arg'],
  [Code.offsetof, '__builtin_offsetof'],
  [Code.typesCompatible, '__builtin_types_compatible_p'],
  [Code.chooseExpression, '__builtin_choose_expr'],
  [Code.convertVector, '__builtin_convertvector'],
  // Names by their meaning, keywords only in the lexer's table.
  [Code.identifier, '__func__ __FUNCTION__ __PRETTY_FUNCTION__ __int128_t'],
];

const keywordCodes: ReadonlyMap<string, TokenCode> = new Map(
  keywordSpellings.flatMap(([code, spellings]) =>
    spellings.split(' ').map((spelling): [string, TokenCode] => [spelling, code]),
  ),
);

/** The code of a token. Pragmas and unknown characters have none that the grammar uses. */
export function codeOf(token: Token): TokenCode {
  switch (token.kind) {
    case 'identifier':
      return Code.identifier;
    case 'punctuator':
      return punctuatorCodes.get(token.text) ?? Code.other;
    case 'keyword':
      return keywordCodes.get(token.text) ?? Code.other;
    case 'number':
      return Code.number;
    case 'character':
      return Code.character;
    case 'string':
      return Code.string;
    case 'end':
      return Code.end;
    case 'pragma':
    case 'unknown':
      return Code.other;
  }
}

/** Bit: the token starts declaration specifiers. */
export const StartsDeclaration = 1;
/** Bit: the token starts a type name (C17 6.7.7), as after `(` in a cast. */
export const StartsTypeName = 2;
/** Bit: the keyword starts a statement and can stand nowhere else. */
export const StartsStatement = 4;
/** Bit: the keyword can only stand in declaration specifiers: on a new line it starts a declaration. */
export const OnlyInDeclaration = 8;

/** The bits of each code. */
export const classOf: Uint8Array = (() => {
  const classes = new Uint8Array(128);
  const set = (bits: number, codes: readonly TokenCode[]): void => {
    for (const code of codes) classes[code] = (classes[code] ?? 0) | bits;
  };
  const { typedef, extern, static: static_, auto, register, threadLocal, inline, noreturn } = Code;
  const storage = [typedef, extern, static_, auto, register, threadLocal, inline, noreturn, Code.constexpr];
  const typeNames = [
    Code.const,
    Code.volatile,
    Code.restrict,
    Code.atomic,
    Code.basicType,
    Code.struct,
    Code.union,
    Code.enum,
    Code.typeof,
    Code.autoType,
    Code.attribute,
    Code.alignas,
  ];
  set(StartsDeclaration, [...storage, ...typeNames]);
  set(StartsTypeName, typeNames);
  set(OnlyInDeclaration, [
    typedef,
    extern,
    static_,
    auto,
    register,
    threadLocal,
    inline,
    noreturn,
    Code.staticAssert,
  ]);
  set(StartsStatement, [
    Code.if,
    Code.else,
    Code.while,
    Code.do,
    Code.for,
    Code.switch,
    Code.case,
    Code.default,
    Code.break,
    Code.continue,
    Code.goto,
    Code.return,
    Code.localLabel,
  ]);
  return classes;
})();

/** How tightly a binary operator binds (C17 6.5.5 to 6.5.14), from 1 for `||` to 10 for `*`; 0: no binary operator. */
export const precedenceOf: Uint8Array = (() => {
  const precedences = new Uint8Array(128);
  const levels: readonly (readonly TokenCode[])[] = [
    [Code.orOr],
    [Code.andAnd],
    [Code.bar],
    [Code.caret],
    [Code.ampersand],
    [Code.equal, Code.notEqual],
    [Code.less, Code.greater, Code.lessEqual, Code.greaterEqual],
    [Code.shiftLeft, Code.shiftRight],
    [Code.plus, Code.minus],
    [Code.star, Code.slash, Code.percent],
  ];
  levels.forEach((codes, level) => {
    for (const code of codes) precedences[code] = level + 1;
  });
  return precedences;
})();

/** The type specifier that a keyword spells; spellings of one specifier give one keyword. */
export const basicTypeOf: ReadonlyMap<string, BasicTypeKeyword> = new Map<string, BasicTypeKeyword>([
  ['void', 'void'],
  ['char', 'char'],
  ['short', 'short'],
  ['int', 'int'],
  ['long', 'long'],
  ['float', 'float'],
  ['double', 'double'],
  ['signed', 'signed'],
  ['__signed', 'signed'],
  ['__signed__', 'signed'],
  ['unsigned', 'unsigned'],
  ['_Bool', '_Bool'],
  ['bool', '_Bool'],
  ['_Complex', '_Complex'],
  ['__complex', '_Complex'],
  ['__complex__', '_Complex'],
  ['__int128', '__int128'],
  ['__float128', '__float128'],
  ['__float80', '__float80'],
  ['_Float128', '__float128'],
  ['_Float32', '_Float32'],
  ['_Float64', '_Float64'],
  ['_Float32x', '_Float32x'],
  ['_Float64x', '_Float64x'],
]);

/** The storage class that a code spells. */
export function storageClassOf(code: TokenCode): StorageClass | undefined {
  switch (code) {
    case Code.typedef:
      return 'typedef';
    case Code.extern:
      return 'extern';
    case Code.static:
      return 'static';
    case Code.auto:
      return 'auto';
    case Code.register:
      return 'register';
    case Code.threadLocal:
      return '_Thread_local';
    case Code.constexpr:
      return 'constexpr';
    default:
      return undefined;
  }
}

/** The type qualifier that a code spells; `_Atomic` only without a parenthesis behind it. */
export function qualifierOf(code: TokenCode): TypeQualifier | undefined {
  switch (code) {
    case Code.const:
      return 'const';
    case Code.volatile:
      return 'volatile';
    case Code.restrict:
      return 'restrict';
    case Code.atomic:
      return '_Atomic';
    default:
      return undefined;
  }
}
