/**
 * The linker: arranges the sections of the object files as the default script of ld does and gives everything its address.
 *
 * Source: GNU ld 2.40, default script of elf_x86_64 and elf_i386; ldlang.c and ldelf.c (orphan sections); bfd/elflink.c
 * (dynamic symbols, copies, PLT), behaviour.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import { roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { CompileOptions, Placement } from '../sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol, TypedFunction, TypedUnit } from '../sema/typed-tree.ts';
import { sizeOf } from '../sema/type-relations.ts';
import { libcObjects } from '../target/libc-objects.ts';
import { unwindBytes } from './call-frame-information.ts';
import { estimateCode } from './code-size.ts';
import type { CodeEstimate, CodeMap, CodeOptions } from './code-size.ts';
import { dynamicNeeds } from './dynamic-symbols.ts';
import type { DynamicNeeds } from './dynamic-symbols.ts';
import { frameSteps } from './file-frames.ts';
import type { FrameLayout } from './frame.ts';
import { ImageBuilder } from './image-builder.ts';
import { linkerSymbolAddress } from './linker-symbols.ts';
import { objectFileSteps } from './object-file.ts';
import type { IncludedFile } from './output-order.ts';
import type { ObjectFile, ObjectItem, ObjectSection, Placed } from './object-file.ts';
import type { ProgramImage } from './program-image.ts';
import { layOutSections, startUpBytes, threadBlock } from './sections.ts';
import type { CustomSection, SectionLayout, UserContribution } from './sections.ts';
import { inTableOrder } from './symbol-hash.ts';

/** One file of the program. */
export interface LinkUnit {
  /** For the names of static functions: the file without its folder. */
  readonly name: string;
  readonly unit: TypedUnit;
  readonly placements: readonly Placement[];
  /** The same by what they are of, where somebody has it already. */
  readonly placementOf?: ReadonlyMap<Placement['of'], Placement>;
  /** The files that its text includes, in order; definitions in them have their place. */
  readonly inclusions?: readonly IncludedFile[];
}

/** A program with its addresses. */
export interface LinkedProgram {
  readonly image: ProgramImage;
  readonly unitNames: readonly string[];
  /** One for each file. */
  readonly objectFiles: readonly ObjectFile[];
  readonly dynamic: DynamicNeeds;
  /** The code of every function of the program. */
  readonly codeMaps: ReadonlyMap<TypedFunction, CodeMap>;
  /** Link-time address; undefined for what is not in the program. */
  addressOf(what: Placed): number | undefined;
  /** Bytes from the thread pointer (negative on x86). */
  threadOffsetOf(object: ObjectSymbol): number;
  /** Name of the symbol; static objects of functions and nested functions have a number, `n.0`. */
  symbolOf(of: ObjectSymbol | FunctionSymbol): string | undefined;
  /** Address of the program's own copy of a thunk of i386. */
  thunkAddress(name: string): number | undefined;
  /** Bytes of a function's description in .eh_frame. */
  unwindBytesOf(fn: TypedFunction): number;
}

/** Says how long the code of a function is. */
export type CodeEstimator = (fn: TypedFunction, frame: FrameLayout, options: CodeOptions) => CodeEstimate;

/** Links the files of a program; `estimate` stands for the compiler, whose code is not there. */
export function linkProgram(
  units: readonly LinkUnit[],
  options: CompileOptions,
  estimate: CodeEstimator = estimateCode,
): LinkedProgram {
  return finish(linkSteps(units, options, estimate));
}

/** The same, with a pause after each function whose code is laid out, and between the steps of the linker. */
export function linkSteps(
  units: readonly LinkUnit[],
  options: CompileOptions,
  estimate: CodeEstimator = estimateCode,
): Steps<LinkedProgram> {
  return new Linker(units, options, estimate).link();
}

const nothing: UserContribution = { size: 0, align: 1 };

/** What of an output section is known before the addresses are. */
interface OutputSection {
  size: number;
  align: number;
  readonly inputs: ObjectSection[];
}

class Linker {
  readonly #units: readonly LinkUnit[];
  readonly #options: CompileOptions;
  readonly #estimate: CodeEstimator;
  readonly #addresses = new Map<Placed, number>();
  readonly #threadOffsets = new Map<ObjectSymbol, number>();
  readonly #codeMaps = new Map<TypedFunction, CodeMap>();
  readonly #estimates = new Map<TypedFunction, CodeEstimate>();
  readonly #frames = new Map<TypedFunction, FrameLayout>();
  readonly #outputs = new Map<string, OutputSection>();
  /** Offset of each input section in its output section. */
  readonly #bases = new Map<ObjectSection, number>();
  readonly #thunks = new Map<string, number>();
  /** Offset of what the start-up files have in an output section. */
  readonly #startUpAt = new Map<string, number>();

