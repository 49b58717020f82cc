/**
 * Estimates the machine code of functions: how many bytes gcc -O0 would emit, and where in them the calls are.
 *
 * Every operation of the tree is charged with the bytes of the x86-64 instructions that gcc -O0 typically makes of it:
 * loads from the frame (3 bytes, 4 with 64 bits), operations between registers (2 or 3), calls (5). The figures are read
 * off gcc's output; instruction selection itself is not modelled, so sizes are near, not exact.
 */
import { integerOf, isScalar, qualsOf, resolve, sizeOf } from '../sema/type-relations.ts';
import { ATOMIC, VOLATILE } from '../sema/type.ts';
import type {
  LabelSymbol,
  ObjectInitializer,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { evaluate, integerConstant } from '../sema/constant.ts';
import { importOfCall } from './call-walk.ts';
import type { FrameLayout } from './frame.ts';
import { jumpTableEntries } from './constant-pool.ts';
import { isInlinedCall, nameOfCallee } from './inlined-calls.ts';
import { CodeStream } from './jump-relaxation.ts';
import type { JumpTarget } from './jump-relaxation.ts';

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

class CodeSizer {
  readonly #code = new CodeStream();
  readonly #end: JumpTarget = { at: undefined };
  readonly #exits: { readonly breakTo: JumpTarget; readonly continueTo: JumpTarget | undefined }[] = [];
  readonly #targets = new Map<LabelSymbol, JumpTarget>();
  readonly #frame: FrameLayout;
  readonly #callEnds = new Map<Call, number>();
  readonly #labels = new Map<LabelSymbol, number>();
  #cases = new Map<SwitchCase | 'default', JumpTarget>();

  constructor(frame: FrameLayout) {
    this.#frame = frame;
  }

  measure(fn: TypedFunction): CodeEstimate {
    this.#prologue(fn);
    this.#statement(fn.body);
    if (fn.symbol.name === 'main' && fn.body.statements.at(-1)?.kind !== 'return') this.#add(5);
    this.#code.place(this.#end);
    const { savedRegisters, frameSize } = this.#frame;
    // leave or pop, ret; saved registers are popped or loaded.
    if (resolve(fn.symbol.type.result.type).kind === 'void') this.#add(1);
    this.#add(savedRegisters === 0 ? 2 : 4 + 2 * savedRegisters + (frameSize > 0 ? 1 : 0));
    const moved = this.#code.relax();
    return {
      size: moved(this.#code.at),
      savedRegisters,
      callEnds: new Map([...this.#callEnds].map(([call, at]) => [call, moved(at)])),
      labels: new Map([...this.#labels].map(([label, at]) => [label, moved(at)])),
    };
  }

  #add(bytes: number): void {
    this.#code.add(bytes);
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
      case 'if': {
        const otherwise: JumpTarget = { at: undefined };
        const jump = statement.otherwise === undefined ? this.#jumpOf(statement.then) : undefined;
        if (jump !== undefined) {
          if (jump.at === undefined) jump.detours = (jump.detours ?? 0) + 1;
          this.#branch(statement.condition, jump, true);
          return;
        }
        this.#branch(statement.condition, otherwise, false);
        this.#statement(statement.then);
        if (statement.otherwise !== undefined) {
          const end: JumpTarget = { at: undefined };
          if (!endsInJump(statement.then)) this.#code.jump(end, false);
          this.#code.place(otherwise);
          this.#statement(statement.otherwise);
          this.#code.place(end);
        } else this.#code.place(otherwise);
        return;
      }
      case 'while':
        this.#loop(statement.body, statement.condition, undefined, true);
        return;
      case 'do':
        this.#loop(statement.body, statement.condition, undefined, false);
        return;
      case 'for':
        for (const init of statement.init) this.#statement(init);
        this.#loop(statement.body, statement.condition, statement.step, true);
        return;
      case 'switch':
        this.#switch(statement);
        return;
      case 'case':
      case 'default': {
        const target = this.#cases.get(statement.kind === 'case' ? statement.label : 'default');
        if (target !== undefined) this.#code.place(target);
        this.#statement(statement.body);
        return;
      }
      case 'label':
        this.#code.place(this.#targetOf(statement.label));
        this.#labels.set(statement.label, this.#code.at);
        this.#statement(statement.body);
        return;
      case 'goto':
      case 'break':
      case 'continue': {
        const target = this.#jumpOf(statement);
        if (target === undefined) this.#add(JUMP);
        else this.#code.writtenJump(target);
        return;
      }
      case 'computed-goto':
        this.#value(statement.target);
        this.#add(JUMP);
        return;
      case 'return':
        if (statement.value !== undefined) this.#returned(statement.value);
        this.#code.jump(this.#end, false);
        return;
      case 'null':
      case 'unsupported':
        return;
    }
  }

  /** A value goes to the result's register; that of a double by way of a general one. */
  #returned(value: TypedExpression): void {
    this.#value(value);
    const type = resolve(value.type.type);
    if (type.kind === 'float') this.#add(type.name === 'double' ? 10 : type.name === 'float' ? 8 : 0);
  }

  #targetOf(label: LabelSymbol): JumpTarget {
    const known = this.#targets.get(label);
    if (known !== undefined) return known;
    const target: JumpTarget = { at: undefined };
    this.#targets.set(label, target);
    return target;
  }

  /** Where a statement that only jumps goes. */
  #jumpOf(statement: TypedStatement): JumpTarget | undefined {
    switch (statement.kind) {
      case 'block':
        return statement.statements.length === 1 && statement.statements[0] !== undefined
          ? this.#jumpOf(statement.statements[0])
          : undefined;
      case 'goto':
        return this.#targetOf(statement.label);
      case 'break':
        return this.#exits.at(-1)?.breakTo;
      case 'continue':
        return [...this.#exits].reverse().find((exit) => exit.continueTo !== undefined)?.continueTo;
      default:
        return undefined;
    }
  }

  /** The test of a loop stands behind its body. */
  #loop(
    body: TypedStatement,
    condition: TypedExpression | undefined,
    step: TypedExpression | undefined,
    testFirst: boolean,
  ): void {
    const [start, next, test, exit]: JumpTarget[] = [
      { at: undefined },
      { at: undefined },
      { at: undefined },
      { at: undefined },
    ];
    if (start === undefined || next === undefined || test === undefined || exit === undefined) return;
    const isEndless =
      condition === undefined || (constantOf(condition) && integerConstant(condition, 8) !== 0n);
    if (testFirst && !isEndless) this.#code.jump(test, false);
    this.#code.place(start);
    this.#exits.push({ breakTo: exit, continueTo: next });
    this.#statement(body);
    this.#exits.pop();
    this.#code.place(next);
    if (step !== undefined) this.#effect(step);
    this.#code.place(test);
    if (isEndless) this.#code.jump(start, false);
    else this.#branch(condition, start, true);
    this.#code.place(exit);
  }

  #switch(statement: Extract<TypedStatement, { kind: 'switch' }>): void {
    const exit: JumpTarget = { at: undefined };
    const other: JumpTarget = statement.hasDefault ? { at: undefined } : exit;
    const saved = this.#cases;
    this.#cases = new Map(statement.cases.map((label) => [label, { at: undefined }]));
    if (statement.hasDefault) this.#cases.set('default', other);
    const isPlain = isFrameLoad(statement.value);
    if (!isPlain) this.#value(statement.value);
    const compare = isPlain ? 4 : 3;
    if (jumpTableEntries(statement) !== undefined) {
      this.#add(compare);
      this.#code.jump(other, true);
      this.#add(isPlain ? 35 : 34);
    } else {
      const sorted = [...statement.cases].sort((a, b) => (a.first < b.first ? -1 : 1));
      this.#decide(sorted, compare, other);
    }
    this.#exits.push({ breakTo: exit, continueTo: undefined });
    this.#statement(statement.body);
    this.#exits.pop();
    this.#cases = saved;
    this.#code.place(exit);
  }

  /** A tree of comparisons: the middle one first, then what is above and what is below. */
  #decide(sorted: readonly SwitchCase[], compare: number, other: JumpTarget): void {
    const single = (label: SwitchCase | undefined): void => {
      if (label === undefined) return;
      const target = this.#cases.get(label) ?? other;
      this.#add(compare);
      this.#code.jump(target, true);
      if (label.first === label.last) return;
      this.#add(compare);
      this.#code.jump(target, true);
    };
    if (sorted.length <= 2) {
      for (const label of sorted) single(label);
      this.#code.jump(other, false);
      return;
    }
    const middle = sorted.length === 3 ? 2 : sorted.length >> 1;
    single(sorted[middle]);
    const above: JumpTarget = { at: undefined };
    const high = sorted.slice(middle + 1);
    this.#add(compare);
    this.#code.jump(high.length === 0 ? other : above, true);
    this.#decide(sorted.slice(0, middle), compare, other);
    if (high.length === 0) return;
    this.#code.place(above);
    this.#decide(high, compare, other);
  }

  /** Jumps to a target when the condition has the wanted truth. */
  #branch(expression: TypedExpression, target: JumpTarget, when: boolean): void {
    const constant = integerConstant(expression, 8);
    if (constant !== undefined) {
      if ((constant !== 0n) === when) this.#code.jump(target, false);
      return;
    }
    switch (expression.kind) {
      case 'not':
        this.#branch(expression.operand, target, !when);
        return;
      case 'logical': {
        const isAnd = expression.operator === '&&';
        if (isAnd !== when) {
          this.#branch(expression.left, target, when);
          this.#branch(expression.right, target, when);
          return;
        }
        const past: JumpTarget = { at: undefined };
        this.#branch(expression.left, past, !when);
        this.#branch(expression.right, target, when);
        this.#code.place(past);
        return;
      }
      case 'compare':
        this.#compare(expression.left, expression.right);
        break;
      default:
        this.#test(expression);
    }
    this.#code.jump(target, true);
  }

  /** Compares a value with zero. */
  #test(expression: TypedExpression): void {
    const size = sizeOf(expression.type.type) ?? 4;
    const wide = size === 8 ? 1 : 0;
    const isNarrow =
      expression.kind === 'convert' &&
      expression.conversion === 'load' &&
      isOperand(expression.operand) &&
      size < 4;
    if (isFrameLoad(expression)) this.#add(4 + wide + this.#farOf(expression));
    else if (isNarrow) this.#add((size === 2 ? 5 : 4) + this.#farOf(expression));
    else {
      this.#value(expression);
      this.#add(2 + wide);
    }
  }

  /** More bytes for a frame access far from rbp. */
  #farOf(load: TypedExpression): number {
    const lvalue = load.kind === 'convert' ? load.operand : load;
    const root = rootOf(lvalue);
    if (root.kind !== 'object') return 0;
    const offset = this.#frame.offsets.get(root.object);
    const inside = lvalue.kind === 'member' ? lvalue.offset : 0;
    return offset === undefined ? 0 : this.#far(offset + inside);
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
    const isFloating = resolve(value.type.type).kind === 'float';
    if (constantOf(value) && !isFloating) {
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
        if (target.kind === 'object' && target.object.storage === 'automatic' && !isOperand(target)) {
          // What has its address taken is loaded, changed and stored.
          const bytes = sizeOf(target.type.type) ?? 0;
          this.#add((bytes === 8 ? 12 : bytes === 4 ? 9 : bytes === 2 ? 11 : 10) + 2 * this.#farOf(target));
        } else if (target.kind === 'object' && target.object.storage === 'automatic') {
          const bytes = sizeOf(target.type.type) ?? 0;
          const far = this.#farOf(target);
          // What is smaller than int goes through a register.
          if (bytes < 4) this.#add(10 + (bytes === 2 ? 1 : 0) + 2 * far);
          else this.#add((bytes === 8 ? 5 : 4) + far);
        } else if (isGlobal(target)) {
          const wide = (sizeOf(target.type.type) ?? 0) === 8 ? 1 : 0;
          this.#add(15 + 3 * wide);
        } else {
          this.#address(target);
          this.#add(6 + this.#access(target) + this.#access(target));
        }
        return;
      }
      case 'compound-assign':
        this.#compound(expression);
        return;
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
    if (isOperand(target) && value.kind === 'arithmetic' && isSameObject(target, value.left)) {
      // `x = x + y` is `x += y`.
      const { operator, right } = value;
      this.#compound({
        kind: 'compound-assign',
        target,
        operator,
        computation: value.type,
        value: right,
        type: expression.type,
        span: expression.span,
      });
      return;
    }
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

  /** `target op= value` whose result nobody wants. */
  #compound(expression: Extract<TypedExpression, { kind: 'compound-assign' }>): void {
    const { target, operator, value } = expression;
    const size = sizeOf(target.type.type) ?? 0;
    const isSimple =
      ['+', '-', '&', '|', '^'].includes(operator) && resolve(target.type.type).kind !== 'float';
    const isFrame = target.kind === 'object' && target.object.storage === 'automatic';
    if (isSimple && isFrame && size >= 4 && !isOperand(target)) {
      const isConstant = constantOf(value);
      if (!isConstant) this.#value(value);
      const wideness = size === 8 ? 1 : 0;
      const large = isConstant && !isByte(integerConstant(value, 8) ?? 0n) ? 2 : 0;
      this.#add(2 * (3 + wideness + this.#farOf(target)) + (isConstant ? 3 + large : 2) + wideness);
      return;
    }
    if (!isSimple || (!isFrame && !isGlobal(target))) {
      this.#value(expression);
      return;
    }
    const wide = size === 8 ? 1 : 0;
    const far = this.#farOf(target);
    const constant = constantOf(value) ? (integerConstant(value, 8) ?? 0n) : undefined;
    const immediate = constant === undefined || isByte(constant) ? 0 : 3;
    if (isFrame && size >= 4) {
      if (constant === undefined) this.#value(value);
      this.#add((constant === undefined ? 3 : 4 + immediate) + wide + far);
      return;
    }
    const access = isFrame
      ? (size === 2 ? 8 : 7) + 2 * far
      : 12 + 2 * wide + (size < 4 ? 1 : 0) + (size === 2 ? 1 : 0);
    if (constant === undefined) {
      this.#value(value);
      this.#add(access + 2 + wide + (size < 4 ? 2 : 0));
    } else this.#add(access + 3 + wide + (immediate === 0 ? 0 : 2));
  }

  /** Bytes of the load or store itself, once the address is there. */
  #access(lvalue: TypedExpression): number {
    const size = sizeOf(lvalue.type.type) ?? 0;
    const wide = size === 8 ? 1 : 0;
    if (isGlobal(lvalue))
      return resolve(lvalue.type.type).kind === 'float' ? 8 : 6 + wide + (size < 4 ? 1 : 0);
    if (rootOf(lvalue).kind === 'object') {
      const extend = size < 4 ? 1 : 0;
      return 3 + wide + extend + (resolve(lvalue.type.type).kind === 'float' ? 2 - wide : 0);
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

  #compare(left: TypedExpression, right: TypedExpression): void {
    const wide = (sizeOf(left.type.type) ?? 0) === 8 ? 1 : 0;
    if (constantOf(right)) {
      const value = integerConstant(right, 8) ?? 0n;
      const more = isByte(value) ? 0 : 3;
      const narrow = left.kind === 'convert' && left.conversion === 'arithmetic' ? left.operand : undefined;
      const isNarrow =
        narrow?.kind === 'convert' &&
        narrow.conversion === 'load' &&
        isOperand(narrow.operand) &&
        (sizeOf(narrow.type.type) ?? 4) < 4;
      if (isNarrow) {
        const isShort = sizeOf(narrow.type.type) === 2;
        this.#add((isShort ? (more === 0 ? 5 : 6) : 4) + this.#farOf(narrow));
        return;
      }
      if (isFrameLoad(left)) this.#add(4 + wide + more + this.#farOf(left));
      else {
        this.#value(left);
        // `test` for zero; the accumulator has a shorter form for large values.
        this.#add((value === 0n ? 2 : more === 0 ? 3 : 5) + wide);
      }
      return;
    }
    this.#value(left);
    const isFloat = resolve(left.type.type).kind === 'float';
    if (isFrameLoad(right)) this.#add((isFloat ? 5 : 3 + wide) + this.#farOf(right));
    else {
      this.#value(right);
      this.#add(isFloat ? 4 : 2 + wide);
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
        if (expression.operand.kind === 'compare')
          this.#compare(expression.operand.left, expression.operand.right);
        else this.#test(expression.operand);
        this.#add(6);
        return;
      case 'arithmetic':
        this.#arithmetic(expression);
        return;
      case 'compare':
        this.#compare(expression.left, expression.right);
        this.#add(6);
        return;
      case 'logical': {
        const no: JumpTarget = { at: undefined };
        this.#branch(expression, no, false);
        this.#add(5 + JUMP);
        this.#code.place(no);
        this.#add(5);
        return;
      }
      case 'conditional': {
        const otherwise: JumpTarget = { at: undefined };
        const end: JumpTarget = { at: undefined };
        this.#branch(expression.condition, otherwise, false);
        if (expression.then !== undefined) this.#value(expression.then);
        this.#code.jump(end, false);
        this.#code.place(otherwise);
        this.#value(expression.otherwise);
        this.#code.place(end);
        return;
      }
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
        // The address is computed again for the store.
        if (expression.target.kind === 'deref') this.#add(3);
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
        this.#add(this.#farOf(expression));
        return;
      case 'decay':
        this.#address(operand);
        if (rootOf(operand).kind === 'object' || operand.kind === 'string') {
          this.#add(isGlobal(operand) || operand.kind === 'string' ? 7 : 4);
        }
        return;
      case 'arithmetic': {
        if (constantOf(expression)) {
          this.#add(resolve(expression.type.type).kind === 'float' ? 8 : 5);
          return;
        }
        const [from, to] = [resolve(operand.type.type), resolve(expression.type.type)];
        if (
          to.kind === 'integer' &&
          to.name === '_Bool' &&
          from.kind === 'integer' &&
          from.name !== '_Bool'
        ) {
          if (operand.kind === 'compare') this.#compare(operand.left, operand.right);
          else this.#test(operand);
          this.#add(3);
          return;
        }
        this.#value(operand);
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
      if (isFrameLoad(right)) this.#add(5 + this.#farOf(right));
      else {
        this.#value(right);
        this.#add(4);
      }
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
        if (constantOf(right)) this.#add(multiplyBytes(integerConstant(right, 8) ?? 0n, wide));
        else this.#operand(right, 4 + wide);
        return;
      case '+':
        if (!constantOf(right)) {
          // Both operands are loaded: gcc may add with lea.
          this.#value(right);
          this.#add(2 + wide);
          return;
        }
        this.#add((isByte(integerConstant(right, 8) ?? 0n) ? 3 : 5) + wide);
        return;
      default:
        if (constantOf(right)) this.#add((isByte(integerConstant(right, 8) ?? 0n) ? 3 : 5) + wide);
        else this.#operand(right, 3 + wide);
    }
  }

  /** The right operand of an instruction: straight from the frame, or computed into a register first. */
  #operand(expression: TypedExpression, memoryBytes: number): void {
    if (isFrameLoad(expression)) this.#add(memoryBytes + this.#farOf(expression));
    else {
      this.#value(expression);
      this.#add(memoryBytes - 1);
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
      const bytes = sizeOf(argument.type.type) ?? 4;
      if (isDouble(argument)) {
        // A double travels through a general register.
        if (isFrameLoad(argument)) this.#add(9 + this.#farOf(argument));
        else if (integerConstant(argument, 8) === undefined && isFloatConstant(argument)) this.#add(12);
        else {
          this.#value(argument);
          this.#add(10);
        }
        continue;
      }
      this.#value(argument);
      if (constantOf(argument)) continue;
      this.#add(bytes === 8 ? 3 : 2);
    }
    if (call.callee.kind !== 'function') this.#value(call.callee);
    if (call.calleeType.isVariadic && !isRewritten) this.#add(5);
    if (!call.calleeType.hasPrototype) this.#add(5);
    this.#add(call.callee.kind === 'function' ? CALL : 2);
    this.#callEnds.set(call, this.#code.at);
  }
}

