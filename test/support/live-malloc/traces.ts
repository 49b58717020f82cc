/**
 * Random allocation traces, by seed: the same family, seed and length give the same text everywhere.
 *
 * Each family works one part of the allocator; together they reach all of it. The format is that of the command `replay`.
 */

import { specialFamilies } from './special-traces.ts';
import { Random, TraceWriter, steady } from './trace-writer.ts';

const hugeSizes = [
  '-1',
  '-17',
  '-4097',
  '0x8000000000000000',
  '0x7fffffffffffffff',
  '0x7fffffffffffffe8',
  '1099511627776',
];

const families: Readonly<Record<string, (t: TraceWriter) => void>> = {
  small(t) {
    const { random } = t;
    const largest = random.of([60, 130, 500, 1032]);
    steady(t, random.of([15, 80, 300]), () => random.between(0, largest), {
      calloc: random.of([0, 12]),
      read: 4,
    });
  },

  fastbin(t) {
    const { random } = t;
    while (!t.full) {
      const size = random.between(1, 15) * 8;
      const burst = Array.from({ length: random.between(6, 24) }, () =>
        t.malloc(random.chance(85) ? size : random.between(0, 128)),
      );
      if (random.chance(50)) burst.reverse();
      for (const id of burst) if (random.chance(80)) t.free(id);
      const event = random.between(0, 7);
      if (event === 0) t.malloc(random.between(1000, 6000));
      else if (event === 1) t.free(t.malloc(random.between(66000, 110000)));
      else if (event === 2) t.add(`trim ${random.of([0, 5000])}`);
      else if (event === 3) t.calloc(1, size);
      while (t.live.length > 200) t.freeAny();
    }
  },

  mixed(t) {
    const { random } = t;
    const largest = random.of([3000, 20000, 110000]);
    steady(
      t,
      random.of([20, 90, 250]),
      () => (random.chance(65) ? random.between(1, 600) : random.spread(200, largest)),
      {
        calloc: 10,
        realloc: 10,
        read: 4,
      },
    );
  },

  largebin(t) {
    const { random } = t;
    t.touchPercent = 8;
    const base = random.of([1024, 3000, 9000, 40000]);
    steady(
      t,
      random.of([15, 40, 100]),
      () => {
        if (random.chance(40)) return base + 16 * random.between(0, 9);
        return random.chance(70) ? random.spread(1000, 100000) : random.between(1, 900);
      },
      { realloc: 4 },
    );
  },

  realloc(t) {
    const { random } = t;
    t.touchPercent = 12;
    while (!t.full) {
      if (t.live.length < 5 || random.chance(15)) t.malloc(random.between(1, 80));
      else if (random.chance(12)) t.freeAny();
      else {
        const id = t.any();
        const size = t.sizes.get(id) ?? 1;
        const next = random.of([
          size * 2,
          size + random.between(1, 60),
          Math.ceil(size / 2),
          random.spread(1, 300000),
        ]);
        t.realloc(id, next > 3_000_000 ? 100 : next);
        if (random.chance(10)) t.read(id);
      }
    }
  },

  memalign(t) {
    const { random } = t;
    const calls = ['memalign', 'aligned_alloc', 'posix_memalign'] as const;
    t.touchPercent = 12;
    while (!t.full) {
      const size = random.chance(75) ? random.between(0, 900) : random.spread(500, 200000);
      const kind = random.between(0, 9);
      if (kind < 4) t.block(`${random.of(calls)} # ${2 ** random.between(3, 13)} ${size}`, size);
      else if (kind === 4) t.block(`memalign # ${random.between(1, 100)} ${size}`, size);
      else if (kind === 5) t.block(`${random.of(['valloc', 'pvalloc'])} # ${size}`, size);
      else if (kind === 6) t.malloc(size);
      else if (kind === 7 && t.live.length > 0) t.realloc(t.any(), Math.max(1, size));
      else t.freeAny();
      while (t.live.length > 80) t.freeAny();
    }
  },

  calloc(t) {
    const { random } = t;
    t.touchPercent = 40;
    steady(
      t,
      random.of([15, 90]),
      () => (random.chance(85) ? random.spread(1, 4000) : random.spread(4000, 220000)),
      {
        calloc: 75,
        read: 25,
      },
    );
  },

  mmap(t) {
    const { random } = t;
    t.touchPercent = 10;
    let centre = random.of([131072, 131072, 60000, 300000]);
    if (centre !== 131072) t.add(`mallopt -3 ${centre}`);
    steady(
      t,
      random.of([6, 20]),
      () => {
        if (random.chance(35)) return random.between(1, 3000);
        if (random.chance(10)) return centre - 80 + 8 * random.between(0, 20);
        if (random.chance(4) && centre < 8_000_000) centre = Math.floor(centre * 1.3);
        return random.between(Math.floor(centre * 0.6), Math.floor(centre * 1.4));
      },
      { calloc: 8, realloc: 14 },
    );
  },

  trim(t) {
    const { random } = t;
    t.touchPercent = 25;
    while (!t.full) {
      const base = random.of([120, 3000, 30000, 70000]);
      const ids = Array.from({ length: random.between(2, 20) }, () =>
        t.malloc(random.between(base >>> 1, base * 2)),
      );
      if (random.chance(50)) ids.reverse();
      for (const id of ids) if (random.chance(85)) t.free(id);
      if (random.chance(35)) t.add(`trim ${random.of([0, 1, 4096, 100000, 5000000])}`);
      if (random.chance(10)) t.add(`mallopt -1 ${random.of([131072, 40000, 500000])}`);
      while (t.live.length > 100) t.freeAny();
    }
  },

  lifo(t) {
    const { random } = t;
    while (!t.full) {
      if (t.live.length === 0 || random.chance(52))
        t.malloc(random.chance(85) ? random.between(1, 280) : random.spread(280, 30000));
      else for (let count = random.chance(6) ? random.between(2, 40) : 1; count > 0; count -= 1) popLast(t);
    }
  },

  fifo(t) {
    const { random } = t;
    const queue: number[] = [];
    const depth = random.of([4, 30, 200]);
    while (!t.full) {
      queue.push(t.malloc(random.chance(90) ? random.between(1, 800) : random.spread(800, 60000)));
      for (let first = queue[0]; first !== undefined && queue.length > depth; first = queue[0]) {
        queue.shift();
        t.free(first);
      }
    }
  },

  randlife(t) {
    const { random } = t;
    const due = new Map<number, number[]>();
    for (let now = 0; !t.full; now += 1) {
      const end = now + (random.chance(80) ? random.between(1, 25) : random.between(25, 1500));
      const ids = due.get(end) ?? [];
      ids.push(t.malloc(random.chance(80) ? random.between(1, 256) : random.spread(256, 40000)));
      due.set(end, ids);
      for (const id of due.get(now) ?? []) t.free(id);
      due.delete(now);
    }
  },

  server(t) {
    const { random } = t;
    const connections: { blocks: number[]; requests: number }[] = [];
    const kept: number[][] = [];
    t.touchPercent = 25;
    while (!t.full) {
      if (connections.length < 10 && random.chance(50))
        connections.push({
          blocks: [t.malloc(480), t.malloc(random.of([1024, 4096, 8192]))],
          requests: random.between(1, 8),
        });
      const connection = connections.length === 0 ? undefined : random.of(connections);
      if (connection === undefined) continue;
      const strings = Array.from({ length: random.between(3, 12) }, () => t.malloc(random.between(4, 120)));
      const body = t.malloc(256);
      for (let size = 512, left = random.between(0, 7); left > 0; left -= 1, size *= 2) t.realloc(body, size);
      if (random.chance(30))
        kept.push([t.malloc(random.spread(200, 60000)), t.malloc(random.between(16, 80))]);
      if (kept.length > 50) for (const id of kept.splice(random.between(0, 20), 1)[0] ?? []) t.free(id);
      t.free(body);
      for (const id of strings) t.free(id);
      connection.requests -= 1;
      if (connection.requests > 0) continue;
      for (const id of connection.blocks) t.free(id);
      connections.splice(connections.indexOf(connection), 1);
    }
  },

  increasing(t) {
    const { random } = t;
    t.touchPercent = 5;
    const step = random.of([1, 20, 90, 700]);
    const keep = random.of([1, 2, 6]);
    const queue: number[] = [];
    for (
      let size = random.of([16, 120, 1200]);
      !t.full;
      size = size > 110000 ? 30 : size + random.between(1, step)
    ) {
      queue.push(t.malloc(size));
      if (random.chance(12)) t.malloc(random.between(8, 48));
      const first = queue.length > keep ? queue.shift() : undefined;
      if (first !== undefined) t.free(first);
    }
  },

  tunables(t) {
    const { random } = t;
    const settings = [
      ['tcache_count=0'],
      ['tcache_count=3'],
      ['tcache_count=40', 'mxfast=160'],
      ['tcache_max=200'],
      ['mxfast=0'],
      ['mxfast=32', 'tcache_count=1'],
      ['tcache_unsorted_limit=2'],
      ['mmap_threshold=8192'],
      ['mmap_max=0'],
      ['mmap_max=2', 'mmap_threshold=30000'],
      ['trim_threshold=8192'],
      ['top_pad=0'],
      ['top_pad=700000'],
      ['perturb=170'],
      ['tcache_count=0', 'mxfast=0'],
      ['tcache_count=0x10', 'top_pad=4096', 'perturb=1'],
    ];
    for (const setting of settings[t.seed % settings.length] ?? [])
      t.head.push(`tunable glibc.malloc.${setting}`);
    steady(
      t,
      random.of([25, 100]),
      () => (random.chance(75) ? random.between(0, 700) : random.spread(700, 180000)),
      {
        calloc: 12,
        realloc: 10,
        read: 5,
        otherPercent: 1.5,
        other: () => {
          const value = random.of([0, 16, 64, 80, 128, 4096, 50000, 131072, 400000]);
          t.add(
            random.of(['trim 0', `mallopt ${random.of([1, -1, -2, -3, -4, -5, -6, -7, -8, 9])} ${value}`]),
          );
        },
      },
    );
  },

  edge(t) {
    const { random } = t;
    const borders = [
      0, 1, 8, 24, 25, 40, 56, 120, 121, 136, 504, 520, 1000, 1008, 1016, 1032, 1033, 1048, 3072, 10736,
      65504,
    ];
    borders.push(65520, 131032, 131048, 131049, 131064, 131072, 135160);
    steady(t, 35, () => random.of(borders) + (random.chance(30) ? random.between(0, 17) : 0), {
      calloc: 10,
      realloc: 15,
      read: 4,
      otherPercent: 14,
      other: () => edgeCase(t),
    });
  },

  foreign(t) {
    const { random } = t;
    t.head.push('vmas');
    t.touchPercent = 10;
    const blocker = 4096 * random.between(60, 250);
    let blocked = random.chance(50);
    steady(
      t,
      random.of([20, 60]),
      () => (random.chance(60) ? random.between(1, 2200) : random.spread(2200, 120000)),
      {
        realloc: 8,
        otherPercent: 3,
        other: () => {
          if (!blocked) t.add(`mmap ${t.nextId++} @heap+${blocker} 4096 0 0x100022`);
          else t.add(`sbrk ${random.of([0, 8, 24, 4096, 6000, 70000, -16])}`);
          if (!blocked) blocked = random.chance(70);
        },
      },
    );
  },

  limits(t) {
    const { random } = t;
    const mib = random.chance(60) ? random.of([9, 20, 50]) : random.of([1, 3, 12]);
    t.head.push(`rlimit ${mib > 8 && mib !== 12 ? 'as' : 'data'} ${mib * 1048576}`, 'vmas');
    const ids: number[] = [];
    while (!t.full) {
      if (ids.length === 0 || random.chance(60)) {
        ids.push(t.nextId);
        t.add(
          `malloc ${t.nextId++} ${random.chance(50) ? random.spread(100, 120000) : random.spread(120000, 5000000)}`,
        );
      } else if (random.chance(70)) t.add(`free ${ids.splice(random.between(0, ids.length - 1), 1)[0] ?? 0}`);
      else t.add(`realloc ${random.of(ids)} ${random.spread(100, 3000000)}`);
    }
  },

  corrupt(t) {
    t.head.push('bad');
    t.checks = false;
    t.touchPercent = 0;
    for (let scenario = 0; !t.full; scenario += 1) {
      t.add(`reset s${scenario}`);
      t.live.length = 0;
      t.nextId = 0;
      corruptScenario(t);
    }
  },

  vm(t) {
    t.head.push('vmas');
    const maps: { id: number; pages: number }[] = [];
    while (!t.full) vmOperation(t, maps);
  },
};