  constructor(units: readonly LinkUnit[], options: CompileOptions, estimate: CodeEstimator) {
    this.#units = units;
    this.#options = options;
    this.#estimate = estimate;
  }

  *link(): Steps<LinkedProgram> {
    const rows = this.#units.map((one) => one.placementOf ?? firstRows(one.placements));
    const guarded = new Set<TypedFunction>();
    for (const [index, { unit }] of this.#units.entries()) {
      const own = unit.functions.filter((fn) => rows[index]?.get(fn.symbol)?.section !== undefined);
      for (const [fn, frame] of yield* frameSteps(own, this.#options)) {
        this.#estimates.set(
          fn,
          this.#estimate(fn, frame, { isPic: this.#options.pie, target: this.#options.target }),
        );
        this.#frames.set(fn, frame);
        if (frame.guard !== undefined) guarded.add(fn);
        yield;
      }
    }
    const objectFiles: ObjectFile[] = [];
    for (const [index, { unit, inclusions = [] }] of this.#units.entries()) {
      objectFiles.push(
        yield* objectFileSteps({
          unit,
          inclusions,
          index,
          placements: rows[index] ?? new Map<Placement['of'], Placement>(),
          options: this.#options,
          codeSizeOf: (fn) => this.#estimateOf(fn).size,
        }),
      );
      yield;
    }
    const dynamic = dynamicNeeds(this.#units, objectFiles, guarded, this.#options);
    yield;
    this.#arrange(objectFiles, dynamic);
    const layout = this.#layOut(objectFiles, dynamic);
    this.#placeItems(layout);
    this.#placeCopies(dynamic.copies, layout);
    for (const { sharedLiterals } of objectFiles) {
      for (const [literal, first] of sharedLiterals) {
        const addr = this.#addresses.get(first);
        if (addr !== undefined) this.#addresses.set(literal, addr);
      }
    }
    this.#resolveNames(layout);
    yield;
    const builder = new ImageBuilder({
      options: this.#options,
      layout,
      dynamic,
      inputs: [...this.#outputs].flatMap(([output, { inputs }]) =>
        inputs.map((section) => ({ output, section, base: this.#baseOf(section) })),
      ),
      addressOf: (what) => this.#addresses.get(what),
      isStackExecutable: objectFiles.some((file) => file.hasTrampolines),
    });
    const names = new Map<ObjectItem['of'] | FunctionSymbol, string>(
      objectFiles.flatMap((file) => [
        ...file.objects.map(({ of, name }) => [of, name] as const),
        ...file.nestedNames,
      ]),
    );
    let image: ProgramImage | undefined;
    return {
      get image() {
        return (image ??= builder.build());
      },
      unitNames: this.#units.map((one) => one.name),
      objectFiles,
      dynamic,
      codeMaps: this.#codeMaps,
      addressOf: (what) => this.#addresses.get(what),
      threadOffsetOf: (object) => this.#threadOffsets.get(object) ?? 0,
      symbolOf: (of) => names.get(of),
      thunkAddress: (name) => this.#thunks.get(name) ?? startUpThunk(name, layout.entry),
      unwindBytesOf: (fn) => this.#unwindBytes(fn),
    };
  }

  #estimateOf(fn: TypedFunction): CodeEstimate {
    const estimate = this.#estimates.get(fn);
    invariant(estimate !== undefined, 'every function was estimated');
    return estimate;
  }

  #baseOf(section: ObjectSection): number {
    const base = this.#bases.get(section);
    invariant(base !== undefined, 'every section was arranged');
    return base;
  }

  #output(name: string): OutputSection {
    let output = this.#outputs.get(name);
    if (output === undefined) {
      output = { size: 0, align: 1, inputs: [] };
      this.#outputs.set(name, output);
    }
    return output;
  }

  /** Puts the input sections into the output sections, behind what the start-up files have there. */
  #arrange(files: readonly ObjectFile[], dynamic: DynamicNeeds): void {
    for (const name of ['.text', '.data', '.bss', '.rodata', '.init_array', '.fini_array'])
      this.#output(name);
    const bss = this.#output('.bss');
    for (const object of dynamic.copies) {
      const { size, align } = this.#copyOf(object);
      bss.align = Math.max(bss.align, align);
      bss.size = roundUp(bss.size, align) + size;
    }
    const sections = files
      .flatMap((file) => file.sections)
      .filter((one) => one.items.length > 0 && !isInStartUpFiles(one.name));
    const ranked = sections.map((section, index) => ({ section, index, rank: rankOf(section) }));
    ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
    const started = new Set<string>();
    for (const { section, rank } of ranked) {
      const output = this.#output(section.output);
      if (rank >= START_UP_RANK && !started.has(section.output)) {
        started.add(section.output);
        this.#addStartUp(section.output);
      }
      output.inputs.push(section);
      if (section.name === 'COMMON') this.#arrangeCommon(output, sections);
      else {
        output.align = Math.max(output.align, section.align);
        const base = roundUp(output.size, section.align);
        this.#bases.set(section, base);
        output.size = base + section.size;
      }
    }
    for (const name of this.#outputs.keys()) if (!started.has(name)) this.#addStartUp(name);
    const text = this.#output('.text');
    for (const { codeBytes } of dynamic.members) text.size = roundUp(text.size, 16) + codeBytes;
  }

  #addStartUp(name: string): void {
    const output = this.#output(name);
    const { size, align } = startUpBytes(this.#options, name);
    this.#startUpAt.set(name, roundUp(output.size, align));
    output.size = roundUp(output.size, align) + size;
    output.align = Math.max(output.align, align);
  }

  /** Common objects of all files come as ld's table has them. */
  #arrangeCommon(output: OutputSection, sections: readonly ObjectSection[]): void {
    const all = sections.filter((section) => section.name === 'COMMON');
    if (all.some((section) => this.#bases.has(section))) return;
    for (const section of all) this.#bases.set(section, 0);
    const items = inTableOrder(
      all.flatMap((section) => section.items),
      (item) => item.name,
    );
    const align = items.reduce((most, item) => Math.max(most, item.align), 1);
    output.align = Math.max(output.align, align);
    output.size = roundUp(output.size, align);
    for (const item of items) {
      item.offset = roundUp(output.size, item.align);
      output.size = item.offset + item.size;
    }
  }

  #layOut(files: readonly ObjectFile[], dynamic: DynamicNeeds): SectionLayout {
    const functions = files.flatMap((file) => file.functions);
    const thunks = new Set(files.flatMap((file) => file.sections.map(({ name }) => name)).filter(isOwnThunk))
      .size;
    const use = (name: string): UserContribution => this.#outputs.get(name) ?? nothing;
    return layOutSections({
      options: this.#options,
      importCount: dynamic.imports.length + dynamic.resolved.length,
      gotCallCount: dynamic.callsThroughGot.length,
      gotEntries: dynamic.gotEntries.length,
      dynamicSymbolNames: dynamic.symbols,
      hashedCount: dynamic.hashedCount,
      neededLibraries: dynamic.libraries,
      versionNames: dynamic.versions,
      dynamicRelocations: dynamic.relocations.reduce((sum, one) => sum + one.count, 0),
      text: use('.text'),
      rodata: use('.rodata'),
      entryOffset: this.#startUpAt.get('.text') ?? 0,
      functionCount: functions.length + dynamic.members.length + thunks,
      unwindBytes:
        functions.reduce((sum, fn) => sum + this.#unwindBytes(fn), 0) +
        dynamic.members.reduce((sum, member) => sum + member.unwindBytes, 0) +
        THUNK_UNWIND_BYTES * thunks,
      tdata: use('.tdata'),
      tbss: use('.tbss'),
      dataRelRo: use('.data.rel.ro'),
      data: use('.data'),
      bss: use('.bss'),
      initArray: use('.init_array'),
      finiArray: use('.fini_array'),
      custom: this.#customSections(),
    });
  }

  /** Output sections of the program's own, in the order in which ld comes by them. */
  #customSections(): CustomSection[] {
    return [...this.#outputs].flatMap(([name, { inputs, size, align }]) => {
      const [first] = inputs;
      if (scriptSections.has(name) || first === undefined) return [];
      return [{ name, kind: first.kind, use: { size, align } }];
    });
  }

