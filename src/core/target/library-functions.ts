/**
 * Where the functions of libc and libm lie, for programs that print or compare their addresses.
 */
import type { TargetName } from './data-model.ts';
import { functionTables } from './function-tables.ts';
import type { LibraryName } from './function-tables.ts';

/** Offsets by name, of the tables that were asked for. */
const known = new Map<string, ReadonlyMap<string, number>>();

function offsetsIn(library: LibraryName, target: TargetName): ReadonlyMap<string, number> {
  const key = `${library} ${target}`;
  let offsets = known.get(key);
  if (offsets === undefined) {
    const words = functionTables[library][target].matchAll(/(\S+)=(\S+)/g);
    offsets = new Map(Array.from(words, ([, name = '', offset = '']) => [name, parseInt(offset, 16)]));
    known.set(key, offsets);
  }
  return offsets;
}

/** Distance of the made-up places of functions whose true one is not recorded. */
const madeUpDistance = 16;

/**
 * Offset of a function from the load address of libc, inside its text.
 *
 * @param textStart - offset of libc's executable segment
 * @param index - number of the function among the program's imports, for one without a recorded place
 */
export function libcFunctionOffset(
  target: TargetName,
  name: string,
  textStart: number,
  index: number,
): number {
  return offsetsIn('libc', target).get(name) ?? textStart + index * madeUpDistance;
}

/** Whether the place of a function of this name in libc is known: there is one, then. */
export function hasLibcFunction(target: TargetName, name: string): boolean {
  return offsetsIn('libc', target).has(name);
}

/** Offset of a function from the load address of libm; `undefined` for one without a recorded place. */
export function libmFunctionOffset(target: TargetName, name: string): number | undefined {
  return offsetsIn('libm', target).get(name);
}
