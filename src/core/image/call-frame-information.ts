/**
 * How many bytes the description of a function takes in .eh_frame: a frame description entry (FDE) whose instructions say,
 * from place to place of the code, where the caller's frame and the saved registers are.
 *
 * Source: gcc/dwarf2cfi.cc (scan_trace, queue_reg_save), config/i386/i386.cc (ix86_expand_prologue, ix86_expand_epilogue,
 * ix86_add_cfa_restore_note), gas/ehopt.c, gas/dw2gencfi.c (output_fde): behaviour; DWARF 5, 6.4.2.
 */
import { roundUp } from '../../base/address.ts';
import type { TargetName } from '../target/data-model.ts';
import type { FrameLayout } from './frame.ts';

/** What the description of a function depends on. */
export interface DescribedFunction {
  readonly target: TargetName;
  readonly frame: FrameLayout;
  /** Bytes of its code. */
  readonly size: number;
  /** Whether it has an end: not where it never returns. */
  readonly returns: boolean;
}

/** Length, the place of the common entry, start, length of the code, and the length of no augmentation data. */
const HEAD = 17;
/** `DW_CFA_offset`: where a register is saved. */
const OFFSET = 2;
/** `DW_CFA_def_cfa_register`. */
const DEF_CFA_REGISTER = 2;
/** `DW_CFA_def_cfa_offset`. */
const DEF_CFA_OFFSET = 2;
/** `DW_CFA_def_cfa`: register and offset. */
const DEF_CFA = 3;
/** `DW_CFA_restore`. */
const RESTORE = 1;
/** `DW_CFA_expression` of a register: it is saved at a distance from the frame pointer. */
const EXPRESSION = 5;
/** `DW_CFA_def_cfa_expression`: the frame is where a saved word says. */
const DEF_CFA_EXPRESSION = 5;

/** Bytes of a function's entry in .eh_frame; entries begin at multiples of four bytes. */
export function unwindBytes(fn: DescribedFunction): number {
  const writer = new Instructions();
  const { frame } = fn;
  if (!frame.hasFramePointer) return roundUp(HEAD, 4);
  if (frame.realignment?.kind === 'argument-pointer' && frame.realignment.isAligned) {
    describePointerToArguments(writer, fn);
  } else describeFramePointer(writer, fn);
  return roundUp(HEAD + writer.bytes, 4);
}

/** Instructions in the order of the code. */
class Instructions {
  bytes = 0;
  #at = 0;

  /** Instructions of so many bytes that hold from a place on. */
  say(at: number, bytes: number): void {
    this.bytes += advanceBytes(at - this.#at) + bytes;
    this.#at = at;
  }
}

/** `DW_CFA_advance_loc` and its longer forms. */
function advanceBytes(delta: number): number {
  if (delta === 0) return 0;
  if (delta < 0x40) return 1;
  if (delta < 0x100) return 2;
  return delta < 0x1_0000 ? 3 : 5;
}

/** A frame that is found from the frame pointer. */
function describeFramePointer(writer: Instructions, fn: DescribedFunction): void {
  const { target, frame, size, returns } = fn;
  const { savedRegisters, realignment } = frame;
  const isLong = target === 'x86_64';
  const keepsPointer = realignment?.kind === 'argument-pointer';
  const saved = savedRegisters + (keepsPointer ? 1 : 0);
  writer.say(1, DEF_CFA_OFFSET + OFFSET);
  const pushed = isLong ? 4 : 3;
  writer.say(pushed, DEF_CFA_REGISTER);
  if (saved > 0) writer.say(pushed + prologueBytes(fn), saved * OFFSET);
  if (!returns) return;
  // What the red zone covers needs no word that it is restored.
  if (isLong) writer.say(size - 1, DEF_CFA);
  else if (saved <= 1) writer.say(size - 1, (saved + 1) * RESTORE + DEF_CFA);
  else {
    for (let left = saved; left > 0; left -= 1) writer.say(size - 1 - left, RESTORE);
    writer.say(size - 1, RESTORE + DEF_CFA);
  }
}

/** A frame that is found from the address of the arguments, which a register and then the frame keeps. */
function describePointerToArguments(writer: Instructions, fn: DescribedFunction): void {
  const { target, frame, size, returns } = fn;
  const { savedRegisters } = frame;
  const isLong = target === 'x86_64';
  // lea r10, [rsp+8]; and rsp, -N; push [r10-8]; push rbp; mov rbp, rsp; pushes, that of r10 among them.
  const lea = isLong ? 5 : 4;
  const isWide = (frame.realignment?.alignment ?? 0) > 128;
  const framePointer = lea + (isLong ? (isWide ? 7 : 4) + 4 + 1 + 3 : (isWide ? 6 : 3) + 3 + 1 + 2);
  writer.say(lea, DEF_CFA);
  writer.say(framePointer, EXPRESSION);
  if (isLong) {
    // rbx is pushed behind r10.
    const others = Math.max(0, savedRegisters - 1);
    const pointer = framePointer + LONG_PUSH * (others + 1);
    writer.say(pointer, DEF_CFA_EXPRESSION + others * EXPRESSION);
    if (savedRegisters > 0)
      writer.say(pointer + 1 + lowering(frame.frameSize - 8 * (savedRegisters + 1), 1), EXPRESSION);
  } else writer.say(framePointer + savedRegisters + 1, DEF_CFA_EXPRESSION + savedRegisters * EXPRESSION);
  if (!returns) return;
  // The stack pointer is set from the address of the arguments, before that the frame pointer is popped.
  const end = size - 1;
  const popped = end - (isLong ? 4 : 3);
  if (isLong) writer.say(popped - 1 - LONG_PUSH * Math.max(0, savedRegisters - 1), DEF_CFA);
  else if (savedRegisters === 0) {
    writer.say(popped - 1, DEF_CFA);
    writer.say(popped, RESTORE);
  } else {
    writer.say(popped - 1 - savedRegisters, RESTORE + DEF_CFA);
    for (let left = savedRegisters; left >= 0; left -= 1) writer.say(popped - left, RESTORE);
  }
  writer.say(end, DEF_CFA);
}

/** Bytes of the push or pop of one of r8 to r15. */
const LONG_PUSH = 2;

/** Bytes from where the frame pointer is set to the end of the prologue: gcc says only there what was pushed. */
function prologueBytes({ target, frame }: DescribedFunction): number {
  const { frameSize, savedRegisters, realignment } = frame;
  if (target === 'x86_64') {
    const pushes = savedRegisters === 0 ? 0 : 1 + LONG_PUSH * (savedRegisters - 1);
    const alignment = realignment === undefined ? 0 : 4;
    return pushes + alignment + lowering(frameSize - 8 * savedRegisters, 1);
  }
  const pushes = savedRegisters + (realignment?.kind === 'argument-pointer' ? 1 : 0);
  const isAligned = realignment?.kind === 'stack-pointer' && realignment.isAligned;
  return pushes + (isAligned ? 3 : 0) + lowering(frameSize - 4 * pushes, 0);
}

/** Bytes of the instruction that lowers the stack pointer; by 128 it adds the negative. */
function lowering(bytes: number, prefix: 0 | 1): number {
  if (bytes <= 0) return 0;
  return prefix + (bytes > 128 ? 6 : 3);
}
