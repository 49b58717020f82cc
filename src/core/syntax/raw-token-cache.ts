/**
 * What the preprocessor keeps between runs: raw tokens of headers, and the macros of the compiler itself.
 */
import type { TargetName } from '../target/data-model.ts';
import type { Dialect } from '../target/dialect.ts';
import { lex, RawKind, usualRules } from './lexer.ts';
import type { LexRules, RawTokens } from './lexer.ts';
import { Macro, parseDefinition } from './macro.ts';
import type { BuiltinMacro } from './macro.ts';
import { FROM_TEXT, PpToken } from './pp-token.ts';
import { predefinedText } from './predefined-macros.ts';

/** Id of the file `<built-in>` in every run. */
export const BUILTIN_FILE = 1;

const builtinNames: readonly BuiltinMacro[] = [
  '__LINE__',
  '__FILE__',
  '__FILE_NAME__',
  '__BASE_FILE__',
  '__INCLUDE_LEVEL__',
  '__COUNTER__',
  '__DATE__',
  '__TIME__',
  '__TIMESTAMP__',
  '__has_include',
  '__has_include_next',
  '__has_attribute',
  '__has_cpp_attribute',
  '__has_c_attribute',
  '__has_builtin',
  '_Pragma',
];

/** Raw tokens of system headers, by header name. */
const headerTokens = new Map<string, RawTokens>();

/** Raw tokens of users' headers, by text; the oldest go first. */
const userHeaderTokens = new Map<string, RawTokens>();
const USER_HEADERS_KEPT = 64;

/** The compiler's own macros by target and dialect; they are the same in every run. */
const predefined = new Map<string, { readonly text: string; readonly macros: ReadonlyMap<string, Macro> }>();

/** Raw tokens of one of our own headers. */
export function tokensOfSystemHeader(name: string, text: string): RawTokens {
  const known = headerTokens.get(name);
  if (known !== undefined) return known;
  const made = lex(text);
  headerTokens.set(name, made);
  return made;
}

/** Raw tokens of a user's header. */
export function tokensOfUserHeader(text: string, rules: LexRules): RawTokens {
  if (rules !== usualRules) return lex(text, rules);
  const made = userHeaderTokens.get(text) ?? lex(text);
  userHeaderTokens.delete(text);
  userHeaderTokens.set(text, made);
  const oldest = userHeaderTokens.keys().next();
  if (userHeaderTokens.size > USER_HEADERS_KEPT && oldest.done !== true)
    userHeaderTokens.delete(oldest.value);
  return made;
}

/** The macros that are there before the first line, and the text that defines them. */
export function predefinedMacros(
  target: TargetName,
  dialect: Dialect,
): {
  readonly text: string;
  readonly macros: ReadonlyMap<string, Macro>;
} {
  const key = `${target} ${dialect.standard} ${dialect.gnuInline}`;
  const known = predefined.get(key);
  if (known !== undefined) return known;
  const text = predefinedText(target, dialect);
  const raw = lex(text);
  const macros = new Map<string, Macro>();
  for (const name of builtinNames) {
    macros.set(name, new Macro({ name, kind: 'builtin', builtin: name, isPredefined: true }));
  }
  for (const [i, first] of raw.directives.entries()) {
    const line: PpToken[] = [];
    for (let at = first + 1; at < (raw.directives[i + 1] ?? raw.count - 1); at++) {
      line.push(rawToken(raw, at, BUILTIN_FILE));
    }
    const define = line.shift();
    const macro = define === undefined ? undefined : parseDefinition(line, define, true).macro;
    if (macro !== undefined) macros.set(macro.name, macro);
  }
  const made = { text, macros };
  predefined.set(key, made);
  return made;
}

/** A raw token as the preprocessor handles it. */
export function rawToken(raw: RawTokens, at: number, file: number): PpToken {
  return new PpToken(
    raw.kinds[at] ?? RawKind.end,
    raw.texts[at] ?? '',
    (raw.flags[at] ?? 0) | FROM_TEXT,
    file,
    raw.starts[at] ?? 0,
    raw.ends[at] ?? 0,
  );
}
