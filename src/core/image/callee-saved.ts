/**
 * Which callee-saved registers gcc -O0 uses in a function, and which values it keeps in memory for want of one.
 *
 * A value that is needed after a call sits in a callee-saved register (rbx, r12 to r15); so does every `register`
 * variable but a parameter, calls or not. Values whose lives do not meet share a register. There is no such register
 * for floating-point values: they go to memory, but for those that their instruction takes from a register only.
 *
 * Source: gcc/ira-color.cc (fast_allocation), gcc/ira-conflicts.cc (user variables at -O0), gcc/lra-spills.cc: behaviour.
 */
import { firstBeyond } from '../../base/bisect.ts';
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { FlowEvent, FlowGraph, Pseudo } from './flow-graph.ts';
import type { DominatorTree } from './dominators.ts';

/** What values that survive calls take. */
export interface CalleeSaved {
  /** Registers that the prologue saves. */
  readonly registers: number;
  /** Sizes in bytes of the slots for values that found no register. */
  readonly spillSlots: readonly number[];
  /** Whether floating-point values are cut to integers that somebody wants. */
  readonly truncates: boolean;
}

/** Half-open ranges of program points, ascending within a block. */
interface LiveRange {
  readonly start: number;
  readonly end: number;
}

/** A value that must not be in a register that a call destroys. */
interface Candidate {
  readonly pseudo: Pseudo;
  readonly ranges: readonly LiveRange[];
  readonly priority: number;
}

/**
 * Gives callee-saved registers to values.
 *
 * @param graph - the function
 * @param tree - its dominators
 * @param registerVariables - variables that the program asks to be in registers
 * @param machine - number of callee-saved registers, bytes of each
 */
export function allocateCalleeSaved(
  graph: FlowGraph,
  tree: DominatorTree,
  registerVariables: ReadonlySet<ObjectSymbol>,
  machine: { readonly available: number; readonly word: 4 | 8 },
): CalleeSaved {
  const { available, word } = machine;
  const lives = new Lives(graph, tree, registerVariables);
  const candidates = lives.candidates().sort((a, b) => b.priority - a.priority);
  const registers: LiveRange[][] = Array.from({ length: available }, () => []);
  const slots: { size: number; ranges: LiveRange[] }[] = [];
  let used = 0;
  for (const { pseudo, ranges } of candidates) {
    const count = lives.needsMemory(pseudo, word) ? 0 : registersOf(pseudo, word);
    const first = count === 0 ? -1 : firstFree(registers, ranges, count);
    if (first >= 0) {
      for (let index = first; index < first + count; index += 1) registers[index]?.push(...ranges);
      used = Math.max(used, first + count);
      continue;
    }
    const size = sizeOf(pseudo.kind === 'object' ? pseudo.type.type : pseudo.type) ?? 8;
    const slot = slots.find((one) => !meets(one.ranges, ranges));
    if (slot === undefined) slots.push({ size, ranges: [...ranges] });
    else {
      slot.size = Math.max(slot.size, size);
      slot.ranges.push(...ranges);
    }
  }
  return { registers: used, spillSlots: slots.map((slot) => slot.size), truncates: lives.truncates };
}

function firstFree(registers: readonly LiveRange[][], ranges: readonly LiveRange[], count: number): number {
  for (let first = 0; first + count <= registers.length; first += 1) {
    if (registers.slice(first, first + count).every((taken) => !meets(taken, ranges))) return first;
  }
  return -1;
}

function meets(taken: readonly LiveRange[], ranges: readonly LiveRange[]): boolean {
  return ranges.some((one) => taken.some((other) => one.start < other.end && other.start < one.end));
}

function typeOf(pseudo: Pseudo): ReturnType<typeof resolve> {
  return resolve(pseudo.kind === 'object' ? pseudo.type.type : pseudo.type);
}

function registersOf(pseudo: Pseudo, word: 4 | 8): number {
  return Math.ceil((sizeOf(typeOf(pseudo)) ?? word) / word);
}

interface Occurrence {
  readonly block: number;
  readonly point: number;
  readonly isDefinition: boolean;
}

