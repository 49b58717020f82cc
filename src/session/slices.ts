/**
 * Long work in slices, so that the thread it is done on reads its messages in between.
 */
import { sliceMs } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';

/** What the thread has to give, and the pure layers have not: time, and a turn for others. */
export interface Turns {
  /** Milliseconds since some moment. */
  now(): number;
  /** Ends when messages that have come in were handled. */
  pause(): Promise<void>;
}

/**
 * Does work slice by slice.
 *
 * @param isWanted - asked before each slice; the work is dropped when it says no
 * @returns the result, or undefined when the work was dropped
 */
export async function inSlices<T>(
  turns: Turns,
  steps: Steps<T>,
  isWanted: () => boolean,
): Promise<T | undefined> {
  while (isWanted()) {
    const end = turns.now() + sliceMs;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (turns.now() < end);
    await turns.pause();
  }
  steps.return(undefined as never);
  return undefined;
}
