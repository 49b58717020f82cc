/**
 * A run in one page of Markdown: what the file holds, how memory went, who allocates, which system calls and faults it took,
 * and the commands that show the same on a real machine.
 */
import { renderText } from '../core/text/all-texts.ts';
import { sayReport } from '../core/text/report-texts.ts';
import type { reportTexts } from '../core/text/report-texts.ts';
import type { Language } from '../core/text/text.ts';
import type { RunInputs } from '../protocol/messages.ts';
import type { HistoryView, PlaceView, Snapshot } from '../protocol/view-model.ts';
import type { SizeJson } from './executable-json.ts';
import { BlockTimeline } from './block-timeline.ts';
import { blockChange } from './live-blocks.ts';
import type { Recording } from './recording.ts';
import { joinWords } from './shell-words.ts';

/** Rows of a table at most. */
const mostRows = 50;

/** What a report is made from. */
export interface ReportParts {
  readonly inputs: RunInputs;
  /** Of any moment of the run. */
  readonly snapshot: Snapshot;
  readonly history: HistoryView;
  readonly recording: Recording;
  readonly sizes: SizeJson;
  /** The place in the source where an event happened. */
  readonly placeOf: (event: number) => PlaceView | undefined;
  readonly language: Language;
}

/** The report as Markdown. */
export function reportText(parts: ReportParts): string {
  const { snapshot, inputs, language } = parts;
  const say: Say = (key, args = {}) => renderText(sayReport(key, args as never), language);
  const { program, outcome } = snapshot;
  const random = program.randomSeed;
  return [
    `# ${say('report.title', { name: program.name })}`,
    say('report.world', {
      target: program.target === 'x86_64' ? 'x86-64' : program.target,
      glibc: program.glibc,
      kernel: program.kernel,
    }),
    ...(random === undefined ? [] : [say('report.random', { seed: random })]),
    say('report.outcome', { text: outcome.text }),
    `## ${say('report.image')}`,
    table(
      ['text', 'data', 'bss', 'dec'],
      [[parts.sizes.text, parts.sizes.data, parts.sizes.bss, parts.sizes.dec].map(count)],
    ),
    say('report.imageHint'),
    `## ${say('report.memory')}`,
    memoryTable(parts.history, say),
    `## ${say('report.sites')}`,
    sitesTable(parts, say),
    `## ${say('report.systemCalls')}`,
    countTable(namesOf(parts.recording, 'syscall'), say),
    `## ${say('report.faults')}`,
    countTable(namesOf(parts.recording, 'page-fault'), say),
    `## ${say('report.proof')}`,
    say('report.proofHint', { glibc: program.glibc }),
    proof(inputs),
    '',
  ].join('\n\n');
}

type Say = (key: keyof typeof reportTexts, args?: Readonly<Record<string, string | number>>) => string;

/** `132,096` */
const count = (value: number): string => value.toString().replace(/\B(?=(\d{3})+$)/g, ',');

/** Rows of text; all columns but the first are numbers. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  const shown = rows.slice(0, mostRows).map(line);
  return [
    line(head),
    line(rule),
    ...shown,
    ...(rows.length > mostRows ? [line(head.map(() => '…'))] : []),
  ].join('\n');
}

function memoryTable(history: HistoryView, say: Say): string {
  const row = (name: string, values: readonly number[]): string[] => {
    const most = values.reduce((max, value) => Math.max(max, value), 0);
    const at = history.events[values.indexOf(most)] ?? 0;
    return [name, count(most), count(at + 1), count(values.at(-1) ?? 0)];
  };
  return table(
    [say('report.counter'), say('report.peak'), say('report.peakEvent'), say('report.end')],
    [
      row(say('report.virtual'), history.virtualBytes),
      row(say('report.resident'), history.residentBytes),
      row(say('report.heap'), history.heapBytes),
      row(say('report.live'), history.liveBytes),
    ],
  );
}

interface Site {
  calls: number;
  bytes: number;
  liveBlocks: number;
  liveBytes: number;
}

/** Places that allocate, those that hold most at the end first. */
function sitesTable({ recording, placeOf }: ReportParts, say: Say): string {
  const sites = new Map<string, Site>();
  const siteOf = (event: number): Site => {
    const place = placeOf(event);
    const name = place === undefined ? 'libc' : `${place.file}:${String(place.line)}`;
    const known = sites.get(name);
    if (known !== undefined) return known;
    const made: Site = { calls: 0, bytes: 0, liveBlocks: 0, liveBytes: 0 };
    sites.set(name, made);
    return made;
  };
  for (let index = 0; index < recording.count; index++) {
    if (recording.kindAt(index) !== 'malloc') continue;
    const event = recording.eventAt(index);
    if (event.kind !== 'malloc') continue;
    const { held = 0, requestedBytes } = blockChange(event);
    if (held === 0) continue;
    const site = siteOf(index);
    site.calls += 1;
    site.bytes += requestedBytes;
  }
  for (const { event, requestedBytes } of new BlockTimeline(recording).at(recording.count).live.values()) {
    const site = siteOf(event);
    site.liveBlocks += 1;
    site.liveBytes += requestedBytes;
  }
  if (sites.size === 0) return say('report.noSites');
  const rows = [...sites]
    .sort(([, a], [, b]) => b.liveBytes - a.liveBytes || b.bytes - a.bytes)
    .map(([name, site]) => [name, ...[site.calls, site.bytes, site.liveBlocks, site.liveBytes].map(count)]);
  return table(
    [
      say('report.place'),
      say('report.calls'),
      say('report.bytes'),
      say('report.stillLive'),
      say('report.liveBytes'),
    ],
    rows,
  );
}

/** How often each name occurs among the events of a kind, the most frequent first. */
function namesOf(recording: Recording, kind: 'syscall' | 'page-fault'): [string, number][] {
  const counts = new Map<string, number>();
  for (let index = 0; index < recording.count; index++) {
    if (recording.kindAt(index) !== kind) continue;
    const event = recording.eventAt(index);
    const name =
      event.kind === 'syscall'
        ? event.name
        : event.kind === 'page-fault'
          ? `${event.access}, ${event.severity}, ${event.cause}`
          : '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

function countTable(counts: readonly (readonly [string, number])[], say: Say): string {
  return table(
    [say('report.name'), say('report.count')],
    counts.map(([name, times]) => [name, count(times)]),
  );
}

/** The commands that compile the program, print its sizes, and list its system calls. */
function proof({ files, args, target }: RunInputs): string {
  const narrow = target === 'i386' ? '-m32 ' : '';
  const sources = joinWords(files.map(({ name }) => name));
  const words = args.length === 0 ? '' : ` ${joinWords(args)}`;
  return [
    '```sh',
    `gcc ${narrow}-O0 -o program ${sources}`,
    'size program',
    `setarch -R strace -e trace=brk,mmap,munmap,mremap,mprotect ./program${words}`,
    '```',
  ].join('\n');
}
