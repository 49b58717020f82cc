/**
 * Families of random traces for what ordinary programs seldom do: large alignments, settings in combination and in the
 * middle of a run, mappings that are resized, memory that is taken away, chunks that a program made up itself.
 */
import { steady } from './trace-writer.ts';
import type { TraceWriter } from './trace-writer.ts';

/** Settings that the family `settings` combines, each with values of every kind. */
const settings: Readonly<Record<string, readonly (number | string)[]>> = {
  tcache_count: [0, 1, 2, 7, 16, 127, 70_000],
  tcache_max: [0, 24, 200, 1032, 1040, 4096, 70_000, 4_194_304],
  tcache_unsorted_limit: [0, 1, 3, 20],
  mxfast: [0, 8, 16, 64, 100, 160, 161],
  mmap_threshold: [0, 4096, 20_000, 131_072, 600_000, '0x2000001'],
  mmap_max: [0, 1, 5, 100],
  trim_threshold: [0, 4096, 131_072, 500_000, -1],
  top_pad: [0, 1, 4096, 300_000],
  perturb: [0, 1, 90, 255, 256],
  arena_max: [1, 2],
  arena_test: [1, 4],
};

/** Parameters of mallopt: all there are, and some there are not. */
const parameters = [1, -1, -2, -3, -4, -5, -6, -7, -8, 0, 2, 3, 4, 10, -9];
const parameterValues = [0, 1, 16, 24, 64, 80, 160, 161, 4096, 30_000, 131_072, 400_000, 33_554_433, -1];

export const specialFamilies: Readonly<Record<string, (t: TraceWriter) => void>> = {
  alignment(t) {
    const { random } = t;
    t.touchPercent = 5;
    steady(t, random.of([8, 30]), () => random.spread(1, 20_000), {
      otherPercent: 40,
      other: () => {
        const alignment = 2 ** random.between(4, random.of([6, 12, 16, 22]));
        const size = random.chance(70) ? random.between(0, 2500) : random.spread(1, 300_000);
        const call = random.of([
          `memalign # ${alignment} ${size}`,
          `memalign # ${alignment + random.between(0, 3)} ${size}`,
          `aligned_alloc # ${alignment} ${size}`,
          `posix_memalign # ${alignment} ${size}`,
          `valloc # ${size}`,
          `pvalloc # ${size}`,
        ]);
        t.block(call, size);
        if (random.chance(30)) t.realloc(t.any(), random.spread(1, 6000));
      },
    });
  },

  stash(t) {
    const { random } = t;
    t.touchPercent = 5;
    t.head.push(`tunable glibc.malloc.tcache_count=${random.of([1, 3, 7, 16, 30])}`);
    while (!t.full) {
      const size = random.of([24, 40, 72, 120, 136, 264, 520, 1032]);
      const blocks: number[] = [];
      for (let i = random.between(5, 40); i > 0; i -= 1) {
        blocks.push(t.malloc(size));
        if (random.chance(60)) t.malloc(random.of([24, 40]));
      }
      for (const id of blocks) if (random.chance(85)) t.free(id);
      if (random.chance(60)) t.malloc(random.of([1500, 3000, 9000]));
      for (let i = random.between(3, 30); i > 0; i -= 1) {
        if (random.chance(90)) t.malloc(random.chance(80) ? size : random.between(1, 1200));
        else t.freeAny();
      }
      while (t.live.length > 120) t.freeAny();
    }
  },

  ring(t) {
    const { random } = t;
    t.touchPercent = 3;
    const few = Array.from({ length: 5 }, () => random.between(65, 700) * 16 - 8);
    const size = (): number => {
      const kind = random.between(0, 9);
      if (kind < 4) return random.of(few);
      if (kind < 7) return random.of(few) + random.of([-32, -16, 16, 32, 48]);
      return kind < 9 ? random.between(1024, 12_000) : random.spread(1024, 120_000);
    };
    while (!t.full) {
      const blocks: number[] = [];
      for (let i = random.between(4, 20); i > 0; i -= 1) {
        blocks.push(t.malloc(size()));
        t.malloc(24);
      }
      for (const id of blocks) if (random.chance(80)) t.free(id);
      for (let i = random.between(1, 8); i > 0; i -= 1) t.malloc(random.chance(80) ? size() : 300);
      while (t.live.length > 90) t.freeAny();
    }
  },

  settings(t) {
    const { random } = t;
    const names = new Set(
      Array.from({ length: random.between(2, 4) }, () => random.of(Object.keys(settings))),
    );
    for (const name of names) {
      t.head.push(`tunable glibc.malloc.${name}=${random.of(settings[name] ?? [])}`);
    }
    anyLoad(t, 3);
  },

  mallopt(t) {
    anyLoad(t, 15);
  },

  remap(t) {
    const { random } = t;
    t.head.push('vmas');
    t.touchPercent = 30;
    if (random.chance(50)) t.add(`mallopt -3 ${random.of([4096, 20_000, 131_072])}`);
    const size = (): number => random.spread(3000, random.of([300_000, 3_000_000]));
    steady(t, random.of([4, 12]), size, { realloc: 60, calloc: 10, read: 5 });
  },

  perturb(t) {
    const { random } = t;
    if (random.chance(60)) t.head.push(`tunable glibc.malloc.perturb=${random.between(1, 255)}`);
    else t.add(`mallopt -6 ${random.between(1, 600)}`);
    t.touchPercent = 10;
    steady(
      t,
      random.of([10, 60]),
      () => (random.chance(80) ? random.between(0, 1500) : random.spread(1000, 200_000)),
      { calloc: 20, realloc: 20, read: 30, otherPercent: 5, other: () => aligned(t) },
    );
  },

  fences(t) {
    const { random } = t;
    t.head.push('vmas');
    t.touchPercent = 5;
    if (random.chance(50)) t.head.push(`tunable glibc.malloc.top_pad=${random.of([0, 4096, 20_000])}`);
    if (random.chance(30)) {
      t.head.push(`rlimit data ${random.of([1, 2, 6]) * 1_048_576}`);
      // A request may fail: there is nothing to write to then.
      t.touchPercent = 0;
    }
    const moves = [1, 7, 8, 16, 24, 32, 100, 4064, 4080, 4096, 5000, 65_536, 135_168];
    steady(
      t,
      random.of([5, 30]),
      () => (random.chance(50) ? random.between(1, 3000) : random.spread(3000, 400_000)),
      {
        realloc: 15,
        calloc: 10,
        otherPercent: 14,
        other: () => {
          t.add(random.chance(75) ? `sbrk ${random.of(moves)}` : `trim ${random.of([0, 4096, 100_000])}`);
        },
      },
    );
  },

  forge(t) {
    const { random } = t;
    t.head.push('bad');
    t.checks = false;
    t.touchPercent = 0;
    for (let scenario = 0; !t.full; scenario += 1) {
      t.add(`reset f${scenario}`);
      t.live.length = 0;
      t.nextId = 0;
      if (random.chance(50)) forgedChunk(t);
      else forgedLinks(t);
      if (random.chance(60)) t.add('check');
      for (let i = random.between(2, 10); i > 0; i -= 1)
        if (random.chance(70)) t.malloc(random.of([24, 104, 136, 520, 1032, 1288, 3000, 20_000]));
        else t.freeAny();
    }
  },
};

