/**
 * A difference of moments as lines: `-` was there, `+` is there now, `~` is another. A line says what addresses it is about, so
 * that the map can mark them.
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { BinView } from '../protocol/allocator-view.ts';
import type { ChunkView, HexAddress, MappingView } from '../protocol/view-model.ts';
import { hex } from './event-views.ts';
import type { GlobalView } from './global-views.ts';
import { isEmptyDiff } from './moment-diff.ts';
import type { Changes, MomentDiff, PlacedVariable, PresentPage } from './moment-diff.ts';

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
export function diffText(diff: MomentDiff): string {
  if (isEmptyDiff(diff)) return 'no difference\n';
  return diffGroups(diff)
    .map(({ title, lines }) => `${title}\n${lines.map(({ sign, text }) => `  ${sign} ${text}\n`).join('')}`)
    .join('');
}

/** The groups that have a difference. */
export function diffGroups(diff: MomentDiff): readonly DiffGroup[] {
  const groups: readonly DiffGroup[] = [
    { title: 'mappings', lines: changeLines(diff.mappings, mappingText, mappingChange, rangeOf) },
    { title: 'pages', lines: pageLines(diff.pages) },
    { title: 'chunks', lines: changeLines(diff.chunks, chunkText, chunkChange, sizedRange) },
    { title: 'bins', lines: changeLines(diff.bins, binText, binChange, nowhere) },
    { title: 'variables', lines: changeLines(diff.variables, variableText, variableChange, sizedRange) },
    { title: 'globals', lines: changeLines(diff.globals, globalText, globalChange, sizedRange) },
    {
      title: 'counters',
      lines: diff.counters.map(({ name, before, after }) => ({
        sign: '~',
        text: `${name} ${String(before)} -> ${String(after)} (${after < before ? '' : '+'}${String(after - before)})`,
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

function mappingText({ start, end, permissions, name, residentPages }: MappingView): string {
  return `${digits(start)}-${digits(end)} ${permissions} ${name === '' ? '(anonymous)' : name}, ${String(residentPages)} pages resident`;
}

function mappingChange(before: MappingView, after: MappingView): string {
  const range = ({ start, end }: MappingView): string => `${digits(start)}-${digits(end)}`;
  const name = after.name === '' ? '(anonymous)' : after.name;
  const pages = arrow(String(before.residentPages), String(after.residentPages));
  return `${arrow(range(before), range(after))} ${arrow(before.permissions, after.permissions)} ${name}, ${pages} pages resident`;
}

const chunkFacts = ({ sizeBytes, flags, stateText }: ChunkView): string =>
  `${String(sizeBytes)} bytes ${flags === '' ? '-' : flags} ${stateText}`;

const chunkText = (chunk: ChunkView): string => `${chunk.mem} ${chunkFacts(chunk)}`;

function chunkChange(before: ChunkView, after: ChunkView): string {
  const facts = `${after.mem} ${arrow(chunkFacts(before), chunkFacts(after))}`;
  // The last word of the block below, as long as that is in use.
  const isSame = before.prevSizeWord === after.prevSizeWord;
  return isSame ? facts : `${facts}, prev_size ${arrow(before.prevSizeWord, after.prevSizeWord)}`;
}

const variableText = ({ functionName, name, value }: PlacedVariable): string =>
  `${functionName}: ${name} = ${value}`;

const variableChange = (before: PlacedVariable, after: PlacedVariable): string =>
  `${after.functionName}: ${after.name} = ${arrow(before.value, after.value)}`;

/** Pages of one kind of change that follow one another are one line. */
function pageLines({ removed, added, changed }: Changes<PresentPage>): readonly DiffLine[] {
  const marked: readonly { readonly start: number; readonly text: readonly [DiffLine['sign'], string] }[] = [
    ...removed.map(({ start, state }) => ({ start: Number(start), text: ['-', state] as const })),
    ...added.map(({ start, state }) => ({ start: Number(start), text: ['+', state] as const })),
    ...changed.map(({ before, after }) => ({
      start: Number(after.start),
      text: ['~', arrow(before.state, after.state)] as const,
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
      text: `${start.toString(16)}-${end.toString(16)} ${state}, ${String(count)} page${count === 1 ? '' : 's'}`,
      range: { start: hex(start), end: hex(end) },
    };
  });
}

const binName = ({ arena, thread, family, index }: BinView): string => {
  const name = `${family} ${String(index)}`;
  if (arena !== undefined && arena > 1) return `${name} of arena ${String(arena)}`;
  return thread !== undefined && thread > 1 ? `${name} of thread ${String(thread)}` : name;
};

const binEntries = ({ entries, length }: BinView): string => {
  const cut = length > entries.length ? ', …' : '';
  return `${String(length)} [${entries.map(({ chunk }) => chunk).join(', ')}${cut}]`;
};

const binText = (bin: BinView): string => `${binName(bin)}: ${binEntries(bin)}`;

const binChange = (before: BinView, after: BinView): string =>
  `${binName(after)}: ${arrow(binEntries(before), binEntries(after))}`;

const globalName = ({ name, functionName }: GlobalView): string =>
  functionName === undefined ? name : `${functionName}: ${name}`;

const globalText = (global: GlobalView): string => `${globalName(global)} = ${global.value}`;

const globalChange = (before: GlobalView, after: GlobalView): string =>
  `${globalName(after)} = ${arrow(before.value, after.value)}`;
