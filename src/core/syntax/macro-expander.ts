/**
 * Macro expansion (C17 6.10.3.1 to 6.10.3.4), in the way of libcpp, so that results agree with gcc -E also where the
 * standard leaves them open.
 *
 * What is being read is a stack of contexts: replacement lists and arguments, over the running text. A macro is disabled
 * while its replacement list is on the stack; a name met then is painted and never becomes a macro again. Arguments are
 * expanded on their own, down to an end that their context keeps. White space that `#` must reproduce travels as padding.
 *
 * Source: libcpp of gcc 12: cpp_get_token, enter_macro_context, funlike_invocation_p, collect_args, replace_args,
 * stringify_arg, paste_tokens, vaopt_state.
 */
import type { Span } from '../source/text-span.ts';
import { lexSingle, RawKind, SPACE_BEFORE, STARTS_LINE } from './lexer.ts';
import type { Macro } from './macro.ts';
import {
  avoidPaste,
  FROM_TEXT,
  NO_EXPAND,
  paddingFor,
  PASTE_LEFT,
  PpToken,
  spellingOf,
  STRINGIFY,
} from './pp-token.ts';
import { none, withItem } from './short-list.ts';

/** Where expansion gets the running text from. */
export interface TokenSource {
  /** The next token; of kind `end` (again and again) at the end of the text or of the directive line. */
  next(): PpToken;
  /** Un-reads the token that `next` gave last; never asked for an `end`. */
  back(): void;
  /** Remembers the place of the token that `next` gave last. */
  mark(): void;
  /** Reads on from that place once more, unless that was done too often. */
  goBack(): void;
}

/** What expansion asks of the preprocessor. */
export interface ExpansionHost {
  /** Tokens that a built-in macro stands for; undefined when the name stays as it is. */
  expandBuiltin(macro: Macro, name: PpToken, lineOrigin: PpToken): readonly PpToken[] | undefined;
  /** A name spelled in running text is about to be expanded, or was found not to be an invocation. */
  macroUsed(macro: Macro, name: PpToken, end: PpToken): void;
  report(code: ExpansionProblem, at: PpToken, args?: Readonly<Record<string, string | number>>): void;
}

export type ExpansionProblem =
  | 'macro-too-few-arguments'
  | 'macro-too-many-arguments'
  | 'macro-arguments-unterminated'
  | 'paste-invalid'
  | 'expansion-limit'
  | 'expansion-depth';

/** A replacement list or an argument that is being read. */
interface Context {
  readonly tokens: readonly PpToken[];
  at: number;
  readonly end: number;
  readonly macro: Macro | undefined;
  readonly previous: Context | undefined;
  /** An argument on its own: its end is the end of everything that may be read. */
  readonly isArgument: boolean;
  /** Name token, spelled in running text, that __LINE__ in here refers to. */
  readonly origin: PpToken | undefined;
}

interface MacroArgument {
  readonly tokens: readonly PpToken[];
  expanded: readonly PpToken[] | undefined;
  /** The variable argument was left out, together with the comma before it. */
  isOmitted: boolean;
}

/** `__VA_OPT__( ... )` while its content is replaced. */
interface OptionalPart {
  /** Length of the result when it began. */
  readonly start: number;
  /** Parentheses open in the content. */
  depth: number;
  readonly isLeftOut: boolean;
  /** The `#` before it. */
  readonly stringify: PpToken | undefined;
  /** The content so far ends in a placemarker (C17 6.10.3.3): nothing is pasted to what comes before it. */
  endsEmpty: boolean;
}

const endToken = new PpToken(RawKind.end, '', 0, 0, 0, 0);

/** Longest spelling that `#` and `##` may build, in characters; more ends the run like any excess of work. */
const MAX_SPELLING = 1 << 18;

/** Reads tokens with macros expanded. */
export class MacroExpander {
  readonly macros: Map<string, Macro>;
  readonly #source: TokenSource;
  readonly #host: ExpansionHost;
  readonly #workLimit: number;
  readonly #depthLimit: number;
  #context: Context | undefined = undefined;
  #work = 0;
  #depth = 0;
  #exhausted = false;
  #outermost: Span | undefined = undefined;

  /** A directive line is being read: no padding, and its end is the end. */
  inDirective = false;
  /** Above 0: names are read without being expanded. */
  preventExpansion = 0;
  /** 1: looking for the parenthesis of an invocation; 2: reading its arguments. */
  parsingArguments: 0 | 1 | 2 = 0;

