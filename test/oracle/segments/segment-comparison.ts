/**
 * Compares what we say of a program with what gcc and ld made of it: every field of the schema `segments-truth/1` but
 * `command`, `warnings`, `run` and `runtime`, which describe the recording itself and the running program.
 */

/** One entry of a list of the schema. */
export type Entry = Readonly<Record<string, unknown>>;

/** One variant, as recorded and as we print it. */
export interface VariantJson {
  readonly objects: readonly Entry[];
  readonly functions: readonly Entry[];
  readonly types: readonly Entry[];
  readonly strings: readonly Entry[];
  readonly constants: readonly Entry[];
  readonly other_symbols: readonly Entry[];
  readonly undefined_symbols: readonly string[];
  readonly object_file: Entry;
  readonly executable: Entry;
}

/** Equal and compared values of a field, by `LIST.FIELD`. */
export interface FieldCount {
  compared: number;
  equal: number;
}

/** What a comparison found. */
export interface Comparison {
  readonly fields: ReadonlyMap<string, FieldCount>;
  /** `LIST ENTRY FIELD`, and what is recorded and what is ours. */
  readonly differences: readonly { readonly key: string; readonly text: string }[];
}

type ListName = 'objects' | 'functions' | 'types' | 'strings' | 'constants' | 'other_symbols';

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** How entries of a list find each other: by all fields of the first key that fits, and what one is called. */
const lists: Readonly<
  Record<ListName, { readonly id: (one: Entry) => string; readonly keys: readonly (readonly string[])[] }>
> = {
  objects: {
    id: (one) => `${String(one.scope)}: ${typeof one.name === 'string' ? one.name : ''}`,
    keys: [
      ['name', 'scope', 'line', 'column', 'defined'],
      ['name', 'scope', 'kind', 'defined'],
      ['name', 'scope', 'kind'],
    ],
  },
  functions: { id: (one) => String(one.name), keys: [['name']] },
  types: {
    id: (one) => String(one.name),
    keys: [
      ['kind', 'name', 'line', 'size', 'members'],
      ['kind', 'name', 'line'],
    ],
  },
  strings: {
    id: (one) => `line ${String(one.line)}`,
    keys: [
      ['line', 'source', 'emitted', 'object'],
      ['line', 'source', 'emitted'],
      ['line', 'source'],
    ],
  },
  constants: {
    id: (one) => String(one.label),
    keys: [['address', 'hex', 'size'], ['hex', 'kind', 'size'], ['kind', 'size'], ['label']],
  },
  other_symbols: { id: (one) => String(one.name), keys: [['name']] },
};

/** What we say beyond the schema. */
const ourOwn: ReadonlySet<string> = new Set(['reason', 'moves', 'file', 'estimated']);

/** Compares all of a variant. */
export function compareVariant(theirs: VariantJson, own: VariantJson): Comparison {
  const found = new Findings();
  for (const name of Object.keys(lists) as ListName[])
    compareList(name, theirs[name], (own as Partial<VariantJson>)[name] ?? [], found);
  found.compare('undefined_symbols', 'all', [...theirs.undefined_symbols].sort(), own.undefined_symbols);
  compareParts('object_file', theirs.object_file, own.object_file, found);
  compareParts('executable', theirs.executable, own.executable, found);
  return found;
}

class Findings implements Comparison {
  readonly fields = new Map<string, FieldCount>();
  readonly differences: { key: string; text: string }[] = [];

  compare(field: string, id: string, theirs: unknown, own: unknown): void {
    const count = this.fields.get(field) ?? { compared: 0, equal: 0 };
    this.fields.set(field, count);
    count.compared += 1;
    if (textOf(theirs) === textOf(own)) count.equal += 1;
    else {
      const [list = '', name = ''] = field.split('.');
      this.differences.push({
        key: [list, id, name].filter((word) => word !== '').join(' '),
        text: `recorded ${textOf(theirs)}, ours ${textOf(own)}`,
      });
    }
  }
}

/** Takes the entry out of the list that agrees in all of one of the lists of fields. */
function take(pool: Entry[], wanted: Entry, keys: readonly (readonly string[])[]): Entry | undefined {
  for (const fields of keys) {
    const at = pool.findIndex((one) => fields.every((field) => textOf(one[field]) === textOf(wanted[field])));
    if (at >= 0) return pool.splice(at, 1)[0];
  }
  return undefined;
}

function compareList(name: ListName, theirs: readonly Entry[], own: readonly Entry[], found: Findings): void {
  const { id, keys } = lists[name];
  const pool = [...own];
  // Types of system headers are recorded without a place.
  const wanted = theirs.filter((one) => name !== 'types' || one.line !== undefined);
  const pairs = new Map<Entry, Entry>();
  for (const key of keys) {
    for (const one of wanted) {
      if (pairs.has(one)) continue;
      const pair = take(pool, one, [key]);
      if (pair !== undefined) pairs.set(one, pair);
    }
  }
  for (const one of wanted) {
    const pair = pairs.get(one);
    if (pair === undefined) {
      found.compare(`${name}.`, id(one), 'there', 'missing');
      continue;
    }
    for (const field of new Set([...Object.keys(one), ...Object.keys(pair)])) {
      if (!ourOwn.has(field))
        found.compare(`${name}.${field}`, id(one), comparable(field, one), comparable(field, pair));
    }
  }
  for (const one of pool) found.compare(`${name}.`, id(one), 'absent', 'there');
}

/**
 * Words that mean the same: which of two qualifiers the debug information puts first depends on what other types the program
 * has; static locals of one name are numbered, and the number is not predicted.
 */
function comparable(field: string, one: Entry): unknown {
  const value = one[field];
  if (typeof value === 'string') {
    if (field === 'type' || field === 'of') return value.replaceAll('volatile const', 'const volatile');
  }
  return value;
}

/** Compares the values of an object of the schema; lists of things with a name or type entry by entry. */
function compareParts(list: string, theirs: Entry, own: Entry | undefined, found: Findings): void {
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(own ?? {})])) {
    const [a, b] = [theirs[field], own?.[field]];
    if (Array.isArray(a)) compareRows(`${list}:${field}`, a as Entry[], (b ?? []) as Entry[], found);
    else if (typeof a === 'object' && a !== null) {
      const part = a as Entry;
      const ours = (b ?? {}) as Entry;
      for (const name of new Set([...Object.keys(part), ...Object.keys(ours)]))
        found.compare(`${list}:${field}.${name}`, '', part[name], ours[name]);
    } else found.compare(`${list}.${field}`, '', a, b);
  }
}

function compareRows(list: string, theirs: readonly Entry[], own: readonly Entry[], found: Findings): void {
  const nameOf = (one: Entry): string => String(one.name ?? one.type);
  const order = (rows: readonly Entry[]): string => rows.map(nameOf).join(' ');
  found.compare(`${list}.order`, '', order(theirs), order(own));
  const pool = [...own];
  for (const one of theirs) {
    const pair = take(pool, one, [
      [one.name === undefined ? 'type' : 'name', 'flags'],
      [one.name === undefined ? 'type' : 'name'],
    ]);
    for (const field of Object.keys(one))
      found.compare(`${list}.${field}`, nameOf(one), one[field], pair?.[field]);
  }
}
