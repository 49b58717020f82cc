/**
 * Macros: their definitions, as #define reads them (C17 6.10.3).
 *
 * Source: C17 6.10.3; libcpp of gcc 12 for the GNU forms (`args...`, `, ## args`, __VA_OPT__).
 */
import type { Span } from '../source/text-span.ts';
import { RawKind, SPACE_BEFORE } from './lexer.ts';
import { PASTE_LEFT, PpToken, STRINGIFY, spellTokens } from './pp-token.ts';

/** Macros that the preprocessor computes. */
export type BuiltinMacro =
  | '__LINE__'
  | '__FILE__'
  | '__FILE_NAME__'
  | '__BASE_FILE__'
  | '__INCLUDE_LEVEL__'
  | '__COUNTER__'
  | '__DATE__'
  | '__TIME__'
  | '__TIMESTAMP__'
  | '__has_include'
  | '__has_include_next'
  | '__has_attribute'
  | '__has_cpp_attribute'
  | '__has_c_attribute'
  | '__has_builtin'
  | '_Pragma';

/** What is known of a macro outside the preprocessor. */
export interface MacroInfo {
  readonly name: string;
  /** `object`: without parameters; `builtin`: its value depends on where it stands (__LINE__). */
  readonly kind: 'object' | 'function' | 'builtin';
  /** Names as written; the last one is `__VA_ARGS__` for a parameter list that ends in `...`. */
  readonly parameters: readonly string[];
  readonly isVariadic: boolean;
  /** Defined by the compiler itself, not by a text. */
  readonly isPredefined: boolean;
  /** Name in the #define line; undefined for `builtin`. */
  readonly span: Span | undefined;
  /** From the name to the end of the replacement list. */
  readonly definition: Span | undefined;
  /** The replacement list in one line, as gcc -dM prints it. */
  readonly bodyText: string;
}

/** A macro with its replacement list. */
export class Macro implements MacroInfo {
  readonly name: string;
  readonly kind: 'object' | 'function' | 'builtin';
  readonly parameters: readonly string[];
  readonly isVariadic: boolean;
  readonly isPredefined: boolean;
  readonly span: Span | undefined;
  readonly definition: Span | undefined;
  readonly builtin: BuiltinMacro | undefined;
  /** The replacement list; parameters are tokens of kind `parameter`. */
  readonly body: readonly PpToken[];
  /** True while its expansion is being read (libcpp's NODE_DISABLED). */
  disabled = false;

  constructor(parts: {
    readonly name: string;
    readonly kind: 'object' | 'function' | 'builtin';
    readonly parameters?: readonly string[];
    readonly isVariadic?: boolean;
    readonly isPredefined?: boolean;
    readonly span?: Span | undefined;
    readonly definition?: Span | undefined;
    readonly builtin?: BuiltinMacro;
    readonly body?: readonly PpToken[];
  }) {
    this.name = parts.name;
    this.kind = parts.kind;
    this.parameters = parts.parameters ?? [];
    this.isVariadic = parts.isVariadic ?? false;
    this.isPredefined = parts.isPredefined ?? false;
    this.span = parts.span;
    this.definition = parts.definition;
    this.builtin = parts.builtin;
    this.body = parts.body ?? [];
  }

  get bodyText(): string {
    const tokens: PpToken[] = [];
    for (const token of this.body) {
      if ((token.flags & STRINGIFY) !== 0) {
        tokens.push(new PpToken(RawKind.punctuator, '#', token.flags & SPACE_BEFORE, 0, 0, 0));
        tokens.push(token.withFlags(0));
      } else tokens.push(token);
      if ((token.flags & PASTE_LEFT) !== 0) {
        tokens.push(new PpToken(RawKind.punctuator, '##', SPACE_BEFORE, 0, 0, 0));
      }
    }
    return spellTokens(tokens);
  }
}

/** The head of a definition as gcc -dM prints it: `MAX(a,b)`, `LOG(format,...)`. */
export function macroHead(macro: MacroInfo): string {
  if (macro.kind !== 'function') return macro.name;
  const names = macro.parameters.map((name, i) => {
    if (!macro.isVariadic || i !== macro.parameters.length - 1) return name;
    return name === '__VA_ARGS__' ? '...' : `${name}...`;
  });
  return `${macro.name}(${names.join(',')})`;
}

