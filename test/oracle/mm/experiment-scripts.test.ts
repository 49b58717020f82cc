/**
 * The experiments as scripts over malloc and memory, for both word sizes: what the program does between its marks is done
 * here without its code, and maps, totals, resident pages and page faults at each mark are those of the recording.
 *
 * experiments-run.test.ts runs the programs themselves; this holds loader, mm and malloc of i386 too.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Malloc } from '../../../src/core/malloc/malloc.ts';
import { PlainLinearMemory } from '../../../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../../../src/core/mm/process-memory.ts';
import { loadProgram } from '../../../src/core/process/loader.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';
import { glibcReleaseOf } from '../../../src/core/target/glibc-release.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../../src/core/trace/trace-event.ts';
import { assertMark, imageOf, segmentEnd, settleRecorded } from './experiment-recording.ts';
import type { Event, Experiment } from './experiment-recording.ts';

const folder = new URL('../experiments/', import.meta.url);

/** A recorded program at main, without its code. */
class Script {
  readonly experiment: Experiment;
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly #marks: Event[];
  #faultsBefore = -1;

  constructor(experiment: Experiment) {
    this.experiment = experiment;
    const image = imageOf(experiment);
    // The recorder's processes had no library cache.
    const profile = { ...machineProfile(image.target), ldCacheBytes: 0, stackLimit: experiment.stack_limit };
    const tracer = new NullTracer();
    this.memory = new ProcessMemory({ linear: new PlainLinearMemory(32, 32768), profile, tracer });
    const { mainArena } = loadProgram({
      image,
      memory: this.memory,
      argv: ['program'],
      envp: [],
      programPath: 'program',
    });
    const release = glibcReleaseOf('2.36');
    assert.ok(mainArena !== undefined && release !== undefined);
    this.malloc = new Malloc({
      memory: this.memory,
      syscalls: this.memory,
      model: dataModelOf(image.target),
      release,
      mainArena,
      heapStart: this.memory.mm.startBrk,
      tcacheKey: 0n,
      tracer,
    });
    this.malloc.loadStatics();
    this.#marks = experiment.events.filter((event) => event.ev === 'mark' && event.name !== 'exec');
  }

