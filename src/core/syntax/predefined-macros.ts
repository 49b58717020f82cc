/**
 * The macros that gcc defines before it reads the first line.
 */
import type { TargetName } from '../target/data-model.ts';
import { hasGnuInline, hasUnicodeLiterals, isC90, isStrict, versionOf } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { predefinedMacroTables } from './predefined-macro-tables.ts';

/** The text of the predefined macros, as #define lines. */
export function predefinedText(target: TargetName, dialect: Dialect): string {
  const lines = `${predefinedMacroTables.common.trim()}\n${predefinedMacroTables[target].trim()}`.split('\n');
  return lines.flatMap((line) => linesIn(dialect, line).map((one) => `#define ${one}\n`)).join('');
}

/** What becomes of a line in a dialect. @source `gcc -dM -E -std=…` of gcc 12.2 for each standard */
function linesIn(dialect: Dialect, line: string): readonly string[] {
  const name = line.slice(0, line.indexOf(' '));
  switch (name) {
    case '__GNUC_STDC_INLINE__':
      return [hasGnuInline(dialect) ? '__GNUC_GNU_INLINE__ 1' : line];
    case '__STDC_UTF_16__':
    case '__STDC_UTF_32__':
      return hasUnicodeLiterals(dialect) ? [line] : [];
    case '__STDC_VERSION__':
      if (dialect.standard === 'c94') return ['__STDC_VERSION__ 199409L'];
      return isC90(dialect) ? [] : [`__STDC_VERSION__ ${versionOf(dialect)}L`];
    case '__STDC__':
      return isStrict(dialect) ? [line, '__STRICT_ANSI__ 1'] : [line];
    case 'linux':
    case 'unix':
    case 'i386':
      return isStrict(dialect) ? [] : [line];
    default:
      return [line];
  }
}
