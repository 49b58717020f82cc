/**
 * Programs of several processes whose output the processes' order decides, or that wait for one another, so that every run
 * on a real machine gives the same.
 */

/** A program and what it is about. */
export interface ForkProgram {
  readonly name: string;
  readonly text: string;
}

const head =
  '#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/mman.h>\n#include <sys/wait.h>\n#include <unistd.h>\n';

const one = (name: string, text: string): ForkProgram => ({ name, text: head + text });

export const forkPrograms: readonly ForkProgram[] = [
  one(
    'a child with memory of its own, and its status',
    `int global = 1; static int zero;
int main(void) { int local = 2; int *heap = malloc(sizeof *heap); *heap = 3; pid_t me = getpid();
  pid_t child = fork();
  if (child == 0) { global += 10; local += 20; *heap += 30; zero++; printf("child %d %d %d %d, parent %d\\n", global, local, *heap, zero, getppid() == me); exit(42); }
  int status; pid_t got = wait(&status);
  printf("parent %d %d %d %d, child %d, exited %d with %d\\n", global, local, *heap, zero, got == child, WIFEXITED(status), WEXITSTATUS(status));
  free(heap); return 5; }`,
  ),
  one(
    'output that was in a buffer is written twice',
    `int main(void) { printf("once or twice? "); if (fork() == 0) { printf("child\\n"); return 0; } wait(NULL); printf("parent\\n"); return 0; }`,
  ),
  one(
    '_exit leaves the buffer',
    `static void bye(void) { printf("bye\\n"); }
int main(void) { atexit(bye); printf("kept\\n"); if (fork() == 0) { printf("lost\\n"); _exit(3); } int s; wait(&s); printf("%d\\n", WEXITSTATUS(s)); return 0; }`,
  ),
  one(
    'children that are waited for by number',
    `int main(void) { pid_t pids[5];
  for (int i = 0; i < 5; i++) { pids[i] = fork(); if (pids[i] == 0) { usleep((5 - i) * 20000); printf("child %d\\n", i); exit(i * 3); } }
  for (int i = 4; i >= 0; i--) { int s; pid_t got = waitpid(pids[i], &s, 0); printf("%d: %d, status %d\\n", i, got == pids[i], WEXITSTATUS(s)); fflush(stdout); }
  errno = 0; printf("%d %d\\n", (int)wait(NULL), errno == ECHILD); return 0; }`,
  ),
  one(
    'a pipe from child to parent, to its end',
    `int main(void) { int p[2]; if (pipe(p)) return 1;
  if (fork() == 0) { close(p[0]); for (int i = 0; i < 1000; i++) { char line[64]; int n = sprintf(line, "line %d\\n", i); if (write(p[1], line, n) != n) _exit(1); } _exit(0); }
  close(p[1]); char b[100]; long total = 0; unsigned sum = 0; ssize_t n; while ((n = read(p[0], b, sizeof b)) > 0) { total += n; for (int i = 0; i < n; i++) sum = sum * 31 + (unsigned char)b[i]; }
  wait(NULL); printf("%ld bytes, %u\\n", total, sum); return 0; }`,
  ),
  one(
    'two pipes, question and answer',
    `int main(void) { int down[2], up[2]; if (pipe(down) || pipe(up)) return 1;
  if (fork() == 0) { int v; close(down[1]); close(up[0]); while (read(down[0], &v, sizeof v) == sizeof v) { v = v * v; if (write(up[1], &v, sizeof v) != sizeof v) _exit(1); } printf("child: end\\n"); exit(0); }
  close(down[0]); close(up[1]); long sum = 0;
  for (int i = 1; i <= 20; i++) { int v = i; if (write(down[1], &v, sizeof v) != sizeof v || read(up[0], &v, sizeof v) != sizeof v) return 2; sum += v; }
  close(down[1]); wait(NULL); printf("sum %ld\\n", sum); return 0; }`,
  ),
  one(
    'more than a pipe holds',
    `int main(void) { int p[2]; if (pipe(p)) return 1; size_t n = 300000;
  if (fork() == 0) { close(p[0]); char *b = malloc(n); for (size_t i = 0; i < n; i++) b[i] = (char)(i * 7); ssize_t w = write(p[1], b, n); printf("wrote %zd\\n", w); exit(0); }
  close(p[1]); char b[4096]; size_t total = 0; int bad = 0; ssize_t r; while ((r = read(p[0], b, sizeof b)) > 0) for (ssize_t i = 0; i < r; i++) bad += b[i] != (char)(total++ * 7);
  wait(NULL); printf("read %zu, %d wrong\\n", total, bad); return 0; }`,
  ),
  one(
    'a pipe that nobody reads',
    `int main(void) { int p[2]; if (pipe(p)) return 1;
  if (fork() == 0) { close(p[0]); close(p[1]); exit(0); }
  wait(NULL); close(p[0]); signal(SIGPIPE, SIG_IGN); errno = 0; ssize_t n = write(p[1], "x", 1); printf("%zd %d\\n", n, errno == EPIPE); fflush(stdout); signal(SIGPIPE, SIG_DFL);
  if (fork() == 0) { write(p[1], "x", 1); printf("not reached\\n"); exit(0); }
  int s; wait(&s); printf("signalled %d by %d\\n", WIFSIGNALED(s), WTERMSIG(s)); return 0; }`,
  ),
  one(
    'children that signals end',
    `static int status_of(int how) { pid_t c = fork(); if (c == 0) { switch (how) { case 0: abort(); case 1: raise(SIGTERM); case 2: { volatile int *p = 0; *p = 1; } case 3: { volatile int z = 0; exit(7 / z); } } exit(0); } int s; waitpid(c, &s, 0); return s; }
int main(void) { for (int i = 0; i < 4; i++) { int s = status_of(i); printf("%d: %d %d\\n", i, WIFSIGNALED(s), WTERMSIG(s)); fflush(stdout); } return 0; }`,
  ),
  one(
    'a child that is killed while it waits',
    `int main(void) { int p[2]; if (pipe(p)) return 1; pid_t c = fork();
  if (c == 0) { char b; printf("never %zd\\n", read(p[0], &b, 1)); exit(0); }
  printf("there: %d\\n", kill(c, 0)); usleep(50000); kill(c, SIGKILL); int s; waitpid(c, &s, 0); printf("%d %d\\n", WIFSIGNALED(s), WTERMSIG(s)); errno = 0; printf("%d %d\\n", kill(c, 0), errno == ESRCH); return 0; }`,
  ),
  one(
    'children of children',
    `int main(void) { printf("start\\n"); fflush(stdout); pid_t a = fork();
  if (a == 0) { pid_t mine = getpid(), b = fork(); if (b == 0) { printf("grandchild %d\\n", getppid() == mine); exit(1); } int s; waitpid(b, &s, 0); printf("child got %d\\n", WEXITSTATUS(s)); exit(2); }
  int s; waitpid(a, &s, 0); printf("parent got %d\\n", WEXITSTATUS(s)); return 0; }`,
  ),
  one(
    'shared and private mappings',
    `int main(void) { int *shared = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), *own = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  shared[0] = 1; own[0] = 1; int up[2], down[2]; char c = 'x'; if (pipe(up) || pipe(down)) return 1;
  if (fork() == 0) { shared[0] += 10; shared[1500] = 7; own[0] += 10; write(up[1], &c, 1); read(down[0], &c, 1); shared[0] *= shared[1]; write(up[1], &c, 1); read(down[0], &c, 1); shared[2] = shared[0] + shared[1]; printf("child %d %d %d\\n", shared[0], shared[2], own[0]); exit(0); }
  read(up[0], &c, 1); printf("%d %d %d\\n", shared[0], shared[1500], own[0]); fflush(stdout); shared[1] = 3; write(down[1], &c, 1); read(up[0], &c, 1); shared[1] = 100; write(down[1], &c, 1); wait(NULL); printf("%d %d\\n", shared[0], shared[2]); return 0; }`,
  ),
  one(
    'one position in one file',
    `int main(void) { int fd = open("fork-test.txt", O_RDWR | O_CREAT | O_TRUNC, 0600); write(fd, "parent ", 7);
  if (fork() == 0) { write(fd, "child ", 6); close(fd); exit(0); }
  wait(NULL); write(fd, "again", 5); char b[64]; ssize_t n = pread(fd, b, sizeof b, 0); printf("%.*s at %ld\\n", (int)n, b, (long)lseek(fd, 0, SEEK_CUR)); unlink("fork-test.txt"); return 0; }`,
  ),
  one(
    'asking whether a child has ended',
    `int main(void) { int p[2]; char c; if (pipe(p)) return 1; pid_t k = fork(); if (k == 0) { close(p[1]); read(p[0], &c, 1); exit(9); }
  int s = -1; printf("%d\\n", (int)waitpid(k, &s, WNOHANG)); fflush(stdout); close(p[0]); close(p[1]); int asked = 0; pid_t got; while ((got = waitpid(k, &s, WNOHANG)) == 0) { asked++; usleep(1000); }
  printf("%d %d\\n", got == k, WEXITSTATUS(s)); return 0; }`,
  ),
  one(
    'a stream over a pipe',
    `int main(void) { int p[2]; if (pipe(p)) return 1;
  if (fork() == 0) { close(p[0]); FILE *f = fdopen(p[1], "w"); for (int i = 0; i < 2000; i++) fprintf(f, "%d %s\\n", i, i % 15 == 0 ? "fizzbuzz" : i % 3 == 0 ? "fizz" : i % 5 == 0 ? "buzz" : "-"); fclose(f); exit(0); }
  close(p[1]); FILE *f = fdopen(p[0], "r"); char line[80]; int lines = 0, fizz = 0; while (fgets(line, sizeof line, f)) { lines++; fizz += strstr(line, "fizz") != NULL; } fclose(f); int s; wait(&s); printf("%d %d %d\\n", lines, fizz, WEXITSTATUS(s)); return 0; }`,
  ),
  one(
    'a pipeline by dup2',
    `int main(void) { int p[2]; if (pipe(p)) return 1;
  if (fork() == 0) { dup2(p[1], 1); close(p[0]); close(p[1]); for (int i = 5; i > 0; i--) printf("%d\\n", i * i); return 0; }
  if (fork() == 0) { dup2(p[0], 0); close(p[0]); close(p[1]); int v, sum = 0; while (scanf("%d", &v) == 1) sum += v; printf("sum %d\\n", sum); return 0; }
  close(p[0]); close(p[1]); while (wait(NULL) > 0); printf("done\\n"); return 0; }`,
  ),
  one(
    'a handler that hears of the child',
    `static volatile sig_atomic_t heard; static void on_child(int s) { heard += s == SIGCHLD; }
int main(void) { signal(SIGCHLD, on_child); pid_t c = fork(); if (c == 0) { signal(SIGCHLD, SIG_DFL); exit(4); } int s; pid_t got = waitpid(c, &s, 0); printf("%d %d %d\\n", heard, got == c, WEXITSTATUS(s)); return 0; }`,
  ),
  one(
    'a child that goes on after its parent',
    `int main(void) { printf("parent\\n"); fflush(stdout); if (fork() == 0) { usleep(100000); printf("orphan, parent is another one\\n"); exit(0); } return 6; }`,
  ),
  one(
    'a tree of forks',
    `int main(void) { int *n = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 4; i++) fork(); __sync_fetch_and_add(n, 1); int children = 0; while (wait(NULL) > 0) children++; static int first = 1; if (children == 4 && first) { printf("%d processes\\n", *n); } return children; }`,
  ),
];
