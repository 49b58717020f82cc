/**
 * The frames of all functions of a file, each laid out once: after an edit only the functions that changed, and the callers
 * of one whose alignment changed, are laid out again.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type { FunctionSymbol, TypedFunction } from '../sema/typed-tree.ts';
import { layoutFrame } from './frame.ts';
import type { FrameLayout } from './frame.ts';

/** A frame and what it was laid out for. */
interface KnownFrame {
  readonly layout: FrameLayout;
  readonly options: string;
  /** Callees that were asked for, and the alignment that was known of each. */
  readonly asked: ReadonlyMap<FunctionSymbol, number | undefined>;
}

const known = new WeakMap<TypedFunction, KnownFrame>();

/** What is known of the functions above; notes who was asked for. */
class CalleesAbove extends Map<FunctionSymbol, number> {
  asked = new Map<FunctionSymbol, number | undefined>();

  override get(symbol: FunctionSymbol): number | undefined {
    const alignment = super.get(symbol);
    this.asked.set(symbol, alignment);
    return alignment;
  }

  /** The alignment without a note. */
  alignmentOf(symbol: FunctionSymbol): number | undefined {
    return super.get(symbol);
  }
}

/** Lays out the frames of a file's functions, in their order: a caller aligns its frame as its callees above it need. */
export function framesOfFile(
  functions: readonly TypedFunction[],
  compile: CompileOptions,
): ReadonlyMap<TypedFunction, FrameLayout> {
  return finish(frameSteps(functions, compile));
}

/** The same, with a pause after each function. */
export function* frameSteps(
  functions: readonly TypedFunction[],
  compile: CompileOptions,
): Steps<ReadonlyMap<TypedFunction, FrameLayout>> {
  const options = JSON.stringify(compile);
  const above = new CalleesAbove();
  const layouts = new Map<TypedFunction, FrameLayout>();
  for (const fn of functions) {
    const layout = frameOf(fn, compile, options, above);
    layouts.set(fn, layout);
    // Another definition may take the place of a weak one: nothing is known of it.
    if (fn.symbol.attributes.isWeak !== true) above.set(fn.symbol, layout.stackAlignment);
    yield;
  }
  return layouts;
}

function frameOf(
  fn: TypedFunction,
  compile: CompileOptions,
  options: string,
  above: CalleesAbove,
): FrameLayout {
  const before = known.get(fn);
  if (before?.options === options) {
    let isSame = true;
    for (const [symbol, alignment] of before.asked) isSame &&= above.alignmentOf(symbol) === alignment;
    if (isSame) return before.layout;
  }
  above.asked = new Map();
  const layout = layoutFrame(fn, compile, above);
  known.set(fn, { layout, options, asked: above.asked });
  return layout;
}
