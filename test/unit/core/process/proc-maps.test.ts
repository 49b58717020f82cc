import assert from 'node:assert/strict';
import { formatMaps } from '../../../../src/core/process/proc-maps.ts';
import { machineProfile, threeGigabyteProfile } from '../../../../src/core/target/machine-profile.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

describe('/proc/PID/maps', () => {
  it('is padded so that names begin in column 74', () => {
    const lines = formatMaps(tinyProcess()).split('\n');
    assert.equal(
      lines[0],
      '555555554000-555555555000 r--p 00000000 08:01 42                         /tmp/nest',
    );
    assert.equal(lines[5], '7ffff7dcf000-7ffff7dd2000 rw-p 00000000 00:00 0 ');
    assert.equal(
      lines[21],
      '7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0                          [stack]',
    );
    assert.equal(
      lines[22],
      'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]',
    );
    assert.equal(lines[23], '');
    assert.equal(lines.length, 24);
  });

  it('has its names in column 50 under a 32-bit kernel', () => {
    const profile = threeGigabyteProfile(machineProfile('i386'), 'native');
    const lines = formatMaps(tinyProcess({ target: 'i386', profile }))
      .trimEnd()
      .split('\n');
    assert.equal(lines.at(-1), 'bffdf000-c0000000 rw-p 00000000 00:00 0          [stack]');
  });

  it('keeps a blank before a name when the line is long', () => {
    const process = tinyProcess({ target: 'i386' });
    const [line] = formatMaps(process).split('\n');
    assert.equal(line, '56555000-56556000 r--p 00000000 08:01 42                                 /tmp/nest');
  });

  it('calls everything between start_brk and the break [heap]', () => {
    const { memory } = tinyProcess();
    const heap = memory.brk(0);
    memory.brk(heap + 0x21000);
    memory.mprotect(heap + 0x1000, 0x1000, 0);
    const names = formatMaps({ memory })
      .split('\n')
      .filter((line) => line.endsWith('[heap]'));
    assert.deepEqual(
      names.map((line) => line.slice(0, 30)),
      ['555555559000-55555555a000 rw-p', '55555555a000-55555555b000 ---p', '55555555b000-55555557a000 rw-p'],
    );
  });

  it('writes a newline in a path as an octal escape', () => {
    const text = formatMaps(tinyProcess({ programPath: '/tmp/a\nb' }));
    assert.ok(text.split('\n')[0]?.endsWith('/tmp/a\\012b'));
  });
});
