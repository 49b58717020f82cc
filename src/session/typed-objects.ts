/**
 * Everything at a moment whose type is known: objects of static and thread storage duration, variables in scope, and blocks from
 * malloc by the pointers that lead to them; and of what those consist that are looked at.
 */
import { overlaps } from '../base/range.ts';
import type { CallFrame, Machine } from '../core/process/machine.ts';
import { variableAddress } from '../core/process/machine.ts';
import { resolve } from '../core/sema/type-relations.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import type { MembersView, TypedObjectView } from '../protocol/view-model.ts';
import { staticObjects } from './address-names.ts';
import type { AddressNames } from './address-names.ts';
import { blockTypes } from './block-types.ts';
import type { TypedPlace } from './block-types.ts';
import type { BuiltProgram } from './build.ts';
import { hex } from './event-views.ts';
import type { BlockHistory } from './live-blocks.ts';
import { MemberViews } from './member-views.ts';
import type { MemberWindow } from './member-views.ts';
import { visibleVariables } from './visible-variables.ts';

/** Frames of a thread whose variables type blocks: the innermost ones. */
const mostFrames = 64;
/** Objects that one answer carries. */
const mostObjects = 150;

interface TypedObject extends TypedPlace {
  readonly kind: TypedObjectView['kind'];
}

/** The types of a process that stands still. */
export class TypedMoment {
  readonly #machine: Machine;
  /** Objects, by address. */
  readonly #objects: readonly TypedObject[];
  readonly #frames: readonly CallFrame[];
  /** Blocks, by address. */
  readonly #blocks: readonly TypedObject[];

  constructor(program: BuiltProgram, machine: Machine, live: BlockHistory['live'], names: AddressNames) {
    this.#machine = machine;
    this.#objects = staticObjects(program, machine).map(({ name, type, addr, size }): TypedObject => ({
      kind: 'object',
      name,
      isBlock: false,
      type,
      addr,
      bytes: size,
    }));
    const { alive, current } = machine.threads;
    const others = alive.filter((thread) => thread !== current);
    const stacks = [machine.callStack(), ...others.map(({ number }) => machine.callStackOf(number))];
    this.#frames = stacks.flat();
    const near = stacks
      .flatMap((frames) => frames.slice(0, mostFrames))
      .flatMap((frame) => this.#variablesOf(frame));
    const blocks = blockTypes([...this.#objects, ...near], live, names);
    this.#blocks = Array.from(blocks.values(), (block): TypedObject => ({ kind: 'block', ...block })).sort(
      (a, b) => a.addr - b.addr,
    );
  }

  /** What is in a window: blocks, and what else has parts. */
  members(window: MemberWindow, names: AddressNames): MembersView {
    const views = new MemberViews(names, window);
    const isIn = ({ addr, bytes }: TypedPlace): boolean =>
      overlaps(window, { start: addr, end: addr + bytes });
    const variables = this.#frames.flatMap((frame) => this.#variablesOf(frame, window)).filter(hasParts);
    const found = [...this.#objects.filter(hasParts), ...this.#blocks, ...variables].filter(isIn);
    const objects = found
      .sort((a, b) => a.addr - b.addr)
      .slice(0, mostObjects)
      .map(({ kind, name, type, addr, bytes }) => ({
        kind,
        name,
        type: typeSpelling(type),
        start: hex(addr),
        sizeBytes: bytes,
        value: views.valueOf(type, addr, bytes),
        parts: views.partsOf(type, addr, bytes),
      }));
    return { objects, isCut: views.isCut || found.length > mostObjects };
  }

  /** The variables of a frame that are in scope; of a frame that has none in a window, none. */
  #variablesOf(frame: CallFrame, window?: MemberWindow): readonly TypedObject[] {
    const isIn = frame.function.variables.some((variable) => {
      const start = variableAddress(frame, variable);
      return window === undefined || overlaps(window, { start, end: start + variable.size });
    });
    if (!isIn) return [];
    return visibleVariables(frame, this.#machine.program.positions[frame.position]).map((variable) => ({
      kind: 'variable',
      name: variable.name,
      isBlock: false,
      type: variable.type,
      addr: variableAddress(frame, variable),
      bytes: variable.size,
    }));
  }
}

function hasParts({ type }: TypedPlace): boolean {
  const { kind } = resolve(type.type);
  return kind === 'array' || kind === 'record';
}
