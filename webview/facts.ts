/**
 * What the details pane says of a row: plain data, so that it can be tested and copied.
 */
import type { Counter } from './layout/history-figures.ts';
import { unreachable } from '../src/base/assert.ts';
import type { ChunkView, PlaceView, SectionView } from '../src/protocol/view-model.ts';
import { bandText } from './zoom/bands.ts';
import { partsOf } from './layout/chunk-bar.ts';
import { formatCount, formatSize } from './layout/format.ts';
import type { BandRow, ChunkRow, FrameRow, MapRow, MappingRow, VariableRow } from './layout/map-layout.ts';
import { toHex } from './layout/hex.ts';
import type { Texts } from './texts.ts';

/** One line of the pane. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What the value means, in words. */
  readonly note?: string;
  /** The value is an address, a number of the machine, or C. */
  readonly isCode?: boolean;
}

export interface Facts {
  readonly title: string;
  /** What sort of thing it is. */
  readonly sort: string;
  /** One or more sentences. */
  readonly explanation: string;
  readonly facts: readonly Fact[];
  readonly place: PlaceView | undefined;
  /** It has bytes to show. */
  readonly hasBytes: boolean;
}

/** The facts of a row. */
export function factsOf(row: MapRow, texts: Texts): Facts {
  switch (row.kind) {
    case 'mapping':
      return factsOfMapping(row, texts);
    case 'gap':
      return {
        title: row.hasNonCanonical
          ? texts.gapNonCanonical(formatSize(row.end - row.start))
          : texts.gap(formatSize(row.end - row.start)),
        sort: '',
        explanation: row.hasNonCanonical ? texts.gapNonCanonicalExplained : texts.gapExplained,
        facts: [rangeFact(row, texts), sizeFact(row, texts)],
        place: undefined,
        hasBytes: false,
      };
    case 'section':
      return {
        title: row.section.name,
        sort: texts.section,
        explanation: objectsText(row.section, texts),
        facts: [rangeFact(row, texts), sizeFact(row, texts)],
        place: undefined,
        hasBytes: row.section.sizeBytes > 0,
      };
    case 'object':
      return {
        title: row.object.name,
        sort: texts.object,
        explanation: '',
        facts: [
          rangeFact(row, texts),
          sizeFact(row, texts),
          { label: texts.type, value: row.object.type, isCode: true },
          ...(row.object.value === undefined
            ? []
            : [{ label: texts.value, value: row.object.value, isCode: true }]),
        ],
        place: row.object.place,
        hasBytes: row.object.sizeBytes > 0,
      };
    case 'heap':
      return {
        title: row.arena === 1 ? texts.heapTitle : texts.arenaTitle(String(row.arena)),
        sort: '',
        explanation: row.heap.isCut ? texts.heapCut : '',
        facts: [
          {
            label: texts.chunk,
            value: texts.heapSummary(formatCount(row.heap.chunkCount), formatCount(row.heap.tcacheCount)),
          },
        ],
        place: undefined,
        hasBytes: false,
      };
    case 'chunk':
      return factsOfChunk(row, texts);
    case 'band':
      return factsOfBand(row, texts);
    case 'frame':
      return factsOfFrame(row, texts);
    case 'variable':
      return factsOfVariable(row, texts);
    default:
      return unreachable(row);
  }
}

/** How many objects a section has; of very many only the largest ones are told one by one. */
function objectsText({ objects, objectCount }: SectionView, texts: Texts): string {
  const all = texts.objects(formatCount(objectCount));
  return objectCount === objects.length ? all : `${all} ${texts.largestShown(formatCount(objects.length))}`;
}

/** Meaning of each flag bit that is set, in the order A M P. */
export function explainFlags(flags: string, texts: Texts): readonly string[] {
  const meaning: Readonly<Record<string, string>> = { A: texts.flagA, M: texts.flagM, P: texts.flagP };
  const sentences = Array.from(flags).flatMap((letter) => meaning[letter] ?? []);
  return sentences.length === 0 ? [texts.noFlags] : sentences;
}

