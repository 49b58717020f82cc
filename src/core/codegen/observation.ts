/**
 * Code that tells the machine what the program does: each statement before it is done, and where asked for each access
 * to memory. It is left out of modules that only run. Frames, addresses, fuel and all events are the same with it, so an
 * observed run is the run again, told in more detail.
 *
 * Where only steps are told, each leaves its position in the log of steps (STEP_LOG), so that whoever wants them all hears
 * of many at once: with `steps_left` left after it, the position lies at 4 * (steps_left modulo the log's size) before the
 * log's last one.
 *
 * A step is the entry of a function (its frame is made and its parameters are in place), a statement or full expression
 * about to be done, or the end of a function before its frame is gone.
 */
import { isAlloca } from '../image/stack-allocation.ts';
import { walkStatement } from '../image/tree-walk.ts';
import type { ObjectSymbol, TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import { isScalar, isVariableLength, sizeOf } from '../sema/type-relations.ts';
import { STEP_LOG, STEP_LOG_ENTRIES } from '../target/tlb-layout.ts';
import type { CodePosition, WasmType } from './compiled-program.ts';
import { CodeWriter, op } from './wasm-module.ts';
import type { WasmModule } from './wasm-module.ts';

/**
 * How much is told: steps when they are due; all accesses too; or what checks need: frames that come and go, and the
 * accesses that can be wrong. With `values` those are all: a value that is not initialised may get anywhere.
 */
export type ObservationDetail = 'steps' | 'accesses' | 'checks' | 'values';

/** What the code calls; see compiled-program.ts. */
export interface Observation {
  readonly stepDue: number;
  /** Global: steps until `step_due` is called. */
  readonly stepsLeft: number;
  /** Called at every entry and end of a function; undefined where nobody asks. */
  readonly frameDue: number | undefined;
  /** Undefined where only steps are told. */
  readonly accesses: AccessObservation | undefined;
  /** Accesses that cannot be wrong are told, too. */
  readonly tellsAll: boolean;
}

interface AccessObservation {
  /** Called where the stack pointer moves inside a function; undefined where nobody asks. */
  readonly stackMoved: number | undefined;
  /** Called for an access through an object that lies outside of it; undefined where nobody asks. */
  readonly outside: number | undefined;
  readonly load: number;
  readonly store: number;
  readonly copyLoad: number;
  readonly copyStore: number;
  readonly copied: number;
  readonly filled: number;
}

/** A function under compilation, as far as it is told about. */
interface ObservedState {
  readonly program: {
    readonly pointer: 'i32' | 'i64';
    readonly observation?: Observation | undefined;
    readonly globals: { readonly fp: number; readonly sp: number };
    readonly positions: readonly CodePosition[];
  };
  readonly fn: TypedFunction;
  readonly frame: { readonly offsets: ReadonlyMap<ObjectSymbol, number> };
  readonly code: CodeWriter;
  /** Index into the program's positions. */
  readonly position: number;
  /** Local: rbp. */
  readonly rbp: number;
  pointerConst(value: number): void;
  pointerSub(): void;
  pointerAdd(): void;
  temp(type: WasmType): number;
  release(type: WasmType, local: number): void;
}

/** Imports what an observed module calls. */
export function importObservation(
  module: WasmModule,
  detail: ObservationDetail,
): { readonly count: number; readonly finish: () => Observation } {
  const halves = (words: number): WasmType[] => Array<WasmType>(words).fill('i32');
  const imported = (name: string, words: number): number =>
    module.importFunction(name, { parameters: halves(words), result: undefined });
  const stepDue = imported('step_due', 1);
  const isChecked = detail === 'checks' || detail === 'values';
  const frameDue = isChecked ? imported('frame_due', 3) : undefined;
  const accesses =
    detail === 'steps'
      ? undefined
      : {
          stackMoved: isChecked ? imported('stack_moved', 4) : undefined,
          outside: isChecked ? imported('noted_outside', 6) : undefined,
          load: imported('noted_load', 3),
          store: imported('noted_store', 3),
          copyLoad: imported('noted_copy_load', 3),
          copyStore: imported('noted_copy_store', 3),
          copied: imported('noted_copy', 5),
          filled: imported('noted_fill', 3),
        };
  return {
    count: 1 + (accesses === undefined ? 0 : 6) + (frameDue === undefined ? 0 : 3),
    finish: () => {
      const stepsLeft = module.addGlobal('i64', true, 0);
      module.addExport('steps_left', 'global', stepsLeft);
      return { stepDue, stepsLeft, frameDue, accesses, tellsAll: detail !== 'checks' };
    },
  };
}

/** A step at the current position. */
export function noteStep(state: ObservedState): void {
  const { observation } = state.program;
  if (observation === undefined) return;
  const { code } = state;
  code.globalGet(observation.stepsLeft);
  code.i64Const(1);
  code.emit(op.i64_sub);
  code.globalSet(observation.stepsLeft);
  if (observation.accesses === undefined) {
    code.i32Const(STEP_LOG + 4 * (STEP_LOG_ENTRIES - 1));
    code.globalGet(observation.stepsLeft);
    code.emit(op.i32_wrap_i64);
    code.i32Const(STEP_LOG_ENTRIES - 1);
    code.emit(op.i32_and);
    code.i32Const(2);
    code.emit(op.i32_shl);
    code.emit(op.i32_sub);
    code.i32Const(state.position);
    code.memory(op.i32_store, 0);
  }
  code.globalGet(observation.stepsLeft);
  code.emit(op.i64_eqz);
  code.open(op.if);
  code.i32Const(state.position);
  code.call(observation.stepDue);
  code.close();
  if (observation.frameDue === undefined) return;
  if (state.program.positions[state.position]?.role === 'statement') return;
  const framePointer = state.temp('i64');
  code.globalGet(state.program.globals.fp);
  code.localSet(framePointer);
  if (state.program.positions[state.position]?.role === 'exit' && movesStack(state.fn)) {
    const from = state.temp('i64');
    code.globalGet(state.program.globals.sp);
    code.localSet(from);
    noteStackMove(state, from, framePointer);
    state.release('i64', from);
  }
  code.i32Const(state.position);
  pushHalves(code, framePointer, 'i64');
  code.call(observation.frameDue);
  state.release('i64', framePointer);
}

const moving = new WeakMap<TypedFunction, boolean>();

/** Whether a function takes bytes of the stack for arrays of variable length or with alloca. */
function movesStack(fn: TypedFunction): boolean {
  let known = moving.get(fn);
  if (known === undefined) {
    known = false;
    walkStatement(fn.body, {
      statement: (statement) => {
        if (statement.kind === 'declare' && isVariableLength(statement.object.type.type)) known = true;
      },
      expression: (expression) => {
        if (isAlloca(expression)) known = true;
      },
    });
    moving.set(fn, known);
  }
  return known;
}

/**
 * The stack pointer has moved inside a function: bytes were taken, or given back.
 *
 * @param from - local of 64 bits with the old value
 * @param to - local with the new one
 */
export function noteStackMove(state: ObservedState, from: number, to: number): void {
  const moved = state.program.observation?.accesses?.stackMoved;
  if (moved === undefined) return;
  pushHalves(state.code, from, 'i64');
  pushHalves(state.code, to, 'i64');
  state.code.call(moved);
}

/** Does `move`, which gives the stack pointer another value, and tells of it. */
export function withStackMove(state: ObservedState, move: () => void): void {
  if (state.program.observation?.accesses?.stackMoved === undefined) {
    move();
    return;
  }
  const { code } = state;
  const { sp } = state.program.globals;
  const [from, to] = [state.temp('i64'), state.temp('i64')];
  code.globalGet(sp);
  code.localSet(from);
  move();
  code.globalGet(sp);
  code.localSet(to);
  noteStackMove(state, from, to);
  state.release('i64', to);
  state.release('i64', from);
}

/** The bytes of an object that a place lies in by its expression: from rbp, or absolute. */
export interface Extent {
  readonly kind: 'frame' | 'static';
  readonly start: number;
  readonly size: number;
}

/**
 * An access through an object with an index that is known at run time only: told when it lies outside of the object.
 * `pushAddr` pushes its address.
 */
export function noteBounds(
  state: ObservedState,
  access: { readonly pushAddr: () => void; readonly size: number; readonly isStore: boolean },
  extent: Extent | undefined,
): void {
  const outside = state.program.observation?.accesses?.outside;
  if (outside === undefined || extent === undefined) return;
  const { code } = state;
  const { pointer } = state.program;
  const [addr, start] = [state.temp(pointer), state.temp(pointer)];
  if (extent.kind === 'frame') {
    code.localGet(state.rbp);
    state.pointerConst(extent.start);
    state.pointerAdd();
  } else state.pointerConst(extent.start);
  code.localSet(start);
  access.pushAddr();
  code.localSet(addr);
  // What is larger than the object lies outside wherever it begins.
  if (access.size > extent.size) code.i32Const(1);
  else {
    code.localGet(addr);
    code.localGet(start);
    state.pointerSub();
    state.pointerConst(extent.size - access.size);
    code.emit(pointer === 'i64' ? op.i64_gt_u : op.i32_gt_u);
  }
  code.openIf('unlikely');
  pushHalves(code, addr, pointer);
  code.i32Const(access.size);
  pushHalves(code, start, pointer);
  code.i32Const(access.isStore ? 1 : 0);
  code.call(outside);
  code.close();
  state.release(pointer, start);
  state.release(pointer, addr);
}

/**
 * Whether an access to a place in the frame cannot be wrong, so that checks need not hear of it: a scalar that is
 * initialised where it is declared, or a parameter, whose address nobody has. Jumps may pass a declaration by.
 */
export function isUntold(state: ObservedState, offset: number): boolean {
  if (state.program.observation?.tellsAll !== false) return false;
  return untoldOffsets(state.fn, state.frame.offsets).has(offset);
}

const untold = new WeakMap<TypedFunction, ReadonlySet<number>>();

/** Places in the frame of a function whose accesses checks do not hear of: see {@link isUntold}. */
export function untoldOffsets(
  fn: TypedFunction,
  frameOffsets: ReadonlyMap<ObjectSymbol, number>,
): ReadonlySet<number> {
  let known = untold.get(fn);
  if (known === undefined) {
    known = findUntoldOffsets(fn, frameOffsets);
    untold.set(fn, known);
  }
  return known;
}

function findUntoldOffsets(
  fn: TypedFunction,
  frameOffsets: ReadonlyMap<ObjectSymbol, number>,
): ReadonlySet<number> {
  const initialized = new Set<ObjectSymbol>(fn.parameters);
  let jumps = fn.labels.length > 0;
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'switch') jumps = true;
      if (statement.kind === 'declare' && statement.initializer !== undefined)
        initialized.add(statement.object);
    },
  });
  const offsets = new Set<number>();
  const told = new Set<number>();
  for (const [object, offset] of frameOffsets) {
    const isSafe = initialized.has(object) && !object.isAddressTaken && isScalar(object.type.type) && !jumps;
    (isSafe ? offsets : told).add(offset);
  }
  // Variables that are never live at once may share a place.
  for (const offset of told) offsets.delete(offset);
  return offsets;
}

