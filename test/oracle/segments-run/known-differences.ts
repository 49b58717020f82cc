/**
 * What differs from the recorded stops, as the comparison tells it, with the reason.
 */
export const knownDifferences: ReadonlyMap<
  string,
  { readonly differences: readonly string[]; readonly reason: string }
> = new Map([
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
