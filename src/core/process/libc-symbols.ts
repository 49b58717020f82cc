/**
 * Where the dynamic loader finds the functions and variables of libc that a program names.
 */
import type { CompiledProgram } from '../codegen/compiled-program.ts';
import { hasOwnVersion } from '../image/symbol-versions.ts';
import { libcFunction } from '../libc/libc.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import { libcObjects } from '../target/libc-objects.ts';
import { spanOf } from '../target/libraries.ts';
import { hasLibcFunction, libcFunctionOffset, libmFunctionOffset } from '../target/library-functions.ts';
import { LIBM } from '../target/libm-symbols.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { libcVariableNamed } from './libc-variables.ts';

/** ELF program header flag: executable. */
const PF_X = 1;

/** The symbols of libc, as one program sees them. */
export class LibcSymbols {
  readonly #program: CompiledProgram;
  /** Address of libc's text in its file. */
  readonly #text: number;
  readonly #libcSpan: number;
  readonly #needsLibm: boolean;
  readonly #indices: ReadonlyMap<string, number>;

  /**
   * Looks symbols up for one program.
   *
   * @param libraries - what is loaded besides libc: gcc may have computed all calls of functions of libm
   */
  constructor(program: CompiledProgram, profile: MachineProfile, libraries: readonly string[]) {
    this.#program = program;
    const text = profile.libraries.libc.segments.find((one) => (one.flags & PF_X) !== 0);
    this.#text = text?.vaddr ?? 0;
    this.#libcSpan = spanOf(profile.libraries.libc);
    this.#needsLibm = libraries.includes(LIBM);
    this.#indices = new Map(program.externals.map(({ name }, index) => [name, index]));
  }

  /** Run-time address of a function or variable; 0 for what nobody defines. */
  addressOf(name: string, libcBase: number): number {
    const { target, externals } = this.#program;
    const variable = libcVariableNamed(name);
    if (variable !== undefined) return libcBase + libcPlaces[target].variables[variable];
    const index = this.#indices.get(name) ?? -1;
    // What the linker lets pass undefined is weak: nobody defines it, its address is null.
    if (externals[index]?.isWeak !== false && !this.has(name)) return 0;
    const libmBase = this.libmBase(libcBase);
    const inLibm = libmFunctionOffset(target, name);
    if (libmBase !== undefined && inLibm !== undefined) return libmBase + inLibm;
    return libcBase + libcFunctionOffset(target, name, this.#text, Math.max(index, 0));
  }

  /** Where libm is; `undefined` in a program that does not need it. libc is mapped next, below it. */
  libmBase(libcBase: number): number | undefined {
    return this.#needsLibm ? libcBase + this.#libcSpan : undefined;
  }

  /** Whether libc has a function or an object of this name, as far as is known. */
  has(name: string): boolean {
    const { target } = this.#program;
    return (
      hasLibcFunction(target, name) ||
      libcFunction(name) !== undefined ||
      libcObjects.has(name) ||
      hasOwnVersion(name, target)
    );
  }
}
