/**
 * Functions with labels: a loop over basic blocks.
 *
 * The statements that contain a target of a jump are taken apart into basic blocks, laid out one after the other inside
 * nested wasm blocks; a local holds the number of the next one and a table at the head of the loop enters it. Falling
 * from one basic block into the next costs nothing. Statements without targets stay structured inside their basic
 * block, so that their loops run at full speed. This serves `goto` of any kind, computed goto, and case labels that
 * stand inside other statements (Duff's device).
 */
import { invariant } from '../../base/assert.ts';
import { walkStatement } from '../image/tree-walk.ts';
import { isVariableLength } from '../sema/type-relations.ts';
import type { LabelSymbol, SwitchCase, TypedBlock, TypedStatement } from '../sema/typed-tree.ts';
import type { Dispatch, FunctionState, JumpTarget, LabelState } from './function-state.ts';
import {
  catchingLongjmp,
  collectNonlocalLabels,
  collectSetjmps,
  isEvaluatedFirst,
  setjmpIn,
} from './nonlocal-jump.ts';
import type { Jump } from './nonlocal-jump.ts';
import {
  closeVariableScope,
  declaresVariableArray,
  guarded,
  guardedCondition,
  jump,
  openVariableScope,
  withJumps,
} from './statement.ts';
import { testCase } from './switch.ts';
import { valueKindOf } from './value-type.ts';
import { evaluateFully } from './missing-return.ts';
import { op } from './wasm-module.ts';

/** Which statements contain targets of jumps. */
export interface JumpPlan {
  /** Statements that are taken apart; empty when the whole function is structured. */
  readonly entered: ReadonlySet<TypedStatement>;
  readonly targets: ReadonlySet<LabelSymbol>;
  /** Statements with a call of setjmp, at which longjmp goes on. */
  readonly setjmps: ReadonlyMap<TypedStatement, Jump>;
}

/** Finds the statements of a function's body, or of a statement expression, that jumps enter. */
export function planJumps(body: TypedBlock): JumpPlan {
  const targets = new Set<LabelSymbol>();
  const setjmps = new Map<TypedStatement, Jump>();
  const entered = new Set<TypedStatement>();
  collectTargets(body, targets);
  markEntered(body, { targets, setjmps, entered });
  return { entered, targets, setjmps };
}

/** The statements directly inside a statement. */
function partsOf(statement: TypedStatement): readonly TypedStatement[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements;
    case 'if':
      return statement.otherwise === undefined ? [statement.then] : [statement.then, statement.otherwise];
    case 'while':
    case 'do':
    case 'switch':
    case 'case':
    case 'default':
    case 'label':
      return [statement.body];
    case 'for':
      return [...statement.init, statement.body];
    case 'declare':
    case 'expression':
    case 'null':
    case 'goto':
    case 'computed-goto':
    case 'nonlocal-goto':
    case 'break':
    case 'continue':
    case 'return':
    case 'unsupported':
      return [];
  }
}

function collectTargets(body: TypedStatement, targets: Set<LabelSymbol>): void {
  walkStatement(body, {
    statement: (statement) => {
      if (statement.kind === 'goto') targets.add(statement.label);
      if (statement.kind !== 'label') return;
      if (statement.label.isAddressTaken || statement.label.isNonlocal === true) targets.add(statement.label);
    },
  });
}

function markEntered(
  statement: TypedStatement,
  plan: {
    readonly targets: ReadonlySet<LabelSymbol>;
    readonly setjmps: Map<TypedStatement, Jump>;
    readonly entered: Set<TypedStatement>;
  },
): boolean {
  let isEntered = statement.kind === 'label' && plan.targets.has(statement.label);
  const call = setjmpIn(statement);
  if (call !== undefined && isEvaluatedFirst(statement, call)) {
    plan.setjmps.set(statement, call);
    isEntered = true;
  }
  for (const part of partsOf(statement)) {
    if (markEntered(part, plan)) isEntered = true;
  }
  if (statement.kind === 'switch' && (isEntered || hasNestedLabel(statement.body))) {
    isEntered = true;
    markPathsToLabels(statement.body, plan.entered);
  }
  if (isEntered) plan.entered.add(statement);
  return isEntered;
}

