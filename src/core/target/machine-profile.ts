/**
 * The machine that a process runs on: everything that differs between machines and moves an address.
 *
 * All else is a formula over these fields. The defaults are a measured machine: Linux 6.18 x86-64 with the libraries
 * of Debian 12 (glibc 2.36-9+deb12u14), ext4, 24 GB of memory, no swap, address randomisation off.
 */
import type { TargetName } from './data-model.ts';
import type { LibrarySet } from './libraries.ts';
import { librarySet } from './libraries.ts';

/** A resource limit without a limit. */
export const RLIM_INFINITY = Infinity;

/** How a machine answers requests that its memory could not hold. */
export type Overcommit = 'heuristic' | 'always' | 'strict';

/** The inputs of the address-space formulas. */
export interface MachineProfile {
  readonly target: TargetName;
  /** First address that a user can never have. */
  readonly taskSize: number;
  /** Where the PIE base formula starts from: the task size without the choices of a personality. */
  readonly pieBase: number;
  /** Bytes of zeros at the very top of the stack. */
  readonly strTop: number;
  /** AT_ pairs given to the program, the terminator included. */
  readonly auxCount: number;
  /** AT_PLATFORM */
  readonly platform: string;
  readonly vvarPages: number;
  readonly vclockPages: number;
  readonly vdsoPages: number;
  /** ld.so and the libraries. */
  readonly libraries: LibrarySet;
  /** Bytes of /etc/ld.so.cache, which is mapped while the libraries are chosen; 0: there is none. */
  readonly ldCacheBytes: number;
  /** RLIMIT_STACK, RLIMIT_AS, RLIMIT_DATA in bytes. */
  readonly stackLimit: number;
  readonly addressSpaceLimit: number;
  readonly dataLimit: number;
  /** Lowest address that a mapping may have. */
  readonly mmapMinAddr: number;
  /** Mappings that a process may have. */
  readonly maxMapCount: number;
  /** Pages kept free below a growing stack. */
  readonly stackGuardPages: number;
  /** Anonymous mappings that are placed at multiples of 2 MiB (64-bit only). */
  readonly hugeAlignment: 'none' | 'from-2m' | 'multiples-of-2m';
  /** Whether file mappings of 2 MiB and more are placed so (64-bit; ext4, xfs, btrfs). */
  readonly alignsLargeFiles: boolean;
  /** Transparent huge pages. */
  readonly hugePages: 'never' | 'madvise' | 'always';
  readonly vsyscall: 'execute-only' | 'emulate' | 'none';
  readonly overcommit: Overcommit;
  readonly ramBytes: number;
  readonly swapBytes: number;
  /** Bytes from the initial stack pointer down to the frame pointer of main, for dynamic and static programs. */
  readonly mainFrameOffset: { readonly dynamic: number; readonly static: number };
  /** The 16 bytes that the kernel puts at AT_RANDOM: canary, pointer guard and tcache key come from them. */
  readonly randomBytes: readonly number[];
}

/** The limits that a process may have changed; they start as the profile's. */
export interface ResourceLimits {
  stack: number;
  addressSpace: number;
  data: number;
}

const randomBytes = Array.from({ length: 16 }, (_, index) => 0xa0 + index);

const common = {
  strTop: 8,
  vvarPages: 4,
  vclockPages: 2,
  vdsoPages: 2,
  ldCacheBytes: 45915,
  stackLimit: 8 * 1024 * 1024,
  addressSpaceLimit: RLIM_INFINITY,
  dataLimit: RLIM_INFINITY,
  mmapMinAddr: 0x10000,
  maxMapCount: 65530,
  stackGuardPages: 256,
  alignsLargeFiles: true,
  hugePages: 'madvise',
  overcommit: 'heuristic',
  ramBytes: 24 * 1024 ** 3,
  swapBytes: 0,
  randomBytes,
} as const;

/**
 * The measured machine for a target.
 *
 * @param release - glibc release whose libraries are mapped
 * @throws RangeError when the libraries of that release are not known for the target
 */
export function machineProfile(target: TargetName, release = '2.36'): MachineProfile {
  const libraries = librarySet(release, target);
  if (target === 'x86_64') {
    return {
      ...common,
      target,
      taskSize: 0x7ffffffff000,
      pieBase: 0x555555554000,
      auxCount: 23,
      platform: 'x86_64',
      libraries,
      hugeAlignment: 'multiples-of-2m',
      vsyscall: 'execute-only',
      mainFrameOffset: { dynamic: 0x110, static: 0x1c0 },
    };
  }
  return {
    ...common,
    target,
    taskSize: 0xffffe000,
    pieBase: 0x56555000,
    auxCount: 24,
    platform: 'i686',
    libraries,
    hugeAlignment: 'none',
    vsyscall: 'none',
    mainFrameOffset: { dynamic: 0xc8, static: 0x138 },
  };
}
