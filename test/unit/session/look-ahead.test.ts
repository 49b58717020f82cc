/**
 * Two sessions in turn: stepping never leaves the moments that can be shown. The sessions here only count: that any two
 * of the same inputs show the same is test/properties/session/moment-window.test.ts.
 */
import assert from 'node:assert/strict';
import type { Envelope, MomentReach, Params, ResponseEnvelope } from '../../../src/protocol/messages.ts';
import type { Snapshot } from '../../../src/protocol/view-model.ts';
import { RequestClient } from '../../../src/session/channel.ts';
import { LookAhead } from '../../../src/session/look-ahead.ts';
import type { LookAheadHost } from '../../../src/session/look-ahead.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const count = 100_000;

/** Answers as a session does that keeps 2,000 moments around one, and 20,000 on a side that it is told. */
class CountingSession {
  readonly name: string;
  readonly client: RequestClient;
  reach: MomentReach = { first: 0, last: 2000, count };
  event = 0;
  /** Runs that it has made. */
  runs = 0;

  constructor(name: string) {
    this.name = name;
    this.client = new RequestClient(
      {
        post: (message: Envelope) => {
          if (message.type !== 'request') return;
          const { id } = message;
          const result = this.#answer(message.name, message.params);
          setImmediate(() => {
            this.client.receive({ type: 'response', id, ok: true, result } as ResponseEnvelope);
          });
        },
      },
      { after: () => () => undefined },
    );
  }

  get snapshot(): Snapshot {
    return { position: { index: this.event, count } } as Snapshot;
  }

  #answer(name: string, params: unknown): unknown {
    switch (name) {
      case 'run':
        this.runs += 1;
        return { snapshot: this.snapshot };
      case 'reach':
        return this.reach;
      case 'hello':
        return { snapshot: this.snapshot };
      default: {
        const { index, toward } = params as Params<'seek'>;
        this.event = index;
        const isKnown = index >= this.reach.first && index <= this.reach.last;
        if (isKnown && toward === undefined) return { index };
        this.runs += 1;
        const [before, behind] = [toward === 'back' ? 20_000 : 2000, toward === 'forward' ? 20_000 : 2000];
        this.reach = { first: Math.max(0, index - before), last: Math.min(count - 1, index + behind), count };
        return { index };
      }
    }
  }
}

/** A window in which one steps. */
class Stepped implements LookAheadHost<CountingSession> {
  shown = new CountingSession('first');
  readonly replaced: string[] = [];
  readonly closed: string[] = [];
  opened = 0;
  isAtStep = false;
  isUnderWay = false;
  readonly ahead = new LookAhead<CountingSession>(
    this,
    openSession('int main(void) { return 0; }').inputs,
    'en',
    0,
  );

  current(): CountingSession {
    return this.shown;
  }
  shownEvent(): number | undefined {
    return this.isAtStep ? undefined : this.shown.event;
  }
  isMoving(): boolean {
    return this.isUnderWay;
  }
  open(): Promise<CountingSession> {
    this.opened += 1;
    return Promise.resolve(new CountingSession('second'));
  }
  replace(next: CountingSession, snapshot: Snapshot): void {
    assert.equal(snapshot.position.index, this.shown.event, 'the same moment');
    this.shown = next;
    this.replaced.push(next.name);
  }
  close({ name }: CountingSession): void {
    this.closed.push(name);
  }

  /** Steps, and lets everything come to rest; tells whether the step was inside of what could be shown. */
  async stepTo(index: number): Promise<boolean> {
    const { first, last } = this.shown.reach;
    await this.shown.client.request('seek', { index });
    await this.ahead.moved(index);
    return index >= first && index <= last;
  }
}

describe('looking ahead', () => {
  it('goes on with the next window before the edge of this one, forward and back', async () => {
    const stepped = new Stepped();
    for (let index = 1; index < 70_000; index += 97) assert.ok(await stepped.stepTo(index), String(index));
    assert.deepEqual(stepped.replaced, ['second', 'first', 'second', 'first']);
    for (let index = stepped.shown.event - 97; index > 0; index -= 97)
      assert.ok(await stepped.stepTo(index), String(index));
    assert.equal(stepped.opened, 1, 'two sessions are enough');
    stepped.ahead.dispose();
    assert.equal(stepped.closed.length, 1);
    assert.notEqual(stepped.closed[0], stepped.shown.name, 'the one that is shown stays');
  });

  it('does nothing for jumps, at moments between events, and where the end of the run is in sight', async () => {
    const stepped = new Stepped();
    await stepped.stepTo(1500);
    stepped.isAtStep = true;
    await stepped.stepTo(1501);
    stepped.isAtStep = false;
    await stepped.stepTo(count - 10);
    await stepped.stepTo(count - 9);
    assert.equal(stepped.opened, 0);
  });

  it('waits with going on while a move is under way, and goes on later', async () => {
    const stepped = new Stepped();
    await stepped.stepTo(1);
    for (let index = 98; index < 1000; index += 97) await stepped.stepTo(index);
    stepped.isUnderWay = true;
    await stepped.stepTo(1067);
    assert.deepEqual(stepped.replaced, []);
    stepped.isUnderWay = false;
    await stepped.stepTo(1164);
    assert.deepEqual(stepped.replaced, ['second']);
  });

  it('goes without a session that has ended', async () => {
    const stepped = new Stepped();
    await stepped.stepTo(1);
    stepped.ahead.dispose();
    for (let index = 98; index < 1990; index += 97) await stepped.stepTo(index);
    assert.deepEqual([stepped.replaced, stepped.opened], [[], 1]);
  });
});

describe('the moments that a session can show', () => {
  let session: Session;

  before(() => {
    session = openSession(
      '#include <stdlib.h>\nint main(void) { for (int i = 0; i < 4000; i++) free(malloc(i % 300)); return 0; }',
    );
  });

  it('lie around the one that is shown, more of them where steps will go', () => {
    const { count: all } = session.recording;
    session.seek(5000);
    assert.deepEqual(session.reach, { first: 3000, last: 7000, count: all });
    session.seek(5000, 'forward');
    assert.deepEqual(session.reach, { first: 3000, last: all - 1, count: all });
    session.seek(5000, 'back');
    assert.deepEqual(session.reach, { first: 0, last: 7000, count: all });
  });
});
