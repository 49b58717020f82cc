/**
 * The calendar: civil dates and their text, in Coordinated Universal Time.
 *
 * Source: C17 7.27; glibc 2.36, time/offtime.c, mktime.c, strftime_l.c, strptime_l.c in the "C" locale (behaviour).
 */

/** `struct tm` without its zone. */
export interface CivilTime {
  readonly second: number;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  /** 0 to 11 */
  readonly month: number;
  /** Years since 1900. */
  readonly year: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 to 365 */
  readonly yearDay: number;
}

const secondsPerDay = 86_400;

/** Of the locale "C", from Sunday on. */
export const dayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
/** Of the locale "C". */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days from 1970-01-01 to the first day of a month; `month` may be any whole number. */
function daysToMonth(year: number, month: number): number {
  const y = year + Math.floor(month / 12);
  const m = ((month % 12) + 12) % 12;
  // Years begin in March here, so that the leap day is the last.
  const shifted = m < 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a number of seconds since the epoch. */
export function civilTime(seconds: number): CivilTime {
  const days = Math.floor(seconds / secondsPerDay);
  const rest = seconds - days * secondsPerDay;
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysToMonth(year, 0) > days) year -= 1;
  while (daysToMonth(year + 1, 0) <= days) year += 1;
  let month = 11;
  while (daysToMonth(year, month) > days) month -= 1;
  return {
    second: rest % 60,
    minute: Math.floor(rest / 60) % 60,
    hour: Math.floor(rest / 3600),
    day: days - daysToMonth(year, month) + 1,
    month,
    year: year - 1900,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysToMonth(year, 0),
  };
}

/** Seconds since the epoch of a date whose fields may be out of their ranges; weekday and day of the year do not count. */
export function secondsOf(time: CivilTime): number {
  const days = daysToMonth(time.year + 1900, time.month) + time.day - 1;
  return days * secondsPerDay + time.hour * 3600 + time.minute * 60 + time.second;
}

const padded = (value: number, width: number, fill = '0'): string => {
  const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, fill);
  return value < 0 ? `-${digits}` : digits;
};

const shortName = (names: readonly string[], index: number): string => names[index]?.slice(0, 3) ?? '?';

/** The text of asctime: 26 characters with the newline, for years of four digits. */
export function asctimeText(time: CivilTime): string {
  const clock = `${padded(time.hour, 2)}:${padded(time.minute, 2)}:${padded(time.second, 2)}`;
  const date = `${shortName(dayNames, time.weekday).padStart(3)} ${shortName(monthNames, time.month).padStart(3)}`;
  return `${date}${String(time.day).padStart(3)} ${clock} ${String(time.year + 1900)}\n`;
}

/** Number of the week whose first day is `firstWeekday`. */
const weekOf = (time: CivilTime, firstWeekday: 0 | 1): number =>
  Math.floor((time.yearDay + 7 - ((time.weekday - firstWeekday + 7) % 7)) / 7);

/** ISO 8601 week and its year. */
function isoWeek(time: CivilTime): { readonly week: number; readonly year: number } {
  const year = time.year + 1900;
  const thursday = time.yearDay - ((time.weekday + 6) % 7) + 3;
  if (thursday < 0) {
    const before = year - 1;
    return { week: Math.floor((thursday + (isLeap(before) ? 366 : 365)) / 7) + 1, year: before };
  }
  const length = isLeap(year) ? 366 : 365;
  if (thursday >= length) return { week: 1, year: year + 1 };
  return { week: Math.floor(thursday / 7) + 1, year };
}

/** How a conversion of strftime is padded when nothing is said. */
interface Piece {
  readonly text: string;
  /** Undefined for texts, which take a width and a case only. */
  readonly number?: { readonly value: number; readonly digits: number; readonly fill: string };
}

const numeric = (value: number, digits: number, fill = '0'): Piece => ({
  text: padded(value, digits, fill),
  number: { value, digits, fill },
});

const halfDay = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

