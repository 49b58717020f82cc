/**
 * Who the process is and what it may use: identity, limits, configuration, machine.
 *
 * Source: POSIX; Linux, kernel/sys.c, kernel/sched/; glibc 2.36, sysdeps/unix/sysv/linux/ (behaviour).
 * Simplified: one user of one machine; limits other than those of memory are kept and not enforced.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { EINVAL, EPERM, ESRCH } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, setErrno, syscall, writeWord } from './libc-context.ts';
import { asciiBytes } from './ascii.ts';
import { pathConfiguration, systemConfiguration } from './system-configuration.ts';

const mostDescriptors = 1024;
/** Limits of the reference machine for what is not memory: soft and hard, by resource. */
const otherLimits: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0, [Infinity, Infinity]], // CPU
  [1, [Infinity, Infinity]], // FSIZE
  [4, [0, Infinity]], // CORE
  [5, [Infinity, Infinity]], // RSS
  [6, [96364, 96364]], // NPROC
  [7, [mostDescriptors, 1_048_576]], // NOFILE
  [10, [Infinity, Infinity]], // LOCKS
  [11, [96364, 96364]], // SIGPENDING
  [12, [819_200, 819_200]], // MSGQUEUE
  [13, [0, 0]], // NICE
  [14, [0, 0]], // RTPRIO
  [15, [Infinity, Infinity]], // RTTIME
]);

/** Limits of memory by resource, as the memory side names them. */
const memoryLimits: ReadonlyMap<number, 'data' | 'stack' | 'memlock' | 'addressSpace'> = new Map([
  [2, 'data'],
  [3, 'stack'],
  [8, 'memlock'],
  [9, 'addressSpace'],
]);

function limitOf(ctx: LibcContext, resource: number): readonly [number, number] | undefined {
  const changed = ctx.kernel.changedLimits.get(resource);
  const name = memoryLimits.get(resource);
  if (name === undefined) return changed ?? otherLimits.get(resource);
  const soft = ctx.kernel.limits[name];
  return [soft, changed?.[1] ?? (name === 'memlock' ? soft : Infinity)];
}

function writeLimit(ctx: LibcContext, target: number, value: number): void {
  const { wordBytes } = ctx.model;
  const largest = wordBytes === 8 ? Number.MAX_SAFE_INTEGER : 0xffff_fffe;
  if (value > largest) ctx.memory.fill(target, 0xff, wordBytes);
  else writeWord(ctx, target, value);
}

function readLimit(ctx: LibcContext, from: number): number {
  const { wordBytes } = ctx.model;
  const value = wordBytes === 8 ? ctx.memory.readU64(from) : BigInt(ctx.memory.readU32(from));
  return value === (1n << BigInt(8 * wordBytes)) - 1n ? Infinity : Number(value);
}

/** prlimit64, which getrlimit and setrlimit are. @returns 0 or minus errno */
function changeLimit(ctx: LibcContext, resource: number, from: number, old: number): number {
  const before = limitOf(ctx, resource);
  if (before === undefined) return -EINVAL;
  const { wordBytes } = ctx.model;
  if (from !== 0) {
    const soft = readLimit(ctx, from);
    const hard = readLimit(ctx, from + wordBytes);
    if (soft > hard) return -EINVAL;
    if (hard > before[1]) return -EPERM;
    ctx.kernel.changedLimits.set(resource, [soft, hard]);
    const name = memoryLimits.get(resource);
    if (name !== undefined) ctx.kernel.limits[name] = soft;
  }
  if (old !== 0) {
    writeLimit(ctx, old, before[0]);
    writeLimit(ctx, old + wordBytes, before[1]);
  }
  return 0;
}

const prlimit = (ctx: LibcContext, resource: number, from: number, old: number): number =>
  checked(ctx, syscall(ctx, 'prlimit64', [0, resource, from, old], changeLimit(ctx, resource, from, old)));

/** sysconf. @returns -1 for what has no value; errno is set for a name that does not exist only */
function systemValue(ctx: LibcContext, name: number): number {
  const soft = (resource: number): number => {
    prlimit(ctx, resource, 0, 0);
    const value = limitOf(ctx, resource)?.[0] ?? Infinity;
    return Number.isFinite(value) ? value : -1;
  };
  switch (name) {
    case 0: // _SC_ARG_MAX: a quarter of the stack's limit
      return Math.max(131_072, Math.floor(soft(3) / 4));
    case 1: // _SC_CHILD_MAX
      return soft(6);
    case 2: // _SC_CLK_TCK
      return 100;
    case 3: // _SC_NGROUPS_MAX
      return 65536;
    case 4: // _SC_OPEN_MAX
      return soft(7);
    case 30: // _SC_PAGESIZE
      return PAGE_SIZE;
    case 34: // _SC_SIGQUEUE_MAX
      return soft(11);
    case 60: // _SC_UIO_MAXIOV
      return 1024;
    case 69: // _SC_GETGR_R_SIZE_MAX
    case 70: // _SC_GETPW_R_SIZE_MAX
      return 1024;
    case 75: // _SC_THREAD_STACK_MIN
      return 16384;
    case 83: // _SC_NPROCESSORS_CONF
    case 84: // _SC_NPROCESSORS_ONLN
      return 1;
    case 85: // _SC_PHYS_PAGES
      return Math.floor(ctx.kernel.ramBytes / PAGE_SIZE);
  }
  const value = systemConfiguration.get(name);
  if (value !== undefined) return value;
  if (name >= 0 && name <= 250) throw new NotModelled(`sysconf(${String(name)})`);
  setErrno(ctx, EINVAL);
  return -1;
}