/** Whether a case label of the switch with this body stands inside another statement of it. */
function hasNestedLabel(body: TypedStatement): boolean {
  const direct = body.kind === 'block' ? body.statements : [body];
  return direct.some((statement) => {
    let inner = statement;
    while (inner.kind === 'case' || inner.kind === 'default') inner = inner.body;
    return holdsLabel(inner);
  });
}

/** Whether a case label of the enclosing switch is in the statement. */
function holdsLabel(statement: TypedStatement): boolean {
  if (statement.kind === 'case' || statement.kind === 'default') return true;
  if (statement.kind === 'switch') return false;
  return partsOf(statement).some(holdsLabel);
}

function markPathsToLabels(statement: TypedStatement, entered: Set<TypedStatement>): void {
  if (!holdsLabel(statement)) return;
  entered.add(statement);
  if (statement.kind === 'switch') return;
  for (const part of partsOf(statement)) markPathsToLabels(part, entered);
}

/** Open scopes with variable length arrays, and the arrays of the innermost one so far. */
interface Arrays {
  readonly scopes: number;
  arrays: number;
}

/** Numbers of basic blocks by what starts them, given out in the order in which they are emitted. */
class StateNumbers {
  #next = 1;
  readonly labels = new Map<LabelSymbol, LabelState>();
  readonly cases = new Map<SwitchCase, number>();
  readonly defaults = new Map<TypedStatement, number>();
  /** Up to three blocks for each statement that is taken apart. */
  readonly parts = new Map<TypedStatement, number[]>();
  /** Blocks that begin with a statement that calls setjmp. */
  readonly setjmps = new Map<TypedStatement, number>();

  constructor(plan: JumpPlan, body: TypedBlock, outerScopes: number) {
    this.#number(plan, body, { scopes: outerScopes, arrays: 0 });
  }

  /** Number of basic blocks, the first one included. */
  get count(): number {
    return this.#next;
  }

  part(statement: TypedStatement, index: number): number {
    const number = this.parts.get(statement)?.[index];
    invariant(number !== undefined, 'a statement that is taken apart has numbers');
    return number;
  }

  #take(statement: TypedStatement): void {
    const numbers = this.parts.get(statement) ?? [];
    numbers.push(this.#next);
    this.#next += 1;
    this.parts.set(statement, numbers);
  }

  #number(plan: JumpPlan, statement: TypedStatement, around: Arrays): void {
    if (!plan.entered.has(statement)) return;
    this.#numberSetjmp(plan, statement);
    switch (statement.kind) {
      case 'label':
        if (plan.targets.has(statement.label)) {
          this.labels.set(statement.label, {
            index: this.#next,
            variableScopes: around.scopes,
            arraysBefore: around.arrays,
          });
          this.#next += 1;
        }
        this.#number(plan, statement.body, around);
        return;
      case 'case':
        this.cases.set(statement.label, this.#next);
        this.#next += 1;
        this.#number(plan, statement.body, around);
        return;
      case 'default':
        this.defaults.set(statement, this.#next);
        this.#next += 1;
        this.#number(plan, statement.body, around);
        return;
      case 'if':
        this.#number(plan, statement.then, around);
        this.#take(statement);
        if (statement.otherwise !== undefined) {
          this.#number(plan, statement.otherwise, around);
          this.#take(statement);
        }
        return;
      case 'while':
        this.#take(statement);
        this.#number(plan, statement.body, around);
        this.#take(statement);
        return;
      case 'do':
        this.#take(statement);
        this.#number(plan, statement.body, around);
        this.#take(statement);
        this.#take(statement);
        return;
      case 'for':
        for (const init of statement.init) this.#number(plan, init, around);
        this.#take(statement);
        this.#number(plan, statement.body, around);
        this.#take(statement);
        this.#take(statement);
        return;
      case 'switch':
        this.#number(plan, statement.body, around);
        this.#take(statement);
        return;
      case 'block':
        this.#numberBlock(plan, statement, around);
        return;
      default:
        return;
    }
  }
  #numberBlock(plan: JumpPlan, block: TypedBlock, around: Arrays): void {
    const isScope = declaresVariableArray(block);
    const inside = isScope ? { scopes: around.scopes + 1, arrays: 0 } : around;
    for (const inner of block.statements) {
      this.#number(plan, inner, inside);
      if (isScope && inner.kind === 'declare' && isVariableLength(inner.object.type.type)) inside.arrays += 1;
    }
  }

