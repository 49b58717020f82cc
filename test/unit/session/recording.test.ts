import assert from 'node:assert/strict';
import type { Address } from '../../../src/base/address.ts';
import type { TraceEvent } from '../../../src/core/trace/trace-event.ts';
import { Recording } from '../../../src/session/recording.ts';

const noLimit = { limit: Infinity, outputLimit: Infinity };

const malloc = (
  name: 'malloc' | 'free' | 'realloc' | 'calloc',
  args: number[],
  result: number,
  since: number,
  more: { errno?: number; caller?: string } = {},
): TraceEvent => ({
  kind: 'malloc',
  name,
  args,
  result,
  since,
  errno: more.errno ?? 0,
  caller: more.caller ?? 'program',
  why: [],
});

const events: readonly TraceEvent[] = [
  { kind: 'process', what: 'start', value: 0, text: undefined },
  { kind: 'syscall', name: 'brk', args: [0], result: 0x555555559000, why: undefined },
  { kind: 'syscall', name: 'getpid', args: [], result: 4242, why: undefined },
  {
    kind: 'page-fault',
    addr: 0x555555559008 as Address,
    access: 'write',
    severity: 'minor',
    cause: 'demand-zero',
    why: undefined,
  },
  malloc('malloc', [24], 0x5555555592a0, 1),
  malloc('calloc', [3, 8], 0x5555555592c0, 5),
  malloc('realloc', [0x5555555592c0, 2 ** 62], 0, 6, { errno: 12 }),
  malloc('malloc', [1024], 0x555555559300, 7, { caller: 'puts' }),
  { kind: 'output', fd: 1, bytes: Uint8Array.of(104, 105, 10) },
  { kind: 'output', fd: 2, bytes: Uint8Array.of() },
  malloc('free', [0x5555555592a0], 0, 10),
  { kind: 'wait', name: 'sleep', seconds: 2 },
  {
    kind: 'signal',
    signal: 11,
    code: 1,
    handler: 0x555555555139,
    sp: 0x7fffffffd000,
    isOnAlternateStack: true,
    addr: 0,
  },
  {
    kind: 'signal',
    signal: 40,
    code: -1,
    handler: 0x555555555139,
    sp: 0x7fffffffc000,
    isOnAlternateStack: false,
    addr: undefined,
  },
  { kind: 'process', what: 'exit', value: 3, text: undefined },
];

describe('recording', () => {
  it('gives every event back as it was told', () => {
    const recording = new Recording(noLimit);
    for (const event of events) recording.emit(event);
    assert.deepEqual(
      events.map((_, i) => recording.eventAt(i)),
      events,
    );
    assert.deepEqual(
      [1, 2, 3, 4, 5, 8].map((i) => recording.parentAt(i)),
      [4, 4, 4, undefined, undefined, undefined],
    );
    assert.deepEqual(
      [3, 4, 7].map((i) => recording.sinceAt(i)),
      [3, 1, 7],
    );
    assert.deepEqual(
      recording.outputUpTo(8).map(({ fd, bytes }) => [fd, [...bytes]]),
      [[1, [104, 105, 10]]],
    );
  });

  it('takes at most 13 bytes for an event of a run that calls malloc and free', () => {
    const recording = new Recording(noLimit);
    const pairs = 500_000;
    for (let i = 0; i < pairs; i++) {
      recording.emit(malloc('malloc', [24], 0x5555555592a0, 2 * i));
      recording.emit(malloc('free', [0x5555555592a0], 0, 2 * i + 1));
    }
    assert.ok(recording.byteLength <= 13 * 2 * pairs, String(recording.byteLength / (2 * pairs)));
  });
});
