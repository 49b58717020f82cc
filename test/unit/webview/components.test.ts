import assert from 'node:assert/strict';
import { clearPage, deep, drawn, textOf } from './dom.ts';
import { FakeHost } from '../../../webview/fake-host.ts';
import type { SessionController } from '../../../webview/session-controller.ts';
import '../../../webview/components/mem-app.ts';
import { start } from '../../../webview/start.ts';
import { bigHeap } from './page/large.ts';
import { mallocOne, readMallocOne } from './page/malloc-one.ts';

let session: SessionController | undefined;

/** Starts with the table in front: the rows of a hidden one are not drawn. */
async function show(host: FakeHost, language = 'en'): Promise<void> {
  document.body.dataset.language = language;
  session = start(host, 'mem-app');
  session.store.show('table');
  await drawn();
}

function one(name: string): HTMLElement {
  const found = deep(document.body).find((element) => element.localName === name);
  assert.ok(found instanceof HTMLElement, `${name} is not there`);
  return found;
}

function rows(): readonly HTMLElement[] {
  return [...one('mem-map').shadowRoot!.querySelectorAll<HTMLElement>('[role=treeitem]')];
}

function rowOf(text: string): HTMLElement {
  const row = rows().find((element) => textOf(element).includes(text));
  assert.ok(row !== undefined, `no row shows ${text}`);
  return row;
}

async function press(key: string): Promise<void> {
  const tree = one('mem-map').shadowRoot!.querySelector('.tree')!;
  tree.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  await drawn();
}

const selectedText = (): string =>
  textOf(rows().find((row) => row.getAttribute('aria-selected') === 'true')!);

/** Without most of the libraries: what a test does not look at need not be drawn. */
const snapshots = mallocOne.map((snapshot) => ({
  ...snapshot,
  mappings: snapshot.mappings.filter(({ name }) => !/ld-linux|libc\.so|vvar|vdso/.test(name)),
}));

const hostAt = (first: number): FakeHost =>
  new FakeHost({
    snapshots,
    first,
    readMemory: (snapshot, { start: from, length }) => readMallocOne(snapshot, from, length),
  });

