/* Records what this machine's malloc and kernel do, one operation at a time.
 *
 *   recorder OBSERVED OPS ARENA ARENA_BYTES MP MP_BYTES top=OFFSET [as=BYTES] [data=BYTES]
 *
 * OPS is a file of operations, eight 64-bit words each: code, six arguments, flags. The tracer starts OBSERVED, the
 * process whose heap is looked at (this file compiled with -DOBSERVED), without address randomisation; it waits at a
 * breakpoint for an operation, carries it out and stops again, so that its heap sees the operations and nothing else.
 * Every line printed is JSON: first the start state of a process, then one line for each operation, in the words of the
 * recordings under test/oracle/golden. At a check the bytes of arena and parameters are told as CRC-32, not as lists.
 *
 * ARENA and MP are the addresses of main_arena and mp_, OFFSET that of top in the arena. A file with the one operation
 * `locate` finds them: it prints the address of the unsorted list's header, which lies in main_arena, and that of mp_.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

typedef uint64_t u64;

enum {
  OP_NOP, OP_MALLOC, OP_CALLOC, OP_REALLOC, OP_REALLOCARRAY, OP_MEMALIGN, OP_ALIGNED_ALLOC, OP_POSIX_MEMALIGN,
  OP_VALLOC, OP_PVALLOC, OP_FREE, OP_TOUCH, OP_READ, OP_TRIM, OP_MALLOPT, OP_MALLINFO, OP_SBRK, OP_POKE, OP_SYSCALL,
  OP_CHECK, OP_RESET, OP_LOCATE
};

/* What the two processes tell each other: the tracer writes the first part, the observed process the second. */
struct exchange {
  u64 code, arg[6];
  u64 result, usable, error, info[10];
};

#ifdef OBSERVED /* ---- the observed process ---- */

static volatile struct exchange box;

