/**
 * Allocation traces: one operation a line, `#` begins a comment line.
 *
 * Directives before the first operation set tunables, limits and what is recorded. Numbers are decimal or hexadecimal
 * and may be negative (two's complement, cut to the word of the target). Ids are small integers that the trace
 * chooses; an id names the block that its last allocating operation returned. An address is a number or `@ID`,
 * `@heap`, `@brk`, `@top`, followed by any number of `+N` or `-N`; `NW` counts words.
 */

/** Operations and the kinds of their arguments: i = id, n = number, x = address expression, s = name. */
export const operationKinds = {
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
export type OperationName = keyof typeof operationKinds;

/** One operation of a trace. */
export interface Operation {
  /** Its index in the trace; `reset` counts. */
  readonly index: number;
  readonly name: OperationName;
  /** The line as written. */
  readonly text: string;
  readonly args: readonly string[];
  /** Its line in the file, from 1; 0 for one that comes from a recording. */
  readonly line: number;
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
  /** Whether the first operation is `reset`. */
  readonly startsWithReset: boolean;
  /** Read from the text each time they are gone through, so that a long trace costs no more memory than its text. */
  readonly operations: Iterable<Operation>;
}

/** A line of a trace that cannot be understood or carried out. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  /** From 1; 0 when unknown. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Errors that are told before the rest is left alone. */
const MAXIMUM_ERRORS = 20;

const directiveNames: readonly string[] = ['meta', 'tunable', 'rlimit', 'vmas', 'bad'];

/** Reads a trace. @throws TraceError at the first line that is none */
export function parseTrace(source: string): Trace {
  const [first] = traceErrors(source);
  if (first !== undefined) throw first;
  const meta: Record<string, string> = {};
  const tunables: Record<string, string> = {};
  const rlimits: Record<string, string> = {};
  let vmas = false;
  let bad = false;
  let firstOperation: string | undefined;
  for (const { words } of linesOf(source)) {
    const [name, key = '', value = ''] = words;
    if (name === 'meta') meta[key] = words.slice(2).join(' ');
    else if (name === 'tunable') {
      const setting = words.slice(1).join(' ');
      const at = setting.indexOf('=');
      tunables[setting.slice(0, at)] = setting.slice(at + 1);
    } else if (name === 'rlimit') rlimits[key] = value;
    else if (name === 'vmas') vmas = true;
    else if (name === 'bad') bad = true;
    else firstOperation ??= name;
  }
  const startsWithReset = firstOperation === 'reset';
  const operations = { [Symbol.iterator]: () => operationsOf(source) };
  return { meta, tunables, rlimits, vmas, bad, startsWithReset, operations };
}

/** A line that is neither empty nor a comment. */
interface TraceLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly words: readonly string[];
}

function* linesOf(source: string): Generator<TraceLine> {
  let line = 0;
  for (let at = 0; at < source.length;) {
    const newline = source.indexOf('\n', at);
    const end = newline < 0 ? source.length : newline;
    line += 1;
    const whole = source.slice(at, end);
    at = end + 1;
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const words = wordsOf(text);
    if (words.length > 0 && words[0]?.startsWith('#') !== true) yield { line, text, words };
  }
}

function wordsOf(text: string): string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}

function* operationsOf(source: string): Generator<Operation> {
  let index = 0;
  for (const { line, text, words } of linesOf(source)) {
    if (directiveNames.includes(words[0] ?? '')) continue;
    yield parseOperation(text, index, line);
    index += 1;
  }
}

/** What is wrong with a trace, line by line: words, numbers, ids that never had a block. Empty when nothing is. */
export function traceErrors(source: string): readonly TraceError[] {
  const errors: TraceError[] = [];
  /** Ids that some operation of the process has asked a block for. */
  let named: boolean[] = [];
  const check = (line: number, action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      errors.push(error.line === 0 ? new TraceError(error.message, line) : error);
    }
  };
  for (const { line, text, words } of linesOf(source)) {
    if (errors.length >= MAXIMUM_ERRORS) break;
    check(line, () => {
      if (directiveNames.includes(words[0] ?? '')) {
        checkDirective(words, line);
        return;
      }
      const operation = parseOperation(text, 0, line);
      if (operation.name === 'reset') named = [];
      checkIds(operation, named);
    });
  }
  return errors;
}

