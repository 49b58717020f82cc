/**
 * Machine instructions of expanded code whose registers are known, with their lengths: what the local register
 * allocator puts in front of and behind an instruction so that its operands fit, and the form that each one gets.
 *
 * Source: gcc/lra-constraints.cc (match_reload, process_alt_operands), config/i386/i386.md (alternatives of the
 * patterns); measured with gcc 12.2.
 */
import type { Allocation } from './allocation.ts';
import {
  arithmeticBytes,
  fitsByte,
  leaBytes,
  moveBytes,
  oneOperandBytes,
  operandBytes,
  rexBytes,
  shiftBytes,
  sizePrefix,
  testBytes,
  twoByteOpcode,
  vectorBytes,
  fullImmediate,
  wholeRegister,
} from './encoding.ts';
import {
  AX,
  BP,
  BX,
  CX,
  DI,
  DX,
  FIRST_PSEUDO,
  SI,
  generalOrder,
  imm,
  isVectorMode,
  memAt,
  reg,
  sameOperand,
  shifted,
  vectorOrder,
} from './machine.ts';
import type { Insn, Mem, Mode, Operand, Reg } from './machine.ts';

/** One machine instruction. */
export interface MachineInstruction {
  readonly mnemonic: string;
  /** Length in bytes. */
  readonly bytes: number;
}

type InsnOf<Op extends Insn['op']> = Extract<Insn, { op: Op }>;

/** Writes the instructions of a function, one after the other. */
export class Assembler {
  readonly out: MachineInstruction[] = [];
  readonly #allocation: Allocation;
  readonly #spillSlots = new Map<number, Mem>();
  /** General registers that reloads took and nobody had saved. */
  readonly extraSaved = new Set<number>();
  /** Number of the instruction. */
  #at = 0;
  /** Registers that the instruction in work has taken for itself. */
  #taken = 0;

