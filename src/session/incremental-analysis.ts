/**
 * The analysis of a document that is being edited: after an edit inside one function body only that body is read again.
 *
 * Body text is lexed, expanded, parsed and analysed as it stands there: with the macros, names and types that came before
 * it. Everything else stays as it was found, and where it is in the document is told by `places`. Whatever the edit may
 * mean beyond its function (a brace, a directive, a declaration that is visible outside) leads to an analysis of
 * everything; so the result is always that of analysing the document alone.
 */
import { spliced } from '../base/spliced.ts';
import { finish } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import { IncrementalUnit } from '../core/sema/incremental-unit.ts';
import { SourceSet } from '../core/source/source-set.ts';
import type { Diagnostic } from '../core/source/diagnostic.ts';
import type { SourceFile, Span } from '../core/source/text-span.ts';
import type { FunctionDefinition } from '../core/syntax/ast.ts';
import { parse } from '../core/syntax/parser.ts';
import type { ParseHistory, ParsedDefinition } from '../core/syntax/parser.ts';
import { preprocessPart } from '../core/syntax/preprocess-part.ts';
import type { PreprocessResult } from '../core/syntax/preprocessor.ts';
import { parsedCount } from '../core/syntax/token-stream.ts';
import type { Token } from '../core/syntax/token.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import { placedUnitSteps, programOf, readSteps } from './analysis.ts';
import type { AnalysisOptions, ProgramAnalysis, SourceInput, UnitAnalysis } from './analysis.ts';
import { MovedPlaces } from './document-places.ts';

/** Most diagnostics that preprocessor or parser keep: then some are missing. */
const diagnosticLimit = 500;

/** A function whose body can be exchanged. */
interface Body {
  definition: FunctionDefinition;
  readonly parsed: ParsedDefinition;
  /** Its braces in the document: from `{` to behind `}`. */
  start: number;
  end: number;
  /** Its tokens: the first of the head, `{`, and the one behind `}`. */
  first: number;
  open: number;
  close: number;
  /** Index of `{`, and behind `}`, when all was read: for the macros in force there. */
  readonly readAt: number;
  readonly readEnd: number;
  /** Where its text stands in the analysed text. */
  span: Span;
  syntaxDiagnostics: readonly Diagnostic[];
  /** Undefined: as found when all was read. */
  usesLine: boolean | undefined;
}

/** All that is kept between edits. */
interface State {
  readonly name: string;
  readonly options: AnalysisOptions;
  readonly incremental: IncrementalUnit;
  readonly history: ParseHistory;
  /** In order of the document. */
  readonly bodies: readonly Body[];
  /** Of the parser, in front of the first body, between them, and behind the last. */
  readonly syntaxDiagnostics: readonly (readonly Diagnostic[])[];
  preprocessed: PreprocessResult;
  places: MovedPlaces;
  analysis: ProgramAnalysis;
}

/** What the last update did, for measurements and tests. */
export type UpdateKind = 'whole' | 'body' | 'nothing';

/** The analysis of one document. */
export class IncrementalAnalysis {
  #state: State | undefined;
  #lastUpdate: UpdateKind = 'whole';

  get lastUpdate(): UpdateKind {
    return this.#lastUpdate;
  }

  /**
   * The analysis of a document as it is now. Never throws; what is wrong is a diagnostic.
   *
   * @param options - the same object as before when nothing about them changed, headers included
   */
  update(source: SourceInput, options: AnalysisOptions): ProgramAnalysis {
    return finish(this.updateSteps(source, options));
  }

  /**
   * The same, with pauses. Steps that are not done to their end are dropped, and then never gone on with once others have
   * begun: the next update analyses everything.
   */
  *updateSteps(source: SourceInput, options: AnalysisOptions): Steps<ProgramAnalysis> {
    const state = this.#state;
    if (state?.name === source.name && state.options === options) {
      if (state.places.text === source.text) {
        this.#lastUpdate = 'nothing';
        return state.analysis;
      }
      if (updateBody(state, source.text)) {
        this.#lastUpdate = 'body';
        return state.analysis;
      }
    }
    this.#lastUpdate = 'whole';
    this.#state = undefined;
    const made = yield* analyzeWhole(source, options);
    this.#state = made;
    return made.analysis;
  }
}

// ---------------------------------------------------------------- everything

function* analyzeWhole(source: SourceInput, options: AnalysisOptions): Steps<State> {
  const { preprocessed, parsed } = yield* readSteps(source, options);
  const incremental = yield* IncrementalUnit.analyze(
    parsed.unit,
    dataModelOf(options.compile.target),
    options.compile,
  );
  yield;
  const places = MovedPlaces.of(source.text);
  const unit = yield* placedUnitSteps(preprocessed, parsed.diagnostics, incremental.unit, places, options);
  yield;
  const isWhole =
    preprocessed.diagnostics.length < diagnosticLimit && parsed.diagnostics.length < diagnosticLimit;
  const bodies =
    isWhole && parsed.history.bracesMatch && !preprocessed.history.isSequential
      ? findBodies(preprocessed.tokens, parsed.history, parsed.diagnostics)
      : [];
  return {
    name: source.name,
    options,
    incremental,
    history: parsed.history,
    bodies,
    syntaxDiagnostics: diagnosticsBetween(bodies, parsed.diagnostics),
    preprocessed,
    places,
    analysis: programOf([source.name], [unit], options),
  };
}

