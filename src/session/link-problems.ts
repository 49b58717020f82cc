/**
 * What ld refuses: two definitions of one name, and objects that nobody defines.
 *
 * Functions that nobody defines are no reason not to run (problem-views.ts): the run goes up to their call.
 *
 * Source: GNU ld 2.40, bfd/linker.c (multiple_definition, undefined_symbol), ld/ldmain.c: behaviour.
 */
import { isLinkerSymbol } from '../core/image/linker-symbols.ts';
import type { Placement } from '../core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol } from '../core/sema/typed-tree.ts';
import type { Diagnostic } from '../core/source/diagnostic.ts';
import { libcObjects } from '../core/target/libc-objects.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { ProblemView } from '../protocol/messages.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { problemViews } from './problem-views.ts';

/** The errors of the linker, at the places in the text that are to blame. */
export function linkProblems(analysis: ProgramAnalysis, render: (text: Text) => string): ProblemView[] {
  const twice = multipleDefinitions(analysis.units);
  // ld gives up on these before it places anything.
  const found = twice.size > 0 ? twice : undefinedObjects(analysis);
  return [...found].flatMap(([unit, diagnostics]) => problemViews({ ...unit, diagnostics }, render));
}

type Found = ReadonlyMap<UnitAnalysis, readonly Diagnostic[]>;
type NamedSymbol = ObjectSymbol | FunctionSymbol;

function multipleDefinitions(units: readonly UnitAnalysis[]): Found {
  const first = new Map<string, UnitAnalysis>();
  const found = new Map<UnitAnalysis, Diagnostic[]>();
  for (const unit of units) {
    for (const symbol of strongDefinitions(unit)) {
      const name = linkName(symbol);
      const before = first.get(name);
      if (before === undefined) first.set(name, unit);
      else if (before !== unit) {
        const text = saySession('session.link.multiple-definition', { name, file: fileOf(before) });
        found.set(unit, [...(found.get(unit) ?? []), linkError(symbol, text)]);
      }
    }
  }
  return found;
}

/** What a file defines for the others too; weak and COMMON symbols give way. */
function strongDefinitions(unit: UnitAnalysis): NamedSymbol[] {
  return unit.placements.flatMap((placement) => {
    const symbol = definedSymbol(placement);
    return symbol === undefined || symbol.attributes.isWeak === true ? [] : [symbol];
  });
}

function definedSymbol({ of, linkage, objectSection, storage }: Placement): NamedSymbol | undefined {
  if (!('kind' in of) || linkage !== 'external' || storage === 'none-emitted') return undefined;
  return objectSection === undefined || objectSection === 'UND' || objectSection === 'COMMON'
    ? undefined
    : of;
}

/** Objects that code or data refers to and no file and no library has, each at its declaration. */
function undefinedObjects({ units, linked }: ProgramAnalysis): Found {
  const found = new Map<UnitAnalysis, Diagnostic[]>();
  for (const { name, isWeak } of linked.dynamic.undefined) {
    if (isWeak || libcObjects.has(name) || isLinkerSymbol(name)) continue;
    for (const unit of units) {
      const symbol = unit.unit.objects.find(
        (object) => object.storage === 'declared-only' && linkName(object) === name,
      );
      if (symbol === undefined) continue;
      const text = saySession('session.link.undefined-reference', { name });
      found.set(unit, [...(found.get(unit) ?? []), linkError(symbol, text)]);
      break;
    }
  }
  return found;
}

function linkError({ span }: NamedSymbol, text: Text): Diagnostic {
  return { code: text.key, severity: 'error', span, text };
}

const fileOf = ({ files }: UnitAnalysis): string => files.find(({ id }) => id === 0)?.name ?? '';

const linkName = ({ name, attributes }: NamedSymbol): string => attributes.asmLabel ?? name;
