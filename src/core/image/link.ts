/**
 * The linker: puts the objects, literals and functions of a program into sections and gives each its address.
 *
 * Order inside a section, per file: initialised objects in source order, literals of a function where the function is;
 * in .bss the objects with external linkage first, then the static ones, those of functions last.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { CompileOptions, Placement, Segment } from '../sema/placement.ts';
import type {
  FunctionSymbol,
  LabelSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedExpression,
  TypedFunction,
  TypedUnit,
} from '../sema/typed-tree.ts';
import { sizeOf } from '../sema/type-relations.ts';
import { importOfCall, visitCalls } from './call-walk.ts';
import { constantPool } from './constant-pool.ts';
import type { ConstantPool } from './constant-pool.ts';
import { estimateCode } from './code-size.ts';
import type { CodeEstimate, CodeMap } from './code-size.ts';
import { layoutFrames } from './frame.ts';
import { imageOf, writeInteger } from './constant-bytes.ts';
import type { ObjectImage } from './constant-bytes.ts';
import type { ImageSection, ImageSymbol, LoadSegment, ProgramImage } from './program-image.ts';
import { layOutSections, startUpBytes } from './sections.ts';
import type { SectionLayout, UserContribution } from './sections.ts';
import { outputOrder } from './output-order.ts';
import { inTableOrder, versionedName } from './symbol-hash.ts';
import { symbolVersion } from './symbol-versions.ts';
import { walkStatement } from './tree-walk.ts';

/** One file of the program. */
export interface LinkUnit {
  /** For the names of static functions: the file without its folder. */
  readonly name: string;
  readonly unit: TypedUnit;
  readonly placements: readonly Placement[];
}

/** What has an address. */
export type Placed = ObjectSymbol | FunctionSymbol | StringLiteral | LabelSymbol;

/** A program with its addresses. */
export interface LinkedProgram {
  readonly image: ProgramImage;
  readonly unitNames: readonly string[];
  /** The code of every function of the program. */
  readonly codeMaps: ReadonlyMap<TypedFunction, CodeMap>;
  /** Link-time address; undefined for what is not in the program. */
  addressOf(what: Placed): number | undefined;
  /** Bytes from the thread pointer (negative on x86). */
  threadOffsetOf(object: ObjectSymbol): number;
}

/** Something that lies in a section. */
interface Item {
  readonly of: ObjectSymbol | StringLiteral;
  readonly name: string;
  readonly section: string;
  /** Section in the object file, and which file. */
  readonly inputSection: string;
  readonly unit: number;
  readonly segment: Segment;
  readonly size: number;
  readonly align: number;
  readonly image: ObjectImage | undefined;
  readonly binding: ImageSymbol['binding'];
  offset: number;
}

/** Links the files of a program. */
export function linkProgram(units: readonly LinkUnit[], options: CompileOptions): LinkedProgram {
  return new Linker(units, options).link();
}

const nothing: UserContribution = { size: 0, align: 1 };

class Linker {
  readonly #units: readonly LinkUnit[];
  readonly #options: CompileOptions;
  readonly #items: Item[] = [];
  readonly #addresses = new Map<Placed, number>();
  readonly #threadOffsets = new Map<ObjectSymbol, number>();
  readonly #codeMaps = new Map<TypedFunction, CodeMap>();

  /** The literal that stands for all equal ones of a file, by file, element size and bytes. */
  readonly #literals = new Map<string, StringLiteral>();
  /** Literals that have the place of an equal one. */
  readonly #shared: { readonly literal: StringLiteral; readonly first: StringLiteral }[] = [];

  constructor(units: readonly LinkUnit[], options: CompileOptions) {
    this.#units = units;
    this.#options = options;
  }

