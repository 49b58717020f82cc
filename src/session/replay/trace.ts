/**
 * Allocation traces: one operation a line, `#` begins a comment line.
 *
 * Directives before the first operation set tunables, limits and what is recorded. Numbers are decimal or hexadecimal
 * and may be negative (two's complement, cut to the word of the target). Ids are small integers that the trace
 * chooses; an id names the block that its last allocating operation returned. An address is a number or `@ID`,
 * `@heap`, `@brk`, `@top`, followed by any number of `+N` or `-N`; `NW` counts words.
 */

/** Operations and the kinds of their arguments: i = id, n = number, x = address expression, s = name. */
const operations = {
  malloc: 'in',
  calloc: 'inn',
  realloc: 'in',
  memalign: 'inn',
  posix_memalign: 'inn',
  aligned_alloc: 'inn',
  valloc: 'in',
  pvalloc: 'in',
  reallocarray: 'inn',
  free: 'i',
  touch: 'inn',
  read: 'inn',
  trim: 'n',
  mallopt: 'nn',
  mallinfo: '',
  sbrk: 'n',
  check: '',
  reset: 's',
  mmap: 'ixnnn',
  munmap: 'xn',
  mprotect: 'xnn',
  mremap: 'ixnnnx',
  madvise: 'xnn',
  brk: 'x',
  stack: 'n',
  touchat: 'xn',
  readat: 'xn',
  freeat: 'x',
  reallocat: 'ixn',
  poke: 'xxx',
  pokelink: 'xx',
} as const;

/** Name of an operation. */
export type OperationName = keyof typeof operations;

/** One operation of a trace. */
export interface Operation {
  /** Its index in the trace; `reset` counts. */
  readonly index: number;
  readonly name: OperationName;
  /** The line as written. */
  readonly text: string;
  readonly args: readonly string[];
}

/** A trace. */
export interface Trace {
  readonly meta: Readonly<Record<string, string>>;
  readonly tunables: Readonly<Record<string, string>>;
  readonly rlimits: Readonly<Record<string, string>>;
  /** Whether VMA changes are recorded at every operation. */
  readonly vmas: boolean;
  /** Whether wrong uses are allowed: a fatal signal ends the scenario only. */
  readonly bad: boolean;
  readonly operations: readonly Operation[];
}

/** A line of a trace that cannot be understood. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  /** From 1; 0 when unknown. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Reads a trace. @throws TraceError at the first line that is none */
export function parseTrace(source: string): Trace {
  const meta: Record<string, string> = {};
  const tunables: Record<string, string> = {};
  const rlimits: Record<string, string> = {};
  const list: Operation[] = [];
  let vmas = false;
  let bad = false;
  source.split('\n').forEach((whole, i) => {
    const text = whole.replace(/\r$/, '');
    const words = text.split(/[ \t]+/).filter((word) => word !== '');
    const [first] = words;
    if (first === undefined || first.startsWith('#')) return;
    const rest = words.slice(1).join(' ');
    switch (first) {
      case 'meta':
        meta[words[1] ?? ''] = words.slice(2).join(' ');
        return;
      case 'tunable': {
        const [name = '', value = ''] = rest.split('=', 2);
        tunables[name] = value;
        return;
      }
      case 'rlimit':
        rlimits[words[1] ?? ''] = words[2] ?? '';
        return;
      case 'vmas':
        vmas = true;
        return;
      case 'bad':
        bad = true;
        return;
      default:
        list.push(parseOperation(text, list.length, i + 1));
    }
  });
  return { meta, tunables, rlimits, vmas, bad, operations: list };
}

/** Reads one operation. @throws TraceError when it is none */
export function parseOperation(text: string, index: number, line = 0): Operation {
  const [name = '', ...args] = text.split(/[ \t]+/).filter((word) => word !== '');
  if (!isOperationName(name)) throw new TraceError(`unknown operation ${name}`, line);
  const kinds = operations[name];
  if (args.length < kinds.length) throw new TraceError('missing argument', line);
  if (args.length > kinds.length) throw new TraceError('too many arguments', line);
  args.forEach((arg, k) => {
    const kind = kinds[k];
    if (kind !== 'i' && kind !== 'n') return;
    const value = parseNumber(arg);
    if (value === undefined) throw new TraceError(`bad number ${arg}`, line);
    if (kind === 'i' && (value < 0n || value > 4_000_000n)) throw new TraceError('bad id', line);
  });
  return { index, name, text, args };
}

function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

/** A number of a trace as 64 bits unsigned; `undefined` when it is none. */
export function parseNumber(text: string): bigint | undefined {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(text);
  if (match === null) return undefined;
  const digits = match[2] ?? '0';
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return BigInt.asUintN(64, match[1] === '-' ? -value : value);
}

/** What an address expression may refer to. */
export interface AddressNames {
  readonly heap: bigint;
  readonly brk: bigint;
  readonly top: bigint;
  /** Address of an id's block, 0 when it has none. */
  blockOf(id: number): bigint;
}

/** The value of an address expression; `undefined` when it names an id without a block. */
export function evaluateAddress(text: string, names: AddressNames, wordBytes: 4 | 8): bigint | undefined {
  if (text.startsWith('W')) return BigInt(wordBytes);
  const match = /^(@(?:brk|heap|top|[0-9]+))?(.*)$/.exec(text);
  const base = match?.[1];
  const terms = match?.[2] ?? '';
  let value = 0n;
  if (base === '@brk') value = names.brk;
  else if (base === '@heap') value = names.heap;
  else if (base === '@top') value = names.top;
  else if (base !== undefined) {
    value = names.blockOf(Number(base.slice(1)));
    if (value === 0n) return undefined;
  }
  let rest = terms;
  while (rest !== '') {
    const term = /^([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)(W?)/.exec(rest);
    if (term === null) throw new TraceError(`bad address ${text}`, 0);
    const number = (parseNumber(term[2] ?? '') ?? 0n) * (term[3] === 'W' ? BigInt(wordBytes) : 1n);
    value += term[1] === '-' ? -number : number;
    rest = rest.slice(term[0].length);
  }
  return BigInt.asUintN(8 * wordBytes, value);
}
