/**
 * Fills the sections of a linked program with bytes and says what the loader is to do with them.
 *
 * Source: System V ABI, chapters 4 and 5; GNU ld 2.40: where segments begin in the file.
 */
import { PAGE_SIZE, roundDown } from '../../base/address.ts';
import type { CompileOptions } from '../sema/placement.ts';
import { sizeOf } from '../sema/type-relations.ts';
import { dataModelOf } from '../target/data-model.ts';
import { writeInteger } from './constant-bytes.ts';
import type { DynamicNeeds } from './dynamic-symbols.ts';
import type { ObjectItem, ObjectSection, Placed } from './object-file.ts';
import type { ImageSection, ImageSymbol, LoadSegment, ProgramImage } from './program-image.ts';
import { threadBlock } from './sections.ts';
import type { SectionLayout } from './sections.ts';

/** A section of an object file at its place in the program. */
export interface PlacedInput {
  readonly output: string;
  readonly section: ObjectSection;
  /** Bytes from the start of the output section. */
  readonly base: number;
}

export interface ImageInputs {
  readonly options: CompileOptions;
  readonly layout: SectionLayout;
  readonly dynamic: DynamicNeeds;
  readonly inputs: readonly PlacedInput[];
  addressOf(what: Placed): number | undefined;
  readonly isStackExecutable: boolean;
}

/** Builds the image of a program whose addresses are known. */
export class ImageBuilder {
  readonly #inputs: ImageInputs;
  readonly #contents = new Map<string, Uint8Array>();
  readonly #relative: number[] = [];
  readonly #symbolic: { addr: number; name: string; addend: number }[] = [];
  readonly #symbols: ImageSymbol[] = [];

  constructor(inputs: ImageInputs) {
    this.#inputs = inputs;
  }

  build(): ProgramImage {
    const { options, layout, dynamic } = this.#inputs;
    for (const { output, section, base } of this.#inputs.inputs) {
      for (const item of section.items) {
        this.#write(output, base + item.offset, item);
        this.#nameItem(output, base + item.offset, item);
      }
    }
    const start = roundDown(layout.sections[0]?.addr ?? 0, PAGE_SIZE);
    const segments = [
      this.#segment(start, layout.headersEnd, layout.headersEnd, 'r--'),
      this.#segment(layout.codeStart, layout.codeEnd, layout.codeEnd, 'r-x'),
      this.#segment(layout.readOnlyStart, layout.readOnlyEnd, layout.readOnlyEnd, 'r--'),
      this.#segment(layout.relroStart, layout.dataFileEnd, layout.bssEnd, 'rw-'),
    ];
    const sections: ImageSection[] = layout.sections.map((section) => ({
      name: section.name,
      addr: section.addr,
      size: section.size,
      fileOffset: this.#fileOffset(section.addr),
      inFile: !section.isNoBits,
      align: section.align,
    }));
    const tls = threadBlock(layout);
    const threadBytes =
      this.#contents.get('.tdata') ?? new Uint8Array(layout.byName.get('.tdata')?.size ?? 0);
    const last = segments.at(-1);
    return {
      target: options.target,
      link: options.link,
      segments,
      relro: { start: layout.relroStart, end: layout.relroEnd },
      isStackExecutable: this.#inputs.isStackExecutable,
      tls: tls.size === 0 ? undefined : { bytes: threadBytes, memSize: tls.size, align: tls.align },
      sections,
      symbols: this.#symbols,
      relativeRelocations: this.#relative,
      symbolRelocations: this.#symbolic,
      copyRelocations: dynamic.copies.map((object) => ({
        name: object.name,
        addr: this.#inputs.addressOf(object) ?? 0,
        size: sizeOf(object.type.type) ?? 0,
      })),
      imports: dynamic.imports,
      gotEntries: dynamic.gotEntries,
      neededLibraries: dynamic.libraries.map(({ name }) => name),
      programHeaders: layout.programHeaders,
      entry: layout.entry,
      fileSize: last === undefined ? 0 : last.fileOffset + last.bytes.length,
    };
  }

  #write(output: string, start: number, item: ObjectItem): void {
    const section = this.#inputs.layout.byName.get(output);
    // The table of functions that run before main is the loader's own matter.
    if (section === undefined || section.isNoBits || item.image === undefined || isArrayEntry(item)) return;
    let bytes = this.#contents.get(section.name);
    if (bytes === undefined) {
      bytes = new Uint8Array(section.size);
      this.#contents.set(section.name, bytes);
    }
    bytes.set(item.image.bytes.subarray(0, Math.max(0, section.size - start)), start);
    const word = dataModelOf(this.#inputs.options.target).wordBytes;
    for (const { base, offset, addend, minus } of item.image.relocations) {
      const target = this.#inputs.addressOf(base);
      const at = start + offset;
      if (minus !== undefined) {
        const from = this.#inputs.addressOf(minus.label) ?? 0;
        writeInteger(bytes, at, minus.size, BigInt((target ?? 0) + addend - from));
        continue;
      }
      if (target !== undefined) {
        writeInteger(bytes, at, word, BigInt(target + addend));
        if (this.#inputs.options.link === 'pie') this.#relative.push(section.addr + at);
      } else if ('name' in base) this.#symbolic.push({ addr: section.addr + at, name: base.name, addend });
    }
  }

  #nameItem(output: string, offset: number, item: ObjectItem): void {
    const { of } = item;
    const isFunction = 'symbol' in of;
    if (!isFunction && (!('kind' in of) || of.kind !== 'object')) return;
    const section = this.#inputs.layout.byName.get(output);
    if (section === undefined) return;
    this.#symbols.push({
      name: item.name,
      addr: section.addr + offset,
      size: item.size,
      section: output,
      kind: isFunction ? 'function' : output === '.tdata' || output === '.tbss' ? 'tls' : 'object',
      binding: item.binding,
    });
  }

  #segment(from: number, to: number, memoryEnd: number, protection: LoadSegment['protection']): LoadSegment {
    const bytes = new Uint8Array(to - from);
    for (const section of this.#inputs.layout.sections) {
      const content = this.#contents.get(section.name);
      if (content === undefined || section.addr < from || section.addr >= to) continue;
      bytes.set(content.subarray(0, to - section.addr), section.addr - from);
    }
    return { vaddr: from, fileOffset: this.#fileOffset(from), bytes, memSize: memoryEnd - from, protection };
  }

  #fileOffset(addr: number): number {
    const { layout } = this.#inputs;
    const start = roundDown(layout.sections[0]?.addr ?? 0, PAGE_SIZE);
    return addr >= layout.relroStart ? addr - start - fileGap(layout) : addr - start;
  }
}

const isArrayEntry = ({ of }: ObjectItem): boolean => 'kind' in of && of.kind === 'array-entry';

/** ld leaves out of the file what it skips in memory before the data: whole pages but one. */
function fileGap(layout: SectionLayout): number {
  const gap = roundDown(layout.relroStart, PAGE_SIZE) - roundDown(layout.readOnlyEnd, PAGE_SIZE);
  return layout.relroStart % PAGE_SIZE >= layout.readOnlyEnd % PAGE_SIZE ? gap : gap - PAGE_SIZE;
}
