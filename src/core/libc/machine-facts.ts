/**
 * What the system tells about itself and about numbers of devices: <gnu/libc-version.h>, <sys/sysmacros.h>, <sys/random.h>,
 * <sys/ipc.h>, system.
 *
 * Source: glibc 2.36, version.c, misc/makedev.c, sysvipc/ftok.c, stdlib/arc4random.c (behaviour).
 * Simplified: random bytes are a fixed series, as every run of a program is the same.
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { EINVAL } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, setErrno, syscall } from './libc-context.ts';
import { asciiBytes } from './ascii.ts';
import { scratchPlaces } from './scratch.ts';

const AT_FDCWD = -100;
const EIO = 5;
const GRND_ALL = 7;
const mostEntropy = 256;

/** The series of random bytes: multiply with carry, its state in libc's data. */
function randomByte(ctx: LibcContext): number {
  const place = ctx.objects.scratch + scratchPlaces.entropy;
  const before = ctx.memory.readU32(place);
  const next = (Math.imul(before === 0 ? 0x9e37_79b9 : before, 0x0019_660d) + 0x3c6e_f35f) >>> 0;
  ctx.memory.writeU32(place, next);
  return next >>> 24;
}

function fillRandom(ctx: LibcContext, target: number, length: number): void {
  ctx.memory.writeBytes(
    target,
    Uint8Array.from({ length }, () => randomByte(ctx)),
  );
}

const randomWord = (ctx: LibcContext): number =>
  Array.from({ length: 4 }, () => randomByte(ctx)).reduce((word, byte) => word * 256 + byte, 0);

/** arc4random_uniform: numbers that would favour small ones are thrown away. */
function randomBelow(ctx: LibcContext, bound: number): number {
  if (bound < 2) return 0;
  const least = 2 ** 32 % bound;
  let word = randomWord(ctx);
  while (word < least) word = randomWord(ctx);
  return word % bound;
}

/** Bits of device numbers: minor 0-7 and 20-31, major 8-19 and 32-63. */
const majorOf = (device: bigint): bigint => ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xffff_f000n);
const minorOf = (device: bigint): bigint => (device & 0xffn) | ((device >> 12n) & 0xffff_ff00n);
const deviceOf = (major: bigint, minor: bigint): bigint =>
  ((major & 0xfffn) << 8n) |
  ((major & 0xffff_f000n) << 32n) |
  (minor & 0xffn) |
  ((minor & 0xffff_ff00n) << 12n);

function text(ctx: LibcContext, content: string, place: number): number {
  ctx.memory.writeBytes(ctx.objects.scratch + place, asciiBytes(`${content}\0`));
  return ctx.objects.scratch + place;
}

/** Facts of the machine */
export const machineFactFunctions: LibcTable = {
  gnu_get_libc_version: f('p', (ctx) => text(ctx, '2.36', scratchPlaces.libcVersion)),
  gnu_get_libc_release: f('p', (ctx) => text(ctx, 'stable', scratchPlaces.libcVersion + 8)),
  gnu_dev_major: f('ux', (_ctx, _args, _va, [device = 0]) =>
    Number(majorOf(BigInt.asUintN(64, BigInt(device)))),
  ),
  gnu_dev_minor: f('ux', (_ctx, _args, _va, [device = 0]) =>
    Number(minorOf(BigInt.asUintN(64, BigInt(device)))),
  ),
  gnu_dev_makedev: f('xuu', (_ctx, [major = 0, minor = 0]) =>
    deviceOf(BigInt(major >>> 0), BigInt(minor >>> 0)),
  ),
  getrandom: f('lpzu', (ctx, [target = 0, length = 0, flags = 0]) => {
    if ((flags & ~GRND_ALL) !== 0)
      return checked(ctx, syscall(ctx, 'getrandom', [target, length, flags], -EINVAL));
    fillRandom(ctx, target, length);
    return syscall(ctx, 'getrandom', [target, length, flags], length);
  }),
  getentropy: f('ipz', (ctx, [target = 0, length = 0]) => {
    if (length > mostEntropy) {
      setErrno(ctx, EIO);
      return -1;
    }
    fillRandom(ctx, target, length);
    syscall(ctx, 'getrandom', [target, length, 0], length);
    return 0;
  }),
  arc4random: f('u', (ctx) => randomWord(ctx)),
  arc4random_uniform: f('uu', (ctx, [bound = 0]) => randomBelow(ctx, bound)),
  arc4random_buf: f('vpz', (ctx, [target = 0, length = 0]) => {
    fillRandom(ctx, target, length);
    return 0;
  }),
  ftok: f('ipi', (ctx, [path = 0, project = 0]) => {
    const status = ctx.files.statusOf(decodeUtf8(ctx.memory.readCString(path)), AT_FDCWD, false);
    const isMissing = typeof status === 'number';
    if (checked(ctx, syscall(ctx, 'newfstatat', [AT_FDCWD, path], isMissing ? status : 0)) < 0 || isMissing)
      return -1;
    return (status.inode & 0xffff) | ((status.device & 0xff) << 16) | (project << 24);
  }),
  system: f('ip', (ctx, [command = 0]) => {
    // There is a shell; what it would run is another program.
    if (command === 0) return 1;
    const text = decodeUtf8(ctx.memory.readCString(command));
    throw new NotModelled(`system with a command for the shell (/bin/sh -c '${text}')`);
  }),
};
