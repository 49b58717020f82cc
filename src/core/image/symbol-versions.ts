/**
 * Versions of glibc's symbols: what ld puts behind a name, `malloc@@GLIBC_2.2.5`.
 *
 * Whatever is not in the tables has the first version.
 */
import type { TargetName } from '../target/data-model.ts';
import { symbolVersionTables } from './symbol-version-tables.ts';

/** Version of everything that was there when the port began. */
const firstVersion: Readonly<Record<TargetName, string>> = { x86_64: 'GLIBC_2.2.5', i386: 'GLIBC_2.0' };

function byName(table: Readonly<Record<string, string>>): Map<string, string> {
  const versions = new Map<string, string>();
  for (const [version, names] of Object.entries(table)) {
    for (const name of names.split(' ')) versions.set(name, `GLIBC_${version}`);
  }
  return versions;
}

/** Versions by name, once somebody has asked. */
let known: Readonly<Record<'later' | 'i386', ReadonlyMap<string, string>>> | undefined;

function versionsByName(): Readonly<Record<'later' | 'i386', ReadonlyMap<string, string>>> {
  known ??= { later: byName(symbolVersionTables.later), i386: byName(symbolVersionTables.i386) };
  return known;
}

/** The version of a function or object of glibc that a program links with, as `GLIBC_2.14`. */
export function symbolVersion(name: string, target: TargetName): string {
  const { later, i386 } = versionsByName();
  const own = target === 'i386' ? i386.get(name) : undefined;
  return own ?? later.get(name) ?? firstVersion[target];
}

/** Whether a name is known to have come after the first version: glibc has it. */
export function hasOwnVersion(name: string, target: TargetName): boolean {
  return symbolVersion(name, target) !== firstVersion[target];
}