function isSameObject(target: TypedExpression, value: TypedExpression): boolean {
  return (
    target.kind === 'object' &&
    value.kind === 'convert' &&
    value.conversion === 'load' &&
    value.operand.kind === 'object' &&
    value.operand.object === target.object
  );
}

type SwitchCase = Extract<TypedStatement, { kind: 'switch' }>['cases'][number];

function isDouble(expression: TypedExpression): boolean {
  const type = resolve(expression.type.type);
  return type.kind === 'float' && type.name === 'double';
}

function isFloatConstant(expression: TypedExpression): boolean {
  return evaluate(expression, { foldObjects: false, wordBytes: 8 })?.kind === 'floating';
}

function isByte(value: bigint): boolean {
  return value >= -128n && value <= 127n;
}

/** Multiplication by a constant: shifts and additions for small ones, else imul. */
function multiplyBytes(factor: bigint, wide: number): number {
  if (factor > 0n && (factor & (factor - 1n)) === 0n) return (factor === 2n ? 2 : 3) + wide;
  switch (factor) {
    case 3n:
      return 6 + 3 * wide;
    case 5n:
    case 9n:
      return 7 + 3 * wide;
    case 6n:
      return 8 + 4 * wide;
    case 10n:
      return 9 + 4 * wide;
    default:
      return (isByte(factor) ? 3 : 6) + wide;
  }
}

/** Whether nothing is executed behind the statement. */
function endsInJump(statement: TypedStatement): boolean {
  switch (statement.kind) {
    case 'block': {
      const last = statement.statements.at(-1);
      return last !== undefined && endsInJump(last);
    }
    case 'return':
    case 'goto':
    case 'break':
    case 'continue':
      return true;
    default:
      return false;
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

/** A variable of the frame whose address nobody takes: instructions work on it in memory. */
function isOperand(lvalue: TypedExpression): boolean {
  return (
    lvalue.kind === 'object' &&
    lvalue.object.storage === 'automatic' &&
    !lvalue.object.isAddressTaken &&
    (qualsOf(lvalue.object.type) & (VOLATILE | ATOMIC)) === 0
  );
}

/** The value of such a variable, where no extension is needed. */
function isFrameLoad(expression: TypedExpression): boolean {
  return (
    expression.kind === 'convert' &&
    expression.conversion === 'load' &&
    isOperand(expression.operand) &&
    (sizeOf(expression.type.type) ?? 0) >= 4
  );
}
