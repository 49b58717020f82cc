/**
 * The headers <asm/unistd.h>, <asm/unistd_64.h>, <asm/unistd_32.h>: numbers of the system calls.
 */
import { headerSystemCalls } from './system-call-numbers.ts';

function numbers(target: 'x86_64' | 'i386', guard: string): string {
  const lines = headerSystemCalls(target).map(([name, number]) => `#define __NR_${name} ${String(number)}`);
  return `#ifndef ${guard}\n#define ${guard} 1\n${lines.join('\n')}\n#endif\n`;
}

/** Texts of the headers. */
export const asmUnistd64Header: string = numbers('x86_64', '_ASM_X86_UNISTD_64_H');
/** The same for i386. */
export const asmUnistd32Header: string = numbers('i386', '_ASM_X86_UNISTD_32_H');
/** `asm/unistd.h`: that of the target. */
export const asmUnistdHeader = String.raw`#ifndef _ASM_X86_UNISTD_H
#define _ASM_X86_UNISTD_H
#define __X32_SYSCALL_BIT 0x40000000
#ifdef __i386__
#include <asm/unistd_32.h>
#else
#include <asm/unistd_64.h>
#endif
#endif
`;
