import assert from 'node:assert/strict';
import { FakeHost } from '../../../webview/fake-host.ts';
import { reuse } from '../../../webview/reuse.ts';
import { SessionController } from '../../../webview/session-controller.ts';
import { readUiState, Store } from '../../../webview/store.ts';
import { bigHeap } from './page/large.ts';
import { mallocOne } from './page/malloc-one.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('store', () => {
  it('applies a change that follows and refuses one after a gap', () => {
    const store = new Store(new FakeHost({ snapshots: [] }));
    store.replace({ generation: 1, seq: 4 }, mallocOne[1]);
    assert.equal(store.apply({ generation: 1, seq: 6, delta: { output: 'lost' } }), false);
    assert.equal(store.snapshot?.output, '');
    assert.equal(store.apply({ generation: 1, seq: 5, delta: { output: 'hello' } }), true);
    assert.equal(store.snapshot?.output, 'hello');
    assert.equal(store.countersBefore, mallocOne[1]!.counters);
  });

  it('takes an event away with the position when it was lost on the way', () => {
    const store = new Store(new FakeHost({ snapshots: [] }));
    store.replace({ generation: 1, seq: 0 }, mallocOne[1]);
    store.apply({ generation: 1, seq: 1, delta: { position: { index: -1, count: 7 } } });
    assert.equal(store.snapshot?.event, undefined);
    assert.ok(store.snapshot !== undefined && 'event' in store.snapshot);
  });

  it('ignores a late word that an older run was closed', () => {
    const store = new Store(new FakeHost({ snapshots: [] }));
    store.replace({ generation: 3, seq: 0 }, mallocOne[0]);
    store.close(2);
    assert.notEqual(store.snapshot, undefined);
    store.close(3);
    assert.equal(store.snapshot, undefined);
    assert.equal(store.absence.kind, 'empty');
  });

  it('saves the state of the controls with a version and finds it again', () => {
    const host = new FakeHost({ snapshots: [] });
    const store = new Store(host);
    store.setOpen('mapping:0x1000', false);
    store.select('chunk:0x2000');
    store.show('table');
    assert.deepEqual(host.saved, {
      version: 1,
      open: [['mapping:0x1000', false]],
      selected: 'chunk:0x2000',
      view: 'table',
    });
    const again = new Store(new FakeHost({ snapshots: [], saved: JSON.parse(JSON.stringify(host.saved)) }));
    assert.deepEqual(again.ui, store.ui);
  });

  it('starts afresh from state that is malformed or of another version', () => {
    const none = { open: new Map(), selected: undefined, view: 'picture' };
    for (const saved of [undefined, null, 7, {}, { version: 0, open: [] }, { version: 1, open: 'x' }]) {
      assert.deepEqual(readUiState(saved), none);
    }
    assert.deepEqual(readUiState({ version: 1, open: [['a', true], ['b', 1], 3], selected: {} }), {
      open: new Map([['a', true]]),
      selected: undefined,
      view: 'picture',
    });
  });

  it('tells each listener once a change, and none after it left', () => {
    const store = new Store(new FakeHost({ snapshots: [] }));
    let told = 0;
    const stop = store.listen(() => told++);
    store.replace({ generation: 1, seq: 0 }, mallocOne[0]);
    store.select(undefined);
    assert.equal(told, 1);
    stop();
    store.select('x');
    assert.equal(told, 1);
  });
});

