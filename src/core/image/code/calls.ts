/**
 * Calls: arguments into registers and onto the stack, results out of registers; builtins of the compiler.
 *
 * Source: gcc/calls.cc (expand_call, load_register_parameters, store_one_arg), config/i386/i386.cc (function values);
 * measured with gcc 12.2.
 */
import { isScalar, resolve, sizeOf } from '../../sema/type-relations.ts';
import type { QualType } from '../../sema/type.ts';
import { isNoreturnCall } from '../../sema/noreturn-calls.ts';
import { rewriteLibraryCall } from '../../sema/library-call-rewrite.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { assignArguments, classify, returnsInMemory } from '../calling-convention.ts';
import type { ArgumentPlace } from '../calling-convention.ts';
import { returnsTwice } from '../returns-twice.ts';
import { isInlinedCall, nameOfCallee } from '../../sema/inlined-calls.ts';
import { expandAbsolute } from './arithmetic.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { AX, BP, DX, SP, XMM0, imm, isVectorMode, memAt, modeBytes, reg, shifted } from './machine.ts';
import type { Insn, Mem, Mode, Operand, Reg } from './machine.ts';
import { writePushingCall } from './i386-calls.ts';
import { fitsWord } from './encoding.ts';
import { hasKnownPrototype, returnsFreshMemory } from './known-prototypes.ts';
import { copyMemory, copyRecord, piecesOf } from './records.ts';
import {
  copyPair,
  isHardPair,
  isNameless,
  literalPair,
  putTogether,
  recordObject,
  recordIntoPair,
  takeApart,
} from './record-pairs.ts';
import { directOperand, isSignedType, modeOf, valueOf } from './values.ts';
import type { Place, Value } from './values.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;
type Builtin = Extract<TypedExpression, { kind: 'builtin' }>;

/** Hard registers of the integer arguments. */
const argumentRegisters = [5, 4, 1, 2, 8, 9] as const;

/** A gimplified argument: a value, or a record with a place. */
type Argument =
  | { readonly kind: 'value'; readonly value: Value; readonly mode: Mode; readonly type: QualType }
  | { readonly kind: 'record'; readonly place: Place; readonly size: number; readonly type: QualType }
  | { readonly kind: 'pair'; readonly value: Reg; readonly type: QualType };