/** What the prev_size word of a chunk is for; of a mapping of its own it is the padding below, so nothing is said. */
export function explainPrevSize(row: ChunkRow, texts: Texts): string {
  if (row.chunk.state === 'mmapped') return '';
  if (row.mappingKind === 'heap' && row.posInSet === row.setSize) return texts.prevSizeFirst;
  return row.chunk.flags.includes('P') ? texts.prevSizeUsed : texts.prevSizeFree;
}

/** `8 overhead + 1 asked for + 23 slack`: adds up to the size of the chunk. */
export function explainParts(chunk: ChunkView, texts: Texts): string {
  const label = { overhead: texts.overhead, asked: texts.requested, slack: texts.slack, free: texts.usable };
  return partsOf(chunk)
    .map(({ part, bytes }) => `${formatCount(bytes)} ${label[part]}`)
    .join(' + ');
}

function factsOfMapping(row: MappingRow, texts: Texts): Facts {
  const { mapping } = row;
  const pageCount = mapping.pages.reduce((sum, run) => sum + run.pages, 0);
  const facts: Fact[] = [
    rangeFact(row, texts),
    sizeFact(row, texts, texts.pages(formatCount(pageCount))),
    {
      label: texts.permissions,
      value: mapping.permissions,
      note: texts.permissionsExplained(mapping.permissions),
      isCode: true,
    },
    { label: texts.pagesLabel, value: residentText(row, texts) },
  ];
  if (mapping.offset !== '0x0')
    facts.push({ label: texts.offsetInFile, value: mapping.offset, isCode: true });
  return {
    title: mapping.name || texts.anonymous,
    sort: texts.mappingKinds[mapping.kind],
    explanation: mapping.description,
    facts,
    place: undefined,
    hasBytes: mapping.permissions.startsWith('r'),
  };
}

/** `1 of 33 pages resident, 2 on the zero page`. */
export function residentText(row: MappingRow, texts: Texts): string {
  const { mapping } = row;
  const pageCount = mapping.pages.reduce((sum, run) => sum + run.pages, 0);
  const resident = texts.pagesResident(formatCount(mapping.residentPages), formatCount(pageCount));
  return mapping.zeroPages === 0
    ? resident
    : `${resident}, ${texts.pagesZero(formatCount(mapping.zeroPages))}`;
}

function factsOfChunk(row: ChunkRow, texts: Texts): Facts {
  const { chunk } = row;
  const isFree = ['tcache', 'fastbin', 'unsorted', 'small', 'large'].includes(chunk.state);
  const facts: Fact[] = [
    rangeFact(row, texts),
    sizeFact(row, texts, explainParts(chunk, texts)),
    { label: texts.mem, value: chunk.mem, isCode: true },
  ];
  if (chunk.requestedBytes !== undefined) {
    facts.push({ label: texts.requested, value: texts.bytes(formatCount(chunk.requestedBytes)) });
  }
  facts.push(
    { label: texts.usable, value: texts.bytes(formatCount(chunk.usableBytes)) },
    {
      label: texts.prevSize,
      value: chunk.prevSizeWord,
      note: explainPrevSize(row, texts),
      isCode: true,
    },
    {
      label: texts.size,
      value: chunk.sizeWord,
      note: [
        `= ${texts.sizeIs(formatCount(chunk.sizeBytes), chunk.flags)}.`,
        ...explainFlags(chunk.flags, texts),
      ].join(' '),
      isCode: true,
    },
  );
  facts.push(
    ...(chunk.links ?? []).map(({ name, stored, meant }): Fact => ({
      label: name,
      value: meant === '0x0' ? 'NULL' : meant,
      ...(stored === meant ? {} : { note: texts.storedAs(stored) }),
      isCode: true,
    })),
  );
  if (chunk.event !== undefined) {
    facts.push({
      label: isFree ? texts.byEventFree : texts.byEventUsed,
      value: texts.allocatedAt(chunk.event + 1),
    });
  }
  const usesNextWord = chunk.state === 'in-use' || chunk.state === 'internal';
  return {
    title: chunk.stateText || texts.chunkStates[chunk.state],
    sort: texts.chunk,
    explanation: usesNextWord ? texts.overheadExplained : '',
    facts,
    place: chunk.place,
    hasBytes: true,
  };
}

