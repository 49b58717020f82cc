/** Signs of the mapping kinds, so that colour never stands alone. */
import type { MappingKind } from '../../src/protocol/view-model.ts';

/** Letters of the mapping kinds; T, R, D, B are those of `nm`. */
export const kindLetters: Record<MappingKind, string> = {
  text: 'T',
  rodata: 'R',
  data: 'D',
  bss: 'B',
  heap: 'H',
  mmap: 'M',
  stack: 'S',
  library: 'L',
  loader: 'I',
  tls: 'P',
  kernel: 'K',
};
