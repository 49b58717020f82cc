/**
 * The machine that a run asks for.
 */
import { machineProfile, randomizedProfile, RLIM_INFINITY } from '../core/target/machine-profile.ts';
import type { MachineProfile } from '../core/target/machine-profile.ts';
import type { MachineSwitches, RunInputs } from '../protocol/messages.ts';

/** The release whose libraries runs map: offsets inside libc that programs see are known for it alone. */
export const librariesOfRuns = '2.36';

/**
 * The reference machine with what the inputs of a run change. Whatever release's malloc runs, its structures lie in the
 * data of this libc: addresses of the heap are that release's, those of libc are not.
 */
export function runProfile(
  inputs: Pick<RunInputs, 'target' | 'glibc' | 'ldCacheBytes' | 'machine'>,
): MachineProfile {
  const reference = machineProfile(inputs.target, librariesOfRuns);
  const profile = { ...reference, ldCacheBytes: inputs.ldCacheBytes ?? reference.ldCacheBytes };
  return inputs.machine === undefined ? profile : switched(profile, inputs.machine);
}

function switched(profile: MachineProfile, switches: MachineSwitches): MachineProfile {
  const { randomSeed, threadSeed, hugePages, overcommit, ramBytes, pagingLevels } = switches;
  const changed: MachineProfile = {
    ...profile,
    threadSeed: threadSeed ?? profile.threadSeed,
    hugePages: hugePages ?? profile.hugePages,
    overcommit: overcommit ?? profile.overcommit,
    stackLimit: limitBytes(switches.stackLimit, profile.stackLimit),
    addressSpaceLimit: limitBytes(switches.addressSpaceLimit, profile.addressSpaceLimit),
    dataLimit: limitBytes(switches.dataLimit, profile.dataLimit),
    ramBytes: ramBytes ?? profile.ramBytes,
    pagingLevels: pagingLevels ?? profile.pagingLevels,
  };
  return randomSeed === undefined ? changed : randomizedProfile(changed, randomSeed);
}

function limitBytes(asked: number | 'unlimited' | undefined, otherwise: number): number {
  if (asked === undefined) return otherwise;
  return asked === 'unlimited' ? RLIM_INFINITY : asked;
}
