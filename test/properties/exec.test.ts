/**
 * Programs that execute themselves: beside the real process where gcc is installed, and the same run again up to any event.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeUtf8 } from '../../src/base/utf8.ts';
import { checkRun } from '../../src/session/check-run.ts';
import type { Session } from '../../src/session/session.ts';
import { openSession } from '../support/open-session.ts';
import { hasGcc } from '../support/gcc.ts';

const head = `#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
extern char **environ;
`;

const programs: Readonly<Record<string, string>> = {
  'begins anew with other arguments, at the same addresses': `
int global = 7;
int main(int argc, char **argv) {
  printf("%d %s %d %p %p %p\\n", argc, argv[argc - 1], global, malloc(10), (void *)argv, (void *)&global);
  fflush(stdout);
  if (argc > 3) return argc;
  global = 9;
  char *args[] = {argv[0], "one", argc > 1 ? "two" : NULL, argc > 2 ? "three" : NULL, NULL};
  execv(argv[0], args);
  return 1;
}`,
  'keeps descriptors but those with FD_CLOEXEC, ignored signals and the mask': `
static void handler(int signal) { (void)signal; }
int main(int argc, char **argv) {
  if (argc == 1) {
    int keep = open("kept.txt", O_RDWR | O_CREAT, 0600), gone = open("gone.txt", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    write(keep, "hello", 5);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, handler);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    char text[2][20];
    sprintf(text[0], "%d", keep);
    sprintf(text[1], "%d", gone);
    execl("/proc/self/exe", "renamed", text[0], text[1], NULL);
    return 1;
  }
  char buffer[10] = "";
  lseek(atoi(argv[1]), 0, SEEK_SET);
  printf("%s %zd %s\\n", argv[0], read(atoi(argv[1]), buffer, 9), buffer);
  printf("%d %s\\n", fcntl(atoi(argv[2]), F_GETFD), strerror(errno));
  sigset_t set;
  sigprocmask(SIG_BLOCK, NULL, &set);
  printf("%d %d %d\\n", signal(SIGUSR1, SIG_DFL) == SIG_IGN, signal(SIGUSR2, SIG_DFL) == SIG_DFL, sigismember(&set, SIGTERM));
  return 0;
}`,
  'refuses files that are not there or may not be executed': `
int main(int argc, char **argv) {
  if (argc > 1) return puts("begun") < 0;
  open("plain.txt", O_RDWR | O_CREAT, 0600);
  char *args[] = {argv[0], "again", NULL};
  printf("%d %s\\n", execv("/nowhere/at/all", args), strerror(errno));
  printf("%d %s\\n", execl("./plain.txt", "x", NULL), strerror(errno));
  printf("%d %s\\n", execlp("./missing", "x", NULL), strerror(errno));
  printf("%d %s\\n", execvp("", args), strerror(errno));
  printf("%d %s\\n", execve("plain.txt/x", args, environ), strerror(errno));
  fflush(stdout);
  setenv("PATH", "/nowhere:.", 1);
  execvp("program", args);
  return 1;
}`,
  'runs as a child, with an environment of its own, and makes children': `
int main(int argc, char **argv) {
  if (argc == 1) {
    for (int i = 0; i < 2; i++) {
      if (fork() == 0) {
        char *env[] = {"NAME=value", NULL};
        execle(argv[0], "child", i ? "b" : "a", NULL, env);
        _exit(9);
      }
      int status;
      wait(&status);
      printf("ended %d\\n", WEXITSTATUS(status));
      fflush(stdout);
    }
    return 3;
  }
  printf("%s %s %s\\n", argv[0], argv[1], getenv("NAME"));
  fflush(stdout);
  pid_t mine = getpid();
  if (fork() == 0) {
    printf("grandchild %d\\n", getppid() == mine);
    return 0;
  }
  int status;
  wait(&status);
  printf("done %d\\n", getpid() == mine);
  return argv[1][0];
}`,
  'lets a pipe connect two of itself': `
int main(int argc, char **argv) {
  if (argc > 1) {
    char line[50];
    while (fgets(line, sizeof line, stdin) != NULL) printf("%s: %s", argv[1], line);
    return 0;
  }
  int fd[2];
  pipe(fd);
  if (fork() == 0) {
    dup2(fd[0], 0);
    close(fd[0]);
    close(fd[1]);
    execl(argv[0], argv[0], "reader", NULL);
    _exit(1);
  }
  close(fd[0]);
  dprintf(fd[1], "one\\ntwo\\n");
  close(fd[1]);
  wait(NULL);
  puts("over");
  return 0;
}`,
};

const open = (name: string): Session =>
  openSession(head + (programs[name] ?? ''), { stdoutKind: 'pipe', fuel: 1e7 });

function outputOf({ recording }: Session): string {
  return recording
    .outputUpTo(recording.count - 1)
    .map(({ bytes }) => decodeUtf8(bytes))
    .join('');
}

/** Output and exit status of the real process. */
function real(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-exec-'));
  try {
    writeFileSync(join(folder, 'program.c'), head + text);
    execFileSync('gcc', ['-w', '-O0', '-o', 'program', 'program.c'], { cwd: folder });
    const setarch = execFileSync('which', ['setarch'], { encoding: 'utf8' }).trim();
    const { stdout, status } = spawnSync(setarch, ['-R', './program'], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    return `${stdout}status ${String(status)}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('execve of the program itself', function () {
  this.timeout(20_000);
  for (const [name, text] of Object.entries(programs)) {
    it(name, () => {
      const session = open(name);
      assert.equal(session.trap.kind, 'exit');
      const status = session.trap.kind === 'exit' ? session.trap.status : -1;
      if (!hasGcc('programs that execute themselves')) return;
      assert.equal(`${outputOf(session)}status ${String(status)}\n`, real(text));
    });
  }

  it('goes to any event before and after it, and back', () => {
    const session = open('begins anew with other arguments, at the same addresses');
    const { recording } = session;
    const state = (index: number): string => {
      session.seek(index);
      const { machine } = session;
      const [frame] = machine.callStack();
      return `${session.maps()} ${String(machine.memory.mm.rss)} ${String(frame?.base)}`;
    };
    const forward = Array.from({ length: recording.count }, (_, index) => state(index));
    for (let index = recording.count - 1; index >= 0; index--) assert.equal(state(index), forward[index]);
    const calls = Array.from({ length: recording.count }, (_, index) => recording.eventAt(index)).filter(
      (event) => event.kind === 'syscall' && event.name === 'execve',
    );
    assert.equal(calls.length, 3);
  });

  it('is named where another program is to run', () => {
    const { trap } = openSession(`${head}int main(void) { execlp("ls", "ls", NULL); return 1; }`);
    assert.equal(trap.kind, 'unsupported');
  });

  it('is checked on', () => {
    const session = openSession(
      `${head}int main(int argc, char **argv) { int *p = malloc(8); p[2] = argc; free(p); if (argc == 1) execl(argv[0], "x", "y", NULL); return 0; }`,
    );
    const { mistakes } = checkRun(session, 'en');
    assert.deepEqual(
      mistakes.map(({ kind }) => kind),
      ['heap-overflow', 'heap-overflow'],
    );
  });
});