/** Writes calls. */
export class CallCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  /** A call as the right side of an assignment. */
  rightSide(call: Call): RightSide {
    const ready = this.#prepare(call, true);
    return (target) => ready(target) ?? imm(0);
  }

  /** A call whose result goes nowhere. */
  call(call: Call, target: Operand | undefined, isUsed: boolean): void {
    this.#prepare(call, isUsed)(target);
  }

  /** Computes the arguments; the call itself is written when the result is asked for. */
  #prepare(call: Call, isUsed: boolean): (target: Operand | undefined) => Operand | undefined {
    if (isInlinedCall(call)) return this.#inlined(call);
    const name = nameOfCallee(call);
    const rewritten = name === undefined ? undefined : rewriteLibraryCall(call, isUsed);
    if (rewritten !== undefined) return this.#rewritten(call, rewritten.callee);
    if (name !== undefined && expandedInPieces.has(name)) this.#ex.code.doubt(`inlined ${name}`);
    const callee = call.callee.kind === 'function' ? undefined : this.#ex.value(call.callee);
    const isDirect = callee === undefined || (callee.kind === 'operand' && callee.operand.kind === 'symbol');
    const args = this.#arguments(call.args);
    const result = call.type;
    return (target) => {
      this.#emit(call, args, isDirect ? undefined : callee, undefined, tellsVectors(call));
      if (!isUsed || !isScalar(result.type)) return undefined;
      return returnsFreshMemory(call) ? this.#freshMemory(result, target) : this.#result(result, target);
    };
  }

  /** Arguments are gimplified from the last to the first. */
  #arguments(args: readonly TypedExpression[]): Argument[] {
    const list: Argument[] = [];
    for (let index = args.length - 1; index >= 0; index -= 1) {
      const argument = args[index];
      if (argument === undefined) continue;
      const mode = modeOf(argument.type.type);
      if (mode !== undefined && resolve(argument.type.type).kind !== 'array') {
        list[index] = { kind: 'value', value: this.#ex.value(argument), mode, type: argument.type };
      } else {
        const isLoad = argument.kind === 'convert' && argument.conversion === 'load';
        const inner = recordObject(this.#ex, isLoad ? argument.operand : argument);
        const size = sizeOf(argument.type.type) ?? 0;
        if (isNameless(this.#ex, inner)) {
          const literal = inner.kind === 'compound-literal' ? literalPair(this.#ex, inner.object) : undefined;
          const value = literal ?? this.#ex.code.register('TI');
          recordIntoPair(this.#ex, inner, value);
          list[index] = { kind: 'pair', value, type: argument.type };
          continue;
        }
        list[index] = { kind: 'record', place: this.#ex.places.place(inner), size, type: argument.type };
      }
    }
    return list;
  }

  #emit(
    call: Call,
    args: readonly Argument[],
    callee: Value | undefined,
    hidden: Place | undefined,
    tellsVectors: boolean,
  ): void {
    const { code } = this.#ex;
    if (code.target === 'i386') {
      const isForeign = call.callee.kind !== 'function' || code.isForeign(call.callee.function.name);
      const address = hidden === undefined ? undefined : this.#addressOf(hidden);
      const pushed = args.filter((one) => one.kind !== 'pair');
      writePushingCall(this.#ex, { call, args: pushed, hidden: address, callee, isForeign });
      if (isNoreturnCall(call)) code.emit({ op: 'stop' });
      return;
    }
    const assignment = assignArguments(
      'x86_64',
      args.map((one) => one.type),
      hidden !== undefined,
    );
    let target: Operand | undefined;
    let hiddenAddress: Operand | undefined;
    if (hidden !== undefined) hiddenAddress = this.#addressOf(hidden);
    const stackBytes = this.#pushArguments(args, assignment.places, assignment.stackBytes);
    const uses: number[] = [];
    this.#loadArguments(args, assignment.places, uses, () => {
      if (callee !== undefined) target = code.inRegister('DI', this.#ex.operandOf(callee, 'DI'));
    });
    if (hiddenAddress !== undefined) {
      code.emit({ op: 'move', mode: 'DI', dst: reg(argumentRegisters[0]), a: hiddenAddress });
      uses.push(argumentRegisters[0]);
    }
    if (tellsVectors) {
      code.emit({ op: 'move', mode: 'QI', dst: reg(AX), a: imm(assignment.sseRegisters) });
      uses.push(AX);
    }
    const insn: Insn = {
      op: 'call',
      target,
      uses,
      results: [AX, DX, XMM0],
      returnsTwice: returnsTwice(call),
    };
    code.emit(insn);
    code.marks.set(insn, call);
    if (isNoreturnCall(call)) code.emit({ op: 'stop' });
    else if (stackBytes > 0) this.#adjustStack('add', stackBytes);
  }

  #adjustStack(name: string, bytes: number): void {
    const size = bytes > 127 ? 7 : 4;
    this.#ex.code.emit({ op: 'raw', mnemonic: `${name} rsp`, bytes: size, uses: [], defs: [], clobbers: 0 });
  }

  #addressOf(place: Place): Operand {
    const { code } = this.#ex;
    const direct = directOperand(place);
    if (place.base.kind === 'frame' && direct?.kind === 'mem') {
      return code.inRegister(
        code.word,
        this.#ex.operandOf({ kind: 'frame', offset: place.base.offset, inside: place.offset }, code.word),
      );
    }
    const memory = this.#ex.places.memory(place);
    if (memory.kind !== 'mem') return memory;
    const { base, index, disp, symbol } = memory;
    if (symbol !== undefined && base === undefined) return { kind: 'symbol', symbol, offset: disp };
    if (index === undefined && disp === 0 && base !== undefined) return reg(base);
    const start = code.register(code.word);
    code.emit({ op: 'lea', mode: code.word, dst: start, a: memory });
    return start;
  }

  /** Arguments that no register takes, from the last to the first; says how far the stack has moved. */
  #pushArguments(args: readonly Argument[], places: readonly ArgumentPlace[], stackBytes: number): number {
    if (stackBytes === 0) return 0;
    const { code } = this.#ex;
    const total = stackBytes + (stackBytes % 16);
    if (total !== stackBytes) this.#adjustStack('sub', total - stackBytes);
    for (let index = args.length - 1; index >= 0; index -= 1) {
      const argument = args[index];
      if (argument === undefined || places[index]?.kind !== 'stack') continue;
      if (argument.kind === 'record') this.#pushRecord(argument);
      else if (argument.kind === 'pair') code.emit({ op: 'push', a: argument.value });
      else this.#push(argument.mode, this.#ex.operandOf(argument.value, argument.mode));
    }
    code.doubts.delete('push');
    return total;
  }

  #push(mode: Mode, operand: Operand): void {
    const { code } = this.#ex;
    if (mode === 'XF') {
      code.doubt('long double');
      if (operand.kind === 'reg') code.emit({ op: 'use', a: operand });
      this.#adjustStack('sub', 16);
      return;
    }
    if (operand.kind === 'imm') {
      const isSmall = operand.value >= -128n && operand.value <= 127n;
      code.emit({ op: 'raw', mnemonic: 'push', bytes: isSmall ? 2 : 5, uses: [], defs: [], clobbers: 0 });
      return;
    }
    if (isVectorMode(mode) || mode === 'DI') {
      if (operand.kind === 'mem' && (mode === 'DI' || mode === 'DF')) {
        const memory: Insn = { op: 'push', a: operand };
        code.emit(memory);
        return;
      }
      if (isVectorMode(mode)) {
        code.doubt('floating argument on the stack');
        const slot = memAt(SP, 0);
        this.#adjustStack('lea', 8);
        code.emit({ op: 'move', mode, dst: slot, a: code.inRegister(mode, operand) });
        return;
      }
    }
    code.emit({ op: 'push', a: code.inRegister(mode, operand) });
  }

  #pushRecord(argument: Extract<Argument, { kind: 'record' }>): void {
    const { code } = this.#ex;
    const size = (argument.size + 7) & ~7;
    const memory = this.#ex.places.memory(argument.place);
    this.#adjustStack('sub', size);
    const start = code.register('DI');
    code.emit({ op: 'move', mode: 'DI', dst: start, a: reg(SP) });
    if (memory.kind === 'mem') copyMemory(this.#ex, memAt(start.no, 0), memory, argument.size);
  }

  /** Values first into intermediates, then all into their registers, from the last argument to the first. */
  #loadArguments(
    args: readonly Argument[],
    places: readonly ArgumentPlace[],
    uses: number[],
    loadCallee: () => void,
  ): void {
    const { code } = this.#ex;
    const ready: (readonly Operand[] | undefined)[] = args.map(() => undefined);
    for (let index = args.length - 1; index >= 0; index -= 1) {
      const argument = args[index];
      if (argument === undefined || places[index]?.kind !== 'registers') continue;
      if (argument.kind === 'record') ready[index] = this.#recordWords(argument);
      else if (argument.kind === 'pair') ready[index] = this.#pairWords(argument, places[index]);
      else if (argument.value.kind === 'operand') {
        const { operand } = argument.value;
        if (argument.mode === 'QI' || argument.mode === 'HI') ready[index] = [this.#promoted(argument)];
        else ready[index] = [operand.kind === 'mem' ? code.inRegister(argument.mode, operand) : operand];
      } else if (argument.value.kind === 'frame') ready[index] = [this.#ex.operandOf(argument.value, 'DI')];
      else if (argument.mode === 'DF' && !Object.is(argument.value.value, 0)) {
        ready[index] = [code.inRegister('DF', memAt(undefined, 0, 'constant'))];
      }
    }
    loadCallee();
    for (let index = args.length - 1; index >= 0; index -= 1) {
      const argument = args[index];
      const place = places[index];
      if (argument === undefined || place?.kind !== 'registers') continue;
      let integer = place.firstInteger;
      let vector = place.firstSse;
      place.classes.forEach((one, word) => {
        const hard = one === 'sse' ? XMM0 + vector++ : (argumentRegisters[integer++] ?? 5);
        uses.push(hard);
        this.#loadOne(argument, ready[index]?.[word], hard, word);
      });
    }
  }

  /** An argument of a type below `int` is widened before it goes where it travels (ix86_promote_function_mode). */
  #promoted({ value, mode, type }: Extract<Argument, { kind: 'value' }>): Operand {
    return this.#ex.operations.extend(value, mode, isSignedType(type.type), 'SI', undefined);
  }

  #loadOne(argument: Argument, ready: Operand | undefined, hard: number, word: number): void {
    const { code } = this.#ex;
    const dst = reg(hard);
    if (argument.kind === 'pair') {
      if (ready?.kind !== 'reg') return;
      const isWhole = ready.no === argument.value.no;
      if (isWhole) copyPair(code, [ready.no], [hard, hard + 1]);
      else code.emit({ op: 'move', mode: hard >= XMM0 ? 'DF' : 'DI', dst, a: ready });
      return;
    }
    if (argument.kind === 'record') {
      if (ready !== undefined) {
        const rest = argument.size - 8 * word;
        const mode: Mode = rest >= 8 || ![1, 2, 4].includes(rest) ? 'DI' : 'SI';
        code.emit({ op: 'move', mode: hard >= XMM0 ? (mode === 'DI' ? 'DF' : 'SF') : mode, dst, a: ready });
      }
      return;
    }
    const mode = argument.mode === 'TI' ? 'DI' : argument.mode;
    let source = ready;
    if (argument.value.kind === 'float') {
      if (Object.is(argument.value.value, 0)) {
        code.emit({ op: 'move', mode, dst, a: imm(0) });
        return;
      }
      const constant = memAt(undefined, 0, 'constant');
      source ??= hard === XMM0 ? code.inRegister(mode, constant) : constant;
    }
    if (source !== undefined) source = code.plain(source);
    // r8 and r9 take addresses directly, the other registers by way of one that is free.
    if (source?.kind === 'symbol' && hard < 8) source = code.inRegister('DI', source);
    // A constant that takes more than four bytes, signed, goes to rdi, rsi, rdx, rcx by another register.
    if (source?.kind === 'imm' && hard < 8 && !fitsWord(source.value)) source = code.inRegister(mode, source);
    if (source === undefined) return;
    if (argument.mode === 'TI' && source.kind === 'reg') code.doubt('128-bit integer');
    const narrow = mode === 'QI' || mode === 'HI' ? 'SI' : mode;
    code.emit({ op: 'move', mode: narrow, dst, a: word === 0 ? source : source });
  }

  /** The words of a record that lives in a pair, or the pair where it travels in one. */
  #pairWords(
    { type, value }: Extract<Argument, { kind: 'pair' }>,
    place: ArgumentPlace | undefined,
  ): readonly Operand[] {
    return place?.kind === 'registers' && isHardPair(type.type, hardRegistersOf(place))
      ? [value]
      : takeApart(this.#ex.code, type.type, value);
  }

  /** The words of a record that travels in registers. */
  #recordWords(argument: Extract<Argument, { kind: 'record' }>): readonly Operand[] {
    const { code } = this.#ex;
    const memory = this.#ex.places.memory(argument.place);
    if (memory.kind !== 'mem') return [memory];
    if (argument.size % 8 !== 0 && ![1, 2, 4].includes(argument.size % 8)) code.doubt('record of odd size');
    const words: Operand[] = [];
    for (let offset = 0; offset < argument.size; offset += 8) {
      const rest = Math.min(8, argument.size - offset);
      const mode: Mode = rest === 1 ? 'QI' : rest === 2 ? 'HI' : rest === 4 ? 'SI' : 'DI';
      words.push(code.inRegister(mode, shifted(memory, offset)));
    }
    return words;
  }

  /** Takes a scalar result out of its register. */
  #result(type: QualType, target: Operand | undefined): Operand {
    const { code } = this.#ex;
    const mode = modeOf(type.type) ?? 'SI';
    const from = reg(isVectorMode(mode) ? XMM0 : AX);
    if (mode === 'XF') code.doubt('long double');
    if (target === undefined) {
      const fresh = code.register(mode);
      code.emit({ op: 'move', mode, dst: fresh, a: from });
      return fresh;
    }
    if (isVectorMode(mode) && target.kind === 'mem') {
      const between = code.register(mode);
      code.emit({ op: 'move', mode, dst: between, a: from });
      code.emit({ op: 'move', mode, dst: target, a: between });
      return target;
    }
    code.emit({ op: 'move', mode, dst: target, a: from });
    return target;
  }

  /** What points to nothing that existed before has a register of its own first, which says so to the optimizers. */
  #freshMemory(type: QualType, target: Operand | undefined): Operand {
    const result = this.#result(type, undefined);
    if (target === undefined) return result;
    this.#ex.code.move(this.#ex.code.word, target, result);
    return target;
  }

  /** A call whose result is a record that lives in a pair of registers. */
  pairResult(call: Call): Reg {
    const callee = call.callee.kind === 'function' ? undefined : this.#ex.value(call.callee);
    this.#emit(call, this.#arguments(call.args), callee, undefined, tellsVectors(call));
    let integer = 0;
    let vector = XMM0;
    const hard = classify(call.type.type).map((one) =>
      one === 'sse' ? vector++ : integer++ === 0 ? AX : DX,
    );
    return putTogether(this.#ex.code, call.type.type, hard);
  }

  /** A call whose result is a record, into its place. */
  recordResult(call: Call, target: Place): void {
    const { code } = this.#ex;
    const callee = call.callee.kind === 'function' ? undefined : this.#ex.value(call.callee);
    const args = this.#arguments(call.args);
    const tells = tellsVectors(call);
    if (returnsInMemory(code.target, call.type.type)) {
      const own = this.#temporaryOf(call, target);
      // The place is computed first (expr.cc: expand_assignment).
      const to = own === undefined ? target : this.#steadyPlace(target);
      this.#emit(call, args, callee, own ?? target, tells);
      if (own !== undefined) copyRecord(this.#ex, to, own, call.type);
      return;
    }
    this.#emit(call, args, callee, undefined, tells);
    const size = sizeOf(call.type.type) ?? 0;
    const memory = this.#ex.places.memory(target);
    if (memory.kind !== 'mem') return;
    code.doubt('record result in registers');
    this.#storeResult(memory, size, classify(call.type.type));
  }

  /** A place whose pointer is in a register. */
  #steadyPlace(place: Place): Place {
    if (place.base.kind !== 'pointer') return place;
    const { word } = this.#ex.code;
    const pointer = this.#ex.code.inRegister(word, this.#ex.operandOf(place.base.pointer, word));
    return { ...place, base: { kind: 'pointer', pointer: valueOf(pointer) } };
  }

  /** The nameless object that a record comes back in, where that is not the target. */
  #temporaryOf(call: Call, target: Place): Place | undefined {
    const offset = this.#ex.frame.temporaries.get(call);
    if (offset === undefined || (target.base.kind === 'frame' && target.base.offset === offset))
      return undefined;
    return { base: { kind: 'frame', offset }, offset: 0, terms: [], bits: undefined };
  }

  #storeResult(memory: Mem, size: number, classes: readonly string[]): void {
    const { code } = this.#ex;
    let integer = 0;
    let vector = XMM0;
    const words = classes.map((one) => {
      const from = one === 'sse' ? vector++ : integer++ === 0 ? AX : DX;
      const copy = code.register(one === 'sse' ? 'DF' : 'DI');
      code.emit({ op: 'move', mode: one === 'sse' ? 'DF' : 'DI', dst: copy, a: reg(from) });
      return copy;
    });
    words.forEach((word, index) => {
      const rest = Math.min(8, size - 8 * index);
      const [first] = piecesOf(rest, 'x86_64');
      const mode = rest === 8 && classes[index] === 'sse' ? 'DF' : (first?.mode ?? 'DI');
      code.emit({ op: 'move', mode, dst: shifted(memory, 8 * index), a: word });
    });
  }

  // ------------------------------------------------------------ what is no call

  /** `abs(x)` and the like, which are instructions. */
  #inlined(call: Call): (target: Operand | undefined) => Operand | undefined {
    const { code } = this.#ex;
    const name = nameOfCallee(call);
    const [argument] = call.args;
    const mode = modeOf(call.type.type) ?? 'SI';
    if (argument === undefined) return () => undefined;
    if (name === 'abs' || name === 'labs' || name === 'llabs' || name === 'imaxabs') {
      const value = this.#ex.value(argument);
      return (target) => expandAbsolute(code, mode, this.#ex.operandOf(value, mode), target);
    }
    if ((name === 'fabs' || name === 'fabsf') && isVectorMode(mode)) {
      const value = this.#ex.value(argument);
      return (target) => {
        const a = code.inRegister(mode, this.#ex.operandOf(value, mode));
        const mask = code.register(mode);
        code.emit({ op: 'move', mode, dst: mask, a: memAt(undefined, 0, 'mask') });
        const dst = target?.kind === 'reg' ? target : code.register(mode);
        code.emit({ op: 'vector', name: 'and', mode, dst, a, b: mask });
        return dst;
      };
    }
    code.doubt(`inlined ${name ?? 'call'}`);
    for (const one of call.args) this.#ex.effect(one);
    return (target) => target ?? code.register(mode);
  }

  /** A call of the printf family that became another one. */
  #rewritten(call: Call, callee: string | undefined): (target: Operand | undefined) => Operand | undefined {
    const { code } = this.#ex;
    if (callee === undefined) {
      code.doubt('call that is gone');
      return () => undefined;
    }
    const literal: Operand = { kind: 'symbol', symbol: 'literal', offset: 0 };
    const name = nameOfCallee(call);
    if (name === 'printf' && (callee === 'puts' || callee === 'putchar')) {
      const argument = call.args[1];
      let value: Value = valueOf(callee === 'puts' ? literal : imm(10));
      if (argument !== undefined) value = this.#ex.value(argument);
      return () => {
        this.#emitSimple(call, [{ value, mode: callee === 'puts' ? code.word : 'SI' }]);
        return undefined;
      };
    }
    const stream = call.args[name === 'fputs' ? 1 : 0];
    if ((name === 'fprintf' || name === 'fputs') && callee === 'fwrite' && stream !== undefined) {
      const value = this.#ex.value(stream);
      // The third argument is the length; its value does not change the instruction.
      return () => {
        this.#emitSimple(call, [
          { value: valueOf(literal), mode: code.word },
          { value: valueOf(imm(1)), mode: code.word },
          { value: valueOf(imm(1)), mode: code.word },
          { value, mode: code.word },
        ]);
        return undefined;
      };
    }
    code.doubt(`${name ?? ''} as ${callee}`);
    const args = this.#arguments(call.args);
    return (target) => {
      this.#emit(call, args, undefined, undefined, false);
      return isScalar(call.type.type) ? this.#result(call.type, target) : undefined;
    };
  }

  #emitSimple(call: Call, args: readonly { readonly value: Value; readonly mode: Mode }[]): void {
    const { code } = this.#ex;
    if (code.target === 'i386') {
      const values = args.map((one) => ({ kind: 'value', ...one }) as const);
      writePushingCall(this.#ex, {
        call,
        args: values,
        hidden: undefined,
        callee: undefined,
        isForeign: true,
      });
      return;
    }
    const ready = args.map(({ value, mode }) => {
      const isMemory = value.kind === 'operand' && value.operand.kind === 'mem';
      return isMemory || value.kind === 'frame'
        ? code.inRegister(mode, this.#ex.operandOf(value, mode))
        : undefined;
    });
    for (let index = args.length - 1; index >= 0; index -= 1) {
      const one = args[index];
      if (one === undefined) continue;
      let source = ready[index] ?? this.#ex.operandOf(one.value, one.mode);
      source = code.plain(source);
      if (source.kind === 'symbol') source = code.inRegister('DI', source);
      code.emit({ op: 'move', mode: one.mode, dst: reg(argumentRegisters[index] ?? 5), a: source });
    }
    const uses = args.map((_, index): number => argumentRegisters[index] ?? 5);
    const insn: Insn = { op: 'call', target: undefined, uses, results: [AX, DX, XMM0] };
    code.emit(insn);
    code.marks.set(insn, call);
  }

  /** Builtins with a meaning of their own. */
  builtin(expression: Builtin, target: Operand | undefined, isUsed: boolean): Operand {
    const { code, frame } = this.#ex;
    const name = expression.name.replace('__builtin_', '');
    const mode = modeOf(expression.type.type) ?? 'SI';
    const [first] = expression.args;
    switch (name) {
      case 'expect':
      case 'expect_with_probability':
      case 'assume_aligned':
        if (first !== undefined) {
          const value = this.#ex.value(first);
          return this.#ex.operandOf(value, mode);
        }
        break;
      case 'unreachable':
      case 'trap':
        if (name === 'trap')
          code.emit({ op: 'raw', mnemonic: 'ud2', bytes: 2, uses: [], defs: [], clobbers: 0 });
        code.emit({ op: 'stop' });
        return imm(0);
      case 'va_end':
        return imm(0);
      case 'va_start':
        if (first !== undefined) {
          this.#vaStart(first);
          return imm(0);
        }
        break;
      case 'frame_address':
        return reg(BP);
      default:
        break;
    }
    code.doubt(expression.name);
    for (const argument of expression.args)
      if (modeOf(argument.type.type) !== undefined) this.#ex.value(argument);
    if (frame.depth < 0 || !isUsed) return imm(0);
    const result = target ?? code.register(mode);
    code.emit({
      op: 'raw',
      mnemonic: expression.name,
      bytes: name === 'va_arg' ? 40 : modeBytes[mode],
      uses: [],
      defs: result.kind === 'reg' ? [result.no] : [],
      clobbers: 0,
    });
    return result;
  }

  /** The four members of a va_list. */
  #vaStart(list: TypedExpression): void {
    const { code, frame } = this.#ex;
    const { parameterPlaces, registerSaveArea } = frame;
    const inner = list.kind === 'convert' ? list.operand : list;
    if (resolve(inner.type.type).kind === 'pointer' && inner === list) {
      code.doubt('__builtin_va_start');
      return;
    }
    const place = this.#ex.places.place(inner);
    const memory = this.#ex.places.memory(place);
    if (memory.kind !== 'mem') return;
    code.emit({ op: 'move', mode: 'SI', dst: memory, a: imm(8 * parameterPlaces.integerRegisters) });
    code.emit({
      op: 'move',
      mode: 'SI',
      dst: shifted(memory, 4),
      a: imm(48 + 16 * parameterPlaces.sseRegisters),
    });
    const overflow = code.register('DI');
    code.emit({ op: 'lea', mode: 'DI', dst: overflow, a: memAt(BP, 16 + parameterPlaces.stackBytes) });
    code.emit({ op: 'move', mode: 'DI', dst: shifted(memory, 8), a: overflow });
    const area = code.register('DI');
    code.emit({ op: 'lea', mode: 'DI', dst: area, a: memAt(BP, registerSaveArea ?? -176) });
    code.emit({ op: 'move', mode: 'DI', dst: shifted(memory, 16), a: area });
  }
}

/** Functions that gcc does itself where the length is known. */
const expandedInPieces: ReadonlySet<string> = new Set(
  'memset memcpy memmove mempcpy bzero bcopy memcmp strcpy stpcpy strncpy alloca llabs signbit'.split(' '),
);

/** Whether the caller says in al how many vector registers have arguments. */
/** Registers of an argument's words. */
function hardRegistersOf({
  classes,
  firstInteger,
  firstSse,
}: Extract<ArgumentPlace, { kind: 'registers' }>): number[] {
  let integer = firstInteger;
  let vector = firstSse;
  return classes.map((one) => (one === 'sse' ? XMM0 + vector++ : (argumentRegisters[integer++] ?? 5)));
}

function tellsVectors(call: Call): boolean {
  const { isVariadic, hasPrototype } = call.calleeType;
  return isVariadic || (!hasPrototype && !hasKnownPrototype(call));
}
