/** An ELF file of this machine, of 64 or 32 bits, as a program image, for comparisons of address spaces. */
import { readFileSync } from 'node:fs';
import type {
  ImageSection,
  LinkKind,
  LoadSegment,
  ProgramImage,
} from '../../src/core/image/program-image.ts';

interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly fileOffset: number;
  readonly vaddr: number;
  readonly fileSize: number;
  readonly memSize: number;
  readonly align: number;
}

const PT_LOAD = 1;
const PT_TLS = 7;
const PT_GNU_STACK = 0x6474e551;
const PF_X = 1;
const PT_GNU_RELRO = 0x6474e552;
const SHF_ALLOC = 2;
const SHT_NOBITS = 8;

/** Reads the headers of segments and of sections that are loaded; symbols stay empty. @param needed - libraries besides libc, by soname */
export function readElfImage(path: string, link: LinkKind, needed: readonly string[] = []): ProgramImage {
  const bytes = readFileSync(path);
  const isWide = bytes[4] === 2;
  const headers = programHeaders(bytes, isWide);
  const segments: LoadSegment[] = [];
  let relro: ProgramImage['relro'];
  let tls: ProgramImage['tls'];
  let isStackExecutable = false;
  for (const { type, flags, fileOffset, vaddr, fileSize, memSize, align } of headers) {
    const content = new Uint8Array(bytes.subarray(fileOffset, fileOffset + fileSize));
    const protection = flags === 6 ? 'rw-' : flags === 5 ? 'r-x' : 'r--';
    if (type === PT_LOAD) segments.push({ vaddr, fileOffset, bytes: content, memSize, protection });
    if (type === PT_TLS) tls = { bytes: content, memSize, align };
    if (type === PT_GNU_STACK) isStackExecutable = (flags & PF_X) !== 0;
    if (type === PT_GNU_RELRO) relro = { start: vaddr, end: vaddr + memSize };
  }
  return {
    target: isWide ? 'x86_64' : 'i386',
    link,
    segments,
    relro,
    isStackExecutable,
    tls,
    sections: loadedSections(bytes, isWide),
    symbols: [],
    relativeRelocations: [],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    gotEntries: [],
    neededLibraries: needed,
    programHeaders: headers.length,
    entry: isWide ? Number(bytes.readBigUInt64LE(0x18)) : bytes.readUInt32LE(0x18),
    fileSize: bytes.length,
  };
}

/** The sections that have a place in memory. @source System V ABI, gABI chapter 4: Elf64_Shdr, Elf32_Shdr */
function loadedSections(bytes: Buffer, isWide: boolean): readonly ImageSection[] {
  const start = isWide ? Number(bytes.readBigUInt64LE(0x28)) : bytes.readUInt32LE(0x20);
  const count = bytes.readUInt16LE(isWide ? 0x3c : 0x30);
  const word = (at: number): number => (isWide ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at));
  const read = (index: number) => {
    const at = start + index * (isWide ? 64 : 40);
    const bytesOfWord = isWide ? 8 : 4;
    const fields = Array.from({ length: 4 }, (_, field) => word(at + 8 + field * bytesOfWord));
    const [flags = 0, addr = 0, fileOffset = 0, size = 0] = fields;
    const align = word(at + (isWide ? 48 : 32));
    return {
      name: bytes.readUInt32LE(at),
      type: bytes.readUInt32LE(at + 4),
      flags,
      addr,
      fileOffset,
      size,
      align,
    };
  };
  const names = read(bytes.readUInt16LE(isWide ? 0x3e : 0x32)).fileOffset;
  return Array.from({ length: count }, (_, index) => read(index))
    .filter(({ flags }) => flags % 4 >= SHF_ALLOC)
    .map(({ name, type, addr, fileOffset, size, align }) => ({
      name: bytes.toString('latin1', names + name, bytes.indexOf(0, names + name)),
      addr,
      size,
      fileOffset,
      inFile: type !== SHT_NOBITS,
      align,
    }));
}

/** The program headers. @source System V ABI, gABI chapter 5: Elf64_Phdr, Elf32_Phdr */
function programHeaders(bytes: Buffer, isWide: boolean): readonly ProgramHeader[] {
  const count = bytes.readUInt16LE(isWide ? 0x38 : 0x2c);
  const start = isWide ? Number(bytes.readBigUInt64LE(0x20)) : bytes.readUInt32LE(0x1c);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * (isWide ? 56 : 32);
    const word = (wide: number, narrow: number): number =>
      isWide ? Number(bytes.readBigUInt64LE(at + wide)) : bytes.readUInt32LE(at + narrow);
    return {
      type: bytes.readUInt32LE(at),
      flags: bytes.readUInt32LE(at + (isWide ? 4 : 24)),
      fileOffset: word(8, 4),
      vaddr: word(16, 8),
      fileSize: word(32, 16),
      memSize: word(40, 20),
      align: word(48, 28),
    };
  });
}

/** Device and inode of a file as maps prints them. */
export function fileIdentity(dev: number, ino: number): { readonly device: string; readonly inode: number } {
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return { device: `${hex(Math.floor(dev / 256))}:${hex(dev % 256)}`, inode: ino };
}
