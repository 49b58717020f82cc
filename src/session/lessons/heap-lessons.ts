/**
 * Lessons about malloc and free.
 */
import type { Fact, Lesson, Target } from './lesson.ts';

const before = (code: string, nth = 1): Target => ({ kind: 'before', code, nth });
const call = (name: string, nth = 1): Target => ({ kind: 'call', name, nth });

/** A release from before the cache of each thread (2.26). */
export const withoutCache = { glibc: '2.23' } as const;

/** The size word of the chunk of a pointer, without its flags. */
const chunkOf = (pointer: string): Fact => ({
  kind: 'value',
  of: `((unsigned long *)${pointer})[-1] & ~7UL`,
  form: 'bytes',
});

const mallocOne: Lesson = {
  id: 'malloc-one',
  sample: '03-malloc-one',
  question: {
    facts: {},
    before: { kind: 'start' },
    reveal: call('malloc'),
    choices: [
      { fact: { kind: 'heap' } },
      { fact: { kind: 'value', of: 'sizeof *first', form: 'bytes', at: before("*first = 'a'") } },
      { fact: { kind: 'page' } },
      { fact: { ...chunkOf('first'), at: before("*first = 'a'") } },
    ],
  },
  steps: [
    {
      name: 'heap',
      target: call('malloc'),
      facts: { heap: { kind: 'heap' }, calls: { kind: 'calls', names: ['brk'] }, page: { kind: 'page' } },
      show: '$',
    },
    {
      name: 'offset',
      target: call('malloc'),
      facts: {
        offset: { kind: 'offset', of: '$', form: 'address' },
        cache: {
          kind: 'offset',
          of: '$',
          form: 'bytes',
          minus: { kind: 'value', of: '2 * sizeof(long)', at: { kind: 'start' } },
        },
        older: { kind: 'offset', of: '$', in: withoutCache },
      },
      show: '$',
    },
    {
      name: 'chunk',
      target: call('malloc', 2),
      facts: {
        chunk: { ...chunkOf('first') },
        distance: {
          kind: 'offset',
          of: '$',
          form: 'bytes',
          minus: { kind: 'offset', of: '$', at: call('malloc') },
        },
      },
      show: '$',
    },
    {
      name: 'kept',
      target: before('return 0'),
      facts: { heap: { kind: 'heap' } },
      show: 'first',
    },
  ],
};

const threshold: Lesson = {
  id: 'threshold',
  sample: '04-threshold',
  question: {
    facts: { asked: { kind: 'value', of: '200000', form: 'bytes', at: { kind: 'start' } } },
    before: before('char *again'),
    reveal: before('again[0]'),
    choices: [{ text: 'heap' }, { text: 'mapping' }, { text: 'null' }],
  },
  steps: [
    {
      name: 'below',
      target: before('small[0]'),
      facts: { heap: { kind: 'heap' }, offset: { kind: 'offset', of: 'small' } },
      show: 'small',
    },
    {
      name: 'above',
      target: before('large[0]'),
      facts: {
        mapping: { kind: 'mapping', of: 'large' },
        chunk: chunkOf('large'),
        heap: { kind: 'heap' },
      },
      show: 'large',
    },
    {
      name: 'freed',
      target: before('char *again'),
      facts: {
        threshold: { ...chunkOf('large'), at: before('free(large)') },
        calls: { kind: 'calls', names: ['munmap'] },
      },
    },
    {
      name: 'again',
      target: before('again[0]'),
      facts: { offset: { kind: 'offset', of: 'again' }, heap: { kind: 'heap' } },
      show: 'again',
    },
  ],
};

