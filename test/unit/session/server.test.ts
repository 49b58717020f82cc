import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Envelope, ResponseEnvelope } from '../../../src/protocol/messages.ts';
import { SessionServer } from '../../../src/session/server.ts';

/** A server and what it posted. */
function serve(): { readonly send: (message: unknown) => Envelope[] } {
  let posted: Envelope[] = [];
  const server = new SessionServer({ post: (message) => posted.push(message) });
  return {
    send: (message) => {
      posted = [];
      server.receive(message as Envelope);
      return posted;
    },
  };
}

const inputs = {
  files: [{ name: 'a.c', text: '#include <stdlib.h>\nint main(void) { free(malloc(1)); return 0; }' }],
  headers: [],
  args: [],
  environment: [],
  stdin: '',
  stdoutKind: 'pipe',
  programPath: './a',
  target: 'x86_64',
  glibc: '2.36',
  limits: { fuel: 1e6, memoryBytes: 1 << 26, outputBytes: 1e5, events: 1000 },
};

const run = { type: 'request', id: 1, name: 'run', params: { inputs } };

function errorCode(messages: readonly Envelope[]): string {
  const [answer] = messages;
  assert.ok(answer?.type === 'response' && !answer.ok, JSON.stringify(messages));
  return answer.code;
}

describe('session server', () => {
  it('answers every request once, whatever it says', () => {
    const { send } = serve();
    send(run);
    const names = fc.oneof(
      fc.constantFrom('hello', 'run', 'seek', 'step', 'events', 'readMemory', 'maps', 'reveal', 'start'),
      fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty'),
      fc.string(),
    );
    fc.assert(
      fc.property(names, fc.jsonValue({ maxDepth: 3 }), fc.integer(), (name, params, id) => {
        const answers = send({ type: 'request', id, name, params }).filter(
          (message): message is ResponseEnvelope => message.type === 'response',
        );
        assert.equal(answers.length, 1);
        assert.equal(answers[0]?.id, id);
      }),
      { numRuns: 400, seed: 3 },
    );
  });

  it('does not mind what is no message at all', () => {
    const { send } = serve();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (message) => {
        send(message);
      }),
      { numRuns: 300, seed: 4 },
    );
    assert.deepEqual(send(undefined), []);
  });

  it('tells wrong parameters from bugs of its own', () => {
    const { send } = serve();
    const ask = (name: string, params: unknown): string =>
      errorCode(send({ type: 'request', id: 2, name, params }));
    assert.equal(ask('seek', { index: 0 }), 'no-program');
    send(run);
    assert.equal(ask('seek', undefined), 'bad-request');
    assert.equal(ask('seek', { index: 'x' }), 'bad-range');
    assert.equal(ask('seek', { index: 0.5 }), 'bad-range');
    assert.equal(ask('step', { kind: 'nothing', count: 1 }), 'bad-request');
    assert.equal(ask('step', { kind: 'event', count: null }), 'bad-request');
    assert.equal(ask('events', { from: -1, count: 1 }), 'bad-range');
    assert.equal(ask('events', { from: 0, count: 1, kinds: 5, near: 0 }), 'bad-request');
    assert.equal(ask('readMemory', { start: 12, length: 4 }), 'bad-range');
    assert.equal(ask('readMemory', { start: '0x10', length: 1e9 }), 'bad-range');
    assert.equal(ask('run', {}), 'bad-request');
    assert.equal(ask('hello', { protocolVersion: 99, language: 'en' }), 'version-mismatch');
    assert.equal(ask('toString', {}), 'bad-request');
  });

  it('goes on after a program that does not compile', () => {
    const { send } = serve();
    const broken = { ...inputs, files: [{ name: 'a.c', text: 'int main(void) { return x; }' }] };
    const [answer] = send({ ...run, params: { inputs: broken } });
    assert.ok(answer?.type === 'response' && answer.ok);
    const result = answer.result as { problems: unknown[]; snapshot: unknown };
    assert.equal(result.snapshot, undefined);
    assert.equal(result.problems.length, 1);
    assert.equal(errorCode(send({ type: 'request', id: 3, name: 'maps', params: {} })), 'no-program');
    const [again] = send(run);
    assert.ok(again?.type === 'response' && again.ok);
  });
});
