/**
 * What a declaration means in a program of several files: the definition that the linker binds it to.
 */
import type { Placement } from '../core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol } from '../core/sema/typed-tree.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';

/** A definition with the file that it is in. */
export interface ProgramDefinition {
  readonly unit: UnitAnalysis;
  readonly placement: Placement;
  readonly symbol: ObjectSymbol | FunctionSymbol;
}

/**
 * The definition of what a unit only declares, in another file of the program: the first in the order of the files, where
 * several are weak or common.
 *
 * @returns undefined where no other file has one: a library does, or the program cannot be linked
 */
export function definitionInProgram(
  { units }: ProgramAnalysis,
  own: UnitAnalysis,
  declared: ObjectSymbol | FunctionSymbol,
): ProgramDefinition | undefined {
  if (declared.linkage !== 'external') return undefined;
  for (const unit of units) {
    if (unit === own) continue;
    for (const placement of unit.placements) {
      const symbol = placement.of;
      if (!('kind' in symbol) || symbol.kind !== declared.kind || symbol.name !== declared.name) continue;
      const isThere = placement.storage === 'static' || placement.storage === 'thread';
      if (isThere && placement.linkage === 'external') return { unit, placement, symbol };
    }
  }
  return undefined;
}
