/**
 * The stack protector's guard in the code of the i386: as pseudo registers see it, where it is copied to the frame and where
 * it is compared. (On x86-64 nothing else can be in the registers that it takes.)
 *
 * Source: gcc/cfgexpand.cc (stack_protect_prologue), function.cc (stack_protect_epilogue), config/i386/i386.md
 * (stack_protect_set_1, stack_protect_test_1), ira.cc (remove_scratches): behaviour.
 */
import type { CodeBuffer } from './code-buffer.ts';
import { AX, DX, XMM0 } from './machine.ts';

/** Copies the guard of the thread to the frame by way of a register, behind what brings the parameters in. */
export function placeGuard(code: CodeBuffer): void {
  code.emit({ op: 'scratch', dst: code.register('SI') });
}

/** Compares the guard in the frame with that of the thread; where they differ a function is called that does not return. */
export function checkGuard(code: CodeBuffer): void {
  const isSame = code.newLabel();
  code.emit({ op: 'scratch', dst: code.register('SI') });
  code.branch('e', isSame);
  // It is called without the procedure linkage table.
  code.emit({ op: 'call', target: undefined, uses: [], results: [AX, DX, XMM0] });
  code.emit({ op: 'stop' });
  code.label(isSame);
}