  #unwindBytes(fn: TypedFunction): number {
    const { size, returns } = this.#estimateOf(fn);
    const frame = this.#frames.get(fn);
    invariant(frame !== undefined, 'every function has a frame');
    return unwindBytes({ target: this.#options.target, frame, size, returns });
  }

  #placeItems(layout: SectionLayout): void {
    const tls = threadBlock(layout);
    for (const [name, { inputs }] of this.#outputs) {
      const placed = layout.byName.get(name);
      if (placed === undefined) continue;
      for (const section of inputs) {
        const base = this.#baseOf(section);
        for (const item of section.items) {
          const addr = placed.addr + base + item.offset;
          this.#placeItem(item, addr);
          if ('kind' in item.of && item.of.kind === 'object' && (name === '.tdata' || name === '.tbss')) {
            const at = (name === '.tbss' ? tls.bssStart : 0) + base + item.offset;
            this.#threadOffsets.set(item.of, at - tls.size);
          }
        }
      }
    }
  }

  #placeItem(item: ObjectItem, addr: number): void {
    const { of } = item;
    if ('kind' in of && of.kind === 'thunk') this.#thunks.set(item.name, addr);
    if ('symbol' in of) this.#placeFunction(of, addr);
    else if (!('kind' in of) || (of.kind !== 'array-entry' && of.kind !== 'thunk'))
      this.#addresses.set(of, addr);
  }

  #placeFunction(fn: TypedFunction, start: number): void {
    const estimate = this.#estimateOf(fn);
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
  }

  #placeCopies(copies: readonly ObjectSymbol[], layout: SectionLayout): void {
    const bss = layout.byName.get('.bss');
    invariant(bss !== undefined, 'a program has .bss');
    let offset = 0;
    for (const object of copies) {
      const { size, align } = this.#copyOf(object);
      offset = roundUp(offset, align);
      this.#addresses.set(object, bss.addr + offset);
      offset += size;
    }
  }

  /** Room for an object of libc: its size there, and as much alignment as its place there has. */
  #copyOf(object: ObjectSymbol): UserContribution {
    const known = libcObjects.get(object.name);
    const { target } = this.#options;
    return { size: known?.size[target] ?? sizeOf(object.type.type) ?? 0, align: known?.align[target] ?? 32 };
  }

  /** Gives declarations in one file the addresses of the definitions in another, and aliases those of their targets. */
  #resolveNames(layout: SectionLayout): void {
    const functions = new Map<string, number>();
    const objects = new Map<string, number>();
    for (const [placed, addr] of this.#addresses) {
      if (!('linkage' in placed) || placed.linkage !== 'external') continue;
      (placed.kind === 'function' ? functions : objects).set(placed.name, addr);
    }
    for (const { unit } of this.#units) {
      const own = new Map(
        unit.functions.flatMap(({ symbol }) =>
          symbol.enclosing === undefined ? [[symbol.name, symbol] as const] : [],
        ),
      );
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
          objects.get(object.attributes.alias ?? object.name) ??
          linkerSymbolAddress(object.name, layout);
        if (addr !== undefined) this.#addresses.set(object, addr);
      }
    }
  }
}