/** Where values are live. Each event of a reachable block is a program point. */
class Lives {
  readonly #tree: DominatorTree;
  readonly #occurrences = new Map<Pseudo, Occurrence[]>();
  readonly #inRegister = new Set<Pseudo>();
  /** Values that an instruction computes; if they are floating-point ones, in a vector register. */
  readonly #computed = new Set<Pseudo>();
  /** Points of calls, ascending. */
  readonly #calls: number[] = [];
  /** First point of each block, and the first one behind it. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  truncates = false;

  constructor(graph: FlowGraph, tree: DominatorTree, registerVariables: ReadonlySet<ObjectSymbol>) {
    this.#tree = tree;
    const unwanted = unwantedValues(graph, tree);
    const isLocal = valuesBetweenCalls(graph, tree, unwanted);
    let point = 0;
    for (const block of tree.order) {
      this.#starts[block] = point;
      for (const event of graph.blocks[block]?.events ?? []) {
        point += 1;
        if (event.kind === 'call') this.#calls.push(point);
        if (event.kind === 'truncate' && !isUnwanted(event, unwanted)) this.truncates = true;
        if (event.kind !== 'use' && event.kind !== 'define') continue;
        const { pseudo } = event;
        if (pseudo.kind === 'object' ? !registerVariables.has(pseudo) : isLocal[pseudo.version ?? 0] === 1)
          continue;
        if (event.kind === 'use' && isUnwanted(event, unwanted)) continue;
        if (event.kind === 'use' && event.inRegister) this.#inRegister.add(pseudo);
        if (event.kind === 'define' && !event.isMove) this.#computed.add(pseudo);
        const occurrence = { block, point, isDefinition: event.kind === 'define' };
        const known = this.#occurrences.get(pseudo);
        if (known === undefined) this.#occurrences.set(pseudo, [occurrence]);
        else known.push(occurrence);
      }
      point += 1;
      this.#ends[block] = point;
    }
  }

  candidates(): Candidate[] {
    const found: Candidate[] = [];
    for (const [pseudo, occurrences] of this.#occurrences) {
      const ranges = this.#rangesOf(occurrences);
      const isUserVariable = pseudo.kind === 'object' && !pseudo.isParameter;
      if (!isUserVariable && !ranges.some((range) => this.#crossesCall(range))) continue;
      const length = ranges.reduce((sum, range) => sum + range.end - range.start, 1);
      found.push({ pseudo, ranges, priority: (Math.floor(Math.log2(occurrences.length)) + 1) / length });
    }
    return found;
  }

  /** Floating-point values have no callee-saved registers of their own. */
  needsMemory(pseudo: Pseudo, word: 4 | 8): boolean {
    const type = typeOf(pseudo);
    if (type.kind === 'complex' || type.kind === 'vector') return true;
    if (type.kind !== 'float') return false;
    const isMoved = this.#inRegister.has(pseudo) && !this.#computed.has(pseudo);
    return word === 4 || type.size > 8 || !isMoved || pseudo.kind === 'object';
  }

  #crossesCall({ start, end }: LiveRange): boolean {
    const next = firstBeyond(0, this.#calls.length, (index) => (this.#calls[index] ?? 0) <= start);
    return (this.#calls[next] ?? Infinity) < end;
  }

  #rangesOf(occurrences: readonly Occurrence[]): LiveRange[] {
    const byBlock = new Map<number, Occurrence[]>();
    for (const one of occurrences) {
      const list = byBlock.get(one.block);
      if (list === undefined) byBlock.set(one.block, [one]);
      else list.push(one);
    }
    const liveOut =
      byBlock.size === 1 && occurrences[0]?.isDefinition === true
        ? new Set<number>()
        : this.#blocksLiveOut(byBlock);
    const ranges: LiveRange[] = [];
    for (const [block, list] of byBlock) this.#rangesInBlock(block, list, liveOut.has(block), ranges);
    for (const block of liveOut) {
      if (!byBlock.has(block)) ranges.push({ start: this.#starts[block] ?? 0, end: this.#ends[block] ?? 0 });
    }
    return ranges;
  }

  /** Blocks at whose end the value is live. */
  #blocksLiveOut(byBlock: ReadonlyMap<number, readonly Occurrence[]>): Set<number> {
    const liveOut = new Set<number>();
    const work = [...byBlock].filter(([, list]) => list[0]?.isDefinition === false).map(([block]) => block);
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      for (const predecessor of this.#tree.predecessors[block] ?? []) {
        if (liveOut.has(predecessor)) continue;
        liveOut.add(predecessor);
        if (byBlock.get(predecessor)?.some((one) => one.isDefinition) !== true) work.push(predecessor);
      }
    }
    return liveOut;
  }

