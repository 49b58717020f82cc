/** Initialisation of automatic objects (C17 6.7.9): the object is zeroed where needed, then its entries are assigned. */
import { isScalar, sizeOf } from '../sema/type-relations.ts';
import type {
  InitializerEntry,
  ObjectInitializer,
  ObjectSymbol,
  TypedExpression,
} from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { storeBits } from './bit-field.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { noteAccess, storeKind } from './observation.ts';
import { isDirect, offsetPlace, pushAddress, pushFrameHost, storePlace } from './place.ts';
import type { BitRange, Place } from './place.ts';
import { storeRecord } from './record-value.ts';
import { checkedKind } from './operands.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { keepWords, releaseWords, storeWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

/** Assigns the initialiser to an automatic object. */
export function initializeObject(
  state: FunctionState,
  object: ObjectSymbol,
  initializer: ObjectInitializer,
): void {
  const register = state.registers.get(object);
  const packed = state.packed.get(object);
  const offset = state.frame.offsets.get(object);
  if (register === undefined && packed === undefined && offset === undefined) {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: object.name }),
      initializer.span,
    );
  }
  const base: Place =
    register !== undefined
      ? { kind: 'local', index: register }
      : packed !== undefined
        ? { kind: 'packed', index: packed, offset: 0 }
        : { kind: 'frame', offset: offset ?? 0 };
  initializeAt(state, base, sizeOf(object.type.type) ?? 0, initializer);
}

/** Assigns the initialiser to the object at a place. */
export function initializeAt(
  state: FunctionState,
  base: Place,
  size: number,
  initializer: ObjectInitializer,
): void {
  if (initializer.isAggregate && !coversAll(initializer, size)) zero(state, base, size);
  for (const entry of initializer.entries) initializeEntry(state, base, entry);
}

/** Whether the entries assign every byte, one after the other. */
function coversAll(initializer: ObjectInitializer, size: number): boolean {
  let next = 0;
  for (const entry of initializer.entries) {
    if (entry.bitWidth !== undefined || entry.offset !== next) return false;
    if (!isScalar(entry.type.type)) return false;
    next += sizeOf(entry.type.type) ?? 0;
  }
  return next === size;
}

function zero(state: FunctionState, base: Place, size: number): void {
  const { code } = state;
  if (base.kind === 'packed') {
    for (let done = 0; done < size; done += 8) {
      code.i64Const(0);
      code.localSet(base.index + done / 8);
    }
    return;
  }
  if (base.kind === 'frame' && isDirect(state, base.offset, size)) {
    noteAccess(state, 'store', () => pushAddress(state, base), size);
    if (size > 128) {
      const offset = pushFrameHost(state, base.offset);
      code.i32Const(offset);
      code.emit(op.i32_add);
      code.i32Const(0);
      code.i32Const(size);
      code.memoryFill();
      return;
    }
    let done = 0;
    for (const width of [8, 4, 2, 1] as const) {
      while (size - done >= width) {
        const offset = pushFrameHost(state, base.offset + done);
        if (width === 8) code.i64Const(0);
        else code.i32Const(0);
        code.memory(zeroStore[width], offset);
        done += width;
      }
    }
    return;
  }
  pushAddress(state, base);
  code.i32Const(0);
  code.i32Const(size);
  code.call(state.program.helper('fill'));
}

const zeroStore = { 8: op.i64_store, 4: op.i32_store, 2: op.i32_store16, 1: op.i32_store8 } as const;

function initializeEntry(state: FunctionState, base: Place, entry: InitializerEntry): void {
  const place = offsetPlace(base, entry.offset);
  const text = stringOf(entry.value);
  if (text !== undefined && valueKindOf(entry.type.type).kind === 'memory') {
    storeBytes(state, base, entry.offset, text.subarray(0, sizeOf(entry.type.type) ?? text.length));
    return;
  }
  const kind = checkedKind(entry.type.type, entry.value);
  if (kind.kind === 'memory') {
    storeRecord(state, () => pushAddress(state, place), entry.value);
    return;
  }
  if (kind.kind === 'words') {
    state.value(entry.value);
    const words = keepWords(state, kind.words);
    storeWords(state, place, kind.words, words);
    releaseWords(state, kind.words, words);
    return;
  }
  if (kind.kind !== 'scalar') return;
  if (entry.bitWidth !== undefined && entry.bitOffset !== undefined) {
    const { offset, bits } = bitContainer(entry.bitOffset, entry.bitWidth);
    storeBits(state, offsetPlace(base, offset), bits, kind, () => state.value(entry.value), false);
    return;
  }
  const told = storeKind(entry.value);
  storePlace(state, place, kind.access, () => state.value(entry.value), told);
}

/** A container for the bits of an object; it may reach behind the object, whose bytes it leaves as they are. */
function bitContainer(
  bitOffset: number,
  width: number,
): { readonly offset: number; readonly bits: BitRange } {
  const first = bitOffset >> 3;
  for (const size of [1, 2, 4, 8] as const) {
    const start = first - (first % size);
    if (bitOffset + width <= (start + size) * 8) {
      return { offset: start, bits: { size, shift: bitOffset - start * 8, width } };
    }
  }
  return { offset: first, bits: { size: 8, shift: bitOffset - first * 8, width } };
}

function stringOf(expression: TypedExpression): Uint8Array | undefined {
  if (expression.kind === 'string') return expression.literal.bytes;
  return expression.kind === 'convert' && expression.conversion === 'none'
    ? stringOf(expression.operand)
    : undefined;
}

/** Stores constant bytes in as few stores as gcc does with immediates: eight at a time. */
export function storeBytes(state: FunctionState, base: Place, offset: number, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let done = 0;
  const at = (bytesIn: number): Place => offsetPlace(base, offset + bytesIn);
  for (; bytes.length - done >= 8; done += 8) {
    const word = view.getBigUint64(done, true);
    storePlace(state, at(done), accesses.i64, () => state.code.i64Const(word));
  }
  for (; bytes.length - done >= 4; done += 4) {
    const word = view.getInt32(done, true);
    storePlace(state, at(done), accesses.i32, () => state.code.i32Const(word));
  }
  for (; done < bytes.length; done += 1) {
    const byte = view.getUint8(done);
    storePlace(state, at(done), accesses.u8, () => state.code.i32Const(byte));
  }
}
