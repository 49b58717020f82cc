/**
 * The events of a run as a list: of some kinds, and found by words.
 *
 * A list may have millions of rows, of which a face draws fifty: rows are indices until they are asked for, and the last list
 * is kept. A search looks at columns, never at sentences: a million events take some hundredths of a second.
 */
import { firstBeyond } from '../base/bisect.ts';
import type { EventKind } from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';
import type { EventViews } from './event-views.ts';
import type { Recording } from './recording.ts';

/** Rows of a list: `length` of them, and which event stands in one. */
export interface EventRows {
  readonly length: number;
  readonly at: (row: number) => number;
}

/** Keeps the events that match, in place and in order. @returns how many they are, at the beginning */
type Sieve = (indices: Int32Array) => number;

/** Where in the program an event happened. */
interface EventPlace {
  readonly functionName: string;
  readonly line: number;
}

/** What is not known yet of a number that is asked about again and again; else 0 or 1. */
const UNKNOWN = 2;
/** Numbers of names: those of 16 bits (recording.ts). */
const nameCodes = 0x10000;
/** Smaller numbers are no addresses: the first page is never mapped. */
const firstAddress = 0x1000;

/** Lists the events of one run. */
export class EventList {
  readonly #program: BuiltProgram;
  readonly #recording: Recording;
  readonly #views: EventViews;
  #key = '';
  #rows: EventRows | undefined;
  /** What is known of a position of the program, found once. */
  readonly #places = new Map<number, EventPlace>();

  constructor(program: BuiltProgram, recording: Recording, views: EventViews) {
    this.#program = program;
    this.#recording = recording;
    this.#views = views;
  }

  /**
   * Events of some kinds (all when undefined) that match a query, see {@link matcher}.
   */
  rows(kinds: readonly EventKind[] | undefined, query: string): EventRows {
    const { count } = this.#recording;
    const key = `${String(count)} ${kinds?.join() ?? ''} ${query}`;
    if (this.#rows !== undefined && this.#key === key) return this.#rows;
    this.#key = key;
    this.#rows = this.#find(kinds, query);
    return this.#rows;
  }

  #find(kinds: readonly EventKind[] | undefined, query: string): EventRows {
    const sieves = query
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => this.#matcher(word));
    const { count } = this.#recording;
    if (kinds === undefined && sieves.length === 0) return { length: count, at: (row) => row };
    let found = this.#recording.indicesOfKinds(kinds);
    for (const sieve of sieves) found = found.subarray(0, sieve(found));
    return { length: found.length, at: (row) => found[row] ?? 0 };
  }

  /**
   * One word of a query: `size>100` (also < <= >= =: bytes asked for by malloc, or mapped), `line:12`, `in:main` (the function
   * that it happened in), `0x…` (an address, or its beginning), else a part of what was called, or of the function's name.
   */
  #matcher(word: string): Sieve {
    const size = /^size(<=|>=|<|>|=)(\d+)$/i.exec(word);
    if (size !== null) return this.#sizeSieve(size[1] ?? '=', Number(size[2]));
    const line = /^line:(\d+)$/i.exec(word);
    if (line !== null) {
      const wanted = Number(line[1]);
      return this.#placeSieve((place) => place.line === wanted);
    }
    const inside = /^in:(.+)$/i.exec(word);
    if (inside !== null) {
      const wanted = inside[1]?.toLowerCase();
      return this.#placeSieve((place) => place.functionName.toLowerCase() === wanted);
    }
    const address = /^0x([0-9a-f]+)$/i.exec(word);
    if (address !== null) {
      const begins = beginsWith((address[1] ?? '').toLowerCase());
      return (indices) => {
        let kept = 0;
        for (const index of indices) if (this.#hasAddress(index, begins)) indices[kept++] = index;
        return kept;
      };
    }
    const text = word.toLowerCase();
    const isInside = this.#placeTest((place) => place.functionName.toLowerCase().includes(text));
    const isCalled = this.#nameTest((name) => name.toLowerCase().includes(text));
    return (indices) => {
      let kept = 0;
      for (const index of indices) if (isCalled(index) || isInside(index)) indices[kept++] = index;
      return kept;
    };
  }

