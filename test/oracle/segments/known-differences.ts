/**
 * Objects, functions, types and literals of the recorded programs where we differ on purpose or do not model what they are,
 * each with its reason. The key is `CASE SCOPE: NAME`, `CASE function NAME`, `CASE type NAME` or `CASE string LINE`.
 */
export const knownDifferences: ReadonlyMap<string, string> = new Map([
  // Two variables of one name on one line: the recorder took the alignment of the other one.
  ['s07-static-locals nested/{}: s', 'recorded alignment is that of another s on the line'],
  ['s33-shadowing tags: l', 'recorded alignment is that of another l on the line'],
  // The recorder looks for the symbol by name, and the debug information does not say where it is.
  ['s10-strings-not-objects who3: __PRETTY_FUNCTION__', 'gcc emits it; its debug information has no place'],
  // The debug information of i386 has no place for these register variables.
  ['m32-pie-O0 s29-register-volatile main: r', 'no place recorded'],
  ['m32-pie-O0 s29-register-volatile main: rp', 'no place recorded'],
  ['m32-pie-O0 s29-register-volatile main: rll', 'no place recorded'],
  ['m32-nopie-O0 s29-register-volatile main: r', 'no place recorded'],
  ['m32-nopie-O0 s29-register-volatile main: rp', 'no place recorded'],
  ['m32-nopie-O0 s29-register-volatile main: rll', 'no place recorded'],
  // The recorder falls back to the alignment of a member where gcc's dump leaves the variable out.
  ['m32-pie-O0 s30-initialisers main: ld', 'recorded alignment is that of a member'],
  ['m32-nopie-O0 s30-initialisers main: ld', 'recorded alignment is that of a member'],
  // The recorder finds literals by their bytes, so it takes the initial value of an array for an equal literal elsewhere.
  ['s02-zero-init string 19', 'initialises an array; an equal literal is pooled'],
  ['s02-zero-init string 20', 'initialises an array; an equal literal is pooled'],
  ['s08-strings string 30', 'initialises a local array; an equal text is in a static one'],
  ['s11-strings-pool string 8', 'compared at compile time; an equal literal is pooled'],
  ['s11-strings-pool string 13', 'initialises an array; an equal literal is pooled'],
  ['s11-strings-pool string 17', 'initialises a local array; an equal literal is pooled'],
  ['s30-initialisers string 32', 'initialises a local struct; an equal text is in a static one'],
  ['s35-gnu-c string 33', 'literals of branches that _Generic did not choose; equal ones are pooled'],
  // Two structs of one name on one line.
  ['s33-shadowing type s', 'recorded is the other struct s of the line'],
]);
