/**
 * A run as text that a link can carry: its sources and settings, and the event that is shown. A run is a function of its
 * inputs, so whoever opens the link sees the same.
 */
import type { RunInputs, RunLimits } from '../protocol/messages.ts';
import { hasParams } from './check-params.ts';

const SHARED_RUN_VERSION = 1;

/** Everything but the limits, which are those of who opens the link, and the files of the workspace, which are nobody else's. */
export type SharedInputs = Omit<RunInputs, 'limits' | 'dataFiles'>;

export interface SharedRun {
  readonly inputs: SharedInputs;
  /** Index of the event that was shown. */
  readonly event: number;
}

/** The run as JSON. */
export function writeSharedRun({ inputs, event }: SharedRun): string {
  const { limits: _limits, dataFiles: _files, ...rest } = inputs as RunInputs;
  return JSON.stringify({ version: SHARED_RUN_VERSION, inputs: rest, event });
}

const anyLimits: RunLimits = { fuel: 1, memoryBytes: 1, outputBytes: 1, events: 1 };

/** Reads JSON that anybody may have written; `undefined` for what is not a run of this version with at least one source. */
export function readSharedRun(text: string): SharedRun | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, inputs, event } = value as Readonly<Record<string, unknown>>;
  if (version !== SHARED_RUN_VERSION || typeof inputs !== 'object' || inputs === null) return undefined;
  if (typeof event !== 'number' || !Number.isSafeInteger(event) || event < 0) return undefined;
  const complete = { ...inputs, limits: anyLimits };
  if (!hasParams('run', { inputs: complete })) return undefined;
  const { limits: _limits, dataFiles: _files, ...shared } = complete as RunInputs;
  return shared.files.length === 0 ? undefined : { inputs: shared, event };
}
