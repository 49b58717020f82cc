/**
 * CONTRACT. Sizes and alignments of the basic types in the two data models.
 *
 * Source: System V ABI, AMD64 supplement (3.1.2) and i386 supplement; gcc 12. On i386 `memberAlign` of 8-byte
 * numbers is 4 inside structs although a variable of its own gets 8.
 */

/** Name of a target, as gcc and `uname -m` spell it. */
export type TargetName = 'x86_64' | 'i386';

/** Size and alignment of a basic type, in bytes. */
export interface ScalarLayout {
  readonly size: number;
  /** Alignment as a member and as `_Alignof` of the type reports it. */
  readonly align: number;
}

/** What the C implementation of a target fixes. */
export interface DataModel {
  readonly name: TargetName;
  /** Bytes of a pointer, of `size_t` and of `long`: 8 or 4. */
  readonly wordBytes: 4 | 8;
  readonly char: ScalarLayout;
  readonly short: ScalarLayout;
  readonly int: ScalarLayout;
  readonly long: ScalarLayout;
  readonly longLong: ScalarLayout;
  readonly int128: ScalarLayout | undefined;
  readonly pointer: ScalarLayout;
  readonly float: ScalarLayout;
  readonly double: ScalarLayout;
  readonly longDouble: ScalarLayout;
  /** Bytes: `__BIGGEST_ALIGNMENT__`. */
  readonly maxAlign: number;
}

const scalar = (size: number, align = size): ScalarLayout => ({ size, align });

/** LP64: System V ABI, AMD64. */
export const x86_64: DataModel = {
  name: 'x86_64',
  wordBytes: 8,
  char: scalar(1),
  short: scalar(2),
  int: scalar(4),
  long: scalar(8),
  longLong: scalar(8),
  int128: scalar(16),
  pointer: scalar(8),
  float: scalar(4),
  double: scalar(8),
  longDouble: scalar(16),
  maxAlign: 16,
};

/** ILP32: System V ABI, i386. */
export const i386: DataModel = {
  name: 'i386',
  wordBytes: 4,
  char: scalar(1),
  short: scalar(2),
  int: scalar(4),
  long: scalar(4),
  longLong: scalar(8, 4),
  int128: undefined,
  pointer: scalar(4),
  float: scalar(4),
  double: scalar(8, 4),
  longDouble: scalar(12, 4),
  maxAlign: 16,
};

/** The data model of a target. */
export function dataModelOf(target: TargetName): DataModel {
  return target === 'x86_64' ? x86_64 : i386;
}
