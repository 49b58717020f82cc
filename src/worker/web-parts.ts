/**
 * Loads parts of the engine in a web worker: the host is asked for a part's files, and scripts are evaluated when they are
 * needed.
 */
import type { NeedPart, PartFiles } from '../protocol/part-files.ts';
import { makeEngine } from './engine.ts';
import type { Parts, PartModules, PartName } from './engine.ts';

const scripts = new Map<string, string>();
const data = new Map<string, Uint8Array>();

/** What asked for parts that the host has not given yet. */
const waiting = new Map<string, () => void>();

globalThis.memoryAtlas = makeEngine(
  (script) => {
    const address = scripts.get(script);
    if (address === undefined) throw new Error(`the engine has no script ${script}`);
    importScripts(address);
  },
  (file) => {
    const bytes = data.get(file);
    if (bytes === undefined) throw new Error(`the engine has no file ${file}`);
    return bytes;
  },
);

self.addEventListener('message', (event: MessageEvent<PartFiles | { readonly type: 'other' }>) => {
  const message = event.data;
  if (message.type !== 'part-files') return;
  // It is not for those that the worker serves.
  event.stopImmediatePropagation();
  for (const [name, address] of Object.entries(message.scripts)) scripts.set(name, address);
  for (const [name, bytes] of Object.entries(message.data)) data.set(name, bytes);
  waiting.get(message.part)?.();
});

async function needPart<Name extends PartName>(name: Name): Promise<PartModules[Name]> {
  await new Promise<void>((resolve) => {
    waiting.set(name, resolve);
    const need: NeedPart = { type: 'need-part', part: name };
    self.postMessage(need);
  });
  return globalThis.memoryAtlas.need(name) as PartModules[Name];
}

/** Loads parts. */
export const parts: Parts = { analysis: () => needPart('analysis'), run: () => needPart('run') };
