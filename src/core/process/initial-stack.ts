/**
 * What execve leaves at the top of the stack: argc, argv, envp, the auxiliary vector and the strings.
 *
 * From the initial stack pointer upwards: argc, argv pointers, 0, envp pointers, 0, auxv pairs, padding, random bytes,
 * platform name, padding, argv strings, environment strings, path given to execve, zeros.
 *
 * Source: Linux, fs/exec.c: copy_strings, setup_arg_pages; fs/binfmt_elf.c: create_elf_tables.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundDown } from '../../base/address.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { stackTopOf } from '../target/machine-profile.ts';
import { dataModelOf } from '../target/data-model.ts';

/** Bytes that the stack's mapping extends below the strings. @source fs/exec.c: setup_arg_pages */
const STACK_EXPAND = 0x20000;

/** The places of everything on the initial stack. */
export interface InitialStack {
  /** Start and end of the stack's mapping. */
  readonly start: Address;
  readonly end: Address;
  /** Initial stack pointer: points at argc. */
  readonly sp: Address;
  /** The pointer arrays. */
  readonly argv: Address;
  readonly envp: Address;
  readonly auxv: Address;
  /** Strings: argv[i], envp[i], the path given to execve. */
  readonly argvStrings: readonly Address[];
  readonly envpStrings: readonly Address[];
  readonly execfn: Address;
  /** AT_PLATFORM and AT_RANDOM. */
  readonly platform: Address;
  readonly random: Address;
}

/** Bytes of a string with its NUL, in UTF-8. */
export function cString(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
    }
  }
  bytes.push(0);
  return Uint8Array.from(bytes);
}

/** What execve is given. */
export interface ExecArguments {
  readonly argv: readonly string[];
  /** `NAME=value` each. */
  readonly envp: readonly string[];
  /** The path in the call of execve. */
  readonly execfn: string;
}

/** Computes where everything goes. */
export function layoutInitialStack(profile: MachineProfile, args: ExecArguments): InitialStack {
  const word = dataModelOf(profile.target).wordBytes;
  const top = stackTopOf(profile);
  let p = top - profile.strTop;
  const execfn = (p -= cString(args.execfn).length);
  const placeAll = (strings: readonly string[]): Address[] => {
    const places: Address[] = [];
    for (let index = strings.length - 1; index >= 0; index--) {
      p -= cString(strings[index] ?? '').length;
      places.unshift(p as Address);
    }
    return places;
  };
  const envpStrings = placeAll(args.envp);
  const argvStrings = placeAll(args.argv);
  const low = roundDown(p, PAGE_SIZE);
  p = roundDown(p - profile.random.stackPointerBytes, 16);
  const platform = (p -= profile.platform.length + 1);
  const random = (p -= 16);
  p -= profile.auxCount * 2 * word;
  p -= (1 + args.argv.length + 1 + args.envp.length + 1) * word;
  const sp = roundDown(p, 16);
  const argv = sp + word;
  const envp = argv + (args.argv.length + 1) * word;
  const wanted = top - low + STACK_EXPAND;
  const size =
    profile.stackLimit === Infinity ? wanted : Math.min(roundDown(profile.stackLimit, PAGE_SIZE), wanted);
  return {
    start: (top - size) as Address,
    end: top as Address,
    sp: sp as Address,
    argv: argv as Address,
    envp: envp as Address,
    auxv: (envp + (args.envp.length + 1) * word) as Address,
    argvStrings,
    envpStrings,
    execfn: execfn as Address,
    platform: platform as Address,
    random: random as Address,
  };
}
