/**
 * Replays the operations of a recording and compares every record with what was recorded, character by character.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { machineProfile } from '../../core/target/machine-profile.ts';
import { arenaLines } from './arena-text.ts';
import { Replay } from './replay.ts';
import type { ReplayOptions } from './replay.ts';
import type { StartState } from './start-state.ts';
import { TraceError, parseOperation } from './trace.ts';

/** A record that differs. */
export interface RecordDifference {
  /** From 1: the line of the recording. */
  readonly line: number;
  readonly scenario: string | undefined;
  readonly operation: string;
  readonly expected: string;
  readonly actual: string;
  /** The replayed arena after the operation, kept for the first difference alone. */
  readonly state: readonly string[];
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

/**
 * The lines of a recording, after a look at each: headers and records, nothing else.
 *
 * @throws TraceError at the first line that is neither, or where the text breaks off
 */
export function recordingLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else throw new TraceError('the recording breaks off in this line', lines.length);
  if (lines.length === 0) throw new TraceError('the recording is empty', 1);
  lines.forEach((line, i) => {
    if (isHeaderLine(line)) checkHeader(line, i + 1);
    else if (i === 0) throw new TraceError('a recording starts with a header line', 1);
    else if (!line.endsWith('}') || !recordPattern.test(line)) throw new TraceError('no record', i + 1);
  });
  return lines;
}

const recordPattern = /^\{"i":(\d+),"o":("(?:[^"\\]|\\.)*")[,}]/;

function checkHeader(line: string, number: number): void {
  let header: Partial<StartState>;
  try {
    header = JSON.parse(line) as Partial<StartState>;
  } catch {
    throw new TraceError('the header is no JSON', number);
  }
  const { format, glibc, arch, heap_start, main_arena, maps, tunables, rlimits } = header;
  const complete = [glibc, arch, heap_start, main_arena, maps, tunables, rlimits].every(
    (part) => part !== undefined,
  );
  if (format !== 'heap-oracle/1' || !complete)
    throw new TraceError('no header of format heap-oracle/1', number);
  if (!hasProcess(header)) throw new TraceError('the header tells of no process that can be', number);
}

/** Whether the mappings are in order and in user space, with main_arena in one of them. */
function hasProcess({ arch, heap_start, main_arena, maps }: Partial<StartState>): boolean {
  if ((arch !== 'x86_64' && arch !== 'i386') || !Array.isArray(maps)) return false;
  const limit = machineProfile(arch).taskSize;
  const arena = Number(main_arena);
  let last = 0;
  let holdsArena = false;
  for (const mapping of maps as readonly unknown[]) {
    if (!Array.isArray(mapping)) return false;
    const [start, end] = [Number(mapping[0]), Number(mapping[1])];
    // The kernel's own page is above.
    const isPlaced = start >= last && end > start && (end <= limit || start >= limit);
    if (!isPlaced || start % PAGE_SIZE !== 0 || end % PAGE_SIZE !== 0) return false;
    const counts = mapping.slice(5).every((pages) => Number.isSafeInteger(pages) && Number(pages) >= 0);
    if (!counts || typeof mapping[2] !== 'string' || typeof mapping[4] !== 'string') return false;
    last = end;
    holdsArena ||= arena >= start && arena < end;
  }
  return holdsArena && Number(heap_start) >= 0 && Number(heap_start) < limit;
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
    const actual = replay === undefined ? 'no header' : replay.step(parseOperation(operation, index, i + 1));
    if (actual === line) {
      equal += 1;
      return;
    }
    if (differences.length >= KEPT_DIFFERENCES) return;
    const state =
      differences.length === 0 && replay !== undefined ? arenaLines(replay.process.malloc.state) : [];
    differences.push({ line: i + 1, scenario, operation, expected: line, actual, state });
  });
  return { records, equal, differences };
}

/** The operation that a record is about. */
export function operationOfRecord(line: string): { index: number; operation: string } {
  const match = recordPattern.exec(line);
  if (match === null) throw new SyntaxError(`no record: ${line.slice(0, 80)}`);
  return { index: Number(match[1]), operation: JSON.parse(match[2] ?? '""') as string };
}

/** The fields in which two records differ, each with both texts; `undefined` for one that is absent. */
export function differingFields(
  expected: string,
  actual: string,
): readonly {
  readonly field: string;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}[] {
  const recorded = fieldsOf(expected);
  const replayed = fieldsOf(actual);
  const names = new Set([...recorded.keys(), ...replayed.keys()]);
  return [...names]
    .filter((name) => recorded.get(name) !== replayed.get(name))
    .map((field) => ({ field, recorded: recorded.get(field), replayed: replayed.get(field) }));
}

/** The members of a record as they are written; those of `s` one by one, as `s.top`. */
function fieldsOf(record: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of membersOf(record)) {
    if (name === 's') for (const [inner, text] of membersOf(value)) fields.set(`s.${inner}`, text);
    else fields.set(name, value);
  }
  return fields;
}

/** Names and texts of an object's members, without reading its numbers, which may have 64 bits. */
function membersOf(object: string): [name: string, value: string][] {
  const members: [string, string][] = [];
  let depth = 0;
  let inString = false;
  let start = 1;
  for (let i = 0; i < object.length; i += 1) {
    const letter = object[i];
    if (inString) {
      if (letter === '\\') i += 1;
      else if (letter === '"') inString = false;
      continue;
    }
    if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') depth -= 1;
    const ends = (letter === ',' && depth === 1) || (depth === 0 && letter === '}');
    if (!ends) continue;
    const member = object.slice(start, i);
    const colon = member.indexOf('":');
    if (colon > 0) members.push([member.slice(1, colon), member.slice(colon + 2)]);
    start = i + 1;
  }
  return members;
}
