/**
 * Integer types by their size, for values that have none in the source.
 */
import type { IntegerName, IntegerType } from '../../sema/type.ts';

const names: Readonly<Record<number, readonly [IntegerName, IntegerName]>> = {
  1: ['signed char', 'unsigned char'],
  2: ['short', 'unsigned short'],
  4: ['int', 'unsigned int'],
  8: ['long', 'unsigned long'],
};

/** An integer type by size and sign. */
export function integerType(size: number, isSigned: boolean): IntegerType {
  const [signed, unsigned] = names[size] ?? ['long', 'unsigned long'];
  return { kind: 'integer', name: isSigned ? signed : unsigned, isSigned, size, align: size };
}
