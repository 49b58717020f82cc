/**
 * The allocator of a process: malloc of a release over the data of the libc that is loaded.
 */
import type { Address } from '../../base/address.ts';
import { asciiBytes } from '../libc/ascii.ts';
import { writeMessage } from '../libc/abort.ts';
import { syscall } from '../libc/libc-context.ts';
import type { LibcContext } from '../libc/libc-context.ts';
import { Malloc } from '../malloc/malloc.ts';
import { tunablesOfEnvironment } from '../malloc/tunable-text.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { dataModelOf } from '../target/data-model.ts';
import { glibcReleaseOf } from '../target/glibc-release.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { Tracer } from '../trace/trace-event.ts';
import type { MachineInputs } from './machine-inputs.ts';

/** GRND_NONBLOCK of getrandom. */
const GRND_NONBLOCK = 1;

/** What malloc stands on. */
export interface MallocHost {
  readonly inputs: MachineInputs;
  readonly memory: ProcessMemory;
  readonly tracer: Tracer;
  readonly libcBase: Address;
  readonly mainArena: Address;
  /** Asked for when a message is written or a key is drawn. */
  libc(): LibcContext;
}

/** Makes the allocator with its data as they are at main. @throws NotModelled for an unknown release */
export function makeMalloc({ inputs, memory, tracer, libcBase, mainArena, libc }: MallocHost): Malloc {
  const { profile, argv, envp } = inputs;
  const { symbols } = profile.libraries;
  const glibc = inputs.glibc ?? profile.libraries.release;
  const release = glibcReleaseOf(glibc);
  if (release === undefined) throw new NotModelled(`glibc ${glibc}`);
  const model = dataModelOf(profile.target);
  const tcacheKeyAt = libcBase + (symbols.tcacheKey ?? 0);
  return memory.mm.withoutTracing(() => {
    const malloc = new Malloc({
      memory,
      syscalls: memory,
      model,
      release,
      mainArena,
      // Both structures stand where that libc has them, whichever release's they are.
      mp: libcBase + symbols.mp,
      heapStart: memory.mm.startBrk,
      tcacheKey: tcacheKeyOf(profile),
      programName: argv[0] ?? '',
      tunables: tunablesOfEnvironment(envp, release),
      ...(tracer.ignoresMalloc === true ? {} : { tracer }),
      onMessage: (line) => {
        writeMessage(libc(), asciiBytes(line));
      },
      onDrawKey: () => {
        // Where malloc is initialised before main, ld.so's part of the run has drawn it.
        if (release.initializedAtStart) return;
        syscall(libc(), 'getrandom', [tcacheKeyAt, model.wordBytes, GRND_NONBLOCK], model.wordBytes);
      },
    });
    malloc.loadStatics();
    return malloc;
  });
}

/** The random word that marks cached chunks: libc draws it with getrandom; here it comes from the profile's bytes. */
function tcacheKeyOf(profile: MachineProfile): bigint {
  const bytes = dataModelOf(profile.target).wordBytes;
  let key = 0n;
  for (let i = bytes - 1; i >= 0; i--) key = (key << 8n) | BigInt(profile.randomBytes[i] ?? 0);
  return key;
}
