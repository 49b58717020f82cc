/**
 * Lessons about the process: address space, executable, demand paging, stack.
 */
import type { Lesson, Target } from './lesson.ts';

const before = (code: string, nth = 1): Target => ({ kind: 'before', code, nth });

const halves: Lesson = {
  id: 'halves',
  sample: '01-halves',
  question: {
    facts: {},
    before: { kind: 'start' },
    reveal: before('return *last'),
    choices: [
      { fact: { kind: 'user-end' } },
      { fact: { kind: 'user-end', in: { target: 'i386' } } },
      { fact: { kind: 'kernel-start' } },
      { fact: { kind: 'value', of: '&local + 1', form: 'address' } },
    ],
  },
  steps: [
    {
      name: 'parts',
      target: before('return *last'),
      facts: {
        code: { kind: 'value', of: 'main', form: 'address' },
        data: { kind: 'value', of: '&global', form: 'address' },
        heap: { kind: 'value', of: 'block', form: 'address' },
        stack: { kind: 'value', of: '&local', form: 'address' },
        end: { kind: 'user-end' },
      },
      show: '&local',
    },
    {
      name: 'kernel',
      target: before('return *last'),
      facts: { end: { kind: 'user-end' }, kernel: { kind: 'kernel-start' } },
    },
    {
      name: 'narrow',
      target: before('return *last'),
      facts: {
        end: { kind: 'user-end', in: { target: 'i386' } },
        code: { kind: 'value', of: 'main', form: 'address', in: { target: 'i386' } },
        stack: { kind: 'value', of: '&local', form: 'address', in: { target: 'i386' } },
      },
    },
    { name: 'crash', target: { kind: 'end' }, facts: {} },
  ],
};

const sections: Lesson = {
  id: 'sections',
  sample: '02-sections',
  question: {
    facts: { array: { kind: 'value', of: 'sizeof zeroed', form: 'bytes' } },
    before: { kind: 'start' },
    reveal: { kind: 'start' },
    choices: [{ text: 'zeroed' }, { text: 'data' }, { text: 'table' }, { text: 'all' }],
  },
  steps: [
    {
      name: 'sizes',
      target: { kind: 'start' },
      facts: {
        text: { kind: 'size', part: 'text' },
        data: { kind: 'size', part: 'data' },
        bss: { kind: 'size', part: 'bss' },
      },
      show: '&data',
    },
    {
      name: 'file',
      target: { kind: 'start' },
      facts: {
        file: { kind: 'segment', part: 'file' },
        memory: { kind: 'segment', part: 'memory' },
      },
      show: '&zeroed',
    },
    {
      name: 'read',
      target: before('zeroed[20000] = data[1]'),
      facts: {
        mapping: { kind: 'mapping', of: '&zeroed[20000]' },
        resident: { kind: 'resident', of: '&zeroed[20000]' },
      },
      show: '&zeroed[20000]',
    },
    {
      name: 'written',
      target: before('return first'),
      facts: {
        more: {
          kind: 'resident',
          of: '&zeroed[20000]',
          minus: { kind: 'resident', of: '&zeroed[20000]', at: before('zeroed[20000] = data[1]') },
        },
      },
      show: '&zeroed[20000]',
    },
  ],
};

const demandPaging: Lesson = {
  id: 'demand-paging',
  sample: '05-demand-paging',
  question: {
    facts: { pages: { kind: 'value', of: 'PAGES' } },
    before: before('sum += pages'),
    reveal: before('pages[i * PAGE] = 1'),
    choices: [
      {
        fact: {
          kind: 'resident',
          of: 'block',
          minus: { kind: 'resident', of: 'block', at: before('sum += pages') },
        },
      },
      {
        fact: {
          kind: 'resident',
          of: 'block',
          at: before('free(block)'),
          minus: { kind: 'resident', of: 'block', at: before('sum += pages') },
        },
      },
      { fact: { kind: 'value', of: 'PAGES', form: 'bytes' } },
      { fact: { kind: 'value', of: '64 * 1024 * 1024', form: 'bytes' } },
    ],
  },
  steps: [
    {
      name: 'promised',
      target: before('char *pages'),
      facts: {
        chunk: { kind: 'value', of: '((unsigned long *)block)[-1] & ~7UL', form: 'bytes' },
        mapping: { kind: 'mapping', of: 'block' },
        resident: { kind: 'resident', of: 'block' },
      },
      show: 'block',
    },
    {
      name: 'read',
      target: before('pages[i * PAGE] = 1'),
      facts: {
        pages: { kind: 'value', of: 'PAGES' },
        faults: { kind: 'faults', minus: { kind: 'faults', at: before('sum += pages') } },
        more: {
          kind: 'resident',
          of: 'block',
          minus: { kind: 'resident', of: 'block', at: before('sum += pages') },
        },
      },
      show: 'pages',
    },
    {
      name: 'written',
      target: before('free(block)'),
      facts: {
        faults: { kind: 'faults', minus: { kind: 'faults', at: before('pages[i * PAGE] = 1') } },
        page: { kind: 'page' },
        more: {
          kind: 'resident',
          of: 'block',
          minus: { kind: 'resident', of: 'block', at: before('pages[i * PAGE] = 1') },
        },
      },
      show: 'pages',
    },
  ],
};

const stack: Lesson = {
  id: 'stack',
  sample: '09-stack',
  question: {
    facts: {
      buffer: { kind: 'value', of: 'sizeof buffer', form: 'bytes', at: before('outer = inner') },
      limit: { kind: 'value', of: 'limit.rlim_cur', form: 'bytes' },
    },
    before: before('return dive(1)'),
    reveal: { kind: 'end' },
    choices: [
      { fact: { kind: 'value', of: 'depth' } },
      { fact: { kind: 'value', of: 'limit.rlim_cur / sizeof buffer', at: before('outer = inner') } },
      { fact: { kind: 'mapping', of: 'inner', form: 'count', at: before('return dive(1)') } },
      { text: 'forever' },
    ],
  },
  steps: [
    {
      name: 'start',
      target: before('return dive(1)'),
      facts: { mapping: { kind: 'mapping', of: 'inner' } },
      show: 'inner',
    },
    {
      name: 'frames',
      target: before('return dive(level + 1)', 3),
      facts: {
        distance: { kind: 'value', of: 'outer - inner', form: 'bytes' },
        buffer: { kind: 'value', of: 'sizeof buffer', form: 'bytes' },
        mapping: { kind: 'mapping', of: 'inner' },
      },
      show: 'inner',
    },
    {
      name: 'overflow',
      target: { kind: 'end' },
      facts: {
        depth: { kind: 'value', of: 'depth' },
        limit: { kind: 'value', of: 'limit.rlim_cur', form: 'bytes' },
      },
    },
  ],
};

/** In no order; the table sorts them. */
export const processLessons: readonly Lesson[] = [halves, sections, demandPaging, stack];
