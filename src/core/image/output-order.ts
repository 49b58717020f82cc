/**
 * The order in which gcc -O0 writes the definitions of a file.
 *
 * Source: gcc/cgraphunit.cc (output_in_order, analyze_functions, enqueue_node), gcc/cgraphbuild.cc (pass_build_cgraph_edges),
 * behaviour; measured with gcc 12.2.
 */
import { liveReferences } from '../sema/live-code.ts';
import type { CompileOptions, Placement } from '../sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol, TypedFunction, TypedUnit } from '../sema/typed-tree.ts';
import type { FileId, Span } from '../source/text-span.ts';
import { dataModelOf } from '../target/data-model.ts';

/**
 * The definitions of file scope in source order: objects where their definitions end, so that the compound literals of an
 * initialiser precede their object.
 */
export function definitionOrder(
  unit: TypedUnit,
  inclusions: readonly IncludedFile[],
): readonly (ObjectSymbol | TypedFunction)[] {
  const place = placesInUnit(inclusions);
  const definitions: { readonly at: PlaceInUnit; readonly of: ObjectSymbol | TypedFunction }[] = [];
  for (const object of [...unit.literalObjects, ...unit.objects]) {
    const { file, end } = definitionOf(object);
    definitions.push({ at: place(file, end), of: object });
  }
  // Functions by their heads: a body that was exchanged stands behind all other text (see incremental-unit.ts).
  // Nested ones are beside those around them, in the order of the unit.
  const bodies = new Map(unit.functions.map((fn) => [fn.symbol, fn]));
  for (const fn of unit.functions) {
    const outermost = bodies.get(outermostOf(fn.symbol)) ?? fn;
    const { file, start } = placeOf(outermost.span);
    definitions.push({ at: place(file, start), of: fn });
  }
  return definitions.sort((a, b) => compareInUnit(a.at, b.at)).map(({ of }) => of);
}

/** A file that an `#include` names, and where that stands. */
export interface IncludedFile {
  readonly span: Span;
  readonly file: { readonly id: FileId } | undefined;
}

/** Where something stands in the text of a unit: offsets in the main file, in the file included there, and so on. */
type PlaceInUnit = readonly number[];

/** The main file of a unit; what the command line includes precedes it. */
const MAIN_FILE = 0;

/** A file that is included twice counts where it is first. */
function placesInUnit(inclusions: readonly IncludedFile[]): (file: FileId, offset: number) => PlaceInUnit {
  const places = new Map<FileId, PlaceInUnit>([[MAIN_FILE, []]]);
  const startOf = (file: FileId): PlaceInUnit => places.get(file) ?? [-1];
  for (const { span, file } of inclusions) {
    if (file !== undefined && !places.has(file.id)) places.set(file.id, [...startOf(span.file), span.start]);
  }
  return (file, offset) => [...startOf(file), offset];
}

function compareInUnit(a: PlaceInUnit, b: PlaceInUnit): number {
  const depth = a.findIndex((offset, index) => offset !== b[index]);
  return depth < 0 ? 0 : (a[depth] ?? 0) - (b[depth] ?? 0);
}

/** The function of file scope that a function is nested in, or itself. */
export function outermostOf(symbol: FunctionSymbol): FunctionSymbol {
  return symbol.enclosing === undefined ? symbol : outermostOf(symbol.enclosing);
}

function definitionOf({ firstDefinition, initializer, span }: ObjectSymbol): Span {
  return placeOf(firstDefinition ?? initializer?.span ?? span);
}

/** Where something is written, the place of the macro for what comes out of one. */
function placeOf(span: Span): Span {
  return span.expandedAt ?? span;
}

/**
 * The static objects of functions.
 *
 * A function's objects are known when its code is analysed. Functions that are written in any case are analysed in source
 * order, the others when one that calls them has been: the last one that was found comes first.
 */
export function staticLocalOrder(
  unit: TypedUnit,
  placements: ReadonlyMap<Placement['of'], Placement>,
  options: CompileOptions,
): readonly ObjectSymbol[] {
  if (unit.functions.every((fn) => fn.staticLocals.length === 0)) return [];
  // Those with a thread-local model or a section get their entry in the symbol table when they are declared (gcc/symtab.cc:
  // set_tls_model, set_section_for_node).
  const early = unit.functions.flatMap((fn) => fn.staticLocals.filter(isKnownEarly));
  const order: ObjectSymbol[] = early.filter((local) => placements.get(local)?.section !== undefined);
  const { wordBytes } = dataModelOf(options.target);
  for (const fn of analysisOrder(unit, placements, wordBytes)) {
    const own = new Set(fn.staticLocals.filter((local) => !isKnownEarly(local)));
    for (const reference of liveReferences(fn, wordBytes)) {
      if (reference.kind === 'object' && own.delete(reference.symbol)) order.push(reference.symbol);
    }
    // The last that is declared comes first among those that nothing refers to.
    order.push(...[...own].reverse());
  }
  return order;
}

const isKnownEarly = ({ storage, attributes }: ObjectSymbol): boolean =>
  storage === 'thread' || attributes.section !== undefined;

/** The functions that are written, as gcc comes by them: callees behind the first that names them. */
export function analysisOrder(
  unit: TypedUnit,
  placements: ReadonlyMap<Placement['of'], Placement>,
  wordBytes: 4 | 8,
): readonly TypedFunction[] {
  const bodies = new Map<FunctionSymbol, TypedFunction>(unit.functions.map((fn) => [fn.symbol, fn]));
  const isNeeded = ({ symbol }: TypedFunction): boolean =>
    symbol.enclosing === undefined &&
    (symbol.linkage === 'external' || !symbol.isInline || symbol.attributes.isUsed === true);
  const emitted = unit.functions.filter((fn) => placements.get(fn.symbol)?.section !== undefined);
  const order = new Set<TypedFunction>();
  const queue = emitted.filter(isNeeded).reverse();
  const queued = new Set(queue);
  for (let fn = queue.pop(); fn !== undefined; fn = queue.pop()) {
    order.add(fn);
    // The first callee is on top, what only an address is taken of above it.
    const called: TypedFunction[] = [];
    const named: TypedFunction[] = [];
    for (const reference of liveReferences(fn, wordBytes)) {
      if (reference.kind !== 'function') continue;
      const body = bodies.get(reference.symbol);
      if (body === undefined || queued.has(body)) continue;
      queued.add(body);
      (reference.isCall ? called : named).push(body);
    }
    queue.push(...called.reverse(), ...named);
  }
  for (const fn of emitted) order.add(fn);
  return [...order];
}
