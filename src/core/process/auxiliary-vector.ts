/**
 * The auxiliary vector: what the kernel tells a new program.
 *
 * Source: Linux, fs/binfmt_elf.c: create_elf_tables (order), arch/x86/include/asm/elf.h: ARCH_DLINFO;
 * include/uapi/linux/auxvec.h (numbers).
 */
import type { MachineProfile } from '../target/machine-profile.ts';

/** Addresses and numbers that differ from program to program. */
export interface AuxiliaryInputs {
  readonly vdso: number;
  readonly programHeaders: number;
  readonly programHeaderCount: number;
  /** Load address of ld.so, 0 for a static program. */
  readonly base: number;
  readonly entry: number;
  readonly random: number;
  readonly execfn: number;
  readonly platform: number;
}

/** AT_HWCAP (CPUID 1 EDX), AT_HWCAP2 (FSGSBASE) and AT_MINSIGSTKSZ of a common x86-64 processor. */
const HWCAP = 0x178bfbff;
const HWCAP2 = 0x2;
const MINSIGSTKSZ = 0xd30;

/** Pairs of type and value, the terminating AT_NULL included. */
export function auxiliaryVector(
  profile: MachineProfile,
  inputs: AuxiliaryInputs,
): readonly (readonly [number, number])[] {
  const wide = profile.target === 'x86_64';
  const pairs: (readonly [number, number])[] = [];
  // AT_SYSINFO: __kernel_vsyscall of the 32-bit vdso, where Linux 6.18 has it.
  if (!wide) pairs.push([32, inputs.vdso + 0x5e0]);
  pairs.push(
    [33, inputs.vdso],
    [51, MINSIGSTKSZ],
    [16, HWCAP],
    [6, 4096],
    [17, 100],
    [3, inputs.programHeaders],
    [4, wide ? 56 : 32],
    [5, inputs.programHeaderCount],
    [7, inputs.base],
    [8, 0],
    [9, inputs.entry],
    [11, 1000],
    [12, 1000],
    [13, 1000],
    [14, 1000],
    [23, 0],
    [25, inputs.random],
    [26, HWCAP2],
    [31, inputs.execfn],
    [15, inputs.platform],
  );
  const withRseq = pairs.length + 3 === profile.auxCount;
  if (withRseq) pairs.push([27, 0x1c], [28, 0x20]);
  pairs.push([0, 0]);
  return pairs;
}
