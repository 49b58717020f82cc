import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemHeaders } from '../../../../../src/core/libc/headers/system-headers.ts';
import { preprocess } from '../../../../../src/core/syntax/preprocessor.ts';
import type { Token } from '../../../../../src/core/syntax/token.ts';
import { hasGcc } from '../../../../support/gcc.ts';

/** Headers that a program may include: others refuse it, as the real ones do. */
const publicHeaders = [...systemHeaders]
  .filter(([name, text]) => !name.startsWith('bits/') && !/# ?error "<.*> is included by/.test(text))
  .map(([name]) => name);

/** Types whose size, alignment and members must be those of the real headers. */
const types: readonly (readonly [header: string, type: string, ...members: string[]])[] = [
  [
    'stdio.h',
    'FILE',
    '_flags',
    '_IO_read_ptr',
    '_IO_buf_base',
    '_chain',
    '_fileno',
    '_offset',
    '_mode',
    '_lock',
  ],
  ['stdio.h', 'fpos_t'],
  ['stdlib.h', 'div_t', 'rem'],
  ['stdlib.h', 'lldiv_t', 'rem'],
  ['stdlib.h', 'struct random_data', 'state', 'end_ptr'],
  ['stdlib.h', 'struct drand48_data', '__c', '__a'],
  ['stddef.h', 'max_align_t'],
  ['stddef.h', 'wchar_t'],
  ['wchar.h', 'mbstate_t'],
  ['time.h', 'struct tm', 'tm_year', 'tm_gmtoff', 'tm_zone'],
  ['time.h', 'struct timespec', 'tv_nsec'],
  ['time.h', 'struct itimerspec', 'it_value'],
  ['time.h', 'struct timex', 'time', 'tick', 'tai'],
  [
    'sys/stat.h',
    'struct stat',
    'st_dev',
    'st_ino',
    'st_mode',
    'st_nlink',
    'st_rdev',
    'st_size',
    'st_blocks',
    'st_mtim',
  ],
  ['sys/stat.h', 'struct stat64', 'st_ino', 'st_mode', 'st_size', 'st_blocks', 'st_mtim'],
  ['sys/stat.h', 'struct statx', 'stx_size', 'stx_btime', 'stx_dev_minor', 'stx_mnt_id'],
  ['sys/types.h', 'off_t'],
  ['sys/types.h', 'dev_t'],
  ['sys/types.h', 'ino_t'],
  ['sys/types.h', 'nlink_t'],
  ['sys/types.h', 'blkcnt_t'],
  ['sys/types.h', 'fsblkcnt_t'],
  ['sys/types.h', 'loff_t'],
  ['sys/types.h', 'time_t'],
  ['sys/types.h', 'register_t'],
  ['sys/select.h', 'fd_set'],
  ['sys/time.h', 'struct timeval', 'tv_usec'],
  ['sys/time.h', 'struct itimerval', 'it_value'],
  ['sys/resource.h', 'struct rlimit', 'rlim_max'],
  ['sys/resource.h', 'struct rusage', 'ru_stime', 'ru_maxrss', 'ru_minflt', 'ru_majflt', 'ru_nivcsw'],
  ['sys/uio.h', 'struct iovec', 'iov_len'],
  ['sys/utsname.h', 'struct utsname', 'release', 'machine'],
  ['sys/times.h', 'struct tms', 'tms_cutime'],
  ['sys/sysinfo.h', 'struct sysinfo', 'totalram', 'procs', 'mem_unit'],
  ['sys/ipc.h', 'struct ipc_perm', 'mode', '__seq'],
  ['sys/shm.h', 'struct shmid_ds', 'shm_segsz', 'shm_atime', 'shm_cpid', 'shm_nattch'],
  ['sys/ioctl.h', 'struct winsize', 'ws_ypixel'],
  ['fcntl.h', 'struct flock', 'l_start', 'l_pid'],
  ['dirent.h', 'struct dirent', 'd_ino', 'd_off', 'd_reclen', 'd_type', 'd_name'],
  ['dirent.h', 'struct dirent64', 'd_off', 'd_name'],
  ['poll.h', 'struct pollfd', 'revents'],
  ['signal.h', 'sigset_t'],
  ['signal.h', 'struct sigaction', 'sa_handler', 'sa_mask', 'sa_flags', 'sa_restorer'],
  ['signal.h', 'siginfo_t', 'si_code', 'si_pid', 'si_addr', 'si_value', 'si_status', 'si_band'],
  ['signal.h', 'struct sigevent', 'sigev_notify', 'sigev_notify_function'],
  ['signal.h', 'stack_t', 'ss_flags', 'ss_size'],
  ['setjmp.h', 'jmp_buf'],
  ['ucontext.h', 'ucontext_t', 'uc_stack', 'uc_mcontext', 'uc_sigmask', '__fpregs_mem', '__ssp'],
  ['ucontext.h', 'mcontext_t', 'gregs', 'fpregs'],
  ['pthread.h', 'pthread_mutex_t', '__data.__kind', '__data.__owner'],
  ['pthread.h', 'pthread_cond_t', '__data.__wrefs'],
  ['pthread.h', 'pthread_rwlock_t', '__data.__cur_writer', '__data.__flags'],
  ['pthread.h', 'pthread_attr_t'],
  ['pthread.h', 'pthread_barrier_t'],
  ['pthread.h', 'pthread_t'],
  ['pthread.h', 'cpu_set_t'],
  ['pthread.h', '__pthread_unwind_buf_t'],
  ['semaphore.h', 'sem_t'],
  ['threads.h', 'mtx_t'],
  ['threads.h', 'cnd_t'],
  ['malloc.h', 'struct mallinfo', 'uordblks'],
  ['malloc.h', 'struct mallinfo2', 'keepcost'],
  ['locale.h', 'struct lconv', 'int_frac_digits', 'int_n_sign_posn'],
  ['locale.h', 'struct __locale_struct', '__ctype_b', '__names'],
  ['dlfcn.h', 'Dl_info', 'dli_saddr'],
  ['dlfcn.h', 'Dl_serinfo', 'dls_serpath'],
  ['dlfcn.h', 'struct dl_find_object', 'dlfo_eh_frame'],
  ['fenv.h', 'fenv_t', '__eip', '__data_offset'],
  ['fenv.h', 'femode_t'],
  ['inttypes.h', 'imaxdiv_t', 'rem'],
  ['stdint.h', 'int_fast16_t'],
  ['stdint.h', 'uintptr_t'],
  ['stdint.h', 'intmax_t'],
  ['math.h', 'double_t'],
  ['search.h', 'ENTRY', 'data'],
  ['getopt.h', 'struct option', 'flag', 'val'],
  ['termios.h', 'struct termios', 'c_cc', 'c_ospeed'],
  ['stdatomic.h', 'atomic_flag'],
  ['stdatomic.h', 'atomic_llong'],
  ['uchar.h', 'char16_t'],
];

/** Macros whose values are ours to choose, and those that are no integer constants. */
const skipped = /^(?:FE_DFL_ENV|FE_NOMASK_ENV|_\w+_H_?|_VA_LIST_DEFINED|__.*)$/;

const realFlags = {
  x86_64: ['-m64'],
  i386: ['-m32'],
} as const;

describe('system headers', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    for (const defines of [[], ['_GNU_SOURCE'], ['_XOPEN_SOURCE=500'], ['_POSIX_C_SOURCE=200809L']]) {
      it(`are preprocessed without a diagnostic for ${target} ${defines.join(' ')}`, () => {
        const all = publicHeaders.filter((name) => name !== 'tgmath.h').map((name) => `#include <${name}>\n`);
        for (const text of [...all, all.join('')]) {
          const { diagnostics } = preprocess({ name: 'a.c', text, target, defines });
          assert.deepEqual(
            diagnostics.map(({ code, text: { args } }) => [text.length > 100 ? 'all' : text, code, args]),
            [],
          );
        }
      });
    }
  }

  it('are known by the names that programs use', () => {
    const needed =
      'stdio.h stdlib.h string.h unistd.h sys/mman.h pthread.h malloc.h errno.h assert.h tgmath.h';
    for (const name of needed.split(' ')) assert.ok(systemHeaders.has(name), name);
  });

  describe('compared with the installed ones by gcc', function () {
    this.timeout(60_000);
    let folder = '';

    before(function () {
      if (!hasGcc('system headers against those of the C library')) return;
      if (!existsSync('/usr/include/stdio.h')) {
        console.warn('NOT RUN: system headers against those of the C library: they are not installed');
        return;
      }
      folder = mkdtempSync(join(tmpdir(), 'headers-'));
      for (const [name, text] of systemHeaders) {
        const path = join(folder, 'ours', name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
      // The real headers ask for a file of the 32-bit development package; nothing in it is needed.
      mkdirSync(join(folder, 'real', 'gnu'), { recursive: true });
      writeFileSync(join(folder, 'real', 'gnu', 'stubs-32.h'), '');
    });

    after(() => {
      if (folder !== '') rmSync(folder, { recursive: true });
    });

    /** Assembler text of a C text with our headers or the real ones; the data in it are the answers. */
    const compile = (text: string, target: 'x86_64' | 'i386', which: 'ours' | 'real'): string => {
      const own = which === 'ours' ? ['-nostdinc', '-I', join(folder, 'ours')] : [];
      const real =
        which === 'real' && target === 'i386'
          ? ['-I', join(folder, 'real'), '-idirafter', '/usr/include/x86_64-linux-gnu']
          : [];
      const options = ['-S', '-O0', '-w', '-D_GNU_SOURCE', '-xc', '-', '-o', '-'];
      const done = spawnSync('gcc', [...realFlags[target], ...own, ...real, ...options], {
        input: text,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const line = Number(/<stdin>:(\d+)/.exec(done.stderr)?.[1] ?? 0);
      const where = text.split('\n')[line - 1] ?? '';
      assert.equal(done.status, 0, `${which} ${target}: ${where}\n${done.stderr.slice(0, 2000)}`);
      return done.stdout;
    };

    /** Values of the initialised 64-bit objects in assembler text, by name. */
    const values = (assembler: string): Map<string, string> => {
      const found = new Map<string, string>();
      let name = '';
      for (const line of assembler.split('\n')) {
        const label = /^(v_\w+):/.exec(line)?.[1];
        if (label !== undefined) name = label;
        const data = /^\s+\.(quad|long|zero)\s+(-?\w+)/.exec(line);
        if (data !== null && name !== '') found.set(name, `${found.get(name) ?? ''} ${data[1]} ${data[2]}`);
        else if (label === undefined) name = '';
      }
      return found;
    };

    for (const target of ['x86_64', 'i386'] as const) {
      it(`types have the same layout on ${target}`, function () {
        if (folder === '') return;
        const lines: string[] = [];
        for (const [i, [header, type, ...members]] of types.entries()) {
          lines.push(`#include <${header}>`);
          lines.push(
            `long long v_${i}_size = sizeof(${type});`,
            `long long v_${i}_align = _Alignof(${type});`,
          );
          for (const [k, member] of members.entries()) {
            lines.push(`long long v_${i}_${k} = __builtin_offsetof(${type}, ${member});`);
            lines.push(`long long v_${i}_${k}_size = sizeof(((${type} *)0)->${member});`);
          }
        }
        const text = `${lines.join('\n')}\n`;
        const ours = values(compile(text, target, 'ours'));
        const real = values(compile(text, target, 'real'));
        assert.ok(real.size > 250, `${real.size} values`);
        for (const [name, value] of real) {
          const [, i = '0', member = ''] = name.split('_');
          const row = types[Number(i)];
          assert.equal(ours.get(name), value, `${row?.[1] ?? ''} ${row?.[2 + Number(member)] ?? member}`);
        }
      });

      it(`integer constants have the same values on ${target}`, function () {
        if (folder === '') return;
        let count = 0;
        const includes = publicHeaders
          .filter((name) => !/^(?:tgmath|iso646|stdbool|stdnoreturn|threads|complex|values)\.h$/.test(name))
          .map((name) => `#include <${name}>\n`)
          .join('');
        const options = { name: 'a.c', target, defines: ['_GNU_SOURCE'] } as const;
        const names = [...preprocess({ ...options, text: includes }).macros.values()]
          .filter(({ kind, isPredefined, name }) => kind === 'object' && !isPredefined && !skipped.test(name))
          .map(({ name }) => name);
        // Each macro in a line of its own, to see what it expands to.
        const probe = preprocess({
          ...options,
          text: includes + names.map((name) => `@ ${name}\n`).join(''),
        });
        const expansions = new Map<string, Token[]>();
        let at = -1;
        for (const token of probe.tokens) {
          if (token.text === '@') expansions.set(names[++at] ?? '', []);
          else if (at >= 0) expansions.get(names[at] ?? '')?.push(token);
        }
        const lines: string[] = [];
        for (const [name, tokens] of expansions) {
          const isConstant = tokens.every(
            ({ kind, text }) =>
              (kind === 'number' && (/^0x/i.test(text) || !/[.ef]/i.test(text))) ||
              (kind === 'punctuator' && !/[{};,=#]|^->$/.test(text)) ||
              text === name,
          );
          if (!isConstant || !tokens.some(({ kind, text }) => kind === 'number' || text === name)) continue;
          if (tokens.length === 1 && /^(?:std|errno|basename|[a-z])/.test(name)) continue;
          lines.push(`#ifdef ${name}\nlong long v_${name} = ${name};\n#endif\n`);
          count++;
        }
        const text = includes + lines.join('');
        const ours = values(compile(text, target, 'ours'));
        const real = values(compile(text, target, 'real'));
        assert.ok(count > 1800 && real.size > 1800, `${count} constants, ${real.size} compared`);
        for (const [name, value] of ours) assert.equal(value, real.get(name), name);
      });
    }
  });
});
