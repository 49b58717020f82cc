/** What the keys do in the picture of the map. */

/** What the tools of the picture do. */
export type ZoomTool =
  'closer' | 'farther' | 'all' | 'selection' | 'heap' | 'stack' | 'scale' | 'export' | 'follow';

/** From a box to what is around or inside of it, or to its neighbours. */
export type Way = 'in' | 'out' | 'up' | 'down';

export type KeyAction =
  /** Shows higher (above 0) or lower addresses, by heights of the picture. */
  | { readonly kind: 'move'; readonly heights: number }
  | { readonly kind: 'tool'; readonly tool: ZoomTool }
  | { readonly kind: 'walk'; readonly way: Way }
  | { readonly kind: 'unselect' | 'search' };

const actions: Readonly<Record<string, KeyAction>> = {
  ArrowUp: { kind: 'move', heights: 0.1 },
  ArrowDown: { kind: 'move', heights: -0.1 },
  PageUp: { kind: 'move', heights: 0.9 },
  PageDown: { kind: 'move', heights: -0.9 },
  '+': { kind: 'tool', tool: 'closer' },
  '=': { kind: 'tool', tool: 'closer' },
  '-': { kind: 'tool', tool: 'farther' },
  '0': { kind: 'tool', tool: 'all' },
  Home: { kind: 'tool', tool: 'all' },
  Enter: { kind: 'tool', tool: 'selection' },
  h: { kind: 'tool', tool: 'heap' },
  s: { kind: 'tool', tool: 'stack' },
  ArrowLeft: { kind: 'walk', way: 'out' },
  ArrowRight: { kind: 'walk', way: 'in' },
  '[': { kind: 'walk', way: 'down' },
  ']': { kind: 'walk', way: 'up' },
  Escape: { kind: 'unselect' },
  '/': { kind: 'search' },
};

/** What a key does; undefined when it is not one of ours. */
export const actionOf = (key: string): KeyAction | undefined =>
  Object.hasOwn(actions, key) ? actions[key] : undefined;
