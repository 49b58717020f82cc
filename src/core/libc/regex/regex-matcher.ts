/**
 * Matching of regular expressions: of all matches the leftmost, of those the longest. What groups have matched is told by
 * the first way through the automaton that comes to that end, in the order in which glibc tries them.
 *
 * Source: POSIX 9.1; glibc 2.36, posix/regexec.c (set_regs, proceed_next_node, update_regs), behaviour.
 */
import { NotModelled } from '../../trace/not-modelled.ts';
import type { AnchorKind, ByteSet, ParsedRegex, RegexTree } from './regex-parser.ts';
import { isWord, upperCase } from './regex-parser.ts';

/** A state of the automaton; `to` are the states that follow, by number. */
type State =
  | { readonly kind: 'bytes'; readonly set: ByteSet; to: number }
  | { readonly kind: 'anchor'; readonly anchor: AnchorKind; to: number }
  | { readonly kind: 'back-reference'; readonly group: number; to: number }
  | { readonly kind: 'open' | 'close'; readonly group: number; readonly isOptional: boolean; to: number }
  | { readonly kind: 'split'; to: readonly number[] }
  | { readonly kind: 'end' };

/** An expression that can be matched. */
export interface Regex {
  readonly states: readonly State[];
  readonly start: number;
  readonly groupCount: number;
  readonly hasBackReferences: boolean;
  /** Groups that are another group around them and nothing else. */
  readonly sameAs: ReadonlyMap<number, number>;
}

export interface MatchOptions {
  readonly ignoresCase: boolean;
  /** REG_NEWLINE: `^` and `$` match at newlines, too. */
  readonly hasLines: boolean;
  readonly notBeginning: boolean;
  readonly notEnd: boolean;
  /** Whether only the fact that there is a match is wanted. */
  readonly onlyWhether: boolean;
}

/** Start and end of a match; -1 for a group that has not taken part. */
export interface Span {
  start: number;
  end: number;
}

/** Makes the automaton; states are numbered as glibc numbers its nodes, which decides what is tried first. */
export function makeRegex(parsed: ParsedRegex): Regex {
  const states: State[] = [];
  const sameAs = new Map<number, number>();
  const add = (state: State): number => states.push(state) - 1;
  /** A part: where it begins, and what gets the number of what follows it. */
  interface Part {
    readonly first: number;
    readonly link: (next: number) => void;
  }
  const single = (state: Extract<State, { to: number }>): Part => ({
    first: add(state),
    link: (next) => {
      state.to = next;
    },
  });
  const build = (tree: RegexTree): Part => {
    switch (tree.kind) {
      case 'bytes':
      case 'anchor':
      case 'back-reference':
        return single({ ...tree, to: 0 });
      case 'concat': {
        const [left, right] = [build(tree.left), build(tree.right)];
        left.link(right.first);
        return { first: left.first, link: right.link };
      }
      case 'group': {
        let { body } = tree;
        while (body?.kind === 'group') {
          sameAs.set(body.group, tree.group);
          body = body.body;
        }
        const open = single({ kind: 'open', group: tree.group, isOptional: tree.isOptional, to: 0 });
        const inner = body === undefined ? undefined : build(body);
        const close = single({ kind: 'close', group: tree.group, isOptional: tree.isOptional, to: 0 });
        open.link(inner?.first ?? close.first);
        inner?.link(close.first);
        return { first: open.first, link: close.link };
      }
      case 'star': {
        const body = build(tree.body);
        const split: Extract<State, { kind: 'split' }> = { kind: 'split', to: [] };
        const first = add(split);
        body.link(first);
        return {
          first,
          link: (next) => {
            split.to = inOrder(body.first, next);
          },
        };
      }
      case 'either': {
        const left = tree.left === undefined ? undefined : build(tree.left);
        const right = tree.right === undefined ? undefined : build(tree.right);
        const split: Extract<State, { kind: 'split' }> = { kind: 'split', to: [] };
        return {
          first: add(split),
          link: (next) => {
            left?.link(next);
            right?.link(next);
            split.to = inOrder(left?.first ?? next, right?.first ?? next);
          },
        };
      }
    }
  };
  const whole = parsed.tree === undefined ? undefined : build(parsed.tree);
  const end = add({ kind: 'end' });
  whole?.link(end);
  const { groupCount, hasBackReferences } = parsed;
  return { states, start: whole?.first ?? end, groupCount, hasBackReferences, sameAs };
}

const inOrder = (a: number, b: number): readonly number[] => (a === b ? [a] : a < b ? [a, b] : [b, a]);

