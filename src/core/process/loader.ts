/**
 * execve, ld.so and the start of libc: from a program file to the state at main().
 *
 * Every address is the answer to "the highest free hole", so the order of the steps decides: stack, program, ld.so,
 * vvar and vdso, break; then ld.so's start-up heap, the library cache, the libraries, the thread-local block; then
 * relocation, the read-only ranges, and the cache goes away.
 *
 * Source: Linux 6.18, fs/binfmt_elf.c: load_elf_binary, elf_load, total_mapping_size; arch/x86/entry/vdso/vma.c;
 * glibc, elf/rtld.c, elf/dl-map-segments.h, elf/dl-minimal-malloc.c, sysdeps/x86_64/nptl/tls.h, csu/libc-tls.c.
 * Simplified: code and constants of the libraries are mapped but their content is not modelled; of their data only
 * what the thread pointer leads to is filled in.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { ProgramImage } from '../image/program-image.ts';
import { PROT_NONE, PROT_READ } from '../mm/kernel.ts';
import { brk, mapRegion, mprotect, protFlags, unmapRange } from '../mm/memory-syscalls.ts';
import type { MmStruct } from '../mm/mm-struct.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import {
  MappedFile,
  VM_ACCOUNT,
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_IO,
  VM_MAY_ALL,
  VM_MAYREAD,
  VM_PFNMAP,
  VM_READ,
  VM_WRITE,
} from '../mm/vma.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { SharedLibrary } from '../target/libraries.ts';
import { programBase } from '../target/machine-profile.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { auxiliaryVector } from './auxiliary-vector.ts';
import type { InitialStack } from './initial-stack.ts';
import { GlobalOffsetTable } from './global-offset-table.ts';
import { cString, layoutInitialStack } from './initial-stack.ts';
import { threadLocalOffsets } from './threads/thread-blocks.ts';

/** Device and inode of a file, as maps prints them. */
export interface FileIdentity {
  readonly device: string;
  readonly inode: number;
}

/** What is started, and how. */
export interface LoadOptions {
  readonly image: ProgramImage;
  readonly memory: ProcessMemory;
  readonly argv: readonly string[];
  /** `NAME=value` each. */
  readonly envp: readonly string[];
  /** The path given to execve; argv[0] when absent. */
  readonly execfn?: string;
  /** Absolute path of the program, the name in maps. */
  readonly programPath: string;
  /**
   * Address of a function or object of libc, for words in the program's data that hold one; 0 for a weak symbol that
   * nobody defines. Such a word without an answer is {@link NotModelled}.
   */
  readonly resolveSymbol?: (name: string, libcBase: Address) => number | undefined;
  /** Identity of a file for maps; a made-up one when absent. */
  readonly identify?: (path: string) => FileIdentity;
}

/** A mapped object: the program, ld.so or a library. */
export interface LoadedObject {
  readonly path: string;
  readonly base: Address;
  /** End of its last mapping. */
  readonly end: Address;
}

/** A process that is about to enter main. */
export interface LoadedProcess {
  readonly memory: ProcessMemory;
  readonly image: ProgramImage;
  /** What is added to the image's addresses. */
  readonly loadBias: number;
  readonly stack: InitialStack;
  /** Stack pointer at the program's first instruction. */
  readonly initialSp: Address;
  /** Frame pointer of main. */
  readonly mainFramePointer: Address;
  /** fs base (gs base on i386): the thread pointer. */
  readonly threadPointer: Address;
  /** False where the place of the thread block is not predictable from sizes (small blocks on i386 and before 2.34). */
  readonly threadPointerExact: boolean;
  readonly argc: number;
  readonly argv: Address;
  readonly envp: Address;
  readonly program: LoadedObject;
  /** Absent in static programs. */
  readonly interpreter: LoadedObject | undefined;
  readonly libraries: readonly LoadedObject[];
  /** Load address of libc; `undefined` in static programs, whose libc is a part of the program. */
  readonly libcBase: Address | undefined;
  /** Address of malloc's main_arena; `undefined` in static programs. */
  readonly mainArena: Address | undefined;
  readonly vdso: Address;
}

const THREAD_BLOCK_SLACK = 0x48;

