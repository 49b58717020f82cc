/**
 * What differs between two moments of a run: mappings, pages, chunks, bins, variables, globals, counters.
 *
 * A diff is exact: applied to the old list it gives the new one (`applyChanges`).
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { BinView } from '../protocol/allocator-view.ts';
import type {
  ChunkView,
  CountersView,
  FrameView,
  HexAddress,
  MappingView,
  PageState,
  Snapshot,
  VariableView,
} from '../protocol/view-model.ts';
import { hex } from './event-views.ts';
import type { GlobalView } from './global-views.ts';

/** Differences of two lists whose items have keys. */
export interface Changes<Item> {
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
  readonly changed: readonly { readonly before: Item; readonly after: Item }[];
}

/** A variable with the frame that it lies in. */
export interface PlacedVariable extends VariableView {
  readonly functionName: string;
  /** Frame pointer: tells activations of one function apart. */
  readonly frame: FrameView['base'];
}

/** A page that is present. */
export interface PresentPage {
  readonly start: HexAddress;
  readonly state: Exclude<PageState, 'absent'>;
}

/** A moment: right after an event, or right before a step, then with the last event before it. */
export interface MomentName {
  readonly event: number;
  readonly step: number | undefined;
}

/** A counter that differs. */
export interface CounterChange {
  readonly name: keyof CountersView;
  readonly before: number;
  readonly after: number;
}

/** The difference of two moments. */
export interface MomentDiff {
  readonly from: MomentName;
  readonly to: MomentName;
  readonly mappings: Changes<MappingView>;
  /** Added where they became present: newly resident, or the page of zeros. */
  readonly pages: Changes<PresentPage>;
  /** Chunks of the heap and mappings of their own; a free one says which bin it is in. */
  readonly chunks: Changes<ChunkView>;
  /** Free lists that hold something. */
  readonly bins: Changes<BinView>;
  readonly variables: Changes<PlacedVariable>;
  /** Objects of static or thread storage duration. */
  readonly globals: Changes<GlobalView>;
  readonly counters: readonly CounterChange[];
}

/** The part of a moment that is compared. */
export interface Moment extends Pick<
  Snapshot,
  'position' | 'step' | 'mappings' | 'heap' | 'arenas' | 'mmapped' | 'frames' | 'counters'
> {
  readonly bins: readonly BinView[];
  readonly globals: readonly GlobalView[];
}

/** Compares two moments of one run. */
export function diffMoments(before: Moment, after: Moment): MomentDiff {
  return {
    from: momentName(before),
    to: momentName(after),
    mappings: changesOf(before.mappings, after.mappings, mappingKey),
    pages: changesOf(pagesOf(before), pagesOf(after), ({ start }) => start),
    chunks: changesOf(chunksOf(before), chunksOf(after), ({ start }) => start),
    bins: changesOf(before.bins, after.bins, binKey),
    variables: changesOf(variablesOf(before), variablesOf(after), variableKey),
    globals: changesOf(before.globals, after.globals, ({ start }) => start),
    counters: (Object.keys(after.counters) as (keyof CountersView)[]).flatMap((name) =>
      before.counters[name] === after.counters[name]
        ? []
        : [{ name, before: before.counters[name], after: after.counters[name] }],
    ),
  };
}

const momentName = ({ position, step }: Moment): MomentName => ({
  event: position.index,
  step: step?.number,
});

/** Whether two moments are alike in all that is compared. */
export function isEmptyDiff(diff: MomentDiff): boolean {
  const { mappings, pages, chunks, bins, variables, globals, counters } = diff;
  return (
    counters.length === 0 &&
    [mappings, pages, chunks, bins, variables, globals].every(
      ({ removed, added, changed }) => removed.length + added.length + changed.length === 0,
    )
  );
}

/**
 * Identifies a mapping over time: stack and anonymous mappings grow at their start, where mmap puts new ones below older
 * ones; the heap and everything else at their end.
 */
export function mappingKey({ name, start, end }: MappingView): string {
  if (name === '[stack]') return name;
  return name === '' ? `-${end}` : start;
}

/** Identifies a variable of an activation. */
export const variableKey = ({ frame, start, name }: PlacedVariable): string => `${frame} ${start} ${name}`;

/** Identifies a free list. */
export const binKey = ({ arena, thread, family, index }: BinView): string =>
  `${String(arena ?? thread)} ${family} ${String(index)}`;

/** The present pages of a moment, by address. */
export const pagesOf = ({ mappings }: Pick<Moment, 'mappings'>): readonly PresentPage[] =>
  mappings.flatMap(({ start, pages }) => {
    let at = Number(start);
    return pages.flatMap(({ state, pages: count }) => {
      const first = at;
      at += count * PAGE_SIZE;
      return state === 'absent'
        ? []
        : Array.from({ length: count }, (_, i) => ({ start: hex(first + i * PAGE_SIZE), state }));
    });
  });

/** All chunks of a moment. */
export const chunksOf = ({
  heap,
  arenas,
  mmapped,
}: Pick<Moment, 'heap' | 'arenas' | 'mmapped'>): readonly ChunkView[] => [
  ...(heap?.chunks ?? []),
  ...arenas.flatMap(({ heaps }) => heaps.flatMap(({ chunks }) => chunks)),
  ...mmapped,
];

/** All variables of a moment, innermost frame first. */
export const variablesOf = ({ frames }: Pick<Moment, 'frames'>): readonly PlacedVariable[] =>
  frames.flatMap(({ functionName, base, variables }) =>
    variables.map((variable) => ({ ...variable, functionName, frame: base })),
  );

/** Differences of two lists; items are the same where all their parts are. */
export function changesOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Changes<Item> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  return {
    removed: before.filter((item) => !now.has(keyOf(item))),
    added: after.filter((item) => !old.has(keyOf(item))),
    changed: after.flatMap((item) => {
      const previous = old.get(keyOf(item));
      return previous === undefined || isSame(previous, item) ? [] : [{ before: previous, after: item }];
    }),
  };
}

/** The new list, up to the order of its items. */
export function applyChanges<Item>(
  before: readonly Item[],
  { removed, added, changed }: Changes<Item>,
  keyOf: (item: Item) => string,
): readonly Item[] {
  const items = new Map(before.map((item) => [keyOf(item), item]));
  for (const item of removed) items.delete(keyOf(item));
  for (const { after } of changed) items.set(keyOf(after), after);
  for (const item of added) items.set(keyOf(item), item);
  return [...items.values()];
}

/** Plain data: equal when written alike. */
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