  constructor(
    macros: Map<string, Macro>,
    source: TokenSource,
    host: ExpansionHost,
    limits: { readonly work: number; readonly depth: number },
  ) {
    this.macros = macros;
    this.#source = source;
    this.#host = host;
    this.#workLimit = limits.work;
    this.#depthLimit = limits.depth;
  }

  /** True while something else than running text is being read. */
  get isExpanding(): boolean {
    return this.#context !== undefined;
  }

  /** The limit of work was reached: everything ends here. */
  get isExhausted(): boolean {
    return this.#exhausted;
  }

  /** Where the outermost macro that is being expanded is invoked. */
  get outermost(): Span | undefined {
    return this.#outermost;
  }

  /** The next token with macros expanded; padding included. */
  get(): PpToken {
    for (;;) {
      if (this.#exhausted) return endToken;
      const context = this.#context;
      let token: PpToken;
      if (context === undefined) token = this.#source.next();
      else if (context.at < context.end) {
        token = context.tokens[context.at++] ?? endToken;
        this.#spend(1, token);
        if ((token.flags & PASTE_LEFT) !== 0) {
          this.#pasteAll(token);
          if (this.inDirective) continue;
          return paddingFor(token);
        }
      } else if (context.isArgument) return endToken;
      else {
        this.#popContext(context);
        if (this.inDirective) continue;
        return avoidPaste;
      }
      if (token.kind !== RawKind.identifier && token.kind !== RawKind.keyword) return token;
      if ((token.flags & NO_EXPAND) !== 0) return token;
      const macro = this.macros.get(token.text);
      if (macro === undefined) return token;
      if (macro.disabled) return token.withFlags(token.flags | NO_EXPAND);
      if (this.preventExpansion > 0) return token;
      if (!this.#enterMacro(macro, token, context)) return token;
      if (!this.inDirective) return paddingFor(token);
    }
  }

  /** The next token that is not padding. */
  getSolid(): PpToken {
    let token = this.get();
    while (token.kind === RawKind.padding) token = this.get();
    return token;
  }

  /** Un-reads a token just given by {@link get} while names are not expanded; never an `end`. */
  unread(): void {
    if (this.#context === undefined) this.#source.back();
    else this.#context.at--;
  }

  /** Puts tokens before everything still to be read. */
  push(tokens: readonly PpToken[]): void {
    this.#pushContext(undefined, tokens, this.#context?.origin, false);
  }

  /** Leaves all contexts, so that no macro stays disabled. */
  reset(): void {
    while (this.#context !== undefined) this.#popContext(this.#context);
  }

  #spend(amount: number, at: PpToken): void {
    this.#work += amount;
    if (this.#work > this.#workLimit && !this.#exhausted) {
      this.#exhausted = true;
      this.#host.report('expansion-limit', at, { limit: this.#workLimit });
    }
  }

  #pushContext(
    macro: Macro | undefined,
    tokens: readonly PpToken[],
    origin: PpToken | undefined,
    isArgument: boolean,
  ): void {
    const previous = this.#context;
    this.#context = { tokens, at: 0, end: tokens.length, macro, previous, isArgument, origin };
  }

  #popContext(context: Context): void {
    if (context.macro !== undefined) context.macro.disabled = false;
    this.#context = context.previous;
  }

  /** Begins the expansion of a macro; false when its name is not an invocation. */
  #enterMacro(macro: Macro, name: PpToken, readFrom: Context | undefined): boolean {
    const isFromText = (name.flags & FROM_TEXT) !== 0;
    const origin = isFromText ? name : (readFrom?.origin ?? name);
    if (readFrom === undefined && isFromText) {
      this.#outermost = { file: name.file, start: name.start, end: name.end };
    }
    if (macro.builtin !== undefined) {
      const tokens = this.#host.expandBuiltin(macro, name, origin);
      if (isFromText) this.#host.macroUsed(macro, name, name);
      if (tokens === undefined) return false;
      this.#pushContext(undefined, tokens, origin, false);
      return true;
    }
    let tokens = macro.body;
    let end = name;
    if (macro.kind === 'function') {
      this.preventExpansion++;
      this.parsingArguments = 1;
      const invocation = this.#collectInvocation(macro, name);
      this.parsingArguments = 0;
      this.preventExpansion--;
      if (invocation === undefined) return false;
      end = invocation.end;
      if (isFromText) this.#host.macroUsed(macro, name, end);
      if (macro.parameters.length > 0) tokens = this.#replaceArguments(macro, name, invocation.args, origin);
    } else if (isFromText) this.#host.macroUsed(macro, name, end);
    macro.disabled = true;
    this.#pushContext(macro, tokens, origin, false);
    return true;
  }

