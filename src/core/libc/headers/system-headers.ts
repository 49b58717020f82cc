/**
 * The system headers of glibc 2.36 and gcc 12, as our own texts.
 *
 * They hold declarations, types and constants, equal to the real ones for both targets: test/unit/core/libc compares
 * them where gcc and the headers of the C library are installed.
 */
import { aioHeader } from './aio.ts';
import { allocaHeader } from './alloca.ts';
import { argpHeader } from './argp.ts';
import { argzHeader } from './argz.ts';
import { arpaInetHeader } from './arpa-inet.ts';
import { asmBitsperlongHeader } from './asm-bitsperlong.ts';
import { asmGenericPosixTypesHeader } from './asm-generic-posix-types.ts';
import { asmIoctlsHeader } from './asm-ioctls.ts';
import { asmUnistd32Header, asmUnistd64Header, asmUnistdHeader } from './asm-unistd.ts';
import { assertHeader } from './assert.ts';
import { avx2intrinHeader } from './avx2intrin.ts';
import { avxintrinHeader } from './avxintrin.ts';
import { bitsAuxvHeader } from './bits-auxv.ts';
import { bitsByteswapHeader } from './bits-byteswap.ts';
import { bitsClockTHeader } from './bits-clock-t.ts';
import { bitsClockidTHeader } from './bits-clockid-t.ts';
import { bitsEndianHeader } from './bits-endian.ts';
import { bitsFileHeader } from './bits-file.ts';
import { bitsGetoptCoreHeader } from './bits-getopt-core.ts';
import { bitsGetoptPosixHeader } from './bits-getopt-posix.ts';
import { bitsIntnHeader } from './bits-intn.ts';
import { bitsIntptrTHeader } from './bits-intptr-t.ts';
import { bitsLocalLimHeader } from './bits-local-lim.ts';
import { bitsLocaleHeader } from './bits-locale.ts';
import { bitsLocaleTHeader } from './bits-locale-t.ts';
import { bitsMbstateTHeader } from './bits-mbstate-t.ts';
import { bitsNullHeader } from './bits-null.ts';
import { bitsPosix1LimHeader } from './bits-posix1-lim.ts';
import { bitsPosix2LimHeader } from './bits-posix2-lim.ts';
import { bitsPthreadStackMinDynamicHeader } from './bits-pthread-stack-min-dynamic.ts';
import { bitsPthreadtypesHeader } from './bits-pthreadtypes.ts';
import { bitsSetjmpHeader } from './bits-setjmp.ts';
import { bitsSigeventConstsHeader } from './bits-sigevent-consts.ts';
import { bitsSigeventTHeader } from './bits-sigevent-t.ts';
import { bitsSiginfoTHeader } from './bits-siginfo-t.ts';
import { bitsSigsetTHeader } from './bits-sigset-t.ts';
import { bitsSizeTHeader } from './bits-size-t.ts';
import { bitsSockaddrHeader } from './bits-sockaddr.ts';
import { bitsStackTHeader } from './bits-stack-t.ts';
import { bitsStatHeader } from './bits-stat.ts';
import { bitsStructIovecHeader } from './bits-struct-iovec.ts';
import { bitsStructItimerspecHeader } from './bits-struct-itimerspec.ts';
import { bitsStructJmpBufTagHeader } from './bits-struct-jmp-buf-tag.ts';
import { bitsStructRusageHeader } from './bits-struct-rusage.ts';
import { bitsStructStatHeader } from './bits-struct-stat.ts';
import { bitsStructTimespecHeader } from './bits-struct-timespec.ts';
import { bitsStructTimevalHeader } from './bits-struct-timeval.ts';
import { bitsTagFileHeader } from './bits-tag-file.ts';
import { bitsTagMbstateTHeader } from './bits-tag-mbstate-t.ts';
import { bitsTagSigsetTHeader } from './bits-tag-sigset-t.ts';
import { bitsTagSigvalTHeader } from './bits-tag-sigval-t.ts';
import { bitsThreadSharedTypesHeader } from './bits-thread-shared-types.ts';
import { bitsTimeTHeader } from './bits-time-t.ts';
import { bitsTimerTHeader } from './bits-timer-t.ts';
import { bitsTimexHeader } from './bits-timex.ts';
import { bitsTypesHeader } from './bits-types.ts';
import { bitsUioLimHeader } from './bits-uio-lim.ts';
import { bitsVaListHeader } from './bits-va-list.ts';
import { bitsWaitflagsHeader } from './bits-waitflags.ts';
import { bitsWaitstatusHeader } from './bits-waitstatus.ts';
import { bitsWcharTHeader } from './bits-wchar-t.ts';
import { bitsWctypeWcharHeader } from './bits-wctype-wchar.ts';
import { bitsWintTHeader } from './bits-wint-t.ts';
import { bitsXopenLimHeader } from './bits-xopen-lim.ts';
import { byteswapHeader } from './byteswap.ts';
import { complexHeader } from './complex.ts';
import { cpioHeader } from './cpio.ts';
import { cryptHeader } from './crypt.ts';
import { ctypeHeader } from './ctype.ts';
import { direntHeader } from './dirent.ts';
import { dlfcnHeader } from './dlfcn.ts';
import { elfHeader } from './elf.ts';
import { emmintrinHeader } from './emmintrin.ts';
import { endianHeader } from './endian.ts';
import { envzHeader } from './envz.ts';
import { errHeader } from './err.ts';
import { errnoHeader } from './errno.ts';
import { errorHeader } from './error.ts';
import { execinfoHeader } from './execinfo.ts';
import { f16cintrinHeader } from './f16cintrin.ts';
import { fcntlHeader } from './fcntl.ts';
import { featuresHeader } from './features.ts';
import { fenvHeader } from './fenv.ts';
import { floatHeader } from './float.ts';
import { fmaintrinHeader } from './fmaintrin.ts';
import { fmtmsgHeader } from './fmtmsg.ts';
import { fnmatchHeader } from './fnmatch.ts';
import { fstabHeader } from './fstab.ts';
import { ftsHeader } from './fts.ts';
import { ftwHeader } from './ftw.ts';
import { getoptHeader } from './getopt.ts';
import { globHeader } from './glob.ts';
import { gnuLibcVersionHeader } from './gnu-libc-version.ts';
import { grpHeader } from './grp.ts';
import { iconvHeader } from './iconv.ts';
import { ifaddrsHeader } from './ifaddrs.ts';
import { immintrinHeader, mmMallocHeader, nmmintrinHeader, x86intrinHeader } from './immintrin.ts';
import { inttypesHeader } from './inttypes.ts';
import { iso646Header } from './iso646.ts';
import { langinfoHeader } from './langinfo.ts';
import { libgenHeader } from './libgen.ts';
import { libintlHeader } from './libintl.ts';
import { limitsHeader } from './limits.ts';
import { linkHeader } from './link.ts';
import { linuxErrqueueHeader } from './linux-errqueue.ts';
import { linuxIfEtherHeader } from './linux-if-ether.ts';
import { linuxLimitsHeader } from './linux-limits.ts';
import { linuxPosixTypesHeader } from './linux-posix-types.ts';
import { linuxTimeTypesHeader } from './linux-time-types.ts';
import { linuxTypesHeader } from './linux-types.ts';
import { localeHeader } from './locale.ts';
import { mallocHeader } from './malloc.ts';
import { mathHeader } from './math.ts';
import { mcheckHeader } from './mcheck.ts';
import { memoryHeader } from './memory.ts';
import { mmintrinHeader } from './mmintrin.ts';
import { mntentHeader } from './mntent.ts';
import { monetaryHeader } from './monetary.ts';
import { mqueueHeader } from './mqueue.ts';
import { netEthernetHeader } from './net-ethernet.ts';
import { netIfHeader } from './net-if.ts';
import { netIfArpHeader } from './net-if-arp.ts';
import { netRouteHeader } from './net-route.ts';
import { netdbHeader } from './netdb.ts';
import { netinetEtherHeader } from './netinet-ether.ts';
import { netinetIfEtherHeader } from './netinet-if-ether.ts';
import { netinetInHeader } from './netinet-in.ts';
import { netinetInSystmHeader } from './netinet-in-systm.ts';
import { netinetIpHeader } from './netinet-ip.ts';
import { netinetIpIcmpHeader } from './netinet-ip-icmp.ts';
import { netinetTcpHeader } from './netinet-tcp.ts';
import { netinetUdpHeader } from './netinet-udp.ts';
import { netpacketPacketHeader } from './netpacket-packet.ts';
import { nlTypesHeader } from './nl-types.ts';
import { obstackHeader } from './obstack.ts';
import { pathsHeader } from './paths.ts';
import { pmmintrinHeader } from './pmmintrin.ts';
import { pollHeader } from './poll.ts';
import { printfHeader } from './printf.ts';
import { pthreadHeader } from './pthread.ts';
import { ptyHeader } from './pty.ts';
import { pwdHeader } from './pwd.ts';
import { reCompHeader } from './re-comp.ts';
import { regexHeader } from './regex.ts';
import { schedHeader } from './sched.ts';
import { searchHeader } from './search.ts';
import { semaphoreHeader } from './semaphore.ts';
import { setjmpHeader } from './setjmp.ts';
import { sgttyHeader } from './sgtty.ts';
import { shadowHeader } from './shadow.ts';
import { shaintrinHeader } from './shaintrin.ts';
import { signalHeader } from './signal.ts';
import { smmintrinHeader } from './smmintrin.ts';
import { spawnHeader } from './spawn.ts';
import { stdalignHeader } from './stdalign.ts';
import { stdargHeader } from './stdarg.ts';
import { stdatomicHeader } from './stdatomic.ts';
import { stdboolHeader } from './stdbool.ts';
import { stddefHeader } from './stddef.ts';
import { stdintHeader } from './stdint.ts';
import { stdioHeader } from './stdio.ts';
import { stdioExtHeader } from './stdio-ext.ts';
import { stdlibHeader } from './stdlib.ts';
import { stdnoreturnHeader } from './stdnoreturn.ts';
import { stringHeader } from './string.ts';
import { stringsHeader } from './strings.ts';
import { sysAcctHeader } from './sys-acct.ts';
import { sysAuxvHeader } from './sys-auxv.ts';
import { sysCdefsHeader } from './sys-cdefs.ts';
import { sysDirHeader } from './sys-dir.ts';
import { sysEpollHeader } from './sys-epoll.ts';
import { sysErrnoHeader } from './sys-errno.ts';
import { sysEventfdHeader } from './sys-eventfd.ts';
import { sysFanotifyHeader } from './sys-fanotify.ts';
import { sysFcntlHeader } from './sys-fcntl.ts';
import { sysFileHeader } from './sys-file.ts';
import { sysFsuidHeader } from './sys-fsuid.ts';
import { sysInotifyHeader } from './sys-inotify.ts';
import { sysIoctlHeader } from './sys-ioctl.ts';
import { sysIpcHeader } from './sys-ipc.ts';
import { sysKlogHeader } from './sys-klog.ts';
import { sysMmanHeader } from './sys-mman.ts';
import { sysMountHeader } from './sys-mount.ts';
import { sysMsgHeader } from './sys-msg.ts';
import { sysParamHeader } from './sys-param.ts';
import { sysPersonalityHeader } from './sys-personality.ts';
import { sysPidfdHeader } from './sys-pidfd.ts';
import { sysPollHeader } from './sys-poll.ts';
import { sysPrctlHeader } from './sys-prctl.ts';
import { sysPtraceHeader } from './sys-ptrace.ts';
import { sysQueueHeader } from './sys-queue.ts';
import { sysQuotaHeader } from './sys-quota.ts';
import { sysRandomHeader } from './sys-random.ts';
import { sysRebootHeader } from './sys-reboot.ts';
import { sysRegHeader } from './sys-reg.ts';
import { sysResourceHeader } from './sys-resource.ts';
import { sysSelectHeader } from './sys-select.ts';
import { sysSemHeader } from './sys-sem.ts';
import { sysSendfileHeader } from './sys-sendfile.ts';
import { sysShmHeader } from './sys-shm.ts';
import { sysSignalHeader } from './sys-signal.ts';
import { sysSignalfdHeader } from './sys-signalfd.ts';
import { sysSocketHeader } from './sys-socket.ts';
import { sysStatHeader } from './sys-stat.ts';
import { sysStatfsHeader } from './sys-statfs.ts';
import { sysStatvfsHeader } from './sys-statvfs.ts';
import { sysSwapHeader } from './sys-swap.ts';
import { sysSyscallHeader } from './sys-syscall.ts';
import { sysSysinfoHeader } from './sys-sysinfo.ts';
import { sysSyslogHeader } from './sys-syslog.ts';
import { sysSysmacrosHeader } from './sys-sysmacros.ts';
import { sysTermiosHeader } from './sys-termios.ts';
import { sysTimeHeader } from './sys-time.ts';
import { sysTimebHeader } from './sys-timeb.ts';
import { sysTimerfdHeader } from './sys-timerfd.ts';
import { sysTimesHeader } from './sys-times.ts';
import { sysTimexHeader } from './sys-timex.ts';
import { sysTtydefaultsHeader } from './sys-ttydefaults.ts';
import { sysTypesHeader } from './sys-types.ts';
import { sysUcontextHeader } from './sys-ucontext.ts';
import { sysUioHeader } from './sys-uio.ts';
import { sysUnHeader } from './sys-un.ts';
import { sysUnistdHeader } from './sys-unistd.ts';
import { sysUserHeader } from './sys-user.ts';
import { sysUtsnameHeader } from './sys-utsname.ts';
import { sysVfsHeader } from './sys-vfs.ts';
import { sysWaitHeader } from './sys-wait.ts';
import { sysXattrHeader } from './sys-xattr.ts';
import { syscallHeader } from './syscall.ts';
import { sysexitsHeader } from './sysexits.ts';
import { syslogHeader } from './syslog.ts';
import { tarHeader } from './tar.ts';
import { termioHeader } from './termio.ts';
import { termiosHeader } from './termios.ts';
import { tgmathHeader } from './tgmath.ts';
import { threadsHeader } from './threads.ts';
import { timeHeader } from './time.ts';
import { tmmintrinHeader } from './tmmintrin.ts';
import { ucharHeader } from './uchar.ts';
import { ucontextHeader } from './ucontext.ts';
import { ulimitHeader } from './ulimit.ts';
import { unistdHeader } from './unistd.ts';
import { utimeHeader } from './utime.ts';
import { utmpHeader } from './utmp.ts';
import { utmpxHeader } from './utmpx.ts';
import { valuesHeader } from './values.ts';
import { waitHeader } from './wait.ts';
import { wcharHeader } from './wchar.ts';
import { wctypeHeader } from './wctype.ts';
import { wmmintrinHeader } from './wmmintrin.ts';
import { wordexpHeader } from './wordexp.ts';
import { x86gprintrinHeader } from './x86gprintrin.ts';
import { xmmintrinHeader } from './xmmintrin.ts';