function popLast(t: TraceWriter): void {
  const id = t.live.at(-1);
  if (id !== undefined) t.free(id);
}

function edgeCase(t: TraceWriter): void {
  const { random } = t;
  const id = t.nextId;
  const huge = random.of(hugeSizes);
  t.nextId += 1;
  const event = random.between(0, 10);
  if (event === 8) {
    if (t.live.length > 0) t.add(`realloc ${t.any()} ${huge}`);
  } else if (event === 9) {
    const gone = t.live.length > 0 ? t.any() : undefined;
    if (gone === undefined) return;
    t.add(`realloc ${gone} 0`);
    t.drop(gone);
  } else if (event === 10)
    t.block(`memalign # ${random.of([0, 1, 3, 8, 16, 17, 31])} ${random.between(0, 300)}`, 0);
  else {
    const alignment = random.of(['32', '4096', '0x4000000000000000', '0x8000000000000000', '-1']);
    const calls = [
      `malloc ${id} ${huge}`,
      `calloc ${id} ${huge} ${random.of([1, 2, 7])}`,
      `calloc ${id} 0x100000000 0x100000000`,
      `realloc ${id} ${huge}`,
      `memalign ${id} ${alignment} ${huge}`,
      `posix_memalign ${id} ${random.of([0, 2, 7, 12, 24, 40])} 64`,
      `reallocarray ${id} ${huge} ${random.of([2, 16])}`,
      `pvalloc ${id} ${huge}`,
    ];
    t.add(calls[event] ?? 'check');
  }
}

