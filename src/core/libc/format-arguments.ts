/**
 * The arguments of a printf format: in their order, or by number (`%2$s`).
 *
 * With numbers the format is read once for the types of all arguments, and the arguments are read in their order then.
 *
 * Source: POSIX, fprintf; glibc 2.36, stdio-common/printf-parse.h (behaviour).
 */
import type { Extended } from '../target/extended-float.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, VariadicArguments } from './libc-context.ts';

const percent = 0x25;
const dollar = 0x24;
const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** The number before a `$`, from 1; `end` is behind it. @returns undefined where there is none */
export function positionAt(
  format: Uint8Array,
  start: number,
): { readonly number: number; readonly end: number } | undefined {
  let number = 0;
  let at = start;
  for (let byte = format[at]; isDigit(byte); byte = format[++at]) number = number * 10 + byte - 0x30;
  return at > start && format[at] === dollar && number > 0 ? { number, end: at + 1 } : undefined;
}

type Kind = 'int' | 'longLong' | 'word' | 'double' | 'longDouble';

/** What an argument was read as. */
interface Value {
  readonly kind: Kind;
  readonly integer: bigint;
  readonly floating: number;
  readonly extended: Extended;
  readonly isNegative: boolean;
}

/** One value that is read as often as the format names it. */
class FixedArgument implements VariadicArguments {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  get lastIsNegative(): boolean {
    return this.#value.isNegative;
  }

  int(): number {
    return Number(BigInt.asIntN(32, this.#value.integer));
  }

  longLong(): bigint {
    return BigInt.asUintN(64, this.#value.integer);
  }

  word(): bigint {
    return BigInt.asUintN(64, this.#value.integer);
  }

  double(): number {
    return this.#value.floating;
  }

  longDouble(): Extended {
    return this.#value.extended;
  }
}

/** Gives the source of each conversion. */
export class FormatArguments {
  readonly #given: VariadicArguments;
  readonly #numbered: readonly FixedArgument[];

  constructor(ctx: LibcContext, format: Uint8Array, given: VariadicArguments) {
    this.#given = given;
    this.#numbered = format.includes(dollar) ? readNumbered(ctx, format, given) : [];
  }

  /** Where an argument is read from; without a number, the next one. */
  at(number: number | undefined): VariadicArguments {
    if (number === undefined) return this.#given;
    const argument = this.#numbered[number - 1];
    if (argument === undefined) throw new NotModelled('a format that mixes numbered and other arguments');
    return argument;
  }
}

/** Reads all arguments of a format with numbers. */
function readNumbered(
  ctx: LibcContext,
  format: Uint8Array,
  given: VariadicArguments,
): readonly FixedArgument[] {
  const kinds: (Kind | undefined)[] = [];
  const text = String.fromCharCode(...format);
  const pattern =
    /%(?:(\d+)\$)?[-+ #0'I]*(?:\*(?:(\d+)\$)?|\d+)?(?:\.(?:\*(?:(\d+)\$)?|\d*))?(hh|h|ll|l|L|q|j|z|Z|t)?([\s\S])/g;
  for (const [, number, width, precision, length = '', letter = ''] of text.matchAll(pattern)) {
    if (width !== undefined) kinds[Number(width) - 1] = 'int';
    if (precision !== undefined) kinds[Number(precision) - 1] = 'int';
    if (number !== undefined) kinds[Number(number) - 1] = kindOf(ctx, length, letter);
  }
  if (kinds.length === 0 || format[format.indexOf(percent)] === undefined) return [];
  // An argument that is not named is taken to be an int.
  return Array.from(kinds, (kind) => new FixedArgument(read(given, kind ?? 'int')));
}

function kindOf(ctx: LibcContext, length: string, letter: string): Kind {
  if ('aAeEfFgG'.includes(letter)) return length === 'L' ? 'longDouble' : 'double';
  if ('sSpn'.includes(letter)) return 'word';
  if ('diouxX'.includes(letter)) {
    if (['ll', 'q', 'L', 'j'].includes(length)) return 'longLong';
    if (['l', 'z', 'Z', 't'].includes(length)) return ctx.model.wordBytes === 8 ? 'longLong' : 'int';
  }
  return 'int';
}

function read(given: VariadicArguments, kind: Kind): Value {
  const integer = (value: bigint): Value => ({
    kind,
    integer: value,
    floating: 0,
    extended: 0n,
    isNegative: false,
  });
  const floating = (value: number, extended: Extended): Value => ({
    kind,
    integer: 0n,
    floating: value,
    extended,
    isNegative: given.lastIsNegative,
  });
  switch (kind) {
    case 'int':
      return integer(BigInt(given.int()));
    case 'longLong':
      return integer(given.longLong());
    case 'word':
      return integer(given.word());
    case 'double':
      return floating(given.double(), 0n);
    case 'longDouble':
      return floating(0, given.longDouble());
  }
}