/** Texts by the name in the #include line. */
export const systemHeaders: ReadonlyMap<string, string> = new Map([
  ['aio.h', aioHeader],
  ['alloca.h', allocaHeader],
  ['argp.h', argpHeader],
  ['argz.h', argzHeader],
  ['arpa/inet.h', arpaInetHeader],
  ['asm-generic/posix_types.h', asmGenericPosixTypesHeader],
  ['asm/bitsperlong.h', asmBitsperlongHeader],
  ['asm/ioctls.h', asmIoctlsHeader],
  ['asm/unistd.h', asmUnistdHeader],
  ['asm/unistd_32.h', asmUnistd32Header],
  ['asm/unistd_64.h', asmUnistd64Header],
  ['assert.h', assertHeader],
  ['avx2intrin.h', avx2intrinHeader],
  ['avxintrin.h', avxintrinHeader],
  ['bits/FILE.h', bitsFileHeader],
  ['bits/__FILE.h', bitsTagFileHeader],
  ['bits/__mbstate_t.h', bitsTagMbstateTHeader],
  ['bits/__sigset_t.h', bitsTagSigsetTHeader],
  ['bits/__sigval_t.h', bitsTagSigvalTHeader],
  ['bits/auxv.h', bitsAuxvHeader],
  ['bits/byteswap.h', bitsByteswapHeader],
  ['bits/clock_t.h', bitsClockTHeader],
  ['bits/clockid_t.h', bitsClockidTHeader],
  ['bits/endian.h', bitsEndianHeader],
  ['bits/getopt_core.h', bitsGetoptCoreHeader],
  ['bits/getopt_posix.h', bitsGetoptPosixHeader],
  ['bits/intn.h', bitsIntnHeader],
  ['bits/intptr_t.h', bitsIntptrTHeader],
  ['bits/local_lim.h', bitsLocalLimHeader],
  ['bits/locale.h', bitsLocaleHeader],
  ['bits/locale_t.h', bitsLocaleTHeader],
  ['bits/mbstate_t.h', bitsMbstateTHeader],
  ['bits/null.h', bitsNullHeader],
  ['bits/posix1_lim.h', bitsPosix1LimHeader],
  ['bits/posix2_lim.h', bitsPosix2LimHeader],
  ['bits/pthread_stack_min-dynamic.h', bitsPthreadStackMinDynamicHeader],
  ['bits/pthreadtypes.h', bitsPthreadtypesHeader],
  ['bits/setjmp.h', bitsSetjmpHeader],
  ['bits/sigevent-consts.h', bitsSigeventConstsHeader],
  ['bits/sigevent_t.h', bitsSigeventTHeader],
  ['bits/siginfo_t.h', bitsSiginfoTHeader],
  ['bits/sigset_t.h', bitsSigsetTHeader],
  ['bits/size_t.h', bitsSizeTHeader],
  ['bits/sockaddr.h', bitsSockaddrHeader],
  ['bits/stack_t.h', bitsStackTHeader],
  ['bits/stat.h', bitsStatHeader],
  ['bits/struct___jmp_buf_tag.h', bitsStructJmpBufTagHeader],
  ['bits/struct_iovec.h', bitsStructIovecHeader],
  ['bits/struct_itimerspec.h', bitsStructItimerspecHeader],
  ['bits/struct_rusage.h', bitsStructRusageHeader],
  ['bits/struct_stat.h', bitsStructStatHeader],
  ['bits/struct_timespec.h', bitsStructTimespecHeader],
  ['bits/struct_timeval.h', bitsStructTimevalHeader],
  ['bits/thread-shared-types.h', bitsThreadSharedTypesHeader],
  ['bits/time_t.h', bitsTimeTHeader],
  ['bits/timer_t.h', bitsTimerTHeader],
  ['bits/timex.h', bitsTimexHeader],
  ['bits/types.h', bitsTypesHeader],
  ['bits/uio_lim.h', bitsUioLimHeader],
  ['bits/va_list.h', bitsVaListHeader],
  ['bits/waitflags.h', bitsWaitflagsHeader],
  ['bits/waitstatus.h', bitsWaitstatusHeader],
  ['bits/wchar_t.h', bitsWcharTHeader],
  ['bits/wctype-wchar.h', bitsWctypeWcharHeader],
  ['bits/wint_t.h', bitsWintTHeader],
  ['bits/xopen_lim.h', bitsXopenLimHeader],
  ['byteswap.h', byteswapHeader],
  ['complex.h', complexHeader],
  ['cpio.h', cpioHeader],
  ['crypt.h', cryptHeader],
  ['ctype.h', ctypeHeader],
  ['dirent.h', direntHeader],
  ['dlfcn.h', dlfcnHeader],
  ['elf.h', elfHeader],
  ['emmintrin.h', emmintrinHeader],
  ['endian.h', endianHeader],
  ['envz.h', envzHeader],
  ['err.h', errHeader],
  ['errno.h', errnoHeader],
  ['error.h', errorHeader],
  ['execinfo.h', execinfoHeader],
  ['f16cintrin.h', f16cintrinHeader],
  ['fcntl.h', fcntlHeader],
  ['features.h', featuresHeader],
  ['fenv.h', fenvHeader],
  ['float.h', floatHeader],
  ['fmaintrin.h', fmaintrinHeader],
  ['fmtmsg.h', fmtmsgHeader],
  ['fnmatch.h', fnmatchHeader],
  ['fstab.h', fstabHeader],
  ['fts.h', ftsHeader],
  ['ftw.h', ftwHeader],
  ['getopt.h', getoptHeader],
  ['glob.h', globHeader],
  ['gnu/libc-version.h', gnuLibcVersionHeader],
  ['grp.h', grpHeader],
  ['iconv.h', iconvHeader],
  ['ifaddrs.h', ifaddrsHeader],
  ['immintrin.h', immintrinHeader],
  ['inttypes.h', inttypesHeader],
  ['iso646.h', iso646Header],
  ['langinfo.h', langinfoHeader],
  ['libgen.h', libgenHeader],
  ['libintl.h', libintlHeader],
  ['limits.h', limitsHeader],
  ['link.h', linkHeader],
  ['linux/errqueue.h', linuxErrqueueHeader],
  ['linux/if_ether.h', linuxIfEtherHeader],
  ['linux/limits.h', linuxLimitsHeader],
  ['linux/posix_types.h', linuxPosixTypesHeader],
  ['linux/time_types.h', linuxTimeTypesHeader],
  ['linux/types.h', linuxTypesHeader],
  ['locale.h', localeHeader],
  ['malloc.h', mallocHeader],
  ['math.h', mathHeader],
  ['mcheck.h', mcheckHeader],
  ['memory.h', memoryHeader],
  ['mm_malloc.h', mmMallocHeader],
  ['mmintrin.h', mmintrinHeader],
  ['mntent.h', mntentHeader],
  ['monetary.h', monetaryHeader],
  ['mqueue.h', mqueueHeader],
  ['net/ethernet.h', netEthernetHeader],
  ['net/if.h', netIfHeader],
  ['net/if_arp.h', netIfArpHeader],
  ['net/route.h', netRouteHeader],
  ['netdb.h', netdbHeader],
  ['netinet/ether.h', netinetEtherHeader],
  ['netinet/if_ether.h', netinetIfEtherHeader],
  ['netinet/in.h', netinetInHeader],
  ['netinet/in_systm.h', netinetInSystmHeader],
  ['netinet/ip.h', netinetIpHeader],
  ['netinet/ip_icmp.h', netinetIpIcmpHeader],
  ['netinet/tcp.h', netinetTcpHeader],
  ['netinet/udp.h', netinetUdpHeader],
  ['netpacket/packet.h', netpacketPacketHeader],
  ['nl_types.h', nlTypesHeader],
  ['nmmintrin.h', nmmintrinHeader],
  ['obstack.h', obstackHeader],
  ['paths.h', pathsHeader],
  ['pmmintrin.h', pmmintrinHeader],
  ['poll.h', pollHeader],
  ['printf.h', printfHeader],
  ['pthread.h', pthreadHeader],
  ['pty.h', ptyHeader],
  ['pwd.h', pwdHeader],
  ['re_comp.h', reCompHeader],
  ['regex.h', regexHeader],
  ['sched.h', schedHeader],
  ['search.h', searchHeader],
  ['semaphore.h', semaphoreHeader],
  ['setjmp.h', setjmpHeader],
  ['sgtty.h', sgttyHeader],
  ['shadow.h', shadowHeader],
  ['shaintrin.h', shaintrinHeader],
  ['signal.h', signalHeader],
  ['smmintrin.h', smmintrinHeader],
  ['spawn.h', spawnHeader],
  ['stdalign.h', stdalignHeader],
  ['stdarg.h', stdargHeader],
  ['stdatomic.h', stdatomicHeader],
  ['stdbool.h', stdboolHeader],
  ['stddef.h', stddefHeader],
  ['stdint.h', stdintHeader],
  ['stdio.h', stdioHeader],
  ['stdio_ext.h', stdioExtHeader],
  ['stdlib.h', stdlibHeader],
  ['stdnoreturn.h', stdnoreturnHeader],
  ['string.h', stringHeader],
  ['strings.h', stringsHeader],
  ['sys/acct.h', sysAcctHeader],
  ['sys/auxv.h', sysAuxvHeader],
  ['sys/cdefs.h', sysCdefsHeader],
  ['sys/dir.h', sysDirHeader],
  ['sys/epoll.h', sysEpollHeader],
  ['sys/errno.h', sysErrnoHeader],
  ['sys/eventfd.h', sysEventfdHeader],
  ['sys/fanotify.h', sysFanotifyHeader],
  ['sys/fcntl.h', sysFcntlHeader],
  ['sys/file.h', sysFileHeader],
  ['sys/fsuid.h', sysFsuidHeader],
  ['sys/inotify.h', sysInotifyHeader],
  ['sys/ioctl.h', sysIoctlHeader],
  ['sys/ipc.h', sysIpcHeader],
  ['sys/klog.h', sysKlogHeader],
  ['sys/mman.h', sysMmanHeader],
  ['sys/mount.h', sysMountHeader],
  ['sys/msg.h', sysMsgHeader],
  ['sys/param.h', sysParamHeader],
  ['sys/personality.h', sysPersonalityHeader],
  ['sys/pidfd.h', sysPidfdHeader],
  ['sys/poll.h', sysPollHeader],
  ['sys/prctl.h', sysPrctlHeader],
  ['sys/ptrace.h', sysPtraceHeader],
  ['sys/queue.h', sysQueueHeader],
  ['sys/quota.h', sysQuotaHeader],
  ['sys/random.h', sysRandomHeader],
  ['sys/reboot.h', sysRebootHeader],
  ['sys/reg.h', sysRegHeader],
  ['sys/resource.h', sysResourceHeader],
  ['sys/select.h', sysSelectHeader],
  ['sys/sem.h', sysSemHeader],
  ['sys/sendfile.h', sysSendfileHeader],
  ['sys/shm.h', sysShmHeader],
  ['sys/signal.h', sysSignalHeader],
  ['sys/signalfd.h', sysSignalfdHeader],
  ['sys/socket.h', sysSocketHeader],
  ['sys/stat.h', sysStatHeader],
  ['sys/statfs.h', sysStatfsHeader],
  ['sys/statvfs.h', sysStatvfsHeader],
  ['sys/swap.h', sysSwapHeader],
  ['sys/syscall.h', sysSyscallHeader],
  ['sys/sysinfo.h', sysSysinfoHeader],
  ['sys/syslog.h', sysSyslogHeader],
  ['sys/sysmacros.h', sysSysmacrosHeader],
  ['sys/termios.h', sysTermiosHeader],
  ['sys/time.h', sysTimeHeader],
  ['sys/timeb.h', sysTimebHeader],
  ['sys/timerfd.h', sysTimerfdHeader],
  ['sys/times.h', sysTimesHeader],
  ['sys/timex.h', sysTimexHeader],
  ['sys/ttydefaults.h', sysTtydefaultsHeader],
  ['sys/types.h', sysTypesHeader],
  ['sys/ucontext.h', sysUcontextHeader],
  ['sys/uio.h', sysUioHeader],
  ['sys/un.h', sysUnHeader],
  ['sys/unistd.h', sysUnistdHeader],
  ['sys/user.h', sysUserHeader],
  ['sys/utsname.h', sysUtsnameHeader],
  ['sys/vfs.h', sysVfsHeader],
  ['sys/wait.h', sysWaitHeader],
  ['sys/xattr.h', sysXattrHeader],
  ['syscall.h', syscallHeader],
  ['sysexits.h', sysexitsHeader],
  ['syslog.h', syslogHeader],
  ['tar.h', tarHeader],
  ['termio.h', termioHeader],
  ['termios.h', termiosHeader],
  ['tgmath.h', tgmathHeader],
  ['threads.h', threadsHeader],
  ['time.h', timeHeader],
  ['tmmintrin.h', tmmintrinHeader],
  ['uchar.h', ucharHeader],
  ['ucontext.h', ucontextHeader],
  ['ulimit.h', ulimitHeader],
  ['unistd.h', unistdHeader],
  ['utime.h', utimeHeader],
  ['utmp.h', utmpHeader],
  ['utmpx.h', utmpxHeader],
  ['values.h', valuesHeader],
  ['wait.h', waitHeader],
  ['wchar.h', wcharHeader],
  ['wctype.h', wctypeHeader],
  ['wmmintrin.h', wmmintrinHeader],
  ['wordexp.h', wordexpHeader],
  ['x86gprintrin.h', x86gprintrinHeader],
  ['x86intrin.h', x86intrinHeader],
  ['xmmintrin.h', xmmintrinHeader],
]);