/**
 * What ld.so of i386 has taken of its start-up heap before the thread block: link maps and search paths, 16 bytes for each
 * symbol version that the program names, and what libm adds.
 *
 * Source: glibc 2.36, elf/dl-minimal-malloc.c, elf/dl-version.c; sizes read from running programs.
 */
const startUpHeapUsed = { base: 0xe10, libm: 0x490 } as const;

/** Loads a program and brings its process to the start of main. Nothing is reported to the tracer. */
export function loadProgram(options: LoadOptions): LoadedProcess {
  return options.memory.mm.withoutTracing(() => new Loader(options).load());
}

class Loader {
  readonly #options: LoadOptions;
  readonly #image: ProgramImage;
  readonly #memory: ProcessMemory;
  readonly #mm: MmStruct;
  readonly #profile: MachineProfile;
  readonly #word: 4 | 8;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#image = options.image;
    this.#memory = options.memory;
    this.#mm = options.memory.mm;
    this.#profile = options.memory.profile;
    this.#word = dataModelOf(this.#profile.target).wordBytes;
    invariant(this.#image.target === this.#profile.target, 'image and machine have the same target');
  }

  load(): LoadedProcess {
    const { argv, envp } = this.#options;
    const execfn = this.#options.execfn ?? argv[0] ?? this.#options.programPath;
    const stack = layoutInitialStack(this.#profile, { argv, envp, execfn });
    const dynamic = this.#image.link === 'pie' || this.#image.link === 'no-pie';
    this.#mapStack(stack);
    const bias = this.#chooseBias();
    const program = this.#mapProgram(bias);
    const interpreter = dynamic ? this.#mapInterpreter() : undefined;
    const vdso = this.#mapVdso();
    this.#writeStack(stack, { argv, envp, execfn }, bias, interpreter?.base ?? 0, vdso);
    this.#setBreak(program.end);
    const start =
      interpreter === undefined ? this.#staticStart(bias) : this.#dynamicStart(bias, interpreter.base);
    const offsets = this.#profile.mainFrameOffset;
    const frame = stack.sp - (dynamic ? offsets.dynamic : offsets.static);
    this.#touchStack(frame);
    this.#readProgram(bias);
    // Start-up code looks the functions of the vdso up.
    this.#memory.translateRead(vdso);
    this.#mm.counters.minflt = 0;
    const { libraries } = start;
    const libc = libraries.find((library) => library.path === this.#profile.libraries.libc.path);
    return {
      memory: this.#memory,
      image: this.#image,
      loadBias: bias,
      stack,
      initialSp: stack.sp,
      mainFramePointer: frame as Address,
      threadPointer: start.threadPointer,
      threadPointerExact: start.exact,
      argc: argv.length,
      argv: stack.argv,
      envp: stack.envp,
      program,
      interpreter,
      libraries,
      libcBase: libc?.base,
      mainArena: libc && ((libc.base + this.#profile.libraries.symbols.mainArena) as Address),
      vdso,
    };
  }

  // The kernel's part.

  #mapStack(stack: InitialStack): void {
    // fs/exec.c: setup_arg_pages, EXSTACK_ENABLE_X
    const exec = this.#image.isStackExecutable ? VM_EXEC : 0;
    const flags = VM_READ | VM_WRITE | exec | VM_MAY_ALL | VM_GROWSDOWN | VM_ACCOUNT;
    this.#mm.space.addRange(stack.start, stack.end, flags, stack.start / PAGE_SIZE, undefined);
    this.#mm.startStack = stack.sp;
  }

  /** What is added to the addresses of the file. @source fs/binfmt_elf.c: load_elf_binary */
  #chooseBias(): number {
    switch (this.#image.link) {
      case 'no-pie':
      case 'static':
        return 0;
      case 'pie':
        return programBase(this.#profile);
      case 'static-pie': {
        const [first] = this.#image.segments;
        const low = roundDown(first?.vaddr ?? 0, PAGE_SIZE);
        return this.#findArea(imageEnd(this.#image.segments) - low) - low;
      }
    }
  }

  #findArea(length: number): number {
    const found = this.#mm.areas.find({
      addr: 0,
      length: roundUp(length, PAGE_SIZE),
      flags: 0,
      file: undefined,
      offset: 0,
    });
    if (found < 0) throw new NotModelled('a program that does not fit into its address space');
    return found;
  }

