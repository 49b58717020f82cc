/**
 * Random programs with threads whose output is the same on every machine: one thread at a time has the turn, passed on by a
 * condition variable, by semaphores or by a spin on an atomic. They print addresses of blocks, stacks, thread-local variables
 * and descriptors, and the mappings at the end.
 */

/** A stream of numbers from a seed. */
function generator(seed: number): (most: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const batons = [
  `static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static void await(int t) { pthread_mutex_lock(&m); while (order[turn] != t) pthread_cond_wait(&c, &m); pthread_mutex_unlock(&m); }
static void pass(void) { pthread_mutex_lock(&m); turn++; pthread_cond_broadcast(&c); pthread_mutex_unlock(&m); }`,
  `static sem_t s[16]; __attribute__((constructor)) static void init(void) { for (int i = 0; i < 16; i++) sem_init(s + i, 0, i == order[0]); }
static void await(int t) { sem_wait(s + t); }
static void pass(void) { sem_post(s + order[++turn]); }`,
  `static void await(int t) { while (order[__atomic_load_n(&turn, 5)] != t) sched_yield(); }
static void pass(void) { __atomic_add_fetch(&turn, 1, 5); }`,
];

const sizes = [1, 24, 25, 100, 500, 1000, 1040, 2000, 5000, 20_000, 70_000, 140_000, 200_000];

/**
 * C text of the program with this number.
 *
 * @param mostSteps - how many turns there are at most, besides those in which threads are made and end
 */
export function randomThreadProgram(seed: number, mostSteps = 48): string {
  const random = generator(seed);
  const threads = 1 + random(5);
  const order: number[] = [];
  const bodies = Array.from({ length: threads + 1 }, () => '');
  const alive = new Set<number>();
  let made = 0;
  const isTls = random(2) === 1;
  /** A step of a thread: what it does in its turn. */
  const step = (thread: number, text: string, passes = true): void => {
    order.push(thread);
    bodies[thread] =
      `${bodies[thread] ?? ''}  await(${String(thread)}); ${text}${passes ? ' pass();' : ''}\n`;
  };
  const act = (thread: number): string => {
    const slot = random(6);
    const place = `p[${String(thread)}][${String(slot)}]`;
    const other = `p[${String(random(threads + 1))}][${String(random(6))}]`;
    const size = String(sizes[random(sizes.length)] ?? 1);
    switch (random(8)) {
      case 0:
      case 1:
      case 2:
        return `free(${place}); show("malloc", ${place} = malloc(${size}));`;
      case 3:
        return `free(${place}); show("calloc", ${place} = calloc(3, ${size}));`;
      case 4:
        return `show("realloc", ${place} = realloc(${place}, ${size}));`;
      case 5:
        return `free(${other}); ${other} = 0;`;
      case 6:
        return `show("local", local);`;
      default:
        return isTls
          ? `tv += ${String(slot)}; show("tv", &tv); printf("%d\\n", tv);`
          : `show("errno", &errno);`;
    }
  };
  const make = (): void => {
    made += 1;
    alive.add(made);
    const name = String(made);
    const size = [0, 0, 65_536, 1 << 20, 200_000][random(5)] ?? 0;
    const guard = [4096, 4096, 0, 8192][random(4)] ?? 4096;
    const attributes =
      size === 0
        ? `pthread_create(t + ${name}, 0, f${name}, 0);`
        : `pthread_attr_init(&a); pthread_attr_setstacksize(&a, ${String(size)}); pthread_attr_setguardsize(&a, ${String(guard)}); pthread_create(t + ${name}, &a, f${name}, 0);`;
    step(0, `${attributes} show("thread", (void *)t[${name}]);`);
  };
  const end = (thread: number): void => {
    alive.delete(thread);
    // Its end is over when it is joined, and nobody else runs meanwhile.
    step(thread, 'pass();', false);
    order.push(0);
    bodies[0] = `${bodies[0] ?? ''}  await(0); pthread_join(t[${String(thread)}], 0); pass();\n`;
  };
  make();
  for (let left = 8 + random(mostSteps - 8); left > 0; left -= 1) {
    const all = [0, ...alive];
    const what = random(12);
    if (what === 0 && made < threads) make();
    else if (what === 1 && alive.size > 0) end([...alive][random(alive.size)] ?? 1);
    else {
      const thread = all[random(all.length)] ?? 0;
      step(thread, act(thread));
    }
  }
  for (const thread of [...alive]) end(thread);
  order.push(0);
  const functions = Array.from({ length: made }, (_, index) => {
    const name = String(index + 1);
    return `static void *f${name}(void *x) { char local[${String(16 + 8 * index)}];\n${bodies[index + 1] ?? ''}  return x; }`;
  });
  return `#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
${isTls ? '__thread int tv = 7; __thread char tz[40];' : ''}
static const int order[] = {${order.join(', ')}, 99};
static volatile int turn;
static void *p[8][6]; static pthread_t t[8]; static pthread_attr_t a;
${batons[random(batons.length)] ?? ''}
static void show(const char *what, void *addr) { printf("%d %s %p\\n", turn, what, addr); }
${functions.join('\n')}
int main(void) { char local[32];
${bodies[0] ?? ''}  char line[300], range[60], access[8]; FILE *f = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, f)) { sscanf(line, "%59s %7s", range, access); printf("%s %s\\n", range, access); }
  return 0; }
`;
}
