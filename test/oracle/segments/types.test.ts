/**
 * Layout of the structs, unions and enums of the recorded programs: size, alignment, members, padding.
 */
import assert from 'node:assert/strict';
import { paddingOf } from '../../../src/core/sema/layout.ts';
import { sizeOf } from '../../../src/core/sema/type-relations.ts';
import { dwarfTypeSpelling } from '../../../src/core/sema/type-spelling.ts';
import type { RecordType } from '../../../src/core/sema/type.ts';
import { knownDifferences } from './known-differences.ts';
import { caseNames, segmentCase } from './segment-cases.ts';
import type { RecordedType, SegmentCase } from './segment-cases.ts';

function recordOf(found: SegmentCase, type: RecordedType): RecordType | undefined {
  const candidates = found.unit.records.filter(
    (record) => record.tagKind === type.kind && (record.tag ?? null) === type.name,
  );
  return (
    candidates.find(
      (record) => found.place(record.span).line === type.line && record.members !== undefined,
    ) ?? candidates[0]
  );
}

function memberText(record: RecordType): string[] {
  return (record.members ?? [])
    .filter((member) => member.name !== undefined || member.bitWidth === undefined)
    .map((member) => {
      const place =
        member.bitWidth === undefined
          ? `@${member.offset}`
          : `@bit ${String(member.bitOffset)}:${member.bitWidth}`;
      return `${member.name ?? ''} ${dwarfTypeSpelling(member.type)} ${place} [${sizeOf(member.type.type) ?? 0}]`;
    });
}

describe('types of recorded programs', () => {
  for (const variant of ['m64-pie-O0', 'm32-pie-O0'] as const) {
    for (const name of caseNames) {
      it(`${name} as ${variant}`, () => {
        const found = segmentCase(name, variant);
        const wrong: string[] = [];
        for (const type of found.truth.types) {
          if (
            (type.kind !== 'struct' && type.kind !== 'union') ||
            type.incomplete === true ||
            type.line === undefined
          )
            continue;
          if (type.name === null || knownDifferences.has(`${name} type ${type.name}`)) continue;
          const record = recordOf(found, type);
          const id = `${type.kind} ${type.name}`;
          if (record === undefined) {
            wrong.push(`${id}: not found`);
            continue;
          }
          if (record.size !== type.size)
            wrong.push(`${id}: size recorded ${String(type.size)}, ours ${String(record.size)}`);
          if (type.align !== undefined && record.align !== type.align) {
            wrong.push(`${id}: align recorded ${type.align}, ours ${record.align}`);
          }
          const recorded = (type.members ?? []).map((member) => {
            const place =
              member.bit_size === undefined
                ? `@${String(member.offset)}`
                : `@bit ${String(member.bit_offset)}:${member.bit_size}`;
            return `${member.name ?? ''} ${member.type} ${place} [${member.size}]`;
          });
          const ours = memberText(record);
          if (recorded.join('\n') !== ours.join('\n'))
            wrong.push(`${id}: members recorded\n${recorded.join('\n')}\nours\n${ours.join('\n')}`);
          const holes = (type.padding ?? []).map(
            (hole) => `${hole.bit_offset}+${hole.bits}${hole.tail === true ? ' tail' : ''}`,
          );
          const ourHoles = paddingOf(record).map(
            (hole) => `${hole.bitOffset}+${hole.bits}${hole.isTail ? ' tail' : ''}`,
          );
          if (type.kind === 'struct' && holes.join() !== ourHoles.join())
            wrong.push(`${id}: padding recorded ${holes.join()}, ours ${ourHoles.join()}`);
        }
        assert.deepEqual(wrong, []);
      });
    }
  }
});
