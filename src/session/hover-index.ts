/**
 * What stands where in a document: look-ups by offset, in time that grows with the logarithm of its length.
 */
import { firstBeyond } from '../base/bisect.ts';
import { pointeesOf } from '../core/sema/pointees.ts';
import type { Pointee } from '../core/sema/pointees.ts';
import type {
  NameUse,
  ObjectSymbol,
  StringLiteral,
  TypedExpression,
  TypedFunction,
} from '../core/sema/typed-tree.ts';
import type { Span } from '../core/source/text-span.ts';
import type { MacroInfo } from '../core/syntax/macro.ts';
import type { MacroUse } from '../core/syntax/preprocess-result.ts';
import type { UnitAnalysis } from './analysis.ts';

interface Placed {
  readonly span: Span;
}

/** A number, a string or a `sizeof` expression. */
export interface LiteralUse extends Placed {
  readonly expression: TypedExpression;
}

/** Longest way back to something that holds an offset: expressions like `sizeof(…)` nest. */
const mostSteps = 64;

/** Things of the main file by place; offsets are those of the analysis. */
export class HoverIndex {
  // Each is sorted when somebody asks: most hovers are about names.
  #uses: readonly NameUse[] | undefined;
  #strings: readonly StringLiteral[] | undefined;
  #literals: readonly LiteralUse[] | undefined;
  #macros: readonly MacroUse[] | undefined;
  #functions: readonly TypedFunction[] | undefined;
  readonly #analysis: UnitAnalysis;
  #pointees: ReadonlyMap<ObjectSymbol, readonly Pointee[]> | undefined;

  constructor(analysis: UnitAnalysis) {
    this.#analysis = analysis;
  }

  useAt(offset: number): NameUse | undefined {
    this.#uses ??= inOrder(this.#analysis.unit.uses);
    return innermostAt(this.#uses, offset);
  }

  stringAt(offset: number): StringLiteral | undefined {
    this.#strings ??= inOrder(this.#analysis.unit.strings);
    return innermostAt(this.#strings, offset);
  }

  literalAt(offset: number): LiteralUse | undefined {
    this.#literals ??= inOrder(this.#analysis.unit.literals);
    return innermostAt(this.#literals, offset);
  }

  macroAt(offset: number): MacroUse | undefined {
    this.#macros ??= inOrder(this.#analysis.preprocessed.macroUses);
    return innermostAt(this.#macros, offset);
  }

  /** The macro whose name stands in its #define line. */
  definitionAt(offset: number): MacroInfo | undefined {
    for (const macro of this.#analysis.preprocessed.macros.values()) {
      const { span } = macro;
      if (span?.file === 0 && span.start <= offset && offset < span.end) return macro;
    }
    return undefined;
  }

  /** The first name that came out of a macro whose use begins at an offset. */
  useFromMacro(use: MacroUse): NameUse | undefined {
    return this.#analysis.unit.uses.find(
      ({ span }) => span.expandedAt?.file === 0 && span.expandedAt.start === use.span.start,
    );
  }

  /** The function in whose definition an offset lies. */
  functionAt(offset: number): TypedFunction | undefined {
    this.#functions ??= inOrder(this.#analysis.unit.functions);
    return innermostAt(this.#functions, offset);
  }

  /** What pointer variables may point to; found when first asked for. */
  pointees(object: ObjectSymbol): readonly Pointee[] {
    this.#pointees ??= pointeesOf(this.#analysis.unit, this.#analysis.placements);
    return this.#pointees.get(object) ?? [];
  }
}

const indices = new WeakMap<UnitAnalysis, HoverIndex>();

/** The index of an analysis, made once. */
export function hoverIndexOf(analysis: UnitAnalysis): HoverIndex {
  let index = indices.get(analysis);
  if (index === undefined) {
    index = new HoverIndex(analysis);
    indices.set(analysis, index);
  }
  return index;
}

/** What is spelled in the main file, by its place. After edits an analysis is sorted by the document, not by its own offsets. */
function inOrder<Item extends Placed>(items: readonly Item[]): readonly Item[] {
  const own = items.filter((item) => item.span.file === 0);
  for (let i = 1; i < own.length; i += 1) {
    if ((own[i - 1]?.span.start ?? 0) > (own[i]?.span.start ?? 0))
      return own.sort((a, b) => a.span.start - b.span.start);
  }
  return own;
}

/** The last one that begins at or before an offset and ends behind it. */
function innermostAt<Item extends Placed>(items: readonly Item[], offset: number): Item | undefined {
  const low = firstBeyond(0, items.length, (index) => (items[index]?.span.start ?? 0) <= offset);
  for (let at = low - 1; at >= 0 && at >= low - mostSteps; at -= 1) {
    const item = items[at];
    if (item !== undefined && item.span.end > offset) return firstOfPlace(items, at);
  }
  return undefined;
}

/** A macro body is read at each use: the first reading stands for all. */
function firstOfPlace<Item extends Placed>(items: readonly Item[], at: number): Item | undefined {
  const { start, end } = items[at]?.span ?? { start: 0, end: 0 };
  let first = at;
  while (first > 0) {
    const before = items[first - 1]?.span;
    if (before?.start !== start || before.end !== end) break;
    first -= 1;
  }
  return items[first];
}
