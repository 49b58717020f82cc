/**
 * Consecutive host memory behind a stack, so that generated code reaches a local variable with one add: each page of the
 * stack has its frame at a fixed place there.
 */
import { PAGE_SIZE, lowHalf } from '../../base/address.ts';

/** The backing of one stack. */
export class StackBacking {
  /** Host address of its first byte. */
  readonly host: number;
  /** Number of its first page, and of the first one above. */
  readonly firstVpn: number;
  readonly endVpn: number;
  /** Host address = (low 32 bits of an address in the stack + addend) modulo 2^32. */
  readonly addend: number;

  constructor(host: number, firstVpn: number, endVpn: number) {
    this.host = host;
    this.firstVpn = firstVpn;
    this.endVpn = endVpn;
    this.addend = (host - lowHalf(firstVpn * PAGE_SIZE)) | 0;
  }

  get bytes(): number {
    return (this.endVpn - this.firstVpn) * PAGE_SIZE;
  }

  /** Host address of the frame of one of its pages. */
  frame(vpn: number): number {
    return this.host + (vpn - this.firstVpn) * PAGE_SIZE;
  }

  hasFrame(host: number): boolean {
    return host >= this.host && host < this.host + this.bytes;
  }
}
