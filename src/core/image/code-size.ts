/**
 * Estimates the machine code of functions: how many bytes gcc -O0 would emit, and where in them the calls are.
 *
 * Every operation of the tree is charged with the bytes of the x86-64 instructions that gcc -O0 typically makes of it:
 * loads from the frame (3 bytes, 4 with 64 bits), operations between registers (2 or 3), calls (5). The figures are read
 * off gcc's output; instruction selection itself is not modelled, so sizes are near, not exact.
 */
import { integerOf, isScalar, resolve, sizeOf } from '../sema/type-relations.ts';
import type {
  LabelSymbol,
  ObjectInitializer,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { importOfCall } from './call-walk.ts';
import type { FrameLayout } from './frame.ts';
import { isInlinedCall, nameOfCallee } from './inlined-calls.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Size of a function's code and the ends of its call instructions, in bytes from its start. */
export interface CodeEstimate {
  readonly size: number;
  readonly savedRegisters: number;
  readonly callEnds: ReadonlyMap<Call, number>;
  /** Places of labels. */
  readonly labels: ReadonlyMap<LabelSymbol, number>;
}

/** The code of a function at its place. */
export interface CodeMap {
  readonly addr: number;
  readonly size: number;
  /** Link-time address behind the call instruction. */
  returnAddress(call: Call): number;
}

/** Estimates the code of a function with its frame. */
export function estimateCode(fn: TypedFunction, frame: FrameLayout): CodeEstimate {
  const sizer = new CodeSizer(frame);
  return sizer.measure(fn);
}

const CALL = 5;
const JUMP = 2;
const CONDITIONAL_JUMP = 2;

class CodeSizer {
  #at = 0;
  readonly #frame: FrameLayout;
  readonly #callEnds = new Map<Call, number>();
  readonly #labels = new Map<LabelSymbol, number>();

  constructor(frame: FrameLayout) {
    this.#frame = frame;
  }

  measure(fn: TypedFunction): CodeEstimate {
    this.#prologue(fn);
    this.#statement(fn.body);
    const { savedRegisters, frameSize } = this.#frame;
    // leave or pop, ret; saved registers are popped or loaded.
    if (resolve(fn.symbol.type.result.type).kind === 'void') this.#add(1);
    this.#add(savedRegisters === 0 ? 2 : 4 + 2 * savedRegisters + (frameSize > 0 ? 1 : 0));
    if (fn.symbol.name === 'main' && fn.body.statements.at(-1)?.kind !== 'return') this.#add(5);
    return { size: this.#at, savedRegisters, callEnds: this.#callEnds, labels: this.#labels };
  }

  #add(bytes: number): void {
    this.#at += bytes;
  }

  /** Bytes of a frame access: a displacement beyond 127 takes three more. */
  #far(offset: number): number {
    return offset < -128 || offset > 127 ? 3 : 0;
  }

  #prologue(fn: TypedFunction): void {
    const { frameSize, savedRegisters, registerSaveArea, parameterPlaces } = this.#frame;
    this.#add(4 + Math.min(savedRegisters, 1) + 2 * Math.max(0, savedRegisters - 1));
    const below = frameSize - 8 * savedRegisters;
    if (below > 0) this.#add(below > 128 ? 7 : 4);
    if (registerSaveArea !== undefined) this.#add(7 * (6 - parameterPlaces.integerRegisters) + 4 + 32);
    fn.parameters.forEach((parameter, index) => {
      const place = parameterPlaces.places[index];
      if (place?.kind !== 'registers') return;
      const offset = this.#frame.offsets.get(parameter) ?? 0;
      const size = sizeOf(parameter.type.type) ?? 0;
      const isVector = place.classes[0] === 'sse';
      const isHigh = place.firstInteger >= 4;
      let bytes = isVector ? 5 : size === 8 || isHigh ? 4 : 3;
      // char and short travel through eax.
      if (!isVector && size < 4) bytes += 2 + (size === 2 ? 1 : 0);
      if (place.classes.length > 1) bytes *= 2;
      this.#add(bytes + this.#far(offset));
    });
  }

  #statement(statement: TypedStatement): void {
    switch (statement.kind) {
      case 'block':
        for (const inner of statement.statements) this.#statement(inner);
        return;
      case 'declare':
        if (statement.initializer !== undefined)
          this.#initializer(statement.initializer, statement.object.type.type);
        return;
      case 'expression':
        this.#effect(statement.expression);
        return;
      case 'if':
        this.#condition(statement.condition);
        this.#statement(statement.then);
        if (statement.otherwise !== undefined) {
          this.#add(JUMP);
          this.#statement(statement.otherwise);
        }
        return;
      case 'while':
        this.#add(JUMP);
        this.#statement(statement.body);
        this.#condition(statement.condition);
        return;
      case 'do':
        this.#statement(statement.body);
        this.#condition(statement.condition);
        return;
      case 'for':
        for (const init of statement.init) this.#statement(init);
        if (statement.condition !== undefined) this.#add(JUMP);
        this.#statement(statement.body);
        if (statement.step !== undefined) this.#effect(statement.step);
        if (statement.condition !== undefined) this.#condition(statement.condition);
        else this.#add(JUMP);
        return;
      case 'switch':
        this.#value(statement.value);
        this.#add(statement.cases.length > 4 ? 32 : 5 * statement.cases.length + JUMP);
        this.#statement(statement.body);
        return;
      case 'case':
      case 'default':
        this.#statement(statement.body);
        return;
      case 'label':
        this.#labels.set(statement.label, this.#at);
        this.#statement(statement.body);
        return;
      case 'goto':
      case 'break':
      case 'continue':
        this.#add(JUMP);
        return;
      case 'computed-goto':
        this.#value(statement.target);
        this.#add(JUMP);
        return;
      case 'return':
        if (statement.value !== undefined) this.#value(statement.value);
        return;
      case 'null':
      case 'unsupported':
        return;
    }
  }

  #initializer(initializer: ObjectInitializer, type: Parameters<typeof sizeOf>[0]): void {
    const size = sizeOf(type) ?? 0;
    if (initializer.isAggregate && initializer.entries.length * 8 < size) this.#add(8 * Math.ceil(size / 16));
    for (const entry of initializer.entries) {
      if (entry.value.kind === 'string' && resolve(entry.type.type).kind === 'array') {
        this.#add(14 * Math.ceil((sizeOf(entry.type.type) ?? 0) / 8));
        continue;
      }
      this.#store(entry.value, sizeOf(entry.type.type) ?? 0, 0);
    }
  }

  /** Computes a value and stores it to a place in the frame. */
  #store(value: TypedExpression, size: number, far: number): void {
    if (constantOf(value)) {
      this.#add((size === 8 ? 8 : size === 2 ? 6 : size === 1 ? 4 : 7) + far);
      return;
    }
    this.#value(value);
    const isFloat = resolve(value.type.type).kind === 'float';
    this.#add((isFloat ? 5 : size === 8 || size === 2 ? 4 : 3) + far);
  }

  #effect(expression: TypedExpression): void {
    switch (expression.kind) {
      case 'assign':
        this.#assign(expression);
        return;
      case 'increment': {
        const { target } = expression;
        if (target.kind === 'object' && target.object.storage === 'automatic') {
          this.#add((sizeOf(target.type.type) ?? 0) === 8 ? 5 : 4);
        } else {
          this.#address(target);
          this.#add(6 + this.#access(target) + this.#access(target));
        }
        return;
      }
      case 'convert':
        this.#effect(expression.operand);
        return;
      case 'comma':
        this.#effect(expression.left);
        this.#effect(expression.right);
        return;
      default:
        this.#value(expression);
    }
  }

  #assign(expression: Extract<TypedExpression, { kind: 'assign' }>): void {
    const { target, value } = expression;
    const size = sizeOf(target.type.type) ?? 0;
    if (target.kind === 'object' && target.object.storage === 'automatic') {
      this.#store(value, size, this.#far(this.#frame.offsets.get(target.object) ?? 0));
      return;
    }
    if (!isScalar(target.type.type)) {
      this.#value(value);
      this.#address(target);
      this.#add(8 * Math.ceil(size / 8));
      return;
    }
    this.#address(target);
    if (constantOf(value)) {
      this.#add((isGlobal(target) ? 10 : 6) + (size === 8 ? 1 : 0));
      return;
    }
    this.#value(value);
    this.#add(this.#access(target));
  }

  /** Bytes of the load or store itself, once the address is there. */
  #access(lvalue: TypedExpression): number {
    const size = sizeOf(lvalue.type.type) ?? 0;
    const wide = size === 8 ? 1 : 0;
    if (isGlobal(lvalue)) return (resolve(lvalue.type.type).kind === 'float' ? 8 : 6) + wide;
    if (rootOf(lvalue).kind === 'object') {
      const extend = size < 4 ? 1 : 0;
      return 3 + wide + extend + (resolve(lvalue.type.type).kind === 'float' ? 2 : 0);
    }
    return (size < 4 ? 3 : 2) + wide + (lvalue.kind === 'member' && lvalue.offset > 0 ? 1 : 0);
  }

  /** What is needed besides the access: pointers and indices. */
  #address(lvalue: TypedExpression): void {
    switch (lvalue.kind) {
      case 'member':
        this.#address(lvalue.base);
        return;
      case 'deref':
        if (lvalue.operand.kind === 'pointer-add') this.#pointerAdd(lvalue.operand);
        else this.#value(lvalue.operand);
        return;
      default:
        return;
    }
  }

  #pointerAdd(expression: Extract<TypedExpression, { kind: 'pointer-add' }>): void {
    const { pointer, index } = expression;
    const isArray = pointer.kind === 'convert' && pointer.conversion === 'decay';
    if (constantOf(index)) {
      if (!isArray || !isGlobal(pointer.operand)) this.#value(pointer);
      if (!isArray) this.#add(4);
      return;
    }
    this.#value(index);
    if ((integerOf(index.type.type)?.size ?? 8) < 8) this.#add(2);
    if (isArray && !isGlobal(pointer.operand)) return;
    this.#add(8);
    this.#value(pointer);
    this.#add(3);
  }

  #condition(expression: TypedExpression): void {
    switch (expression.kind) {
      case 'not':
        this.#condition(expression.operand);
        return;
      case 'logical':
        this.#condition(expression.left);
        this.#condition(expression.right);
        return;
      case 'compare':
        this.#compare(expression.left, expression.right);
        this.#add(CONDITIONAL_JUMP);
        return;
      case 'integer':
        return;
      default:
        if (isFrameLoad(expression)) this.#add(4 + CONDITIONAL_JUMP);
        else {
          this.#value(expression);
          this.#add(2 + CONDITIONAL_JUMP);
        }
    }
  }

  #compare(left: TypedExpression, right: TypedExpression): void {
    const wide = (sizeOf(left.type.type) ?? 0) === 8 ? 1 : 0;
    if (constantOf(right)) {
      if (isFrameLoad(left)) this.#add(4 + wide);
      else {
        this.#value(left);
        this.#add(3 + wide);
      }
      return;
    }
    this.#value(left);
    if (isFrameLoad(right)) this.#add(3 + wide);
    else {
      this.#value(right);
      this.#add(2 + wide);
    }
  }

  /** Bytes to have a value in a register. */
  #value(expression: TypedExpression): void {
    const size = sizeOf(expression.type.type) ?? 4;
    const wide = size === 8 ? 1 : 0;
    switch (expression.kind) {
      case 'integer':
        this.#add(5);
        return;
      case 'floating':
        this.#add(8);
        return;
      case 'string':
      case 'function':
        this.#add(7);
        return;
      case 'object':
        this.#add(isGlobal(expression) ? 7 : 4);
        return;
      case 'deref':
      case 'member':
        this.#address(expression);
        return;
      case 'address-of':
        this.#address(expression.operand);
        if (rootOf(expression.operand).kind === 'object') this.#add(isGlobal(expression.operand) ? 7 : 4);
        else if (expression.operand.kind === 'member' && expression.operand.offset > 0) this.#add(4);
        return;
      case 'convert':
        this.#convert(expression);
        return;
      case 'negate':
      case 'complement':
        this.#value(expression.operand);
        this.#add(2 + wide);
        return;
      case 'not':
        this.#condition(expression);
        this.#add(4);
        return;
      case 'arithmetic':
        this.#arithmetic(expression);
        return;
      case 'compare':
        this.#compare(expression.left, expression.right);
        this.#add(6);
        return;
      case 'logical':
        this.#condition(expression.left);
        this.#condition(expression.right);
        this.#add(12);
        return;
      case 'conditional':
        this.#condition(expression.condition);
        if (expression.then !== undefined) this.#value(expression.then);
        this.#add(JUMP);
        this.#value(expression.otherwise);
        return;
      case 'pointer-add':
        this.#pointerAdd(expression);
        return;
      case 'pointer-difference':
        this.#value(expression.left);
        this.#value(expression.right);
        this.#add(7);
        return;
      case 'comma':
        this.#effect(expression.left);
        this.#value(expression.right);
        return;
      case 'assign':
        this.#assign(expression);
        this.#add(isGlobal(expression.target) ? 6 : 3);
        return;
      case 'compound-assign':
        this.#address(expression.target);
        if (constantOf(expression.value)) this.#add(4);
        else {
          this.#value(expression.value);
          this.#add(3);
        }
        if (rootOf(expression.target).kind !== 'object' || isGlobal(expression.target)) {
          this.#add(2 * this.#access(expression.target));
        }
        if (expression.operator === '*' || expression.operator === '/' || expression.operator === '%')
          this.#add(6);
        return;
      case 'increment':
        this.#address(expression.target);
        this.#add(2 * this.#access(expression.target) + 3);
        return;
      case 'call':
        this.#call(expression);
        return;
      case 'builtin':
        for (const argument of expression.args) this.#value(argument);
        this.#add(expression.name.includes('va_arg') ? 60 : expression.name.includes('va_start') ? 32 : 6);
        return;
      case 'compound-literal':
        if (expression.object.storage === 'automatic')
          this.#initializer(expression.initializer, expression.type.type);
        else this.#add(7);
        return;
      case 'statement-expression':
        this.#statement(expression.body);
        if (expression.value !== undefined) this.#value(expression.value);
        return;
      case 'label-address':
        this.#add(7);
        return;
      case 'vla-size':
        this.#add(10);
        return;
      case 'real-part':
      case 'imaginary-part':
        this.#value(expression.operand);
        return;
      case 'error':
      case 'unsupported':
        return;
    }
  }

  #convert(expression: Extract<TypedExpression, { kind: 'convert' }>): void {
    const { operand } = expression;
    switch (expression.conversion) {
      case 'load':
        if (!isScalar(expression.type.type)) {
          this.#address(operand);
          return;
        }
        this.#address(operand);
        this.#add(this.#access(operand));
        if (operand.kind === 'object') this.#add(this.#far(this.#frame.offsets.get(operand.object) ?? 0));
        return;
      case 'decay':
        this.#address(operand);
        if (rootOf(operand).kind === 'object' || operand.kind === 'string') {
          this.#add(isGlobal(operand) || operand.kind === 'string' ? 7 : 4);
        }
        return;
      case 'arithmetic': {
        if (constantOf(expression)) {
          this.#add(5);
          return;
        }
        this.#value(operand);
        const [from, to] = [resolve(operand.type.type), resolve(expression.type.type)];
        if (from.kind === 'float' || to.kind === 'float') {
          if (from.kind !== to.kind || sizeOf(from) !== sizeOf(to)) this.#add(8);
        } else {
          const [before, after] = [sizeOf(from) ?? 4, sizeOf(to) ?? 4];
          // A load of a small value extends it at once; only widening to 64 bits and cutting down cost something.
          if (after > 4 && before <= 4) this.#add(2);
          if (before < 4 && operand.kind === 'convert' && operand.conversion !== 'load') this.#add(3);
        }
        return;
      }
      default:
        this.#value(operand);
    }
  }

  #arithmetic(expression: Extract<TypedExpression, { kind: 'arithmetic' }>): void {
    const { operator, left, right } = expression;
    const wide = (sizeOf(expression.type.type) ?? 4) === 8 ? 1 : 0;
    const isFloat = resolve(expression.type.type).kind === 'float';
    this.#value(left);
    if (isFloat) {
      this.#value(right);
      this.#add(4);
      return;
    }
    switch (operator) {
      case '/':
      case '%':
        if (constantOf(right)) this.#add(operator === '/' ? 20 : 26);
        else {
          this.#add(1 + wide);
          this.#operand(right, 3 + wide);
          this.#add(operator === '%' ? 2 + wide : 0);
        }
        return;
      case '<<':
      case '>>':
        if (constantOf(right)) this.#add(3 + wide);
        else {
          this.#value(right);
          this.#add(4 + wide);
        }
        return;
      case '*':
        if (constantOf(right)) this.#add(6 + wide);
        else this.#operand(right, 4 + wide);
        return;
      default:
        if (constantOf(right)) this.#add(3 + wide);
        else this.#operand(right, 3 + wide);
    }
  }

  /** The right operand of an instruction: straight from the frame, or computed into a register first. */
  #operand(expression: TypedExpression, memoryBytes: number): void {
    if (isFrameLoad(expression)) this.#add(memoryBytes);
    else {
      this.#value(expression);
      this.#add(memoryBytes - 1 + 2);
    }
  }

  #call(call: Call): void {
    if (isInlinedCall(call)) {
      for (const argument of call.args) this.#value(argument);
      this.#add(8);
      return;
    }
    const name = nameOfCallee(call);
    const target = name === undefined ? undefined : importOfCall(call, false);
    const isRewritten = name !== undefined && target !== name;
    const args =
      isRewritten && (target === 'puts' || target === 'putchar') ? call.args.slice(0, 1) : call.args;
    for (const argument of args) {
      this.#value(argument);
      const bytes = sizeOf(argument.type.type) ?? 4;
      if (constantOf(argument)) continue;
      this.#add(resolve(argument.type.type).kind === 'float' ? 3 : bytes === 8 ? 3 : 2);
    }
    if (call.callee.kind !== 'function') this.#value(call.callee);
    if (call.calleeType.isVariadic && !isRewritten) this.#add(5);
    if (!call.calleeType.hasPrototype) this.#add(5);
    this.#add(call.callee.kind === 'function' ? CALL : 2);
    this.#callEnds.set(call, this.#at);
  }
}

function constantOf(expression: TypedExpression): boolean {
  if (expression.kind === 'integer') return true;
  return (
    expression.kind === 'convert' &&
    (expression.conversion === 'arithmetic' || expression.conversion === 'pointer') &&
    constantOf(expression.operand)
  );
}

/** The object or pointer that an lvalue starts from. */
function rootOf(lvalue: TypedExpression): TypedExpression {
  let root = lvalue;
  while (root.kind === 'member') root = root.base;
  return root;
}

function isGlobal(lvalue: TypedExpression): boolean {
  const root = rootOf(lvalue);
  return root.kind === 'object' && root.object.storage !== 'automatic';
}

/** A scalar variable of the frame, which instructions take as an operand. */
function isFrameLoad(expression: TypedExpression): boolean {
  return (
    expression.kind === 'convert' &&
    expression.conversion === 'load' &&
    expression.operand.kind === 'object' &&
    expression.operand.object.storage === 'automatic' &&
    (sizeOf(expression.type.type) ?? 0) >= 4
  );
}