  link(): LinkedProgram {
    const functions = this.#units.map(emittedFunctions);
    const estimates = new Map<TypedFunction, CodeEstimate>();
    for (const own of functions) {
      for (const [fn, frame] of layoutFrames(own, this.#options)) estimates.set(fn, estimateCode(fn, frame));
    }
    this.#units.forEach((unit, index) => this.#collectItems(unit, index));
    const copies = this.#copies();
    const contributions = this.#arrange(copies);
    const textSize = [...estimates.values()].reduce((sum, one) => sum + one.size, 0);
    const functionCount = functions.flat().length;
    const imports = this.#imports(functions.flat());
    const isPie = this.#options.link === 'pie';
    const relocations = isPie
      ? this.#items.reduce((sum, item) => sum + (item.image?.relocations.length ?? 0), 0)
      : 0;
    const layout = layOutSections({
      options: this.#options,
      importCount: imports.length,
      gotEntries: this.#gotEntries(functions.flat()),
      dynamicSymbolNames: [...imports, ...copies.map((one) => one.name)],
      neededLibraries: [],
      versionNames: this.#versionNames([...imports, ...copies.map((one) => one.name)]),
      relativeRelocations: relocations,
      otherRelocations: copies.length,
      text: { size: textSize, align: 1 },
      rodata: contributions.get('.rodata') ?? nothing,
      functionCount,
      unwindBytes: functions.flat().reduce((sum, fn) => sum + this.#unwindBytes(fn, estimates), 0),
      tdata: contributions.get('.tdata') ?? nothing,
      tbss: contributions.get('.tbss') ?? nothing,
      dataRelRo: contributions.get('.data.rel.ro') ?? nothing,
      data: contributions.get('.data') ?? nothing,
      bss: contributions.get('.bss') ?? nothing,
      constructorCount: functions
        .flat()
        .filter((fn) => fn.symbol.attributes.constructorPriority !== undefined).length,
      destructorCount: functions.flat().filter((fn) => fn.symbol.attributes.destructorPriority !== undefined)
        .length,
      custom: customSections(contributions, this.#items),
    });
    this.#placeFunctions(functions.flat(), estimates, layout);
    this.#placeItems(layout);
    this.#placeCopies(copies, layout);
    for (const { literal, first } of this.#shared) {
      const addr = this.#addresses.get(first);
      if (addr !== undefined) this.#addresses.set(literal, addr);
    }
    this.#resolveNames();
    const image = this.#buildImage(layout, imports, functions.flat());
    return {
      image,
      unitNames: this.#units.map((one) => one.name),
      codeMaps: this.#codeMaps,
      addressOf: (what) => this.#addresses.get(what),
      threadOffsetOf: (object) => this.#threadOffsets.get(object) ?? 0,
    };
  }

  /**
   * Gives every item its offset in its output section: the input sections of each file one after the other, behind the
   * start-up files' part, each at its own alignment.
   */
  #arrange(copies: readonly ObjectSymbol[]): ReadonlyMap<string, UserContribution> {
    const contributions = new Map<string, { size: number; align: number }>();
    for (const section of outputSections) {
      contributions.set(section, { size: startUpBytes(this.#options, section), align: 1 });
    }
    const bss = contributions.get('.bss');
    invariant(bss !== undefined, '.bss is an output section');
    if (copies.length > 0) {
      const end = copies.reduce((at, object) => copyPlace(object, at) + (sizeOf(object.type.type) ?? 0), 0);
      bss.size += end;
      bss.align = copies.reduce((most, object) => Math.max(most, copyAlign(object.name)), 1);
    }
    const groups = new Map<string, Item[]>();
    for (const item of this.#items) {
      const key = `${item.section}|${sectionRank(item)}|${item.unit}|${item.inputSection}`;
      const group = groups.get(key) ?? [];
      group.push(item);
      groups.set(key, group);
    }
    const sorted = [...groups.values()].sort((a, b) => compareGroups(a[0], b[0]));
    const pools = this.#units.map((unit) => constantPool(emittedFunctions(unit), this.#options));
    const pooled = new Set<ConstantPool>();
    for (const unsorted of sorted) {
      const pool = unsorted[0]?.inputSection === '.rodata' ? pools[unsorted[0].unit] : undefined;
      const isCommon = unsorted[0]?.inputSection === 'COMMON';
      const group = isCommon ? inTableOrder(unsorted, (item) => item.name) : unsorted;
      const [first] = group;
      if (first === undefined) continue;
      const section = contributions.get(first.section) ?? { size: 0, align: 1 };
      contributions.set(first.section, section);
      const align = group.reduce((most, item) => Math.max(most, item.align), pool?.align ?? 1);
      section.align = Math.max(section.align, align);
      section.size = roundUp(section.size, align);
      for (const item of group) {
        item.offset = roundUp(section.size, item.align);
        // gcc gives an object without a size a byte.
        section.size = item.offset + (isCommon ? item.size : Math.max(1, item.size));
      }
      if (pool === undefined) continue;
      section.size = pool.endFrom(section.size);
      pooled.add(pool);
    }
    const readOnly = contributions.get('.rodata');
    invariant(readOnly !== undefined, '.rodata is an output section');
    for (const pool of pools) {
      if (pooled.has(pool)) continue;
      readOnly.align = Math.max(readOnly.align, pool.align);
      readOnly.size = pool.endFrom(readOnly.size);
    }
    return contributions;
  }

  #collectItems(unit: LinkUnit, unitIndex: number): void {
    const placements = firstRows(unit.placements);
    for (const of of outputOrder(unit.unit, placements)) {
      const placement = placements.get(of);
      if (placement?.section === undefined || placement.storage === 'declared-only') continue;
      if (!('bytes' in of) && of.attributes.alias !== undefined) continue;
      const isLiteral = 'bytes' in of;
      const size =
        placement.symbolSize ?? placement.size ?? (isLiteral ? of.bytes.length : (sizeOf(of.type.type) ?? 0));
      let image: ObjectImage | undefined;
      if (isLiteral) {
        const bytes = literalBytes(of, placement);
        // gcc writes equal literals of a file once; they differ by the size of their elements, too.
        const key = `${unitIndex}|${of.elementSize}|${bytes.join()}`;
        const first = this.#literals.get(key);
        if (first !== undefined) {
          this.#shared.push({ literal: of, first });
          continue;
        }
        this.#literals.set(key, of);
        image = { bytes, relocations: [] };
      }
      if (!isLiteral && of.initializer !== undefined) image = imageOf(of, size);
      this.#items.push({
        of,
        name: placement.name,
        section: placement.section,
        inputSection: placement.objectSection ?? placement.section,
        unit: unitIndex,
        segment: placement.segment,
        size,
        align: Math.max(1, placement.emittedAlign),
        image,
        binding: placement.linkage === 'external' ? 'global' : 'local',
        offset: 0,
      });
    }
  }

  /** Functions of libc that the program calls, each once, in the order in which they are first called. */
  #imports(functions: readonly TypedFunction[]): string[] {
    const defined = new Set<string>();
    const names = new Set<string>();
    for (const { unit } of this.#units) {
      for (const symbol of unit.functionSymbols) {
        if (symbol.isDefined || symbol.attributes.alias !== undefined) defined.add(symbol.name);
      }
    }
    for (const fn of functions) {
      visitCalls(fn, (call, isUsed) => {
        const name = importOfCall(call, isUsed);
        if (name !== undefined && !defined.has(name)) names.add(name);
      });
    }
    if (this.#options.link !== 'pie' && !this.#options.pie) {
      // Code and read-only data are not relocated: the address of a function of libc is that of its entry in the PLT.
      for (const name of [...this.#functionsInConstants(), ...this.#functionsInCode(functions)]) {
        if (!defined.has(name) && !this.#isWeakName(name)) names.add(name);
      }
    }
    return inTableOrder([...names], versionedName);
  }

  #isWeakName(name: string): boolean {
    return this.#units.some(({ unit }) =>
      unit.functionSymbols.some((symbol) => symbol.name === name && symbol.attributes.isWeak === true),
    );
  }

  /** Versions of symbols besides those that the start-up code needs. */
  #versionNames(names: readonly string[]): string[] {
    if (this.#options.target !== 'x86_64') return names.length > 0 ? ['GLIBC_2.0'] : [];
    const base = new Set(this.#options.link === 'pie' ? ['GLIBC_2.34', 'GLIBC_2.2.5'] : ['GLIBC_2.34']);
    return [...new Set(names.map(symbolVersion))].filter((version) => !base.has(version));
  }

  /** Bytes of a function's description in .eh_frame: where rbp, the saved registers and the frame are, at each place. */
  #unwindBytes(fn: TypedFunction, estimates: ReadonlyMap<TypedFunction, CodeEstimate>): number {
    const estimate = estimates.get(fn);
    invariant(estimate !== undefined, 'every function was estimated');
    const { savedRegisters, size } = estimate;
    const advance = size < 64 + 5 ? 1 : size < 256 + 5 ? 2 : 3;
    const saved = savedRegisters === 0 ? 0 : 1 + 2 * savedRegisters;
    return roundUp(28 + advance + saved, 4);
  }

  /** Names of functions whose addresses are in read-only initial values. */
  #functionsInConstants(): Set<string> {
    const names = new Set<string>();
    for (const item of this.#items) {
      if (item.segment !== 'rodata') continue;
      for (const { base } of item.image?.relocations ?? []) {
        if ('kind' in base && base.kind === 'function' && base.attributes.isWeak !== true)
          names.add(base.name);
      }
    }
    return names;
  }

  /** Names of functions that this program does not define and whose addresses its code takes. */
  #functionsInCode(functions: readonly TypedFunction[]): Set<string> {
    const names = new Set<string>();
    for (const fn of functions) {
      const called = new Set<TypedExpression>();
      walkStatement(fn.body, {
        expression: (expression) => {
          if (expression.kind === 'call') {
            let { callee } = expression;
            while (callee.kind === 'convert' && callee.conversion === 'function-pointer')
              callee = callee.operand;
            called.add(callee);
          }
          // The address of a function that must be there is not null: the comparison is gone.
          if (expression.kind === 'compare') {
            for (const operand of [expression.left, expression.right])
              called.add(withoutConversions(operand));
          }
          if (expression.kind !== 'function') return;
          const { function: symbol } = expression;
          if (symbol.isDefined || symbol.linkage !== 'external' || symbol.attributes.alias !== undefined)
            return;
          if (!called.has(expression) || symbol.attributes.isWeak === true) names.add(symbol.name);
        },
      });
    }
    return names;
  }

