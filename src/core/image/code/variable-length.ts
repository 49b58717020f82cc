/**
 * Arrays of variable length: what is computed where they are declared, and how they get their bytes.
 *
 * For every type of variable size gcc computes the last index, the size in bits (in twice the width of an address) and the
 * size in bytes, for every object the two sizes again; most of it nobody reads and is dropped, but for what writes only a
 * half of a register: that stays, and such a register counts as alive from the entry of the function on.
 *
 * Source: gcc/gimplify.cc (gimplify_type_sizes, gimplify_vla_decl), explow.cc (allocate_dynamic_stack_space,
 * get_dynamic_stack_size, align_dynamic_address), stor-layout.cc (layout_type): behaviour; measured with gcc 12.2.
 */
import { asArray, integerOf, isVariableLength, qualsOf, resolve, sizeOf } from '../../sema/type-relations.ts';
import { CONST } from '../../sema/type.ts';
import type { ArrayType, CType } from '../../sema/type.ts';
import type { ObjectSymbol, TypedExpression } from '../../sema/typed-tree.ts';
import { alignmentOfArray } from '../stack-allocation.ts';
import { expandBinary, expandMultiply, expandShift } from './arithmetic.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { multiplyWords } from './doubleword.ts';
import type { ExpressionCoder } from './expressions.ts';
import { BP, SP, imm, memAt, modeBytes, reg } from './machine.ts';
import type { Mode, Operand, Reg } from './machine.ts';
import { isSignedType, modeOf, valueOf } from './values.ts';
import type { Value } from './values.ts';

/** Bytes to which the stack is aligned for calls. */
const STACK_ALIGNMENT = 16;

/** A length as gcc keeps it: in a register, or in memory that nobody may change. */
interface Length {
  readonly value: Value;
  readonly mode: Mode;
  readonly isSigned: boolean;
}

/** The dimensions of a type that vary, the innermost first, and the product of the others with the size of an element. */
interface Dimensions {
  readonly lengths: readonly Length[];
  readonly bytes: number;
}