/** What a letter of strftime stands for; undefined for one that is none. */
function pieceOf(letter: string, time: CivilTime, zone: string): Piece | undefined {
  const year = time.year + 1900;
  const all = (format: string): Piece => ({ text: strftimeText(format, time, zone) });
  switch (letter) {
    case '%':
      return { text: '%' };
    case 'n':
      return { text: '\n' };
    case 't':
      return { text: '\t' };
    case 'a':
      return { text: shortName(dayNames, time.weekday) };
    case 'A':
      return { text: dayNames[time.weekday] ?? '?' };
    case 'b':
    case 'h':
      return { text: shortName(monthNames, time.month) };
    case 'B':
      return { text: monthNames[time.month] ?? '?' };
    case 'c':
      return all('%a %b %e %H:%M:%S %Y');
    case 'C':
      return numeric(Math.floor(year / 100), 1);
    case 'd':
      return numeric(time.day, 2);
    case 'D':
    case 'x':
      return all('%m/%d/%y');
    case 'e':
      return numeric(time.day, 2, ' ');
    case 'F':
      return all('%Y-%m-%d');
    case 'g':
      return numeric(((isoWeek(time).year % 100) + 100) % 100, 2);
    case 'G':
      return numeric(isoWeek(time).year, 1);
    case 'H':
      return numeric(time.hour, 2);
    case 'I':
      return numeric(halfDay(time.hour), 2);
    case 'j':
      return numeric(time.yearDay + 1, 3);
    case 'k':
      return numeric(time.hour, 2, ' ');
    case 'l':
      return numeric(halfDay(time.hour), 2, ' ');
    case 'm':
      return numeric(time.month + 1, 2);
    case 'M':
      return numeric(time.minute, 2);
    case 'p':
      return { text: time.hour >= 12 ? 'PM' : 'AM' };
    case 'P':
      return { text: time.hour >= 12 ? 'pm' : 'am' };
    case 'r':
      return all('%I:%M:%S %p');
    case 'R':
      return all('%H:%M');
    case 's':
      return numeric(secondsOf(time), 1);
    case 'S':
      return numeric(time.second, 2);
    case 'T':
    case 'X':
      return all('%H:%M:%S');
    case 'u':
      return numeric(((time.weekday + 6) % 7) + 1, 1);
    case 'U':
      return numeric(weekOf(time, 0), 2);
    case 'V':
      return numeric(isoWeek(time).week, 2);
    case 'w':
      return numeric(time.weekday, 1);
    case 'W':
      return numeric(weekOf(time, 1), 2);
    case 'y':
      return numeric(((time.year % 100) + 100) % 100, 2);
    case 'Y':
      return numeric(year, 1);
    case 'z':
      return { text: '+0000' };
    case 'Z':
      return { text: zone };
    default:
      return undefined;
  }
}

/** One conversion with the flags and width of GNU's strftime. */
function convert(flags: string, width: number | undefined, letter: string, piece: Piece): string {
  let { text } = piece;
  const fill = flags.includes('-') ? '-' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : undefined;
  if (piece.number !== undefined) {
    const { value, digits, fill: own } = piece.number;
    const used = fill ?? own;
    const wide = Math.max(digits, width ?? 0);
    // The number of seconds is padded as a text is, its sign included.
    if (letter === 's') text = String(value).padStart(wide, used === '-' ? '' : used);
    else text = used === '-' ? String(value) : padded(value, wide, used);
  } else if (width !== undefined) {
    text = text.padStart(width, fill === '0' ? '0' : ' ');
  }
  if (flags.includes('^')) text = text.toUpperCase();
  // The names of days become capitals, AM and PM small letters.
  if (flags.includes('#')) text = letter === 'p' || letter === 'Z' ? text.toLowerCase() : text.toUpperCase();
  return text;
}