  /** Compares the process with the recording at its next mark. */
  mark(name: string): void {
    const { memory } = this;
    const event = this.#marks.shift();
    assert.equal(event?.name, name);
    const isFirst = this.#faultsBefore < 0;
    if (isFirst) {
      settleRecorded(memory);
      this.#faultsBefore = memory.counters.minflt;
    }
    assertMark(memory, event, isFirst ? undefined : memory.counters.minflt - this.#faultsBefore);
    this.#faultsBefore = memory.counters.minflt;
  }

  /** Bytes of a large table at the end of a segment of the program. */
  tableAt(flags: 'R' | 'RW', inFile: boolean): number {
    return segmentEnd(this.experiment, this.memory.profile, flags, inFile) - (4 << 20);
  }

  read(from: number, count: number, step: number): void {
    for (let k = 0; k < count; k++) this.memory.readU32(from + k * step);
  }

  write(from: number, count: number, step: number): void {
    for (let k = 0; k < count; k++) this.memory.writeU8(from + k * step, 1);
  }

  end(): void {
    assert.equal(this.#marks.length, 0);
    this.memory.addressSpace.checkInvariants();
  }
}

const PAGE = 4096;
const M_TRIM_THRESHOLD = -1;
const M_TOP_PAD = -2;
const M_MMAP_THRESHOLD = -3;

/** What each program does. */
const scripts: Readonly<Record<string, (p: Script) => void>> = {
  malloc_one(p) {
    p.mark('start');
    p.malloc.sbrk(0);
    p.mark('sbrk0');
    const first = p.malloc.malloc(1);
    p.mark('malloc_1');
    const second = p.malloc.malloc(1);
    p.mark('malloc_1_again');
    p.memory.writeU8(first, 42);
    p.mark('written');
    p.malloc.free(second);
    p.malloc.free(first);
    p.mark('freed');
  },
  brk_by_hand(p) {
    p.malloc.sbrk(0);
    p.mark('start');
    const mine = p.malloc.sbrk(10);
    p.mark('sbrk_10');
    p.memory.writeU8(mine + 4095, 1);
    p.mark('touched_rest_of_page');
    p.malloc.malloc(100);
    p.mark('malloc_100');
    p.malloc.sbrk(4096);
    p.mark('sbrk_4096');
    p.malloc.malloc(120_000);
    p.malloc.malloc(120_000);
    p.mark('malloc_beyond');
  },
  bss(p) {
    p.mark('start');
    const table = p.tableAt('RW', false);
    p.read(table, 1024, PAGE);
    p.mark('all_pages_read');
    p.write(table, 100, PAGE);
    p.mark('100_pages_written');
  },
  data(p) {
    p.mark('start');
    const table = p.tableAt('RW', true);
    p.read(table, 1024, PAGE);
    p.mark('all_pages_read');
    p.write(table, 100, PAGE);
    p.mark('100_pages_written');
  },
  calloc_zero(p) {
    p.mark('start');
    p.malloc.calloc(1, 4 << 20);
    p.mark('calloc_4M');
    p.memory.fill(p.malloc.malloc(4 << 20), 0, 4 << 20);
    p.mark('malloc_memset_4M');
    p.malloc.calloc(1, 60_000);
    p.mark('calloc_heap');
  },
  free_keeps_heap(p) {
    const blocks: number[] = [];
    const fill = (): void => {
      for (let i = 0; i < 100; i++) {
        blocks[i] = p.malloc.malloc(10_000);
        p.write(blocks[i]!, 20, 500);
      }
    };
    p.malloc.sbrk(0);
    p.mark('start');
    for (let i = 0; i < 100; i++) blocks[i] = p.malloc.malloc(1000);
    p.mark('100_blocks_of_1000');
    for (let i = 0; i < 100; i++) p.malloc.free(blocks[i]!);
    p.mark('all_freed');
    fill();
    p.mark('100_blocks_of_10000');
    for (let i = 0; i < 99; i++) p.malloc.free(blocks[i]!);
    p.mark('all_but_last_freed');
    p.malloc.free(blocks[99]!);
    p.mark('last_freed');
    fill();
    const pin = p.malloc.malloc(16);
    for (let i = 99; i >= 0; i--) p.malloc.free(blocks[i]!);
    p.mark('pinned');
    p.malloc.free(pin);
    p.mark('pin_freed');
  },
  increasing_sizes(p) {
    p.malloc.sbrk(0);
    p.mark('start');
    for (let size = 1000; size <= 100_000; size += 1000) p.malloc.free(p.malloc.malloc(size));
    p.mark('freed_at_once');
    let old = p.malloc.malloc(1000);
    for (let size = 2000; size <= 100_000; size += 1000) {
      const next = p.malloc.malloc(size);
      p.malloc.free(old);
      old = next;
    }
    p.malloc.free(old);
    p.mark('overlapping');
    const pins: number[] = [];
    for (let size = 1000; size <= 100_000; size += 1000) {
      const block = p.malloc.malloc(size);
      pins.push(p.malloc.malloc(16));
      p.malloc.free(block);
    }
    p.mark('pinned');
    for (const pin of pins) p.malloc.free(pin);
    p.mark('end');
  },
  mmap_threshold(p) {
    const start = p.malloc.sbrk(0);
    p.mark('start');
    p.malloc.malloc(128 * 1024);
    p.mark('first_128k');
    let block = p.malloc.malloc(128 * 1024);
    p.mark('second_128k');
    p.memory.readU8(block - 4);
    p.memory.writeU8(block, 1);
    p.mark('touched');
    p.malloc.free(block);
    p.mark('freed');
    p.malloc.malloc(128 * 1024);
    p.mark('again_128k');
    block = p.malloc.malloc(140_000);
    p.malloc.free(block);
    p.malloc.malloc(140_000);
    p.malloc.mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    p.malloc.mallopt(M_TOP_PAD, 0);
    p.malloc.mallopt(M_TRIM_THRESHOLD, 0);
    p.malloc.free(p.malloc.malloc(100_000));
    let [low, high] = [100_000, 200_000];
    while (low + 1 < high) {
      const middle = Math.floor((low + high) / 2);
      const probe = p.malloc.malloc(middle);
      if (probe >= start && probe < p.malloc.sbrk(0)) low = middle;
      else high = middle;
      p.malloc.free(probe);
    }
    p.mark('end');
  },
  realloc_moves(p) {
    p.mark('start');
    let block = p.malloc.realloc(p.malloc.malloc(100), 104);
    block = p.malloc.realloc(block, 5000);
    p.malloc.malloc(16);
    block = p.malloc.realloc(block, 9000);
    p.malloc.realloc(block, 50);
    p.mark('heap_done');
    block = p.malloc.malloc(300_000);
    p.memory.fill(block, 1, 300_000);
    p.mark('malloc_300000');
    block = p.malloc.realloc(block, 3_000_000);
    p.mark('realloc_3000000');
    block = p.malloc.realloc(block, 200_000);
    p.mark('realloc_200000');
    p.malloc.realloc(block, 1000);
    p.mark('realloc_1000');
  },
  stdio_buffer(p) {
    p.mark('start');
    // The first printf takes a buffer of st_blksize, or of 1024 bytes for a terminal, and writes its text into it.
    p.memory.fill(p.malloc.malloc(p.experiment.stdout_is === 'terminal' ? 1024 : 4096), 104, 6);
    p.mark('printf');
    p.malloc.malloc(16);
    p.mark('malloc_16');
  },
  virtual_resident(p) {
    p.mark('start');
    const block = p.malloc.malloc(16 << 20);
    p.mark('malloc_16M');
    p.write(block, 1000, PAGE);
    p.mark('written_1000_pages');
    p.write(block + 8, 1000, PAGE);
    p.read(block + 1000 * PAGE + 100, 1000, PAGE);
    p.mark('read_1000_pages');
    p.write(block + 1000 * PAGE, 1000, PAGE);
    p.mark('written_after_read');
    p.malloc.free(block);
    p.mark('freed');
    p.write(p.malloc.malloc(100_000), 100_000, 1);
    p.mark('heap_100000');
  },
};

describe('experiments as scripts, 64 and 32 bits', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const script = scripts[file.replace(/-(?:64|32).*$/, '')];
    if (script === undefined) continue;
    it(file.slice(0, -5), () => {
      const process = new Script(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Experiment);
      script(process);
      process.end();
    });
  }
});
