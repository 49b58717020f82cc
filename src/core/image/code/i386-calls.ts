/**
 * Calls on the i386: every argument is pushed, from the last to the first; what goes through the procedure linkage table
 * needs the address of the global offset table in ebx.
 *
 * Source: gcc/calls.cc (expand_call, store_one_arg), expr.cc (emit_push_insn), config/i386/i386-expand.cc
 * (ix86_expand_call): behaviour; measured with gcc 12.2.
 */
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { returnsTwice } from '../returns-twice.ts';
import type { CodeBuffer } from './code-buffer.ts';
import type { ExpressionCoder } from './expressions.ts';
import { AX, BX, DX, SP, XMM0, memAt, modeBytes, reg, shifted } from './machine.ts';
import type { Insn, Mode, Operand } from './machine.ts';
import { copyMemory, piecesOf } from './records.ts';
import type { Place, Value } from './values.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** An argument: a value, or a record with a place. */
export type PushedArgument =
  | { readonly kind: 'value'; readonly value: Value; readonly mode: Mode }
  | { readonly kind: 'record'; readonly place: Place; readonly size: number };

/** What a call of the i386 needs. */
export interface PushingCall {
  /** The call of the text; undefined for one of the compiler's own. */
  readonly call: Call | undefined;
  readonly args: readonly PushedArgument[];
  /** Where a record result goes: its address is pushed last. */
  readonly hidden: Operand | undefined;
  /** The pointer that is called; undefined for a function with a name. */
  readonly callee: Value | undefined;
  /** Whether another file may define the function. */
  readonly isForeign: boolean;
}

/** Writes a call; its result is in eax, in edx and eax, or on the x87 stack. */
export function writePushingCall(
  ex: ExpressionCoder,
  { call, args, hidden, callee, isForeign }: PushingCall,
): void {
  const { code } = ex;
  for (const argument of [...args].reverse()) {
    if (argument.kind === 'record') pushRecord(ex, argument.place, argument.size);
    else pushOperand(code, argument.mode, ex.operandOf(argument.value, argument.mode));
  }
  if (hidden !== undefined) pushOperand(code, 'SI', hidden);
  const target = callee === undefined ? undefined : code.inRegister('SI', ex.operandOf(callee, 'SI'));
  const uses: number[] = [];
  if (isForeign && target === undefined && code.table !== undefined) {
    code.emit({ op: 'move', mode: 'SI', dst: reg(BX), a: code.table });
    uses.push(BX);
  }
  const insn: Insn = {
    op: 'call',
    target,
    uses,
    results: [AX, DX, XMM0],
    returnsTwice: call !== undefined && returnsTwice(call),
  };
  code.emit(insn);
  if (call !== undefined) code.marks.set(insn, call);
}

/** Words are pushed from memory, wider values and floating ones from registers; small ones are made wide before. */
function pushOperand(code: CodeBuffer, mode: Mode, operand: Operand): void {
  if (operand.kind === 'symbol' && code.table !== undefined) {
    code.emit({ op: 'push', a: code.inRegister('SI', operand) });
    return;
  }
  const isFromMemory = operand.kind === 'mem' && mode !== 'QI' && mode !== 'HI';
  if (operand.kind !== 'mem' || isFromMemory) {
    code.emit({ op: 'push', a: operand.kind === 'mem' ? code.reach(operand) : operand });
    return;
  }
  code.emit({ op: 'push', a: code.inRegister(mode, operand) });
}

/** What consists of whole words is pushed word by word, any other record is copied to where the stack pointer points. */
function pushRecord(ex: ExpressionCoder, place: Place, size: number): void {
  const { code } = ex;
  if (size === 1 || size === 2) {
    const mode = size === 1 ? 'QI' : 'HI';
    code.emit({ op: 'push', a: code.inRegister(mode, ex.places.memory(place)) });
    return;
  }
  const pieces = piecesOf(size, code.target);
  if (pieces.length <= MAX_PUSHES && pieces.every(({ mode }) => modeBytes[mode] === 4)) {
    const memory = ex.places.memory(place);
    if (memory.kind !== 'mem') {
      code.emit({ op: 'push', a: memory });
      return;
    }
    for (const { offset } of [...pieces].reverse()) code.emit({ op: 'push', a: shifted(memory, offset) });
    return;
  }
  const memory = ex.places.memory(place);
  const start = code.register('SI');
  code.emit({ op: 'move', mode: 'SI', dst: start, a: reg(SP) });
  if (memory.kind === 'mem') copyMemory(ex, memAt(start.no, 0), memory, size);
}

/** Up to here a record is pushed in words. */
const MAX_PUSHES = 16;
