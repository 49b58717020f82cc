/**
 * How the engine is kept: in parts, one for each use, cut into scripts (scripts/support/engine-parts.mjs).
 *
 * A script puts its exports into `memoryAtlas.parts` under its name and takes those of others with `need`; `read` gives the
 * files with tables. Both are provided by whoever loads the first script, and answer at once.
 */
import type * as analysis from './analysis.ts';
import type * as run from './run.ts';

/** The parts that a worker may load, with what they export. */
export interface PartModules {
  readonly analysis: typeof analysis;
  readonly run: typeof run;
}

export type PartName = keyof PartModules;

/** Loads parts when somebody needs them. */
export type Parts = { readonly [Name in PartName]: () => Promise<PartModules[Name]> };

/** What scripts of the engine see of their surroundings. */
export interface Engine {
  /** Exports of the scripts that were evaluated, by name. */
  readonly parts: Record<string, unknown>;
  /** The exports of a script or of a piece of one, which is evaluated if it was not. */
  need(script: string): unknown;
  /** A file with data. */
  read(file: string): Uint8Array;
}

declare global {
  // Scripts of several files meet in a global only.
  var memoryAtlas: Engine;
}

/** The engine over a way to evaluate scripts and to read files. */
export function makeEngine(evaluate: (script: string) => void, read: (file: string) => Uint8Array): Engine {
  const parts: Record<string, unknown> = {};
  return {
    parts,
    need(script) {
      // Pieces of a script have its name with a number.
      if (!(script in parts)) evaluate(script.replace(/\.\d+$/, ''));
      return parts[script];
    },
    read,
  };
}
