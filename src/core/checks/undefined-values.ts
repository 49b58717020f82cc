/**
 * Follows values that are not initialised from where they are loaded to where something is decided by them, as memcheck does
 * bit by bit: through the expressions around (value-flow.ts), into variables, arguments and results.
 *
 * It is asked only where unknown bits are loaded, so nothing is computed for values that are known. What is on its way, to be
 * stored at the end of an assignment or to arrive in a parameter, waits in lists until the store or the entry is told.
 *
 * Simplified: records that are passed or returned in registers, variables in registers, and arguments that va_arg reads count as
 * initialised; of several loads of one expression whose places cannot be told apart all are taken to be the one.
 */
import { containerOf } from '../codegen/bit-field.ts';
import { variableAddress } from '../process/machine.ts';
import type { CallFrame, Machine } from '../process/machine.ts';
import { integerOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';
import type { ObjectSymbol, TypedExpression } from '../sema/typed-tree.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { computed, ones } from './undefined-bits.ts';
import type { UnknownBits } from './undefined-bits.ts';
import { outcomesOf } from './value-flow.ts';
import type { FlowFacts, Outcome, StoreTarget } from './value-flow.ts';
import { placeOf } from './value-roots.ts';
import type { PositionSites, Site, ValueRoots } from './value-roots.ts';

/** Bits that an assignment under way is about to store. */
interface PendingStore {
  readonly position: number;
  /** Frame pointer of the function. */
  readonly base: number;
  readonly to: StoreTarget;
  readonly mask: bigint;
}

/** Bits of an argument on its way. */
interface PendingArgument {
  /** Frame pointer of the caller. */
  readonly base: number;
  /** Name of the function; undefined of one that is called by a pointer. */
  readonly callee: string | undefined;
  readonly index: number;
  readonly mask: bigint;
}

/** Where an object of a scalar type lies, or the container of a bit-field with the bits in it. */
interface PlacedBits {
  readonly addr: number | undefined;
  readonly bytes: number;
  readonly field: { readonly shift: number; readonly width: number } | undefined;
}

/** What the program is, for those who follow its values. */
export interface ValueProgram {
  readonly roots: ValueRoots;
  /** Link-time address of an object with static storage duration. */
  readonly staticAddress: (object: ObjectSymbol) => number | undefined;
  /** Whether a function is defined in the program. */
  readonly isOwn: (name: string) => boolean;
}

/** Things that wait at most: longjmp may leave some behind. */
const mostPending = 256;

/** The values of one process. */
export class UndefinedValues {
  readonly #running: () => Machine;
  readonly #shadow: ShadowMemory;
  readonly #program: ValueProgram;
  readonly #decides: (addr: number, bytes: number, position: number) => void;
  #stores: PendingStore[] = [];
  #arguments: PendingArgument[] = [];

  /**
   * Follows values of a process.
   *
   * @param running - the machine that runs it now
   * @param decides - hears of loaded bytes by which something is decided, and of the position of that
   */
  constructor(
    running: () => Machine,
    shadow: ShadowMemory,
    program: ValueProgram,
    decides: (addr: number, bytes: number, position: number) => void,
  ) {
    this.#running = running;
    this.#shadow = shadow;
    this.#program = program;
    this.#decides = decides;
  }

  get #machine(): Machine {
    return this.#running();
  }

  /** Bytes are loaded of which not all bits are known. */
  loaded(addr: number, bytes: number, isCopy: boolean): void {
    const { position } = this.#machine;
    const [frame] = this.#machine.callStack(1);
    const sites = this.#sitesAt(position);
    if (frame === undefined || sites === undefined) {
      this.#decides(addr, bytes, position);
      return;
    }
    const found = this.#loadsAt(sites, frame, addr, bytes);
    // A bit-field that is stored copies the bits beside it.
    if (found.length === 0 && !isCopy) this.#decides(addr, bytes, position);
    const mask = this.#shadow.unknownBits(addr, bytes);
    const read = this.#machine.memory.peek(addr, bytes);
    const value = read === undefined ? undefined : littleEndian(read);
    for (const { site, field } of found) {
      const own = field === undefined ? { mask, value } : inField(site, { mask, value }, field);
      const outcomes = own.mask === 0n ? [] : outcomesOf(site, own, this.#facts(frame));
      this.#handle(outcomes, 0, { addr, bytes });
    }
  }

  #handle(
    outcomes: readonly Outcome[],
    depth: number,
    loaded: { readonly addr: number; readonly bytes: number },
  ): void {
    if (outcomes.length === 0) return;
    const frames = this.#machine.callStack(depth + 2);
    const frame = frames[depth];
    if (frame === undefined) return;
    const position = depth === 0 ? this.#machine.position : frame.position;
    const { base } = frame;
    for (const outcome of outcomes) {
      switch (outcome.kind) {
        case 'decides':
          this.#decides(loaded.addr, loaded.bytes, position);
          break;
        case 'stored':
          this.#stores.push({ position, base, to: outcome.to, mask: outcome.mask });
          if (this.#stores.length > mostPending) this.#stores.shift();
          break;
        case 'passed': {
          const { callee } = outcome.call;
          const name = callee.kind === 'function' ? callee.function.name : undefined;
          this.#arguments.push({ base, callee: name, index: outcome.index, mask: outcome.mask });
          if (this.#arguments.length > mostPending) this.#arguments.shift();
          break;
        }
        case 'returned':
          this.#return(outcome.bits, frame, frames[depth + 1], depth, loaded);
          break;
      }
    }
    this.#shadow.setPending(this.#stores.length > 0);
  }

  /** A function is about to return unknown bits: they go on where it was called. */
  #return(
    bits: UnknownBits,
    callee: CallFrame,
    caller: CallFrame | undefined,
    depth: number,
    loaded: { readonly addr: number; readonly bytes: number },
  ): void {
    // The status of the process is a system call's argument; no line of the program makes it.
    if (caller === undefined) return;
    const { name } = callee.function;
    const calls = (this.#sitesAt(caller.position)?.calls ?? []).filter(
      ({ node }) =>
        node.kind === 'call' && (node.callee.kind !== 'function' || node.callee.function.name === name),
    );
    // What libc calls back decides by the result.
    if (calls.length === 0) this.#decides(loaded.addr, loaded.bytes, caller.position);
    for (const site of calls) this.#handle(outcomesOf(site, bits, this.#facts(caller)), depth + 1, loaded);
  }

  /**
   * Bytes are about to be stored, of which `unknown` are the unknown bits that they have now.
   *
   * @returns the unknown bits after it
   */
  stored(addr: number, bytes: number, unknown: bigint): bigint {
    const { position, framePointer } = this.#machine;
    const sites = this.#sitesAt(position);
    const [frame] = this.#machine.callStack(1);
    if (sites === undefined || frame === undefined) return 0n;
    const targets: StoreTarget[] = [
      ...sites.stores.flatMap((site): StoreTarget[] => {
        const place = placeOf(site);
        return place === undefined ? [] : [{ kind: 'place', place }];
      }),
      ...sites.initials,
    ];
    const isThis = (to: StoreTarget): PlacedBits | undefined => {
      const placed = this.#placeOfTarget(to, frame);
      const isSame = placed.bytes === bytes && (placed.addr === undefined || placed.addr === addr);
      return isSame ? placed : undefined;
    };
    const field = targets.map(isThis).find((placed) => placed !== undefined)?.field;
    let value = 0n;
    this.#stores = this.#stores.filter((pending) => {
      const isOwn = pending.position === position && pending.base === framePointer;
      if (!isOwn || isThis(pending.to) === undefined) return true;
      value |= pending.mask;
      return false;
    });
    this.#shadow.setPending(this.#stores.length > 0);
    if (field === undefined) return value & ones(8 * bytes);
    const own = ones(field.width) << BigInt(field.shift);
    return (unknown & ~own) | ((value << BigInt(field.shift)) & own);
  }

  /** A function was entered, and its variables are marked. */
  entered(name: string, framePointer: number): void {
    if (this.#arguments.length === 0) return;
    const [frame, caller] = this.#machine.callStack(2);
    if (frame?.base !== framePointer) return;
    const parameters = frame.function.variables.filter(({ isParameter }) => isParameter);
    this.#arguments = this.#arguments.filter(({ base, callee, index, mask }) => {
      if (base !== caller?.base || (callee !== undefined && callee !== name)) return true;
      const parameter = parameters[index];
      if (parameter === undefined) return false;
      const bytes = Math.min(8, parameter.size);
      this.#shadow.setUnknown(variableAddress(frame, parameter), bytes, mask & ones(8 * bytes));
      return false;
    });
  }

  /** A function is about to be left. */
  left(framePointer: number): void {
    if (this.#stores.length + this.#arguments.length === 0) return;
    this.#stores = this.#stores.filter(({ base }) => base !== framePointer);
    this.#arguments = this.#arguments.filter(({ base }) => base !== framePointer);
    this.#shadow.setPending(this.#stores.length > 0);
  }

  // ---- places ----

  #sitesAt(position: number): PositionSites | undefined {
    const found = this.#machine.program.positions[position];
    return found?.role === 'statement' ? this.#program.roots.at(found.span) : undefined;
  }

  /** The sites that load these bytes: those whose place is known to be there, else those that may be. */
  #loadsAt(
    { loads }: PositionSites,
    frame: CallFrame,
    addr: number,
    bytes: number,
  ): readonly { readonly site: Site; readonly field: PlacedBits['field'] }[] {
    const placed = loads.flatMap((site) => {
      const place = placeOf(site);
      const bits = place === undefined ? undefined : this.#place(place, frame);
      return bits?.bytes === bytes ? [{ site, field: bits.field, at: bits.addr }] : [];
    });
    const exact = placed.filter(({ at }) => at === addr);
    return exact.length > 0 ? exact : placed.filter(({ at }) => at === undefined);
  }

  #placeOfTarget(to: StoreTarget, frame: CallFrame): PlacedBits {
    if (to.kind === 'place') return this.#place(to.place, frame);
    const { object, entry } = to;
    const start = this.#objectAddress(object, frame);
    if (entry.bitOffset === undefined || entry.bitWidth === undefined) {
      const addr = start === undefined ? undefined : start + entry.offset;
      return { addr, bytes: sizeOf(entry.type.type) ?? 0, field: undefined };
    }
    for (const bytes of [1, 2, 4, 8]) {
      const first = entry.bitOffset >> 3;
      const offset = first - (first % bytes);
      if (entry.bitOffset + entry.bitWidth > 8 * (offset + bytes)) continue;
      const field = { shift: entry.bitOffset - 8 * offset, width: entry.bitWidth };
      return { addr: start === undefined ? undefined : start + offset, bytes, field };
    }
    return { addr: undefined, bytes: 0, field: undefined };
  }

  #place(place: TypedExpression, frame: CallFrame): PlacedBits {
    if (place.kind === 'member' && place.member.bitWidth !== undefined) {
      const container = containerOf(place.member, place.record);
      const base = this.#addressOf(place.base, frame);
      if (container !== undefined) {
        const { size, shift, width } = container.bits;
        const start = base === undefined ? undefined : base + place.offset - place.member.offset;
        return {
          addr: start === undefined ? undefined : start + container.offset,
          bytes: size,
          field: { shift, width },
        };
      }
    }
    return { addr: this.#addressOf(place, frame), bytes: sizeOf(place.type.type) ?? 0, field: undefined };
  }

  #objectAddress(object: ObjectSymbol, frame: CallFrame): number | undefined {
    if (object.storage !== 'automatic') {
      const addr = this.#program.staticAddress(object);
      return addr === undefined ? undefined : addr + this.#machine.loaded.loadBias;
    }
    const variable = frame.function.variables.find(
      ({ name, span }) => name === object.name && span === object.span,
    );
    return variable === undefined ? undefined : variableAddress(frame, variable);
  }

  /** Address of a place; undefined where it takes more than constants and plain variables to tell. */
  #addressOf(place: TypedExpression, frame: CallFrame): number | undefined {
    switch (place.kind) {
      case 'object':
        return this.#objectAddress(place.object, frame);
      case 'member': {
        const base = this.#addressOf(place.base, frame);
        return base === undefined ? undefined : base + place.offset;
      }
      case 'deref': {
        const value = this.#valueOf(place.operand, frame);
        return value === undefined ? undefined : Number(value);
      }
      case 'convert':
        return place.conversion === 'none' ? this.#addressOf(place.operand, frame) : undefined;
      default:
        return undefined;
    }
  }

  #facts(frame: CallFrame): FlowFacts {
    return {
      valueOf: (expression) => this.#valueOf(expression, frame),
      isOwn: this.#program.isOwn,
    };
  }

  /** Value of an integer or a pointer without side effects, as it is now. */
  #valueOf(node: TypedExpression, frame: CallFrame): bigint | undefined {
    switch (node.kind) {
      case 'integer':
        return node.value;
      case 'address-of':
        return toBigInt(this.#addressOf(node.operand, frame));
      case 'pointer-add': {
        const pointer = this.#valueOf(node.pointer, frame);
        const index = this.#valueOf(node.index, frame);
        const target = resolve(node.type.type);
        const size = target.kind === 'pointer' ? sizeOf(target.target.type) : undefined;
        if (pointer === undefined || index === undefined || size === undefined) return undefined;
        return pointer + (node.subtract ? -index : index) * BigInt(size);
      }
      case 'convert':
        return this.#convertedValue(node, frame);
      case 'arithmetic': {
        const left = this.#valueOf(node.left, frame);
        const right = this.#valueOf(node.right, frame);
        if (left === undefined || right === undefined) return undefined;
        return wrapped(node.type.type, computed(node.operator, left, right));
      }
      default:
        return undefined;
    }
  }

  #convertedValue(
    { conversion, operand, type }: Extract<TypedExpression, { kind: 'convert' }>,
    frame: CallFrame,
  ): bigint | undefined {
    switch (conversion) {
      case 'load': {
        const { addr, bytes, field } = this.#place(operand, frame);
        if (addr === undefined || field !== undefined) return undefined;
        const read = this.#machine.memory.peek(addr, bytes);
        return read === undefined ? undefined : wrapped(type.type, littleEndian(read));
      }
      case 'decay':
        return toBigInt(this.#addressOf(operand, frame));
      case 'arithmetic':
      case 'pointer':
      case 'none':
        return wrapped(type.type, this.#valueOf(operand, frame));
      default:
        return undefined;
    }
  }
}

/** The bits of a bit-field, as wide as its type. */
function inField(
  { node }: Site,
  { mask, value }: UnknownBits,
  { shift, width }: { readonly shift: number; readonly width: number },
): UnknownBits {
  const isSigned = integerOf(node.type.type)?.isSigned === true;
  const bits = 8 * (sizeOf(node.type.type) ?? 0);
  const cut = (all: bigint): bigint => {
    const own = (all >> BigInt(shift)) & ones(width);
    return isSigned ? BigInt.asUintN(bits, BigInt.asIntN(width, own)) : own;
  };
  return { mask: cut(mask), value: value === undefined ? undefined : cut(value) };
}

const toBigInt = (addr: number | undefined): bigint | undefined =>
  addr === undefined ? undefined : BigInt(addr);

const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);

/** A value as an integer or a pointer of a type has it; undefined of other types. */
function wrapped(type: CType, value: bigint | undefined): bigint | undefined {
  const bits = 8 * (sizeOf(type) ?? 0);
  if (value === undefined) return undefined;
  if (resolve(type).kind === 'pointer') return BigInt.asUintN(bits, value);
  const integer = integerOf(type);
  if (integer === undefined) return undefined;
  return integer.isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}
