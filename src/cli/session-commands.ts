/**
 * `trace`, `heap`: a recorded run, looked at.
 */
import { renderText } from '../core/text/all-texts.ts';
import type { ArenaView, ChunkView, EventView, FrameView, PlaceView } from '../protocol/view-model.ts';
import { EvaluationError } from '../session/expression/evaluate.ts';
import { checkRun } from '../session/check-run.ts';
import { hex } from '../session/event-views.ts';
import { evaluatedView } from '../session/expression/evaluated-view.ts';
import { find } from '../session/navigation.ts';
import { programPathFor } from '../session/program-path.ts';
import { diffText } from '../session/diff-text.ts';
import { Session } from '../session/session.ts';
import { problemLine, table } from './output.ts';
import { readDataFiles, readProgram, readText } from './program-files.ts';
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
  const { sources, options, warnings } = readProgram(line);
  const { session, problems } = Session.open(
    {
      files: sources,
      headers: [],
      args: line.programArguments,
      environment: line.environment,
      stdin: line.stdinFile === undefined ? '' : readText(line.stdinFile),
      stdoutKind: line.stdout ?? 'terminal',
      programPath: programPathFor(line.files[0] ?? ''),
      target: options.compile.target,
      glibc: line.glibc,
      machine: line.machine,
      limits: line.limits,
      dataFiles: readDataFiles(line.dataFiles),
      ...(line.process === 1 ? {} : { process: line.process }),
    },
    line.language,
    options,
  );
  let stderr = [...warnings, ...problems.map(problemLine)].map((text) => `${text}\n`).join('');
  if (session === undefined && !problems.some((problem) => problem.severity === 'error')) {
    stderr += `${line.files[0] ?? ''}: error: there is no main function\n`;
  }
  if (session !== undefined) goToMoment(session, line);
  return { session, stderr };
}

/** Goes to the moment that `--at`, `--step` and `--find` name. */
function goToMoment(session: Session, { at, step, find: target, direction }: CommandLine): void {
  if (step !== undefined && (step < 1 || step > session.stepCount))
    throw new UsageError(`--step ${String(step)}: there are steps 1 to ${String(session.stepCount)}`);
  if (step !== undefined || (at === undefined && target !== undefined))
    session.seekStep(step ?? (direction === 'back' ? session.stepCount : 1));
  else seekTo(session, at);
  if (target === undefined) return;
  try {
    const found = find(session, target, direction);
    if (found === undefined) throw new UsageError('--find: there is no such moment');
    session.seekStep(found.step);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new UsageError(`--find: ${renderText(error.text, 'en')}`);
  }
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
  const thread = event.thread === undefined ? '' : `T${String(event.thread)} `;
  const head = `${String(event.index).padStart(5)}  ${indent}${thread}${event.text}${place}\n`;
  if (!why || event.detail === '') return head;
  return (
    head +
    event.detail
      .split('\n')
      .map((sentence) => `       ${indent}  ${sentence}\n`)
      .join('')
  );
}

/** The chunks of all heaps, and blocks with a mapping of their own, at a moment. */
export function heapCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const { heap, arenas, mmapped } = session.snapshot(line.language);
  if (line.json)
    return { stdout: `${JSON.stringify({ heap, arenas, mmapped }, undefined, 2)}\n`, stderr, status: 0 };
  if (heap === undefined && arenas.length === 0 && mmapped.length === 0)
    return { stdout: 'there is no heap yet\n', stderr, status: 0 };
  const title = heap === undefined ? '' : `heap ${heap.start}-${heap.end}\n`;
  const main = title + chunkTable([...(heap?.chunks ?? []), ...mmapped]);
  return { stdout: [main, ...arenas.map(arenaText)].join('\n'), stderr, status: 0 };
}

/** An arena of a thread: its structures, and the chunks of each heap. */
function arenaText({ number, state, top, systemMem, threads, heaps }: ArenaView): string {
  const users = threads.length === 0 ? 'no thread' : `thread ${threads.join(', ')}`;
  const head = `arena ${String(number)} (${users}): malloc_state ${state}, top ${top}, system_mem ${String(systemMem)}\n`;
  const texts = heaps.map(({ start, end, openedEnd, chunks }) => {
    const size = hex(Number(end) - Number(start));
    const opened = hex(Number(openedEnd) - Number(start));
    return `heap ${start}-${end}: heap_info size ${size}, mprotect_size ${opened}\n${chunkTable(chunks)}`;
  });
  return head + texts.join('');
}

