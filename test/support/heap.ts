/** A process with nothing but a heap, for tests of malloc. */
import { Malloc } from '../../src/core/malloc/malloc.ts';
import type { MallocOptions } from '../../src/core/malloc/malloc.ts';
import { PlainLinearMemory } from '../../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../../src/core/mm/process-memory.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';
import { dataModelOf } from '../../src/core/target/data-model.ts';
import { glibcReleaseOf } from '../../src/core/target/glibc-release.ts';
import { machineProfile } from '../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../src/core/trace/trace-event.ts';
import type { TraceEvent, Tracer } from '../../src/core/trace/trace-event.ts';

/** Where the heap of these tests starts. */
export const HEAP_START = 0x555555559000;
const HEAP_START_32 = 0x5655a000;

/** A tracer that keeps the events. */
export class KeepingTracer implements Tracer {
  readonly wantsWhy: boolean;
  readonly events: TraceEvent[] = [];

  constructor(wantsWhy = true) {
    this.wantsWhy = wantsWhy;
  }

  get count(): number {
    return this.events.length;
  }

  emit(event: TraceEvent): void {
    this.events.push(event);
  }
}

/** A process whose memory holds libc's data and an empty heap. */
export interface HeapProcess {
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly heapStart: number;
}

/** Makes one. */
export function heapProcess(
  release = '2.36',
  target: TargetName = 'x86_64',
  more: Partial<MallocOptions> = {},
): HeapProcess {
  const entry = glibcReleaseOf(release);
  if (entry === undefined) throw new Error(`no release ${release}`);
  const tracer = more.tracer ?? new NullTracer();
  const profile = machineProfile(target);
  const memory = new ProcessMemory({ linear: new PlainLinearMemory(64, 16384), profile, tracer });
  const heapStart = target === 'x86_64' ? HEAP_START : HEAP_START_32;
  const libcData = target === 'x86_64' ? 0x7ffff7fb1000 : 0xf7fa0000;
  memory.mm.startBrk = heapStart;
  memory.mm.brk = heapStart;
  memory.mm.withoutTracing(() => memory.mmap(libcData, 0x4000, 3, 0x32, -1, 0));
  const malloc = new Malloc({
    memory,
    syscalls: memory,
    model: dataModelOf(target),
    release: entry,
    mainArena: libcData + 0xc60,
    heapStart,
    tcacheKey: 0xa7a6a5a4a3a2a1a0n,
    ...more,
  });
  memory.mm.withoutTracing(() => malloc.loadStatics());
  return { memory, malloc, heapStart };
}
