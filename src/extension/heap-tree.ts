/**
 * The tree *Heap*: chunks by state, in order of address; a click shows one in the map.
 */
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { ChunkBandView, ChunkState, ChunkView, HexAddress } from '../protocol/view-model.ts';
import type { TreeMaker } from './run-tree.ts';

interface StateNode {
  readonly kind: 'state';
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
  readonly state: ChunkState;
  readonly count: number;
  /** Where they begin, for the map. */
  readonly start: HexAddress;
}
export type HeapNode = StateNode | ChunkNode | RestNode;

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
  roots: ({ heap, mmapped }) => {
    const chunks = [...(heap?.chunks ?? []), ...mmapped];
    return order.flatMap((state): StateNode[] => {
      const own = chunks.filter((chunk) => chunk.state === state);
      const rest = restOf(heap?.bands ?? [], state);
      return own.length === 0 && rest === undefined ? [] : [{ kind: 'state', state, chunks: own, rest }];
    });
  },
  children: (node) =>
    node.kind !== 'state'
      ? []
      : [
          ...node.chunks.map((chunk): ChunkNode => ({ kind: 'chunk', chunk })),
          ...(node.rest === undefined
            ? []
            : [{ kind: 'rest', state: node.state, count: node.rest.count, start: node.rest.start } as const]),
        ],
  item: (node) =>
    node.kind === 'state' ? stateItem(node) : node.kind === 'rest' ? restItem(node) : chunkItem(node.chunk),
};

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

function stateItem({ state, chunks, rest }: StateNode): TreeItem {
  const isFolded = state === 'internal' || state === 'top';
  const item = new TreeItem(
    stateName(state),
    isFolded ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
  );
  const bytes = chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, rest?.bytes ?? 0);
  const count = chunks.length + (rest?.count ?? 0);
  item.id = state;
  item.description =
    count === 1 ? l10n.t('1 chunk, {0} bytes', bytes) : l10n.t('{0} chunks, {1} bytes', count, bytes);
  item.iconPath = new ThemeIcon(icons[state], new ThemeColor(colours[state]));
  return item;
}

function restItem({ state, count, start }: RestNode): TreeItem {
  const item = new TreeItem(l10n.t('… and {0} more: see the map', count), TreeItemCollapsibleState.None);
  item.id = `rest ${state}`;
  item.command = {
    title: l10n.t('Show in the map'),
    command: 'memoryAtlas.showInMap',
    arguments: [start],
  };
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
  item.command = {
    title: l10n.t('Show in the map'),
    command: 'memoryAtlas.showInMap',
    arguments: [chunk.mem],
  };
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
