/**
 * `replay`: an allocation trace, operation by operation, as newline-delimited JSON; or a recording, replayed and compared.
 *
 * Input may be gzipped. What is wrong with it is told as `file:line: error: …`, and then no record is printed: output is
 * kept, compressed, until the replay is through.
 */
import { readFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import type { TargetName } from '../core/target/data-model.ts';
import { defaultGlibcRelease } from '../core/target/glibc-release.ts';
import { NotModelled } from '../core/trace/not-modelled.ts';
import { arenaLines } from '../session/replay/arena-text.ts';
import {
  checkRecording,
  differingFields,
  isHeaderLine,
  operationOfRecord,
  parseHeader,
  recordingLines,
} from '../session/replay/check-recording.ts';
import type { RecordDifference } from '../session/replay/check-recording.ts';
import { TraceReplay } from '../session/replay/replay-trace.ts';
import type { StartState } from '../session/replay/start-state.ts';
import { startStateFor } from '../session/replay/start-states.ts';
import { TraceError, parseTrace, traceErrors } from '../session/replay/trace.ts';
import type { Trace } from '../session/replay/trace.ts';
import { writeFully } from './run-command.ts';
import { Spool } from './spool.ts';
import { UsageError, glibcName } from './usage.ts';

/** What the words after `replay` say. */
interface ReplayLine {
  readonly trace: string | undefined;
  readonly glibc: string | undefined;
  readonly target: TargetName | undefined;
  readonly as: string | undefined;
  readonly check: string | undefined;
  readonly state: boolean;
}

/** Input that is wrong: printed, exit status 1. */
class InputError extends Error {
  override readonly name = 'InputError';
}

/** Replays. @returns the exit status. @throws UsageError */
export function replayCommand(words: readonly string[]): number {
  const line = parseReplayLine(words);
  try {
    if (line.check === undefined) return replayTraceFile(line);
    return line.trace === undefined ? checkOwn(line.check, line.state) : checkTrace(line, line.check);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    write(2, `${error.message}\n`);
    return 1;
  }
}

function parseReplayLine(words: readonly string[]): ReplayLine {
  const values = new Map<string, string>();
  const files: string[] = [];
  let state = false;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const [name, attached] = word.startsWith('--') ? splitOption(word) : [word, undefined];
    if (['--glibc', '--target', '--as', '--check'].includes(name)) {
      const value = attached ?? words[(i += 1)];
      if (value === undefined) throw new UsageError(`${name} needs a value`);
      values.set(name, value);
    } else if (name === '--state' && attached === undefined) state = true;
    else if (word.startsWith('-') && word !== '-') throw new UsageError(`unknown option: ${word}`);
    else files.push(word);
  }
  const [trace] = files;
  const glibc = values.get('--glibc');
  const check = values.get('--check');
  const as = values.get('--as');
  if (files.length > 1) throw new UsageError(`one trace at a time, not ${files.join(' ')}`);
  if (trace === undefined && check === undefined) throw new UsageError('a trace is missing');
  if (trace === undefined && as !== undefined) throw new UsageError('--as needs a trace');
  if (check !== undefined && as !== undefined) throw new UsageError('--check and --as exclude each other');
  return {
    trace,
    check,
    as,
    state,
    glibc: glibc === undefined ? undefined : glibcName(glibc),
    target: targetName(values.get('--target')),
  };
}

