/**
 * The command line as a process: what it prints and its exit status; the program's own where it runs one, compared with
 * the real program where there is a gcc.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommandLine } from '../../support/command-line.ts';
import type { CommandLineUnderTest } from '../../support/command-line.ts';
import { hasGcc } from '../../support/gcc.ts';
import { compileReal } from '../../support/real-process.ts';

const head = '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <assert.h>\n';

describe('command line', function () {
  this.timeout(30_000);
  let cli: CommandLineUnderTest;

  before(() => {
    cli = buildCommandLine();
    cli.write('ok.c', `${head}int main(void) { char *p = malloc(1); printf("hi\\n"); free(p); return 5; }\n`);
  });
  after(() => {
    cli.remove();
  });

  it('says what is wrong with a command line, with status 2', () => {
    const wrong = (words: readonly string[], message: RegExp): void => {
      const { stderr, stdout, status } = cli.run(...words);
      assert.equal(status, 2, words.join(' '));
      assert.match(stderr, message);
      assert.equal(stdout, '');
    };
    wrong(['fly', 'ok.c'], /unknown command: fly/);
    wrong(['run'], /a C file is missing/);
    wrong(['run', '--what', 'ok.c'], /unknown option: --what/);
    wrong(['run', 'ok.c', '--at'], /--at needs a value/);
    wrong(['heap', 'ok.c', '--at', 'x'], /--at needs a whole number, not x/);
    wrong(['heap', 'ok.c', '--at', '99999'], /--at 99999: the last event is \d+/);
    wrong(['trace', 'ok.c', '--limit', 'pages=3'], /unknown limit: pages/);
    wrong(['run', 'ok.c', '--lang', 'fr'], /--lang is one of en, zh-cn, not fr/);
    wrong(['run', 'absent.c'], /absent\.c/);
    wrong(['run', 'ok.c', '--stdin', 'absent'], /absent/);
    wrong(['run', 'ok.c', '--data', '../outside'], /--data takes files of this folder, not \.\.\/outside/);
    mkdirSync(join(cli.folder, 'folder'));
    wrong(['segments', 'folder'], /folder|directory/i);
  });

  it('prints its usage', () => {
    assert.match(cli.run('--help').stdout, /^usage: memory-atlas/);
    assert.equal(cli.run('--help').status, 0);
    assert.equal(cli.run().status, 2);
  });

  it('tells what differs between two moments, and draws one', () => {
    const { stdout, status } = cli.run('diff', 'ok.c', '--at', '0');
    assert.equal(status, 0);
    assert.match(stdout, /^mappings\n {2}\+ 555555559000-55555557a000 rw-p \[heap\], 1 pages resident$/m);
    assert.match(stdout, /^ {2}~ heapBytes 0 -> 135168 \(\+135168\)$/m);
    assert.match(cli.run('diff', 'ok.c', '--at', '3', '--to', '3').stdout, /^no difference$/m);
    const picture = cli.run('map', 'ok.c', '--show', '[heap]', '--size', '640x480');
    assert.equal(picture.status, 0);
    assert.match(picture.stdout, /^<svg [^]*<\/svg>\n$/);
    assert.match(picture.stdout, /<title>ok\.c .* x86_64 .* glibc 2\.36/);
    assert.equal(cli.run('map', 'ok.c', '--size', '1x1').status, 2);
    assert.equal(cli.run('map', 'ok.c', '--show', 'nothing like it').status, 2);
  });

  it('draws the members of what it shows, of variables and of blocks, with the bytes that nobody stored to', () => {
    cli.write(
      'members.c',
      `${head}struct node { int value; char pad; struct node *next; char name[12]; };
struct node first = {7, 'x', 0, "first"};
int main(void) {
  struct node *n = malloc(sizeof *n);
  n->value = 1;
  n->next = &first;
  struct node local = {2, 'y', n, "here"};
  printf("%s\\n", local.name);
  free(n);
  return 0;
}
`,
    );
    const shown = (place: string): string =>
      cli.run('map', 'members.c', '--at', '7', '--show', place, '--size', '1600x900').stdout;
    const local = shown('local');
    for (const text of ['value = 2', "pad = 121 'y'", 'name = "here"', 'struct node *', '3 B'])
      assert.ok(local.includes(`>${text.replaceAll('"', '&quot;')}<`) || local.includes(`>${text}<`), text);
    const block = shown('0x5555555592a0');
    for (const text of ['value = 1', 'next = 0x555555558040 &lt;first&gt;'])
      assert.ok(block.includes(text), text);
    assert.match(block, /stroke-dasharray/);
  });

  it("runs any release's malloc", () => {
    cli.write('place.c', `${head}int main(void) { printf("%p\\n", malloc(24)); return 0; }\n`);
    // The cache lies below the first block: none, one of 0x250 bytes, one of 0x290.
    const first = { '2.23': '010', '2.28': '260', '2.30': '2a0', '2.36': '2a0' };
    for (const [glibc, place] of Object.entries(first)) {
      assert.equal(cli.run('run', 'place.c', '--glibc', glibc).stdout, `0x555555559${place}\n`, glibc);
      assert.match(cli.run('trace', 'place.c', '--glibc', glibc).stdout, new RegExp(`= 0x555555559${place}`));
    }
    const { stderr, status } = cli.run('run', 'place.c', '--glibc', '2.1');
    assert.equal(status, 2);
    assert.match(stderr, /--glibc is one of 2\.23, .*2\.44, not 2\.1/);
  });

  it('names file, line and column of an error, with status 1', () => {
    cli.write('bad.c', 'int main(void) {\n  return y;\n}\n');
    cli.write('empty.c', '');
    cli.write(
      'binary.c',
      Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256),
    );
    for (const command of ['segments', 'run', 'trace', 'maps', 'heap']) {
      const { stderr, status } = cli.run(command, 'bad.c');
      assert.equal(status, 1, command);
      assert.match(stderr, /^bad\.c:2:10: error: /m);
    }
    assert.match(cli.run('run', 'empty.c').stderr, /^empty\.c: error: there is no main function/);
    assert.equal(cli.run('run', 'empty.c').status, 1);
    assert.equal(cli.run('segments', 'empty.c').status, 0);
    const garbage = cli.run('run', 'binary.c');
    assert.equal(garbage.status, 1);
    assert.match(garbage.stderr, /^binary\.c:\d+:\d+: error: /m);
  });

  it('prints JSON that parses', () => {
    for (const command of ['segments', 'trace', 'heap'])
      assert.equal(typeof JSON.parse(cli.run(command, 'ok.c', '--json').stdout), 'object', command);
  });

  it('shows the moment after an event', () => {
    assert.match(cli.run('heap', 'ok.c', '--at', '0').stdout, /there is no heap yet/);
    assert.doesNotMatch(cli.run('maps', 'ok.c', '--at', '0').stdout, /\[heap\]/);
    assert.match(cli.run('maps', 'ok.c').stdout, /^555555559000-55555557a000 rw-p .*\[heap\]$/m);
  });

  it('takes definitions, headers and standard input', () => {
    mkdirSync(join(cli.folder, 'inc'));
    cli.write('inc/value.h', '#define VALUE 30\n');
    cli.write('forced.h', '#define MORE 2\n');
    cli.write('input.txt', '10');
    cli.write(
      'opt.c',
      `${head}#include "value.h"\nint main(int c, char **v) { int n; scanf("%d", &n); return n + VALUE + MORE + ONE + atoi(v[1]); }\n`,
    );
    const words = ['opt.c', '-I', 'inc', '-DONE', '-include', 'forced.h', '--stdin', 'input.txt', '--', '7'];
    assert.deepEqual(cli.run('run', ...words), { stdout: '', stderr: '', status: 50 });
  });

  it('gives the program copies of the files that --data names, and no others', () => {
    cli.write('data.txt', 'seven');
    cli.write(
      'reads.c',
      `${head}int main(void) { char s[9] = ""; FILE *f = fopen("data.txt", "r+"); if (!f) return 1; fgets(s, 9, f); puts(s); rewind(f); fputs("eight", f); return 0; }\n`,
    );
    assert.deepEqual(cli.run('run', 'reads.c'), { stdout: '', stderr: '', status: 1 });
    for (let round = 0; round < 2; round += 1)
      assert.deepEqual(cli.run('run', 'reads.c', '--data', 'data.txt'), {
        stdout: 'seven\n',
        stderr: '',
        status: 0,
      });
    assert.match(cli.run('trace', 'reads.c', '--data', './data.txt').stdout, /seven/);
  });

  it('ends endless runs with status 124', () => {
    cli.write('loop.c', 'int main(void) { for (;;) ; }');
    const { status, stderr } = cli.run('run', 'loop.c', '--limit', 'steps=100000');
    assert.equal(status, 124);
    assert.match(stderr, /stopped: 100000 /);
  });

  it('stops at a function that is not modelled with status 125, and names it', () => {
    cli.write('vfork.c', '#include <unistd.h>\nint main(void) { write(1, "a", 1); return vfork(); }');
    const { status, stderr, stdout } = cli.run('run', 'vfork.c');
    assert.equal(status, 125);
    assert.equal(stdout, 'a');
    assert.match(stderr, /vfork/);
  });

  it('says of a program that fills more than memory that it is not modelled, with status 125', () => {
    cli.write('huge.c', 'char a[1L << 40]; int main(void) { return 0; }');
    const { status, stderr } = cli.run('run', 'huge.c');
    assert.equal(status, 125);
    assert.match(stderr, /^memory-atlas: not modelled: a program whose image/);
  });

  it('takes the flags in a comment of the program, for a run as for its places', () => {
    const text = '#include <stdio.h>\nint main(void) { printf("%p\\n", (void *)main); return sizeof(long); }';
    cli.write('no-pie.c', `// flags: -fno-pie -no-pie\n${text}`);
    assert.equal(cli.run('run', 'no-pie.c').stdout, '0x401126\n');
    cli.write('narrow.c', `// flags: -m32\n${text}`);
    assert.equal(cli.run('run', 'narrow.c').status, 4);
    assert.match(cli.run('maps', 'narrow.c').stdout, /^56555000-/);
  });

  it('says at which line a program reached what is not modelled', () => {
    const ends = (name: string, text: string): string => {
      cli.write(name, text);
      const { status, stderr } = cli.run('run', name);
      assert.equal(status, 125);
      return stderr;
    };
    assert.match(
      ends('shell.c', '#include <stdlib.h>\nint main(void) {\n  return system("true");\n}\n'),
      /memory-atlas: shell\.c:3:\d+: system with a command for the shell /,
    );
    assert.match(
      ends('names.c', '#include <glob.h>\nint main(void) {\n  return glob("*", 0, 0, 0);\n}\n'),
      /memory-atlas: names\.c:3:\d+: the function glob is not modelled /,
    );
    assert.match(
      ends(
        'child.c',
        '#include <stdlib.h>\n#include <sys/wait.h>\n#include <unistd.h>\nint main(void) {\n  if (fork() == 0)\n    system("true");\n  wait(0);\n}\n',
      ),
      /memory-atlas: child\.c:6:\d+: /,
    );
  });

  const programs: readonly (readonly [string, string])[] = [
    ['a status', 'int main(void) { puts("out"); return 300; }'],
    ['exit in a function', 'static void f(void) { exit(9); } int main(void) { printf("x"); f(); }'],
    ['both outputs', 'int main(void) { fprintf(stderr, "err\\n"); printf("out\\n"); return 1; }'],
    ['a null pointer', 'int main(void) { puts("lost"); int *volatile p = 0; return *p; }'],
    ['a division by zero', 'int main(int c, char **v) { fputs("seen", stderr); return c / (c - 1); }'],
    ['abort', 'int main(void) { fflush(stdout); abort(); }'],
    ['an assertion', 'int main(int argc, char **argv) { assert(argc == 2); return 0; }'],
    ['a double free', 'int main(void) { char *p = malloc(40); free(p); free(p); }'],
    ['a write to a literal', 'int main(void) { char *p = "abc"; p[0] = 1; return 0; }'],
    ['endless recursion', 'static int f(int n) { return f(n + 1) + n; } int main(void) { return f(0); }'],
    ['the smallest frames', 'static void f(void) { f(); } int main(void) { f(); }'],
    [
      'deep recursion that ends',
      'static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); } int main(void) { printf("%d\\n", f(150000)); return 0; }',
    ],
    [
      'an overflow of the heap',
      'int main(void) { char *p = malloc(24); memset(p, 65, 40); free(malloc(5000)); puts("?"); return 0; }',
    ],
  ];
  for (const [name, body] of programs) {
    it(`ends as the real program does: ${name}`, function () {
      if (!hasGcc(name)) return;
      const real = compileReal(head + body, []);
      try {
        cli.write('program.c', head + body);
        const ours = cli.run('run', 'program.c');
        // The shell says which signal ended a program; its own name and the process number are left out.
        const expected = spawnSync('bash', ['-c', `cd ${join(real.path, '..')}; ./program; exit $?`], {
          encoding: 'latin1',
          input: '',
        });
        const words = expected.stderr.replace(/bash: line \d+: +\d+ (.*?) *\.\/program$/m, '$1');
        assert.deepEqual(ours, { stdout: expected.stdout, stderr: words, status: expected.status });
      } finally {
        real.remove();
      }
    });
  }
});