const free: Lesson = {
  id: 'free',
  sample: '06-free',
  question: {
    facts: { asked: { kind: 'value', of: '24', form: 'bytes', at: { kind: 'start' } } },
    before: before('char *again'),
    reveal: before('again[0]'),
    choices: [
      { fact: { kind: 'value', of: 'again', form: 'address' } },
      { fact: { kind: 'value', of: 'a', form: 'address' } },
      { fact: { kind: 'value', of: 'big', form: 'address' } },
      { fact: { kind: 'value', of: 'guard + (b - a)', form: 'address' } },
    ],
  },
  steps: [
    {
      name: 'header',
      target: before('free(a)'),
      facts: {
        header: { kind: 'value', of: '*header', form: 'address' },
        chunk: chunkOf('a'),
        distance: { kind: 'value', of: 'a - (char *)header', form: 'bytes' },
      },
      show: 'a',
    },
    {
      name: 'kept',
      target: before('char *again'),
      facts: { heap: { kind: 'heap' }, calls: { kind: 'calls', names: ['munmap'] }, chunk: chunkOf('big') },
      show: 'big',
    },
    {
      name: 'again',
      target: before('again[0]'),
      facts: {
        again: { kind: 'value', of: 'again', form: 'address' },
        b: { kind: 'value', of: 'b', form: 'address' },
      },
      show: 'again',
    },
  ],
};

const rounds = before('use(200000)');

const brkMmap: Lesson = {
  id: 'brk-mmap',
  sample: '07-brk-mmap',
  question: {
    facts: { rounds: { kind: 'value', of: 'ROUNDS', at: { kind: 'start' } } },
    before: rounds,
    reveal: before('return 0'),
    choices: [
      {
        fact: {
          kind: 'calls',
          names: ['brk', 'mmap', 'munmap'],
          minus: { kind: 'calls', names: ['brk', 'mmap', 'munmap'], at: rounds },
        },
      },
      {
        fact: {
          kind: 'calls',
          names: ['mmap'],
          minus: { kind: 'calls', names: ['mmap'], at: rounds },
        },
      },
      {
        fact: {
          kind: 'calls',
          names: ['brk', 'mmap', 'munmap'],
          at: rounds,
          minus: { kind: 'calls', names: ['brk', 'mmap', 'munmap'], at: before('use(100000)') },
        },
      },
      { fact: { kind: 'calls', names: ['brk'], at: before('use(100000)') } },
    ],
  },
  steps: [
    {
      name: 'brk',
      target: rounds,
      facts: {
        calls: {
          kind: 'calls',
          names: ['brk', 'mmap', 'munmap'],
          minus: { kind: 'calls', names: ['brk', 'mmap', 'munmap'], at: before('use(100000)') },
        },
        faults: { kind: 'faults', minus: { kind: 'faults', at: before('use(100000)') } },
        heap: { kind: 'heap' },
      },
    },
    {
      name: 'mmap',
      target: before('return 0'),
      facts: {
        mmap: { kind: 'calls', names: ['mmap'], minus: { kind: 'calls', names: ['mmap'], at: rounds } },
        munmap: { kind: 'calls', names: ['munmap'], minus: { kind: 'calls', names: ['munmap'], at: rounds } },
        faults: { kind: 'faults', minus: { kind: 'faults', at: rounds } },
      },
    },
  ],
};

const fragmentation: Lesson = {
  id: 'fragmentation',
  sample: '08-fragmentation',
  question: {
    facts: { live: { kind: 'value', of: 'live', form: 'bytes' } },
    before: before('struct mallinfo2'),
    reveal: before('free(rows[i])'),
    choices: [
      { fact: { kind: 'heap' } },
      { fact: { kind: 'value', of: 'live', form: 'bytes' } },
      { fact: { kind: 'heap', at: before('rows[i] = malloc') } },
      { fact: { kind: 'value', of: 'live + bytes', form: 'bytes', at: before('live +=', 60) } },
    ],
  },
  steps: [
    {
      name: 'first',
      target: before('char *scratch', 3),
      facts: {
        hole: { kind: 'value', of: '((unsigned long *)rows[1])[-2]', form: 'bytes' },
        bytes: { kind: 'value', of: 'bytes', form: 'bytes' },
      },
      show: 'rows[1]',
    },
    {
      name: 'holes',
      target: before('free(rows[i])'),
      facts: {
        heap: { kind: 'heap' },
        live: { kind: 'value', of: 'live', form: 'bytes' },
        holes: { kind: 'value', of: 'holes', form: 'bytes' },
        count: { kind: 'value', of: 'info.ordblks - 1' },
      },
      show: 'rows[0]',
    },
    {
      name: 'end',
      target: before('return live'),
      facts: { heap: { kind: 'heap' } },
    },
  ],
};

