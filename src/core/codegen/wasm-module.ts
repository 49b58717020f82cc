/**
 * Writes WebAssembly modules in the binary format.
 *
 * A module is built front to back: imports first (their indices come before those of the module's own functions),
 * then functions, whose bodies are {@link CodeWriter}s. Nothing is checked here: the engine validates the module when
 * it is compiled, and the tests validate every module that they build.
 *
 * Source: WebAssembly Core Specification 2.0, chapter 5 (binary format).
 */
import { invariant } from '../../base/assert.ts';
import { ByteWriter } from './byte-writer.ts';
import type { WasmType } from './compiled-program.ts';
import type { ModulePass } from './module-pass.ts';

/** Opcodes of the instructions that the code generator uses, named as in the text format with `_` for `.`. */
export const op = {
  unreachable: 0x00,
  nop: 0x01,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  try: 0x06,
  catch: 0x07,
  throw: 0x08,
  rethrow: 0x09,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  br_table: 0x0e,
  return: 0x0f,
  call: 0x10,
  call_indirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  local_get: 0x20,
  local_set: 0x21,
  local_tee: 0x22,
  global_get: 0x23,
  global_set: 0x24,
  i32_load: 0x28,
  i64_load: 0x29,
  f32_load: 0x2a,
  f64_load: 0x2b,
  i32_load8_s: 0x2c,
  i32_load8_u: 0x2d,
  i32_load16_s: 0x2e,
  i32_load16_u: 0x2f,
  i64_load8_u: 0x31,
  i64_load32_u: 0x35,
  i32_store: 0x36,
  i64_store: 0x37,
  f32_store: 0x38,
  f64_store: 0x39,
  i32_store8: 0x3a,
  i32_store16: 0x3b,
  i64_store8: 0x3c,
  i64_store32: 0x3e,
  i32_const: 0x41,
  i64_const: 0x42,
  f32_const: 0x43,
  f64_const: 0x44,
  i32_eqz: 0x45,
  i32_eq: 0x46,
  i32_ne: 0x47,
  i32_lt_s: 0x48,
  i32_lt_u: 0x49,
  i32_gt_s: 0x4a,
  i32_gt_u: 0x4b,
  i32_le_s: 0x4c,
  i32_le_u: 0x4d,
  i32_ge_s: 0x4e,
  i32_ge_u: 0x4f,
  i64_eqz: 0x50,
  i64_eq: 0x51,
  i64_ne: 0x52,
  i64_lt_s: 0x53,
  i64_lt_u: 0x54,
  i64_gt_s: 0x55,
  i64_gt_u: 0x56,
  i64_le_s: 0x57,
  i64_le_u: 0x58,
  i64_ge_s: 0x59,
  i64_ge_u: 0x5a,
  f32_eq: 0x5b,
  f32_ne: 0x5c,
  f32_lt: 0x5d,
  f32_gt: 0x5e,
  f32_le: 0x5f,
  f32_ge: 0x60,
  f64_eq: 0x61,
  f64_ne: 0x62,
  f64_lt: 0x63,
  f64_gt: 0x64,
  f64_le: 0x65,
  f64_ge: 0x66,
  i32_clz: 0x67,
  i32_ctz: 0x68,
  i32_popcnt: 0x69,
  i32_add: 0x6a,
  i32_sub: 0x6b,
  i32_mul: 0x6c,
  i32_div_s: 0x6d,
  i32_div_u: 0x6e,
  i32_rem_s: 0x6f,
  i32_rem_u: 0x70,
  i32_and: 0x71,
  i32_or: 0x72,
  i32_xor: 0x73,
  i32_shl: 0x74,
  i32_shr_s: 0x75,
  i32_shr_u: 0x76,
  i32_rotl: 0x77,
  i32_rotr: 0x78,
  i64_clz: 0x79,
  i64_ctz: 0x7a,
  i64_popcnt: 0x7b,
  i64_add: 0x7c,
  i64_sub: 0x7d,
  i64_mul: 0x7e,
  i64_div_s: 0x7f,
  i64_div_u: 0x80,
  i64_rem_s: 0x81,
  i64_rem_u: 0x82,
  i64_and: 0x83,
  i64_or: 0x84,
  i64_xor: 0x85,
  i64_shl: 0x86,
  i64_shr_s: 0x87,
  i64_shr_u: 0x88,
  i64_rotl: 0x89,
  i64_rotr: 0x8a,
  f32_abs: 0x8b,
  f32_neg: 0x8c,
  f32_sqrt: 0x91,
  f32_add: 0x92,
  f32_sub: 0x93,
  f32_mul: 0x94,
  f32_div: 0x95,
  f32_copysign: 0x98,
  f64_abs: 0x99,
  f64_neg: 0x9a,
  f64_sqrt: 0x9f,
  f64_add: 0xa0,
  f64_sub: 0xa1,
  f64_mul: 0xa2,
  f64_div: 0xa3,
  f64_copysign: 0xa6,
  i32_wrap_i64: 0xa7,
  i32_trunc_f64_s: 0xaa,
  i64_extend_i32_s: 0xac,
  i64_extend_i32_u: 0xad,
  i64_trunc_f64_s: 0xb0,
  f32_convert_i32_s: 0xb2,
  f32_convert_i32_u: 0xb3,
  f32_convert_i64_s: 0xb4,
  f32_convert_i64_u: 0xb5,
  f32_demote_f64: 0xb6,
  f64_convert_i32_s: 0xb7,
  f64_convert_i32_u: 0xb8,
  f64_convert_i64_s: 0xb9,
  f64_convert_i64_u: 0xba,
  f64_promote_f32: 0xbb,
  i32_reinterpret_f32: 0xbc,
  i64_reinterpret_f64: 0xbd,
  f32_reinterpret_i32: 0xbe,
  f64_reinterpret_i64: 0xbf,
  i32_extend8_s: 0xc0,
  i32_extend16_s: 0xc1,
} as const;