static long plain_syscall(volatile u64 *a)
{
  register long r10 __asm__("r10") = (long)a[4], r8 __asm__("r8") = (long)a[5], r9 __asm__("r9") = 0;
  long result;
  __asm__ volatile("syscall" : "=a"(result)
                   : "a"(a[0]), "D"(a[1]), "S"(a[2]), "d"(a[3]), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static __attribute__((noinline)) void carry_out(void)
{
  size_t a = box.arg[0], b = box.arg[1], c = box.arg[2];
  void *block = 0;
  int allocates = 1;
  errno = 0;
  switch (box.code) {
  case OP_MALLOC: block = malloc(a); break;
  case OP_CALLOC: block = calloc(a, b); break;
  case OP_REALLOC: block = realloc((void *)a, b); break;
  case OP_REALLOCARRAY: block = reallocarray((void *)a, b, c); break;
  case OP_MEMALIGN: block = memalign(a, b); break;
  case OP_ALIGNED_ALLOC: block = aligned_alloc(a, b); break;
  case OP_VALLOC: block = valloc(a); break;
  case OP_PVALLOC: block = pvalloc(a); break;
  case OP_POSIX_MEMALIGN: {
    int status = posix_memalign(&block, a, b);
    if (status) {
      block = 0;
      errno = status;
    }
    break;
  }
  default: allocates = 0;
  }
  if (allocates) {
    box.error = errno;
    box.result = (u64)block;
    box.usable = block ? malloc_usable_size(block) : 0;
    return;
  }
  box.result = box.usable = 0;
  switch (box.code) {
  case OP_FREE: free((void *)a); break;
  case OP_TOUCH:
    for (size_t i = 0; i < b; i++) ((volatile unsigned char *)a)[i] = (unsigned char)(c + i);
    break;
  case OP_READ: {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < b; i++) hash = (hash ^ ((volatile unsigned char *)a)[i]) * 16777619u;
    box.result = hash;
    break;
  }
  case OP_TRIM: box.result = (u64)malloc_trim(a); break;
  case OP_MALLOPT: box.result = (u64)mallopt((int)a, (int)b); break;
  case OP_MALLINFO: {
    struct mallinfo info = mallinfo();
    for (int i = 0; i < 10; i++) box.info[i] = (unsigned)((int *)&info)[i];
    break;
  }
  case OP_SBRK: box.result = (u64)sbrk((intptr_t)a); break;
  case OP_POKE:
    if (b == 1) *(volatile uint8_t *)a = (uint8_t)c;
    else if (b == 2) *(volatile uint16_t *)a = (uint16_t)c;
    else if (b == 4) *(volatile uint32_t *)a = (uint32_t)c;
    else *(volatile u64 *)a = c;
    break;
  case OP_SYSCALL: box.result = (u64)plain_syscall(box.arg); break;
  case OP_LOCATE: { /* the fd of a lonely chunk on the unsorted list */
    char *big = malloc(5000), *volatile guard = malloc(24);
    volatile u64 *fd = (u64 *)big;
    (void)guard;
    free(big);
    box.result = *fd;
    break;
  }
  }
  box.error = errno;
}

static __attribute__((noinline)) void warm_stack(void)
{
  volatile char room[96 * 1024];
  for (unsigned i = 0; i < sizeof room; i += 512) room[i] = 1;
}

/* Makes all pages of files and of libc's data present, so that later faults are those of heap, mappings and stack. */
static __attribute__((noinline)) void populate_files(void)
{
  char text[32768];
  int fd = open("/proc/self/maps", O_RDONLY);
  size_t length = 0;
  for (ssize_t n; (n = read(fd, text + length, sizeof text - 1 - length)) > 0;) length += (size_t)n;
  close(fd);
  text[length] = 0;
  for (char *line = text; *line;) {
    char *end = strchr(line, '\n');
    u64 from = strtoull(line, &line, 16), to = strtoull(line + 1, &line, 16);
    char *bracket = memchr(line, '[', (size_t)(end - line));
    if (!bracket && line[1] == 'r') madvise((void *)from, to - from, line[2] == 'w' ? 23 : 22);
    line = end + 1;
  }
}

int main(void)
{
  warm_stack();
  populate_files();
  for (;;) {
    __asm__ volatile("int3" : : "a"(&box) : "memory");
    carry_out();
  }
}

#else /* ---- the tracer ---- */

static void fail(const char *what)
{
  fprintf(stderr, "recorder: %s: %s\n", what, strerror(errno));
  exit(3);
}

static pid_t child;
static int maps_fd = -1, pagemap_fd = -1, stat_fd = -1, status_fd = -1, mem_fd = -1;
static u64 arena, arena_bytes, parameters, parameters_bytes, box_at, heap_start, stack_end;
static u64 limit_as, limit_data, top_offset;
static struct user_regs_struct at_breakpoint;
static struct exchange now;

struct call { const char *name; int args; u64 value[6]; int64_t result; };
static struct call calls[512];
static int call_count, fatal_signal;
static siginfo_t fatal_info;
static char message[1024];

static size_t peek_bytes(u64 at, void *to, size_t length)
{
  struct iovec here = { to, length }, there = { (void *)at, length };
  ssize_t n = process_vm_readv(child, &here, 1, &there, 1, 0);
  return n < 0 ? 0 : (size_t)n;
}
static void poke_bytes(u64 at, const void *from, size_t length)
{
  struct iovec here = { (void *)from, length }, there = { (void *)at, length };
  if (process_vm_writev(child, &here, 1, &there, 1, 0) != (ssize_t)length) fail("writing to the process");
}
static u64 peek_word(u64 at)
{
  u64 word = 0;
  peek_bytes(at, &word, 8);
  return word;
}

static const struct { long number; const char *name; int args; } known_calls[] = {
  { SYS_brk, "brk", 1 }, { SYS_mmap, "mmap", 6 }, { SYS_munmap, "munmap", 2 }, { SYS_mprotect, "mprotect", 3 },
  { SYS_mremap, "mremap", 5 }, { SYS_madvise, "madvise", 3 },
};

static void entering(const struct __ptrace_syscall_info *info, struct call *call, long *number)
{
  call->name = 0;
  *number = (long)info->entry.nr;
  for (size_t i = 0; i < sizeof known_calls / sizeof *known_calls; i++)
    if (known_calls[i].number == *number) {
      call->name = known_calls[i].name;
      call->args = known_calls[i].args;
    }
  for (int i = 0; i < 6; i++) call->value[i] = info->entry.args[i];
  if (*number != SYS_writev || call->value[0] != 2) return;
  size_t length = 0;
  for (u64 i = 0; i < call->value[2] && i < 16; i++) {
    u64 part[2];
    peek_bytes(call->value[1] + 16 * i, part, 16);
    if (length + part[1] < sizeof message) length += peek_bytes(part[0], message + length, part[1]);
  }
  message[length] = 0;
}

/* Lets the process run to its breakpoint. Returns 1 when a signal ended it before. */
static int run(void)
{
  static struct call call;
  static long number;
  call_count = fatal_signal = 0;
  message[0] = 0;
  for (int status;;) {
    if (ptrace(PTRACE_SYSCALL, child, 0, 0)) fail("ptrace");
    while (waitpid(child, &status, 0) != child)
      if (errno != EINTR) fail("waitpid");
    if (!WIFSTOPPED(status)) {
      fatal_signal = -1;
      return 1;
    }
    int signal = WSTOPSIG(status);
    if (signal == SIGTRAP) return 0;
    if (signal != (SIGTRAP | 0x80)) {
      ptrace(PTRACE_GETSIGINFO, child, 0, &fatal_info);
      fatal_signal = signal;
      return 1;
    }
    struct __ptrace_syscall_info info;
    ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) entering(&info, &call, &number);
    else if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
      call.result = info.exit.rval;
      if (number == SYS_getrandom && call.result > 0) {
        unsigned char fixed[256];
        for (int i = 0; i < 256; i++) fixed[i] = (unsigned char)(0xa0 + i);
        poke_bytes(call.value[0], fixed, call.result > 256 ? 256 : (size_t)call.result);
      }
      if (call.name && call_count < 512) calls[call_count++] = call;
    }
  }
}

