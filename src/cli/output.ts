/**
 * Printing: tables in columns, problems as compilers do.
 */
import type { ProblemView } from '../protocol/messages.ts';

/** `file:line:column: severity: text` */
export function problemLine(problem: ProblemView): string {
  const { file, line, column } = problem.place;
  const severity = problem.severity === 'unsupported' ? 'warning' : problem.severity;
  return `${file}:${String(line)}:${String(column)}: ${severity}: ${problem.text}`;
}

/** Rows of cells as aligned text; a cell that starts with a digit or 0x is set to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) =>
          /^(\d|0x)/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
