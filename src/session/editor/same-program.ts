/**
 * Whether two programs of a document are the same: nothing has to be told, or analysed, again then.
 */
import type { CompileOptions } from '../../core/sema/placement.ts';
import type { SourceText } from '../../protocol/messages.ts';
import type { AnalysedProgram } from './analysis-messages.ts';

/** Whether they say the same in everything. */
export function isSameProgram(a: AnalysedProgram, b: AnalysedProgram): boolean {
  return (
    a.own === b.own &&
    a.order.join('\0') === b.order.join('\0') &&
    hasSameTexts(a.others, b.others) &&
    hasSameOptions(a, b)
  );
}

/** Whether what is analysed with one program can be kept with the other: headers and compiler are the same. */
export function hasSameOptions(a: AnalysedProgram, b: AnalysedProgram): boolean {
  return hasSameTexts(a.headers, b.headers) && isSameCompilation(a.compile, b.compile);
}

/** Whether two compilations make the same of a text. */
export function isSameCompilation(a: CompileOptions, b: CompileOptions): boolean {
  return (Object.keys(a) as (keyof CompileOptions)[]).every((key) => a[key] === b[key]);
}

function hasSameTexts(a: readonly SourceText[], b: readonly SourceText[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.name === b[index]?.name && one.text === b[index].text)
  );
}
