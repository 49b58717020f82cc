/**
 * What differs from the recorded stops, as the comparison tells it, with the reason.
 */
export const knownDifferences: ReadonlyMap<
  string,
  { readonly differences: readonly string[]; readonly reason: string }
> = new Map([
  [
    's11-strings-pool',
    {
      reason: 'The run stops at a literal that has no place in the linked program.',
      differences: ['s11-strings-pool: ends with unsupported, recorded 0'],
    },
  ],
  [
    's14-aligned',
    {
      reason:
        'The frame is aligned to 64 bytes at run time: how far its variables lie from the caller depends on where the stack began, which was 16 bytes further in the recording.',
      differences: [
        's14-aligned:46: main.la cfa_offset: -96, recorded -80',
        's14-aligned:46: main.lb cfa_offset: -160, recorded -144',
        's14-aligned:46: main.lc cfa_offset: -33, recorded -17',
        's14-aligned:46: main.plain cfa_offset: -208, recorded -192',
        's14-aligned:46: main.p cfa_offset: -48, recorded -32',
        's14-aligned:46: main.q cfa_offset: -56, recorded -40',
        's14-aligned:46: main.r cfa_offset: -64, recorded -48',
        's14-aligned:46: main.s cfa_offset: -72, recorded -56',
      ],
    },
  ],
  [
    's25-vla-alloca',
    {
      reason:
        'The address of a variable length array is not in its slot of the frame; a line of several statements has two places for the debugger, the first before the initialisation of its variable.',
      differences: [
        's25-vla-alloca:5: sum2.m points to: stack     , recorded stack    main.grid ',
        's25-vla-alloca:5: main.vla cfa_offset: -140737488350496, recorded -352',
        's25-vla-alloca:5: main.grid cfa_offset: -140737488350496, recorded -384',
        's25-vla-alloca:5: main.recs cfa_offset: -140737488350496, recorded -496',
        's25-vla-alloca:5: main.folded cfa_offset: -140737488350496, recorded -512',
        's25-vla-alloca:13: main.vla cfa_offset: -140737488350496, recorded -352',
        's25-vla-alloca:13: main.grid cfa_offset: -140737488350496, recorded -384',
        's25-vla-alloca:13: main.recs cfa_offset: -140737488350496, recorded -496',
        's25-vla-alloca:13: main.folded cfa_offset: -140737488350496, recorded -512',
        's25-vla-alloca:29: main.vla cfa_offset: -140737488350496, recorded -352',
        's25-vla-alloca:29: main.grid cfa_offset: -140737488350496, recorded -384',
        's25-vla-alloca:29: main.recs cfa_offset: -140737488350496, recorded -496',
        's25-vla-alloca:29: main.folded cfa_offset: -140737488350496, recorded -512',
        's25-vla-alloca: 3 stops of 4',
      ],
    },
  ],
  [
    's26-compound-literals',
    {
      reason:
        'The recorder found the symbol of an enclosing scope: gdb shows a static object of a literal in a register.',
      differences: [
        's26-compound-literals:18: main.st segment: data, recorded register',
        's26-compound-literals:31: main.st segment: data, recorded register',
      ],
    },
  ],
  [
    's28-params',
    {
      reason: 'Estimated sizes of machine code move a function; parameters in registers have no memory.',
      differences: [
        's28-params:8: arr.fn points to: text .text 5172   , recorded text .text 5219   ',
        's28-params:13: quals.c value: undefined, recorded 3',
      ],
    },
  ],
  [
    's29-register-volatile',
    {
      reason: 'Arrays in registers are not modelled.',
      differences: [
        's29-register-volatile: 0 stops of 1',
        's29-register-volatile: ends with unsupported, recorded 0',
      ],
    },
  ],
  [
    's34-weak-alias',
    {
      reason: 'The address of an undefined weak function is not modelled in code.',
      differences: ['s34-weak-alias: 0 stops of 1', 's34-weak-alias: ends with unsupported, recorded 0'],
    },
  ],
  [
    's35-gnu-c',
    {
      reason: 'Nested functions are not modelled.',
      differences: ['s35-gnu-c: 0 stops of 1', 's35-gnu-c: ends with unsupported, recorded 0'],
    },
  ],
  [
    's38-frames',
    {
      reason: 'A variable that has no value yet: what an earlier call left there.',
      differences: [
        's38-frames:12: recurse.r value: 21845, recorded 32767',
        's38-frames:12: recurse.r value: 0, recorded 21845',
        's38-frames:12: recurse.r value: 0, recorded 32767',
      ],
    },
  ],
]);
