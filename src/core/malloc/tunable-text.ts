/**
 * Tunables as a user writes them: the text of GLIBC_TUNABLES, and the older environment names MALLOC_*.
 *
 * Source: elf/dl-tunables.c (parse_tunables, __tunables_init, tunable_initialize), elf/dl-tunables.list, elf/dl-minimal.c
 * and dl-misc.c (_dl_strtoul); before 2.25 malloc/arena.c (ptmalloc_init).
 */
import type { GlibcRelease } from '../target/glibc-release.ts';
import { say } from '../text/malloc-texts.ts';
import type { Text } from '../text/text.ts';
import type { Tunables } from './tunables.ts';

/** Environment names that set a tunable, where GLIBC_TUNABLES has not set it before. */
const aliases: Readonly<Record<string, string>> = {
  MALLOC_CHECK_: 'glibc.malloc.check',
  MALLOC_TOP_PAD_: 'glibc.malloc.top_pad',
  MALLOC_PERTURB_: 'glibc.malloc.perturb',
  MALLOC_MMAP_MAX_: 'glibc.malloc.mmap_max',
  MALLOC_MMAP_THRESHOLD_: 'glibc.malloc.mmap_threshold',
  MALLOC_TRIM_THRESHOLD_: 'glibc.malloc.trim_threshold',
  MALLOC_ARENA_MAX: 'glibc.malloc.arena_max',
  MALLOC_ARENA_TEST: 'glibc.malloc.arena_test',
};

/**
 * The tunables that an environment sets, by full name, with their text.
 *
 * @param environment - `NAME=VALUE` each, in the order of envp
 */
export function tunablesOfEnvironment(environment: readonly string[], release: GlibcRelease): Tunables {
  const tunables: Record<string, string> = {};
  for (const entry of environment) {
    const at = entry.indexOf('=');
    if (at < 0) continue;
    const name = entry.slice(0, at);
    const value = entry.slice(at + 1);
    const alias = aliases[name];
    if (name === 'GLIBC_TUNABLES' && release.tunables !== 'environment')
      Object.assign(tunables, parseTunables(value));
    else if (alias !== undefined) tunables[alias] ??= value;
  }
  return tunables;
}

/** The settings in the text of GLIBC_TUNABLES: `name=value`, one after the other with colons between; a later one wins. */
export function parseTunables(text: string): Tunables {
  const tunables: Record<string, string> = {};
  for (const setting of text.split(':')) {
    const at = setting.indexOf('=');
    if (at > 0) tunables[setting.slice(0, at)] = setting.slice(at + 1);
  }
  return tunables;
}

/** What a user's text about tunables comes to. */
export interface TunableSetting {
  /** `NAME=VALUE` entries for the environment of the program. */
  readonly environment: readonly string[];
  /** What is wrong with the text; entries that are wrong are left out. */
  readonly problems: readonly Text[];
}

/** Tunables of malloc, and the release with which each came or went. */
const known = new Set([
  ...Object.values(aliases),
  'glibc.malloc.tcache_count',
  'glibc.malloc.tcache_max',
  'glibc.malloc.tcache_unsorted_limit',
  'glibc.malloc.mxfast',
]);

/**
 * Reads a setting: the text of GLIBC_TUNABLES, with or without that name in front, and `MALLOC_*=VALUE` names, with
 * colons or blanks between.
 */
export function readTunableSetting(text: string, wordBytes: number, release: GlibcRelease): TunableSetting {
  const settings: string[] = [];
  const environment: string[] = [];
  const problems: Text[] = [];
  for (const part of text.split(/[\s:]+/)) {
    const entry = part.replace(/^GLIBC_TUNABLES=/, '');
    if (entry === '') continue;
    const [name = '', ...rest] = entry.split('=');
    const value = rest.join('=');
    const tunable = aliases[name] ?? name;
    const problem = problemOf(entry, tunable, value, wordBytes, release);
    if (problem !== undefined) problems.push(problem);
    else if (name === tunable) settings.push(entry);
    else environment.push(entry);
  }
  if (settings.length > 0) environment.unshift(`GLIBC_TUNABLES=${settings.join(':')}`);
  return { environment, problems };
}

