/**
 * Where the analysis says that pointers point, beside where they pointed when gcc 12 and glibc 2.36 ran the program:
 * a claim without `unknown` names the area, whatever the way that led there.
 *
 * `where.txt` is what `gcc where.c -o where && setarch -R ./where` prints on Debian 12.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeUnit } from '../../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import { pointeesOf } from '../../../src/core/sema/pointees.ts';
import type { Pointee } from '../../../src/core/sema/pointees.ts';
import { areaOfBlock } from '../../../src/session/hover-pointers.ts';
import { analyzeText } from '../../support/check-sema.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Where glibc's threshold has changed before: the text of the claim says so. */
const afterRaisedThreshold = new Set(['raised.second']);

/** Areas that a claim allows, of those that the program prints. */
function areasOf(pointee: Pointee): readonly string[] {
  switch (pointee.kind) {
    case 'null':
      return ['null'];
    case 'unknown':
      return [];
    case 'string':
      return ['rodata'];
    // The code may be that of another file or library.
    case 'function':
      return ['text', 'library'];
    case 'object':
      return [pointee.segment];
    case 'allocated':
      if (pointee.segment !== 'heap') return [pointee.segment];
      switch (areaOfBlock(pointee, 'x86_64')) {
        case 'heap':
          return ['heap'];
        case 'mmap':
          return ['mmap'];
        default:
          return ['heap', 'mmap'];
      }
  }
}

/** Claims by `function.variable`. */
function claims(): ReadonlyMap<string, readonly Pointee[]> {
  const unit = analyzeText(read('where.c'));
  const all = [...pointeesOf(unit, placeUnit(unit, debianDefaults))];
  return new Map(all.map(([object, targets]) => [`${object.owner?.name ?? ''}.${object.name}`, targets]));
}

describe('where pointers point, beside a run', () => {
  const recorded = read('where.txt').trim().split('\n');

  it('is right wherever it is claimed', () => {
    const known = claims();
    const wrong = recorded.filter((line) => {
      const [name = '', area = ''] = line.split(' ');
      const targets = known.get(name) ?? [];
      if (targets.length === 0 || targets.some(({ kind }) => kind === 'unknown')) return false;
      return !afterRaisedThreshold.has(name) && !targets.flatMap(areasOf).includes(area);
    });
    assert.deepEqual(wrong, []);
  });

  it('is claimed for most pointers that the text of one file decides', () => {
    const known = claims();
    const names = [...new Set(recorded.map((line) => line.split(' ')[0] ?? ''))];
    const claimed = names.filter((name) => {
      const targets = known.get(name) ?? [];
      return targets.length > 0 && targets.every(({ kind }) => kind !== 'unknown');
    });
    assert.ok(claimed.length >= 46, `${claimed.length} of ${names.length}`);
  });

  it('is one area, the true one, for blocks of constant size', () => {
    const known = claims();
    for (const line of recorded) {
      const [name = '', area = ''] = line.split(' ');
      if (!/^(blocks|wrapped)\.[a-d]$|^blocks\.(small|large|edge|beyond|cleared|wide)$/.test(name)) continue;
      const areas = new Set((known.get(name) ?? []).filter(({ kind }) => kind !== 'null').flatMap(areasOf));
      assert.deepEqual([...areas], [area], name);
    }
  });
});
