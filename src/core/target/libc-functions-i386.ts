/**
 * Where the functions of the i386 port of libc lie: names and offsets (hexadecimal) from its load address.
 *
 * Source: dynamic symbol table of Debian's glibc 2.36-9+deb12u14, i386 (libc6-i386; `nm -D`), the default version of each name.
 */
export const libcFunctionsI386 = `
_Exit=dfa20 _Fork=df980 __argz_count=9c020 __argz_next=9c3e0 __argz_stringify=9c860 __asprintf=538d0 __assert=314b0
__assert_fail=31630 __assert_perror_fail=31670 __cmsg_nxthdr=125c00 __ctype_b_loc=31ba0 __ctype_get_mb_cur_max=30980
__ctype_tolower_loc=31be0 __ctype_toupper_loc=31bc0 __dcgettext=321f0 __dgettext=32210 __errno_location=23b50
__fbufsize=7c8c0 __flbf=7c950 __fpending=7c9d0 __fpurge=7c960 __freadable=7c930 __freading=7c8f0 __fsetlocking=7ca00
__fwritable=7c940 __fwriting=7c920 __getdelim=74070 __getpagesize=118aa0 __getpgid=e0cd0 __h_errno_location=133890
__isoc99_fscanf=53bb0 __isoc99_fwscanf=c5ee0 __isoc99_scanf=53bd0 __isoc99_sscanf=53c00 __isoc99_swscanf=c5f20
__isoc99_vfscanf=53ca0 __isoc99_vfwscanf=c5f00 __isoc99_vscanf=53cc0 __isoc99_vsscanf=53cf0 __isoc99_vswscanf=c5fd0
__isoc99_vwscanf=c5eb0 __isoc99_wscanf=c5e80 __libc_current_sigrtmax=39e20 __libc_current_sigrtmin=39e00
__mbrlen=b74d0 __memcmpeq=18ac50 __mempcpy=178990 __overflow=80bc0 __pthread_register_cancel=83fc0
__pthread_register_cancel_defer=84050 __pthread_unregister_cancel=83fe0 __pthread_unregister_cancel_restore=840a0
__pthread_unwind_next=91360 __sched_cpualloc=1063d0 __sched_cpucount=106380 __sched_cpufree=106400 __signbit=37bb0
__signbitf=37e30 __signbitl=378a0 __sigsetjmp=38d60 __stpcpy=ad810 __stpncpy=ade20 __strtok_r=a0c50 __sysconf=e19a0
__sysv_signal=39c40 __tolower_l=31b50 __toupper_l=31b60 __uflow=80e20 __xpg_basename=4c9f0 __xpg_sigpause=39730
_dl_find_object=16c980 _dl_mcount_wrapper_check=16c4c0 _exit=dfa20 _flushlbf=82160 _longjmp=38e70 _obstack_begin=9b240
_obstack_begin_1=9b2f0 _obstack_memory_used=9b5c0 _obstack_newchunk=9b3b0 _setjmp=38e30 _tolower=31950 _toupper=31980
a64l=3a500 abort=2217d abs=3a550 accept=1246f0 accept4=1255b0 access=10b5d0 acct=119430 addmntent=11a730
addseverity=3c6a0 adjtime=cdb00 adjtimex=121370 aio_cancel=91de0 aio_cancel64=91de0 aio_error=91fc0 aio_error64=91fc0
aio_fsync=92000 aio_fsync64=92000 aio_init=92830 aio_read=93050 aio_read64=93070 aio_return=93090 aio_return64=93090
aio_suspend=93660 aio_suspend64=93660 aio_write=936d0 aio_write64=936f0 alarm=df2a0 aligned_alloc=9a2b0
alphasort=da7e0 alphasort64=db130 arc4random=3a7d0 arc4random_buf=3a7b0 arc4random_uniform=3a810 argp_error=12fb40
argp_failure=12e680 argp_help=12f990 argp_parse=1300b0 argp_state_help=12f9b0 argp_usage=130ee0 argz_add=9bfa0
argz_add_sep=9be70 argz_append=9bf30 argz_count=9c020 argz_create=9c060 argz_create_sep=9c120 argz_delete=9c200
argz_extract=9c290 argz_insert=9c2d0 argz_next=9c3e0 argz_replace=9c4c0 argz_stringify=9c860 asctime=cc450
asctime_r=cc430 asprintf=538d0 atof=3a9f0 atoi=3aa10 atol=3aa30 atoll=3aa50 backtrace=131030 backtrace_symbols=131180
backtrace_symbols_fd=131450 basename=9c8b0 bcmp=18ac50 bcopy=9c8d0 bind=124790 bind_textdomain_codeset=321b0
bindresvport=13ab70 bindtextdomain=32170 brk=1179c0 bsearch=3aa70 btowc=b71e0 bzero=9c8f0 c16rtomb=c6710
c32rtomb=c6800 c8rtomb=c6270 call_once=91490 calloc=9a440 canonicalize_file_name=3b2b0 catclose=36c00 catgets=36b60
catopen=36980 cfgetispeed=116ad0 cfgetospeed=116ac0 cfmakeraw=117110 cfree=99bf0 cfsetispeed=116b40 cfsetospeed=116af0
cfsetspeed=116bc0 chdir=10c250 chmod=10ab80 chown=10cc10 chroot=119450 clearenv=3ed50 clearerr=7ab60
clearerr_unlocked=7d640 clock=cc470 clock_adjtime=122c00 clock_getcpuclockid=d9000 clock_getres=d9170
clock_gettime=d92f0 clock_nanosleep=d9790 clock_settime=d94b0 clone=1215a0 close=10bfd0 close_range=115d70
closedir=da3b0 closefrom=115d10 closelog=11c560 cnd_broadcast=914a0 cnd_destroy=91500 cnd_init=91510 cnd_signal=91570
cnd_timedwait=91630 cnd_wait=916d0 confstr=fb080 connect=124830 copy_file_range=112e10 copysign=379d0 copysignf=37cc0
copysignl=37690 creat=10c180 creat64=10c230 ctermid=538f0 ctime=cc500 ctime_r=cc5a0 cuserid=53920 daemon=11c6e0
dcgettext=321f0 dcngettext=335f0 dgettext=32210 difftime=cc620 dirfd=dabc0 dirname=11f320 div=3b850
dl_iterate_phdr=16be20 dladdr=830c0 dladdr1=83100 dlclose=83180 dlerror=831d0 dlinfo=83720 dlmopen=838d0 dlopen=83a40
dlsym=83b00 dlvsym=83be0 dngettext=33620 dprintf=539d0 drand48=3b870 drand48_r=3b960 dup=10c080 dup2=10c0a0
dup3=10c0d0 duplocale=310c0 dysize=d04e0 eaccess=10b620 ecvt=11cd00 ecvt_r=11d010 endfsent=11a0e0 endgrent=dc8f0
endhostent=134ed0 endmntent=11a700 endnetent=1358f0 endnetgrent=13b2d0 endprotoent=136340 endpwent=de2b0
endrpcent=137960 endservent=137370 endspent=12a020 endusershell=11b7e0 endutent=169330 endutxent=16b630 envz_add=9caa0
envz_entry=9c920 envz_get=9ca10 envz_merge=9cbc0 envz_remove=9ca50 envz_strip=9cc90 epoll_create=123b60
epoll_create1=123b80 epoll_ctl=123ba0 epoll_pwait=121720 epoll_pwait2=121940 epoll_wait=121d30 erand48=3b980
erand48_r=3b9d0 err=11e910 error=11eb40 error_at_line=11ecc0 errx=11e930 ether_aton=137fc0 ether_aton_r=137ff0
ether_hostton=138120 ether_line=138230 ether_ntoa=138400 ether_ntoa_r=138430 ether_ntohost=138480 euidaccess=10b620
eventfd=121ad0 eventfd_read=121b00 eventfd_write=121b30 execl=e04b0 execle=e03d0 execlp=e05c0 execv=e03a0 execve=e0240
execveat=106550 execvp=e0590 execvpe=e0a50 exit=3bd10 explicit_bzero=9cd10 faccessat=10b760 fallocate=1161f0
fallocate64=116300 fanotify_init=124120 fanotify_mark=123900 fchdir=10c270 fchmod=10abb0 fchmodat=10ac00 fchown=10cc40
fchownat=10cca0 fclose=72ba0 fcloseall=7c110 fcntl=10b970 fcntl64=10bc40 fcvt=11cc30 fcvt_r=11cd80 fdatasync=119540
fdopen=72e20 fdopendir=db170 feof=7ac00 feof_unlocked=7d650 ferror=7acc0 ferror_unlocked=7d660 fexecve=e0270
fflush=730a0 fflush_unlocked=7d720 ffs=9cd40 ffsl=9cd40 ffsll=9cd60 fgetc=7b280 fgetc_unlocked=7d6b0 fgetgrent=db7c0
fgetgrent_r=dd540 fgetpos=731b0 fgetpos64=75a80 fgetpwent=dda00 fgetpwent_r=dece0 fgets=73350 fgets_unlocked=7d9c0
fgetspent=1298d0 fgetspent_r=12a7f0 fgetwc=75ed0 fgetwc_unlocked=75fa0 fgetws=76110 fgetws_unlocked=76250
fgetxattr=11f4c0 fileno=7ad80 fileno_unlocked=7ad80 finite=379b0 finitef=37ca0 finitel=37680 flistxattr=11f4f0
flock=10bd30 flockfile=539f0 fmemopen=7cf70 fmtmsg=3c000 fnmatch=ea930 fopen=735d0 fopen64=75c10 fopencookie=737f0
fork=df500 forkpty=16b540 fpathconf=e1fe0 fprintf=53a40 fputc=7adc0 fputc_unlocked=7d670 fputs=738c0
fputs_unlocked=7da70 fputwc=75d60 fputwc_unlocked=75e60 fputws=76300 fputws_unlocked=76430 fread=73a20
fread_unlocked=7d8a0 free=99bf0 freeaddrinfo=100a70 freeifaddrs=13e6c0 freelocale=31220 fremovexattr=11f520
freopen=7af00 freopen64=7c3e0 frexp=37b30 frexpf=37dc0 frexpl=37820 fsconfig=123bd0 fseek=7b1b0 fseeko=7c130
fseeko64=7c630 fsetpos=73b10 fsetpos64=75c30 fsetxattr=11f550 fsmount=123c10 fsopen=123c40 fspick=123c70 fstat=109ad0
fstat64=109c30 fstatat=109d50 fstatat64=10a320 fstatfs=10a810 fstatfs64=10a980 fstatvfs=10aa30 fstatvfs64=10aaf0
fsync=119470 ftell=73c40 ftello=7c200 ftello64=7c710 ftime=d0700 ftok=125c50 ftruncate=11adc0 ftruncate64=11ae60
ftrylockfile=53a80 fts64_children=112240 fts64_close=111bc0 fts64_open=111880 fts64_read=111cd0 fts64_set=112200
fts_children=110a10 fts_close=110390 fts_open=110050 fts_read=1104a0 fts_set=1109d0 ftw=10e280 ftw64=10f2b0
funlockfile=53ad0 futimens=1131e0 futimes=11abc0 futimesat=11ace0 fwide=7a7f0 fwprintf=76cd0 fwrite=73eb0
fwrite_unlocked=7d8f0 gai_cancel=14cab0 gai_error=14cb00 gai_strerror=100ac0 gai_suspend=14d7e0 gcvt=11cd40
get_avphys_pages=11f2a0 get_current_dir_name=10cb40 get_nprocs=11f1a0 get_nprocs_conf=11f1e0 get_phys_pages=11f220
getaddrinfo=fe4e0 getaddrinfo_a=14d850 getauxval=11f7b0 getc=7b280 getc_unlocked=7d6b0 getchar=7b3a0
getchar_unlocked=7d6e0 getcontext=3c730 getcpu=109910 getcwd=10c290 getdate=d10f0 getdate_r=d07a0 getdelim=74070
getdents64=da9e0 getdirentries=db730 getdirentries64=db770 getdomainname=118c60 getdtablesize=118ae0 getegid=e0ae0
getentropy=3c7a0 getenv=3c840 geteuid=e0ac0 getfsent=119fd0 getfsfile=11a080 getfsspec=11a020 getgid=e0ad0
getgrent=dc230 getgrent_r=dc9a0 getgrgid=dc2e0 getgrgid_r=dca80 getgrnam=dc460 getgrnam_r=dce60 getgrouplist=dbfc0
getgroups=e0af0 gethostbyaddr=1338b0 gethostbyaddr_r=133a80 gethostbyname=133f50 gethostbyname2=134180
gethostbyname2_r=1343b0 gethostbyname_r=134890 gethostent=134d60 gethostent_r=134f80 gethostid=119660
gethostname=118b30 getifaddrs=13e690 getipv4sourcefilter=13ea70 getitimer=d0230 getline=53b40 getloadavg=11f3f0
getlogin=168c30 getlogin_r=1690b0 getmntent=11a160 getmntent_r=11a840 getnameinfo=13c380 getnetbyaddr=135070
getnetbyaddr_r=135240 getnetbyname=1355c0 getnetbyname_r=135a90 getnetent=135780 getnetent_r=1359a0 getnetgrent=13bc30
getnetgrent_r=13b670 getopt=fc390 getopt_long=fc3f0 getopt_long_only=fc470 getpagesize=118aa0 getpass=11b850
getpeername=1248d0 getpgid=e0cd0 getpgrp=e0d20 getpid=e0a90 getppid=e0aa0 getpriority=1178b0 getprotobyname=1364d0
getprotobyname_r=136650 getprotobynumber=135e00 getprotobynumber_r=135f80 getprotoent=1361e0 getprotoent_r=1363f0
getpt=16a9d0 getpw=ddbf0 getpwent=dde50 getpwent_r=de360 getpwnam=ddf00 getpwnam_r=de440 getpwuid=de080
getpwuid_r=de760 getrandom=3c920 getresgid=e0dc0 getresuid=e0d90 getrlimit=117230 getrlimit64=117380
getrpcbyname=1375b0 getrpcbyname_r=137af0 getrpcbynumber=137730 getrpcbynumber_r=137d60 getrpcent=137500
getrpcent_r=137a10 getrusage=117530 getservbyname=1368c0 getservbyname_r=136a50 getservbyport=136d70
getservbyport_r=136ef0 getservent=137210 getservent_r=137420 getsid=e0d50 getsockname=124950 getsockopt=1249d0
getsourcefilter=13ed50 getspent=129510 getspent_r=12a0d0 getspnam=1295c0 getspnam_r=12a1b0 getsubopt=3c9e0
gettext=32230 gettid=124240 gettimeofday=cd6c0 getuid=e0ab0 getusershell=11b7a0 getutent=169140 getutent_r=169230
getutid=1693a0 getutid_r=1694c0 getutline=169430 getutline_r=169580 getutmp=16b690 getutmpx=16b690 getutxent=16b620
getutxid=16b640 getutxline=16b650 getw=53b60 getwc=75ed0 getwc_unlocked=75fa0 getwchar=75fd0 getwchar_unlocked=760d0
getwd=10ca90 getxattr=11f590 glob=e2eb0 glob64=e54f0 glob_pattern_p=e6f80 globfree=e6ec0 globfree64=e6f20 gmtime=cc6b0
gmtime_r=cc660 gnu_dev_major=120c30 gnu_dev_makedev=120c80 gnu_dev_minor=120c60 gnu_get_libc_release=234d0
gnu_get_libc_version=234f0 grantpt=16a9f0 group_member=e0c40 gsignal=390b0 gtty=119c80 hasmntopt=11a7d0 hcreate=11d7f0
hcreate_r=11d820 hdestroy=11d770 hdestroy_r=11d900 herror=1438c0 hsearch=11d790 hsearch_r=11d950 hstrerror=143840
htonl=133510 htons=133520 iconv=23c20 iconv_close=23de0 iconv_open=23b70 if_freenameindex=13d1e0 if_indextoname=13d500
if_nameindex=13d230 if_nametoindex=13d110 imaxabs=3cc70 imaxdiv=3cc90 index=b4800 inet6_opt_append=13f080
inet6_opt_find=13f2e0 inet6_opt_finish=13f190 inet6_opt_get_val=13f3a0 inet6_opt_init=13f040 inet6_opt_next=13f250
inet6_opt_set_val=13f210 inet6_option_alloc=13e900 inet6_option_append=13e870 inet6_option_find=13e9c0
inet6_option_init=13e830 inet6_option_next=13e920 inet6_option_space=13e820 inet6_rth_add=13f460
inet6_rth_getaddr=13f620 inet6_rth_init=13f400 inet6_rth_reverse=13f4c0 inet6_rth_segments=13f600
inet6_rth_space=13f3e0 inet_addr=143b80 inet_aton=143b40 inet_lnaof=133530 inet_makeaddr=133560 inet_netof=1335d0
inet_network=133660 inet_nsap_addr=1452f0 inet_nsap_ntoa=145410 inet_ntoa=133610 inet_ntop=143bd0 inet_pton=144350
initgroups=dc090 initstate=3dfe0 initstate_r=3e2e0 innetgr=13b720 inotify_add_watch=123d00 inotify_init=123d30
inotify_init1=123d50 inotify_rm_watch=123d70 insque=11af10 ioctl=117ad0 iruserok=139cb0 iruserok_af=139be0
isalnum=316f0 isalnum_l=319f0 isalpha=31710 isalpha_l=31a10 isascii=319c0 isatty=10d140 isblank=31930 isblank_l=319d0
iscntrl=31740 iscntrl_l=31a30 isctype=31b70 isdigit=31760 isdigit_l=31a50 isfdtype=125480 isgraph=317c0
isgraph_l=31a90 isinf=37940 isinff=37c50 isinfl=375c0 islower=31790 islower_l=31a70 isnan=37980 isnanf=37c80
isnanl=37620 isprint=317f0 isprint_l=31ab0 ispunct=31820 ispunct_l=31ad0 isspace=31840 isspace_l=31af0 isupper=31870
isupper_l=31b10 iswalnum=128340 iswalnum_l=128cc0 iswalpha=1283d0 iswalpha_l=128d30 iswblank=128460 iswblank_l=128db0
iswcntrl=1284f0 iswcntrl_l=128e20 iswctype=128b80 iswctype_l=1293e0 iswdigit=128580 iswdigit_l=128e90 iswgraph=1286a0
iswgraph_l=128f90 iswlower=128610 iswlower_l=128f10 iswprint=128730 iswprint_l=129010 iswpunct=1287c0
iswpunct_l=129090 iswspace=128850 iswspace_l=129100 iswupper=1288e0 iswupper_l=129180 iswxdigit=128970
iswxdigit_l=129200 isxdigit=318a0 isxdigit_l=31b30 jrand48=3caf0 jrand48_r=3cb40 kill=39360 killpg=390f0
klogctl=123da0 l64a=3cb70 labs=3cbc0 lchmod=10abe0 lchown=10cc70 lckpwdf=12a840 lcong48=3cbd0 lcong48_r=3cc00
ldexp=37bc0 ldexpf=37e40 ldexpl=378b0 ldiv=3cc50 lfind=11e660 lgetxattr=11f5f0 link=10d180 linkat=10d1b0
lio_listio=93b50 lio_listio64=93fe0 listen=124bc0 listxattr=11f5c0 llabs=3cc70 lldiv=3cc90 llistxattr=11f620
localeconv=30730 localtime=cc750 localtime_r=cc700 lockf=10bd60 lockf64=10be90 login=16ad00 login_tty=16aeb0
logout=16b0c0 logwtmp=16b100 longjmp=38e70 lrand48=3cce0 lrand48_r=3cd30 lremovexattr=11f650 lsearch=11e5c0
lseek=10b490 lseek64=10b540 lsetxattr=11f680 lstat=109b20 lstat64=109ce0 lutimes=11aaa0 madvise=11caf0
makecontext=3cd60 mallinfo=9ac50 mallinfo2=9ab20 malloc=99920 malloc_info=9b120 malloc_stats=9ace0 malloc_trim=9a840
malloc_usable_size=9aae0 mallopt=9aee0 mblen=3cdd0 mbrlen=b74d0 mbrtoc16=c6440 mbrtoc32=c67d0 mbrtoc8=c6090
mbrtowc=b7510 mbsinit=b74b0 mbsnrtowcs=b7cb0 mbsrtowcs=b7960 mbstowcs=3ce80 mbtowc=3cee0 mcheck=9b190
mcheck_check_all=9b180 mcheck_pedantic=9b1a0 memalign=9a2b0 memccpy=9cda0 memchr=b4b00 memcmp=18ac50 memcpy=178670
memfd_create=1241c0 memfrob=9cef0 memmem=9d390 memmove=178cb0 mempcpy=178990 memrchr=b4e60 memset=1780e0 mincore=11cb20
mkdir=10ad90 mkdirat=10adc0 mkdtemp=1199f0 mkfifo=109a60 mkfifoat=109a80 mknod=10a660 mknodat=10a680 mkostemp=119a20
mkostemp64=119a40 mkostemps=119b00 mkostemps64=119b50 mkstemp=1199b0 mkstemp64=1199d0 mkstemps=119a60
mkstemps64=119ab0 mktemp=119980 mktime=cd410 mlock=11cb90 mlock2=122170 mlockall=11cbf0 mmap=11c860 mmap64=11c910
modf=379f0 modff=37ce0 modfl=376b0 mount=123dd0 mount_setattr=123e10 move_mount=123e50 mprobe=9b1b0 mprotect=11ca00
mq_close=94030 mq_getattr=94070 mq_notify=94370 mq_open=94540 mq_receive=94600 mq_send=94620 mq_setattr=94640
mq_timedreceive=948b0 mq_timedsend=94b50 mq_unlink=94bc0 mrand48=3cf90 mrand48_r=3cfe0 mremap=123980 msgctl=126160
msgget=125ea0 msgrcv=125d90 msgsnd=125cc0 msync=11ca30 mtrace=9b1d0 mtx_destroy=91730 mtx_init=91740 mtx_lock=91800
mtx_timedlock=918c0 mtx_trylock=91960 mtx_unlock=919c0 munlock=11cbc0 munlockall=11cc10 munmap=11c9d0 muntrace=9b1e0
name_to_handle_at=124150 nanosleep=df440 newlocale=309a0 nftw=10e2a0 nftw64=10f2d0 ngettext=33640 nice=117930
nl_langinfo=308e0 nl_langinfo_l=30910 nrand48=3d730 nrand48_r=3d780 ntohl=133510 ntohs=133520 ntp_adjtime=121370
ntp_gettimex=da120 obstack_free=9b540 obstack_printf=7c0f0 obstack_vprintf=7c0d0 on_exit=3d7c0 open=10adf0
open64=10af30 open_by_handle_at=1220b0 open_memstream=7b5a0 open_tree=123ec0 open_wmemstream=7aa90 openat=10b070
openat64=10b1c0 opendir=da360 openlog=11c4d0 openpty=16b2f0 parse_printf_format=53f40 pathconf=e15b0 pause=df360
pclose=7b660 perror=53e30 personality=121d10 pidfd_getfd=123f20 pidfd_open=123ef0 pidfd_send_signal=123f80 pipe=10c100
pipe2=10c150 pkey_alloc=1241f0 pkey_free=124220 pkey_get=1222f0 pkey_mprotect=122210 pkey_set=122280 poll=112380
popen=74df0 posix_fadvise=112710 posix_fadvise64=112750 posix_fallocate=1127c0 posix_fallocate64=112d00
posix_madvise=106300 posix_memalign=9b070 posix_openpt=16a9a0 posix_spawn=105810
posix_spawn_file_actions_addchdir_np=105550 posix_spawn_file_actions_addclose=105370
posix_spawn_file_actions_addclosefrom_np=105630 posix_spawn_file_actions_adddup2=105490
posix_spawn_file_actions_addfchdir_np=1055d0 posix_spawn_file_actions_addopen=1053e0
posix_spawn_file_actions_addtcsetpgrp_np=1056a0 posix_spawn_file_actions_destroy=1052f0
posix_spawn_file_actions_init=1052c0 posix_spawnattr_destroy=105740 posix_spawnattr_getflags=1057b0
posix_spawnattr_getpgroup=1057f0 posix_spawnattr_getschedparam=106260 posix_spawnattr_getschedpolicy=106240
posix_spawnattr_getsigdefault=105750 posix_spawnattr_getsigmask=106200 posix_spawnattr_init=105710
posix_spawnattr_setflags=1057d0 posix_spawnattr_setpgroup=105800 posix_spawnattr_setschedparam=1062e0
posix_spawnattr_setschedpolicy=1062c0 posix_spawnattr_setsigdefault=105780 posix_spawnattr_setsigmask=106280
posix_spawnp=105840 ppoll=1126a0 prctl=1227c0 pread=104f30 pread64=1050d0 preadv=117ca0 preadv2=118000 preadv64=117d80
preadv64v2=118200 printf=53f10 printf_size=58a10 printf_size_info=59730 prlimit=121b70 prlimit64=121cc0
process_madvise=123fb0 process_mrelease=123ff0 process_vm_readv=122820 process_vm_writev=1228a0 profil=127960
pselect=1193b0 psiginfo=59760 psignal=59c10 pthread_atfork=91a20 pthread_attr_destroy=85990
pthread_attr_getaffinity_np=85a20 pthread_attr_getdetachstate=85b10 pthread_attr_getguardsize=85b30
pthread_attr_getinheritsched=85b40 pthread_attr_getschedparam=85b60 pthread_attr_getschedpolicy=85b70
pthread_attr_getscope=85b80 pthread_attr_getsigmask_np=85ba0 pthread_attr_getstack=85bf0
pthread_attr_getstackaddr=85c10 pthread_attr_getstacksize=85c20 pthread_attr_init=85cb0
pthread_attr_setaffinity_np=85d20 pthread_attr_setdetachstate=85df0 pthread_attr_setguardsize=85e30
pthread_attr_setinheritsched=85e40 pthread_attr_setschedparam=85e70 pthread_attr_setschedpolicy=85ee0
pthread_attr_setscope=85f10 pthread_attr_setsigmask_np=85f40 pthread_attr_setstack=85fd0
pthread_attr_setstackaddr=86000 pthread_attr_setstacksize=86020 pthread_barrier_destroy=86050
pthread_barrier_init=860e0 pthread_barrier_wait=86140 pthread_barrierattr_destroy=86310
pthread_barrierattr_getpshared=86320 pthread_barrierattr_init=86330 pthread_barrierattr_setpshared=86340
pthread_cancel=86400 pthread_clockjoin_np=86630 pthread_cond_broadcast=866c0 pthread_cond_clockwait=87dd0
pthread_cond_destroy=86ab0 pthread_cond_init=86b50 pthread_cond_signal=86bb0 pthread_cond_timedwait=87d30
pthread_cond_wait=87670 pthread_condattr_destroy=87e50 pthread_condattr_getclock=87e60
pthread_condattr_getpshared=87e80 pthread_condattr_init=87ea0 pthread_condattr_setclock=87eb0
pthread_condattr_setpshared=87ed0 pthread_create=88600 pthread_detach=895d0 pthread_equal=89630 pthread_exit=89640
pthread_getaffinity_np=89690 pthread_getattr_default_np=89750 pthread_getattr_np=897e0 pthread_getconcurrency=89ce0
pthread_getcpuclockid=89d00 pthread_getname_np=89d30 pthread_getschedparam=89e90 pthread_getspecific=89fe0
pthread_join=8a060 pthread_key_create=8a240 pthread_key_delete=8a2a0 pthread_kill=8a460 pthread_mutex_clocklock=8c610
pthread_mutex_consistent=8aee0 pthread_mutex_destroy=8af10 pthread_mutex_getprioceiling=8af40 pthread_mutex_init=8af70
pthread_mutex_lock=8b820 pthread_mutex_setprioceiling=8bac0 pthread_mutex_timedlock=8c6b0 pthread_mutex_trylock=8c720
pthread_mutex_unlock=8d2a0 pthread_mutexattr_destroy=8d2c0 pthread_mutexattr_getprioceiling=8d2d0
pthread_mutexattr_getprotocol=8d340 pthread_mutexattr_getpshared=8d360 pthread_mutexattr_getrobust=8d380
pthread_mutexattr_gettype=8d3a0 pthread_mutexattr_init=8d3c0 pthread_mutexattr_setprioceiling=8d3d0
pthread_mutexattr_setprotocol=8d450 pthread_mutexattr_setpshared=8d480 pthread_mutexattr_setrobust=8d4c0
pthread_mutexattr_settype=8d500 pthread_once=8d710 pthread_rwlock_clockrdlock=8d950 pthread_rwlock_clockwrlock=8ddc0
pthread_rwlock_destroy=8de20 pthread_rwlock_init=8de30 pthread_rwlock_rdlock=8de90 pthread_rwlock_timedrdlock=8e2a0
pthread_rwlock_timedwrlock=8e700 pthread_rwlock_tryrdlock=8e760 pthread_rwlock_trywrlock=8e820
pthread_rwlock_unlock=8e880 pthread_rwlock_wrlock=8ea80 pthread_rwlockattr_destroy=8ee50
pthread_rwlockattr_getkind_np=8ee60 pthread_rwlockattr_getpshared=8ee70 pthread_rwlockattr_init=8ee80
pthread_rwlockattr_setkind_np=8eea0 pthread_rwlockattr_setpshared=8eec0 pthread_self=8eee0
pthread_setaffinity_np=8eef0 pthread_setattr_default_np=8ef50 pthread_setcancelstate=8f110 pthread_setcanceltype=8f1a0
pthread_setconcurrency=8f230 pthread_setname_np=8f260 pthread_setschedparam=8f390 pthread_setschedprio=8f490
pthread_setspecific=8f590 pthread_sigmask=8f660 pthread_sigqueue=8f710 pthread_spin_destroy=8f7f0
pthread_spin_init=8f840 pthread_spin_lock=8f800 pthread_spin_trylock=8f820 pthread_spin_unlock=8f840
pthread_testcancel=8f850 pthread_timedjoin_np=8f8b0 pthread_tryjoin_np=8f930 ptrace=119ce0 ptsname=16abc0
ptsname_r=16aad0 putc=7b680 putc_unlocked=7d790 putchar=76b70 putchar_unlocked=76c80 putenv=3d890 putgrent=dc5e0
putpwent=ddcb0 puts=74e80 putspent=129ac0 pututline=1692b0 pututxline=16b660 putw=59d20 putwc=768d0
putwc_unlocked=769c0 putwchar=76a00 putwchar_unlocked=76b10 pvalloc=9a3b0 pwrite=105000 pwrite64=1051a0 pwritev=117e50
pwritev2=118400 pwritev64=117f30 pwritev64v2=118600 qecvt=11d290 qecvt_r=11d5b0 qfcvt=11d1d0 qfcvt_r=11d320
qgcvt=11d2d0 qsort=3d710 qsort_r=3d3f0 quick_exit=3ded0 quotactl=124060 raise=390b0 rand=3df00 rand_r=3df10
random=3e120 random_r=3e540 rawmemchr=b52c0 rcmd=139aa0 rcmd_af=138fb0 re_compile_fastmap=f8bb0
re_compile_pattern=f8b00 re_match=f94f0 re_match_2=f9570 re_search=f9530 re_search_2=f9660 re_set_registers=f9750
re_set_syntax=f8b90 read=10b310 readahead=121690 readdir=da4a0 readdir64=dabd0 readdir64_r=dacc0 readdir_r=da510
readlink=10d250 readlinkat=10d280 readv=117b20 realloc=99e20 reallocarray=9b5e0 realpath=3aad0 reboot=119610
recv=124c40 recvfrom=124ce0 recvmmsg=1259a0 recvmsg=124e60 regcomp=f90c0 regerror=f91f0 regexec=f9410 regfree=f9280
register_printf_function=5a190 register_printf_modifier=59d40 register_printf_specifier=5a0a0
register_printf_type=5a1a0 remap_file_pages=11cb50 remove=5a290 removexattr=11f6c0 remque=11af30 rename=5a2e0
renameat=5a330 renameat2=5a380 revoke=1198f0 rewind=7b7c0 rewinddir=da650 rexec=13a3e0 rexec_af=139de0 rindex=b4910
rmdir=10d300 rpmatch=3e670 rresvport=139ad0 rresvport_af=138e00 ruserok=139bc0 ruserok_af=139af0 sbrk=117a10
scalbn=37bc0 scalbnf=37e40 scalbnl=378b0 scandir=da7a0 scandir64=dae90 scandirat=db230 scandirat64=db270
sched_get_priority_max=fc5c0 sched_get_priority_min=fc5e0 sched_getaffinity=fc7e0 sched_getcpu=108c30
sched_getparam=fc520 sched_getscheduler=fc580 sched_rr_get_interval=fc6d0 sched_setaffinity=fc850 sched_setparam=fc4f0
sched_setscheduler=fc550 sched_yield=fc5a0 secure_getenv=3e6e0 seed48=3e710 seed48_r=3e740 seekdir=da6d0 select=119110
sem_clockwait=8fb60 sem_close=8fc10 sem_destroy=8fc60 sem_getvalue=8fc70 sem_init=8fca0 sem_open=8fd00 sem_post=900b0
sem_timedwait=90870 sem_trywait=90b70 sem_unlink=90910 sem_wait=90b30 semctl=1265b0 semget=126340 semop=126320
semtimedop=126890 send=124f00 sendfile=112db0 sendfile64=112de0 sendmmsg=125a60 sendmsg=124fa0 sendto=125040
setbuf=7b880 setbuffer=75420 setcontext=3e790 setdomainname=118d50 setegid=1189f0 setenv=3eba0 seteuid=118940
setfsent=119f30 setfsgid=121700 setfsuid=1216e0 setgid=e0bb0 setgrent=dc840 setgroups=dc190 sethostent=134e20
sethostid=119840 sethostname=118c30 setipv4sourcefilter=13ebc0 setitimer=d0410 setjmp=38df0 setlinebuf=7b8a0
setlocale=2e5b0 setlogin=1690f0 setlogmask=11c620 setmntent=11a670 setnetent=135840 setnetgrent=13b0d0 setns=124190
setpgid=e0cf0 setpgrp=e0d40 setpriority=117900 setprotoent=136290 setpwent=de200 setregid=1188a0 setresgid=e0ea0
setresuid=e0df0 setreuid=118800 setrlimit=1172d0 setrlimit64=1173d0 setrpcent=1378b0 setservent=1372c0 setsid=e0d70
setsockopt=1250f0 setsourcefilter=13eef0 setspent=129f70 setstate=3e080 setstate_r=3e450 settimeofday=cd830
setuid=e0b20 setusershell=11b830 setutent=1691c0 setutxent=16b610 setvbuf=75560 setxattr=11f6f0 sgetspent=129740
sgetspent_r=12a760 shm_open=91c90 shm_unlink=91d40 shmat=126930 shmctl=126cc0 shmdt=1269b0 shmget=126a10
shutdown=1252f0 sigabbrev_np=9d770 sigaction=39130 sigaddset=39b00 sigaltstack=39980 sigandset=39d40 sigblock=39520
sigdelset=39b60 sigdescr_np=9d790 sigemptyset=39a80 sigfillset=39ac0 siggetmask=39c30 sighold=3a230 sigignore=3a310
siginterrupt=399b0 sigisemptyset=39d00 sigismember=39bc0 siglongjmp=38e70 signal=38fc0 signalfd=121a70 sigorset=39da0
sigpending=39390 sigprocmask=39320 sigqueue=3a170 sigrelse=3a2a0 sigreturn=39c10 sigset=3a380 sigsetmask=395a0
sigstack=398c0 sigsuspend=393e0 sigtimedwait=3a0e0 sigwait=39490 sigwaitinfo=3a150 sleep=df2c0 snprintf=5a440
sockatmark=125560 socket=125370 socketpair=1253f0 splice=121fa0 sprintf=5a470 srand=3df60 srand48=3ee00
srand48_r=3ee30 srandom=3df60 srandom_r=3e1c0 ssignal=38fc0 stat=109aa0 stat64=109b70 statfs=10a6f0 statfs64=10a930
statvfs=10a9d0 statvfs64=10aa90 statx=10a5c0 stpcpy=ad810 stpncpy=ade20 strcasecmp=18b7e0 strcasecmp_l=18b810
strcasestr=9de40 strcat=b0980 strchr=b4800 strchrnul=9e300 strcmp=18a680 strcoll=9e4a0 strcoll_l=9e4d0 strcpy=ac1f0
strcspn=18c290 strdup=9f560 strerror=9f5a0 strerror_l=9f5d0 strerror_r=9bde0 strerrordesc_np=9f6e0
strerrorname_np=9f6f0 strfmon=3ee60 strfmon_l=40700 strfromd=40730 strfromf=40a40 strfroml=40d50 strfry=9f700
strftime=d4300 strftime_l=d6480 strlen=a3820 strncasecmp=18bce0 strncasecmp_l=18bd10 strncat=b3b80 strncmp=18a910
strncpy=ac7e0 strndup=a01b0 strnlen=18fda0 strpbrk=18c3d0 strptime=d1140 strptime_l=d42e0 strrchr=b4910 strsep=a02a0
strsignal=a02e0 strspn=18c4d0 strstr=a0900 strtod=410a0 strtod_l=44400 strtof=44520 strtof_l=475e0 strtoimax=4aff0
strtok=a0c20 strtok_r=a0c50 strtol=476f0 strtol_l=47c70 strtold=47cc0 strtold_l=4aec0 strtoll=4aff0 strtoll_l=4b760
strtoq=4aff0 strtoul=4b7b0 strtoul_l=4bca0 strtoull=4bcf0 strtoull_l=4c380 strtoumax=4bcf0 strtouq=4bcf0
strverscmp=a0cd0 strxfrm=a0e30 strxfrm_l=a0f10 stty=119cb0 swab=a3110 swapcontext=4c3a0 swapoff=119960 swapon=119930
swprintf=76cf0 symlink=10d1f0 symlinkat=10d220 sync=119520 sync_file_range=1160e0 syncfs=1195f0 syscall=11c6a0
sysconf=e19a0 sysinfo=124090 syslog=11c430 system=4c8d0 sysv_signal=39c40 tcdrain=116fb0 tcflow=117070 tcflush=117090
tcgetattr=116e50 tcgetpgrp=116f40 tcgetsid=117150 tcsendbreak=1170b0 tcsetattr=116c60 tcsetpgrp=116f90 tdelete=11e020
tdestroy=11e5a0 tee=121e00 telldir=da740 tempnam=5a530 textdomain=35400 tfind=11dfc0 tgkill=124250 thrd_create=91a50
thrd_current=91370 thrd_detach=91ab0 thrd_equal=91380 thrd_exit=91b10 thrd_join=91b20 thrd_sleep=913c0
thrd_yield=91480 time=cd590 timegm=d0570 timelocal=cd410 timer_create=94c20 timer_delete=94e80 timer_getoverrun=94f70
timer_gettime=950c0 timer_settime=952d0 timerfd_create=1240f0 timerfd_gettime=122430 timerfd_settime=1226f0
times=ded40 timespec_get=d8ec0 timespec_getres=d8fa0 tmpfile=5ab30 tmpfile64=5ac00 tmpnam=5ace0 tmpnam_r=5ada0
toascii=319b0 tolower=318d0 tolower_l=31b50 toupper=31900 toupper_l=31b60 towctrans=128c70 towctrans_l=1294c0
towlower=128a00 towlower_l=129280 towupper=128a70 towupper_l=1292e0 truncate=11ad70 truncate64=11ae10 tsearch=11de40
tss_create=91bb0 tss_delete=91c10 tss_get=91c20 tss_set=91c30 ttyname=10cce0 ttyname_r=10cd90 ttyslot=11bae0
twalk=11e560 twalk_r=11e580 tzset=cea40 ualarm=119ba0 ulckpwdf=12aab0 ulimit=117620 umask=10ab60 umount=121620
umount2=121640 uname=ded20 ungetc=75740 ungetwc=76800 unlink=10d2b0 unlinkat=10d2d0 unlockpt=16aa60 unsetenv=3ec10
unshare=1240b0 updwtmp=16a860 updwtmpx=16b680 uselocale=312b0 usleep=119c20 utime=1099e0 utimensat=1130e0
utimes=11a980 utmpname=16a750 utmpxname=16b670 valloc=9a330 vasprintf=7ba70 vdprintf=7bc20 verr=11e8b0 verrx=11e8e0
versionsort=da800 versionsort64=db150 vfork=dfa00 vfprintf=5adf0 vfwprintf=66cd0 vhangup=119910 vmsplice=121ed0
vprintf=71840 vsnprintf=7bdc0 vsprintf=75920 vswprintf=76f50 vsyslog=11c450 vwarn=11e7f0 vwarnx=11e820 vwprintf=76d20
wait=deda0 wait3=dee00 wait4=df0c0 waitid=df1d0 waitpid=dedc0 warn=11e850 warnx=11e880 wcpcpy=b7100 wcpncpy=b7140
wcrtomb=b7940 wcscasecmp=c5350 wcscasecmp_l=c5420 wcscat=b6a20 wcschr=190a90 wcschrnul=b82c0 wcscmp=ca830 wcscoll=c2cf0
wcscoll_l=c2e80 wcscpy=190f30 wcscspn=b6af0 wcsdup=b6b30 wcsftime=d4330 wcsftime_l=d8e40 wcslen=cb570 wcsncasecmp=c53b0
wcsncasecmp_l=c5490 wcsncat=b6bb0 wcsncmp=b6c00 wcsncpy=b6cd0 wcsnlen=b8290 wcsnrtombs=b7fb0 wcspbrk=b6d30
wcsrchr=190c70 wcsrtombs=b79a0 wcsspn=b6da0 wcsstr=b6ea0 wcstod=b8490 wcstod_l=bcd10 wcstof=b8550 wcstof_l=c2a60
wcstoimax=b83d0 wcstok=b6e00 wcstol=b8310 wcstol_l=b8a80 wcstold=b84f0 wcstold_l=bfc90 wcstoll=b83d0 wcstoll_l=b9600
wcstombs=4c910 wcstoq=b83d0 wcstoul=b8370 wcstoul_l=b8f40 wcstoull=b8430 wcstoull_l=b9c60 wcstoumax=b8430
wcstouq=b8430 wcswcs=b6ea0 wcswidth=c2dc0 wcsxfrm=c2d20 wcsxfrm_l=c3b90 wctob=b7370 wctomb=4c970 wctrans=128be0
wctrans_l=129440 wctype=128ae0 wctype_l=129340 wcwidth=c2d50 wmemchr=b6f70 wmemcmp=18c5f0 wmemcpy=b7050 wmemmove=b7080
wmempcpy=b71b0 wmemset=b7090 wordexp=1041e0 wordfree=104180 wprintf=76d50 write=10b3d0 writev=117be0
`;
