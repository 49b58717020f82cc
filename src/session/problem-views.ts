/**
 * Diagnostics as the faces show them: with line and column, in the user's language.
 */
import { LineIndex } from '../core/source/text-span.ts';
import type { Span } from '../core/source/text-span.ts';
import type { Text } from '../core/text/text.ts';
import type { ProblemView } from '../protocol/messages.ts';
import type { CompiledProgram } from '../core/codegen/compiled-program.ts';
import { libcFunctionNames } from '../core/libc/function-names.ts';
import { unsupportedFunctionText } from '../core/text/process-texts.ts';
import type { Diagnostic } from '../core/source/diagnostic.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';

/** Renders the diagnostics of a unit, in order of appearance; notes are left out. */
export function problemViews(unit: UnitAnalysis, render: (text: Text) => string): ProblemView[] {
  const indices = new Map<number, LineIndex>();
  const indexOf = (file: number): LineIndex => {
    const known = indices.get(file);
    if (known !== undefined) return known;
    const text = unit.files.find((candidate) => candidate.id === file)?.text ?? '';
    const made = new LineIndex(file === 0 ? unit.places.text : text);
    indices.set(file, made);
    return made;
  };
  return unit.diagnostics.flatMap((diagnostic): ProblemView[] => {
    if (diagnostic.severity === 'note') return [];
    const span: Span = diagnostic.span.expandedAt ?? diagnostic.span;
    const index = indexOf(span.file);
    const inDocument = (offset: number): number =>
      span.file === 0 ? unit.places.toDocument(offset) : offset;
    const start = index.lineColumn(inDocument(span.start));
    const end = index.lineColumn(Math.max(inDocument(span.end), inDocument(span.start) + 1));
    return [
      {
        place: {
          file: unit.files.find((candidate) => candidate.id === span.file)?.name ?? '',
          line: start.line,
          column: start.column,
        },
        endLine: end.line,
        endColumn: end.column,
        severity: diagnostic.severity,
        code: diagnostic.code,
        text: render(diagnostic.text),
      },
    ];
  });
}

/** Why a program cannot be run as it was asked for, at its beginning. */
export function problemOfRun(
  files: readonly { readonly name: string }[],
  code: 'not-modelled' | 'no-process',
  text: string,
): ProblemView {
  return {
    place: { file: files[0]?.name ?? '', line: 1, column: 1 },
    endLine: 1,
    endColumn: 2,
    severity: 'error',
    code,
    text,
  };
}

/** What the generated program cannot do, as problems at its places. */
export function unsupportedProblems(
  analysis: ProgramAnalysis,
  compiled: CompiledProgram,
  render: (text: Text) => string,
): ProblemView[] {
  const unit = analysis.units[0];
  if (unit === undefined) return [];
  const diagnostics = compiled.unsupported
    .filter((found) => found.isUnreached !== true)
    .map((found): Diagnostic => ({
      code: found.reason.key,
      severity: 'unsupported',
      span: found.span,
      text: found.reason,
    }));
  const missing = analysis.units.flatMap((one) =>
    problemViews({ ...one, diagnostics: missingFunctions(one, compiled) }, render),
  );
  return [...problemViews({ ...unit, diagnostics }, render), ...missing];
}

/** The first use of each function that the program does not define and the simulated libc does not have. */
function missingFunctions(unit: UnitAnalysis, compiled: CompiledProgram): readonly Diagnostic[] {
  const missing = new Set(
    compiled.externals.map(({ name }) => name).filter((name) => !libcFunctionNames.has(name)),
  );
  const found: Diagnostic[] = [];
  for (const { span, symbol } of unit.unit.uses) {
    if (symbol.kind !== 'function' || symbol.isDefined) continue;
    const name = symbol.attributes.asmLabel ?? symbol.name;
    // A declaration is no use, but a call that declares is one.
    const isCall = symbol.isFirstCalled === true && symbol.span.start === span.start;
    const declares = !isCall && symbol.declarations.some((one) => one.start === span.start);
    if (!missing.has(name) || declares) continue;
    missing.delete(name);
    const text = unsupportedFunctionText(symbol.name);
    found.push({ code: text.key, severity: 'unsupported', span, text });
  }
  return found;
}
