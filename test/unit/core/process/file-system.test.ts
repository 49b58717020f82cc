import assert from 'node:assert/strict';
import { decodeUtf8, encodeUtf8 } from '../../../../src/base/utf8.ts';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import { FileSystem } from '../../../../src/core/process/file-system.ts';
import { O_RDONLY, O_RDWR } from '../../../../src/core/process/open-file.ts';
import { formatMaps } from '../../../../src/core/process/proc-maps.ts';
import { formatSmapsRollup } from '../../../../src/core/process/proc-smaps.ts';
import { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { PlainLinearMemory } from '../../../../src/core/mm/linear-memory.ts';
import { machineProfile } from '../../../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../../../src/core/trace/trace-event.ts';

const facts = { name: 'nest', pid: 77, parent: 76, uid: 1000 };

function machine(): { memory: ProcessMemory; files: FileSystem } {
  const memory: ProcessMemory = new ProcessMemory({
    linear: new PlainLinearMemory(32, 1024),
    profile: machineProfile('x86_64'),
    tracer: new NullTracer(),
    fileOf: (fd) => files.mappedFile(fd),
  });
  const files: FileSystem = new FileSystem({
    memory,
    facts,
    words: { argv: ['./nest', 'one'], envp: [] },
    streams: {
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      readInput: () => new Uint8Array(),
      output: () => undefined,
      now: () => 1e18,
    },
    folder: '/home/user',
    programPath: '/home/user/nest',
    files: new Map([['/data', encodeUtf8('x'.repeat(5000))]]),
  });
  return { memory, files };
}

function text(files: FileSystem, path: string): string {
  const bytes = files.read(files.open(path, O_RDONLY), 1 << 20);
  assert.ok(typeof bytes !== 'number');
  return decodeUtf8(bytes);
}

describe('file system', () => {
  it('gives the lowest free descriptor and tells of what is missing', () => {
    const { files } = machine();
    assert.equal(files.open('/none', O_RDONLY), -2);
    assert.equal(files.open('/data', O_RDONLY), 3);
    assert.equal(files.open('/data', O_RDONLY), 4);
    assert.equal(files.close(3), 0);
    assert.equal(files.close(3), -9);
    assert.equal(files.open('/data', O_RDONLY), 3);
    assert.equal(files.open('/proc/self/maps', O_RDWR), -13);
  });

  it('shows one content to reads, writes and mappings', () => {
    const { memory, files } = machine();
    const fd = files.open('/data', O_RDWR);
    const shared = memory.mmap(0, 8192, 3, 1, fd, 0);
    const other = memory.mmap(0, 8192, 1, 2, files.open('/data', O_RDONLY), 0);
    assert.equal(memory.readU8(other), 0x78);
    memory.writeU8(shared + 1, 0x79);
    assert.deepEqual(files.readAt(fd, 3, 0), encodeUtf8('xyx'));
    assert.equal(memory.readU8(other + 1), 0x79);
    files.seek(fd, 0, 0);
    assert.equal(files.write(fd, encodeUtf8('ab')), 2);
    assert.equal(memory.readU8(shared), 0x61);
    assert.equal(memory.readU8(shared + 5000), 0, 'the rest of the last page is zeros');
  });

  it('takes pages away when a file becomes shorter', () => {
    const { memory, files } = machine();
    const fd = files.open('/data', O_RDWR);
    const base = memory.mmap(0, 8192, 3, 1, fd, 0);
    memory.writeU8(base + 4096, 1);
    assert.equal(files.truncate(fd, 100), 0);
    assert.throws(() => memory.readU8(base + 4096), MemoryFault);
    assert.equal(memory.readU8(base + 99), 0x78);
    assert.equal(memory.readU8(base + 100), 0);
    assert.equal(files.seek(fd, 0, 2), 100);
  });

  it('has the files of the process', () => {
    const { memory, files } = machine();
    const base = memory.mmap(0, 0x3000, 3, 0x22, -1, 0);
    memory.writeU8(base + 0x1000, 1);
    memory.readU8(base);
    assert.equal(text(files, '/proc/self/maps'), formatMaps({ memory }));
    assert.equal(text(files, '/proc/77/statm'), '3 1 0 0 0 3 0\n');
    assert.match(
      text(files, '/proc/self/status'),
      /^Name:\tnest\n[\s\S]*^VmRSS:\t {7}4 kB\n[\s\S]*^Threads:\t1\n/m,
    );
    assert.match(text(files, '/proc/self/smaps'), /^VmFlags: rd wr mr mw me ac \n/m);
    const pagemap = files.readAt(files.open('/proc/self/pagemap', O_RDONLY), 24, (base / 4096) * 8);
    assert.ok(typeof pagemap !== 'number');
    const view = new DataView(pagemap.buffer);
    assert.deepEqual(
      [0, 8, 16].map((at) => view.getBigUint64(at, true) >> 55n),
      [0x100n, 0x102n, 0n],
    );
  });

  it('sums the mappings up in smaps_rollup', () => {
    const { memory } = machine();
    const base = memory.mmap(0x100000000000, 0x3000, 3, 0x32, -1, 0);
    memory.fill(base, 1, 0x2000);
    const lines = formatSmapsRollup({ memory }).split('\n');
    assert.equal(
      lines[0],
      '100000000000-100000003000 ---p 00000000 00:00 0                          [rollup]',
    );
    assert.deepEqual(lines.slice(1, 5), [
      'Rss:                   8 kB',
      'Pss:                   8 kB',
      'Pss_Dirty:             8 kB',
      'Pss_Anon:              8 kB',
    ]);
    assert.equal(lines.length, 24);
  });
});
