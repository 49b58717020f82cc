/**
 * Pointers between boxes: variables, objects and members whose value is an address, and where that leads.
 */
import type { Box, Scene } from './scene.ts';
import { boxAt, isArenaStructure } from './scene.ts';

/** One pointer. */
export interface Pointer {
  readonly from: Box;
  readonly target: bigint;
  /** It leads to memory that was given back, or to where nothing is mapped. */
  readonly isDangling: boolean;
}

/** The pointers of a scene's variables, objects and members; null pointers lead nowhere and are none. */
export function pointersOf(scene: Scene): readonly Pointer[] {
  const pointers: Pointer[] = [];
  const look = (box: Box): void => {
    const holder = holderOf(box);
    if (holder !== undefined) {
      const { type, value = '' } = holder;
      const match = type.includes('*') ? /^0x([0-9a-f]{1,16})\b/.exec(value) : null;
      if (match !== null) {
        const target = BigInt(match[0]);
        pointers.push({ from: box, target, isDangling: isDangling(scene, target) });
      }
    }
    box.children.forEach(look);
  };
  scene.regions.forEach(look);
  return pointers;
}

/** What has a type and a value. */
function holderOf(box: Box): { readonly type: string; readonly value?: string | undefined } | undefined {
  if (box.kind === 'member') return box.member;
  // A block of one pointer.
  if (box.kind === 'field') return box.typed;
  if (box.kind !== 'row') return undefined;
  if (box.row.kind === 'variable') return box.row.variable;
  return box.row.kind === 'object' ? box.row.object : undefined;
}

function isDangling(scene: Scene, target: bigint): boolean {
  const box = boxAt(scene, target, 2);
  if (box !== undefined && isArenaStructure(box)) return false;
  if (box?.kind !== 'row') return true;
  if (box.row.kind !== 'chunk') return false;
  const { state } = box.row.chunk;
  return state !== 'in-use' && state !== 'mmapped' && state !== 'internal';
}
