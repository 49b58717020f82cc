/**
 * How many arguments attributes take.
 *
 * Source: gcc/c-family/c-attribs.cc: c_common_attribute_table, c_common_format_attribute_table.
 */
import type { Attribute } from '../syntax/ast.ts';

const table: readonly (readonly [least: number, most: number, names: string])[] = [
  [
    0,
    0,
    'packed weak common nocommon used unused retain noreturn no_stack_protector stack_protect noinline noclone noipa ' +
      'always_inline gnu_inline artificial flatten hot cold leaf transparent_union const pure nothrow may_alias ' +
      'returns_twice warn_unused_result externally_visible no_instrument_function naked ms_struct gcc_struct ' +
      'designated_init nonstring',
  ],
  [0, 1, 'aligned constructor destructor weakref sentinel'],
  [
    1,
    1,
    'section alias ifunc visibility cleanup mode vector_size format_arg alloc_align error warning ' +
      'warn_if_not_aligned scalar_storage_order',
  ],
  [1, 2, 'alloc_size assume_aligned'],
  [3, 3, 'format'],
];

const counts = new Map(
  table.flatMap(([least, most, names]) => names.split(' ').map((name) => [name, { least, most }] as const)),
);

/** Whether an attribute has as many arguments as it may have; those that are not in the table may have any. */
export function hasArgumentCount({ name, args }: Attribute): boolean {
  const count = counts.get(name);
  return count === undefined || (args.length >= count.least && args.length <= count.most);
}