/** Vector instructions, which stand behind the prefix 0xfd. */
export const simd = {
  v128_load: 0x00,
  v128_store: 0x0b,
  v128_const: 0x0c,
  i64x2_splat: 0x12,
  i64x2_extract_lane: 0x1d,
  i64x2_replace_lane: 0x1e,
  v128_load16_lane: 0x55,
  v128_store16_lane: 0x59,
  v128_store64_lane: 0x5b,
  v128_load64_zero: 0x5d,
} as const;

/** The number of a vector instruction. */
export type SimdOpcode = (typeof simd)[keyof typeof simd];

/** Begins a vector instruction. */
export const SIMD_PREFIX = 0xfd;

/** The opcode of an instruction. */
export type Opcode = (typeof op)[keyof typeof op];

/** Type of a block without results. */
const EMPTY_BLOCK = 0x40;

const typeCodes: Readonly<Record<WasmType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
const FUNCREF = 0x70;

/** Which way a branch nearly always goes: engines put what hardly ever runs out of the way. */
export type BranchHint = 'likely' | 'unlikely';

/** Writes the instructions of one function body. Counts the open blocks, so that branches can name them. */
export class CodeWriter extends ByteWriter {
  /** Number of blocks that are open; the function's own block is not counted. */
  depth = 0;
  readonly #hints: HintedBranch[] = [];
  readonly #calls: ReadonlyMap<Opcode, number> | undefined;

  /**
   * Begins the code of a function.
   *
   * @param capacity - bytes to begin with
   * @param calls - instructions that a call of a function stands for, with its index
   */
  constructor(capacity?: number, calls?: ReadonlyMap<Opcode, number>) {
    super(capacity);
    this.#calls = calls;
  }

  /** The branches with a hint, in order. */
  get hints(): readonly HintedBranch[] {
    return this.#hints;
  }

