/**
 * `segments`: where every object, function and literal of a program lives, and why. No run is needed.
 */
import { hexAddress } from '../base/address.ts';
import { LineIndex } from '../core/source/text-span.ts';
import type { Placement } from '../core/sema/placement.ts';
import { renderText } from '../core/text/all-texts.ts';
import { analyzeProgram } from '../session/analysis.ts';
import type { ProgramAnalysis, UnitAnalysis } from '../session/analysis.ts';
import { placedType } from '../session/placed-type.ts';
import { problemViews } from '../session/problem-views.ts';
import { problemLine, table } from './output.ts';
import { analysisOptions, readSources } from './program-files.ts';
import type { CommandLine } from './usage.ts';

/** One object, function or literal as it is printed; the names are those of compilers' and linkers' documents. */
export interface SegmentRow {
  readonly name: string;
  readonly kind: Placement['kind'];
  readonly scope: string;
  readonly line: number;
  readonly column: number;
  readonly type: string;
  readonly section: string | undefined;
  readonly object_section: string | undefined;
  readonly segment: string;
  readonly size: number | undefined;
  readonly align: number;
  readonly emitted_align: number;
  readonly storage: string;
  readonly linkage: string;
  readonly relro: boolean;
  readonly address: string | undefined;
  readonly frame_offset: number | undefined;
  readonly reason: string;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export function segmentsCommand(line: CommandLine): CommandResult {
  const analysis = analyzeProgram(readSources(line.files), analysisOptions(line));
  const problems = analysis.units.flatMap((unit) =>
    problemViews(unit, (text) => renderText(text, line.language)),
  );
  const stderr = problems.map((problem) => `${problemLine(problem)}\n`).join('');
  const status = problems.some((problem) => problem.severity === 'error') ? 1 : 0;
  const rows = analysis.units.flatMap((unit) => segmentRows(analysis, unit, line));
  if (line.json) {
    const of = (kinds: readonly Placement['kind'][]): SegmentRow[] =>
      rows.filter((row) => kinds.includes(row.kind));
    const result = {
      objects: of(['variable', 'parameter']),
      functions: of(['function']),
      strings: of(['string']),
      executable: {
        sections: analysis.image.sections.map(({ name, addr, size }) => ({
          name,
          address: hexAddress(addr),
          size,
        })),
      },
    };
    return { stdout: `${JSON.stringify(result, undefined, 2)}\n`, stderr, status };
  }
  const head = ['name', 'scope', 'line', 'section', 'segment', 'size', 'align', 'address', 'reason'];
  const cells = rows.map((row) => [
    row.name,
    row.scope,
    String(row.line),
    row.section ?? '-',
    row.segment,
    row.size === undefined ? '?' : String(row.size),
    String(row.emitted_align),
    row.address ??
      (row.frame_offset === undefined
        ? '-'
        : `rbp${row.frame_offset < 0 ? '' : '+'}${String(row.frame_offset)}`),
    row.reason,
  ]);
  return { stdout: table([head, ...cells]), stderr, status };
}

function segmentRows(analysis: ProgramAnalysis, unit: UnitAnalysis, line: CommandLine): SegmentRow[] {
  const indices = new Map(unit.files.map((file) => [file.id, new LineIndex(file.text)]));
  return unit.placements.flatMap((placement): SegmentRow[] => {
    const { of } = placement;
    const span = of.span.expandedAt ?? of.span;
    // Declarations of the system headers are not the program's own.
    if (unit.files.find((file) => file.id === span.file)?.isSystem !== false) return [];
    const place = indices.get(span.file)?.lineColumn(span.start) ?? { line: 0, column: 0 };
    const isObject = 'kind' in of && of.kind === 'object';
    const owner = isObject ? of.owner : undefined;
    const addr = analysis.linked.addressOf(of);
    return [
      {
        name: placement.name,
        kind: placement.kind,
        scope: placement.scope,
        line: place.line,
        column: place.column,
        type: placedType(of),
        section: placement.section,
        object_section: placement.objectSection,
        segment: placement.segment,
        size: placement.size,
        align: placement.align,
        emitted_align: placement.emittedAlign,
        storage: placement.storage,
        linkage: placement.linkage,
        relro: placement.isRelro,
        address: addr === undefined || placement.segment === 'stack' ? undefined : hexAddress(addr),
        frame_offset: owner === undefined || !isObject ? undefined : unit.frames.get(owner)?.offsets.get(of),
        reason: renderText(placement.reason, line.language),
      },
    ];
  });
}