/** True when a second definition may stand beside the first one (C17 6.10.3 paragraph 2). */
export function isSameDefinition(a: Macro, b: Macro): boolean {
  if (a.kind !== b.kind || a.isVariadic !== b.isVariadic) return false;
  if (a.parameters.length !== b.parameters.length || a.body.length !== b.body.length) return false;
  if (a.parameters.some((name, i) => name !== b.parameters[i])) return false;
  return a.body.every((token, i) => {
    const other = b.body[i];
    if (token.kind !== other?.kind || token.text !== other.text) return false;
    // White space between tokens counts, how much of it does not; before the first one it does not count.
    const counts = ~(i === 0 ? SPACE_BEFORE : 0);
    return (token.flags & counts) === (other.flags & counts);
  });
}

/** What is wrong with a #define line; `at` is the token to show. */
export interface DefinitionProblem {
  readonly code:
    | 'macro-name-missing'
    | 'macro-name-not-identifier'
    | 'macro-name-defined'
    | 'macro-parameter-expected'
    | 'macro-parameter-duplicate'
    | 'macro-parameters-unterminated'
    | 'macro-whitespace-missing'
    | 'macro-paste-at-end'
    | 'macro-stringify-without-parameter'
    | 'macro-va-args-outside'
    | 'macro-va-opt-unterminated'
    | 'macro-va-opt-paste-at-end';
  readonly at: PpToken;
  readonly name?: string;
}

/** Result of reading the rest of a #define line. */
export interface DefinitionResult {
  readonly macro: Macro | undefined;
  readonly problems: readonly DefinitionProblem[];
}

/**
 * Reads what follows `#define` on its line.
 *
 * @param line - the tokens after `define`, raw
 * @param directive - the `define` token, where problems of an empty line are shown
 * @param isPredefined - the text is that of the compiler itself
 * @returns the macro, undefined when the definition is unusable
 */
export function parseDefinition(
  line: readonly PpToken[],
  directive: PpToken,
  isPredefined: boolean,
): DefinitionResult {
  const problems: DefinitionProblem[] = [];
  const name = line[0];
  const fail = (code: DefinitionProblem['code'], at: PpToken, text?: string): DefinitionResult => {
    problems.push(text === undefined ? { code, at } : { code, at, name: text });
    return { macro: undefined, problems };
  };
  if (name === undefined) return fail('macro-name-missing', directive);
  if (!name.isName) return fail('macro-name-not-identifier', name, name.text);
  if (isReservedMacroName(name.text)) {
    return fail('macro-name-defined', name, name.text);
  }
  if (name.text === '__VA_ARGS__' || name.text === '__VA_OPT__') {
    return fail('macro-va-args-outside', name, name.text);
  }
  let at = 1;
  const parameters: string[] = [];
  let isVariadic = false;
  let kind: 'object' | 'function' = 'object';
  const opening = line[1];
  if (opening?.isPunctuator('(') === true && (opening.flags & SPACE_BEFORE) === 0) {
    kind = 'function';
    at = 2;
    // identifier-list ("," "...")? | "..." | identifier-list "..."  (C17 6.10, GNU)
    for (let expectName = true; ; at++) {
      const token = line[at];
      if (token === undefined) return fail('macro-parameters-unterminated', line[at - 1] ?? name);
      if (token.isPunctuator(')')) {
        if (expectName && parameters.length > 0) return fail('macro-parameter-expected', token, token.text);
        break;
      }
      if (expectName && !isVariadic && token.isName) {
        if (token.text === '__VA_ARGS__') return fail('macro-va-args-outside', token, token.text);
        if (parameters.includes(token.text)) return fail('macro-parameter-duplicate', token, token.text);
        parameters.push(token.text);
        expectName = false;
      } else if (token.isPunctuator('...') && !isVariadic) {
        if (expectName) parameters.push('__VA_ARGS__');
        isVariadic = true;
        expectName = false;
      } else if (token.isPunctuator(',') && !expectName && !isVariadic) {
        expectName = true;
      } else return fail('macro-parameter-expected', token, token.text);
    }
    at++;
  } else if (opening !== undefined && (opening.flags & SPACE_BEFORE) === 0) {
    problems.push({ code: 'macro-whitespace-missing', at: opening });
  }

  const body = replacementList(
    line.slice(at),
    kind === 'function' ? parameters : undefined,
    isVariadic,
    problems,
  );
  if (body === undefined) return { macro: undefined, problems };
  const last = line.at(-1) ?? name;
  return {
    macro: new Macro({
      name: name.text,
      kind,
      parameters,
      isVariadic,
      isPredefined,
      span: { file: name.file, start: name.start, end: name.end },
      definition: { file: name.file, start: name.start, end: last.end },
      body,
    }),
    problems,
  };
}

