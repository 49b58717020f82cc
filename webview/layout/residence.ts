/** What the resident memory of the process is made of: the heap by use, all else by kind of mapping. */
import { PAGE_SIZE } from '../../src/base/address.ts';
import type { AllocatorView, ResidenceUse } from '../../src/protocol/allocator-view.ts';
import type { MappingKind, MappingView } from '../../src/protocol/view-model.ts';

export interface ResidenceRow {
  readonly use: ResidenceUse;
  /** All bytes, resident or not; undefined where only the resident ones tell something. */
  readonly bytes: number | undefined;
  readonly residentBytes: number;
}

/** Where pages of a kind of mapping are counted; the heap is told by use. */
const partOf: Readonly<Record<MappingKind, ResidenceUse | undefined>> = {
  text: 'program',
  rodata: 'program',
  data: 'program',
  bss: 'program',
  heap: undefined,
  mmap: 'mappings',
  stack: 'stack',
  library: 'libraries',
  loader: 'libraries',
  tls: 'libraries',
  kernel: 'kernel',
};

/** Rows whose resident bytes add up to RSS. */
export function residenceRows(view: AllocatorView, mappings: readonly MappingView[]): ResidenceRow[] {
  const parts = new Map<ResidenceUse, number>();
  for (const { kind, residentPages } of mappings) {
    const part = partOf[kind];
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + residentPages * PAGE_SIZE);
  }
  // Blocks with mappings of their own and heaps of threads' arenas are told among the uses of malloc.
  const mmapped = view.uses.find(({ use }) => use === 'mmapped')?.residentBytes ?? 0;
  parts.set('mappings', (parts.get('mappings') ?? 0) - mmapped - view.arenaResidentBytes);
  const order: readonly ResidenceUse[] = ['stack', 'program', 'mappings', 'libraries', 'kernel'];
  return [
    ...view.uses,
    ...order
      .map((use) => ({ use, bytes: undefined, residentBytes: parts.get(use) ?? 0 }))
      .filter(({ residentBytes }) => residentBytes > 0),
  ];
}
