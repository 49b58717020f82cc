/**
 * `layout`: the structs, unions and enums of a program, byte by byte.
 */
import { typeSpelling } from '../core/sema/type-spelling.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { Text } from '../core/text/text.ts';
import { analyzeUnit } from '../session/analysis.ts';
import { recordLayout, recordName } from '../session/layout-facts.ts';
import type { LayoutRow, RecordLayout } from '../session/layout-facts.ts';
import { problemViews } from '../session/problem-views.ts';
import { placesOf } from '../session/segments-json.ts';
import type { UnitPlaces } from '../session/segments-json.ts';
import { typesJson } from '../session/types-json.ts';
import { problemLine, table } from './output.ts';
import { readProgram } from './program-files.ts';
import type { CommandResult } from './segments-command.ts';
import type { CommandLine } from './usage.ts';

export function layoutCommand(line: CommandLine): CommandResult {
  const { sources, options, warnings } = readProgram(line);
  const units = sources.map((source) => analyzeUnit(source, options));
  const problems = units.flatMap((unit) => problemViews(unit, (text) => renderText(text, line.language)));
  const stderr = [...warnings, ...problems.map(problemLine)].map((text) => `${text}\n`).join('');
  const status = problems.some((problem) => problem.severity === 'error') ? 1 : 0;
  const places = units.map(placesOf);
  if (line.json) {
    const types = places.flatMap((unit) => typesJson(unit).map((type) => withBetterOrder(unit, type)));
    return { stdout: `${JSON.stringify({ types }, undefined, 2)}\n`, stderr, status };
  }
  const say = (text: Text): string => renderText(text, line.language);
  return { stdout: places.map((unit) => unitText(unit, say)).join(''), stderr, status };
}

/** Adds the order of members that needs least, where there is a better one. */
function withBetterOrder(places: UnitPlaces, type: ReturnType<typeof typesJson>[number]): object {
  const record = places.analysis.unit.records.find(
    (one) =>
      one.tagKind === type.kind &&
      (one.tag ?? null) === type.name &&
      one.size === type.size &&
      places.lineColumn(one.span).line === type.line,
  );
  const better = record === undefined ? undefined : recordLayout(record)?.better;
  return better === undefined
    ? type
    : { ...type, better_order: { members: better.names, size: better.size, saved: better.savedBytes } };
}

function unitText(places: UnitPlaces, say: (text: Text) => string): string {
  const { records, enums } = places.analysis.unit;
  const found = [
    ...records.map((record) => ({ span: record.span, text: () => recordText(places, record, say) })),
    ...enums.map((type) => ({ span: type.span, text: () => enumText(places, type) })),
  ];
  return found
    .filter(({ span }) => places.isOwn(span))
    .sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start)
    .map(({ text }) => text())
    .join('');
}

type Unit = UnitPlaces['analysis']['unit'];

const headOf = (places: UnitPlaces, type: Unit['records'][number] | Unit['enums'][number]): string => {
  const span = type.span.expandedAt ?? type.span;
  const file = places.analysis.files[span.file]?.name ?? '';
  return `${recordName(type)}  [${file}:${String(places.lineColumn(span).line)}]`;
};

function recordText(
  places: UnitPlaces,
  record: Unit['records'][number],
  say: (text: Text) => string,
): string {
  const layout = recordLayout(record);
  const head = headOf(places, record);
  if (layout === undefined) return `${head}\n${say(sayEditor('editor.recordIncomplete'))}\n\n`;
  const rows = layout.rows.map(rowCells);
  return `${head}\n${table([['offset', 'size', 'member', 'type'], ...rows])}${totals(layout, say)}\n`;
}

function rowCells(row: LayoutRow): string[] {
  switch (row.kind) {
    case 'member':
      return [String(row.offset), String(row.size), row.name === '' ? '-' : row.name, row.type];
    case 'bit-field':
      return [
        `${String(Math.floor(row.bitOffset / 8))}.${String(row.bitOffset % 8)}`,
        `:${String(row.bitWidth)}`,
        row.name,
        row.type,
      ];
    case 'padding':
      return row.bits % 8 === 0 && row.bitOffset % 8 === 0
        ? [String(row.bitOffset / 8), String(row.bits / 8), '··', '']
        : [
            `${String(Math.floor(row.bitOffset / 8))}.${String(row.bitOffset % 8)}`,
            `:${String(row.bits)}`,
            '··',
            '',
          ];
  }
}

function totals(layout: RecordLayout, say: (text: Text) => string): string {
  const lines = [
    say(
      sayEditor('editor.layoutTotals', {
        bytes: layout.size,
        align: layout.align,
        padding:
          layout.paddingBits % 8 === 0 ? String(layout.paddingBits / 8) : (layout.paddingBits / 8).toFixed(3),
      }),
    ),
  ];
  if (layout.better !== undefined) {
    const { names, size, savedBytes } = layout.better;
    lines.push(say(sayEditor('editor.betterOrder', { names: names.join(', '), size, saved: savedBytes })));
  }
  return lines.map((text) => `${text}\n`).join('');
}

function enumText(places: UnitPlaces, type: Unit['enums'][number]): string {
  const head = headOf(places, type);
  if (type.underlying === undefined) return `${head}\n\n`;
  const rows = type.enumerators.map(({ name, value }) => [String(value), name]);
  const underlying = typeSpelling({ type: type.underlying, quals: 0 });
  return `${head}  ${underlying}, ${String(type.underlying.size)}\n${table([['value', 'name'], ...rows])}\n`;
}