/** Operators of `#if` are never macros (libcpp/directives.cc: lex_macro_node). */
export function isReservedMacroName(name: string): boolean {
  return name === 'defined' || name === '__has_include' || name === '__has_include_next';
}

function replacementList(
  line: readonly PpToken[],
  parameters: readonly string[] | undefined,
  isVariadic: boolean,
  problems: DefinitionProblem[],
): PpToken[] | undefined {
  const body: PpToken[] = [];
  const indices = new Map((parameters ?? []).map((name, i) => [name, i]));
  let pasteNext = false;
  for (let at = 0; at < line.length; at++) {
    const token = line[at];
    if (token === undefined) break;
    const spaceOnly = token.flags & ~0x40;
    if (token.isPunctuator('##')) {
      const previous = body.at(-1);
      if (previous === undefined || at === line.length - 1) {
        problems.push({ code: 'macro-paste-at-end', at: token });
        return undefined;
      }
      body[body.length - 1] = previous.withFlags(previous.flags | PASTE_LEFT);
      pasteNext = true;
      continue;
    }
    if (parameters !== undefined && token.isPunctuator('#')) {
      const operand = line[at + 1];
      const index = operand?.isName === true ? indices.get(operand.text) : undefined;
      if (operand !== undefined && index !== undefined) {
        const flags = (spaceOnly & SPACE_BEFORE) | STRINGIFY;
        body.push(
          new PpToken(
            RawKind.parameter,
            operand.text,
            flags,
            operand.file,
            operand.start,
            operand.end,
            index,
          ),
        );
        at++;
        pasteNext = false;
        continue;
      }
      if (!(isVariadic && operand?.text === '__VA_OPT__')) {
        problems.push({ code: 'macro-stringify-without-parameter', at: token });
        return undefined;
      }
    }
    const index = token.isName ? indices.get(token.text) : undefined;
    if (index !== undefined) {
      body.push(
        new PpToken(RawKind.parameter, token.text, spaceOnly, token.file, token.start, token.end, index),
      );
    } else {
      if (token.text === '__VA_ARGS__' && token.isName) {
        problems.push({ code: 'macro-va-args-outside', at: token, name: token.text });
      }
      body.push(token.withFlags(spaceOnly));
    }
    pasteNext = false;
  }
  if (pasteNext) return undefined;
  if (isVariadic && !vaOptIsWellFormed(body, problems)) return undefined;
  return body;
}

/** Whether every `__VA_OPT__` is closed, and joins nothing at its ends (C2x 6.10.4.1; libcpp/macro.cc: vaopt_state). */
function vaOptIsWellFormed(body: readonly PpToken[], problems: DefinitionProblem[]): boolean {
  for (let at = 0; at < body.length; at++) {
    const token = body[at];
    if (token?.text !== '__VA_OPT__' || !token.isName) continue;
    let depth = 0;
    let end = at + 1;
    for (; end < body.length; end++) {
      const inner = body[end];
      if (inner === undefined) break;
      if (inner.isPunctuator('(')) depth++;
      else if (depth === 0) break;
      else if (inner.isPunctuator(')') && --depth === 0) break;
      else if (inner.isName && inner.text === '__VA_OPT__') break;
    }
    if (body[end]?.isPunctuator(')') !== true || depth !== 0) {
      problems.push({ code: 'macro-va-opt-unterminated', at: token });
      return false;
    }
    const [opening, last] = [body[at + 1], body[end - 1]];
    const pasted = [opening, end - 1 === at + 1 ? undefined : last].find(
      (inner) => ((inner?.flags ?? 0) & PASTE_LEFT) !== 0,
    );
    if (pasted !== undefined) {
      problems.push({ code: 'macro-va-opt-paste-at-end', at: pasted });
      return false;
    }
    at = end;
  }
  return true;
}
