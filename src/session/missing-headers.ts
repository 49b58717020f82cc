/**
 * What diagnostics mean when a header was not found.
 *
 * gcc stops there. The analysis goes on, but a name that nobody declared may come from that header, and an unknown macro
 * or type may make anything look wrong. So nothing is claimed about a function that uses an unknown name, nor about what
 * stands outside of functions behind the #include; functions in which every name is known are judged as ever.
 */
import { lastOf } from '../base/bisect.ts';
import type { TypedFunction } from '../core/sema/typed-tree.ts';
import type { Diagnostic } from '../core/source/diagnostic.ts';
import type { Span } from '../core/source/text-span.ts';

/** Diagnostics that the lost header alone may have caused. */
const unknownNames: ReadonlySet<string> = new Set([
  'undeclared-identifier',
  'undeclared-at-file-scope',
  'unknown-type-name',
  'unknown-type',
  'later-word-of-header',
  'implicit-function',
  'implicit-int',
  'implicit-int-result',
  'incomplete-variable',
  'incomplete-type-used',
  'incomplete-parameter',
  'incomplete-result',
  'incomplete-pointer-arithmetic',
  'member-incomplete',
  'array-of-incomplete',
  'sizeof-incomplete',
  'alignof-incomplete',
]);

const writtenAt = (span: Span): Span => span.expandedAt ?? span;

/** The diagnostics of a unit. */
export interface CertainDiagnostics {
  /** All that are certain, in order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether errors were left out: then the unit cannot be compiled for want of the header. */
  readonly lacksHeader: boolean;
}

/** A part of the first file. */
interface Part {
  readonly start: number;
  readonly end: number;
  isCertain: boolean;
}

/**
 * Leaves out what may follow from a header that was not found.
 *
 * @param preprocess - diagnostics of the preprocessor, all kept
 * @param others - those of parser and analyser
 * @param functions - the functions of the unit
 */
export function withoutFollowUps(
  preprocess: readonly Diagnostic[],
  others: readonly Diagnostic[],
  functions: readonly TypedFunction[],
): CertainDiagnostics {
  const lost = preprocess.find((one) => one.code === 'include-not-found');
  if (lost === undefined) return { diagnostics: [...preprocess, ...others], lacksHeader: false };
  const { file: lostFile, start: lostStart } = lost.span;
  const parts = functions
    .map((fn) => writtenAt(fn.span))
    .filter((span) => span.file === 0)
    .map(({ start, end }): Part => ({ start, end, isCertain: true }))
    .sort((a, b) => a.start - b.start);
  const partOf = (span: Span): Part | undefined => {
    const { file, start } = writtenAt(span);
    if (file !== 0) return undefined;
    const part = lastOf(parts, (one) => one.start <= start);
    return part !== undefined && start < part.end ? part : undefined;
  };
  for (const { code, span } of others) {
    const part = unknownNames.has(code) ? partOf(span) : undefined;
    if (part !== undefined) part.isCertain = false;
  }
  const isCertain = ({ severity, span }: Diagnostic): boolean => {
    if (severity === 'unsupported') return true;
    const { file, start } = writtenAt(span);
    if (file === lostFile && start < lostStart) return true;
    return partOf(span)?.isCertain === true;
  };
  return {
    diagnostics: [...preprocess, ...others.filter(isCertain)],
    lacksHeader: others.some((one) => one.severity === 'error' && !isCertain(one)),
  };
}
