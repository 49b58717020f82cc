/**
 * The process that a trace runs in: the address space before the first operation, and an allocator in it.
 *
 * A start state is the header of a recording: what was mapped where, which limits and tunables were set, where libc
 * keeps malloc's state.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE } from '../../base/address.ts';
import { Malloc } from '../../core/malloc/malloc.ts';
import { PlainLinearMemory } from '../../core/mm/linear-memory.ts';
import { ProcessMemory } from '../../core/mm/process-memory.ts';
import {
  MappedFile,
  VM_ACCOUNT,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_MAY_ALL,
  VM_READ,
  VM_WRITE,
} from '../../core/mm/vma.ts';
import type { TargetName } from '../../core/target/data-model.ts';
import { dataModelOf } from '../../core/target/data-model.ts';
import { glibcReleaseOf } from '../../core/target/glibc-release.ts';
import type { MachineProfile } from '../../core/target/machine-profile.ts';
import { machineProfile } from '../../core/target/machine-profile.ts';
import { NotModelled } from '../../core/trace/not-modelled.ts';
import type { Tracer } from '../../core/trace/trace-event.ts';

/** `[start, end, permissions, offset, name, resident pages, zero pages]`; the last two for what can change. */
export type StartMapping = readonly [
  start: string,
  end: string,
  permissions: string,
  offset: string,
  name: string,
  pages?: number,
  zeroPages?: number,
];

/** The header of a recording. Addresses are hex strings. */
export interface StartState {
  readonly format: string;
  readonly glibc: string;
  readonly vendor: string;
  readonly arch: TargetName;
  readonly word: 4 | 8;
  readonly page: number;
  readonly kernel: string;
  readonly family?: string;
  readonly seed?: string;
  readonly scenario?: string;
  readonly tunables: Readonly<Record<string, string>>;
  readonly rlimits: Readonly<Record<string, string>>;
  readonly heap_start: string;
  readonly main_arena: string;
  /** Address of mp_, where a build has it elsewhere than the release's entry says. */
  readonly mp?: string;
  readonly bins_offset: number;
  readonly tcache_key: string | null;
  readonly safe_linking: boolean;
  readonly maps: readonly StartMapping[];
}

/** A process in its start state. */
export interface ReplayProcess {
  readonly start: StartState;
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly stackEnd: number;
  /** Anonymous memory that libc had before the first operation. */
  readonly initialAnonymous: readonly { readonly start: number; readonly end: number }[];
}

/** Linear memory that a replay may grow to: 4 GiB less a page of 64 KiB. */
const MAXIMUM_LINEAR_PAGES = 65535;
/**
 * What it starts with: 64 MiB, which the host gives page by page as they are touched. Growing detaches the buffer, and
 * once any buffer was detached V8 checks that at every access to a typed array, which costs a replay a tenth of its time.
 */
const INITIAL_LINEAR_PAGES = 1024;

/** Bytes between start_data and end_data of the traced program; only limits on data look at them. */
const PROGRAM_DATA_BYTES = 0x200;

/** Builds the process of a start state. @throws NotModelled for releases that have no entry */
export function startProcess(start: StartState, tracer: Tracer): ReplayProcess {
  const release = glibcReleaseOf(start.glibc);
  if (release === undefined) throw new NotModelled(`glibc ${start.glibc}`);
  const profile = profileOf(start);
  const memory = new ProcessMemory({
    linear: new PlainLinearMemory(INITIAL_LINEAR_PAGES, MAXIMUM_LINEAR_PAGES),
    profile,
    tracer,
  });
  const malloc = new Malloc({
    memory,
    syscalls: memory,
    model: dataModelOf(start.arch),
    release,
    mainArena: Number(start.main_arena),
    heapStart: Number(start.heap_start),
    // The header of a recording has an object of this name: the parameters, not the address.
    ...(typeof start.mp === 'string' ? { mp: Number(start.mp) } : {}),
    tcacheKey: BigInt(start.tcache_key ?? 0),
    tunables: start.tunables,
    programName: 'target',
    tracer,
  });
  let stackEnd = profile.taskSize;
  memory.mm.withoutTracing(() => {
    stackEnd = mapAll(memory, start);
    malloc.loadStatics();
  });
  setLimits(memory, start);
  memory.counters.minflt = 0;
  const initialAnonymous = start.maps
    .filter(([, , , , name]) => name === '' || name === '[heap]')
    .map(([from, to]) => ({ start: Number(from), end: Number(to) }));
  return { start, memory, malloc, stackEnd, initialAnonymous };
}

