/**
 * Visits the statements of a function that control can reach, in the order in which gcc -O0 writes their code.
 *
 * A statement behind a jump, a branch on a constant, a case that a constant value does not choose and what stands behind a
 * label to which no reachable code jumps have no code. Jumps backwards may make a place reachable that was passed already:
 * then the function is visited again, with what is known by then.
 *
 * Source: gcc/gimplify.cc (order of loops), gcc/tree-cfg.cc (cleanup_control_flow_bb, make_edges), gcc/tree-cfgcleanup.cc
 * (delete_unreachable_blocks): behaviour.
 * Simplified: a label whose address is taken counts as reachable.
 */
import type {
  LabelSymbol,
  ObjectInitializer,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedStatement,
} from './typed-tree.ts';

/** Told about what is reached. */
export interface StatementVisitor {
  /** The truth of a condition that the compiler knows. */
  truth(condition: TypedExpression): boolean | undefined;
  /** The value of a number that the compiler knows. */
  integer(value: TypedExpression): bigint | undefined;
  condition(condition: TypedExpression, truth: boolean | undefined): void;
  expression(node: TypedExpression, isUsed: boolean): void;
  initializer(object: ObjectSymbol, initializer: ObjectInitializer): void;
  switch(statement: TypedStatement & { kind: 'switch' }): void;
  /** Whether control does not come back from an expression. */
  endsIn(node: TypedExpression): boolean;
}

type Loop = TypedStatement & { kind: 'while' | 'do' | 'for' };

/** What is known of jumps in one function, from all visits. */
export class KnownJumps {
  readonly #labels = new Set<LabelSymbol>();
  readonly #entered = new Set<Loop>();
  #passed = new Set<LabelSymbol>();
  #isNew = false;