function problemOf(
  entry: string,
  tunable: string,
  value: string,
  wordBytes: number,
  release: GlibcRelease,
): Text | undefined {
  if (!entry.includes('=')) return say('malloc.tunable.noValue', { entry });
  if (!known.has(tunable)) return say('malloc.tunable.unknown', { name: tunable });
  if (!/^[+-]?(0[xX][0-9a-fA-F]+|[0-9]+)$/.test(value))
    return say('malloc.tunable.noNumber', { name: tunable, value });
  if (tunableValue(tunable, value, wordBytes, release) === undefined)
    return say('malloc.tunable.outside', { name: tunable, value });
  const isNamed = entry.startsWith('glibc.');
  const isMissing =
    (tunable.startsWith('glibc.malloc.tcache_') && release.tcache.createdBy === 'nothing') ||
    (tunable === 'glibc.malloc.mxfast' && !release.mxfastTunable) ||
    (isNamed && release.tunables === 'environment');
  return isMissing ? say('malloc.tunable.notInRelease', { name: tunable, release: release.name }) : undefined;
}

/** Tunables that are an int; the others are a size_t. */
const ints = new Set(['glibc.malloc.check', 'glibc.malloc.perturb', 'glibc.malloc.mmap_max']);

/** Bounds of the tunables that have other ones than their type; a value outside is ignored. */
const bounds: Readonly<Record<string, readonly [low: bigint, high?: bigint]>> = {
  'glibc.malloc.check': [0n, 3n],
  'glibc.malloc.perturb': [0n, 0xffn],
  'glibc.malloc.mmap_max': [0n],
  'glibc.malloc.arena_max': [1n],
  'glibc.malloc.arena_test': [1n],
};

const UINT64_MAX = 0xffff_ffff_ffff_ffffn;
const INT32_MAX = 0x7fff_ffffn;

/**
 * The number that a tunable's text stands for: read as 64 bits everywhere, then held against the bounds of its type.
 *
 * @returns `undefined` when the release ignores it
 */
export function tunableValue(
  name: string,
  text: string,
  wordBytes: number,
  release: GlibcRelease,
): bigint | undefined {
  const match = /^[ \t]*([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)?/.exec(text);
  const digits = match?.[2] ?? '';
  const isCut = release.tunables === 'whole-numbers';
  const size = leadingNumber(digits);
  // Too large a number ends where it got too large: it is not whole, or the largest one without its sign.
  const isTooLarge = size > UINT64_MAX - (isCut ? 0n : baseOf(digits));
  const isWhole = digits !== '' && match?.[0] === text && (baseOf(digits) !== 8n || /^[0-7]*$/.test(digits));
  if (isCut && (!isWhole || isTooLarge)) return undefined;
  let number = isTooLarge ? UINT64_MAX : size;
  if (match?.[1] === '-' && !isTooLarge) number = BigInt.asUintN(64, -number);
  const isInt = ints.has(name);
  if (isInt) number = BigInt.asIntN(isCut ? 32 : 64, number);
  else if (isCut) number = BigInt.asUintN(8 * wordBytes, number);
  const [low, high = isInt ? INT32_MAX : (1n << BigInt(8 * wordBytes)) - 1n] =
    name === 'glibc.malloc.mmap_max' && release.mmapMaxMayBeNegative
      ? [-INT32_MAX - 1n]
      : (bounds[name] ?? [0n]);
  return number < low || number > high ? undefined : number;
}

/** As strtoul reads it: hexadecimal after 0x, octal after 0, else decimal; digits of another base end it. */
function leadingNumber(digits: string): bigint {
  if (/^0[xX]/.test(digits)) return BigInt(digits);
  if (!digits.startsWith('0')) return digits === '' ? 0n : BigInt(digits);
  const octal = /^[0-7]*/.exec(digits)?.[0] ?? '0';
  return BigInt(`0o${octal}`);
}

function baseOf(digits: string): bigint {
  if (/^0[xX]/.test(digits)) return 16n;
  return digits.startsWith('0') ? 8n : 10n;
}
