/**
 * The tree *Heap*: chunks by state, in order of address; a click shows one in the map. Arenas of threads follow, each with its
 * structures and its chunks.
 */
import type { Command } from 'vscode';
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type {
  ArenaView,
  ChunkBandView,
  ChunkState,
  ChunkView,
  HexAddress,
  Snapshot,
} from '../protocol/view-model.ts';
import type { TreeMaker } from './run-tree.ts';

interface StateNode {
  readonly kind: 'state';
  /** Number of the arena: 1 for the main one. */
  readonly arena: number;
  readonly state: ChunkState;
  readonly chunks: readonly ChunkView[];
  /** Chunks of this state that the moment tells together with others, and their bytes. */
  readonly rest: { readonly count: number; readonly bytes: number; readonly start: HexAddress } | undefined;
}
interface ChunkNode {
  readonly kind: 'chunk';
  readonly chunk: ChunkView;
}
/** Chunks of a state that are not listed one by one. */
interface RestNode {
  readonly kind: 'rest';
  readonly arena: number;
  readonly state: ChunkState;
  readonly count: number;
  /** Where they begin, for the map. */
  readonly start: HexAddress;
}
interface ArenaNode {
  readonly kind: 'arena';
  readonly arena: ArenaView;
}
/** malloc_state or a heap_info. */
interface StructureNode {
  readonly kind: 'structure';
  readonly name: 'malloc_state' | 'heap_info';
  readonly start: HexAddress;
  readonly sizeBytes: number;
  readonly tooltip: string;
}
export type HeapNode = StateNode | ChunkNode | RestNode | ArenaNode | StructureNode;

/** States in the order in which malloc looks at them, what the program holds first. */
const order: readonly ChunkState[] = [
  'corrupted',
  'in-use',
  'mmapped',
  'tcache',
  'fastbin',
  'unsorted',
  'small',
  'large',
  'top',
  'internal',
];

/** Makes the tree of the heap. */
export const heapTree: TreeMaker<HeapNode> = {
  roots: (snapshot) => [
    ...statesOf(mainChunks(snapshot), 1),
    ...snapshot.arenas.map((arena): ArenaNode => ({ kind: 'arena', arena })),
  ],
  children: (node) => {
    switch (node.kind) {
      case 'state':
        return childrenOfState(node);
      case 'arena':
        return childrenOfArena(node.arena);
      default:
        return [];
    }
  },
  item: (node) => {
    switch (node.kind) {
      case 'state':
        return stateItem(node);
      case 'rest':
        return restItem(node);
      case 'arena':
        return arenaItem(node.arena);
      case 'structure':
        return structureItem(node);
      case 'chunk':
        return chunkItem(node.chunk);
    }
  },
};

/** Chunks that a moment tells one by one, and those that it tells together. */
interface ToldChunks {
  readonly chunks: readonly ChunkView[];
  readonly bands: readonly ChunkBandView[];
}

const mainChunks = ({ heap, mmapped }: Snapshot): ToldChunks => ({
  chunks: [...(heap?.chunks ?? []), ...mmapped],
  bands: heap?.bands ?? [],
});

function statesOf({ chunks, bands }: ToldChunks, arena: number): StateNode[] {
  return order.flatMap((state): StateNode[] => {
    const own = chunks.filter((chunk) => chunk.state === state);
    const rest = restOf(bands, state);
    return own.length === 0 && rest === undefined ? [] : [{ kind: 'state', arena, state, chunks: own, rest }];
  });
}

function childrenOfState({ arena, state, chunks, rest }: StateNode): readonly HeapNode[] {
  return [
    ...chunks.map((chunk): ChunkNode => ({ kind: 'chunk', chunk })),
    ...(rest === undefined
      ? []
      : [{ kind: 'rest', arena, state, count: rest.count, start: rest.start } as const]),
  ];
}

function childrenOfArena({ number, state, stateBytes, systemMem, heaps }: ArenaView): readonly HeapNode[] {
  return [
    {
      kind: 'structure',
      name: 'malloc_state',
      start: state,
      sizeBytes: stateBytes,
      tooltip: `system_mem ${String(systemMem)}`,
    },
    ...heaps.map(({ start, end, infoBytes, openedEnd }): StructureNode => ({
      kind: 'structure',
      name: 'heap_info',
      start,
      sizeBytes: infoBytes,
      tooltip: `size ${String(Number(end) - Number(start))}\nmprotect_size ${String(Number(openedEnd) - Number(start))}`,
    })),
    ...statesOf(
      { chunks: heaps.flatMap(({ chunks }) => chunks), bands: heaps.flatMap(({ bands }) => bands) },
      number,
    ),
  ];
}

