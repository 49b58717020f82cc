/**
 * A difference of moments as lines: `-` was there, `+` is there now, `~` is another.
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { BinView } from '../protocol/allocator-view.ts';
import type { ChunkView, MappingView } from '../protocol/view-model.ts';
import type { GlobalView } from './global-views.ts';
import { isEmptyDiff } from './moment-diff.ts';
import type { Changes, MomentDiff, PlacedVariable, PresentPage } from './moment-diff.ts';

/** The lines; a title before each group that has any. */
export function diffText(diff: MomentDiff): string {
  if (isEmptyDiff(diff)) return 'no difference\n';
  const groups: (readonly [string, readonly string[]])[] = [
    ['mappings', changeLines(diff.mappings, mappingText, mappingChange)],
    ['pages', pageLines(diff.pages)],
    ['chunks', changeLines(diff.chunks, chunkText, chunkChange)],
    ['bins', changeLines(diff.bins, binText, binChange)],
    ['variables', changeLines(diff.variables, variableText, variableChange)],
    ['globals', changeLines(diff.globals, globalText, globalChange)],
    [
      'counters',
      diff.counters.map(
        ({ name, before, after }) =>
          `~ ${name} ${String(before)} -> ${String(after)} (${after < before ? '' : '+'}${String(after - before)})`,
      ),
    ],
  ];
  return groups
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('');
}

function changeLines<Item>(
  { removed, added, changed }: Changes<Item>,
  text: (item: Item) => string,
  change: (before: Item, after: Item) => string,
): readonly string[] {
  return [
    ...removed.map((item) => `- ${text(item)}`),
    ...added.map((item) => `+ ${text(item)}`),
    ...changed.map(({ before, after }) => `~ ${change(before, after)}`),
  ];
}

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
function pageLines({ removed, added, changed }: Changes<PresentPage>): readonly string[] {
  const marked = [
    ...removed.map(({ start, state }) => ({ start: Number(start), text: ['-', state] as const })),
    ...added.map(({ start, state }) => ({ start: Number(start), text: ['+', state] as const })),
    ...changed.map(({ before, after }) => ({
      start: Number(after.start),
      text: ['~', arrow(before.state, after.state)] as const,
    })),
  ].sort((a, b) => a.start - b.start);
  const runs: { readonly start: number; end: number; readonly text: readonly [string, string] }[] = [];
  for (const { start, text } of marked) {
    const last = runs.at(-1);
    if (last?.end === start && last.text.join() === text.join()) last.end += PAGE_SIZE;
    else runs.push({ start, end: start + PAGE_SIZE, text });
  }
  return runs.map(({ start, end, text: [mark, state] }) => {
    const count = (end - start) / PAGE_SIZE;
    return `${mark} ${start.toString(16)}-${end.toString(16)} ${state}, ${String(count)} page${count === 1 ? '' : 's'}`;
  });
}

const binName = ({ family, index }: BinView): string => `${family} ${String(index)}`;

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
