/*
 * Carries out operations on memory and tells what the kernel did: the other side of `npm run fuzz:mm`.
 *
 * Standard input: operations of six 64-bit words: code and five arguments. An argument whose top byte is 0xA5 stands for
 * the address in slot (bits 40..47) plus the low 40 bits as a signed offset. Standard output: for each operation
 * six words: result or minus errno, minor faults, signal code and address of a fault, and for `report` the lengths of
 * /proc/self/maps, /proc/self/status and of the residency of the window, which follow.
 *
 * Built with -static and without stdio, so that nothing but the operations touches memory.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SLOTS = 64, MOST = 512, TEXT = 1 << 23 };

static uint64_t slots[SLOTS];
static uint64_t ops[MOST][6];
static char text[TEXT];
static int files[8];
static sigjmp_buf back;
static volatile uint64_t fault_code, fault_addr;
static char signal_stack[65536];

static long call(long n, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
    (void)context;
    fault_code = (uint64_t)number * 1000 + (uint64_t)info->si_code;
    fault_addr = (uint64_t)info->si_addr;
    siglongjmp(back, 1);
}

static uint64_t minor_faults(void)
{
    struct rusage usage;
    call(SYS_getrusage, RUSAGE_SELF, (long)&usage, 0, 0, 0, 0);
    return (uint64_t)usage.ru_minflt;
}

static void write_all(const void *from, size_t length)
{
    const char *at = from;
    while (length > 0) {
        long done = call(SYS_write, 1, (long)at, (long)length, 0, 0, 0);
        if (done <= 0)
            call(SYS_exit_group, 3, 0, 0, 0, 0, 0);
        at += done;
        length -= (size_t)done;
    }
}

static size_t read_file(const char *path, size_t at)
{
    int fd = (int)call(SYS_open, (long)path, O_RDONLY, 0, 0, 0, 0);
    size_t start = at;
    for (;;) {
        long got = call(SYS_read, fd, (long)(text + at), TEXT - (long)at, 0, 0, 0);
        if (got <= 0)
            break;
        at += (size_t)got;
    }
    call(SYS_close, fd, 0, 0, 0, 0, 0);
    return at - start;
}

static uint64_t value(uint64_t word)
{
    if (word >> 56 != 0xA5)
        return word;
    int64_t offset = (int64_t)(word << 24) >> 24;
    return slots[(word >> 40) & (SLOTS - 1)] + (uint64_t)offset;
}

/* Which pages of [from, from + pages) are present, through pagemap: 1 present, 0 not. */
static size_t residency(uint64_t from, uint64_t pages, size_t at)
{
    static uint64_t entries[512];
    size_t start = at;
    int fd = (int)call(SYS_open, (long)"/proc/self/pagemap", O_RDONLY, 0, 0, 0, 0);
    for (uint64_t done = 0; done < pages;) {
        uint64_t count = pages - done < 512 ? pages - done : 512;
        long got = call(SYS_pread64, fd, (long)entries, (long)(count * 8), (long)((from / 4096 + done) * 8), 0, 0);
        if (got <= 0)
            break;
        for (long k = 0; k < got / 8; k++)
            text[at++] = (char)((entries[k] >> 63) & 1);
        done += (uint64_t)got / 8;
    }
    call(SYS_close, fd, 0, 0, 0, 0, 0);
    return at - start;
}

