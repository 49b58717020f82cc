/**
 * The global offset table of a program: the words through which its code reaches libc.
 *
 * `.got` holds addresses that ld.so finds before the program starts; it becomes read-only then. `.got.plt` holds the address of
 * the dynamic section, ld.so's record of the program, its resolver, and a word for each function that is called through the
 * PLT: at first the address of the instruction in the PLT that asks the resolver, from the first call on the function's. A
 * program that writes to such a word sends its calls elsewhere.
 *
 * Source: System V ABI for x86-64 and i386, "Procedure Linkage Table"; glibc 2.36, elf/dl-runtime.c (_dl_fixup),
 * sysdeps/{x86_64,i386}/dl-machine.h (elf_machine_runtime_setup, elf_machine_lazy_rel); bfd/elfxx-x86.c. Places of ld.so: gdb.
 * Simplified: ld.so's record of the program has no content.
 */
import type { ImageSection, ProgramImage } from '../image/program-image.ts';
import { inTableOrder, versionedName } from '../image/symbol-hash.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { TargetName } from '../target/data-model.ts';

/** Bytes from the start of ld.so: its record of the program (struct link_map), and _dl_runtime_resolve. glibc 2.36. */
const loaderPlaces: Readonly<Record<TargetName, { readonly linkMap: number; readonly resolver: number }>> = {
  x86_64: { linkMap: 0x342e0, resolver: 0x12290 },
  i386: { linkMap: 0x34a50, resolver: 0x128e0 },
};

/** Words of `.got.plt` before those of functions. */
const HEAD_WORDS = 3;

/** Bytes of an entry of the PLT, and of its first instruction, a jump through the word of the table. */
const PLT_ENTRY = 16;
const PLT_JUMP = 6;

/** What start-up files look up by way of `.got`, besides the program's own. */
function startUpEntries({ target, link }: ProgramImage): readonly string[] {
  const fromTransactions = ['_ITM_deregisterTMCloneTable', '__gmon_start__', '_ITM_registerTMCloneTable'];
  if (target === 'i386') return link === 'pie' ? [...fromTransactions, FINALIZE, 'main'] : ['__gmon_start__'];
  return link === 'pie' ? [START, ...fromTransactions, FINALIZE] : [START, '__gmon_start__'];
}

/** The functions of the PLT in the order of their words; i386's start code calls libc's through it, too. */
function slotNames({ target, imports }: ProgramImage): readonly string[] {
  if (target === 'x86_64') return imports;
  return inTableOrder([START, ...imports], (name) => tableName(name, target));
}

const START = '__libc_start_main';
const FINALIZE = '__cxa_finalize';

/** Where the words of one program are. */
export class GlobalOffsetTable {
  readonly #image: ProgramImage;
  readonly #bias: number;
  readonly #word: 4 | 8;
  /** Addresses of the words of functions. */
  readonly #slots = new Map<string, number>();
  readonly #plt: ImageSection | undefined;

  /**
   * Finds the words of a program.
   *
   * @param bias - run-time less link-time addresses
   */
  constructor(image: ProgramImage, bias: number) {
    this.#image = image;
    this.#bias = bias;
    this.#word = dataModelOf(image.target).wordBytes;
    this.#plt = this.#section('.plt');
    const words = this.#section('.got.plt');
    if (words === undefined || this.#plt === undefined || image.link === 'static') return;
    slotNames(image).forEach((name, index) => {
      const offset = (HEAD_WORDS + index) * this.#word;
      if (offset + this.#word <= words.size) this.#slots.set(name, bias + words.addr + offset);
    });
  }

  /** Address of the word through which the program calls a function of libc; `undefined` where it has none. */
  slotOf(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** What that word holds before the first call. */
  unboundOf(name: string): number {
    const index = [...this.#slots.keys()].indexOf(name);
    return this.#bias + (this.#plt?.addr ?? 0) + PLT_ENTRY * (1 + index) + PLT_JUMP;
  }

  /** Writes what ld.so has written when the program starts, to pages that are present. */
  fill(
    memory: ProcessMemory,
    options: {
      readonly loaderBase: number;
      readonly libcBase: number;
      readonly addressOf: (name: string) => number;
    },
  ): void {
    const { loaderBase, libcBase } = options;
    const { startMain, finalize } = libcPlaces[this.#image.target];
    const addressOf = (name: string): number => {
      if (name === START) return libcBase + startMain;
      return name === FINALIZE ? libcBase + finalize : options.addressOf(name);
    };
    const put = (addr: number, value: number): void => {
      if (this.#word === 8) memory.writeU64(addr, BigInt(value));
      else memory.writeU32(addr, value);
    };
    const words = this.#section('.got.plt');
    if (words !== undefined && this.#image.link !== 'static') {
      const places = loaderPlaces[this.#image.target];
      const head = [this.#section('.dynamic')?.addr ?? 0];
      if (this.#slots.size > 0) head.push(loaderBase + places.linkMap, loaderBase + places.resolver);
      head.forEach((value, index) => {
        put(this.#bias + words.addr + index * this.#word, value);
      });
    }
    for (const [name, slot] of this.#slots)
      put(slot, name === START ? addressOf(name) : this.unboundOf(name));
    const table = this.#section('.got');
    if (table === undefined || this.#image.link === 'static') return;
    const { target, gotEntries } = this.#image;
    const names = inTableOrder([...startUpEntries(this.#image), ...gotEntries], (name) =>
      tableName(name, target),
    );
    if (names.length * this.#word !== table.size) return;
    names.forEach((name, index) => {
      put(this.#bias + table.addr + index * this.#word, this.#valueOf(name, addressOf));
    });
  }

  #valueOf(name: string, addressOf: (name: string) => number): number {
    if (name !== 'main') return isOfProgram(name) ? 0 : addressOf(name);
    const main = this.#image.symbols.find((one) => one.name === name);
    return main === undefined ? 0 : this.#bias + main.addr;
  }

  #section(name: string): ImageSection | undefined {
    return this.#image.sections.find((section) => section.name === name);
  }
}

/** The name under which a symbol stands in ld's table. */
function tableName(name: string, target: TargetName): string {
  if (isOfProgram(name)) return name;
  if (name === START) return `${START}@@GLIBC_2.34`;
  return name === FINALIZE && target === 'i386' ? `${FINALIZE}@@GLIBC_2.1.3` : versionedName(name, target);
}

/** Names without a version: the program's own, and weak ones of start-up files that nobody defines. */
function isOfProgram(name: string): boolean {
  return name === 'main' || name === '__gmon_start__' || name.startsWith('_ITM_');
}
