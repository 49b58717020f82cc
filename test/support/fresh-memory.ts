/** A process memory for tests. */
import { PlainLinearMemory } from '../../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../../src/core/mm/process-memory.ts';
import type { MachineProfile } from '../../src/core/target/machine-profile.ts';
import { machineProfile } from '../../src/core/target/machine-profile.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';
import type { TraceEvent, Tracer } from '../../src/core/trace/trace-event.ts';
import { loadProgram } from '../../src/core/process/loader.ts';
import type { LoadedProcess } from '../../src/core/process/loader.ts';
import type { TinyImageOptions } from './tiny-image.ts';
import { tinyImage } from './tiny-image.ts';

/** A tracer that keeps what it is told. */
export class EventLog implements Tracer {
  readonly wantsWhy = true;
  readonly events: TraceEvent[] = [];
  get count(): number {
    return this.events.length;
  }
  emit(event: TraceEvent): void {
    this.events.push(event);
  }
}

/** An address space without a program. */
export function freshMemory(
  target: TargetName = 'x86_64',
  changes: Partial<MachineProfile> = {},
  tracer: Tracer = new EventLog(),
): ProcessMemory {
  const profile = { ...machineProfile(target), ...changes };
  return new ProcessMemory({ linear: new PlainLinearMemory(32, 16384), profile, tracer });
}

/** A loaded tiny program. */
export function tinyProcess(
  options: TinyImageOptions & {
    readonly profile?: Partial<MachineProfile>;
    readonly argv?: readonly string[];
    readonly envp?: readonly string[];
    readonly programPath?: string;
  } = {},
): LoadedProcess {
  const memory = freshMemory(options.target, options.profile);
  return loadProgram({
    image: tinyImage(options),
    memory,
    argv: options.argv ?? ['./nest'],
    envp: options.envp ?? [],
    programPath: options.programPath ?? '/tmp/nest',
    identify: () => ({ device: '08:01', inode: 42 }),
  });
}