  override truncate(length: number): void {
    super.truncate(length);
    while ((this.#hints.at(-1)?.at ?? -1) >= length) this.#hints.pop();
  }

  /** An instruction without immediates, or the call that stands for it. */
  emit(opcode: Opcode): void {
    const call = this.#calls?.get(opcode);
    if (call === undefined) this.u8(opcode);
    else this.call(call);
  }

  /** A comparison of floating numbers that raises no exception. */
  emitQuiet(opcode: Opcode): void {
    this.u8(opcode);
  }

  i32Const(value: number): void {
    this.u8(op.i32_const);
    this.s32(value);
  }

  i64Const(value: number | bigint): void {
    this.u8(op.i64_const);
    this.s64(value);
  }

  f32Const(value: number): void {
    this.u8(op.f32_const);
    this.f32(value);
  }

  f64Const(value: number): void {
    this.u8(op.f64_const);
    this.f64(value);
  }

  /** The 128 bits of two halves. */
  v128Const(low: bigint, high: bigint): void {
    this.simd(simd.v128_const);
    for (const half of [low, high])
      for (let byte = 0n; byte < 64n; byte += 8n) this.u8(Number((half >> byte) & 0xffn));
  }

  /** A vector instruction without immediates. */
  simd(opcode: SimdOpcode): void {
    this.u8(SIMD_PREFIX);
    this.u32(opcode);
  }

  /** A vector instruction on one lane. */
  simdLane(opcode: SimdOpcode, lane: number): void {
    this.simd(opcode);
    this.u8(lane);
  }

  /** A load or store of a vector, or of one of its lanes. */
  simdMemory(opcode: SimdOpcode, offset: number, lane?: number): void {
    this.simd(opcode);
    this.u32(0);
    this.u32(offset);
    if (lane !== undefined) this.u8(lane);
  }

  localGet(index: number): void {
    this.u8(op.local_get);
    this.u32(index);
  }

  localSet(index: number): void {
    this.u8(op.local_set);
    this.u32(index);
  }

  localTee(index: number): void {
    this.u8(op.local_tee);
    this.u32(index);
  }

  globalGet(index: number): void {
    this.u8(op.global_get);
    this.u32(index);
  }

  globalSet(index: number): void {
    this.u8(op.global_set);
    this.u32(index);
  }

  /** A load or store; no alignment is promised. */
  memory(opcode: Opcode, offset: number): void {
    this.u8(opcode);
    this.u32(0);
    this.u32(offset);
  }

  call(functionIndex: number): void {
    this.u8(op.call);
    this.u32(functionIndex);
  }

  callIndirect(typeIndex: number): void {
    this.u8(op.call_indirect);
    this.u32(typeIndex);
    this.u32(0);
  }

  /** memory.copy: destination, source and length in bytes are on the stack. */
  memoryCopy(): void {
    this.u8(0xfc);
    this.u32(10);
    this.u8(0);
    this.u8(0);
  }

  /** memory.fill: destination, byte and length are on the stack. */
  memoryFill(): void {
    this.u8(0xfc);
    this.u32(11);
    this.u8(0);
  }

  /**
   * Opens a block, a loop or an if.
   *
   * @returns the number of the opened block, which {@link branch} takes
   */
  open(opcode: typeof op.block | typeof op.loop | typeof op.if | typeof op.try, result?: WasmType): number {
    this.u8(opcode);
    this.u8(result === undefined ? EMPTY_BLOCK : typeCodes[result]);
    this.depth += 1;
    return this.depth;
  }

  /** Opens an if whose condition is nearly always, or hardly ever, true. */
  openIf(hint: BranchHint, result?: WasmType): number {
    this.#hint(hint);
    return this.open(op.if, result);
  }

  else(): void {
    this.u8(op.else);
  }

  /** Begins the handler of the innermost try block; the tag's values are on the stack then. */
  catch(tag: number): void {
    this.u8(op.catch);
    this.u32(tag);
  }

  throw(tag: number): void {
    this.u8(op.throw);
    this.u32(tag);
  }

  /** Throws again what the handler so many blocks out caught. */
  rethrow(depth: number): void {
    this.u8(op.rethrow);
    this.u32(depth);
  }

  /** Closes the innermost block. */
  close(): void {
    this.u8(op.end);
    this.depth -= 1;
  }

  /** Branches to a block that {@link open} numbered: to its end, or to the start of a loop. */
  branch(block: number): void {
    this.u8(op.br);
    this.u32(this.depth - block);
  }

  /** Branches when the i32 on the stack is not zero. */
  branchIf(block: number, hint?: BranchHint): void {
    if (hint !== undefined) this.#hint(hint);
    this.u8(op.br_if);
    this.u32(this.depth - block);
  }

  /** Branches to `blocks[i]` for the i32 on the stack, to `otherwise` when it is out of range. */
  branchTable(blocks: readonly number[], otherwise: number): void {
    this.u8(op.br_table);
    this.u32(blocks.length);
    for (const block of blocks) this.u32(this.depth - block);
    this.u32(this.depth - otherwise);
  }

  /** Notes the hint of the instruction that comes next. */
  #hint(hint: BranchHint): void {
    this.#hints.push({ at: this.length, hint });
  }
}

/** An instruction with a hint, by its offset in the body. */
export interface HintedBranch {
  readonly at: number;
  readonly hint: BranchHint;
}

/** Parameters and result of a function. */
export interface WasmSignature {
  readonly parameters: readonly WasmType[];
  readonly result: WasmType | undefined;
}

interface OwnFunction {
  readonly typeIndex: number;
  readonly name: string;
  locals: readonly WasmType[];
  body: Uint8Array | undefined;
  hints: readonly HintedBranch[];
}

interface Global {
  readonly type: WasmType;
  readonly mutable: boolean;
  readonly initial: number | bigint;
}

type ExportKind = 'function' | 'table' | 'memory' | 'global';
const exportCodes: Readonly<Record<ExportKind, number>> = { function: 0, table: 1, memory: 2, global: 3 };

/** A module under construction. */
export class WasmModule {
  readonly #signatures: WasmSignature[] = [];
  readonly #signatureIndices = new Map<string, number>();
  readonly #functionImports: { readonly name: string; readonly typeIndex: number }[] = [];
  readonly #globalImports: { readonly name: string; readonly type: WasmType; readonly mutable: boolean }[] =
    [];
  readonly #functions: OwnFunction[] = [];
  readonly #globals: Global[] = [];
  readonly #exports: { readonly name: string; readonly kind: ExportKind; readonly index: number }[] = [];
  readonly #table: number[] = [];
  readonly #tags: number[] = [];
  #importsMemory = false;