function pathValue(ctx: LibcContext, name: number): number {
  const value = pathConfiguration.get(name);
  if (value !== undefined) return value;
  setErrno(ctx, EINVAL);
  return -1;
}

/** Bytes of each field of `struct utsname`. */
const utsnameBytes = 65;

function uname(ctx: LibcContext, target: number): number {
  const fields = [
    'Linux',
    hostName,
    '6.18.0',
    '#1 SMP PREEMPT_DYNAMIC',
    ctx.model.wordBytes === 8 ? 'x86_64' : 'i686',
    '(none)',
  ];
  ctx.memory.fill(target, 0, utsnameBytes * fields.length);
  fields.forEach((text, i) => {
    ctx.memory.writeBytes(target + i * utsnameBytes, asciiBytes(text));
  });
  return syscall(ctx, 'uname', [target], 0);
}

const hostName = 'atlas';

function writeName(ctx: LibcContext, target: number, size: number, text: string): number {
  const ENAMETOOLONG = 36;
  const bytes = asciiBytes(`${text}\0`);
  ctx.memory.writeBytes(target, bytes.subarray(0, size));
  if (bytes.length <= size) return 0;
  setErrno(ctx, ENAMETOOLONG);
  return -1;
}

/** Processor time in clock ticks, as times() counts it. */
const ticksOf = (nanoseconds: number): number => Math.floor(nanoseconds / 1e7);

function times(ctx: LibcContext, target: number): number {
  const { wordBytes } = ctx.model;
  if (target !== 0) {
    ctx.memory.fill(target, 0, 4 * wordBytes);
    writeWord(ctx, target, ticksOf(ctx.processorNanoseconds()));
  }
  return syscall(ctx, 'times', [target], ticksOf(ctx.clockControl.elapsed));
}

const identity = (name: string): ReturnType<typeof f> => f('u', (ctx) => syscall(ctx, name, [], ctx.userId));

const getrlimit = f('iip', (ctx, [resource = 0, target = 0]) => prlimit(ctx, resource, 0, target));
const setrlimit = f('iip', (ctx, [resource = 0, from = 0]) => prlimit(ctx, resource, from, 0));
const prlimitOf = f('iiipp', (ctx, [pid = 0, resource = 0, from = 0, old = 0]) =>
  pid === 0 || pid === ctx.pid
    ? prlimit(ctx, resource, from, old)
    : checked(ctx, syscall(ctx, 'prlimit64', [pid, resource, from, old], -ESRCH)),
);

/** Identity, limits, configuration. */
export const processFunctions: LibcTable = {
  getuid: identity('getuid'),
  geteuid: identity('geteuid'),
  getgid: identity('getgid'),
  getegid: identity('getegid'),
  getpgrp: f('i', (ctx) => syscall(ctx, 'getpgrp', [], ctx.processes.leader)),
  getpgid: f('ii', (ctx, [pid = 0]) => syscall(ctx, 'getpgid', [pid], ctx.processes.leader)),
  getsid: f('ii', (ctx, [pid = 0]) => syscall(ctx, 'getsid', [pid], ctx.processes.leader - 1)),
  getrlimit,
  getrlimit64: getrlimit,
  setrlimit,
  setrlimit64: setrlimit,
  prlimit: prlimitOf,
  prlimit64: prlimitOf,
  getdtablesize: f('i', (ctx) => {
    const value = limitOf(ctx, 7)?.[0] ?? mostDescriptors;
    prlimit(ctx, 7, 0, 0);
    return value;
  }),
  sysconf: f('li', (ctx, [name = 0]) => systemValue(ctx, name)),
  pathconf: f('lpi', (ctx, [, name = 0]) => pathValue(ctx, name)),
  fpathconf: f('lii', (ctx, [, name = 0]) => pathValue(ctx, name)),
  get_nprocs: f('i', () => 1),
  get_nprocs_conf: f('i', () => 1),
  get_phys_pages: f('l', (ctx) => Math.floor(ctx.kernel.ramBytes / PAGE_SIZE)),
  uname: f('ip', (ctx, [target = 0]) => uname(ctx, target)),
  gethostname: f('ipz', (ctx, [target = 0, size = 0]) => {
    syscall(ctx, 'uname', [target], 0);
    return writeName(ctx, target, size, hostName);
  }),
  times: f('lp', (ctx, [target = 0]) => times(ctx, target)),
  getpriority: f('iii', (ctx, [which = 0, who = 0]) => {
    syscall(ctx, 'getpriority', [which, who], 20);
    return 0;
  }),
  sched_getcpu: f('i', () => 0),
};
