/**
 * Boxes of members in the picture, of a real program: what is asked for, what is drawn, where pointers lead.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostMemberUnits } from '../../../../src/protocol/messages.ts';
import type { MembersView } from '../../../../src/protocol/view-model.ts';
import { parseHex } from '../../../../webview/layout/hex.ts';
import { speak, words } from '../../../../webview/texts.ts';
import { labelOf } from '../../../../webview/zoom/labels.ts';
import { memberWishes, typedObjects } from '../../../../webview/zoom/members.ts';
import { pointersOf } from '../../../../webview/zoom/pointers.ts';
import { Scale } from '../../../../webview/zoom/scale.ts';
import { boxAt, scaledRanges, sceneOf } from '../../../../webview/zoom/scene.ts';
import type { Box } from '../../../../webview/zoom/scene.ts';
import { findBoxes } from '../../../../webview/zoom/search.ts';
import type { DetailWish } from '../../../../webview/zoom/tiles.ts';
import { fit, fitAll } from '../../../../webview/zoom/viewport.ts';
import { openSession } from '../../../support/open-session.ts';

const tour = readFileSync(join(import.meta.dirname, '../../../browser/fixtures/tour.c'), 'utf8');

describe('members in the picture', () => {
  // After the last student was made, before anything is freed.
  const session = openSession(tour);
  session.seek(session.recording.nextOfKind(session.recording.count, 'malloc', -1) ?? 0);
  const moment = session.snapshot('en');
  const plain = sceneOf(moment, 'x86_64');
  const scale = Scale.folded(plain.end, scaledRanges(plain));
  const answer = ({ start, end, unit }: DetailWish): MembersView =>
    session.members({ start: Number(start), end: Number(end) }, Number(unit), 'en');
  /** The first block that is a student: that of Ada. */
  const ada = moment.heap?.chunks.find(({ requestedBytes }) => requestedBytes === 32);
  const start = parseHex(ada?.mem ?? '0x0');
  const view = fit(scale, { start: start - 16n, end: start + 32n }, 600);
  const wishes = memberWishes(plain, scale, view);
  const scene = sceneOf(moment, 'x86_64', typedObjects(wishes.map(answer)));
  const label = (box: Box | undefined): string => {
    if (box === undefined) return '';
    const { title, note } = labelOf(box, words());
    return note === '' ? title : `${title} | ${note}`;
  };

  before(() => {
    speak('en');
  });

  it('asks for one window when a block is looked at, for a coarse one of what is large when all memory is', () => {
    const [coarse, ...more] = memberWishes(plain, scale, fitAll(scale, 600));
    assert.ok(coarse !== undefined && coarse.unit >= 4096n && more.length === 0);
    assert.deepEqual(
      answer(coarse).objects.map(({ name, parts }) => [name, parts.length]),
      [['photo', 0]],
    );
    assert.equal(wishes.length, 1);
    assert.equal(wishes[0]?.unit, 1n);
    assert.equal(wishes[0].end - wishes[0].start, BigInt(mostMemberUnits));
  });

  it('opens a block into the members of its type', () => {
    const block = boxAt(scene, start, 3)?.parent;
    assert.equal(
      label(block),
      'struct student = {name = "Ada", mark = 1, next = NULL} | first->next->next points here · asked 32 B',
    );
    assert.deepEqual(block?.children.map(label), [
      'name = "Ada" | char[16]',
      'mark = 1 | double',
      'next = NULL | struct student *',
    ]);
  });

  it('finds members by name and gives pointers in blocks arrows to what they point to', () => {
    const near = Array.from({ length: 4 }, (_, window) => {
      const from = start - (start % 512n) + 512n * BigInt(window);
      return answer({ start: from, end: from + 512n, unit: 1n });
    });
    const all = sceneOf(moment, 'x86_64', typedObjects(near));
    assert.equal(findBoxes(all, 'mark').length, 3);
    const arrows = pointersOf(all).filter(({ from }) => from.kind === 'member');
    assert.deepEqual(
      arrows.map(({ from, target }) => [label(from.parent).slice(0, 30), label(boxAt(all, target, 3))]),
      [
        ['struct student = {name = "Wei"', 'name = "Ada" | char[16]'],
        ['struct student = {name = "Linu', 'name = "Wei" | char[16]'],
      ],
    );
    assert.ok(arrows.every(({ isDangling }) => !isDangling));
  });

  it('puts the windows on one array together', () => {
    const large = openSession('long all[100]; int main(void) { all[70] = 5; return 0; }');
    const at = Number(large.globals('en').find(({ name }) => name === 'all')?.start);
    const answers = [0, 512].map((from) =>
      large.members({ start: at + from, end: at + from + 512 }, 1, 'en'),
    );
    const [object] = typedObjects(answers).values();
    assert.equal(object?.parts.length, 100);
    assert.equal(object.parts[70]?.value, '5');
  });

  it('has the largest member of a union, and marks padding', () => {
    const program = openSession(`
      struct pair { char c; union { int i; double d; }; } pair = { 'x', { .d = 2.5 } };
      int main(void) { return 0; }`);
    const found = program.globals('en').find(({ name }) => name === 'pair');
    const at = Number(found?.start);
    const objects = typedObjects([program.members({ start: at, end: at + 16 }, 1, 'en')]);
    const drawn = sceneOf(program.snapshot('en'), 'x86_64', objects);
    const pair = boxAt(drawn, BigInt(at), 3)?.parent;
    assert.deepEqual(pair?.children.map(label), [
      "c = 120 'x' | char",
      'padding | 7 B',
      'd = 2.5 | double · shares its bytes with other members',
    ]);
  });

  it('marks a pointer in a block that leads to what was freed', () => {
    const program = openSession(`
      #include <stdlib.h>
      struct node { struct node *next; long x; } *first;
      int main(void) {
        first = malloc(sizeof *first); first->x = 1;
        first->next = malloc(sizeof *first);
        free(first->next);
        malloc(1000);
      }`);
    program.seek(program.recording.nextOfKind(program.recording.count, 'malloc', -1) ?? 0);
    const found = program.snapshot('en');
    const mem = Number(found.heap?.chunks.find(({ requestedBytes }) => requestedBytes === 16)?.mem);
    const objects = typedObjects([program.members({ start: mem, end: mem + 16 }, 1, 'en')]);
    const arrows = pointersOf(sceneOf(found, 'x86_64', objects));
    assert.deepEqual(
      arrows.filter(({ from }) => from.kind === 'member').map(({ isDangling }) => isDangling),
      [true],
    );
  });
});
