/**
 * Start states of the recorder's small program, by libc: what a trace without a recording is replayed in.
 *
 * Taken from the headers of the recordings: Linux 6.18, address randomisation off, a stack limit of 8 MiB. 2.31, 2.36,
 * 2.41, 2.43 and 2.44 are Debian's builds, 2.27, 2.35, 2.39 and 2.42 plain builds of the release tags.
 */
import { mallocParams } from '../../core/malloc/params.ts';
import { dataModelOf } from '../../core/target/data-model.ts';
import type { TargetName } from '../../core/target/data-model.ts';
import { glibcReleaseOf } from '../../core/target/glibc-release.ts';
import { NotModelled } from '../../core/trace/not-modelled.ts';
import type { StartMapping, StartState } from './start-state.ts';
import type { Trace } from './trace.ts';

/** What differs between libcs; a mapping a line, `-` for no name. */
interface Build {
  readonly vendor: string;
  readonly heapStart: string;
  readonly mainArena: string;
  readonly maps: string;
}

const builds: Readonly<Record<string, Build>> = {
  '2.27-x86_64': {
    vendor: 'GNU libc',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fc5c20',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7e1c000 0x7ffff7e41000 r--p 0x0 libc.so.6
0x7ffff7e41000 0x7ffff7f79000 r-xp 0x25000 libc.so.6
0x7ffff7f79000 0x7ffff7fc2000 r--p 0x15d000 libc.so.6
0x7ffff7fc2000 0x7ffff7fc5000 r--p 0x1a5000 libc.so.6
0x7ffff7fc5000 0x7ffff7fc8000 rw-p 0x1a8000 libc.so.6
0x7ffff7fc8000 0x7ffff7fce000 rw-p 0x0 - 6 0
0x7ffff7fce000 0x7ffff7fd2000 r--p 0x0 [vvar]
0x7ffff7fd2000 0x7ffff7fd4000 r--p 0x0 [vvar_vclock]
0x7ffff7fd4000 0x7ffff7fd6000 r-xp 0x0 [vdso]
0x7ffff7fd6000 0x7ffff7fd7000 r--p 0x0 ld.so
0x7ffff7fd7000 0x7ffff7ff4000 r-xp 0x1000 ld.so
0x7ffff7ff4000 0x7ffff7ffc000 r--p 0x1e000 ld.so
0x7ffff7ffc000 0x7ffff7ffd000 r--p 0x25000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x26000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.31-i386': {
    vendor: 'Debian GLIBC 2.31-13+deb11u11',
    heapStart: '0x5655a000',
    mainArena: '0xf7fc4740',
    maps: `
0x56555000 0x56556000 r--p 0x0 program
0x56556000 0x56557000 r-xp 0x1000 program
0x56557000 0x56558000 r--p 0x2000 program
0x56558000 0x56559000 r--p 0x2000 program
0x56559000 0x5655a000 rw-p 0x3000 program
0xf7de0000 0xf7df9000 r--p 0x0 libc.so.6
0xf7df9000 0xf7f4d000 r-xp 0x19000 libc.so.6
0xf7f4d000 0xf7fc1000 r--p 0x16d000 libc.so.6
0xf7fc1000 0xf7fc2000 ---p 0x1e1000 libc.so.6
0xf7fc2000 0xf7fc4000 r--p 0x1e1000 libc.so.6
0xf7fc4000 0xf7fc5000 rw-p 0x1e3000 libc.so.6
0xf7fc5000 0xf7fca000 rw-p 0x0 - 5 0
0xf7fca000 0xf7fce000 r--p 0x0 [vvar]
0xf7fce000 0xf7fd0000 r--p 0x0 [vvar_vclock]
0xf7fd0000 0xf7fd2000 r-xp 0x0 [vdso]
0xf7fd2000 0xf7fd3000 r--p 0x0 ld.so
0xf7fd3000 0xf7ff0000 r-xp 0x1000 ld.so
0xf7ff0000 0xf7ffb000 r--p 0x1e000 ld.so
0xf7ffc000 0xf7ffd000 r--p 0x29000 ld.so
0xf7ffd000 0xf7ffe000 rw-p 0x2a000 ld.so
0xfffdd000 0xffffe000 rw-p 0x0 [stack] 25 0`,
  },
  '2.31-x86_64': {
    vendor: 'Debian GLIBC 2.31-13+deb11u11',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fc2b80',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7df4000 0x7ffff7e16000 r--p 0x0 libc.so.6
0x7ffff7e16000 0x7ffff7f6f000 r-xp 0x22000 libc.so.6
0x7ffff7f6f000 0x7ffff7fbe000 r--p 0x17b000 libc.so.6
0x7ffff7fbe000 0x7ffff7fc2000 r--p 0x1c9000 libc.so.6
0x7ffff7fc2000 0x7ffff7fc4000 rw-p 0x1cd000 libc.so.6
0x7ffff7fc4000 0x7ffff7fca000 rw-p 0x0 - 6 0
0x7ffff7fca000 0x7ffff7fce000 r--p 0x0 [vvar]
0x7ffff7fce000 0x7ffff7fd0000 r--p 0x0 [vvar_vclock]
0x7ffff7fd0000 0x7ffff7fd2000 r-xp 0x0 [vdso]
0x7ffff7fd2000 0x7ffff7fd3000 r--p 0x0 ld.so
0x7ffff7fd3000 0x7ffff7ff3000 r-xp 0x1000 ld.so
0x7ffff7ff3000 0x7ffff7ffb000 r--p 0x21000 ld.so
0x7ffff7ffc000 0x7ffff7ffd000 r--p 0x29000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x2a000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.35-x86_64': {
    vendor: 'GNU libc',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fb3c60',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7dc8000 0x7ffff7dcb000 rw-p 0x0 - 3 0
0x7ffff7dcb000 0x7ffff7df7000 r--p 0x0 libc.so.6
0x7ffff7df7000 0x7ffff7f5c000 r-xp 0x2c000 libc.so.6
0x7ffff7f5c000 0x7ffff7fb0000 r--p 0x191000 libc.so.6
0x7ffff7fb0000 0x7ffff7fb3000 r--p 0x1e5000 libc.so.6
0x7ffff7fb3000 0x7ffff7fb6000 rw-p 0x1e8000 libc.so.6
0x7ffff7fb6000 0x7ffff7fc0000 rw-p 0x0 - 10 0
0x7ffff7fc0000 0x7ffff7fc4000 r--p 0x0 [vvar]
0x7ffff7fc4000 0x7ffff7fc6000 r--p 0x0 [vvar_vclock]
0x7ffff7fc6000 0x7ffff7fc8000 r-xp 0x0 [vdso]
0x7ffff7fc8000 0x7ffff7fca000 r--p 0x0 ld.so
0x7ffff7fca000 0x7ffff7ff0000 r-xp 0x2000 ld.so
0x7ffff7ff0000 0x7ffff7ffb000 r--p 0x28000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x33000 ld.so
0x7ffff7ffd000 0x7ffff7fff000 rw-p 0x35000 ld.so
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.36-i386': {
    vendor: 'Debian GLIBC 2.36-9+deb12u14',
    heapStart: '0x5655a000',
    mainArena: '0xf7fb47c0',
    maps: `
0x56555000 0x56556000 r--p 0x0 program
0x56556000 0x56557000 r-xp 0x1000 program
0x56557000 0x56558000 r--p 0x2000 program
0x56558000 0x56559000 r--p 0x2000 program
0x56559000 0x5655a000 rw-p 0x3000 program
0xf7d97000 0xf7db9000 r--p 0x0 libc.so.6
0xf7db9000 0xf7f32000 r-xp 0x22000 libc.so.6
0xf7f32000 0xf7fb2000 r--p 0x19b000 libc.so.6
0xf7fb2000 0xf7fb4000 r--p 0x21b000 libc.so.6
0xf7fb4000 0xf7fb5000 rw-p 0x21d000 libc.so.6
0xf7fb5000 0xf7fc1000 rw-p 0x0 - 12 0
0xf7fc1000 0xf7fc5000 r--p 0x0 [vvar]
0xf7fc5000 0xf7fc7000 r--p 0x0 [vvar_vclock]
0xf7fc7000 0xf7fc9000 r-xp 0x0 [vdso]
0xf7fc9000 0xf7fca000 r--p 0x0 ld.so
0xf7fca000 0xf7fed000 r-xp 0x1000 ld.so
0xf7fed000 0xf7ffb000 r--p 0x24000 ld.so
0xf7ffb000 0xf7ffd000 r--p 0x31000 ld.so
0xf7ffd000 0xf7ffe000 rw-p 0x33000 ld.so
0xfffdd000 0xffffe000 rw-p 0x0 [stack] 25 0`,
  },
  '2.36-x86_64': {
    vendor: 'Debian GLIBC 2.36-9+deb12u14',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fb1c60',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7ddb000 0x7ffff7dde000 rw-p 0x0 - 3 0
0x7ffff7dde000 0x7ffff7e04000 r--p 0x0 libc.so.6
0x7ffff7e04000 0x7ffff7f5a000 r-xp 0x26000 libc.so.6
0x7ffff7f5a000 0x7ffff7fad000 r--p 0x17c000 libc.so.6
0x7ffff7fad000 0x7ffff7fb1000 r--p 0x1cf000 libc.so.6
0x7ffff7fb1000 0x7ffff7fb3000 rw-p 0x1d3000 libc.so.6
0x7ffff7fb3000 0x7ffff7fc2000 rw-p 0x0 - 15 0
0x7ffff7fc2000 0x7ffff7fc6000 r--p 0x0 [vvar]
0x7ffff7fc6000 0x7ffff7fc8000 r--p 0x0 [vvar_vclock]
0x7ffff7fc8000 0x7ffff7fca000 r-xp 0x0 [vdso]
0x7ffff7fca000 0x7ffff7fcb000 r--p 0x0 ld.so
0x7ffff7fcb000 0x7ffff7ff1000 r-xp 0x1000 ld.so
0x7ffff7ff1000 0x7ffff7ffb000 r--p 0x27000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x31000 ld.so
0x7ffff7ffd000 0x7ffff7fff000 rw-p 0x33000 ld.so
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.39-x86_64': {
    vendor: 'GNU libc',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fb6ca0',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7dec000 0x7ffff7def000 rw-p 0x0 - 3 0
0x7ffff7def000 0x7ffff7e13000 r--p 0x0 libc.so.6
0x7ffff7e13000 0x7ffff7f5c000 r-xp 0x24000 libc.so.6
0x7ffff7f5c000 0x7ffff7fb2000 r--p 0x16d000 libc.so.6
0x7ffff7fb2000 0x7ffff7fb6000 r--p 0x1c2000 libc.so.6
0x7ffff7fb6000 0x7ffff7fb8000 rw-p 0x1c6000 libc.so.6
0x7ffff7fb8000 0x7ffff7fc2000 rw-p 0x0 - 10 0
0x7ffff7fc2000 0x7ffff7fc6000 r--p 0x0 [vvar]
0x7ffff7fc6000 0x7ffff7fc8000 r--p 0x0 [vvar_vclock]
0x7ffff7fc8000 0x7ffff7fca000 r-xp 0x0 [vdso]
0x7ffff7fca000 0x7ffff7fcb000 r--p 0x0 ld.so
0x7ffff7fcb000 0x7ffff7ff1000 r-xp 0x1000 ld.so
0x7ffff7ff1000 0x7ffff7ffb000 r--p 0x27000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x31000 ld.so
0x7ffff7ffd000 0x7ffff7fff000 rw-p 0x33000 ld.so
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.41-i386': {
    vendor: 'Debian GLIBC 2.41-12+deb13u4',
    heapStart: '0x5655a000',
    mainArena: '0xf7fb2760',
    maps: `
0x56555000 0x56556000 r--p 0x0 program
0x56556000 0x56557000 r-xp 0x1000 program
0x56557000 0x56558000 r--p 0x2000 program
0x56558000 0x56559000 r--p 0x2000 program
0x56559000 0x5655a000 rw-p 0x3000 program
0xf7d80000 0xf7da3000 r--p 0x0 libc.so.6
0xf7da3000 0xf7f2b000 r-xp 0x23000 libc.so.6
0xf7f2b000 0xf7fb0000 r--p 0x1ab000 libc.so.6
0xf7fb0000 0xf7fb2000 r--p 0x230000 libc.so.6
0xf7fb2000 0xf7fb3000 rw-p 0x232000 libc.so.6
0xf7fb3000 0xf7fbf000 rw-p 0x0 - 12 0
0xf7fbf000 0xf7fc3000 r--p 0x0 [vvar]
0xf7fc3000 0xf7fc5000 r--p 0x0 [vvar_vclock]
0xf7fc5000 0xf7fc7000 r-xp 0x0 [vdso]
0xf7fc7000 0xf7fc8000 r--p 0x0 ld.so
0xf7fc8000 0xf7fec000 r-xp 0x1000 ld.so
0xf7fec000 0xf7ffb000 r--p 0x25000 ld.so
0xf7ffb000 0xf7ffd000 r--p 0x33000 ld.so
0xf7ffd000 0xf7ffe000 rw-p 0x35000 ld.so
0xfffdd000 0xffffe000 rw-p 0x0 [stack] 25 0`,
  },
  '2.41-x86_64': {
    vendor: 'Debian GLIBC 2.41-12+deb13u4',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7faeac0',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7dc6000 0x7ffff7dc9000 rw-p 0x0 - 3 0
0x7ffff7dc9000 0x7ffff7df1000 r--p 0x0 libc.so.6
0x7ffff7df1000 0x7ffff7f54000 r-xp 0x28000 libc.so.6
0x7ffff7f54000 0x7ffff7faa000 r--p 0x18b000 libc.so.6
0x7ffff7faa000 0x7ffff7fae000 r--p 0x1e0000 libc.so.6
0x7ffff7fae000 0x7ffff7fb0000 rw-p 0x1e4000 libc.so.6
0x7ffff7fb0000 0x7ffff7fbf000 rw-p 0x0 - 15 0
0x7ffff7fbf000 0x7ffff7fc3000 r--p 0x0 [vvar]
0x7ffff7fc3000 0x7ffff7fc5000 r--p 0x0 [vvar_vclock]
0x7ffff7fc5000 0x7ffff7fc7000 r-xp 0x0 [vdso]
0x7ffff7fc7000 0x7ffff7fc8000 r--p 0x0 ld.so
0x7ffff7fc8000 0x7ffff7ff0000 r-xp 0x1000 ld.so
0x7ffff7ff0000 0x7ffff7ffb000 r--p 0x29000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x34000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x36000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.42-x86_64': {
    vendor: 'GNU libc',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fb4c80',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7de8000 0x7ffff7deb000 rw-p 0x0 - 3 0
0x7ffff7deb000 0x7ffff7e0f000 r--p 0x0 libc.so.6
0x7ffff7e0f000 0x7ffff7f59000 r-xp 0x24000 libc.so.6
0x7ffff7f59000 0x7ffff7fb0000 r--p 0x16e000 libc.so.6
0x7ffff7fb0000 0x7ffff7fb4000 r--p 0x1c4000 libc.so.6
0x7ffff7fb4000 0x7ffff7fb6000 rw-p 0x1c8000 libc.so.6
0x7ffff7fb6000 0x7ffff7fc0000 rw-p 0x0 - 10 0
0x7ffff7fc0000 0x7ffff7fc4000 r--p 0x0 [vvar]
0x7ffff7fc4000 0x7ffff7fc6000 r--p 0x0 [vvar_vclock]
0x7ffff7fc6000 0x7ffff7fc8000 r-xp 0x0 [vdso]
0x7ffff7fc8000 0x7ffff7fc9000 r--p 0x0 ld.so
0x7ffff7fc9000 0x7ffff7ff0000 r-xp 0x1000 ld.so
0x7ffff7ff0000 0x7ffff7ffb000 r--p 0x28000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x33000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x35000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.43-i386': {
    vendor: 'Debian GLIBC 2.43-7',
    heapStart: '0x5655a000',
    mainArena: '0xf7fb1740',
    maps: `
0x56555000 0x56556000 r--p 0x0 program
0x56556000 0x56557000 r-xp 0x1000 program
0x56557000 0x56558000 r--p 0x2000 program
0x56558000 0x56559000 r--p 0x2000 program
0x56559000 0x5655a000 rw-p 0x3000 program
0xf7d7e000 0xf7da2000 r--p 0x0 libc.so.6
0xf7da2000 0xf7f2b000 r-xp 0x24000 libc.so.6
0xf7f2b000 0xf7faf000 r--p 0x1ad000 libc.so.6
0xf7faf000 0xf7fb1000 r--p 0x230000 libc.so.6
0xf7fb1000 0xf7fb2000 rw-p 0x232000 libc.so.6
0xf7fb2000 0xf7fbe000 rw-p 0x0 - 12 0
0xf7fbe000 0xf7fc2000 r--p 0x0 [vvar]
0xf7fc2000 0xf7fc4000 r--p 0x0 [vvar_vclock]
0xf7fc4000 0xf7fc6000 r-xp 0x0 [vdso]
0xf7fc6000 0xf7fc7000 r--p 0x0 ld.so
0xf7fc7000 0xf7fec000 r-xp 0x1000 ld.so
0xf7fec000 0xf7ffb000 r--p 0x26000 ld.so
0xf7ffb000 0xf7ffd000 r--p 0x34000 ld.so
0xf7ffd000 0xf7ffe000 rw-p 0x36000 ld.so
0xfffdd000 0xffffe000 rw-p 0x0 [stack] 25 0`,
  },
  '2.43-x86_64': {
    vendor: 'Debian GLIBC 2.43-7',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7fadac0',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7dc3000 0x7ffff7dc6000 rw-p 0x0 - 3 0
0x7ffff7dc6000 0x7ffff7dee000 r--p 0x0 libc.so.6
0x7ffff7dee000 0x7ffff7f56000 r-xp 0x28000 libc.so.6
0x7ffff7f56000 0x7ffff7fa9000 r--p 0x190000 libc.so.6
0x7ffff7fa9000 0x7ffff7fad000 r--p 0x1e3000 libc.so.6
0x7ffff7fad000 0x7ffff7faf000 rw-p 0x1e7000 libc.so.6
0x7ffff7faf000 0x7ffff7fbe000 rw-p 0x0 - 15 0
0x7ffff7fbe000 0x7ffff7fc2000 r--p 0x0 [vvar]
0x7ffff7fc2000 0x7ffff7fc4000 r--p 0x0 [vvar_vclock]
0x7ffff7fc4000 0x7ffff7fc6000 r-xp 0x0 [vdso]
0x7ffff7fc6000 0x7ffff7fc7000 r--p 0x0 ld.so
0x7ffff7fc7000 0x7ffff7ff0000 r-xp 0x1000 ld.so
0x7ffff7ff0000 0x7ffff7ffb000 r--p 0x2a000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x35000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x37000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
  '2.44-i386': {
    vendor: 'Debian GLIBC 2.44-3',
    heapStart: '0x5655a000',
    mainArena: '0xf7fa1740',
    maps: `
0x56555000 0x56556000 r--p 0x0 program
0x56556000 0x56557000 r-xp 0x1000 program
0x56557000 0x56558000 r--p 0x2000 program
0x56558000 0x56559000 r--p 0x2000 program
0x56559000 0x5655a000 rw-p 0x3000 program
0xf7d63000 0xf7d87000 r--p 0x0 libc.so.6
0xf7d87000 0xf7f19000 r-xp 0x24000 libc.so.6
0xf7f19000 0xf7f9f000 r--p 0x1b6000 libc.so.6
0xf7f9f000 0xf7fa1000 r--p 0x23c000 libc.so.6
0xf7fa1000 0xf7fa2000 rw-p 0x23e000 libc.so.6
0xf7fa2000 0xf7fae000 rw-p 0x0 - 12 0
0xf7fae000 0xf7fba000 r--p 0x0 program
0xf7fba000 0xf7fbe000 r--p 0x0 [vvar]
0xf7fbe000 0xf7fc0000 r--p 0x0 [vvar_vclock]
0xf7fc0000 0xf7fc2000 r-xp 0x0 [vdso]
0xf7fc2000 0xf7fc3000 r--p 0x0 ld.so
0xf7fc3000 0xf7fea000 r-xp 0x1000 ld.so
0xf7fea000 0xf7ffb000 r--p 0x28000 ld.so
0xf7ffb000 0xf7ffd000 r--p 0x38000 ld.so
0xf7ffd000 0xf7ffe000 rw-p 0x3a000 ld.so
0xfffdd000 0xffffe000 rw-p 0x0 [stack] 25 0`,
  },
  '2.44-x86_64': {
    vendor: 'Debian GLIBC 2.44-3',
    heapStart: '0x555555559000',
    mainArena: '0x7ffff7f9eac0',
    maps: `
0x555555554000 0x555555555000 r--p 0x0 program
0x555555555000 0x555555556000 r-xp 0x1000 program
0x555555556000 0x555555557000 r--p 0x2000 program
0x555555557000 0x555555558000 r--p 0x2000 program
0x555555558000 0x555555559000 rw-p 0x3000 program
0x7ffff7dab000 0x7ffff7dae000 rw-p 0x0 - 3 0
0x7ffff7dae000 0x7ffff7dd6000 r--p 0x0 libc.so.6
0x7ffff7dd6000 0x7ffff7f46000 r-xp 0x28000 libc.so.6
0x7ffff7f46000 0x7ffff7f9a000 r--p 0x198000 libc.so.6
0x7ffff7f9a000 0x7ffff7f9e000 r--p 0x1eb000 libc.so.6
0x7ffff7f9e000 0x7ffff7fa0000 rw-p 0x1ef000 libc.so.6
0x7ffff7fa0000 0x7ffff7faf000 rw-p 0x0 - 15 0
0x7ffff7faf000 0x7ffff7fbb000 r--p 0x0 program
0x7ffff7fbb000 0x7ffff7fbf000 r--p 0x0 [vvar]
0x7ffff7fbf000 0x7ffff7fc1000 r--p 0x0 [vvar_vclock]
0x7ffff7fc1000 0x7ffff7fc3000 r-xp 0x0 [vdso]
0x7ffff7fc3000 0x7ffff7fc4000 r--p 0x0 ld.so
0x7ffff7fc4000 0x7ffff7fef000 r-xp 0x1000 ld.so
0x7ffff7fef000 0x7ffff7ffb000 r--p 0x2c000 ld.so
0x7ffff7ffb000 0x7ffff7ffd000 r--p 0x38000 ld.so
0x7ffff7ffd000 0x7ffff7ffe000 rw-p 0x3a000 ld.so
0x7ffff7ffe000 0x7ffff7fff000 rw-p 0x0 - 1 0
0x7ffffffde000 0x7ffffffff000 rw-p 0x0 [stack] 25 0
0xffffffffff600000 0xffffffffff601000 --xp 0x0 [vsyscall]`,
  },
};

/** Names of the libcs that were recorded, for example `2.36-x86_64`. */
export const libcNames: readonly string[] = Object.keys(builds);

/**
 * The start state of a release for a trace's tunables and limits.
 *
 * A release that was never recorded starts in the process of the recorded one next to it: the heap starts at the same
 * place, but libc's size, and with it where mappings go, is the neighbour's.
 *
 * @throws NotModelled where the trace changes what is mapped at start
 */
export function startStateFor(glibc: string, arch: TargetName, trace: Trace): StartState {
  const release = glibcReleaseOf(glibc);
  const build = builds[`${glibc}-${arch}`] ?? builds[`${neighbourOf(glibc, arch)}-${arch}`];
  if (release === undefined || build === undefined) throw new NotModelled(`glibc ${glibc} on ${arch}`);
  if (trace.rlimits.stack !== undefined && Number(trace.rlimits.stack) !== 8388608)
    throw new NotModelled('a trace with a stack limit of its own; name a recording');
  const recorded = builds[`${glibc}-${arch}`] !== undefined;
  const maps = build.maps.trim().split('\n').map(parseMapping);
  return {
    format: 'heap-oracle/1',
    glibc,
    vendor: recorded ? build.vendor : 'GNU libc',
    arch,
    word: arch === 'x86_64' ? 8 : 4,
    page: 4096,
    kernel: '6.18',
    ...trace.meta,
    tunables: trace.tunables,
    rlimits: trace.rlimits,
    heap_start: build.heapStart,
    main_arena: build.mainArena,
    bins_offset: mallocParams(release, dataModelOf(arch)).arena.bins,
    tcache_key: release.tcache.key === 'random' ? recordedKey(arch) : null,
    safe_linking: release.safeLinking,
    maps,
  };
}

/** The random word of every recording. */
function recordedKey(arch: TargetName): string {
  return arch === 'x86_64' ? '0xa7a6a5a4a3a2a1a0' : '0xa3a2a1a0';
}

/** The recorded release that is nearest, the newer one of two. */
function neighbourOf(glibc: string, arch: TargetName): string {
  const minor = (name: string): number => Number(name.split('.')[1]);
  const recorded = libcNames
    .filter((name) => name.endsWith(`-${arch}`))
    .map((name) => name.split('-')[0] ?? '');
  const wanted = minor(glibc);
  return recorded.reduce((best, name) => {
    const closer = Math.abs(minor(name) - wanted) - Math.abs(minor(best) - wanted);
    return closer < 0 || (closer === 0 && minor(name) > minor(best)) ? name : best;
  });
}

function parseMapping(line: string): StartMapping {
  const [start = '', end = '', permissions = '', offset = '', name = '', pages, zeroPages] = line.split(' ');
  const plainName = name === '-' ? '' : name;
  return pages === undefined
    ? [start, end, permissions, offset, plainName]
    : [start, end, permissions, offset, plainName, Number(pages), Number(zeroPages)];
}
