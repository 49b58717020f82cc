/**
 * Functions that are linked into the program itself though they belong to libc: members of libc_nonshared.a.
 *
 * Source: Debian 12's libc_nonshared.a (glibc 2.36), sections of the members.
 */
import type { TargetName } from '../target/data-model.ts';

/** A member and what it brings. */
export interface ArchiveMember {
  readonly name: string;
  /** Bytes of .text, which is aligned to 16. */
  readonly codeBytes: number;
  /** Bytes of .eh_frame besides the common entry. */
  readonly unwindBytes: number;
  /** The function of libc.so that it calls. */
  readonly calls: string;
}

const members: Readonly<
  Record<string, { readonly calls: string; readonly code: Readonly<Record<TargetName, number>> }>
> = {
  atexit: { calls: '__cxa_atexit', code: { x86_64: 14, i386: 37 } },
  at_quick_exit: { calls: '__cxa_at_quick_exit', code: { x86_64: 12, i386: 35 } },
  pthread_atfork: { calls: '__register_atfork', code: { x86_64: 12, i386: 43 } },
  __stack_chk_fail_local: { calls: '__stack_chk_fail', code: { x86_64: 9, i386: 20 } },
};

/** The member that defines a function. */
export function archiveMember(name: string, target: TargetName): ArchiveMember | undefined {
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  if (member === undefined) return undefined;
  return {
    name,
    codeBytes: member.code[target],
    unwindBytes: unwindBytes(name, target),
    calls: member.calls,
  };
}

function unwindBytes(name: string, target: TargetName): number {
  if (target === 'x86_64') return 20;
  // Each has an entry of its own and one for the thunk, 16 bytes.
  return (
    (name === '__stack_chk_fail_local' ? 0x48 : name === 'at_quick_exit' || name === 'atexit' ? 0x54 : 0x58) -
    0x18 -
    0x10
  );
}