static int step(void)
{
  poke_bytes(box_at, &now, 7 * 8);
  if (run()) return 1;
  peek_bytes(box_at, &now, sizeof now);
  return 0;
}

/* ---- address space and pages ---- */

struct mapping { u64 start, end, offset; char permissions[5], name[24]; int anonymous, inode; };
static struct mapping mappings[4096];
static int mapping_count;

static void read_mappings(void)
{
  static char text[1 << 20];
  size_t length = 0;
  for (ssize_t n; (n = pread(maps_fd, text + length, sizeof text - 1 - length, (off_t)length)) > 0;) length += (size_t)n;
  text[length] = 0;
  mapping_count = 0;
  for (char *line = text; *line && mapping_count < 4096;) {
    char *end = strchr(line, '\n'), device[16], path[512] = "";
    struct mapping *m = &mappings[mapping_count++];
    *end = 0;
    sscanf(line, "%lx-%lx %4s %lx %15s %d %511[^\n]", &m->start, &m->end, m->permissions, &m->offset, device, &m->inode, path);
    const char *name = path[0] == '[' || path[0] == 0 ? path : strstr(path, "libc.so") ? "libc.so.6"
      : strstr(path, "ld-linux") ? "ld.so" : !strncmp(path, "/dev/zero", 9) ? path : "program";
    snprintf(m->name, sizeof m->name, "%.23s", name);
    m->anonymous = !m->name[0] || !strcmp(m->name, "[heap]");
    line = end + 1;
  }
}

static int can_change(const struct mapping *m)
{
  return m->anonymous || !strcmp(m->name, "[stack]") || !strncmp(m->name, "/dev/zero", 9);
}

