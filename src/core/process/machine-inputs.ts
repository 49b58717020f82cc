/**
 * What a run is a function of.
 */
import type { StreamKind } from '../libc/libc-context.ts';
import type { MachineProfile } from '../target/machine-profile.ts';

/** What a run is a function of. */
export interface MachineInputs {
  readonly profile: MachineProfile;
  /** The release whose malloc runs, in the data of the profile's libc; without it, that libc's own. */
  readonly glibc?: string;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  /** Absolute path of the program, as maps names it. */
  readonly programPath: string;
  readonly stdin: Uint8Array;
  readonly stdinKind: StreamKind;
  readonly stdoutKind: StreamKind;
  readonly pid: number;
  /** Files that the program finds, by absolute path; those of /proc/self are there anyway. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Loop iterations and calls until the run is ended. */
  readonly fuel: number;
}

/** The user of the simulated machine. */
export const userId = 1000;