  /** Maps the program as the kernel does. @source fs/binfmt_elf.c: elf_load */
  #mapProgram(bias: number): LoadedObject {
    const { segments } = this.#image;
    const file = this.#openFile(this.#options.programPath, this.#image.fileSize, (page) =>
      this.#programPage(page),
    );
    const mm = this.#mm;
    let end = 0;
    let base = Infinity;
    for (const segment of segments) {
      const start = roundDown(bias + segment.vaddr, PAGE_SIZE);
      const fileEnd = bias + segment.vaddr + segment.bytes.length;
      const memEnd = bias + segment.vaddr + segment.memSize;
      const writable = segment.protection === 'rw-';
      const flags = letterFlags(segment.protection) | VM_MAY_ALL;
      if (segment.bytes.length > 0) {
        this.#mapFixed(
          start,
          roundUp(fileEnd, PAGE_SIZE),
          flags,
          file,
          roundDown(segment.fileOffset, PAGE_SIZE),
        );
      }
      this.#mapBss(segment.bytes.length > 0 ? fileEnd : start, memEnd, flags, writable);
      base = Math.min(base, start);
      end = Math.max(end, memEnd);
      if (segment.protection === 'r-x') {
        mm.startCode = mm.startCode === 0 ? bias + segment.vaddr : mm.startCode;
        mm.endCode = fileEnd;
      }
      mm.startData = Math.max(mm.startData, bias + segment.vaddr);
      mm.endData = Math.max(mm.endData, fileEnd);
    }
    return {
      path: this.#options.programPath,
      base: base as Address,
      end: roundUp(end, PAGE_SIZE) as Address,
    };
  }

  /** Zeroes the rest of the last file page, which makes it ours, and maps the pages behind it. */
  #mapBss(fileEnd: number, memEnd: number, flags: number, writable: boolean): void {
    if (memEnd <= fileEnd) return;
    const pageEnd = roundUp(fileEnd, PAGE_SIZE);
    if (writable && pageEnd > fileEnd) this.#memory.fill(fileEnd, 0, pageEnd - fileEnd);
    if (roundUp(memEnd, PAGE_SIZE) > pageEnd) {
      this.#mapFixed(pageEnd, roundUp(memEnd, PAGE_SIZE), flags, undefined, undefined);
    }
  }

  #mapFixed(
    start: number,
    end: number,
    flags: number,
    file: MappedFile | undefined,
    offset: number | undefined,
  ): void {
    const pgoff = offset === undefined ? undefined : offset / PAGE_SIZE;
    const result = mapRegion(this.#mm, start as Address, end as Address, flags, file, pgoff);
    if (result < 0) throw new NotModelled('a program whose image exceeds the limits of its process');
  }

  /** Bytes of a page of the program file: what the segments hold of it. */
  #programPage(pageIndex: number): Uint8Array | undefined {
    const start = pageIndex * PAGE_SIZE;
    const page = new Uint8Array(PAGE_SIZE);
    for (const { fileOffset, bytes } of this.#image.segments) {
      const from = Math.max(start, fileOffset);
      const to = Math.min(start + PAGE_SIZE, fileOffset + bytes.length);
      if (from < to) page.set(bytes.subarray(from - fileOffset, to - fileOffset), from - start);
    }
    return page;
  }

  #mapInterpreter(): LoadedObject {
    const { loader } = this.#profile.libraries;
    const file = this.#openFile(loader.path, imageEnd(loader.segments), undefined);
    const base = this.#findArea(imageEnd(loader.segments));
    this.#mapSegments(loader, base, file);
    return {
      path: loader.path,
      base: base as Address,
      end: (base + roundUp(imageEnd(loader.segments), PAGE_SIZE)) as Address,
    };
  }

  #mapSegments(library: SharedLibrary, base: number, file: MappedFile): void {
    for (const segment of library.segments) {
      const start = roundDown(base + segment.vaddr, PAGE_SIZE);
      const fileEnd = base + segment.vaddr + segment.fileSize;
      const flags = elfFlags(segment.flags) | VM_MAY_ALL;
      this.#mapFixed(start, roundUp(fileEnd, PAGE_SIZE), flags, file, roundDown(segment.offset, PAGE_SIZE));
      this.#mapBss(fileEnd, base + segment.vaddr + segment.memSize, flags, (flags & VM_WRITE) !== 0);
    }
  }

  /** Maps the three areas that the kernel provides, lowest first. @source arch/x86/entry/vdso/vma.c: map_vdso */
  #mapVdso(): Address {
    const { vvarPages, vclockPages, vdsoPages } = this.#profile;
    let at = this.#findArea((vvarPages + vclockPages + vdsoPages) * PAGE_SIZE);
    const data = VM_READ | VM_MAYREAD | VM_IO | VM_DONTDUMP | VM_PFNMAP | VM_DONTEXPAND;
    const place = (name: string, pages: number, flags: number): void => {
      if (pages === 0) return;
      const file = new MappedFile({
        kind: 'special',
        name,
        device: '00:00',
        inode: 0,
        size: pages * PAGE_SIZE,
        writable: false,
      });
      this.#mm.space.addRange(at as Address, (at + pages * PAGE_SIZE) as Address, flags, 0, file);
      at += pages * PAGE_SIZE;
    };
    place('[vvar]', vvarPages, data);
    place('[vvar_vclock]', vclockPages, data);
    const vdso = at as Address;
    place('[vdso]', vdsoPages, VM_READ | VM_EXEC | VM_MAY_ALL | VM_DONTEXPAND);
    return vdso;
  }

  #writeStack(
    stack: InitialStack,
    args: { readonly argv: readonly string[]; readonly envp: readonly string[]; readonly execfn: string },
    bias: number,
    interpreterBase: number,
    vdso: number,
  ): void {
    const memory = this.#memory;
    stack.argvStrings.forEach((addr, index) => memory.writeBytes(addr, cString(args.argv[index] ?? '')));
    stack.envpStrings.forEach((addr, index) => memory.writeBytes(addr, cString(args.envp[index] ?? '')));
    memory.writeBytes(stack.execfn, cString(args.execfn));
    memory.writeBytes(stack.platform, cString(this.#profile.platform));
    memory.writeBytes(stack.random, Uint8Array.from(this.#profile.randomBytes));
    let at: number = stack.sp;
    const push = (value: number): void => {
      this.#writeWord(at, value);
      at += this.#word;
    };
    push(args.argv.length);
    for (const addr of stack.argvStrings) push(addr);
    push(0);
    for (const addr of stack.envpStrings) push(addr);
    push(0);
    const headers = this.#image.segments[0]?.vaddr ?? 0;
    const pairs = auxiliaryVector(this.#profile, {
      vdso,
      programHeaders: bias + headers + (this.#word === 8 ? 0x40 : 0x34),
      programHeaderCount: this.#image.programHeaders,
      base: interpreterBase,
      entry: bias + this.#image.entry,
      random: stack.random,
      execfn: stack.execfn,
      platform: stack.platform,
    });
    invariant(pairs.length === this.#profile.auxCount, 'the auxiliary vector has the length of the profile');
    for (const [type, value] of pairs) {
      push(type);
      push(value);
    }
  }

  #writeWord(addr: number, value: number): void {
    if (this.#word === 8) this.#memory.writeNumber64(addr, value);
    else this.#memory.writeU32(addr, value);
  }

  /** The break starts behind the bss; that of a static PIE at the PIE base, one page up because it is rounded so. */
  #setBreak(imageEndAddr: number): void {
    const staticPie = this.#image.link === 'static-pie';
    const moved =
      this.#profile.target === 'x86_64' ? this.#profile.pieBase + PAGE_SIZE : this.#profile.pieBase;
    const { enabled, brkPages } = this.#profile.random;
    const gap = enabled && !staticPie ? PAGE_SIZE : 0;
    this.#mm.startBrk = (staticPie ? moved : imageEndAddr) + gap + brkPages * PAGE_SIZE;
    this.#mm.brk = this.#mm.startBrk;
  }

  // The part of ld.so.

  #dynamicStart(bias: number, interpreterBase: number): StartedLibraries {
    const mm = this.#mm;
    const { libraries, ldCacheBytes } = this.#profile;
    const cachePages = roundUp(ldCacheBytes, PAGE_SIZE);
    let cache = 0;
    const mapCache = (): void => {
      if (cachePages === 0) return;
      cache = this.#findArea(cachePages);
      const file = this.#openFile('/etc/ld.so.cache', ldCacheBytes, undefined);
      this.#mapFixed(cache, cache + cachePages, VM_READ | VM_MAY_ALL, file, 0);
    };
    if (libraries.cache === 'kept') mapCache();
    const heap = this.#mapAnonymous(2 * PAGE_SIZE, VM_READ | VM_WRITE);
    this.#touch(heap);
    if (libraries.cache === 'unmapped') mapCache();

    const wanted = [...this.#neededLibraries(), libraries.libc];
    const loaded = wanted.map((library) => this.#mapLibrary(library));
    const start = this.#threadBlock(wanted, loaded, heap);

    loaded.forEach((object, index) => {
      const library = wanted[index];
      if (library === undefined) return;
      this.#readFilePages(library, object.base);
      this.#touchData(library, object.base);
    });
    this.#relocateProgram(bias);
    this.#bindData(bias, loaded);
    this.#fillTable(bias, interpreterBase, loaded);
    this.#relocateThreadLocals(bias, start.threadPointer);
    for (let index = loaded.length - 1; index >= 0; index--) {
      const library = wanted[index];
      const object = loaded[index];
      if (library !== undefined && object !== undefined) this.#protectRelro(library, object.base);
    }
    this.#protectProgramRelro(bias);
    this.#readFilePages(libraries.loader, interpreterBase);
    this.#touchData(libraries.loader, interpreterBase);
    this.#protectRelro(libraries.loader, interpreterBase);
    if (cache !== 0 && libraries.cache === 'unmapped') {
      unmapRange(mm, cache as Address, (cache + cachePages) as Address);
    }
    return { ...start, libraries: loaded };
  }

  #neededLibraries(): readonly SharedLibrary[] {
    return this.#image.neededLibraries
      .filter((name) => name !== 'libc.so.6')
      .map((name) => {
        const library = this.#profile.libraries.others.find((other) => other.path.endsWith(`/${name}`));
        if (library === undefined)
          throw new NotModelled(`the library ${name} of glibc ${this.#profile.libraries.release}`);
        return library;
      });
  }

  #mapAnonymous(length: number, flags: number): number {
    const at = this.#findArea(length);
    this.#mapFixed(at, at + length, flags | VM_MAY_ALL, undefined, undefined);
    return at;
  }

  /** Maps a library as ld.so does. @source glibc elf/dl-map-segments.h: _dl_map_segments */
  #mapLibrary(library: SharedLibrary): LoadedObject {
    const length = imageEnd(library.segments);
    const file = this.#openFile(library.path, length, undefined);
    const pages = roundUp(length, PAGE_SIZE);
    const base = this.#mm.areas.find({ addr: 0, length: pages, flags: 0, file, offset: 0 });
    if (base < 0) throw new NotModelled('libraries that do not fit into the address space');
    this.#mapFixed(base, base + pages, VM_READ | VM_MAY_ALL, file, 0);
    const [first] = library.segments;
    const last = library.segments[library.segments.length - 1];
    if (first !== undefined && last !== undefined && hasHoles(library)) {
      const firstEnd = roundUp(first.vaddr + first.fileSize, PAGE_SIZE);
      mprotect(this.#mm, base + firstEnd, roundDown(last.vaddr, PAGE_SIZE) - firstEnd, PROT_NONE);
    }
    this.#mapSegments({ ...library, segments: library.segments.slice(1) }, base, file);
    return { path: library.path, base: base as Address, end: (base + pages) as Address };
  }

  /** Makes the block of the main thread. @source glibc elf/dl-tls.c: _dl_determine_tlsoffset */
  #threadBlock(wanted: readonly SharedLibrary[], loaded: readonly LoadedObject[], heap: number): ThreadStart {
    const { libraries } = this.#profile;
    const tls = this.#image.tls;
    const ofProgram = tls === undefined ? [] : [{ size: tls.memSize, align: tls.align }];
    const ofLibraries = [libraries.libc, ...wanted.filter((other) => other !== libraries.libc)]
      .filter(({ tlsSize }) => tlsSize > 0)
      .map(({ tlsSize, tlsAlign }) => ({ size: tlsSize, align: tlsAlign }));
    const { used: offset, offsets } = threadLocalOffsets([...ofProgram, ...ofLibraries]);
    const programOffset = tls === undefined ? 0 : (offsets[0] ?? 0);
    if (libraries.release === '2.36' && this.#profile.target === 'i386')
      return this.#blockInStartUpHeap(heap, offset, programOffset);
    if (this.#profile.target === 'x86_64' && libraries.tlsBlock === 'own-mapping') {
      const below = roundUp(offset + 0x680, 64);
      const bytes =
        roundUp(below + libraries.threadDescriptorBytes + THREAD_BLOCK_SLACK, PAGE_SIZE) + PAGE_SIZE;
      const block = this.#mapAnonymous(bytes, VM_READ | VM_WRITE);
      const threadPointer = (block + below) as Address;
      this.#touch(block);
      this.#fillThreadBlock(threadPointer, programOffset);
      return { threadPointer, exact: true };
    }
    // A small block is cut from the start-up heap, behind what path lengths decide; a large one is mapped.
    const bytes = roundUp(offset, 64) + libraries.threadDescriptorBytes + 64;
    const small = bytes <= 0x640 + libraries.threadDescriptorBytes;
    const block = small
      ? heap + 2 * PAGE_SIZE - roundUp(bytes, 64)
      : this.#mapAnonymous(roundUp(bytes, PAGE_SIZE), VM_READ | VM_WRITE);
    invariant(loaded.length > 0, 'a dynamic program has libc');
    const threadPointer = roundDown(block + bytes - libraries.threadDescriptorBytes, 64) as Address;
    this.#fillThreadBlock(threadPointer, programOffset);
    return { threadPointer, exact: false };
  }

  /** The block on i386: in the start-up heap where it fits there, else in a mapping of its own. @source elf/rtld.c: init_tls */
  #blockInStartUpHeap(heap: number, offset: number, programOffset: number): ThreadStart {
    const align = Math.max(64, this.#image.tls?.align ?? 0);
    const descriptor = this.#profile.libraries.threadDescriptorBytes;
    const below = roundUp(offset + 0x680, align);
    const bytes = below + descriptor + align + this.#word;
    const versions = this.#image.sections.find(({ name }) => name === '.gnu.version_r')?.size ?? 0;
    const others = this.#neededLibraries().length;
    const versionCount = versions / 16 - (1 + others);
    const cut = heap + startUpHeapUsed.base + 16 * versionCount + others * startUpHeapUsed.libm;
    const fits = cut + bytes < heap + 2 * PAGE_SIZE;
    const block = fits ? cut : this.#mapAnonymous(roundUp(bytes, PAGE_SIZE) + PAGE_SIZE, VM_READ | VM_WRITE);
    const threadPointer = (roundUp(block, align) + below) as Address;
    this.#touch(block);
    this.#fillThreadBlock(threadPointer, programOffset);
    return { threadPointer, exact: true };
  }

  /** Initial thread-local values, and the words at the thread pointer that code reads: itself, canary, pointer guard. */
  #fillThreadBlock(threadPointer: number, programOffset: number): void {
    const { tls } = this.#image;
    if (tls !== undefined) {
      const start = threadPointer - programOffset;
      this.#memory.writeBytes(start, tls.bytes);
      // ld.so clears the rest, which makes it resident; the block of a static program is fresh from the break.
      const isDynamic = this.#image.link === 'pie' || this.#image.link === 'no-pie';
      if (isDynamic) this.#memory.fill(start + tls.bytes.length, 0, tls.memSize - tls.bytes.length);
    }
    const random = this.#profile.randomBytes;
    const word = (from: number): number[] => random.slice(from, from + this.#word);
    if (this.#word === 8) {
      this.#memory.writeNumber64(threadPointer, threadPointer);
      this.#memory.writeNumber64(threadPointer + 0x10, threadPointer);
      this.#memory.writeBytes(threadPointer + 0x28, Uint8Array.from([0, ...word(0).slice(1)]));
      this.#memory.writeBytes(threadPointer + 0x30, Uint8Array.from(word(8)));
    } else {
      this.#memory.writeU32(threadPointer, threadPointer);
      this.#memory.writeU32(threadPointer + 0x8, threadPointer);
      this.#memory.writeBytes(threadPointer + 0x14, Uint8Array.from([0, ...word(0).slice(1)]));
      this.#memory.writeBytes(threadPointer + 0x18, Uint8Array.from(word(4)));
    }
    this.#touch(threadPointer + this.#profile.libraries.threadDescriptorBytes - 1);
  }

  /** Pages of a library's data that relocation and start-up write. */
  #touchData(library: SharedLibrary, base: number): void {
    for (const segment of library.segments) {
      if ((segment.flags & 2) === 0) continue;
      const end = roundUp(segment.vaddr + segment.fileSize, PAGE_SIZE);
      for (let page = roundDown(segment.vaddr, PAGE_SIZE); page < end; page += PAGE_SIZE)
        this.#touch(base + page);
    }
    for (const page of library.startupBssPages) this.#touch(base + page);
  }

  /** Pages of a library's code and constants that run or are read before main, each fault with the window around it. */
  #readFilePages(library: SharedLibrary, base: number): void {
    for (const page of library.startupFilePages) this.#memory.translateRead(base + page);
  }

  /** ld.so reads the program's tables; then its start code and main run. */
  #readProgram(bias: number): void {
    const text = this.#image.segments.find(({ protection }) => protection === 'r-x');
    const first = this.#image.segments[0];
    if (first !== undefined) this.#memory.translateRead(bias + first.vaddr);
    if (text !== undefined) this.#memory.translateRead(bias + text.vaddr);
    this.#memory.translateRead(bias + this.#image.entry);
  }

  #protectRelro(library: SharedLibrary, base: number): void {
    const writable = library.segments.find((segment) => (segment.flags & 2) !== 0);
    if (writable === undefined) return;
    const start = base + roundDown(writable.vaddr, PAGE_SIZE);
    const end = base + roundDown(library.relroEnd, PAGE_SIZE);
    if (end > start) mprotect(this.#mm, start, end - start, PROT_READ);
  }

  #protectProgramRelro(bias: number): void {
    const { relro } = this.#image;
    if (relro === undefined) return;
    const start = bias + roundDown(relro.start, PAGE_SIZE);
    const end = bias + roundDown(relro.end, PAGE_SIZE);
    if (end > start) mprotect(this.#mm, start, end - start, PROT_READ);
  }

  /** Adds the bias to the words that hold addresses, and writes the pages that ld.so writes anyway. */
  #relocateProgram(bias: number): void {
    const { relro, relativeRelocations } = this.#image;
    if (relro !== undefined) {
      // ld.so reads the dynamic section before it writes: a fault that maps the pages behind it too.
      this.#memory.translateRead(bias + relro.start);
      for (let page = roundDown(relro.start, PAGE_SIZE); page < relro.end; page += PAGE_SIZE)
        this.#touch(bias + page);
    }
    if (bias !== 0) {
      for (const addr of relativeRelocations) this.#addToWord(bias + addr, bias);
    }
  }

  /**
   * Words that hold addresses of libc, and the pages of objects that are copied from libc (whose content is libc's to
   * fill in).
   */
  #bindData(bias: number, loaded: readonly LoadedObject[]): void {
    const { symbolRelocations, copyRelocations } = this.#image;
    const libc = loaded[loaded.length - 1];
    invariant(libc !== undefined, 'a dynamic program has libc');
    for (const { addr, name, addend } of symbolRelocations) {
      const value = this.#options.resolveSymbol?.(name, libc.base);
      if (value === undefined) throw new NotModelled(`the address of ${name} in the data of the program`);
      this.#writeWord(bias + addr, value + addend);
    }
    for (const { addr, size } of copyRelocations) {
      for (let page = roundDown(addr, PAGE_SIZE); page < addr + size; page += PAGE_SIZE)
        this.#touch(bias + page);
    }
  }

  /** The words through which the program reaches libc. */
  #fillTable(bias: number, loaderBase: number, loaded: readonly LoadedObject[]): void {
    const libc = loaded[loaded.length - 1];
    invariant(libc !== undefined, 'a dynamic program has libc');
    new GlobalOffsetTable(this.#image, bias).fill(this.#memory, {
      loaderBase,
      libcBase: libc.base,
      addressOf: (name) => this.#options.resolveSymbol?.(name, libc.base) ?? 0,
    });
  }

  /** Thread-local words that hold addresses: ld.so copies their initial values after it has relocated them. */
  #relocateThreadLocals(bias: number, threadPointer: number): void {
    const { tls, relativeRelocations, sections } = this.#image;
    const section = sections.find((one) => one.name === '.tdata');
    if (tls === undefined || section === undefined) return;
    const start = threadPointer - roundUp(tls.memSize, tls.align);
    for (const addr of relativeRelocations) {
      const offset = addr - section.addr;
      if (offset >= 0 && offset < section.size) this.#addToWord(start + offset, bias);
    }
  }

  #addToWord(addr: number, bias: number): void {
    if (this.#word === 8) this.#memory.writeU64(addr, this.#memory.readU64(addr) + BigInt(bias));
    else this.#memory.writeU32(addr, this.#memory.readU32(addr) + bias);
  }

  // The part of a static program's start code.

  /** The thread block comes from the break, then malloc gets its heap. @source glibc csu/libc-tls.c */
  #staticStart(bias: number): StartedLibraries {
    const { tls } = this.#image;
    const mm = this.#mm;
    this.#relocateProgram(bias);
    this.#protectProgramRelro(bias);
    const wide = this.#profile.target === 'x86_64';
    const descriptor = wide ? 0x980 : 0x500;
    const bytes = roundUp((tls?.memSize ?? 0) + 0x320, 64) + descriptor;
    const threadPointer = (mm.startBrk + bytes - descriptor) as Address;
    brk(mm, mm.startBrk + bytes);
    this.#fillThreadBlock(threadPointer, tls === undefined ? 0 : roundUp(tls.memSize, tls.align));
    // One allocation during start-up makes malloc ask for its first heap.
    brk(mm, roundUp(mm.startBrk + bytes + 0x21000, PAGE_SIZE));
    this.#touch(mm.startBrk);
    return { threadPointer, exact: wide, libraries: [] };
  }

  // Helpers.

  /** Start-up code ran on the stack: the page of main's frame and the one below are there. */
  #touchStack(frame: number): void {
    this.#touch(frame - 8);
    this.#touch(frame - PAGE_SIZE);
  }

  /** Writes a byte without changing it. */
  #touch(addr: number): void {
    this.#memory.translateWrite(addr);
  }

  #openFile(
    path: string,
    size: number,
    content: ((page: number) => Uint8Array | undefined) | undefined,
  ): MappedFile {
    const identity = this.#options.identify?.(path) ?? { device: '08:01', inode: madeUpInode(path) };
    return new MappedFile({
      kind: 'regular',
      name: path,
      device: identity.device,
      inode: identity.inode,
      size,
      writable: false,
      ...(content === undefined ? {} : { content }),
    });
  }
}

