/**
 * The samples against the machine itself: same printed addresses, same maps, same resident heap pages.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { mapsLines } from '../../../src/core/process/proc-maps.ts';
import type { Session } from '../../../src/session/session.ts';
import { hasGcc } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal, runReal } from '../../support/real-process.ts';

const examples = join(import.meta.dirname, '../../../media/examples');

/** A maps line without what differs between machines: device, inode, path of the program, and the library cache. */
interface PlainLine {
  readonly range: string;
  readonly permissions: string;
  readonly name: string;
}

/** Lines of maps that the program's own memory makes: its image, the heap, the stack. */
function ownLines(maps: string): PlainLine[] {
  return maps
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [range = '', permissions = '', , , , name = ''] = line.split(/ +/);
      return { range, permissions, name };
    })
    .filter(({ range, name }) => range.startsWith('5555') || name === '[heap]' || name === '[stack]')
    .map(({ range, permissions, name }) => ({
      // The stack's lower end depends on the length of the environment.
      range: name === '[stack]' ? range.slice(range.indexOf('-')) : range,
      permissions,
      name: name.startsWith('/') ? 'program' : name,
    }));
}

/** Size and permissions of the mappings between the heap and the stack, from high to low, up to libc's first line. */
function upperShape(maps: string): string[] {
  const lines = maps
    .trimEnd()
    .split('\n')
    .filter((line) => line.startsWith('7ffff7'));
  return lines.map((line) => {
    const [range = '', permissions = '', , , , name = ''] = line.split(/ +/);
    const [start = '0', end = '0'] = range.split('-');
    return `${((parseInt(end, 16) - parseInt(start, 16)) / 4096).toString()} pages ${permissions} ${name.split('/').at(-1) ?? ''}`;
  });
}

/** Seeks to the moment after the line of output. */
function seekToOutput(session: Session, line: string): void {
  const { recording } = session;
  for (let i = 0; i < recording.count; i++) {
    if (recording.kindAt(i) !== 'wait') continue;
    const output = recording
      .outputUpTo(i)
      .map((piece) => decodeUtf8(piece.bytes))
      .join('');
    if (output.endsWith(`${line}\n`)) {
      session.seek(i);
      return;
    }
  }
  assert.fail(`no pause after ${line}`);
}

function heapPages(session: Session): number {
  const { memory } = session.machine;
  const heap = mapsLines(memory).find((line) => line.name === '[heap]');
  if (heap === undefined) return 0;
  let count = 0;
  memory.pageTable.forEachPresent(heap.start / 4096, heap.end / 4096, () => {
    count += 1;
  });
  return count;
}

interface Sample {
  readonly name: string;
  readonly file: string;
  readonly define: readonly string[];
  readonly stdout: 'terminal' | 'pipe';
}

const samples: readonly Sample[] = [
  { name: 'malloc(1) on a terminal', file: 'malloc-one.c', define: [], stdout: 'terminal' },
  {
    name: 'malloc(131072) first on a terminal: still in the heap',
    file: 'malloc-one.c',
    define: ['BYTES=131072'],
    stdout: 'terminal',
  },
  {
    name: 'malloc(131073 + 4096) on a terminal: a mapping',
    file: 'malloc-one.c',
    define: ['BYTES=135169'],
    stdout: 'terminal',
  },
  {
    name: 'a page, then 128 KiB on a terminal: a mapping',
    file: 'malloc-128k.c',
    define: [],
    stdout: 'terminal',
  },
];

describe('the samples, run for real', () => {
  for (const sample of samples) {
    it(`equals the machine: ${sample.name}`, async function () {
      if (!hasGcc(sample.name)) return;
      this.timeout(30_000);
      const text = readFileSync(join(examples, sample.file), 'utf8');
      const defines = [...sample.define, 'PAUSE_SECONDS=1'];
      const program = compileReal(
        text,
        defines.map((define) => `-D${define}`),
      );
      try {
        const real = await runReal(program.path, sample.stdout, (line) => !line.startsWith('pid'));
        const session = openSession(text, {
          defines,
          stdoutKind: sample.stdout,
          ldCacheBytes: libraryCacheBytes(),
        });
        const realLines = real.output.trimEnd().split('\n');
        session.seek(session.recording.count - 1);
        const ours = session.snapshot('en').output.trimEnd().split('\n');
        assert.deepEqual(ours.slice(1), realLines.slice(1), 'printed lines but the pid');
        assert.equal(real.moments.length, 2);
        for (const moment of real.moments) {
          seekToOutput(session, moment.line);
          assert.deepEqual(ownLines(session.maps()), ownLines(moment.maps), `maps after ${moment.line}`);
          assert.equal(heapPages(session), moment.heapPages, `heap pages after ${moment.line}`);
          assert.deepEqual(
            upperShape(session.maps()),
            upperShape(moment.maps),
            `upper maps after ${moment.line}`,
          );
        }
      } finally {
        program.remove();
      }
    });
  }
});
