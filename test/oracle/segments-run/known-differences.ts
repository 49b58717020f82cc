/**
 * What differs from the recorded stops, as the comparison tells it, with the reason.
 */
export const knownDifferences: ReadonlyMap<
  string,
  { readonly differences: readonly string[]; readonly reason: string }
> = new Map([
  [
    's25-vla-alloca',
    {
      reason:
        'The sizes in bits of variable length arrays, which gcc computes with 128 bits and nobody reads, find no registers: their 112 bytes of the frame are not modelled, and the arrays lie below them.',
      differences: [5, 5, 13, 29].flatMap((line) => [
        `s25-vla-alloca:${line}: main.vla cfa_offset: -240, recorded -352`,
        `s25-vla-alloca:${line}: main.grid cfa_offset: -272, recorded -384`,
        `s25-vla-alloca:${line}: main.recs cfa_offset: -384, recorded -496`,
        `s25-vla-alloca:${line}: main.folded cfa_offset: -400, recorded -512`,
      ]),
    },
  ],
  [
    's38-frames',
    {
      reason:
        'A variable that has no value yet: what libraries left there, whose own use of the stack is not modelled. In the real process the last to write to it were, from level 0 on, the PLT entry of qsort, _dl_runtime_resolve_xsavec and msort_with_tmp (twice), as a watchpoint tells.',
      differences: [
        's38-frames:12: recurse.r value: 21845, recorded 32767',
        's38-frames:12: recurse.r value: 0, recorded 21845',
        's38-frames:12: recurse.r value: 0, recorded 32767',
      ],
    },
  ],
]);