static long perform(const uint64_t *op)
{
    uint64_t a = value(op[1]), b = value(op[2]), c = op[3], d = op[4], e = value(op[5]);
    switch (op[0]) {
    case 1: { /* mmap addr length prot|flags<<8 fd|slot<<8 offset */
        long fd = (d & 255) == 255 ? -1 : files[d & 7];
        long result = call(SYS_mmap, (long)a, (long)b, (long)(c & 255), (long)(c >> 8), fd, (long)e);
        if (result > 0 || result < -4095)
            slots[(d >> 8) & (SLOTS - 1)] = (uint64_t)result;
        return result;
    }
    case 2:
        return call(SYS_munmap, (long)a, (long)b, 0, 0, 0, 0);
    case 3:
        return call(SYS_mprotect, (long)a, (long)b, (long)c, 0, 0, 0);
    case 4: { /* mremap old oldlen newlen flags|slot<<8 new */
        long result = call(SYS_mremap, (long)a, (long)b, (long)c, (long)(d & 255), (long)e, 0);
        if (result > 0)
            slots[(d >> 8) & (SLOTS - 1)] = (uint64_t)result;
        return result;
    }
    case 5:
        return call(SYS_brk, (long)a, 0, 0, 0, 0, 0);
    case 6:
        return call(SYS_madvise, (long)a, (long)b, (long)c, 0, 0, 0);
    case 7: { /* read a byte */
        if (sigsetjmp(back, 0))
            return -1000;
        return *(volatile unsigned char *)a;
    }
    case 8: { /* write a byte */
        if (sigsetjmp(back, 0))
            return -1000;
        *(volatile unsigned char *)a = (unsigned char)c;
        return 0;
    }
    case 9: { /* write a byte in each of c pages */
        if (sigsetjmp(back, 0))
            return -1000;
        for (uint64_t k = 0; k < c; k++)
            *(volatile unsigned char *)(a + k * 4096) = (unsigned char)(k + 1);
        return 0;
    }
    case 10:
        return call(SYS_mlock2, (long)a, (long)b, (long)c, 0, 0, 0);
    case 11:
        return call(SYS_munlock, (long)a, (long)b, 0, 0, 0, 0);
    case 12:
        return call(SYS_msync, (long)a, (long)b, (long)c, 0, 0, 0);
    case 13: { /* mincore: a sum that depends on the place of each resident page */
        static unsigned char pages[4096];
        long result = call(SYS_mincore, (long)a, (long)b, (long)pages, 0, 0, 0);
        if (result < 0)
            return result;
        long sum = 0;
        for (uint64_t k = 0; k < (b + 4095) / 4096; k++)
            sum = (sum * 3 + (pages[k] & 1)) % 1000003;
        return sum;
    }
    case 14:
        return c == 0 ? call(SYS_munlockall, 0, 0, 0, 0, 0, 0) : call(SYS_mlockall, (long)c, 0, 0, 0, 0, 0);
    case 15: { /* setrlimit: c 2 data, 3 stack, 9 as, 8 memlock */
        struct rlimit limit = { a, RLIM_INFINITY };
        return call(SYS_setrlimit, (long)c, (long)&limit, 0, 0, 0, 0);
    }
    case 16: /* mseal */
        return call(462, (long)a, (long)b, (long)c, 0, 0, 0);
    }
    return -9999;
}

int main(int argc, char **argv)
{
    stack_t alternate = { .ss_sp = signal_stack, .ss_size = sizeof signal_stack };
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigaltstack(&alternate, 0);
    sigaction(SIGSEGV, &action, 0);
    sigaction(SIGBUS, &action, 0);
    /* Descriptors: a file to read and write, the same to read only, memory without a name. */
    files[0] = open(argv[1], O_RDWR);
    files[1] = open(argv[1], O_RDONLY);
    files[2] = (int)syscall(SYS_memfd_create, "atlas", 0);
    ftruncate(files[2], 24 * 4096 + 100);
    for (int k = 3; k < 8; k++)
        files[k] = -1;
    (void)argc;
    memset(signal_stack, 1, sizeof signal_stack);
    memset(text, 1, sizeof text);
    memset(ops, 1, sizeof ops);
    memset(slots, 0, sizeof slots);
    char deep[65536];
    memset(deep, 1, sizeof deep);
    __asm__ volatile("" : : "r"(deep) : "memory");
    /* What follows has been executed once, so that its pages are there. */
    static uint64_t answer[6];
    if (sigsetjmp(back, 0) == 0)
        *(volatile char *)8 = 1;
    residency(0x10000000, 1, 0);
    read_file("/proc/self/smaps", 0);
    for (uint64_t code = 2; code <= 13; code++) {
        uint64_t warm[6] = { code, 1, 1, 77, 1, 1 };
        if (code != 5 && code != 7 && code != 8 && code != 9)
            perform(warm);
    }
    for (;;) {
        size_t got = 0;
        while (got < sizeof(uint64_t)) {
            long done = call(SYS_read, 0, (long)((char *)&answer + got), 8 - (long)got, 0, 0, 0);
            if (done <= 0)
                call(SYS_exit_group, 0, 0, 0, 0, 0, 0);
            got += (size_t)done;
        }
        size_t wanted = (size_t)answer[0] * sizeof ops[0];
        for (got = 0; got < wanted;) {
            long done = call(SYS_read, 0, (long)((char *)ops + got), (long)(wanted - got), 0, 0, 0);
            if (done <= 0)
                call(SYS_exit_group, 2, 0, 0, 0, 0, 0);
            got += (size_t)done;
        }
        size_t count = wanted / sizeof ops[0];
        for (size_t k = 0; k < count; k++) {
            memset(answer, 0, sizeof answer);
            if (ops[k][0] == 100) {
                size_t maps = read_file(ops[k][3] ? "/proc/self/smaps" : "/proc/self/maps", 0);
                size_t status = read_file("/proc/self/status", maps);
                size_t pages = residency(ops[k][1], ops[k][2], maps + status);
                answer[0] = maps;
                answer[1] = status;
                answer[2] = pages;
                write_all(answer, sizeof answer);
                write_all(text, maps + status + pages);
                continue;
            }
            fault_code = fault_addr = 0;
            uint64_t before = minor_faults();
            answer[0] = (uint64_t)perform(ops[k]);
            answer[1] = minor_faults() - before;
            answer[2] = fault_code;
            answer[3] = fault_addr;
            write_all(answer, sizeof answer);
        }
    }
}