/** Every kind of call, with mallopt in so many of 100 steps. */
function anyLoad(t: TraceWriter, optionPercent: number): void {
  const { random } = t;
  steady(
    t,
    random.of([15, 60, 150]),
    () => (random.chance(80) ? random.between(0, 1300) : random.spread(700, 400_000)),
    {
      calloc: 12,
      realloc: 12,
      read: 5,
      otherPercent: optionPercent + 3,
      other: () => {
        if (random.chance((100 * optionPercent) / (optionPercent + 3)))
          t.add(`mallopt ${random.of(parameters)} ${random.of(parameterValues)}`);
        else if (random.chance(50)) t.add(`trim ${random.of([0, 4096, 100_000])}`);
        else aligned(t);
      },
    },
  );
}

function aligned(t: TraceWriter): void {
  const { random } = t;
  const size = random.spread(1, 5000);
  t.block(`memalign # ${random.of([32, 64, 256, 4096])} ${size}`, size);
}

/** A chunk that the program wrote into a block of its own, given to free or realloc. */
function forgedChunk(t: TraceWriter): void {
  const { random } = t;
  const before = random.between(0, 9);
  const filler = random.of([24, 136, 1032]);
  const cached = Array.from({ length: before }, () => t.malloc(filler));
  const host = t.malloc(random.of([1032, 2008, 4072, 9000]));
  if (random.chance(70)) t.malloc(24);
  for (const id of cached) t.free(id);
  const offset = 16 * random.between(0, 10);
  const size = 16 * random.of([2, 3, 7, 9, 33, 65, 66, 100, random.between(2, 200)]);
  const flags = random.of([0, 1, 1, 1, 2, 3, 4, 5]);
  const next = `@${host}+${offset + size}`;
  if (random.chance(50)) t.add(`poke @${host}+${offset} W ${random.of([0, 32, 64, 16 * offset])}`);
  t.add(`poke @${host}+${offset}+1W W ${size + flags}`);
  if (random.chance(80)) t.add(`poke ${next}+1W W ${random.of([0x21, 0x31, 0x41, 0x91, 0x20, 0, 0x811])}`);
  if (random.chance(50)) t.add(`poke ${next}+1W+32 W ${random.of([0x21, 0x20, 0])}`);
  if (random.chance(75)) t.add(`freeat @${host}+${offset}+2W`);
  else t.add(`reallocat ${t.nextId++} @${host}+${offset}+2W ${random.of([10, 200, 3000])}`);
  if (random.chance(60)) t.malloc(size - random.of([8, 16, 24]));
}

/** Free chunks whose links or sizes are written over, as attacks on the lists do. */
function forgedLinks(t: TraceWriter): void {
  const { random } = t;
  const size = random.of([24, 104, 136, 1032, 1288, 1304, 3000]);
  const blocks: number[] = [];
  for (let i = random.between(8, 24); i > 0; i -= 1) {
    blocks.push(t.malloc(size + (random.chance(20) ? 16 : 0)));
    if (random.chance(80)) t.malloc(24);
  }
  const freed = blocks.filter(() => random.chance(75));
  for (const id of freed) t.free(id);
  if (random.chance(50)) t.malloc(random.of([5000, 20_000, 70_000]));
  const target = random.of(freed.length > 0 ? freed : blocks);
  const other = random.of(blocks);
  const field = random.between(-2, 3);
  const place = `@${target}${field < 0 ? '' : '+'}${field}W`;
  const values = [`@${other}-2W`, `@${other}`, `@${target}-2W`, '@top', `@${other}+6W`, '@heap', '0', '0x90'];
  t.add(`poke ${place} W ${random.of(values)}`);
  if (random.chance(50)) t.add(`poke @${other}+${random.between(0, 8)}W W ${random.of(values)}`);
  if (random.chance(30)) t.add(`pokelink @${target} ${random.of([`@${other}`, `@${other}+16`, '@top+2W'])}`);
}
