/**
 * The dialects of C that gcc 12 reads: what `-std=`, `-ansi` and `-fgnu89-inline` choose.
 *
 * Source: gcc 12 manual, "Options Controlling C Dialect"; gcc/c-family/c-opts.cc (set_std_c89 to set_std_c2x),
 * c-common.cc (c_common_reswords) and libcpp/init.cc (lang_defaults), behaviour.
 * Modelled: comments, keywords, predefined macros, the meaning of `inline`, declarations in `for`, constants of C23, and
 * warnings about what C99 took away. Simplified: trigraphs are named, not replaced; of C90, blocks around `if` and loops,
 * types of large decimal constants on i386 and the status of a main without return are those of C99; under a strict
 * standard, functions beyond ISO C keep their builtin types, and i386 keeps the excess precision of GNU C.
 */

/** A standard by the name of gcc's option; `gnu…` is the same with GNU's own keywords and macros. */
export type Standard =
  'c90' | 'c94' | 'c99' | 'c11' | 'c17' | 'c2x' | 'gnu90' | 'gnu99' | 'gnu11' | 'gnu17' | 'gnu2x';

/** What is read as C. */
export interface Dialect {
  readonly standard: Standard;
  /** -fgnu89-inline: `inline` as in GNU C before C99. The standards before C99 have no other. */
  readonly gnuInline: boolean;
}

/** `gcc file.c`. */
export const defaultDialect: Dialect = { standard: 'gnu17', gnuInline: false };

/** Value of __STDC_VERSION__ in the standards from C99 on; 0 before. */
const versions: Readonly<Record<Standard, number>> = {
  c90: 0,
  gnu90: 0,
  c94: 0,
  c99: 199901,
  gnu99: 199901,
  c11: 201112,
  gnu11: 201112,
  c17: 201710,
  gnu17: 201710,
  c2x: 202000,
  gnu2x: 202000,
};

/** Value of __STDC_VERSION__; 0 where there is none that counts: before C99. */
export const versionOf = ({ standard }: Dialect): number => versions[standard];

/** Whether the dialect is that of C90: without the parts of C99 that gcc does not take there. */
export const isC90 = (dialect: Dialect): boolean => versionOf(dialect) === 0;

/** Whether gcc reads the dialect as C23, as far as gcc 12 has it. */
export const isC2x = (dialect: Dialect): boolean => versionOf(dialect) === 202000;

/** Whether the names that the standard leaves to programs are theirs: `asm`, `typeof`, `linux`, `unix`. */
export const isStrict = ({ standard }: Dialect): boolean => !standard.startsWith('gnu');

/** Whether `inline` means what it did in GNU C before C99. */
export const hasGnuInline = (dialect: Dialect): boolean => dialect.gnuInline || isC90(dialect);

/** Whether `u` and `U` in front of a quote belong to it: from C11 on, and in GNU C99. @source libcpp/init.cc: lang_defaults */
export const hasUnicodeLiterals = (dialect: Dialect): boolean =>
  versionOf(dialect) >= 201112 || dialect.standard === 'gnu99';

/** Words that gcc takes for keywords by default and that are plain identifiers in a dialect. */
export function plainWordsOf(dialect: Dialect): ReadonlySet<string> {
  const words = new Set<string>();
  if (isStrict(dialect)) for (const word of ['asm', 'typeof']) words.add(word);
  if (isC90(dialect)) words.add('restrict');
  if (isC90(dialect) && isStrict(dialect)) words.add('inline');
  return words;
}

/** Other spellings of the standards that gcc 12 takes behind `-std=`. */
const synonyms: Readonly<Record<string, Standard>> = {
  c89: 'c90',
  gnu89: 'gnu90',
  'iso9899:1990': 'c90',
  'iso9899:199409': 'c94',
  c9x: 'c99',
  gnu9x: 'gnu99',
  'iso9899:1999': 'c99',
  'iso9899:199x': 'c99',
  c1x: 'c11',
  gnu1x: 'gnu11',
  'iso9899:2011': 'c11',
  c18: 'c17',
  gnu18: 'gnu17',
  'iso9899:2017': 'c17',
  'iso9899:2018': 'c17',
};

const isStandard = (name: string): name is Standard => name !== 'c94' && Object.hasOwn(versions, name);

/**
 * What one of gcc's options changes.
 *
 * @returns undefined for what is no option of the dialect, and for standards that gcc 12 does not know
 */
export function dialectOption(option: string): Partial<Dialect> | undefined {
  if (option === '-ansi') return { standard: 'c90' };
  if (option === '-fgnu89-inline') return { gnuInline: true };
  if (option === '-fno-gnu89-inline') return { gnuInline: false };
  const name = /^-?-std=(\S+)$/.exec(option)?.[1];
  if (name === undefined) return undefined;
  const standard = isStandard(name) ? name : Object.hasOwn(synonyms, name) ? synonyms[name] : undefined;
  return standard === undefined ? undefined : { standard };
}