describe('the view', function () {
  this.timeout(10_000);

  afterEach(() => {
    session?.dispose();
    clearPage();
  });

  it('shows mappings, gaps, chunks and variables as a tree from high to low', async () => {
    await show(hostAt(2));
    const texts = rows().map(textOf);
    assert.match(textOf(one('mem-app')), /malloc-one\.c x86_64 · glibc 2\.36 · Linux 6\.1/);
    assert.match(texts[0]!, /^K ffffffffff600000–…1000 - - x p 4 KiB \[vsyscall\] 0\/1$/);
    assert.match(texts[2]!, /7ffffffde000–7ffffffff000 r w - p 132 KiB \[stack\] 2\/33$/);
    assert.ok(texts.some((text) => text === '7fffffffe6d0 8 B char * q 0x5555555592c0'));
    assert.ok(
      texts.some((text) => /^5555555592b0 0x0 0x71 P 112 B in use asked 100 of 104 line 12$/.test(text)),
    );
    assert.equal(rows()[2]!.getAttribute('aria-expanded'), 'true');
    assert.match(
      rowOf('[heap]').getAttribute('aria-label')!,
      /^\[heap\], heap \(brk\), rw-p, 132 KiB, 0x555555559000, 1 of 33 pages resident, changed/,
    );
  });

  it('marks what the event is about and what it changed, in words too', async () => {
    await show(hostAt(2));
    const current = rowOf('5555555592b0');
    assert.ok(current.classList.contains('current') && current.classList.contains('changed'));
    assert.match(
      current.getAttribute('aria-label')!,
      /changed by the current event, what the current event is about$/,
    );
    assert.ok(!rowOf('555555559290').classList.contains('changed'));
  });

  it('says the event, its reason and the position, aloud as well', async () => {
    await show(hostAt(2));
    const bar = textOf(one('mem-step-bar'));
    assert.match(bar, /event 3 of 7/);
    assert.match(bar, /malloc\(100\) = 0x5555555592c0 malloc-one\.c:12/);
    assert.match(bar, /No bin holds such a chunk/);
    const spoken = deep(document.body).find((element) => element.getAttribute('aria-live') === 'polite')!;
    assert.match(spoken.textContent, /^event 3 of 7: malloc\(100\) = 0x5555555592c0\. 100 bytes/);
  });

  it('steps and shows what the counters did', async () => {
    const host = hostAt(0);
    await show(host);
    const buttons = [...one('mem-step-bar').shadowRoot!.querySelectorAll<HTMLButtonElement>('button.step')];
    assert.deepEqual(
      buttons.map((button) => [button.getAttribute('aria-label'), button.disabled]),
      [
        ['Previous malloc call', true],
        ['Previous event', true],
        ['Next event', false],
        ['Next malloc call', false],
      ],
    );
    buttons[3]!.click();
    await drawn();
    const steps = host.posted.filter(({ name }) => name === 'step');
    assert.deepEqual(steps.at(-1)?.params, { kind: 'malloc', count: 1 });
    assert.match(textOf(one('mem-counters')), /heap 132 KiB \+132 KiB/);
    assert.match(textOf(one('mem-counters')), /malloc calls 1 \+1/);
  });

  it('moves, opens, closes and jumps by keyboard', async () => {
    const host = hostAt(2);
    await show(host);
    await press('Home');
    assert.match(selectedText(), /\[vsyscall\]/);
    await press('ArrowDown');
    await press('ArrowDown');
    assert.match(selectedText(), /\[stack\]/);
    await press('ArrowRight');
    assert.match(selectedText(), /^main/);
    await press('ArrowLeft');
    assert.equal(
      rows().some((row) => textOf(row).includes('char *')),
      false,
    );
    await press('ArrowLeft');
    assert.match(selectedText(), /\[stack\]/);
    await press('Enter');
    assert.equal(rowOf('[stack]').getAttribute('aria-expanded'), 'false');
    await press('End');
    assert.match(selectedText(), /85\.3 TiB unmapped/);
    const tree = one('mem-map').shadowRoot!.querySelector('.tree')!;
    const active = tree.getAttribute('aria-activedescendant');
    assert.match(textOf(one('mem-map').shadowRoot!.getElementById(active!)!), /85\.3 TiB/);
    await press('Escape');
    assert.equal(tree.hasAttribute('aria-activedescendant'), false);
    assert.deepEqual(host.saved, {
      version: 1,
      open: [
        ['frame:0x7fffffffe6e0', false],
        ['mapping:stack', false],
      ],
      selected: undefined,
      view: 'table',
    });
  });

  it('shows details and bytes of what is clicked', async () => {
    await show(hostAt(3));
    rowOf('555555559290').click();
    await drawn();
    const details = textOf(one('mem-details'));
    assert.match(details, /8 overhead \+ 1 asked for \+ 23 slack/);
    assert.match(details, /555555559298 21 00 00 00 00 00 00 00 ! · · · · · · · size/);
    assert.match(details, /5555555592a0 2a 00/);
  });

  it('says of bytes without a page frame that there is none', async () => {
    await show(hostAt(3));
    rowOf('.rodata').click();
    await drawn();
    assert.match(textOf(one('mem-details')), /555555556000 no page frame yet/);
  });

  it('asks the host to show a place', async () => {
    const host = hostAt(2);
    await show(host);
    one('mem-step-bar').shadowRoot!.querySelector<HTMLButtonElement>('.place')!.click();
    assert.deepEqual(host.posted.at(-1), {
      type: 'request',
      id: host.posted.length,
      name: 'reveal',
      params: { place: { file: 'malloc-one.c', line: 12, column: 3 } },
    });
  });

  it('offers to run a program when there is none', async () => {
    const host = new FakeHost({ snapshots: [] });
    await show(host);
    assert.match(textOf(one('mem-app')), /No program has been run yet/);
    one('mem-app').shadowRoot!.querySelector<HTMLButtonElement>('button')!.click();
    assert.equal(host.posted.at(-1)?.name, 'start');
  });

  it('says that it failed and tries again', async () => {
    const host = new FakeHost({ snapshots: [], refuse: { hello: 'timeout' } });
    await show(host);
    assert.match(textOf(one('mem-app')), /could not be loaded .* \(timeout\)/);
    one('mem-app').shadowRoot!.querySelector<HTMLButtonElement>('button')!.click();
    assert.equal(host.posted.filter(({ name }) => name === 'hello').length, 2);
  });

  it('keeps the picture and says so when a step fails', async () => {
    await show(new FakeHost({ snapshots, first: 2, refuse: { step: 'internal' } }));
    session!.step('event', 1);
    await drawn();
    assert.match(textOf(one('mem-app')), /did not answer \(internal\)/);
    assert.ok(rows().length > 10);
  });

  it('speaks Chinese when the page does', async () => {
    await show(hostAt(2), 'zh-cn');
    assert.match(textOf(one('mem-app')), /事件 3 \/ 7/);
    assert.match(rowOf('42.7 TiB').textContent === null ? '' : textOf(rowOf('42.7 TiB')), /未映射/);
    assert.doesNotMatch(textOf(one('mem-legend')), /in use|read-only/);
  });

  it('draws a screenful of five thousand chunks, and one step touches few of them', async () => {
    await show(new FakeHost({ snapshots: bigHeap(5000, 400) }));
    assert.ok(rows().length < 90, `${rows().length} rows exist`);
    const from = performance.now();
    session!.step('event', 1);
    await drawn();
    assert.ok(performance.now() - from < 1500);
  });

  it('writes no style attribute in any template', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = new URL('../../../webview/components/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      assert.doesNotMatch(text, /\sstyle=|styleMap|<style|unsafeHTML|unsafeCSS|innerHTML/, file);
    }
  });
});
