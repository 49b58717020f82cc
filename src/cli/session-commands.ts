/**
 * `trace`, `heap`: a recorded run, looked at.
 */
import type { EventView } from '../protocol/view-model.ts';
import { programPathFor } from '../session/program-path.ts';
import { diffText } from '../session/diff-text.ts';
import { Session } from '../session/session.ts';
import { problemLine, table } from './output.ts';
import { analysisOptions, readSources, readText } from './program-files.ts';
import type { CommandResult } from './segments-command.ts';
import type { CommandLine } from './usage.ts';
import { UsageError } from './usage.ts';

/** A run at the moment that a command line asks for. */
interface Opened {
  readonly session: Session | undefined;
  readonly stderr: string;
}

/** Compiles and runs the program, and goes to the moment. */
export function openRun(line: CommandLine): Opened {
  const { session, problems } = Session.open(
    {
      files: readSources(line.files),
      headers: [],
      args: line.programArguments,
      environment: line.environment,
      stdin: line.stdinFile === undefined ? '' : readText(line.stdinFile),
      stdoutKind: line.stdout ?? 'terminal',
      programPath: programPathFor(line.files[0] ?? ''),
      target: line.compile.target,
      glibc: line.glibc,
      machine: line.machine,
      limits: line.limits,
    },
    line.language,
    analysisOptions(line),
  );
  let stderr = problems.map((problem) => `${problemLine(problem)}\n`).join('');
  if (session === undefined && !problems.some((problem) => problem.severity === 'error')) {
    stderr += `${line.files[0] ?? ''}: error: there is no main function\n`;
  }
  if (session !== undefined) seekTo(session, line.at);
  return { session, stderr };
}

function seekTo(session: Session, at: number | undefined): void {
  const last = session.recording.count - 1;
  if (at !== undefined && at > last)
    throw new UsageError(`--at ${String(at)}: the last event is ${String(last)}`);
  session.seek(at ?? last);
}

/** The events of a run, one a line; with `--why` each is gone to, to hear its decisions. */
export function traceCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const { events } = session.events(0, session.recording.count, undefined, 0, line.language);
  const detailed = line.why ? events.map((event) => withDetail(session, event, line)) : events;
  if (line.json) return { stdout: `${JSON.stringify(detailed, undefined, 2)}\n`, stderr, status: 0 };
  const stdout = detailed.map((event) => eventLines(session, event, line.why)).join('');
  return { stdout, stderr, status: 0 };
}

function withDetail(session: Session, event: EventView, line: CommandLine): EventView {
  if (event.kind === 'output' || event.kind === 'wait') return event;
  session.seek(event.index);
  return session.snapshot(line.language).event ?? event;
}

function eventLines(session: Session, event: EventView, why: boolean): string {
  let depth = 0;
  for (let at = event.parent; at !== undefined; at = session.recording.parentAt(at)) depth += 1;
  const place = event.place === undefined ? '' : `  [${event.place.file}:${String(event.place.line)}]`;
  const indent = '  '.repeat(depth);
  const head = `${String(event.index).padStart(5)}  ${indent}${event.text}${place}\n`;
  if (!why || event.detail === '') return head;
  return (
    head +
    event.detail
      .split('\n')
      .map((sentence) => `       ${indent}  ${sentence}\n`)
      .join('')
  );
}

/** The chunks of the heap, and blocks with a mapping of their own, at a moment. */
export function heapCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const { heap, mmapped } = session.snapshot(line.language);
  if (line.json) return { stdout: `${JSON.stringify({ heap, mmapped }, undefined, 2)}\n`, stderr, status: 0 };
  if (heap === undefined && mmapped.length === 0)
    return { stdout: 'there is no heap yet\n', stderr, status: 0 };
  const head = ['chunk', 'mem', 'prev_size', 'size', 'flags', 'requested', 'usable', 'state'];
  const rows = [...(heap?.chunks ?? []), ...mmapped].map((chunk) => [
    chunk.start,
    chunk.mem,
    chunk.prevSizeWord,
    chunk.sizeWord,
    chunk.flags,
    chunk.requestedBytes === undefined ? '-' : String(chunk.requestedBytes),
    String(chunk.usableBytes),
    chunk.stateText,
  ]);
  const title = heap === undefined ? '' : `heap ${heap.start}-${heap.end}\n`;
  return { stdout: title + table([head, ...rows]), stderr, status: 0 };
}

/** What differs between two moments. */
export function diffCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const last = session.recording.count - 1;
  const to = line.to ?? last;
  if (to > last) throw new UsageError(`--to ${String(to)}: the last event is ${String(last)}`);
  const diff = session.compare(line.at ?? 0, to, line.language);
  const stdout = line.json ? `${JSON.stringify(diff, undefined, 2)}\n` : diffText(diff);
  return { stdout, stderr, status: 0 };
}
