/**
 * The order in which ld comes by the symbols of a program when it walks over its hash table: that of the entries of the
 * PLT, of copies of libc's objects and of common objects.
 *
 * A symbol of a shared library stands in the table under its name with its version.
 *
 * Source: bfd/hash.c of binutils 2.40, bfd_hash_hash (behaviour); the size of the table is measured: it has grown to this
 * one when libc's symbols are in it.
 * Simplified: symbols in one bucket, which are in the order of the table's growth, are taken by name; names are ASCII.
 */
import type { TargetName } from '../target/data-model.ts';
import { symbolVersion } from './symbol-versions.ts';

const TABLE_SIZE = 16381;

/** The bucket of a symbol in ld's table. */
export function bucketOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = mixed(hash, name.charCodeAt(index));
  return (mixed(hash, name.length) >>> 0) % TABLE_SIZE;
}

/** One step of the hash; all values are taken modulo 2^32. */
function mixed(hash: number, value: number): number {
  const sum = (hash + value + (value << 17)) | 0;
  return sum ^ (sum >>> 2);
}

/** The name under which a symbol of glibc stands in the table. */
export function versionedName(name: string, target: TargetName): string {
  return `${name}@@${symbolVersion(name, target)}`;
}

/** Sorts as ld walks over its table. */
export function inTableOrder<T extends object | string>(
  list: readonly T[],
  nameOf: (item: T) => string,
): T[] {
  const names = list.map(nameOf);
  // Bucket and index in one number each, so that no function compares them: programs have 100,000 names.
  const keys = Float64Array.from(names, (name, index) => bucketOf(name) * INDEX_LIMIT + index).sort();
  const sorted: T[] = [];
  for (let start = 0; start < keys.length;) {
    const bucket = bucketOfKey(keys[start]);
    const shared: number[] = [];
    for (; start < keys.length && bucketOfKey(keys[start]) === bucket; start += 1)
      shared.push((keys[start] ?? 0) % INDEX_LIMIT);
    if (shared.length > 1) shared.sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
    for (const index of shared) {
      const item = list[index];
      if (item !== undefined) sorted.push(item);
    }
  }
  return sorted;
}

/** More than the length of any list. */
const INDEX_LIMIT = 2 ** 32;

const bucketOfKey = (key = 0): number => Math.floor(key / INDEX_LIMIT);
