/**
 * Replays the operations of a recording and compares every record with what was recorded, character by character.
 */
import { Replay } from './replay.ts';
import type { ReplayOptions } from './replay.ts';
import type { StartState } from './start-state.ts';
import { parseOperation } from './trace.ts';

/** A record that differs. */
export interface RecordDifference {
  /** From 1: the line of the recording. */
  readonly line: number;
  readonly scenario: string | undefined;
  readonly operation: string;
  readonly expected: string;
  readonly actual: string;
}

/** How a recording and its replay compare. */
export interface RecordingCheck {
  readonly records: number;
  readonly equal: number;
  /** The first differences, in order. */
  readonly differences: readonly RecordDifference[];
}

/** Differences that are kept. */
const KEPT_DIFFERENCES = 10;

/** Whether a line of a recording is a header. */
export function isHeaderLine(line: string): boolean {
  return line.startsWith('{"format":');
}

/** The header of a recording's line. */
export function parseHeader(line: string): StartState {
  return JSON.parse(line) as StartState;
}

/** What a recording's lines say about how it was made. */
export function optionsOfRecording(lines: readonly string[], start: StartState): ReplayOptions {
  return {
    bad: start.scenario !== undefined,
    vmas: lines.some((line) => line.includes(',"v":{"del":[')),
  };
}

/** Replays a recording's own operations. */
export function checkRecording(text: string): RecordingCheck {
  const lines = text.split('\n');
  const differences: RecordDifference[] = [];
  let records = 0;
  let equal = 0;
  let options: ReplayOptions | undefined;
  let replay: Replay | undefined;
  let scenario: string | undefined;
  lines.forEach((line, i) => {
    if (line === '') return;
    if (isHeaderLine(line)) {
      const start = parseHeader(line);
      options ??= optionsOfRecording(lines, start);
      replay = new Replay(start, options);
      ({ scenario } = start);
      return;
    }
    records += 1;
    const { index, operation } = operationOfRecord(line);
    const actual = replay === undefined ? 'no header' : replay.step(parseOperation(operation, index));
    if (actual === line) equal += 1;
    else if (differences.length < KEPT_DIFFERENCES)
      differences.push({ line: i + 1, scenario, operation, expected: line, actual });
  });
  return { records, equal, differences };
}

/** The operation that a record is about. */
export function operationOfRecord(line: string): { index: number; operation: string } {
  const match = /^\{"i":(\d+),"o":("(?:[^"\\]|\\.)*")/.exec(line);
  if (match === null) throw new SyntaxError(`no record: ${line.slice(0, 80)}`);
  return { index: Number(match[1]), operation: JSON.parse(match[2] ?? '""') as string };
}