  #placeSieve(isWanted: (place: EventPlace) => boolean): Sieve {
    const test = this.#placeTest(isWanted);
    return (indices) => {
      let kept = 0;
      for (const index of indices) if (test(index)) indices[kept++] = index;
      return kept;
    };
  }

  /** A test of where an event happened; asked once for each position of the program. */
  #placeTest(isWanted: (place: EventPlace) => boolean): (index: number) => boolean {
    const answers = new Uint8Array(this.#program.compiled.positions.length).fill(UNKNOWN);
    return (index) => {
      const position = this.#recording.positionAt(index);
      const known = answers[position];
      if (known !== undefined && known !== UNKNOWN) return known === 1;
      const place = this.#placeAt(position);
      const answer = place !== undefined && isWanted(place);
      answers[position] = Number(answer);
      return answer;
    };
  }

  /** A test of what was called; asked once for each name. */
  #nameTest(isWanted: (name: string) => boolean): (index: number) => boolean {
    const answers = new Uint8Array(nameCodes).fill(UNKNOWN);
    return (index) => {
      const code = this.#recording.nameCodeAt(index);
      const known = answers[code];
      if (known !== undefined && known !== UNKNOWN) return known === 1;
      const answer = isWanted(this.#recording.nameOf(code));
      answers[code] = Number(answer);
      return answer;
    };
  }

  #sizeSieve(operator: string, bytes: number): Sieve {
    return (indices) => {
      let kept = 0;
      for (const index of indices) {
        const size = this.#sizeAt(index);
        if (size !== undefined && compares(size, operator, bytes)) indices[kept++] = index;
      }
      return kept;
    };
  }

  /** Bytes that an event is about: asked of malloc, or of the kernel. */
  #sizeAt(index: number): number | undefined {
    const kind = this.#recording.kindAt(index);
    if (kind !== 'malloc' && kind !== 'syscall') return undefined;
    const argument = (which: number): number | undefined => this.#recording.argumentAt(index, which);
    switch (this.#recording.nameAt(index)) {
      case 'malloc':
      case 'valloc':
      case 'pvalloc':
        return argument(0);
      case 'calloc':
        return (argument(0) ?? 0) * (argument(1) ?? 0);
      case 'reallocarray':
        return (argument(1) ?? 0) * (argument(2) ?? 0);
      case 'realloc':
      case 'memalign':
      case 'aligned_alloc':
      case 'mmap':
      case 'mmap2':
      case 'munmap':
      case 'mprotect':
      case 'madvise':
        return argument(1);
      case 'posix_memalign':
      case 'mremap':
      case 'write':
      case 'read':
        return argument(2);
      default:
        return undefined;
    }
  }

  /** Whether one of the addresses that an event is about is wanted. */
  #hasAddress(index: number, isWanted: (addr: number) => boolean): boolean {
    const kind = this.#recording.kindAt(index);
    if (kind === 'output' || kind === 'wait' || kind === 'process') return false;
    const result = this.#recording.resultAt(index);
    if (result >= firstAddress && isWanted(result)) return true;
    if (kind !== 'malloc' && kind !== 'syscall' && kind !== 'signal') return false;
    // Of a signal, the address that was refused.
    const addr = this.#recording.argumentAt(index, kind === 'signal' ? 4 : 0) ?? 0;
    return addr >= firstAddress && isWanted(addr);
  }

  #placeAt(position: number): EventPlace | undefined {
    const known = this.#places.get(position);
    if (known !== undefined) return known;
    const at = this.#program.compiled.positions[position];
    if (at === undefined) return undefined;
    const place = {
      functionName: this.#program.compiled.functions[at.functionIndex]?.name ?? '',
      line: this.#views.placeOf(position)?.line ?? 0,
    };
    this.#places.set(position, place);
    return place;
  }
}

function compares(size: number, operator: string, bytes: number): boolean {
  switch (operator) {
    case '<':
      return size < bytes;
    case '>':
      return size > bytes;
    case '<=':
      return size <= bytes;
    case '>=':
      return size >= bytes;
    default:
      return size === bytes;
  }
}

/**
 * Whether the hexadecimal digits of a number begin with some: numbers in a few ranges, one for each count of digits that follow.
 *
 * @param digits - one at least
 */
function beginsWith(digits: string): (value: number) => boolean {
  // Beyond 2^53 a number does not hold all digits.
  if (digits.length > 13) return (value) => value.toString(16).startsWith(digits);
  const first = Number.parseInt(digits, 16);
  // No number is written with a zero in front.
  if (digits.startsWith('0')) return () => false;
  return (value) => {
    for (let scale = 1; first * scale <= value; scale *= 16) if (value < (first + 1) * scale) return true;
    return false;
  };
}

/** Row of the last event at or before an event, -1 when there is none. */
export function rowAtOrBefore(rows: EventRows, event: number): number {
  return firstBeyond(0, rows.length, (index) => rows.at(index) <= event) - 1;
}
