/**
 * What differs between two moments of a run: mappings, resident pages, chunks, variables, counters.
 *
 * A diff is exact: applied to the old list it gives the new one (`applyChanges`).
 */
import type {
  ChunkView,
  CountersView,
  FrameView,
  MappingView,
  Snapshot,
  VariableView,
} from '../protocol/view-model.ts';

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

/** A counter that differs. */
export interface CounterChange {
  readonly name: keyof CountersView;
  readonly before: number;
  readonly after: number;
}

/** The difference of two moments. */
export interface MomentDiff {
  /** Indices of the events. */
  readonly from: number;
  readonly to: number;
  readonly mappings: Changes<MappingView>;
  /** Chunks of the heap and mappings of their own; a free one says which bin it is in. */
  readonly chunks: Changes<ChunkView>;
  readonly variables: Changes<PlacedVariable>;
  readonly counters: readonly CounterChange[];
}

/** The part of a moment that is compared. */
export type Moment = Pick<Snapshot, 'position' | 'mappings' | 'heap' | 'mmapped' | 'frames' | 'counters'>;

/** Compares two moments of one run. */
export function diffMoments(before: Moment, after: Moment): MomentDiff {
  return {
    from: before.position.index,
    to: after.position.index,
    mappings: changesOf(before.mappings, after.mappings, mappingKey),
    chunks: changesOf(chunksOf(before), chunksOf(after), ({ start }) => start),
    variables: changesOf(variablesOf(before), variablesOf(after), variableKey),
    counters: (Object.keys(after.counters) as (keyof CountersView)[]).flatMap((name) =>
      before.counters[name] === after.counters[name]
        ? []
        : [{ name, before: before.counters[name], after: after.counters[name] }],
    ),
  };
}

/** Whether two moments are alike in all that is compared. */
export function isEmptyDiff({ mappings, chunks, variables, counters }: MomentDiff): boolean {
  return (
    counters.length === 0 &&
    [mappings, chunks, variables].every(
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

/** All chunks of a moment. */
export const chunksOf = ({ heap, mmapped }: Moment): readonly ChunkView[] => [
  ...(heap?.chunks ?? []),
  ...mmapped,
];

/** All variables of a moment, innermost frame first. */
export const variablesOf = ({ frames }: Moment): readonly PlacedVariable[] =>
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
