/**
 * What lies at an address of a process that stands still: functions, objects, variables of frames and blocks from malloc.
 */
import { lastOf } from '../base/bisect.ts';
import type { CallFrame, Machine } from '../core/process/machine.ts';
import { variableAddress } from '../core/process/machine.ts';
import { inspectBytes } from '../core/mm/inspect-bytes.ts';
import { renderText } from '../core/text/all-texts.ts';
import { libcFunctionOffset } from '../core/target/library-functions.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Language } from '../core/text/text.ts';
import type { QualType } from '../core/sema/type.ts';
import type { BuiltProgram } from './build.ts';
import { EventViews } from './event-views.ts';
import type { BlockHistory, LiveBlock } from './live-blocks.ts';
import type { InitialisedBytes } from './initialised-bytes.ts';
import type { Recording } from './recording.ts';
import type { ValueContext } from './value-format.ts';

/** ELF program header flag: executable. */
const PF_X = 1;

/** An object of static or thread storage duration in the running process. */
export interface StaticObject {
  readonly name: string;
  readonly type: QualType;
  /** `file` or the function that it is local to. */
  readonly scope: string;
  readonly addr: number;
  /** Bytes. */
  readonly size: number;
}

/** The moment that addresses are told of. */
export interface NamedMoment {
  readonly program: BuiltProgram;
  readonly machine: Machine;
  readonly recording: Recording;
  readonly history: BlockHistory;
  readonly language: Language;
  /** Undefined where nobody has found out what was stored. */
  readonly initialised: InitialisedBytes | undefined;
}

/** The objects that the program has for its whole run (or thread), by address. */
export function staticObjects(program: BuiltProgram, machine: Machine): readonly StaticObject[] {
  const { linked, units } = program.analysis;
  const bias = biasOf(program, machine);
  const found = units.flatMap((unit) =>
    unit.placements.flatMap(({ of, scope, size, section }) => {
      if (!('kind' in of) || of.kind !== 'object' || section === undefined) return [];
      const at = linked.addressOf(of);
      if (at === undefined) return [];
      const addr =
        of.storage === 'thread' ? machine.loaded.threadPointer + linked.threadOffsetOf(of) : at + bias;
      return [{ name: of.name, type: of.type, scope, addr, size: size ?? 0 }];
    }),
  );
  return found.sort((a, b) => a.addr - b.addr);
}

function biasOf({ analysis: { image } }: BuiltProgram, machine: Machine): number {
  return image.link === 'pie' || image.link === 'static-pie' ? machine.loaded.loadBias : 0;
}

/** A named range of addresses. */
interface Named {
  readonly start: number;
  readonly size: number;
  readonly name: string;
}

/** Tells addresses apart; what it knows is gathered when it is first asked. */
export class AddressNames implements ValueContext {
  readonly #moment: NamedMoment;
  readonly #places: EventViews;
  #static: readonly Named[] | undefined;
  #frames: readonly Named[] | undefined;
  readonly uninitialised: string;
  readonly unreadable: string;

  constructor(moment: NamedMoment) {
    this.#moment = moment;
    this.#places = new EventViews(moment.program, moment.recording);
    this.uninitialised = renderText(saySession('session.value.uninitialised'), moment.language);
    this.unreadable = renderText(saySession('session.value.unreadable'), moment.language);
  }

  read(addr: number, bytes: number): Uint8Array | undefined {
    return inspectBytes(this.#moment.machine.memory, addr, bytes);
  }

  uninitialisedBytes(addr: number, bytes: number): number {
    return this.#moment.initialised?.uninitialised(addr, bytes) ?? 0;
  }

  /** `table+4`, `add`, `main: x`, `malloc(24) line 8+16`. */
  nameOf(addr: number): string | undefined {
    return (
      inRange((this.#static ??= this.#findStatic()), addr) ??
      inRange((this.#frames ??= this.#findVariables()), addr) ??
      this.#blockAt(addr)
    );
  }

  #findStatic(): readonly Named[] {
    const { program, machine } = this.#moment;
    const { loadBias } = machine.loaded;
    const functions = program.compiled.functions.map(({ name, addr, size }) => ({
      start: addr + loadBias,
      size,
      name,
    }));
    const objects = staticObjects(program, machine).map(({ name, scope, addr, size }) => ({
      start: addr,
      size,
      name: scope === 'file' ? name : `${scope}: ${name}`,
    }));
    return [...functions, ...libcFunctions(machine), ...objects].sort((a, b) => a.start - b.start);
  }

  #findVariables(): readonly Named[] {
    const variables = (frame: CallFrame): Named[] =>
      frame.function.variables.map((variable) => ({
        start: variableAddress(frame, variable),
        size: variable.size,
        name: `${frame.function.name}: ${variable.name}`,
      }));
    return this.#moment.machine
      .callStack()
      .flatMap(variables)
      .sort((a, b) => a.start - b.start);
  }

  #blockAt(addr: number): string | undefined {
    const { history, recording } = this.#moment;
    const block = history.live.atOrBelow(addr);
    if (block !== undefined && addr < block.mem + Math.max(block.requestedBytes, 1))
      return withOffset(this.#spellBlock(block), addr - block.mem);
    const freed = history.freedBy.get(addr);
    return freed === undefined
      ? undefined
      : this.#say(saySession('session.value.freed', { line: this.#lineOf(recording.positionAt(freed)) }));
  }

  #spellBlock({ event, isLibc, requestedBytes }: LiveBlock): string {
    const { recording } = this.#moment;
    const call = recording.eventAt(event);
    if (call.kind !== 'malloc') return '';
    const facts = {
      name: call.name,
      bytes: requestedBytes,
      line: this.#lineOf(recording.positionAt(event)),
      caller: call.caller,
    };
    return this.#say(saySession(isLibc ? 'session.value.libcBlock' : 'session.value.block', facts));
  }

  #say(text: ReturnType<typeof saySession>): string {
    return renderText(text, this.#moment.language);
  }

  #lineOf(position: number): number {
    return this.#places.placeOf(position)?.line ?? 0;
  }
}

/** The functions of libc that the program uses, each by its first byte: how long it is is not known. */
function libcFunctions({ program, loaded, memory }: Machine): readonly Named[] {
  const { libcBase } = loaded;
  const text = memory.profile.libraries.libc.segments.find(({ flags }) => (flags & PF_X) !== 0);
  if (libcBase === undefined || text === undefined) return [];
  return program.externals.map(({ name }, index) => ({
    start: libcBase + libcFunctionOffset(program.target, name, text.vaddr, index),
    size: 1,
    name,
  }));
}

const withOffset = (name: string, bytes: number): string => (bytes === 0 ? name : `${name}+${String(bytes)}`);

/** Name and offset of the range that an address is in. */
function inRange(sorted: readonly Named[], addr: number): string | undefined {
  const found = lastOf(sorted, ({ start }) => start <= addr);
  return found === undefined || addr >= found.start + Math.max(found.size, 1)
    ? undefined
    : withOffset(found.name, addr - found.start);
}
