/**
 * Where the functions of libc lie: names and offsets (hexadecimal) from its load address.
 *
 * Source: dynamic symbol table of Debian's glibc 2.36-9+deb12u14 (`nm -D`).
 * Functions that the loader chooses by the processor (memcpy, strlen …) lie where those for one with AVX-512VL do (*_evex,
 * sysdeps/x86_64/multiarch). Simplified: time and gettimeofday have the address of their resolver, not that in the
 * vDSO.
 */
export const libcFunctionsX86_64 = `
_Exit=d43e0 _Fork=d4330 __argz_count=9b0e0 __argz_next=9b460 __argz_stringify=9b870 __asprintf=51b40
__assert=34d10 __assert_fail=34e80 __assert_perror_fail=34ed0 __cmsg_nxthdr=10b250 __ctype_b_loc=35300
__ctype_get_mb_cur_max=33f50 __ctype_tolower_loc=35340 __ctype_toupper_loc=35320 __dcgettext=358b0
__dgettext=358c0 __errno_location=27660 __fbufsize=7f060 __flbf=7f0f0 __fpending=7f170 __fpurge=7f100
__freadable=7f0d0 __freading=7f090 __fsetlocking=7f1a0 __fwritable=7f0e0 __fwriting=7f0c0 __getdelim=76c30
__getpagesize=fe590 __getpgid=d5710 __h_errno_location=118500 __isoc99_fscanf=52090 __isoc99_fwscanf=bdf20
__isoc99_scanf=52150 __isoc99_sscanf=52220 __isoc99_swscanf=bdff0 __isoc99_vfscanf=52360
__isoc99_vfwscanf=bdfe0 __isoc99_vscanf=52370 __isoc99_vsscanf=52390 __isoc99_vswscanf=be130
__isoc99_vwscanf=bdf00 __isoc99_wscanf=bde30 __libc_current_sigrtmax=3cbc0 __libc_current_sigrtmin=3cbb0
__mbrlen=b17a0 __memcmpeq=163c40 __mempcpy=16d7c0 __overflow=82d00 __pthread_register_cancel=85920
__pthread_register_cancel_defer=859b0 __pthread_unregister_cancel=85950
__pthread_unregister_cancel_restore=85a10 __pthread_unwind_next=91510 __sched_cpualloc=f74e0
__sched_cpucount=f74a0 __sched_cpufree=f7500 __signbit=3b340 __signbitf=3b650 __signbitl=3af80
__sigsetjmp=3bcf0 __stpcpy=164c70 __stpncpy=1650c0 __strtok_r=9ffd0 __sysconf=d62a0 __sysv_signal=3ca60
__tolower_l=352c0 __toupper_l=352d0 __uflow=82eb0 __xpg_basename=4c570 __xpg_sigpause=3c5d0
_dl_find_object=14fed0 _dl_mcount_wrapper_check=14fa10 _exit=d43e0 _flushlbf=83e60 _longjmp=3bda0
_obstack_begin=9a3f0 _obstack_begin_1=9a4b0 _obstack_memory_used=9a7b0 _obstack_newchunk=9a580 _setjmp=3bd90
_tolower=35120 _toupper=35140 a64l=3d070 abort=2639f abs=3d0b0 accept=10a6e0 accept4=10af50 access=f8410
acct=febb0 addmntent=ffc90 addseverity=3eef0 adjtime=c4330 adjtimex=108b00 aio_cancel=91ca0
aio_cancel64=91ca0 aio_error=91e50 aio_error64=91e50 aio_fsync=91e80 aio_fsync64=91e80 aio_init=925c0
aio_read=92d90 aio_read64=92d90 aio_return=92db0 aio_return64=92db0 aio_suspend=93020 aio_suspend64=93020
aio_write=93420 aio_write64=93420 alarm=d3d20 aligned_alloc=99610 alphasort=d0370 alphasort64=d0370
arc4random=3d2f0 arc4random_buf=3d2d0 arc4random_uniform=3d340 argp_error=1142f0 argp_failure=112c90
argp_help=114140 argp_parse=114940 argp_state_help=114150 argp_usage=1158a0 argz_add=9b070
argz_add_sep=9af50 argz_append=9b000 argz_count=9b0e0 argz_create=9b130 argz_create_sep=9b1e0
argz_delete=9b2b0 argz_extract=9b320 argz_insert=9b370 argz_next=9b460 argz_replace=9b530
argz_stringify=9b870 asctime=c35e0 asctime_r=c35d0 asprintf=51b40 atof=3d490 atoi=3d4a0 atol=3d4c0
atoll=3d4d0 backtrace=1159c0 backtrace_symbols=115a70 backtrace_symbols_fd=115d90 basename=9b8c0 bcmp=163940
bcopy=9b8e0 bind=10a780 bind_textdomain_codeset=35870 bindresvport=11f380 bindtextdomain=35830 brk=fdc40
bsearch=3d4e0 btowc=b1460 bzero=9b8f0 c16rtomb=be870 c32rtomb=be940 c8rtomb=be3f0 call_once=91580
calloc=996e0 canonicalize_file_name=3dd10 catclose=3a470 catgets=3a3f0 catopen=3a1f0 cfgetispeed=fd1a0
cfgetospeed=fd190 cfmakeraw=fd6c0 cfree=98ef0 cfsetispeed=fd200 cfsetospeed=fd1c0 cfsetspeed=fd260
chdir=f8bf0 chmod=f7d50 chown=f9510 chroot=febe0 clearenv=41530 clearerr=7d620 clearerr_unlocked=7fca0
clock=c3600 clock_adjtime=109500 clock_getcpuclockid=cf370 clock_getres=cf3b0 clock_gettime=cf420
clock_nanosleep=cf4e0 clock_settime=cf490 clone=108b10 close=f89e0 close_range=fcc50 closedir=cfed0
closefrom=fcc10 closelog=101710 cnd_broadcast=91590 cnd_destroy=915e0 cnd_init=915f0 cnd_signal=91640
cnd_timedwait=91690 cnd_wait=916e0 confstr=eca80 connect=10a7b0 copy_file_range=fc830 copysign=3b070
copysignf=3b440 copysignl=3ad50 creat=f8b60 creat64=f8b60 ctermid=51c00 ctime=c3680 ctime_r=c36a0
cuserid=51c30 daemon=101850 dcgettext=358b0 dcngettext=36df0 dgettext=358c0 difftime=c36f0 dirfd=d0070
dirname=1044e0 div=3e260 dl_iterate_phdr=14f3b0 dladdr=84c50 dladdr1=84c80 dlclose=84cd0 dlerror=84d10
dlinfo=85230 dlmopen=853c0 dlopen=85500 dlsym=855b0 dlvsym=85690 dngettext=36e00 dprintf=51ce0 drand48=3e270
drand48_r=3e320 dup=f8a70 dup2=f8aa0 dup3=f8ad0 duplocale=34940 dysize=c69d0 eaccess=f8440 ecvt=101d00
ecvt_r=101fd0 endfsent=ff6a0 endgrent=d1770 endhostent=119a50 endmntent=ffc60 endnetent=11a400
endnetgrent=11fa40 endprotoent=11ae30 endpwent=d3080 endrpcent=11c410 endservent=11be60 endspent=10e700
endusershell=100910 endutent=14cf60 endutxent=14ec30 envz_add=9ba10 envz_entry=9b900 envz_get=9b9a0
envz_merge=9bb20 envz_remove=9b9d0 envz_strip=9bbf0 epoll_create=109bb0 epoll_create1=109be0
epoll_ctl=109c10 epoll_pwait=108c40 epoll_pwait2=108d00 epoll_wait=108ee0 erand48=3e330 erand48_r=3e380
err=1038e0 error=103bf0 error_at_line=103e00 errx=103980 ether_aton=11cab0 ether_aton_r=11cac0
ether_hostton=11cbd0 ether_line=11cce0 ether_ntoa=11ce70 ether_ntoa_r=11ce80 ether_ntohost=11cec0
euidaccess=f8440 eventfd=108e00 eventfd_read=108e30 eventfd_write=108e50 execl=d4da0 execle=d4c30
execlp=d4f10 execv=d4c20 execve=d4ad0 execveat=f75f0 execvp=d4f00 execvpe=d54c0 exit=3e680
explicit_bzero=9bc70 faccessat=f8580 fallocate=fcdb0 fallocate64=fcdb0 fanotify_init=10a180
fanotify_mark=1099a0 fchdir=f8c20 fchmod=f7d80 fchmodat=f7dd0 fchown=f9540 fchownat=f95a0 fclose=759a0
fcloseall=7ebc0 fcntl=f87a0 fcntl64=f87a0 fcvt=101c50 fcvt_r=101d50 fdatasync=fecd0 fdopen=75ba0
fdopendir=d03b0 feof=7d6d0 feof_unlocked=7fcb0 ferror=7d790 ferror_unlocked=7fcc0 fexecve=d4b00 fflush=75e00
fflush_unlocked=7fd60 ffs=9bc90 ffsl=9bca0 ffsll=9bca0 fgetc=7dce0 fgetc_unlocked=7fd00 fgetgrent=d0730
fgetgrent_r=d23f0 fgetpos=75ef0 fgetpos64=75ef0 fgetpwent=d2840 fgetpwent_r=d3ad0 fgets=76040
fgets_unlocked=7fff0 fgetspent=10dfe0 fgetspent_r=10ef60 fgetwc=78610 fgetwc_unlocked=786f0 fgetws=78870
fgetws_unlocked=789e0 fgetxattr=104690 fileno=7d850 fileno_unlocked=7d850 finite=3b050 finitef=3b420
finitel=3ad40 flistxattr=1046c0 flock=f8890 flockfile=51da0 fmemopen=7f650 fmtmsg=3e960 fnmatch=dcb40
fopen=762d0 fopen64=762d0 fopencookie=764a0 fork=d3e80 forkpty=14eb50 fpathconf=d68c0 fprintf=51df0
fputc=7d880 fputc_unlocked=7fcd0 fputs=76570 fputs_unlocked=80080 fputwc=784a0 fputwc_unlocked=785a0
fputws=78a80 fputws_unlocked=78b90 fread=766a0 fread_unlocked=7fec0 free=98ef0 freeaddrinfo=f1e20
freeifaddrs=122e30 freelocale=34a80 fremovexattr=1046f0 freopen=7d9c0 freopen64=7ee30 frexp=3b2a0
frexpf=3b5e0 frexpl=3aee0 fsconfig=109c40 fseek=7dc00 fseeko=7ebd0 fseeko64=7ebd0 fsetpos=767a0
fsetpos64=767a0 fsetxattr=104720 fsmount=109c70 fsopen=109ca0 fspick=109cd0 fstat=f7800 fstat64=f7800
fstatat=f7860 fstatat64=f7860 fstatfs=f7c30 fstatfs64=f7c30 fstatvfs=f7cd0 fstatvfs64=f7cd0 fsync=fec10
ftell=768b0 ftello=7ecb0 ftello64=7ecb0 ftime=c6a40 ftok=10b2a0 ftruncate=100050 ftruncate64=100050
ftrylockfile=51f70 fts64_children=fc0e0 fts64_close=fbab0 fts64_open=fb7a0 fts64_read=fbba0 fts64_set=fc0b0
fts_children=fc0e0 fts_close=fbab0 fts_open=fb7a0 fts_read=fbba0 fts_set=fc0b0 ftw=faaa0 ftw64=faaa0
funlockfile=51fd0 futimens=fc970 futimes=fff40 futimesat=fffb0 fwide=7d290 fwprintf=793f0 fwrite=76ab0
fwrite_unlocked=7ff20 gai_cancel=130ff0 gai_error=131040 gai_strerror=f1e60 gai_suspend=131910 gcvt=101d20
get_avphys_pages=104450 get_current_dir_name=f9460 get_nprocs=104340 get_nprocs_conf=104380
get_phys_pages=1043c0 getaddrinfo=efc70 getaddrinfo_a=131c70 getauxval=104950 getc=7dce0 getc_unlocked=7fd00
getchar=7ddf0 getchar_unlocked=7fd30 getcontext=3ef80 getcpu=f76e0 getcwd=f8c50 getdate=c7280
getdate_r=c6ab0 getdelim=76c30 getdents64=d0030 getdirentries=d06e0 getdirentries64=d06e0
getdomainname=fe760 getdtablesize=fe5d0 getegid=d5530 getentropy=3f020 getenv=3f0b0 geteuid=d5510
getfsent=ff5a0 getfsfile=ff640 getfsspec=ff5e0 getgid=d5520 getgrent=d10d0 getgrent_r=d1810 getgrgid=d1170
getgrgid_r=d18e0 getgrnam=d12e0 getgrnam_r=d1cf0 getgrouplist=d0e80 getgroups=d5540 gethostbyaddr=118520
gethostbyaddr_r=1186e0 gethostbyname=118b70 gethostbyname2=118d90 gethostbyname2_r=118fb0
gethostbyname_r=119470 gethostent=119900 gethostent_r=119af0 gethostid=fedd0 gethostname=fe620
getifaddrs=122e10 getipv4sourcefilter=123200 getitimer=c6970 getline=52020 getloadavg=1045b0 getlogin=14c940
getlogin_r=14cd40 getmntent=ff6f0 getmntent_r=ffdb0 getnameinfo=1209e0 getnetbyaddr=119be0
getnetbyaddr_r=119d90 getnetbyname=11a100 getnetbyname_r=11a590 getnetent=11a2b0 getnetent_r=11a4a0
getnetgrent=1202d0 getnetgrent_r=11fd60 getopt=ede90 getopt_long=eded0 getopt_long_only=edf10
getpagesize=fe590 getpass=100980 getpeername=10a850 getpgid=d5710 getpgrp=d5770 getpid=d54e0 getppid=d54f0
getpriority=fdb60 getprotobyname=11afb0 getprotobyname_r=11b120 getprotobynumber=11a8e0
getprotobynumber_r=11aa50 getprotoent=11ace0 getprotoent_r=11aed0 getpt=14e130 getpw=d2a00 getpwent=d2c60
getpwent_r=d3120 getpwnam=d2d00 getpwnam_r=d31f0 getpwuid=d2e70 getpwuid_r=d3510 getrandom=3f180
getresgid=d5830 getresuid=d5800 getrlimit=fd7e0 getrlimit64=fd7e0 getrpcbyname=11c080 getrpcbyname_r=11c590
getrpcbynumber=11c1f0 getrpcbynumber_r=11c820 getrpcent=11bfe0 getrpcent_r=11c4b0 getrusage=fd860
getservbyname=11b3b0 getservbyname_r=11b530 getservbyport=11b860 getservbyport_r=11b9e0 getservent=11bd10
getservent_r=11bf00 getsid=d57a0 getsockname=10a880 getsockopt=10a8b0 getsourcefilter=1234f0 getspent=10dc40
getspent_r=10e7a0 getspnam=10dce0 getspnam_r=10e870 getsubopt=3f220 gettext=358d0 gettid=10a2a0
gettimeofday=c4190 getuid=d5500 getusershell=1008b0 getutent=14cdb0 getutent_r=14ce80 getutid=14cfb0
getutid_r=14d0b0 getutline=14d030 getutline_r=14d140 getutmp=14ec90 getutmpx=14ec90 getutxent=14ec20
getutxid=14ec40 getutxline=14ec50 getw=52030 getwc=78610 getwc_unlocked=786f0 getwchar=78720
getwchar_unlocked=78830 getwd=f93c0 getxattr=104750 glob=d7640 glob64=d7640 glob_pattern_p=d8fc0
globfree=d8f60 globfree64=d8f60 gmtime=c3720 gmtime_r=c3710 gnu_dev_major=1085d0 gnu_dev_makedev=108600
gnu_dev_minor=1085f0 gnu_get_libc_release=273f0 gnu_get_libc_version=27400 grantpt=14e150 group_member=d5670
gsignal=3bfa0 gtty=ff2b0 hasmntopt=ffd30 hcreate=102700 hcreate_r=102710 hdestroy=1026a0 hdestroy_r=1027f0
herror=127e80 hsearch=1026b0 hsearch_r=102820 hstrerror=127e10 htonl=118220 htons=118230 iconv=27720
iconv_close=278c0 iconv_open=27680 if_freenameindex=1219b0 if_indextoname=121c70 if_nameindex=1219f0
if_nametoindex=1218f0 imaxabs=3f410 imaxdiv=3f470 index=166cc0 inet6_opt_append=123820 inet6_opt_find=123a60
inet6_opt_finish=123930 inet6_opt_get_val=123b00 inet6_opt_init=1237f0 inet6_opt_next=1239e0
inet6_opt_set_val=1239b0 inet6_option_alloc=123080 inet6_option_append=122fd0 inet6_option_find=123140
inet6_option_init=122fa0 inet6_option_next=123090 inet6_option_space=122f90 inet6_rth_add=123bb0
inet6_rth_getaddr=123cb0 inet6_rth_init=123b50 inet6_rth_reverse=123bf0 inet6_rth_segments=123c90
inet6_rth_space=123b30 inet_addr=128140 inet_aton=128100 inet_lnaof=118240 inet_makeaddr=118270
inet_netof=1182c0 inet_network=118340 inet_nsap_addr=129810 inet_nsap_ntoa=1298f0 inet_ntoa=1182f0
inet_ntop=128190 inet_pton=128870 initgroups=d0f50 initstate=40850 initstate_r=40b70 innetgr=11fe10
inotify_add_watch=109d60 inotify_init=109d90 inotify_init1=109dc0 inotify_rm_watch=109df0 insque=1000c0
ioctl=fdd30 iruserok=11e630 iruserok_af=11e590 isalnum=34f40 isalnum_l=35190 isalpha=34f60 isalpha_l=351a0
isascii=35170 isatty=f99b0 isblank=35100 isblank_l=35180 iscntrl=34f80 iscntrl_l=351c0 isctype=352e0
isdigit=34fa0 isdigit_l=351d0 isfdtype=10ae20 isgraph=34fe0 isgraph_l=35210 isinf=3b000 isinff=3b3d0
isinfl=3aca0 islower=34fc0 islower_l=351f0 isnan=3b030 isnanf=3b400 isnanl=3acf0 isprint=35000
isprint_l=35230 ispunct=35020 ispunct_l=35250 isspace=35040 isspace_l=35260 isupper=35060 isupper_l=35280
iswalnum=10ca90 iswalnum_l=10d3e0 iswalpha=10cb20 iswalpha_l=10d460 iswblank=10cbb0 iswblank_l=10d4e0
iswcntrl=10cc40 iswcntrl_l=10d560 iswctype=10d2a0 iswctype_l=10db10 iswdigit=10ccd0 iswdigit_l=10d5e0
iswgraph=10cde0 iswgraph_l=10d6e0 iswlower=10cd50 iswlower_l=10d660 iswprint=10ce70 iswprint_l=10d760
iswpunct=10cf00 iswpunct_l=10d7e0 iswspace=10cf90 iswspace_l=10d860 iswupper=10d020 iswupper_l=10d8e0
iswxdigit=10d0b0 iswxdigit_l=10d950 isxdigit=35080 isxdigit_l=352a0 jrand48=3f340 jrand48_r=3f390 kill=3c260
killpg=3bfe0 klogctl=109e20 l64a=3f3c0 labs=3f410 lchmod=f7db0 lchown=f9570 lckpwdf=10efa0 lcong48=3f420
lcong48_r=3f430 ldexp=3b350 ldexpf=3b660 ldexpl=3af90 ldiv=3f470 lfind=103580 lgetxattr=1047b0 link=f99f0
linkat=f9a20 lio_listio=938c0 lio_listio64=938c0 listen=10a8e0 listxattr=104780 llabs=3f480 lldiv=3f490
llistxattr=1047e0 localeconv=33d10 localtime=c3750 localtime_r=c3740 lockf=f88c0 lockf64=f88c0 login=14e410
login_tty=14e580 logout=14e740 logwtmp=14e770 longjmp=3bda0 lrand48=3f4a0 lrand48_r=3f4f0
lremovexattr=104810 lsearch=1034e0 lseek=f83e0 lseek64=f83e0 lsetxattr=104840 lstat=f7840 lstat64=f7840
lutimes=ffec0 madvise=101b00 makecontext=3f510 mallinfo=99ea0 mallinfo2=99d80 malloc=98930 malloc_info=9a300
malloc_stats=99f10 malloc_trim=99a90 malloc_usable_size=99d40 mallopt=9a100 mblen=3f7a0 mbrlen=b17a0
mbrtoc16=be590 mbrtoc32=be920 mbrtoc8=be1e0 mbrtowc=b17c0 mbsinit=b1780 mbsnrtowcs=b1f50 mbsrtowcs=b1c40
mbstowcs=3f820 mbtowc=3f870 mcheck=9a350 mcheck_check_all=9a340 mcheck_pedantic=9a360 memalign=99610
memccpy=9bcb0 memchr=16c580 memcmp=163940 memcpy=16d800 memfd_create=10a210 memfrob=9bf80 memmem=9c350
memmove=16d800 mempcpy=16d7c0 memrchr=1646c0 memset=16e040 mincore=101b30 mkdir=f7f30 mkdirat=f7f60
mkdtemp=ff130 mkfifo=f77c0 mkfifoat=f77d0 mknod=f7b90 mknodat=f7bb0 mkostemp=ff160 mkostemp64=ff160
mkostemps=ff1a0 mkostemps64=ff1a0 mkstemp=ff120 mkstemp64=ff120 mkstemps=ff170 mkstemps64=ff170 mktemp=ff100
mktime=c4030 mlock=101b90 mlock2=109250 mlockall=101bf0 mmap=1019a0 mmap64=1019a0 modf=3b090 modff=3b460
modfl=3ad70 mount=109e50 mount_setattr=109e80 move_mount=109eb0 mprobe=9a370 mprotect=101a30 mq_close=938f0
mq_getattr=93920 mq_notify=93bd0 mq_open=93d90 mq_receive=93e70 mq_send=93e80 mq_setattr=93e90
mq_timedreceive=93ec0 mq_timedsend=93f80 mq_unlink=94030 mrand48=3f8f0 mrand48_r=3f940 mremap=1099d0
msgctl=10b4b0 msgget=10b480 msgrcv=10b3c0 msgsnd=10b310 msync=101a60 mtrace=9a390 mtx_destroy=91730
mtx_init=91740 mtx_lock=91800 mtx_timedlock=91850 mtx_trylock=918a0 mtx_unlock=918f0 munlock=101bc0
munlockall=101c20 munmap=101a00 muntrace=9a3a0 name_to_handle_at=10a1b0 nanosleep=d3e40 newlocale=33f70
nftw=faab0 nftw64=faab0 ngettext=36e10 nice=fdbd0 nl_langinfo=33ef0 nl_langinfo_l=33f00 nrand48=3ffe0
nrand48_r=40030 ntohl=118220 ntohs=118230 ntp_adjtime=108b00 ntp_gettimex=cfc70 obstack_free=9a730
obstack_printf=7eb00 obstack_vprintf=7eaf0 on_exit=40070 open=f7fc0 open64=f7fc0 open_by_handle_at=1091b0
open_memstream=7dff0 open_tree=109f10 open_wmemstream=7d540 openat=f8150 openat64=f8150 opendir=cfe90
openlog=1016a0 openpty=14e940 parse_printf_format=52680 pathconf=d5f30 pause=d3dc0 pclose=7e0c0 perror=524e0
personality=108eb0 pidfd_getfd=109f70 pidfd_open=109f40 pidfd_send_signal=109fd0 pipe=f8b00 pipe2=f8b30
pkey_alloc=10a240 pkey_free=10a270 pkey_get=109380 pkey_mprotect=1092e0 pkey_set=109320 poll=fc220
popen=778e0 posix_fadvise=fc3c0 posix_fadvise64=fc3c0 posix_fallocate=fc5b0 posix_fallocate64=fc7c0
posix_madvise=f7430 posix_memalign=9a280 posix_openpt=14e120 posix_spawn=f6a80
posix_spawn_file_actions_addchdir_np=f67b0 posix_spawn_file_actions_addclose=f65f0
posix_spawn_file_actions_addclosefrom_np=f6870 posix_spawn_file_actions_adddup2=f6700
posix_spawn_file_actions_addfchdir_np=f6820 posix_spawn_file_actions_addopen=f6660
posix_spawn_file_actions_addtcsetpgrp_np=f68e0 posix_spawn_file_actions_destroy=f6580
posix_spawn_file_actions_init=f6560 posix_spawnattr_destroy=f6980 posix_spawnattr_getflags=f6a30
posix_spawnattr_getpgroup=f6a60 posix_spawnattr_getschedparam=f7380 posix_spawnattr_getschedpolicy=f7370
posix_spawnattr_getsigdefault=f6990 posix_spawnattr_getsigmask=f7300 posix_spawnattr_init=f6950
posix_spawnattr_setflags=f6a40 posix_spawnattr_setpgroup=f6a70 posix_spawnattr_setschedparam=f7420
posix_spawnattr_setschedpolicy=f7400 posix_spawnattr_setsigdefault=f69e0 posix_spawnattr_setsigmask=f7390
posix_spawnp=f6a90 ppoll=fc2c0 prctl=109410 pread=f63c0 pread64=f63c0 preadv=fdef0 preadv2=fe050
preadv64=fdef0 preadv64v2=fe050 printf=525b0 printf_size=57490 printf_size_info=57f00 prlimit=108e80
prlimit64=108e80 process_madvise=10a000 process_mrelease=10a030 process_vm_readv=1094a0
process_vm_writev=1094d0 profil=10c0b0 pselect=fea90 psiginfo=57f20 psignal=583f0 pthread_atfork=91940
pthread_attr_destroy=86eb0 pthread_attr_getaffinity_np=86f20 pthread_attr_getdetachstate=86fd0
pthread_attr_getguardsize=86fe0 pthread_attr_getinheritsched=86ff0 pthread_attr_getschedparam=87000
pthread_attr_getschedpolicy=87010 pthread_attr_getscope=87020 pthread_attr_getsigmask_np=87030
pthread_attr_getstack=870a0 pthread_attr_getstackaddr=870c0 pthread_attr_getstacksize=870d0
pthread_attr_init=87150 pthread_attr_setaffinity_np=87180 pthread_attr_setdetachstate=87220
pthread_attr_setguardsize=87250 pthread_attr_setinheritsched=87260 pthread_attr_setschedparam=87280
pthread_attr_setschedpolicy=872f0 pthread_attr_setscope=87310 pthread_attr_setsigmask_np=87330
pthread_attr_setstack=87400 pthread_attr_setstackaddr=87430 pthread_attr_setstacksize=87440
pthread_barrier_destroy=87460 pthread_barrier_init=874d0 pthread_barrier_wait=87510
pthread_barrierattr_destroy=876d0 pthread_barrierattr_getpshared=876e0 pthread_barrierattr_init=876f0
pthread_barrierattr_setpshared=87700 pthread_cancel=877c0 pthread_clockjoin_np=879f0
pthread_cond_broadcast=87a10 pthread_cond_clockwait=88990 pthread_cond_destroy=87d60 pthread_cond_init=87de0
pthread_cond_signal=87e20 pthread_cond_timedwait=886a0 pthread_cond_wait=883f0
pthread_condattr_destroy=88c80 pthread_condattr_getclock=88c90 pthread_condattr_getpshared=88ca0
pthread_condattr_init=88cb0 pthread_condattr_setclock=88cc0 pthread_condattr_setpshared=88ce0
pthread_create=89380 pthread_detach=8a270 pthread_equal=8a2d0 pthread_exit=8a2e0
pthread_getaffinity_np=8a330 pthread_getattr_default_np=8a3d0 pthread_getattr_np=8a440
pthread_getconcurrency=8a830 pthread_getcpuclockid=8a840 pthread_getname_np=8a870
pthread_getschedparam=8a9a0 pthread_getspecific=8ab00 pthread_join=8ab80 pthread_key_create=8ad50
pthread_key_delete=8ada0 pthread_kill=8af40 pthread_mutex_clocklock=8d1f0 pthread_mutex_consistent=8ba10
pthread_mutex_destroy=8ba40 pthread_mutex_getprioceiling=8ba60 pthread_mutex_init=8ba80
pthread_mutex_lock=8c370 pthread_mutex_setprioceiling=8c650 pthread_mutex_timedlock=8d210
pthread_mutex_trylock=8d220 pthread_mutex_unlock=8dd50 pthread_mutexattr_destroy=8dd60
pthread_mutexattr_getprioceiling=8dd70 pthread_mutexattr_getprotocol=8ddf0
pthread_mutexattr_getpshared=8de00 pthread_mutexattr_getrobust=8de10 pthread_mutexattr_gettype=8de20
pthread_mutexattr_init=8de30 pthread_mutexattr_setprioceiling=8de40 pthread_mutexattr_setprotocol=8dec0
pthread_mutexattr_setpshared=8def0 pthread_mutexattr_setrobust=8df20 pthread_mutexattr_settype=8df50
pthread_once=8e120 pthread_rwlock_clockrdlock=8e140 pthread_rwlock_clockwrlock=8e370
pthread_rwlock_destroy=8e760 pthread_rwlock_init=8e770 pthread_rwlock_rdlock=8e7b0
pthread_rwlock_timedrdlock=8e990 pthread_rwlock_timedwrlock=8eba0 pthread_rwlock_tryrdlock=8ef80
pthread_rwlock_trywrlock=8f030 pthread_rwlock_unlock=8f090 pthread_rwlock_wrlock=8f260
pthread_rwlockattr_destroy=8f610 pthread_rwlockattr_getkind_np=8f620 pthread_rwlockattr_getpshared=8f630
pthread_rwlockattr_init=8f640 pthread_rwlockattr_setkind_np=8f650 pthread_rwlockattr_setpshared=8f670
pthread_self=8f690 pthread_setaffinity_np=8f6a0 pthread_setattr_default_np=8f6d0
pthread_setcancelstate=8f840 pthread_setcanceltype=8f8c0 pthread_setconcurrency=8f950
pthread_setname_np=8f970 pthread_setschedparam=8faa0 pthread_setschedprio=8fbb0 pthread_setspecific=8fca0
pthread_sigmask=8fd90 pthread_sigqueue=8fe70 pthread_spin_destroy=8ff60 pthread_spin_init=8ffb0
pthread_spin_lock=8ff70 pthread_spin_trylock=8ff90 pthread_spin_unlock=8ffb0 pthread_testcancel=8ffc0
pthread_timedjoin_np=90010 pthread_tryjoin_np=90020 ptrace=ff2f0 ptsname=14e300 ptsname_r=14e220 putc=7e0d0
putc_unlocked=7fdc0 putchar=792a0 putchar_unlocked=793b0 putenv=40130 putgrent=d1450 putpwent=d2ad0
puts=77980 putspent=10e1a0 pututline=14cef0 pututxline=14ec60 putw=58540 putwc=79020 putwc_unlocked=79100
putwchar=79140 putwchar_unlocked=79260 pvalloc=99680 pwrite=f6470 pwrite64=f6470 pwritev=fdfa0
pwritev2=fe1a0 pwritev64=fdfa0 pwritev64v2=fe1a0 qecvt=102200 qecvt_r=102510 qfcvt=102160 qfcvt_r=102260
qgcvt=102230 qsort=3ffd0 qsort_r=3fc80 quick_exit=40770 quotactl=10a090 raise=3bfa0 rand=40790 rand_r=407a0
random=40980 random_r=40dd0 rawmemchr=16c880 rcmd=11e460 rcmd_af=11da50 re_compile_fastmap=eb3a0
re_compile_pattern=eb300 re_match=ebcc0 re_match_2=ebd00 re_search=ebce0 re_search_2=ebde0
re_set_registers=ebed0 re_set_syntax=eb380 read=f82a0 readahead=108bb0 readdir=d0080 readdir64=d0080
readdir64_r=d0170 readdir_r=d0170 readlink=f9ab0 readlinkat=f9ae0 readv=fddb0 realloc=99130
reallocarray=9a7e0 realpath=3d560 reboot=fed90 recv=10a910 recvfrom=10a9d0 recvmmsg=10b000 recvmsg=10aa90
regcomp=eb890 regerror=eb9b0 regexec=ebbb0 regfree=eba40 register_printf_function=58950
register_printf_modifier=58570 register_printf_specifier=58870 register_printf_type=58960
remap_file_pages=101b60 remove=58a40 removexattr=104870 remque=1000e0 rename=58a80 renameat=58ab0
renameat2=58ae0 revoke=ff050 rewind=7e210 rewinddir=cff00 rexec=11ec50 rexec_af=11e710 rindex=16a640
rmdir=f9b70 rpmatch=40f00 rresvport=11e480 rresvport_af=11d8b0 ruserok=11e580 ruserok_af=11e490 sbrk=fdc80
scalbn=3b350 scalbnf=3b660 scalbnl=3af90 scandir=d0340 scandir64=d0340 scandirat=d0470 scandirat64=d0470
sched_get_priority_max=ee040 sched_get_priority_min=ee070 sched_getaffinity=ee0d0 sched_getcpu=f7620
sched_getparam=edf80 sched_getscheduler=edfe0 sched_rr_get_interval=ee0a0 sched_setaffinity=ee130
sched_setparam=edf50 sched_setscheduler=edfb0 sched_yield=ee010 secure_getenv=40f60 seed48=40f80
seed48_r=40fa0 seekdir=cff70 select=fe8a0 sem_clockwait=90160 sem_close=901b0 sem_destroy=901e0
sem_getvalue=901f0 sem_init=90200 sem_open=90240 sem_post=905c0 sem_timedwait=90bd0 sem_trywait=90e00
sem_unlink=90c40 sem_wait=90dd0 semctl=10b520 semget=10b4f0 semop=10b4e0 semtimedop=10b5d0 send=10ab40
sendfile=fc800 sendfile64=fc800 sendmmsg=10b0b0 sendmsg=10ac00 sendto=10aca0 setbuf=7e2c0 setbuffer=77e60
setcontext=40fe0 setdomainname=fe870 setegid=fe4d0 setenv=413c0 seteuid=fe410 setfsent=ff510 setfsgid=108c10
setfsuid=108be0 setgid=d55f0 setgrent=d16d0 setgroups=d1050 sethostent=1199a0 sethostid=fef90
sethostname=fe730 setipv4sourcefilter=123340 setitimer=c69a0 setjmp=3bd80 setlinebuf=7e2d0 setlocale=32270
setlogin=14cd80 setlogmask=1017a0 setmntent=ffbe0 setnetent=11a350 setnetgrent=11f870 setns=10a1e0
setpgid=d5740 setpgrp=d5790 setpriority=fdba0 setprotoent=11ad80 setpwent=d2fe0 setregid=fe380
setresgid=d58f0 setresuid=d5860 setreuid=fe2f0 setrlimit=fd820 setrlimit64=fd820 setrpcent=11c360
setservent=11bdb0 setsid=d57d0 setsockopt=10ad60 setsourcefilter=123690 setspent=10e660 setstate=408f0
setstate_r=40ce0 settimeofday=c4260 setuid=d5570 setusershell=100960 setutent=14ce30 setutxent=14ec10
setvbuf=77f90 setxattr=1048a0 sgetspent=10de50 sgetspent_r=10eed0 shm_open=91b60 shm_unlink=91c00
shmat=10b600 shmctl=10b690 shmdt=10b630 shmget=10b660 shutdown=10ad90 sigabbrev_np=9c9c0 sigaction=3c010
sigaddset=3c970 sigaltstack=3c810 sigandset=3cb30 sigblock=3c3d0 sigdelset=3c9b0 sigdescr_np=9c9e0
sigemptyset=3c910 sigfillset=3c940 siggetmask=3ca50 sighold=3cdb0 sigignore=3cea0 siginterrupt=3c840
sigisemptyset=3cb00 sigismember=3c9f0 siglongjmp=3bda0 signal=3bee0 signalfd=108dc0 sigorset=3cb70
sigpending=3c290 sigprocmask=3c230 sigqueue=3ccf0 sigrelse=3ce20 sigreturn=3ca30 sigset=3cf00
sigsetmask=3c450 sigstack=3c760 sigsuspend=3c2c0 sigtimedwait=3cc10 sigwait=3c350 sigwaitinfo=3cce0
sleep=d3d50 snprintf=58c10 sockatmark=10af00 socket=10adc0 socketpair=10adf0 splice=1090f0 sprintf=58cc0
srand=407f0 srand48=415b0 srand48_r=415c0 srandom=407f0 srandom_r=40a10 ssignal=3bee0 stat=f77e0
stat64=f77e0 statfs=f7c00 statfs64=f7c00 statvfs=f7c60 statvfs64=f7c60 statx=f7b30 stpcpy=164c70
stpncpy=1650c0 strcasecmp=165b40 strcasecmp_l=165b50 strcasestr=9d190 strcat=166560 strchr=166cc0 strchrnul=166f00
strcmp=167120 strcoll=9d790 strcoll_l=9d7a0 strcpy=167680 strcspn=172470 strdup=9e990 strerror=9e9d0
strerror_l=9e9e0 strerror_r=9aee0 strerrordesc_np=9eae0 strerrorname_np=9eaf0 strfmon=415f0 strfmon_l=42f90
strfromd=43040 strfromf=43270 strfroml=434a0 strfry=9eb00 strftime=ca690 strftime_l=cc9a0 strlen=167ac0
strncasecmp=167c40 strncasecmp_l=167c50 strncat=1687a0 strncmp=1692c0 strncpy=169930 strndup=9f510 strnlen=16a380
strpbrk=175010 strptime=c72b0 strptime_l=ca680 strrchr=16a640 strsep=9f6a0 strsignal=9f6e0 strspn=175100
strstr=afe80 strtod=436f0 strtod_l=460d0 strtof=461c0 strtof_l=48b50 strtoimax=48c10 strtok=9ffc0
strtok_r=9ffd0 strtol=48c10 strtol_l=49120 strtold=49140 strtold_l=4b9c0 strtoll=48c10 strtoll_l=49120
strtoq=48c10 strtoul=4bab0 strtoul_l=4bf00 strtoull=4bab0 strtoull_l=4bf00 strtoumax=4bab0 strtouq=4bab0
strverscmp=a0050 strxfrm=a0170 strxfrm_l=a0230 stty=ff2d0 swab=a2410 swapcontext=4bf10 swapoff=ff0d0
swapon=ff0a0 swprintf=794b0 symlink=f9a50 symlinkat=f9a80 sync=feca0 sync_file_range=fcd00 syncfs=fed60
syscall=101810 sysconf=d62a0 sysinfo=10a0c0 syslog=1014f0 system=4c490 sysv_signal=3ca60 tcdrain=fd5d0
tcflow=fd670 tcflush=fd680 tcgetattr=fd4a0 tcgetpgrp=fd560 tcgetsid=fd710 tcsendbreak=fd690 tcsetattr=fd2f0
tcsetpgrp=fd5b0 tdelete=102ef0 tdestroy=1034c0 tee=108f90 telldir=cffe0 tempnam=58eb0 textdomain=38be0
tfind=102e90 tgkill=10a2b0 thrd_create=91950 thrd_current=91520 thrd_detach=919b0 thrd_equal=91530
thrd_exit=91a00 thrd_join=91a10 thrd_sleep=91540 thrd_yield=91570 time=c4080 timegm=c6a20 timelocal=c4030
timer_create=94080 timer_delete=94320 timer_getoverrun=94410 timer_gettime=94460 timer_settime=944b0
timerfd_create=10a150 timerfd_gettime=1093b0 timerfd_settime=1093e0 times=d3b30 timespec_get=cf310
timespec_getres=cf340 tmpfile=59440 tmpfile64=59440 tmpnam=594f0 tmpnam_r=59590 toascii=35160 tolower=350a0
tolower_l=352c0 toupper=350d0 toupper_l=352d0 towctrans=10d390 towctrans_l=10dbf0 towlower=10d140
towlower_l=10d9d0 towupper=10d1a0 towupper_l=10da20 truncate=100020 truncate64=100020 tsearch=102d10
tss_create=91aa0 tss_delete=91af0 tss_get=91b00 tss_set=91b10 ttyname=f95d0 ttyname_r=f9670 ttyslot=100b90
twalk=103480 twalk_r=1034a0 tzset=c52a0 ualarm=ff1d0 ulckpwdf=10f1c0 ulimit=fd890 umask=f7d40 umount=108b70
umount2=108b80 uname=d3b00 ungetc=78160 ungetwc=78f60 unlink=f9b10 unlinkat=f9b40 unlockpt=14e1b0
unsetenv=41420 unshare=10a0f0 updwtmp=14e000 updwtmpx=14ec80 uselocale=34af0 usleep=ff250 utime=f7750
utimensat=fc920 utimes=ffe40 utmpname=14df20 utmpxname=14ec70 valloc=99650 vasprintf=7e480 vdprintf=7e610
verr=1038a0 verrx=1038c0 versionsort=d0390 versionsort64=d0390 vfork=d43b0 vfprintf=595e0 vfwprintf=676c0
vhangup=ff070 vmsplice=109040 vprintf=74570 vsnprintf=7e7b0 vsprintf=78330 vswprintf=79980 vsyslog=1015b0
vwarn=103700 vwarnx=103710 vwprintf=79560 wait=d3b80 wait3=d3ba0 wait4=d3bc0 waitid=d3c70 waitpid=d3b90
warn=103720 warnx=1037e0 wcpcpy=b13c0 wcpncpy=b13f0 wcrtomb=b1c30 wcscasecmp=bd3b0 wcscasecmp_l=bd480
wcscat=b0c20 wcschr=16a940 wcschrnul=b2560 wcscmp=16aba0 wcscoll=baac0 wcscoll_l=babf0 wcscpy=16f800
wcscspn=b0da0 wcsdup=b0de0 wcsftime=ca6a0 wcsftime_l=cf2c0 wcslen=16b140 wcsncasecmp=bd410
wcsncasecmp_l=bd4f0 wcsncat=b0ea0 wcsncmp=16b2c0 wcsncpy=b0f80 wcsnlen=16b960 wcsnrtombs=b2230 wcspbrk=b0fd0
wcsrchr=16bc70 wcsrtombs=b1c60 wcsspn=b10a0 wcsstr=b1170 wcstod=b25f0 wcstod_l=b58c0 wcstof=b2650
wcstof_l=ba870 wcstoimax=b2590 wcstok=b10f0 wcstol=b2590 wcstol_l=b2b30 wcstold=b2620 wcstold_l=b7f90
wcstoll=b2590 wcstoll_l=b2b30 wcstombs=4c4c0 wcstoq=b2590 wcstoul=b25c0 wcstoul_l=b2fa0 wcstoull=b25c0
wcstoull_l=b2fa0 wcstoumax=b25c0 wcstouq=b25c0 wcswcs=b1170 wcswidth=bab50 wcsxfrm=baad0 wcsxfrm_l=bba80
wctob=b1630 wctomb=4c510 wctrans=10d300 wctrans_l=10db70 wctype=10d200 wctype_l=10da70 wcwidth=baae0
wmemchr=16ca40 wmemcmp=16c240 wmemcpy=b1330 wmemmove=b1340 wmempcpy=b1450 wmemset=16dfd0 wordexp=f5560
wordfree=f54f0 wprintf=79580 write=f8340 writev=fde50
`;
