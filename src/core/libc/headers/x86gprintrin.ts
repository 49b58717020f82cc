/**
 * The header <x86gprintrin.h>: instructions on general registers: bits, rotations, time stamps, transactions.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const x86gprintrinHeader = String.raw`#ifndef _X86GPRINTRIN_H_INCLUDED
#define _X86GPRINTRIN_H_INCLUDED
#include <stddef.h>
#define _bswap64(a) __bswapq(a)
#define _popcnt64(a) __popcntq(a)
#define _lrotl(a,b) __rolq((a), (b))
#define _lrotr(a,b) __rorq((a), (b))
#define _bit_scan_forward(a) __bsfd(a)
#define _bit_scan_reverse(a) __bsrd(a)
#define _bswap(a) __bswapd(a)
#define _popcnt32(a) __popcntd(a)
#define _rdpmc(a) __rdpmc(a)
#define _rdtscp(a) __rdtscp(a)
#define _rdtsc() __rdtsc()
#define _rotwl(a,b) __rolw((a), (b))
#define _rotwr(a,b) __rorw((a), (b))
#define _rotl(a,b) __rold((a), (b))
#define _rotr(a,b) __rord((a), (b))
#define _XBEGIN_STARTED (~0u)
#define _XABORT_EXPLICIT (1 << 0)
#define _XABORT_RETRY (1 << 1)
#define _XABORT_CONFLICT (1 << 2)
#define _XABORT_CAPACITY (1 << 3)
#define _XABORT_DEBUG (1 << 4)
#define _XABORT_NESTED (1 << 5)
#define _XABORT_CODE(x) (((x) >> 24) & 0xFF)
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic void _wbinvd(void);
__intrinsic int _rdrand16_step(unsigned short *);
__intrinsic int _rdrand32_step(unsigned int *);
__intrinsic unsigned int _rdpid_u32(void);
#ifdef __x86_64__
__intrinsic unsigned int _readfsbase_u32(void);
__intrinsic unsigned long long _readfsbase_u64(void);
__intrinsic unsigned int _readgsbase_u32(void);
__intrinsic unsigned long long _readgsbase_u64(void);
__intrinsic void _writefsbase_u32(unsigned int);
__intrinsic void _writefsbase_u64(unsigned long long);
__intrinsic void _writegsbase_u32(unsigned int);
__intrinsic void _writegsbase_u64(unsigned long long);
__intrinsic int _rdrand64_step(unsigned long long *);
__intrinsic void _ptwrite64(unsigned long long);
#endif
__intrinsic void _ptwrite32(unsigned);
__intrinsic int __bsfd(int);
__intrinsic int __bsrd(int);
__intrinsic int __bswapd(int);
__intrinsic unsigned int __crc32b(unsigned int, unsigned char);
__intrinsic unsigned int __crc32w(unsigned int, unsigned short);
__intrinsic unsigned int __crc32d(unsigned int, unsigned int);
__intrinsic int __popcntd(unsigned int);
__intrinsic unsigned long long __rdpmc(int);
__intrinsic unsigned long long __rdtsc(void);
__intrinsic unsigned long long __rdtscp(unsigned int *);
__intrinsic unsigned char __rolb(unsigned char, int);
__intrinsic unsigned short __rolw(unsigned short, int);
__intrinsic unsigned int __rold(unsigned int, int);
__intrinsic unsigned char __rorb(unsigned char, int);
__intrinsic unsigned short __rorw(unsigned short, int);
__intrinsic unsigned int __rord(unsigned int, int);
__intrinsic void __pause(void);
#ifdef __x86_64__
__intrinsic int __bsfq(long long);
__intrinsic int __bsrq(long long);
__intrinsic long long __bswapq(long long);
__intrinsic unsigned long long __crc32q(unsigned long long, unsigned long long);
__intrinsic long long __popcntq(unsigned long long);
__intrinsic unsigned long long __rolq(unsigned long long, int);
__intrinsic unsigned long long __rorq(unsigned long long, int);
#endif
__intrinsic unsigned long long __readeflags(void);
__intrinsic void __writeeflags(unsigned long long);
__intrinsic unsigned char _subborrow_u32(unsigned char, unsigned int, unsigned int, unsigned int *);
__intrinsic unsigned char _addcarry_u32(unsigned char, unsigned int, unsigned int, unsigned int *);
__intrinsic unsigned char _addcarryx_u32(unsigned char, unsigned int, unsigned int, unsigned int *);
#ifdef __x86_64__
__intrinsic unsigned char _subborrow_u64(unsigned char, unsigned long long, unsigned long long, unsigned long long *);
__intrinsic unsigned char _addcarry_u64(unsigned char, unsigned long long, unsigned long long, unsigned long long *);
__intrinsic unsigned char _addcarryx_u64(unsigned char, unsigned long long, unsigned long long, unsigned long long *);
#endif
__intrinsic unsigned short __tzcnt_u16(unsigned short);
__intrinsic unsigned short _tzcnt_u16(unsigned short);
__intrinsic unsigned int __andn_u32(unsigned int, unsigned int);
__intrinsic unsigned int _andn_u32(unsigned int, unsigned int);
__intrinsic unsigned int __bextr_u32(unsigned int, unsigned int);
__intrinsic unsigned int _bextr_u32(unsigned int, unsigned int, unsigned);
__intrinsic unsigned int __blsi_u32(unsigned int);
__intrinsic unsigned int _blsi_u32(unsigned int);
__intrinsic unsigned int __blsmsk_u32(unsigned int);
__intrinsic unsigned int _blsmsk_u32(unsigned int);
__intrinsic unsigned int __blsr_u32(unsigned int);
__intrinsic unsigned int _blsr_u32(unsigned int);
__intrinsic unsigned int __tzcnt_u32(unsigned int);
__intrinsic unsigned int _tzcnt_u32(unsigned int);
#ifdef __x86_64__
__intrinsic unsigned long long __andn_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long _andn_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long __bextr_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long _bextr_u64(unsigned long long, unsigned int, unsigned int);
__intrinsic unsigned long long __blsi_u64(unsigned long long);
__intrinsic unsigned long long _blsi_u64(unsigned long long);
__intrinsic unsigned long long __blsmsk_u64(unsigned long long);
__intrinsic unsigned long long _blsmsk_u64(unsigned long long);
__intrinsic unsigned long long __blsr_u64(unsigned long long);
__intrinsic unsigned long long _blsr_u64(unsigned long long);
__intrinsic unsigned long long __tzcnt_u64(unsigned long long);
__intrinsic unsigned long long _tzcnt_u64(unsigned long long);
#endif
__intrinsic unsigned int _bzhi_u32(unsigned int, unsigned int);
__intrinsic unsigned int _pdep_u32(unsigned int, unsigned int);
__intrinsic unsigned int _pext_u32(unsigned int, unsigned int);
#ifdef __x86_64__
__intrinsic unsigned long long _bzhi_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long _pdep_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long _pext_u64(unsigned long long, unsigned long long);
__intrinsic unsigned long long _mulx_u64(unsigned long long, unsigned long long, unsigned long long *);
#endif
__intrinsic void _mm_clflushopt(void *);
__intrinsic void _mm_clwb(void *);
__intrinsic void _fxsave(void *);
__intrinsic void _fxrstor(void *);
#ifdef __x86_64__
__intrinsic void _fxsave64(void *);
__intrinsic void _fxrstor64(void *);
#endif
__intrinsic unsigned short __lzcnt16(unsigned short);
__intrinsic unsigned int __lzcnt32(unsigned int);
__intrinsic unsigned int _lzcnt_u32(unsigned int);
#ifdef __x86_64__
__intrinsic unsigned long long __lzcnt64(unsigned long long);
__intrinsic unsigned long long _lzcnt_u64(unsigned long long);
#endif
__intrinsic int _mm_popcnt_u32(unsigned int);
#ifdef __x86_64__
__intrinsic long long _mm_popcnt_u64(unsigned long long);
#endif
__intrinsic int _rdseed16_step(unsigned short *);
__intrinsic int _rdseed32_step(unsigned int *);
#ifdef __x86_64__
__intrinsic int _rdseed64_step(unsigned long long *);
#endif
__intrinsic unsigned int _xbegin(void);
__intrinsic void _xend(void);
__intrinsic void _xabort(const unsigned int);
__intrinsic void _serialize(void);
__intrinsic void _umonitor(void *);
__intrinsic unsigned char _umwait(unsigned int, unsigned long long);
__intrinsic unsigned char _tpause(unsigned int, unsigned long long);
__intrinsic void _xsave(void *, long long);
__intrinsic void _xrstor(void *, long long);
__intrinsic void _xsetbv(unsigned int, long long);
__intrinsic long long _xgetbv(unsigned int);
#ifdef __x86_64__
__intrinsic void _xsave64(void *, long long);
__intrinsic void _xrstor64(void *, long long);
#endif
__intrinsic void _xsavec(void *, long long);
#ifdef __x86_64__
__intrinsic void _xsavec64(void *, long long);
#endif
__intrinsic void _xsaveopt(void *, long long);
#ifdef __x86_64__
__intrinsic void _xsaveopt64(void *, long long);
#endif
__intrinsic int _xtest(void);
__intrinsic void _m_prefetchw(void *);
__intrinsic void _directstoreu_u32(void *, unsigned int);
#ifdef __x86_64__
__intrinsic void _directstoreu_u64(void *, unsigned long long);
#endif
__intrinsic void _movdir64b(void *, const void *);
#undef __intrinsic
#endif
`;
