/**
 * Long work in slices, so that the thread it shares with the typing, and with other extensions, answers in between.
 */
import { sliceMs } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';

/**
 * Does work slice by slice.
 *
 * @param isWanted - asked before each slice; the work is dropped when it says no
 * @returns the result, or undefined when the work was dropped
 */
export async function inSlices<T>(steps: Steps<T>, isWanted: () => boolean): Promise<T | undefined> {
  while (isWanted()) {
    const end = performance.now() + sliceMs;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < end);
    // Not a message to ourselves: Node hands on up to a thousand of these before it looks at anything else.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  steps.return(undefined as never);
  return undefined;
}