function checkDirective(words: readonly string[], line: number): void {
  const [name, key, value] = words;
  if (name === 'meta' && key === undefined) throw new TraceError('meta needs a key', line);
  if (name === 'tunable' && !/^[^=\s]+=/.test(key ?? ''))
    throw new TraceError('tunable needs NAME=VALUE', line);
  if (name !== 'rlimit') return;
  if (key === undefined || !['as', 'data', 'stack'].includes(key))
    throw new TraceError(`unknown limit ${key ?? ''}: as, data or stack`, line);
  if (value === 'unlimited' && key === 'stack') return;
  if (value === undefined || parseNumber(value) === undefined)
    throw new TraceError(`bad limit ${value ?? ''}`, line);
}

/** Operations that give their id a block. */
const namingOperations: ReadonlySet<OperationName> = new Set<OperationName>([
  ...(['malloc', 'calloc', 'realloc', 'reallocarray', 'reallocat', 'memalign', 'posix_memalign'] as const),
  ...(['aligned_alloc', 'valloc', 'pvalloc', 'mmap', 'mremap'] as const),
]);

/** Ids that are used must have been given a block before; those that this operation gives one are noted. */
function checkIds(operation: Operation, named: boolean[]): void {
  const kinds = operationKinds[operation.name];
  const names = namingOperations.has(operation.name);
  const use = (id: number): void => {
    if (named[id] !== true) throw new TraceError(`id ${id} was never allocated`, operation.line);
  };
  operation.args.forEach((arg, k) => {
    if (kinds[k] === 'i' && !names) use(Number(parseNumber(arg)));
    if (kinds[k] !== 'x') return;
    const id = /^@([0-9]+)/.exec(arg)?.[1];
    if (id !== undefined) use(Number(id));
  });
  if (names) named[Number(parseNumber(operation.args[0] ?? '0'))] = true;
}

/** Reads one operation. @throws TraceError when it is none */
export function parseOperation(text: string, index: number, line = 0): Operation {
  const [name = '', ...args] = wordsOf(text);
  if (!isOperationName(name)) throw new TraceError(`unknown operation ${name}`, line);
  const kinds = operationKinds[name];
  if (args.length < kinds.length) throw new TraceError('missing argument', line);
  if (args.length > kinds.length) throw new TraceError('too many arguments', line);
  for (let k = 0; k < args.length; k += 1) checkArgument(kinds[k] ?? '', args[k] ?? '', line);
  return { index, name, text, args, line };
}

function checkArgument(kind: string, arg: string, line: number): void {
  if (kind === 'x') {
    if (!addressPattern.test(arg)) throw new TraceError(`bad address ${arg}`, line);
    return;
  }
  if (kind !== 'i' && kind !== 'n') return;
  if (!numberPattern.test(arg)) throw new TraceError(`bad number ${arg}`, line);
  const value = parseNumber(arg);
  if (value === undefined) throw new TraceError(`number out of range: ${arg}`, line);
  if (kind === 'i' && value > MAXIMUM_ID) throw new TraceError(`id out of range: ${arg}`, line);
}

const MAXIMUM_ID = 4_000_000n;

function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationKinds, name);
}

const numberPattern = /^([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)$/;

/** `W`, a number, or `@ID`, `@heap`, `@brk`, `@top`, each with any number of `+N` or `-N`, where `NW` counts words. */
const addressPattern =
  /^(?:W|(?:@(?:brk|heap|top|[0-9]+)|[+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+)W?)(?:[+-](?:0[xX][0-9a-fA-F]+|[0-9]+)W?)*)$/;

/** A number of a trace as 64 bits unsigned; `undefined` when it is none or has more bits. */
export function parseNumber(text: string): bigint | undefined {
  const match = numberPattern.exec(text);
  if (match === null) return undefined;
  const digits = match[2] ?? '0';
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  if (match[1] === '-') return value > 1n << 63n ? undefined : BigInt.asUintN(64, -value);
  return value < 1n << 64n ? value : undefined;
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