  /**
   * Begins the code of a function.
   *
   * @param spillBase - where in the frame values lie that have no register, below rbp
   */
  constructor(allocation: Allocation, spillBase: number) {
    this.#allocation = allocation;
    allocation.spilled.forEach((no, index) => this.#spillSlots.set(no, memAt(BP, spillBase + 8 * index)));
  }

  /** Adds the machine instructions of one instruction, the `at`th of the function. */
  write(insn: Insn, at: number): void {
    this.#at = at;
    this.#taken = 0;
    switch (insn.op) {
      case 'move':
        this.#move(insn.mode, this.#place(insn.dst), this.#place(insn.a));
        return;
      case 'extend':
        this.#extend(insn);
        return;
      case 'binary':
        this.#binary(insn);
        return;
      case 'shift':
        this.#shift(insn);
        return;
      case 'unary':
        this.#tied(insn.mode, insn.dst, insn.a, undefined, (target) =>
          this.#emit(
            insn.name,
            insn.name === 'bswap'
              ? twoByteOpcode(insn.mode, target, undefined) - 1
              : oneOperandBytes(wholeRegister(insn.mode, target), target),
          ),
        );
        return;
      case 'highpart':
        this.#highpart(insn);
        return;
      case 'widen':
        this.#emit('mul', 2);
        return;
      case 'divide':
        this.#divide(insn);
        return;
      case 'lea':
        this.#lea(insn.mode, this.#place(insn.dst), this.#address(insn.a));
        return;
      case 'compare':
        this.#compare(insn);
        return;
      case 'set': {
        const dst = this.#place(insn.dst);
        this.#emit(`set${insn.condition}`, rexBytes('QI', dst, undefined) + 2 + operandBytes(dst));
        return;
      }
      case 'cmove': {
        const [dst, b] = [this.#place(insn.dst), this.#place(insn.b)];
        if (dst.kind === 'reg' && sameOperand(dst, b) && !sameOperand(dst, this.#place(insn.a))) {
          // The other way round: the condition is the opposite one.
          this.#emit(`cmovn${insn.condition}`, twoByteOpcode(insn.mode, dst, this.#place(insn.a)));
          return;
        }
        this.#tied(insn.mode, insn.dst, insn.a, insn.b, (target, other) =>
          this.#emit(`cmov${insn.condition}`, twoByteOpcode(insn.mode, target, other)),
        );
        return;
      }
      case 'vector':
        this.#vector(insn);
        return;
      case 'convert':
        this.#convert(insn);
        return;
      case 'fcompare': {
        const a = this.#inRegister(insn.mode, this.#place(insn.a), true);
        this.#emit('comis', vectorBytes(insn.mode === 'DF', a, this.#place(insn.b)));
        return;
      }
      case 'sqrt': {
        const dst = this.#place(insn.dst);
        this.#emit('sqrts', vectorBytes(true, dst, this.#place(insn.a)));
        return;
      }
      case 'call': {
        const target = insn.target === undefined ? undefined : this.#place(insn.target);
        this.#emit(
          'call',
          target === undefined ? 5 : rexBytes('SI', target, undefined) + 1 + operandBytes(target),
        );
        return;
      }
      case 'copy-words':
        this.#move('DI', reg(DI), this.#place(insn.dst));
        this.#move('DI', reg(SI), this.#place(insn.a));
        this.#move('DI', reg(CX), this.#place(insn.count));
        this.#emit('rep movs', 3);
        return;
      case 'raw':
        if (insn.bytes > 0) this.#emit(insn.mnemonic, insn.bytes);
        return;
      case 'push': {
        const a = this.#place(insn.a);
        this.#emit(
          'push',
          a.kind === 'reg'
            ? 1 + rexBytes('SI', a, undefined)
            : rexBytes('SI', a, undefined) + 1 + operandBytes(a),
        );
        return;
      }
      case 'scratch':
      case 'clobber':
      case 'use':
        return;
    }
  }

  #emit(mnemonic: string, bytes: number): void {
    this.out.push({ mnemonic, bytes });
  }

  /** The operand with hard registers for pseudo registers. */
  #place(operand: Operand): Operand {
    switch (operand.kind) {
      case 'reg': {
        const hard = this.#hard(operand.no);
        return hard >= 0
          ? hard === operand.no
            ? operand
            : reg(hard)
          : (this.#spillSlots.get(operand.no) ?? operand);
      }
      case 'mem':
        return this.#address(operand);
      default:
        return operand;
    }
  }

  #hard(no: number): number {
    return no < FIRST_PSEUDO ? no : (this.#allocation.hard[no - FIRST_PSEUDO] ?? -1);
  }

  #address(address: Mem): Mem {
    const base = address.base === undefined ? undefined : this.#addressRegister(address.base);
    const index = address.index === undefined ? undefined : this.#addressRegister(address.index);
    return base === address.base && index === address.index ? address : { ...address, base, index };
  }

  #addressRegister(no: number): number {
    const hard = this.#hard(no);
    if (hard >= 0) return hard;
    const slot = this.#spillSlots.get(no);
    const scratch = this.#scratch(false);
    if (slot !== undefined) this.#move('DI', scratch, slot);
    return scratch.no;
  }

  /** A register that nothing needs at this instruction. */
  #scratch(isVector: boolean): Reg {
    const { busy } = this.#allocation;
    const taken = (busy[2 * this.#at] ?? 0) | (busy[2 * this.#at + 1] ?? 0) | this.#taken;
    let best: number | undefined;
    for (const no of isVector ? vectorOrder : generalOrder) {
      if ((taken & (1 << no)) === 0 && (best === undefined || this.#isBetter(no, best))) best = no;
    }
    if (best !== undefined) {
      this.#taken |= 1 << best;
      // It is written and read.
      if (isVector) this.#allocation.usage[best] = (this.#allocation.usage[best] ?? 0) + 2;
      if (best === BX || (best >= 12 && best < 16)) this.extraSaved.add(best);
      return reg(best);
    }
    return reg(isVector ? 16 : AX);
  }

  /** rax makes the shortest code, r8 to r15 the longest; among equals the one that is used less is better. */
  #isBetter(no: number, other: number): boolean {
    const priority = (one: number): number => {
      if (one === AX) return 4;
      if (one === 12 || one === 13) return 0;
      const isSaved = one === BX || (one > 13 && one < 16);
      return isSaved ? -1 : (one >= 8 && one < 16) || one >= 24 ? 2 : 3;
    };
    const { usage } = this.#allocation;
    if (priority(no) !== priority(other)) return priority(no) > priority(other);
    return (usage[no] ?? 0) < (usage[other] ?? 0);
  }

  /** The value in a register: where it is, or loaded into a free one. */
  #inRegister(mode: Mode, operand: Operand, isVector = isVectorMode(mode)): Operand {
    if (operand.kind === 'reg' && operand.no >= 16 === isVector) return operand;
    const scratch = this.#scratch(isVector);
    this.#move(mode, scratch, operand);
    return scratch;
  }

  #move(mode: Mode, dst: Operand, source: Operand): void {
    if (dst.kind === 'reg' && source.kind === 'reg' && dst.no === source.no) return;
    if (mode === 'TI') {
      this.#movePair(dst, source);
      return;
    }
    if (source.kind === 'symbol') {
      this.#moveSymbol(dst, source);
      return;
    }
    if (dst.kind === 'mem' && source.kind === 'mem') {
      const scratch = this.#scratch(false);
      this.#move(mode, scratch, source);
      this.#move(mode, dst, scratch);
      return;
    }
    const isVector = (operand: Operand): boolean => operand.kind === 'reg' && operand.no >= 16;
    if (isVector(dst) || isVector(source)) {
      this.#moveVector(mode, dst, source, isVector(dst) && isVector(source));
      return;
    }
    this.#moveGeneral(mode, dst, source);
  }

  #moveGeneral(mode: Mode, dst: Operand, source: Operand): void {
    const general = mode === 'SF' ? 'SI' : mode === 'DF' ? 'DI' : mode;
    const isNarrow = general === 'QI' || general === 'HI';
    if (isNarrow && dst.kind === 'reg' && source.kind === 'mem') {
      this.#emit('movz', rexBytes('SI', dst, source) + 2 + operandBytes(source));
      return;
    }
    if (isNarrow && dst.kind === 'reg') {
      this.#emit('mov', moveBytes('SI', dst, source));
      return;
    }
    this.#emit('mov', moveBytes(general, dst, source));
  }

  #moveVector(mode: Mode, dst: Operand, source: Operand, areBoth: boolean): void {
    const isDouble = mode === 'DF' || mode === 'DI';
    if (areBoth) {
      this.#emit('movap', vectorBytes(isDouble, dst, source));
      return;
    }
    if (source.kind === 'imm') {
      this.#emit('pxor', vectorBytes(true, dst, dst));
      return;
    }
    const isMemory = dst.kind === 'mem' || source.kind === 'mem';
    if (isMemory) this.#emit('movs', vectorBytes(mode !== 'XF', dst, source));
    else this.#emit('movq', vectorBytes(true, dst, source, isDouble));
  }

  /** Sixteen bytes: two registers, or two moves. */
  #movePair(dst: Operand, source: Operand): void {
    const half = (operand: Operand, index: number): Operand => {
      if (operand.kind === 'reg') return reg(operand.no + index);
      if (operand.kind === 'mem') return shifted(operand, 8 * index);
      return index === 0 ? operand : imm(0);
    };
    // The half that would destroy the address comes last.
    const clashes =
      dst.kind === 'reg' && source.kind === 'mem' && (source.base === dst.no || source.index === dst.no);
    for (const index of clashes ? [1, 0] : [0, 1])
      this.#moveGeneralOrMemory(half(dst, index), half(source, index));
  }

  #moveGeneralOrMemory(dst: Operand, source: Operand): void {
    if (dst.kind === 'reg' && source.kind === 'reg' && dst.no === source.no) return;
    this.#emit('mov', moveBytes('DI', dst, source));
  }

  #moveSymbol(dst: Operand, source: Extract<Operand, { kind: 'symbol' }>): void {
    if (dst.kind === 'mem') {
      const scratch = this.#scratch(false);
      this.#moveSymbol(scratch, source);
      this.#moveGeneral('DI', dst, scratch);
      return;
    }
    this.#emit('lea', leaBytes('DI', dst, memAt(undefined, source.offset, source.symbol)));
  }

  #extend(insn: InsnOf<'extend'>): void {
    const { mode, from, isSigned } = insn;
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    if (dst.kind !== 'reg') {
      // Into memory: by way of a register.
      const target = a.kind === 'reg' ? a : this.#scratch(false);
      this.#extendInto(mode, from, isSigned, target, a);
      this.#move(mode, dst, target);
      return;
    }
    this.#extendInto(mode, from, isSigned, dst, a);
  }

  #extendInto(mode: Mode, from: Mode, isSigned: boolean, dst: Reg, a: Operand): void {
    if (from === 'SI' && !isSigned) {
      this.#emit('mov', moveBytes('SI', dst, a));
      return;
    }
    const isAccumulator = dst.no === AX && a.kind === 'reg' && a.no === AX;
    if (isSigned && isAccumulator && modeStep(from) + 1 === modeStep(mode)) {
      // cbtw, cwtl, cltq
      this.#emit('cltq', mode === 'SI' ? 1 : 2);
      return;
    }
    const wide = isSigned && mode === 'DI' ? 'DI' : 'SI';
    if (from === 'SI') {
      this.#emit('movslq', 1 + 1 + operandBytes(a));
      return;
    }
    const prefix = isSigned && mode === 'HI' ? 1 : 0;
    this.#emit(isSigned ? 'movs' : 'movz', prefix + rexForExtend(wide, dst, a, from) + 2 + operandBytes(a));
  }

  /** An instruction whose first operand is its target; `write` gets the target and the other operand. */
  #tied(
    mode: Mode,
    dstOperand: Operand,
    aOperand: Operand,
    bOperand: Operand | undefined,
    write: (target: Operand, b: Operand) => void,
  ): void {
    const dst = this.#place(dstOperand);
    const a = this.#place(aOperand);
    const b = bOperand === undefined ? imm(0) : this.#place(bOperand);
    if (sameOperand(dst, a)) {
      write(dst, b);
      return;
    }
    const target = this.#tiedTarget(dst, a, aOperand, b);
    this.#move(mode, target, a);
    write(target, b);
    this.#move(mode, dst, target);
  }

  /** Where a tied operation is done: in the first operand's register if its value dies, else in the result's. */
  #tiedTarget(dst: Operand, a: Operand, aOperand: Operand, b: Operand): Reg {
    const isVector = dst.kind === 'reg' ? dst.no >= 16 : a.kind === 'reg' && a.no >= 16;
    const dies = aOperand.kind === 'reg' && this.#allocation.dies(aOperand.no, this.#at);
    const uses = (no: number): boolean =>
      (b.kind === 'reg' && b.no === no) || (b.kind === 'mem' && (b.base === no || b.index === no));
    const fits = a.kind === 'reg' && a.no >= 16 === isVector && !uses(a.no);
    const first = fits && dies && aOperand.no >= FIRST_PSEUDO ? a : undefined;
    const second = dst.kind === 'reg' && !uses(dst.no) ? dst : undefined;
    if (first === undefined || second === undefined) return first ?? second ?? this.#scratch(isVector);
    // rax makes short code; else the register that is used less.
    const { usage } = this.#allocation;
    if (first.no === AX || second.no === AX) return first.no === AX ? first : second;
    return (usage[second.no] ?? 0) < (usage[first.no] ?? 0) ? second : first;
  }

  #binary(insn: InsnOf<'binary'>): void {
    const { name, mode } = insn;
    if (name === 'imul' && insn.b.kind === 'imm') {
      this.#multiplyByConstant(insn, insn.b);
      return;
    }
    if (name === 'imul' && mode === 'QI') {
      this.#multiplyBytes(insn);
      return;
    }
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    const b = this.#place(insn.b);
    if (name === 'add' && dst.kind === 'reg' && a.kind === 'reg' && this.#addByLea(mode, dst, a, b)) return;
    const isCommutative = name !== 'sub';
    const write = (target: Operand, other: Operand): void => this.#writeBinary(name, mode, target, other);
    if (isCommutative && !sameOperand(dst, a) && sameOperand(dst, b)) {
      write(dst, a);
      return;
    }
    this.#tied(mode, insn.dst, insn.a, insn.b, write);
  }

  /** An addition into a third register. */
  #addByLea(mode: Mode, dst: Reg, a: Reg, b: Operand): boolean {
    if (dst.no === a.no) return false;
    if (b.kind === 'reg') {
      if (b.no === dst.no) return false;
      this.#lea(mode, dst, { kind: 'mem', base: a.no, index: b.no, scale: 1, disp: 0, symbol: undefined });
      return true;
    }
    if (b.kind !== 'imm') return false;
    this.#lea(mode, dst, memAt(a.no, Number(b.value)));
    return true;
  }

  #lea(mode: Mode, dst: Operand, address: Mem): void {
    const target = dst.kind === 'reg' ? dst : this.#scratch(false);
    // r13 as a base costs a displacement that rax as a base with r13 as index does not.
    this.#emit('lea', leaBytes(mode, target, withoutIdleBase(address)));
    if (target !== dst) this.#move(mode, dst, target);
  }

  #writeBinary(name: InsnOf<'binary'>['name'], mode: Mode, target: Operand, other: Operand): void {
    if (name === 'imul') {
      const width = other.kind === 'reg' ? wholeRegister(mode, target) : mode;
      this.#emit('imul', twoByteOpcode(width, target, other));
      return;
    }
    // A byte operation between registers is one of bytes, others on small types are, too.
    const isWord = mode === 'HI' && (other.kind !== 'imm' || fitsByte(other.value));
    if (target.kind === 'reg' && (mode === 'QI' || isWord) && other.kind !== 'mem') {
      this.#emit(name, arithmeticBytes('SI', target, other));
      return;
    }
    if (name === 'and' && mode === 'DI' && other.kind === 'imm' && other.value >= 0n) {
      // The upper half is cleared in any case.
      this.#writeBinary(name, 'SI', target, other);
      return;
    }
    if (target.kind === 'reg' && other.kind === 'imm') {
      const short = byteForm(name, mode, target.no, other.value);
      if (short !== undefined) {
        this.#emit(name, short);
        return;
      }
    }
    const isNegatable = name === 'add' && other.kind === 'imm' && other.value === 128n;
    this.#emit(name, arithmeticBytes(mode, target, isNegatable ? imm(-128) : other));
  }

  #multiplyByConstant(insn: InsnOf<'binary'>, factor: Extract<Operand, { kind: 'imm' }>): void {
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    const target = dst.kind === 'reg' ? dst : this.#scratch(false);
    const bytes = fitsByte(factor.value) ? 1 : fullImmediate(insn.mode);
    this.#emit(
      'imul',
      sizePrefix(insn.mode) + rexBytes(insn.mode, target, a, false) + 1 + operandBytes(a) + bytes,
    );
    this.#move(insn.mode, dst, target);
  }

  /** `mul` of bytes: al times the operand. */
  #multiplyBytes(insn: InsnOf<'binary'>): void {
    const ax = reg(AX);
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    const b = this.#place(insn.b);
    this.#move('QI', ax, a);
    // A product of registers is one of 32 bits.
    if (b.kind === 'reg') this.#emit('imul', twoByteOpcode('SI', ax, b));
    else this.#emit('mul', rexBytes('QI', b, undefined) + 1 + operandBytes(b));
    this.#move('QI', dst, ax);
  }

  #shift(insn: InsnOf<'shift'>): void {
    const { name, mode } = insn;
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    const count = this.#place(insn.b);
    if (count.kind !== 'imm') {
      const cx = reg(CX);
      this.#move('SI', cx, count);
      this.#taken |= 1 << CX;
      this.#tied(mode, insn.dst, insn.a, cx, (target, cl) =>
        this.#emit(name, shiftBytes(name === 'sal' ? wholeRegister(mode, target) : mode, target, cl)),
      );
      return;
    }
    if (name === 'sar' && isSignOfAx(mode, dst, a, count.value)) {
      this.#emit('cltd', mode === 'DI' ? 2 : 1);
      return;
    }
    const isScaled = name === 'sal' && count.value >= 1n && count.value <= 3n;
    if (isScaled && dst.kind === 'reg' && a.kind === 'reg' && dst.no !== a.no) {
      this.#leaScaled(mode, dst, a, Number(count.value));
      return;
    }
    this.#tied(mode, insn.dst, insn.a, count, (target, by) => {
      const wide = name === 'sal' ? wholeRegister(mode, target) : mode;
      if (name === 'sal' && by.kind === 'imm' && by.value === 1n && target.kind === 'reg') {
        this.#emit('add', arithmeticBytes(wide, target, target));
      } else this.#emit(name, shiftBytes(wide, target, by));
    });
  }

  /** A shift by one to three into another register. */
  #leaScaled(mode: Mode, dst: Reg, a: Reg, count: number): void {
    const scale = count === 1 ? 1 : count === 2 ? 4 : 8;
    const base = count === 1 ? a.no : undefined;
    this.#emit(
      'lea',
      leaBytes(mode, dst, { kind: 'mem', base, index: a.no, scale, disp: 0, symbol: undefined }),
    );
  }

  #highpart(insn: InsnOf<'highpart'>): void {
    const ax = reg(AX);
    const dx = reg(DX);
    const dst = this.#place(insn.dst);
    let a = this.#place(insn.a);
    let b = this.#place(insn.b);
    if (b.kind === 'reg' && b.no === AX) [a, b] = [b, a];
    this.#move(insn.mode, ax, a);
    this.#emit('mul', oneOperandBytes(insn.mode, b));
    this.#move(insn.mode, dst, dx);
  }

  #divide(insn: InsnOf<'divide'>): void {
    const { mode } = insn;
    const ax = reg(AX);
    const a = this.#place(insn.a);
    const b = this.#place(insn.b);
    this.#move(mode, ax, a);
    if (insn.isSigned) this.#emit('cltd', mode === 'DI' ? 2 : mode === 'HI' ? 2 : 1);
    else if (mode === 'QI') this.#emit('movz', 3);
    else this.#emit('mov', 5);
    this.#emit('div', oneOperandBytes(mode, b));
    const quotient = this.#place(insn.quotient);
    const remainder = this.#place(insn.remainder);
    const isUsed = (one: Reg): boolean => !this.#isIdle(one.no);
    if (isUsed(insn.quotient)) this.#move(mode, quotient, ax);
    if (!isUsed(insn.remainder)) return;
    // The remainder of bytes is in ah.
    if (mode === 'QI') this.#emit('movz', 3);
    this.#move(mode, remainder, mode === 'QI' ? ax : reg(DX));
  }

  /** Whether nobody reads what the instruction writes into a register. */
  #isIdle(no: number): boolean {
    return no >= FIRST_PSEUDO && !this.#allocation.outlives(no, this.#at);
  }

  #compare(insn: InsnOf<'compare'>): void {
    const { mode } = insn;
    const a = this.#place(insn.a);
    const b = this.#place(insn.b);
    if (insn.isTest) {
      this.#emit('test', testBytes(mode, a, b));
      return;
    }
    if (a.kind === 'reg' && b.kind === 'imm' && b.value === 0n) {
      this.#emit('test', testBytes(mode, a, a));
      return;
    }
    if (a.kind === 'mem' && b.kind === 'mem') {
      this.#emit('cmp', arithmeticBytes(mode, this.#inRegister(mode, a), b));
      return;
    }
    this.#emit('cmp', arithmeticBytes(mode, a, b));
  }

  #vector(insn: InsnOf<'vector'>): void {
    const { name, mode } = insn;
    const hasPrefix = name === 'add' || name === 'sub' || name === 'mul' || name === 'div' || mode === 'DF';
    const write = (target: Operand, b: Operand): void => {
      const other = b.kind === 'reg' && b.no < 16 ? this.#inRegister(mode, b, true) : b;
      this.#emit(`${name}s`, vectorBytes(hasPrefix, target, other));
    };
    const dst = this.#place(insn.dst);
    const a = this.#place(insn.a);
    const b = this.#place(insn.b);
    // A sign is taken from the other operand where the value has to be fetched first.
    const isSign = name === 'xor' || name === 'and';
    const isFetched = a.kind === 'reg' && a.no < 16;
    const isCommutative = name !== 'sub' && name !== 'div' && name !== 'andn' && !(isSign && isFetched);
    if (dst.kind === 'reg' && dst.no >= 16) {
      if (isCommutative && !sameOperand(dst, a) && sameOperand(dst, b)) write(dst, a);
      else this.#tied(mode, insn.dst, insn.a, insn.b, write);
      return;
    }
    // The result belongs elsewhere: into the frame or a general register.
    const dies = insn.a.kind === 'reg' && this.#allocation.dies(insn.a.no, this.#at);
    const target = a.kind === 'reg' && a.no >= 16 && dies ? a : this.#scratch(true);
    this.#move(mode, target, a);
    write(target, b);
    this.#move(mode, dst, target);
  }

  #convert(insn: InsnOf<'convert'>): void {
    const { mode, from } = insn;
    const wantsVector = isVectorMode(mode);
    const place = this.#place(insn.dst);
    const dst = place.kind === 'reg' && place.no >= 16 === wantsVector ? place : this.#scratch(wantsVector);
    let a = this.#place(insn.a);
    const fromVector = isVectorMode(from);
    if (a.kind === 'reg' && a.no >= 16 !== fromVector) a = this.#inRegister(from, a, fromVector);
    if (!fromVector && wantsVector) {
      // The upper part of the target would be waited for: it is cleared first.
      this.#emit('pxor', vectorBytes(true, dst, dst));
      this.#emit('cvtsi2s', vectorBytes(true, dst, a, from === 'DI'));
    } else if (wantsVector) {
      if (a.kind !== 'reg' || a.no !== dst.no) this.#emit('pxor', vectorBytes(true, dst, dst));
      this.#emit('cvts2s', vectorBytes(true, dst, a));
    } else this.#emit('cvtts2si', vectorBytes(true, dst, a, mode === 'DI'));
    if (dst !== place) this.#move(mode, place, dst);
  }
}

