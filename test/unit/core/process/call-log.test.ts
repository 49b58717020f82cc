import assert from 'node:assert/strict';
import type { SimpleCalls, TraceEvent, Tracer } from '../../../../src/core/trace/trace-event.ts';
import { Recording } from '../../../../src/session/recording.ts';
import { Rerun } from '../../../../src/session/rerun.ts';
import { openSession } from '../../../support/open-session.ts';
import type { Session } from '../../../../src/session/session.ts';

/** Blocks come and go; pages are touched, a stream writes, and a handler runs between the calls. */
const program = `
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
static char *blocks[60];
static unsigned seed = SEED;
static unsigned next(unsigned below) { seed = seed * 1103515245u + 12345u; return (seed >> 8) % below; }
static void handler(int signal) { free(malloc(24)); (void)signal; }
static char *make(unsigned size) { return size % 5 == 0 ? calloc(1, size) : malloc(size); }
int main(void) {
  signal(SIGUSR1, handler);
  for (int turn = 0; turn < 600; turn++) {
    int k = next(60);
    if (blocks[k] != NULL) {
      free(blocks[k]);
      blocks[k] = NULL;
    } else {
      blocks[k] = make(next(20) == 0 ? next(9000) : next(8) * 13);
      blocks[k][0] = 1;
    }
    if (turn % 50 == 0) printf("%p\\n", (void *)blocks[k]);
    if (turn % 70 == 0) raise(SIGUSR1);
  }
  return 0;
}
`;

/** A tracer that hears of each call when it is complete. */
class ImpatientTracer implements Tracer {
  readonly wantsWhy = false;
  readonly #recording: Recording;
  constructor(recording: Recording) {
    this.#recording = recording;
  }
  get count(): number {
    return this.#recording.count;
  }
  emit(event: TraceEvent): void {
    this.#recording.emit(event);
  }
}

/** The events with all that is recorded of them. */
function eventsOf(recording: Recording): string[] {
  return Array.from({ length: recording.count }, (_, index) =>
    JSON.stringify({
      ...recording.eventAt(index),
      position: recording.positionAt(index),
      since: recording.sinceAt(index),
      parent: recording.parentAt(index),
    }),
  );
}

function recordedOneByOne(session: Session, limit: number): Recording {
  const recording = new Recording({ limit, outputLimit: Infinity });
  const machine = new Rerun(session.inputs, session.program).machine(new ImpatientTracer(recording));
  recording.position = () => machine.position;
  machine.run();
  return recording;
}

describe('calls of malloc that are told together', () => {
  for (const seed of [1, 2, 3]) {
    it(`are recorded as those that are told one by one (${String(seed)})`, () => {
      const session = openSession(program.replace('SEED', String(seed)));
      const expected = eventsOf(recordedOneByOne(session, Infinity));
      assert.ok(expected.length > 600);
      assert.deepEqual(eventsOf(session.recording), expected);
    });
  }

  it('stop the run at the event that reaches the limit', () => {
    const text = program.replace('SEED', '4');
    for (const events of [40, 41, 42, 43, 300]) {
      const session = openSession(text, { events });
      assert.deepEqual(eventsOf(session.recording), eventsOf(recordedOneByOne(session, events)));
      assert.equal(session.trap.kind, 'limit');
    }
  });

  it('let a moment between them be reached, with the heap as it is there', () => {
    const session = openSession(program.replace('SEED', '5'));
    const { recording } = session;
    const plain = new Rerun(session.inputs, session.program);
    for (let index = 30; index < recording.count; index += 37) {
      session.seek(index);
      assert.deepEqual(session.index, index);
      // The state is that of a run that was told of every call.
      const tracer = new StoppingTracer(index);
      const machine = plain.machine(tracer);
      assert.throws(() => machine.run(), StopHere);
      const { startBrk, brk } = machine.memory.mm;
      assert.deepEqual(
        session.machine.memory.peek(startBrk, brk - startBrk),
        machine.memory.peek(startBrk, brk - startBrk),
      );
      assert.equal(session.machine.position, recording.positionAt(index));
    }
  });

  it('are told in bundles that begin at the log', () => {
    const session = openSession(program.replace('SEED', '6'));
    const bundles: number[] = [];
    const recording = new Recording({ limit: Infinity, outputLimit: Infinity });
    const tracer: Tracer = {
      wantsWhy: false,
      get count() {
        return recording.count;
      },
      emit: (event) => {
        recording.emit(event);
      },
      patience: 5,
      emitCalls: (calls: SimpleCalls) => {
        bundles.push(calls.count);
        recording.emitCalls(calls);
      },
    };
    const machine = new Rerun(session.inputs, session.program).machine(tracer);
    recording.position = () => machine.position;
    machine.run();
    assert.ok(bundles.includes(5) && Math.max(...bundles) === 5);
    assert.deepEqual(eventsOf(recording), eventsOf(session.recording));
  });
});

class StopHere extends Error {}

/** Stops the run right after an event. */
class StoppingTracer implements Tracer {
  readonly wantsWhy = false;
  count = 0;
  readonly #last: number;
  constructor(last: number) {
    this.#last = last;
  }
  emit(): void {
    this.count += 1;
    if (this.count > this.#last) throw new StopHere();
  }
}
