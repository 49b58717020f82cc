/**
 * The processes that a run has made, and which of them is recorded.
 */
import type { ProcessFacts } from '../core/process/process-group.ts';
import { signalNumbers } from '../core/process/trap.ts';
import type { Trap } from '../core/process/trap.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { Language } from '../protocol/messages.ts';
import type { ProcessView } from '../protocol/process-view.ts';
import type { PlaceView } from '../protocol/view-model.ts';

/**
 * The way from the first process to another one.
 *
 * @param number - from 1, in the order in which processes were made
 * @returns their numbers from 1 to `number`, each the parent of the next one; undefined where there is no such process
 */
export function lineTo(processes: readonly ProcessFacts[], number: number): readonly number[] | undefined {
  const line: number[] = [];
  for (let at: number | undefined = number; at !== undefined;) {
    const process: ProcessFacts | undefined = processes[at - 1];
    if (process === undefined) return undefined;
    line.unshift(at);
    at = process.parent;
  }
  return line;
}

/**
 * The processes as the faces show them, in the order in which they were made.
 *
 * @param trap - how the first one ended
 * @param placeOf - place of an index into the program's positions
 */
export function processViews(
  processes: readonly ProcessFacts[],
  trap: Trap,
  placeOf: (position: number) => PlaceView | undefined,
  language: Language,
): readonly ProcessView[] {
  return processes.map((facts) => {
    const { number, pid, parent, position } = facts;
    const end = parent === undefined ? endOfFirst(trap) : endOf(facts);
    return { number, pid, parent, place: placeOf(position), end: renderText(end, language) };
  });
}

function endOfFirst(trap: Trap): Text {
  switch (trap.kind) {
    case 'exit':
      return sayProcess('process.end.exit', { status: trap.status });
    case 'signal':
      return sayProcess('process.end.signal', { signal: trap.signal });
    case 'abort':
      return sayProcess('process.end.signal', { signal: 'SIGABRT' });
    case 'limit':
    case 'unsupported':
      return sayProcess('process.end.none');
  }
}

/** By the status that wait gives: exit status in bits 8 to 15, or the signal in bits 0 to 6. */
function endOf({ status }: ProcessFacts): Text {
  if (status === undefined) return sayProcess('process.end.none');
  const signal = status & 0x7f;
  if (signal === 0) return sayProcess('process.end.exit', { status: status >> 8 });
  const name = Object.entries(signalNumbers).find(([, number]) => number === signal)?.[0];
  return sayProcess('process.end.signal', { signal: name ?? String(signal) });
}