  // ------------------------------------------------------------ arguments

  /** The arguments when an invocation follows; undefined when none does, or when its arguments do not fit. */
  #collectInvocation(macro: Macro, name: PpToken): { args: MacroArgument[]; end: PpToken } | undefined {
    let padding: PpToken | undefined;
    let token: PpToken;
    for (;;) {
      token = this.get();
      if (token.kind !== RawKind.padding) break;
      if (
        padding?.source === undefined ||
        ((padding.source.flags & SPACE_BEFORE) === 0 && token.source === undefined)
      ) {
        padding = token;
      }
    }
    if (token.isPunctuator('(')) {
      this.parsingArguments = 2;
      const isFromText = this.#context === undefined;
      if (isFromText) this.#source.mark();
      return this.#collectArguments(macro, name, isFromText);
    }
    if (token.kind !== RawKind.end) this.unread();
    if (padding !== undefined && !this.#exhausted) this.push([padding]);
    return undefined;
  }

  /**
   * The arguments behind an opening parenthesis.
   *
   * @param isFromText - the parenthesis stands in running text, and was marked there
   */
  #collectArguments(
    macro: Macro,
    name: PpToken,
    isFromText: boolean,
  ): { args: MacroArgument[]; end: PpToken } | undefined {
    const wanted = macro.parameters.length;
    let args: MacroArgument[] | undefined;
    let token: PpToken;
    let given = 0;
    do {
      let tokens: PpToken[] | undefined;
      let depth = 0;
      given++;
      for (;;) {
        token = this.get();
        if (token.kind === RawKind.padding) {
          if (tokens === undefined) continue;
        } else if (token.kind === RawKind.punctuator) {
          if (token.text === '(') depth++;
          else if (token.text === ')') {
            if (depth-- === 0) break;
          } else if (token.text === ',' && depth === 0 && !(macro.isVariadic && given === wanted)) break;
        } else if (token.kind === RawKind.end) break;
        tokens = withItem(tokens, token);
      }
      while (tokens?.at(-1)?.kind === RawKind.padding) tokens.pop();
      if (given <= wanted || (given === 1 && wanted === 0)) {
        args = withItem(args, { tokens: tokens ?? none, expanded: undefined, isOmitted: false });
      }
    } while (token.kind !== RawKind.end && !token.isPunctuator(')'));

    if (token.kind === RawKind.end) {
      if (this.#exhausted) return undefined;
      this.#host.report('macro-arguments-unterminated', name, { name: macro.name });
      // What was taken for arguments is the rest of the file, most likely: it is read again as text.
      if (isFromText && this.#context === undefined) this.#source.goBack();
      return undefined;
    }
    args ??= [];
    // A single empty argument is no argument when none is wanted.
    if (given === 1 && wanted === 0 && args[0]?.tokens.length === 0) given = 0;
    if (given < wanted) {
      const mayOmit = given + 1 === wanted && macro.isVariadic;
      // One empty argument where one parameter is wanted has already been counted.
      if (!mayOmit) {
        this.#host.report('macro-too-few-arguments', name, { name: macro.name, wanted, given });
        return undefined;
      }
      args.push({ tokens: [], expanded: undefined, isOmitted: true });
    } else if (given > wanted) {
      this.#host.report('macro-too-many-arguments', name, { name: macro.name, wanted, given });
      return undefined;
    } else if (macro.isVariadic && given === 1 && args[0]?.tokens.length === 0) {
      // GNU: with one (variable) parameter, an empty argument counts as left out.
      args[0].isOmitted = true;
    }
    return { args, end: token };
  }

  /** Expands an argument on its own (C17 6.10.3.1). */
  #expandArgument(argument: MacroArgument, name: PpToken, origin: PpToken): readonly PpToken[] {
    if (argument.expanded !== undefined) return argument.expanded;
    if (argument.tokens.length === 0) {
      argument.expanded = [];
      return argument.expanded;
    }
    if (this.#depth >= this.#depthLimit) {
      if (!this.#exhausted) {
        this.#exhausted = true;
        this.#host.report('expansion-depth', name, { limit: this.#depthLimit });
      }
      argument.expanded = argument.tokens;
      return argument.expanded;
    }
    this.#depth++;
    const prevented = this.preventExpansion;
    this.preventExpansion = 0;
    this.#pushContext(undefined, argument.tokens, origin, true);
    const expanded: PpToken[] = [];
    for (;;) {
      const token = this.get();
      if (token.kind === RawKind.end) break;
      expanded.push(token);
    }
    const context = this.#context;
    if (context !== undefined) this.#popContext(context);
    this.preventExpansion = prevented;
    this.#depth--;
    argument.expanded = expanded;
    return expanded;
  }

  // ------------------------------------------------------------ replacement

  /** The replacement list with arguments in the place of parameters. */
  #replaceArguments(
    macro: Macro,
    name: PpToken,
    args: readonly MacroArgument[],
    origin: PpToken,
  ): readonly PpToken[] {
    const out: PpToken[] = [];
    const body = macro.body;
    const variable = macro.isVariadic ? args[macro.parameters.length - 1] : undefined;
    let optional: OptionalPart | undefined;
    for (let at = 0; at < body.length; at++) {
      const token = body[at];
      if (token === undefined) break;
      const previous = body[at - 1];
      const isPasted = previous !== undefined && (previous.flags & PASTE_LEFT) !== 0;

      if (macro.isVariadic) {
        if (optional === undefined) {
          const hash =
            token.isPunctuator('#') &&
            body[at + 1]?.text === '__VA_OPT__' &&
            token.kind === RawKind.punctuator
              ? token
              : undefined;
          const opening = hash === undefined ? token : body[at + 1];
          if (opening?.text === '__VA_OPT__' && opening.isName) {
            const isLeftOut =
              variable === undefined ||
              !this.#expandArgument(variable, name, origin).some((given) => given.kind !== RawKind.padding);
            if (at > 0 && !isPasted) out.push(paddingFor(hash ?? token));
            optional = { start: out.length, depth: 0, isLeftOut, stringify: hash, endsEmpty: false };
            // Continue after the opening parenthesis, which the definition is known to have.
            at += hash === undefined ? 1 : 2;
            continue;
          }
        } else {
          if (token.isPunctuator('(')) optional.depth++;
          else if (token.isPunctuator(')')) {
            if (optional.depth === 0) {
              endOptional(out, optional, token, name);
              optional = undefined;
              continue;
            }
            optional.depth--;
          }
          if (optional.isLeftOut) continue;
        }
      }

      if (optional !== undefined) optional.endsEmpty = false;
      if (token.kind !== RawKind.parameter) {
        out.push(token);
        continue;
      }
      const argument = args[token.parameter];
      if (argument === undefined) continue;
      const isFirstOptional = optional?.start === out.length;
      const mayPad = !this.inDirective && at > 0 && !isPasted && !isFirstOptional;
      const pastesLeft = (token.flags & PASTE_LEFT) !== 0;
      let replacement: readonly PpToken[];
      if ((token.flags & STRINGIFY) !== 0) replacement = [this.#stringify(argument.tokens, token)];
      else if (pastesLeft || isPasted) replacement = argument.tokens;
      else replacement = this.#expandArgument(argument, name, origin);

      if (mayPad) out.push(paddingFor(token));
      const left = out.at(-1);
      if (isPasted && !pastesLeft && left !== undefined && (token.flags & STRINGIFY) === 0) {
        const isComma = isVariableAfterComma(left, macro, token);
        if (isComma && argument.isOmitted) out.pop();
        else if (isComma || replacement.length === 0)
          out[out.length - 1] = left.withFlags(left.flags & ~PASTE_LEFT);
      }
      if (optional !== undefined && replacement.length === 0 && (isPasted || pastesLeft))
        optional.endsEmpty = true;
      this.#spend(replacement.length, token);
      if (this.#exhausted) return [];
      for (let from = 0; from < replacement.length; from++) out.push(replacement[from] ?? endToken);
      const last = out.at(-1);
      if (pastesLeft && replacement.length > 0 && last !== undefined) {
        out[out.length - 1] = last.withFlags(last.flags | PASTE_LEFT);
      }
      if (!this.inDirective && !pastesLeft) out.push(avoidPaste);
    }
    return out;
  }

  /** What `#` makes of an argument (C17 6.10.3.2). */
  #stringify(tokens: readonly PpToken[], parameter: PpToken): PpToken {
    const text = stringLiteral(tokens);
    this.#spend(text.length > MAX_SPELLING ? this.#workLimit : text.length, parameter);
    const first = tokens[0];
    const last = tokens.at(-1);
    // The text stands where it was written, when it was written in one piece.
    const isInOneFile = first !== undefined && first.file === last?.file && first.start < last.end;
    const place =
      isInOneFile && (first.flags & last.flags & FROM_TEXT) !== 0
        ? { file: first.file, start: first.start, end: last.end }
        : parameter;
    return new PpToken(
      RawKind.string,
      text,
      parameter.flags & (SPACE_BEFORE | PASTE_LEFT),
      place.file,
      place.start,
      place.end,
    );
  }

  // ------------------------------------------------------------ ## operator

  /** Pastes `left` and what follows it in the context as long as tokens are marked; pushes the result. */
  #pasteAll(left: PpToken): void {
    const context = this.#context;
    if (context === undefined) return;
    const origin = context.origin;
    let result = left;
    for (;;) {
      const right = context.at < context.end ? context.tokens[context.at++] : undefined;
      if (right === undefined) {
        result = result.withFlags(result.flags & ~PASTE_LEFT);
        break;
      }
      if (right.kind === RawKind.padding) {
        result = result.withFlags(result.flags & ~PASTE_LEFT);
        break;
      }
      const pasted = this.#paste(result, right);
      if (pasted === undefined) {
        context.at--;
        result = result.withFlags(result.flags & ~PASTE_LEFT);
        break;
      }
      result = pasted;
      if ((right.flags & PASTE_LEFT) === 0) break;
    }
    this.#pushContext(undefined, [result], origin, false);
  }

  #paste(left: PpToken, right: PpToken): PpToken | undefined {
    const spelling = spellingOf(left) + spellingOf(right);
    this.#spend(spelling.length > MAX_SPELLING ? this.#workLimit : spelling.length >> 2, left);
    if (this.#exhausted) return undefined;
    const single = lexSingle(spelling);
    if (single === undefined) {
      this.#host.report('paste-invalid', left, { left: spellingOf(left), right: spellingOf(right) });
      return undefined;
    }
    // The result is shown where its part in running text is spelled: a name made from an argument is hoverable there.
    const place = (left.flags & FROM_TEXT) === 0 && (right.flags & FROM_TEXT) !== 0 ? right : left;
    const flags = (left.flags & (SPACE_BEFORE | STARTS_LINE)) | single.flags | (place.flags & FROM_TEXT);
    return new PpToken(single.kind, single.text, flags, place.file, place.start, place.end);
  }
}