/** How an access is told: a copy moves a value as it is, initialised or not; anything else uses it. */
export type AccessKind = 'load' | 'store' | 'copyLoad' | 'copyStore';

/** An access about to be made; `pushAddr` pushes its address. */
export function noteAccess(state: ObservedState, kind: AccessKind, pushAddr: () => void, size: number): void {
  const accesses = state.program.observation?.accesses;
  if (accesses === undefined) return;
  const { code } = state;
  const addr = state.temp(state.program.pointer);
  pushAddr();
  code.localSet(addr);
  pushHalves(code, addr, state.program.pointer);
  code.i32Const(size);
  code.call(accesses[kind]);
  state.release(state.program.pointer, addr);
}

/**
 * A helper that copies or fills memory, told about.
 *
 * @param helper - function index of the plain helper
 * @returns function index of the one to call
 */
export function observedHelper(
  module: WasmModule,
  pointer: 'i32' | 'i64',
  observation: Observation | undefined,
  name: string,
  helper: number,
): number {
  const told = name === 'copy' ? 'copied' : name === 'fill' ? 'filled' : undefined;
  if (observation?.accesses === undefined || told === undefined) return helper;
  const second: WasmType = told === 'copied' ? pointer : 'i32';
  const index = module.declareFunction(`noted_${name}`, {
    parameters: [pointer, second, 'i32'],
    result: undefined,
  });
  const code = new CodeWriter();
  pushHalves(code, 0, pointer);
  if (told === 'copied') pushHalves(code, 1, pointer);
  code.localGet(2);
  code.call(observation.accesses[told]);
  for (const parameter of [0, 1, 2]) code.localGet(parameter);
  code.call(helper);
  module.defineFunction(index, [], code);
  return index;
}

