/**
 * Places of lvalues: pointers and indices are computed when gimple evaluates them, addresses when they are used.
 *
 * Source: gcc/gimplify.cc (gimplify_compound_lval), gcc/expr.cc (get_inner_reference, expand_expr_addr_expr_1,
 * offset_address); measured with gcc 12.2.
 */
import { integerConstant } from '../../sema/constant.ts';
import { asArray, resolve, sizeOf } from '../../sema/type-relations.ts';
import type { CType } from '../../sema/type.ts';
import type { ObjectSymbol, TypedExpression } from '../../sema/typed-tree.ts';
import { expandBinary, expandMultiply } from './arithmetic.ts';
import type { ExpressionCoder } from './expressions.ts';
import { folded } from './folding/fold.ts';
import { BP, THREAD, imm, memAt, reg } from './machine.ts';
import type { Mem, Operand, Reg } from './machine.ts';
import { directOperand, isSignedType, modeOf, valueOf } from './values.ts';
import type { Place, Term, ThreadModel } from './values.ts';

/** Writes the code of lvalues. */
export class PlaceCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  /** An lvalue: pointers and indices are computed, the address is not yet. */
  place(lvalue: TypedExpression): Place {
    switch (lvalue.kind) {
      case 'object':
        return this.#placeOfObject(lvalue.object);
      case 'string':
        return {
          base: { kind: 'symbol', symbol: 'literal', thread: undefined },
          offset: 0,
          terms: [],
          bits: undefined,
        };
      case 'compound-literal':
        if (lvalue.object.storage === 'automatic') this.#ex.initialize(lvalue.object, lvalue.initializer);
        return this.#placeOfObject(lvalue.object);
      case 'member': {
        const base = this.place(lvalue.base);
        const { bitWidth, bitOffset, offset } = lvalue.member;
        if (bitWidth === undefined) return { ...base, offset: base.offset + lvalue.offset };
        const start = (lvalue.offset - offset) * 8 + (bitOffset ?? 0);
        const inByte = (start % 8) + bitWidth;
        if (inByte > 8 * lvalue.record.align) this.#ex.code.doubt('packed bit-field');
        return { ...base, bits: { start, width: bitWidth } };
      }
      case 'deref':
        return this.#placeOfPointer(lvalue.operand);
      case 'convert':
        return this.place(lvalue.operand);
      case 'real-part':
        return this.place(lvalue.operand);
      case 'imaginary-part': {
        const place = this.place(lvalue.operand);
        return { ...place, offset: place.offset + (sizeOf(lvalue.type.type) ?? 0) };
      }
      default:
        return { base: this.#temporaryOf(lvalue), offset: 0, terms: [], bits: undefined };
    }
  }

  /** A record that is the value of an expression lies in a temporary. */
  #temporaryOf(expression: TypedExpression): Place['base'] {
    const offset = this.#ex.frame.temporaries.get(expression) ?? -16;
    this.#ex.recordInto(expression, {
      base: { kind: 'frame', offset },
      offset: 0,
      terms: [],
      bits: undefined,
    });
    return { kind: 'frame', offset };
  }

  #placeOfObject(object: ObjectSymbol): Place {
    const none = { offset: 0, terms: [], bits: undefined };
    if (object.storage !== 'automatic') {
      return {
        base: { kind: 'symbol', symbol: object.name, thread: threadModel(object) },
        ...none,
      };
    }
    const slot = this.#ex.slotOf(object, modeOf(object.type.type) ?? this.#ex.code.word);
    if (slot.kind === 'reg') return { base: { kind: 'register', no: slot.no }, ...none };
    const offset = this.#ex.frame.offsets.get(object) ?? -8;
    if (resolve(object.type.type).kind === 'array' && sizeOf(object.type.type) === undefined) {
      this.#ex.code.doubt('variable length array');
      return { base: { kind: 'pointer', pointer: valueOf(memAt(BP, offset)) }, ...none };
    }
    return { base: { kind: 'frame', offset }, ...none };
  }

  #placeOfPointer(pointer: TypedExpression): Place {
    if (pointer.kind === 'convert' && pointer.conversion === 'none')
      return this.#placeOfPointer(pointer.operand);
    if (pointer.kind === 'convert' && pointer.conversion === 'decay') return this.place(pointer.operand);
    if (pointer.kind === 'address-of') return this.place(pointer.operand);
    if (pointer.kind === 'pointer-add') {
      const { pointer: start, index, subtract } = pointer;
      const isArray =
        start.kind === 'convert' && start.conversion === 'decay' && start.operand.kind !== 'compound-literal';
      if (isArray && !subtract) {
        const element =
          (resolve(pointer.type.type) as { target?: { type: CType } }).target?.type ?? pointer.type.type;
        const size = sizeOf(element);
        const place = this.place(start.operand);
        if (size === undefined) {
          const term = this.#ex.lengths.inElements(index, element);
          const bytes = innermostBytes(element);
          if (term !== undefined)
            return {
              ...place,
              terms: [{ index: term, mode: this.#ex.code.word, isSigned: true, size: bytes }, ...place.terms],
            };
        }
        return this.indexed(place, index, size ?? 1);
      }
    }
    const value = this.#ex.value(pointer);
    const none = { terms: [], bits: undefined };
    if (value.kind === 'frame')
      return { base: { kind: 'frame', offset: value.offset }, offset: value.inside, ...none };
    if (value.kind === 'operand' && value.operand.kind === 'symbol') {
      const { symbol, offset } = value.operand;
      return { base: { kind: 'symbol', symbol, thread: undefined }, offset, ...none };
    }
    return { base: { kind: 'pointer', pointer: value }, offset: 0, ...none };
  }

  indexed(place: Place, original: TypedExpression, size: number): Place {
    const index = folded(original);
    const constant = integerConstant(index, 8);
    if (constant !== undefined) return { ...place, offset: place.offset + Number(constant) * size };
    const mode = modeOf(index.type.type) ?? 'SI';
    const term: Term = { index: this.#ex.value(index), mode, isSigned: isSignedType(index.type.type), size };
    return { ...place, terms: [term, ...place.terms] };
  }

  /** The memory operand of a place: loads its pointer, computes its indices. */
  memory(place: Place): Operand {
    const direct = directOperand(place);
    if (direct !== undefined) return direct.kind === 'mem' ? this.#ex.code.reach(direct) : direct;
    const { base } = place;
    let pointer: number | undefined;
    let symbolic: { readonly symbol: string; readonly thread: ThreadModel | undefined } | undefined;
    let { offset } = place;
    switch (base.kind) {
      case 'pointer': {
        const isKnown = base.pointer.kind === 'operand' && base.pointer.operand.kind === 'symbol';
        const operand = isKnown ? base.pointer.operand : this.#ex.operandOf(base.pointer, this.#ex.code.word);
        if (operand.kind === 'symbol') {
          symbolic = { symbol: operand.symbol, thread: undefined };
          offset += operand.offset;
        } else pointer = this.#ex.code.inRegister(this.#ex.code.word, operand).no;
        break;
      }
      case 'frame':
        pointer = BP;
        offset += base.offset;
        break;
      case 'symbol':
        symbolic = base;
        break;
      case 'register':
        return reg(base.no);
    }
    if (symbolic !== undefined && symbolic.thread === undefined && this.#ex.code.table !== undefined)
      return this.#throughTable(place.terms, symbolic.symbol, offset);
    if (symbolic?.thread !== undefined) {
      const { symbol, thread } = symbolic;
      if (thread === 'initial') {
        const distance = this.#ex.code.inRegister(this.#ex.code.word, memAt(undefined, 0, symbol));
        if (place.terms.length === 0) return memAt(distance.no, offset, THREAD);
        this.#ex.code.doubt('thread-local object');
      }
      const { register, scale } = this.#sumOfTerms(place.terms);
      const isScale = scale === 1 || scale === 2 || scale === 4 || scale === 8;
      if (!isScale) this.#ex.code.doubt('thread-local object');
      return {
        kind: 'mem',
        base: undefined,
        index: register.no,
        scale: isScale ? scale : 1,
        disp: offset,
        symbol: THREAD + symbol,
      };
    }
    if (place.terms.length === 0) {
      return symbolic === undefined ? memAt(pointer, offset) : memAt(undefined, offset, symbolic.symbol);
    }
    const inside = place.bits === undefined ? 0 : place.offset;
    return this.#indexedMemory(place.terms, pointer, symbolic?.symbol, offset, inside);
  }

  /** Position-independent code of the i386: the table's register or that of an address is the base. */
  #throughTable(terms: readonly Term[], symbol: string, offset: number): Operand {
    const { code } = this.#ex;
    const start = code.reach(memAt(undefined, offset, symbol));
    if (terms.length === 0) return start;
    const { register, scale } = this.#sumOfTerms(terms);
    const fits = scale === 1 || scale === 2 || scale === 4 || scale === 8;
    const index = fits ? register : code.inRegister('SI', expandMultiply(code, 'SI', register, imm(scale)));
    return { ...start, index: index.no, scale: fits ? scale : 1 };
  }

  #indexedMemory(
    terms: readonly Term[],
    pointer: number | undefined,
    symbol: string | undefined,
    offset: number,
    inside: number,
  ): Mem {
    const { register, scale } = this.#sumOfTerms(terms);
    const fits = scale === 1 || scale === 2 || scale === 4 || scale === 8;
    if (symbol !== undefined && this.#ex.isPic && this.#ex.code.target === 'x86_64') {
      const scaled =
        scale === 1 ? register : expandMultiply(this.#ex.code, this.#ex.code.word, register, imm(scale));
      const start = this.#ex.code.inRegister(this.#ex.code.word, {
        kind: 'symbol',
        symbol,
        offset: offset - inside,
      });
      return { ...this.#based(scaled, start.no), disp: inside };
    }
    if (symbol !== undefined && this.#ex.code.isAbsolute) {
      if (scale === 1) return memAt(register.no, offset, symbol);
      if (!fits) {
        const start = { kind: 'symbol', symbol, offset: offset - inside } as const;
        const scaled = expandMultiply(this.#ex.code, 'DI', register, imm(scale));
        const sum = expandBinary(this.#ex.code, 'add', 'DI', scaled, this.#ex.code.plain(start));
        return memAt(this.#ex.code.inRegister('DI', sum).no, inside);
      }
    }
    if (symbol !== undefined) {
      const index = fits
        ? register
        : this.#ex.code.inRegister(
            this.#ex.code.word,
            expandMultiply(this.#ex.code, this.#ex.code.word, register, imm(scale)),
          );
      return { kind: 'mem', base: undefined, index: index.no, scale: fits ? scale : 1, disp: offset, symbol };
    }
    if (fits) {
      const isPlain = scale === 1 && pointer !== BP;
      return {
        kind: 'mem',
        base: pointer,
        index: register.no,
        scale: isPlain ? 1 : scale,
        disp: offset,
        symbol: undefined,
      };
    }
    const scaled = this.#ex.code.inRegister(
      this.#ex.code.word,
      expandMultiply(this.#ex.code, this.#ex.code.word, register, imm(scale)),
    );
    return { kind: 'mem', base: pointer, index: scaled.no, scale: 1, disp: offset, symbol: undefined };
  }

  #based(scaled: Operand, start: number): Mem {
    const index = this.#ex.code.inRegister(this.#ex.code.word, scaled);
    return { kind: 'mem', base: index.no, index: start, scale: 1, disp: 0, symbol: undefined };
  }

  /** i * 4 + j * 16 is (i + j * 4) * 4: the common power of two is the scale. */
  #sumOfTerms(terms: readonly Term[]): { readonly register: Reg; readonly scale: number } {
    const [first, ...rest] = terms;
    if (first === undefined) return { register: this.#ex.code.register(this.#ex.code.word), scale: 1 };
    let register = this.#wideIndex(first);
    let scale = first.size;
    for (const term of rest) {
      const other = this.#wideIndex(term);
      const smaller = Math.min(scale, term.size);
      const isCommon =
        smaller > 0 && (smaller & (smaller - 1)) === 0 && Math.max(scale, term.size) % smaller === 0;
      const common = isCommon ? smaller : 1;
      const times = (one: Reg, size: number): Operand =>
        size === common ? one : expandMultiply(this.#ex.code, this.#ex.code.word, one, imm(size / common));
      const left = times(register, scale);
      const right = times(other, term.size);
      register = this.#ex.code.inRegister(
        this.#ex.code.word,
        expandBinary(this.#ex.code, 'add', this.#ex.code.word, right, left),
      );
      scale = common;
    }
    return { register, scale };
  }

  #wideIndex(term: Term): Reg {
    const operand = this.#ex.operandOf(term.index, term.mode);
    if (term.mode === this.#ex.code.word) return this.#ex.code.inRegister(this.#ex.code.word, operand);
    const wide = this.#ex.code.register(this.#ex.code.word);
    const isDirect = !term.isSigned || term.mode !== 'SI';
    const a = isDirect ? operand : this.#ex.code.inRegister(term.mode, operand);
    this.#ex.code.emit({
      op: 'extend',
      mode: this.#ex.code.word,
      from: term.mode,
      isSigned: term.isSigned,
      dst: wide,
      a,
    });
    return wide;
  }

  /** Address of a place as a value. */
  addressValue(place: Place, target: Operand | undefined): Operand {
    const { base, offset, terms } = place;
    const start = this.#startOf(base);
    if (terms.length === 0) {
      if (start.kind === 'symbol') return this.#ex.code.plain({ ...start, offset: start.offset + offset });
      return offset === 0
        ? start
        : expandBinary(this.#ex.code, 'add', this.#ex.code.word, start, imm(offset), target);
    }
    const { register, scale } = this.#sumOfTerms(terms);
    const scaled =
      scale === 1 ? register : expandMultiply(this.#ex.code, this.#ex.code.word, register, imm(scale));
    if (start.kind === 'symbol' && this.#ex.code.isAbsolute) {
      const symbol = this.#ex.code.plain({ ...start, offset: start.offset + offset });
      return expandBinary(this.#ex.code, 'add', 'DI', scaled, symbol, target);
    }
    if (start.kind === 'symbol') {
      const symbol = this.#ex.code.inRegister(this.#ex.code.word, {
        ...start,
        offset: start.offset + offset,
      });
      return expandBinary(this.#ex.code, 'add', this.#ex.code.word, scaled, symbol, target);
    }
    if (offset === 0) return expandBinary(this.#ex.code, 'add', this.#ex.code.word, start, scaled, target);
    const moved = expandBinary(this.#ex.code, 'add', this.#ex.code.word, scaled, imm(offset));
    return expandBinary(this.#ex.code, 'add', this.#ex.code.word, start, moved, target);
  }

  /** The address of a thread-local object: the thread pointer and a distance. */
  #threadAddress(symbol: string, thread: ThreadModel): Operand {
    const pointer = this.#ex.code.register(this.#ex.code.word);
    this.#ex.code.emit({
      op: 'move',
      mode: this.#ex.code.word,
      dst: pointer,
      a: memAt(undefined, 0, THREAD),
    });
    if (thread === 'local') return expandBinary(this.#ex.code, 'add', this.#ex.code.word, pointer, imm(FAR));
    const distance = this.#ex.code.inRegister(this.#ex.code.word, memAt(undefined, 0, symbol));
    return expandBinary(this.#ex.code, 'add', this.#ex.code.word, distance, pointer);
  }

  #startOf(base: Place['base']): Operand {
    switch (base.kind) {
      case 'frame':
        return this.#ex.operandOf({ kind: 'frame', offset: base.offset, inside: 0 }, this.#ex.code.word);
      case 'symbol':
        if (base.thread !== undefined) return this.#threadAddress(base.symbol, base.thread);
        return { kind: 'symbol', symbol: base.symbol, offset: 0 };
      case 'register':
        return reg(base.no);
      case 'pointer':
        return this.#ex.operandOf(base.pointer, this.#ex.code.word);
    }
  }
}

/** A distance that needs four bytes. */
const FAR = 0x1000_0000;

/** Bytes of the elements of which arrays of arrays consist in the end. */
function innermostBytes(type: CType): number {
  const array = asArray(type);
  return array === undefined ? (sizeOf(type) ?? 1) : innermostBytes(array.element.type);
}

function threadModel(object: ObjectSymbol): ThreadModel | undefined {
  if (object.storage !== 'thread') return undefined;
  return object.isDefined === false ||
    (object.isDefined === undefined &&
      object.linkage === 'external' &&
      object.initializer === undefined &&
      !object.isTentative)
    ? 'initial'
    : 'local';
}

/** Whether an expression has a place of its own. */
export function isLvalue(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'object':
    case 'string':
    case 'compound-literal':
    case 'member':
    case 'deref':
    case 'real-part':
    case 'imaginary-part':
      return true;
    default:
      return false;
  }
}