/** What bands hold of a state: a heap with very many chunks tells most of them together. */
function restOf(bands: readonly ChunkBandView[], state: ChunkState): StateNode['rest'] {
  const own = bands.flatMap(({ start, states }) =>
    states.filter((one) => one.state === state).map(({ count, bytes }) => ({ start, count, bytes })),
  );
  const [first] = own;
  if (first === undefined) return undefined;
  const sum = (of: (one: (typeof own)[number]) => number): number =>
    own.reduce((total, one) => total + of(one), 0);
  return { start: first.start, count: sum(({ count }) => count), bytes: sum(({ bytes }) => bytes) };
}

function stateItem({ arena, state, chunks, rest }: StateNode): TreeItem {
  const isFolded = state === 'internal' || state === 'top';
  const item = new TreeItem(
    stateName(state),
    isFolded ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
  );
  const bytes = chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, rest?.bytes ?? 0);
  const count = chunks.length + (rest?.count ?? 0);
  item.id = arena === 1 ? state : `${String(arena)} ${state}`;
  item.description =
    count === 1 ? l10n.t('1 chunk, {0} bytes', bytes) : l10n.t('{0} chunks, {1} bytes', count, bytes);
  item.iconPath = new ThemeIcon(icons[state], new ThemeColor(colours[state]));
  return item;
}

function arenaItem({ number, state, threads, heaps }: ArenaView): TreeItem {
  const item = new TreeItem(l10n.t('arena {0}', number), TreeItemCollapsibleState.Collapsed);
  const chunks = heaps.reduce((sum, { chunkCount }) => sum + chunkCount, 0);
  const bytes = heaps.reduce((sum, { start, end }) => sum + Number(end) - Number(start), 0);
  item.id = `arena ${state}`;
  const size = l10n.t('{0} chunks, {1} bytes', chunks, bytes);
  item.description = threads.length === 0 ? size : `${l10n.t('thread {0}', threads.join(', '))} · ${size}`;
  item.iconPath = new ThemeIcon('server', new ThemeColor('memoryAtlas.segment.mmap'));
  return item;
}

function structureItem({ name, start, sizeBytes, tooltip }: StructureNode): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.id = `${name} ${start}`;
  item.description = `${start} · ${l10n.t('{0} B', sizeBytes)}`;
  item.tooltip = tooltip;
  item.iconPath = new ThemeIcon('gear', new ThemeColor('descriptionForeground'));
  item.command = showInMap(start);
  return item;
}

const showInMap = (address: HexAddress): Command => ({
  title: l10n.t('Show in the map'),
  command: 'memoryAtlas.showInMap',
  arguments: [address],
});

function restItem({ arena, state, count, start }: RestNode): TreeItem {
  const item = new TreeItem(l10n.t('… and {0} more: see the map', count), TreeItemCollapsibleState.None);
  item.id = arena === 1 ? `rest ${state}` : `rest ${String(arena)} ${state}`;
  item.command = showInMap(start);
  return item;
}

function chunkItem(chunk: ChunkView): TreeItem {
  const item = new TreeItem(chunk.mem, TreeItemCollapsibleState.None);
  const parts = [l10n.t('{0} B', chunk.sizeBytes)];
  if (chunk.requestedBytes !== undefined) parts.push(l10n.t('asked {0}', chunk.requestedBytes));
  if (chunk.place !== undefined) parts.push(l10n.t('line {0}', chunk.place.line));
  item.id = chunk.start;
  item.description = parts.join(' · ');
  item.tooltip = `${chunk.stateText}\nprev_size ${chunk.prevSizeWord}, size ${chunk.sizeWord} ${chunk.flags}`;
  item.contextValue = chunk.place === undefined ? 'chunk' : 'placedChunk';
  item.command = showInMap(chunk.mem);
  return item;
}

const icons: Readonly<Record<ChunkState, string>> = {
  corrupted: 'error',
  'in-use': 'package',
  mmapped: 'map',
  tcache: 'archive',
  fastbin: 'zap',
  unsorted: 'inbox',
  small: 'list-ordered',
  large: 'list-tree',
  top: 'arrow-up',
  internal: 'gear',
};

const colours: Readonly<Record<ChunkState, string>> = {
  corrupted: 'errorForeground',
  'in-use': 'memoryAtlas.segment.heap',
  mmapped: 'memoryAtlas.segment.mmap',
  tcache: 'charts.blue',
  fastbin: 'charts.purple',
  unsorted: 'charts.orange',
  small: 'charts.yellow',
  large: 'charts.yellow',
  top: 'descriptionForeground',
  internal: 'descriptionForeground',
};

function stateName(state: ChunkState): string {
  switch (state) {
    case 'corrupted':
      return l10n.t('corrupted');
    case 'in-use':
      return l10n.t('in use');
    case 'mmapped':
      return l10n.t('mappings of their own');
    case 'tcache':
      return 'tcache';
    case 'fastbin':
      return l10n.t('fast bins');
    case 'unsorted':
      return l10n.t('unsorted bin');
    case 'small':
      return l10n.t('small bins');
    case 'large':
      return l10n.t('large bins');
    case 'top':
      return l10n.t('top chunk');
    case 'internal':
      return l10n.t('malloc’s own');
  }
}