/** Where the start-up files have theirs. */
function startUpThunk(name: string, entry: number): number | undefined {
  if (name.endsWith('.bx')) return entry + 0x30;
  return name.endsWith('.dx') ? entry + 0x129 : undefined;
}

/** What a thunk's description takes in .eh_frame. */
export const THUNK_UNWIND_BYTES = 20;

/** The start-up files have these thunks themselves; ld keeps the first of each name. */
function isInStartUpFiles(name: string): boolean {
  return name === '.text.__x86.get_pc_thunk.bx' || name === '.text.__x86.get_pc_thunk.dx';
}

function isOwnThunk(name: string): boolean {
  return name.startsWith('.text.__x86.get_pc_thunk.') && !isInStartUpFiles(name);
}

/** The row of each thing; rows of `extern` declarations in blocks follow that of the object itself. */
function firstRows(placements: readonly Placement[]): ReadonlyMap<Placement['of'], Placement> {
  const rows = new Map<Placement['of'], Placement>();
  for (const placement of placements) if (!rows.has(placement.of)) rows.set(placement.of, placement);
  return rows;
}

/** Output sections that have a place of their own in the layout. */
const scriptSections: ReadonlySet<string> = new Set([
  '.text',
  '.data',
  '.bss',
  '.rodata',
  '.tdata',
  '.tbss',
  '.data.rel.ro',
  '.init_array',
  '.fini_array',
]);

/** From this rank on the sections of the start-up files come first. */
const START_UP_RANK = 5;

/** Names whose sections ld gathers before all others of .text. */
const gatheredCode = ['.text.unlikely', '.text.exit', '.text.startup', '.text.hot', '.text.sorted'];

/** Where the script names a section inside of its output section. */
function rankOf({ name, output }: ObjectSection): number {
  const begins = (family: string): boolean => name === family || name.startsWith(`${family}.`);
  switch (output) {
    case '.text': {
      const gathered = gatheredCode.findIndex(begins);
      return gathered >= 0 ? gathered : START_UP_RANK;
    }
    case '.data.rel.ro':
      return name.startsWith('.data.rel.ro.local') ? 0 : START_UP_RANK;
    case '.bss':
      return name === 'COMMON' ? START_UP_RANK + 1 : START_UP_RANK;
    case '.init_array':
    case '.fini_array':
      // By priority, then those without one, where the start-up files' own are the first.
      return name === output ? START_UP_RANK : Number(name.slice(output.length + 1)) / 65536;
    default:
      return START_UP_RANK;
  }
}
