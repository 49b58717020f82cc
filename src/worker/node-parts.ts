/**
 * Loads parts of the engine in Node: the scripts lie beside the one that holds this.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { makeEngine } from './engine.ts';
import type { Parts, PartModules, PartName } from './engine.ts';

const folder = new URL('./engine/', import.meta.url);
const require = createRequire(folder);

globalThis.memoryAtlas = makeEngine(
  (script) => {
    require(`./${script}.cjs`);
  },
  (file) => readFileSync(new URL(file, folder)),
);

/** The exports of a part. */
export const needPart = <Name extends PartName>(name: Name): PartModules[Name] =>
  globalThis.memoryAtlas.need(name) as PartModules[Name];

/** Loads parts. */
export const parts: Parts = {
  analysis: () => Promise.resolve().then(() => needPart('analysis')),
  run: () => Promise.resolve().then(() => needPart('run')),
};