  /** Entries of the GOT for addresses that position-independent code takes. */
  #gotEntries(functions: readonly TypedFunction[]): number {
    if (!this.#options.pie || this.#options.link !== 'pie') return 0;
    const defined = new Set(this.#units.flatMap(({ unit }) => unit.functions.map((fn) => fn.symbol.name)));
    return [...this.#functionsInCode(functions)].filter((name) => !defined.has(name)).length;
  }

  /** Objects of libc that the program's code names: the linker makes room for a copy in .bss. */
  #copies(): ObjectSymbol[] {
    const copies = new Map<string, ObjectSymbol>();
    for (const { placements } of this.#units) {
      for (const { of, section, storage } of placements) {
        if (storage !== 'declared-only' || section !== '.bss' || 'bytes' in of || of.kind !== 'object')
          continue;
        if (!copies.has(of.name) && !this.#isDefinedObject(of.name)) copies.set(of.name, of);
      }
    }
    return inTableOrder([...copies.values()], (object) => versionedName(object.name));
  }

  #isDefinedObject(name: string): boolean {
    return this.#units.some(({ unit }) =>
      unit.objects.some(
        (object) => object.name === name && object.isDefined !== false && object.linkage === 'external',
      ),
    );
  }

  #placeFunctions(
    functions: readonly TypedFunction[],
    estimates: ReadonlyMap<TypedFunction, CodeEstimate>,
    layout: SectionLayout,
  ): void {
    const text = layout.byName.get('.text');
    invariant(text !== undefined, 'a program has .text');
    let addr = text.addr + text.userOffset;
    for (const fn of functions) {
      const estimate = estimates.get(fn);
      invariant(estimate !== undefined, 'every function was estimated');
      const start = addr;
      this.#addresses.set(fn.symbol, start);
      this.#codeMaps.set(fn, {
        addr: start,
        size: estimate.size,
        returnAddress: (call) => start + (estimate.callEnds.get(call) ?? estimate.size - 1),
      });
      fn.labels.forEach((label, index) => {
        this.#addresses.set(
          label,
          start + Math.min(estimate.size - 1, estimate.labels.get(label) ?? 8 + index),
        );
      });
      addr += estimate.size;
    }
  }

  #placeItems(layout: SectionLayout): void {
    const tls = this.#threadBlock(layout);
    for (const item of this.#items) {
      const section = layout.byName.get(item.section);
      if (section === undefined) continue;
      const addr = section.addr + item.offset;
      this.#addresses.set(item.of, addr);
      if (!('bytes' in item.of) && (item.section === '.tdata' || item.section === '.tbss')) {
        const at = item.section === '.tbss' ? tls.bssStart + item.offset : item.offset;
        this.#threadOffsets.set(item.of, at - tls.size);
      }
    }
  }

  /** The thread-local block: .tdata, then .tbss; the thread pointer is at its end, rounded up to its alignment. */
  #threadBlock(layout: SectionLayout): {
    readonly size: number;
    readonly bssStart: number;
    readonly align: number;
  } {
    const data = layout.byName.get('.tdata');
    const bss = layout.byName.get('.tbss');
    const align = Math.max(data?.align ?? 1, bss?.align ?? 1);
    const bssStart = roundUp(data?.size ?? 0, bss?.align ?? 1);
    return { size: roundUp(bssStart + (bss?.size ?? 0), align), bssStart, align };
  }

  #placeCopies(copies: readonly ObjectSymbol[], layout: SectionLayout): void {
    const bss = layout.byName.get('.bss');
    invariant(bss !== undefined, 'a program has .bss');
    let addr = bss.addr;
    for (const object of copies) {
      addr = bss.addr + copyPlace(object, addr - bss.addr);
      this.#addresses.set(object, addr);
      addr += sizeOf(object.type.type) ?? 0;
    }
  }

  /** Gives declarations in one file the addresses of the definitions in another, and aliases those of their targets. */
  #resolveNames(): void {
    const functions = new Map<string, number>();
    const objects = new Map<string, number>();
    for (const [placed, addr] of this.#addresses) {
      if (!('linkage' in placed) || placed.linkage !== 'external') continue;
      (placed.kind === 'function' ? functions : objects).set(placed.name, addr);
    }
    for (const { unit } of this.#units) {
      const own = new Map(unit.functions.map((fn) => [fn.symbol.name, fn.symbol]));
      for (const symbol of unit.functionSymbols) {
        if (this.#addresses.has(symbol)) continue;
        const target = own.get(symbol.attributes.alias ?? symbol.name);
        const addr =
          (target === undefined ? undefined : this.#addresses.get(target)) ?? functions.get(symbol.name);
        if (addr !== undefined) this.#addresses.set(symbol, addr);
      }
      const ownObjects = new Map(unit.objects.map((object) => [object.name, object]));
      for (const object of unit.objects) {
        if (this.#addresses.has(object)) continue;
        const target = ownObjects.get(object.attributes.alias ?? '');
        const addr =
          (target === undefined ? undefined : this.#addresses.get(target)) ??
          objects.get(object.attributes.alias ?? object.name);
        if (addr !== undefined) this.#addresses.set(object, addr);
      }
    }
  }

  #buildImage(
    layout: SectionLayout,
    imports: readonly string[],
    functions: readonly TypedFunction[],
  ): ProgramImage {
    const relativeRelocations: number[] = [];
    const symbolRelocations: { addr: number; name: string; addend: number }[] = [];
    const contents = new Map<string, Uint8Array>();
    const word = this.#options.target === 'x86_64' ? 8 : 4;
    for (const item of this.#items) {
      const section = layout.byName.get(item.section);
      if (section === undefined || section.isNoBits || item.image === undefined) continue;
      let bytes = contents.get(section.name);
      if (bytes === undefined) {
        bytes = new Uint8Array(section.size);
        contents.set(section.name, bytes);
      }
      const start = item.offset;
      bytes.set(item.image.bytes.subarray(0, Math.max(0, section.size - start)), start);
      for (const relocation of item.image.relocations) {
        const target = this.#addresses.get(relocation.base);
        const at = start + relocation.offset;
        if (target === undefined) {
          if ('name' in relocation.base) {
            symbolRelocations.push({
              addr: section.addr + at,
              name: relocation.base.name,
              addend: relocation.addend,
            });
          }
          continue;
        }
        writeInteger(bytes, at, word, BigInt(target + relocation.addend));
        if (this.#options.link === 'pie') relativeRelocations.push(section.addr + at);
      }
    }
    const base = layout.sections[0]?.addr ?? 0;
    const start = roundDown(base, PAGE_SIZE);
    const fileOffset = (addr: number): number =>
      addr >= layout.relroStart ? addr - start - this.#fileGap(layout) : addr - start;
    const segment = (
      from: number,
      to: number,
      memoryEnd: number,
      protection: LoadSegment['protection'],
    ): LoadSegment => {
      const bytes = new Uint8Array(to - from);
      for (const section of layout.sections) {
        const content = contents.get(section.name);
        if (content === undefined || section.addr < from || section.addr >= to) continue;
        bytes.set(content.subarray(0, to - section.addr), section.addr - from);
      }
      return { vaddr: from, fileOffset: fileOffset(from), bytes, memSize: memoryEnd - from, protection };
    };
    const tls = this.#threadBlock(layout);
    const threadBytes = contents.get('.tdata') ?? new Uint8Array(layout.byName.get('.tdata')?.size ?? 0);
    const segments = [
      segment(start, layout.headersEnd, layout.headersEnd, 'r--'),
      segment(layout.codeStart, layout.codeEnd, layout.codeEnd, 'r-x'),
      segment(layout.readOnlyStart, layout.readOnlyEnd, layout.readOnlyEnd, 'r--'),
      segment(layout.relroStart, layout.dataFileEnd, layout.bssEnd, 'rw-'),
    ];
    const sections: ImageSection[] = layout.sections.map((section) => ({
      name: section.name,
      addr: section.addr,
      size: section.size,
      fileOffset: fileOffset(section.addr),
      inFile: !section.isNoBits,
      align: section.align,
    }));
    const last = segments.at(-1);
    return {
      target: this.#options.target,
      link: this.#options.link,
      segments,
      relro: { start: layout.relroStart, end: layout.relroEnd },
      tls: tls.size === 0 ? undefined : { bytes: threadBytes, memSize: tls.size, align: tls.align },
      sections,
      symbols: this.#symbols(functions),
      relativeRelocations,
      symbolRelocations,
      copyRelocations: this.#copies().map((object) => ({
        name: object.name,
        addr: this.#addresses.get(object) ?? 0,
        size: sizeOf(object.type.type) ?? 0,
      })),
      imports,
      neededLibraries: [],
      programHeaders: layout.programHeaders,
      entry: layout.byName.get('.text')?.addr ?? 0,
      fileSize: last === undefined ? 0 : last.fileOffset + last.bytes.length,
    };
  }

  /** ld leaves out of the file what it skips in memory before the data: whole pages but one. */
  #fileGap(layout: SectionLayout): number {
    const gap = roundDown(layout.relroStart, PAGE_SIZE) - roundDown(layout.readOnlyEnd, PAGE_SIZE);
    return layout.relroStart % PAGE_SIZE >= layout.readOnlyEnd % PAGE_SIZE ? gap : gap - PAGE_SIZE;
  }

  #symbols(functions: readonly TypedFunction[]): ImageSymbol[] {
    const symbols: ImageSymbol[] = [];
    for (const fn of functions) {
      const code = this.#codeMaps.get(fn);
      if (code === undefined) continue;
      const { symbol } = fn;
      symbols.push({
        name: symbol.name,
        addr: code.addr,
        size: code.size,
        section: '.text',
        kind: 'function',
        binding:
          symbol.linkage !== 'external' ? 'local' : symbol.attributes.isWeak === true ? 'weak' : 'global',
      });
    }
    for (const item of this.#items) {
      if ('bytes' in item.of) continue;
      symbols.push({
        name: item.name,
        addr: this.#addresses.get(item.of) ?? 0,
        size: item.size,
        section: item.section,
        kind: item.section === '.tdata' || item.section === '.tbss' ? 'tls' : 'object',
        binding: item.binding,
      });
    }
    return symbols;
  }
}

