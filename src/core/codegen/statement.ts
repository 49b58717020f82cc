/**
 * Code for statements (C17 6.8) in structured form. Functions with labels go through goto.ts, which hands the parts
 * that no jump enters to this file.
 */
import { isVariableLength, isVariablyModified, resolve } from '../sema/type-relations.ts';
import type {
  LabelSymbol,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedStatement,
} from '../sema/typed-tree.ts';
import type { Span } from '../source/text-span.ts';
import type { Text } from '../text/text.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { unreachable } from '../../base/assert.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { Dispatch, FunctionState, JumpTarget, LabelState, VariableScope } from './function-state.ts';
import { burnSlice, mayOutlineLoops, outlineLoop } from './loop-function.ts';
import { generateNonlocalGoto } from './nonlocal-jump.ts';
import { absoluteAddress, MissingAddress } from './program-state.ts';
import { storePlace } from './place.ts';
import { storeRecord } from './record-value.ts';
import { alignmentOfArray } from '../image/stack-allocation.ts';
import { leftByCondition, leftByDeclaration } from './left-in-accumulator.ts';
import { lowerStack } from './lower-stack.ts';
import { evaluateFully, noteLeft, noteReturn } from './missing-return.ts';
import { withStackMove } from './observation.ts';
import { noteStackLevel } from './shared-frame.ts';
import { generateSwitch } from './switch.ts';
import { keepWords, releaseWords, storeWords } from './wide-value.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { evaluateSizes, pushVariableSize } from './variable-array.ts';
import { op } from './wasm-module.ts';

/** Emits a statement that no jump from outside enters. */
export function generateStatement(state: FunctionState, statement: TypedStatement): void {
  const { code } = state;
  switch (statement.kind) {
    case 'block':
      state.block(statement);
      return;
    case 'declare':
      guarded(state, statement.span, () => {
        declareObject(state, statement);
        noteLeft(state, leftByDeclaration(statement));
      });
      return;
    case 'expression':
      guarded(state, statement.span, () => evaluateFully(state, statement.expression));
      return;
    case 'null':
      return;
    case 'if':
      guardedCondition(state, statement.condition, statement.condition.span);
      code.open(op.if);
      state.statement(statement.then);
      if (statement.otherwise !== undefined) {
        code.else();
        state.statement(statement.otherwise);
      }
      code.close();
      return;
    case 'while':
    case 'do':
    case 'for':
      generateLoop(state, statement);
      return;
    case 'switch':
      generateSwitch(state, statement);
      return;
    case 'case':
    case 'default':
    case 'label':
      // Labels that nothing jumps to; those of a switch are handled by it.
      state.statement(statement.body);
      return;
    case 'goto': {
      const found = findLabel(state, statement.label);
      if (found === undefined) {
        stopHere(state, statement.span, sayCodegen('codegen.unsupported-construct', { name: 'goto' }));
        return;
      }
      state.moveTo(statement.span);
      state.burnFuel();
      jumpToLabel(state, found.dispatch, found.target);
      return;
    }
    case 'computed-goto':
      guarded(state, statement.span, () => computedGoto(state, statement.target));
      return;
    case 'nonlocal-goto':
      guarded(state, statement.span, () => generateNonlocalGoto(state, statement));
      return;
    case 'break':
    case 'continue': {
      state.moveTo(statement.span);
      const { target, scopes } = state.innermostJumps(statement.kind === 'break' ? 'breakTo' : 'continueTo');
      jump(state, target, scopes);
      return;
    }
    case 'return':
      guarded(state, statement.span, () => generateReturn(state, statement.value));
      return;
    case 'unsupported':
      stopHere(state, statement.span, statement.reason);
      return;
    default:
      unreachable(statement);
  }
}

type Loop = Extract<TypedStatement, { kind: 'while' | 'do' | 'for' }>;

/** A loop, in the function or as a function of its own. */
function generateLoop(state: FunctionState, loop: Loop): void {
  if (loop.kind === 'for') for (const init of loop.init) state.statement(init);
  if (mayOutlineLoops(state)) {
    outlineLoop(state, loop, (inner) => {
      generateTurns(inner, loop, () => burnSlice(inner));
    });
  } else generateTurns(state, loop, () => state.burnFuel());
}

