/**
 * The system headers of glibc 2.36 and gcc 12, as our own texts.
 *
 * They hold declarations, types and constants, equal to the real ones for both targets: test/unit/core/libc compares
 * them where gcc and the headers of the C library are installed.
 */
import { allocaHeader } from './alloca.ts';
import { asmUnistd32Header, asmUnistd64Header, asmUnistdHeader } from './asm-unistd.ts';
import { assertHeader } from './assert.ts';
import { bitsBlkcnt64THeader } from './bits-blkcnt64-t.ts';
import { bitsBlkcntTHeader } from './bits-blkcnt-t.ts';
import { bitsBlksizeTHeader } from './bits-blksize-t.ts';
import { bitsByteswapHeader } from './bits-byteswap.ts';
import { bitsClockTHeader } from './bits-clock-t.ts';
import { bitsClockidTHeader } from './bits-clockid-t.ts';
import { bitsDevTHeader } from './bits-dev-t.ts';
import { bitsFileHeader } from './bits-file.ts';
import { bitsFsblkcntTHeader } from './bits-fsblkcnt-t.ts';
import { bitsFsfilcntTHeader } from './bits-fsfilcnt-t.ts';
import { bitsGetoptCoreHeader } from './bits-getopt-core.ts';
import { bitsGidTHeader } from './bits-gid-t.ts';
import { bitsIdTHeader } from './bits-id-t.ts';
import { bitsIno64THeader } from './bits-ino64-t.ts';
import { bitsInoTHeader } from './bits-ino-t.ts';
import { bitsIntnHeader } from './bits-intn.ts';
import { bitsIntptrTHeader } from './bits-intptr-t.ts';
import { bitsIovecHeader } from './bits-iovec.ts';
import { bitsJmpBufHeader } from './bits-jmp-buf.ts';
import { bitsKeyTHeader } from './bits-key-t.ts';
import { bitsLocalLimHeader } from './bits-local-lim.ts';
import { bitsLocaleTHeader } from './bits-locale-t.ts';
import { bitsMbstateTHeader } from './bits-mbstate-t.ts';
import { bitsModeTHeader } from './bits-mode-t.ts';
import { bitsNlinkTHeader } from './bits-nlink-t.ts';
import { bitsNullHeader } from './bits-null.ts';
import { bitsOff64THeader } from './bits-off64-t.ts';
import { bitsOffTHeader } from './bits-off-t.ts';
import { bitsPidTHeader } from './bits-pid-t.ts';
import { bitsPthreadtypesHeader } from './bits-pthreadtypes.ts';
import { bitsRusageHeader } from './bits-rusage.ts';
import { bitsSchedParamHeader } from './bits-sched-param.ts';
import { bitsSigAtomicTHeader } from './bits-sig-atomic-t.ts';
import { bitsSiginfoHeader } from './bits-siginfo.ts';
import { bitsSigsetTHeader } from './bits-sigset-t.ts';
import { bitsSigvalHeader } from './bits-sigval.ts';
import { bitsSizeTHeader } from './bits-size-t.ts';
import { bitsSocklenTHeader } from './bits-socklen-t.ts';
import { bitsSsizeTHeader } from './bits-ssize-t.ts';
import { bitsStackTHeader } from './bits-stack-t.ts';
import { bitsStructStatHeader } from './bits-struct-stat.ts';
import { bitsSusecondsTHeader } from './bits-suseconds-t.ts';
import { bitsTimeTHeader } from './bits-time-t.ts';
import { bitsTimerTHeader } from './bits-timer-t.ts';
import { bitsTimespecHeader } from './bits-timespec.ts';
import { bitsTimevalHeader } from './bits-timeval.ts';
import { bitsTimexHeader } from './bits-timex.ts';
import { bitsTypesHeader } from './bits-types.ts';
import { bitsUidTHeader } from './bits-uid-t.ts';
import { bitsUsecondsTHeader } from './bits-useconds-t.ts';
import { bitsVaListHeader } from './bits-va-list.ts';
import { bitsWaitStatusHeader } from './bits-wait-status.ts';
import { bitsWcharTHeader } from './bits-wchar-t.ts';
import { bitsWintTHeader } from './bits-wint-t.ts';
import { byteswapHeader } from './byteswap.ts';
import { complexHeader } from './complex.ts';
import { ctypeHeader } from './ctype.ts';
import { direntHeader } from './dirent.ts';
import { dlfcnHeader } from './dlfcn.ts';
import { endianHeader } from './endian.ts';
import { errHeader } from './err.ts';
import { errnoHeader } from './errno.ts';
import { errorHeader } from './error.ts';
import { execinfoHeader } from './execinfo.ts';
import { fcntlHeader } from './fcntl.ts';
import { featuresHeader } from './features.ts';
import { fenvHeader } from './fenv.ts';
import { floatHeader } from './float.ts';
import { getoptHeader } from './getopt.ts';
import { inttypesHeader } from './inttypes.ts';
import { iso646Header } from './iso646.ts';
import { libgenHeader } from './libgen.ts';
import { limitsHeader } from './limits.ts';
import { linuxLimitsHeader } from './linux-limits.ts';
import { localeHeader } from './locale.ts';
import { mallocHeader } from './malloc.ts';
import { mathHeader } from './math.ts';
import { mcheckHeader } from './mcheck.ts';
import { memoryHeader } from './memory.ts';
import { pollHeader } from './poll.ts';
import { pthreadHeader } from './pthread.ts';
import { schedHeader } from './sched.ts';
import { searchHeader } from './search.ts';
import { semaphoreHeader } from './semaphore.ts';
import { setjmpHeader } from './setjmp.ts';
import { signalHeader } from './signal.ts';
import { stdalignHeader } from './stdalign.ts';
import { stdargHeader } from './stdarg.ts';
import { stdatomicHeader } from './stdatomic.ts';
import { stdboolHeader } from './stdbool.ts';
import { stddefHeader } from './stddef.ts';
import { stdintHeader } from './stdint.ts';
import { stdioHeader } from './stdio.ts';
import { stdlibHeader } from './stdlib.ts';
import { stdnoreturnHeader } from './stdnoreturn.ts';
import { stringHeader } from './string.ts';
import { stringsHeader } from './strings.ts';
import { sysAuxvHeader } from './sys-auxv.ts';
import { sysCdefsHeader } from './sys-cdefs.ts';
import { sysErrnoHeader } from './sys-errno.ts';
import { sysEventfdHeader } from './sys-eventfd.ts';
import { sysFcntlHeader } from './sys-fcntl.ts';
import { sysFileHeader } from './sys-file.ts';
import { sysIoctlHeader } from './sys-ioctl.ts';
import { sysIpcHeader } from './sys-ipc.ts';
import { sysMmanHeader } from './sys-mman.ts';
import { sysParamHeader } from './sys-param.ts';
import { sysPersonalityHeader } from './sys-personality.ts';
import { sysPollHeader } from './sys-poll.ts';
import { sysPrctlHeader } from './sys-prctl.ts';
import { sysRandomHeader } from './sys-random.ts';
import { sysResourceHeader } from './sys-resource.ts';
import { sysSelectHeader } from './sys-select.ts';
import { sysShmHeader } from './sys-shm.ts';
import { sysSignalHeader } from './sys-signal.ts';
import { sysStatHeader } from './sys-stat.ts';
import { sysSyscallHeader } from './sys-syscall.ts';
import { sysSysinfoHeader } from './sys-sysinfo.ts';
import { sysSysmacrosHeader } from './sys-sysmacros.ts';
import { sysTimeHeader } from './sys-time.ts';
import { sysTimesHeader } from './sys-times.ts';
import { sysTtydefaultsHeader } from './sys-ttydefaults.ts';
import { sysTypesHeader } from './sys-types.ts';
import { sysUcontextHeader } from './sys-ucontext.ts';
import { sysUioHeader } from './sys-uio.ts';
import { sysUtsnameHeader } from './sys-utsname.ts';
import { sysWaitHeader } from './sys-wait.ts';
import { syscallHeader } from './syscall.ts';
import { termiosHeader } from './termios.ts';
import { tgmathHeader } from './tgmath.ts';
import { threadsHeader } from './threads.ts';
import { timeHeader } from './time.ts';
import { ucharHeader } from './uchar.ts';
import { ucontextHeader } from './ucontext.ts';
import { unistdHeader } from './unistd.ts';
import { valuesHeader } from './values.ts';
import { wcharHeader } from './wchar.ts';
import { wctypeHeader } from './wctype.ts';

