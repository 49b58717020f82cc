/**
 * The state of one function while its code is generated: the instruction buffer, wasm locals, the frame, the blocks
 * that `break` and `continue` leave, and the place in the source.
 */
import { invariant } from '../../base/assert.ts';
import type { FrameLayout } from '../image/frame.ts';
import type { CodeMap } from '../image/code-size.ts';
import type { ArrayType } from '../sema/type.ts';
import type {
  LabelSymbol,
  ObjectInitializer,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import type { Span } from '../source/text-span.ts';
import type { Text } from '../text/text.ts';
import type { PositionRole, WasmType } from './compiled-program.ts';
import { noteStep } from './observation.ts';
import type { Place } from './place.ts';
import type { ProgramState } from './program-state.ts';
import { showRegisters } from './stop-registers.ts';
import { CodeWriter, op } from './wasm-module.ts';

/** Thrown where a construct is not modelled; the statement around it becomes a stop with this reason. */
export class UnsupportedConstruct extends Error {
  override readonly name = 'UnsupportedConstruct';
  readonly reason: Text;
  readonly span: Span;
  constructor(reason: Text, span: Span) {
    super(reason.key);
    this.reason = reason;
    this.span = span;
  }
}

/** The generators that call each other in a circle; function.ts ties them together. */
export interface Generators {
  /** Leaves the value on the stack: a scalar, the address of a record, nothing for void. */
  readonly value: (state: FunctionState, expression: TypedExpression) => void;
  /** Evaluates for the side effects and leaves nothing. */
  readonly effect: (state: FunctionState, expression: TypedExpression) => void;
  /** Leaves an i32 that is zero exactly when the scalar is. */
  readonly condition: (state: FunctionState, expression: TypedExpression) => void;
  /** Finds where an lvalue (or a record value) lies. */
  readonly place: (state: FunctionState, expression: TypedExpression) => Place;
  readonly statement: (state: FunctionState, statement: TypedStatement) => void;
  readonly block: (state: FunctionState, block: TypedBlock) => void;
  readonly initialize: (state: FunctionState, object: ObjectSymbol, initializer: ObjectInitializer) => void;
}

/** Where `break` and `continue` of a statement go. */
export interface JumpTargets {
  readonly breakTo: JumpTarget | undefined;
  readonly continueTo: JumpTarget | undefined;
  /** Open scopes with variable length arrays when the statement began. */
  readonly variableScopes: number;
}

/** A jump inside structured code, or to a basic block of the dispatch loop. */
export type JumpTarget =
  | { readonly kind: 'block'; readonly block: number }
  | { readonly kind: 'state'; readonly dispatch: Dispatch; readonly index: number };

/** The basic block that a label starts. */
export interface LabelState {
  readonly index: number;
  /** Open scopes with variable length arrays around it. */
  readonly variableScopes: number;
  /** Arrays of the innermost of these scopes that are declared before it. */
  readonly arraysBefore: number;
}

/** A scope with variable length arrays. */
export interface VariableScope {
  /** Local with the stack pointer at its beginning. */
  readonly saved: number;
  /** Locals with the stack pointer before each of its arrays, as far as they are declared. */
  readonly beforeArray: number[];
}

/** The loop over basic blocks of a function with labels; see goto.ts. */
export interface Dispatch {
  /** The dispatch loop around this one: a statement expression has one of its own. */
  readonly outer: Dispatch | undefined;
  /** Local with the number of the basic block to run next. */
  readonly local: number;
  readonly loop: number;
  readonly labels: ReadonlyMap<LabelSymbol, LabelState>;
}

/** A call of setjmp: execution goes on at its statement when longjmp comes back to it. */
export interface SetjmpSite {
  readonly statement: TypedStatement;
  readonly call: TypedExpression;
  /** Return address of the call. */
  readonly counter: number;
}

/** A label to which nested functions jump. */
export interface NonlocalLabel {
  readonly label: LabelSymbol;
  /** Its address. */
  readonly counter: number;
}

interface FunctionOptions {
  readonly program: ProgramState;
  readonly fn: TypedFunction;
  readonly frame: FrameLayout;
  readonly codeMap: CodeMap;
  readonly index: number;
  readonly parameterCount: number;
  readonly isLoopFunction: boolean;
  readonly generators: Generators;
}

/** One function under compilation. */
export class FunctionState {
  readonly program: ProgramState;
  readonly fn: TypedFunction;
  readonly frame: FrameLayout;
  readonly codeMap: CodeMap;
  /** Index in the list of compiled functions. */
  readonly index: number;
  readonly code: CodeWriter;
  /** Local: the simulated frame pointer. */
  readonly rbp: number;
  /** Local: host address of rbp - {@link hostBase}. */
  readonly host: number;
  /** Bytes from rbp down to the host pointer. */
  readonly hostBase: number;
  readonly jumps: JumpTargets[] = [];
  dispatch: Dispatch | undefined;
  /** Locals that hold the addresses of variable length arrays. */
  readonly variableArrays = new Map<ObjectSymbol, number>();
  /** Locals that hold the sizes in bytes of variable length array types, once evaluated. */
  readonly variableSizes = new Map<ArrayType, number>();
  /** Open scopes with variable length arrays, outermost first. */
  readonly variableScopes: VariableScope[] = [];
  /** `register` scalars live in wasm locals. */
  readonly registers = new Map<ObjectSymbol, number>();
  /** `register` arrays live in i64 locals, eight bytes in each: the first one of each array. */
  readonly packed = new Map<ObjectSymbol, number>();
  readonly setjmps: SetjmpSite[] = [];
  readonly nonlocalLabels: NonlocalLabel[] = [];
  /** Locals of a function that calls setjmp: whether longjmp came back, and with which value. */
  resumed = 0;
  jumpValue = 0;
  position = 0;
  /** Block that `return` leaves; the epilogue follows it. */
  epilogue = 0;
  /** Type of the function's result; undefined when it has none that is a scalar. */
  resultType: WasmType | undefined;
  /** Local for the result; loop functions have none, theirs goes to a global. */
  result: number | undefined;
  /** Local of a function that may end without `return`: whether what eax holds is unknown (missing-return.ts). */
  isMissing: number | undefined;
  /** The call whose result eax holds when it is dropped. */
  keptCall: TypedExpression | undefined;
  readonly #generators: Generators;
  readonly #parameterCount: number;
  readonly #locals: WasmType[] = [];
  readonly #free: Record<WasmType, number[]> = { i32: [], i64: [], f32: [], f64: [], v128: [] };

  /** Set in the function that a loop became: it takes the frame and host pointers as parameters. */
  readonly isLoopFunction: boolean;

  constructor(options: FunctionOptions) {
    this.program = options.program;
    this.code = new CodeWriter(1024, options.program.floats?.calls);
    this.fn = options.fn;
    this.frame = options.frame;
    this.codeMap = options.codeMap;
    this.index = options.index;
    this.#parameterCount = options.parameterCount;
    this.#generators = options.generators;
    this.isLoopFunction = options.isLoopFunction;
    this.rbp = options.isLoopFunction ? 0 : this.local(options.program.pointer);
    this.host = options.isLoopFunction ? 1 : this.local('i32');
    this.hostBase = this.isLargeFrame ? this.frame.registerLikeDepth : this.frame.depth;
  }

  /** The state of a function that a loop of this one becomes. */
  loopFunction(): FunctionState {
    const { program, fn, frame, codeMap, index } = this;
    const inner = new FunctionState({
      program,
      fn,
      frame,
      codeMap,
      index,
      parameterCount: 2,
      isLoopFunction: true,
      generators: this.#generators,
    });
    inner.resultType = this.resultType;
    return inner;
  }

  /** Frames over a page are touched page by page, as the program uses them. */
  get isLargeFrame(): boolean {
    return this.frame.depth > 4096;
  }

  /** Types of the locals after the parameters. */
  get localTypes(): readonly WasmType[] {
    return this.#locals;
  }

  /** A new wasm local that is never reused. */
  local(type: WasmType): number {
    this.#locals.push(type);
    return this.#parameterCount + this.#locals.length - 1;
  }

  /** A wasm local for a moment; give it back with {@link release}. */
  temp(type: WasmType): number {
    return this.#free[type].pop() ?? this.local(type);
  }

  release(type: WasmType, local: number): void {
    this.#free[type].push(local);
  }

  value(expression: TypedExpression): void {
    this.#generators.value(this, expression);
  }

  effect(expression: TypedExpression): void {
    this.#generators.effect(this, expression);
  }

  condition(expression: TypedExpression): void {
    this.#generators.condition(this, expression);
  }

  place(expression: TypedExpression): Place {
    return this.#generators.place(this, expression);
  }

  statement(statement: TypedStatement): void {
    this.#generators.statement(this, statement);
  }

  block(block: TypedBlock): void {
    this.#generators.block(this, block);
  }

  initialize(object: ObjectSymbol, initializer: ObjectInitializer): void {
    this.#generators.initialize(this, object, initializer);
  }

  /** Says that execution is now at `span`. */
  moveTo(span: Span, role: PositionRole = 'statement'): void {
    const { positions } = this.program;
    const last = positions[this.position];
    if (last?.functionIndex !== this.index || last.span !== span || last.role !== role) {
      positions.push({ functionIndex: this.index, span, role });
      this.position = positions.length - 1;
    }
    this.writePosition();
    const { stop } = this.program;
    if (stop?.isAt(span) === true) {
      showRegisters(this);
      this.code.i32Const(this.position);
      this.code.call(stop.functionIndex);
    }
    // The step of an entry comes later, when the frame is there.
    if (role !== 'entry') noteStep(this);
  }

  /** Sets the global to the current position: after a call it has the callee's last one. */
  writePosition(): void {
    this.code.i32Const(this.position);
    this.code.globalSet(this.program.globals.position);
  }

  /** Takes fuel for one call or one turn of a loop. */
  burnFuel(): void {
    const { code } = this;
    const { fuel } = this.program.globals;
    const rest = this.temp('i64');
    code.globalGet(fuel);
    code.i64Const(1);
    code.emit(op.i64_sub);
    code.localTee(rest);
    code.globalSet(fuel);
    code.localGet(rest);
    code.i64Const(0);
    code.emit(op.i64_lt_s);
    code.openIf('unlikely');
    code.call(this.program.imports.fuelOut);
    code.close();
    this.release('i64', rest);
  }

  /** Pushes a pointer constant. */
  pointerConst(value: number): void {
    if (this.program.pointer === 'i64') this.code.i64Const(value);
    else this.code.i32Const(value | 0);
  }

  /** Adds the two pointers on the stack. */
  pointerAdd(): void {
    this.code.emit(this.program.pointer === 'i64' ? op.i64_add : op.i32_add);
  }

  pointerSub(): void {
    this.code.emit(this.program.pointer === 'i64' ? op.i64_sub : op.i32_sub);
  }

  /** Adds a constant to the pointer on the stack. */
  addConst(bytes: number): void {
    if (bytes === 0) return;
    this.pointerConst(bytes);
    this.pointerAdd();
  }

  /** The scope of jumps that is in force. */
  innermostJumps(wanted: 'breakTo' | 'continueTo'): { readonly target: JumpTarget; readonly scopes: number } {
    for (let index = this.jumps.length - 1; index >= 0; index -= 1) {
      const jumps = this.jumps[index];
      const target = jumps?.[wanted];
      if (jumps !== undefined && target !== undefined) return { target, scopes: jumps.variableScopes };
    }
    invariant(false, `${wanted} outside of a statement that it leaves`);
  }
}
