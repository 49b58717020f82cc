/**
 * Time for the parts that have none of their own.
 */
import type { Timers } from '../session/channel.ts';

export const timers: Timers = {
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