/* Present pages: those of the process alone, and the shared zero page. */
static void count_pages(u64 start, u64 end, u64 *real, u64 *zero)
{
  static u64 entries[8192];
  for (u64 at = start; at < end;) {
    u64 pages = (end - at) / 4096;
    if (pages > 8192) pages = 8192;
    ssize_t n = pread(pagemap_fd, entries, pages * 8, (off_t)(at / 4096 * 8));
    if (n <= 0) return;
    for (ssize_t i = 0; i < n / 8; i++)
      if (entries[i] >> 63) ++*(entries[i] >> 56 & 1 ? real : zero);
    at += (u64)n / 8 * 4096;
  }
}

static uint32_t crc_table[256];
static uint32_t crc32(uint32_t crc, const unsigned char *bytes, size_t length)
{
  crc = ~crc;
  while (length--) crc = crc_table[(crc ^ *bytes++) & 255] ^ crc >> 8;
  return ~crc;
}

static struct { u64 start, end; } at_start[64];
static int at_start_count;

static uint32_t pages_crc(u64 start, u64 end)
{
  static unsigned char page[4096];
  uint32_t crc = 0;
  u64 entry;
  for (u64 at = start; at < end; at += 4096) {
    int initial = 0;
    for (int i = 0; i < at_start_count; i++) initial |= at >= at_start[i].start && at < at_start[i].end;
    if (initial) continue;
    if (pread(pagemap_fd, &entry, 8, (off_t)(at / 4096 * 8)) != 8 || !(entry >> 63) || !(entry >> 56 & 1)) continue;
    /* Through the file: it also reads pages that the process itself may not. */
    if (pread(mem_fd, page, 4096, (off_t)at) == 4096) crc = crc32(crc, page, 4096);
  }
  return crc;
}

static uint32_t bytes_crc(u64 at, u64 length)
{
  static unsigned char bytes[8192];
  if (length > sizeof bytes) length = sizeof bytes;
  return crc32(0, bytes, peek_bytes(at, bytes, length));
}

/* Field of /proc/PID/stat, numbered as in proc(5). */
static u64 stat_field(int wanted)
{
  char text[2048];
  ssize_t n = pread(stat_fd, text, sizeof text - 1, 0);
  text[n > 0 ? n : 0] = 0;
  char *at = strrchr(text, ')');
  for (int field = 2; at && field < wanted; field++) at = strchr(at + 1, ' ');
  return at ? strtoull(at, 0, 10) : 0;
}

static u64 status_kib(const char *key)
{
  char text[4096];
  ssize_t n = pread(status_fd, text, sizeof text - 1, 0);
  text[n > 0 ? n : 0] = 0;
  char *at = strstr(text, key);
  return at ? strtoull(at + strlen(key), 0, 10) : 0;
}

/* ---- records ---- */

static u64 faults, base_pages[2], last_pages[4], last_top[2], last_thresholds[2];

static void pages_now(u64 count[4])
{
  memset(count, 0, 4 * sizeof *count);
  for (int i = 0; i < mapping_count; i++) {
    const struct mapping *m = &mappings[i];
    int other = strcmp(m->name, "[heap]") != 0;
    if (m->anonymous) count_pages(m->start, m->end, &count[other], &count[2 + other]);
  }
  count[1] -= base_pages[0];
  count[3] -= base_pages[1];
}

static void open_proc(int *fd, const char *name)
{
  char path[64];
  if (*fd >= 0) close(*fd);
  snprintf(path, sizeof path, "/proc/%d/%s", child, name);
  if ((*fd = open(path, O_RDONLY)) < 0) fail(path);
}