  #rangesInBlock(block: number, list: readonly Occurrence[], isLiveOut: boolean, ranges: LiveRange[]): void {
    let end = isLiveOut ? (this.#ends[block] ?? 0) : undefined;
    for (let index = list.length - 1; index >= 0; index -= 1) {
      const one = list[index];
      if (one === undefined) continue;
      if (one.isDefinition) {
        ranges.push({ start: one.point, end: end ?? one.point + 1 });
        end = undefined;
      } else end ??= one.point;
    }
    if (end !== undefined) ranges.push({ start: this.#starts[block] ?? 0, end });
  }
}

function isUnwanted({ result }: { readonly result: Pseudo | undefined }, unwanted: Uint8Array): boolean {
  return result?.kind === 'temporary' && unwanted[result.version ?? 0] === 1;
}

/** By number: 1 for SSA names that die in the block that computes them before any call. Most do. */
function valuesBetweenCalls(graph: FlowGraph, tree: DominatorTree, unwanted: Uint8Array): Uint8Array {
  const isLocal = new Uint8Array(graph.versions + 1);
  const definedIn = new Int32Array(graph.versions + 1);
  // Numbers of stretches without a call.
  let stretch = 0;
  for (const block of tree.order) {
    stretch += 1;
    for (const event of graph.blocks[block]?.events ?? []) {
      if (event.kind === 'call') stretch += 1;
      if (event.kind !== 'use' && event.kind !== 'define') continue;
      const version = event.pseudo.kind === 'temporary' ? event.pseudo.version : undefined;
      if (version === undefined) continue;
      if (event.kind === 'define') {
        definedIn[version] = stretch;
        isLocal[version] = 1;
      } else if (definedIn[version] !== stretch && !isUnwanted(event, unwanted)) isLocal[version] = 2;
    }
  }
  return isLocal;
}

/** By number: 1 for SSA names that nothing reads, or only what computes such names: gcc drops what computes them. */
function unwantedValues(graph: FlowGraph, tree: DominatorTree): Uint8Array {
  const uses = new Int32Array(graph.versions + 1);
  const defined: number[] = [];
  visitNames(graph, tree, (version, event) => {
    if (event.kind === 'use') uses[version] = (uses[version] ?? 0) + 1;
    else defined.push(version);
  });
  const unwanted = new Uint8Array(graph.versions + 1);
  const work = defined.filter((version) => uses[version] === 0);
  if (work.length === 0) return unwanted;
  const inputs = new Map<number, number[]>();
  visitNames(graph, tree, (version, event) => {
    const result =
      event.kind === 'use' && event.result?.kind === 'temporary' ? event.result.version : undefined;
    if (result === undefined) return;
    const list = inputs.get(result);
    if (list === undefined) inputs.set(result, [version]);
    else list.push(version);
  });
  for (let version = work.pop(); version !== undefined; version = work.pop()) {
    unwanted[version] = 1;
    for (const input of inputs.get(version) ?? []) {
      const left = (uses[input] ?? 1) - 1;
      uses[input] = left;
      if (left === 0) work.push(input);
    }
  }
  return unwanted;
}

function visitNames(
  graph: FlowGraph,
  tree: DominatorTree,
  visit: (version: number, event: Extract<FlowEvent, { kind: 'use' | 'define' }>) => void,
): void {
  for (const block of tree.order) {
    for (const event of graph.blocks[block]?.events ?? []) {
      if (event.kind !== 'use' && event.kind !== 'define') continue;
      if (event.pseudo.kind === 'temporary' && event.pseudo.version !== undefined)
        visit(event.pseudo.version, event);
    }
  }
}