  /** A loop tests its condition at the beginning of a block that it has anyway. */
  #numberSetjmp(plan: JumpPlan, statement: TypedStatement): void {
    if (!plan.setjmps.has(statement)) return;
    if (statement.kind === 'while' || statement.kind === 'do' || statement.kind === 'for') return;
    this.setjmps.set(statement, this.#next);
    this.#next += 1;
  }

  /** The block at which longjmp goes on. */
  resumption(statement: TypedStatement): number {
    return this.setjmps.get(statement) ?? this.part(statement, statement.kind === 'do' ? 1 : 0);
  }
}

/** Emits a body with jumps. */
export function generateDispatchLoop(state: FunctionState, plan: JumpPlan, body: TypedBlock): void {
  const { code } = state;
  const numbers = new StateNumbers(plan, body, state.variableScopes.length);
  const local = state.local('i32');
  // A statement expression is entered more than once.
  code.i32Const(0);
  code.localSet(local);
  if (plan.setjmps.size > 0) {
    collectSetjmps(state, plan.setjmps);
    state.resumed = state.local('i32');
  }
  collectNonlocalLabels(state, numbers.labels.keys());
  if (state.setjmps.length + state.nonlocalLabels.length > 0) state.jumpValue = state.local('i32');
  catchingLongjmp(
    state,
    () => dispatchLoop(state, plan, numbers, local, body),
    (site) => {
      code.i32Const(
        'call' in site ? numbers.resumption(site.statement) : (numbers.labels.get(site.label)?.index ?? 0),
      );
      code.localSet(local);
    },
  );
}

function dispatchLoop(
  state: FunctionState,
  plan: JumpPlan,
  numbers: StateNumbers,
  local: number,
  body: TypedBlock,
): void {
  const { code } = state;
  const loop = code.open(op.loop);
  const blocks: number[] = Array.from({ length: numbers.count }, () => 0);
  for (let index = numbers.count - 1; index >= 0; index -= 1) blocks[index] = code.open(op.block);
  const dispatch: Dispatch = { outer: state.dispatch, local, loop, labels: numbers.labels };
  state.dispatch = dispatch;
  code.localGet(local);
  code.branchTable(blocks, blocks[0] ?? 0);
  code.close();
  const lowering = new Lowering(state, plan, numbers, dispatch);
  lowering.lower(body);
  lowering.finish();
  code.close();
  state.dispatch = dispatch.outer;
}

/** Emits statements that are taken apart. */
class Lowering {
  readonly #state: FunctionState;
  readonly #plan: JumpPlan;
  readonly #numbers: StateNumbers;
  readonly #dispatch: Dispatch;
  #current = 0;

  constructor(state: FunctionState, plan: JumpPlan, numbers: StateNumbers, dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#state = state;
    this.#plan = plan;
    this.#numbers = numbers;
  }

  finish(): void {
    invariant(this.#current === this.#numbers.count - 1, 'every basic block was emitted');
  }

  /** Starts the basic block with this number; the one before falls into it. */
  #begin(number: number): void {
    invariant(number === this.#current + 1, 'basic blocks are emitted in order');
    this.#current = number;
    this.#state.code.close();
  }

  #jump(number: number): void {
    jump(this.#state, this.#target(number), this.#state.variableScopes.length);
  }

  #target(number: number): JumpTarget {
    return { kind: 'state', dispatch: this.#dispatch, index: number };
  }

  /** Jumps when the i32 on the stack is not zero. */
  #jumpIf(number: number): void {
    const { code } = this.#state;
    code.open(op.if);
    this.#jump(number);
    code.close();
  }

