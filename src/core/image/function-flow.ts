/**
 * What the layout of a frame asks of a function and what no register changes: computed once, however often the frame is
 * laid out.
 */
import type { CompileOptions } from '../sema/placement.ts';
import type { ObjectSymbol, TypedFunction } from '../sema/typed-tree.ts';
import { allocateCalleeSaved } from './callee-saved.ts';
import type { CalleeSaved } from './callee-saved.ts';
import { buildFlowGraph } from './cfg.ts';
import { dominatorsOf } from './dominators.ts';
import type { DominatorTree } from './dominators.ts';
import type { FlowGraph } from './flow-graph.ts';
import { collectFacts, isInRegister, isRegisterLike } from './frame-facts.ts';
import type { FrameFacts } from './frame-facts.ts';
import { slotOrder } from './slot-order.ts';
import type { SlotOwner } from './slot-order.ts';

/** The flow of one function, compiled with some options. */
export class FunctionFlow {
  readonly graph: FlowGraph;
  readonly tree: DominatorTree;
  readonly facts: FrameFacts;
  /** Variables that live in registers, the chain of a nested function among them. */
  readonly registers: ReadonlySet<ObjectSymbol>;
  /** The other locals but those that nested functions share, in the order in which gcc gives them slots. */
  readonly order: readonly SlotOwner[];
  readonly #word: 4 | 8;
  readonly #survivors = new Map<number, CalleeSaved>();

  constructor(fn: TypedFunction, options: CompileOptions) {
    this.#word = options.target === 'x86_64' ? 8 : 4;
    this.graph = buildFlowGraph(fn, this.#word, isRegisterLike);
    this.tree = dominatorsOf(this.graph);
    this.facts = collectFacts(fn, options);
    const { frame: shared, chain } = fn.nesting ?? {};
    const isShared = (object: ObjectSymbol): boolean => shared?.variables.has(object) === true;
    const registers = new Set(
      [...fn.locals, ...fn.parameters].filter((object) => isInRegister(object) && !isShared(object)),
    );
    if (chain !== undefined) registers.add(chain);
    this.registers = registers;
    this.order = slotOrder(this.graph, this.tree, localsOf(fn, this.facts)).filter(
      (owner) => owner.kind === 'array' || (!owner.isParameter && !registers.has(owner) && !isShared(owner)),
    );
  }

  /**
   * What values that survive calls take.
   *
   * @param available - callee-saved registers that are free for them
   */
  survivors(available: number): CalleeSaved {
    let found = this.#survivors.get(available);
    if (found === undefined) {
      found = allocateCalleeSaved(this.graph, this.tree, this.registers, { available, word: this.#word });
      this.#survivors.set(available, found);
    }
    return found;
  }
}

/** Locals whose order matters, with variable length arrays. */
function localsOf(fn: TypedFunction, facts: FrameFacts): readonly ObjectSymbol[] {
  return [
    ...fn.parameters,
    ...fn.locals.filter((object) => !facts.variableArrays.includes(object)),
    ...facts.variableArrays,
  ];
}
