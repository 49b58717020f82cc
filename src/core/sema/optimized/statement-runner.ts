/**
 * The statements of a function that is run with values: where control goes, and what loops leave unknown.
 *
 * Source: gcc/tree-cfg.cc, tree-ssa-loop-niter.cc (number_of_iterations_exit), tree-ssa-loop-ivcanon.cc: behaviour.
 */
import { isNoreturnCall } from '../noreturn-calls.ts';
import type { LabelSymbol, SwitchCase, TypedBlock, TypedExpression, TypedStatement } from '../typed-tree.ts';
import type { Effect, Evaluator } from './evaluator.ts';
import { conditionsOf, isSame, join } from './state.ts';
import type { State } from './state.ts';

import { integerValue, truthOfValue, undefinedValue } from './value.ts';
import type { Cell, Cells, Root, Value } from './value.ts';

type Loop = TypedStatement & { kind: 'while' | 'do' | 'for' };

/** What `break` and `continue` leave. */
interface Target {
  readonly isLoop: boolean;
  left: State | undefined;
  continued: State | undefined;
}

/** A switch whose labels are looked for. */
interface Choice {
  readonly entry: State;
  readonly value: Value;
  readonly hasMatch: boolean;
  readonly depth: number;
}

/** A value at the head of a loop; what it becomes is known when the body has been seen. */
interface LoopHead extends Value {
  inputs: readonly Value[];
}

/** Iterations that are run one by one to see what a loop computes. */
const MAX_UNROLLED = 16;
const MAX_ROUNDS = 8;

/** Runs statements and follows their jumps. */
export class StatementRunner {
  readonly #evaluator: Evaluator;
  #targets: Target[] = [];
  #choices: Choice[] = [];
  #jumps = new Map<LabelSymbol, { state: State | undefined; depth: number }>();
  #passed = new Set<LabelSymbol>();
  #depth = 0;

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  body(block: TypedBlock): void {
    this.block(block);
  }

  /** Runs a function inside of another one: neither sees the jumps of the other. */
  inlined(run: () => void): void {
    const saved = [this.#targets, this.#choices, this.#jumps, this.#passed] as const;
    this.#targets = [];
    this.#choices = [];
    this.#jumps = new Map();
    this.#passed = new Set();
    run();
    [this.#targets, this.#choices, this.#jumps, this.#passed] = saved;
  }

  block(block: TypedBlock): void {
    for (const statement of block.statements) this.#statement(statement);
  }

  #statement(labelled: TypedStatement): void {
    const evaluator = this.#evaluator;
    let node = labelled;
    while (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') {
      this.#label(node);
      node = node.body;
    }
    if (!evaluator.isFollowed) return;
    switch (node.kind) {
      case 'block':
        this.block(node);
        return;
      case 'declare':
        if (evaluator.state !== undefined) evaluator.declare(node.object, node.initializer);
        return;
      case 'expression':
        this.#expression(node.expression);
        return;
      case 'null':
        return;
      case 'if':
        this.#if(node);
        return;
      case 'while':
      case 'do':
      case 'for':
        this.#loop(node);
        return;
      case 'switch':
        this.#switch(node);
        return;
      case 'return':
        this.#return(node.value);
        return;
      case 'goto':
        this.#goto(node.label);
        return;
      case 'break':
      case 'continue':
        this.#leave(node.kind);
        return;
      case 'computed-goto':
        this.#computedGoto(node.target);
        return;
      case 'nonlocal-goto':
      case 'unsupported':
        evaluator.giveUp();
    }
  }

  #expression(node: TypedExpression): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) return;
    evaluator.value(node);
    if (isNoreturnCall(node)) evaluator.state = undefined;
  }

