/**
 * Parameters of the i386: they come on the stack. Those smaller than int are loaded first, all of them; what needs more
 * alignment than the stack has is copied in words; what stays where the caller put it needs nothing.
 *
 * Source: gcc/function.cc (assign_parms, assign_parm_setup_reg, assign_parm_setup_stack): behaviour; measured with gcc 12.2.
 */
import { sizeOf } from '../../sema/type-relations.ts';
import type { TypedFunction } from '../../sema/typed-tree.ts';
import type { FrameLayout } from '../frame.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { BP, memAt, modeBytes, shifted } from './machine.ts';
import { piecesOf } from './records.ts';
import type { StatementCoder } from './statements.ts';
import { modeOf } from './values.ts';

/** Bytes from the frame pointer up to the first argument: the saved frame pointer and the return address. */
const ARGUMENTS = 8;

/** Writes what brings the parameters into their slots. */
export function receiveFromStack(
  code: CodeBuffer,
  fn: TypedFunction,
  frame: FrameLayout,
  statements: StatementCoder,
): void {
  const late: (() => void)[] = [];
  const { hiddenResult } = frame;
  if (hiddenResult !== undefined && hiddenResult < 0)
    late.push(() => code.move('SI', memAt(BP, hiddenResult), memAt(BP, ARGUMENTS)));
  fn.parameters.forEach((parameter, index) => {
    const place = frame.parameterPlaces.places[index];
    if (place?.kind !== 'stack') return;
    const from = memAt(BP, ARGUMENTS + place.offset);
    const mode = modeOf(parameter.type.type);
    const isSmall = mode === 'QI' || mode === 'HI';
    const offset = frame.offsets.get(parameter);
    if (frame.registers.has(parameter) && mode !== undefined) {
      const own = statements.registerOf(parameter, mode);
      if (isSmall) {
        const arrived = code.inRegister('SI', from);
        late.push(() => code.emit({ op: 'move', mode, dst: own, a: arrived }));
      } else code.emit({ op: 'move', mode, dst: own, a: from });
      return;
    }
    if (offset === undefined || offset === from.disp) return;
    const slot = memAt(BP, offset);
    if (isSmall) {
      const arrived = code.inRegister('SI', from);
      late.push(() => {
        const narrow = code.register(mode);
        code.emit({ op: 'move', mode, dst: narrow, a: arrived });
        code.emit({ op: 'move', mode, dst: slot, a: narrow });
      });
      return;
    }
    const bytes = mode === undefined ? (sizeOf(parameter.type.type) ?? 0) : modeBytes[mode];
    late.push(() => {
      for (const piece of piecesOf(bytes, 'i386'))
        code.move(piece.mode, shifted(slot, piece.offset), shifted(from, piece.offset));
    });
  });
  for (const finish of late) finish();
}