/** The bodies that stand in the main file from brace to brace. */
function findBodies(
  tokens: readonly Token[],
  history: ParseHistory,
  diagnostics: readonly Diagnostic[],
): Body[] {
  const bodies: Body[] = [];
  let first = 0;
  let seen = 0;
  for (const [definition, parsed] of history.definitions) {
    for (let token = tokens[first]; token !== undefined; token = tokens[first]) {
      const count = parsedCount(token);
      if (seen === parsed.first && count > 0) break;
      seen += count;
      first++;
    }
    const { span } = definition.body;
    if (span.file !== 0 || span.expandedAt !== undefined || parsed.isPacked) continue;
    let open = first;
    while (open < tokens.length && !(isPlain(tokens[open], '{') && tokens[open]?.span.start === span.start))
      open++;
    let close = open;
    while (close < tokens.length && !(isPlain(tokens[close], '}') && tokens[close]?.span.end === span.end))
      close++;
    if (close >= tokens.length) continue;
    bodies.push({
      definition,
      parsed,
      start: span.start,
      end: span.end,
      first,
      open,
      close: close + 1,
      readAt: open,
      readEnd: close + 1,
      span,
      syntaxDiagnostics: diagnostics.slice(parsed.diagnosticsBefore, parsed.diagnosticsAfter),
      usesLine: undefined,
    });
  }
  return bodies;
}

/** A token of the main file that came out of no macro. */
function isPlain(token: Token | undefined, text: string): boolean {
  return token?.text === text && token.span.file === 0 && token.span.expandedAt === undefined;
}

function diagnosticsBetween(bodies: readonly Body[], all: readonly Diagnostic[]): (readonly Diagnostic[])[] {
  const between: (readonly Diagnostic[])[] = [];
  let from = 0;
  for (const { parsed } of bodies) {
    between.push(all.slice(from, parsed.diagnosticsBefore));
    from = parsed.diagnosticsAfter;
  }
  between.push(all.slice(from));
  return between;
}

// ---------------------------------------------------------------- one body

/** Takes an edit over; false when everything must be analysed again (the state is of no use then). */
function updateBody(state: State, text: string): boolean {
  const old = state.places.text;
  const edit = editBetween(old, text);
  const body = state.bodies.find((one) => edit.start > one.start && edit.oldEnd < one.end);
  if (body === undefined) return false;
  const moved = text.length - old.length;
  const oldText = old.slice(body.start, body.end);
  const newText = text.slice(body.start, body.end + moved);
  if (oldText.includes('#') || oldText.includes('__builtin_') || oldText.includes('cleanup')) return false;
  // Pragmas may speak of the whole file.
  if (state.preprocessed.pragmas.length > 0 && holdsPragma(state, body)) return false;
  const linesMoved = countLines(newText) - countLines(oldText);
  if (linesMoved !== 0 && usesLineBehind(state, body)) return false;
  const main = state.preprocessed.files[0];
  // The analysed text grows with every edit; from time to time it is begun anew.
  if (main === undefined || main.text.length > 3 * text.length + 1_000_000) return false;
  const before = body.start > 0 ? text.slice(body.start - 1, body.start) : '\n';
  const start = main.text.length + 1;
  const files: SourceFile[] = [
    { ...main, text: main.text + before + newText },
    ...state.preprocessed.files.slice(1),
  ];
  const read = readBody(state, body, text, files, start, start + newText.length);
  if (read === undefined) return false;
  if (!state.incremental.replaceBody(body.definition, read.definition)) return false;
  const oldSpan = body.span;
  body.definition = read.definition;
  body.span = read.definition.body.span;
  body.syntaxDiagnostics = read.syntaxDiagnostics;
  body.usesLine = read.usesLine;
  const tokensMoved = read.tokens.length - (body.close - body.open);
  state.preprocessed = withPart(state.preprocessed, files, oldSpan, body, read, tokensMoved);
  state.places = state.places.replace(text, body.start, body.end, body.end + moved, start);
  body.end += moved;
  body.close += tokensMoved;
  for (const other of state.bodies) {
    if (other === body || other.start < body.start) continue;
    other.start += moved;
    other.end += moved;
    other.first += tokensMoved;
    other.open += tokensMoved;
    other.close += tokensMoved;
  }
  const unit = assemble(state);
  state.analysis = programOf([state.name], [unit], state.options);
  return true;
}

interface ReadBody {
  readonly definition: FunctionDefinition;
  readonly tokens: readonly Token[];
  readonly syntaxDiagnostics: readonly Diagnostic[];
  readonly usesLine: boolean;
  readonly part: Pick<PreprocessResult, 'macroUses' | 'diagnostics'>;
}