function profileOf(start: StartState): MachineProfile {
  const { stack } = start.rlimits;
  const stackLimit = stack === 'unlimited' ? Infinity : Number(stack ?? 8 * 1024 * 1024);
  return { ...machineProfile(start.arch), stackLimit };
}

/** Limits on address space and data take effect once the program runs. */
function setLimits(memory: ProcessMemory, start: StartState): void {
  const { as, data } = start.rlimits;
  if (as !== undefined) memory.limits.addressSpace = Number(as);
  if (data !== undefined) memory.limits.data = Number(data);
}

/** Makes the mappings of a start state. @returns the end of the stack */
function mapAll(memory: ProcessMemory, start: StartState): number {
  const { mm } = memory;
  const files = new Map<string, MappedFile>();
  let stackEnd = 0;
  mm.startBrk = Number(start.heap_start);
  mm.brk = mm.startBrk;
  for (const mapping of start.maps) {
    const [fromText, toText, permissions, offset, name] = mapping;
    const from = Number(fromText);
    const to = Number(toText);
    if (from >= mm.profile.taskSize) continue;
    const anonymous = name === '' || name === '[stack]' || name === '[heap]';
    let flags = flagsOfPermissions(permissions);
    if (name === '[stack]') {
      flags |= VM_GROWSDOWN;
      stackEnd = to;
      mm.startStack = to - PAGE_SIZE;
    }
    const file = anonymous ? undefined : fileNamed(files, name);
    const pgoff = file === undefined ? from / PAGE_SIZE : Number(offset) / PAGE_SIZE;
    mm.space.addRange(from as Address, to as Address, flags, pgoff, file);
    if (name === 'program' && permissions === 'rw-p') {
      mm.startData = from;
      mm.endData = from + PROGRAM_DATA_BYTES;
    }
    makeResident(memory, mapping);
    if (name === '[heap]') copyTunables(memory, start);
  }
  return stackEnd;
}

/**
 * Old releases of ld.so keep a copy of GLIBC_TUNABLES in memory from the break, before the program starts: a heap that
 * is there at start holds nothing else.
 *
 * Source: elf/dl-tunables.c: tunables_strdup (2.31).
 */
function copyTunables(memory: ProcessMemory, start: StartState): void {
  const settings = Object.entries(start.tunables).map(([name, value]) => `${name}=${value}`);
  const text = `GLIBC_TUNABLES=${settings.join(':')}\0`;
  memory.writeBytes(
    memory.mm.startBrk,
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  );
  memory.mm.brk = memory.mm.startBrk + text.length;
}

/** Touches what was resident; a stack is from its top down. Writable pages of files are private copies already. */
function makeResident(memory: ProcessMemory, mapping: StartMapping): void {
  const [from, to, permissions, , , pages] = mapping;
  const end = Number(to);
  const count = pages ?? (permissions.startsWith('rw') ? (end - Number(from)) / PAGE_SIZE : 0);
  for (let i = 1; i <= count; i += 1) memory.translateWrite(end - i * PAGE_SIZE);
}

function flagsOfPermissions(permissions: string): number {
  let flags = VM_MAY_ALL;
  if (permissions.startsWith('r')) flags |= VM_READ;
  if (permissions[1] === 'w') flags |= VM_WRITE | VM_ACCOUNT;
  if (permissions[2] === 'x') flags |= VM_EXEC;
  return flags;
}

function fileNamed(files: Map<string, MappedFile>, name: string): MappedFile {
  const known = files.get(name);
  if (known !== undefined) return known;
  const file = new MappedFile({
    kind: name.startsWith('[') ? 'special' : 'regular',
    name,
    device: '08:01',
    inode: 1 + files.size,
    size: 2 ** 31,
    writable: false,
  });
  files.set(name, file);
  return file;
}
