/**
 * Both ends of the analysis worker, with messages that are cloned as between threads, and a clock that the test moves.
 */
import assert from 'node:assert/strict';
import { analyzeProgram, defaultAnalysisOptions } from '../../../../src/session/analysis.ts';
import { AnalysisClient, silenceMs } from '../../../../src/session/editor/analysis-client.ts';
import type {
  AnalysedDocument,
  AnalysisWorkerListener,
} from '../../../../src/session/editor/analysis-client.ts';
import type {
  AnalysedProgram,
  FromAnalysis,
  HoverView,
  TextEdit,
  ToAnalysis,
} from '../../../../src/session/editor/analysis-messages.ts';
import { AnalysisServer } from '../../../../src/session/editor/analysis-server.ts';
import { answerOf } from '../../../../src/session/editor/answers.ts';

const alone: AnalysedProgram = {
  own: 'main.c',
  others: [],
  order: ['main.c'],
  headers: [],
  compile: defaultAnalysisOptions.compile,
};

/** A document that is edited by the test. */
class Edited implements AnalysedDocument {
  readonly key: number;
  version = 1;
  content: string;
  program = alone;
  /** Times that its whole text was asked for. */
  wholeTexts = 0;

  constructor(key: number, content: string) {
    this.key = key;
    this.content = content;
  }

  get length(): number {
    return this.content.length;
  }

  text(): string {
    this.wholeTexts += 1;
    return this.content;
  }

  /** Replaces the first `from`, as a user does. */
  type(from: string, to: string): readonly TextEdit[] {
    const offset = this.content.indexOf(from);
    assert.ok(offset >= 0, from);
    this.content = this.content.replace(from, to);
    this.version += 1;
    return [{ offset, length: from.length, text: to }];
  }
}

/** Timers that the test lets pass. */
class Clock {
  #now = 0;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }

  get waiting(): number {
    return this.#timers.length;
  }
}

/** A client over workers that the test holds in its hand. */
function setUp(
  options: { readonly onAsk?: (nth: number) => 'die' | 'hang' | 'answer'; readonly stepMs?: number } = {},
) {
  const clock = new Clock();
  const troubles: string[] = [];
  const sent: ToAnalysis[] = [];
  const state = { workers: 0, asks: 0, ended: 0, now: 0 };
  const client = new AnalysisClient({
    language: 'en',
    timers: clock,
    onTrouble: (reason) => troubles.push(reason),
    start: (listener: AnalysisWorkerListener) => {
      state.workers += 1;
      let isEnded = false;
      const server = new AnalysisServer(
        (message: FromAnalysis) => {
          const copy = structuredClone(message);
          setImmediate(() => {
            if (!isEnded) listener.onMessage(copy);
          });
        },
        {
          // Each look at the clock takes some time, so that slices are short.
          now: () => (state.now += options.stepMs ?? 1),
          pause: () => new Promise((resolve) => setImmediate(resolve)),
        },
      );
      return Promise.resolve({
        post: (message: ToAnalysis) => {
          sent.push(message);
          const copy = structuredClone(message);
          const fate = copy.kind === 'ask' ? (options.onAsk?.(++state.asks) ?? 'answer') : 'answer';
          setImmediate(() => {
            if (isEnded) return;
            if (fate === 'answer') server.receive(copy);
            else if (copy.kind === 'ask') {
              listener.onMessage({ type: 'analysis', kind: 'busy', document: copy.document });
              if (fate === 'die') listener.onFailure('it died');
            }
          });
        },
        terminate: () => {
          isEnded = true;
          state.ended += 1;
        },
      });
    },
  });
  return { client, clock, troubles, sent, state };
}

async function hover(client: AnalysisClient, document: Edited, at: string): Promise<HoverView | undefined> {
  const outcome = await client.ask(document, 'hover', () => ({ offset: document.content.indexOf(at) }));
  assert.equal(outcome.kind, 'answered');
  return outcome.result;
}

const program = `#include <stdlib.h>
static char buffer[4096];
int answer = 42;
int main(void) {
  int *p = malloc(answer);
  *p = buffer[0];
  return *p;
}
`;
const many = Array.from(
  { length: 400 },
  (_, i) => `int f${String(i)}(int n) { return n + ${String(i)}; }\n`,
).join('');