  lower(statement: TypedStatement): void {
    const state = this.#state;
    const { code } = state;
    const numbers = this.#numbers;
    if (!this.#plan.entered.has(statement)) {
      state.statement(statement);
      return;
    }
    const resumption = numbers.setjmps.get(statement);
    if (resumption !== undefined) this.#begin(resumption);
    switch (statement.kind) {
      case 'block': {
        const scope = openVariableScope(state, statement);
        for (const inner of statement.statements) this.lower(inner);
        closeVariableScope(state, scope);
        return;
      }
      case 'label': {
        const number = numbers.labels.get(statement.label);
        if (number !== undefined) this.#begin(number.index);
        this.lower(statement.body);
        return;
      }
      case 'case':
        this.#begin(numbers.cases.get(statement.label) ?? 0);
        this.lower(statement.body);
        return;
      case 'default':
        this.#begin(numbers.defaults.get(statement) ?? 0);
        this.lower(statement.body);
        return;
      case 'if': {
        guardedCondition(state, statement.condition, statement.condition.span);
        code.emit(op.i32_eqz);
        this.#jumpIf(numbers.part(statement, 0));
        this.lower(statement.then);
        if (statement.otherwise === undefined) {
          this.#begin(numbers.part(statement, 0));
          return;
        }
        this.#jump(numbers.part(statement, 1));
        this.#begin(numbers.part(statement, 0));
        this.lower(statement.otherwise);
        this.#begin(numbers.part(statement, 1));
        return;
      }
      case 'while': {
        const [head, exit] = [numbers.part(statement, 0), numbers.part(statement, 1)];
        this.#begin(head);
        guardedCondition(state, statement.condition, statement.condition.span);
        code.emit(op.i32_eqz);
        this.#jumpIf(exit);
        this.#withJumps(exit, head, () => this.lower(statement.body));
        state.burnFuel();
        this.#jump(head);
        this.#begin(exit);
        return;
      }
      case 'do': {
        const [head, next, exit] = [0, 1, 2].map((index) => numbers.part(statement, index));
        this.#begin(head ?? 0);
        this.#withJumps(exit ?? 0, next ?? 0, () => this.lower(statement.body));
        this.#begin(next ?? 0);
        guardedCondition(state, statement.condition, statement.condition.span);
        code.open(op.if);
        state.burnFuel();
        this.#jump(head ?? 0);
        code.close();
        this.#begin(exit ?? 0);
        return;
      }
      case 'for': {
        const [head, next, exit] = [0, 1, 2].map((index) => numbers.part(statement, index));
        for (const init of statement.init) this.lower(init);
        this.#begin(head ?? 0);
        if (statement.condition !== undefined) {
          guardedCondition(state, statement.condition, statement.condition.span);
          code.emit(op.i32_eqz);
          this.#jumpIf(exit ?? 0);
        }
        this.#withJumps(exit ?? 0, next ?? 0, () => this.lower(statement.body));
        this.#begin(next ?? 0);
        const { step } = statement;
        if (step !== undefined) guarded(state, step.span, () => evaluateFully(state, step));
        state.burnFuel();
        this.#jump(head ?? 0);
        this.#begin(exit ?? 0);
        return;
      }
      case 'switch':
        this.#lowerSwitch(statement);
        return;
      default:
        state.statement(statement);
        return;
    }
  }

  #withJumps(breakTo: number, continueTo: number | undefined, generate: () => void): void {
    withJumps(
      this.#state,
      this.#target(breakTo),
      continueTo === undefined ? undefined : this.#target(continueTo),
      generate,
    );
  }

  #lowerSwitch(statement: Extract<TypedStatement, { kind: 'switch' }>): void {
    const state = this.#state;
    const exit = this.#numbers.part(statement, 0);
    // Labels directly in the body are states like all others when the switch is taken apart.
    const defaultState = findDefault(statement.body);
    guarded(state, statement.value.span, () => {
      const kind = valueKindOf(statement.value.type.type);
      const isWide = kind.kind === 'scalar' && kind.access.type === 'i64';
      const value = state.temp(isWide ? 'i64' : 'i32');
      state.value(statement.value);
      state.code.localSet(value);
      for (const label of statement.cases) {
        testCase(state, value, isWide, label);
        this.#jumpIf(this.#numbers.cases.get(label) ?? exit);
      }
      this.#jump(defaultState === undefined ? exit : (this.#numbers.defaults.get(defaultState) ?? exit));
      state.release(isWide ? 'i64' : 'i32', value);
    });
    this.#withJumps(exit, undefined, () => this.lower(statement.body));
    this.#begin(exit);
  }
}

function findDefault(statement: TypedStatement): TypedStatement | undefined {
  if (statement.kind === 'default') return statement;
  if (statement.kind === 'switch') return undefined;
  for (const part of partsOf(statement)) {
    const found = findDefault(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