  /** Whether a label is jumped to; it is remembered that it was passed. */
  isTarget(label: LabelSymbol): boolean {
    if (label.isAddressTaken || label.isNonlocal === true || this.#labels.has(label)) return true;
    this.#passed.add(label);
    return false;
  }

  jumpTo(label: LabelSymbol): void {
    if (this.#labels.has(label)) return;
    this.#labels.add(label);
    if (this.#passed.has(label)) this.#isNew = true;
  }

  /** Whether control comes to the start of a loop's body from its end, after a jump into it. */
  isEntered(loop: Loop): boolean {
    return this.#entered.has(loop);
  }

  enter(loop: Loop): void {
    if (this.#entered.has(loop)) return;
    this.#entered.add(loop);
    this.#isNew = true;
  }

  /** Whether something was found behind the place where it counts; a new visit begins. */
  mustVisitAgain(): boolean {
    const isNew = this.#isNew;
    this.#isNew = false;
    this.#passed = new Set();
    return isNew;
  }
}

/** A statement that `break` leaves, or whose next round `continue` begins. */
interface Target {
  readonly isLoop: boolean;
  isLeft: boolean;
  isContinued: boolean;
}

/** Which labels of a switch its value can choose. */
interface Choice {
  readonly isReached: boolean;
  readonly value: bigint | undefined;
  readonly hasMatch: boolean;
}

/** One visit of a function. */
export class ReachableStatements {
  readonly #visitor: StatementVisitor;
  readonly #jumps: KnownJumps;
  readonly #targets: Target[] = [];
  readonly #choices: Choice[] = [];
  /** Whether control comes to the place where the visit is. */
  #isReached = true;

  constructor(visitor: StatementVisitor, jumps: KnownJumps) {
    this.#visitor = visitor;
    this.#jumps = jumps;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  block(block: TypedBlock): void {
    for (const statement of block.statements) this.statement(statement);
  }

  statement(labelled: TypedStatement): void {
    let node = labelled;
    // Chains of labels may be long.
    while (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') {
      this.#label(node);
      node = node.body;
    }
    switch (node.kind) {
      case 'block':
        this.block(node);
        return;
      case 'declare':
        if (this.#isReached && node.initializer !== undefined)
          this.#visitor.initializer(node.object, node.initializer);
        return;
      case 'expression':
        this.#expression(node.expression, false);
        if (this.#visitor.endsIn(node.expression)) this.#isReached = false;
        return;
      case 'null':
      case 'unsupported':
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
      case 'computed-goto':
        this.#expression(node.target, true);
        break;
      case 'nonlocal-goto':
        this.#expression(node.buffer, true);
        break;
      case 'return':
        if (node.value !== undefined) this.#expression(node.value, true);
        break;
      case 'goto':
        if (this.#isReached) this.#jumps.jumpTo(node.label);
        break;
      case 'break':
        if (this.#isReached) this.#leave(this.#targets.at(-1));
        break;
      case 'continue':
        if (this.#isReached) this.#continue();
        break;
    }
    this.#isReached = false;
  }

  #expression(node: TypedExpression, isUsed: boolean): void {
    if (this.#isReached) this.#visitor.expression(node, isUsed);
  }

  #leave(target: Target | undefined): void {
    if (target !== undefined) target.isLeft = true;
  }

  #continue(): void {
    for (let i = this.#targets.length - 1; i >= 0; i--) {
      const target = this.#targets[i];
      if (target?.isLoop !== true) continue;
      target.isContinued = true;
      return;
    }
  }

  #label(node: TypedStatement & { kind: 'case' | 'default' | 'label' }): void {
    if (this.#isReached) return;
    if (node.kind === 'label') {
      this.#isReached = this.#jumps.isTarget(node.label);
      return;
    }
    const choice = this.#choices.at(-1);
    if (choice?.isReached !== true) return;
    const { value, hasMatch } = choice;
    if (value === undefined) this.#isReached = true;
    else if (node.kind === 'default') this.#isReached = !hasMatch;
    else this.#isReached = node.label.first <= value && value <= node.label.last;
  }

  #if(node: TypedStatement & { kind: 'if' }): void {
    const truth = this.#visitor.truth(node.condition);
    const isReached = this.#isReached;
    if (isReached) this.#visitor.condition(node.condition, truth);
    this.#isReached = isReached && truth !== false;
    this.statement(node.then);
    const afterThen = this.#isReached;
    this.#isReached = isReached && truth !== true;
    if (node.otherwise !== undefined) this.statement(node.otherwise);
    this.#isReached ||= afterThen;
  }

  // gcc writes the condition of every loop behind its body and step.
  #loop(node: Loop): void {
    if (node.kind === 'for') for (const first of node.init) this.statement(first);
    const { condition } = node;
    const truth = condition === undefined ? true : this.#visitor.truth(condition);
    const isReached = this.#isReached;
    const isBegun = (isReached && (node.kind === 'do' || truth !== false)) || this.#jumps.isEntered(node);
    this.#isReached = isBegun;
    const target: Target = { isLoop: true, isLeft: false, isContinued: false };
    this.#targets.push(target);
    this.statement(node.body);
    this.#targets.pop();
    this.#isReached ||= target.isContinued;
    if (node.kind === 'for' && node.step !== undefined) this.#expression(node.step, false);
    if (node.kind !== 'do') this.#isReached ||= isReached;
    if (this.#isReached && condition !== undefined) this.#visitor.condition(condition, truth);
    if (this.#isReached && truth !== false && !isBegun) this.#jumps.enter(node);
    this.#isReached = (this.#isReached && truth !== true) || target.isLeft;
  }

  #switch(node: TypedStatement & { kind: 'switch' }): void {
    const isReached = this.#isReached;
    const value = this.#visitor.integer(node.value);
    if (isReached) {
      this.#visitor.expression(node.value, true);
      if (value === undefined) this.#visitor.switch(node);
    }
    const hasMatch =
      value !== undefined && node.cases.some(({ first, last }) => first <= value && value <= last);
    const target: Target = { isLoop: false, isLeft: false, isContinued: false };
    this.#targets.push(target);
    this.#choices.push({ isReached, value, hasMatch });
    this.#isReached = false;
    this.statement(node.body);
    this.#choices.pop();
    this.#targets.pop();
    const skipsAll = isReached && !node.hasDefault && !hasMatch;
    this.#isReached ||= target.isLeft || skipsAll;
  }
}