interface ThreadStart {
  readonly threadPointer: Address;
  readonly exact: boolean;
}

interface StartedLibraries extends ThreadStart {
  readonly libraries: readonly LoadedObject[];
}

/** End of the highest segment in memory. */
function imageEnd(segments: readonly { readonly vaddr: number; readonly memSize: number }[]): number {
  return segments.reduce((end, segment) => Math.max(end, segment.vaddr + segment.memSize), 0);
}

function hasHoles(library: SharedLibrary): boolean {
  return library.segments.some((segment, index) => {
    const next = library.segments[index + 1];
    return (
      next !== undefined &&
      roundUp(segment.vaddr + segment.fileSize, PAGE_SIZE) !== roundDown(next.vaddr, PAGE_SIZE)
    );
  });
}

function letterFlags(protection: 'r--' | 'r-x' | 'rw-'): number {
  return VM_READ | (protection === 'rw-' ? VM_WRITE : 0) | (protection === 'r-x' ? VM_EXEC : 0);
}

/** Protection of a program header: PF_X is 1, PF_W 2, PF_R 4. */
function elfFlags(flags: number): number {
  return protFlags(((flags & 4) !== 0 ? 1 : 0) | ((flags & 2) !== 0 ? 2 : 0) | ((flags & 1) !== 0 ? 4 : 0));
}

/** An inode number that depends on the path alone. */
function madeUpInode(path: string): number {
  let hash = 7;
  for (let index = 0; index < path.length; index++) hash = (hash * 31 + path.charCodeAt(index)) % 1_000_003;
  return 1_000_000 + hash;
}
