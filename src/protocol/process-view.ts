/**
 * The processes of a run, as views show them.
 */
import type { PlaceView } from './view-model.ts';

/** A process that a run has made. */
export interface ProcessView {
  /** From 1, the first process, in the order in which they were made. */
  readonly number: number;
  readonly pid: number;
  /** Number of the process that made it; undefined for the first one. */
  readonly parent: number | undefined;
  /** Where its parent called fork. */
  readonly place: PlaceView | undefined;
  /** Exit status or signal, in words. */
  readonly end: string;
}
