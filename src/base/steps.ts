/**
 * Long work in steps: whoever runs it may do something else between two of them.
 *
 * A step is what lies between two `yield`s; work that takes input is cut where its outermost loop turns.
 */

/** Work that pauses after each step and gives its result at the end. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Milliseconds of work after which a thread that answers somebody is left to others. A step may take longer than what is left:
 * this leaves room for one below the 8 ms that nobody notices.
 */
export const sliceMs = 4;
