/**
 * Statements as gcc -O0 lays them out: tests of loops behind their bodies, switches as decisions or tables, one place
 * where the function returns.
 *
 * Source: gcc/c/c-typeck.cc and gimplify.cc (shape of loops), gimple-low.cc (lower_function_body); measured with gcc 12.2.
 */
import { integerConstant } from '../../sema/constant.ts';
import { isScalar, isVariableLength, isVoid, sizeOf } from '../../sema/type-relations.ts';
import type {
  LabelSymbol,
  ObjectInitializer,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../../sema/typed-tree.ts';
import { classify, returnsInMemory } from '../calling-convention.ts';
import type { CType } from '../../sema/type.ts';
import type { FrameLayout } from '../frame.ts';
import { isAlloca } from '../stack-allocation.ts';
import { walkStatement } from '../tree-walk.ts';
import { switchClusters } from '../switch-clusters.ts';
import type { CaseRange } from '../switch-clusters.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { ExpressionCoder } from './expressions.ts';
import { InitializerCoder } from './initializers.ts';
import { AX, BP, DX, XMM0, imm, isVectorMode, memAt, reg } from './machine.ts';
import type { Label, Mode, Operand, Reg } from './machine.ts';
import { copyPair, isHardPair, livesInPair, recordIntoPair, takeApart } from './record-pairs.ts';
import { copyMemory } from './records.ts';
import { checkGuard } from './stack-guard.ts';
import { SwitchCoder } from './switch-code.ts';
import { integerMode, isSignedType, modeOf } from './values.ts';
import type { Place } from './values.ts';

type Of<Kind extends TypedStatement['kind']> = Extract<TypedStatement, { kind: Kind }>;
type SwitchCase = Of<'switch'>['cases'][number];

interface Exits {
  readonly breakTo: Label;
  readonly continueTo: Label | undefined;
  /** A loop without a condition: what becomes of jumps out of it is not modelled in full. */
  readonly isEndless?: boolean;
}

/** The line of a jump that a loop begins with. */
const NO_LINE_BUT_A_PLACE = -1;

/** Writes the body of a function. */
export class StatementCoder {
  readonly #code: CodeBuffer;
  readonly #fn: TypedFunction;
  readonly #frame: FrameLayout;
  readonly #isPic: boolean;
  readonly #expressions: ExpressionCoder;
  readonly #initializers: InitializerCoder;
  readonly #exits: Exits[] = [];
  readonly labels = new Map<LabelSymbol, Label>();
  #cases = new Map<SwitchCase | 'default', Label>();
  /** Where every `return` goes. */
  readonly #end: Label;
  #result: Reg | undefined;
  /** The result where it is a record in a pair of registers. */
  #pair: Reg | undefined;
  #returns = 0;
  #loci = 0;
  /** The blocks that are open, the outermost first. */
  readonly #open: OpenScope[] = [];
  /** Labels whose addresses are taken: targets of every computed jump. */
  readonly #computed: Label[] = [];

  constructor(code: CodeBuffer, fn: TypedFunction, frame: FrameLayout, isPic: boolean) {
    this.#code = code;
    this.#fn = fn;
    this.#frame = frame;
    this.#isPic = isPic;
    this.#expressions = new ExpressionCoder(code, frame, isPic, this);
    this.#initializers = new InitializerCoder(this.#expressions);
    this.#end = code.newLabel();
  }

  /** The body, and the place of return with the result on its way to its register. */
  body(): void {
    const fn = this.#fn;
    const resultType = fn.symbol.type.result.type;
    const mode = modeOf(resultType);
    if (mode !== undefined) this.#result = this.#code.register(mode);
    else if (livesInPair(this.#code, resultType)) this.#pair = this.#code.register('TI');
    for (const label of fn.labels) if (label.isAddressTaken) this.#computed.push(this.labelOf(label));
    for (const { type } of fn.parameters) this.#expressions.lengths.measure(type.type);
    this.statement(fn.body);
    if (fn.symbol.name === 'main' && this.#result !== undefined) {
      this.#code.emit({ op: 'move', mode: 'SI', dst: this.#result, a: imm(0) });
    }
    if (isVoid(resultType)) {
      this.#code.label(this.#end);
      if (this.#returns === 0) this.#code.emit({ op: 'close' });
      this.#checkGuard();
      return;
    }
    // Falling off the end is a place of its own, without an instruction.
    if (mode !== undefined && this.#returns > 0 && fn.symbol.name !== 'main') {
      this.#code.emit({ op: 'raw', mnemonic: '', bytes: 0, uses: [], defs: [], clobbers: 0 });
    }
    this.#code.label(this.#end);
    if (mode !== undefined && this.#result !== undefined) this.#returnScalar(mode, this.#result);
    else this.#checkGuard();
    if (this.#pair !== undefined && this.#returns > 0) this.#returnPair(resultType, this.#pair);
    if (this.#returns > 0 && returnsInMemory(this.#code.target, resultType)) this.#returnPlace();
  }

  /** A function whose record is in memory returns its address. */
  #returnPlace(): void {
    const result = reg(AX);
    const pointer = memAt(BP, this.#frame.hiddenResult ?? -8);
    this.#code.emit({ op: 'move', mode: this.#code.word, dst: result, a: pointer });
    this.#code.emit({ op: 'use', a: result });
  }

  /** The record in a pair goes to the registers of the result by way of others. */
  #returnPair(type: CType, pair: Reg): void {
    const code = this.#code;
    if (isHardPair(type, [AX, DX])) {
      const copy = code.register('TI');
      code.emit({ op: 'move', mode: 'TI', dst: copy, a: pair });
      copyPair(code, [copy.no], [AX, DX]);
      code.emit({ op: 'use', a: reg(AX) });
      code.emit({ op: 'use', a: reg(DX) });
      return;
    }
    let integer = 0;
    let vector = XMM0;
    const parts = takeApart(code, type, pair);
    const hard = classify(type).map((one) => (one === 'sse' ? vector++ : integer++));
    parts.forEach((part, index) => {
      const no = hard[index] ?? AX;
      code.emit({ op: 'move', mode: no >= XMM0 ? 'DF' : 'DI', dst: reg(no), a: part });
    });
    for (const no of hard) code.emit({ op: 'use', a: reg(no) });
  }

  /** On x86-64 the guard is compared in the epilogue. */
  #checkGuard(): void {
    if (this.#frame.guard !== undefined && this.#code.target === 'i386') checkGuard(this.#code);
  }

  #returnScalar(mode: Mode, result: Reg): void {
    if (mode === 'XF') this.#code.doubt('long double');
    if (this.#returns === 0 && this.#fn.symbol.name !== 'main') {
      this.#nop();
      this.#checkGuard();
      return;
    }
    const copy = this.#code.register(mode);
    this.#code.emit({ op: 'move', mode, dst: copy, a: result });
    this.#checkGuard();
    const hard = reg(isVectorMode(mode) ? XMM0 : AX);
    this.#code.emit({ op: 'move', mode, dst: hard, a: copy });
    this.#code.emit({ op: 'use', a: hard });
  }

  #nop(): void {
    this.#code.emit({ op: 'raw', mnemonic: 'nop', bytes: 1, uses: [], defs: [], clobbers: 0 });
  }

  #locus(): number {
    return (this.#loci += 1);
  }

  labelOf(label: LabelSymbol): Label {
    let known = this.labels.get(label);
    if (known === undefined) {
      known = this.#code.newLabel();
      this.labels.set(label, known);
    }
    return known;
  }

  /** Where a `register` variable is. */
  registerOf(object: ObjectSymbol, mode: Mode): Operand {
    return this.#expressions.slotOf(object, mode);
  }

  block(block: TypedBlock): void {
    const saved = takesBackStack(block) ? this.#expressions.lengths.save() : undefined;
    this.#open.push({ objects: block.objects, saved });
    for (const statement of block.statements) this.statement(statement);
    const scope = this.#open.pop();
    if (scope !== undefined) this.#leaveScope(scope);
    if (block.objects.some((one) => one.attributes.cleanup !== undefined)) this.#code.doubt('cleanup');
  }

  /**
   * Takes back what a block allocated, and says that its objects end: gcc does so for all that are not single values, and
   * one that is in a register takes one there, whether it was ever used or not (gimplify.cc: gimplify_bind_expr).
   */
  #leaveScope({ objects, saved }: OpenScope): void {
    if (saved !== undefined) this.#expressions.lengths.restore(saved);
    for (const object of objects) {
      if (this.#code.target === 'x86_64') {
        // One that folding dropped is nowhere.
        const dst = this.#code.literals.get(object);
        if (dst !== undefined) this.#code.emit({ op: 'clobber', dst });
        continue;
      }
      if (isScalar(object.type.type) || !this.#expressions.isInRegister(object)) continue;
      const mode = integerMode(sizeOf(object.type.type) ?? 0);
      const dst = this.#expressions.slotOf(object, mode);
      if (dst.kind === 'reg') this.#code.emit({ op: 'clobber', dst });
    }
  }

  initialize(object: ObjectSymbol, initializer: ObjectInitializer): void {
    this.#initializers.initialize(object, initializer);
  }

  /** Stores the parts of a record somewhere. */
  initializeAt(place: Place, type: CType, initializer: ObjectInitializer): void {
    this.#initializers.initializeAt(place, type, initializer);
  }

  statement(statement: TypedStatement): void {
    switch (statement.kind) {
      case 'block':
        this.block(statement);
        return;
      case 'declare':
        this.#declare(statement);
        return;
      case 'expression':
        if (statement.expression.kind === 'convert' && statement.expression.conversion === 'load') {
          // What is read for assembly without instructions is loaded; its registers are not modelled.
          this.#code.doubt('value that no code takes');
        }
        this.#expressions.effect(statement.expression);
        return;
      case 'if':
        this.#if(statement);
        return;
      case 'while':
        this.#loop(statement.body, statement.condition, undefined, true);
        return;
      case 'do':
        this.#loop(statement.body, statement.condition, undefined, false);
        return;
      case 'for':
        for (const init of statement.init) this.statement(init);
        this.#loop(statement.body, statement.condition, statement.step, true);
        return;
      case 'switch':
        this.#switch(statement);
        return;
      case 'case':
      case 'default': {
        const label = this.#cases.get(statement.kind === 'case' ? statement.label : 'default');
        if (label !== undefined) this.#code.label(label);
        this.statement(statement.body);
        return;
      }
      case 'label':
        // Which jumps and nops remain around labels is not modelled in full.
        this.#code.doubt('label');
        this.#code.label(this.labelOf(statement.label));
        this.statement(statement.body);
        return;
      case 'goto':
        this.#code.jump(this.labelOf(statement.label), this.#locus());
        return;
      case 'break':
      case 'continue':
        this.#leave(statement.kind);
        return;
      case 'computed-goto':
        this.#computedGoto(statement.target);
        return;
      case 'return':
        this.#return(statement.value);
        return;
      case 'null':
        return;
      case 'nonlocal-goto':
        this.#code.doubt('jump out of a nested function');
        return;
      case 'unsupported':
        this.#code.doubt('unsupported statement');
        return;
    }
  }

  #declare(statement: Of<'declare'>): void {
    if (statement.object.storage === 'automatic') {
      this.#expressions.lengths.measure(statement.object.type.type);
      this.#expressions.lengths.allocateObject(statement.object);
    }
    if (statement.initializer === undefined) return;
    this.#initializers.initialize(statement.object, statement.initializer);
  }

  #if(statement: Of<'if'>): void {
    const code = this.#code;
    if (isEmpty(statement.then) && isEmpty(statement.otherwise)) {
      this.#expressions.effect(statement.condition);
      return;
    }
    const [yes, no, end] = [code.newLabel(), code.newLabel(), code.newLabel()];
    this.#expressions.conditions.branch(statement.condition, yes, no, 'true');
    code.label(yes);
    this.statement(statement.then);
    if (statement.otherwise !== undefined) {
      code.jump(end);
      code.label(no);
      this.statement(statement.otherwise);
    } else code.label(no);
    code.label(end);
  }

  #leave(kind: 'break' | 'continue'): void {
    for (let index = this.#exits.length - 1; index >= 0; index -= 1) {
      const exits = this.#exits[index];
      const to = kind === 'break' ? exits?.breakTo : exits?.continueTo;
      if (to === undefined) continue;
      if (kind === 'continue' || exits?.isEndless === true) this.#code.doubt(`${kind} of a loop`);
      this.#code.jump(to, this.#locus());
      return;
    }
  }

  /** The test of a loop stands behind its body. */
  #loop(
    body: TypedStatement,
    condition: TypedExpression | undefined,
    step: TypedExpression | undefined,
    testFirst: boolean,
  ): void {
    const code = this.#code;
    const [start, next, test, exit] = [code.newLabel(), code.newLabel(), code.newLabel(), code.newLabel()];
    const constant = condition === undefined ? 1n : integerConstant(condition, 8);
    const isEndless = constant !== undefined && constant !== 0n;
    // The jump to the test has no line of its own unless it goes nowhere.
    if (testFirst && !isEndless) {
      code.jump(test, NO_LINE_BUT_A_PLACE);
      code.loops.push({ start, test });
    }
    code.label(start);
    this.#exits.push({ breakTo: exit, continueTo: next, isEndless });
    this.statement(body);
    this.#exits.pop();
    code.label(next);
    if (step !== undefined) this.#expressions.effect(step);
    code.label(test);
    if (isEndless) code.jump(start);
    else if (condition !== undefined) this.#expressions.conditions.branch(condition, start, exit, 'false');
    code.label(exit);
  }

  #computedGoto(target: TypedExpression): void {
    const value = this.#expressions.value(target);
    const register = this.#code.inRegister(
      this.#code.word,
      this.#expressions.operandOf(value, this.#code.word),
    );
    this.#code.emit({
      op: 'indirect',
      targets: this.#computed,
      uses: [register.no],
      jump: { op: 'raw', mnemonic: 'jmp reg', bytes: 2, uses: [register.no], defs: [], clobbers: 0 },
    });
  }

  #return(value: TypedExpression | undefined): void {
    this.#returns += 1;
    if (value !== undefined) {
      const mode = modeOf(value.type.type);
      if (mode !== undefined && this.#result !== undefined)
        this.#expressions.assignTo(this.#result, mode, value);
      else if (isVoid(value.type.type)) this.#expressions.effect(value);
      else this.#returnRecord(value);
    }
    for (const scope of [...this.#open].reverse()) this.#leaveScope(scope);
    this.#code.jump(this.#end, value === undefined || isVoid(value.type.type) ? this.#locus() : 0);
  }

  /** A record goes into the memory that the caller named, or into registers. */
  #returnRecord(value: TypedExpression): void {
    const code = this.#code;
    const type = this.#fn.symbol.type.result.type;
    const inner = value.kind === 'convert' ? value.operand : value;
    if (returnsInMemory(this.#code.target, type)) {
      const pointer = memAt(BP, this.#frame.hiddenResult ?? -8);
      const target = {
        base: { kind: 'pointer', pointer: { kind: 'operand', operand: pointer } },
        offset: 0,
        terms: [],
        bits: undefined,
      } as const;
      this.#expressions.recordInto(inner, target);
      return;
    }
    if (this.#pair !== undefined) {
      recordIntoPair(this.#expressions, inner, this.#pair);
      return;
    }
    code.doubt('record result in registers');
    const size = sizeOf(type) ?? 0;
    const memory: Operand = isScalar(type)
      ? memAt(BP, -16)
      : this.#expressions.places.memory(this.#expressions.places.place(inner));
    if (memory.kind !== 'mem') return;
    let integer = 0;
    let vector = XMM0;
    classify(type).forEach((one, index) => {
      const hard = one === 'sse' ? vector++ : integer++;
      const mode: Mode = size - 8 * index >= 8 ? 'DI' : 'SI';
      const word = code.inRegister(mode, { ...memory, disp: memory.disp + 8 * index });
      code.emit({ op: 'move', mode: one === 'sse' ? 'DF' : mode, dst: reg(hard), a: word });
    });
    if (size > 16) copyMemory(this.#expressions, memory, memory, size);
  }

  // ------------------------------------------------------------ switch

  #switch(statement: Of<'switch'>): void {
    const code = this.#code;
    const exit = code.newLabel();
    const other = statement.hasDefault ? code.newLabel() : exit;
    const saved = this.#cases;
    this.#cases = new Map(statement.cases.map((label) => [label, code.newLabel()]));
    if (statement.hasDefault) this.#cases.set('default', other);
    this.#dispatch(statement, other);
    this.#exits.push({ breakTo: exit, continueTo: undefined });
    this.statement(statement.body);
    this.#exits.pop();
    this.#cases = saved;
    code.label(exit);
  }

  #dispatch(statement: Of<'switch'>, other: Label): void {
    const constant = integerConstant(statement.value, 8);
    if (constant !== undefined) {
      this.#code.doubt('switch on a constant');
      const taken = statement.cases.find((one) => one.first <= constant && constant <= one.last);
      this.#code.jump(taken === undefined ? other : (this.#cases.get(taken) ?? other));
      return;
    }
    const mode = modeOf(statement.value.type.type) ?? 'SI';
    const isSigned = isSignedType(statement.value.type.type);
    const value = this.#expressions.operandOf(this.#expressions.value(statement.value), mode);
    const clusters = switchClusters(statement, 8);
    if (clusters.length === 0) {
      this.#code.jump(other);
      return;
    }
    const byValue = new Map(statement.cases.map((one) => [one.first, one]));
    const labelOf = (range: CaseRange): Label => {
      const first = byValue.get(range.low);
      return (first === undefined ? undefined : this.#cases.get(first)) ?? other;
    };
    new SwitchCoder(this.#code, { operand: value, mode, isSigned }, other, labelOf, this.#isPic).write(
      clusters,
    );
  }
}

/** A block whose statements are being written. */
interface OpenScope {
  readonly objects: readonly ObjectSymbol[];
  /** The stack pointer on entry, where it is restored. */
  readonly saved: Reg | undefined;
}

/** Whether a block gives back the bytes of its arrays: not where alloca took some, too. */
function takesBackStack(block: TypedBlock): boolean {
  return (
    block.objects.some((one) => one.storage === 'automatic' && isVariableLength(one.type.type)) &&
    !allocates(block)
  );
}

function allocates(block: TypedBlock): boolean {
  let found = false;
  walkStatement(block, { expression: (expression) => (found ||= isAlloca(expression)) });
  return found;
}

/** Whether a statement makes no code. */
function isEmpty(statement: TypedStatement | undefined): boolean {
  if (statement === undefined || statement.kind === 'null') return true;
  return statement.kind === 'block' && statement.statements.every(isEmpty);
}