  #return(value: TypedExpression | undefined): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) return;
    const result = value === undefined ? undefinedValue : evaluator.value(value);
    const state = evaluator.state as State | undefined;
    if (state !== undefined) evaluator.frame.returns.push({ state, value: result });
    evaluator.state = undefined;
  }

  // ------------------------------------------------------------ jumps

  #goto(label: LabelSymbol): void {
    const { state } = this.#evaluator;
    if (state === undefined) return;
    // A jump backwards makes a loop of what is no loop in the text.
    if (this.#passed.has(label)) this.#evaluator.giveUp();
    const jump = this.#jumps.get(label) ?? { state: undefined, depth: this.#depth };
    jump.state = join(jump.state, state.copy());
    this.#jumps.set(label, jump);
    this.#evaluator.state = undefined;
  }

  /** To any label whose address is taken. */
  #computedGoto(target: TypedExpression): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) return;
    const value = evaluator.value(target);
    const from = evaluator.state as State | undefined;
    for (const label of evaluator.frame.fn.labels) {
      if (!label.isAddressTaken) continue;
      evaluator.state = from?.under(value);
      this.#goto(label);
    }
    evaluator.state = undefined;
  }

  #leave(kind: 'break' | 'continue'): void {
    const { state } = this.#evaluator;
    if (state === undefined) return;
    for (let i = this.#targets.length - 1; i >= 0; i--) {
      const target = this.#targets[i];
      if (target === undefined || (kind === 'continue' && !target.isLoop)) continue;
      if (kind === 'break') target.left = join(target.left, state);
      else target.continued = join(target.continued, state);
      break;
    }
    this.#evaluator.state = undefined;
  }

  #label(node: TypedStatement & { kind: 'case' | 'default' | 'label' }): void {
    const evaluator = this.#evaluator;
    if (node.kind === 'label') {
      this.#passed.add(node.label);
      const jump = this.#jumps.get(node.label);
      if (jump === undefined) return;
      // Into a loop, or out of an inner one in another round.
      if (jump.depth < this.#depth) evaluator.giveUp();
      evaluator.state = join(evaluator.state, jump.state);
      this.#jumps.delete(node.label);
      return;
    }
    const choice = this.#choices.at(-1);
    if (choice === undefined) return;
    if (choice.depth !== this.#depth) evaluator.giveUp();
    const { known } = choice.value;
    if (known?.kind === 'integer') {
      const isChosen = node.kind === 'default' ? !choice.hasMatch : covers(node.label, known.value);
      if (isChosen) evaluator.state = join(evaluator.state, choice.entry.copy());
      return;
    }
    evaluator.state = join(evaluator.state, choice.entry.under(choice.value));
  }

  // ------------------------------------------------------------ branches

  #if(node: TypedStatement & { kind: 'if' }): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) {
      // Only labels can bring control here.
      this.#statement(node.then);
      const after = evaluator.state as State | undefined;
      evaluator.state = undefined;
      if (node.otherwise !== undefined) this.#statement(node.otherwise);
      evaluator.state = join(after, evaluator.state);
      return;
    }
    const condition = evaluator.value(node.condition);
    const truth = truthOfValue(condition);
    const before = evaluator.state as State | undefined;
    if (before === undefined) return;
    const start = (isTaken: boolean): State | undefined =>
      truth === undefined ? before.under(condition) : isTaken ? before.copy() : undefined;
    evaluator.state = start(truth !== false);
    this.#statement(node.then);
    const afterThen = evaluator.state;
    evaluator.state = start(truth !== true);
    if (node.otherwise !== undefined) this.#statement(node.otherwise);
    evaluator.state = join(afterThen, evaluator.state);
  }

  #switch(node: TypedStatement & { kind: 'switch' }): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) return;
    const value = evaluator.value(node.value);
    const entry = evaluator.state as State | undefined;
    if (entry === undefined) return;
    const { known } = value;
    const hasMatch = known?.kind === 'integer' && node.cases.some((one) => covers(one, known.value));
    const target: Target = { isLoop: false, left: undefined, continued: undefined };
    this.#targets.push(target);
    this.#choices.push({ entry, value, hasMatch, depth: this.#depth });
    evaluator.state = undefined;
    this.#statement(node.body);
    this.#choices.pop();
    this.#targets.pop();
    let after = join(evaluator.state, target.left);
    const skipsAll = !node.hasDefault && !hasMatch;
    if (skipsAll) after = join(after, known?.kind === 'integer' ? entry.copy() : entry.under(value));
    evaluator.state = after;
  }

  // ------------------------------------------------------------ loops

  #loop(node: Loop): void {
    const evaluator = this.#evaluator;
    if (evaluator.state === undefined) {
      // A jump into the loop would be needed to get there.
      if (holdsLabel(node.body)) evaluator.giveUp();
      return;
    }
    if (node.kind === 'for') for (const first of node.init) this.#statement(first);
    const entry = evaluator.state as State | undefined;
    if (entry === undefined || this.#unrolled(node, entry)) return;
    this.#general(node, entry);
  }

  /** One round: condition (not of `do`), body, step. Where it leaves the loop, and where the next one begins. */
  #round(node: Loop, start: State): Round {
    const evaluator = this.#evaluator;
    const target: Target = { isLoop: true, left: undefined, continued: undefined };
    evaluator.state = start;
    let exit: State | undefined;
    let condition: Value | undefined;
    const test = (): void => {
      if (evaluator.state === undefined) return;
      condition = node.condition === undefined ? integerValue(1n) : evaluator.value(node.condition);
      const truth = truthOfValue(condition);
      const before = evaluator.state as State | undefined;
      if (before === undefined || truth === true) return;
      exit = before.under(condition);
      evaluator.state = truth === false ? undefined : before.under(condition);
      if (truth === false) exit = before;
    };
    if (node.kind !== 'do') test();
    this.#targets.push(target);
    this.#depth += 1;
    evaluator.loopDepth += 1;
    this.#statement(node.body);
    evaluator.loopDepth -= 1;
    this.#depth -= 1;
    this.#targets.pop();
    evaluator.state = join(evaluator.state, target.continued);
    if (node.kind === 'for' && node.step !== undefined && evaluator.state !== undefined)
      evaluator.value(node.step);
    if (node.kind === 'do') test();
    return { exit, left: target.left, back: evaluator.state, condition };
  }

  /** A loop that runs once, or that only computes what is known, is its result. */
  #unrolled(node: Loop, entry: State): boolean {
    const evaluator = this.#evaluator;
    const saved = this.#save();
    let state: State = entry.copy();
    for (let count = 0; count < MAX_UNROLLED; count++) {
      const { exit, left, back, condition } = this.#round(node, state);
      if (!evaluator.isFollowed || left !== undefined) break;
      const truth = condition === undefined ? undefined : truthOfValue(condition);
      const isOnce = count === 0 || (count === 1 && node.kind !== 'do' && truth === false);
      if (truth === false || back === undefined) {
        const rest = evaluator.effects.slice(saved.effects.length);
        if (exit === undefined || (!isOnce && !rest.every(isInvisible))) break;
        evaluator.state = exit;
        return true;
      }
      if (truth === undefined) break;
      state = back;
    }
    this.#restore(saved);
    return false;
  }

  #general(node: Loop, entry: State): void {
    const evaluator = this.#evaluator;
    const loop = {};
    const changed = new Changes(loop);
    const returned = evaluator.frame.returns.length;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const saved = this.#save();
      const head = changed.head(entry);
      const start = head.copy();
      const { exit, left, back, condition } = this.#round(node, start);
      if (!evaluator.isFollowed) return;
      if (back !== undefined && changed.note(entry, head, back, round > 3)) {
        this.#restore(saved);
        continue;
      }
      const conditions = [
        ...(condition === undefined ? [] : [condition]),
        ...conditionsOf(left?.control, entry.control),
      ];
      if (back !== undefined) evaluator.completeEscapes(changed.complete(entry, back, conditions));
      const isEndless = back !== undefined && !(condition !== undefined && isCounted(condition, loop));
      if (isEndless && truthOfValue(condition ?? undefinedValue) !== false)
        evaluator.effects.push({
          control: entry.control,
          target: undefined,
          values: conditions,
          uses: [],
          size: 0,
        });
      const after = join(exit, left);
      // Control comes behind the loop in any case, unless the function ends inside.
      if (after !== undefined && evaluator.frame.returns.length === returned) after.control = entry.control;
      evaluator.state = after;
      return;
    }
    evaluator.giveUp();
  }

  #save(): Saved {
    const { effects, frame } = this.#evaluator;
    return {
      effects: [...effects],
      returns: frame.returns.length,
      passed: new Set(this.#passed),
      jumps: new Map([...this.#jumps].map(([label, jump]) => [label, { ...jump }])),
    };
  }

  #restore(saved: Saved): void {
    const evaluator = this.#evaluator;
    evaluator.effects = [...saved.effects];
    evaluator.frame.returns.length = saved.returns;
    this.#passed = new Set(saved.passed);
    this.#jumps = new Map([...saved.jumps].map(([label, jump]) => [label, { ...jump }]));
  }
}