/** Steps of a search with back references before it is given up. */
const STEP_LIMIT = 400_000;

/**
 * Searches the text.
 *
 * @param from - where the search begins; what is before it counts for anchors
 * @returns the match and those of the groups, or undefined
 */
export function matchRegex(
  regex: Regex,
  text: Uint8Array,
  from: number,
  options: MatchOptions,
): readonly Span[] | undefined {
  const subject = options.ignoresCase ? text.map(upperCase) : text;
  const matcher = new Matcher(regex, subject, options);
  for (let start = from; start <= text.length; start++) {
    const found = matcher.matchAt(start);
    if (found !== undefined) return found;
  }
  return undefined;
}

class Matcher {
  readonly #regex: Regex;
  readonly #text: Uint8Array;
  readonly #options: MatchOptions;
  #steps = 0;

  constructor(regex: Regex, text: Uint8Array, options: MatchOptions) {
    this.#regex = regex;
    this.#text = text;
    this.#options = options;
  }

  matchAt(start: number): readonly Span[] | undefined {
    if (this.#regex.hasBackReferences) return this.#matchWithReferences(start);
    const end = this.#longestEnd(start);
    if (end === undefined) return undefined;
    if (this.#options.onlyWhether || this.#regex.groupCount === 0) return [{ start, end }];
    return this.#groupsOf(start, end);
  }

  /** All states that the given ones lead to without a character, with themselves. */
  #closure(states: Iterable<number>, at: number): Set<number> {
    const reached = new Set<number>();
    const waiting = [...states];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next)) continue;
      const state = this.#regex.states[next];
      if (state === undefined || (state.kind === 'anchor' && !this.#holds(state.anchor, at))) continue;
      reached.add(next);
      if (state.kind === 'split') waiting.push(...state.to);
      else if (state.kind !== 'bytes' && state.kind !== 'end') waiting.push(state.to);
    }
    return reached;
  }

