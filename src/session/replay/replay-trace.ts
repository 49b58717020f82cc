/**
 * Replays a whole trace: the lines of a recording, one after the other.
 */
import { Peek } from '../../core/malloc/inspect.ts';
import { NotModelled } from '../../core/trace/not-modelled.ts';
import { isHeaderLine, parseHeader } from './check-recording.ts';
import { Replay } from './replay.ts';
import type { ReplayOptions } from './replay.ts';
import type { ReplayProcess, StartState } from './start-state.ts';
import { TraceError } from './trace.ts';
import type { Operation, Trace } from './trace.ts';

/** A replay under way, for those who look at its process between the lines. */
export class TraceReplay {
  readonly #trace: Trace;
  readonly #start: StartState;
  readonly #headers: readonly string[];
  #replay: Replay | undefined;

  /**
   * Prepares a replay; `lines` carries it out.
   *
   * @param headers - header lines of a recording that are repeated as they are, one for each process; a process beyond
   * them starts as the first one did. Without any, header lines are made
   */
  constructor(trace: Trace, start: StartState, headers: readonly string[] = []) {
    this.#trace = trace;
    this.#start = start;
    this.#headers = headers;
  }

  /** The process that runs at the moment. */
  get process(): ReplayProcess | undefined {
    return this.#replay?.process;
  }

  /** Header and record lines, without newlines. @throws TraceError for an operation that wrong-use rules forbid */
  *lines(): Generator<string> {
    let processes = 0;
    if (!this.#trace.startsWithReset) yield this.#begin(processes++, undefined);
    for (const operation of this.#trace.operations) {
      if (operation.name === 'reset') yield this.#begin(processes++, operation.args[0] ?? '');
      else if (this.#replay !== undefined && !this.#replay.ended) yield stepOf(this.#replay, operation);
    }
  }

  /** Starts a process. @returns its header line */
  #begin(index: number, scenario: string | undefined): string {
    const { bad, vmas } = this.#trace;
    const options: ReplayOptions = { bad, vmas };
    const [first] = this.#headers;
    const given = this.#headers[index] ?? (first === undefined ? undefined : renamed(first, scenario));
    if (given !== undefined) {
      this.#replay = new Replay(parseHeader(given), options);
      return given;
    }
    const own = scenario === undefined ? this.#start : withScenario(this.#start, scenario);
    this.#replay = new Replay(own, options);
    return headerText(own, this.#replay.process);
  }
}

/** Carries out an operation; what is not modelled is told with its line. */
function stepOf(replay: Replay, operation: Operation): string {
  try {
    return replay.step(operation);
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    throw new TraceError(`not modelled: ${error.message}`, operation.line);
  }
}

/** Replays a whole trace from a start state, as {@link TraceReplay} does. */
export function replayTrace(
  trace: Trace,
  start: StartState,
  headers: readonly string[] = [],
): Generator<string> {
  return new TraceReplay(trace, start, headers).lines();
}

/** A header line under the name of another scenario; numbers of 64 bits in it stay as they are written. */
function renamed(header: string, scenario: string | undefined): string {
  if (scenario === undefined) return header;
  return header.replace(/"scenario":"(?:[^"\\]|\\.)*"/, () => `"scenario":${JSON.stringify(scenario)}`);
}

/** The header lines of a recording. */
export function headersOf(recording: string): readonly string[] {
  return recording.split('\n').filter(isHeaderLine);
}

/** The same start state with the name of a scenario, which stands before the tunables. */
function withScenario(start: StartState, scenario: string): StartState {
  const { tunables, rlimits, heap_start, main_arena, bins_offset, tcache_key, safe_linking, maps, ...head } =
    start;
  return {
    ...head,
    scenario,
    tunables,
    rlimits,
    heap_start,
    main_arena,
    bins_offset,
    tcache_key,
    safe_linking,
    maps,
  };
}

/** A header line, with malloc's parameters as they are at start. */
function headerText(start: StartState, process: ReplayProcess): string {
  const { maps, ...head } = start;
  const text = JSON.stringify(head);
  return `${text.slice(0, -1)},"mp":{${parameters(process)}},"maps":${JSON.stringify(maps)}}`;
}

function parameters(process: ReplayProcess): string {
  const { state } = process.malloc;
  const peek = new Peek(state);
  const { par } = state.params;
  const word = (offset: number): string => peek.word(state.mpAddress, offset).toString();
  // A release without the limit of the unsorted scan has its field nowhere: recorded is what stands before mp_.
  const limit = state.release.tcache.stashesUnsorted
    ? word(par.tcacheUnsortedLimit)
    : peek.word(state.w.sub(state.mpAddress, 1)).toString();
  return (
    `"mmap_threshold":${word(par.mmapThreshold)},"trim_threshold":${word(par.trimThreshold)}` +
    `,"top_pad":${word(par.topPad)},"n_mmaps_max":${peek.int(state.mpAddress, par.nMmapsMax)}` +
    `,"tcache_bins":${word(par.tcacheBins)},"tcache_max_bytes":${word(par.tcacheMaxBytes)}` +
    `,"tcache_count":${word(par.tcacheCount)},"tcache_unsorted_limit":${limit}`
  );
}
