/**
 * What is known at a place of a function: values in memory, and the conditions under which control comes there.
 */
import { computed, isSameKnown, undefinedValue } from './value.ts';
import type { Cell, Cells, Root, Value } from './value.ts';

/** Conditions on which control depends, the innermost first. */
export interface Control {
  readonly condition: Value;
  readonly outer: Control | undefined;
  readonly depth: number;
}

/** One place in a function, reached by control. */
export class State {
  readonly memory: Map<Root, Cells>;
  control: Control | undefined;

  constructor(memory = new Map<Root, Cells>(), control?: Control) {
    this.memory = memory;
    this.control = control;
  }

  copy(): State {
    return new State(new Map(this.memory), this.control);
  }

  /** The same place, where a condition holds. */
  under(condition: Value): State {
    const { control } = this;
    return new State(new Map(this.memory), { condition, outer: control, depth: (control?.depth ?? 0) + 1 });
  }

  /** What is in memory that nobody has written: nothing is known, or any value. */
  cells(root: Root): Cells {
    return this.memory.get(root) ?? (root.storage === 'static' ? outside(root) : fresh);
  }

  /** What a scalar in memory holds. */
  load(root: Root, offset: number | undefined, size: number): Value {
    const cells = this.cells(root);
    if (offset !== undefined) {
      const cell = cells.at.get(offset);
      if (cell?.size === size) return cell.value;
      if (cell === undefined && !overlaps(cells, offset, size)) return cells.rest;
    }
    return computed(contents(cells));
  }

  store(root: Root, offset: number | undefined, size: number, value: Value): void {
    const cells = this.cells(root);
    if (offset === undefined) {
      this.memory.set(root, { at: new Map(), rest: computed([...contents(cells), value], 0) });
      return;
    }
    const at = new Map(cells.at);
    let { rest } = cells;
    for (const [place, cell] of cells.at) {
      if (place + cell.size <= offset || place >= offset + size) continue;
      at.delete(place);
      // What is left of it is no longer told apart.
      if (place < offset || place + cell.size > offset + size) rest = computed([rest, cell.value], 0);
    }
    at.set(offset, { size, value });
    this.memory.set(root, { at, rest });
  }

  /** Puts cells at an offset of memory. */
  storeCells(root: Root, offset: number, size: number, cells: Cells): void {
    this.store(root, offset, size, cells.rest);
    const merged = this.cells(root);
    const at = new Map(merged.at);
    at.delete(offset);
    const isWhole = offset === 0 && at.size === 0;
    const rest = isWhole ? cells.rest : merged.rest;
    if (!isWhole) {
      if (cells.at.size === 0) at.set(offset, { size, value: cells.rest });
    }
    for (const [place, cell] of cells.at) if (place < size) at.set(place + offset, cell);
    this.memory.set(root, { at, rest });
  }

  /** What is in a range of memory. */
  loadCells(root: Root, offset: number, size: number): Cells {
    const cells = this.cells(root);
    const at = new Map<number, Cell>();
    for (const [place, cell] of cells.at)
      if (place >= offset && place + cell.size <= offset + size) at.set(place - offset, cell);
    return { at, rest: cells.rest };
  }

  /** Unknown code has run: only what it cannot reach is as it was. */
  clobber(isReachable: (root: Root) => boolean): void {
    for (const root of [...this.memory.keys()]) {
      if (!isReachable(root)) continue;
      this.memory.set(root, outside(root));
    }
  }
}

const fresh: Cells = { at: new Map(), rest: undefinedValue };

const outsides = new WeakMap<Root, Cells>();

/** Memory that is read where it is. */
export function outside(root: Root): Cells {
  let cells = outsides.get(root);
  if (cells === undefined) {
    cells = { at: new Map(), rest: computed([], 1, [{ kind: 'read', root }]) };
    outsides.set(root, cells);
  }
  return cells;
}

function overlaps({ at }: Cells, offset: number, size: number): boolean {
  for (const [place, cell] of at) if (place < offset + size && offset < place + cell.size) return true;
  return false;
}

/** All values that are in memory. */
export function contents({ at, rest }: Cells): Value[] {
  return [rest, ...[...at.values()].map(({ value }) => value)];
}

/** Whether two are the same value, as far as it is known. */
export function isSame(a: Value, b: Value): boolean {
  return a === b || isSameKnown(a.known, b.known);
}

/** Where control comes together again. */
export function join(a: State | undefined, b: State | undefined): State | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  const outer = commonControl(a.control, b.control);
  const conditions = [...conditionsOf(a.control, outer), ...conditionsOf(b.control, outer)];
  const joined = new State(new Map(), outer);
  for (const root of new Set([...a.memory.keys(), ...b.memory.keys()]))
    joined.memory.set(root, joinCells(root, a, b, conditions));
  return joined;
}

function joinCells(root: Root, a: State, b: State, conditions: readonly Value[]): Cells {
  const [left, right] = [a.cells(root), b.cells(root)];
  if (left === right) return left;
  const at = new Map<number, Cell>();
  const loose: Value[] = [];
  for (const [offset, cell] of left.at) {
    const other = right.at.get(offset);
    const value =
      other?.size === cell.size
        ? other.value
        : other === undefined && !overlaps(right, offset, cell.size)
          ? right.rest
          : undefined;
    if (value === undefined) loose.push(cell.value);
    else at.set(offset, { size: cell.size, value: joinValues(cell.value, value, conditions) });
  }
  for (const [offset, cell] of right.at) {
    if (left.at.get(offset)?.size === cell.size) continue;
    if (overlaps(left, offset, cell.size)) loose.push(cell.value);
    else at.set(offset, { size: cell.size, value: joinValues(left.rest, cell.value, conditions) });
  }
  const rest = joinValues(left.rest, right.rest, conditions);
  if (loose.length === 0) return { at, rest };
  // Different pieces on the two ways: nothing is told apart any more.
  return { at: new Map(), rest: computed([...contents(left), ...contents(right), ...conditions], 0) };
}

/** One of two values, which one depends on conditions. */
export function joinValues(a: Value, b: Value, conditions: readonly Value[]): Value {
  if (isSame(a, b) || b === undefinedValue) return a;
  if (a === undefinedValue) return b;
  const into = commonRoot(a, b);
  return { known: undefined, inputs: [a, b, ...conditions], uses: [], size: 0, into };
}

function commonRoot(a: Value, b: Value): Root | undefined {
  const [left, right] = [rootOf(a), rootOf(b)];
  return left === right ? left : undefined;
}

function rootOf({ known, into }: Value): Root | undefined {
  if (known?.kind !== 'address') return into;
  return 'kind' in known.base && known.base.kind === 'root' ? known.base : undefined;
}

function commonControl(a: Control | undefined, b: Control | undefined): Control | undefined {
  let [left, right] = [a, b];
  while (left !== right) {
    if ((left?.depth ?? 0) >= (right?.depth ?? 0)) left = left?.outer;
    else right = right?.outer;
  }
  return left;
}

/** The conditions between a place and one around it. */
export function conditionsOf(from: Control | undefined, to: Control | undefined): Value[] {
  const conditions: Value[] = [];
  for (let control = from; control !== to && control !== undefined; control = control.outer)
    conditions.push(control.condition);
  return conditions;
}
