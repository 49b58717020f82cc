/**
 * The constants that gcc made without a name, in the words of the schema `segments-truth/1`: labels, places, who uses them.
 */
import type { CodeConstant } from '../core/image/code-constants.ts';
import type { ConstantUse, LabelledConstant, ObjectFile } from '../core/image/object-file.ts';
import type { Placement } from '../core/sema/placement.ts';
import type { StringLiteral } from '../core/sema/typed-tree.ts';
import type { ProgramAnalysis } from './analysis.ts';
import type { UnitPlaces } from './segments-json.ts';

/** Code at a line, or an address in an object. */
export type UseJson =
  { readonly function: string; readonly line: number } | { readonly object: string; readonly offset: number };

/** Where a constant with a label is. */
export interface ConstantPlaceJson {
  readonly label?: string;
  readonly object_section?: string;
  readonly object_offset?: number;
  readonly align?: number;
  readonly section?: string;
  readonly segment?: Placement['segment'];
  readonly address?: number;
  readonly refs?: readonly UseJson[];
}

/** A floating constant, the image of a first value, a jump table. */
export interface ConstantJson extends ConstantPlaceJson {
  readonly kind?: 'jump-table';
  readonly size: number;
  /** The first 64 bytes. */
  readonly hex?: string;
  readonly entries?: number;
  readonly relocations?: number;
}

/** The place of a constant in the object file and in the program. */
export function constantPlace(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  of: StringLiteral | CodeConstant,
  constant: LabelledConstant,
): ConstantPlaceJson {
  const { label, item, section } = constant;
  if (item === undefined || section === undefined) return { label };
  const addr = analysis.linked.addressOf(of);
  return {
    label,
    object_section: section.name,
    object_offset: item.offset,
    align: item.align,
    section: section.output,
    segment: section.kind === 'data' ? 'data' : 'rodata',
    ...(addr === undefined ? {} : { address: addr }),
    refs: usesJson(analysis, places, constant.uses),
  };
}

function usesJson(analysis: ProgramAnalysis, places: UnitPlaces, uses: readonly ConstantUse[]): UseJson[] {
  const list: UseJson[] = [];
  const seen = new Set<string>();
  for (const use of uses) {
    const json: UseJson =
      use.kind === 'code'
        ? { function: use.fn.symbol.name, line: places.lineColumn(use.span).line }
        : { object: analysis.linked.symbolOf(use.object) ?? use.object.name, offset: use.offset };
    const key = JSON.stringify(json);
    if (!seen.has(key)) list.push(json);
    seen.add(key);
  }
  return list;
}

/** The constants of a file that are no literals of the text. */
export function constantsJson(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  file: ObjectFile,
): ConstantJson[] {
  const rows: ConstantJson[] = [];
  for (const [of, constant] of file.constants) {
    if (!('kind' in of) || constant.item === undefined) continue;
    const relocations = of.image?.relocations.length ?? 0;
    rows.push({
      ...constantPlace(analysis, places, of, constant),
      size: of.size,
      hex: hexOf(of.image?.bytes ?? new Uint8Array()),
      ...(relocations === 0 ? {} : { relocations }),
    });
  }
  for (const { constant, section } of file.jumpTables) {
    rows.push({
      kind: 'jump-table',
      object_section: section.name,
      // gcc writes the alignment of the entries, then that of the label.
      align: JUMP_TABLE_ALIGN,
      size: constant.size,
      ...(constant.entries === undefined ? {} : { entries: constant.entries }),
    });
  }
  return rows;
}

const JUMP_TABLE_ALIGN = 4;

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