const rss: Lesson = {
  id: 'rss',
  sample: '10-rss',
  question: {
    facts: { resident: { kind: 'resident', of: 'first', at: before('free(blocks[i])') } },
    before: before('free(blocks[i])'),
    reveal: before('int trimmed'),
    choices: [
      { fact: { kind: 'resident', of: 'first' } },
      {
        fact: { kind: 'resident', of: 'first', at: before('free(blocks[BLOCKS - 1])') },
      },
      { fact: { kind: 'value', of: 'BYTES', form: 'bytes' } },
      { fact: { kind: 'page' } },
    ],
  },
  steps: [
    {
      name: 'full',
      target: before('free(blocks[i])'),
      facts: { heap: { kind: 'heap' }, resident: { kind: 'resident', of: 'first' } },
      show: 'first',
    },
    {
      name: 'freed',
      target: before('int trimmed'),
      facts: { heap: { kind: 'heap' }, resident: { kind: 'resident', of: 'first' } },
      show: 'first',
    },
    {
      name: 'trimmed',
      target: before('free(blocks[BLOCKS - 1])'),
      facts: { heap: { kind: 'heap' }, resident: { kind: 'resident', of: 'first' } },
      show: 'first',
    },
  ],
};

const doubleFree: Lesson = {
  id: 'double-free',
  sample: '11-double-free',
  question: {
    facts: {},
    before: before('free(alias)'),
    reveal: before('free(one)'),
    choices: [{ text: 'twice' }, { text: 'abort' }, { text: 'crash' }, { text: 'ignored' }],
  },
  steps: [
    {
      name: 'freed',
      target: before("memset(name, 'x'"),
      facts: { key: { kind: 'value', of: 'sizeof(long)', form: 'bytes' } },
      show: 'name',
    },
    {
      name: 'wiped',
      target: before('char *one'),
      facts: {},
      show: 'name',
    },
    {
      name: 'shared',
      target: before('free(one)'),
      facts: {
        one: { kind: 'value', of: 'one', form: 'address' },
        two: { kind: 'value', of: 'two', form: 'address' },
      },
      show: 'one',
    },
    { name: 'noticed', target: { kind: 'end' }, facts: {} },
  ],
};

const releases: Lesson = {
  id: 'releases',
  sample: '12-releases',
  question: {
    facts: {},
    before: before('char *next'),
    reveal: before('free(next)'),
    choices: [
      { fact: { kind: 'value', of: 'next', form: 'address' } },
      { fact: { kind: 'value', of: 'first', form: 'address' } },
      { fact: { kind: 'value', of: 'next', form: 'address', in: withoutCache } },
      { fact: { kind: 'value', of: 'third + (third - second)', form: 'address' } },
    ],
  },
  steps: [
    {
      name: 'cached',
      target: before('free(next)'),
      facts: {
        first: { kind: 'value', of: 'first', form: 'address' },
        second: { kind: 'value', of: 'second', form: 'address' },
        next: { kind: 'value', of: 'next', form: 'address' },
      },
      show: 'next',
    },
    {
      name: 'older',
      target: before('free(next)'),
      facts: {
        first: { kind: 'value', of: 'first', form: 'address', in: withoutCache },
        second: { kind: 'value', of: 'second', form: 'address', in: withoutCache },
        next: { kind: 'value', of: 'next', form: 'address', in: withoutCache },
      },
      show: 'next',
    },
  ],
};

/** In no order; the table sorts them. */
export const heapLessons: readonly Lesson[] = [
  mallocOne,
  threshold,
  free,
  brkMmap,
  fragmentation,
  rss,
  doubleFree,
  releases,
];
