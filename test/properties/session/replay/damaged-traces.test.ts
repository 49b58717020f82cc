/** Whatever a trace holds, it is read and replayed, or refused with the line that is wrong: nothing else is thrown. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NotModelled } from '../../../../src/core/trace/not-modelled.ts';
import { replayTrace } from '../../../../src/session/replay/replay-trace.ts';
import { startStateFor } from '../../../../src/session/replay/start-states.ts';
import { TraceError, operationKinds, parseTrace, traceErrors } from '../../../../src/session/replay/trace.ts';

const names = Object.keys(operationKinds);
const word = fc.oneof(
  { weight: 4, arbitrary: fc.nat(40).map(String) },
  { weight: 2, arbitrary: fc.nat(300_000).map(String) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('@0', '@heap', '@top+8', '@brk-1', '@1+2W', '0x', '@', '-', '1e3', '0x10'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const line = fc
  .tuple(fc.constantFrom(...names, 'malloc', 'malloc', 'free', 'realloc'), fc.array(word, { maxLength: 6 }))
  .map(([name, words]) => [name, ...words].join(' '));
const directive = fc.constantFrom(
  'bad',
  'vmas',
  'meta seed 1',
  'tunable glibc.malloc.tcache_count=0',
  'tunable glibc.malloc.tcache_count',
  'rlimit as 20000000',
  'rlimit data x',
  'rlimit stack unlimited',
);
const trace = fc
  .tuple(fc.array(directive, { maxLength: 3 }), fc.array(line, { maxLength: 25 }))
  .map((parts) => `${parts.flat().join('\n')}\n`);

/** A trace that is right, with one piece cut out or one character changed. */
const damaged = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(9), fc.nat(3000)), { minLength: 5, maxLength: 40 }),
    fc.nat(400),
    fc.nat(30),
    fc.string({ maxLength: 2 }),
  )
  .map(([calls, at, length, text]) => {
    const live = new Set<number>();
    const lines = calls.map(([id, size]) => {
      if (live.delete(id)) return `free ${id}`;
      live.add(id);
      return `malloc ${id} ${size}`;
    });
    const whole = `${lines.join('\n')}\n`;
    const start = at % whole.length;
    return whole.slice(0, start) + text + whole.slice(start + length);
  });

/** Reads and replays; fails where something else than a refusal is thrown. */
function check(text: string): void {
  const errors = traceErrors(text);
  const lineCount = text.split('\n').length;
  for (const { line: at, message } of errors) {
    assert.ok(at >= 1 && at <= lineCount, `line ${at}: ${message}`);
    assert.notEqual(message, '');
  }
  if (errors.length > 0) {
    assert.throws(() => parseTrace(text), TraceError);
    return;
  }
  const parsed = parseTrace(text);
  try {
    for (const record of replayTrace(parsed, startStateFor('2.36', 'x86_64', parsed)))
      assert.doesNotThrow(() => JSON.parse(record));
  } catch (error) {
    if (error instanceof TraceError) assert.ok(error.line >= 1 && error.line <= lineCount, error.message);
    else if (!(error instanceof NotModelled)) throw error;
  }
}

describe('damaged allocation traces', function () {
  this.timeout(60_000);

  it('are replayed or refused, of random bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => String.fromCharCode(...array));
    fc.assert(fc.property(bytes, check), { numRuns: 300, seed: 1 });
  });

  it('are replayed or refused, of random operations', () => {
    fc.assert(fc.property(trace, check), { numRuns: 250, seed: 2 });
  });

  it('are replayed or refused, with a piece missing', () => {
    fc.assert(fc.property(damaged, check), { numRuns: 150, seed: 3 });
  });
});