static void start(const char *program)
{
  fflush(stdout);
  child = fork();
  if (child == 0) {
    personality(ADDR_NO_RANDOMIZE);
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    struct rlimit stack = { 8 << 20, RLIM_INFINITY }, core = { 0, 0 };
    setrlimit(RLIMIT_STACK, &stack);
    setrlimit(RLIMIT_CORE, &core);
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++) dup2(nothing, fd);
    for (int fd = 3; fd < 32; fd++) close(fd);
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    char *words[] = { "program", 0 };
    execv(program, words);
    _exit(127);
  }
  int status;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) fail("starting the process");
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  if (run()) fail("the process ended at once");
  ptrace(PTRACE_GETREGS, child, 0, &at_breakpoint);
  box_at = at_breakpoint.rax;
  open_proc(&maps_fd, "maps");
  open_proc(&pagemap_fd, "pagemap");
  open_proc(&stat_fd, "stat");
  open_proc(&status_fd, "status");
  open_proc(&mem_fd, "mem");
  struct rlimit limit = { limit_as, RLIM_INFINITY };
  if (limit_as) prlimit(child, RLIMIT_AS, &limit, 0);
  limit.rlim_cur = limit_data;
  if (limit_data) prlimit(child, RLIMIT_DATA, &limit, 0);
  read_mappings();
  heap_start = stat_field(47);
  at_start_count = 0;
  base_pages[0] = base_pages[1] = 0;
  printf("{\"heap_start\":\"0x%lx\",\"maps\":[", heap_start);
  for (int i = 0; i < mapping_count; i++) {
    const struct mapping *m = &mappings[i];
    printf("%s[\"0x%lx\",\"0x%lx\",\"%s\",\"0x%lx\",\"%s\"", i ? "," : "", m->start, m->end, m->permissions, m->offset, m->name);
    if (!strcmp(m->name, "[stack]")) stack_end = m->end;
    if (m->anonymous) {
      at_start[at_start_count].start = m->start;
      at_start[at_start_count++].end = m->end;
    }
    if (can_change(m)) {
      u64 real = 0, zero = 0;
      count_pages(m->start, m->end, &real, &zero);
      printf(",%lu,%lu", real, zero);
    }
    printf("]");
  }
  printf("]}\n");
  pages_now(last_pages);
  base_pages[0] = last_pages[1];
  base_pages[1] = last_pages[3];
  memset(last_pages, 0, sizeof last_pages);
  last_top[0] = last_top[1] = 0;
  if (parameters) {
    last_thresholds[0] = peek_word(parameters + 16);
    last_thresholds[1] = peek_word(parameters);
  }
  faults = stat_field(10);
}

static void stop(void)
{
  kill(child, SIGKILL);
  int status;
  do waitpid(child, &status, __WALL);
  while (!WIFSIGNALED(status) && !WIFEXITED(status));
}

static void print_text(const char *text)
{
  putchar('"');
  for (; *text; text++) {
    if (*text == '\n') printf("\\n");
    else if (*text == '"' || *text == '\\') printf("\\%c", *text);
    else putchar(*text);
  }
  putchar('"');
}

static void print_calls(void)
{
  for (int i = 0; i < call_count; i++) {
    struct call *c = &calls[i];
    int is_mmap = !strcmp(c->name, "mmap"), is_mremap = !strcmp(c->name, "mremap");
    int plain = !strcmp(c->name, "munmap") || !strcmp(c->name, "mprotect") || !strcmp(c->name, "madvise");
    int args = is_mremap && !(c->value[3] & MREMAP_FIXED) ? 4 : c->args;
    printf("%s[\"%s\"", i ? "," : ",\"y\":[", c->name);
    for (int k = 0; k < args; k++) {
      int small = (is_mmap && k >= 2 && k <= 4) || (is_mremap && k == 3) || (plain && k == 2);
      if (small) printf(",%d", (int)c->value[k]);
      else printf(",\"0x%lx\"", c->value[k]);
    }
    if (plain || (c->result < 0 && c->result > -4096)) printf(",%d]", (int)c->result);
    else printf(",\"0x%lx\"]", c->result);
  }
  if (call_count) putchar(']');
}

