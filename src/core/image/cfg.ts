/**
 * The basic-block graph of a function as gcc has it when it decides about the stack frame, reduced to what matters
 * there: where variables are read, assigned, mentioned and where their scopes end.
 *
 * The order of edges is gcc's: a test has its true edge first; a loop's test comes after its body; a switch has its
 * default first, then the cases in ascending order. Blocks that nothing reaches stay without predecessors.
 */
import { unreachable } from '../../base/assert.ts';
import { isVariableLength, qualsOf, resolve } from '../sema/type-relations.ts';
import type {
  LabelSymbol,
  ObjectInitializer,
  ObjectSymbol,
  SwitchCase,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { VOLATILE } from '../sema/type.ts';
import type { ArrayType, CType } from '../sema/type.ts';
import type { FlowBlock, FlowEvent, FlowGraph, Temporary } from './flow-graph.ts';
import { constantInteger, constantTruth, rangeOfSwitch } from '../sema/front-end-folding.ts';
import { Gimplifier } from './gimplify.ts';
import type { FlowSink } from './gimplify.ts';
import { hasRegisterMode } from './register-modes.ts';

/**
 * Builds the graph of a function.
 *
 * @param isRegisterLike - whether gcc may keep the variable in a register: a scalar whose address is not taken
 */
export function buildFlowGraph(
  fn: TypedFunction,
  wordBytes: 4 | 8,
  isRegisterLike: (object: ObjectSymbol) => boolean,
): FlowGraph {
  const builder = new FlowBuilder(fn, wordBytes, isRegisterLike);
  for (const parameter of fn.parameters) builder.measureLengths(parameter.type.type);
  builder.statement(fn.body);
  builder.finish();
  return { blocks: builder.blocks, versions: builder.versions };
}

interface LoopTargets {
  readonly breakTo: number;
  readonly continueTo: number | undefined;
  readonly depth: number;
}

class FlowBuilder implements FlowSink {
  readonly blocks: FlowBlock[] = [
    { events: [], successors: [] },
    { events: [], successors: [] },
  ];
  readonly wordBytes: 4 | 8;
  readonly isRegisterLike: (object: ObjectSymbol) => boolean;
  readonly #expressions: Gimplifier;
  #current = 0;
  /** Variables of the open scopes, outermost first. */
  readonly #scopes: (readonly ObjectSymbol[])[] = [];
  readonly #targets: LoopTargets[] = [];
  /** By scope: the blocks that end it on the way to other blocks. */
  readonly #exits = new Map<readonly ObjectSymbol[], Map<number, number>>();
  /** The block where all ways out meet. */
  readonly #exit = 1;
  /** The value that the function returns. */
  readonly #result: Temporary | undefined;
  #returnsValue = false;
  readonly #labels = new Map<LabelSymbol, number>();
  readonly #labelScopes: ReadonlyMap<LabelSymbol, readonly (readonly ObjectSymbol[])[]>;
  readonly #cases = new Map<SwitchCase, number>();
  /** Blocks of the default labels of the switches around, innermost last. */
  readonly #defaults: number[] = [];
  readonly #measured = new Set<ArrayType>();

  constructor(fn: TypedFunction, wordBytes: 4 | 8, isRegisterLike: (object: ObjectSymbol) => boolean) {
    this.wordBytes = wordBytes;
    this.isRegisterLike = isRegisterLike;
    this.#expressions = new Gimplifier(this);
    this.#labelScopes = scopesOfLabels(fn.body);
    const result = fn.symbol.type.result.type;
    this.#result = !isHeldInRegisters(result)
      ? undefined
      : { kind: 'temporary', type: result, version: undefined };
  }

  newBlock(): number {
    this.blocks.push({ events: [], successors: [] });
    return this.blocks.length - 1;
  }

  event(event: FlowEvent): void {
    this.blocks[this.#current]?.events.push(event);
  }

  edge(to: number): void {
    this.blocks[this.#current]?.successors.push(to);
  }

  moveTo(block: number): void {
    this.#current = block;
  }

  enter(block: number): void {
    this.edge(block);
    this.#current = block;
  }

  #jump(to: number): void {
    this.edge(to);
    this.#current = this.newBlock();
  }

  open(objects: readonly ObjectSymbol[]): void {
    this.#scopes.push(objects);
  }

  close(): void {
    this.#endScopes(this.#scopes.length - 1);
    this.#scopes.pop();
  }

  /** Ends the scopes from `depth` on, at their end. */
  #endScopes(depth: number): void {
    for (let index = this.#scopes.length - 1; index >= depth; index -= 1) {
      for (const object of clobbered(this.#scopes[index] ?? [], this.isRegisterLike))
        this.event({ kind: 'end', object });
    }
  }

  /** Jumps out of the scopes from `depth` on. All jumps from a scope to one place share what ends the scope. */
  #leave(depth: number, to: number): void {
    for (let index = this.#scopes.length - 1; index >= depth; index -= 1) {
      const scope = this.#scopes[index] ?? [];
      const ended = clobbered(scope, this.isRegisterLike);
      if (ended.length === 0) continue;
      const exits = this.#exits.get(scope) ?? new Map<number, number>();
      this.#exits.set(scope, exits);
      const known = exits.get(to);
      if (known !== undefined) {
        this.#jump(known);
        return;
      }
      const exit = this.newBlock();
      exits.set(to, exit);
      this.enter(exit);
      for (const object of ended) this.event({ kind: 'end', object });
    }
    this.#jump(to);
  }

  /** Number of SSA names that expressions took. */
  get versions(): number {
    return this.#expressions.versions;
  }

  /** The last block: all ways out of the function meet there. */
  finish(): void {
    this.enter(this.#exit);
    this.event({ kind: 'load' });
    if (this.#result !== undefined && this.#returnsValue)
      this.event({ kind: 'use', pseudo: this.#result, inRegister: false, result: undefined });
  }

  #labelBlock(label: LabelSymbol): number {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const block = this.newBlock();
    this.#labels.set(label, block);
    return block;
  }

  statement(statement: TypedStatement): void {
    switch (statement.kind) {
      case 'block':
        this.open(statement.objects);
        for (const inner of statement.statements) this.statement(inner);
        this.close();
        return;
      case 'declare':
        this.#declare(statement.object, statement.initializer);
        return;
      case 'expression':
        this.#expressions.effect(statement.expression);
        return;
      case 'if': {
        const [then, otherwise, end] = [this.newBlock(), this.newBlock(), this.newBlock()];
        this.#expressions.condition(statement.condition, then, otherwise);
        this.#current = then;
        this.statement(statement.then);
        this.edge(end);
        this.#current = otherwise;
        if (statement.otherwise !== undefined) this.statement(statement.otherwise);
        this.enter(end);
        return;
      }
      case 'while':
        this.#loop(statement.body, statement.condition, undefined, true);
        return;
      case 'do':
        this.#loop(statement.body, statement.condition, undefined, false);
        return;
      case 'for':
        this.open(statement.objects);
        for (const init of statement.init) this.statement(init);
        this.#loop(statement.body, statement.condition, statement.step, true);
        this.close();
        return;
      case 'switch':
        this.#switch(statement);
        return;
      case 'case':
      case 'default':
      case 'label':
        this.#labelled(statement);
        return;
      case 'goto':
        this.#leave(this.#commonDepth(statement.label), this.#labelBlock(statement.label));
        return;
      case 'computed-goto':
        this.#expressions.consume(statement.target);
        // To every label whose address is taken, those further down too.
        for (const label of this.#labelScopes.keys()) {
          if (label.isAddressTaken) this.edge(this.#labelBlock(label));
        }
        this.#current = this.newBlock();
        return;
      case 'nonlocal-goto':
        this.#expressions.consume(statement.buffer);
        this.#current = this.newBlock();
        return;
      case 'break':
      case 'continue': {
        const wanted = statement.kind === 'break' ? 'breakTo' : 'continueTo';
        for (let index = this.#targets.length - 1; index >= 0; index -= 1) {
          const targets = this.#targets[index];
          const to = targets?.[wanted];
          if (targets === undefined || to === undefined) continue;
          this.#leave(targets.depth, to);
          return;
        }
        return;
      }
      case 'return':
        if (statement.value !== undefined && this.#result !== undefined) {
          this.#returnsValue = true;
          this.#expressions.returned(statement.value, this.#result);
        } else if (statement.value !== undefined) this.#expressions.returned(statement.value, undefined);
        else this.event({ kind: 'other' });
        this.#leave(0, this.#exit);
        return;
      case 'null':
      case 'unsupported':
        return;
      default:
        unreachable(statement);
    }
  }

  /** Where a switch goes when no label fits; to the first label when they cover all values. */
  #blockOfDefault(
    statement: Extract<TypedStatement, { kind: 'switch' }>,
    sorted: readonly SwitchCase[],
    range: readonly [bigint, bigint] | undefined,
    exit: number,
  ): number {
    if (statement.hasDefault) return this.newBlock();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (range === undefined || first === undefined || last === undefined) return exit;
    const isCovered =
      first.first <= range[0] &&
      last.last >= range[1] &&
      sorted.every((label, index) => index === 0 || label.first === (sorted[index - 1]?.last ?? 0n) + 1n);
    return isCovered ? (this.#cases.get(first) ?? exit) : exit;
  }

  /** A statement behind any number of labels. */
  #labelled(labelled: Extract<TypedStatement, { kind: 'case' | 'default' | 'label' }>): void {
    let statement: TypedStatement = labelled;
    while (statement.kind === 'case' || statement.kind === 'default' || statement.kind === 'label') {
      const block =
        statement.kind === 'label'
          ? this.#labelBlock(statement.label)
          : statement.kind === 'case'
            ? this.#cases.get(statement.label)
            : this.#defaults.at(-1);
      if (block !== undefined) {
        this.enter(block);
        // Any call may come back here.
        if (statement.kind === 'label' && statement.label.isNonlocal === true)
          this.blocks[0]?.successors.push(block);
      }
      statement = statement.body;
    }
    this.statement(statement);
  }

  /** Number of open scopes that a jump to a label does not leave. */
  #commonDepth(label: LabelSymbol): number {
    const target = this.#labelScopes.get(label) ?? [];
    let depth = 0;
    while (depth < this.#scopes.length && this.#scopes[depth] === target[depth]) depth += 1;
    return depth;
  }

  #declare(object: ObjectSymbol, initializer: ObjectInitializer | undefined): void {
    if (object.storage !== 'automatic') return;
    this.measureLengths(object.type.type);
    if (initializer !== undefined) this.#expressions.initialize(object, initializer);
    else if (isVariableLength(object.type.type)) this.event({ kind: 'allocate', object });
  }

  /** Lengths are computed once for each type, those of inner arrays first. */
  measureLengths(type: CType): void {
    const resolved = resolve(type);
    if (resolved.kind === 'pointer') this.measureLengths(resolved.target.type);
    if (resolved.kind !== 'array') return;
    this.measureLengths(resolved.element.type);
    if (resolved.sizeExpression === undefined || this.#measured.has(resolved)) return;
    this.#measured.add(resolved);
    this.#expressions.consume(resolved.sizeExpression);
    this.event({ kind: 'measure', array: resolved });
  }

  /** A loop; `testFirst` enters at the test. */
  #loop(
    body: TypedStatement,
    condition: TypedExpression | undefined,
    step: TypedExpression | undefined,
    testFirst: boolean,
  ): void {
    const [start, next, test, exit] = [this.newBlock(), this.newBlock(), this.newBlock(), this.newBlock()];
    const truth = condition === undefined ? true : constantTruth(condition);
    this.enter(testFirst && truth !== true ? test : start);
    this.#current = start;
    this.#targets.push({ breakTo: exit, continueTo: next, depth: this.#scopes.length });
    this.statement(body);
    this.#targets.pop();
    this.enter(next);
    if (step !== undefined) this.#expressions.effect(step);
    this.enter(test);
    if (condition === undefined) this.edge(start);
    else this.#expressions.condition(condition, start, exit);
    this.#current = exit;
  }

  #switch(statement: Extract<TypedStatement, { kind: 'switch' }>): void {
    this.#expressions.consume(statement.value);
    const exit = this.newBlock();
    const range = rangeOfSwitch(statement.value);
    const sorted = statement.cases
      .filter(({ first, last }) => range === undefined || (last >= range[0] && first <= range[1]))
      .sort((a, b) => (a.first < b.first ? -1 : 1));
    for (const label of statement.cases) this.#cases.set(label, this.newBlock());
    const otherwise = this.#blockOfDefault(statement, sorted, range, exit);
    const value = constantInteger(statement.value);
    if (value === undefined) {
      this.edge(otherwise);
      for (const label of sorted) this.edge(this.#cases.get(label) ?? exit);
    } else {
      const taken = sorted.find((label) => label.first <= value && value <= label.last);
      this.edge(taken === undefined ? otherwise : (this.#cases.get(taken) ?? exit));
    }
    this.#current = this.newBlock();
    this.#defaults.push(otherwise);
    this.#targets.push({ breakTo: exit, continueTo: undefined, depth: this.#scopes.length });
    this.statement(statement.body);
    this.#targets.pop();
    this.#defaults.pop();
    this.enter(exit);
  }
}

/** Whether gcc has one register for a value of the type: no record of odd size. */
function isHeldInRegisters(type: CType): boolean {
  const { kind } = resolve(type);
  return kind === 'record' ? hasRegisterMode(type) : kind !== 'void';
}

/** Variables whose contents are gone at the end of their scope: those in memory that are not volatile. */
function clobbered(
  scope: readonly ObjectSymbol[],
  isRegisterLike: (object: ObjectSymbol) => boolean,
): readonly ObjectSymbol[] {
  return scope.filter(
    (object) =>
      object.storage === 'automatic' && !isRegisterLike(object) && (qualsOf(object.type) & VOLATILE) === 0,
  );
}

/** The scopes around each label, outermost first, by the list of their objects. */
function scopesOfLabels(body: TypedBlock): ReadonlyMap<LabelSymbol, readonly (readonly ObjectSymbol[])[]> {
  const found = new Map<LabelSymbol, readonly (readonly ObjectSymbol[])[]>();
  const visit = (statement: TypedStatement, scopes: readonly (readonly ObjectSymbol[])[]): void => {
    let inner = statement;
    while (inner.kind === 'case' || inner.kind === 'default' || inner.kind === 'label') {
      if (inner.kind === 'label') found.set(inner.label, scopes);
      inner = inner.body;
    }
    switch (inner.kind) {
      case 'block':
        for (const part of inner.statements) visit(part, [...scopes, inner.objects]);
        return;
      case 'for':
        visit(inner.body, [...scopes, inner.objects]);
        return;
      case 'if':
        visit(inner.then, scopes);
        if (inner.otherwise !== undefined) visit(inner.otherwise, scopes);
        return;
      case 'while':
      case 'do':
      case 'switch':
        visit(inner.body, scopes);
        return;
      default:
        return;
    }
  };
  visit(body, []);
  return found;
}
