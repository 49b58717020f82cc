/**
 * Names of glibc 2.36 by the version that they came with.
 *
 * Source: .gnu.version_d of its libc.so.6 and libm.so.6. In what ships, `scripts/support/data-modules.mjs` puts a file in
 * this module's place, which is read when a program is linked.
 */

/**
 * Names, separated by blanks, by version. `i386` is where that port differs: it is older, and some interfaces changed
 * before x86-64 began.
 */
export const symbolVersionTables: Readonly<Record<'later' | 'i386', Readonly<Record<string, string>>>> = {
  later: {
    '2.3':
      '__ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc duplocale fgetxattr flistxattr freeifaddrs ' +
      'freelocale fremovexattr fsetxattr futimes getifaddrs getxattr isalnum_l isalpha_l isblank_l ' +
      'iscntrl_l isctype isdigit_l isgraph_l islower_l isprint_l ispunct_l isspace_l isupper_l iswalnum_l ' +
      'iswalpha_l iswblank_l iswcntrl_l iswctype_l iswdigit_l iswgraph_l iswlower_l iswprint_l iswpunct_l ' +
      'iswspace_l iswupper_l iswxdigit_l isxdigit_l lgetxattr listxattr llistxattr lremovexattr lsetxattr ' +
      'lutimes newlocale nl_langinfo_l readahead realpath removexattr sendfile64 setxattr strcasecmp_l ' +
      'strcoll_l strfmon_l strftime_l strncasecmp_l strtod_l strtof_l strtol_l strtold_l strtoul_l ' +
      'strxfrm_l tolower_l toupper_l towctrans_l towlower_l towupper_l uselocale wcscasecmp_l wcscoll_l ' +
      'wcsftime_l wcsncasecmp_l wcstod_l wcstof_l wcstol_l wcstold_l wcstoll_l wcstoul_l wcstoull_l ' +
      'wcsxfrm_l wctrans_l wctype_l',
    '2.3.2':
      'epoll_create epoll_ctl epoll_wait lchmod pthread_cond_broadcast pthread_cond_destroy ' +
      'pthread_cond_init pthread_cond_signal pthread_cond_timedwait pthread_cond_wait strptime_l',
    '2.3.3':
      'gnu_dev_major gnu_dev_makedev gnu_dev_minor nftw nftw64 remap_file_pages semtimedop strtoll_l ' +
      'strtoull_l',
    '2.3.4':
      'getipv4sourcefilter getsourcefilter regexec sched_getaffinity sched_setaffinity setipv4sourcefilter ' +
      'setsourcefilter',
    '2.4':
      '__stack_chk_fail eaccess faccessat fchmodat fchownat fdopendir futimesat inotify_add_watch ' +
      'inotify_init inotify_rm_watch linkat mkdirat mkfifoat open_wmemstream openat openat64 ppoll ' +
      'readlinkat renameat symlinkat unlinkat unshare',
    '2.5': 'splice tee vmsplice',
    '2.6': 'epoll_pwait futimens sched_getcpu strerror_l sync_file_range utimensat',
    '2.7':
      '__isoc99_fscanf __isoc99_scanf __isoc99_sscanf __isoc99_vfscanf __isoc99_vscanf __isoc99_vsscanf ' +
      'eventfd eventfd_read eventfd_write mkostemp mkostemp64 signalfd',
    '2.8': 'qsort_r timerfd_create timerfd_gettime timerfd_settime',
    '2.9': 'dup3 epoll_create1 inotify_init1 pipe2',
    '2.10':
      'accept4 endsgent fallocate fallocate64 fgetsgent fgetsgent_r getsgent getsgent_r getsgnam getsgnam_r ' +
      'malloc_info preadv preadv64 psiginfo putsgent pwritev pwritev64 register_printf_modifier ' +
      'register_printf_specifier register_printf_type setsgent sgetsgent sgetsgent_r',
    '2.11': 'execvpe mkostemps mkostemps64 mkstemps mkstemps64',
    '2.12': 'ntp_gettimex recvmmsg',
    '2.13': 'fanotify_init fanotify_mark prlimit prlimit64',
    '2.14': 'clock_adjtime memcpy name_to_handle_at open_by_handle_at sendmmsg setns syncfs',
    '2.15': 'posix_spawn posix_spawnp process_vm_readv process_vm_writev scandirat scandirat64',
    '2.16': 'aligned_alloc c16rtomb c32rtomb getauxval mbrtoc16 mbrtoc32 timespec_get',
    '2.17': 'clock_getcpuclockid clock_getres clock_gettime clock_nanosleep clock_settime secure_getenv',
    '2.22': 'fmemopen',
    '2.23': '__signgam fts64_children fts64_close fts64_open fts64_read fts64_set lgamma lgammaf lgammal',
    '2.24': 'nextdown nextdownf nextdownl nextup nextupf nextupl quick_exit',
    '2.25':
      'canonicalize canonicalizef canonicalizel explicit_bzero fegetmode fesetexcept fesetmode ' +
      'fetestexceptflag fmaxmag fmaxmagf fmaxmagl fminmag fminmagf fminmagl fromfp fromfpf fromfpl fromfpx ' +
      'fromfpxf fromfpxl getentropy getpayload getpayloadf getpayloadl getrandom llogb llogbf llogbl ' +
      'roundeven roundevenf roundevenl setpayload setpayloadf setpayloadl setpayloadsig setpayloadsigf ' +
      'setpayloadsigl strfromd strfromf strfroml ufromfp ufromfpf ufromfpl ufromfpx ufromfpxf ufromfpxl',
    '2.26': 'lgammaf128_r preadv2 preadv64v2 pwritev2 pwritev64v2 reallocarray strtof128_l wcstof128_l',
    '2.27':
      'copy_file_range exp2f expf glob glob64 lgammaf32_r lgammaf32x_r lgammaf64_r lgammaf64x_r log2f logf ' +
      'memfd_create mlock2 pkey_alloc pkey_free pkey_get pkey_mprotect pkey_set powf strtof32_l strtof32x_l ' +
      'strtof64_l strtof64x_l wcstof32_l wcstof32x_l wcstof64_l wcstof64x_l',
    '2.28':
      'daddl ddivl dmull dsubl fadd faddl fcntl64 fdiv fdivl fmul fmull fsub fsubl renameat2 statx ' +
      'thrd_current thrd_equal thrd_sleep thrd_yield',
    '2.29':
      'exp exp2 getcpu log log2 posix_spawn_file_actions_addchdir_np posix_spawn_file_actions_addfchdir_np ' +
      'pow',
    '2.30': 'getdents64 gettid tgkill twalk_r',
    '2.31': 'totalorder totalorderf totalorderl totalordermag totalordermagf totalordermagl',
    '2.32':
      'exp10f pthread_attr_getsigmask_np pthread_attr_setaffinity_np pthread_attr_setsigmask_np ' +
      'pthread_getaffinity_np pthread_getattr_np pthread_sigmask sigabbrev_np sigdescr_np strerrordesc_np ' +
      'strerrorname_np',
    '2.33': 'fstat fstat64 fstatat fstatat64 lstat lstat64 mallinfo2 mknod mknodat stat stat64',
    '2.34':
      '__libc_start_main aio_cancel aio_cancel64 aio_error aio_error64 aio_fsync aio_fsync64 aio_init ' +
      'aio_read aio_read64 aio_return aio_return64 aio_suspend aio_suspend64 aio_write aio_write64 ' +
      'call_once close_range closefrom cnd_broadcast cnd_destroy cnd_init cnd_signal cnd_timedwait cnd_wait ' +
      'dladdr dladdr1 dlclose dlerror dlinfo dlmopen dlopen dlsym dlvsym dn_comp dn_expand dn_skipname ' +
      'execveat forkpty gai_cancel gai_error gai_suspend getaddrinfo_a lio_listio lio_listio64 login ' +
      'login_tty logout logwtmp mq_close mq_getattr mq_notify mq_open mq_receive mq_send mq_setattr ' +
      'mq_timedreceive mq_timedsend mq_unlink mtx_destroy mtx_init mtx_lock mtx_timedlock mtx_trylock ' +
      'mtx_unlock openpty posix_spawn_file_actions_addclosefrom_np pthread_attr_getaffinity_np ' +
      'pthread_attr_getguardsize pthread_attr_getstack pthread_attr_getstackaddr pthread_attr_getstacksize ' +
      'pthread_attr_setguardsize pthread_attr_setstack pthread_attr_setstackaddr pthread_attr_setstacksize ' +
      'pthread_barrier_destroy pthread_barrier_init pthread_barrier_wait pthread_barrierattr_destroy ' +
      'pthread_barrierattr_getpshared pthread_barrierattr_init pthread_barrierattr_setpshared ' +
      'pthread_cancel pthread_clockjoin_np pthread_cond_clockwait pthread_condattr_getclock ' +
      'pthread_condattr_getpshared pthread_condattr_setclock pthread_condattr_setpshared pthread_create ' +
      'pthread_detach pthread_getattr_default_np pthread_getconcurrency pthread_getcpuclockid ' +
      'pthread_getname_np pthread_getspecific pthread_join pthread_key_create pthread_key_delete ' +
      'pthread_kill pthread_mutex_clocklock pthread_mutex_consistent pthread_mutex_getprioceiling ' +
      'pthread_mutex_setprioceiling pthread_mutex_timedlock pthread_mutex_trylock pthread_once ' +
      'pthread_rwlock_clockrdlock pthread_rwlock_clockwrlock pthread_rwlock_destroy pthread_rwlock_init ' +
      'pthread_rwlock_rdlock pthread_rwlock_timedrdlock pthread_rwlock_timedwrlock pthread_rwlock_tryrdlock ' +
      'pthread_rwlock_trywrlock pthread_rwlock_unlock pthread_rwlock_wrlock pthread_rwlockattr_destroy ' +
      'pthread_rwlockattr_getkind_np pthread_rwlockattr_getpshared pthread_rwlockattr_init ' +
      'pthread_rwlockattr_setkind_np pthread_rwlockattr_setpshared pthread_setaffinity_np ' +
      'pthread_setattr_default_np pthread_setconcurrency pthread_setname_np pthread_setschedprio ' +
      'pthread_setspecific pthread_sigqueue pthread_spin_destroy pthread_spin_init pthread_spin_lock ' +
      'pthread_spin_trylock pthread_spin_unlock pthread_testcancel pthread_timedjoin_np pthread_tryjoin_np ' +
      'sem_clockwait sem_close sem_destroy sem_getvalue sem_init sem_open sem_post sem_timedwait ' +
      'sem_trywait sem_unlink sem_wait shm_open shm_unlink thrd_create thrd_detach thrd_exit thrd_join ' +
      'timer_create timer_delete timer_getoverrun timer_gettime timer_settime timespec_getres tss_create ' +
      'tss_delete tss_get tss_set',
    '2.35':
      'dfmal dsqrtl epoll_pwait2 ffma ffmal fmaximum fmaximum_mag fmaximum_mag_num fmaximum_mag_numf ' +
      'fmaximum_mag_numl fmaximum_magf fmaximum_magl fmaximum_num fmaximum_numf fmaximum_numl fmaximumf ' +
      'fmaximuml fminimum fminimum_mag fminimum_mag_num fminimum_mag_numf fminimum_mag_numl fminimum_magf ' +
      'fminimum_magl fminimum_num fminimum_numf fminimum_numl fminimumf fminimuml fsqrt fsqrtl hypot hypotf ' +
      'posix_spawn_file_actions_addtcsetpgrp_np',
    '2.36':
      'arc4random arc4random_buf arc4random_uniform c8rtomb fsconfig fsmount fsopen fspick mbrtoc8 ' +
      'mount_setattr move_mount open_tree pidfd_getfd pidfd_open pidfd_send_signal process_madvise ' +
      'process_mrelease',
  },
  i386: {
    '2.0': 'memcpy',
    '2.1':
      'addseverity argp_err_exit_status argp_error argp_failure argp_help argp_parse ' +
      'argp_program_bug_address argp_program_version argp_program_version_hook argp_state_help argp_usage ' +
      'backtrace backtrace_symbols backtrace_symbols_fd cabs cabsf cabsl cacos cacosf cacosh cacoshf ' +
      'cacoshl cacosl capget capset carg cargf cargl casin casinf casinh casinhf casinhl casinl catan ' +
      'catanf catanh catanhf catanhl catanl ccos ccosf ccosh ccoshf ccoshl ccosl cexp cexpf cexpl chown ' +
      'cimag cimagf cimagl clog clog10 clog10f clog10l clogf clogl conj conjf conjl cpow cpowf cpowl cproj ' +
      'cprojf cprojl creal crealf creall creat64 csin csinf csinh csinhf csinhl csinl csqrt csqrtf csqrtl ' +
      'ctan ctanf ctanh ctanhf ctanhl ctanl endutxent exp10 exp10l exp2l fclose fdim fdimf fdiml fdopen ' +
      'fegetround feholdexcept fesetround fetestexcept ffsl ffsll fgetc_unlocked fgets_unlocked fma fmaf ' +
      'fmal fmax fmaxf fmaxl fmin fminf fminl fmtmsg fopen fopen64 fputs_unlocked fread_unlocked freopen64 ' +
      'fseeko fseeko64 fstatfs64 fstatvfs fstatvfs64 ftello ftello64 ftruncate64 ftw64 fwrite_unlocked ' +
      'gai_strerror getcontext getdate getdate_err getdate_r getnameinfo getpt getutxent getutxid ' +
      'getutxline globfree64 gnu_get_libc_release gnu_get_libc_version grantpt iconv iconv_close iconv_open ' +
      'if_freenameindex if_indextoname if_nameindex if_nametoindex in6addr_any in6addr_loopback iswblank ' +
      'llrint llrintf llrintl llround llroundf llroundl lockf64 log2l lrint lrintf lrintl lround lroundf ' +
      'lroundl lseek64 makecontext mempcpy mmap64 modify_ldt nan nanf nanl nearbyint nearbyintf nearbyintl ' +
      'nexttoward nexttowardf nexttowardl ntp_adjtime ntp_gettime open64 pclose popen pread pread64 ' +
      'printf_size printf_size_info pthread_attr_init ptsname ptsname_r putgrent pututxline pwrite pwrite64 ' +
      'rawmemchr remquo remquof remquol round roundf roundl scalbln scalblnf scalblnl sendfile setrlimit64 ' +
      'setutxent sighold sigignore sigqueue sigrelse sigset sigtimedwait sigwaitinfo sincos sincosf sincosl ' +
      'statfs64 statvfs statvfs64 strcasestr strtoimax strtoumax strverscmp swapcontext sysv_signal ' +
      'tcgetsid tdestroy tgamma tgammaf tgammal tmpfile tmpfile64 trunc truncate64 truncf truncl umount2 ' +
      'unlockpt updwtmpx utmpxname versionsort waitid wcscasecmp wcsncasecmp wcsnlen wcstoimax wcstoll ' +
      'wcstoull wcstoumax wcswcs wordexp wordfree',
    '2.1.1': '_Exit getutmp getutmpx imaxabs imaxdiv strchrnul',
    '2.1.2':
      '__vfork getaliasbyname_r getaliasent_r getgrent_r getgrgid_r getgrnam_r gethostbyaddr_r ' +
      'gethostbyname2_r gethostbyname_r gethostent_r getnetbyaddr_r getnetbyname_r getnetent_r ' +
      'getprotobyname_r getprotobynumber_r getprotoent_r getpwent_r getpwnam_r getpwuid_r getrpcbyname_r ' +
      'getrpcbynumber_r getrpcent_r getservbyname_r getservbyport_r getservent_r getspent_r getspnam_r',
    '2.1.3': '__cxa_atexit',
    '2.2':
      'alphasort64 bind_textdomain_codeset dcngettext dngettext feclearexcept fedisableexcept ' +
      'feenableexcept fegetenv fegetexcept fegetexceptflag feraiseexcept fesetenv fesetexceptflag ' +
      'feupdateenv fgetpos fgetpos64 fgetwc fgetwc_unlocked fgetws fgetws_unlocked fopencookie fputwc ' +
      'fputwc_unlocked fputws fputws_unlocked fsetpos fsetpos64 fwide fwprintf fwscanf getdirentries64 ' +
      'getloadavg getrlimit getrlimit64 getwc getwc_unlocked getwchar getwchar_unlocked iruserok_af ' +
      'localeconv mcheck_check_all mcheck_pedantic memrchr mincore mkdtemp mkstemp64 moncontrol msgctl ' +
      'ngettext posix_fadvise posix_fallocate posix_madvise posix_memalign ' +
      'posix_spawn_file_actions_addclose posix_spawn_file_actions_adddup2 posix_spawn_file_actions_addopen ' +
      'posix_spawn_file_actions_destroy posix_spawn_file_actions_init posix_spawnattr_destroy ' +
      'posix_spawnattr_getflags posix_spawnattr_getpgroup posix_spawnattr_getschedparam ' +
      'posix_spawnattr_getschedpolicy posix_spawnattr_getsigdefault posix_spawnattr_getsigmask ' +
      'posix_spawnattr_init posix_spawnattr_setflags posix_spawnattr_setpgroup ' +
      'posix_spawnattr_setschedparam posix_spawnattr_setschedpolicy posix_spawnattr_setsigdefault ' +
      'posix_spawnattr_setsigmask putwc putwc_unlocked putwchar putwchar_unlocked rcmd_af readdir64 ' +
      'readdir64_r rexec_af rresvport_af ruserok_af scandir64 semctl setrlimit shmctl swprintf swscanf ' +
      'ungetwc versionsort64 vfwprintf vfwscanf vswprintf vswscanf vwprintf vwscanf wcschrnul wcsftime ' +
      'wmempcpy wprintf wscanf',
    '2.2.1': 'pivot_root posix_openpt',
    '2.2.3': 'fnmatch sprofil',
    '2.2.4': 'dl_iterate_phdr getgrouplist sockatmark',
    '2.3': 'strtoll_l strtoull_l',
    '2.3.3': 'posix_fadvise64 posix_fallocate64',
    '2.3.4': 'vm86',
    '2.11': 'fallocate64',
    '2.28': 'fcntl',
  },
};
