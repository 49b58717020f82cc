/**
 * Where the functions of libc keep static data whose true place is not modelled: parts of one area in libc's .bss.
 *
 * The area is zero at the start and resident, so that using it is no page fault of the program's.
 */
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
  random: 136,
  conversionStates: 64,
  hashTable: 16,
  getopt: 24,
  drand48: 32,
  base64Text: 8,
  emptyText: 8,
  decimalText: 160,
  unknownErrorText: 8,
  unknownSignalText: 8,
  basename: 16,
  ctypeBits: 16 + 384 * 2,
  ctypeLower: 16 + 384 * 4,
  ctypeUpper: 16 + 384 * 4,
  signalTexts: 1024,
  errorTexts: 4096,
} as const;

type Part = keyof typeof sizes;

const starts = (() => {
  let at = 0;
  const places = {} as Record<Part, number>;
  for (const [name, size] of Object.entries(sizes) as [Part, number][]) {
    places[name] = at;
    at += Math.ceil(size / 8) * 8;
  }
  return { places, end: at };
})();

/** Offset of each part in the area. */
export const scratchPlaces: Readonly<Record<Part, number>> = starts.places;

/** Bytes of the whole area. */
export const scratchBytes = starts.end;