describe('the analysis worker', () => {
  it('answers every kind of question with plain data, as the analysis itself does', async () => {
    const { client } = setUp();
    const document = new Edited(1, program);
    const analysis = analyzeProgram([{ name: 'main.c', text: program }], defaultAnalysisOptions);
    const everything = {
      kinds: ['object', 'function', 'record', 'allocation'],
      start: 0,
      end: Infinity,
    } as const;
    const questions = [
      ['hover', { offset: program.indexOf('answer') }],
      ['gutter', {}],
      ['marks', everything],
      ['segments', {}],
      ['size', {}],
      ['problems', {}],
      ['fixes', { findings: [] }],
      ['where', { name: 'buffer' }],
    ] as const;
    for (const [name, params] of questions) {
      const outcome = await client.ask(document, name, () => params as never);
      assert.equal(outcome.kind, 'answered');
      assert.deepEqual(outcome.result, answerOf(analysis, { name, params }, 'en'), name);
    }
    assert.equal(document.wholeTexts, 1);
  });

  it('marks a line once, with what malloc gives before the pointer that keeps it', async () => {
    const { client } = setUp();
    const outcome = await client.ask(new Edited(1, program), 'gutter', () => ({}));
    assert.equal(outcome.kind, 'answered');
    assert.deepEqual(outcome.result, [
      { segment: 'bss', lines: [1] },
      { segment: 'data', lines: [2] },
      { segment: 'text', lines: [3] },
      { segment: 'heap', lines: [4] },
    ]);
  });

  it('is told edits, not the whole text again', async () => {
    const { client, sent } = setUp();
    const document = new Edited(1, program);
    await hover(client, document, 'answer');
    const edits = document.type('= 42', '= 0');
    client.edited(1, document.version, edits, document.length);
    assert.equal((await hover(client, document, 'answer'))?.segment, 'bss');
    assert.equal(document.wholeTexts, 1);
    assert.deepEqual(
      sent.map(({ kind }) => kind),
      ['start', 'text', 'program', 'ask', 'edit', 'ask'],
    );
  });

  it('is told the whole text after an edit that was missed', async () => {
    const { client } = setUp();
    const document = new Edited(1, program);
    await hover(client, document, 'answer');
    document.type('int answer', 'long answer');
    assert.match((await hover(client, document, 'answer'))?.declaration ?? '', /long int answer/);
    assert.equal(document.wholeTexts, 2);
  });

  it('asks for the text again when an edit does not fit what the worker has', async () => {
    const { client } = setUp();
    const document = new Edited(1, program);
    await hover(client, document, 'answer');
    const [edit] = document.type('= 42', '= 0');
    assert.ok(edit);
    client.edited(1, document.version, [{ ...edit, length: edit.length + 1 }], document.length);
    assert.deepEqual(await client.ask(document, 'hover', () => ({ offset: 0 })), { kind: 'outdated' });
    assert.equal((await hover(client, document, 'answer'))?.segment, 'bss');
    assert.equal(document.wholeTexts, 2);
  });

  it('drops an analysis under way when the text becomes another one', async () => {
    const { client } = setUp({ stepMs: 10 });
    const document = new Edited(1, many);
    const first = client.ask(document, 'size', () => ({}));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const edits = document.type('int f0', 'long f0');
    client.edited(1, document.version, edits, document.length);
    assert.deepEqual(await first, { kind: 'outdated' });
    assert.match((await hover(client, document, 'f0'))?.declaration ?? '', /long int f0/);
  });

  it('answers about one document while another one is being analysed', async () => {
    const { client } = setUp({ stepMs: 10 });
    const order: string[] = [];
    const large = new Edited(1, many);
    const small = new Edited(2, 'int x;\n');
    await hover(client, small, 'x');
    const long = client.ask(large, 'problems', () => ({})).then(() => order.push('large'));
    await hover(client, small, 'x').then(() => order.push('small'));
    await long;
    assert.deepEqual(order, ['small', 'large']);
  });

  it('answers a hover before it marks the lines, also where these were asked for first', async () => {
    const { client } = setUp({ stepMs: 10 });
    const document = new Edited(1, many);
    await client.ask(document, 'problems', () => ({}));
    const edits = document.type('n + 0', 'n + 1000');
    client.edited(1, document.version, edits, document.length);
    const order: string[] = [];
    const marks = client.ask(document, 'gutter', () => ({})).then(() => order.push('marks'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    await hover(client, document, 'f300').then(() => order.push('hover'));
    await marks;
    assert.deepEqual(order, ['hover', 'marks']);
  });

  it('links a program whose bodies were edited when somebody asks for an address', async () => {
    const { client, state } = setUp();
    const document = new Edited(1, many);
    await hover(client, document, 'f0');
    const looksAtClock = async (at: string): Promise<number> => {
      client.edited(1, document.version + 1, document.type('n + ', 'n + 1 + '), document.length);
      const before = state.now;
      assert.ok(await hover(client, document, at));
      return state.now - before;
    };
    const ofLocal = await looksAtClock('n) { return n + 1 +');
    const ofFunction = await looksAtClock('f300');
    assert.ok(ofLocal < 10 && ofFunction > 400, `${String(ofLocal)} and ${String(ofFunction)} steps`);
  });

  it('links the files of the program in their order, and analyses again with another header', async () => {
    const { client } = setUp();
    const document = new Edited(1, '#include "size.h"\nextern char far[];\nchar near[N];\n');
    const inProgram = (size: number): AnalysedProgram => ({
      ...alone,
      others: [{ name: 'other.c', text: 'char far[100];\nint main(void) { return 0; }\n' }],
      order: ['other.c', 'main.c'],
      headers: [{ name: 'size.h', text: `#define N ${String(size)}\n` }],
    });
    document.program = inProgram(64);
    const said = async (): Promise<string> => JSON.stringify(await hover(client, document, 'near'));
    assert.match(await said(), /64 bytes/);
    document.program = inProgram(80);
    assert.match(await said(), /80 bytes/);
    const size = await client.ask(document, 'size', () => ({}));
    assert.ok(size.kind === 'answered' && size.result !== undefined);
    assert.equal(document.wholeTexts, 1);
  });

  it('starts another worker when one dies, and gives a version up that two died over', async () => {
    const { client, state, troubles, clock } = setUp({ onAsk: (nth) => (nth <= 2 ? 'die' : 'answer') });
    const document = new Edited(1, program);
    const ask = () => client.ask(document, 'size', () => ({}));
    assert.deepEqual(await ask(), { kind: 'outdated' });
    assert.deepEqual(await ask(), { kind: 'outdated' });
    assert.deepEqual(await ask(), { kind: 'given-up' });
    assert.deepEqual(troubles, ['it died', 'it died']);
    assert.equal(state.workers, 2);
    document.type('42', '43');
    assert.equal((await ask()).kind, 'answered');
    assert.equal(state.workers, 3);
    assert.equal(clock.waiting, 0);
  });

  it('gives up only the document that the worker was busy with', async () => {
    const { client } = setUp({
      onAsk: (nth) => (nth === 2 || nth === 4 ? 'die' : nth < 4 ? 'hang' : 'answer'),
    });
    const good = new Edited(1, program);
    const bad = new Edited(2, program);
    for (let round = 0; round < 2; round++)
      assert.deepEqual(await Promise.all([good, bad].map((one) => client.ask(one, 'size', () => ({})))), [
        { kind: 'outdated' },
        { kind: 'outdated' },
      ]);
    assert.equal((await client.ask(good, 'size', () => ({}))).kind, 'answered');
    assert.equal((await client.ask(bad, 'size', () => ({}))).kind, 'given-up');
  });

  it('ends a worker that gives no sign of life', async () => {
    const { client, clock, state, troubles } = setUp({ onAsk: (nth) => (nth === 1 ? 'hang' : 'answer') });
    const document = new Edited(1, program);
    const asked = client.ask(document, 'size', () => ({}));
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    clock.pass(silenceMs);
    assert.equal(state.ended, 0);
    clock.pass(silenceMs);
    assert.deepEqual(await asked, { kind: 'outdated' });
    assert.equal(state.ended, 1);
    assert.match(troubles.join(), /no sign of life/);
    assert.equal((await client.ask(document, 'size', () => ({}))).kind, 'answered');
  });

  it('tells a bug of ours to who asked, and goes on', async () => {
    const { client } = setUp();
    const document = new Edited(1, program);
    await assert.rejects(
      client.ask(document, 'no such question' as 'size', () => ({})),
      /not a function/,
    );
    assert.equal((await client.ask(document, 'size', () => ({}))).kind, 'answered');
  });

  it('settles every question when it is closed, and ends the worker', async () => {
    const { client, state, clock } = setUp({ onAsk: () => 'hang' });
    const document = new Edited(1, program);
    const asked = client.ask(document, 'size', () => ({}));
    await new Promise((resolve) => setImmediate(resolve));
    client.close();
    assert.deepEqual(await asked, { kind: 'given-up' });
    assert.deepEqual(await client.ask(document, 'size', () => ({})), { kind: 'given-up' });
    assert.equal(state.ended, 1);
    assert.equal(clock.waiting, 0);
  });

  it('forgets a document that was closed', async () => {
    const { client, sent } = setUp();
    const document = new Edited(1, program);
    await hover(client, document, 'answer');
    client.forget(1);
    client.forget(1);
    assert.deepEqual(
      sent.slice(-2).map(({ kind }) => kind),
      ['ask', 'close'],
    );
    await hover(client, document, 'answer');
    assert.equal(document.wholeTexts, 2);
  });
});
