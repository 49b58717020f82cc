/**
 * The machine that a process runs on: everything that differs between machines and moves an address.
 *
 * All else is a formula over these fields. The defaults are a measured machine: Linux 6.18 x86-64 with the libraries
 * of Debian 12 (glibc 2.36-9+deb12u14), ext4, 24 GB of memory, no swap, address randomisation off.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import type { TargetName } from './data-model.ts';
import type { LibrarySet } from './libraries.ts';
import { librarySet } from './libraries.ts';

/** A resource limit without a limit. */
export const RLIM_INFINITY = Infinity;

/** How a machine answers requests that its memory could not hold. */
export type Overcommit = 'heuristic' | 'always' | 'strict';

/**
 * Draws of address randomisation.
 *
 * Source: Linux, arch/x86/mm/mmap.c: arch_rnd; fs/binfmt_elf.c; mm/util.c: randomize_stack_top; arch/x86/kernel/process.c:
 * arch_align_stack, arch_randomize_brk.
 */
export interface RandomOffsets {
  /** Whether the kernel randomises: it then keeps room for the stack's draw and a page below the break. */
  readonly enabled: boolean;
  /** Pages by which the mmap base, the program, the stack's end and the break move. */
  readonly mmapPages: number;
  readonly programPages: number;
  readonly stackPages: number;
  readonly brkPages: number;
  /** Bytes below 8192 by which the stack's end, and the initial stack pointer in it, move. */
  readonly stackEndBytes: number;
  readonly stackPointerBytes: number;
}

const notRandom: RandomOffsets = {
  enabled: false,
  mmapPages: 0,
  programPages: 0,
  stackPages: 0,
  brkPages: 0,
  stackEndBytes: 0,
  stackPointerBytes: 0,
};

/** The inputs of the address-space formulas. */
export interface MachineProfile {
  readonly target: TargetName;
  /** Levels of page tables of a 64-bit kernel; with 5 only hints above 2^47 show a difference. */
  readonly pagingLevels: 4 | 5;
  /** Whether the kernel itself is a 32-bit one. */
  readonly nativeKernel: boolean;
  /** First address that a user can never have. */
  readonly taskSize: number;
  /** What address randomisation adds; all zero when it is off. */
  readonly random: RandomOffsets;
  /** Which of several threads runs when: 0 for the order of readiness, else a seed (process/threads/run-queue.ts). */
  readonly threadSeed: number;
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
  /** Processes that map the libraries and the vdso, this one included: what their pages count in Pss. */
  readonly libraryMappers: number;
  /** Bytes of /etc/ld.so.cache, which is mapped while the libraries are chosen; 0: there is none. */
  readonly ldCacheBytes: number;
  /** RLIMIT_STACK, RLIMIT_AS, RLIMIT_DATA in bytes. */
  readonly stackLimit: number;
  readonly addressSpaceLimit: number;
  readonly dataLimit: number;
  /** RLIMIT_MEMLOCK in bytes, and whether the process has CAP_IPC_LOCK, which lifts it. */
  readonly memlockLimit: number;
  readonly privileged: boolean;
  /** Lowest address that a mapping may have. */
  readonly mmapMinAddr: number;
  /** Mappings that a process may have. */
  readonly maxMapCount: number;
  /** Pages kept free below a growing stack. */
  readonly stackGuardPages: number;
  /** How mappings are placed: below the stack downwards, or (legacy) from a third of the space upwards. */
  readonly layout: 'top-down' | 'legacy';
  /** Anonymous mappings that are placed at multiples of 2 MiB (64-bit only). */
  readonly hugeAlignment: 'none' | 'from-2m' | 'multiples-of-2m';
  /** Whether file mappings of 2 MiB and more are placed so (64-bit; ext4, xfs, btrfs). */
  readonly alignsLargeFiles: boolean;
  /** Transparent huge pages. */
  readonly hugePages: 'never' | 'madvise' | 'always';
  /** Whether the kernel marks pages written since they were last asked about (CONFIG_MEM_SOFT_DIRTY). */
  readonly softDirty: boolean;
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
  memlock: number;
}

const randomBytes = Array.from({ length: 16 }, (_, index) => 0xa0 + index);

const common = {
  pagingLevels: 4,
  nativeKernel: false,
  random: notRandom,
  threadSeed: 0,
  strTop: 8,
  vvarPages: 4,
  vclockPages: 2,
  vdsoPages: 2,
  libraryMappers: 2,
  ldCacheBytes: 45915,
  stackLimit: 8 * 1024 * 1024,
  addressSpaceLimit: RLIM_INFINITY,
  dataLimit: RLIM_INFINITY,
  memlockLimit: 8 * 1024 * 1024,
  privileged: false,
  mmapMinAddr: 0x10000,
  maxMapCount: 65530,
  stackGuardPages: 256,
  layout: 'top-down',
  alignsLargeFiles: true,
  hugePages: 'madvise',
  softDirty: false,
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

/**
 * The classic split of 4 GiB: 3 for the process, 1 for the kernel.
 *
 * @param kernel - a 64-bit kernel with the 3 GB personality (`setarch -3`), or a 32-bit kernel
 * @source arch/x86/include/asm/page_32_types.h, elf.h; arch/x86/include/asm/processor.h
 */
export function threeGigabyteProfile(
  profile: MachineProfile,
  kernel: 'personality' | 'native',
): MachineProfile {
  if (profile.target !== 'i386') throw new RangeError('only 32-bit processes have 3 GB');
  const native = kernel === 'native';
  return {
    ...profile,
    taskSize: 0xc0000000,
    pieBase: native ? 0x00400000 : 0x41000000,
    strTop: native ? 4 : profile.strTop,
    nativeKernel: native,
  };
}

/**
 * The same machine with address randomisation on.
 *
 * @param seed - any integer; the same seed gives the same addresses
 */
export function randomizedProfile(profile: MachineProfile, seed: number): MachineProfile {
  const draw = generator(seed);
  const wide = profile.target === 'x86_64';
  const bits = (count: number): number => Math.floor(draw() * 2 ** count);
  return {
    ...profile,
    random: {
      enabled: true,
      mmapPages: bits(wide ? 28 : 8),
      programPages: bits(wide ? 28 : 8),
      stackPages: bits(wide ? 22 : 11),
      brkPages: bits(wide ? 18 : 13),
      stackEndBytes: bits(13),
      stackPointerBytes: bits(13),
    },
    randomBytes: Array.from({ length: 16 }, () => bits(8)),
  };
}

/** Load address of a position-independent executable. @source fs/binfmt_elf.c: load_elf_binary */
export function programBase(profile: MachineProfile): number {
  return profile.pieBase + profile.random.programPages * PAGE_SIZE;
}

/** End of the stack's mapping: the task size, less what randomisation takes. @source fs/exec.c: setup_arg_pages */
export function stackTopOf(profile: MachineProfile): number {
  const { stackPages, stackEndBytes } = profile.random;
  return roundUp(roundDown(profile.taskSize - stackPages * PAGE_SIZE - stackEndBytes, 16), PAGE_SIZE);
}

/** Numbers in [0, 1) from a seed: a Weyl sequence through the mixing function of MurmurHash3. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
