/** What is known of bytes, for tests of the checks. */
import type { ByteState, ShadowMemory } from '../../src/core/checks/shadow-memory.ts';

/** The states of a range, one each byte. */
export const statesOf = (shadow: ShadowMemory, addr: number, bytes: number): readonly ByteState[] =>
  Array.from({ length: bytes }, (_, i) => shadow.stateAt(addr + i));
