/**
 * The system headers of glibc 2.36 and gcc 12, as our own texts.
 *
 * They hold declarations, types and constants, equal to the real ones for both targets: test/unit/core/libc compares
 * them where gcc and the headers of the C library are installed.
 */
import { allocaHeader } from './alloca.ts';
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
import { bitsKeyTHeader } from './bits-key-t.ts';
import { bitsLocaleTHeader } from './bits-locale-t.ts';
import { bitsMbstateTHeader } from './bits-mbstate-t.ts';
import { bitsModeTHeader } from './bits-mode-t.ts';
import { bitsNlinkTHeader } from './bits-nlink-t.ts';
import { bitsNullHeader } from './bits-null.ts';
import { bitsOff64THeader } from './bits-off64-t.ts';
import { bitsOffTHeader } from './bits-off-t.ts';
import { bitsPidTHeader } from './bits-pid-t.ts';
import { bitsPthreadtypesHeader } from './bits-pthreadtypes.ts';
import { bitsSigAtomicTHeader } from './bits-sig-atomic-t.ts';
import { bitsSigsetTHeader } from './bits-sigset-t.ts';
import { bitsSizeTHeader } from './bits-size-t.ts';
import { bitsSocklenTHeader } from './bits-socklen-t.ts';
import { bitsSsizeTHeader } from './bits-ssize-t.ts';
import { bitsSusecondsTHeader } from './bits-suseconds-t.ts';
import { bitsTimeTHeader } from './bits-time-t.ts';
import { bitsTimerTHeader } from './bits-timer-t.ts';
import { bitsTimespecHeader } from './bits-timespec.ts';
import { bitsTimevalHeader } from './bits-timeval.ts';
import { bitsTypesHeader } from './bits-types.ts';
import { bitsUidTHeader } from './bits-uid-t.ts';
import { bitsUsecondsTHeader } from './bits-useconds-t.ts';
import { bitsVaListHeader } from './bits-va-list.ts';
import { bitsWaitStatusHeader } from './bits-wait-status.ts';
import { bitsWcharTHeader } from './bits-wchar-t.ts';
import { bitsWintTHeader } from './bits-wint-t.ts';
import { byteswapHeader } from './byteswap.ts';
import { endianHeader } from './endian.ts';
import { featuresHeader } from './features.ts';
import { getoptHeader } from './getopt.ts';
import { limitsHeader } from './limits.ts';
import { linuxLimitsHeader } from './linux-limits.ts';
import { stdargHeader } from './stdarg.ts';
import { stdboolHeader } from './stdbool.ts';
import { stddefHeader } from './stddef.ts';
import { stdintHeader } from './stdint.ts';
import { stdioHeader } from './stdio.ts';
import { stdlibHeader } from './stdlib.ts';
import { stringHeader } from './string.ts';
import { stringsHeader } from './strings.ts';
import { sysCdefsHeader } from './sys-cdefs.ts';
import { sysSelectHeader } from './sys-select.ts';
import { sysTypesHeader } from './sys-types.ts';
import { unistdHeader } from './unistd.ts';

/** Texts by the name in the #include line. */
export const systemHeaders: ReadonlyMap<string, string> = new Map([
  ['alloca.h', allocaHeader],
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
  ['bits/key_t.h', bitsKeyTHeader],
  ['bits/locale_t.h', bitsLocaleTHeader],
  ['bits/mbstate_t.h', bitsMbstateTHeader],
  ['bits/mode_t.h', bitsModeTHeader],
  ['bits/nlink_t.h', bitsNlinkTHeader],
  ['bits/null.h', bitsNullHeader],
  ['bits/off64_t.h', bitsOff64THeader],
  ['bits/off_t.h', bitsOffTHeader],
  ['bits/pid_t.h', bitsPidTHeader],
  ['bits/pthreadtypes.h', bitsPthreadtypesHeader],
  ['bits/sig_atomic_t.h', bitsSigAtomicTHeader],
  ['bits/sigset_t.h', bitsSigsetTHeader],
  ['bits/size_t.h', bitsSizeTHeader],
  ['bits/socklen_t.h', bitsSocklenTHeader],
  ['bits/ssize_t.h', bitsSsizeTHeader],
  ['bits/suseconds_t.h', bitsSusecondsTHeader],
  ['bits/time_t.h', bitsTimeTHeader],
  ['bits/timer_t.h', bitsTimerTHeader],
  ['bits/timespec.h', bitsTimespecHeader],
  ['bits/timeval.h', bitsTimevalHeader],
  ['bits/types.h', bitsTypesHeader],
  ['bits/uid_t.h', bitsUidTHeader],
  ['bits/useconds_t.h', bitsUsecondsTHeader],
  ['bits/va_list.h', bitsVaListHeader],
  ['bits/wait-status.h', bitsWaitStatusHeader],
  ['bits/wchar_t.h', bitsWcharTHeader],
  ['bits/wint_t.h', bitsWintTHeader],
  ['byteswap.h', byteswapHeader],
  ['endian.h', endianHeader],
  ['features.h', featuresHeader],
  ['getopt.h', getoptHeader],
  ['limits.h', limitsHeader],
  ['linux/limits.h', linuxLimitsHeader],
  ['stdarg.h', stdargHeader],
  ['stdbool.h', stdboolHeader],
  ['stddef.h', stddefHeader],
  ['stdint.h', stdintHeader],
  ['stdio.h', stdioHeader],
  ['stdlib.h', stdlibHeader],
  ['string.h', stringHeader],
  ['strings.h', stringsHeader],
  ['sys/cdefs.h', sysCdefsHeader],
  ['sys/select.h', sysSelectHeader],
  ['sys/types.h', sysTypesHeader],
  ['unistd.h', unistdHeader],
]);