/** A short program that makes one mistake, and what comes of it. */
function corruptScenario(t: TraceWriter): void {
  const { random } = t;
  const freed: number[] = [];
  const favourite = random.of([24, 40, 104, 120, 136, 520, 1032, 1288, 3000]);
  const churn = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      if (t.live.length < 3 || random.chance(58))
        t.malloc(
          random.chance(45) ? favourite : random.of([24, 56, 88, 120, 200, 700, 1032, 1500, 5000, 20000]),
        );
      else {
        const id = t.any();
        t.free(id);
        freed.push(id);
      }
    }
  };
  churn(random.between(6, 40));
  const a = t.any();
  const f = freed.length > 0 ? random.of(freed) : a;
  const place = random.of([`@${a}`, `@${a}-2W`, '0', '0x4141414141414141', '@top', `@${f}`]);
  const size = random.of([
    '0',
    '1',
    '0x11',
    '0x21',
    '0x31',
    '0x91',
    '0x411',
    '0x22',
    '0x1003',
    '0x25',
    '0x1000001',
    '-1',
  ]);
  switch (random.between(0, 10)) {
    case 0:
      t.add(`free ${f}`);
      break;
    case 1:
      t.add(`freeat @${a}+${random.of([1, 8, 16, 32, 48])}`);
      break;
    case 2:
      t.add(`poke @${a}-1W W ${size}`);
      t.free(a);
      break;
    case 3:
      t.add(`poke @${a}-1W 1 ${random.of([0, 1, 16, 32, 33, 49, 64, 65, 145, 255])}`);
      break;
    case 4:
      t.add(`poke @${f} W ${place}`);
      break;
    case 5:
      t.add(`poke @${f}+1W W ${place}`);
      break;
    case 6:
      t.add(`pokelink @${f} ${random.of([`@${a}`, `@${a}-2W`, `@${a}+4`, '0', `@${f}`])}`);
      break;
    case 7:
      t.add(`poke @${a}-2W W ${random.of(['0x20', '0x90', '0', '0x410'])}`);
      t.add(`poke @${a}-1W 1 ${random.of([0x20, 0x90, 0x10])}`);
      t.free(a);
      break;
    case 8:
      t.add(`poke @top+1W W ${random.of(['-1', '0', '0x21', '0x1001', '0x20d51'])}`);
      break;
    case 9:
      for (let i = 0; i < 5; i += 1)
        t.add(`poke @${a}+${8 * random.between(0, 14)} 8 ${random.of(['0x4242424242424242', '0', '0x61'])}`);
      break;
    default:
      t.add(`reallocat ${t.nextId++} @${a}+${random.of([8, 16, 32])} ${random.of([10, 200, 3000])}`);
  }
  churn(random.between(4, 24));
  if (random.chance(35)) t.malloc(random.of([1288, 6000, 72000, 130000]));
  if (random.chance(25)) t.add(random.of(['trim 0', 'mallinfo', 'mallopt 1 0']));
}