  /** All imports come from one module, as the machine offers them. */
  readonly importModule: string;

  constructor(importModule: string) {
    this.importModule = importModule;
  }

  /** Types of functions, by type index. */
  get signatures(): readonly WasmSignature[] {
    return this.#signatures;
  }

  /** Index of a function type; equal types share one. */
  typeIndex(signature: WasmSignature): number {
    const key = `${signature.parameters.join(',')}>${signature.result ?? ''}`;
    const known = this.#signatureIndices.get(key);
    if (known !== undefined) return known;
    const index = this.#signatures.length;
    this.#signatures.push(signature);
    this.#signatureIndices.set(key, index);
    return index;
  }

  importMemory(): void {
    this.#importsMemory = true;
  }

  /** Imports a function; its index is the result. */
  importFunction(name: string, signature: WasmSignature): number {
    invariant(this.#functions.length === 0, 'function imports come before functions');
    this.#functionImports.push({ name, typeIndex: this.typeIndex(signature) });
    return this.#functionImports.length - 1;
  }

  /** Imports a global; its index is the result. */
  importGlobal(name: string, type: WasmType, mutable: boolean): number {
    invariant(this.#globals.length === 0, 'global imports come before globals');
    this.#globalImports.push({ name, type, mutable });
    return this.#globalImports.length - 1;
  }

  /** The exception tag whose values have the types of the parameters; its index is the result. */
  tag(signature: WasmSignature): number {
    const typeIndex = this.typeIndex(signature);
    const known = this.#tags.indexOf(typeIndex);
    return known >= 0 ? known : this.#tags.push(typeIndex) - 1;
  }

  /** Adds a global of the module; its index is the result. */
  addGlobal(type: WasmType, mutable: boolean, initial: number | bigint): number {
    this.#globals.push({ type, mutable, initial });
    return this.#globalImports.length + this.#globals.length - 1;
  }

  /**
   * Declares a function of the module; its body follows by {@link defineFunction}.
   *
   * @returns the function index
   */
  declareFunction(name: string, signature: WasmSignature): number {
    this.#functions.push({
      typeIndex: this.typeIndex(signature),
      name,
      locals: [],
      body: undefined,
      hints: [],
    });
    return this.#functionImports.length + this.#functions.length - 1;
  }

