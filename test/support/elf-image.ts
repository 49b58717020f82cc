/** An ELF64 file of this machine as a program image, for comparisons of address spaces. */
import { readFileSync } from 'node:fs';
import type { LinkKind, LoadSegment, ProgramImage } from '../../src/core/image/program-image.ts';

/** Reads the program headers; sections and symbols stay empty. */
export function readElfImage(path: string, link: LinkKind): ProgramImage {
  const bytes = readFileSync(path);
  const headers = Number(bytes.readBigUInt64LE(0x20));
  const count = bytes.readUInt16LE(0x38);
  const segments: LoadSegment[] = [];
  let relro: ProgramImage['relro'];
  let tls: ProgramImage['tls'];
  for (let index = 0; index < count; index++) {
    const at = headers + index * 56;
    const type = bytes.readUInt32LE(at);
    const flags = bytes.readUInt32LE(at + 4);
    const word = (offset: number): number => Number(bytes.readBigUInt64LE(at + offset));
    const [fileOffset, vaddr, fileSize, memSize] = [word(8), word(16), word(32), word(40)];
    const content = new Uint8Array(bytes.subarray(fileOffset, fileOffset + fileSize));
    const protection = flags === 6 ? 'rw-' : flags === 5 ? 'r-x' : 'r--';
    if (type === 1) segments.push({ vaddr, fileOffset, bytes: content, memSize, protection });
    if (type === 7) tls = { bytes: content, memSize, align: word(48) };
    if (type === 0x6474e552) relro = { start: vaddr, end: vaddr + memSize };
  }
  return {
    target: 'x86_64',
    link,
    segments,
    relro,
    tls,
    sections: [],
    symbols: [],
    relativeRelocations: [],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    neededLibraries: [],
    programHeaders: count,
    entry: Number(bytes.readBigUInt64LE(0x18)),
    fileSize: bytes.length,
  };
}

/** Device and inode of a file as maps prints them. */
export function fileIdentity(dev: number, ino: number): { readonly device: string; readonly inode: number } {
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return { device: `${hex(Math.floor(dev / 256))}:${hex(dev % 256)}`, inode: ino };
}
