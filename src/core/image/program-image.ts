/**
 * CONTRACT. What gcc and ld make of a program: the plain data that the loader maps.
 *
 * Addresses are link-time virtual addresses: offsets from the load bias for PIE, absolute for ET_EXEC.
 * Source: System V ABI, chapters 4 and 5 (object files, program loading).
 */
import type { Range } from '../../base/range.ts';
import type { TargetName } from '../target/data-model.ts';

/** How the program was linked. */
export type LinkKind = 'pie' | 'no-pie' | 'static' | 'static-pie';

/** A PT_LOAD program header with its bytes. */
export interface LoadSegment {
  readonly vaddr: number;
  /** Offset in the file, congruent to vaddr modulo the page size. */
  readonly fileOffset: number;
  /** Bytes from the file; its length is p_filesz. */
  readonly bytes: Uint8Array;
  /** p_memsz >= bytes.length; what is beyond reads as zero (.bss). */
  readonly memSize: number;
  /** Protection, for example `r--`, `r-x`, `rw-`. */
  readonly protection: 'r--' | 'r-x' | 'rw-';
}

/** A section of the linked program. */
export interface ImageSection {
  readonly name: string;
  readonly addr: number;
  readonly size: number;
  /** Offset in the file; meaningless when `inFile` is false. */
  readonly fileOffset: number;
  /** False for .bss and .tbss (SHT_NOBITS). */
  readonly inFile: boolean;
  readonly align: number;
}

/** A symbol with a place. */
export interface ImageSymbol {
  readonly name: string;
  readonly addr: number;
  readonly size: number;
  readonly section: string;
  readonly kind: 'function' | 'object' | 'tls';
  readonly binding: 'local' | 'global' | 'weak';
}

/** A linked program. */
export interface ProgramImage {
  readonly target: TargetName;
  readonly link: LinkKind;
  /** In ascending order of address. */
  readonly segments: readonly LoadSegment[];
  /** PT_GNU_RELRO: made read-only by the dynamic loader after relocation. */
  readonly relro: Range | undefined;
  /** PT_GNU_STACK: whether it asks for a stack that can be executed. */
  readonly isStackExecutable: boolean;
  /** PT_TLS: initial image, size and alignment of the thread-local storage. */
  readonly tls: { readonly bytes: Uint8Array; readonly memSize: number; readonly align: number } | undefined;
  readonly sections: readonly ImageSection[];
  readonly symbols: readonly ImageSymbol[];
  /** Words in the image that hold a link-time address and get the load bias added (R_X86_64_RELATIVE). */
  readonly relativeRelocations: readonly number[];
  /** Words that get the address of a symbol of libc plus an addend (R_X86_64_64, GLOB_DAT). */
  readonly symbolRelocations: readonly {
    readonly addr: number;
    readonly name: string;
    readonly addend: number;
  }[];
  /** Objects of libc that are copied into .bss (R_X86_64_COPY), for example `stdout`. */
  readonly copyRelocations: readonly {
    readonly name: string;
    readonly addr: number;
    readonly size: number;
  }[];
  /** Functions imported from libc, one PLT and .got.plt slot each, in the order of their slots. */
  readonly imports: readonly string[];
  /** Functions and objects whose addresses code loads from the GOT. */
  readonly gotEntries: readonly string[];
  /** DT_NEEDED besides libc, for example `libm.so.6`. */
  readonly neededLibraries: readonly string[];
  /** Number of program headers, for AT_PHNUM. */
  readonly programHeaders: number;
  /** e_entry */
  readonly entry: number;
  /** Bytes of the whole file, for teaching .bss. */
  readonly fileSize: number;
}
