/**
 * A difference of moments as lines: `-` was there, `+` is there now, `~` is another.
 */
import type { ChunkView, MappingView } from '../protocol/view-model.ts';
import { isEmptyDiff } from './moment-diff.ts';
import type { Changes, MomentDiff, PlacedVariable } from './moment-diff.ts';

/** The lines; a title before each group that has any. */
export function diffText(diff: MomentDiff): string {
  if (isEmptyDiff(diff)) return 'no difference\n';
  const groups: (readonly [string, readonly string[]])[] = [
    ['mappings', changeLines(diff.mappings, mappingText, mappingChange)],
    ['chunks', changeLines(diff.chunks, chunkText, chunkChange)],
    ['variables', changeLines(diff.variables, variableText, variableChange)],
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

const chunkChange = (before: ChunkView, after: ChunkView): string =>
  `${after.mem} ${arrow(chunkFacts(before), chunkFacts(after))}`;

const variableText = ({ functionName, name, value }: PlacedVariable): string =>
  `${functionName}: ${name} = ${value}`;

const variableChange = (before: PlacedVariable, after: PlacedVariable): string =>
  `${after.functionName}: ${after.name} = ${arrow(before.value, after.value)}`;
