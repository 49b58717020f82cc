/**
 * Whether our stack frame of a function may be told of.
 */
import type { FunctionSymbol } from '../core/sema/typed-tree.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';

/**
 * Whether variables of a function have fixed places from its frame pointer, and ours are those of gcc: not where the
 * frame aligns itself behind the saved registers.
 */
export function isFrameModelled(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  owner: FunctionSymbol | undefined,
): boolean {
  const realignment = owner === undefined ? undefined : unit.frames.get(owner)?.realignment;
  return realignment?.kind !== 'stack-pointer' && isFrameKnown(analysis, unit, owner);
}

/**
 * Whether our frame of a function is the one that gcc makes: not with optimisation, or with operations of which we do not
 * know the registers.
 */
export function isFrameKnown(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  owner: FunctionSymbol | undefined,
): boolean {
  if (owner === undefined || !unit.functionOf.has(owner) || analysis.options.compile.optimize > 0)
    return false;
  return unit.frames.get(owner)?.isExact !== false;
}
