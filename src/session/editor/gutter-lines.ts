/**
 * The quiet marks beside the lines: the segment of what a line defines, or of what its malloc call gives.
 */
import type { Segment } from '../../core/sema/placement.ts';
import { LineIndex } from '../../core/source/text-span.ts';
import type { ProgramAnalysis } from '../analysis.ts';
import { sourceMarks } from '../source-marks.ts';
import type { GutterLines } from './analysis-messages.ts';

/** One mark a line: what a call of malloc gives says more than the pointer that keeps it; else the first name. */
export function gutterLines(analysis: ProgramAnalysis): readonly GutterLines[] {
  const [unit] = analysis.units;
  if (unit === undefined) return [];
  const index = new LineIndex(unit.places.text);
  const segments = new Map<number, Segment>();
  const allocating = new Set<number>();
  for (const mark of sourceMarks(analysis, 0)) {
    if (mark.kind === 'record') continue;
    const line = index.lineColumn(mark.start).line - 1;
    const isAllocation = mark.kind === 'allocation';
    if (segments.has(line) && (!isAllocation || allocating.has(line))) continue;
    segments.set(line, mark.segment);
    if (isAllocation) allocating.add(line);
  }
  const bySegment = new Map<Segment, number[]>();
  for (const [line, segment] of segments) {
    const lines = bySegment.get(segment);
    if (lines === undefined) bySegment.set(segment, [line]);
    else lines.push(line);
  }
  return [...bySegment].map(([segment, lines]) => ({ segment, lines }));
}
