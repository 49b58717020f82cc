/** Classes of characters by the names that patterns give them in brackets, in the "C" locale (C17 7.4.1, POSIX 9.3.5). */

const isAlpha = (c: number): boolean => (c | 32) >= 0x61 && (c | 32) <= 0x7a;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isPrint = (c: number): boolean => c >= 0x20 && c <= 0x7e;
const isSpace = (c: number): boolean => c === 0x20 || (c >= 9 && c <= 13);

/** What `[:NAME:]` holds. */
export const characterClasses: Readonly<Record<string, (c: number) => boolean>> = {
  alpha: isAlpha,
  digit: isDigit,
  alnum: (c) => isAlpha(c) || isDigit(c),
  upper: (c) => c >= 0x41 && c <= 0x5a,
  lower: (c) => c >= 0x61 && c <= 0x7a,
  space: isSpace,
  blank: (c) => c === 0x20 || c === 9,
  punct: (c) => isPrint(c) && c !== 0x20 && !isAlpha(c) && !isDigit(c),
  print: isPrint,
  graph: (c) => isPrint(c) && c !== 0x20,
  cntrl: (c) => c < 0x20 || c === 0x7f,
  xdigit: (c) => isDigit(c) || ((c | 32) >= 0x61 && (c | 32) <= 0x66),
};
