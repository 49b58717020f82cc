/**
 * POSIX regular expressions, basic and extended, as glibc reads them: with its operators (\w \b \< \+ \| …), with back
 * references in both, and with its errors.
 *
 * Source: POSIX chapter 9; glibc 2.36, posix/regcomp.c (peek_token, parse_expression, parse_dup_op, parse_bracket_exp),
 * behaviour. Bytes are characters: the "C" locale.
 */

import { characterClasses } from '../character-classes.ts';

/** Bytes that a single character of the expression matches: 256 flags. */
export type ByteSet = Uint8Array;

export type AnchorKind =
  | 'line-start'
  | 'line-end'
  | 'buffer-start'
  | 'buffer-end'
  | 'word-start'
  | 'word-end'
  | 'word-edge'
  | 'no-edge';

/** An expression; undefined stands for the empty one. */
export type RegexTree =
  | { readonly kind: 'bytes'; readonly set: ByteSet }
  | { readonly kind: 'anchor'; readonly anchor: AnchorKind }
  | { readonly kind: 'back-reference'; readonly group: number }
  | {
      readonly kind: 'group';
      readonly group: number;
      readonly body: RegexTree | undefined;
      isOptional: boolean;
    }
  | { readonly kind: 'concat'; readonly left: RegexTree; readonly right: RegexTree }
  | { readonly kind: 'either'; readonly left: RegexTree | undefined; readonly right: RegexTree | undefined }
  | { readonly kind: 'star'; readonly body: RegexTree };

export interface ParsedRegex {
  readonly tree: RegexTree | undefined;
  readonly groupCount: number;
  readonly hasBackReferences: boolean;
}

/** Values of reg_errcode_t. */
export const REG_NOMATCH = 1;
export const REG_BADPAT = 2;
const REG_ECOLLATE = 3;
const REG_ECTYPE = 4;
const REG_EESCAPE = 5;
const REG_ESUBREG = 6;
const REG_EBRACK = 7;
const REG_EPAREN = 8;
const REG_EBRACE = 9;
const REG_BADBR = 10;
const REG_ERANGE = 11;
const REG_BADRPT = 13;
const REG_ESIZE = 15;

const RE_DUP_MAX = 0x7fff;

export interface RegexSyntax {
  readonly isExtended: boolean;
  readonly ignoresCase: boolean;
  /** REG_NEWLINE: neither `.` nor a negated list matches a newline. */
  readonly hasLines: boolean;
}

/** What regcomp fails with. */
class SyntaxFault extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`regular expression: ${String(code)}`);
    this.code = code;
  }
}

type Token =
  | { readonly kind: 'byte'; readonly byte: number; readonly length: number }
  | { readonly kind: 'set'; readonly set: ByteSet; readonly length: number }
  | { readonly kind: 'anchor'; readonly anchor: AnchorKind; readonly length: number }
  | { readonly kind: 'back-reference'; readonly group: number; readonly length: number }
  | {
      readonly kind:
        | 'end'
        | 'backslash'
        | 'any'
        | 'alternative'
        | 'open'
        | 'close'
        | 'bracket'
        | 'star'
        | 'plus'
        | 'question'
        | 'open-interval'
        | 'close-interval';
      readonly byte: number;
      readonly length: number;
    };

const isAlpha = (c: number): boolean => (c | 32) >= 0x61 && (c | 32) <= 0x7a;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
/** What \w matches. */
export const isWord = (c: number): boolean => isAlpha(c) || isDigit(c) || c === 0x5f;
const isSpace = (c: number): boolean => c === 0x20 || (c >= 9 && c <= 13);

/** toupper of the "C" locale. */
export const upperCase = (c: number): number => (c >= 0x61 && c <= 0x7a ? c - 32 : c);

const setOf = (holds: (c: number) => boolean): ByteSet =>
  Uint8Array.from({ length: 256 }, (_, c) => (holds(c) ? 1 : 0));

