/** Numbers and names as the binary format of WebAssembly has them (Core Specification 2.0, 5.2). */
import { invariant } from '../../base/assert.ts';

/** A growable buffer of bytes with the number formats of the binary format. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Forgets what was written from `length` on. */
  truncate(length: number): void {
    invariant(length <= this.#length, 'truncate only shortens');
    this.#length = length;
  }

  /** One byte. */
  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Unsigned LEB128 of 0 <= value < 2^32. */
  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest);
  }

  /** Signed LEB128 of -2^31 <= value < 2^31. */
  s32(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
        this.u8(low);
        return;
      }
      this.u8(low | 0x80);
    }
  }

  /** Signed LEB128 of a 64-bit value, given as a safe integer or as a bigint taken modulo 2^64. */
  s64(value: number | bigint): void {
    if (typeof value === 'number' && value >= -0x8000_0000 && value < 0x8000_0000) {
      this.s32(value);
      return;
    }
    let rest = BigInt.asIntN(64, BigInt(value));
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) {
        this.u8(low);
        return;
      }
      this.u8(low | 0x80);
    }
  }

  /** IEEE 754 binary32, little-endian. */
  f32(value: number): void {
    floatView.setFloat32(0, value, true);
    for (let index = 0; index < 4; index += 1) this.u8(floatView.getUint8(index));
  }

  /** IEEE 754 binary64, little-endian. */
  f64(value: number): void {
    floatView.setFloat64(0, value, true);
    for (let index = 0; index < 8; index += 1) this.u8(floatView.getUint8(index));
  }

  /** A name: its length in bytes and its UTF-8. */
  name(text: string): void {
    const start = this.#length;
    for (const character of text) this.#utf8(character.codePointAt(0) ?? 0);
    const encoded = this.#bytes.slice(start, this.#length);
    this.#length = start;
    this.u32(encoded.length);
    this.append(encoded);
  }

  /** Other bytes as they are. */
  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written; a view that is valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  #utf8(code: number): void {
    if (code < 0x80) {
      this.u8(code);
    } else if (code < 0x800) {
      this.u8(0xc0 | (code >> 6));
      this.u8(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
      this.u8(0xe0 | (code >> 12));
      this.u8(0x80 | ((code >> 6) & 0x3f));
      this.u8(0x80 | (code & 0x3f));
    } else {
      this.u8(0xf0 | (code >> 18));
      this.u8(0x80 | ((code >> 12) & 0x3f));
      this.u8(0x80 | ((code >> 6) & 0x3f));
      this.u8(0x80 | (code & 0x3f));
    }
  }
}

const floatView = new DataView(new ArrayBuffer(8));