/** Pushes low and high half of the address in a local. */
function pushHalves(code: CodeWriter, local: number, pointer: 'i32' | 'i64'): void {
  code.localGet(local);
  if (pointer === 'i32') {
    code.i32Const(0);
    return;
  }
  code.emit(op.i32_wrap_i64);
  code.localGet(local);
  code.i64Const(32);
  code.emit(op.i64_shr_u);
  code.emit(op.i32_wrap_i64);
}

/** Lvalues whose values are copied unchanged: a fact of the tree, found where the assignment around one is. */
const copied = new WeakSet<TypedExpression>();

/** How the load of an lvalue is told. */
export const loadKind = (lvalue: TypedExpression): AccessKind => (copied.has(lvalue) ? 'copyLoad' : 'load');

/**
 * How the store of an assigned value is told. Where the value is that of an lvalue, unchanged, nothing looks at it: it
 * need not be initialised. To be asked before the value is generated.
 */
export function storeKind(value: TypedExpression): AccessKind {
  let inner = value;
  while (inner.kind === 'convert' && inner.conversion !== 'load') {
    const isSame = sizeOf(inner.type.type) === sizeOf(inner.operand.type.type);
    if (!isSame || inner.conversion === 'decay' || inner.conversion === 'function-pointer') return 'store';
    inner = inner.operand;
  }
  if (inner.kind !== 'convert') return 'store';
  copied.add(inner.operand);
  return 'copyStore';
}
