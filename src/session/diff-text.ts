/**
 * A difference of moments as lines: `-` was there, `+` is there now, `~` is another. A line says what addresses it is about, so
 * that the map can mark them.
 */
import { PAGE_SIZE } from '../base/address.ts';
import { renderText } from '../core/text/all-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Language, TextArguments } from '../core/text/text.ts';
import type { BinView } from '../protocol/allocator-view.ts';
import type { ChunkView, HexAddress, MappingView, PageState } from '../protocol/view-model.ts';
import { hex } from './event-views.ts';
import type { GlobalView } from './global-views.ts';
import { isEmptyDiff } from './moment-diff.ts';
import type { Changes, MomentDiff, PlacedVariable, PresentPage } from './moment-diff.ts';

/** Says a text of this file, by its key behind `session.diff.`. */
type Say = (key: DiffKey, args?: TextArguments) => string;
type DiffKey =
  Extract<Parameters<typeof saySession>[0], `session.diff.${string}`> extends `session.diff.${infer Key}`
    ? Key
    : never;

/** One difference. */
export interface DiffLine {
  readonly sign: '-' | '+' | '~';
  readonly text: string;
  /** Addresses that it is about; undefined for a counter or a list. */
  readonly range: DiffRange | undefined;
}

interface DiffRange {
  readonly start: HexAddress;
  readonly end: HexAddress;
}

/** Differences of one sort. */
export interface DiffGroup {
  readonly title: string;
  readonly lines: readonly DiffLine[];
}

/** The lines; a title before each group that has any. */
export function diffText(diff: MomentDiff, language: Language): string {
  if (isEmptyDiff(diff)) return `${renderText(saySession('session.diff.none'), language)}\n`;
  return diffGroups(diff, language)
    .map(({ title, lines }) => `${title}\n${lines.map(({ sign, text }) => `  ${sign} ${text}\n`).join('')}`)
    .join('');
}