  #longestEnd(start: number): number | undefined {
    const endState = this.#regex.states.length - 1;
    let current = this.#closure([this.#regex.start], start);
    let longest: number | undefined;
    for (let at = start; current.size > 0; at++) {
      if (current.has(endState)) longest = at;
      const byte = this.#text[at];
      if (byte === undefined) break;
      current = this.#closure(this.#after(current, byte), at + 1);
    }
    return longest;
  }

  *#after(states: Iterable<number>, byte: number): Iterable<number> {
    for (const one of states) {
      const state = this.#regex.states[one];
      if (state?.kind === 'bytes' && state.set[byte] === 1) yield state.to;
    }
  }

  /** Which states lead to the end at `end`, by position from `start`. */
  #useful(start: number, end: number): readonly ReadonlySet<number>[] {
    const forward: Set<number>[] = [this.#closure([this.#regex.start], start)];
    for (let at = start; at < end; at++) {
      const current = forward[at - start] ?? new Set();
      forward.push(this.#closure(this.#after(current, this.#text[at] ?? 0), at + 1));
    }
    let later = new Set<number>();
    for (let at = end; at >= start; at--) {
      const here = forward[at - start] ?? new Set();
      const useful = new Set<number>();
      for (let isChanged = true; isChanged;) {
        isChanged = false;
        for (const one of here) {
          if (useful.has(one)) continue;
          const state = this.#regex.states[one];
          if (state === undefined) continue;
          const leads =
            state.kind === 'end'
              ? at === end
              : state.kind === 'bytes'
                ? at < end && state.set[this.#text[at] ?? 0] === 1 && later.has(state.to)
                : state.kind === 'split'
                  ? state.to.some((next) => useful.has(next))
                  : useful.has(state.to);
          if (!leads) continue;
          useful.add(one);
          isChanged = true;
        }
      }
      forward[at - start] = useful;
      later = useful;
    }
    return forward;
  }

  /** The groups of the match, on the way that glibc takes. */
  #groupsOf(start: number, end: number): readonly Span[] {
    const useful = this.#useful(start, end);
    const registers = new Registers(this.#regex.groupCount, { start, end });
    let current = this.#regex.start;
    let seen = new Set<number>();
    for (let at = start; ;) {
      const state = this.#regex.states[current];
      if (state === undefined || state.kind === 'end') break;
      registers.note(state, at);
      if (state.kind === 'bytes') {
        current = state.to;
        at += 1;
        seen = new Set();
        continue;
      }
      seen.add(current);
      if (state.kind !== 'split') {
        current = state.to;
        continue;
      }
      const [first = 0, second] = state.to.filter((next) => useful[at - start]?.has(next) === true);
      current = second !== undefined && seen.has(first) ? second : first;
    }
    return registers.spans(this.#regex.sameAs);
  }

  /** With back references ways are tried one by one; of all ends the last one counts, and of its ways the first. */
  #matchWithReferences(start: number): readonly Span[] | undefined {
    let best: readonly Span[] | undefined;
    let longest = -1;
    const walk = (current: number, at: number, registers: Registers, seen: ReadonlySet<number>): void => {
      this.#steps += 1;
      if (this.#steps > STEP_LIMIT) throw new NotModelled('a regular expression with so many ways to match');
      const state = this.#regex.states[current];
      if (state === undefined) return;
      registers.note(state, at);
      switch (state.kind) {
        case 'end':
          if (at > longest) {
            longest = at;
            registers.setWhole({ start, end: at });
            best = registers.spans(this.#regex.sameAs);
          }
          return;
        case 'bytes':
          if (state.set[this.#text[at] ?? 0] === 1 && at < this.#text.length) {
            walk(state.to, at + 1, registers, new Set());
          }
          return;
        case 'back-reference': {
          const group = registers.span(state.group);
          if (group.start < 0 || group.end < 0) return;
          const length = group.end - group.start;
          for (let i = 0; i < length; i++) if (this.#text[at + i] !== this.#text[group.start + i]) return;
          walk(state.to, at + length, registers, length === 0 ? seen : new Set());
          return;
        }
        case 'anchor':
          if (this.#holds(state.anchor, at)) walk(state.to, at, registers, seen);
          return;
        case 'split':
          if (seen.has(current)) return;
          for (const next of state.to) walk(next, at, registers.copy(), new Set([...seen, current]));
          return;
        case 'open':
        case 'close':
          walk(state.to, at, registers, seen);
      }
    };
    walk(this.#regex.start, start, new Registers(this.#regex.groupCount, { start, end: -1 }), new Set());
    return best;
  }

  #holds(anchor: AnchorKind, at: number): boolean {
    const text = this.#text;
    const isFirst = at === 0;
    const isLast = at === text.length;
    const before = isFirst ? undefined : text[at - 1];
    const after = text[at];
    const isEdge = (one: number | undefined): boolean => one !== undefined && isWord(one);
    switch (anchor) {
      case 'line-start':
        return isFirst ? !this.#options.notBeginning : this.#options.hasLines && before === 10;
      case 'line-end':
        return isLast ? !this.#options.notEnd : this.#options.hasLines && after === 10;
      case 'buffer-start':
        return isFirst;
      case 'buffer-end':
        return isLast;
      case 'word-start':
        return !isEdge(before) && isEdge(after);
      case 'word-end':
        return isEdge(before) && !isEdge(after);
      case 'word-edge':
        return isEdge(before) !== isEdge(after);
      case 'no-edge':
        return isEdge(before) === isEdge(after);
    }
  }
}

/** What groups have matched on a way. */
class Registers {
  #now: Span[];
  /** As they were when a group last matched something. */
  #before: Span[];

  constructor(groupCount: number, whole: Span) {
    this.#now = [whole, ...Array.from({ length: groupCount }, () => ({ start: -1, end: -1 }))];
    this.#before = this.#now.map((span) => ({ ...span }));
  }

  copy(): Registers {
    const other = new Registers(0, { start: 0, end: 0 });
    other.#now = this.#now.map((span) => ({ ...span }));
    other.#before = this.#before.map((span) => ({ ...span }));
    return other;
  }

  span(group: number): Span {
    return this.#now[group] ?? { start: -1, end: -1 };
  }

  setWhole(whole: Span): void {
    this.#now[0] = whole;
  }

  /** Passes the start or the end of a group. @source posix/regexec.c: update_regs */
  note(state: State, at: number): void {
    if (state.kind !== 'open' && state.kind !== 'close') return;
    const span = this.#now[state.group];
    if (span === undefined) return;
    if (state.kind === 'open') {
      span.start = at;
      span.end = -1;
    } else if (span.start < at) {
      span.end = at;
      this.#before = this.#now.map((one) => ({ ...one }));
    } else if (state.isOptional && (this.#before[state.group]?.start ?? -1) !== -1) {
      this.#now = this.#before.map((one) => ({ ...one }));
    } else span.end = at;
  }

  spans(sameAs: ReadonlyMap<number, number>): readonly Span[] {
    return this.#now
      .map((span, group) => this.#now[sameAs.get(group) ?? group] ?? span)
      .map((span) => ({ ...span }));
  }
}
