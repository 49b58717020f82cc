/**
 * Values of sysconf and pathconf that are the same on every machine with this C library.
 *
 * Source: glibc 2.36 on x86-64, measured; names in bits/confname.h.
 */

/** Value, then the names (numbers) that have it. */
type Group = readonly [value: number, names: readonly number[]];

const systemGroups: readonly Group[] = [
  [
    -1,
    [
      6, 23, 24, 27, 32, 35, 49, 50, 53, 54, 55, 56, 57, 58, 59, 61, 62, 63, 64, 65, 66, 76, 92, 97, 117, 125,
      126, 128, 134, 135, 136, 140, 141, 142, 143, 144, 145, 146, 147, 148, 150, 151, 152, 156, 158, 160, 161,
      162, 163, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 179, 181, 182, 183, 184, 237,
      238, 240, 242, 243, 244, 245, 246,
    ],
  ],
  [
    200_809,
    [
      9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 29, 46, 47, 48, 51, 52, 67, 68, 77, 78, 79, 80,
      81, 82, 95, 96, 132, 133, 137, 138, 139, 149, 153, 154, 159, 164, 235, 236,
    ],
  ],
  [1, [7, 8, 91, 93, 94, 98, 99, 100, 127, 129, 130, 131, 155, 157, 178, 239]],
  [2_147_483_647, [26, 33, 87, 104, 121, 122, 123, 124]],
  [32, [31, 42, 72, 107]],
  [2048, [37, 43, 45, 120]],
  [32_767, [44, 110, 113]],
  [16, [5, 108]],
  [20, [25, 109]],
  [99, [36, 38]],
  [255, [40, 115]],
  [4, [73, 90]],
  [127, [102, 111]],
  [-128, [103, 112]],
  [64, [106, 180]],
  [32_768, [28]],
  [1000, [39]],
  [256, [71]],
  [1024, [74]],
  [8192, [88]],
  [700, [89]],
  [8, [101]],
  [-2_147_483_648, [105]],
  [-32_768, [114]],
  [4_294_967_295, [116]],
  [65_535, [118]],
  [4096, [119]],
];

const pathGroups: readonly Group[] = [
  [-1, [9, 10, 11, 12, 14, 15, 19]],
  [4096, [4, 5, 16, 17, 18]],
  [255, [1, 2, 3]],
  [1, [6, 7, 20]],
  [65000, [0]],
  [0, [8]],
  [64, [13]],
];

const byName = (groups: readonly Group[]): ReadonlyMap<number, number> =>
  new Map(groups.flatMap(([value, names]) => names.map((name) => [name, value] as const)));

/** Values of sysconf by name; those that depend on the machine or on limits are not here. */
export const systemConfiguration = byName(systemGroups);

/** Values of pathconf for the simulated disk, by name. */
export const pathConfiguration = byName(pathGroups);
