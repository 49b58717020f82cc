import assert from 'node:assert/strict';
import { formatSmaps, vmFlags } from '../../../../src/core/process/proc-smaps.ts';
import { formatStatus, memoryStatus } from '../../../../src/core/process/proc-status.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

/** The entry of the vsyscall page, as Linux 6.18 prints it. */
const vsyscall = `ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
Size:                  4 kB
KernelPageSize:        4 kB
MMUPageSize:           4 kB
Rss:                   0 kB
Pss:                   0 kB
Pss_Dirty:             0 kB
Shared_Clean:          0 kB
Shared_Dirty:          0 kB
Private_Clean:         0 kB
Private_Dirty:         0 kB
Referenced:            0 kB
Anonymous:             0 kB
KSM:                   0 kB
LazyFree:              0 kB
AnonHugePages:         0 kB
ShmemPmdMapped:        0 kB
FilePmdMapped:         0 kB
Shared_Hugetlb:        0 kB
Private_Hugetlb:       0 kB
Swap:                  0 kB
SwapPss:               0 kB
Locked:                0 kB
THPeligible:           0
VmFlags: ex 
`;

describe('/proc/PID/smaps', () => {
  it('has the lines of Linux 6.18', () => {
    const text = formatSmaps(tinyProcess());
    assert.ok(text.endsWith(vsyscall));
    assert.equal(text.split('\n').length, 23 * 25 + 1);
  });

  it('counts what was touched', () => {
    const { memory } = tinyProcess();
    const base = memory.mmap(0, 0x10000, 3, 0x22, -1, 0);
    memory.fill(base, 1, 0x3000);
    memory.readU8(base + 0x8000);
    memory.madvise(base, 0x1000, 8);
    const start = `${base.toString(16)}-`;
    const [, entry = ''] = formatSmaps({ memory }).split(start);
    const value = (label: string): number => Number(new RegExp(`^${label}: +(\\d+)`, 'm').exec(entry)?.[1]);
    // The mapping joins the thread block above, of which two pages are there.
    assert.deepEqual(
      ['Size', 'Rss', 'Private_Dirty', 'Anonymous', 'LazyFree'].map(value),
      [76, 20, 16, 20, 4],
    );
  });

  it('has the flags of every kind of mapping', () => {
    const { memory } = tinyProcess();
    assert.deepEqual(
      memory.addressSpace.vmas.map((vma) => vmFlags(vma).trimEnd()),
      [
        'rd mr mw me',
        'rd ex mr mw me',
        'rd mr mw me',
        'rd mr mw me ac',
        'rd wr mr mw me ac',
        'rd wr mr mw me ac',
        'rd mr mw me',
        'rd ex mr mw me',
        'rd mr mw me',
        'rd mr mw me ac',
        'rd wr mr mw me ac',
        'rd wr mr mw me ac',
        'rd wr mr mw me ac',
        'rd mr pf io de dd',
        'rd mr pf io de dd',
        'rd ex mr mw me de',
        'rd mr mw me',
        'rd ex mr mw me',
        'rd mr mw me',
        'rd mr mw me ac',
        'rd wr mr mw me ac',
        'rd wr mr mw me gd ac',
      ],
    );
  });
});

describe('/proc/PID/status', () => {
  it('has the sizes of a tiny dynamic program', () => {
    const { VmStk, VmExe, VmLib, VmPTE, VmData } = memoryStatus(tinyProcess().memory);
    assert.deepEqual(
      { VmStk, VmExe, VmLib, VmPTE, VmData },
      { VmStk: 132, VmExe: 4, VmLib: 1528, VmPTE: 32, VmData: 92 },
    );
  });

  it('is written with a tab and eight columns', () => {
    const lines = formatStatus(tinyProcess()).split('\n');
    assert.equal(lines[10], 'VmStk:\t     132 kB');
    assert.equal(lines[15], 'HugetlbPages:\t       0 kB');
  });

  it('remembers the high-water marks', () => {
    const { memory } = tinyProcess();
    const before = memoryStatus(memory);
    const base = memory.mmap(0, 0x100000, 3, 0x22, -1, 0);
    memory.fill(base, 1, 0x100000);
    memory.munmap(base, 0x100000);
    const after = memoryStatus(memory);
    assert.equal(after.VmRSS, before.VmRSS);
    assert.equal(after.VmHWM, before.VmRSS + 1024);
    assert.equal(after.VmPeak, before.VmSize + 1024);
  });
});
