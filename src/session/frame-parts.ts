/**
 * What the bytes of a stack frame are for, besides the variables that are in scope: saved registers, the stack protector's guard,
 * memory for results, slots of variables of other blocks, padding.
 *
 * Told only where the layout of the frame is known exactly; see FrameLayout of core/image/frame.ts.
 */
import type { FrameLayout } from '../core/image/frame.ts';
import type { CallFrame } from '../core/process/machine.ts';
import { variableAddress } from '../core/process/machine.ts';
import { sizeOf } from '../core/sema/type-relations.ts';
import type { FramePartView } from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';
import { hex } from './event-views.ts';

/** Bytes where a variadic function saves its register arguments. */
const registerSaveBytes = 176;

interface Part {
  readonly kind: FramePartView['kind'];
  readonly name: string;
  readonly start: number;
  readonly bytes: number;
}

/** The layout of a function's frame. */
export function layoutOf(program: BuiltProgram, frame: CallFrame): FrameLayout | undefined {
  const { span } = frame.function;
  for (const unit of program.analysis.units) {
    for (const [symbol, fn] of unit.functionOf) if (fn.span === span) return unit.frames.get(symbol);
  }
  return undefined;
}

/** Lowest address that belongs to a frame: of a leaf function, in the red zone below the stack pointer. */
export function lowestOf(frame: CallFrame, layout: FrameLayout | undefined): number {
  return frame.base - Math.max(frame.function.frameSize, layout?.depth ?? 0);
}

/**
 * The parts of a frame that are not variables in scope, from low to high addresses.
 *
 * @param shown - ranges of the variables in scope
 */
export function frameParts(
  frame: CallFrame,
  layout: FrameLayout | undefined,
  shown: readonly { readonly start: number; readonly bytes: number }[],
  word: 4 | 8,
): readonly FramePartView[] {
  const { base } = frame;
  const isPlain = frame.function.realignment === undefined && layout?.hasFramePointer !== false;
  // The main of i386 aligns the stack and saves ecx, which the layout does not tell of.
  const isTold = layout?.isExact === true && isPlain && !(word === 4 && frame.function.name === 'main');
  const known: Part[] = isPlain
    ? [
        { kind: 'saved-base', name: '', start: base, bytes: word },
        { kind: 'return-address', name: '', start: base + word, bytes: word },
      ]
    : [];
  if (isTold) known.push(...partsOf(frame, layout, word));
  const taken = [...shown];
  const parts: Part[] = [];
  for (const part of known) {
    if (taken.some(({ start, bytes }) => part.start < start + bytes && start < part.start + part.bytes))
      continue;
    taken.push(part);
    parts.push(part);
  }
  if (isTold) parts.push(...paddingOf(taken, lowestOf(frame, layout), base));
  return parts
    .sort((a, b) => a.start - b.start)
    .map(({ kind, name, start, bytes }) => ({ kind, name, start: hex(start), sizeBytes: bytes }));
}

function partsOf(frame: CallFrame, layout: FrameLayout, word: 4 | 8): Part[] {
  const { base } = frame;
  const at = (kind: Part['kind'], offset: number | undefined, bytes: number, name = ''): Part[] =>
    offset === undefined ? [] : [{ kind, name, start: base + offset, bytes }];
  const registers = Array.from({ length: layout.savedRegisters }, (_, index) =>
    at('saved-register', -word * (index + 1), word),
  );
  const temporaries = [...layout.temporaries].map(([{ type }, offset]) =>
    at('temporary', offset, sizeOf(type.type) ?? 0),
  );
  return [
    ...registers.flat(),
    ...at('guard', layout.guard, word),
    ...at('register-save-area', layout.registerSaveArea, registerSaveBytes),
    ...at('hidden-result', layout.hiddenResult, word),
    ...frame.function.variables
      .filter(({ offset }) => offset < 0)
      .map((variable): Part => ({
        kind: 'out-of-scope',
        name: variable.name,
        start: variableAddress(frame, variable),
        bytes: variable.size,
      })),
    ...temporaries.flat(),
  ].filter(({ bytes }) => bytes > 0);
}

/** What lies between the parts of a frame, up to the saved frame pointer. */
function paddingOf(
  taken: readonly { readonly start: number; readonly bytes: number }[],
  low: number,
  base: number,
): readonly Part[] {
  const padding: Part[] = [];
  let from = low;
  const upTo = (end: number): void => {
    if (end > from) padding.push({ kind: 'padding', name: '', start: from, bytes: end - from });
  };
  for (const { start, bytes } of [...taken].sort((a, b) => a.start - b.start)) {
    if (start >= base) break;
    upTo(start);
    from = Math.max(from, start + bytes);
  }
  upTo(base);
  return padding;
}

/** Bytes of a range that nobody stored to, as ranges. */
export function unstoredRanges(
  start: number,
  bytes: number,
  isUnstored: (addr: number) => boolean,
): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (let at = start; at < start + bytes; at++) {
    if (!isUnstored(at)) continue;
    const last = ranges.at(-1);
    if (last?.end === at) last.end = at + 1;
    else ranges.push({ start: at, end: at + 1 });
  }
  return ranges;
}
