/**
 * The macros that the preprocessor computes: __LINE__ and its kin, the feature tests, and the operator _Pragma.
 *
 * Source: C17 6.10.8 and 6.10.9; libcpp of gcc 12: _cpp_builtin_macro_expand. The date is that of SOURCE_DATE_EPOCH=0.
 */
import { hasAttribute, hasBuiltin, hasStandardAttribute } from './feature-test.ts';
import { lex, RawKind, SPACE_BEFORE } from './lexer.ts';
import type { BuiltinMacro } from './macro.ts';
import type { MacroExpander } from './macro-expander.ts';
import { FROM_TEXT, PpToken } from './pp-token.ts';
import type { ProblemArguments, ProblemCode } from './preprocess-problem.ts';
import { rawToken } from './raw-token-cache.ts';

/** Where a built-in macro stands, and what it may ask for. */
export interface BuiltinPlace {
  readonly expander: MacroExpander;
  /** Number of the line, as #line has it. */
  line(): number;
  /** Name of the file, as #line has it. */
  readonly fileName: string;
  /** Name of the main file. */
  readonly baseName: string;
  readonly includeLevel: number;
  /** The next number of __COUNTER__. */
  nextCount(): number;
  /** Reads the name of a header and tells whether there is one. */
  hasHeader(isNext: boolean): boolean;
  /** Obeys a pragma; the token when it is left for the compiler. */
  pragma(line: readonly PpToken[]): PpToken | undefined;
  report(code: ProblemCode, args?: ProblemArguments): void;
}

/** The tokens that a built-in macro stands for; undefined when its name stays as it is. */
export function expandBuiltinMacro(
  builtin: BuiltinMacro,
  name: PpToken,
  place: BuiltinPlace,
): readonly PpToken[] | undefined {
  const make = (kind: number, text: string): readonly PpToken[] => [
    new PpToken(kind, text, name.flags & SPACE_BEFORE, name.file, name.start, name.end),
  ];
  const string = (text: string): readonly PpToken[] =>
    make(RawKind.string, `"${text.replace(/["\\]/g, '\\$&')}"`);
  const number = (value: number): readonly PpToken[] => make(RawKind.number, String(value));
  switch (builtin) {
    case '__LINE__':
      return number(place.line());
    case '__FILE__':
      return string(place.fileName);
    case '__FILE_NAME__':
      return string(place.fileName.replace(/^.*\//, ''));
    case '__BASE_FILE__':
      return string(place.baseName);
    case '__INCLUDE_LEVEL__':
      return number(place.includeLevel);
    case '__COUNTER__':
      return number(place.nextCount());
    case '__DATE__':
      return string('Jan  1 1970');
    case '__TIME__':
      return string('00:00:00');
    case '__TIMESTAMP__':
      return string('Thu Jan  1 00:00:00 1970');
    case '_Pragma':
      return pragmaOperator(name, place);
    case '__has_include':
    case '__has_include_next':
      return hasInclude(builtin, place, number);
    case '__has_attribute':
    case '__has_cpp_attribute':
    case '__has_c_attribute':
    case '__has_builtin':
      return hasFeature(builtin, place, number);
  }
}

function hasInclude(
  operator: '__has_include' | '__has_include_next',
  place: BuiltinPlace,
  number: (value: number) => readonly PpToken[],
): readonly PpToken[] | undefined {
  const { expander } = place;
  if (!expander.inDirective) {
    place.report('has-include-outside', { name: operator });
    return undefined;
  }
  if (!expander.getSolid().isPunctuator('(')) {
    place.report('has-operand', { name: operator });
    return number(0);
  }
  const isThere = place.hasHeader(operator === '__has_include_next');
  if (!expander.getSolid().isPunctuator(')')) place.report('has-operand', { name: operator });
  return number(isThere ? 1 : 0);
}

function hasFeature(
  operator: '__has_attribute' | '__has_cpp_attribute' | '__has_c_attribute' | '__has_builtin',
  place: BuiltinPlace,
  number: (value: number) => readonly PpToken[],
): readonly PpToken[] {
  const { expander } = place;
  const malformed = (): readonly PpToken[] => {
    place.report('has-operand', { name: operator });
    return number(0);
  };
  if (!expander.getSolid().isPunctuator('(')) return malformed();
  // Names of attributes are expanded, those of built-in functions are not.
  if (operator === '__has_builtin') expander.preventExpansion++;
  let operand = expander.getSolid();
  let scope: string | undefined;
  let closing = expander.getSolid();
  if (closing.isPunctuator('::')) {
    scope = operand.text;
    operand = expander.getSolid();
    closing = expander.getSolid();
  }
  if (operator === '__has_builtin') expander.preventExpansion--;
  if (!operand.isName || !closing.isPunctuator(')')) return malformed();
  if (operator === '__has_builtin') return number(hasBuiltin(operand.text) ? 1 : 0);
  if (operator === '__has_attribute') return number(hasAttribute(operand.text) ? 1 : 0);
  return number(hasStandardAttribute(operand.text, scope));
}

/** `_Pragma("…")` (C17 6.10.9): the string without its quotes and escapes is a pragma line. */
function pragmaOperator(name: PpToken, place: BuiltinPlace): readonly PpToken[] | undefined {
  const { expander } = place;
  const string = expander.getSolid().isPunctuator('(') ? expander.getSolid() : undefined;
  if (string?.kind !== RawKind.string || !expander.getSolid().isPunctuator(')')) {
    place.report('pragma-operand');
    return [];
  }
  const text = string.text.slice(string.text.indexOf('"') + 1, -1).replace(/\\(["\\])/g, '$1');
  const raw = lex(text.replace(/\n/g, ' '));
  const line: PpToken[] = [];
  for (let at = 0; at < raw.count - 1; at++) {
    const spelling = rawToken(raw, at, name.file);
    line.push(
      new PpToken(
        spelling.kind,
        spelling.text,
        spelling.flags & ~FROM_TEXT,
        name.file,
        string.start,
        string.end,
      ),
    );
  }
  const token = place.pragma(line);
  return token === undefined ? [] : [token];
}