function splitOption(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function targetName(name: string | undefined): TargetName | undefined {
  if (name === undefined || name === 'x86_64' || name === 'i386') return name;
  throw new UsageError(`--target is x86_64 or i386, not ${name}`);
}

// ---- replaying a trace ----

function replayTraceFile(line: ReplayLine): number {
  const file = line.trace ?? '';
  const trace = readTrace(file);
  const headers = line.as === undefined ? [] : readHeaders(line.as, line);
  const replay = new TraceReplay(trace, startOf(line, file, trace, headers), headers);
  const spool = new Spool();
  inFile(file, () => {
    for (const text of replay.lines()) spool.add(text);
  });
  if (line.state && replay.process !== undefined)
    for (const text of arenaLines(replay.process.malloc.state)) spool.add(text);
  spool.print();
  return 0;
}

function startOf(line: ReplayLine, file: string, trace: Trace, headers: readonly string[]): StartState {
  const [first] = headers;
  if (first !== undefined) return parseHeader(first);
  const glibc = line.glibc ?? defaultGlibcRelease.name;
  return inFile(file, () => startStateFor(glibc, line.target ?? 'x86_64', trace));
}

function readTrace(file: string): Trace {
  const source = readInput(file);
  const errors = traceErrors(source);
  if (errors.length > 0)
    throw new InputError(errors.map((error) => `${file}:${error.line}: error: ${error.message}`).join('\n'));
  return parseTrace(source);
}

/** The header lines of a recording, which must fit what the command line asks for. */
function readHeaders(file: string, line: ReplayLine): readonly string[] {
  const headers = inFile(file, () => recordingLines(readInput(file))).filter(isHeaderLine);
  for (const header of headers) {
    const { glibc, arch } = parseHeader(header);
    if (line.glibc !== undefined && line.glibc !== glibc)
      throw new UsageError(`--glibc ${line.glibc}, but ${file} is of ${glibc}`);
    if (line.target !== undefined && line.target !== arch)
      throw new UsageError(`--target ${line.target}, but ${file} is of ${arch}`);
  }
  return headers;
}

// ---- comparing with a recording ----

function checkOwn(file: string, state: boolean): number {
  const check = inFile(file, () => {
    const text = readInput(file);
    recordingLines(text);
    return checkRecording(text);
  });
  const [first] = check.differences;
  if (first === undefined) {
    write(1, `${file}: ${check.records} records, all equal\n`);
    return 0;
  }
  write(1, `${file}: ${check.records} records, ${check.equal} equal\n${differenceText(file, first)}`);
  if (state)
    write(
      1,
      check.differences
        .slice(1)
        .map((other) => differenceText(file, other))
        .join(''),
    );
  return 1;
}

/** Replays a trace and compares its lines with a recording of it. */
function checkTrace(line: ReplayLine, file: string): number {
  const traceFile = line.trace ?? '';
  const trace = readTrace(traceFile);
  const recorded = inFile(file, () => recordingLines(readInput(file)));
  const headers = readHeaders(file, line);
  const replay = new TraceReplay(trace, startOf(line, traceFile, trace, headers), headers);
  let at = 0;
  let difference: RecordDifference | undefined;
  inFile(traceFile, () => {
    for (const actual of replay.lines()) {
      const expected = recorded[at] ?? '';
      at += 1;
      if (actual === expected) continue;
      const operation = isHeaderLine(actual) ? 'reset' : operationOfRecord(actual).operation;
      const state = replay.process === undefined ? [] : arenaLines(replay.process.malloc.state);
      difference = { line: at, scenario: undefined, operation, expected, actual, state };
      break;
    }
  });
  if (difference !== undefined) {
    write(1, differenceText(file, difference));
    return 1;
  }
  if (at < recorded.length) {
    write(1, `${file}:${at + 1}: error: the recording goes on, the trace has ended\n`);
    return 1;
  }
  write(1, `${file}: ${recorded.length - headers.length} records, all equal\n`);
  return 0;
}

function differenceText(file: string, difference: RecordDifference): string {
  const scenario = difference.scenario === undefined ? '' : ` (scenario ${difference.scenario})`;
  const fields = differingFields(difference.expected, difference.actual).map(
    ({ field, recorded, replayed }) =>
      `  ${field}\n    recorded ${recorded ?? 'nothing'}\n    replayed ${replayed ?? 'nothing'}\n`,
  );
  const state = difference.state.map((text) => `  ${text}\n`).join('');
  return (
    `${file}:${difference.line}: error: ${difference.operation}${scenario} differs\n${fields.join('')}` +
    (state === '' ? '' : `state of the replay after it\n${state}`)
  );
}

// ---- files ----

/** A file's text; gzip is known by its first bytes. `-` is standard input. */
function readInput(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new InputError(`${file}:1: error: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decode(file, bytes);
  try {
    return decode(file, gunzipSync(bytes));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const whole = decode(
      file,
      gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 30 }),
    );
    const line = whole.split('\n').length;
    throw new InputError(`${file}:${line}: error: the gzip data break off or are damaged`);
  }
}

function decode(file: string, bytes: Uint8Array): string {
  const at = bytes.indexOf(0);
  // Through Buffer: plain ASCII then takes one byte a letter.
  if (at < 0) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  const line = new TextDecoder().decode(bytes.subarray(0, at)).split('\n').length;
  throw new InputError(`${file}:${line}: error: a NUL byte: this is no text`);
}

/** Runs something about a file; what it cannot do becomes an error of that file. */
function inFile<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof TraceError)
      throw new InputError(`${file}:${Math.max(1, error.line)}: error: ${error.message}`);
    if (error instanceof NotModelled)
      throw new InputError(`${file}:1: error: not modelled: ${error.message}`);
    throw error;
  }
}

function write(fd: number, text: string): void {
  if (text !== '') writeFully(fd, new TextEncoder().encode(text));
}
