/**
 * <time.h>: dates and their text. The time zone is UTC.
 *
 * The first use of local time reads /etc/localtime through a stream, and each call of localtime, ctime and mktime looks
 * whether it has changed: that is where these functions allocate.
 *
 * Source: C17 7.27.3; glibc 2.36, time/tzset.c, tzfile.c, localtime.c, asctime.c (behaviour).
 * Simplified: other zones (the variable TZ) are not modelled.
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { EINVAL, EOVERFLOW } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { asctimeText, civilTime, parseTime, secondsOf, strftimeText } from './calendar.ts';
import type { CivilTime } from './calendar.ts';
import { environmentText } from './environment.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { asciiBytes } from './ascii.ts';
import { wideText } from './multibyte.ts';
import { scratchPlaces } from './scratch.ts';
import { streamRead } from './file-stream.ts';
import { closeStream, openStream } from './stream-open.ts';
import { seekStream } from './stream-position.ts';

const zoneName = 'UTC';

const fieldOrder = ['second', 'minute', 'hour', 'day', 'month', 'year', 'weekday', 'yearDay'] as const;

/** Offsets of the parts of `struct tm` behind its nine ints. */
const zoneOffsets = (ctx: LibcContext): { readonly offset: number; readonly zone: number } =>
  ctx.model.wordBytes === 8 ? { offset: 40, zone: 48 } : { offset: 36, zone: 40 };

function writeTime(ctx: LibcContext, target: number, time: CivilTime, zone: string): void {
  fieldOrder.forEach((name, i) => {
    ctx.memory.writeU32(target + 4 * i, time[name] >>> 0);
  });
  ctx.memory.writeU32(target + 32, 0);
  const { offset, zone: at } = zoneOffsets(ctx);
  writeWord(ctx, target + offset, 0);
  const text = ctx.objects.scratch + scratchPlaces.zoneNames + (zone === 'GMT' ? 8 : 0);
  ctx.memory.writeBytes(text, asciiBytes(`${zone}\0`));
  writeWord(ctx, target + at, text);
}

function readTime(ctx: LibcContext, from: number): CivilTime {
  const field = (i: number): number => ctx.memory.readU32(from + 4 * i) | 0;
  return {
    second: field(0),
    minute: field(1),
    hour: field(2),
    day: field(3),
    month: field(4),
    year: field(5),
    weekday: field(6),
    yearDay: field(7),
  };
}

/** tzset. `checksAgain`: the zone is looked at even when it is known already. @source time/tzset.c: tzset_internal */
function setZone(ctx: LibcContext, checksAgain: boolean): void {
  const initialized = ctx.objects.base + placesOf(ctx).zoneIsInitialized;
  const isKnown = ctx.memory.readU32(initialized) !== 0;
  if (isKnown && !checksAgain) return;
  ctx.memory.writeU32(initialized, 1);
  const given = environmentText(ctx, 'TZ');
  if (given !== undefined && given !== '' && given !== 'UTC') throw new NotModelled(`the time zone ${given}`);
  if (given !== undefined) throw new NotModelled('a time zone given by TZ');
  const path = '/etc/localtime';
  const old = readWord(ctx, ctx.objects.base + placesOf(ctx).oldZone);
  const name = callFromLibc(ctx, 'tzset', () => {
    if (old !== 0) ctx.malloc.free(old);
    return ctx.malloc.malloc(path.length + 1);
  });
  ctx.memory.writeBytes(name, asciiBytes(`${path}\0`));
  writeWord(ctx, ctx.objects.base + placesOf(ctx).oldZone, name);
  if (isKnown) {
    syscall(ctx, 'newfstatat', [-100, name, 0, 0], 0);
    return;
  }
  readZoneFile(ctx, name);
}

/** The file is read as glibc reads it, twice over its headers; what it says of UTC is known. */
function readZoneFile(ctx: LibcContext, path: number): void {
  const file = openStream(ctx, path, 're');
  if (file === 0) return;
  const fd = ctx.memory.readU32(file + 14 * ctx.model.wordBytes);
  syscall(ctx, 'newfstatat', [fd], 0);
  const headerBytes = 44;
  const shortData = 10;
  ctx.withStackBytes(new Uint8Array(64), (buffer) => {
    streamRead(ctx, file, buffer, headerBytes);
    seekStream(ctx, file, shortData, 1);
    streamRead(ctx, file, buffer, headerBytes);
    // One block for the kinds of time and their names.
    callFromLibc(ctx, 'tzset', () => ctx.malloc.malloc(17));
    streamRead(ctx, file, buffer, 14);
  });
  closeStream(ctx, file);
  // The name of the zone is kept in a list.
  callFromLibc(ctx, 'tzset', () => ctx.malloc.malloc(2 * ctx.model.wordBytes + zoneName.length + 1));
}

/** The date of a time_t; 0 and errno for one whose year does not fit. */
function convertTime(ctx: LibcContext, from: number, target: number, zone: string): number {
  const raw =
    ctx.model.wordBytes === 8
      ? BigInt.asIntN(64, ctx.memory.readU64(from))
      : BigInt(ctx.memory.readU32(from) | 0);
  const seconds = Number(raw);
  if (Math.abs(seconds) > 6.7e16) {
    setErrno(ctx, EOVERFLOW);
    return 0;
  }
  writeTime(ctx, target, civilTime(seconds), zone);
  return target;
}

/** mktime and timegm: the fields are brought into their ranges. */
function fromCivil(ctx: LibcContext, target: number, zone: string): number {
  const seconds = secondsOf(readTime(ctx, target));
  const time = civilTime(seconds);
  if (Math.abs(time.year) > 0x7fff_ffff) {
    setErrno(ctx, EOVERFLOW);
    return -1;
  }
  writeTime(ctx, target, time, zone);
  return seconds;
}