/** The GNU form `, ## args`: the comma goes away with an omitted argument, and is not pasted to a given one. */
function isVariableAfterComma(left: PpToken, macro: Macro, parameter: PpToken): boolean {
  return macro.isVariadic && parameter.parameter === macro.parameters.length - 1 && left.isPunctuator(',');
}

/** Ends `__VA_OPT__( ... )`: tidies what it stood for. */
function endOptional(out: PpToken[], optional: OptionalPart, closing: PpToken, name: PpToken): void {
  while (out.length > optional.start && out.at(-1)?.kind === RawKind.padding) out.pop();
  if (optional.stringify !== undefined) {
    const text = stringLiteral(out.slice(optional.start));
    out.length = optional.start;
    const flags = optional.stringify.flags & SPACE_BEFORE;
    out.push(new PpToken(RawKind.string, text, flags, name.file, name.start, name.end));
  }
  const before = out[optional.start - 1];
  const pastesOn = (closing.flags & PASTE_LEFT) !== 0;
  if (out.length === optional.start && before !== undefined && !pastesOn) {
    out[optional.start - 1] = before.withFlags(before.flags & ~PASTE_LEFT);
  }
  const last = out.at(-1);
  if (!pastesOn) out.push(avoidPaste);
  else if (out.length > optional.start && last !== undefined && !optional.endsEmpty) {
    out[out.length - 1] = last.withFlags(last.flags | PASTE_LEFT);
  }
}

/** Tokens as one string literal: white space is one blank, quotes and backslashes in literals are escaped. */
export function stringLiteral(tokens: readonly PpToken[]): string {
  let text = '"';
  let source: PpToken | undefined;
  for (const token of tokens) {
    if (text.length > MAX_SPELLING) break;
    if (token.kind === RawKind.padding) {
      if (source === undefined || ((source.flags & SPACE_BEFORE) === 0 && token.source === undefined)) {
        source = token.source;
      }
      continue;
    }
    if (text.length > 1 && ((source ?? token).flags & SPACE_BEFORE) !== 0) text += ' ';
    source = undefined;
    const spelling = spellingOf(token);
    const isLiteral =
      token.kind === RawKind.string || token.kind === RawKind.character || token.kind === RawKind.headerName;
    text += isLiteral ? spelling.replace(/["\\]/g, '\\$&') : spelling;
  }
  // An odd number of backslashes at the end would take the closing quote with it.
  const trailing = /\\*$/.exec(text)?.[0].length ?? 0;
  if (trailing % 2 === 1) text = text.slice(0, -1);
  return `${text}"`;
}