describe('reuse', () => {
  it('keeps the identity of what is equal', () => {
    const before = mallocOne[2]!;
    assert.equal(reuse(before, structuredClone(before)), before);
  });

  it('gives a value equal to the new one, with the old chunks that stayed as they were', () => {
    const before = mallocOne[2]!;
    const after = reuse(before, structuredClone(mallocOne[3]!));
    assert.deepEqual(after, mallocOne[3]);
    assert.equal(after.heap?.chunks[1], before.heap?.chunks[1]);
    assert.notEqual(after.heap?.chunks[2], before.heap?.chunks[2]);
    assert.equal(after.mappings, before.mappings);
  });

  it('matches items by their address when one is put before them', () => {
    const before = [{ start: '0x20', n: 1 }];
    const after = reuse(before, [
      { start: '0x10', n: 0 },
      { start: '0x20', n: 1 },
    ]);
    assert.equal(after[1], before[0]);
  });

  it('tells a key that is missing from one that is undefined', () => {
    const before = { a: 1, b: undefined };
    assert.deepEqual(reuse<unknown>(before, { a: 1 }), { a: 1 });
    assert.ok(!('b' in (reuse<unknown>(before, { a: 1 }) as object)));
  });

  it('keeps all but the changed of five thousand chunks', () => {
    const [before, after] = bigHeap(5000, 0);
    const kept = reuse(before, structuredClone(after!));
    const old = new Set(before!.heap!.chunks);
    assert.equal(kept.heap!.chunks.filter((chunk) => !old.has(chunk)).length, 2);
  });
});

describe('session controller', () => {
  it('asks for a snapshot after a gap', async () => {
    const host = new FakeHost({ snapshots: mallocOne, first: 2 });
    const session = new SessionController(host, 'en');
    await session.greet();
    assert.equal(session.store.snapshot?.position.index, 2);
    host.notify('changed', { generation: 1, seq: 40, delta: {} });
    await settled();
    assert.deepEqual(
      host.posted.map(({ name }) => name),
      ['hello', 'hello'],
    );
    session.dispose();
  });

  it('takes a run that is opened as it is told, without asking, and its changes', async () => {
    const host = new FakeHost({ snapshots: mallocOne, first: 2 });
    const session = new SessionController(host, 'en');
    await session.greet();
    host.notify('opened', { generation: 2, seq: 0, snapshot: mallocOne[0]! });
    assert.deepEqual(session.store.snapshot, mallocOne[0]);
    assert.equal(session.store.generation, 2);
    assert.equal(session.store.countersBefore, undefined);
    const { position } = mallocOne[1]!;
    host.notify('changed', { generation: 2, seq: 1, delta: { position } });
    assert.equal(session.store.snapshot?.position.index, position.index);
    await settled();
    assert.equal(host.posted.length, 1);
    session.dispose();
  });

  it('asks for a snapshot after a malformed change and keeps what it shows', async () => {
    const host = new FakeHost({ snapshots: mallocOne, first: 2 });
    const session = new SessionController(host, 'en');
    await session.greet();
    host.deliver({
      type: 'notification',
      name: 'changed',
      params: { generation: 1, seq: 1, delta: { mappings: 3 } },
    });
    await settled();
    assert.equal(host.posted.length, 2);
    assert.deepEqual(session.store.snapshot, mallocOne[2]);
    session.dispose();
  });

  it('follows steps of the session', async () => {
    const host = new FakeHost({ snapshots: mallocOne, first: 1 });
    const session = new SessionController(host, 'en');
    await session.greet();
    session.step('malloc', 1);
    await settled();
    assert.deepEqual(session.store.snapshot, mallocOne[2]);
    session.step('malloc', -1);
    await settled();
    assert.deepEqual(session.store.snapshot, mallocOne[1]);
    session.dispose();
  });

  it('keeps only the last wish while a seek is under way', async () => {
    const host = new FakeHost({ snapshots: mallocOne });
    const session = new SessionController(host, 'en');
    await session.greet();
    await Promise.all([1, 2, 3, 4, 5].map((index) => session.seek(index)));
    await settled();
    assert.deepEqual(
      host.posted.filter(({ name }) => name === 'seek').map(({ params }) => params),
      [{ index: 1 }, { index: 5 }],
    );
    assert.equal(session.store.snapshot?.position.index, 5);
    session.dispose();
  });

  it('says why there is no picture', async () => {
    const host = new FakeHost({ snapshots: [], refuse: { hello: 'version-mismatch' } });
    const session = new SessionController(host, 'en');
    await session.greet();
    assert.deepEqual(session.store.absence, {
      kind: 'failed',
      code: 'version-mismatch',
      message: 'refused: hello',
    });
    session.dispose();
  });
});
