/**
 * Reads the body of a function back: structured instructions as a tree, and what each instruction takes from and leaves on
 * the operand stack.
 *
 * Code that control cannot reach is left out. Only the instructions that {@link CodeWriter} writes are known.
 *
 * Source: WebAssembly Core Specification 2.0, 5.4 (instructions), appendix (index of instructions); the legacy exception
 * handling proposal for try, catch, throw and rethrow.
 */
import { invariant } from '../../base/assert.ts';
import type { WasmType } from './compiled-program.ts';
import type { ModuleTypes } from './module-pass.ts';
import { SIMD_PREFIX, op, simd } from './wasm-module.ts';

/** An instruction without instructions in it: its bytes are [start, end) of the body. */
export interface PlainNode {
  readonly kind: 'plain';
  readonly opcode: number;
  readonly start: number;
  readonly end: number;
  /** The first immediate: an index, a relative depth; zero where there is none. */
  readonly immediate: number;
  /** All relative depths of br_table, the default last. */
  readonly depths?: readonly number[];
}

/** block, loop, if or try. */
export interface ConstructNode {
  readonly kind: 'construct';
  readonly opcode: typeof op.block | typeof op.loop | typeof op.if | typeof op.try;
  readonly start: number;
  readonly result: WasmType | undefined;
  readonly body: readonly WasmNode[];
  readonly otherwise: readonly WasmNode[] | undefined;
  readonly handler: { readonly tag: number; readonly body: readonly WasmNode[] } | undefined;
}

export type WasmNode = PlainNode | ConstructNode;

const typeOfCode: ReadonlyMap<number, WasmType> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
]);

/** Instructions after which control does not go on. */
const leaves: ReadonlySet<number> = new Set([
  op.unreachable,
  op.br,
  op.br_table,
  op.return,
  op.throw,
  op.rethrow,
]);

/** Prefix of memory.copy and memory.fill, and their numbers. */
const PREFIX = 0xfc;
const MEMORY_COPY = 10;

/** Reads a body without its final `end`. */
export function readBody(bytes: Uint8Array): readonly WasmNode[] {
  const reader = new BodyReader(bytes);
  const nodes = reader.sequence();
  invariant(reader.isAtEnd, 'a body is read to its end');
  return nodes;
}

class BodyReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Instructions up to `end`, `else`, `catch` or the end of the body, which is not taken. */
  sequence(): readonly WasmNode[] {
    const nodes: WasmNode[] = [];
    let isReached = true;
    while (!this.isAtEnd) {
      const opcode = this.#bytes[this.#at];
      if (opcode === op.end || opcode === op.else || opcode === op.catch) break;
      const node = this.#node();
      if (isReached) nodes.push(node);
      if (node.kind === 'plain' && leaves.has(node.opcode)) isReached = false;
    }
    return nodes;
  }

  #node(): WasmNode {
    const start = this.#at;
    const opcode = this.#byte();
    switch (opcode) {
      case op.block:
      case op.loop:
      case op.if:
      case op.try:
        return this.#construct(opcode, start);
      default:
        return this.#plain(opcode, start);
    }
  }

  #construct(opcode: ConstructNode['opcode'], start: number): ConstructNode {
    const result = typeOfCode.get(this.#byte());
    const body = this.sequence();
    let otherwise: readonly WasmNode[] | undefined;
    let handler: ConstructNode['handler'];
    let closing = this.#byte();
    if (closing === op.else) {
      otherwise = this.sequence();
      closing = this.#byte();
    }
    if (closing === op.catch) {
      const tag = this.#u32();
      handler = { tag, body: this.sequence() };
      closing = this.#byte();
    }
    invariant(closing === op.end, 'a structured instruction ends');
    return { kind: 'construct', opcode, start, result, body, otherwise, handler };
  }

  #plain(opcode: number, start: number): PlainNode {
    let immediate = 0;
    if (opcode === op.br_table) {
      const depths: number[] = [];
      for (let count = this.#u32() + 1; count > 0; count -= 1) depths.push(this.#u32());
      return { kind: 'plain', opcode, start, end: this.#at, immediate, depths };
    }
    if (opcode === PREFIX) {
      immediate = this.#u32();
      this.#at += immediate === MEMORY_COPY ? 2 : 1;
    } else if (opcode === SIMD_PREFIX) {
      immediate = this.#u32();
      const known = vectors.get(immediate);
      invariant(known !== undefined, 'a vector instruction is known');
      for (let index = 0; index < known.numbers; index += 1) this.#u32();
      this.#at += known.bytes;
    } else if (opcode === op.f32_const) this.#at += 4;
    else if (opcode === op.f64_const) this.#at += 8;
    else {
      const count = immediateCount(opcode);
      if (count > 0) immediate = this.#u32();
      // Signed numbers end where unsigned ones do.
      for (let index = 1; index < count; index += 1) this.#u32();
    }
    return { kind: 'plain', opcode, start, end: this.#at, immediate };
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    invariant(byte !== undefined, 'an instruction is complete');
    this.#at += 1;
    return byte;
  }

  /** LEB128; of a number of more than 32 bits only the length is right. */
  #u32(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }
}

/** Immediates of a vector instruction: LEB128 numbers, bytes after them; operands taken and the type left. */
interface VectorInstruction {
  readonly numbers: 0 | 2;
  readonly bytes: 0 | 1 | 16;
  readonly takes: number;
  readonly leaves: WasmType | undefined;
}

const vectors: ReadonlyMap<number, VectorInstruction> = new Map<number, VectorInstruction>([
  [simd.v128_load, { numbers: 2, bytes: 0, takes: 1, leaves: 'v128' }],
  [simd.v128_store, { numbers: 2, bytes: 0, takes: 2, leaves: undefined }],
  [simd.v128_const, { numbers: 0, bytes: 16, takes: 0, leaves: 'v128' }],
  [simd.i64x2_splat, { numbers: 0, bytes: 0, takes: 1, leaves: 'v128' }],
  [simd.i64x2_extract_lane, { numbers: 0, bytes: 1, takes: 1, leaves: 'i64' }],
  [simd.i64x2_replace_lane, { numbers: 0, bytes: 1, takes: 2, leaves: 'v128' }],
  [simd.v128_load16_lane, { numbers: 2, bytes: 1, takes: 2, leaves: 'v128' }],
  [simd.v128_store16_lane, { numbers: 2, bytes: 1, takes: 2, leaves: undefined }],
  [simd.v128_store64_lane, { numbers: 2, bytes: 1, takes: 2, leaves: undefined }],
  [simd.v128_load64_zero, { numbers: 2, bytes: 0, takes: 1, leaves: 'v128' }],
]);

/** LEB128 immediates of an instruction. */
function immediateCount(opcode: number): number {
  if (opcode >= op.i32_load && opcode <= op.i64_store32) return 2;
  if (opcode === op.call_indirect) return 2;
  if (opcode >= op.local_get && opcode <= op.global_set) return 1;
  switch (opcode) {
    case op.br:
    case op.br_if:
    case op.call:
    case op.throw:
    case op.rethrow:
    case op.i32_const:
    case op.i64_const:
      return 1;
    default:
      return 0;
  }
}

/** Operands taken and the type left by instructions [first, last]. */
interface Effect {
  readonly first: number;
  readonly last: number;
  readonly takes: number;
  readonly leaves: WasmType | undefined;
}

const effect = (first: number, last: number, takes: number, result?: WasmType): Effect => ({
  first,
  last,
  takes,
  leaves: result,
});

/** Instructions whose types do not depend on anything else, in the order of their opcodes. */
const effects: readonly Effect[] = [
  effect(op.unreachable, op.nop, 0),
  effect(op.drop, op.drop, 1),
  effect(op.i32_load, op.i32_load, 1, 'i32'),
  effect(op.i64_load, op.i64_load, 1, 'i64'),
  effect(op.f32_load, op.f32_load, 1, 'f32'),
  effect(op.f64_load, op.f64_load, 1, 'f64'),
  effect(op.i32_load8_s, op.i32_load16_u, 1, 'i32'),
  effect(0x30, op.i64_load32_u, 1, 'i64'),
  effect(op.i32_store, op.i64_store32, 2),
  effect(op.i32_const, op.i32_const, 0, 'i32'),
  effect(op.i64_const, op.i64_const, 0, 'i64'),
  effect(op.f32_const, op.f32_const, 0, 'f32'),
  effect(op.f64_const, op.f64_const, 0, 'f64'),
  effect(op.i32_eqz, op.i32_eqz, 1, 'i32'),
  effect(op.i32_eq, op.i32_ge_u, 2, 'i32'),
  effect(op.i64_eqz, op.i64_eqz, 1, 'i32'),
  effect(op.i64_eq, op.f64_ge, 2, 'i32'),
  effect(op.i32_clz, op.i32_popcnt, 1, 'i32'),
  effect(op.i32_add, op.i32_rotr, 2, 'i32'),
  effect(op.i64_clz, op.i64_popcnt, 1, 'i64'),
  effect(op.i64_add, op.i64_rotr, 2, 'i64'),
  effect(op.f32_abs, op.f32_sqrt, 1, 'f32'),
  effect(op.f32_add, 0x98, 2, 'f32'),
  effect(op.f64_abs, op.f64_sqrt, 1, 'f64'),
  effect(op.f64_add, op.f64_copysign, 2, 'f64'),
  effect(op.i32_wrap_i64, 0xab, 1, 'i32'),
  effect(op.i64_extend_i32_s, 0xb1, 1, 'i64'),
  effect(op.f32_convert_i32_s, op.f32_demote_f64, 1, 'f32'),
  effect(op.f64_convert_i32_s, op.f64_promote_f32, 1, 'f64'),
  effect(op.i32_reinterpret_f32, op.i32_reinterpret_f32, 1, 'i32'),
  effect(op.i64_reinterpret_f64, op.i64_reinterpret_f64, 1, 'i64'),
  effect(op.f32_reinterpret_i32, op.f32_reinterpret_i32, 1, 'f32'),
  effect(op.f64_reinterpret_i64, op.f64_reinterpret_i64, 1, 'f64'),
  effect(op.i32_extend8_s, op.i32_extend16_s, 1, 'i32'),
  effect(0xc2, 0xc4, 1, 'i64'),
  effect(PREFIX, PREFIX, 3),
];

const effectByOpcode: readonly (Effect | undefined)[] = Array.from({ length: 256 }, (_, opcode) =>
  effects.find(({ first, last }) => opcode >= first && opcode <= last),
);

/**
 * Does to a stack of types what an instruction does to the operand stack.
 *
 * @param locals - types of parameters and locals
 */
export function applyEffect(
  node: PlainNode,
  stack: WasmType[],
  types: ModuleTypes,
  locals: readonly WasmType[],
): void {
  const { opcode, immediate } = node;
  const pop = (count: number): void => {
    invariant(stack.length >= count, 'an instruction finds its operands');
    stack.length -= count;
  };
  const push = (type: WasmType | undefined): void => {
    invariant(type !== undefined, 'what an instruction names has a type');
    stack.push(type);
  };
  switch (opcode) {
    case op.local_get:
      push(locals[immediate]);
      return;
    case op.local_set:
    case op.global_set:
    case op.br_if:
      pop(1);
      return;
    case op.local_tee:
      return;
    case op.global_get:
      push(types.globalType(immediate));
      return;
    case op.select: {
      pop(2);
      return;
    }
    case op.call:
    case op.call_indirect: {
      const signature = opcode === op.call ? types.functionSignature(immediate) : types.signatures[immediate];
      invariant(signature !== undefined, 'a call names a function or a type');
      pop(signature.parameters.length + (opcode === op.call ? 0 : 1));
      if (signature.result !== undefined) stack.push(signature.result);
      return;
    }
    default:
  }
  // What comes after it is not reached: the operands no longer matter.
  if (leaves.has(opcode)) return;
  const known = opcode === SIMD_PREFIX ? vectors.get(immediate) : effectByOpcode[opcode];
  invariant(known !== undefined, `instruction 0x${opcode.toString(16)} is known`);
  pop(known.takes);
  if (known.leaves !== undefined) stack.push(known.leaves);
}
