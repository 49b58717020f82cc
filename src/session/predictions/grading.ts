/**
 * Grades answers: exact, in hexadecimal or decimal, with the units that the texts use.
 */
import type { Solution } from '../../protocol/lessons.ts';

export type Grade = 'right' | 'wrong' | 'unreadable';

/**
 * Grades an answer.
 *
 * @param given - of a choice its index from 0 as text; of a number what was typed in
 * @returns `unreadable` for what is no answer at all, which counts for nothing
 */
export function grade(solution: Solution, given: string): Grade {
  if (solution.kind === 'choice') {
    if (!/^\d+$/.test(given) || Number(given) >= solution.choices.length) return 'unreadable';
    return Number(given) === solution.correct ? 'right' : 'wrong';
  }
  const value = readNumber(given);
  if (value === undefined) return 'unreadable';
  return value === BigInt(solution.value) ? 'right' : 'wrong';
}

const unitBytes: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ['b', 1n],
  ['byte', 1n],
  ['bytes', 1n],
  ['字节', 1n],
  ['k', 1024n],
  ['kib', 1024n],
  ['kb', 1024n],
  ['m', 1024n ** 2n],
  ['mib', 1024n ** 2n],
  ['mb', 1024n ** 2n],
  ['gib', 1024n ** 3n],
]);

/**
 * A whole number as people type it: `0x2a0`, `672`, `135,168`, `132 KiB`, `-8`. kB means 1,024, as in /proc.
 *
 * @returns undefined for anything else
 */
export function readNumber(text: string): bigint | undefined {
  const trimmed = text.trim().toLowerCase();
  const found = /^([+-]?)(0x[0-9a-f]+|\d{1,3}(?:[,_]\d{3})+|\d+)\s*([a-z字节]*)$/.exec(trimmed);
  if (found === null) return undefined;
  const [, sign = '', digits = '', unit = ''] = found;
  const factor = unitBytes.get(unit);
  if (factor === undefined) return undefined;
  const value = BigInt(digits.replace(/[,_]/g, '')) * factor;
  return sign === '-' ? -value : value;
}
