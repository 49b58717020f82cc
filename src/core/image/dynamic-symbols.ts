/**
 * What a program needs of shared libraries: the slots of the PLT, entries of the GOT, copies of libc's objects, dynamic symbols
 * and relocations.
 *
 * Source: bfd/elf64-x86-64.c, elf32-i386.c, elfxx-x86.c (scan and allocation of relocations: elf_x86_allocate_dynrelocs), elflink.c
 * (_bfd_elf_adjust_dynamic_copy) of binutils 2.40, behaviour; measured.
 */
import { liveReferences } from '../sema/live-code.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol, TypedFunction } from '../sema/typed-tree.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { TargetName } from '../target/data-model.ts';
import { libcObjects } from '../target/libc-objects.ts';
import { isFromLibm, isOnlyInLibm, LIBM } from '../target/libm-symbols.ts';
import { archiveMember } from './archive-members.ts';
import type { ArchiveMember } from './archive-members.ts';
import { importOfCall } from './call-walk.ts';
import type { LinkUnit } from './link.ts';
import { isLinkerSymbol } from './linker-symbols.ts';
import type { ObjectFile, ObjectSection } from './object-file.ts';
import { bucketOf, inTableOrder, versionedName } from './symbol-hash.ts';
import { runtimeFunction } from './runtime-calls.ts';
import { symbolVersion } from './symbol-versions.ts';

/** A kind of dynamic relocation without the prefix of the processor, and how many there are. */
export interface RelocationCount {
  readonly type: string;
  readonly count: number;
}

/** A library besides libc, and the versions of its symbols that are named. */
export interface LibraryNeed {
  readonly name: string;
  readonly versions: readonly string[];
}

/** What the dynamic tables are to hold besides what the start-up files need. */
export interface DynamicNeeds {
  /** Functions with a slot in the PLT, in the order of the slots. */
  readonly imports: readonly string[];
  /** Functions that are called by way of their entry in the GOT. */
  readonly callsThroughGot: readonly string[];
  /** Functions chosen at start by a resolver: a slot each. */
  readonly resolved: readonly string[];
  readonly gotEntries: readonly string[];
  readonly copies: readonly ObjectSymbol[];
  /** Names of the dynamic symbols. */
  readonly symbols: readonly string[];
  /** Number of dynamic symbols that have a value here, so that others find them. */
  readonly hashedCount: number;
  /** Versions of libc's symbols besides those that the start-up code needs. */
  readonly versions: readonly string[];
  /** Libraries besides libc. */
  readonly libraries: readonly LibraryNeed[];
  /** Of .rela.dyn, the start-up files' own not counted. */
  readonly relocations: readonly RelocationCount[];
  /** Members of libc_nonshared.a that are linked in. */
  readonly members: readonly ArchiveMember[];
  /** What the object files leave undefined. */
  readonly undefined: readonly { readonly name: string; readonly isWeak: boolean }[];
}

/** Finds out what the files need. */
export function dynamicNeeds(
  units: readonly LinkUnit[],
  files: readonly ObjectFile[],
  guarded: ReadonlySet<TypedFunction>,
  options: CompileOptions,
): DynamicNeeds {
  const references = new References(units, options);
  if (guarded.size > 0) references.addGuards();
  for (const file of files) for (const fn of file.functions) references.addCode(fn);
  for (const file of files) references.addData(file.sections);
  return references.needs();
}

/** What the code of a function calls in the library, and whose addresses it takes. */
interface CodeUses {
  readonly calls: ReadonlySet<string>;
  /** Functions of libgcc that carry out operations. */
  readonly runtime: ReadonlySet<string>;
  readonly addresses: ReadonlySet<ObjectSymbol | FunctionSymbol>;
}

const known = {
  4: new WeakMap<TypedFunction, CodeUses>(),
  8: new WeakMap<TypedFunction, CodeUses>(),
};

function codeUses(fn: TypedFunction, wordBytes: 4 | 8): CodeUses {
  const before = known[wordBytes].get(fn);
  if (before !== undefined) return before;
  const calls = new Set<string>();
  const runtime = new Set<string>();
  const addresses = new Set<ObjectSymbol | FunctionSymbol>();
  for (const reference of liveReferences(fn, wordBytes)) {
    if (reference.kind === 'call') {
      const name = importOfCall(reference.node, reference.isUsed);
      if (name !== undefined) calls.add(name);
    } else if (reference.kind === 'operation') {
      const { type, operator, right } = reference;
      const name = runtimeFunction(type, operator, right, wordBytes);
      if (name !== undefined) runtime.add(name);
    } else if (reference.kind === 'object') {
      // Static objects of this file need nothing of the linker.
      const { linkage, storage } = reference.symbol;
      if (linkage === 'external' || storage === 'thread') addresses.add(reference.symbol);
    } else if (reference.kind === 'function' && !reference.isCall) addresses.add(reference.symbol);
  }
  const uses = { calls, runtime, addresses };
  known[wordBytes].set(fn, uses);
  return uses;
}