function withoutConversions(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert' && inner.conversion !== 'load') inner = inner.operand;
  return inner;
}

/** The row of each thing; rows of `extern` declarations in blocks follow that of the object itself. */
function firstRows(placements: readonly Placement[]): ReadonlyMap<Placement['of'], Placement> {
  const rows = new Map<Placement['of'], Placement>();
  for (const placement of placements) if (!rows.has(placement.of)) rows.set(placement.of, placement);
  return rows;
}

/** Sections that every program has; their start-up part counts. */
const outputSections = ['.data', '.bss', '.rodata'] as const;

/** ld gathers the local part of .data.rel.ro first, and common objects last. */
function sectionRank(item: Item): number {
  if (item.section === '.data.rel.ro') return item.inputSection.startsWith('.data.rel.ro.local') ? 0 : 1;
  return item.inputSection === 'COMMON' ? 1 : 0;
}

/** By rank, then by file; inside a file .data and .bss first, the others as they were first used. */
function compareGroups(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.section !== b.section) return a.section < b.section ? -1 : 1;
  const rank = sectionRank(a) - sectionRank(b);
  if (rank !== 0 || a.unit !== b.unit) return rank !== 0 ? rank : a.unit - b.unit;
  const isPlain = (item: Item): number =>
    item.inputSection === '.data' || item.inputSection === '.bss' ? 0 : 1;
  return isPlain(a) - isPlain(b);
}

