import assert from 'node:assert/strict';
import type { NotificationName } from '../../../src/protocol/messages.ts';
import { Client, follows, RequestError } from '../../../webview/client.ts';
import { FakeHost } from '../../../webview/fake-host.ts';
import { mallocOne } from './page/malloc-one.ts';

function connect(host: FakeHost, timeoutMs = 1000): { client: Client; heard: unknown[] } {
  const heard: unknown[] = [];
  const hear = (name: NotificationName) => (params: unknown) => heard.push([name, params]);
  const client = new Client(host, {
    timeoutMs,
    listeners: { changed: hear('changed'), closed: hear('closed'), progress: hear('progress') },
    onMalformed: (reason) => heard.push(reason),
  });
  return { client, heard };
}

const codeOf = (code: string) => (error: unknown) => error instanceof RequestError && error.code === code;

describe('client', () => {
  it('gives each request its own answer, also out of order', async () => {
    const host = new FakeHost({ snapshots: [] });
    const answers = new Map<number, () => void>();
    host.post = (message) => {
      const { id, params } = message as { id: number; params: { index: number } };
      answers.set(id, () => {
        host.deliver({ type: 'response', id, ok: true, result: { index: params.index } });
      });
    };
    const { client } = connect(host);
    const both = Promise.all([client.request('seek', { index: 4 }), client.request('seek', { index: 9 })]);
    [...answers.values()].reverse().forEach((answer) => {
      answer();
    });
    assert.deepEqual(await both, [{ index: 4 }, { index: 9 }]);
    client.dispose();
  });

  it('rejects with the code of the answer', async () => {
    const host = new FakeHost({ snapshots: [], refuse: { hello: 'version-mismatch' } });
    const { client } = connect(host);
    await assert.rejects(
      client.request('hello', { protocolVersion: 1, language: 'en' }),
      codeOf('version-mismatch'),
    );
    client.dispose();
  });

  it('rejects when no answer comes in time, and ignores a late one', async () => {
    const host = new FakeHost({ snapshots: [] });
    host.post = () => undefined;
    const { client, heard } = connect(host, 5);
    await assert.rejects(client.request('seek', { index: 0 }), codeOf('timeout'));
    host.deliver({ type: 'response', id: 1, ok: true, result: { index: 0 } });
    assert.deepEqual(heard, []);
    client.dispose();
  });

  it('rejects a result that is not what was asked for', async () => {
    const host = new FakeHost({ snapshots: [] });
    host.post = (message) => {
      const { id } = message as { id: number };
      host.deliver({ type: 'response', id, ok: true, result: { index: 'four' } });
    };
    const { client } = connect(host);
    await assert.rejects(client.request('seek', { index: 4 }), codeOf('internal'));
    client.dispose();
  });

  it('cancels what is open when disposed, and what is asked after', async () => {
    const host = new FakeHost({ snapshots: [] });
    host.post = () => undefined;
    const { client } = connect(host);
    const open = client.request('seek', { index: 0 });
    client.dispose();
    client.dispose();
    await assert.rejects(open, codeOf('cancelled'));
    await assert.rejects(client.request('seek', { index: 0 }), codeOf('cancelled'));
  });

  it('hands out notifications and reports malformed ones, but not strangers', () => {
    const host = new FakeHost({ snapshots: [] });
    const { client, heard } = connect(host);
    host.notify('closed', { generation: 2 });
    host.deliver({ type: 'notification', name: 'closed', params: { generation: 'two' } });
    host.deliver({ type: 'notification', name: 'no such name', params: {} });
    host.deliver({ type: 'notification', name: 'toString', params: {} });
    for (const stranger of [null, undefined, 3, 'text', [], {}, { type: 'webpackOk' }])
      host.deliver(stranger);
    assert.deepEqual(heard, [
      ['closed', { generation: 2 }],
      'closed.generation is not a whole number from 0 on',
      'a notification of unknown name',
      'a notification of unknown name',
    ]);
    client.dispose();
  });

  it('accepts every recorded snapshot, and says where a broken one is broken', async () => {
    const { client } = connect(new FakeHost({ snapshots: mallocOne, first: 3 }));
    const { snapshot } = await client.request('hello', { protocolVersion: 1, language: 'en' });
    assert.deepEqual(snapshot, mallocOne[3]);
    client.dispose();
    const broken = structuredClone(mallocOne[3]!) as unknown as { heap: { chunks: { sizeWord: string }[] } };
    broken.heap.chunks[2]!.sizeWord = '<script>';
    const other = connect(new FakeHost({ snapshots: [broken as never] }));
    await assert.rejects(
      other.client.request('hello', { protocolVersion: 1, language: 'en' }),
      /result\.snapshot\.heap\.chunks\[2\]\.sizeWord is not an address/,
    );
    other.client.dispose();
  });
});

describe('follows', () => {
  const change = { generation: 2, seq: 7, delta: {} };
  it('accepts the direct successor only', () => {
    assert.equal(follows({ generation: 2, seq: 6 }, change), true);
    assert.equal(follows({ generation: 2, seq: 5 }, change), false);
    assert.equal(follows({ generation: 2, seq: 7 }, change), false);
    assert.equal(follows({ generation: 1, seq: 6 }, change), false);
    assert.equal(follows(undefined, change), false);
  });
});