interface Use {
  symbol: ObjectSymbol | FunctionSymbol | undefined;
  isCalled: boolean;
  isInGot: boolean;
  /** Code that is not position-independent, or data that is read-only, has the address. */
  isFixed: boolean;
  /** Words of writable data that hold the address. */
  words: number;
}

class References {
  readonly #options: CompileOptions;
  readonly #defined = new Set<string>();
  readonly #uses = new Map<string, Use>();
  readonly #resolved = new Set<string>();
  readonly #members = new Set<ArchiveMember>();
  readonly #undefined = new Map<string, boolean>();
  #relative = 0;

  constructor(units: readonly LinkUnit[], options: CompileOptions) {
    this.#options = options;
    for (const { unit } of units) {
      for (const symbol of unit.functionSymbols) {
        if (symbol.attributes.resolver !== undefined) this.#resolved.add(symbol.name);
        if (symbol.isDefined || symbol.attributes.alias !== undefined || this.#resolved.has(symbol.name))
          this.#defined.add(symbol.name);
      }
      for (const object of unit.objects) {
        const isDeclaredOnly = object.isDefined === false || object.storage === 'declared-only';
        if (!isDeclaredOnly || object.attributes.alias !== undefined) this.#defined.add(object.name);
      }
    }
  }

  addCode(fn: TypedFunction): void {
    const { wordBytes } = dataModelOf(this.#options.target);
    // Code that may lie anywhere on i386 computes the address of the GOT first of all.
    if (wordBytes === 4 && this.#options.pie) this.#undefined.set(GOT_SYMBOL, false);
    const { calls, runtime, addresses } = codeUses(fn, wordBytes);
    for (const name of calls) this.#call(name);
    // libgcc is linked in: nothing of it is left for the dynamic linker.
    for (const name of runtime) if (!this.#defined.has(name)) this.#undefined.set(name, false);
    for (const symbol of addresses) this.#addressInCode(symbol);
  }

  /** Functions with a guard call the one that ends the program; on i386 code that may lie anywhere has a function of its own. */
  addGuards(): void {
    const isLocal = this.#options.target === 'i386' && this.#options.pie;
    this.#call(isLocal ? '__stack_chk_fail_local' : '__stack_chk_fail');
  }

  #call(name: string): void {
    if (this.#defined.has(name)) return;
    this.#undefined.set(name, false);
    const member = archiveMember(name, this.#options.target);
    if (member !== undefined) {
      this.#members.add(member);
      this.#use(member.calls, undefined).isCalled = true;
    } else this.#use(name, undefined).isCalled = true;
  }

  #use(name: string, symbol: ObjectSymbol | FunctionSymbol | undefined): Use {
    let use = this.#uses.get(name);
    if (use === undefined) {
      use = { symbol, isCalled: false, isInGot: false, isFixed: false, words: 0 };
      this.#uses.set(name, use);
    } else use.symbol ??= symbol;
    return use;
  }

  #addressInCode(symbol: ObjectSymbol | FunctionSymbol): void {
    if (symbol.kind === 'object' && isThreadLocal(symbol)) this.#undefined.set(GOT_SYMBOL, false);
    const name = symbolName(symbol);
    const isWeakReference = symbol.attributes.weakref !== undefined;
    if (!isWeakReference && (symbol.linkage !== 'external' || this.#defined.has(symbol.name))) return;
    this.#undefined.set(name, symbol.attributes.isWeak === true);
    if (isLinkerSymbol(name) || isHidden(symbol)) return;
    const use = this.#use(name, symbol);
    if (this.#options.pie && (symbol.kind === 'function' || symbol.attributes.isWeak === true))
      this.#undefined.set(GOT_SYMBOL, false);
    if (symbol.kind === 'function' || symbol.attributes.isWeak === true || this.#options.target === 'i386') {
      if (this.#options.pie) use.isInGot = true;
      else use.isFixed = true;
    } else use.isFixed = true;
  }

  addData(sections: readonly ObjectSection[]): void {
    for (const section of sections) {
      for (const item of section.items) {
        for (const { base } of item.image?.relocations ?? []) {
          const isForeign =
            'kind' in base &&
            base.kind !== 'label' &&
            base.linkage === 'external' &&
            !this.#defined.has(base.name);
          if (isForeign) this.#undefined.set(base.name, base.attributes.isWeak === true);
          if (!isForeign || isLinkerSymbol(base.name)) this.#relative += 1;
          else if (section.kind === 'rodata' && !this.#options.pie) this.#use(base.name, base).isFixed = true;
          else this.#use(base.name, base).words += 1;
        }
      }
    }
  }

  needs(): DynamicNeeds {
    const { target, link } = this.#options;
    const isPie = link === 'pie';
    const imports: string[] = [];
    const callsThroughGot: string[] = [];
    const gotEntries: string[] = [];
    const copies = new Map<string, ObjectSymbol>();
    const symbols = new Set<string>();
    let words = 0;
    let discarded = 0;
    let fixedFunctions = 0;
    for (const [name, use] of this.#uses) {
      const isWeak = use.symbol?.attributes.isWeak === true;
      // A weak symbol that nobody defines is null where only data, or a program at a fixed place, names it
      // (bfd/elfxx-x86.h: UNDEFINED_WEAK_RESOLVED_TO_ZERO).
      if (isWeak && !use.isInGot && !(isPie && use.isCalled) && !isInLibc(name)) continue;
      if (use.symbol?.kind === 'object') {
        if (use.isFixed && !isWeak) copies.set(name, use.symbol);
      } else if (use.isFixed && !isWeak) {
        imports.push(name);
        fixedFunctions += 1;
      } else if (use.isCalled) (use.isInGot ? callsThroughGot : imports).push(name);
      if (use.isInGot) gotEntries.push(name);
      if (use.words > 0 && (isPie || !use.isFixed || isWeak)) {
        if (isWeak && !isPie) discarded += use.words;
        else words += use.words;
      }
      symbols.add(name);
      const strong = use.symbol?.kind === 'object' ? libcObjects.get(name)?.strongName : undefined;
      if (strong !== undefined) symbols.add(strong);
    }
    const fromLibm = this.#fromLibm([...symbols]);
    const copied = [...copies.values()];
    const aliases = copied.filter(({ name }) => libcObjects.get(name)?.strongName !== undefined).length;
    const ordered = (names: readonly string[]): string[] =>
      inTableOrder(names, (name) => versionedName(name, target));
    const wordType = target === 'x86_64' ? '64' : '32';
    return {
      imports: ordered(imports),
      callsThroughGot: ordered(callsThroughGot),
      resolved: [...this.#resolved],
      gotEntries,
      copies: copied
        .map((object) => ({ object, bucket: copyBucket(object.name, target) }))
        .sort((a, b) => a.bucket - b.bucket)
        .map(({ object }) => object),
      symbols: ordered([...symbols]),
      hashedCount: copied.length + aliases + fixedFunctions,
      versions: this.#versions([...symbols].filter((name) => !fromLibm.has(name))),
      libraries:
        fromLibm.size === 0
          ? []
          : [
              {
                name: LIBM,
                versions: [...new Set([...fromLibm].map((name) => symbolVersion(name, target)))],
              },
            ],
      relocations: [
        { type: wordType, count: words },
        { type: 'NONE', count: discarded },
        { type: 'RELATIVE', count: isPie ? this.#relative : 0 },
        { type: 'GLOB_DAT', count: gotEntries.length },
        { type: 'COPY', count: copied.length },
      ].filter(({ count }) => count > 0),
      members: [...this.#members],
      undefined: [...this.#undefined].map(([name, isWeak]) => ({ name, isWeak })),
    };
  }

  /** Symbols that ld takes from libm; a weak reference is no reason to load it (--as-needed). */
  #fromLibm(symbols: readonly string[]): ReadonlySet<string> {
    const { target } = this.#options;
    const isNeeded = symbols.some(
      (name) => isOnlyInLibm(name, target) && this.#uses.get(name)?.symbol?.attributes.isWeak !== true,
    );
    return new Set(isNeeded ? symbols.filter((name) => isFromLibm(name, target)) : []);
  }

  /** Versions of symbols besides those that the start-up code needs. */
  #versions(names: readonly string[]): string[] {
    const { target, link } = this.#options;
    const base =
      link !== 'pie'
        ? ['GLIBC_2.34']
        : target === 'x86_64'
          ? ['GLIBC_2.34', 'GLIBC_2.2.5']
          : ['GLIBC_2.34', 'GLIBC_2.1.3'];
    // A weak symbol that no library defines has no version.
    const known = names.filter(
      (name) => this.#uses.get(name)?.symbol?.attributes.isWeak !== true || isInLibc(name),
    );
    return [...new Set(known.map((name) => symbolVersion(name, target)))].filter(
      (version) => !base.includes(version),
    );
  }
}

/** The first place in ld's table of the names of an object of libc: any of them makes ld reserve the room. */
function copyBucket(name: string, target: TargetName): number {
  const strong = libcObjects.get(name)?.strongName ?? name;
  const names = [
    strong,
    ...[...libcObjects].filter(([, one]) => one.strongName === strong).map(([own]) => own),
  ];
  return Math.min(...names.map((own) => bucketOf(versionedName(own, target))));
}

/** The assembler makes it when an address is relative to the GOT or to the thread pointer. */
const GOT_SYMBOL = '_GLOBAL_OFFSET_TABLE_';

function isThreadLocal(object: ObjectSymbol): boolean {
  return object.storage === 'thread';
}

/** The name that stands for a symbol in the object file. */
function symbolName({ name, attributes }: ObjectSymbol | FunctionSymbol): string {
  return attributes.weakref ?? attributes.asmLabel ?? name;
}

function isHidden({ attributes }: ObjectSymbol | FunctionSymbol): boolean {
  return attributes.visibility === 'hidden' || attributes.visibility === 'internal';
}

/** Whether the library offers an object of that name; functions are taken to be there. */
function isInLibc(name: string): boolean {
  return libcObjects.has(name);
}
