/**
 * Of what objects, variables and blocks consist: which parts of memory the picture looks at so closely that it can show that,
 * and what is known of them put together.
 */
import { mostMemberUnits } from '../../src/protocol/messages.ts';
import type { MembersView, MemberView, TypedObjectView } from '../../src/protocol/view-model.ts';
import { parseHex } from '../layout/hex.ts';
import type { Scale } from './scale.ts';
import type { Box, Scene, TypedObjects } from './scene.ts';
import { lastAtOrBefore } from './scene.ts';
import type { DetailWish } from './tiles.ts';
import { tilesOf } from './tiles.ts';
import type { Viewport } from './viewport.ts';
import { pixelsPerByte, shownRange, yOf } from './viewport.ts';

/** Pixels of the smallest part that is told. */
const leastPart = 4;
/** Pixels of what is looked into. */
const leastHeight = 16;
/** Parts of memory that one picture asks for at most. */
const mostTiles = 16;

/** The parts of memory that a picture needs to know the members of, each once. */
export function memberWishes(scene: Scene, scale: Scale, view: Viewport): readonly DetailWish[] {
  const shown = shownRange(scale, view);
  const wishes = new Map<string, DetailWish>();
  const look = (boxes: readonly Box[]): void => {
    for (let at = Math.max(0, lastAtOrBefore(boxes, shown.start)); at < boxes.length; at++) {
      const box = boxes[at];
      if (box === undefined || box.start >= shown.end || wishes.size >= mostTiles) return;
      if (box.end <= shown.start) continue;
      const start = box.start > shown.start ? box.start : shown.start;
      const end = box.end < shown.end ? box.end : shown.end;
      if (yOf(scale, view, start) - yOf(scale, view, end) < leastHeight) continue;
      if (!mayHaveMembers(box)) {
        look(box.children);
        continue;
      }
      const unit = unitAt(pixelsPerByte(scale, view, start + (end - start) / 2n));
      for (const tile of tilesOf({ start, end }, unit, mostMemberUnits))
        wishes.set(`${String(tile.start)}/${String(unit)}`, tile);
    }
  };
  look(scene.regions);
  return [...wishes.values()];
}

function mayHaveMembers(box: Box): boolean {
  if (box.kind === 'field') return box.field === 'asked';
  return box.kind === 'row' && (box.row.kind === 'variable' || box.row.kind === 'object');
}

function unitAt(perByte: number): bigint {
  let unit = 1n;
  while (Number(unit) * perByte < leastPart && unit < 1n << 40n) unit *= 2n;
  return unit;
}

/** What several answers tell, each object once, by its first address. */
export function typedObjects(answers: readonly MembersView[]): TypedObjects {
  const found = new Map<string, TypedObjectView>();
  for (const object of answers.flatMap(({ objects }) => objects)) {
    const known = found.get(object.start);
    found.set(
      object.start,
      known?.kind !== object.kind ? object : { ...object, parts: joined(known.parts, object.parts) },
    );
  }
  return found;
}

/** The parts of two windows on the same thing: what lies in both is in both. */
function joined(some: readonly MemberView[], more: readonly MemberView[]): readonly MemberView[] {
  const parts = new Map(some.map((part) => [`${part.start} ${part.name}`, part]));
  for (const part of more) {
    const key = `${part.start} ${part.name}`;
    const known = parts.get(key);
    parts.set(key, known === undefined ? part : { ...part, parts: joined(known.parts, part.parts) });
  }
  return [...parts.values()].sort((a, b) => Number(parseHex(a.start) - parseHex(b.start)));
}