/** The groups that have a difference. */
export function diffGroups(diff: MomentDiff, language: Language): readonly DiffGroup[] {
  const say: Say = (key, args) => renderText(saySession(`session.diff.${key}`, args), language);
  const groups: readonly DiffGroup[] = [
    {
      title: say('mappings'),
      lines: changeLines(
        diff.mappings,
        (mapping) => mappingText(mapping, mapping, say),
        (before, after) => mappingText(before, after, say),
        rangeOf,
      ),
    },
    { title: say('pages'), lines: pageLines(diff.pages, say) },
    {
      title: say('chunks'),
      lines: changeLines(
        diff.chunks,
        (chunk) => chunkText(chunk, say),
        (before, after) => chunkChange(before, after, say),
        sizedRange,
      ),
    },
    {
      title: say('bins'),
      lines: changeLines(
        diff.bins,
        (bin) => binChange(bin, bin, say),
        (before, after) => binChange(before, after, say),
        nowhere,
      ),
    },
    { title: say('variables'), lines: changeLines(diff.variables, variableText, variableChange, sizedRange) },
    { title: say('globals'), lines: changeLines(diff.globals, globalText, globalChange, sizedRange) },
    {
      title: say('counters'),
      lines: diff.counters.map(({ name, before, after }) => ({
        sign: '~',
        text: `${say(`counter.${name}`)} ${String(before)} -> ${String(after)} (${after < before ? '' : '+'}${String(after - before)})`,
        range: undefined,
      })),
    },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function changeLines<Item>(
  { removed, added, changed }: Changes<Item>,
  text: (item: Item) => string,
  change: (before: Item, after: Item) => string,
  range: (item: Item) => DiffRange | undefined,
): readonly DiffLine[] {
  return [
    ...removed.map((item): DiffLine => ({ sign: '-', text: text(item), range: range(item) })),
    ...added.map((item): DiffLine => ({ sign: '+', text: text(item), range: range(item) })),
    ...changed.map(({ before, after }): DiffLine => ({
      sign: '~',
      text: change(before, after),
      range: range(after),
    })),
  ];
}

const rangeOf = ({ start, end }: DiffRange): DiffRange => ({ start, end });

const sizedRange = (item: { readonly start: HexAddress; readonly sizeBytes: number }): DiffRange => ({
  start: item.start,
  end: `0x${(BigInt(item.start) + BigInt(item.sizeBytes)).toString(16)}`,
});

const nowhere = (): undefined => undefined;

/** `a -> b`, or only `a` where both are alike. */
const arrow = (before: string, after: string): string =>
  before === after ? before : `${before} -> ${after}`;

const digits = (address: string): string => address.slice(2);

/** A mapping, or what became of it. */
function mappingText(before: MappingView, after: MappingView, say: Say): string {
  const range = ({ start, end }: MappingView): string => `${digits(start)}-${digits(end)}`;
  return say('mapping', {
    range: arrow(range(before), range(after)),
    permissions: arrow(before.permissions, after.permissions),
    name: after.name === '' ? say('anonymous') : after.name,
    pages: arrow(String(before.residentPages), String(after.residentPages)),
  });
}

const chunkFacts = ({ sizeBytes, flags, stateText }: ChunkView, say: Say): string =>
  `${say('bytes', { bytes: sizeBytes })} ${flags === '' ? '-' : flags} ${stateText}`;

const chunkText = (chunk: ChunkView, say: Say): string => `${chunk.mem} ${chunkFacts(chunk, say)}`;

function chunkChange(before: ChunkView, after: ChunkView, say: Say): string {
  const facts = `${after.mem} ${arrow(chunkFacts(before, say), chunkFacts(after, say))}`;
  // The last word of the block below, as long as that is in use.
  const isSame = before.prevSizeWord === after.prevSizeWord;
  return isSame ? facts : `${facts}, prev_size ${arrow(before.prevSizeWord, after.prevSizeWord)}`;
}

const variableText = ({ functionName, name, value }: PlacedVariable): string =>
  `${functionName}: ${name} = ${value}`;

const variableChange = (before: PlacedVariable, after: PlacedVariable): string =>
  `${after.functionName}: ${after.name} = ${arrow(before.value, after.value)}`;

/** Pages of one kind of change that follow one another are one line. */
function pageLines({ removed, added, changed }: Changes<PresentPage>, say: Say): readonly DiffLine[] {
  const nameOf = (state: PageState): string => say(`state.${state}`);
  const marked: readonly { readonly start: number; readonly text: readonly [DiffLine['sign'], string] }[] = [
    ...removed.map(({ start, state }) => ({ start: Number(start), text: ['-', nameOf(state)] as const })),
    ...added.map(({ start, state }) => ({ start: Number(start), text: ['+', nameOf(state)] as const })),
    ...changed.map(({ before, after }) => ({
      start: Number(after.start),
      text: ['~', arrow(nameOf(before.state), nameOf(after.state))] as const,
    })),
  ].sort((a, b) => a.start - b.start);
  const runs: { readonly start: number; end: number; readonly text: readonly [DiffLine['sign'], string] }[] =
    [];
  for (const { start, text } of marked) {
    const last = runs.at(-1);
    if (last?.end === start && last.text.join() === text.join()) last.end += PAGE_SIZE;
    else runs.push({ start, end: start + PAGE_SIZE, text });
  }
  return runs.map(({ start, end, text: [sign, state] }) => {
    const count = (end - start) / PAGE_SIZE;
    return {
      sign,
      text: `${start.toString(16)}-${end.toString(16)} ${say('pageCount', { state, count })}`,
      range: { start: hex(start), end: hex(end) },
    };
  });
}

const binName = ({ arena, thread, family, index }: BinView, say: Say): string => {
  const name = `${family} ${String(index)}`;
  if (arena !== undefined && arena > 1) return say('binOfArena', { name, arena });
  return thread !== undefined && thread > 1 ? say('binOfThread', { name, thread }) : name;
};

const binEntries = ({ entries, length }: BinView): string => {
  const cut = length > entries.length ? ', …' : '';
  return `${String(length)} [${entries.map(({ chunk }) => chunk).join(', ')}${cut}]`;
};

const binChange = (before: BinView, after: BinView, say: Say): string =>
  `${binName(after, say)}: ${arrow(binEntries(before), binEntries(after))}`;

const globalName = ({ name, functionName }: GlobalView): string =>
  functionName === undefined ? name : `${functionName}: ${name}`;

const globalText = (global: GlobalView): string => `${globalName(global)} = ${global.value}`;

const globalChange = (before: GlobalView, after: GlobalView): string =>
  `${globalName(after)} = ${arrow(before.value, after.value)}`;
