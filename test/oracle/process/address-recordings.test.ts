/**
 * Programs of many kinds that print addresses (test/fixtures/addresses), on x86-64 as gcc compiles by default, at fixed
 * addresses, and on i386: what they print here beside what they really printed, recorded with address randomisation off.
 *
 * Addresses of functions follow from how long gcc's code is, which is an estimate where a construct is not modelled; a line
 * may differ in those alone, unless it is listed below with its reason. Where gcc is installed, the recordings are made anew
 * and must be the same, but for where libraries lie.
 *
 * `UPDATE_GOLDEN=1` writes the recordings.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import type { SessionSettings } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

interface Variant {
  readonly name: string;
  readonly flags: readonly string[];
  readonly settings: SessionSettings;
  /** The program's own code. */
  readonly text: readonly [number, number];
  readonly isThere: (what: string) => boolean;
}

const variants: readonly Variant[] = [
  {
    name: 'pie',
    flags: [],
    settings: {},
    text: [0x555555555000, 0x555555557000],
    isThere: hasGcc,
  },
  {
    name: 'fixed',
    flags: ['-fno-pie', '-no-pie'],
    settings: { compile: { pie: false, link: 'no-pie' } },
    text: [0x401000, 0x403000],
    isThere: hasGcc,
  },
  {
    name: 'i386',
    flags: ['-m32'],
    settings: { target: 'i386' },
    text: [0x56556000, 0x56558000],
    isThere: hasGcc32,
  },
];

const atomicFrame = 'registers of atomic arithmetic are not counted, and the frame says so (isExact)';
const frameOfI386 =
  'registers of two-word values and of arrays of variable length are rules of thumb on i386';

const ownText = 'the name of a locale lies with the data of libc that has no true place';
const fixedFunction =
  'a function of libc has its entry in the PLT as its address where code names it at fixed addresses';

/** Lines that differ in more than addresses of functions: how many, and why. */
const known: Readonly<Record<string, { readonly lines: number; readonly reason: string }>> = {
  'atomics-and-alignment pie': { lines: 4, reason: atomicFrame },
  'atomics-and-alignment fixed': { lines: 4, reason: atomicFrame },
  'atomics-and-alignment i386': { lines: 4, reason: atomicFrame },
  'tables-of-functions fixed': { lines: 1, reason: fixedFunction },
  'wide-integers-and-long-double fixed': { lines: 1, reason: fixedFunction },
  'thread-local-objects pie': { lines: 1, reason: ownText },
  'thread-local-objects fixed': { lines: 1, reason: ownText },
  'thread-local-objects i386': { lines: 1, reason: ownText },
  'matrices i386': { lines: 1, reason: frameOfI386 },
  'variable-length-arrays-and-alloca i386': { lines: 6, reason: frameOfI386 },
};

const folder = fileURLToPath(new URL('../../fixtures/addresses/', import.meta.url));
const programs = readdirSync(folder)
  .filter((file) => /^[^.]+\.c$/.test(file))
  .map((file) => file.slice(0, -2));

function filesOf(program: string): readonly string[] {
  const names = [1, 2, 3].map((k) => `${folder}${program}${k === 1 ? '' : `.${String(k)}`}.c`);
  return names.filter((name) => existsSync(name)).map((name) => readFileSync(name, 'utf8'));
}

/** Lines of the real program, without an environment; the last one tells its status. */
function realLines(program: string, { flags }: Variant): readonly string[] {
  const { path, remove } = compileReal(filesOf(program), [...flags, '-pthread']);
  try {
    const { stdout, status } = spawnSync('setarch', ['-R', './program'], {
      cwd: dirname(path),
      env: {},
      encoding: 'latin1',
    });
    return [...stdout.split('\n'), `status ${String(status)}`];
  } finally {
    remove();
  }
}

function simulatedLines(program: string, { settings }: Variant, ldCacheBytes: number): readonly string[] {
  const { recording, trap } = openSession(filesOf(program), {
    ...settings,
    stdoutKind: 'pipe',
    ldCacheBytes,
  });
  const pieces = recording.outputUpTo(recording.count).filter(({ fd }) => fd === 1);
  const text = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('latin1');
  return [...text.split('\n'), `status ${trap.kind === 'exit' ? String(trap.status) : trap.kind}`];
}

/** A recording: the size of the library cache of the machine, which moves libraries, and the lines. */
function readRecording(path: string): { readonly ldCacheBytes: number; readonly lines: readonly string[] } {
  const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n');
  return { ldCacheBytes: Number(head.split(' ').at(-1)), lines };
}

const isOfCode = (word: string | undefined, [start, end]: Variant['text']): boolean =>
  word !== undefined &&
  /^0x[0-9a-f]+[,:]?$/.test(word) &&
  parseInt(word, 16) >= start &&
  parseInt(word, 16) < end;

/** Whether two lines differ in addresses of the program's functions alone. */
function differsInCodeOnly(ours: string, theirs: string, text: Variant['text']): boolean {
  const [a, b] = [ours.split(' '), theirs.split(' ')];
  return (
    a.length === b.length &&
    a.every((word, at) => word === b[at] || (isOfCode(word, text) && isOfCode(b[at], text)))
  );
}

describe('addresses of programs of many kinds, as recorded', () => {
  const total = { lines: 0, equal: 0 };
  for (const program of programs) {
    for (const variant of variants) {
      it(`${program}, ${variant.name}`, function () {
        this.timeout(30_000);
        const path = `${folder}${program}.${variant.name}.out`;
        if (process.env.UPDATE_GOLDEN === '1') {
          const head = `library cache of ${String(libraryCacheBytes())}`;
          writeFileSync(path, [head, ...realLines(program, variant)].join('\n'));
        }
        const { ldCacheBytes, lines } = readRecording(path);
        if (ldCacheBytes === libraryCacheBytes() && variant.isThere(`${program}, ${variant.name}`))
          assert.deepEqual(realLines(program, variant), lines, 'the recording is what gcc makes');
        const ours = simulatedLines(program, variant, ldCacheBytes);
        const different = lines.flatMap((line, at) =>
          line === ours[at] ? [] : [[ours[at] ?? '', line] as const],
        );
        total.lines += lines.length;
        total.equal += lines.length - different.length;
        const wrong = different.filter(([own, real]) => !differsInCodeOnly(own, real, variant.text));
        const expected = known[`${program} ${variant.name}`]?.lines ?? 0;
        assert.equal(ours.length, lines.length);
        assert.equal(wrong.length, expected, wrong.map(([own, real]) => `${own}, really ${real}`).join('\n'));
      });
    }
  }
  after(() => {
    const { lines, equal } = total;
    assert.ok(equal >= 0.95 * lines, '95 lines of a hundred are equal');
    console.log(`      equal lines: ${equal} of ${lines} (${((100 * equal) / lines).toFixed(2)} %)`);
  });
});
