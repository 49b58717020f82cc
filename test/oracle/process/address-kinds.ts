/**
 * Programs that print addresses, one for each kind of thing that has one: what the others, put together from parts, leave
 * out.
 */

/** A program of one or more files. */
export interface AddressProgram {
  readonly name: string;
  readonly files: readonly string[];
}

const head =
  '#define _GNU_SOURCE\n#include <alloca.h>\n#include <errno.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/auxv.h>\n#include <sys/mman.h>\n#include <unistd.h>\n#define SHOW(x) printf(#x " %p\\n", (void *)(x))\n';

const one = (name: string, text: string): AddressProgram => ({ name, files: [head + text] });

export const addressKinds: readonly AddressProgram[] = [
  one(
    'thread-local objects',
    `_Thread_local char first; static _Thread_local long second = 2; __thread int third[5]; static __thread short fourth = 4;
_Thread_local _Alignas(32) char wide[40];
static int *inside(void) { static _Thread_local int kept = 9; return &kept; }
int main(void) { SHOW(&first); SHOW(&second); SHOW(third); SHOW(&fourth); SHOW(wide); SHOW(inside()); return second + fourth; }`,
  ),
  one(
    'the environment and what lies above it',
    `extern char **environ;
int main(int argc, char **argv, char **envp) {
  SHOW(&argc); SHOW(argv); SHOW(argv[0]); SHOW(argv[argc]); SHOW(envp); SHOW(environ); SHOW(*envp);
  setenv("NAME", "value", 1); SHOW(environ); SHOW(getenv("NAME")); putenv("OTHER=thing"); SHOW(getenv("OTHER")); SHOW(environ);
  SHOW(program_invocation_name); SHOW(program_invocation_short_name);
  return 0; }`,
  ),
  one(
    'the auxiliary vector',
    `int main(void) {
  SHOW(getauxval(AT_PHDR)); SHOW(getauxval(AT_ENTRY)); SHOW(getauxval(AT_BASE)); SHOW(getauxval(AT_RANDOM));
  SHOW(getauxval(AT_EXECFN)); SHOW(getauxval(AT_PLATFORM)); SHOW(getauxval(AT_SYSINFO_EHDR));
  SHOW(getauxval(AT_PHNUM)); SHOW(getauxval(AT_PAGESZ)); return 0; }`,
  ),
  one(
    'symbols of the linker and the start-up files',
    `extern char __executable_start[], etext[], edata[], end[], __bss_start[], data_start[], _DYNAMIC[], _GLOBAL_OFFSET_TABLE_[];
extern char __init_array_start[], __init_array_end[], __fini_array_end[], __dso_handle[], _start[], _init[], _fini[];
char zero[33]; int set[5] = {1}; char *const pointed = edata;
static void __attribute__((constructor)) before(void) { SHOW(before); }
int main(void) {
  SHOW(__executable_start); SHOW(etext); SHOW(edata); SHOW(end); SHOW(__bss_start); SHOW(data_start); SHOW(_DYNAMIC);
  SHOW(_GLOBAL_OFFSET_TABLE_); SHOW(__init_array_start); SHOW(__init_array_end); SHOW(__fini_array_end); SHOW(__dso_handle);
  SHOW(_start); SHOW(_init); SHOW(_fini); SHOW(pointed); SHOW(zero); SHOW(set); return 0; }`,
  ),
  one(
    'static locals',
    `static int count(void) { static int n; static const int table[] = {1, 2, 3}; static char text[] = "abc"; static double d = 1.5; SHOW(&n); SHOW(table); SHOW(text); SHOW(&d); return n++ + table[1]; }
static long other(int k) { static int n = 7; { static int n; SHOW(&n); n += k; } SHOW(&n); return n; }
int main(void) { count(); count(); other(1); other(2); static struct { char c; long l; } both; SHOW(&both.l); return 0; }`,
  ),
  one(
    'string literals',
    `static const char *names[] = {"alpha", "beta", "gamma", "beta"};
static const char *same(void) { return "beta"; }
int main(void) { for (int i = 0; i < 4; i++) SHOW(names[i]); SHOW(same()); SHOW("a longer literal of more than thirty-two bytes, so aligned otherwise"); SHOW("tail of a literal"); SHOW("literal"); SHOW(L"wide"); SHOW(u"sixteen"); SHOW(""); SHOW(__func__); return 0; }`,
  ),
  one(
    'mappings',
    `int main(void) {
  void *a = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void *b = mmap(0, 100000, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void *c = mmap((void *)0x10000000, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void *d = mmap((void *)0x20000000, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  SHOW(a); SHOW(b); SHOW(c); SHOW(d); munmap(a, 4096);
  void *e = mmap(0, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0); SHOW(e);
  SHOW(mremap(b, 100000, 300000, MREMAP_MAYMOVE)); SHOW(mmap(0, 3 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  SHOW(mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0)); return 0; }`,
  ),
  one(
    'the program break',
    `int main(void) { SHOW(sbrk(0)); SHOW(sbrk(4096)); SHOW(malloc(10)); SHOW(sbrk(0)); SHOW(sbrk(100)); SHOW(malloc(200000)); SHOW(malloc(100000)); SHOW(malloc(100000)); SHOW(sbrk(0)); return 0; }`,
  ),
  one(
    'variable length arrays',
    `static long use(int n) { char before; int array[n]; long two[n][3]; for (int i = 0; i < n; i++) array[i] = i; SHOW(array); SHOW(two); SHOW(&two[1][2]); SHOW(&before); { char inner[n + 5]; SHOW(inner); } { short last[n]; SHOW(last); } return array[n - 1]; }
int main(void) { use(3); use(40); for (int k = 1; k < 4; k++) { double in[k]; SHOW(in); } return 0; }`,
  ),
  one(
    'alloca',
    `static void *twice(int n) { char *a = alloca(n), *b = alloca(n + 1); SHOW(a); SHOW(b); memset(a, 1, n); return 0; }
int main(void) { twice(1); twice(100); char *p = alloca(5000); SHOW(p); int local; SHOW(&local); SHOW(__builtin_frame_address(0)); return 0; }`,
  ),
  one(
    'structs as arguments and results',
    `struct two { long a, b; }; struct large { int a[20]; }; struct floats { float x, y, z; }; struct odd { char c[5]; };
static struct large back(struct large in, struct two t) { SHOW(&in); SHOW(&t); in.a[0] += t.a; return in; }
static struct two pair(struct floats f, struct odd o) { SHOW(&f); SHOW(&o); return (struct two){o.c[1], (long)f.y}; }
int main(void) { struct large l = {{1}}; struct two t = {2, 3}; struct floats f = {1, 2, 3}; struct odd o = {"ab"};
  SHOW(&l); SHOW(&t); SHOW(&f); SHOW(&o); l = back(l, t); t = pair(f, o); l = back(back(l, t), t); return l.a[0]; }`,
  ),
  one(
    'arguments on the stack',
    `static long many(int a, long b, char c, short d, int e, int f, int g, char h, long i) { SHOW(&a); SHOW(&b); SHOW(&c); SHOW(&d); SHOW(&e); SHOW(&f); SHOW(&g); SHOW(&h); SHOW(&i); return a + b + i; }
static double doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, float j) { SHOW(&a); SHOW(&h); SHOW(&i); SHOW(&j); return a + b + c + d + e + f + g + i + j; }
int main(void) { many(1, 2, 3, 4, 5, 6, 7, 8, 9); doubles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10); return 0; }`,
  ),
  one(
    'function pointers',
    `static int add(int a, int b) { return a + b; } static int subtract(int a, int b) { return a - b; } int multiply(int a, int b) { return a * b; }
static int (*const table[])(int, int) = {add, subtract, multiply}; static int (*chosen)(int, int) = subtract;
int main(void) { for (int i = 0; i < 3; i++) { SHOW(&table[i]); SHOW(table[i]); } SHOW(chosen); SHOW(&chosen); SHOW(main); SHOW(puts); SHOW(malloc); SHOW(strlen); SHOW(memcpy); SHOW(exit); return chosen(table[0](1, 2), 3); }`,
  ),
  one(
    'nested blocks',
    `static int work(int n) { int outer = n; SHOW(&outer); { int a[4]; SHOW(a); { char c; double d; SHOW(&c); SHOW(&d); } } { long b[2]; SHOW(b); } for (int i = 0; i < 2; i++) { int inside = i; SHOW(&inside); SHOW(&i); } return outer; }
int main(void) { work(1); if (work(2)) { int x; SHOW(&x); } else { int y; SHOW(&y); } return 0; }`,
  ),
  one(
    'aligned objects',
    `_Alignas(64) int global; static _Alignas(128) char hidden[3]; struct __attribute__((aligned(32))) s { int a; } record; struct __attribute__((packed)) p { char c; long l; int i; } packed;
int main(void) { _Alignas(16) char small; _Alignas(8) short word; struct p local; SHOW(&global); SHOW(hidden); SHOW(&record); SHOW(&packed.l); SHOW(&packed.i); SHOW(&small); SHOW(&word); SHOW(&local.l); return 0; }`,
  ),
  one(
    'common and other sections',
    `int first; int second; char third[100]; static int fourth; int fifth __attribute__((section("mine"))) = 1; int sixth __attribute__((section(".data.mine"))) = 2;
const int seventh = 3; const char *const eighth = "eighth"; const volatile int ninth = 9; int tenth[0]; int eleventh = 11; extern int __start_mine, __stop_mine;
int main(void) { SHOW(&first); SHOW(&second); SHOW(third); SHOW(&fourth); SHOW(&fifth); SHOW(&sixth); SHOW(&seventh); SHOW(&eighth); SHOW(&ninth); SHOW(&tenth); SHOW(&eleventh); SHOW(&__start_mine); SHOW(&__stop_mine); return fourth; }`,
  ),
  one(
    'recursion through several functions',
    `static int odd(int n); static int even(int n) { int here = n; if (n < 3) SHOW(&here); return n == 0 ? here == 0 : odd(n - 1); } static int odd(int n) { char c[9]; c[0] = n; if (n < 3) SHOW(c); return n == 0 ? c[0] : even(n - 1); }
int main(void) { even(10); odd(5); return 0; }`,
  ),
  one(
    'heap blocks of many sizes',
    `int main(void) { void *p[40]; for (int i = 0; i < 40; i++) { p[i] = malloc((size_t)1 << (i % 18)); SHOW(p[i]); } for (int i = 0; i < 40; i += 3) free(p[i]); for (int i = 0; i < 12; i++) SHOW(malloc((size_t)i * 100)); SHOW(memalign(4096, 100)); SHOW(valloc(10)); SHOW(realloc(p[1], 4000)); SHOW(calloc(1000, 9)); return 0; }`.replace(
      'int main',
      '#include <malloc.h>\nint main',
    ),
  ),
  one(
    'streams and their buffers',
    `int main(void) { FILE *f = tmpfile(); SHOW(f); fputs("text", f); SHOW(malloc(10)); static char own[100]; setvbuf(f, own, _IOFBF, sizeof own); SHOW(stdin); SHOW(stdout); SHOW(stderr); SHOW(&stdin); char *text; size_t size; FILE *m = open_memstream(&text, &size); SHOW(m); fprintf(m, "abc"); fflush(m); SHOW(text); fclose(m); fclose(f); SHOW(malloc(400)); return 0; }`,
  ),
  {
    name: 'several files',
    files: [
      `${head}extern int shared; extern int bump(int); extern const char *where(void); static int mine = 4; int common_one; static int local(void) { return mine; }
int main(void) { SHOW(&shared); SHOW(&mine); SHOW(&common_one); SHOW(bump); SHOW(local); SHOW(where()); SHOW(main); return bump(local()) * 0; }`,
      `${head}int shared = 5; static int mine = 6; static char buffer[50]; static int local(int a) { return a + mine; }
int bump(int by) { static int calls; SHOW(&calls); SHOW(&mine); SHOW(buffer); SHOW(local); SHOW(&by); return shared += local(by); }`,
      `int after_all; const char *where(void) { static const char text[] = "of the third file"; return text + after_all; }`,
    ],
  },
];
