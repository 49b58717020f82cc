/**
 * Numbers of the system calls, by the name that follows `__NR_`.
 */
import { systemCallNames } from './system-call-names.ts';
import type { Run } from './system-call-names.ts';

/** Name and number of each call that the system headers name. */
export function headerSystemCalls(
  target: 'x86_64' | 'i386',
): readonly (readonly [name: string, number: number])[] {
  return systemCallNames[target].flatMap(callsOf);
}

/** Names by number, of the targets that were asked about. */
const byNumber = new Map<'x86_64' | 'i386', ReadonlyMap<number, string>>();

/** Name of a system call by its number; `undefined` for a number that the kernel does not know. */
export function systemCallName(target: 'x86_64' | 'i386', number: number): string | undefined {
  let names = byNumber.get(target);
  if (names === undefined) {
    const calls = [...headerSystemCalls(target), ...systemCallNames.later.flatMap(callsOf)];
    names = new Map(calls.map(([name, its]) => [its, name]));
    byNumber.set(target, names);
  }
  return names.get(number);
}

function callsOf([first, names]: Run): (readonly [name: string, number: number])[] {
  return names
    .split(/\s+/)
    .map((name, index) => [name, first + index] as const)
    .filter(([name]) => name !== '-');
}
