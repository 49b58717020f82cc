/**
 * What became of each string literal of the recorded programs.
 */
import assert from 'node:assert/strict';
import type { Placement } from '../../../src/core/sema/placement.ts';
import type { StringLiteral } from '../../../src/core/sema/typed-tree.ts';
import { knownDifferences } from './known-differences.ts';
import { caseNames, segmentCase } from './segment-cases.ts';
import type { RecordedString } from './segment-cases.ts';

/** Literals of a line are compared as a set: the recording does not say columns. */
function recordedFate(string: RecordedString): string {
  const size = `${string.bytes}×${string.element}`;
  if (string.emitted === 'pooled' || string.emitted === 'rewritten') {
    return `${size} ${string.emitted} ${String(string.object_section)} ${String(string.align)}`;
  }
  return `${size} ${string.emitted}`;
}

function ourFate(placement: Placement): string {
  const literal = placement.of as StringLiteral;
  const size = `${literal.bytes.length}×${literal.elementSize}`;
  const kind = placement.literal?.kind ?? 'no';
  if (kind === 'pooled' || kind === 'rewritten') {
    return `${size} ${kind} ${String(placement.objectSection)} ${placement.emittedAlign}`;
  }
  return `${size} ${kind}`;
}

function byLine<T>(
  items: readonly T[],
  lineOf: (item: T) => number,
  text: (item: T) => string,
): Map<number, string[]> {
  const lines = new Map<number, string[]>();
  for (const item of items) {
    const line = lineOf(item);
    lines.set(line, [...(lines.get(line) ?? []), text(item)].sort());
  }
  return lines;
}

describe('string literals of recorded programs', () => {
  for (const variant of ['m64-pie-O0', 'm64-nopie-O0', 'm32-pie-O0'] as const) {
    for (const name of caseNames) {
      it(`${name} as ${variant}`, () => {
        const found = segmentCase(name, variant);
        const isThere = (text: string): boolean => !text.endsWith(' no');
        const recorded = byLine(found.truth.strings, (string) => string.line, recordedFate);
        const own = found.placements.filter(
          (p) => p.kind === 'string' && found.isOwn((p.of as StringLiteral).span),
        );
        const ours = byLine(own, (p) => found.place((p.of as StringLiteral).span).line, ourFate);
        const wrong: string[] = [];
        for (const line of new Set([...recorded.keys(), ...ours.keys()])) {
          if (knownDifferences.has(`${name} string ${line}`)) continue;
          // Literals that do not exist need no agreement how often: macros, chosen branches and assembly text are read differently.
          const a = (recorded.get(line) ?? []).filter(isThere).join(', ');
          const b = (ours.get(line) ?? []).filter(isThere).join(', ');
          if (a !== b) wrong.push(`line ${line}: recorded ${a}; ours ${b}`);
        }
        assert.deepEqual(wrong, []);
      });
    }
  }
});