interface Round {
  readonly exit: State | undefined;
  readonly left: State | undefined;
  readonly back: State | undefined;
  readonly condition: Value | undefined;
}

interface Saved {
  readonly effects: readonly Effect[];
  readonly returns: number;
  readonly passed: ReadonlySet<LabelSymbol>;
  readonly jumps: ReadonlyMap<LabelSymbol, { state: State | undefined; depth: number }>;
}

/** What a loop changes, and the values at its head that stand for all rounds. */
class Changes {
  readonly #loop: object;
  readonly #cells = new Map<Root, Map<number, { size: number; head: LoopHead }>>();
  readonly #whole = new Map<Root, LoopHead>();

  constructor(loop: object) {
    this.#loop = loop;
  }

  #newHead(): LoopHead {
    return { ...undefinedValue, inputs: [], loop: this.#loop };
  }

  /** The state at the head of the loop in any round. */
  head(entry: State): State {
    const state = entry.copy();
    for (const [root, head] of this.#whole) state.memory.set(root, { at: new Map(), rest: head });
    for (const [root, cells] of this.#cells)
      if (!this.#whole.has(root)) for (const [at, { size, head }] of cells) state.store(root, at, size, head);
    return state;
  }

  /** Notes what differs at the end of a round. @returns whether anything new does */
  note(entry: State, head: State, back: State, isLate: boolean): boolean {
    let isNew = false;
    for (const root of new Set([...entry.memory.keys(), ...back.memory.keys()])) {
      if (this.#whole.has(root) || isOwnOfLoop(root, entry)) continue;
      const [before, after] = [head.cells(root), back.cells(root)];
      if (before === after) continue;
      const places = changedPlaces(before, after);
      if (places === undefined || (isLate && places.length > 0)) {
        this.#whole.set(root, this.#newHead());
        isNew = true;
        continue;
      }
      const known = this.#cells.get(root) ?? new Map<number, { size: number; head: LoopHead }>();
      this.#cells.set(root, known);
      for (const { offset, size } of places) {
        if (known.get(offset)?.size === size) continue;
        known.set(offset, { size, head: this.#newHead() });
        isNew = true;
      }
    }
    return isNew;
  }

  /** Tells what the values at the head are: those before the loop, or those at the end of a round. @returns all heads */
  complete(entry: State, back: State, conditions: readonly Value[]): readonly Value[] {
    const inputsOf = (state: State, root: Root): Value[] => {
      const { at, rest } = state.cells(root);
      return [rest, ...[...at.values()].map(({ value }) => value)];
    };
    for (const [root, head] of this.#whole)
      head.inputs = [...inputsOf(entry, root), ...inputsOf(back, root), ...conditions];
    for (const [root, cells] of this.#cells) {
      for (const [offset, { size, head }] of cells)
        head.inputs = [back.load(root, offset, size), entry.load(root, offset, size), ...conditions];
    }
    const parts = [...this.#cells.values()].flatMap((cells) => [...cells.values()]);
    return [...this.#whole.values(), ...parts.map(({ head }) => head)];
  }
}

/** Memory that begins to exist in each round. */
const isOwnOfLoop = (root: Root, entry: State): boolean =>
  root.storage !== 'static' && !entry.memory.has(root);

/** Where values differ; undefined where the pieces do. */
function changedPlaces(
  before: Cells,
  after: Cells,
): { readonly offset: number; readonly size: number }[] | undefined {
  if (!isSame(before.rest, after.rest)) return undefined;
  const places: { offset: number; size: number }[] = [];
  for (const [offset, cell] of after.at) {
    const old: Cell | undefined = before.at.get(offset);
    if (old !== undefined && old.size !== cell.size) return undefined;
    if (old === undefined || !isSame(old.value, cell.value)) places.push({ offset, size: cell.size });
  }
  return [...before.at.keys()].every((offset) => after.at.has(offset)) ? places : undefined;
}

const covers = ({ first, last }: SwitchCase, value: bigint): boolean => first <= value && value <= last;

/** Only memory of the function's own is written. */
const isInvisible = ({ target }: Effect): boolean => target?.storage === 'automatic' && !target.isEscaped;

/** Whether a loop ends for sure: a variable that grows or shrinks by a constant is compared with what stays as it is. */
function isCounted(condition: Value, loop: object): boolean {
  if (condition.known !== undefined) return false;
  const [left, right] = condition.isTruth === true ? condition.inputs : [condition];
  if (left === undefined) return false;
  if (right === undefined) return isCounter(left, loop) || (left.isTruth === true && isCounted(left, loop));
  if (left.isTruth === true || right.isTruth === true) {
    return (
      (left.isTruth === true && isCounted(left, loop)) || (right.isTruth === true && isCounted(right, loop))
    );
  }
  return (
    (isCounter(left, loop) && !dependsOn(right, loop)) || (isCounter(right, loop) && !dependsOn(left, loop))
  );
}

function isCounter(value: Value, loop: object): boolean {
  let head: Value | undefined = value;
  while (head !== undefined && head.loop !== loop)
    head = head.added === undefined ? undefined : head.inputs[0];
  if (head === undefined) return false;
  let sum = 0n;
  let next: Value | undefined = head.inputs[0];
  while (next !== undefined && next !== head) {
    if (next.added === undefined) return false;
    sum += next.added;
    next = next.inputs[0];
  }
  return next === head && sum !== 0n;
}

function dependsOn(value: Value, loop: object): boolean {
  const seen = new Set<Value>();
  const work = [value];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.loop === loop) return true;
    // Memory may be changed by the loop.
    if (next.uses.length > 0) return true;
    work.push(...next.inputs);
  }
  return false;
}

function holdsLabel(statement: TypedStatement): boolean {
  switch (statement.kind) {
    case 'label':
    case 'case':
    case 'default':
      return true;
    case 'block':
      return statement.statements.some(holdsLabel);
    case 'if':
      return (
        holdsLabel(statement.then) || (statement.otherwise !== undefined && holdsLabel(statement.otherwise))
      );
    case 'while':
    case 'do':
    case 'for':
    case 'switch':
      return holdsLabel(statement.body);
    default:
      return false;
  }
}