/** Writes what declarations of variable size compute. */
export class VariableLengthCoder {
  readonly #ex: ExpressionCoder;
  readonly #code: CodeBuffer;
  readonly #word: 'SI' | 'DI';
  readonly #lengths = new Map<ArrayType, Length>();
  readonly #units = new Map<ArrayType, Reg>();

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
    this.#code = expressions.code;
    this.#word = expressions.code.word;
  }

  /** Computes the sizes of a type where it is first met, those of inner arrays first. */
  measure(type: CType): void {
    const resolved = resolve(type);
    if (resolved.kind === 'pointer') this.measure(resolved.target.type);
    const array = asArray(resolved);
    if (array === undefined) return;
    this.measure(array.element.type);
    if (array.sizeExpression === undefined || this.#lengths.has(array)) return;
    const length = this.#lengthOf(unconverted(array.sizeExpression));
    this.#lengths.set(array, length);
    const start =
      length.mode === this.#word ? this.#ex.operandOf(length.value, length.mode) : this.#wide(length);
    const last = expandBinary(this.#code, 'sub', this.#word, start, imm(1));
    const copy = this.#code.register(this.#word);
    this.#code.emit({ op: 'move', mode: this.#word, dst: copy, a: last });
    this.#code.emit({ op: 'move', mode: this.#word, dst: memAt(BP, -8), a: copy });
    this.#units.set(array, this.#sizes(array));
  }

  /** Gives an array of variable length its bytes and keeps their address in its slot. */
  allocateObject(object: ObjectSymbol): void {
    const array = asArray(object.type.type);
    if (array === undefined || !isVariableLength(array)) return;
    this.#code.doubt('variable length array');
    const bytes = this.#sizes(array);
    const address = this.allocate(bytes, alignmentOfArray(object));
    const slot = memAt(BP, this.#ex.frame.offsets.get(object) ?? -8);
    this.#code.emit({ op: 'move', mode: this.#word, dst: slot, a: address });
  }

  /** alloca. */
  allocateBytes(size: TypedExpression, alignment: number): Operand {
    this.#code.doubt('alloca');
    const value = this.#ex.value(size);
    return this.allocate(this.#ex.operandOf(value, this.#word), alignment);
  }

  /**
   * Lowers the stack pointer by a size that is made a multiple of 16; the result is the address of the bytes.
   *
   * @param alignment - bytes, a power of two
   */
  allocate(size: Operand, alignment: number): Operand {
    const code = this.#code;
    const mode = this.#word;
    const extra = Math.max(0, alignment - modeBytes[mode]);
    const withExtra =
      size.kind === 'imm'
        ? imm(size.value + BigInt(extra))
        : extra === 0
          ? size
          : expandBinary(code, 'add', mode, size, imm(extra));
    const mask = expandBinary(code, 'add', mode, code.inRegister(mode, imm(STACK_ALIGNMENT)), imm(-1));
    const sum = code.register(mode);
    const [a, b] = withExtra.kind === 'imm' ? [mask, withExtra] : [withExtra, mask];
    code.emit({ op: 'binary', name: 'add', mode, dst: sum, a, b });
    const [quotient, remainder] = [code.register(mode), code.register(mode)];
    // It is allotted edx, as if the division did not write it (ira-conflicts.cc knows no clobber of operands there).
    const divisor = code.inRegister(mode, imm(STACK_ALIGNMENT));
    code.reloaded.add(divisor.no);
    code.emit({ op: 'divide', isSigned: false, mode, quotient, remainder, a: sum, b: divisor });
    const rounded = code.register(mode);
    code.emit({ op: 'binary', name: 'imul', mode, dst: rounded, a: quotient, b: imm(STACK_ALIGNMENT) });
    code.emit({ op: 'raw', mnemonic: 'sub rsp', bytes: 3, uses: [rounded.no], defs: [], clobbers: 0 });
    const start = code.register(mode);
    code.emit({ op: 'move', mode, dst: start, a: reg(SP) });
    const log = Math.log2(alignment);
    const raised = code.register(mode);
    code.emit({ op: 'binary', name: 'add', mode, dst: raised, a: start, b: imm(alignment - 1) });
    if (log === 0) return raised;
    return expandShift(code, 'sal', mode, expandShift(code, 'shr', mode, raised, log), log);
  }

  /** An index times the bytes of an element of variable size, which are computed anew. */
  scaled(index: TypedExpression, element: CType): Value | undefined {
    const array = asArray(element);
    if (array === undefined || !isVariableLength(array)) return undefined;
    const { lengths, bytes } = this.#dimensions(array);
    const [first, ...others] = lengths.map((length) => this.#wide(length));
    const own = this.#wideIndex(index);
    let product = first === undefined ? own : this.#times(first, own);
    for (const other of others) product = this.#times(product, other);
    return valueOf(expandMultiply(this.#code, this.#word, product, imm(bytes)));
  }

  /** An index times the number of innermost elements in an element of variable size, from the size that is known. */
  inElements(index: TypedExpression, element: CType): Value | undefined {
    const array = asArray(element);
    const unit = array === undefined ? undefined : this.#units.get(array);
    if (array === undefined || unit === undefined) return undefined;
    const { bytes } = this.#dimensions(array);
    const count = expandShift(this.#code, 'shr', this.#word, unit, Math.max(0, Math.log2(bytes)));
    return valueOf(this.#times(this.#wideIndex(index), count));
  }

  #times(a: Operand, b: Operand): Operand {
    return expandBinary(this.#code, 'imul', this.#word, a, b);
  }

  #wideIndex(index: TypedExpression): Operand {
    const mode = modeOf(index.type.type) ?? 'SI';
    const value = this.#ex.value(index);
    if (mode === this.#word) return this.#ex.operandOf(value, mode);
    return this.#wide({ value, mode, isSigned: isSignedType(index.type.type) });
  }

  /** Keeps the stack pointer, to take back what a block allocates. */
  save(): Reg {
    const [start, saved] = [this.#code.register(this.#word), this.#code.register(this.#word)];
    this.#code.emit({ op: 'move', mode: this.#word, dst: start, a: reg(SP) });
    this.#code.emit({ op: 'move', mode: this.#word, dst: saved, a: start });
    return saved;
  }

  restore(saved: Reg): void {
    this.#code.emit({ op: 'raw', mnemonic: 'mov rsp', bytes: 3, uses: [saved.no], defs: [], clobbers: 0 });
  }

  /** A length is computed once; a constant variable is read wherever it is needed. */
  #lengthOf(expression: TypedExpression): Length {
    const mode = modeOf(expression.type.type) ?? 'SI';
    const isSigned = isSignedType(expression.type.type);
    const inner = loadedObject(expression);
    const value = this.#ex.value(expression);
    const isSteady = inner !== undefined && (qualsOf(inner.type) & CONST) !== 0;
    if (isSteady) return { value, mode, isSigned };
    const operand = this.#ex.operandOf(value, mode);
    return { value: valueOf(this.#code.inRegister(mode, operand)), mode, isSigned };
  }

  /** The length in a register as wide as an address. */
  #wide({ value, mode, isSigned }: Length): Reg {
    const code = this.#code;
    const operand = this.#ex.operandOf(value, mode);
    const dst = code.register(this.#word);
    if (mode === this.#word) code.emit({ op: 'move', mode, dst, a: operand });
    else code.emit({ op: 'extend', mode: this.#word, from: mode, isSigned, dst, a: operand });
    return dst;
  }

  /** Both sizes of a type; the result is that in bytes. */
  #sizes(array: ArrayType): Reg {
    this.#code.computesSizes = true;
    const { lengths, bytes } = this.#dimensions(array);
    this.#bits(lengths, 8 * bytes);
    return this.#bytes({ lengths, bytes });
  }

  /** `sizeof` an array of variable size: computed anew from the lengths. */
  sizeOf(type: CType): Operand | undefined {
    const array = asArray(type);
    return array === undefined ? undefined : this.#bytes(this.#dimensions(array));
  }

  #bytes({ lengths, bytes }: Dimensions): Reg {
    const [first, ...others] = lengths.map((length) => this.#wide(length));
    let product: Operand = first ?? imm(1);
    for (const other of others) product = this.#times(product, other);
    return this.#code.inRegister(this.#word, expandMultiply(this.#code, this.#word, product, imm(bytes)));
  }

  #dimensions(array: ArrayType): Dimensions {
    const inner = asArray(array.element.type);
    const below: Dimensions =
      inner !== undefined && isVariableLength(inner)
        ? this.#dimensions(inner)
        : { lengths: [], bytes: sizeOf(array.element.type) ?? 1 };
    const own = this.#lengths.get(array);
    if (own !== undefined) return { ...below, lengths: [...below.lengths, own] };
    return { ...below, bytes: below.bytes * (typeof array.count === 'number' ? array.count : 1) };
  }

  /** The size in bits, of which only what nobody can drop is written. */
  #bits(lengths: readonly Length[], factor: number): void {
    const wide: Mode = this.#word === 'DI' ? 'TI' : 'DI';
    const isPower = (factor & (factor - 1)) === 0;
    let product: Reg | undefined;
    for (const length of lengths) {
      const value = this.#zeroExtended(this.#wide(length), wide);
      product = product === undefined ? value : this.#product(product, value);
    }
    if (product !== undefined && !isPower) this.#product(product, imm(factor));
  }

  #product(a: Reg, b: Operand): Reg {
    const product = multiplyWords(this.#code, a, b, undefined, this.#word);
    return product.kind === 'reg' ? product : a;
  }

  /** On x86-64 both halves are set one by one. */
  #zeroExtended(value: Reg, wide: Mode): Reg {
    const code = this.#code;
    const dst = code.register(wide);
    if (wide === 'DI') {
      code.emit({ op: 'extend', mode: wide, from: 'SI', isSigned: false, dst, a: value });
      return dst;
    }
    for (const uses of [[value.no], []])
      code.emit({
        op: 'raw',
        mnemonic: 'mov',
        bytes: 3,
        uses,
        defs: [dst.no],
        clobbers: 0,
        part: dst.no,
        isLong: true,
      });
    return dst;
  }
}

/** A length in its own type, which gcc converts wherever it needs it. */
function unconverted(expression: TypedExpression): TypedExpression {
  const isConversion = expression.kind === 'convert' && expression.conversion === 'arithmetic';
  return isConversion && integerOf(expression.operand.type.type) !== undefined
    ? expression.operand
    : expression;
}

/** The variable that an expression reads. */
function loadedObject(expression: TypedExpression): ObjectSymbol | undefined {
  let inner = expression;
  while (inner.kind === 'convert') inner = inner.operand;
  return inner.kind === 'object' ? inner.object : undefined;
}
