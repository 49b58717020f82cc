/**
 * <getopt.h>: options of command lines, with the permutation that puts other arguments last.
 *
 * Source: POSIX; glibc 2.36, posix/getopt.c (behaviour, messages).
 */
import { asciiBytes } from './ascii.ts';
import { orientBytes, standardStream, streamWrite } from './file-stream.ts';
import { environmentText } from './environment.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, readWord, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

/** Offsets in libc's scratch area of what getopt remembers between calls. */
const NEXT_CHARACTER = scratchPlaces.getopt;
const FIRST_OTHER = NEXT_CHARACTER + 8;
const LAST_OTHER = NEXT_CHARACTER + 12;
const ORDERING = NEXT_CHARACTER + 16;
const INITIALIZED = NEXT_CHARACTER + 20;

/** What is done with arguments that are no options: put last, stop there, or give them as option 1. */
const PERMUTE = 0;
const REQUIRE_ORDER = 1;
const RETURN_IN_ORDER = 2;

/** Fields of `struct option`: name, whether it has an argument, a flag's address, the value. */
interface LongOption {
  readonly name: string;
  readonly hasArgument: number;
  readonly flag: number;
  readonly value: number;
}

const optionBytes = 32;

const textAt = (ctx: LibcContext, at: number): string => String.fromCharCode(...ctx.memory.readCString(at));

class OptionReader {
  readonly #ctx: LibcContext;
  readonly #argc: number;
  readonly #argv: number;
  #options: string;
  readonly #long: readonly LongOption[];
  readonly #isLongOnly: boolean;
  readonly #indexTarget: number;

  constructor(
    ctx: LibcContext,
    args: { readonly argc: number; readonly argv: number; readonly options: number },
    long: { readonly table: number; readonly index: number; readonly isOnly: boolean },
  ) {
    this.#ctx = ctx;
    this.#argc = args.argc;
    this.#argv = args.argv;
    this.#options = textAt(ctx, args.options);
    this.#long = long.table === 0 ? [] : readLongOptions(ctx, long.table);
    this.#isLongOnly = long.isOnly;
    this.#indexTarget = long.index;
  }