/** The text of strftime. */
export function strftimeText(format: string, time: CivilTime, zone: string): string {
  return format.replaceAll(
    /%([-_0^#]*)(\d*)([EO]?)([\s\S]?)/g,
    (all: string, flags: string, width: string, _modifier: string, letter: string) => {
      const piece = letter === '' ? undefined : pieceOf(letter, time, zone);
      if (piece === undefined) return all;
      return convert(flags, width === '' ? undefined : Number(width), letter, piece);
    },
  );
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/** What strptime has read. */
export interface ParsedTime {
  readonly time: Partial<CivilTime>;
  /** Characters that were taken. */
  readonly length: number;
}

/** Reads a date by a format, as strptime does in the "C" locale. @returns undefined where the text does not match */
export function parseTime(text: string, format: string, start = 0): ParsedTime | undefined {
  const time: Mutable<Partial<CivilTime>> = {};
  let at = start;
  const clock = { isAfternoon: false, hasHalves: false };
  let century: number | undefined;
  const skip = (): void => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const number = (least: number, most: number, digits: number): number | undefined => {
    while (text[at] === ' ') at += 1;
    const match = new RegExp(`^\\d{1,${String(digits)}}`).exec(text.slice(at));
    if (match === null) return undefined;
    const value = Number(match[0]);
    if (value < least || value > most) return undefined;
    at += match[0].length;
    return value;
  };
  const name = (names: readonly string[]): number => {
    const rest = text.slice(at).toLowerCase();
    const found = names.findIndex((one) => rest.startsWith(one.slice(0, 3).toLowerCase()));
    const whole = names[found];
    if (whole !== undefined) at += rest.startsWith(whole.toLowerCase()) ? whole.length : 3;
    return found;
  };
  const nested = (inner: string): boolean => {
    const parsed = parseTime(text, inner, at);
    if (parsed === undefined) return false;
    Object.assign(time, parsed.time);
    at = parsed.length;
    return true;
  };
  const set = (key: keyof CivilTime, value: number | undefined, shift = 0): boolean => {
    if (value === undefined) return false;
    time[key] = value + shift;
    return true;
  };
  const read = (letter: string): boolean => {
    switch (letter) {
      case '%':
        return text[at++] === '%';
      case 'n':
      case 't':
        skip();
        return true;
      case 'a':
      case 'A': {
        const day = name(dayNames);
        return day >= 0 && set('weekday', day);
      }
      case 'b':
      case 'B':
      case 'h': {
        const month = name(monthNames);
        return month >= 0 && set('month', month);
      }
      case 'c':
        return nested('%a %b %e %H:%M:%S %Y');
      case 'C':
        century = number(0, 99, 2);
        return century !== undefined;
      case 'd':
      case 'e':
        return set('day', number(1, 31, 2));
      case 'D':
      case 'x':
        return nested('%m/%d/%y');
      case 'F':
        return nested('%Y-%m-%d');
      case 'H':
      case 'k':
        clock.hasHalves = false;
        return set('hour', number(0, 23, 2));
      case 'I':
      case 'l':
        clock.hasHalves = true;
        return set('hour', number(1, 12, 2));
      case 'j':
        return set('yearDay', number(1, 366, 3), -1);
      case 'm':
        return set('month', number(1, 12, 2), -1);
      case 'M':
        return set('minute', number(0, 59, 2));
      case 'p': {
        const half = text.slice(at, at + 2).toLowerCase();
        if (half !== 'am' && half !== 'pm') return false;
        clock.isAfternoon = half === 'pm';
        at += 2;
        return true;
      }
      case 'r':
        return nested('%I:%M:%S %p');
      case 'R':
        return nested('%H:%M');
      case 's': {
        const match = /^-?\d+/.exec(text.slice(at));
        if (match === null) return false;
        at += match[0].length;
        Object.assign(time, civilTime(Number(match[0])));
        return true;
      }
      case 'S':
        return set('second', number(0, 61, 2));
      case 'T':
      case 'X':
        return nested('%H:%M:%S');
      case 'u': {
        const day = number(1, 7, 1);
        return set('weekday', day === undefined ? undefined : day % 7);
      }
      case 'w':
        return set('weekday', number(0, 6, 1));
      case 'y': {
        const short = number(0, 99, 2);
        return set('year', short === undefined ? undefined : short >= 69 ? short : short + 100);
      }
      case 'Y':
        return set('year', number(0, 9999, 4), -1900);
      case 'Z':
        return true;
      default:
        return false;
    }
  };
  for (let i = 0; i < format.length; i++) {
    const letter = format[i] ?? '';
    if (/\s/.test(letter)) skip();
    else if (letter !== '%') {
      if (text[at] !== letter) return undefined;
      at += 1;
    } else {
      i += 1;
      while ('-_0^#EO'.includes(format[i] ?? ' ')) i += 1;
      if (!read(format[i] ?? '')) return undefined;
    }
  }
  if (clock.hasHalves && time.hour !== undefined) time.hour = (time.hour % 12) + (clock.isAfternoon ? 12 : 0);
  if (century !== undefined) {
    const short = time.year === undefined ? 0 : ((time.year % 100) + 100) % 100;
    time.year = century * 100 + short - 1900;
  }
  completeDate(time);
  return { time, length: at };
}

/** Weekday and day of the year follow from a whole date; month and day from the day of the year. */
function completeDate(time: Mutable<Partial<CivilTime>>): void {
  const { year, month, day, yearDay } = time;
  if (year !== undefined && month !== undefined && day !== undefined) {
    const whole = civilTime(
      secondsOf({ second: 0, minute: 0, hour: 0, day, month, year, weekday: 0, yearDay: 0 }),
    );
    time.weekday = whole.weekday;
    time.yearDay = whole.yearDay;
  } else if (year !== undefined && yearDay !== undefined && month === undefined) {
    const whole = civilTime((daysToMonth(year + 1900, 0) + yearDay) * secondsPerDay);
    time.month = whole.month;
    time.day = whole.day;
    time.weekday = whole.weekday;
  }
}
