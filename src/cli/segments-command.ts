/**
 * `segments`: where every object, function and literal of a program lives, and why. No run is needed.
 */
import type { Placement } from '../core/sema/placement.ts';
import { renderText } from '../core/text/all-texts.ts';
import { saySegment } from '../core/text/segment-texts.ts';
import { analyzeProgram } from '../session/analysis.ts';
import { problemViews } from '../session/problem-views.ts';
import { segmentsJson } from '../session/segments-json.ts';
import type { FunctionJson, ObjectJson, SegmentsJson } from '../session/segments-json.ts';
import type { StringJson } from '../session/strings-json.ts';
import { problemLine, table } from './output.ts';
import { readProgram } from './program-files.ts';
import type { CommandLine } from './usage.ts';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export function segmentsCommand(line: CommandLine): CommandResult {
  const { sources, options, warnings } = readProgram(line);
  const analysis = analyzeProgram(sources, options);
  const problems = analysis.units.flatMap((unit) =>
    problemViews(unit, (text) => renderText(text, line.language)),
  );
  const stderr = [...warnings, ...problems.map(problemLine)].map((text) => `${text}\n`).join('');
  const status = problems.some((problem) => problem.severity === 'error') ? 1 : 0;
  const found = segmentsJson(analysis, line.language);
  const stdout = line.json ? `${JSON.stringify(found, undefined, 2)}\n` : segmentsText(found, line);
  return { stdout, stderr, status };
}

/** Something that has a section, or a place in a stack frame. */
interface Row {
  readonly name: string;
  readonly scope: string;
  readonly line: number | undefined;
  readonly size: string;
  readonly align: string;
  readonly where: string;
  readonly at: number;
  readonly reason: string;
}

/** Groups in the order of the address space: low addresses first, the stack last. */
const segmentOrder: readonly Placement['segment'][] = [
  'text',
  'rodata',
  'tls',
  'data',
  'bss',
  'stack',
  'register',
  'none',
];

/** The objects section by section, each with its address and reason, and the totals as `size` prints them. */
function segmentsText(found: SegmentsJson, line: CommandLine): string {
  const groups = new Map<string, { readonly segment: Placement['segment']; readonly rows: Row[] }>();
  const put = (segment: Placement['segment'], section: string | undefined, row: Row): void => {
    const sentence = renderText(saySegment(`editor.segment.${segment}`), line.language);
    const title = section === undefined ? sentence : `${section}: ${sentence}`;
    const group = groups.get(title) ?? { segment, rows: [] };
    groups.set(title, group);
    group.rows.push(row);
  };
  for (const fn of found.functions) put(fn.segment ?? 'none', fn.section, functionRow(fn));
  for (const object of found.objects) put(object.segment ?? 'none', object.section, objectRow(object));
  for (const string of found.strings) {
    if (string.section !== undefined) put(string.segment ?? 'none', string.section, stringRow(string));
  }
  const head = ['address', 'size', 'align', 'name', 'scope', 'line', 'reason'];
  const texts = [...groups.entries()]
    .sort(([, a], [, b]) => segmentOrder.indexOf(a.segment) - segmentOrder.indexOf(b.segment))
    .map(([title, { segment, rows }]) => {
      const sorted = segment === 'stack' ? rows : rows.sort((a, b) => a.at - b.at);
      const cells = sorted.map((row) => [
        row.where,
        row.size,
        row.align,
        row.name,
        row.scope,
        row.line === undefined ? '-' : String(row.line),
        row.reason,
      ]);
      return `${title}\n${table([head, ...cells])}\n`;
    });
  const { text, data, bss, dec } = found.executable.size;
  const totals = table([
    ['text', 'data', 'bss', 'dec', 'hex'],
    [String(text), String(data), String(bss), String(dec), dec.toString(16)],
  ]);
  return `${texts.join('')}${totals}`;
}

const hex = (addr: number): string => `0x${addr.toString(16)}`;

const sign = (offset: number): string => `${offset < 0 ? '-' : '+'}${String(Math.abs(offset))}`;

function objectRow(object: ObjectJson): Row {
  const { address, tls_offset: tls, cfa_offset: cfa, frame_register: register, frame_offset: frame } = object;
  return {
    name: object.name ?? '-',
    scope: object.scope,
    line: object.line,
    size: object.size === null ? '?' : String(object.symbol_size ?? object.size),
    align: String(object.emitted_align ?? object.align),
    where:
      address !== undefined
        ? hex(address)
        : tls !== undefined
          ? `tls${sign(tls)}`
          : cfa !== undefined
            ? `cfa${sign(cfa)}`
            : register !== undefined && frame !== undefined
              ? `${register}${sign(frame)}`
              : '-',
    at: address ?? tls ?? 0,
    reason: object.reason,
  };
}

function functionRow(fn: FunctionJson): Row {
  return {
    name: `${fn.name}()`,
    scope: 'file',
    line: fn.line,
    size: fn.size === undefined ? '-' : String(fn.size),
    align: '1',
    where: fn.address === undefined ? '-' : hex(fn.address),
    at: fn.address ?? 0,
    reason: fn.reason,
  };
}

function stringRow(string: StringJson): Row {
  const { source } = string;
  return {
    name: source.length > 42 ? `${source.slice(0, 40)}…` : source,
    scope: 'file',
    line: string.line,
    size: String(string.bytes),
    align: String(string.align ?? string.element),
    where: string.address === undefined ? '-' : hex(string.address),
    at: string.address ?? 0,
    reason: string.reason ?? '',
  };
}
