/**
 * What the kernel keeps about one process of a run: its memory, descriptors and journal outlive the machine that runs it.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { ExecImage } from './exec.ts';
import type { FileSystem } from './file-system.ts';
import type { ChangedPage, JournalEntry } from './journal.ts';

/** One process. */
export class SimulatedProcess {
  /** Counts the processes of the run from 1, the first one, in the order in which they were made. */
  readonly number: number;
  readonly pid: number;
  /** Undefined for the first process, and when the parent has ended. */
  parent: SimulatedProcess | undefined;
  /** Its memory and files since the last execve. */
  memory: ProcessMemory;
  files: FileSystem;
  /** Of what happened since then. */
  readonly journal: JournalEntry[];
  /** What it began with at its last execve, or its parent at one before it was made; undefined for none. */
  image: ExecImage | undefined;
  /** It has called execve, and the program has not begun. */
  isFresh = false;
  /** What it waits for; undefined while it can run. */
  waitsFor: (() => boolean) | undefined;
  /** Threads besides the one that waits could go on meanwhile; here they do not. */
  holdsThreads = false;
  /** When its sleep ends, in nanoseconds since main began. */
  wakesAt: number | undefined;
  /** Its sleep is over. */
  hasSlept = false;
  /** It has let others run after it asked in vain. */
  hasYielded = false;
  /** It has come to its fork, and not further. */
  isNewborn: boolean;
  /** Wait status; undefined while it runs. */
  status: number | undefined;
  /** Signals from others that have not arrived. */
  signals: number[] = [];
  /** Nanoseconds since main began, when it last ran. */
  elapsed = 0;
  /** The machine that runs it now, or ran it last. */
  run: { block(isReady: () => boolean): void; readonly isLive: boolean } | undefined;
  #sharedBefore: ReadonlyMap<number, Uint8Array> = new Map();

  constructor(options: {
    readonly number: number;
    readonly pid: number;
    readonly parent: SimulatedProcess | undefined;
    readonly memory: ProcessMemory;
    readonly files: FileSystem;
    readonly journal: JournalEntry[];
    readonly image?: ExecImage | undefined;
  }) {
    this.number = options.number;
    this.pid = options.pid;
    this.parent = options.parent;
    this.memory = options.memory;
    this.files = options.files;
    this.journal = options.journal;
    this.image = options.image;
    this.isNewborn = options.parent !== undefined;
  }

  /** Remembers what is in the memory that it shares with others, which now run. */
  leave(): void {
    this.#sharedBefore = this.#sharedPages();
  }

  /** What others have changed since then. */
  changedMeanwhile(): ChangedPage[] {
    const changed: ChangedPage[] = [];
    for (const [addr, bytes] of this.#sharedPages()) {
      const before = this.#sharedBefore.get(addr);
      if (before === undefined || bytes.some((byte, i) => byte !== before[i])) changed.push({ addr, bytes });
    }
    return changed;
  }

  #sharedPages(): ReadonlyMap<number, Uint8Array> {
    const { mm } = this.memory;
    const pages = new Map<number, Uint8Array>();
    for (const { file, start, pgoff, pageCount } of mm.space.vmas) {
      if (file?.kind !== 'shmem') continue;
      for (const [index, frame] of file.pages) {
        if (index < pgoff || index >= pgoff + pageCount) continue;
        pages.set(start + (index - pgoff) * PAGE_SIZE, this.memory.u8.slice(frame, frame + PAGE_SIZE));
      }
    }
    return pages;
  }
}