  /** Gives a declared function its body: `locals` follow the parameters; the final `end` is added here. */
  defineFunction(functionIndex: number, locals: readonly WasmType[], code: CodeWriter): void {
    const own = this.#functions[functionIndex - this.#functionImports.length];
    invariant(own !== undefined && own.body === undefined, 'a declared function is defined once');
    invariant(code.depth === 0, 'every block is closed');
    own.locals = locals;
    own.body = code.view().slice();
    own.hints = code.hints;
  }

  /**
   * Puts a function into the table of indirect calls.
   *
   * @returns its table index; index 0 stays empty
   */
  addToTable(functionIndex: number): number {
    this.#table.push(functionIndex);
    return this.#table.length;
  }

  addExport(name: string, kind: ExportKind, index: number): void {
    this.#exports.push({ name, kind, index });
  }

  /** Replaces bodies of functions, all of which are defined, by those that the pass gives. */
  rewriteBodies(pass: ModulePass): void {
    const importCount = this.#functionImports.length;
    const signatureOf = (typeIndex: number | undefined): WasmSignature => {
      const signature = typeIndex === undefined ? undefined : this.#signatures[typeIndex];
      invariant(signature !== undefined, 'a function has a type');
      return signature;
    };
    const functions = this.#functions.map(({ typeIndex, locals, body, hints, name }, own) => {
      invariant(body !== undefined, `function ${name} has a body`);
      return { index: importCount + own, signature: signatureOf(typeIndex), locals, body, hints };
    });
    const rewritten = pass(functions, {
      signatures: this.#signatures,
      functionSignature: (index) =>
        signatureOf((this.#functionImports[index] ?? this.#functions[index - importCount])?.typeIndex),
      globalType: (index) => {
        const global = this.#globalImports[index] ?? this.#globals[index - this.#globalImports.length];
        invariant(global !== undefined, 'a global that is named exists');
        return global.type;
      },
      importName: (index) => this.#functionImports[index]?.name,
    });
    for (const { index, locals, body, hints } of rewritten) {
      const own = this.#functions[index - importCount];
      invariant(own !== undefined, 'a pass rewrites functions of the module');
      own.locals = locals;
      own.body = body;
      own.hints = hints;
    }
  }

  /** The binary module. */
  finish(): Uint8Array {
    const out = new ByteWriter(4096);
    for (const byte of [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]) out.u8(byte);
    this.#section(out, 1, this.#signatures, (section, signature) => {
      section.u8(0x60);
      section.u32(signature.parameters.length);
      for (const parameter of signature.parameters) section.u8(typeCodes[parameter]);
      section.u32(signature.result === undefined ? 0 : 1);
      if (signature.result !== undefined) section.u8(typeCodes[signature.result]);
    });
    this.#imports(out);
    this.#section(out, 3, this.#functions, (section, own) => section.u32(own.typeIndex));
    this.#section(out, 4, [this.#table.length + 1], (section, size) => {
      section.u8(FUNCREF);
      section.u8(0);
      section.u32(size);
    });
    this.#section(out, 13, this.#tags, (section, typeIndex) => {
      section.u8(0);
      section.u32(typeIndex);
    });
    this.#section(out, 6, this.#globals, (section, global) => {
      section.u8(typeCodes[global.type]);
      section.u8(global.mutable ? 1 : 0);
      writeConstant(section, global.type, global.initial);
      section.u8(op.end);
    });
    this.#section(out, 7, this.#exports, (section, exported) => {
      section.name(exported.name);
      section.u8(exportCodes[exported.kind]);
      section.u32(exported.index);
    });
    this.#section(out, 9, this.#table.length === 0 ? [] : [this.#table], (section, entries) => {
      section.u32(0);
      section.u8(op.i32_const);
      section.s32(1);
      section.u8(op.end);
      section.u32(entries.length);
      for (const index of entries) section.u32(index);
    });
    this.#branchHints(out);
    this.#section(out, 10, this.#functions, (section, own) => {
      const { body } = own;
      invariant(body !== undefined, `function ${own.name} has a body`);
      const head = writeLocals(own.locals);
      section.u32(head.length + body.length + 1);
      section.append(head.view());
      section.append(body);
      section.u8(op.end);
    });
    this.#names(out);
    return out.view().slice();
  }

  #section<Item>(
    out: ByteWriter,
    id: number,
    items: readonly Item[],
    write: (section: ByteWriter, item: Item) => void,
  ): void {
    if (items.length === 0) return;
    const section = new ByteWriter(1024);
    section.u32(items.length);
    for (const item of items) write(section, item);
    writeSection(out, id, section);
  }

  #imports(out: ByteWriter): void {
    const writers: ((section: ByteWriter) => void)[] = [];
    for (const imported of this.#functionImports) {
      writers.push((section) => {
        section.name(imported.name);
        section.u8(0);
        section.u32(imported.typeIndex);
      });
    }
    if (this.#importsMemory) {
      writers.push((section) => {
        section.name('memory');
        section.u8(2);
        section.u8(0);
        section.u32(1);
      });
    }
    for (const imported of this.#globalImports) {
      writers.push((section) => {
        section.name(imported.name);
        section.u8(3);
        section.u8(typeCodes[imported.type]);
        section.u8(imported.mutable ? 1 : 0);
      });
    }
    this.#section(out, 2, writers, (section, write) => {
      section.name(this.importModule);
      write(section);
    });
  }

  /** The section of branch hints; it stands in front of the code. Source: WebAssembly branch hinting proposal. */
  #branchHints(out: ByteWriter): void {
    const hinted = this.#functions
      .map((own, index) => ({ own, index: this.#functionImports.length + index }))
      .filter(({ own }) => own.hints.length > 0);
    if (hinted.length === 0) return;
    const section = new ByteWriter(1024);
    section.name('metadata.code.branch_hint');
    section.u32(hinted.length);
    for (const { own, index } of hinted) {
      const { length } = writeLocals(own.locals);
      section.u32(index);
      section.u32(own.hints.length);
      for (const { at, hint } of own.hints) {
        section.u32(length + at);
        section.u8(1);
        section.u8(hint === 'likely' ? 1 : 0);
      }
    }
    writeSection(out, 0, section);
  }

  /** The names section: functions' names for the engine's stack traces and profiles. */
  #names(out: ByteWriter): void {
    const functions = new ByteWriter(1024);
    functions.u32(this.#functionImports.length + this.#functions.length);
    this.#functionImports.forEach((imported, index) => {
      functions.u32(index);
      functions.name(imported.name);
    });
    this.#functions.forEach((own, index) => {
      functions.u32(this.#functionImports.length + index);
      functions.name(own.name);
    });
    const section = new ByteWriter(functions.length + 16);
    section.name('name');
    section.u8(1);
    section.u32(functions.length);
    section.append(functions.view());
    writeSection(out, 0, section);
  }
}

function writeSection(out: ByteWriter, id: number, section: ByteWriter): void {
  out.u8(id);
  out.u32(section.length);
  out.append(section.view());
}

function writeConstant(section: ByteWriter, type: WasmType, value: number | bigint): void {
  switch (type) {
    case 'i32':
      section.u8(op.i32_const);
      section.s32(Number(value));
      return;
    case 'i64':
      section.u8(op.i64_const);
      section.s64(value);
      return;
    case 'f32':
      section.u8(op.f32_const);
      section.f32(Number(value));
      return;
    case 'f64':
      section.u8(op.f64_const);
      section.f64(Number(value));
      return;
    case 'v128':
      invariant(value === 0, 'vectors begin with zeros');
      section.u8(SIMD_PREFIX);
      section.u32(simd.v128_const);
      for (let byte = 0; byte < 16; byte += 1) section.u8(0);
      return;
  }
}

/** Declarations of locals, equal neighbours joined. */
function writeLocals(locals: readonly WasmType[]): ByteWriter {
  const head = new ByteWriter(32);
  const runs: { type: WasmType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  head.u32(runs.length);
  for (const run of runs) {
    head.u32(run.count);
    head.u8(typeCodes[run.type]);
  }
  return head;
}
