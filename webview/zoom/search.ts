/** Finds boxes by what people type: an address, a name, a function, `[heap]`. */
import type { Box, Scene } from './scene.ts';
import { boxAt, isArenaStructure } from './scene.ts';

/** What a box is called; undefined for fields other than malloc's structures, which have no name of their own. */
export function nameOf(box: Box): string | undefined {
  if (box.kind === 'area') return box.area.name;
  if (box.kind === 'member') return box.member.name;
  if (isArenaStructure(box)) return box.field;
  if (box.kind !== 'row') return undefined;
  const { row } = box;
  switch (row.kind) {
    case 'mapping':
      return row.mapping.name;
    case 'section':
      return row.section.name;
    case 'object':
      return row.object.name;
    case 'frame':
      return row.frame.functionName;
    case 'variable':
      return row.variable.name;
    case 'chunk':
    case 'band':
      return undefined;
  }
}

/**
 * The boxes for a text: the innermost one at an address; else those with that name, then those whose name contains it.
 */
export function findBoxes(scene: Scene, text: string): readonly Box[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  if (/^(?:0x)?[0-9a-f]{3,16}$/i.test(wanted)) {
    const address = BigInt(wanted.startsWith('0x') ? wanted : `0x${wanted}`);
    const box = boxAt(scene, address, 3);
    if (box !== undefined && box.column > 0) return [box];
    if (wanted.startsWith('0x')) return box === undefined ? [] : [box];
  }
  const lower = wanted.toLowerCase();
  const exact: Box[] = [];
  const partial: Box[] = [];
  const look = (boxes: readonly Box[]): void => {
    for (const box of boxes) {
      const name = nameOf(box)?.toLowerCase();
      if (name === lower) exact.push(box);
      else if (name?.includes(lower) === true) partial.push(box);
      look(box.children);
    }
  };
  look(scene.regions);
  return [...exact, ...partial];
}
