import { invariant } from '../../base/assert.ts';

/**
 * Where the functions of libc keep static data whose true place is not modelled: parts of one area in libc's .bss.
 *
 * It begins at the end of a page that start-up code wrote, where small variables take no page fault; tables and texts,
 * which are constants in the real library, lie on the pages behind it and fault at their first use, as those do.
 */

/** Bytes of the area on the page that is resident before main. */
const residentBytes = 1024;

const sizes = {
  strtok: 8,
  knownMemory: 8,
  timerInterval: 8,
  zoneNames: 16,
  lastEnviron: 8,
  knownTexts: 8,
  temporaryName: 24,
  localeChosen: 16,
  localeTexts: 8,
  localeAnswer: 384,
  random: 48 + 4 * 32,
  conversionStates: 64,
  hashTable: 16,
  getopt: 24,
  drand48: 32,
  base64Text: 8,
  emptyText: 8,
  decimalText: 160,
  addressText: 18,
  ethernetText: 18,
  ethernetAddress: 6,
  textDomain: 24,
  entropy: 4,
  languageTexts: 512,
  libcVersion: 16,
  unknownErrorText: 8,
  unknownSignalText: 8,
  basename: 16,
  unwinderIsLoaded: 4,
  ctypeBits: 16 + 384 * 2,
  ctypeLower: 16 + 384 * 4,
  ctypeUpper: 16 + 384 * 4,
  signalTexts: 1024,
  errorTexts: 4096,
} as const;

type Part = keyof typeof sizes;

/** Parts that lie behind the resident page. */
const tables: ReadonlySet<string> = new Set<Part>([
  'addressText',
  'ethernetText',
  'ethernetAddress',
  'textDomain',
  'entropy',
  'languageTexts',
  'libcVersion',
  'ctypeBits',
  'ctypeLower',
  'ctypeUpper',
  'signalTexts',
  'errorTexts',
]);

/** Offset of each part in the area. */
export const scratchPlaces: Readonly<Record<Part, number>> = (() => {
  let variable = 0;
  let table = residentBytes;
  const places = {} as Record<Part, number>;
  for (const [name, size] of Object.entries(sizes) as [Part, number][]) {
    const bytes = Math.ceil(size / 8) * 8;
    if (tables.has(name)) {
      places[name] = table;
      table += bytes;
    } else {
      places[name] = variable;
      variable += bytes;
    }
  }
  invariant(variable <= residentBytes, 'small static data fits on the resident page');
  return places;
})();