/**
 * Length of `and`, `or`, `xor` with a constant that concerns one byte of ax, dx, cx or bx only, where the whole would
 * need a long constant.
 */
function byteForm(name: string, mode: Mode, no: number, value: bigint): number | undefined {
  if (no > 3 || (mode !== 'SI' && mode !== 'DI') || fitsByte(value)) return undefined;
  const low = no === AX ? 2 : 3;
  if (name === 'and') {
    const cleared = BigInt.asUintN(32, ~value);
    if (BigInt.asUintN(64, ~value) >> 32n !== 0n && mode === 'DI') return undefined;
    if ((cleared & ~0xffn) === 0n && (value & 0x80n) === 0n) return low;
    return (cleared & ~0xff00n) === 0n ? ((value & 0xff00n) === 0n ? 2 : 3) : undefined;
  }
  if (name !== 'or' && name !== 'xor') return undefined;
  if ((value & ~0xffn) === 0n) return low;
  return (value & ~0xff00n) === 0n ? 3 : undefined;
}

function modeStep(mode: Mode): number {
  return mode === 'QI' ? 0 : mode === 'HI' ? 1 : mode === 'SI' ? 2 : 3;
}

/** A REX prefix of movzx and movsx: the source may be a late byte register. */
function rexForExtend(wide: 'SI' | 'DI', dst: Operand, a: Operand, from: Mode): number {
  const plain = rexBytes(wide, dst, a, false);
  if (plain > 0) return plain;
  return from === 'QI' ? rexBytes('QI', undefined, a) : 0;
}

/** Whether a shift leaves copies of the sign of eax or rax in edx or rdx: an instruction of its own does that. */
function isSignOfAx(mode: Mode, dst: Operand, a: Operand, count: bigint): boolean {
  const isWhole = (mode === 'SI' && count === 31n) || (mode === 'DI' && count === 63n);
  return isWhole && dst.kind === 'reg' && dst.no === DX && a.kind === 'reg' && a.no === AX;
}

/** `lea (,%rax,1)` has rax as its base instead. */
function withoutIdleBase(address: Mem): Mem {
  const { base, index, scale, disp, symbol } = address;
  if (
    base === 13 &&
    index !== undefined &&
    index !== 13 &&
    scale === 1 &&
    disp === 0 &&
    symbol === undefined
  ) {
    return { ...address, base: index, index: base };
  }
  return address;
}
