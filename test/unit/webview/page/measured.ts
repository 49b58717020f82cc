/**
 * The page of the benchmark: the view with a session in a worker, and clocks at the places that count.
 */
import '../../../../webview/components/mem-app.ts';
import type { Host } from '../../../../webview/host.ts';
import { start } from '../../../../webview/start.ts';
import type { RunInputs } from '../../../../src/protocol/messages.ts';

/** Milliseconds of the work that the page did in each frame since they were last taken. */
interface FrameTimes {
  take(): number[];
}

/** Adds up what runs in callbacks of one frame. */
function watchFrames(): FrameTimes {
  const request = window.requestAnimationFrame.bind(window);
  const work = new Map<number, number>();
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const begin = performance.now();
      callback(now);
      work.set(now, (work.get(now) ?? 0) + performance.now() - begin);
    });
  return {
    take: () => {
      const times = [...work.values()];
      work.clear();
      return times;
    },
  };
}

const frames = watchFrames();
const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });

/** Bytes of the largest message to the view, and how many there were. */
const traffic = { largest: 0, count: 0 };

/** Called with each notification. */
let hear: (name: string, message: unknown) => void = () => undefined;
const deliver = new Set<(message: unknown) => void>();
const worker = new Worker('/worker.js');
worker.onmessage = ({ data }: MessageEvent<{ readonly type: string; readonly name?: string }>) => {
  traffic.largest = Math.max(traffic.largest, JSON.stringify(data).length);
  traffic.count += 1;
  hear(data.name ?? data.type, data);
  for (const listener of deliver) listener(data);
};

const host: Host = {
  post: (message) => {
    worker.postMessage(message);
  },
  listen: (listener) => {
    deliver.add(listener);
    return () => {
      deliver.delete(listener);
    };
  },
  load: () => undefined,
  save: () => undefined,
};

const session = start(host, 'mem-app');

function zoomOf(): Element & { shadowRoot: ShadowRoot } {
  const zoom = document.querySelector('mem-app')?.shadowRoot?.querySelector('mem-zoom');
  if (!(zoom instanceof Element) || zoom.shadowRoot === null) throw new Error('there is no picture');
  return zoom as Element & { shadowRoot: ShadowRoot };
}

function stageOf(): HTMLElement {
  const stage = zoomOf().shadowRoot.querySelector<HTMLElement>('.stage');
  if (stage === null) throw new Error('there is no stage');
  return stage;
}

/** Milliseconds from the order to run until the first picture is drawn, the session's part included. */
async function run(inputs: RunInputs): Promise<{ readonly all: number; readonly host: number }> {
  const begin = performance.now();
  const answered = new Promise<number>((resolve, reject) => {
    hear = (name, message) => {
      if (name !== 'response') return;
      const { id, ok } = message as { readonly id: number; readonly ok: boolean };
      if (id !== -1) return;
      if (ok) resolve(performance.now());
      else reject(new Error(JSON.stringify(message)));
    };
  });
  worker.postMessage({ type: 'request', id: -1, name: 'run', params: { inputs } });
  const answer = await answered;
  await session.greet();
  while (document.querySelector('mem-app')?.shadowRoot?.querySelector('mem-zoom') === null) await nextFrame();
  await nextFrame();
  await nextFrame();
  return { all: performance.now() - begin, host: answer - begin };
}

/** Lets the view rest until nothing was said for a while. */
async function rest(): Promise<void> {
  for (let before = -1; before !== traffic.count;) {
    before = traffic.count;
    for (let frame = 0; frame < 30; frame++) await nextFrame();
  }
}

function show(text: string): void {
  document.querySelector('mem-app')?.shadowRoot?.querySelector('mem-zoom')?.show(text);
}

/** Turns the wheel once a frame; `deltaOf` says by how much, with shift to move. */
async function wheel(
  count: number,
  deltaOf: (frame: number) => number,
  shiftKey: boolean,
): Promise<number[]> {
  const stage = stageOf();
  const { left, top, height } = stage.getBoundingClientRect();
  await nextFrame();
  frames.take();
  for (let frame = 0; frame < count; frame++) {
    stage.dispatchEvent(
      new WheelEvent('wheel', {
        deltaY: deltaOf(frame),
        shiftKey,
        clientX: left + 300,
        clientY: top + height / 2,
        cancelable: true,
      }),
    );
    await nextFrame();
  }
  return frames.take();
}

/** Steps once; milliseconds that the session took, and from its word to the picture. */
async function step(count: number): Promise<{ readonly host: number; readonly view: number }> {
  const begin = performance.now();
  const told = new Promise<number>((resolve) => {
    hear = (name) => {
      if (name === 'changed') resolve(performance.now());
    };
  });
  session.step('event', count);
  const at = await told;
  await nextFrame();
  // The frame after: the one before may have been under way.
  await nextFrame();
  return { host: at - begin, view: performance.now() - at };
}

/** The last change that the session told. */
async function changeOf(
  count: number,
): Promise<{ readonly params: { readonly delta: object; readonly seq: number } }> {
  const told = new Promise<unknown>((resolve) => {
    hear = (name, message) => {
      if (name === 'changed') resolve(structuredClone(message));
    };
  });
  session.step('event', count);
  return (await told) as never;
}

/** The number of the event that the view says it shows. */
function shownEvent(): string {
  const header = document.querySelector('mem-app')?.shadowRoot?.querySelector('mem-header');
  const bar = header?.shadowRoot?.querySelector('mem-step-bar');
  return bar?.shadowRoot?.querySelector('.position')?.textContent ?? '';
}

/** Plays two changes back and forth, as fast as they are drawn; milliseconds from each to its picture. */
async function replay(steps: number): Promise<number[]> {
  const forward = await changeOf(1);
  await rest();
  const there = shownEvent();
  const back = await changeOf(-1);
  await rest();
  const here = shownEvent();
  if (there === here) throw new Error(`the view does not follow: ${there}`);
  let { seq } = back.params;
  const times: number[] = [];
  for (let at = 0; at < steps; at++) {
    const message = structuredClone(at % 2 === 0 ? forward : back);
    seq += 1;
    const told = { ...message, params: { ...message.params, seq } };
    const begin = performance.now();
    for (const listener of deliver) listener(told);
    // The view draws in the frame that it asks for when it has taken the change.
    await Promise.resolve();
    await nextFrame();
    times.push(performance.now() - begin);
  }
  await nextFrame();
  const shown = shownEvent();
  if (shown !== (steps % 2 === 0 ? here : there)) throw new Error(`the view does not follow: ${shown}`);
  return times;
}

Object.assign(window, { bench: { run, rest, show, wheel, step, replay, traffic } });
