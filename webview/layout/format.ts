/** Numbers as people read them. Sizes are binary: 1 KiB = 1,024 bytes. */

const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `4,096`; also for negative numbers and `bigint`. */
export function formatCount(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * `24 B`, `132 KiB`, `1.34 MiB`, `42.7 TiB`: three significant digits, exact when there is nothing after them.
 *
 * Rounding that reaches 1,024 goes on to the next unit.
 */
export function formatSize(bytes: number | bigint): string {
  let value = Number(bytes);
  if (value < 1024) return `${value} B`;
  let unit = -1;
  let text = '';
  do {
    value /= 1024;
    unit += 1;
    text = significant(value);
  } while (Number(text.replaceAll(',', '')) >= 1024 && unit < units.length - 1);
  return `${text} ${units[unit] ?? ''}`;
}

/** `+132 KiB`, `−64 B`; empty when nothing changed. */
export function formatSizeChange(bytes: number): string {
  return bytes === 0 ? '' : `${bytes > 0 ? '+' : '−'}${formatSize(Math.abs(bytes))}`;
}

/** `+1`, `−3`; empty when nothing changed. */
export function formatCountChange(count: number): string {
  return count === 0 ? '' : `${count > 0 ? '+' : '−'}${formatCount(Math.abs(count))}`;
}

/** Two hexadecimal digits. */
export function formatByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** The character for a byte of a dump: printable ASCII, or a middle dot. */
export function asciiOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}

function significant(value: number): string {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const text = value.toFixed(decimals);
  return decimals === 0 ? formatCount(Number(text)) : text.replace(/\.?0+$/, '');
}