const escapedAnchors: Readonly<Record<string, AnchorKind>> = {
  '<': 'word-start',
  '>': 'word-end',
  b: 'word-edge',
  B: 'no-edge',
  '`': 'buffer-start',
  "'": 'buffer-end',
};

const escapedSets: Readonly<Record<string, ByteSet>> = {
  w: setOf(isWord),
  W: setOf((c) => !isWord(c)),
  s: setOf(isSpace),
  S: setOf((c) => !isSpace(c)),
};

/**
 * Reads an expression.
 *
 * @param pattern - its bytes, without the NUL
 * @returns the expression, or the code that regcomp returns
 */
export function parseRegex(pattern: Uint8Array, syntax: RegexSyntax): ParsedRegex | number {
  try {
    return new RegexParser(pattern, syntax).parse();
  } catch (fault) {
    if (fault instanceof SyntaxFault) return fault.code;
    throw fault;
  }
}

class RegexParser {
  readonly #pattern: Uint8Array;
  readonly #syntax: RegexSyntax;
  #at = 0;
  #token: Token = { kind: 'end', byte: 0, length: 0 };
  #groupCount = 0;
  #hasBackReferences = false;
  /** Groups that are complete, to which references may lead. */
  #complete: ReadonlySet<number> = new Set();

  constructor(pattern: Uint8Array, syntax: RegexSyntax) {
    this.#pattern = pattern;
    this.#syntax = syntax;
  }

  parse(): ParsedRegex {
    this.#next(true);
    const tree = this.#alternatives(0);
    return { tree, groupCount: this.#groupCount, hasBackReferences: this.#hasBackReferences };
  }

  /** Reads the next token. `^` is an anchor in a basic expression only where one begins. */
  #next(beginsExpression = false): void {
    this.#token = this.#tokenAt(this.#at, beginsExpression);
    this.#at += this.#token.length;
  }

  #tokenAt(at: number, beginsExpression: boolean): Token {
    const { isExtended } = this.#syntax;
    const byte = this.#pattern[at];
    if (byte === undefined) return { kind: 'end', byte: 0, length: 0 };
    if (byte === 0x5c) return this.#escaped(at);
    const plain: Token = { kind: 'byte', byte: this.#folded(byte), length: 1 };
    switch (String.fromCharCode(byte)) {
      case '*':
        return { kind: 'star', byte, length: 1 };
      case '[':
        return { kind: 'bracket', byte, length: 1 };
      case '.':
        return { kind: 'any', byte, length: 1 };
      case '^':
        return isExtended || beginsExpression || at === 0
          ? { kind: 'anchor', anchor: 'line-start', length: 1 }
          : plain;
      case '$': {
        if (isExtended || at + 1 === this.#pattern.length)
          return { kind: 'anchor', anchor: 'line-end', length: 1 };
        const after = this.#tokenAt(at + 1, false).kind;
        return after === 'alternative' || after === 'close'
          ? { kind: 'anchor', anchor: 'line-end', length: 1 }
          : plain;
      }
      default: {
        const kind = isExtended ? operators[byte] : undefined;
        return kind === undefined ? plain : { kind, byte, length: 1 };
      }
    }
  }

  #escaped(at: number): Token {
    const byte = this.#pattern[at + 1];
    if (byte === undefined) return { kind: 'backslash', byte: 0x5c, length: 1 };
    const letter = String.fromCharCode(byte);
    const anchor = escapedAnchors[letter];
    if (anchor !== undefined) return { kind: 'anchor', anchor, length: 2 };
    const set = escapedSets[letter];
    if (set !== undefined) return { kind: 'set', set, length: 2 };
    if (byte >= 0x31 && byte <= 0x39) return { kind: 'back-reference', group: byte - 0x30, length: 2 };
    const kind = this.#syntax.isExtended ? undefined : operators[byte];
    return kind === undefined ? { kind: 'byte', byte, length: 2 } : { kind, byte, length: 2 };
  }