  #word(name: 'optind' | 'opterr' | 'optopt'): number {
    return this.#ctx.memory.readU32(this.#ctx.variable(name)) | 0;
  }

  #setWord(name: 'optind' | 'optopt', value: number): void {
    this.#ctx.memory.writeU32(this.#ctx.variable(name), value >>> 0);
  }

  #setArgument(value: number): void {
    writeWord(this.#ctx, this.#ctx.variable('optarg'), value);
  }

  #argument(index: number): number {
    return readWord(this.#ctx, this.#argv + index * this.#ctx.model.wordBytes);
  }

  #own(offset: number): number {
    return this.#ctx.memory.readU32(this.#ctx.objects.scratch + offset);
  }

  #setOwn(offset: number, value: number): void {
    this.#ctx.memory.writeU32(this.#ctx.objects.scratch + offset, value >>> 0);
  }

  get #next(): number {
    return readWord(this.#ctx, this.#ctx.objects.scratch + NEXT_CHARACTER);
  }

  #setNext(at: number): void {
    writeWord(this.#ctx, this.#ctx.objects.scratch + NEXT_CHARACTER, at);
  }

  /** The message for a wrong option, unless the caller reports errors itself. */
  #complain(text: string): void {
    if (this.#word('opterr') === 0 || this.#options.startsWith(':')) return;
    const stderr = standardStream(this.#ctx, 'stderr');
    orientBytes(this.#ctx, stderr);
    streamWrite(this.#ctx, stderr, asciiBytes(`${textAt(this.#ctx, this.#argument(0))}: ${text}\n`));
  }

  #initialize(): void {
    if (this.#word('optind') === 0) this.#setWord('optind', 1);
    this.#setOwn(FIRST_OTHER, this.#word('optind'));
    this.#setOwn(LAST_OTHER, this.#word('optind'));
    this.#setNext(0);
    const first = this.#options[0];
    const isPosix = environmentText(this.#ctx, 'POSIXLY_CORRECT') !== undefined;
    this.#setOwn(
      ORDERING,
      first === '-' ? RETURN_IN_ORDER : first === '+' || isPosix ? REQUIRE_ORDER : PERMUTE,
    );
    this.#setOwn(INITIALIZED, 1);
  }

  /** Moves the arguments that were skipped behind the options that follow them. */
  #exchange(): void {
    const first = this.#own(FIRST_OTHER);
    const last = this.#own(LAST_OTHER);
    const index = this.#word('optind');
    const moved: number[] = [];
    for (let i = last; i < index; i++) moved.push(this.#argument(i));
    for (let i = first; i < last; i++) moved.push(this.#argument(i));
    moved.forEach((value, i) => {
      writeWord(this.#ctx, this.#argv + (first + i) * this.#ctx.model.wordBytes, value);
    });
    this.#setOwn(FIRST_OTHER, first + index - last);
    this.#setOwn(LAST_OTHER, index);
  }

  #isOption(index: number): boolean {
    const text = textAt(this.#ctx, this.#argument(index));
    return text.startsWith('-') && text.length > 1;
  }

  /** The next option. @returns its letter or value, `?` or `:` for a wrong one, -1 at the end */
  read(): number {
    if (this.#argc < 1) return -1;
    this.#setArgument(0);
    if (this.#word('optind') === 0 || this.#own(INITIALIZED) === 0) this.#initialize();
    const ordering = this.#own(ORDERING);
    if (this.#options.startsWith('-') || this.#options.startsWith('+'))
      this.#options = this.#options.slice(1);
    if (this.#next === 0 || this.#ctx.memory.readU8(this.#next) === 0) {
      const found = this.#nextElement(ordering);
      if (found !== undefined) return found;
    }
    return this.#readShort();
  }

  /** Goes to the next element of argv that is an option. @returns what read gives, undefined when short options follow */
  #nextElement(ordering: number): number | undefined {
    const index = this.#word('optind');
    if (this.#own(LAST_OTHER) > index) this.#setOwn(LAST_OTHER, index);
    if (this.#own(FIRST_OTHER) > index) this.#setOwn(FIRST_OTHER, index);
    if (ordering === PERMUTE) this.#skipOthers();
    if (
      this.#word('optind') !== this.#argc &&
      textAt(this.#ctx, this.#argument(this.#word('optind'))) === '--'
    ) {
      this.#setWord('optind', this.#word('optind') + 1);
      if (this.#own(FIRST_OTHER) !== this.#own(LAST_OTHER) && this.#own(LAST_OTHER) !== this.#word('optind'))
        this.#exchange();
      else if (this.#own(FIRST_OTHER) === this.#own(LAST_OTHER))
        this.#setOwn(FIRST_OTHER, this.#word('optind'));
      this.#setOwn(LAST_OTHER, this.#argc);
      this.#setWord('optind', this.#argc);
    }
    const at = this.#word('optind');
    if (at >= this.#argc) {
      if (this.#own(FIRST_OTHER) !== this.#own(LAST_OTHER)) this.#setWord('optind', this.#own(FIRST_OTHER));
      return -1;
    }
    if (!this.#isOption(at)) {
      if (ordering === REQUIRE_ORDER) return -1;
      this.#setArgument(this.#argument(at));
      this.#setWord('optind', at + 1);
      return 1;
    }
    const element = this.#argument(at);
    const text = textAt(this.#ctx, element);
    if (this.#long.length > 0) {
      if (text.startsWith('--')) {
        this.#setNext(element + 2);
        return this.#readLong('--');
      }
      if (this.#isLongOnly && (text.length > 2 || !this.#options.includes(text[1] ?? ''))) {
        this.#setNext(element + 1);
        const code = this.#readLong('-');
        if (code !== -1) return code;
      }
    }
    this.#setNext(element + 1);
    return undefined;
  }

  #skipOthers(): void {
    if (this.#own(FIRST_OTHER) !== this.#own(LAST_OTHER) && this.#own(LAST_OTHER) !== this.#word('optind'))
      this.#exchange();
    else if (this.#own(LAST_OTHER) !== this.#word('optind')) this.#setOwn(FIRST_OTHER, this.#word('optind'));
    while (this.#word('optind') < this.#argc && !this.#isOption(this.#word('optind')))
      this.#setWord('optind', this.#word('optind') + 1);
    this.#setOwn(LAST_OTHER, this.#word('optind'));
  }

  #readShort(): number {
    const at = this.#next;
    const letter = String.fromCharCode(this.#ctx.memory.readU8(at));
    const isLast = this.#ctx.memory.readU8(at + 1) === 0;
    this.#setNext(at + 1);
    if (isLast) this.#setWord('optind', this.#word('optind') + 1);
    const place = letter === ':' || letter === ';' ? -1 : this.#options.indexOf(letter);
    if (place < 0) {
      this.#complain(`invalid option -- '${letter}'`);
      this.#setWord('optopt', letter.charCodeAt(0));
      return 0x3f;
    }
    const isOptional = this.#options.startsWith('::', place + 1);
    if (!isOptional && this.#options[place + 1] !== ':') return letter.charCodeAt(0);
    if (!isLast) {
      this.#setArgument(at + 1);
      this.#setWord('optind', this.#word('optind') + 1);
    } else if (!isOptional) {
      const index = this.#word('optind');
      if (index === this.#argc) {
        this.#complain(`option requires an argument -- '${letter}'`);
        this.#setWord('optopt', letter.charCodeAt(0));
        this.#setNext(0);
        return this.#options.startsWith(':') ? 0x3a : 0x3f;
      }
      this.#setArgument(this.#argument(index));
      this.#setWord('optind', index + 1);
    }
    this.#setNext(0);
    return letter.charCodeAt(0);
  }

  /** A long option. @returns -1 when the text is short options after all (getopt_long_only) */
  #readLong(prefix: '-' | '--'): number {
    const start = this.#next;
    const text = textAt(this.#ctx, start);
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const exact = this.#long.findIndex((one) => one.name === name);
    const fitting = this.#long.map((one, i) => ({ one, i })).filter(({ one }) => one.name.startsWith(name));
    const [first] = fitting;
    const isSame = fitting.every(
      ({ one }) =>
        one.hasArgument === first?.one.hasArgument &&
        one.flag === first.one.flag &&
        one.value === first.one.value,
    );
    if (exact < 0 && fitting.length > 1 && (!isSame || this.#isLongOnly)) {
      const possible = fitting.map(({ one }) => ` '${prefix}${one.name}'`).join('');
      this.#complain(`option '${prefix}${text}' is ambiguous; possibilities:${possible}`);
      return this.#wrongLong(0);
    }
    const index = exact >= 0 ? exact : (first?.i ?? -1);
    const option = this.#long[index];
    if (option === undefined) {
      if (this.#isLongOnly && prefix === '-' && this.#options.includes(text[0] ?? '')) return -1;
      this.#complain(`unrecognized option '${prefix}${text}'`);
      return this.#wrongLong(0);
    }
    this.#setWord('optind', this.#word('optind') + 1);
    this.#setNext(0);
    if (equals >= 0) {
      if (option.hasArgument === 0) {
        this.#complain(`option '${prefix}${option.name}' doesn't allow an argument`);
        this.#setWord('optopt', option.value);
        return 0x3f;
      }
      this.#setArgument(start + equals + 1);
    } else if (option.hasArgument === 1) {
      const at = this.#word('optind');
      if (at >= this.#argc) {
        this.#complain(`option '${prefix}${option.name}' requires an argument`);
        this.#setWord('optopt', option.value);
        return this.#options.startsWith(':') ? 0x3a : 0x3f;
      }
      this.#setArgument(this.#argument(at));
      this.#setWord('optind', at + 1);
    }
    if (this.#indexTarget !== 0) this.#ctx.memory.writeU32(this.#indexTarget, index);
    if (option.flag === 0) return option.value;
    this.#ctx.memory.writeU32(option.flag, option.value >>> 0);
    return 0;
  }

  #wrongLong(optopt: number): number {
    this.#setNext(0);
    this.#setWord('optind', this.#word('optind') + 1);
    this.#setWord('optopt', optopt);
    return 0x3f;
  }
}

function readLongOptions(ctx: LibcContext, table: number): readonly LongOption[] {
  const { wordBytes } = ctx.model;
  const bytes = wordBytes === 8 ? optionBytes : 16;
  const options: LongOption[] = [];
  for (let at = table; ; at += bytes) {
    const name = readWord(ctx, at);
    if (name === 0) return options;
    options.push({
      name: textAt(ctx, name),
      hasArgument: ctx.memory.readU32(at + wordBytes),
      flag: readWord(ctx, at + 2 * wordBytes),
      value: ctx.memory.readU32(at + 3 * wordBytes) | 0,
    });
  }
}

const long =
  (isOnly: boolean) =>
  (ctx: LibcContext, [argc = 0, argv = 0, options = 0, table = 0, index = 0]: readonly number[]): number =>
    new OptionReader(ctx, { argc, argv, options }, { table, index, isOnly }).read();

/** <getopt.h> */
export const getoptFunctions: LibcTable = {
  getopt: f('iipp', (ctx, [argc = 0, argv = 0, options = 0]) =>
    new OptionReader(ctx, { argc, argv, options }, { table: 0, index: 0, isOnly: false }).read(),
  ),
  getopt_long: f('iipppp', long(false)),
  getopt_long_only: f('iipppp', long(true)),
};
