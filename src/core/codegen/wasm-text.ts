/**
 * Straight-line WebAssembly written as text, for helpers that are long computations: words between blanks.
 *
 *   $name  =name  :name     local.get, local.set, local.tee of the local of that name
 *   12  0x7fffL             i32.const; with an L, i64.const
 *   i64.add                 an instruction without immediates
 *   if  if:i64  else  end   blocks; what follows the colon is the result
 *   loop  again             a loop, and a branch to it from an if in it when the i32 on the stack is not zero
 *   @name                   a call of the function that `calls` names
 */
import { invariant } from '../../base/assert.ts';
import type { WasmType } from './compiled-program.ts';
import { op, simd } from './wasm-module.ts';
import type { CodeWriter, Opcode, SimdOpcode } from './wasm-module.ts';

const opcodes = new Map<string, Opcode>(
  Object.entries(op).map(([name, opcode]) => [name.replace('_', '.'), opcode]),
);
const lanes = new Map<string, readonly [SimdOpcode, number]>([
  ['low', [simd.i64x2_extract_lane, 0]],
  ['high', [simd.i64x2_extract_lane, 1]],
  ['with_high', [simd.i64x2_replace_lane, 1]],
]);

/** Writes the instructions of a text. */
export function writeText(
  code: CodeWriter,
  locals: readonly string[],
  text: string,
  calls: ReadonlyMap<string, () => number> = new Map(),
): void {
  for (const word of text.trim().split(/\s+/)) writeWord(code, locals, word, calls);
}

function writeWord(
  code: CodeWriter,
  locals: readonly string[],
  word: string,
  calls: ReadonlyMap<string, () => number>,
): void {
  const name = word.slice(1);
  const local = locals.indexOf(name);
  if (word.startsWith('$')) code.localGet(known(local, word));
  else if (word.startsWith('=')) code.localSet(known(local, word));
  else if (word.startsWith(':')) code.localTee(known(local, word));
  else if (word.startsWith('@')) code.call(known(calls.get(name)?.() ?? -1, word));
  else if (/^-?\d/.test(word)) {
    if (word.endsWith('L')) code.i64Const(BigInt.asIntN(64, BigInt(word.slice(0, -1))));
    else code.i32Const(Number(word));
  } else writeInstruction(code, word);
}

function known(index: number, word: string): number {
  invariant(index >= 0, `${word} is known`);
  return index;
}

function writeInstruction(code: CodeWriter, word: string): void {
  const [head = '', result] = word.split(':');
  const lane = lanes.get(word);
  if (head === 'if') code.open(op.if, result as WasmType | undefined);
  else if (word === 'loop') code.open(op.loop);
  else if (word === 'again') code.branchIf(code.depth - 1);
  else if (word === 'else') code.else();
  else if (word === 'end') code.close();
  else if (word === 'splat') code.simd(simd.i64x2_splat);
  else if (lane !== undefined) code.simdLane(...lane);
  else {
    const opcode = opcodes.get(word);
    invariant(opcode !== undefined, `an instruction ${word}`);
    code.emit(opcode);
  }
}
