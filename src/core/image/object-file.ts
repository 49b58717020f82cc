/**
 * The object file that gcc -O0 and the assembler make of a file: its sections, and what lies where in them.
 *
 * Definitions come in source order, each preceded by the literals that it uses. Static objects of .bss go through
 * `.local` and `.comm`, which the assembler places behind all others of the section. Static objects of functions come last,
 * function by function as these are analysed, in the order in which the code refers to them first. Numbers that the code
 * needs close the file.
 *
 * Source: gcc/cgraphunit.cc (output_in_order, analyze_functions), gcc/varasm.cc, behaviour; measured with gcc 12.2.
 */
import { byteText } from '../../base/byte-text.ts';
import type { Steps } from '../../base/steps.ts';
import { framesOfFile } from './file-frames.ts';
import { tableRegisters } from './code/i386-registers.ts';
import { roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { liveReferences } from '../sema/live-code.ts';
import type { CompileOptions, Placement, Segment } from '../sema/placement.ts';
import { sizeOf } from '../sema/type-relations.ts';
import type {
  FunctionSymbol,
  LabelSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
  TypedUnit,
} from '../sema/typed-tree.ts';
import { dataModelOf } from '../target/data-model.ts';
import { clearingConstant, codeConstants } from './code-constants.ts';
import type { CodeConstant } from './code-constants.ts';
import { imageOf } from './constant-bytes.ts';
import type { ObjectImage } from './constant-bytes.ts';
import { analysisOrder, definitionOrder, outermostOf, staticLocalOrder } from './output-order.ts';
import type { IncludedFile } from './output-order.ts';

/** A function among those that run before or after main: an address in `.init_array` or `.fini_array`. */
export interface ArrayEntry {
  readonly kind: 'array-entry';
  readonly of: FunctionSymbol;
}

/** Code of the compiler's own that i386 calls to learn where it is: `__x86.get_pc_thunk.ax`. */
export interface PcThunk {
  readonly kind: 'thunk';
}

/** What lies in sections. */
export type Content = ObjectSymbol | StringLiteral | CodeConstant | TypedFunction | ArrayEntry | PcThunk;

/** Something at its place in a section of the object file. */
export interface ObjectItem {
  readonly of: Content;
  /** Its symbol; a constant's is local to the assembler. */
  readonly name: string;
  readonly size: number;
  readonly align: number;
  readonly image: ObjectImage | undefined;
  readonly binding: 'local' | 'global' | 'weak';
  /** Bytes from the start of the section. */
  offset: number;
}

export type SectionKind = 'text' | 'rodata' | 'data' | 'bss' | 'tdata' | 'tbss';

/** A section of an object file. */
export interface ObjectSection {
  readonly name: string;
  /** The section of the linked program that it goes to. */
  readonly output: string;
  readonly kind: SectionKind;
  readonly unit: number;
  readonly items: ObjectItem[];
  align: number;
  size: number;
}

/** Who refers to a constant: code at a line, or an object at an offset. */
export type ConstantUse =
  | { readonly kind: 'code'; readonly fn: TypedFunction; readonly span: CodeConstant['span'] }
  | { readonly kind: 'object'; readonly object: ObjectSymbol; readonly offset: number };

/** A constant with a label. */
export interface LabelledConstant {
  /** As the assembler text has it, `.LC0`. */
  readonly label: string;
  readonly item: ObjectItem | undefined;
  readonly section: ObjectSection | undefined;
  readonly uses: readonly ConstantUse[];
}

/** An object file. */
export interface ObjectFile {
  /** In the order of the section table. */
  readonly sections: readonly ObjectSection[];
  /** Functions with code, in order. */
  readonly functions: readonly TypedFunction[];
  /** Literals that have the place of an equal one. */
  readonly sharedLiterals: ReadonlyMap<StringLiteral, StringLiteral>;
  /** By what they are; jump tables have labels that code shares, and are not among them. */
  readonly constants: ReadonlyMap<StringLiteral | CodeConstant, LabelledConstant>;
  /** In the order in which gcc writes them. */
  readonly objects: readonly ObjectItem[];
  /** Names of nested functions' symbols, `f.0`. */
  readonly nestedNames: ReadonlyMap<FunctionSymbol, string>;
  /** Code makes trampolines on the stack: gcc asks for a stack that can be executed. */
  readonly hasTrampolines: boolean;
  /** In order of the file. */
  readonly jumpTables: readonly { readonly constant: CodeConstant; readonly section: ObjectSection }[];
}

/** What a unit is made of. */
export interface ObjectInputs {
  readonly unit: TypedUnit;
  readonly index: number;
  readonly placements: ReadonlyMap<Placement['of'], Placement>;
  readonly options: CompileOptions;
  readonly codeSizeOf: (fn: TypedFunction) => number;
  /** In the order of the text. */
  readonly inclusions: readonly IncludedFile[];
}

/** Makes the object file of a unit, with a pause after each definition. */
export function objectFileSteps(inputs: ObjectInputs): Steps<ObjectFile> {
  return new Assembler(inputs).assemble();
}

const kindOfSegment: Readonly<Record<Segment, SectionKind>> = {
  text: 'text',
  rodata: 'rodata',
  data: 'data',
  bss: 'bss',
  tls: 'tdata',
  stack: 'data',
  register: 'data',
  heap: 'data',
  mmap: 'data',
  none: 'data',
};

/**
 * The static objects of functions and the nested functions by the numbers in their symbols' names: for each function of file
 * scope the constants that gcc made out of automatic objects, as they are declared, and the functions inside it, as they
 * are named; then the other objects from the last one back.
 *
 * Source: gcc/langhooks.cc: lhd_set_decl_assembler_name; gcc/gimplify.cc: gimplify_init_constructor (behaviour).
 *
 * @param written - the objects in the order in which they are written, those of a function together
 * @param nested - the functions in the order in which gcc comes by them
 */
function numberOfLocals(
  written: readonly ObjectSymbol[],
  nested: readonly FunctionSymbol[],
): readonly (ObjectSymbol | FunctionSymbol)[] {
  const owners = new Map<
    FunctionSymbol | undefined,
    { constants: ObjectSymbol[]; nested: FunctionSymbol[] }
  >();
  const group = (
    owner: FunctionSymbol | undefined,
  ): { constants: ObjectSymbol[]; nested: FunctionSymbol[] } => {
    const outermost = owner === undefined ? undefined : outermostOf(owner);
    const known = owners.get(outermost);
    if (known !== undefined) return known;
    const made = { constants: [], nested: [] };
    owners.set(outermost, made);
    return made;
  };
  const statics: ObjectSymbol[] = [];
  for (const local of written) {
    if (local.isConstantLocal !== true) statics.push(local);
    else group(local.owner).constants.push(local);
  }
  for (const symbol of nested) group(symbol).nested.push(symbol);
  const numbered = [...owners.values()].flatMap((own) => [
    ...own.constants.sort((a, b) => a.id - b.id),
    ...own.nested,
  ]);
  return [...numbered, ...statics.reverse()];
}

class Assembler {
  readonly #inputs: ObjectInputs;
  readonly #sections = new Map<string, ObjectSection>();
  readonly #functions: TypedFunction[] = [];
  readonly #objects: ObjectItem[] = [];
  readonly #names = new Map<ObjectSymbol | FunctionSymbol, string>();
  readonly #literals = new Map<string, StringLiteral>();
  readonly #sharedLiterals = new Map<StringLiteral, StringLiteral>();
  readonly #numbers = new Map<string, { readonly constant: CodeConstant; isEmitted: boolean }>();
  readonly #constants = new Map<
    StringLiteral | CodeConstant,
    { label: string; item: ObjectItem | undefined; section: ObjectSection | undefined; uses: ConstantUse[] }
  >();
  readonly #jumpTables: { readonly constant: CodeConstant; readonly section: ObjectSection }[] = [];
  readonly #imageLabels = new Map<CodeConstant, string>();
  #labels = 0;

  constructor(inputs: ObjectInputs) {
    this.#inputs = inputs;
  }

  *assemble(): Steps<ObjectFile> {
    const { unit, placements } = this.#inputs;
    for (const name of ['.text', '.data', '.bss'] as const)
      this.#section(name, name, kindOfSegment[name.slice(1) as 'text' | 'data' | 'bss']);
    const isDeferred = (object: ObjectSymbol): boolean =>
      object.linkage !== 'external' && placements.get(object)?.objectSection === '.bss';
    const deferred: ObjectSymbol[] = [];
    const write = (object: ObjectSymbol): void => {
      if (isDeferred(object)) deferred.push(object);
      else this.#object(object);
    };
    const locals = staticLocalOrder(unit, placements, this.#inputs.options).filter((local) =>
      this.#isWritten(local),
    );
    numberOfLocals(locals, this.#nestedFunctions()).forEach((local, number) => {
      this.#names.set(local, `${local.name}.${String(number)}`);
    });
    unit.literalObjects.forEach((literal, index) => {
      this.#names.set(literal, `__compound_literal.${String(index)}`);
    });
    yield;
    this.#labelImages();
    for (const definition of definitionOrder(unit, this.#inputs.inclusions)) {
      if ('symbol' in definition) this.#function(definition);
      else if (this.#isWritten(definition)) write(definition);
      yield;
    }
    for (const local of locals) write(local);
    for (const object of deferred) this.#object(object);
    // With optimisation code takes literals from objects that vanish.
    if (this.#inputs.options.optimize > 0)
      for (const literal of unit.strings)
        if (placements.get(literal)?.literal?.kind === 'pooled')
          this.#literal(literal, literal.bytes, undefined);
    this.#writeNumbers();
    this.#writeThunks();
    return {
      sections: [...this.#sections.values()],
      functions: this.#functions,
      objects: this.#objects,
      sharedLiterals: this.#sharedLiterals,
      constants: this.#constants,
      nestedNames: new Map(
        [...this.#names].flatMap(([of, name]) => (of.kind === 'function' ? [[of, name] as const] : [])),
      ),
      hasTrampolines: this.#functions.some((fn) => (fn.nesting?.frame?.trampolines.length ?? 0) > 0),
      jumpTables: this.#jumpTables,
    };
  }

  #nestedFunctions(): readonly FunctionSymbol[] {
    const { unit, placements, options } = this.#inputs;
    if (unit.functions.every((fn) => fn.symbol.enclosing === undefined)) return [];
    const { wordBytes } = dataModelOf(options.target);
    return analysisOrder(unit, placements, wordBytes)
      .map((fn) => fn.symbol)
      .filter((symbol) => symbol.enclosing !== undefined);
  }

  #section(name: string, output: string, kind: SectionKind): ObjectSection {
    let section = this.#sections.get(name);
    if (section === undefined) {
      section = { name, output, kind, unit: this.#inputs.index, items: [], align: 1, size: 0 };
      this.#sections.set(name, section);
    }
    return section;
  }

  #put(section: ObjectSection, item: Omit<ObjectItem, 'offset'>): ObjectItem {
    const offset = roundUp(section.size, item.align);
    const placed: ObjectItem = { ...item, offset };
    section.items.push(placed);
    section.align = Math.max(section.align, item.align);
    // gcc gives an object without a size a byte; a function may be empty.
    section.size = offset + (section.kind === 'text' ? item.size : Math.max(1, item.size));
    return placed;
  }

  #isWritten(object: ObjectSymbol): boolean {
    const placement = this.#inputs.placements.get(object);
    return (
      placement?.section !== undefined &&
      (placement.storage === 'static' || placement.storage === 'thread') &&
      object.attributes.alias === undefined
    );
  }

  #object(object: ObjectSymbol): void {
    const placement = this.#inputs.placements.get(object);
    if (placement?.section === undefined || !this.#isWritten(object)) return;
    const size = placement.symbolSize ?? placement.size ?? sizeOf(object.type.type) ?? 0;
    const image = object.initializer === undefined ? undefined : imageOf(object, size);
    const relocations = [...(image?.relocations ?? [])].sort((a, b) => a.offset - b.offset);
    for (const { base, offset } of relocations) {
      if ('bytes' in base) this.#literal(base, base.bytes, { kind: 'object', object, offset });
    }
    const objectSection = placement.objectSection ?? placement.section;
    const section = this.#section(objectSection, placement.section, kindOf(placement, objectSection));
    const name = this.#names.get(object) ?? object.attributes.asmLabel ?? object.name;
    const align = Math.max(1, placement.emittedAlign);
    this.#objects.push(
      this.#put(section, { of: object, name, size, align, image, binding: bindingOf(object) }),
    );
  }

  #literal(literal: StringLiteral, bytes: Uint8Array, use: ConstantUse | undefined): void {
    const { placements } = this.#inputs;
    const placement = placements.get(literal);
    // gcc writes equal literals of a file once; they differ by the size of their elements, too.
    const key = `${literal.elementSize}|${keyOfBytes(bytes)}`;
    const first = this.#literals.get(key);
    if (first !== undefined) {
      if (first !== literal) this.#sharedLiterals.set(literal, first);
      if (use !== undefined) this.#constants.get(first)?.uses.push(use);
      return;
    }
    if (placement?.section === undefined) return;
    this.#literals.set(key, literal);
    const section = this.#section(placement.objectSection ?? '.rodata', placement.section, 'rodata');
    const label = this.#label();
    const item = this.#put(section, {
      of: literal,
      name: label,
      size: bytes.length,
      align: Math.max(1, placement.emittedAlign),
      image: { bytes, relocations: [] },
      binding: 'local',
    });
    this.#constants.set(literal, { label, item, section, uses: use === undefined ? [] : [use] });
  }

  #label(): string {
    const label = `.LC${String(this.#labels)}`;
    this.#labels += 1;
    return label;
  }

  #function(fn: TypedFunction): void {
    const { placements, options } = this.#inputs;
    const placement = placements.get(fn.symbol);
    if (placement?.section === undefined) return;
    const section = this.#section(placement.objectSection ?? '.text', placement.section, 'text');
    const { wordBytes } = dataModelOf(options.target);
    const constants = codeConstants(fn, options);
    const images: CodeConstant[] = [];
    const tables: CodeConstant[] = [];
    for (const reference of liveReferences(fn, wordBytes)) {
      if (reference.kind === 'string') {
        const { literal, fate, span } = reference;
        if (fate.kind === 'gone') continue;
        const bytes = fate.kind === 'rewritten' ? fate.bytes : literal.bytes;
        this.#literal(literal, bytes, { kind: 'code', fn, span });
        continue;
      }
      const found = constants.get(reference);
      if (found === undefined) continue;
      for (const constant of 'kind' in found ? [found] : found) {
        if (constant.sort === 'jump-table') tables.push(constant);
        else if (constant.sort === 'image') images.push(constant);
        else this.#number(constant, fn);
      }
    }
    // Images follow the texts; the tables stand in the middle of the code.
    for (const image of images) this.#image(image, fn);
    const clear = clearingConstant(fn, options);
    if (clear !== undefined) this.#number(clear, fn);
    for (const table of tables) this.#jumpTable(table);
    this.#functions.push(fn);
    this.#put(section, {
      of: fn,
      name: this.#names.get(fn.symbol) ?? fn.symbol.name,
      size: this.#inputs.codeSizeOf(fn),
      align: Math.max(1, placement.emittedAlign),
      image: undefined,
      binding: bindingOf(fn.symbol),
    });
    this.#arrayEntries(fn.symbol);
  }

  /** A function that runs before or after main leaves its address for the start-up code. */
  #arrayEntries(symbol: FunctionSymbol): void {
    const { constructorPriority, destructorPriority } = symbol.attributes;
    const word = dataModelOf(this.#inputs.options.target).wordBytes;
    const entries = [
      ['.init_array', constructorPriority],
      ['.fini_array', destructorPriority],
    ] as const;
    for (const [output, priority] of entries) {
      if (priority === undefined) continue;
      const name = priority === LAST_PRIORITY ? output : `${output}.${String(priority).padStart(5, '0')}`;
      this.#put(this.#section(name, output, 'data'), {
        of: { kind: 'array-entry', of: symbol },
        name: '',
        size: word,
        align: word,
        image: { bytes: new Uint8Array(word), relocations: [{ offset: 0, base: symbol, addend: 0 }] },
        binding: 'local',
      });
    }
  }

  #number(constant: CodeConstant, fn: TypedFunction): void {
    const use: ConstantUse = { kind: 'code', fn, span: constant.span };
    const key = `${constant.size}|${keyOfBytes(constant.image?.bytes ?? noBytes)}`;
    const first = this.#numbers.get(key);
    if (first === undefined) {
      this.#numbers.set(key, { constant, isEmitted: constant.isEmitted });
      this.#constants.set(constant, {
        label: this.#label(),
        item: undefined,
        section: undefined,
        uses: constant.isEmitted ? [use] : [],
      });
    } else if (constant.isEmitted) {
      first.isEmitted = true;
      this.#constants.get(first.constant)?.uses.push(use);
    }
  }

  #image(constant: CodeConstant, fn: TypedFunction): void {
    const isWritable = (constant.image?.relocations.length ?? 0) > 0 && this.#inputs.options.pie;
    const name = isWritable ? '.data' : '.rodata';
    const section = this.#section(name, name, isWritable ? 'data' : 'rodata');
    const label = this.#imageLabels.get(constant) ?? this.#label();
    const { size, align, image } = constant;
    const item = this.#put(section, { of: constant, name: label, size, align, image, binding: 'local' });
    this.#constants.set(constant, {
      label,
      item,
      section,
      uses: [{ kind: 'code', fn, span: constant.span }],
    });
  }

  /** Images get their labels when functions are taken apart, before anything is written. */
  #labelImages(): void {
    const { options, placements } = this.#inputs;
    for (const fn of this.#inputs.unit.functions) {
      if (placements.get(fn.symbol)?.section === undefined) continue;
      for (const [reference, found] of codeConstants(fn, options)) {
        if (reference.kind === 'image' && 'kind' in found) this.#imageLabels.set(found, this.#label());
      }
    }
  }

  #jumpTable(constant: CodeConstant): void {
    const section = this.#section('.rodata', '.rodata', 'rodata');
    const { size, align, image } = constant;
    this.#put(section, { of: constant, name: '', size, align, image, binding: 'local' });
    this.#jumpTables.push({ constant, section });
  }

  /**
   * Code of i386 that may lie anywhere learns its place from a function that loads a register: that one to which register
   * allocation gave the address of the global offset table (ix86_code_end writes them in the order of their numbers).
   */
  #writeThunks(): void {
    const { options } = this.#inputs;
    if (options.target !== 'i386' || !options.pie) return;
    const own = this.#inputs.unit.functions.filter((fn) => this.#functions.includes(fn));
    const frames = [...framesOfFile(own, options).values()];
    for (const register of tableRegisters) {
      if (!frames.some(({ table }) => table === register)) continue;
      const name = `__x86.get_pc_thunk.${register}`;
      this.#put(this.#section(`.text.${name}`, '.text', 'text'), {
        of: { kind: 'thunk' },
        name,
        size: THUNK_BYTES,
        align: 1,
        image: undefined,
        binding: 'global',
      });
    }
  }

  #writeNumbers(): void {
    for (const { constant, isEmitted } of this.#numbers.values()) {
      if (!isEmitted) continue;
      const entry = this.#constants.get(constant);
      invariant(entry !== undefined, 'every number has a label');
      const section = this.#section('.rodata', '.rodata', 'rodata');
      const { size, align, image } = constant;
      entry.section = section;
      entry.item = this.#put(section, {
        of: constant,
        name: entry.label,
        size,
        align,
        image,
        binding: 'local',
      });
    }
  }
}

const noBytes = new Uint8Array();

const knownKeys = new WeakMap<Uint8Array, string>();

/** Equal for equal bytes. */
function keyOfBytes(bytes: Uint8Array): string {
  let key = knownKeys.get(bytes);
  if (key === undefined) {
    key = byteText(bytes);
    knownKeys.set(bytes, key);
  }
  return key;
}

/** A load and a return. */
const THUNK_BYTES = 4;

/** The priority of `constructor` without a number. */
const LAST_PRIORITY = 65535;

function kindOf(placement: Placement, name: string): SectionKind {
  if (placement.segment !== 'tls') return kindOfSegment[placement.segment];
  return name === '.tbss' || name.startsWith('.tbss.') ? 'tbss' : 'tdata';
}

function bindingOf(symbol: ObjectSymbol | FunctionSymbol): ObjectItem['binding'] {
  if (symbol.linkage !== 'external') return 'local';
  return symbol.attributes.isWeak === true ? 'weak' : 'global';
}

/** What can be looked up by its place in the linked program. */
export type Placed = ObjectSymbol | FunctionSymbol | StringLiteral | LabelSymbol | CodeConstant;
