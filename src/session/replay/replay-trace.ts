/**
 * Replays a whole trace: the lines of a recording, one after the other.
 */
import { Peek } from '../../core/malloc/inspect.ts';
import { isHeaderLine, parseHeader } from './check-recording.ts';
import { Replay } from './replay.ts';
import type { ReplayOptions } from './replay.ts';
import type { ReplayProcess, StartState } from './start-state.ts';
import type { Trace } from './trace.ts';

/**
 * Replays a trace from a start state.
 *
 * @param headers - header lines of a recording that are repeated as they are, one for each process; else they are made
 * @returns header and record lines, without newlines
 */
export function* replayTrace(
  trace: Trace,
  start: StartState,
  headers: readonly string[] = [],
): Generator<string> {
  const options: ReplayOptions = { bad: trace.bad, vmas: trace.vmas };
  let processes = 0;
  let replay: Replay | undefined;
  const begin = (scenario: string | undefined): string => {
    const given = headers[processes] ?? (scenario === undefined ? headers[0] : undefined);
    processes += 1;
    if (given !== undefined) {
      replay = new Replay(parseHeader(given), options);
      return given;
    }
    const own = scenario === undefined ? start : withScenario(start, scenario);
    replay = new Replay(own, options);
    return headerText(own, replay.process);
  };
  if (trace.operations[0]?.name !== 'reset') yield begin(undefined);
  for (const operation of trace.operations) {
    if (operation.name === 'reset') yield begin(operation.args[0] ?? '');
    else if (replay !== undefined && !replay.ended) yield replay.step(operation);
  }
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
  const word = (offset: number): string => peek.word(state.mp, offset).toString();
  // A release without the limit of the unsorted scan has its field nowhere: recorded is what stands before mp_.
  const limit = state.release.tcache.stashesUnsorted
    ? word(par.tcacheUnsortedLimit)
    : peek.word(state.w.sub(state.mp, 1)).toString();
  return (
    `"mmap_threshold":${word(par.mmapThreshold)},"trim_threshold":${word(par.trimThreshold)}` +
    `,"top_pad":${word(par.topPad)},"n_mmaps_max":${peek.int(state.mp, par.nMmapsMax)}` +
    `,"tcache_bins":${word(par.tcacheBins)},"tcache_max_bytes":${word(par.tcacheMaxBytes)}` +
    `,"tcache_count":${word(par.tcacheCount)},"tcache_unsorted_limit":${limit}`
  );
}