function factsOfBand(row: BandRow, texts: Texts): Facts {
  const { band } = row;
  return {
    title: band.of === 'chunks' ? texts.chunksTogether(formatCount(band.count)) : bandText(band, texts),
    sort: '',
    explanation: texts.togetherExplained,
    facts: [
      rangeFact(row, texts),
      sizeFact(row, texts),
      ...(band.of === 'mappings'
        ? []
        : band.states.map(({ state, count, bytes }) => ({
            label: texts.chunkStates[state],
            value: `${formatCount(count)}, ${texts.bytes(formatCount(bytes))}`,
          }))),
    ],
    place: undefined,
    hasBytes: false,
  };
}

function factsOfFrame(row: FrameRow, texts: Texts): Facts {
  const { frame } = row;
  return {
    title: `${frame.functionName}()`,
    sort: row.depth === 0 ? `${texts.frame}, ${texts.innermost}` : texts.frame,
    explanation: '',
    facts: [
      rangeFact(row, texts),
      sizeFact(row, texts),
      { label: texts.base, value: frame.base, isCode: true },
      {
        label: texts.returnAddress,
        value: frame.returnAddress,
        isCode: true,
        ...(frame.returnsTo === undefined ? {} : { note: frame.returnsTo }),
      },
      ...frame.parts
        .filter(({ kind }) => kind !== 'return-address')
        .map(({ kind, name, start, sizeBytes }) => ({
          label: kind === 'out-of-scope' ? texts.outOfScope(name) : texts.frameParts[kind],
          value: `${start}, ${texts.bytes(formatCount(sizeBytes))}`,
          isCode: true,
        })),
      ...(frame.unstored.length === 0
        ? []
        : [
            {
              label: texts.unstored,
              value: frame.unstored.map(({ start, end }) => `${start}–${end}`).join(' '),
              isCode: true,
            },
          ]),
    ],
    place: frame.place,
    hasBytes: true,
  };
}

function factsOfVariable(row: VariableRow, texts: Texts): Facts {
  const { variable } = row;
  return {
    title: variable.name,
    sort: variable.isParameter ? texts.parameter : texts.variable,
    explanation: `${row.frame.functionName}()`,
    facts: [
      rangeFact(row, texts),
      sizeFact(row, texts),
      { label: texts.type, value: variable.type, isCode: true },
      { label: texts.value, value: variable.value, isCode: true },
    ],
    place: undefined,
    hasBytes: variable.sizeBytes > 0,
  };
}

function rangeFact(row: MapRow, texts: Texts): Fact {
  return { label: texts.addresses, value: `${toHex(row.start)}–${toHex(row.end)}`, isCode: true };
}

function sizeFact(row: MapRow, texts: Texts, note?: string): Fact {
  const bytes = row.end - row.start;
  const exact = texts.bytes(formatCount(bytes));
  const value = bytes < 1024n ? exact : `${formatSize(bytes)} = ${exact}`;
  return note === undefined ? { label: texts.size, value } : { label: texts.size, value, note };
}

/** What a counter is called. */
export function counterName(key: Counter, texts: Texts): string {
  switch (key) {
    case 'virtualBytes':
      return texts.virtual;
    case 'residentBytes':
      return texts.resident;
    case 'liveBytes':
      return texts.live;
    case 'heapBytes':
    case 'minorFaults':
    case 'systemCalls':
      return texts[key];
    default:
      return unreachable(key);
  }
}