/** Plain work on the address space. */
function vmOperation(t: TraceWriter, maps: { id: number; pages: number }[]): void {
  const { random } = t;
  const event = random.between(0, 9);
  if (event < 3 || maps.length < 2) {
    const pages = random.chance(90) ? random.between(1, 30) : random.of([512, 513, 1024]);
    maps.push({ id: t.nextId, pages });
    t.add(
      `mmap ${t.nextId++} 0 ${pages * 4096 - random.of([0, 0, 1, 4095])} ${random.of([0, 1, 3, 3])} ${random.of([34, 34, 33])}`,
    );
    return;
  }
  const map = random.of(maps);
  const offset = random.between(0, map.pages - 1);
  const pages = random.between(1, map.pages - offset);
  const at = `@${map.id}+${offset * 4096}`;
  if (event === 3) {
    t.add(`munmap ${at} ${pages * 4096}`);
    if (offset === 0 && pages === map.pages) maps.splice(maps.indexOf(map), 1);
  } else if (event === 4) t.add(`mprotect ${at} ${pages * 4096} ${random.of([0, 1, 3])}`);
  else if (event === 5) t.add(`madvise ${at} ${pages * 4096} 4`);
  else if (event === 6) {
    const wanted = random.between(1, 50);
    t.add(`mremap ${t.nextId} @${map.id} ${map.pages * 4096} ${wanted * 4096} ${random.of([0, 1, 1])} 0`);
    maps.push({ id: t.nextId++, pages: wanted });
  } else t.add(`${random.of(['touchat', 'readat'])} ${at} ${random.of([1, 4096, pages * 4096])}`);
  if (maps.length > 40) maps.splice(0, 15);
}

const allFamilies: typeof families = { ...families, ...specialFamilies };

/** Names of the families. */
export const traceFamilies: readonly string[] = Object.keys(allFamilies);

/** The text of a trace. */
export function generateTrace(family: string, seed: number, length: number): string {
  const write = allFamilies[family];
  if (write === undefined) throw new RangeError(`no family ${family}`);
  const t = new TraceWriter(seed, length, new Random(seed * 64 + traceFamilies.indexOf(family)));
  write(t);
  if (t.checks) {
    const order = t.random.between(0, 2);
    if (order === 1) t.live.reverse();
    if (order < 2 && family !== 'limits' && family !== 'vm')
      for (const id of t.live) t.lines.push(`free ${id}`);
    t.lines.push('check');
  }
  return [`meta family ${family}`, `meta seed ${seed}`, ...t.head, ...t.lines, ''].join('\n');
}
