/**
 * What stands where in a document. A look-up goes over all things of a kind: they are others after each keystroke, and putting
 * them in order takes longer than the few questions of a hover.
 */
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

/** Things of the main file by place; offsets are those of the analysis. */
export class HoverIndex {
  readonly #analysis: UnitAnalysis;
  /** One hover asks several times. */
  #last: { readonly offset: number; readonly use: NameUse | undefined } | undefined;
  #pointees: ReadonlyMap<ObjectSymbol, readonly Pointee[]> | undefined;

  constructor(analysis: UnitAnalysis) {
    this.#analysis = analysis;
  }

  useAt(offset: number): NameUse | undefined {
    if (this.#last?.offset !== offset)
      this.#last = { offset, use: innermostAt(this.#analysis.unit.uses, offset) };
    return this.#last.use;
  }

  stringAt(offset: number): StringLiteral | undefined {
    return innermostAt(this.#analysis.unit.strings, offset);
  }

  literalAt(offset: number): LiteralUse | undefined {
    return innermostAt(this.#analysis.unit.literals, offset);
  }

  macroAt(offset: number): MacroUse | undefined {
    return innermostAt(this.#analysis.preprocessed.macroUses, offset);
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
    return innermostAt(this.#analysis.unit.functions, offset);
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

/**
 * Of what is spelled in the main file and holds an offset, the one that begins last. A macro body is read at each use: the
 * first reading of a place stands for all.
 */
function innermostAt<Item extends Placed>(items: readonly Item[], offset: number): Item | undefined {
  let found: Item | undefined;
  for (const item of items) {
    const { file, start, end } = item.span;
    if (start > offset || end <= offset || file !== 0) continue;
    if (
      found === undefined ||
      start > found.span.start ||
      (start === found.span.start && end < found.span.end)
    )
      found = item;
  }
  return found;
}
