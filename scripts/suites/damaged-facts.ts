/**
 * What is left of the facts of a text when it is damaged.
 *
 * The facts (placement, size, frame) of every function and object that was not damaged are compared with those of the
 * whole text; addresses, which the linker gives to everything behind a change, are left out.
 */
import { analyzeUnit, defaultAnalysisOptions } from '../../src/session/analysis.ts';
import type { UnitAnalysis } from '../../src/session/analysis.ts';
import { damagesOf } from './damage.ts';
import type { Damage, FunctionText } from './damage.ts';

/** The facts about a function or object of file scope. */
interface Fact {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function factsOf(unit: UnitAnalysis): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const rows = new Map<string, string[]>();
  const isHere = (file: number): boolean => file === 0;
  for (const { of, address: _address, ...rest } of unit.placements) {
    if ('bytes' in of || rest.scope === 'file' || !isHere(of.span.file)) continue;
    const offset =
      of.kind === 'object' && of.owner !== undefined ? unit.frames.get(of.owner)?.offsets.get(of) : undefined;
    const list = rows.get(rest.scope) ?? [];
    list.push(JSON.stringify({ ...rest, literal: rest.literal?.kind, offset }));
    rows.set(rest.scope, list);
  }
  for (const { of, address: _address, ...rest } of unit.placements) {
    if ('bytes' in of || rest.scope !== 'file' || !isHere(of.span.file) || rest.name === '') continue;
    // A declaration has no place of its own; whether something refers to it is a fact about that something.
    if (rest.storage === 'declared-only') {
      facts.set(`${of.kind} ${rest.name}`, { text: 'declared', start: of.span.start, end: of.span.end });
      continue;
    }
    const definition = of.kind === 'function' ? unit.functionOf.get(of) : undefined;
    const own = definition === undefined ? [] : (rows.get(rest.name) ?? []);
    const { start, end } = definition?.span ?? of.span;
    facts.set(`${of.kind} ${rest.name}`, {
      text: [JSON.stringify({ ...rest, literal: rest.literal?.kind }), ...own].join('\n'),
      start,
      end,
    });
  }
  return facts;
}

/** What became of the facts of one text under its damages. */
export interface DamagedFacts {
  readonly kept: number;
  readonly all: number;
  readonly lost: readonly { readonly name: string; readonly damage: Damage }[];
}

/**
 * Damages a text once in each way and counts the facts that stay.
 *
 * @returns undefined for a text that is wrong as it is, or has less than two functions
 */
export function damagedFacts(
  name: string,
  text: string,
  below: (limit: number) => number,
): DamagedFacts | undefined {
  const whole = analyzeUnit({ name, text }, defaultAnalysisOptions);
  if (whole.diagnostics.some((one) => one.severity === 'error') || whole.unit.functions.length < 2)
    return undefined;
  const before = factsOf(whole);
  const functions: FunctionText[] = whole.unit.functions
    .filter(({ span }) => span.file === 0 && span.expandedAt === undefined)
    .map(({ span, body }) => ({ start: span.start, end: span.end, bodyStart: body.span.start }));
  let kept = 0;
  let all = 0;
  const lost: { name: string; damage: Damage }[] = [];
  for (const damage of damagesOf(text, functions, below)) {
    const after = factsOf(analyzeUnit({ name, text: damage.text }, defaultAnalysisOptions));
    for (const [fact, { start, end, text: expected }] of before) {
      if (start < damage.end && damage.start < end) continue;
      all += 1;
      if (after.get(fact)?.text === expected) kept += 1;
      else lost.push({ name: fact, damage });
    }
  }
  return { kept, all, lost };
}