  #folded(byte: number): number {
    return this.#syntax.ignoresCase ? upperCase(byte) : byte;
  }

  /** alternatives = branch ("|" branch)* */
  #alternatives(depth: number): RegexTree | undefined {
    const before = this.#complete;
    let tree = this.#branch(depth);
    while (this.#token.kind === 'alternative') {
      this.#next(true);
      let right: RegexTree | undefined;
      if (!this.#endsBranch(depth)) {
        const after = this.#complete;
        this.#complete = before;
        right = this.#branch(depth);
        this.#complete = new Set([...after, ...this.#complete]);
      }
      tree = { kind: 'either', left: tree, right };
    }
    return tree;
  }

  #endsBranch(depth: number): boolean {
    const { kind } = this.#token;
    return kind === 'alternative' || kind === 'end' || (depth > 0 && kind === 'close');
  }

  #branch(depth: number): RegexTree | undefined {
    let tree = this.#expression(depth);
    while (!this.#endsBranch(depth)) tree = joined(tree, this.#expression(depth));
    return tree;
  }

  #expression(depth: number): RegexTree | undefined {
    const token = this.#token;
    let tree: RegexTree | undefined;
    switch (token.kind) {
      case 'byte':
        tree = this.#byte(token.byte);
        break;
      case 'set':
        tree = { kind: 'bytes', set: token.set };
        break;
      case 'any':
        tree = { kind: 'bytes', set: setOf((c) => c !== 0 && !(this.#syntax.hasLines && c === 10)) };
        break;
      case 'anchor':
        this.#next(true);
        return { kind: 'anchor', anchor: token.anchor };
      case 'back-reference':
        if (!this.#complete.has(token.group)) throw new SyntaxFault(REG_ESUBREG);
        this.#hasBackReferences = true;
        tree = { kind: 'back-reference', group: token.group };
        break;
      case 'open':
        tree = this.#group(depth + 1);
        break;
      case 'bracket':
        tree = { kind: 'bytes', set: this.#list() };
        break;
      case 'open-interval':
      case 'star':
      case 'plus':
      case 'question':
        if (this.#syntax.isExtended || token.kind === 'open-interval') throw new SyntaxFault(REG_BADRPT);
        tree = this.#byte(token.byte);
        break;
      case 'close':
        if (!this.#syntax.isExtended) throw new SyntaxFault(REG_EPAREN);
        tree = this.#byte(token.byte);
        break;
      case 'close-interval':
        tree = this.#byte(token.byte);
        break;
      case 'backslash':
        throw new SyntaxFault(REG_EESCAPE);
      case 'alternative':
      case 'end':
        return undefined;
    }
    this.#next();
    return this.#repeated(tree);
  }

  #byte(byte: number): RegexTree {
    return { kind: 'bytes', set: setOf((c) => c === byte) };
  }

  #group(depth: number): RegexTree {
    this.#groupCount += 1;
    const group = this.#groupCount;
    this.#next(true);
    const body = this.#token.kind === 'close' ? undefined : this.#alternatives(depth);
    if (this.#token.kind !== 'close') throw new SyntaxFault(REG_EPAREN);
    if (group <= 9) this.#complete = new Set([...this.#complete, group]);
    return { kind: 'group', group, body, isOptional: false };
  }

  #repeated(first: RegexTree | undefined): RegexTree | undefined {
    let tree = first;
    for (;;) {
      switch (this.#token.kind) {
        case 'star':
          this.#next();
          tree = repeat(tree, 0, undefined);
          break;
        case 'plus':
          this.#next();
          tree = repeat(tree, 1, undefined);
          break;
        case 'question':
          this.#next();
          tree = repeat(tree, 0, 1);
          break;
        case 'open-interval':
          tree = this.#interval(tree);
          break;
        default:
          return tree;
      }
      const { kind } = this.#token;
      if (!this.#syntax.isExtended && (kind === 'star' || kind === 'open-interval'))
        throw new SyntaxFault(REG_BADRPT);
    }
  }

  #interval(tree: RegexTree | undefined): RegexTree | undefined {
    let least = this.#number();
    const isComma = (): boolean => this.#token.kind === 'byte' && this.#token.byte === 0x2c;
    if (least === undefined) {
      if (!isComma()) throw new SyntaxFault(REG_BADBR);
      least = 0;
    }
    let most: number | 'wrong' | undefined = 'wrong';
    if (least !== 'wrong') {
      if (this.#token.kind === 'close-interval') most = least;
      else if (isComma()) most = this.#number();
    }
    if (least === 'wrong' || most === 'wrong')
      throw new SyntaxFault(this.#token.kind === 'end' ? REG_EBRACE : REG_BADBR);
    if ((most !== undefined && least > most) || this.#token.kind !== 'close-interval')
      throw new SyntaxFault(REG_BADBR);
    if ((most ?? least) > RE_DUP_MAX) throw new SyntaxFault(REG_ESIZE);
    this.#next();
    return repeat(tree, least, most);
  }

  /** A number of an interval; undefined where there is none. */
  #number(): number | 'wrong' | undefined {
    let value: number | 'wrong' | undefined;
    for (;;) {
      this.#next();
      const token = this.#token;
      if (token.kind === 'end') return 'wrong';
      if (token.kind === 'close-interval' || (token.kind === 'byte' && token.byte === 0x2c)) return value;
      if (token.kind !== 'byte' || !isDigit(token.byte) || value === 'wrong') value = 'wrong';
      else value = Math.min(RE_DUP_MAX + 1, (value ?? 0) * 10 + token.byte - 0x30);
    }
  }

  /** A list in brackets, behind `[`. */
  #list(): ByteSet {
    const set = new Uint8Array(256);
    const isNegated = this.#pattern[this.#at] === 0x5e;
    if (isNegated) this.#at += 1;
    if (this.#at >= this.#pattern.length) throw new SyntaxFault(REG_BADPAT);
    for (let isFirst = true; isFirst || this.#pattern[this.#at] !== 0x5d; isFirst = false) {
      if (this.#at >= this.#pattern.length) throw new SyntaxFault(REG_EBRACK);
      this.#listElement(set, isFirst);
    }
    this.#at += 1;
    if (!isNegated) return set;
    return setOf((c) => set[c] === 0 && !(this.#syntax.hasLines && c === 10));
  }

  #listElement(set: ByteSet, isFirst: boolean): void {
    const start = this.#listItem(isFirst);
    const isRange =
      this.#pattern[this.#at] === 0x2d &&
      this.#at + 1 < this.#pattern.length &&
      this.#pattern[this.#at + 1] !== 0x5d;
    if (this.#pattern[this.#at] === 0x2d && this.#at + 1 >= this.#pattern.length)
      throw new SyntaxFault(REG_EBRACK);
    if (!isRange) {
      if (typeof start === 'number') set[start] = 1;
      else for (const [c, flag] of start.entries()) if (flag !== 0) set[c] = 1;
      return;
    }
    this.#at += 1;
    const end = this.#listItem(true);
    if (typeof start !== 'number' || typeof end !== 'number' || start > end)
      throw new SyntaxFault(REG_ERANGE);
    for (let c = start; c <= end; c++) set[c] = 1;
  }

  /** A character, or a class. */
  #listItem(acceptsHyphen: boolean): number | ByteSet {
    const byte = this.#pattern[this.#at];
    if (byte === undefined) throw new SyntaxFault(REG_EBRACK);
    this.#at += 1;
    const next = this.#pattern[this.#at];
    if (byte === 0x2d && !acceptsHyphen && next !== 0x5d)
      throw new SyntaxFault(next === undefined ? REG_EBRACK : REG_ERANGE);
    if (byte !== 0x5b || (next !== 0x3a && next !== 0x3d && next !== 0x2e)) return this.#folded(byte);
    const close = this.#closing(next);
    const name = this.#pattern.subarray(this.#at + 1, close);
    this.#at = close + 2;
    if (next !== 0x3a) {
      const [only] = name;
      if (only === undefined || name.length !== 1) throw new SyntaxFault(REG_ECOLLATE);
      return this.#folded(only);
    }
    const text = String.fromCharCode(...name);
    const holds =
      characterClasses[this.#syntax.ignoresCase && (text === 'upper' || text === 'lower') ? 'alpha' : text];
    if (holds === undefined) throw new SyntaxFault(REG_ECTYPE);
    return setOf(holds);
  }

  /** Where `:]` and the like stand. */
  #closing(mark: number): number {
    for (let at = this.#at + 1; at + 1 < this.#pattern.length; at++) {
      if (this.#pattern[at] === mark && this.#pattern[at + 1] === 0x5d) return at;
    }
    throw new SyntaxFault(REG_EBRACK);
  }
}

/** Operators of extended expressions, and of basic ones behind a backslash. */
const operators: Readonly<
  Record<number, 'alternative' | 'open' | 'close' | 'plus' | 'question' | 'open-interval' | 'close-interval'>
> = {
  0x7c: 'alternative',
  0x28: 'open',
  0x29: 'close',
  0x2b: 'plus',
  0x3f: 'question',
  0x7b: 'open-interval',
  0x7d: 'close-interval',
};

function joined(left: RegexTree | undefined, right: RegexTree | undefined): RegexTree | undefined {
  if (left === undefined) return right;
  return right === undefined ? left : { kind: 'concat', left, right };
}

/** Writes a repetition out as glibc does: x{2,4} is xx((x|)x|). */
function repeat(tree: RegexTree | undefined, least: number, most: number | undefined): RegexTree | undefined {
  if (tree === undefined || most === 0) return undefined;
  let required: RegexTree | undefined;
  for (let i = 0; i < least; i++) required = joined(required, copyOf(tree));
  if (most === least) return required;
  const optional = copyOf(tree);
  if (optional.kind === 'group') markOptional(optional, optional.group);
  let rest: RegexTree =
    most === undefined
      ? { kind: 'star', body: optional }
      : { kind: 'either', left: optional, right: undefined };
  for (let i = least + 2; i <= (most ?? 0); i++) {
    rest = {
      kind: 'either',
      left: { kind: 'concat', left: rest, right: copyOf(optional) },
      right: undefined,
    };
  }
  return joined(required, rest);
}

function copyOf(tree: RegexTree): RegexTree {
  switch (tree.kind) {
    case 'group':
      return { ...tree, body: tree.body === undefined ? undefined : copyOf(tree.body) };
    case 'concat':
      return { ...tree, left: copyOf(tree.left), right: copyOf(tree.right) };
    case 'either':
      return {
        ...tree,
        left: tree.left === undefined ? undefined : copyOf(tree.left),
        right: tree.right === undefined ? undefined : copyOf(tree.right),
      };
    case 'star':
      return { ...tree, body: copyOf(tree.body) };
    default:
      return tree;
  }
}

/** An empty round of an optional group keeps what the round before has matched. */
function markOptional(tree: RegexTree, group: number): void {
  if (tree.kind === 'group') {
    if (tree.group === group) tree.isOptional = true;
    if (tree.body !== undefined) markOptional(tree.body, group);
  } else if (tree.kind === 'star') markOptional(tree.body, group);
  else if (tree.kind === 'concat' || tree.kind === 'either') {
    if (tree.left !== undefined) markOptional(tree.left, group);
    if (tree.right !== undefined) markOptional(tree.right, group);
  }
}
