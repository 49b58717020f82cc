/**
 * Programs that overwrite return addresses, saved frame pointers and pointers to functions, run for real with address
 * randomisation off, and in the simulation: the same output, the same status or signal.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const head = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define FRAME ((void **)__builtin_frame_address(0))
`;

/** `flush` keeps what was printed, also where the program dies. */
const programs: Readonly<Record<string, string>> = {
  'one word leads into a function that ends the program': `void win(void){ puts("you win"); exit(3); }
    void vuln(void){ char buf[16]; void *t = (void *)win; memset(buf, 'A', 16); memcpy((char *)FRAME + sizeof t, &t, sizeof t); puts("in vuln"); }
    int main(void){ vuln(); puts("back"); return 0; }`,
  'functions one after another, to a jump to nothing': `void a(void){ puts("a"); fflush(stdout); } int b(void){ puts("b"); fflush(stdout); return 5; }
    void vuln(void){ void **f = FRAME; f[1] = a; f[2] = b; f[3] = a; f[4] = (void *)8; }
    int main(void){ vuln(); return 0; }`,
  'a function entered behind its first instruction': `void win(void){ char t[32]; strcpy(t, "in win"); puts(t); } void last(void){ puts("last"); exit(9); }
    void vuln(void){ void **f = FRAME; f[1] = (char *)win + 1; f[2] = 0; f[3] = last; }
    int main(void){ vuln(); return 0; }`,
  'back to the caller after another function': `void win(void){ puts("win"); }
    void vuln(void){ void **f = FRAME; void *back = f[1]; f[1] = win; f[2] = back; }
    int main(void){ char room[64]; room[0] = 0; vuln(); puts("back"); fflush(stdout); _exit(7); }`,
  'the frame pointer alone, of a caller without variables': `void vuln(const char *x){ char buf[16]; strcpy(buf, x); }
    int main(void){ vuln("AAAAAAAAAAAAAAAAB"); puts("back"); return 7; }`,
  'the frame pointer alone, to nothing': `void vuln(void){ char buf[8]; buf[0] = 0; FRAME[0] = (void *)0x41414140; }
    int main(void){ volatile int n = 5; vuln(); puts("back"); fflush(stdout); printf("%d\\n", n); return 7; }`,
  'the frame pointer alone, to another frame': `struct s { long before[16]; void *frame[4]; } fake;
    void vuln(void *to){ char buf[8]; buf[0] = 0; FRAME[0] = to; }
    void f(void *to){ volatile int n = 5; vuln(to); puts("back"); fflush(stdout); n = 6; _exit(n); }
    int main(void){ char room[400]; memset(room, 0, sizeof room); f(room + 200); return 0; }`,
  'main ends after its frame pointer was overwritten': `int main(void){ char b[8]; memset(b, 'A', 8 + sizeof(void *) / 2); puts("x"); return 3; }`,
  'main returns to text': `int main(void){ char b[8]; memset(b, 'A', 40); puts("x"); fflush(stdout); return 3; }`,
  'a pointer to a function behind a buffer': `struct s { char name[16]; void (*call)(int); } s; void win(void){ puts("win"); } void plain(int n){ printf("%d\\n", n); }
    int main(void){ s.call = plain; s.call(1); void *t = (void *)win; memcpy(s.name + 16, &t, sizeof t); s.call(2); return 5; }`,
  'a pointer to a function becomes text': `struct s { char name[16]; void (*call)(void); } s; void plain(void){ puts("plain"); }
    int main(void){ s.call = plain; strcpy(s.name, "AAAAAAAAAAAAAAAABBB"); puts(s.name); fflush(stdout); s.call(); return 5; }`,
  'a recursive function that smashes an outer frame': `void win(void){ puts("win"); exit(2); } void **outer;
    void deep(int n){ long pad[4]; pad[0] = n; if (n == 0) outer[1] = win; else deep(n - 1); printf("%ld\\n", pad[0]); }
    void vuln(void){ long pad[2]; pad[0] = 0; outer = FRAME; deep(3); puts("deep is back"); }
    int main(void){ vuln(); return 0; }`,
};

/** Arguments lie on the stack there. */
const programs32: Readonly<Record<string, string>> = {
  'arguments of the functions that are entered': `void win(int a, int b){ printf("%x %x\\n", a, b); if (a == 0x1337) puts("flag"); } void done(void){ puts("done"); exit(4); }
    void vuln(void){ void **f = FRAME; f[1] = win; f[2] = done; f[3] = (void *)0x1337; f[4] = (void *)0xcafe; }
    int main(void){ vuln(); return 0; }`,
  'functions of libc': `int (*say)(const char *) = puts;
    void vuln(void){ void **f = FRAME; f[1] = say; f[2] = exit; f[3] = "from libc"; f[4] = (void *)6; }
    int main(void){ vuln(); return 0; }`,
  'main finds its arguments elsewhere': `int main(void){ char b[8]; memset(b, 'A', 12); puts("x"); fflush(stdout); return 3; }`,
  'main finds its arguments nowhere': `int main(void){ char b[8]; memset(b, 'A', 16); puts("x"); fflush(stdout); return 3; }`,
};

function realEnd(path: string): string {
  const { stdout, status, signal } = spawnSync('setarch', ['-R', './program'], {
    cwd: dirname(path),
    env: {},
    encoding: 'latin1',
    timeout: 5000,
  });
  return `${stdout}${status === null ? String(signal) : String(status)}`;
}

function simulatedEnd(text: string, flags: Parameters<typeof openSession>[1]): string {
  const session = openSession(text, { stdoutKind: 'pipe', ldCacheBytes: libraryCacheBytes(), ...flags });
  const pieces = session.recording.outputUpTo(session.recording.count);
  const stdout = Buffer.concat(pieces.filter((piece) => piece.fd === 1).map((piece) => piece.bytes));
  const { trap } = session;
  const end = trap.kind === 'exit' ? String(trap.status) : trap.kind === 'signal' ? trap.signal : trap.kind;
  return `${stdout.toString('latin1')}${end}`;
}

const builds = [
  { name: 'PIE', flags: [], compile: {}, target: 'x86_64', of: programs, isThere: hasGcc },
  {
    name: 'no PIE',
    flags: ['-fno-pie', '-no-pie'],
    compile: { pie: false, link: 'no-pie' },
    target: 'x86_64',
    of: programs,
    isThere: hasGcc,
  },
  {
    name: 'i386',
    flags: ['-m32'],
    compile: {},
    target: 'i386',
    of: { ...programs, ...programs32 },
    isThere: hasGcc32,
  },
] as const;

describe('overwritten returns, run for real', () => {
  for (const { name, flags, compile, target, of, isThere } of builds) {
    for (const [what, body] of Object.entries(of)) {
      it(`${name}: ${what}`, function () {
        if (!isThere(what)) return;
        this.timeout(30_000);
        const text = head + body;
        const program = compileReal(text, flags);
        try {
          assert.equal(simulatedEnd(text, { compile, target }), realEnd(program.path));
        } finally {
          program.remove();
        }
      });
    }
  }
});