function chunkTable(chunks: readonly ChunkView[]): string {
  const head = ['chunk', 'mem', 'prev_size', 'size', 'flags', 'requested', 'usable', 'state'];
  const rows = chunks.map((chunk) => [
    chunk.start,
    chunk.mem,
    chunk.prevSizeWord,
    chunk.sizeWord,
    chunk.flags,
    chunk.requestedBytes === undefined ? '-' : String(chunk.requestedBytes),
    String(chunk.usableBytes),
    chunk.stateText,
  ]);
  return table([head, ...rows]);
}

/** Mistakes with memory and leaks of the whole run. */
export function checkCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const { mistakes, leaks } = checkRun(session, line.language);
  const status = mistakes.length > 0 || leaks.some(({ kind }) => kind === 'definite') ? 1 : 0;
  if (line.json) return { stdout: `${JSON.stringify({ mistakes, leaks }, undefined, 2)}\n`, stderr, status };
  const at = (place: PlaceView | undefined): string =>
    place === undefined ? '?' : `${place.file}:${String(place.line)}`;
  const lines = mistakes.map(({ kind, place, text, allocatedAt, freedAt }) => {
    const sites = [
      ...(allocatedAt === undefined ? [] : [`    allocated at ${at(allocatedAt)}\n`]),
      ...(freedAt === undefined ? [] : [`    freed at ${at(freedAt)}\n`]),
    ];
    return `${at(place)}: ${kind}: ${text}\n${sites.join('')}`;
  });
  const lost = leaks.map(({ place, text }) => `${at(place)}: leak: ${text}\n`);
  return { stdout: [...lines, ...lost].join(''), stderr, status };
}

/** The call stack with its variables, and values of expressions, at a moment. */
export function inspectCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  session.findInitialised();
  const snapshot = session.snapshot(line.language);
  const { frames, step, event, position, thread, threadCount, otherThreads } = snapshot;
  const globals = session.globals(line.language);
  const printed = line.print.map((expression) => ({
    expression,
    ...evaluatedView(session, expression, 0, line.language),
  }));
  if (line.json) {
    const data = { position, step, event, thread, frames, otherThreads, globals, printed };
    return { stdout: `${JSON.stringify(data, undefined, 2)}\n`, stderr, status: 0 };
  }
  const at = (place: PlaceView | undefined): string =>
    place === undefined ? '' : ` at ${place.file}:${String(place.line)}`;
  const head =
    step === undefined
      ? `after event ${String(position.index)}: ${event?.text ?? ''}\n`
      : `before step ${String(step.number)} of ${String(session.stepCount)}${at(step.place)}\n`;
  const linesOf = (shown: readonly FrameView[]): string =>
    shown
      .map(({ functionName, place, variables }, depth) => {
        const rows = variables.map(({ name, type, value }) => `    ${name} = ${value}  (${type})\n`);
        return `#${String(depth)} ${functionName}${at(place)}\n${rows.join('')}`;
      })
      .join('');
  const stack =
    threadCount === 1
      ? [linesOf(frames)]
      : [
          `thread ${String(thread)}, which runs\n${linesOf(frames)}`,
          ...otherThreads.map((other) => `thread ${String(other.number)}\n${linesOf(other.frames)}`),
        ];
  const shared = globals.map(({ name, functionName, type, value }) => {
    const scope = functionName === undefined ? '' : `${functionName}: `;
    return `    ${scope}${name} = ${value}  (${type})\n`;
  });
  if (shared.length > 0) stack.push(`globals\n${shared.join('')}`);
  const values = printed.map(
    ({ expression, value, type, problem }) =>
      `${expression} = ${problem === '' ? `${value}  (${type})` : `? ${problem}`}\n`,
  );
  return { stdout: head + stack.join('') + values.join(''), stderr, status: 0 };
}

/** What differs between two moments. */
export function diffCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const last = session.recording.count - 1;
  const to = line.to ?? last;
  if (typeof to === 'number' && to > last)
    throw new UsageError(`--to ${String(to)}: the last event is ${String(last)}`);
  if (typeof to !== 'number' && (to.step < 1 || to.step > session.stepCount))
    throw new UsageError(`--to step:${String(to.step)}: there are steps 1 to ${String(session.stepCount)}`);
  const from = line.step === undefined ? (line.at ?? 0) : { step: line.step };
  const diff = session.compare(from, to, line.language);
  const stdout = line.json ? `${JSON.stringify(diff, undefined, 2)}\n` : diffText(diff, line.language);
  return { stdout, stderr, status: 0 };
}
