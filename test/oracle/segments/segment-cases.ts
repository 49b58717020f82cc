/**
 * The recorded segments of 40 C programs (`cases/NAME.c`, `NAME.json`: what gcc 12.2 of Debian 12 made of them in six
 * variants) and our own analysis of the same programs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeBlockExterns, placeUnit } from '../../../src/core/sema/place-unit.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions, Placement } from '../../../src/core/sema/placement.ts';
import type { TypedUnit } from '../../../src/core/sema/typed-tree.ts';
import type { SourceFile, Span } from '../../../src/core/source/text-span.ts';
import { LineIndex } from '../../../src/core/source/text-span.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';

const folder = fileURLToPath(new URL('cases/', import.meta.url));

/** The recorded variants and what they mean to us. */
export const variants = {
  'm64-pie-O0': {},
  'm64-nopie-O0': { pie: false, link: 'no-pie' },
  'm64-linknopie-O0': { link: 'no-pie' },
  'm32-pie-O0': { target: 'i386' },
  'm32-nopie-O0': { target: 'i386', pie: false, link: 'no-pie' },
  'm64-pie-O2': { optimize: 2 },
} as const satisfies Record<string, Partial<CompileOptions>>;

export type VariantName = keyof typeof variants;

export interface RecordedObject {
  readonly name: string | null;
  readonly kind: 'variable' | 'parameter';
  readonly scope: string;
  readonly line?: number;
  readonly column?: number;
  readonly size_from_symbol?: boolean;
  readonly [field: string]: unknown;
}

export interface RecordedString {
  readonly line: number;
  readonly source: string;
  readonly bytes: number;
  readonly element: number;
  readonly emitted: 'pooled' | 'rewritten' | 'in-object' | 'in-image' | 'no';
  readonly object_section?: string;
  readonly align?: number;
  readonly context?: string;
}

export interface RecordedMember {
  readonly name?: string;
  readonly type: string;
  readonly size: number;
  readonly offset?: number;
  readonly bit_offset?: number;
  readonly bit_size?: number;
}

export interface RecordedType {
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef';
  readonly name: string | null;
  readonly line?: number;
  readonly size?: number;
  readonly align?: number;
  readonly incomplete?: boolean;
  readonly members?: readonly RecordedMember[];
  readonly padding?: readonly {
    readonly bit_offset: number;
    readonly bits: number;
    readonly tail?: boolean;
  }[];
  readonly enumerators?: unknown;
  readonly underlying?: unknown;
}

export interface RecordedVariant {
  readonly ok: boolean;
  readonly objects: readonly RecordedObject[];
  readonly functions: readonly Readonly<Record<string, unknown>>[];
  readonly types: readonly RecordedType[];
  readonly strings: readonly RecordedString[];
}

/** Names of the recorded programs. */
export const caseNames = readdirSync(folder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2));

const recordings = new Map<
  string,
  { variants: Record<string, RecordedVariant>; extra_flags?: readonly string[] }
>();

/** The recording of a program. */
export function recordingOf(name: string): {
  variants: Record<string, RecordedVariant>;
  extra_flags?: readonly string[];
} {
  let recording = recordings.get(name);
  if (recording === undefined) {
    recording = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as NonNullable<
      typeof recording
    >;
    recordings.set(name, recording);
  }
  return recording;
}

/** One program in one variant: the recording and our result. */
export interface SegmentCase {
  readonly truth: RecordedVariant;
  readonly unit: TypedUnit;
  readonly placements: readonly Placement[];
  readonly options: CompileOptions;
  /** `line:column` in the program of where something is written, the place of the macro for what comes out of one. */
  place(span: Span): { readonly line: number; readonly column: number };
  /** Whether it is in the program itself, not in a header. */
  isOwn(span: Span): boolean;
}

/** Analyses a program as a variant compiles it. */
export function segmentCase(name: string, variant: VariantName): SegmentCase {
  const recording = recordingOf(name);
  const truth = recording.variants[variant];
  if (truth === undefined) throw new Error(`${name} has no variant ${variant}`);
  const flags = recording.extra_flags ?? [];
  const options: CompileOptions = {
    ...debianDefaults,
    ...variants[variant],
    ...(flags.includes('-fcommon') ? { common: true } : {}),
    ...(flags.includes('-fno-zero-initialized-in-bss') ? { zeroInBss: false } : {}),
  };
  const text = readFileSync(join(folder, `${name}.c`), 'utf8');
  const preprocessed = preprocess({ name: `${name}.c`, text, target: options.target });
  const unit = analyze(parse(preprocessed.tokens).unit, { model: dataModelOf(options.target) });
  const placed = placeUnit(unit, options);
  const file: SourceFile | undefined = preprocessed.files.find((candidate) => candidate.name === `${name}.c`);
  const lines = new LineIndex(text);
  return {
    truth,
    unit,
    placements: [...placed, ...placeBlockExterns(unit, placed, options)],
    options,
    place: (span) => lines.lineColumn((span.expandedAt ?? span).start),
    isOwn: (span) => (span.expandedAt ?? span).file === file?.id,
  };
}
