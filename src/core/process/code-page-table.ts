/** Tables of the pages of a library that the first calls of its functions touch. */
import { PAGE_SIZE } from '../../base/address.ts';
import type { TargetName } from '../target/data-model.ts';

/**
 * By release and target: numbers of pages from the library's base, hexadecimal, by the functions that touch just these;
 * all others touch none.
 */
export type CodePageTables = Readonly<
  Record<string, readonly (readonly [functions: string, pages: string])[]>
>;

/**
 * Looks pages up.
 *
 * @param release - of the library that is mapped, `2.36`
 * @returns offsets from the library's base in bytes, in the order in which they are touched; empty for functions and releases that were not measured
 */
export type CodePages = (release: string, target: TargetName, name: string) => readonly number[];

/** Makes the look-up of tables, which are read when they are needed first. */
export function codePages(tables: CodePageTables): CodePages {
  const known = new Map<string, ReadonlyMap<string, readonly number[]>>();
  return (release, target, name) => {
    const key = `${release}-${target}`;
    let pages = known.get(key);
    if (pages === undefined) {
      pages = new Map(
        (tables[key] ?? []).flatMap(([functions, list]) => {
          const offsets = pageOffsets(list);
          return functions.split(' ').map((one) => [one, offsets] as const);
        }),
      );
      known.set(key, pages);
    }
    return pages.get(name) ?? [];
  };
}

/** Numbers of pages in hexadecimal, single ones and ranges, as offsets in bytes. */
function pageOffsets(text: string): readonly number[] {
  return text.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map((page) => Number.parseInt(page, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * PAGE_SIZE);
  });
}
