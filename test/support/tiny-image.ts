/** A small program image for tests of the loader and the mm: gcc's usual segments with nothing in them. */
import type { LinkKind, LoadSegment, ProgramImage } from '../../src/core/image/program-image.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';

/** What a test wants to differ from the smallest program. */
export interface TinyImageOptions {
  readonly link?: LinkKind;
  readonly target?: TargetName;
  /** Bytes of .data and .bss; 16 and 8 in the smallest program. */
  readonly data?: number;
  readonly bss?: number;
  readonly tls?: { readonly memSize: number; readonly align: number };
  /** Start of the writable segment, below the page boundary at 0x4000 where RELRO ends. */
  readonly dynamicStart?: number;
  readonly neededLibraries?: readonly string[];
}

/** The image of a dynamic program with one page a segment. */
export function tinyImage(options: TinyImageOptions = {}): ProgramImage {
  const link = options.link ?? 'pie';
  const target = options.target ?? 'x86_64';
  const base = link === 'no-pie' || link === 'static' ? (target === 'x86_64' ? 0x400000 : 0x08048000) : 0;
  const start = options.dynamicStart ?? 0x3de0;
  const fileEnd = 0x4000 + 0x18 + (options.data ?? 0x10);
  const memEnd = fileEnd + (options.bss ?? 8);
  const segment = (
    vaddr: number,
    bytes: number,
    protection: LoadSegment['protection'],
    memSize = bytes,
    fileOffset = vaddr,
  ): LoadSegment => ({ vaddr: base + vaddr, fileOffset, bytes: new Uint8Array(bytes), memSize, protection });
  return {
    target,
    link,
    segments: [
      segment(0, 0x628, 'r--'),
      segment(0x1000, 0x175, 'r-x'),
      segment(0x2000, 0xdc, 'r--'),
      segment(start, fileEnd - start, 'rw-', memEnd - start, start - 0x1000),
    ],
    relro: { start: base + start, end: base + 0x4000 },
    isStackExecutable: false,
    tls: options.tls && { ...options.tls, bytes: new Uint8Array(0) },
    sections: [],
    symbols: [],
    relativeRelocations: [],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    gotEntries: [],
    neededLibraries: options.neededLibraries ?? [],
    programHeaders: 13,
    entry: base + 0x1040,
    fileSize: fileEnd - 0x1000 + 0x1000,
  };
}