/** Reads the text of a body, which stands in the first file from `start` to before `end`. */
function readBody(
  state: State,
  body: Body,
  text: string,
  files: readonly SourceFile[],
  start: number,
  end: number,
): ReadBody | undefined {
  const { tokens, history, macros } = state.preprocessed;
  const part = preprocessPart({
    files,
    start,
    end,
    line: 1 + countLines(text.slice(0, body.start)),
    history,
    macros,
    tokenIndex: body.readAt,
    target: state.options.compile.target,
    dialect: state.options.compile,
  });
  const [open, ...rest] = part?.tokens ?? [];
  const wasOpen = tokens[body.open];
  if (part === undefined || open === undefined || wasOpen === undefined) return undefined;
  if (!isPlain(open, '{') || !isPlain(rest.at(-1), '}')) return undefined;
  if (part.tokens.some((token) => token.text.startsWith('__builtin_') || token.text === 'cleanup'))
    return undefined;
  const { startsLine, spaceBefore } = wasOpen;
  const own = [{ ...open, startsLine, spaceBefore }, ...rest];
  const finish: Token = {
    kind: 'end',
    text: '',
    span: { file: 0, start: end, end },
    startsLine: true,
    spaceBefore: true,
  };
  const parsed = parse([...tokens.slice(body.first, body.open), ...own, finish], {
    files,
    dialect: state.options.compile,
    continues: {
      names: state.history.fileScope.slice(0, body.parsed.nameCount),
      usesColumnOne: state.history.usesColumnOne,
    },
  });
  const [definition, ...others] = parsed.unit.declarations;
  if (definition?.kind !== 'function-definition' || others.length > 0 || !parsed.history.bracesMatch)
    return undefined;
  const { span } = definition.body;
  if (span.start !== start || span.end !== end) return undefined;
  return { definition, tokens: own, syntaxDiagnostics: parsed.diagnostics, usesLine: part.usesLine, part };
}

/** Whether a body holds a pragma: one that a macro gave, the others are seen in its text. */
function holdsPragma({ preprocessed }: State, { open, close }: Body): boolean {
  for (let at = open; at < close; at++) if (preprocessed.tokens[at]?.kind === 'pragma') return true;
  return false;
}

/** Whether what follows a body depends on the number of lines in it. */
function usesLineBehind(state: State, body: Body): boolean {
  return (
    state.preprocessed.history.lineUses.some((at) => at >= body.readEnd) ||
    state.bodies.some((other) => other.usesLine === true && other.start > body.start)
  );
}

function withPart(
  before: PreprocessResult,
  files: readonly SourceFile[],
  oldSpan: Span,
  body: Body,
  read: ReadBody,
  tokensMoved: number,
): PreprocessResult {
  const isOld = (span: Span): boolean => {
    const { file, start } = span.expandedAt ?? span;
    return file === 0 && start >= oldSpan.start && start < oldSpan.end;
  };
  const move = (use: PreprocessResult['macroUses'][number]): PreprocessResult['macroUses'][number] =>
    use.expansion === undefined || use.expansion.start < body.open || tokensMoved === 0
      ? use
      : {
          ...use,
          expansion: { start: use.expansion.start + tokensMoved, end: use.expansion.end + tokensMoved },
        };
  const added = read.part.macroUses.map((use) =>
    use.expansion === undefined
      ? use
      : { ...use, expansion: { start: use.expansion.start + body.open, end: use.expansion.end + body.open } },
  );
  return {
    ...before,
    tokens: spliced(before.tokens, body.open, body.close - body.open, read.tokens),
    files,
    sources: new SourceSet(files),
    macroUses: [...before.macroUses.filter((use) => !isOld(use.span)).map(move), ...added],
    diagnostics: [...before.diagnostics.filter((one) => !isOld(one.span)), ...read.part.diagnostics],
  };
}

function assemble(state: State): UnitAnalysis {
  const syntaxDiagnostics = state.syntaxDiagnostics.flatMap((between, index) => [
    ...between,
    ...(state.bodies[index]?.syntaxDiagnostics ?? []),
  ]);
  const steps = placedUnitSteps(
    state.preprocessed,
    syntaxDiagnostics,
    state.incremental.unit,
    state.places,
    state.options,
  );
  return finish(steps);
}

// ---------------------------------------------------------------- texts

/** Characters compared at a time. */
const block = 4096;

/** The smallest edit that makes one text of another: what stood from `start` to before `oldEnd` was exchanged. */
function editBetween(old: string, next: string): { readonly start: number; readonly oldEnd: number } {
  const shorter = Math.min(old.length, next.length);
  // Block by block first: the engine compares two strings as memory (`startsWith` took sixty times as long).
  let start = 0;
  while (start + block <= shorter && old.slice(start, start + block) === next.slice(start, start + block))
    start += block;
  while (start < shorter && old.charCodeAt(start) === next.charCodeAt(start)) start++;
  let same = 0;
  while (
    same + block <= shorter - start &&
    old.slice(old.length - same - block, old.length - same) ===
      next.slice(next.length - same - block, next.length - same)
  )
    same += block;
  while (
    same < shorter - start &&
    old.charCodeAt(old.length - 1 - same) === next.charCodeAt(next.length - 1 - same)
  )
    same++;
  return { start, oldEnd: old.length - same };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