/** The turns of a loop; `burn` takes the fuel for one. */
function generateTurns(state: FunctionState, loop: Loop, burn: () => void): void {
  const { code } = state;
  const exit = code.open(op.block);
  const again = code.open(op.loop);
  const { condition } = loop;
  if (loop.kind !== 'do' && condition !== undefined) {
    guardedCondition(state, condition, condition.span);
    code.emit(op.i32_eqz);
    code.branchIf(exit);
  }
  const next = code.open(op.block);
  withJumps(state, { kind: 'block', block: exit }, { kind: 'block', block: next }, () => {
    state.statement(loop.body);
  });
  code.close();
  if (loop.kind === 'do') {
    guardedCondition(state, loop.condition, loop.condition.span);
    code.emit(op.i32_eqz);
    code.branchIf(exit);
  }
  const step = loop.kind === 'for' ? loop.step : undefined;
  if (step !== undefined) guarded(state, step.span, () => evaluateFully(state, step));
  burn();
  code.branch(again);
  code.close();
  code.close();
}

/** Emits a block; variable length arrays of it are freed at its end. */
export function generateBlock(state: FunctionState, block: TypedBlock): void {
  const scope = openVariableScope(state, block);
  for (const statement of block.statements) state.statement(statement);
  closeVariableScope(state, scope);
}

/** Saves the stack pointer when the block declares variable length arrays. */
export function openVariableScope(state: FunctionState, block: TypedBlock): VariableScope | undefined {
  if (!declaresVariableArray(block)) return undefined;
  const scope: VariableScope = { saved: state.local('i64'), beforeArray: [] };
  state.code.globalGet(state.program.globals.sp);
  state.code.localSet(scope.saved);
  state.variableScopes.push(scope);
  return scope;
}

/** Gives the stack back that was used since {@link openVariableScope}. */
export function closeVariableScope(state: FunctionState, scope: VariableScope | undefined): void {
  if (scope === undefined) return;
  state.variableScopes.pop();
  restoreStack(state, scope.saved);
}

function restoreStack(state: FunctionState, saved: number): void {
  withStackMove(state, () => {
    state.code.localGet(saved);
    state.code.globalSet(state.program.globals.sp);
  });
  noteStackLevel(state);
}

/** Runs `generate` with these targets for break and continue. */
export function withJumps(
  state: FunctionState,
  breakTo: JumpTarget,
  continueTo: JumpTarget | undefined,
  generate: () => void,
): void {
  state.jumps.push({ breakTo, continueTo, variableScopes: state.variableScopes.length });
  generate();
  state.jumps.pop();
}

/** Jumps, leaving scopes with variable length arrays. */
export function jump(state: FunctionState, target: JumpTarget, scopes: number): void {
  const outermost = state.variableScopes[scopes];
  if (outermost !== undefined) restoreStack(state, outermost.saved);
  if (target.kind === 'block') state.code.branch(target.block);
  else enterBlock(state, target.dispatch, target.index);
}

/** Jumps to a label: arrays of its scope that are declared behind it are freed, too (C17 6.2.4p7). */
function jumpToLabel(state: FunctionState, dispatch: Dispatch, label: LabelState): void {
  const scope = state.variableScopes[label.variableScopes - 1];
  const left = state.variableScopes[label.variableScopes];
  const saved = scope?.beforeArray[label.arraysBefore] ?? left?.saved;
  if (saved !== undefined) restoreStack(state, saved);
  enterBlock(state, dispatch, label.index);
}

function enterBlock(state: FunctionState, dispatch: Dispatch, index: number): void {
  state.code.i32Const(index);
  state.code.localSet(dispatch.local);
  state.code.branch(dispatch.loop);
}

/** The basic block of a label, in this dispatch loop or one around it. */
function findLabel(
  state: FunctionState,
  label: LabelSymbol,
): { readonly dispatch: Dispatch; readonly target: LabelState } | undefined {
  for (let dispatch = state.dispatch; dispatch !== undefined; dispatch = dispatch.outer) {
    const target = dispatch.labels.get(label);
    if (target !== undefined) return { dispatch, target };
  }
  return undefined;
}

/**
 * Emits one full expression or simple statement at its position. When something in it is not modelled, what was
 * emitted of it is replaced by a stop.
 */
export function guarded(state: FunctionState, span: Span, generate: () => void): void {
  const { code } = state;
  const { length } = code;
  const { depth } = code;
  const jumps = state.jumps.length;
  const scopes = state.variableScopes.length;
  state.moveTo(span);
  try {
    generate();
  } catch (error) {
    if (!(error instanceof UnsupportedConstruct) && !(error instanceof MissingAddress)) throw error;
    code.truncate(length);
    code.depth = depth;
    state.jumps.length = jumps;
    state.variableScopes.length = scopes;
    if (error instanceof UnsupportedConstruct) stopHere(state, error.span, error.reason);
    else stopHere(state, span, sayCodegen('codegen.no-address', { name: error.what }));
  }
}