/** Texts by the name in the #include line. */
export const systemHeaders: ReadonlyMap<string, string> = new Map([
  ['alloca.h', allocaHeader],
  ['asm/unistd.h', asmUnistdHeader],
  ['asm/unistd_32.h', asmUnistd32Header],
  ['asm/unistd_64.h', asmUnistd64Header],
  ['assert.h', assertHeader],
  ['bits/blkcnt64_t.h', bitsBlkcnt64THeader],
  ['bits/blkcnt_t.h', bitsBlkcntTHeader],
  ['bits/blksize_t.h', bitsBlksizeTHeader],
  ['bits/byteswap.h', bitsByteswapHeader],
  ['bits/clock_t.h', bitsClockTHeader],
  ['bits/clockid_t.h', bitsClockidTHeader],
  ['bits/dev_t.h', bitsDevTHeader],
  ['bits/file.h', bitsFileHeader],
  ['bits/fsblkcnt_t.h', bitsFsblkcntTHeader],
  ['bits/fsfilcnt_t.h', bitsFsfilcntTHeader],
  ['bits/getopt_core.h', bitsGetoptCoreHeader],
  ['bits/gid_t.h', bitsGidTHeader],
  ['bits/id_t.h', bitsIdTHeader],
  ['bits/ino64_t.h', bitsIno64THeader],
  ['bits/ino_t.h', bitsInoTHeader],
  ['bits/intn.h', bitsIntnHeader],
  ['bits/intptr_t.h', bitsIntptrTHeader],
  ['bits/iovec.h', bitsIovecHeader],
  ['bits/jmp_buf.h', bitsJmpBufHeader],
  ['bits/key_t.h', bitsKeyTHeader],
  ['bits/local_lim.h', bitsLocalLimHeader],
  ['bits/locale_t.h', bitsLocaleTHeader],
  ['bits/mbstate_t.h', bitsMbstateTHeader],
  ['bits/mode_t.h', bitsModeTHeader],
  ['bits/nlink_t.h', bitsNlinkTHeader],
  ['bits/null.h', bitsNullHeader],
  ['bits/off64_t.h', bitsOff64THeader],
  ['bits/off_t.h', bitsOffTHeader],
  ['bits/pid_t.h', bitsPidTHeader],
  ['bits/pthreadtypes.h', bitsPthreadtypesHeader],
  ['bits/rusage.h', bitsRusageHeader],
  ['bits/sched_param.h', bitsSchedParamHeader],
  ['bits/sig_atomic_t.h', bitsSigAtomicTHeader],
  ['bits/siginfo.h', bitsSiginfoHeader],
  ['bits/sigset_t.h', bitsSigsetTHeader],
  ['bits/sigval.h', bitsSigvalHeader],
  ['bits/size_t.h', bitsSizeTHeader],
  ['bits/socklen_t.h', bitsSocklenTHeader],
  ['bits/ssize_t.h', bitsSsizeTHeader],
  ['bits/stack_t.h', bitsStackTHeader],
  ['bits/struct_stat.h', bitsStructStatHeader],
  ['bits/suseconds_t.h', bitsSusecondsTHeader],
  ['bits/time_t.h', bitsTimeTHeader],
  ['bits/timer_t.h', bitsTimerTHeader],
  ['bits/timespec.h', bitsTimespecHeader],
  ['bits/timeval.h', bitsTimevalHeader],
  ['bits/timex.h', bitsTimexHeader],
  ['bits/types.h', bitsTypesHeader],
  ['bits/uid_t.h', bitsUidTHeader],
  ['bits/useconds_t.h', bitsUsecondsTHeader],
  ['bits/va_list.h', bitsVaListHeader],
  ['bits/wait-status.h', bitsWaitStatusHeader],
  ['bits/wchar_t.h', bitsWcharTHeader],
  ['bits/wint_t.h', bitsWintTHeader],
  ['byteswap.h', byteswapHeader],
  ['complex.h', complexHeader],
  ['ctype.h', ctypeHeader],
  ['dirent.h', direntHeader],
  ['dlfcn.h', dlfcnHeader],
  ['endian.h', endianHeader],
  ['err.h', errHeader],
  ['errno.h', errnoHeader],
  ['error.h', errorHeader],
  ['execinfo.h', execinfoHeader],
  ['fcntl.h', fcntlHeader],
  ['features.h', featuresHeader],
  ['fenv.h', fenvHeader],
  ['float.h', floatHeader],
  ['getopt.h', getoptHeader],
  ['inttypes.h', inttypesHeader],
  ['iso646.h', iso646Header],
  ['libgen.h', libgenHeader],
  ['limits.h', limitsHeader],
  ['linux/limits.h', linuxLimitsHeader],
  ['locale.h', localeHeader],
  ['malloc.h', mallocHeader],
  ['math.h', mathHeader],
  ['mcheck.h', mcheckHeader],
  ['memory.h', memoryHeader],
  ['poll.h', pollHeader],
  ['pthread.h', pthreadHeader],
  ['sched.h', schedHeader],
  ['search.h', searchHeader],
  ['semaphore.h', semaphoreHeader],
  ['setjmp.h', setjmpHeader],
  ['signal.h', signalHeader],
  ['stdalign.h', stdalignHeader],
  ['stdarg.h', stdargHeader],
  ['stdatomic.h', stdatomicHeader],
  ['stdbool.h', stdboolHeader],
  ['stddef.h', stddefHeader],
  ['stdint.h', stdintHeader],
  ['stdio.h', stdioHeader],
  ['stdlib.h', stdlibHeader],
  ['stdnoreturn.h', stdnoreturnHeader],
  ['string.h', stringHeader],
  ['strings.h', stringsHeader],
  ['sys/auxv.h', sysAuxvHeader],
  ['sys/cdefs.h', sysCdefsHeader],
  ['sys/errno.h', sysErrnoHeader],
  ['sys/eventfd.h', sysEventfdHeader],
  ['sys/fcntl.h', sysFcntlHeader],
  ['sys/file.h', sysFileHeader],
  ['sys/ioctl.h', sysIoctlHeader],
  ['sys/ipc.h', sysIpcHeader],
  ['sys/mman.h', sysMmanHeader],
  ['sys/param.h', sysParamHeader],
  ['sys/personality.h', sysPersonalityHeader],
  ['sys/poll.h', sysPollHeader],
  ['sys/prctl.h', sysPrctlHeader],
  ['sys/random.h', sysRandomHeader],
  ['sys/resource.h', sysResourceHeader],
  ['sys/select.h', sysSelectHeader],
  ['sys/shm.h', sysShmHeader],
  ['sys/signal.h', sysSignalHeader],
  ['sys/stat.h', sysStatHeader],
  ['sys/syscall.h', sysSyscallHeader],
  ['sys/sysinfo.h', sysSysinfoHeader],
  ['sys/sysmacros.h', sysSysmacrosHeader],
  ['sys/time.h', sysTimeHeader],
  ['sys/times.h', sysTimesHeader],
  ['sys/ttydefaults.h', sysTtydefaultsHeader],
  ['sys/types.h', sysTypesHeader],
  ['sys/ucontext.h', sysUcontextHeader],
  ['sys/uio.h', sysUioHeader],
  ['sys/utsname.h', sysUtsnameHeader],
  ['sys/wait.h', sysWaitHeader],
  ['syscall.h', syscallHeader],
  ['termios.h', termiosHeader],
  ['tgmath.h', tgmathHeader],
  ['threads.h', threadsHeader],
  ['time.h', timeHeader],
  ['uchar.h', ucharHeader],
  ['ucontext.h', ucontextHeader],
  ['unistd.h', unistdHeader],
  ['values.h', valuesHeader],
  ['wchar.h', wcharHeader],
  ['wctype.h', wctypeHeader],
]);
