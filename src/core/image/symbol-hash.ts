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
  const mix = (value: number): void => {
    hash = (hash + value + (value << 17)) >>> 0;
    hash = (hash ^ (hash >>> 2)) >>> 0;
  };
  for (let index = 0; index < name.length; index += 1) mix(name.charCodeAt(index));
  mix(name.length);
  return hash % TABLE_SIZE;
}

/** The name under which a symbol of glibc stands in the table. */
export function versionedName(name: string, target: TargetName): string {
  return `${name}@@${symbolVersion(name, target)}`;
}

/** Sorts as ld walks over its table. */
export function inTableOrder<T>(list: readonly T[], nameOf: (item: T) => string): T[] {
  return list
    .map((item) => ({ item, name: nameOf(item), bucket: bucketOf(nameOf(item)) }))
    .sort((a, b) => a.bucket - b.bucket || (a.name < b.name ? -1 : 1))
    .map(({ item }) => item);
}
