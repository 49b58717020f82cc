/**
 * The parts of the engine where the sources are bundled as a whole. What ships has `node-parts.ts` or `web-parts.ts` in
 * this module's place (esbuild.mjs).
 */
import type { Parts } from './engine.ts';

/** Loads parts. */
export const parts: Parts = {
  analysis: () => import('./analysis.ts'),
  run: () => import('./run.ts'),
};
