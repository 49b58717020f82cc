/**
 * The objects that a program has for its whole run, with their values at a moment.
 */
import { sizeOf } from '../core/sema/type-relations.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import type { Machine } from '../core/process/machine.ts';
import type { HexAddress } from '../protocol/view-model.ts';
import { staticObjects } from './address-names.ts';
import type { AddressNames } from './address-names.ts';
import type { BuiltProgram } from './build.ts';
import { hex } from './event-views.ts';
import { formatValue } from './value-format.ts';

/** Bytes of an object that are read to show its value. */
const mostValueBytes = 4096;

/** An object of static or thread storage duration. */
export interface GlobalView {
  readonly name: string;
  /** The function that it is local to; undefined at file scope. */
  readonly functionName: string | undefined;
  readonly type: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  readonly value: string;
}

/** In order of address. */
export function globalViews(
  program: BuiltProgram,
  machine: Machine,
  names: AddressNames,
): readonly GlobalView[] {
  return staticObjects(program, machine).map(({ name, type, scope, addr, size }) => ({
    name,
    functionName: scope === 'file' ? undefined : scope,
    type: typeSpelling(type),
    start: hex(addr),
    sizeBytes: size,
    value: formatValue(
      type,
      names.read(addr, Math.min(sizeOf(type.type) ?? size, mostValueBytes)),
      names,
      addr,
    ),
  }));
}
