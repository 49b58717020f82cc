/**
 * Readers of variadic arguments.
 *
 * Source: System V ABI, AMD64 supplement, 3.5.7 (va_list); i386 supplement (arguments on the stack).
 */
import type { Memory } from '../mm/kernel.ts';
import type { DataModel } from '../target/data-model.ts';
import type { VariadicArguments } from './libc-context.ts';
import { fromBytes } from '../target/extended-float.ts';
import type { Extended } from '../target/extended-float.ts';

/** Arguments of a direct call, which the caller put into the host's area (compiled-program.ts): 8 bytes each, 16 for long double. */
export class HostVariadic implements VariadicArguments {
  readonly #memory: Memory;
  #at: number;
  #view: DataView | undefined;
  lastIsNegative = false;

  constructor(memory: Memory, hostAddress: number) {
    this.#memory = memory;
    this.#at = hostAddress;
  }

  #next(bytes: number): { readonly view: DataView; readonly at: number } {
    const buffer = this.#memory.u8.buffer;
    if (this.#view?.buffer !== buffer) this.#view = new DataView(buffer);
    const at = this.#at;
    this.#at += bytes;
    return { view: this.#view, at };
  }

  int(): number {
    const { view, at } = this.#next(8);
    return view.getInt32(at, true);
  }

  longLong(): bigint {
    const { view, at } = this.#next(8);
    return view.getBigUint64(at, true);
  }

  word(): bigint {
    return this.longLong();
  }

  double(): number {
    const { view, at } = this.#next(8);
    this.lastIsNegative = view.getUint8(at + 7) > 0x7f;
    return view.getFloat64(at, true);
  }

  longDouble(): Extended {
    const { view, at } = this.#next(16);
    this.lastIsNegative = view.getUint8(at + 9) > 0x7f;
    return fromBytes(new Uint8Array(view.buffer, at, 10));
  }
}

/** Arguments behind a `va_list` of the program. On x86-64 reading moves the program's own offsets, as va_arg does. */
export class ProgramVariadic implements VariadicArguments {
  readonly #memory: Memory;
  readonly #model: DataModel;
  readonly #list: number;
  /** i386: the argument pointer itself was passed. */
  #pointer: number;
  lastIsNegative = false;

  constructor(memory: Memory, model: DataModel, list: number) {
    this.#memory = memory;
    this.#model = model;
    this.#list = list;
    this.#pointer = list;
  }

  #word64(addr: number): number {
    return this.#memory.readU32(addr) + this.#memory.readU32(addr + 4) * 0x1_0000_0000;
  }

  #overflow(bytes: number, align: number): number {
    let at = this.#word64(this.#list + 8);
    at += (align - (at % align)) % align;
    this.#memory.writeNumber64(this.#list + 8, at + bytes);
    return at;
  }

  #general(): number {
    const offset = this.#memory.readU32(this.#list);
    if (offset >= 48) return this.#overflow(8, 8);
    this.#memory.writeU32(this.#list, offset + 8);
    return this.#word64(this.#list + 16) + offset;
  }

  #stack(bytes: number): number {
    const at = this.#pointer;
    this.#pointer += bytes;
    return at;
  }

  int(): number {
    return this.#memory.readU32(this.#model.wordBytes === 8 ? this.#general() : this.#stack(4)) | 0;
  }

  longLong(): bigint {
    return this.#memory.readU64(this.#model.wordBytes === 8 ? this.#general() : this.#stack(8));
  }

  word(): bigint {
    return this.#model.wordBytes === 8 ? this.longLong() : BigInt(this.#memory.readU32(this.#stack(4)));
  }

  double(): number {
    let at: number;
    if (this.#model.wordBytes === 4) {
      at = this.#stack(8);
    } else {
      const offset = this.#memory.readU32(this.#list + 4);
      if (offset >= 176) {
        at = this.#overflow(8, 8);
      } else {
        this.#memory.writeU32(this.#list + 4, offset + 16);
        at = this.#word64(this.#list + 16) + offset;
      }
    }
    const bytes = this.#memory.readBytes(at, 8);
    this.lastIsNegative = (bytes[7] ?? 0) > 0x7f;
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  longDouble(): Extended {
    const at = this.#model.wordBytes === 8 ? this.#overflow(16, 16) : this.#stack(12);
    const bytes = this.#memory.readBytes(at, 10);
    this.lastIsNegative = (bytes[9] ?? 0) > 0x7f;
    return fromBytes(bytes);
  }
}
