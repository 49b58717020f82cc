/**
 * Compares a stop of ours with the recorded one, field by field.
 */
import { fromBytes, toNumber } from '../../../src/core/target/extended-float.ts';
import type { FoundStop, FoundVariable, Stop, StoppedVariable, Target } from './run-to-stops.ts';

export interface StopComparison {
  compared: number;
  equal: number;
  readonly differences: string[];
}

/** Compares all that gdb told about a stop. */
export function compareStop(found: FoundStop, recorded: Stop, label: string): StopComparison {
  const result: StopComparison = { compared: 0, equal: 0, differences: [] };
  const check = (what: string, ours: unknown, theirs: unknown): void => {
    result.compared += 1;
    if (ours === theirs) result.equal += 1;
    else result.differences.push(`${label}: ${what}: ${String(ours)}, recorded ${String(theirs)}`);
  };
  check(
    'frames',
    found.frames.map((one) => `${one.function}:${String(one.line)}`).join(' '),
    recorded.frames.map((one) => `${one.function}:${String(one.line)}`).join(' '),
  );
  recorded.frames.forEach((frame, i) => {
    for (const variable of frame.variables)
      compareVariable(
        found,
        found.variable(i, variable),
        variable,
        `${frame.function}.${variable.name}`,
        check,
      );
  });
  for (const pointer of recorded.globals) {
    const ours = found.variable(undefined, pointer);
    compareTarget(found, pointerOf(ours), pointer.points_to, `${pointer.name} points to`, check);
  }
  return result;
}

type Check = (what: string, ours: unknown, theirs: unknown) => void;

function compareVariable(
  found: FoundStop,
  ours: FoundVariable,
  recorded: StoppedVariable,
  name: string,
  check: Check,
): void {
  check(`${name} segment`, ours.segment, recorded.segment);
  if (!recorded.type.includes('variable length') && !recorded.type.includes('['))
    check(`${name} size`, ours.size, recorded.size);
  if (recorded.section !== undefined) check(`${name} section`, ours.section, recorded.section);
  if (recorded.address !== undefined) check(`${name} address`, ours.address, recorded.address);
  if (recorded.cfa_offset !== undefined) check(`${name} cfa_offset`, ours.cfaOffset, recorded.cfa_offset);
  if (recorded.value !== undefined) check(`${name} value`, valueOf(ours, recorded), normal(recorded));
  if (recorded.points_to !== undefined)
    compareTarget(found, pointerOf(ours), recorded.points_to, `${name} points to`, check);
}

const pointerOf = ({ bytes }: FoundVariable): number | undefined =>
  bytes?.length === 8 ? Number(new DataView(bytes.buffer).getBigUint64(0, true)) : undefined;

function compareTarget(
  found: FoundStop,
  pointer: number | undefined,
  recorded: Target,
  what: string,
  check: Check,
): void {
  const ours = pointer === undefined ? undefined : found.classify(pointer);
  const text = (target: Target | undefined): string =>
    target === undefined
      ? 'unknown'
      : [
          target.segment,
          target.section,
          target.address,
          // Within a section the address says it all; the offset is from the symbol there.
          target.section === undefined ? target.offset : undefined,
          target.variable,
          target.file,
        ].join(' ');
  check(what, text(ours), text(recorded));
}

/** The recorded value as a number, integers without sign. */
function normal(recorded: StoppedVariable): number {
  if (typeof recorded.value === 'string') return Number(recorded.value);
  return Number(BigInt.asUintN(8 * recorded.size, BigInt(recorded.value ?? 0)));
}

function valueOf({ bytes }: FoundVariable, recorded: StoppedVariable): number | undefined {
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer);
  if (typeof recorded.value === 'string') {
    const value =
      bytes.length === 4
        ? view.getFloat32(0, true)
        : bytes.length === 8
          ? view.getFloat64(0, true)
          : toNumber(fromBytes(bytes.subarray(0, 10)));
    // The debugger prints as many digits as tell values of the type apart.
    return Number(value.toPrecision(bytes.length === 4 ? 9 : 17)) === Number(recorded.value)
      ? Number(recorded.value)
      : value;
  }
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return Number(value);
}
