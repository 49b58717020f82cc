/**
 * Prints the rows of the tables of `src/core/process/libc-code-pages.ts` and `libm-code-pages.ts` for calls:
 * `node scripts/live/library-pages.mjs x86_64 'sin: x = sin(x)' 'ftell: FILE *f = fopen("a", "r"); @ ftell(f)'`.
 *
 * A call is a name, a colon, statements before an `@` if need be, and the call (see library-pages.c for what it may use); without
 * any, the functions of libm. For Debian 12 with gcc 12, on a processor with AVX2. Names that touch the same pages share a row.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Pages that are resident at main, as `libraries.ts` has them: they tell nothing.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const resident = {
  x86_64: { libc: '0-3d 85-9f b0-b2 fd-108 14f 16a', libm: '0 2-10 26-47' },
  i386: { libc: '0-36 38-3b 84-8b 9c-a3 b6-b7 117-121 16c-16f', libm: '0 2-e 2b-41' },
};

const stems = {
  '': 'acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 fabs floor lgamma log log10 log1p log2 logb nearbyint rint round sin sinh sqrt tan tanh tgamma trunc',
  ', y': 'atan2 copysign fdim fmax fmin fmod hypot nextafter pow remainder',
  ', n': 'ldexp scalbn',
};
const mathCalls = [
  ...Object.entries(stems).flatMap(([rest, names]) =>
    names.split(' ').flatMap((name) =>
      ['', 'f', 'l'].map((type) => {
        const second = rest === ', y' ? `, y${type}` : rest;
        return `${name}${type}: x${type} = ${name}${type}(x${type}${second})`;
      }),
    ),
  ),
  ...['lround', 'llround', 'lrint', 'llrint', 'ilogb'].map((name) => `${name}: n = ${name}(x)`),
  'fma: x = fma(x, y, x)',
  'frexp: int e; @ x = frexp(x, &e)',
  'modf: double whole; @ x = modf(x, &whole)',
  'sincos: double s, c; @ sincos(x, &s, &c)',
  ...['cabs', 'carg', 'creal', 'cimag'].map((name) => `${name}: x = ${name}(z)`),
  ...['cexp', 'clog', 'csqrt', 'csin', 'ccos'].map((name) => `${name}: z = ${name}(z)`),
  'cpow: z = cpow(z, z)',
  ...['fegetround', 'fesetround', 'feclearexcept', 'fetestexcept', 'feraiseexcept'].map(
    (name) => `${name}: n = ${name}(${name === 'fegetround' ? '' : '0'})`,
  ),
];

const [target = 'x86_64', ...asked] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'library-pages-'));
/** @type {Readonly<Record<string, Map<string, string[]>>>} */
const rows = { libc: new Map(), libm: new Map() };
try {
  for (const call of asked.length === 0 ? mathCalls : asked) record(call);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const library of ['libc', 'libm']) {
  console.log(`${library}, ${target}`);
  for (const [pages, names] of rows[library] ?? []) console.log(`    ['${names.join(' ')}', '${pages}'],`);
}

/** @param {string} text */
function record(text) {
  const colon = text.indexOf(':');
  const [call, setup = ''] = text
    .slice(colon + 1)
    .split('@')
    .reverse();
  const program = join(folder, 'program');
  const source = fileURLToPath(new URL('library-pages.c', import.meta.url));
  const options = ['-O0', '-w', '-fno-builtin', `-DSETUP=${setup}`, `-DCALL=${call}`];
  if (target === 'i386') options.push('-m32');
  execFileSync('gcc', [...options, source, '-o', program, '-lm']);
  const answer = join(folder, 'answer');
  const stdio = ['ignore', 'ignore', 'ignore', ...Array(6).fill('ignore'), openSync(answer, 'w+')];
  const { status } = spawnSync('setarch', ['-R', program], { stdio, env: {} });
  if (status !== 0) throw new Error(`${text}: status ${String(status)}`);
  for (const line of readFileSync(answer, 'latin1').trimEnd().split('\n')) {
    const [library = '', ...pages] = line.split(' ');
    const name = library.slice(0, 4);
    const known = new Set(numbersOf(resident[target]?.[name] ?? ''));
    const spelled = rangesOf(pages.map((page) => parseInt(page, 16)).filter((page) => !known.has(page)));
    if (spelled !== '') rows[name]?.set(spelled, [...(rows[name]?.get(spelled) ?? []), text.slice(0, colon)]);
  }
}

/** @param {string} text */
function numbersOf(text) {
  return text.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map((page) => parseInt(page, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** @param {readonly number[]} pages */
function rangesOf(pages) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges
    .map(([first, last]) =>
      (first === last ? [first] : [first, last]).map((one) => one.toString(16)).join('-'),
    )
    .join(' ');
}
