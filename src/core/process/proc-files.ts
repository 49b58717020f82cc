/**
 * The files of /proc/self (and /proc/PID), made when they are read.
 *
 * Source: Linux, fs/proc/base.c (which files there are).
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { formatMaps } from './proc-maps.ts';
import { readPagemap } from './proc-pagemap.ts';
import { formatSmaps, formatSmapsRollup } from './proc-smaps.ts';
import type { ProcessFacts } from './proc-status.ts';
import { formatStatm, formatWholeStatus } from './proc-status.ts';

/** Gives the bytes of a generated file from `offset` on, at most `length`. */
export type Generated = (offset: number, length: number) => Uint8Array;

/** Words of a process that its /proc files repeat. */
export interface ProcessWords {
  readonly argv: readonly string[];
  readonly envp: readonly string[];
}

/** The file at a path of /proc, or `undefined` when none of these is there; a text is made anew at each read from 0. */
export function procFile(
  path: string,
  memory: ProcessMemory,
  facts: ProcessFacts,
  words: ProcessWords,
): Generated | undefined {
  const match = /^\/proc\/(self|thread-self|\d+)\/(\w+)$/.exec(path);
  if (match === null) return undefined;
  if (/^\d/.test(match[1] ?? '') && Number(match[1]) !== facts.pid) return undefined;
  const process = { memory };
  const text = (make: () => string): Generated => {
    let made: Uint8Array = new Uint8Array();
    return (offset, length) => {
      if (offset === 0) made = encodeUtf8(make());
      return made.slice(offset, offset + length);
    };
  };
  const nulTerminated = (list: readonly string[]): string => list.map((word) => `${word}\0`).join('');
  switch (match[2]) {
    case 'maps':
      return text(() => formatMaps(process));
    case 'smaps':
      return text(() => formatSmaps(process));
    case 'smaps_rollup':
      return text(() => formatSmapsRollup(process));
    case 'status':
      return text(() => formatWholeStatus(process, facts));
    case 'statm':
      return text(() => formatStatm(process));
    case 'pagemap':
      return (offset, length) => readPagemap(memory, offset - (offset % 8), length);
    case 'cmdline':
      return text(() => nulTerminated(words.argv));
    case 'environ':
      return text(() => nulTerminated(words.envp));
    case 'comm':
      return text(() => `${facts.name.slice(0, 15)}\n`);
    default:
      return undefined;
  }
}