static void print_state(void)
{
  printf(",\"a\":\"%08x\",\"m\":\"%08x\"", bytes_crc(arena, arena_bytes), bytes_crc(parameters, parameters_bytes));
  read_mappings();
  int first = 1;
  printf(",\"vm\":[");
  for (int i = 0; i < mapping_count; i++) {
    const struct mapping *m = &mappings[i];
    if (!can_change(m)) continue;
    u64 real = 0, zero = 0;
    count_pages(m->start, m->end, &real, &zero);
    printf("%s[\"0x%lx\",\"0x%lx\",\"%s\",\"%s\",%lu,%lu", first ? "" : ",", m->start, m->end, m->permissions, m->name, real, zero);
    if (m->anonymous) printf(",\"%08x\"", pages_crc(m->start, m->end));
    putchar(']');
    first = 0;
  }
  printf("],\"kb\":{\"VmSize\":%lu,\"VmData\":%lu,\"VmStk\":%lu}", status_kib("VmSize:"), status_kib("VmData:"), status_kib("VmStk:"));
}

static void print_changes(int moved)
{
  u64 minor = stat_field(10), count[4];
  if (minor != faults) printf(",\"f\":%lu", minor - faults);
  if (moved) read_mappings();
  if (moved || minor != faults) {
    pages_now(count);
    if (count[0] != last_pages[0] || count[1] != last_pages[1]) printf(",\"p\":[%ld,%ld]", (long)count[0], (long)count[1]);
    if (count[2] != last_pages[2] || count[3] != last_pages[3]) printf(",\"z\":[%ld,%ld]", (long)count[2], (long)count[3]);
    memcpy(last_pages, count, sizeof count);
  }
  faults = minor;
  u64 top[2] = { peek_word(arena + top_offset), 0 };
  if (top[0] >= arena && top[0] < arena + 4096) top[0] = 0;
  if (top[0]) top[1] = peek_word(top[0] + 8) & ~7ul;
  if (memcmp(top, last_top, sizeof top)) printf(",\"t\":[\"0x%lx\",%lu]", top[0], top[1]);
  memcpy(last_top, top, sizeof top);
  u64 thresholds[2] = { peek_word(parameters + 16), peek_word(parameters) };
  if (memcmp(thresholds, last_thresholds, sizeof thresholds)) printf(",\"th\":[%lu,%lu]", thresholds[0], thresholds[1]);
  memcpy(last_thresholds, thresholds, sizeof thresholds);
}

/* Flags of an operation. */
enum { ALLOCATES = 1, GIVES_ADDRESS = 2, GIVES_NUMBER = 4, GIVES_HASH = 8, IS_ACCESS = 16, IS_RAW = 32, IS_STACK = 64 };