function writeAsctime(ctx: LibcContext, time: CivilTime, target: number): number {
  const text = asctimeText(time);
  ctx.memory.writeBytes(target, asciiBytes(`${text}\0`));
  return target;
}

/** A date as a format says; a character of the text is a byte, or a wide character. */
function textOfTime(ctx: LibcContext, pattern: string, from: number): string {
  const time = readTime(ctx, from);
  const zoneAt = readWord(ctx, from + zoneOffsets(ctx).zone);
  // The name of the zone is the record's own; a record without one has none.
  const zone =
    pattern.includes('Z') && zoneAt !== 0 ? String.fromCharCode(...ctx.memory.readCString(zoneAt)) : '';
  return strftimeText(pattern, time, zone);
}

/** strftime. @returns bytes without the NUL, 0 where there is not room for all (errno stays what it is before glibc 2.38) */
function formatTime(ctx: LibcContext, target: number, size: number, format: number, from: number): number {
  const pattern = String.fromCharCode(...ctx.memory.readCString(format));
  const bytes = asciiBytes(textOfTime(ctx, pattern, from));
  if (bytes.length + 1 > size) return 0;
  ctx.memory.writeBytes(target, bytes);
  ctx.memory.writeU8(target + bytes.length, 0);
  return bytes.length;
}

/** wcsftime: the same in wide characters. */
function formatWideTime(
  ctx: LibcContext,
  target: number,
  size: number,
  format: number,
  from: number,
): number {
  const codes = Array.from(textOfTime(ctx, String.fromCodePoint(...wideText(ctx, format)), from));
  if (codes.length + 1 > size) return 0;
  [...codes, '\0'].forEach((character, i) => {
    ctx.memory.writeU32(target + 4 * i, character.codePointAt(0) ?? 0);
  });
  return codes.length;
}

function readTimeText(ctx: LibcContext, text: number, format: number, target: number): number {
  const parsed = parseTime(
    decodeUtf8(ctx.memory.readCString(text)),
    decodeUtf8(ctx.memory.readCString(format)),
  );
  if (parsed === undefined) return 0;
  fieldOrder.forEach((name, i) => {
    const value = parsed.time[name];
    if (value !== undefined) ctx.memory.writeU32(target + 4 * i, value >>> 0);
  });
  return text + parsed.length;
}

const tmBuffer = (ctx: LibcContext): number => ctx.objects.base + placesOf(ctx).tmBuffer;
const asctimePlace = (ctx: LibcContext): number => ctx.objects.base + placesOf(ctx).asctimeText;

const mktime = f('lp', (ctx, [target = 0]) => {
  setZone(ctx, true);
  return fromCivil(ctx, target, zoneName);
});

/** Dates of <time.h> */
export const calendarFunctions: LibcTable = {
  tzset: f('v', (ctx) => {
    setZone(ctx, true);
    return 0;
  }),
  gmtime: f('pp', (ctx, [from = 0]) => {
    setZone(ctx, false);
    return convertTime(ctx, from, tmBuffer(ctx), 'GMT');
  }),
  gmtime_r: f('ppp', (ctx, [from = 0, target = 0]) => {
    setZone(ctx, false);
    return convertTime(ctx, from, target, 'GMT');
  }),
  localtime: f('pp', (ctx, [from = 0]) => {
    setZone(ctx, true);
    return convertTime(ctx, from, tmBuffer(ctx), zoneName);
  }),
  localtime_r: f('ppp', (ctx, [from = 0, target = 0]) => {
    setZone(ctx, false);
    return convertTime(ctx, from, target, zoneName);
  }),
  mktime,
  timelocal: mktime,
  timegm: f('lp', (ctx, [target = 0]) => fromCivil(ctx, target, 'GMT')),
  asctime: f('pp', (ctx, [from = 0]) => {
    if (from !== 0) return writeAsctime(ctx, readTime(ctx, from), asctimePlace(ctx));
    setErrno(ctx, EINVAL);
    return 0;
  }),
  asctime_r: f('ppp', (ctx, [from = 0, target = 0]) => writeAsctime(ctx, readTime(ctx, from), target)),
  ctime: f('pp', (ctx, [from = 0]) => {
    setZone(ctx, true);
    convertTime(ctx, from, tmBuffer(ctx), zoneName);
    return writeAsctime(ctx, readTime(ctx, tmBuffer(ctx)), asctimePlace(ctx));
  }),
  ctime_r: f('ppp', (ctx, [from = 0, target = 0]) => {
    setZone(ctx, false);
    const raw = Number(BigInt.asIntN(8 * ctx.model.wordBytes, BigInt(readWord(ctx, from))));
    return writeAsctime(ctx, civilTime(raw), target);
  }),
  strftime: f('zpzpp', (ctx, [target = 0, size = 0, format = 0, from = 0]) =>
    formatTime(ctx, target, size, format, from),
  ),
  wcsftime: f('zpzpp', (ctx, [target = 0, size = 0, format = 0, from = 0]) =>
    formatWideTime(ctx, target, size, format, from),
  ),
  strptime: f('pppp', (ctx, [text = 0, format = 0, target = 0]) => readTimeText(ctx, text, format, target)),
  dysize: f('ii', (_ctx, [year = 0]) =>
    (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365,
  ),
  timespec_get: f('ipi', (ctx, [target = 0, base = 0]) => {
    if (base !== 1) return 0;
    const { seconds, nanoseconds } = ctx.clock();
    writeWord(ctx, target, seconds);
    writeWord(ctx, target + ctx.model.wordBytes, nanoseconds);
    return base;
  }),
};