/** Pushes a condition; one that is not modelled becomes a stop. */
export function guardedCondition(state: FunctionState, condition: TypedExpression, span: Span): void {
  guarded(state, span, () => {
    state.condition(condition);
    noteLeft(state, leftByCondition(condition));
  });
}

/** Ends the run here: the construct is not modelled. */
function stopHere(state: FunctionState, span: Span, reason: Text): void {
  const { code, program } = state;
  state.moveTo(span);
  program.unsupported.push({ reason, span });
  code.i32Const(program.unsupported.length - 1);
  code.call(program.imports.unsupported);
  code.emit(op.unreachable);
}

function declareObject(state: FunctionState, statement: Extract<TypedStatement, { kind: 'declare' }>): void {
  const { object, initializer } = statement;
  if (isVariablyModified(object.type.type)) evaluateSizes(state, object.type.type);
  if (object.storage !== 'automatic') return;
  if (isVariableLength(object.type.type)) {
    allocateArray(state, object);
    return;
  }
  if (initializer !== undefined) state.initialize(object, initializer);
}

function allocateArray(state: FunctionState, object: ObjectSymbol): void {
  const { code, program } = state;
  const local = state.variableArrays.get(object) ?? state.local(program.pointer);
  state.variableArrays.set(object, local);
  const before = state.local('i64');
  code.globalGet(program.globals.sp);
  code.localSet(before);
  state.variableScopes.at(-1)?.beforeArray.push(before);
  const pushSize = (): void => {
    pushVariableSize(state, object.type.type);
  };
  lowerStack(state, pushSize, alignmentOfArray(object));
  code.localSet(local);
  // gcc reads the address from its slot; here the slot is for those who look at the memory, and for nested functions.
  const slot = state.frame.offsets.get(object);
  const word = program.pointer === 'i64' ? accesses.i64 : accesses.i32;
  if (slot !== undefined)
    storePlace(state, { kind: 'frame', offset: slot }, word, () => code.localGet(local));
}

function generateReturn(state: FunctionState, value: TypedExpression | undefined): void {
  const { code } = state;
  if (value !== undefined) {
    noteReturn(state);
    const kind = valueKindOf(value.type.type);
    if (resolve(state.fn.symbol.type.result.type).kind === 'void') state.effect(value);
    else if (kind.kind === 'memory') {
      // The first parameter is the address for the result.
      storeRecord(state, () => code.localGet(0), value);
    } else if (kind.kind === 'words') {
      state.value(value);
      const words = keepWords(state, kind.words);
      storeWords(state, { kind: 'pinned', local: 0, isOwned: false, offset: 0 }, kind.words, words);
      releaseWords(state, kind.words, words);
    } else {
      state.value(value);
      if (state.isLoopFunction && state.resultType !== undefined)
        code.globalSet(state.program.resultGlobal(state.resultType));
      else if (state.result !== undefined) code.localSet(state.result);
      else if (kind.kind !== 'void') code.emit(op.drop);
    }
  }
  code.branch(state.epilogue);
}

/** `goto *p`: compares with the addresses of all labels whose address is taken. */
function computedGoto(state: FunctionState, pointer: TypedExpression): void {
  const { code, program } = state;
  const addr = state.temp(program.pointer);
  state.value(pointer);
  code.localSet(addr);
  state.burnFuel();
  for (let dispatch = state.dispatch; dispatch !== undefined; dispatch = dispatch.outer) {
    for (const [label, target] of dispatch.labels) {
      if (!label.isAddressTaken) continue;
      code.localGet(addr);
      state.pointerConst(absoluteAddress(program, label));
      code.emit(program.pointer === 'i64' ? op.i64_eq : op.i32_eq);
      code.open(op.if);
      jumpToLabel(state, dispatch, target);
      code.close();
    }
  }
  state.release(program.pointer, addr);
  stopHere(state, pointer.span, sayCodegen('codegen.unsupported-construct', { name: 'goto *' }));
}

/** Whether the block declares an array whose size is known at run time only. */
export function declaresVariableArray(block: TypedBlock): boolean {
  return block.objects.some((object) => isVariableLength(object.type.type));
}
