/**
 * State of libc's data at main() that its functions rely on.
 */
import type { Address } from '../../base/address.ts';
import { asciiBytes } from '../libc/ascii.ts';
import { writeWord } from '../libc/libc-context.ts';
import type { LibcContext, LibcVariable } from '../libc/libc-context.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import { scratchPlaces } from '../libc/scratch.ts';
import { initializeStandardStreams } from '../libc/stream-fields.ts';
import type { LoadedProcess } from './loader.ts';

/**
 * Writes what libc's start-up code has written to its variables.
 *
 * @param copies - run-time addresses of the program's own copies of libc's variables
 * @param path - argv[0]
 */
export function initializeLibc(
  libc: LibcContext,
  loaded: LoadedProcess,
  libcBase: Address,
  copies: ReadonlyMap<LibcVariable, number>,
  path: string,
): void {
  const { wordBytes } = libc.model;
  const { memory } = loaded;
  const places = libcPlaces[memory.profile.target];
  initializeStandardStreams(libc);
  const word = (addr: number): number =>
    wordBytes === 8 ? Number(memory.readU64(addr)) : memory.readU32(addr);
  const argv0 = loaded.argc > 0 ? word(loaded.argv) : 0;
  const addresses = (name: LibcVariable): number[] => {
    const copy = copies.get(name);
    const own = libcBase + places.variables[name];
    return copy === undefined ? [own] : [own, copy];
  };
  const set = (name: LibcVariable, value: number): void => {
    for (const addr of addresses(name)) writeWord(libc, addr, value);
  };
  set('stdin', libc.objects.stdin);
  set('stdout', libc.objects.stdout);
  set('stderr', libc.objects.stderr);
  set('environ', loaded.envp);
  set('program_invocation_name', argv0);
  set('program_invocation_short_name', argv0 + path.lastIndexOf('/') + 1);
  const zone = libcBase + places.scratch + scratchPlaces.zoneNames;
  memory.writeBytes(zone, asciiBytes('UTC'));
  for (const addr of addresses('tzname')) {
    writeWord(libc, addr, zone);
    writeWord(libc, addr + wordBytes, zone);
  }
  for (const [name, value] of [
    ['optind', 1],
    ['opterr', 1],
    ['optopt', 0x3f],
  ] as const) {
    for (const addr of addresses(name)) memory.writeU32(addr, value);
  }
}