/* Carries one operation out. Returns 1 when it ended the process. */
static int record(size_t index, const u64 *op)
{
  u64 flags = op[7];
  int segv = 0;
  memset(&now, 0, sizeof now);
  now.code = op[0] == OP_CHECK ? OP_NOP : op[0];
  memcpy(now.arg, op + 1, sizeof now.arg);
  if (flags & IS_STACK) now.arg[0] = stack_end - now.arg[0];
  printf("{\"i\":%zu", index);
  alarm(4);
  int ended = step();
  alarm(0);
  if (ended && (flags & IS_ACCESS) && (fatal_signal == SIGSEGV || fatal_signal == SIGBUS)) {
    segv = fatal_signal;
    siginfo_t info = fatal_info;
    ptrace(PTRACE_SETREGS, child, 0, &at_breakpoint);
    now.code = OP_NOP;
    ended = step();
    fatal_info = info;
  }
  if (ended) {
    printf(",\"fatal\":\"%s\"", fatal_signal == SIGABRT ? "SIGABRT" : fatal_signal == SIGSEGV ? "SIGSEGV" : fatal_signal == SIGBUS ? "SIGBUS" : "hang");
    if (fatal_signal == SIGSEGV) {
      if (fatal_info.si_code == SI_KERNEL) printf(",\"at\":null");
      else printf(",\"at\":\"0x%lx\"", (u64)fatal_info.si_addr);
    }
    if (message[0]) {
      printf(",\"msg\":");
      print_text(message);
    }
    print_calls();
    printf("}\n");
    return 1;
  }
  int64_t result = (int64_t)now.result;
  if ((flags & IS_RAW) && result < 0 && result > -4096) printf(",\"r\":%d", (int)result);
  else if (flags & (ALLOCATES | GIVES_ADDRESS | IS_RAW)) printf(",\"r\":\"0x%lx\"", now.result);
  if (flags & ALLOCATES) printf(",\"u\":%lu", now.usable);
  if (flags & GIVES_NUMBER) printf(",\"r\":%d", (int)result);
  if ((flags & GIVES_HASH) && !segv) printf(",\"h\":\"%08lx\"", now.result);
  if (segv)
    printf(",\"segv\":[\"%s\",\"0x%lx\"]", segv == SIGBUS ? "SIGBUS" : fatal_info.si_code == 1 ? "MAPERR" : fatal_info.si_code == 2 ? "ACCERR" : "other",
           (u64)fatal_info.si_addr);
  if (now.error) printf(",\"e\":%lu", now.error);
  if (op[0] == OP_MALLINFO) {
    for (int i = 0; i < 10; i++) printf("%s%lu", i ? "," : ",\"mi\":[", now.info[i]);
    putchar(']');
  }
  print_calls();
  if (op[0] == OP_LOCATE) {
    printf(",\"unsorted\":\"0x%lx\"", now.result);
    for (int i = 0; i < mapping_count; i++) /* trim_threshold, top_pad, mmap_threshold, arena_test */
      for (u64 at = mappings[i].start; !strcmp(mappings[i].name, "libc.so.6") && mappings[i].permissions[1] == 'w' && at < mappings[i].end; at += 8)
        if (peek_word(at) == 131072 && peek_word(at + 8) == 131072 && peek_word(at + 16) == 131072 && peek_word(at + 24) == 8)
          printf(",\"mp\":\"0x%lx\"", at);
  } else print_changes(call_count > 0 || (flags & IS_STACK));
  if (op[0] == OP_CHECK) print_state();
  printf("}\n");
  return 0;
}

static void too_long(int signal)
{
  (void)signal;
  kill(child, SIGKILL);
}

int main(int argc, char **argv)
{
  if (argc < 7) {
    fprintf(stderr, "usage: recorder OBSERVED OPS ARENA ARENA_BYTES MP MP_BYTES top=OFFSET [as=BYTES] [data=BYTES]\n");
    return 2;
  }
  static char buffer[1 << 20];
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
    crc_table[i] = c;
  }
  signal(SIGALRM, too_long);
  arena = strtoull(argv[3], 0, 0);
  arena_bytes = strtoull(argv[4], 0, 0);
  parameters = strtoull(argv[5], 0, 0);
  parameters_bytes = strtoull(argv[6], 0, 0);
  for (int i = 7; i < argc; i++) {
    if (!strncmp(argv[i], "top=", 4)) top_offset = strtoull(argv[i] + 4, 0, 0);
    if (!strncmp(argv[i], "as=", 3)) limit_as = strtoull(argv[i] + 3, 0, 0);
    if (!strncmp(argv[i], "data=", 5)) limit_data = strtoull(argv[i] + 5, 0, 0);
  }
  FILE *file = fopen(argv[2], "rb");
  if (!file) fail(argv[2]);
  u64 op[8];
  int ended = 0;
  start(argv[1]);
  for (size_t index = 0; fread(op, sizeof op, 1, file) == 1; index++) {
    if (op[0] == OP_RESET) {
      stop();
      start(argv[1]);
      ended = 0;
    } else if (!ended) ended = record(index, op);
  }
  stop();
  return 0;
}
#endif