/** Alignment of an object of libc in libc, up to that of its section: the copy gets the same. */
function copyAlign(name: string): number {
  switch (name) {
    case 'stdin':
      return 16;
    case 'stdout':
      return 8;
    default:
      return 32;
  }
}

function copyPlace(object: ObjectSymbol, at: number): number {
  return roundUp(at, copyAlign(object.name));
}

/** Output sections of the program's own. */
function customSections(
  contributions: ReadonlyMap<string, UserContribution>,
  items: readonly Item[],
): { name: string; kind: 'data' | 'rodata' | 'bss' | 'text'; use: UserContribution }[] {
  const known = new Set(['.data', '.bss', '.rodata', '.tdata', '.tbss', '.data.rel.ro']);
  const custom: { name: string; kind: 'data' | 'rodata' | 'bss' | 'text'; use: UserContribution }[] = [];
  for (const [name, use] of contributions) {
    if (known.has(name)) continue;
    const segment = items.find((item) => item.section === name)?.segment;
    custom.push({ name, kind: segment === 'rodata' ? 'rodata' : segment === 'bss' ? 'bss' : 'data', use });
  }
  return custom;
}

/** A literal as gcc emits it: the format of a printf that became a puts has lost its newline. */
function literalBytes(literal: StringLiteral, placement: Placement): Uint8Array {
  return placement.literal?.kind === 'rewritten' ? placement.literal.bytes : literal.bytes;
}

/** The functions that get code: `static inline` ones only when something uses them. */
function emittedFunctions(one: LinkUnit): readonly TypedFunction[] {
  const rows = firstRows(one.placements);
  return one.unit.functions.filter((fn) => rows.get(fn.symbol)?.section !== undefined);
}
