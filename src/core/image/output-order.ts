/**
 * The order in which gcc -O0 writes the objects and literals of a file into their sections.
 *
 * Definitions come in source order, each preceded by the literals that it uses. Static objects of .bss go through
 * `.local` and `.comm`, which the assembler places behind all others; objects of functions come last.
 */
import type { Placement } from '../sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral, TypedUnit } from '../sema/typed-tree.ts';

type Output = ObjectSymbol | StringLiteral;

/** Objects and literals of a file in the order of their sections; filter by section to get that of one. */
export function outputOrder(
  unit: TypedUnit,
  placements: ReadonlyMap<ObjectSymbol | FunctionSymbol | StringLiteral, Placement>,
): readonly Output[] {
  const events: { readonly at: number; readonly items: Output[] }[] = [];
  const fileObjects = [...unit.objects, ...unit.literalObjects];
  for (const object of fileObjects) {
    if (object.storage === 'static' || object.storage === 'thread')
      events.push({ at: placeOf(object), items: [object] });
  }
  const functionAt = new Map(unit.functions.map((fn) => [fn.symbol, fn.span.start]));
  for (const literal of unit.strings) {
    const at =
      literal.owner === undefined
        ? literal.span.start
        : (functionAt.get(literal.owner) ?? literal.span.start);
    events.push({ at, items: [literal] });
  }
  events.sort((a, b) => a.at - b.at);
  const ordered = events.flatMap((event) => event.items);
  const locals: Output[] = unit.functions.flatMap((fn) => fn.staticLocals);
  const isDeferred = (one: Output): boolean =>
    !('bytes' in one) && one.linkage !== 'external' && placements.get(one)?.section === '.bss';
  return [
    ...ordered.filter((one) => !isDeferred(one)),
    ...locals.filter((one) => !isDeferred(one)),
    ...ordered.filter(isDeferred),
    ...locals.filter(isDeferred),
  ];
}

/** Where the object is first declared. */
function placeOf(object: ObjectSymbol): number {
  return object.declarations[0]?.start ?? object.span.start;
}
